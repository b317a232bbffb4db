"""Where in the source an erratum stands: its lines, with what is wrong underlined, and its repair in words."""

from __future__ import annotations

from itertools import groupby

from symbolic_equiv.document.derivation import ChainLine
from symbolic_equiv.document.problems import SCOPE, UNDEFINED, Edit
from symbolic_equiv.judge.replace import replaced_places
from symbolic_equiv.judge.verdicts import Erratum, JudgedDocument
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.source import Source, Span

MOST = 6
"""The most lines of the source that are shown for one erratum."""

WIDTH = 68
"""The widest such line, in characters."""


def stands_in(erratum: Erratum, line: ChainLine) -> bool:
    """Whether an erratum is about (a part of) a line of a chain."""
    span = erratum.span
    return span is not None and line.span.start <= span.start and span.end <= line.span.end


def marks(erratum: Erratum, node: s.Node | None) -> list[Span]:
    """The stretches of the source that an erratum is about; ``node`` is the tree of the line where it stands.

    Of a step that was mended, these are the parts to replace; of one that was not, there are none.
    """
    if erratum.kind == UNDEFINED or erratum.span is None:
        return []
    if erratum.mended is not None:
        return replaced_places(node, erratum.mended) if node is not None else []
    return [erratum.span] if erratum.kind != "step" else []


def excerpts(erratum: Erratum, document: JudgedDocument) -> list[tuple[int, str]]:
    """Lines of the source (their numbers) with what is wrong in them underlined, cut to the width of a message."""
    if erratum.span is None:
        return []
    source = erratum.span.source
    if erratum.kind == SCOPE and erratum.edits:
        found = [source.span(edit.start, max(edit.end, edit.start + 1)) for edit in erratum.edits]
    else:
        lines = (line for chain in document.chains if chain.printed is not None for line in chain.printed.lines)
        node = next((line.node for line in lines if stands_in(erratum, line)), None)
        found = marks(erratum, node) or [erratum.span]
    found = sorted({(span.start, span.end): span for span in found}.values())
    shown = [
        (span.line, text)
        for _, group in groupby(found, lambda span: source.line(span.start))
        for span, text in _underlined(list(group))
    ]
    return shown[:MOST]


def _underlined(spans: list[Span]) -> list[tuple[Span, str]]:
    """The line on which the spans begin, all of them underlined: as often as it takes where it is too long."""
    found: list[tuple[Span, str]] = []
    for span in spans:
        text, carets = span.excerpt(WIDTH).split("\n")
        if found and found[-1][1].split("\n")[0] == text:
            joined = _over(found[-1][1].split("\n")[1], carets)
            found[-1] = found[-1][0], f"{text}\n{joined}"
        else:
            found.append((span, f"{text}\n{carets}"))
    return found


def _over(one: str, other: str) -> str:
    """Two rows of carets in one."""
    width = max(len(one), len(other))
    return "".join("^" if "^" in pair else " " for pair in zip(one.ljust(width), other.ljust(width)))


def in_words(source: Source, edits: tuple[Edit, ...]) -> str:
    """What is to be done with brackets, where a formula with all of it done would be too long to read."""
    gone = [(source.text[edit.start : edit.end], source.place(edit.start)) for edit in edits if edit.end > edit.start]
    come = [(edit.text.strip(), source.place(edit.start)) for edit in edits if edit.text]
    if gone and len(come) == 1:
        what = " and ".join(f"‘{text}’ at {place}" for text, place in gone)
        return f"move {what} to {come[0][1]}"
    return "put " + " and ".join(f"‘{text}’ at {place}" for text, place in come)
