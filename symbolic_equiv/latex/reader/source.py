"""Where a piece of text stands: sources, spans, and places as a person would name them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

WIDTH = 76
"""The widest excerpt shown in a message."""


class Place(NamedTuple):
    """A line and a column, both counted from 1; in a notebook, of the cell of that number (from 1)."""

    line: int
    column: int
    cell: int | None = None

    def __str__(self) -> str:
        cell = f"cell {self.cell}, " if self.cell is not None else ""
        return f"{cell}line {self.line}, column {self.column}"


class Source:
    """A text that was read, with its name and, for a notebook, the offsets at which its cells begin."""

    def __init__(self, text: str, name: str = "", cells: tuple[tuple[int, int], ...] = ()) -> None:
        self.text, self.name, self.cells = text, name, cells
        self._lines = array("Q", [0])  # where each line begins
        self._lines.extend(end.end() for end in re.finditer("\n", text))

    def line(self, offset: int) -> int:
        """The line of ``offset`` in the whole text, from 1 (a notebook's cells follow one another)."""
        return bisect_right(self._lines, offset)

    def place(self, offset: int) -> Place:
        line = self.line(offset)
        column = offset - self._lines[line - 1] + 1
        if not self.cells:
            return Place(line, column)
        start, number = self.cells[max(0, bisect_right(self.cells, (offset, len(self.text))) - 1)]
        return Place(line - self.line(start) + 1, column, number)

    def line_text(self, line: int) -> str:
        """The text of a line of the whole text, without its end."""
        end = self._lines[line] - 1 if line < len(self._lines) else len(self.text)
        return self.text[self._lines[line - 1] : end]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        return Span(self, start, len(self.text) if end is None else end)

    def __repr__(self) -> str:
        return f"Source({self.name!r}, {len(self.text)} characters)"


class Frame(NamedTuple):
    """One argument of a macro call: the span of the call, and how many calls it lies in."""

    call: Span
    depth: int


class Span(NamedTuple):
    """The characters ``start`` to ``end`` of a source.

    What a macro produced has the span of the call; what stood in an argument of the call keeps its
    own, with the ``frame`` that says so, until it is joined with something from outside the argument.
    """

    source: Source
    start: int
    end: int
    frame: Frame | None = None

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def place(self) -> Place:
        return self.source.place(self.start)

    @property
    def line(self) -> int:
        """The line on which the span begins (in a notebook, of its cell)."""
        return self.place.line

    @property
    def end_line(self) -> int:
        return self.source.place(max(self.start, self.end - 1)).line

    @property
    def column(self) -> int:
        return self.place.column

    def excerpt(self, width: int = WIDTH) -> str:
        """The first line of the span, cut to ``width``, with the span underlined."""
        whole_line = self.source.line(self.start)
        text = self.source.line_text(whole_line).replace("\t", " ")
        at = self.source.place(self.start).column - 1
        length = max(1, min(self.end - self.start, len(text) - at))
        if len(text) <= width:
            return f"{text}\n{' ' * at}{'^' * length}"
        first = max(0, min(at - width // 3, len(text) - width))
        shown = text[first : first + width]
        shown = ("…" if first else shown[:1]) + shown[1:-1] + ("…" if first + width < len(text) else shown[-1:])
        return f"{shown}\n{' ' * (at - first)}{'^' * max(1, min(length, width - (at - first)))}"


def _frames(span: Span) -> list[Frame | None]:
    """The frames around a span, the innermost first, ``None`` (the document itself) last."""
    found: list[Frame | None] = []
    frame = span.frame
    while frame is not None:
        found.append(frame)
        frame = frame.call.frame
    return [*found, None]


def join(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of ``spans``, whole macro calls where they come from several arguments."""
    spans = list(spans)
    frame = spans[0].frame
    if any(span.frame is not frame for span in spans):
        around = [{id(frame) for frame in _frames(span)} for span in spans]
        common = set.intersection(*around)
        lifted = []
        for span in spans:
            while id(span.frame) not in common and span.frame is not None:
                span = span.frame.call
            lifted.append(span)
        spans = lifted
        frame = spans[0].frame
    return Span(spans[0].source, min(span.start for span in spans), max(span.end for span in spans), frame)
