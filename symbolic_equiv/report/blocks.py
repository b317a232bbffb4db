"""A page in blocks, and each block in every format: what a page says is written once.

Formulas are LaTeX of our own in tokens, so that a long one is broken where the page ends; words are plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape as escape_html
from itertools import zip_longest

from symbolic_equiv.latex.linebreak import A4_TEXT, Token, one_line, width
from symbolic_equiv.latex.statements import broken
from symbolic_equiv.latex.words import escape, escape_markdown

_SPREAD = r"\allowdisplaybreaks\renewcommand{\arraystretch}{1.3}\setlength{\jot}{5pt}"
"""Rows of fractions and matrices stand apart, and a page may end between them."""


@dataclass(frozen=True)
class Heading:
    """The title of a part."""

    text: str


@dataclass(frozen=True)
class Math:
    """A formula among words."""

    latex: str


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    parts: tuple[str | Math, ...]


@dataclass(frozen=True)
class Line:
    """A formula of a display; ``before`` stands in front of its first row."""

    before: str
    tokens: tuple[Token, ...]

    @property
    def latex(self) -> str:
        return f"{self.before}{one_line(self.tokens)}"


@dataclass(frozen=True)
class Display:
    """Formulas below each other, or (``beside``) side by side where there is room."""

    lines: tuple[Line, ...]
    beside: bool = False

    def rows(self, room: float) -> list[str]:
        """The rows of ``aligned``."""
        if self.beside:
            return [f"& {row}" for row in _packed([line.latex for line in self.lines], room)]
        return [row for line in self.lines for row in broken(line.tokens, line.before, room)]


@dataclass(frozen=True)
class Table:
    """A small table of words and formulas; the first row is its head, the first column says what its rows are."""

    rows: tuple[tuple[str | Math, ...], ...]


Block = Heading | Words | Display | Table


def _packed(formulas: Iterable[str], room: float) -> Iterator[str]:
    """Formulas side by side in rows."""
    row: list[str] = []
    for formula in formulas:
        if row and sum(extent(each) + 3 for each in row) + extent(formula) > room:
            yield r" \qquad ".join(row)
            row = []
        row.append(formula)
    if row:
        yield r" \qquad ".join(row)


def extent(latex: str) -> float:
    """About how wide a formula with matrices in it is, in em.

    >>> extent(r"A = \\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}") < extent("A = a b c d a b c d a b")
    True
    """
    first, *parts = latex.split(r"\begin{bmatrix}")
    total = width(first)
    for part in parts:
        body, _, rest = part.partition(r"\end{bmatrix}")
        columns = zip_longest(*(row.split("&") for row in body.split(r"\\")), fillvalue="")
        total += sum(max(map(width, column)) + 1 for column in columns) + width(rest)
    return total


def words(*parts: str | Math) -> Words:
    """A paragraph of words and formulas."""
    return Words(parts)


def inline(parts: Iterable[str | Math], write: Callable[[str], str], math: Callable[[str], str]) -> str:
    """Words, which ``write`` escapes, and formulas, with the spaces between them."""
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, Math):
            pieces.append(math(part.latex))
            continue
        written = write("a" + part.strip())[1:] if pieces else write(part.strip())  # a stop begins no list in a line
        pieces.append(" " * part.startswith(" ") + written + " " * (part.endswith(" ") and part != " "))
    return "".join(pieces)


def latex(blocks: Iterable[Block], section: str = r"\section") -> str:
    """Blocks for a document with amsmath; a display may go on on the next page."""
    return "\n".join(("\n" * (not isinstance(block, Display))) + _latex(block, section) for block in blocks)


def _latex(block: Block, section: str) -> str:
    match block:
        case Heading():
            return f"{section}{{{escape(block.text)}}}"
        case Words():
            return inline(block.parts, escape, _tex)
        case Display():
            rows = " \\\\\n".join(block.rows(A4_TEXT))
            return f"{{{_SPREAD}%\n\\begin{{align*}}\n{rows}\n\\end{{align*}}}}%"
        case Table():
            first, *rest = (" & ".join(_cell(cell, escape, _tex) for cell in row) for row in block.rows)
            rows = " \\\\\n".join([f"{first} \\\\ \\hline", *rest]).replace("\\hline \\\\", "\\hline")
            columns = "l|" + "c" * (len(block.rows[0]) - 1)
            return f"\\begin{{center}}\n\\begin{{tabular}}{{{columns}}}\n{rows}\n\\end{{tabular}}\n\\end{{center}}"


def markdown(blocks: Iterable[Block], room: float) -> str:
    """Blocks for pages that know ``$…$`` and ``$$…$$``."""
    return "\n\n".join(_markdown(block, room) for block in blocks)


def _markdown(block: Block, room: float) -> str:
    match block:
        case Heading():
            return f"## {escape_markdown(block.text)}"
        case Words():
            return inline(block.parts, escape_markdown, _dollars)
        case Display():
            rows = " \\\\\n".join(block.rows(room))
            return f"$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n$$"
        case Table():
            first, *rest = [[_cell(cell, escape_markdown, _dollars) for cell in row] for row in block.rows]
            return "\n".join(map(_piped, [first, ["---"] * len(first), *rest]))


def _tex(latex: str) -> str:
    return f"\\({latex}\\)"


def _dollars(latex: str) -> str:
    return f"${latex}$"


def _cell(cell: str | Math, write: Callable[[str], str], math: Callable[[str], str]) -> str:
    return inline((cell,), write, math)


def _piped(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def html(blocks: Iterable[Block]) -> str:
    """Blocks with their formulas in MathML."""
    return "\n".join(map(_html, blocks))


def _html(block: Block) -> str:
    from symbolic_equiv.report.mathml import math

    match block:
        case Heading():
            return f"<h2>{escape_html(block.text)}</h2>"
        case Words():
            return f"<p>{inline(block.parts, escape_html, math)}</p>"
        case Display():
            kind = "formula beside" if block.beside else "formula"
            return "\n".join(f'<div class="{kind}">{math(line.latex)}</div>' for line in block.lines)
        case Table():
            head, *rest = ([_cell(cell, escape_html, math) for cell in row] for row in block.rows)
            first = "".join(f'<th scope="col">{cell}</th>' for cell in head)
            rows = [f"<thead><tr>{first}</tr></thead>"]
            for lead, *cells in rest:
                rows.append(f'<tr><th scope="row">{lead}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>')
            body = f"<table>{''.join(rows)}</table>"
            return f'<div class="scroll" tabindex="0" role="group" aria-label="a table">{body}</div>'
