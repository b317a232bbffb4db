"""The fenced blocks of the documentation, and how each kind of them is run.

``console``
    Lines that begin with ``$ `` are commands, those that begin with ``> `` go on with one, and the others are what it
    prints, on both streams.  The commands of a block are run by one shell.  A command that fails is followed by
    ``$ echo $?``.
``python``
    Is run; all blocks of a page share their names.
``pycon``
    Is run as a doctest, with the names of the page.
any of ``FILES`` with a title
    Is a file that the reader saves under that name; a later block has to name it.

In what is printed, ``…`` by itself in a line stands for any lines, and else for anything within its line: a time, say.
A block of another kind, or a fence that does not close, is an error: nothing on a page is there without being run.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))

FILES = ("bash", "latex", "markdown", "python")
CHECKOUT = "in a checkout of the project"
"""The title of commands that are run there, and may fetch what they install."""

_FENCE = re.compile(r"^( *)(`{3,}|~{3,})\s*(\w*)(.*)$")
_TITLE = re.compile(r'\s+title="([^"]+)"')
_MARK = "\x1e"


class BadPage(AssertionError):
    """A page with a block that would not be run."""


@dataclass(frozen=True)
class Block:
    """A fenced block: where it begins, its kind, its title ("" for none) and its text."""

    page: str
    line: int
    kind: str
    title: str
    text: str

    @property
    def is_file(self) -> bool:
        return self.kind in FILES and bool(self.title)

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(page: str, text: str) -> list[Block]:
    """The blocks of a page.  Raises ``BadPage`` for one that would not be run."""
    found, opened, lines = [], None, []
    for number, line in enumerate(text.splitlines(), 1):
        fence = _FENCE.match(line)
        if opened is None and fence:
            opened, lines = (number, fence), []
        elif opened is not None and fence and not fence[3] + fence[4] and fence[2].startswith(opened[1][2]):
            found.append(_block(page, *opened, lines))
            opened = None
        elif opened is not None:
            lines.append(line.removeprefix(opened[1][1]))
    if opened is not None:
        raise BadPage(f"{page}:{opened[0]}: this fence does not close")
    for place, block in enumerate(found):
        name = block.title.rpartition("/")[2].rpartition(".")[0]
        if block.is_file and not any(name in later.text for later in found[place + 1 :]):
            raise BadPage(f"{block}: nothing after it uses {block.title}")
    return found


def _block(page: str, number: int, fence: re.Match[str], lines: list[str]) -> Block:
    title = _TITLE.fullmatch(fence[4])
    if fence[4].strip() and not title:
        raise BadPage(f"{page}:{number}: expected a title, found {fence[4].strip()!r}")
    block = Block(page, number, fence[3], title[1] if title else "", "".join(f"{line}\n" for line in lines))
    runs = block.kind in ("python", "pycon") and not title
    commands = block.kind == "console" and block.title in ("", CHECKOUT) and block.text.startswith("$ ")
    if not (runs or commands or block.is_file):
        raise BadPage(f"{page}:{number}: a block of this kind is not run: ```{fence[3]}{fence[4]}")
    return block


def same(shown: str, printed: str) -> bool:
    """Whether ``printed`` is what a page shows.

    >>> same("in … s\\n", "in 0.3 s\\n"), same("a\\n…\\nd\\n", "a\\nb\\nc\\nd\\n"), same("a\\n", "b\\n")
    (True, True, False)
    """
    any_lines = r"(?:[^\n]*\n)*?"
    pattern = "".join(
        any_lines if line.strip() == "…" else "[^\n]*?".join(map(re.escape, line.rstrip().split("…"))) + r"[ ]*\n"
        for line in shown.splitlines()
    )
    return re.fullmatch(pattern, printed if not printed or printed.endswith("\n") else printed + "\n") is not None


@dataclass(frozen=True)
class Command:
    """A command of a block, and what the page says it prints."""

    text: str
    shown: str


def commands(block: Block) -> list[Command]:
    """The commands of a ``console`` block."""
    found: list[tuple[list[str], list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append(([line[2:]], []))
        elif line.startswith("> ") and not found[-1][1]:
            found[-1][0].append(line[2:])
        else:
            found[-1][1].append(line)
    return [Command("\n".join(text), "".join(f"{line}\n" for line in shown)) for text, shown in found]


class Reader:
    """Someone who follows a page word for word, beginning in an empty folder."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self._programs = programs

    def follow(self, block: Block) -> None:
        """Do what a block says.  Raises ``AssertionError`` where it is not as the page says."""
        if block.is_file:
            path = self.folder / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.kind == "console":
            self._type(block)
        elif block.kind == "python":
            exec(compile("\n" * block.line + block.text, str(DOCS / block.page), "exec"), self.names)
        else:
            self._interact(block)

    def _type(self, block: Block) -> None:
        typed = commands(block)
        script = "".join(
            f"{each.text}\nstatus=$?; printf '{_MARK}%d{_MARK}' $status; (exit $status)\n" for each in typed
        )
        environment = {
            **os.environ,
            "PATH": f"{self._programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT) if block.title != CHECKOUT else "",
            "PYTHONIOENCODING": "utf-8",
            "NO_COLOR": "1",
            "COLUMNS": "80",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTEST_ADDOPTS": "",
            "PIP_QUIET": "2",  # what an index has to complain of is not on the page
        }
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder, env=environment, timeout=300, encoding="utf-8",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        printed = done.stdout.split(_MARK)
        assert len(printed) == 2 * len(typed) + 1, f"{block}: the shell stopped:\n{done.stdout}"
        told = [each.text == "echo $?" for each in typed[1:]] + [False]
        for each, text, status, is_told in zip(typed, printed[::2], printed[1::2], told):
            assert same(each.shown, text), f"{block}: $ {each.text}\n--- shown\n{each.shown}\n--- printed\n{text}"
            assert status == "0" or is_told, f"{block}: $ {each.text}\nfails with {status}, which is not shown"

    def _interact(self, block: Block) -> None:
        parse, place = doctest.DocTestParser().get_doctest, str(DOCS / block.page)
        test = parse(block.text, self.names, str(block), place, block.line)
        doctest.DebugRunner(checker=_Checker(), verbose=False).run(test, clear_globs=False)
        self.names.update(test.globs)


class _Checker(doctest.OutputChecker):
    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return same(want, got)


def install_programs(folder: Path) -> Path:
    """The programs that a reader has after the installation, in a folder for the path."""
    folder.mkdir()
    for name, arguments in (
        ("python", ""),
        ("symbolic-equiv", "-m symbolic_equiv"),
        ("pytest", "-m pytest -p no:cacheprovider"),
    ):
        program = folder / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    return folder
