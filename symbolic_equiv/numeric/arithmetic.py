"""Numbers without rounding error: rational numbers, intervals around real ones, and polynomials in unknowns.

What an interval cannot settle, such as the sign of a number, raises ``Undecided``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache, reduce
from math import isqrt
from operator import add, mul
from typing import Any

from mpmath.ctx_iv import MPIntervalContext

from symbolic_equiv.numeric.errors import Undecided
from symbolic_equiv.numeric.polynomials import Unknowns

MAX_EXPONENT = 100_000
ZERO = Fraction(0)


def bounds(value: Any) -> tuple[Fraction, Fraction]:
    """Rational numbers below and above a number (or a truth value, or an element)."""
    if isinstance(value, Unknowns):
        raise Undecided("a number that is not known")
    if not hasattr(value, "_mpi_"):
        return Fraction(value), Fraction(value)
    low, high = (_fraction(end) for end in value._mpi_)
    return low, high


def _fraction(number: tuple) -> Fraction:
    sign, mantissa, exponent, bits = number
    if not mantissa and exponent:
        raise Undecided("a number without bounds")
    return Fraction(-mantissa if sign else mantissa) * Fraction(2) ** exponent if bits else ZERO


@cache
def _intervals(precision: int) -> MPIntervalContext:
    """Intervals with that many bits; made once, which takes longer than many evaluations."""
    context = MPIntervalContext()
    context.prec = precision
    return context


@cache
def _slack(precision: int) -> Any:
    """An interval around 1, wider than any error in the last digits of a library's function."""
    context, whole = _intervals(precision), 2 ** (precision - 4)
    return context.mpf([(context.mpf(whole - 1) / whole).a, (context.mpf(whole + 1) / whole).b])


class Arithmetic:
    """Calculates with a ``Fraction``, an interval of ``precision`` bits, or ``Unknowns``: the first that will do."""

    def __init__(self, precision: int) -> None:
        self._context = _intervals(precision)

    def _interval(self, number: Any) -> Any:
        """An interval around a rational number."""
        if type(number) is not Fraction:
            return number
        return self._context.mpf(number.numerator) / self._context.mpf(number.denominator)

    def _with(self, function: Callable, a: Any, b: Any) -> Any:
        if type(a) is type(b) is Fraction or {type(a), type(b)} <= {Fraction, Unknowns}:
            return function(a, b)
        if Unknowns in (type(a), type(b)):
            raise Undecided("an interval beside an unknown")
        return function(self._interval(a), self._interval(b))

    def _plus(self, a: Any, b: Any) -> Any:
        return self._with(add, a, b)

    def _times(self, a: Any, b: Any) -> Any:
        return ZERO if a is ZERO or b is ZERO or a == 0 or b == 0 else self._with(mul, a, b)

    def _total(self, numbers: Iterator) -> Any:
        return reduce(self._plus, numbers, ZERO)

    def _exp(self, a: Any) -> Any:
        if type(a) is Fraction and a == 0:
            return Fraction(1)
        low, high = bounds(a)
        if max(-low, high) > MAX_EXPONENT:
            raise Undecided("an exponent that is too large")
        return self._context.exp(self._interval(a)) * _slack(self._context.prec)

    def _sqrt(self, a: Any) -> Any:
        low, high = bounds(a)
        if high <= 0:
            return ZERO
        if low < 0:
            raise Undecided("the sign under a root")
        if type(a) is Fraction:
            top, bottom = isqrt(a.numerator), isqrt(a.denominator)
            if top * top == a.numerator and bottom * bottom == a.denominator:
                return Fraction(top, bottom)
        return self._context.sqrt(self._interval(a)) * _slack(self._context.prec)

    def _reciprocal(self, a: Any) -> Any:
        if type(a) is Fraction:
            return 1 / a if a else ZERO
        low, high = bounds(a)
        if low <= 0 <= high:
            raise Undecided("whether a divisor is zero")
        return 1 / a
