"""What the pages ask the server: a preview, the answer to lines, a hint, the rules at a place of a line, the proof as
LaTeX, a layer to play with.

Each takes the JSON object that was sent and the seconds it may take, and gives the one to send back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symbolic_equiv.script.loader import ScriptError
from symbolic_equiv.teach.exercise import BLANKS, DERIVE, REASONS, Exercise, bundled_exercises
from symbolic_equiv.teach.export import proof_as_latex
from symbolic_equiv.teach.feedback import Feedback, formula, html
from symbolic_equiv.teach.lines import MAX_LINE, Unreadable, book
from symbolic_equiv.teach.mark import MAX_LINES, hint, mark, model_answer
from symbolic_equiv.teach.picking import Shown, shown

Reply = dict[str, Any]


def preview(asked: Reply, seconds: float) -> Reply:
    """A line as MathML, or what keeps it from being read, with a caret."""
    line = _text(asked, "line")
    try:
        expression = book(_exercise(asked)).expression(line)
    except Unreadable as problem:
        return {"html": "", "problem": str(problem), "caret": problem.caret}
    return {"html": formula(expression.span.text), "problem": "", "caret": ""}


def check(asked: Reply, seconds: float) -> Reply:
    """What is to be said of each line of an answer, and of the whole."""
    exercise, lines = _exercise(asked), _lines(asked)
    marked = mark(exercise, lines, seconds)
    plain = exercise.kind == REASONS
    said = [
        {**_said(found), "text": text, "html": "" if plain else _shown(text, exercise)} for text, found in marked.lines
    ]
    return {"lines": said, "complete": marked.complete, "missing": html(marked.missing)}


def next_hint(asked: Reply, seconds: float) -> Reply:
    """The hint on one of the three rungs; on the third, also the line, to be taken over."""
    rung = asked.get("rung")
    if rung not in (1, 2, 3):
        raise ScriptError("rung: 1, 2 or 3")
    exercise = _exercise(asked)
    words, step = hint(exercise, _lines(asked), rung, seconds)
    line = model_answer(exercise)[step] if rung == 3 and exercise.kind in (DERIVE, BLANKS) else ""
    return {"html": html(words), "step": step + 1, "line": line}


def places(asked: Reply, seconds: float) -> Reply:
    """The line that was reached, in MathML with its places, and for each what it says and what is around it."""
    try:
        line = _reached(asked)
    except Unreadable as problem:
        return {"html": "", "problem": str(problem), "places": []}
    found = [{"says": place.says, "around": place.around} for place in line.places]
    return {"html": line.html, "problem": "", "places": found}


def rules(asked: Reply, seconds: float) -> Reply:
    """The rules that apply at one place of the line that was reached, each with the line it makes."""
    try:
        line = _reached(asked)
    except Unreadable as problem:
        raise ScriptError(str(problem)) from None
    number = asked.get("place")
    if type(number) is not int or not 0 <= number < len(line.places):
        raise ScriptError(f"place: a whole number from 0 to {len(line.places) - 1}")
    found = [
        {
            "words": pick.words,
            "because": html(pick.because),
            "law": formula(pick.law) if pick.law else "",
            "line": pick.line,
            "html": formula(pick.line),
        }
        for pick in line.picks(number)
    ]
    return {"rules": found}


def _reached(asked: Reply) -> Shown:
    exercise, lines = _exercise(asked), _lines(asked)
    if exercise.kind != DERIVE:
        raise ScriptError("there are rules to pick only where lines are to be written")
    return shown(exercise, lines[-1] if lines else exercise.start)


def export(asked: Reply, seconds: float) -> Reply:
    """A finished proof as a LaTeX document."""
    exercise, lines = _exercise(asked), _lines(asked)
    marked = mark(exercise, lines, seconds)
    if not marked.complete:
        raise ScriptError("the proof is not finished")
    return {"name": f"{exercise.name}.tex", "latex": proof_as_latex(exercise, marked)}


def play(asked: Reply, seconds: float) -> Reply:
    """The attention of a layer before and after a move, the difference, and the checker's verdict."""
    from symbolic_equiv.teach.layer import look, setting
    from symbolic_equiv.teach.verdict import verdict

    chosen = setting(asked)
    seen = look(chosen)
    shown = {name: getattr(seen, name).round(4).tolist() for name in ("before", "after", "difference")}
    return {"maps": shown, "largest": seen.largest, "verdict": verdict(chosen)}


def _said(found: Feedback) -> Reply:
    return {
        "verdict": found.verdict,
        "message": html(found.message),
        "numbers": [list(row) for row in found.numbers],
        "caret": found.caret,
    }


def _shown(text: str, exercise: Exercise) -> str:
    try:
        return formula(book(exercise).expression(text).span.text)
    except Unreadable:
        return ""


def _exercise(asked: Reply) -> Exercise:
    found = bundled_exercises().get(str(asked.get("exercise")))
    if found is None:
        raise ScriptError("there is no such exercise")
    return found


def _text(asked: Reply, key: str) -> str:
    text = asked.get(key)
    return _checked(text, key)


def _lines(asked: Reply) -> list[str]:
    lines = asked.get("lines")
    if not isinstance(lines, list) or len(lines) > MAX_LINES:
        raise ScriptError(f"lines: at most {MAX_LINES} texts")
    return [_checked(line, "lines") for line in lines]


def _checked(text: Any, key: str) -> str:
    """A text that can be read and sent back: half a character, as JSON may spell one, is none."""
    if not isinstance(text, str) or len(text) > MAX_LINE or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ScriptError(f"{key}: a text of at most {MAX_LINE} characters")
    return text


ALL: dict[str, Callable[[Reply, float], Reply]] = {
    "preview": preview,
    "check": check,
    "hint": next_hint,
    "places": places,
    "rules": rules,
    "export": export,
    "play": play,
}
