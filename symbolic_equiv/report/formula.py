"""A formula of a document, as it was read, for a page: one fold over its tree, with a pen for each kind of page.

The tree, not the source, is what is written: so nothing that a document says reaches a page as markup.
A formula comes out as tokens with breaks between them, so that a long one can go on in the next line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from symbolic_equiv.latex.linebreak import BREAK, CLOSE, COMMA, OPEN, OPERATOR, PRODUCT, RELATION, SUM, Token
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.report.changes import Stretch, wrap

Marks = Sequence[Stretch]
"""Stretches of the source that are wrong as printed."""

Changes = Mapping[str, Sequence[Stretch]]
"""Stretches of the source that changed, by their kind (see ``report.changes``)."""


@dataclass
class Shown:
    """A formula for the page: its tree with what is wrong in it, or (``node`` is None) only its text."""

    text: str
    node: s.Node | None = None
    marks: Marks = ()
    changed: Changes = field(default_factory=dict)


class Pen(Protocol):
    """How the pieces of a formula are written on one kind of page.  All that it is given is plain or its own."""

    def name(self, node: s.Name) -> str:
        """A letter or a word with its font and accents, without scripts."""
        ...

    def number(self, text: str) -> str: ...
    def text(self, words: str) -> str: ...
    def operator(self, sign: str, binary: bool) -> str: ...
    def big(self, operator: s.Name, below: str, above: str) -> str: ...
    def bracket(self, kind: str, closing: bool, level: int) -> str: ...
    def scripts(self, base: str, below: str, above: str) -> str: ...
    def fraction(self, above: str, below: str) -> str: ...
    def root(self, body: str, degree: str) -> str: ...
    def accented(self, accent: str, body: str) -> str: ...
    def matrix(self, environment: str, rows: list[list[str]]) -> str: ...
    def row(self, pieces: list[str]) -> str: ...
    def wrong(self, closing: bool) -> str:
        """The mark in front of, or behind, what is wrong."""
        ...

    def tinted(self, piece: str) -> str:
        """A piece of what is wrong."""
        ...


class Formula:
    """The fold: from a tree to tokens."""

    def __init__(self, pen: Pen, marks: Marks = (), changed: Changes | None = None) -> None:
        self.pen, self.marks, self.changed = pen, marks, changed or {}
        self.inside = False
        self.open: set[str] = set()

    def tokens(self, node: s.Node) -> list[Token]:
        """The formula in tokens; what changed is in the marks of ``changes.wrap``, what is wrong between others."""
        kinds = [kind for kind, places in self.changed.items() if kind not in self.open and _covers(places, node)]
        self.open |= set(kinds)
        found = self._wrong(node)
        self.open -= set(kinds)
        return [token._replace(text=wrap(token.text, kinds)) if token.text else token for token in found]

    def _wrong(self, node: s.Node) -> list[Token]:
        if self.inside or not _covers(self.marks, node):
            return list(self._tokens(node))
        self.inside = True
        inner = [
            token._replace(text=self.pen.tinted(token.text)) if token.text else token for token in self._tokens(node)
        ]
        self.inside = False
        return [Token(self.pen.wrong(False)), *inner, Token(self.pen.wrong(True))]

    def line(self, node: s.Node) -> str:
        """The formula in one piece."""
        return self.pen.row([token.text for token in self.tokens(node) if token.text])

    def _tokens(self, node: s.Node) -> Iterator[Token]:
        pen = self.pen
        match node:
            case s.Name():
                yield Token(self._scripted(pen.name(node), node.scripts))
            case s.Number():
                yield Token(pen.number(node.text))
            case s.Text():
                yield Token(pen.text(node.content))
            case s.Blank():
                return
            case s.Group():
                yield from self._bracket(node, ())
            case s.Scripted(base=s.Group() as base) if base.kind != "{":
                yield from self._bracket(base, node.scripts)
            case s.Scripted():
                yield Token(self._scripted(self.line(node.base), node.scripts))
            case s.Apply():
                yield from self.tokens(node.function)
                if node.bracket == "(" and isinstance(node.function, s.Apply) and node.function.bracket == "(":
                    yield Token("", BREAK, PRODUCT)  # rather a product than a value that is applied
                yield from self._bracket(node.argument, node.scripts, _covers(self.marks, node.argument))
            case s.Juxtapose():
                yield from self._row(node.operands)
            case s.Listing():
                yield from self._infix(node, COMMA, after=True)
            case s.Relation() | s.Colon() | s.Logical() | s.Arrow():
                yield from self._infix(node, RELATION)
            case s.Infix():
                yield from self._infix(node, PRODUCT if isinstance(node, s.Product) else SUM)
            case s.Signed():
                yield Token(pen.operator(node.sign, binary=False))
                yield from self.tokens(node.body)
            case s.Binder():
                below = ", ".join(self.line(each) for each in node.conditions) if node.conditions else ""
                yield Token(pen.big(node.operator, below, self.line(node.upper) if node.upper is not None else ""))
                yield Token("", BREAK, OPERATOR)
                yield from self.tokens(node.body)
            case s.Fraction():
                yield Token(pen.fraction(self.line(node.numerator), self.line(node.denominator)))
            case s.Root():
                yield Token(pen.root(self.line(node.body), self.line(node.degree) if node.degree is not None else ""))
            case s.Accented():
                yield Token(pen.accented(node.accent, self.line(node.body)))
            case s.Matrix():
                yield Token(pen.matrix(node.environment, [[self.line(cell) for cell in row] for row in node.rows]))
            case _:
                yield Token(pen.text(node.span.text))

    def _row(self, operands: Sequence[s.Node]) -> Iterator[Token]:
        before: s.Node | None = None
        for operand in operands:
            if isinstance(before, s.Group | s.Apply | s.Scripted) and isinstance(operand, s.Group | s.Binder):
                yield Token("", BREAK, PRODUCT)
            yield from self.tokens(operand)
            before = operand

    def _infix(self, node: s.Infix, weight: int, after: bool = False) -> Iterator[Token]:
        yield from self.tokens(node.operands[0])
        for sign, operand in zip(node.operators, node.operands[1:], strict=True):
            if not after:
                yield Token("", BREAK, weight)
            yield Token(self.pen.operator(sign, binary=True))
            if after:
                yield Token("", BREAK, weight)
            yield from self.tokens(operand)

    def _bracket(self, group: s.Group, scripts: s.Scripts, marked: bool = False) -> Iterator[Token]:
        if marked and not self.inside:
            yield from self.tokens(group)
            return
        if group.kind == "{":
            inner = self.line(group.body)
            yield Token(self._scripted(inner, scripts) if scripts else inner)
            return
        level = _level(group)
        yield Token(self.pen.bracket(group.kind, False, level), OPEN)
        yield from self.tokens(group.body)
        yield Token(self._scripted(self.pen.bracket(group.kind, True, level), scripts), CLOSE)

    def _scripted(self, base: str, scripts: s.Scripts) -> str:
        if not scripts:
            return base
        low = [self.line(script.body) for script in scripts if script.kind == "_"]
        primes = [self.pen.operator("'", binary=False) for script in scripts if script.kind == "'"]
        high = primes + [self.line(script.body) for script in scripts if script.kind == "^"]
        return self.pen.scripts(base, self.pen.row(low) if low else "", self.pen.row(high) if high else "")


def _covers(places: Sequence[Stretch], node: s.Node) -> bool:
    return any(start <= node.span.start and node.span.end <= end for start, end in places)


def _level(group: s.Group) -> int:
    """How large a pair of brackets should be: by the brackets in it, those that only hold letters not counted."""
    return min(4, max(0, _nesting(group) - 2))


def _nesting(node: s.Node) -> int:
    below = max((_nesting(child) for child in node.children if not isinstance(child, s.Script)), default=0)
    return below + (isinstance(node, s.Group) and node.kind != "{")
