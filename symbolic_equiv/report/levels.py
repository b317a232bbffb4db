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
from symbolic_equiv.explicit.fold import Symbol
from symbolic_equiv.explicit.named import PART, PROJECTION, SUM, VALUE, WEIGHT, Name, Rows, WrittenSides
from symbolic_equiv.explicit.sympy_view import Explicit
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, Sort
from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.latex.linebreak import A4_TEXT, BREAK, COMMA, Token
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.statements import equation
from symbolic_equiv.latex.words import escape_markdown
from symbolic_equiv.report import blocks
from symbolic_equiv.report.blocks import Block, Display, Heading, Line, Math, Table, Words, extent, words
from symbolic_equiv.report.derivation import IDEA, RULES, STEPS, derivation, numbers
from symbolic_equiv.report.markdown import ROOM
from symbolic_equiv.report.sentences import listed, sentence
from symbolic_equiv.report.spelling import Spelling

MATRIX, ENTRIES = "matrix", "entries"
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
MAX_TABLE = 12


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
        self.statement, self.model = chain.statement, view._model
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
        self.spelling = Spelling(self.sides.spellings, self.model.sizes, self.notation)

    def made(self, chosen: dict[str, int]) -> AtOneSize:
        what = "at one size" if self.level == MATRIX else "one entry, written out"
        parts = [*self._claim(), *self._sizes()]
        if self.detail > IDEA:
            parts += [*self._data(), *self._left(), *self._steps()]
        parts += [*self._reindexing(), *self._verdict()]
        return AtOneSize(self.statement.name, f"{self.statement.title}: {what}", tuple(parts), chosen)

    def _shown(self, rows: Rows) -> Rows:
        return [row[:1] for row in rows] if self.level == ENTRIES else rows

    # what is given

    def _claim(self) -> Iterator[Block]:
        claim = equation(self.statement.left, self.statement.right, self.notation)
        yield words(
            "The claim at one size, where every vector and matrix has symbols for its entries; an arbitrary map of "
            "vectors is a matrix here. What is proved for all sizes is the derivation for functions."
        )
        yield Display((Line("", (*claim.left, Token(f" {claim.relation} "), *claim.right)),))

    def _sizes(self) -> Iterator[Block]:
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
        open_, fixed = self._free()
        said: list[str | Math] = []
        if self.level == MATRIX and open_:
            said += ["There is one row for each ", *_and([Math(rf"{name} \in {place}") for name, place in open_]), ". "]
        elif open_:
            first = self.sides.rows[0]
            said += ["We look at the first entry where ", *_and([Math(f"{n} = {first[k]}") for k, n in self._names()])]
            said += [". "]
        if fixed and self.level == MATRIX:
            said += ["Throughout ", *_and([Math(f"{name} = {value}") for name, value in fixed]), ". "]
        if self.model.relations:
            names_ = [Math(self.notation.name(head)) for head in self.model.relations]
            said += [*_and(names_), " hold everywhere: every sum runs over all tokens." if len(names_) > 1 else
                     " holds everywhere: every sum runs over all tokens."]  # fmt: skip
        if said:
            yield Words(tuple(said))

    def _names(self) -> list[tuple[str, str]]:
        return [(str(head.name), self.notation.name(head)) for head in self.model.individuals]

    def _free(self) -> tuple[list[tuple[str, str]], list[tuple[str, object]]]:
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

    def _data(self) -> Iterator[Block]:
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
            left = _matrix_of([[each] for each in column])
            return Line("", (Token(f"{left} = {_matrix_of(rows)}"),))
        count = 1 + max(key[2][0] for key in keys)
        rows = [[self.spelling.entry(key) for key in keys if key[2][0] == a] for a in range(count)]
        if count == 1 and len(rows[0]) == 1:
            return None
        name, written = self.spelling.applied(head, args), _matrix_of(rows)
        if extent(written) > A4_TEXT - 8:
            return Line("", (Token(rf"{name} \in \mathbb{{R}}^{{{count} \times {len(rows[0])}}}"),))
        return Line("", (Token(f"{name} = {written}"),))

    # the two sides

    def _left(self) -> Iterator[Block]:
        yield Heading("The left side, written out")
        yield self._side(self.statement.left, self.left)
        yield from self._meanings(self.sides.names([entry for row in self.left for entry in row]))

    def _side(self, term: Any, rows: Rows) -> Display:
        """A matrix if it fits the page, else one line for each entry."""
        cells = [[self.spelling.latex(entry) for entry in row] for row in rows]
        name = equation(term, term, self.notation).left
        if self.level == MATRIX and extent(_matrix_of(cells)) < A4_TEXT - 12:
            label = Token(r"\bigl( ") if len(cells) > 1 else Token("")
            close = Token(rf" \bigr)_{{{self._index()}}}") if len(cells) > 1 else Token("")
            return Display((Line("", (label, *name, close, Token(f" = {_matrix_of(cells)}"))),))
        lines = []
        for row, entries in zip(self.sides.rows, rows, strict=True):
            for number, entry in enumerate(entries, 1):
                at = ",\\; ".join(f"{name} = {row[key]}" for key, name in self._names() if len(self.sides.rows) > 1)
                place = rf"\text{{entry {number}}}" if len(entries) > 1 else ""
                before = r",\; ".join(part for part in (at, place) if part)
                lead = rf"{before} \colon \quad " if before else ""
                lines.append(Line(lead, tuple(self.spelling.tokens(entry))))
        return Display(tuple(lines))

    def _index(self) -> str:
        open_, _ = self._free()
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


def _row(before: str, parts: Sequence[str]) -> Line:
    tokens = [Token(parts[0])]
    for part in parts[1:]:
        tokens += [Token(r", \quad "), Token("", BREAK, COMMA), Token(part)]
    return Line(before, tuple(tokens))


def _matrix_of(rows: Sequence[Sequence[str]]) -> str:
    body = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


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
