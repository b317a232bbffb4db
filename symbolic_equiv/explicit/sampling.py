"""Scalars at random values: residues in two prime fields, which find a difference fast, and exact
rationals with intervals for ``exp``, which confirm it rigorously.

In the fields ``q`` divides ``p − 1`` and ``g`` has order ``q`` modulo ``p``, so ``exp(s) = g^s mod p`` takes sums
modulo ``q`` to products modulo ``p``.  A difference there is a hint, never a verdict.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from fractions import Fraction
from math import isqrt
from operator import add, mul
from random import Random
from typing import Any

from symbolic_equiv.explicit.algebra import Algebra, Symbol

Q = (1 << 61) - 1
P = 52 * Q + 1
"""Two primes; the test-suite checks that they are, and that the generator has order Q."""
GENERATOR = pow(3, (P - 1) // Q, P)

_M, _Q_INVERSE = Q * P, pow(Q, -1, P)


def _join(a: int, b: int) -> int:
    """The number modulo QP that is ``a`` modulo Q and ``b`` modulo P."""
    return a + Q * ((b - a) * _Q_INVERSE % P)


class Fields(Algebra):
    """Numbers modulo QP, that is pairs of residues.  What is no field operation is a random function."""

    def __init__(self, seed: int = 0) -> None:
        self._random = Random(seed)
        self._chosen: dict[Hashable, int] = {}

    def _choose(self, key: Hashable) -> int:
        found = self._chosen.get(key)
        if found is None:
            found = self._chosen[key] = self._random.randrange(_M)
        return found

    def number(self, value: int | Fraction) -> int:
        return value % _M if type(value) is int else value.numerator * pow(value.denominator, -1, _M) % _M

    def symbol(self, key: Symbol) -> int:
        return self._choose(key)

    def add(self, a: int, b: int) -> int:
        return (a + b) % _M

    def mul(self, a: int, b: int) -> int:
        return a * b % _M

    def total(self, items: Sequence[int]) -> int:
        return sum(items) % _M

    def dot(self, left: Sequence[int], right: Sequence[int]) -> int:
        return sum(map(mul, left, right)) % _M

    def reciprocal(self, a: int) -> int:
        s, t = a % Q, a % P
        return _join(pow(s, -1, Q) if s else 0, pow(t, -1, P) if t else 0)

    def exp(self, a: int) -> int:
        return _join(self._choose(("exp", a % Q)) % Q, pow(GENERATOR, a % Q, P))

    def sqrt(self, a: int) -> int:
        root = isqrt(a)
        return root if root * root == a else self._choose(("sqrt", a))

    def opaque(self, key: Symbol, args: Sequence[int]) -> int:
        return self._choose((key, tuple(args)))


def fields_differ(left: int, right: int) -> bool:
    """Whether the values modulo P differ; modulo Q those of ``exp`` mean nothing."""
    return (left - right) % P != 0


_EXACT = {int, Fraction}


class Rigorous(Algebra):
    """Exact numbers while there are only sums, products and quotients; enclosing intervals after ``exp``.

    Symbol entries are small integers, arbitrary functions are quadratic polynomials with small integer
    coefficients.  ``values`` are the entries that were chosen.
    """

    def __init__(self, seed: int = 0, reach: int = 1) -> None:
        from mpmath.ctx_iv import MPIntervalContext

        self.intervals: Any = MPIntervalContext()
        self.intervals.prec = 80
        self.values: dict[Symbol, int] = {}
        self._random, self._reach = Random(seed), reach
        self._exps: dict[Any, Any] = {}

    def _interval(self, a: Any) -> Any:
        if isinstance(a, int):
            return self.intervals.mpf(a)
        if isinstance(a, Fraction):
            return self.intervals.mpf(a.numerator) / a.denominator
        return a

    def number(self, value: int | Fraction) -> int | Fraction:
        return value

    def symbol(self, key: Symbol) -> int:
        value = self.values.get(key)
        if value is None:
            value = self.values[key] = self._random.randint(-self._reach, self._reach)
        return value

    def _both(self, operation: Any, a: Any, b: Any) -> Any:
        if type(a) in _EXACT and type(b) in _EXACT:
            return operation(a, b)
        return operation(self._interval(a), self._interval(b))

    def add(self, a: Any, b: Any) -> Any:
        if type(a) is int and not a:
            return b
        return a if type(b) is int and not b else self._both(add, a, b)

    def mul(self, a: Any, b: Any) -> Any:
        if (type(a) is int and not a) or (type(b) is int and not b):
            return 0
        return self._both(mul, a, b)

    def dot(self, left: Sequence[Any], right: Sequence[Any]) -> Any:
        exact = {*map(type, left), *map(type, right)} <= _EXACT
        return sum(map(mul, left, right)) if exact else super().dot(left, right)

    def total(self, items: Sequence[Any]) -> Any:
        exact = sum([item for item in items if type(item) in _EXACT])
        rest = [item for item in items if type(item) not in _EXACT]
        return self.add(sum(rest[1:], rest[0]), exact) if rest else exact

    def reciprocal(self, a: Any) -> Any:
        if isinstance(a, (int, Fraction)):
            return Fraction(1) / a if a else 0
        if 0 in a:
            raise Undetermined("a denominator may be zero")
        return 1 / a

    def sqrt(self, a: Any) -> Any:
        if isinstance(a, (int, Fraction)):
            if a < 0:
                return 0
            value = Fraction(a)
            top, bottom = isqrt(value.numerator), isqrt(value.denominator)
            if top * top == value.numerator and bottom * bottom == value.denominator:
                return Fraction(top, bottom)
        elif not a >= 0:
            raise Undetermined("the root of what may be negative")
        return self.intervals.sqrt(self._interval(a))

    def exp(self, a: Any) -> Any:
        if not isinstance(a, (int, Fraction)):
            return self.intervals.exp(a)
        if not a:
            return 1
        found = self._exps.get(a)
        if found is None:
            found = self._exps[a] = self.intervals.exp(self._interval(a))
        return found

    def opaque(self, key: Symbol, args: Sequence[Any]) -> Any:
        head, discrete, place = key
        result: Any = self.symbol((head, discrete, (*place, -1)))
        for b, arg in enumerate(args):
            linear, square = (self.symbol((head, discrete, (*place, b, power))) for power in (1, 2))
            result = self.add(result, self.mul(arg, self.add(linear, self.mul(square, arg))))
        return result


class Undetermined(Exception):
    """An interval is too wide to go on: another choice of values is tried."""


def surely_differ(left: Any, right: Any) -> bool:
    """Whether two exact numbers differ, or two intervals do not meet."""
    if isinstance(left, (int, Fraction)) and isinstance(right, (int, Fraction)):
        return left != right
    if isinstance(left, Fraction) or isinstance(right, Fraction):
        exact, interval = (left, right) if isinstance(left, Fraction) else (right, left)
        left, right = interval * exact.denominator, exact.numerator
    return bool(left < right) or bool(left > right)
