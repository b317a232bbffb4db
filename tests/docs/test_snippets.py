"""Every page of the documentation, followed word for word in an empty folder."""

import os
import shutil

import pytest

from tests.docs.snippets import (
    CHECKOUT,
    DOCS,
    PAGES,
    ROOT,
    BadPage,
    Block,
    Reader,
    blocks,
    commands,
    install_programs,
    same,
)

BLOCKS = {page: blocks(page, (DOCS / page).read_text(encoding="utf-8")) for page in PAGES}

INSTALLATIONS = [block for found in BLOCKS.values() for block in found if block.title == CHECKOUT]


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """A reader in an empty folder, in which Python looks for modules as for one who starts it there."""
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Reader(folder, install_programs(tmp_path / "programs"))


@pytest.mark.parametrize("page", [page for page in PAGES if BLOCKS[page]])
def test_the_page_can_be_followed(page, reader, request):
    if "-o permuted.pdf" in (DOCS / page).read_text(encoding="utf-8"):
        request.getfixturevalue("pdflatex")
    for block in BLOCKS[page]:
        if block.title != CHECKOUT:
            reader.follow(block)


@pytest.mark.skipif("CI" not in os.environ, reason="fetches what it installs")
@pytest.mark.parametrize("block", INSTALLATIONS, ids=str)
def test_it_can_be_installed_as_the_page_says(block, reader, monkeypatch):
    for name in ("pyproject.toml", "README.md", "LICENSE", "symbolic_equiv", "proofs"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, reader.folder / name)
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    reader.follow(block)


def test_the_document_of_the_tutorial_is_the_example():
    document = next(block for block in BLOCKS["tutorial.md"] if block.title == "window.md")
    assert document.text == (ROOT / "examples" / "window.md").read_text(encoding="utf-8")


NOT_RUN = [
    "```\n$ symbolic-equiv list\n```\n",
    "```text\na table\n```\n",
    "```console\nno command\n```\n",
    '```console title="elsewhere"\n$ true\n```\n',
    '```python hl_lines="1"\n1\n```\n',
    "```markdown\nno name\n```\n",
    '```markdown title="unused.md"\nnobody reads it\n```\n\n```console\n$ true\n```\n',
    "```python\nopen\n",
    "~~~python-ish\n1\n~~~\n",
    "!!! note\n\n    ```yaml\n    a: b\n    ```\n",
]


@pytest.mark.parametrize("text", NOT_RUN)
def test_a_block_that_would_not_be_run_is_refused(text):
    with pytest.raises(BadPage):
        blocks("page.md", text)


WRONG = [
    ("console", "$ echo 1\n2\n"),
    ("console", "$ false\n"),
    ("console", "$ false\n$ echo $?\n0\n"),
    ("console", "$ exit 0\n$ echo never\nnever\n"),
    ("console", "$ echo 1\n"),
    ("pycon", ">>> 1 + 1\n3\n"),
    ("pycon", ">>> raise ValueError\n"),
    ("python", "raise ValueError\n"),
]


@pytest.mark.parametrize(("kind", "text"), WRONG)
def test_what_is_not_as_the_page_says_is_noticed(kind, text, reader):
    with pytest.raises(Exception):  # noqa: B017  (of whatever kind a page raises)
        reader.follow(Block("page.md", 1, kind, "", text))


RIGHT = [
    ("console", "$ echo 1; echo 2\n1\n2\n$ false\n$ echo $?\n1\n"),
    ("console", "$ x=3\n$ echo $x \\\n> 4\n3 4\n"),
    ("console", "$ echo it took 5 s\nit took … s\n"),
    ("console", "$ seq 5\n1\n…\n5\n"),
    ("pycon", ">>> 1 + 1\n2\n>>> list(range(3))\n[0, …]\n"),
    ("python", "one = 1\nassert one\n"),
]


@pytest.mark.parametrize(("kind", "text"), RIGHT)
def test_what_is_as_the_page_says_passes(kind, text, reader):
    reader.follow(Block("page.md", 1, kind, "", text))


def test_names_last_from_block_to_block_of_a_page(reader):
    reader.follow(Block("page.md", 1, "python", "", "one = 1\n"))
    reader.follow(Block("page.md", 5, "pycon", "", ">>> two = one + 1\n"))
    reader.follow(Block("page.md", 9, "python", "", "assert two == 2\n"))


def test_an_elision_does_not_swallow_what_is_shown():
    assert not same("a … b\n", "a 1\nb\n")
    assert not same("…\nlast\n", "first\nlast but one\n")


def test_a_command_goes_on_in_the_next_line():
    block = Block("page.md", 1, "console", "", "$ a \\\n> b\nc\n$ d\n")
    assert [each.text for each in commands(block)] == ["a \\\nb", "d"]
