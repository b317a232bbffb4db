"""Answers in files: the lines that are to be marked, and nothing else of what a file says.

The first line that names one, ``exercise: NAME``, says which exercise is answered.  Of the rest only formulas count:
what a file defines, declares or assumes is passed over, in words, in a context block or in a comment.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symbolic_equiv.latex.reader import DocumentError, read_text
from symbolic_equiv.script.loader import ScriptError
from symbolic_equiv.teach.exercise import (
    DERIVE,
    ERROR,
    REPAIR,
    Exercise,
    ExerciseError,
    bundled_exercises,
    find_exercise,
)
from symbolic_equiv.teach.feedback import plain
from symbolic_equiv.teach.mark import Marked, mark
from symbolic_equiv.teach.written import plain_signs, written_lines

SUFFIXES = (".md", ".tex")
MAX_ANSWER = 200_000
"""The longest answer, in characters."""

_NAMED = re.compile(r"^[\s%]*exercise:\s*(\S+)", re.MULTILINE | re.IGNORECASE)
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)|(?<!\\)%[^\n]*", re.DOTALL)
_ITEM = re.compile(r"^\s*(?:\\item\s*(?:\[(?P<label>\d+)\])?|(?P<number>\d+)[.)])[ \t]+(?P<text>.*?)\s*$", re.MULTILINE)
_FORMULAS_ONLY = re.compile(r"\$+|\\[()\[\]]")


@dataclass(frozen=True)
class Graded:
    """One file: which exercise it answers, its mark, or why it has none."""

    path: str
    exercise: str
    marked: Marked | None
    problem: str = ""

    @property
    def mark(self) -> str:
        return self.marked.mark if self.marked is not None else "not read"

    def to_json(self) -> dict[str, Any]:
        lines = [{"text": text, **said.to_json()} for text, said in self.marked.lines] if self.marked else []
        missing = plain(self.marked.missing) if self.marked else ""
        return {"file": self.path, "exercise": self.exercise, "mark": self.mark, "missing": missing,
                "problem": self.problem, "lines": lines}  # fmt: skip


def grade(folder: str | Path, exercise: str = "") -> list[Graded]:
    """The marks of all answers (``.md``, ``.tex``) in a folder, in the order of their names.

    ``exercise`` (a name or a file) is for answers that do not say which one they answer.  Raises ``ScriptError``
    for a folder that cannot be read, or has no answer in it.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ScriptError(f"{folder}: there is no such folder", "give the folder that has the answers in it")
    paths = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
    if not paths:
        raise ScriptError(f"{folder}: no answer in it", "answers are files that end in .md or .tex")
    given = find_exercise(exercise) if exercise else None
    return [_grade(path, given) for path in paths]


def _grade(path: Path, given: Exercise | None) -> Graded:
    name = given.name if given is not None else ""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read(MAX_ANSWER + 1)
        if len(text) > MAX_ANSWER:
            return Graded(path.name, name, None, f"longer than {MAX_ANSWER} characters")
        exercise = given or _exercise_of(text)
        lines = answer_lines(text, path.suffix, exercise)
        return Graded(path.name, exercise.name, mark(exercise, lines))
    except UnicodeDecodeError:
        return Graded(path.name, name, None, "not UTF-8")
    except (ScriptError, DocumentError, OSError) as problem:
        return Graded(path.name, name, None, str(problem))


def _exercise_of(text: str) -> Exercise:
    """The bundled exercise that an answer names; a file of its own it may not name, or it could set an easy one."""
    found = _NAMED.search(text)
    if found is None:
        raise ExerciseError("no line ‘exercise: NAME’, and no exercise was given")
    if found[1] not in bundled_exercises():
        raise ExerciseError(f"there is no exercise {found[1]!r}")
    return bundled_exercises()[found[1]]


def answer_lines(text: str, suffix: str, exercise: Exercise) -> list[str]:
    """The lines of an answer: those of its derivation, or the items of its numbered list."""
    if exercise.kind != DERIVE:
        return _items(text, exercise)
    return written_lines(read_text(plain_signs(text), "latex" if suffix == ".tex" else "markdown"), exercise)


def _items(text: str, exercise: Exercise) -> list[str]:
    """The items of the list that answers an exercise of another kind; which line is wrong may also be said in words."""
    text = _NAMED.sub("", _COMMENTS.sub("", text), count=1)
    if exercise.kind == ERROR:
        return (re.findall(r"\bline\s+(\d+)", text, re.IGNORECASE) or re.findall(r"\d+", text))[:1]
    items = [(at["label"] or at["number"], _FORMULAS_ONLY.sub("", at["text"]).strip()) for at in _ITEM.finditer(text)]
    if exercise.kind == REPAIR:
        return [f"{number}: {content}" for number, content in items if number]
    return [content for _, content in items]


def table(graded: Sequence[Graded]) -> str:
    """The marks as CSV: a row for each answer, and one for each of its lines."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["file", "exercise", "line", "verdict", "text", "feedback"])
    for item in graded:
        said = plain(item.marked.missing) if item.marked is not None else item.problem
        writer.writerow(map(_cell, [item.path, item.exercise, "", item.mark, "", said]))
        for number, (text, found) in enumerate(item.marked.lines if item.marked is not None else (), 1):
            numbers = "; ".join(f"{name} = {value}" for name, value in found.numbers)
            words = ". ".join(filter(None, [plain(found.message).rstrip("."), numbers])) + "."
            writer.writerow(map(_cell, [item.path, item.exercise, number, found.verdict, text, words]))
    return written.getvalue()


def _cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value
