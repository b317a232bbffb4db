"""The derivation of a statement at one size: with SymPy matrices, or down to the single entries.

Both sides are written out with their sums in the order of the tokens, every step of the derivation is followed, and
the re-indexing is seen for what it is: the same summands in another order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape as escape_html
from itertools import groupby
from typing import Any

from symbolic_equiv.explicit import explicit
from symbolic_equiv.explicit.named import PART, PROJECTION, SUM, VALUE, WEIGHT, Name, Rows, WrittenSides
from symbolic_equiv.explicit.sympy_view import Explicit
from symbolic_equiv.kernel.sorts import BASE, DIMENSION
from symbolic_equiv.latex.linebreak import A4_TEXT, Token
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.statements import equation
from symbolic_equiv.latex.words import escape_markdown
from symbolic_equiv.report import blocks
from symbolic_equiv.report.blocks import Block, Display, Heading, Line, Table, extent, words
from symbolic_equiv.report.derivation import IDEA, RULES, STEPS, derivation, numbers
from symbolic_equiv.report.levels_given import ENTRIES, MATRIX, Given
from symbolic_equiv.report.markdown import ROOM
from symbolic_equiv.report.sentences import listed, sentence
from symbolic_equiv.report.spelling import Spelling, matrix_of

LETTERS = {SUM: "zosu", WEIGHT: "awpg", VALUE: "vuet", PROJECTION: "cqkb", PART: "hgrn"}
"""What the names of the parts begin with: the first letter that the statement does not use."""

SAID = {
    SUM: "The sums, in the order of the tokens:",
    WEIGHT: "their weights, each a softmax:",
    VALUE: "the values:",
    PROJECTION: "what is multiplied in the scores:",
    PART: "and parts of these:",
}
BECOMES = Token(r" \;\longrightarrow\; ")


@dataclass(frozen=True)
class AtOneSize:
    """A page about one size: its title, its parts, and the sizes that were chosen."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    sizes: dict[str, int]


def rendered(page: AtOneSize, suffix: str, fragment: bool = False) -> str:
    """The page in a format; ``.pdf`` gives the LaTeX for it."""
    if suffix == ".html":
        from symbolic_equiv.report.sheet import sheet

        body = f"<main>\n<h1>{escape_html(page.title)}</h1>\n{blocks.html(page.blocks)}\n</main>"
        return sheet(page.title, body)
    if suffix == ".md":
        return f"# {escape_markdown(page.title)}\n\n{blocks.markdown(page.blocks, ROOM)}\n"
    if suffix == ".ipynb":
        from symbolic_equiv.report.notebook import entries

        return entries(page.name, page.title, blocks.markdown(page.blocks, ROOM), page.sizes)
    from symbolic_equiv.report import latex

    if fragment:
        return blocks.latex((Heading(page.title), *page.blocks), r"\subsection*")
    return latex.whole([(page.title, blocks.latex(page.blocks))])


def defaults(statement: Any, level: str) -> dict[str, int]:
    """Small sizes: two or three tokens, one head, and dimensions of 1; signals have two entries in matrices."""
    dimensions = {sort.name: 1 for sort in statement.sorts() if sort.cls == DIMENSION}
    if level == MATRIX and "d_in" in dimensions:
        dimensions["d_in"] = 2
    tokens = {"n": 3 if level == MATRIX else 2} if any(sort.cls == BASE for sort in statement.sorts()) else {}
    return {**tokens, **dimensions}


def at_one_size(chain: Any, level: str, sizes: Mapping[str, int], detail: int = STEPS) -> AtOneSize:
    """The page of a checked statement at a level.  Raises ``ExplicitError`` where it cannot be written out."""
    statement = chain.statement
    chosen = {**defaults(statement, level), **sizes}
    view = explicit(statement, linear=True, **chosen)
    return _Page(chain, level, view, detail).made(chosen)


class _Page:
    def __init__(self, chain: Any, level: str, view: Explicit, detail: int) -> None:
        self.chain, self.level, self.view, self.detail = chain, level, view, detail
        self.statement = chain.statement
        self.tree = derivation(chain, self.statement.multiplicative)
        definitions = [each.definition for each in self.statement.definitions() if each.definition is not None]
        self.notation = Notation([*self.statement.terms(), *definitions], self.statement.multiplicative)
        taken = {self.notation.core(symbol)[:1] for symbol in self.notation.forms}
        letters: dict[str, str] = {}
        for kind, every in LETTERS.items():
            letters[kind] = next((each for each in every if each not in taken | {*letters.values()}), every[0])
        self.sides = WrittenSides(view, letters, slice(0, 1) if level == ENTRIES else slice(None))
        self.left, self.right = self._shown(self.sides.left()), self._shown(self.sides.right())
        self.after = self._shown(self.sides.right_reindexed())
        self.spelling = Spelling(self.sides.spellings, view._model.sizes, self.notation)
        self.given = Given(self.statement, level, view, self.sides, self.spelling)

    def made(self, chosen: dict[str, int]) -> AtOneSize:
        what = "at one size" if self.level == MATRIX else "one entry, written out"
        parts = [*self.given.claim(), *self.given.sizes()]
        if self.detail > IDEA:
            parts += [*self.given.data(), *self._left(), *self._steps()]
        parts += [*self._reindexing(), *self._verdict()]
        return AtOneSize(self.statement.name, f"{self.statement.title}: {what}", tuple(parts), chosen)

    def _shown(self, rows: Rows) -> Rows:
        return [row[:1] for row in rows] if self.level == ENTRIES else rows

    # the two sides

    def _left(self) -> Iterator[Block]:
        yield Heading("The left side, written out")
        yield self._side(self.statement.left, self.left)
        yield from self._meanings(self.sides.names([entry for row in self.left for entry in row]))

    def _side(self, term: Any, rows: Rows) -> Display:
        """A matrix if it fits the page, else one line for each entry."""
        cells = [[self.spelling.latex(entry) for entry in row] for row in rows]
        name = equation(term, term, self.notation).left
        if self.level == MATRIX and extent(matrix_of(cells)) < A4_TEXT - 12:
            label = Token(r"\bigl( ") if len(cells) > 1 else Token("")
            close = Token(rf" \bigr)_{{{self._index()}}}") if len(cells) > 1 else Token("")
            return Display((Line("", (label, *name, close, Token(f" = {matrix_of(cells)}"))),))
        lines = []
        for row, entries in zip(self.sides.rows, rows, strict=True):
            for number, entry in enumerate(entries, 1):
                at = ",\\; ".join(
                    f"{name} = {row[key]}" for key, name in self.given.names() if len(self.sides.rows) > 1
                )
                place = rf"\text{{entry {number}}}" if len(entries) > 1 else ""
                before = r",\; ".join(part for part in (at, place) if part)
                lead = rf"{before} \colon \quad " if before else ""
                lines.append(Line(lead, tuple(self.spelling.tokens(entry))))
        return Display(tuple(lines))

    def _index(self) -> str:
        open_, _ = self.given.free()
        return ", ".join(name for name, _ in open_)

    def _meanings(self, names: Sequence[Name]) -> Iterator[Block]:
        for kind, same in groupby(names, key=lambda name: name.kind):
            every = list(same)
            if kind == PROJECTION and self.level == MATRIX and self.detail < RULES and len(every) > 12:
                yield words(f"{SAID[kind]} {len(every)} entries of projections, which the greatest detail writes out.")
                continue
            yield words(SAID[kind])
            yield Display(tuple(self._named(name) for name in every))

    def _named(self, name: Name) -> Line:
        return Line(f"{self.spelling.latex(name.symbol)} = ", tuple(self.spelling.tokens(name.value)))

    # how one becomes the other

    def _steps(self) -> Iterator[Block]:
        if self.tree.first is None:
            return
        yield Heading("The derivation at this size")
        lines = self.chain.proof.lines
        rows = [self._shown(self.sides.line(line.term)) for line in lines]
        same: list[int] = []
        for move, before, after in zip(self.tree.moves, rows, rows[1:], strict=False):
            if before == after:
                same.append(move.number)
                continue
            yield from _unchanged(same)
            same = []
            why = sentence(move.step.because or move.step.rule)
            yield words(f"({move.number}) {why} {self._difference(before, after)}")
            yield Display(tuple(self._changed(before, after)))
        yield from _unchanged(same)

    def _difference(self, before: Rows, after: Rows) -> str:
        old, new = (self._sums(rows) for rows in (before, after))
        if len(old) == len(new) and all(set(a.value.args) == set(b.value.args) for a, b in zip(old, new)):
            return "So the same summands stand in another order:"
        return "So the entries are written in another way:"

    def _changed(self, before: Rows, after: Rows) -> Iterator[Line]:
        old, new = (self._sums(rows) for rows in (before, after))
        if len(old) == len(new) and old != new:
            for a, b in zip(old, new, strict=True):
                tokens = (
                    Token(self.spelling.latex(a.value)),
                    Token(r" \;\longrightarrow\; "),
                    *self.spelling.tokens(b.value),
                )
                yield Line(f"{self.spelling.latex(a.symbol)} = ", tokens)
            return
        for a, b in zip(before, after, strict=True):
            for s, t in zip(a, b, strict=True):
                if s != t:
                    yield Line(
                        "", (*self.spelling.tokens(s), Token(r" \;\longrightarrow\; "), *self.spelling.tokens(t))
                    )

    def _sums(self, rows: Rows) -> list[Name]:
        return [name for name in self.sides.names([entry for row in rows for entry in row]) if name.kind == SUM]

    def _reindexing(self) -> Iterator[Block]:
        yield Heading("The re-indexing")
        found = self.view.substitution
        if not found or self.after != self.left:
            yield words("No re-indexing of the tokens makes the two sides agree summand by summand.")
            yield self._side(self.statement.right, self.right)
            return
        if all(key == value for key, value in found.items()):
            yield words("None is needed: the two sides agree as they are written.")
            return
        yield words("The right side, its sums in the order of the tokens:")
        yield self._side(self.statement.right, self.right)
        sums = [name for name in self._sums(self.right) if name not in self._sums(self.left)]
        if sums:
            yield Display(tuple(map(self._named, sums)))
        yield words("Each token is replaced by another, as the derivation says:")
        first, *rest = ([str(value) for value in each] for each in zip(*found.items(), strict=True))
        yield Table((("token", *first), ("becomes", *rest[0])))
        yield words("Then the sums of the right side run in the order of those of the left, and both are the same:")
        yield self._side(self.statement.right, self.after)

    def _verdict(self) -> Iterator[Block]:
        yield Heading("Verdict")
        sides = "The two sides are" if self.level == MATRIX else "All entries of the two sides are"
        said = {
            "equal": f"{sides} equal at these sizes, for all values of the symbols.",
            "refuted": "The two sides differ at these sizes.",
        }.get(self.view.verdict, "Whether the two sides are equal at these sizes was not decided.")
        yield words(f"{said} For all sizes, the claim is {self.chain.verdict}.")
        found = self.view.difference
        if found is not None:
            at = listed([f"{name} = {value}" for name, value in found.at.items()])
            yield words(
                f"At {at} entry {found.entry + 1} is {found.left} on the left and {found.right} on the right, "
                "for some whole numbers in place of the symbols."
            )


def _unchanged(steps: Sequence[int]) -> Iterator[Block]:
    if steps:
        many = len(steps) > 1
        yield words(
            f"Step{'s' * many} {numbers(steps)}: the entries stay as they are; at this size definitions are written "
            "out and indices are numbers already."
        )
