"""Marking: what is to be said of a whole answer, line by line, and the hints on the way to it."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from symbolic_equiv.teach.exercise import BLANKS, DERIVE, ERROR, REASONS, REPAIR, Exercise, blank, fill
from symbolic_equiv.teach.feedback import RIGHT, SEVERAL, UNDECIDED, UNREADABLE, WRONG, Feedback
from symbolic_equiv.teach.lines import Book, Unreadable, book

MAX_LINES = 60
"""The most lines of an answer that are looked at."""

COMPLETE, INCOMPLETE = "complete", "incomplete"

_NUMBER = re.compile(r"\s*(?:line\s*)?(\d{1,3})\s*[.:)]?\s*", re.IGNORECASE)
_FILLERS = re.compile(r"\b(?:the|by|of|definition|def|hypothesis|assumption|laws?)\b|[^A-Za-zΑ-ω0-9_ -]")
_ALIKE = {"group": "groups", "re-indexing": "reindex", "re-index": "reindex", "reindexing": "reindex",
          "calculating": "calculate", "calculation": "calculate", "algebra": "calculate"}  # fmt: skip


@dataclass(frozen=True)
class Marked:
    """What was said of each line, and whether all of it is right and nothing is missing."""

    lines: tuple[tuple[str, Feedback], ...]
    complete: bool
    missing: str = ""

    @property
    def mark(self) -> str:
        """``complete``, ``incomplete`` (so far right), or the verdict on the first line that is not right."""
        if self.complete:
            return COMPLETE
        return next((said.verdict for _, said in self.lines if not said.is_right), INCOMPLETE)


def mark(exercise: Exercise, answer: Sequence[str], seconds: float = 60.0) -> Marked:
    """The mark of an answer: lines, the contents of blanks, reasons, the number of a line, or its repair.

    After ``seconds`` the lines of a derivation that are left are not looked at.
    """
    lines = tuple(text for text in answer if text.strip())
    if len(lines) > MAX_LINES:
        lines = lines[:MAX_LINES]
    if exercise.kind == DERIVE:
        return _derive(book(exercise), lines, time.monotonic() + seconds)
    kinds = {BLANKS: _blanks, REASONS: _reasons, ERROR: _error, REPAIR: _repair}
    return kinds[exercise.kind](book(exercise), lines)


def hint(exercise: Exercise, answer: Sequence[str], rung: int, seconds: float = 60.0) -> tuple[str, int]:
    """The hint on one of three rungs (1: where to look, 2: which rule, 3: the line), and the number of its step."""
    marked = mark(exercise, answer, seconds)
    at = _place(exercise, marked)
    if rung == 3:
        return f"Write ${_answers(exercise)[at]}$" if exercise.kind != REASONS else _answers(exercise)[at], at
    if not exercise.hints:
        return "There is no hint for this step.", at
    step = exercise.hints[min(at, len(exercise.hints) - 1)]
    return (step.where if rung == 1 else step.which), at


def model_answer(exercise: Exercise) -> tuple[str, ...]:
    """A right and complete answer: the third rungs of the hints, one after the other."""
    return _answers(exercise)


def _answers(exercise: Exercise) -> tuple[str, ...]:
    if exercise.kind == DERIVE:
        return exercise.solution[1:]
    if exercise.kind == BLANKS:
        return exercise.blanks
    if exercise.kind == REASONS:
        return tuple(", ".join(move.name for move in said.moves) for said in _steps(book(exercise)))
    number = wrong_line(exercise)
    return (str(number),) if exercise.kind == ERROR else (f"{number}: {exercise.solution[number - 1]}",)


def _place(exercise: Exercise, marked: Marked) -> int:
    """The step to give a hint for: the furthest line of the solution that is one right step away, else the next."""
    last = len(_answers(exercise)) - 1
    right = [text for text, said in marked.lines if said.is_right]
    if exercise.kind != DERIVE:
        return next((k for k, (_, said) in enumerate(marked.lines) if not said.is_right), min(len(marked.lines), last))
    here = right[-1] if right else exercise.start
    its = book(exercise)
    for at in range(last, -1, -1):
        if its.step(here, exercise.solution[at + 1]).is_right and not its.same(here, exercise.solution[at + 1]):
            return at
    return min(len(right), last)


def _derive(its: Book, lines: Sequence[str], deadline: float) -> Marked:
    said: list[tuple[str, Feedback]] = []
    last, slip, arrived = its.exercise.start, "", False
    for text in lines:
        if time.monotonic() > deadline:
            said.append((text, Feedback(UNDECIDED, "The time for this answer is over.")))
            continue
        found = its.step(last, text)
        if found.verdict == WRONG:
            if slip and its.step(slip, text).verdict in (RIGHT, SEVERAL):
                found = Feedback(
                    WRONG, "This follows from the line above, but that one is wrong.", numbers=found.numbers
                )
            slip = text
        elif found.verdict in (RIGHT, SEVERAL):
            last, slip = text, ""
            arrived = arrived or its.same(last, its.exercise.goal)
        said.append((text, found))
    complete = arrived and all(found.is_right for _, found in said)
    return Marked(tuple(said), complete, "" if arrived else f"Go on until you reach ${its.exercise.goal}$.")


def _blanks(its: Book, lines: Sequence[str]) -> Marked:
    exercise = its.exercise
    said = []
    for number, text in enumerate(lines[: len(exercise.blanks)], 1):
        at = next(k for k, line in enumerate(exercise.lines) if blank(number) in line)
        contents = tuple(text if k == number else content for k, content in enumerate(exercise.blanks, 1))
        said.append((text, _filled(its, at, text, contents)))
    missing = len(exercise.blanks) - len(said)
    complete = not missing and all(found.is_right for _, found in said)
    return Marked(tuple(said), complete, f"{missing} more to fill." if missing else "")


def _filled(its: Book, at: int, text: str, contents: tuple[str, ...]) -> Feedback:
    try:
        its.expression(text)
    except Unreadable as problem:
        return Feedback(UNREADABLE, str(problem), caret=problem.caret)
    before, line = its.exercise.solution[at - 1], fill(its.exercise.lines[at], contents)
    found = its.step(before, line)
    if found.is_right and its.same(before, line):
        return Feedback(UNREADABLE, "So the line is the one before once more: something should happen in it.")
    return found


def _steps(its: Book) -> list[Feedback]:
    """What is to be said of the lines that the exercise shows."""
    lines = its.exercise.lines if its.exercise.kind in (ERROR, REPAIR) else its.exercise.solution
    return [its.step(before, after) for before, after in pairwise(lines)]


def _reasons(its: Book, lines: Sequence[str]) -> Marked:
    steps = _steps(its)
    said = [(text, _reason(text, step)) for text, step in zip(lines, steps)]
    missing = len(steps) - len(said)
    complete = not missing and all(found.is_right for _, found in said)
    return Marked(tuple(said), complete, f"{missing} more to give." if missing else "")


def _reason(text: str, step: Feedback) -> Feedback:
    wanted = {_word(move.name): move for move in step.moves}
    given = {_word(part) for part in re.split(r"[,;+]|\band\b", text) if _word(part)}
    given = {next((name for name in wanted if name == word or word.startswith(f"{name}_")), word) for word in given}
    if given == set(wanted):
        return Feedback(RIGHT, step.message, step.moves)
    too_many = given - set(wanted)
    if too_many:
        return Feedback(WRONG, f"This line follows without {' and '.join(sorted(too_many))}.")
    return Feedback(WRONG, "Something more is needed for this line.")


def _word(text: str) -> str:
    words = _FILLERS.sub(" ", text.replace("\\", "")).split()
    return _ALIKE.get(words[0].lower(), "_".join(words)) if words else ""


def _once_more(its: Book, text: str, shown: Sequence[str], number: int) -> Feedback | None:
    """What is said of a repair that only says what the line above or below says already."""
    beside = {"above": shown[number - 2], "below": shown[number] if number < len(shown) else ""}
    for place, line in beside.items():
        if line and its.same(line, text):
            return Feedback(UNREADABLE, f"That is the line {place} once more: something should happen in it.")
    return None


def reasons(exercise: Exercise) -> list[tuple[str, str]]:
    """What may be given as a reason: a name and words, those that are needed somewhere among others."""
    found = {move.name: move.words for said in _steps(book(exercise)) for move in said.moves}
    more = {"reindex": "re-indexing a sum", "groups": "the group laws", "calculate": "calculating"}
    return sorted({**more, **found}.items(), key=lambda item: item[1])


def wrong_line(exercise: Exercise) -> int:
    """The number of the line of a broken derivation that does not follow, from 1; 0 if each does."""
    steps = _steps(book(exercise))
    return next((number for number, said in enumerate(steps, 2) if said.verdict == WRONG), 0)


def _error(its: Book, lines: Sequence[str]) -> Marked:
    if not lines:
        return Marked((), False, "Which line is it?")
    found = _NUMBER.fullmatch(lines[0])
    steps = _steps(its)
    if found is None or not 2 <= int(found[1]) <= len(steps) + 1:
        told = Feedback(UNREADABLE, f"Give the number of a line, from 2 to {len(steps) + 1}.")
    else:
        told = _accused(its, int(found[1]))
    return Marked(((lines[0], told),), told.is_right)


def _accused(its: Book, number: int) -> Feedback:
    step = _steps(its)[number - 2]
    if number == wrong_line(its.exercise):
        return Feedback(RIGHT, f"Right, line {number} is wrong. {step.message}", numbers=step.numbers)
    words = step.message.removeprefix("Right, ").removeprefix("Right: ")
    return Feedback(WRONG, f"Line {number} does follow from the line before, {words}")


def _repair(its: Book, lines: Sequence[str]) -> Marked:
    if not lines:
        return Marked((), False, "Which line is it, and what should it be?")
    found = _NUMBER.match(lines[0])
    shown = its.exercise.lines
    if found is None or not 2 <= int(found[1]) <= len(shown):
        told = Feedback(UNREADABLE, f"Give a line from 2 to {len(shown)} and what it should be, as in 2: f(i).")
    elif int(found[1]) != wrong_line(its.exercise):
        told = _accused(its, int(found[1]))
    else:
        number, text = int(found[1]), lines[0][found.end() :].strip()
        told = _once_more(its, text, shown, number) or its.step(shown[number - 2], text)
        if told.is_right and number < len(shown):
            after = its.step(text, shown[number])
            if not after.is_right:
                told = Feedback(
                    after.verdict, f"It follows, but the next line does not follow from it. {after.message}"
                )
    return Marked(((lines[0], told),), told.is_right)
