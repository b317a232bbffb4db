"""The derivation in an answer: its chains, put in the order from the first line of the exercise to the last.

Learners write from left to right, from right to left, or from both sides to the middle; they say first what they are
going to show, and last what they have shown.  All of that comes out as one list of lines, each to be judged against the
line before: nothing is left out but formulas that define, declare or assume, and the claim where it is announced.
"""

from __future__ import annotations

import re

from symbolic_equiv.document.outline import Unit, outline
from symbolic_equiv.latex.reader import Document, Line, parse
from symbolic_equiv.latex.reader import ReadError as NotRead
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.latex.reader.syntax import Node
from symbolic_equiv.teach.exercise import Exercise
from symbolic_equiv.teach.lines import book

_OVER = re.compile(r"\\(?:stackrel|overset|underset)\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*\{\s*(?:\\mathrm\{=\}|=)\s*\}")
"""A reason over the sign: ``\\stackrel{(1)}{=}``."""


def plain_signs(text: str) -> str:
    """The text with plain signs where reasons stand over them."""
    return _OVER.sub("=", text)


def written_lines(document: Document, exercise: Exercise) -> list[str]:
    """The lines after the first one of the exercise."""
    its = book(exercise)
    forth: list[str] = []
    back: list[str] = []
    announced = ""
    for unit in outline(document):
        texts = [_as_written(line) for line in unit.lines]
        signs = [line.relation for line in unit.lines]
        rest = [text if sign in (None, "=") else f"{sign} {text}" for text, sign in zip(texts, signs, strict=True)]
        begins = len(texts) > 1 and its.same(exercise.start, texts[0])
        if unit.inline and not (begins and len(texts) > 2):
            continue
        if begins and len(texts) == 2 and rest[1] == texts[1] and its.same(exercise.goal, texts[1]):
            announced = texts[1]
        elif begins or (forth and its.same(forth[-1], texts[0])):
            forth += rest[1:]
        elif back and its.same(back[-1], texts[0]):
            back += rest[1:]
        elif _says_otherwise(unit):
            continue
        elif not back and len(texts) > 1 and rest == texts and its.same(exercise.goal, texts[0]):
            back = texts
        else:
            forth += rest
    if back:
        meets = its.same(forth[-1] if forth else exercise.start, back[-1])
        forth += back[::-1][meets:]
    return forth or [announced] * bool(announced)


def _says_otherwise(unit: Unit) -> bool:
    """Whether a formula defines, declares or assumes: that is for the exercise to do."""
    return unit.defines or unit.assumes or unit.is_declaration or unit.implies


def _as_written(line: Line) -> str:
    """A line as it is written; if that makes sense only with the macros of its file, as these make it."""
    text = " ".join(line.span.text.split())
    if line.expression is not None and not _reads_as(text, line.expression):
        text = normalised(line.expression)
    return text


def _reads_as(text: str, node: Node) -> bool:
    try:
        return parse(text) == node
    except NotRead:
        return False
