"""Where tokens stand: Z, Z/n, Z² and the torus, as groups whose elements are tuples of whole numbers.

A place has instances (``Z/2``, ``Z/3``, …).  A *meaning* of a symbol is a function of an instance and of elements,
so that one line says what "the window of radius 1" or "a rotation by a quarter turn for each step" is everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import product
from typing import Any

from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.groups import Group, cyclic, direct_product
from symbolic_equiv.numeric.lattice import Lattice

Element = tuple[int, ...]
TURNS = ((1, 0), (0, 1), (-1, 0), (0, -1))
"""Cosine and sine of 0, 1, 2, 3 quarter turns."""


@dataclass(frozen=True)
class Place:
    """The group ``Z/n₁ × Z/n₂ × …``, where n = 0 stands for Z itself.

    >>> ring = Place("Z/n", (5,))
    >>> ring.add((3,), (4,)), ring.negative((2,)), ring.signed((4,))
    ((2,), (3,), (-1,))
    """

    name: str
    moduli: tuple[int, ...]

    @property
    def label(self) -> str:
        """The instance: ``Z/5``, ``Z × Z``."""
        return " × ".join(f"Z/{n}" if n else "Z" for n in self.moduli)

    @property
    def unit(self) -> Element:
        return (0,) * len(self.moduli)

    @property
    def is_finite(self) -> bool:
        return all(self.moduli)

    @property
    def group(self) -> Group | Lattice:
        """The group as models have it, where elements are numbered; one of Z² stays a pair."""
        if not self.is_finite:
            return Lattice(len(self.moduli))
        return reduce(direct_product, map(cyclic, self.moduli))

    def number(self, p: Element) -> Any:
        """An element as models have it."""
        if not self.is_finite:
            return p[0] if len(p) == 1 else p
        return reduce(lambda number, part: number * part[1] + part[0], zip(p, self.moduli, strict=True), 0)

    def element(self, number: Any) -> Element:
        """The element that a model has as ``number``."""
        if not self.is_finite:
            return (number,) if len(self.moduli) == 1 else number
        found = []
        for n in reversed(self.moduli):
            number, part = divmod(number, n)
            found.append(part)
        return tuple(reversed(found))

    def reduce(self, numbers: Iterable[int]) -> Element:
        """The element that these whole numbers stand for."""
        return tuple(k % n if n else k for k, n in zip(numbers, self.moduli, strict=True))

    def add(self, p: Element, q: Element) -> Element:
        return self.reduce(a + b for a, b in zip(p, q))

    def negative(self, p: Element) -> Element:
        return self.reduce(-a for a in p)

    def signed(self, p: Element) -> Element:
        """The whole numbers nearest to zero that stand for p."""
        return tuple(a - n if n and 2 * a > n else a for a, n in zip(p, self.moduli))

    def elements(self, radius: int = 4) -> list[Element]:
        """All elements; of an infinite place those within ``radius`` of the unit."""
        spans = [range(n) if n else range(-radius, radius + 1) for n in self.moduli]
        return sorted(product(*spans), key=lambda p: (sum(map(abs, p)), [-a for a in p]))

    def ball(self, radius: int) -> list[Element]:
        """The elements within ``radius`` of the unit in every direction."""
        return sorted({self.reduce(p) for p in product(range(-radius, radius + 1), repeat=len(self.moduli))})

    def text(self, p: Element) -> str:
        """How an element is printed."""
        return str(p[0]) if len(p) == 1 else f"({', '.join(map(str, p))})"

    # what the meanings of symbols are made of

    def sum(self, p: Element) -> Fraction:
        """The sum of the numbers that p is written with: additive on Z and Z², and not modulo n."""
        return Fraction(sum(p))

    def clip(self, p: Element, radius: int) -> Element:
        """p, brought within ``radius`` of the unit."""
        return self.reduce(max(-radius, min(radius, a)) for a in self.signed(p))

    def bucket(self, p: Element) -> int:
        """The number of a bucket: direction and distance, distances from 2 on in one."""
        return sum((2 * min(abs(a), 2) + (a < 0)) * 5**k for k, a in enumerate(self.signed(p)))

    def quarter_turns(self, p: Element) -> tuple[Fraction, Fraction]:
        """Sine and cosine at as many quarter turns as the sum of p."""
        cosine, sine = TURNS[sum(p) % 4]
        return Fraction(sine), Fraction(cosine)

    def rotation(self, p: Element) -> tuple[tuple[Fraction, ...], ...]:
        """The rotation of a plane by as many quarter turns as the sum of p, whatever the moduli."""
        return _rotation(sum(p) % 4)

    def full_rotation(self, p: Element) -> tuple[tuple[Fraction, ...], ...]:
        """A rotation by ``2π/n`` for each step; exact only where n is 1, 2 or 4."""
        if any(n not in (0, 1, 2, 4) for n in self.moduli):
            raise NoModel(f"the rotations of {self.label} are not rational")
        return _rotation(sum(a * (4 // n if n else 1) for a, n in zip(p, self.moduli)) % 4)


def _rotation(turns: int) -> tuple[tuple[Fraction, ...], ...]:
    cosine, sine = TURNS[turns]
    return (Fraction(cosine), Fraction(-sine)), (Fraction(sine), Fraction(cosine))


PLACES = {
    "Z": [(0,)],
    "Z/n": [(n,) for n in (2, 3, 4, 5)],
    "Z^2": [(0, 0)],
    "torus": [(2, 2), (2, 3), (3, 3), (2, 5), (4, 4)],
}
"""The instances of each place, the smallest first."""


def instances(name: str) -> Iterator[Place]:
    """The instances of a place, the smallest first."""
    return (Place(name, moduli) for moduli in PLACES[name])
