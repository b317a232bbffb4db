"""Printed pieces: tokens with what brackets and bound names have to know about them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from symbolic_equiv.latex import linebreak
from symbolic_equiv.latex.linebreak import BREAK, CLOSE, COMMA, OPEN, Token, one_line
from symbolic_equiv.latex.names import Form
from symbolic_equiv.latex.notation import Symbol

FUNCTION, CASES, OR, AND, RELATION, SUM, BIG, CIRCLED, DOTTED, PRODUCT, ATOM = range(11)
"""How tightly a piece holds together, loosest first: ``i ↦ …``, cases, ∨, ∧, ∈, +, Σ …, ⊙, products (· and side
by side), the rest."""

_SIZES = ("", "", "", r"\big", r"\big", r"\Big", r"\bigg", r"\Bigg")
TALL_SUM, TALL_FRACTION = 6, 3
_PIECE = re.compile(r"#\d+|\\[A-Za-z]+\s*|\\.|.", re.DOTALL)


class Piece(NamedTuple):
    """A printed term: its tokens, how tightly it holds together, the symbols seen in it, its height."""

    tokens: tuple[Token, ...]
    level: int = ATOM
    symbols: frozenset[Symbol] = frozenset()
    tall: int = 0

    @property
    def text(self) -> str:
        return one_line(self.tokens)

    def at(self, level: int) -> Piece:
        """The piece, in brackets if it is looser than ``level``."""
        return self if self.level >= level else bracket("(", self, ")")


def atom(text: str, *symbols: Symbol) -> Piece:
    """A piece that is never broken."""
    return Piece((Token(text),), ATOM, frozenset(symbols))


def line(text: str, weight: int) -> Piece:
    """A place where a line may be broken; ``text`` is what prints if it is not."""
    return Piece((Token(text, BREAK, weight),))


def join(parts: Sequence[Piece], level: int = ATOM) -> Piece:
    """Pieces one after the other."""
    tokens = tuple(token for part in parts for token in part.tokens)
    symbols = frozenset().union(*(part.symbols for part in parts))
    return Piece(tokens, level, symbols, max((part.tall for part in parts), default=0))


def bracket(opening: str, inner: Piece, closing: str) -> Piece:
    """``inner`` in brackets that are as high as it is."""
    size = _SIZES[min(inner.tall, len(_SIZES) - 1)]
    left, right = (f"{size}l{opening}", f"{size}r{closing}") if size else (opening, closing)
    if left.endswith((r"\langle", r"\lVert")):
        left += " "
        right = (" " if not size else "") + right
    return Piece(
        (Token(left, OPEN), *inner.tokens, Token(right, CLOSE)), ATOM, inner.symbols, inner.tall + 1
    )  # fmt: skip


def script(before: str, inner: Piece, after: str = "}") -> Piece:
    """``inner`` on one line between two texts, its brackets as small as a script wants them."""
    small = re.sub(r"\\(?:big|Big|bigg|Bigg)[lr](?![A-Za-z])\s?", "", inner.text)
    return Piece((Token(before + small + after),), ATOM, inner.symbols)


def comma_list(parts: Sequence[Piece]) -> Piece:
    """``a, b, c``; a function written with ↦ is put in brackets, for its end to be seen."""
    if len(parts) == 1:
        return parts[0]
    row: list[Piece] = []
    for part in parts:
        row += [atom(","), line(" ", COMMA)] if row else []
        row.append(part.at(CASES))
    return join(row, FUNCTION)


def power(base: Piece, exponent: str) -> Piece:
    """A superscript; a base that has one already, or is not a single symbol or application, is put in brackets."""
    base = base.at(ATOM)
    text = base.text
    plain = text.endswith(")") or not re.search(r"['^]", text)
    base = base if plain and not text.startswith(r"\frac") else bracket("(", base, ")")
    return join([base, atom(f"^{{{exponent}}}")])._replace(tall=base.tall)


def fill(form: Form, args: Mapping[int, Piece]) -> Piece:
    """A form with its arguments.

    What stands in braces is a script, on one line; what stands in round or square brackets may be broken,
    and the brackets grow with it.  An argument that stands free is bracketed if it is no sum.
    """
    stack: list[tuple[str, list[Piece]]] = [("", [])]
    exposed = False
    braces = 0
    several = {number for piece in form if len(re.findall(r"#\d+", piece)) > 1 for number in _numbers(piece)}
    for part in _PIECE.findall("".join(form)):
        row = stack[-1][1]
        if part[0] == "#":
            number = int(part[1:])
            inner = args[number]
            if braces:
                row.append(script("", inner, ""))
            elif len(stack) > 1:
                row.append(inner.at(CASES) if number in several else inner)
            else:
                exposed = True
                row.append(inner.at(SUM))
            continue
        braces += {"{": 1, "}": -1}.get(part, 0)
        if part in "([" and not braces:
            stack.append((part, []))
        elif part in ")]" and not braces and len(stack) > 1:
            opening, inside = stack.pop()
            stack[-1][1].append(bracket(opening, join(inside), part))
        elif part.rstrip() == r"\in" and not braces and row:
            exposed = True
            if row[-1].text == " ":
                row.pop()
            row += [line(" ", linebreak.RELATION), atom(r"\in ")]
        elif part == "," and not braces:
            row.append(atom(","))
        elif part == " " and row and row[-1].text == "," and not braces:
            row.append(line(" ", COMMA))
        else:
            row.append(atom(part))
    while len(stack) > 1:
        opening, inside = stack.pop()
        stack[-1][1].extend([atom(opening), *inside])
    return _merged(join(stack[0][1], RELATION if exposed else ATOM))


def _numbers(piece: str) -> list[int]:
    return [int(number) for number in re.findall(r"#(\d+)", piece)]


def _merged(piece: Piece) -> Piece:
    """The same piece with neighbouring text in one token."""
    tokens: list[Token] = []
    for token in piece.tokens:
        if tokens and token.kind == tokens[-1].kind == "text":
            tokens[-1] = Token(tokens[-1].text + token.text)
        else:
            tokens.append(token)
    return piece._replace(tokens=tuple(tokens))
