"""Whether an exercise can be solved as it says: its solution is right at its step size, and its hints lead there."""

from __future__ import annotations

from symbolic_equiv.latex.counted import counted
from symbolic_equiv.latex.reader import ReadError, read_text
from symbolic_equiv.teach.exercise import BLANKS, DERIVE, ERROR, REASONS, REPAIR, Exercise
from symbolic_equiv.teach.feedback import UNREADABLE, WRONG, plain
from symbolic_equiv.teach.lines import Book, Unreadable, book
from symbolic_equiv.teach.mark import hint, mark, model_answer, wrong_line


def problems(exercise: Exercise) -> list[str]:
    """What is wrong with an exercise, in words; nothing if it can be set."""
    its = book(exercise)
    found = _context(exercise)
    try:
        its.terms(exercise.start, exercise.start)
    except Unreadable as problem:
        return [*found, f"the first line: {problem}"]
    found += _solution(its)
    if found:
        return found
    found += {DERIVE: _derive, ERROR: _broken, REPAIR: _broken}.get(exercise.kind, lambda _: [])(its)
    found += _hints(exercise)
    if not found and not _led_to_the_end(exercise):
        found.append("the third rungs of the hints, one after the other, are not a complete answer")
    return found


def _context(exercise: Exercise) -> list[str]:
    document = read_text(f"<!-- symbolic-equiv\n{exercise.context_text}\n-->")
    errors: list[ReadError] = list(document.errors)
    return [f"the context: {error}" for error in errors]


def _solution(its: Book) -> list[str]:
    found = []
    for number, (before, after) in enumerate(zip(its.exercise.solution, its.exercise.solution[1:]), 2):
        said = its.step(before, after)
        if not said.is_right:
            found.append(f"line {number} of the solution: {said.verdict}: {plain(said.message)}")
    return found


def _derive(its: Book) -> list[str]:
    exercise = its.exercise
    if its.step(exercise.start, exercise.goal).is_right and len(exercise.solution) > 2:
        return ["its last line is right as the first: the step size lets all of it be done at once"]
    return []


def _broken(its: Book) -> list[str]:
    exercise = its.exercise
    wrong = wrong_line(exercise)
    if not wrong:
        return ["no line of the broken derivation is wrong"]
    found = []
    for number, (before, after) in enumerate(zip(exercise.lines, exercise.lines[1:]), 2):
        verdict = its.step(before, after).verdict
        may = exercise.kind == REPAIR and number == wrong + 1
        if verdict == UNREADABLE or (verdict == WRONG and number != wrong and not may):
            found.append(f"line {number} of the broken derivation: {verdict}")
    return found


def _hints(exercise: Exercise) -> list[str]:
    wanted = {DERIVE: len(exercise.solution) - 1, BLANKS: len(exercise.blanks), REASONS: len(exercise.solution) - 1}
    steps = wanted.get(exercise.kind, 1)
    if len(exercise.hints) == steps:
        return []
    hints = counted(len(exercise.hints), "hint")
    return [f"{hints} (each with ‘where:’ and ‘which:’) for {counted(steps, 'step')}: write one for each"]


def _led_to_the_end(exercise: Exercise) -> bool:
    """Whether a learner who takes every hint arrives."""
    answers, given = model_answer(exercise), []
    for _ in answers:
        if mark(exercise, given).complete:
            break
        _, at = hint(exercise, given, 3)
        given.append(answers[at])
    return mark(exercise, given).complete
