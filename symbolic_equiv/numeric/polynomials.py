"""Polynomials in unknown real numbers: what a hypothesis about all vectors says is checked for all of them at once."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symbolic_equiv.numeric.errors import Undecided

Monomial = tuple[int, ...]
"""The numbers of the unknowns, ascending, each as often as its power."""

MAX_TERMS = 2000


class Unknowns:
    """A polynomial with rational coefficients; two are equal as functions exactly if they are equal term by term.

    >>> u, v = Unknowns.of(0), Unknowns.of(1)
    >>> (u + v) * (u + v) == u * u + v * v + u * v * Fraction(2)
    True
    """

    __slots__ = ("terms",)

    def __init__(self, terms: dict[Monomial, Fraction]) -> None:
        if len(terms) > MAX_TERMS:
            raise Undecided("a polynomial with too many terms")
        self.terms = {key: value for key, value in terms.items() if value}

    @staticmethod
    def of(number: int) -> Unknowns:
        """The unknown of that number."""
        return Unknowns({(number,): Fraction(1)})

    def __add__(self, other: Any) -> Unknowns:
        terms = dict(self.terms)
        for key, value in _terms(other).items():
            terms[key] = terms.get(key, 0) + value
        return Unknowns(terms)

    __radd__ = __add__

    def __mul__(self, other: Any) -> Unknowns:
        terms: dict[Monomial, Fraction] = {}
        for one, a in self.terms.items():
            for two, b in _terms(other).items():
                key = tuple(sorted(one + two))
                terms[key] = terms.get(key, Fraction(0)) + a * b
        return Unknowns(terms)

    __rmul__ = __mul__

    def __neg__(self) -> Unknowns:
        return self * Fraction(-1)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Unknowns, Fraction, int)):
            return NotImplemented
        return self.terms == _terms(other)

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))


def _terms(value: Any) -> dict[Monomial, Fraction]:
    if isinstance(value, Unknowns):
        return value.terms
    if isinstance(value, (Fraction, int)):
        return {(): Fraction(value)} if value else {}
    raise Undecided("an interval beside an unknown")
