"""What is read of a display: chains of lines, each an expression and its relation to the one before, with remarks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from symbolic_equiv.latex.reader.errors import ReadError
from symbolic_equiv.latex.reader.source import Span, join
from symbolic_equiv.latex.reader.syntax import Node


@dataclass(frozen=True)
class Remark:
    """Words beside a line: their text, the formulas among them (``\\text{for all } i \\in S``), and their place."""

    text: str
    formulas: tuple[Node, ...]
    span: Span


@dataclass(frozen=True)
class Line:
    """One expression of a chain, and its relation to the expression before.

    ``relation`` is ``None`` for the first expression of a chain.  Exactly one of ``expression`` and
    ``error`` is there.  ``span`` is the place of the expression alone.
    """

    expression: Node | None
    error: ReadError | None
    relation: str | None
    relation_span: Span | None
    span: Span
    remark: Remark | None = None

    @property
    def first_line(self) -> int:
        """The source line on which the line begins: that of its relation, if it has one."""
        return (self.relation_span or self.span).line

    @property
    def last_line(self) -> int:
        return self.span.end_line


@dataclass(frozen=True)
class Chain:
    """Expressions with relations between them: ``a = b = c`` is three lines.

    A chain whose display begins with a relation ``continues`` the one before it.  A declaration such
    as ``f : S \\to T`` is a chain of one line.  ``lead`` are the words in front (``\\text{where}``).
    """

    lines: tuple[Line, ...]
    continues: bool = False
    lead: Remark | None = None

    @property
    def first_line(self) -> int:
        return self.lines[0].first_line

    @property
    def last_line(self) -> int:
        return self.lines[-1].last_line

    @property
    def span(self) -> Span:
        return join([line.span for line in self.lines])

    @property
    def errors(self) -> tuple[ReadError, ...]:
        return tuple(line.error for line in self.lines if line.error is not None)

    def joined(self, following: Chain) -> Chain:
        """This chain with one that continues it."""
        return replace(self, lines=self.lines + following.lines)
