"""The integers and their powers as groups of positions, and functions on them that can be evaluated where needed.

A claim may be about one group only: ``se.theorem(left, right, assuming, groups={"X": "Z"})``.  The names:

    Z  Z^2  Z^3             the integers and integer lattices, infinite: models are made by ``numeric.infinite``
    Z/5  Z/2×Z/3  S3  D4    one finite group
    Z/n  Z/n×Z/m            any cyclic group, any product of two cyclic groups

A statement that names no group is about all of them, and any model may refute it.  A finite model says nothing
about a claim on Z.  Tokens that a hypothesis puts in bijection with such a group are its elements; tokens with
an injection alone, ``x_inv(x(i)) = i``, are a *finite sequence with edges*, the numbers 0, 1, …, n − 1.  Edges
that cut a neighbourhood of Z off are a predicate on positions: ``N(i, j) = W(x(j) − x(i)) ∧ inside(x(j))``.

On an infinite sort a variable has a ``Rule``: a default with finitely many exceptions (``Sparse``), the identity,
or a homomorphism.  A sum is over the tokens that satisfy its predicate: ``points`` finds them, and makes sure
that there are no others.  An element is a whole number on Z, a tuple of whole numbers on Z^d.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import inf
from typing import Any

import numpy as np

from symbolic_equiv.numeric.errors import Undecided

Element = int | tuple[int, ...]
RADII = (3, 9, 27)
MAX_BOX = 4000
"""How many points at most are looked at to find where a predicate holds."""


@dataclass(frozen=True)
class Lattice:
    """The group Z^rank, written additively."""

    rank: int = 1

    @property
    def name(self) -> str:
        return "Z" if self.rank == 1 else f"Z^{self.rank}"

    def __repr__(self) -> str:
        return self.name

    @property
    def unit(self) -> Element:
        return self.element((0,) * self.rank)

    def element(self, numbers: Any) -> Element:
        """The element with these coordinates (or this number)."""
        if self.rank == 1:
            return int(np.ravel(numbers)[0])
        return tuple(int(number) for number in numbers)

    def coordinates(self, element: Element) -> tuple[int, ...]:
        return (element,) if isinstance(element, int) else element

    def product(self, p: Element, q: Element) -> Element:
        return self.element([a + b for a, b in zip(self.coordinates(p), self.coordinates(q))])

    def inverted(self, p: Element) -> Element:
        return self.element([-a for a in self.coordinates(p)])

    def box(self, radius: int) -> list[Element]:
        """All elements with coordinates from ``-radius`` to ``radius``, those near 0 first."""
        near = sorted(range(-radius, radius + 1), key=lambda a: (abs(a), a < 0))
        found = sorted(product(near, repeat=self.rank), key=lambda p: (max(map(abs, p)), sum(map(abs, p))))
        return [self.element(p) for p in found]

    def tails(self, radius: int) -> list[Box]:
        """Half spaces that cover everything outside the box."""
        whole = ((-inf, inf),) * self.rank
        return [
            Box((*whole[:k], side, *whole[k + 1 :]))
            for k in range(self.rank)
            for side in ((-inf, -radius - 1), (radius + 1, inf))
        ]


def lattice_named(name: str) -> Lattice | None:
    """``Z``, ``Z^2``; None for the name of a finite group.

    >>> lattice_named("Z^2"), lattice_named("Z/2")
    (Z^2, None)
    """
    match = re.fullmatch(r"Z(?:\^([1-3]))?", name.strip())
    return Lattice(int(match[1] or 1)) if match else None


class Rule:
    """A function of elements of infinite sorts; its value is an ordinary one, for the other arguments to act on."""

    def at(self, point: tuple[Element, ...]) -> Any:
        """The value at one element for each infinite argument."""
        raise NotImplementedError

    def among(self, boxes: tuple[Box, ...]) -> list[Any] | None:
        """All values that occur where each argument lies in its box; None if they are not known to be few."""
        return None


@dataclass(frozen=True)
class Sparse(Rule):
    """``default`` but for finitely many ``entries``."""

    default: Any
    entries: dict[tuple[Element, ...], Any] = field(default_factory=dict)

    def at(self, point: tuple[Element, ...]) -> Any:
        return self.entries.get(point, self.default)

    def among(self, boxes: tuple[Box, ...]) -> list[Any]:
        near = (value for key, value in self.entries.items() if all(box.has(p) for box, p in zip(boxes, key)))
        return [self.default, *near]


@dataclass(frozen=True)
class Identity(Rule):
    """``p ↦ p``, between sorts that stand for the same lattice."""

    def at(self, point: tuple[Element, ...]) -> Any:
        return np.array(point[0])


@dataclass(frozen=True)
class Homomorphism(Rule):
    """``p ↦ p₁ s₁ + p₂ s₂ + …`` (``times`` is "+"), or ``p ↦ s₁^p₁ s₂^p₂ …`` for numbers or matrices that commute.

    ``steps``: one array of fractions for each coordinate; ``back``: their inverses, where they are powers.
    """

    times: str
    steps: tuple[np.ndarray, ...]
    back: tuple[np.ndarray, ...] = ()

    def at(self, point: tuple[Element, ...]) -> Any:
        (p,) = point
        numbers = (p,) if isinstance(p, int) else p
        if self.times == "+":
            return np.asarray(sum(step * Fraction(n) for n, step in zip(numbers, self.steps)), dtype=object)
        value = self.steps[0] ** 0 if self.steps[0].ndim == 0 else _identity(len(self.steps[0]))
        for n, step, back in zip(numbers, self.steps, self.back):
            for _ in range(abs(n)):
                value = np.dot(value, step if n > 0 else back)
        return np.asarray(value, dtype=object)


def _identity(size: int) -> np.ndarray:
    return np.array([[Fraction(int(a == b)) for b in range(size)] for a in range(size)], dtype=object)


@dataclass(frozen=True)
class Box:
    """Elements whose coordinates lie in intervals, which may be infinite."""

    sides: tuple[tuple[float, float], ...]

    def has(self, element: Element) -> bool:
        numbers = (element,) if isinstance(element, int) else element
        return all(low <= n <= high for (low, high), n in zip(self.sides, numbers))

    @staticmethod
    def of(value: Box | Element) -> Box:
        """A box that holds the element alone."""
        if isinstance(value, Box):
            return value
        return Box(tuple((n, n) for n in ((value,) if isinstance(value, int) else value)))

    def plus(self, other: Box) -> Box:
        return Box(tuple((a + c, b + d) for (a, b), (c, d) in zip(self.sides, other.sides)))

    def opposite(self) -> Box:
        return Box(tuple((-b, -a) for a, b in self.sides))


def points(lattice: Lattice, holds: Callable[[Any], bool], certainly: Callable[[Box], bool | None]) -> list | None:
    """The elements where a predicate holds; None where they are infinitely many.

    ``holds`` decides at one element; ``certainly`` says True or False if the predicate is that at every element of
    a box, and None if it cannot tell.  Raises ``Undecided`` if it never can.
    """
    for radius in RADII:
        verdicts = [certainly(tail) for tail in lattice.tails(radius)]
        if any(verdict is True for verdict in verdicts):
            return None
        if (2 * radius + 1) ** lattice.rank > MAX_BOX:
            break
        if all(verdict is False for verdict in verdicts):
            return [p for p in lattice.box(radius) if holds(p)]
    raise Undecided("where the domain of a sum ends")
