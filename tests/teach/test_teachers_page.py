"""The teacher's page: its example is an exercise, and its commands print what it shows."""

import re
import shlex
from pathlib import Path

import pytest

from symbolic_equiv.cli import main
from tests.docs.snippets import same

PAGE = Path(__file__).parents[2] / "docs" / "teach.md"


def blocks(language):
    return re.findall(rf"```{language}[^\n]*\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("number", range(len(blocks("console"))))
def test_each_command_prints_what_the_page_shows(number, tmp_path, monkeypatch, capsys):
    exercise, answer = blocks("markdown")
    monkeypatch.chdir(tmp_path)
    Path("mean.md").write_text(exercise, encoding="utf-8")
    Path("answers").mkdir()
    Path("answers", "ada.md").write_text(answer, encoding="utf-8")
    command, _, shown = blocks("console")[number].partition("\n")
    assert main(shlex.split(command.removeprefix("$ symbolic-equiv "))) == 0
    assert same(shown, capsys.readouterr().out)


def test_every_kind_of_exercise_is_on_the_page():
    from symbolic_equiv.teach.exercise import KINDS

    assert all(f"| `{kind}` |" in PAGE.read_text(encoding="utf-8") for kind in KINDS)
