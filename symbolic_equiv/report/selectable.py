"""A formula in MathML with parts that can be chosen: each stands in an ``<mrow data-place="…">`` of its own.

A formula is broken into several ``<math>`` so that a long one can go on in the next line; a part may then come in
several pieces, which all have its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from symbolic_equiv.latex.linebreak import Token
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.report.formula import Formula
from symbolic_equiv.report.mathml import MathML, parts

MOST = 0x4000
"""How many parts of a formula can be told apart."""

_OPEN, _CLOSE = 0xF0000, 0xF0000 + MOST
"""Of each part a pair of private characters stands around its pieces until the formula is written."""

_SIGN = re.compile(f"([{chr(_OPEN)}-{chr(_OPEN + 2 * MOST - 1)}])")


class _Selectable(Formula):
    """The fold, with signs around the tokens of each part."""

    def __init__(self, numbers: Mapping[int, int]) -> None:
        super().__init__(MathML())
        self.numbers = numbers

    def tokens(self, node: s.Node) -> list[Token]:
        found, number = super().tokens(node), self.numbers.get(id(node))
        if number is None:
            return found
        opening, closing = chr(_OPEN + number), chr(_CLOSE + number)
        return [token._replace(text=opening + token.text + closing) if token.text else token for token in found]


def selectable(node: s.Node, places: Mapping[int, s.Node]) -> str:
    """The formula; ``places`` are nodes of its tree, by their numbers.

    >>> from symbolic_equiv.latex.reader import parse
    >>> tree = parse("(f + 1)")
    >>> print(selectable(tree.body, {0: tree.body, 1: tree.body.children[0]}).replace("<wbr>", "\\n"))
    <math><mrow data-place="0"><mrow data-place="1"><mi>f</mi></mrow></mrow></math>
    <math><mrow data-place="0"><mo form="infix">+</mo><mn>1</mn></mrow></math>
    """
    tokens = _Selectable({id(part): number for number, part in places.items() if number < MOST}).tokens(node)
    return "<wbr>".join(f"<math>{''.join(_written(part))}</math>" for part in parts(tokens))


def _written(part: str) -> Iterator[str]:
    """The piece of a formula with rows in place of signs; pieces of one part that meet are one."""
    around: list[int] = []
    now: list[int] = []
    for text in _SIGN.split(part):
        if not text:
            continue
        sign = ord(text[0]) if len(text) == 1 else 0
        if _OPEN <= sign < _CLOSE:
            now.append(sign - _OPEN)
        elif _CLOSE <= sign < _CLOSE + MOST:
            now.pop()
        else:
            yield from _moved(around, now)
            around = list(now)
            yield text
    yield from _moved(around, [])


def _moved(before: list[int], after: list[int]) -> Iterator[str]:
    """The ends and beginnings of rows between two texts, by what stands around them."""
    same = next((k for k, (a, b) in enumerate(zip(before, after)) if a != b), min(len(before), len(after)))
    yield "</mrow>" * (len(before) - same)
    yield from (f'<mrow data-place="{number}">' for number in after[same:])
