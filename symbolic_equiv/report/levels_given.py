"""What the derivation at one size begins with: the claim, the sizes, tables of maps, and matrices of symbols."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from symbolic_equiv.explicit.algebra import Symbol
from symbolic_equiv.explicit.named import WrittenSides
from symbolic_equiv.explicit.sympy_view import Explicit
from symbolic_equiv.kernel.sorts import BASE, Sort
from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.latex.linebreak import A4_TEXT, BREAK, COMMA, Token
from symbolic_equiv.latex.statements import equation
from symbolic_equiv.report.blocks import Block, Display, Heading, Line, Math, Words, extent, words
from symbolic_equiv.report.spelling import Spelling, matrix_of

MATRIX, ENTRIES = "matrix", "entries"
MAX_TABLE = 12


class Given:
    """What is given at one size, for a statement whose sides are written out."""

    def __init__(self, statement: Any, level: str, view: Explicit, sides: WrittenSides, spelling: Spelling) -> None:
        self.statement, self.level, self.view, self.sides = statement, level, view, sides
        self.model, self.spelling, self.notation = view._model, spelling, spelling.notation

    def claim(self) -> Iterator[Block]:
        """The statement, and what a size makes of it."""
        sides = equation(self.statement.left, self.statement.right, self.notation)
        yield words(
            "The claim at one size, where every vector and matrix has symbols for its entries; an arbitrary map of "
            "vectors is a matrix here. What is proved for all sizes is the derivation for functions."
        )
        yield Display((Line("", (*sides.left, Token(f" {sides.relation} "), *sides.right)),))

    def sizes(self) -> Iterator[Block]:
        """The sets and dimensions that were chosen, and which tokens are fixed."""
        yield Heading("Sizes")
        sizes, parts = self.model.sizes, []
        for sort, carrier in sizes.carriers.items():
            elements = ", ".join(str(carrier.label(element)) for element in carrier)
            group = f" is the group {carrier!r}" if hasattr(carrier, "mul") else ""
            parts.append([Math(rf"{self.notation.sort(sort)} = \{{{elements}\}}"), group])
        by_size = groupby(sorted(sizes.dimensions, key=lambda name: sizes.dimensions[name]), sizes.dimensions.get)
        names = {sort.name: self.notation.sort(sort) for sort in self.statement.sorts()}
        parts += [[Math(" = ".join([*(names.get(name, name) for name in same), str(size)]))] for size, same in by_size]
        yield Words(tuple(_joined(parts)))
        yield from self._tables()
        open_, fixed = self.free()
        said: list[str | Math] = []
        if self.level == MATRIX and open_:
            said += ["There is one row for each ", *_and([Math(rf"{name} \in {place}") for name, place in open_]), ". "]
        elif open_:
            first = self.sides.rows[0]
            said += ["We look at the first entry where ", *_and([Math(f"{n} = {first[k]}") for k, n in self.names()])]
            said += [". "]
        if fixed and self.level == MATRIX:
            said += ["Throughout ", *_and([Math(f"{name} = {value}") for name, value in fixed]), ". "]
        if self.model.relations:
            names_ = [Math(self.notation.name(head)) for head in self.model.relations]
            said += [*_and(names_), " hold everywhere: every sum runs over all tokens." if len(names_) > 1 else
                     " holds everywhere: every sum runs over all tokens."]  # fmt: skip
        if said:
            yield Words(tuple(said))

    def names(self) -> list[tuple[str, str]]:
        """The free elements: the name of each in the model, and on the page."""
        return [(str(head.name), self.notation.name(head)) for head in self.model.individuals]

    def free(self) -> tuple[list[tuple[str, str]], list[tuple[str, object]]]:
        """The free elements that take all their values, with their sets, and those that are fixed."""
        open_, fixed = [], []
        for head in self.model.individuals:
            values = list(dict.fromkeys(row[str(head.name)] for row in self.view.rows))
            name = self.notation.name(head)
            if len(values) > 1:
                open_.append((name, self.notation.sort(head.sort)))
            else:
                fixed.append((name, values[0]))
        return open_, fixed

    def _tables(self) -> Iterator[Block]:
        """The maps between elements, such as the positions of tokens."""
        tables, lines = self.model.tables(), []
        for head in self.model.maps:
            table = tables.get(str(head.name), {})
            if not isinstance(table, dict) or len(table) > MAX_TABLE:
                continue
            result = _codomain(head.sort)
            shown = [
                f"{self.spelling.applied(head, args)} = {self.spelling.label(result, value)}"
                for args, value in table.items()
            ]
            lines.append(_row("", shown))
        if lines:
            yield Display(tuple(lines))

    def data(self) -> Iterator[Block]:
        """The symbols that stand for numbers, as matrices."""
        entries = sorted(self.sides.algebra.entries.values(), key=lambda key: (str(_name(key)), key[1], key[2]))
        shown: dict[tuple, list[Symbol]] = {}
        for key in entries:
            head, args, place = key
            stacked = len(place) == 1 and len(args) == 1 and isinstance(head, Head) and _domain(head).cls == BASE
            shown.setdefault((_name(key), () if stacked else args, len(place), stacked), []).append(key)
        lines = [
            line for (_, args, rank, stacked), keys in shown.items() if (line := self._matrix(keys, rank, stacked))
        ]
        if lines:
            yield Heading("Matrices")
            yield Display(tuple(lines), beside=True)

    def _matrix(self, keys: Sequence[Symbol], rank: int, stacked: bool) -> Line | None:
        head, args, _ = keys[0]
        if rank == 0 or not isinstance(head, Head):
            return None
        if stacked:
            at = sorted({key[1] for key in keys})
            rows = [[self.spelling.entry(key) for key in keys if key[1] == each] for each in at]
            column = [self.spelling.applied(head, each) + r"^{\top}" for each in at]
            if all(len(row) == 1 for row in rows):
                return None
            left = matrix_of([[each] for each in column])
            return Line("", (Token(f"{left} = {matrix_of(rows)}"),))
        count = 1 + max(key[2][0] for key in keys)
        rows = [[self.spelling.entry(key) for key in keys if key[2][0] == a] for a in range(count)]
        if count == 1 and len(rows[0]) == 1:
            return None
        name, written = self.spelling.applied(head, args), matrix_of(rows)
        if extent(written) > A4_TEXT - 8:
            return Line("", (Token(rf"{name} \in \mathbb{{R}}^{{{count} \times {len(rows[0])}}}"),))
        return Line("", (Token(f"{name} = {written}"),))


def _row(before: str, parts: Sequence[str]) -> Line:
    tokens = [Token(parts[0])]
    for part in parts[1:]:
        tokens += [Token(r", \quad "), Token("", BREAK, COMMA), Token(part)]
    return Line(before, tuple(tokens))


def _joined(parts: Sequence[Sequence[str | Math]]) -> Iterator[str | Math]:
    yield "Here "
    for number, part in enumerate(parts):
        if number:
            yield " and " if number == len(parts) - 1 else ", "
        yield from part
    yield "."


def _and(parts: Sequence[Math]) -> Iterator[str | Math]:
    for number, part in enumerate(parts):
        if number:
            yield " and " if number == len(parts) - 1 else ", "
        yield part


def _name(key: Symbol) -> str:
    return str(key[0].name) if isinstance(key[0], Head) else str(key[0][0])


def _domain(head: Head) -> Sort:
    return head.sort.args[0] if head.sort.name == "→" else head.sort


def _codomain(sort: Sort) -> Sort:
    while sort.name == "→":
        sort = sort.args[1]
    return sort
