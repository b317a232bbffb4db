"""Exact scalars: exponential polynomials in normal form, Σ c · m · e^s.

A monomial ``m`` is a product of *atoms*: symbol entries, and names for what is not a polynomial or is
better left whole.  Each atom is a prime number, and a monomial the product of its primes, so that
equal monomials are equal integers, whatever the order of the factors.  An exponent ``s`` is a normal
form itself, stored once and known by a number, 0 for e⁰; so ``e^a e^c = e^(a+c)`` holds by construction.
Equal normal forms mean equal values, for all values of the symbols.  The converse holds for
exponential polynomials; across names it does not, which is why "different" means "undecided".
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from fractions import Fraction
from functools import cmp_to_key
from math import gcd, isqrt
from typing import Any, ClassVar

from symbolic_equiv.explicit.algebra import Algebra, Symbol
from symbolic_equiv.explicit.errors import ExplicitError

Number = int | Fraction
Terms = dict[int, Number]
"""A polynomial: coefficients by monomial."""


MAX_PRODUCTS = 5_000_000
"""How many products of terms an expansion may take: some seconds."""


class Poly:
    """``parts[s][m]`` is the coefficient of ``m · e^s``; none is zero, and no part is empty."""

    __slots__ = ("parts",)

    def __init__(self, parts: dict[int, Terms]) -> None:
        self.parts = parts

    def key(self) -> Hashable:
        """What two equal normal forms have in common."""
        if len(self.parts) == 1 and 0 in self.parts:
            return frozenset(self.parts[0].items())
        return frozenset((s, frozenset(terms.items())) for s, terms in self.parts.items())

    def __len__(self) -> int:
        return sum(map(len, self.parts.values()))


ZERO, ONE = Poly({}), Poly({0: {1: 1}})


class Exact(Algebra):
    """Normal forms in which the entries of a projection or of a head become one atom each."""

    def __init__(self) -> None:
        self.atoms: dict[Hashable, int] = {}
        self.meaning: dict[int, tuple] = {}
        """What each prime stands for: ("symbol", key), ("name", Poly), ("reciprocal", Poly), …"""
        self.positive: set[int] = set()
        """Reciprocals of sums of exponentials, which are never zero."""
        self._primes = _Primes()
        self._exponents: list[Poly] = [ZERO]
        self._exponent_numbers: dict[Hashable, int] = {frozenset(): 0}
        self._sums: dict[tuple[int, int], int] = {}
        self._known: dict[tuple, Poly] = {}

    def atom(self, key: Hashable, meaning: tuple) -> Poly:
        """The atom that ``key`` names."""
        prime = self.atoms.get(key)
        if prime is None:
            prime = self.atoms[key] = self._primes.next()
            self.meaning[prime] = meaning
        return Poly({0: {prime: 1}})

    def number(self, value: Number) -> Poly:
        return Poly({0: {1: value}}) if value else ZERO

    def symbol(self, key: Symbol) -> Poly:
        return self.atom(key, ("symbol", key))

    def opaque(self, key: Symbol, args: Sequence[Poly]) -> Poly:
        return self.atom((key, tuple([arg.key() for arg in args])), ("opaque", key, tuple(args)))

    def exponent(self, value: Poly) -> int:
        """The number by which ``value`` is known as an exponent."""
        key = value.key()
        number = self._exponent_numbers.setdefault(key, len(self._exponents))
        if number == len(self._exponents):
            self._exponents.append(value)
        return number

    def exponents(self, number: int) -> Poly:
        """The exponent known by ``number``."""
        return self._exponents[number]

    def exp(self, a: Poly) -> Poly:
        return Poly({self.exponent(a): {1: 1}})

    def add(self, a: Poly, b: Poly) -> Poly:
        return self.total((a, b))

    def neg(self, a: Poly) -> Poly:
        return Poly({s: {m: -c for m, c in terms.items()} for s, terms in a.parts.items()})

    def total(self, items: Sequence[Poly]) -> Poly:
        parts: dict[int, Terms] = {}
        for item in items:
            for s, terms in item.parts.items():
                into = parts.get(s)
                if into is None:
                    parts[s] = dict(terms)
                    continue
                for m, c in terms.items():
                    into[m] = into.get(m, 0) + c
        return _clean(parts)

    def mul(self, a: Poly, b: Poly) -> Poly:
        return self.dot((a,), (b,))

    def dot(self, left: Sequence[Poly], right: Sequence[Poly]) -> Poly:
        parts: dict[int, Terms] = {}
        for a, b in zip(left, right):
            for s, a_terms in a.parts.items():
                for t, b_terms in b.parts.items():
                    into = parts.setdefault(s + t if not s or not t else self._sum(s, t), {})
                    get = into.get
                    for m, c in a_terms.items():
                        for n, d in b_terms.items():
                            product = m * n
                            into[product] = get(product, 0) + c * d
        return _clean(parts)

    def scale(self, factor: Poly, entry: Poly) -> Poly:
        """A value is named where a softmax weighs it; a plain number or scalar is part of the projection."""
        weighs = any(s or not self.positive.isdisjoint(terms) for s, terms in factor.parts.items())
        return self.mul(factor, self.name(entry) if weighs else entry)

    def _sum(self, s: int, t: int) -> int:
        key = (s, t) if s < t else (t, s)
        number = self._sums.get(key)
        if number is None:
            number = self._sums[key] = self.exponent(self.add(self._exponents[s], self._exponents[t]))
        return number

    def _opposite(self, s: int) -> int:
        return self.exponent(self.neg(self._exponents[s])) if s else 0

    def name(self, a: Poly) -> Poly:
        """An atom for ``a``, up to a number and a monomial that all its terms share."""
        if len(a) <= 1:
            return a
        plain = a.parts.get(0) if len(a.parts) == 1 else None
        if plain is None:
            return self.atom(("name", a.key()), ("name", a))
        shared, leading = gcd(*plain), plain[min(plain)]
        if shared == 1 and leading == 1:
            return self.atom(("name", frozenset(plain.items())), ("name", a))
        rest = Poly({0: {m // shared: _divide(c, leading) for m, c in plain.items()}})
        (prime,) = self.atom(("name", rest.key()), ("name", rest)).parts[0]
        return Poly({0: {prime * shared: leading}})

    def reciprocal(self, a: Poly) -> Poly:
        """1/a (and 1/0 = 0), one atom up to a number, a monomial and an exponential, all of which come out.

        The exponential that comes out of a sum is chosen so that a shift of all exponents by one
        summand comes out too: this is how a softmax absorbs a constant along the row.
        """
        if not a.parts:
            return ZERO
        lead = max(a.parts, key=cmp_to_key(self._compare)) if len(a.parts) > 1 else next(iter(a.parts))
        down = self._opposite(lead)
        shared = gcd(*(m for terms in a.parts.values() for m in terms))
        leading = a.parts[lead][min(a.parts[lead])]
        rest = Poly(
            {
                self._sum(s, down) if down else s: {m // shared: _divide(c, leading) for m, c in terms.items()}
                for s, terms in a.parts.items()
            }
        )
        factor = Poly({down: {1: _divide(1, leading)}})
        for prime in self.primes(shared):
            factor = self.mul(factor, self.atom(("reciprocal", prime), ("reciprocal", Poly({0: {prime: 1}}))))
        if rest.parts == ONE.parts:
            return factor
        inverse = self.atom(("reciprocal", rest.key()), ("reciprocal", rest))
        if all(c > 0 and m == 1 for terms in rest.parts.values() for m, c in terms.items()):
            self.positive.update(inverse.parts[0])
        return self.mul(factor, inverse)

    def sqrt(self, a: Poly) -> Poly:
        if not a.parts:
            return ZERO
        if a.parts.keys() == {0} and a.parts[0].keys() == {1}:
            value = Fraction(a.parts[0][1])
            if value < 0:
                return ZERO
            top, bottom = isqrt(value.numerator), isqrt(value.denominator)
            if top * top == value.numerator and bottom * bottom == value.denominator:
                return self.number(_divide(top, bottom))
        return self.atom(("sqrt", a.key()), ("sqrt", a))

    def _compare(self, s: int, t: int) -> int:
        """A total order of exponents that does not change when all are shifted: the sign of s − t."""
        if s == t:
            return 0
        difference = self.add(self._exponents[s], self.neg(self._exponents[t]))
        terms = difference.parts[max(difference.parts)]
        return 1 if terms[max(terms)] > 0 else -1

    def primes(self, monomial: int) -> list[int]:
        """The atoms of a monomial, with repetition."""
        found = []
        for prime in self.meaning:
            while monomial % prime == 0:
                found.append(prime)
                monomial //= prime
            if monomial == 1:
                break
        return found

    def equal(self, a: Poly, b: Poly) -> bool:
        """Whether the normal forms are the same."""
        return a.parts == b.parts

    def equal_over_common_denominators(self, a: Poly, b: Poly) -> bool:
        """Whether ``a − b`` vanishes once multiplied by those of its denominators that are never zero.

        This knows that the weights of a softmax sum to 1.
        """
        difference = self.add(a, self.neg(b))
        for _ in range(len(self.positive) + 1):
            present = {p for p in self.positive if any(m % p == 0 for t in difference.parts.values() for m in t)}
            if not present:
                break
            difference = self._cleared(difference, max(present))
        return not difference.parts

    def _cleared(self, value: Poly, prime: int) -> Poly:
        denominator: Poly = self.meaning[prime][1]
        by_power: dict[int, dict[int, Terms]] = {}
        for s, terms in value.parts.items():
            for m, c in terms.items():
                power = 0
                while m % prime == 0:
                    m, power = m // prime, power + 1
                into = by_power.setdefault(power, {}).setdefault(s, {})
                into[m] = into.get(m, 0) + c
        top, factor, pieces = max(by_power), ONE, []
        for power in range(top, -1, -1):
            pieces.append(self.mul(factor, _clean(by_power.get(power, {}))))
            factor = self.mul(factor, denominator)
        return self.total(pieces)


class TooLarge(ExplicitError):
    """Expanding everything takes more products than were allowed."""


class Expanded(Exact):
    """Normal forms in which nothing is named that is an exponential polynomial."""

    def __init__(self, products: int = MAX_PRODUCTS) -> None:
        super().__init__()
        self._products = products

    def name(self, a: Poly) -> Poly:
        return a

    def dot(self, left: Sequence[Poly], right: Sequence[Poly]) -> Poly:
        self._products -= sum([len(a) * len(b) for a, b in zip(left, right)])
        if self._products < 0:
            raise TooLarge("expanding every projection takes too many products; smaller sizes may do")
        return super().dot(left, right)


def _divide(a: Number, b: Number) -> Number:
    if b == 1:
        return a
    value = Fraction(a) / b
    return value.numerator if value.denominator == 1 else value


def _clean(parts: dict[int, Terms]) -> Poly:
    """Without zeros."""
    for s in list(parts):
        if not all(parts[s].values()):
            parts[s] = {m: c for m, c in parts[s].items() if c}
        if not parts[s]:
            del parts[s]
    return Poly(parts)


class _Primes:
    """The primes in order, from a sieve that grows when they run out."""

    _found: ClassVar[list[int]] = []
    _limit = 0

    def __init__(self) -> None:
        self._at = 0

    def next(self) -> int:
        while self._at >= len(self._found):
            self._grow()
        self._at += 1
        return self._found[self._at - 1]

    @classmethod
    def _grow(cls) -> None:
        cls._limit = max(1 << 16, 4 * cls._limit)
        sieve = bytearray([1]) * cls._limit
        sieve[:2] = b"\0\0"
        for number in range(2, isqrt(cls._limit) + 1):
            if sieve[number]:
                sieve[number * number :: number] = bytes(len(range(number * number, cls._limit, number)))
        cls._found = [number for number in range(cls._limit) if sieve[number]]


def equal(left: Any, right: Any) -> bool:
    """Entry by entry, for vectors, matrices, tables, elements and truth values."""
    if isinstance(left, tuple):
        return len(left) == len(right) and all(map(equal, left, right))
    return left.parts == right.parts if isinstance(left, Poly) else left == right
