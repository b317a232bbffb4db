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
or a homomorphism.  A sum is over the tokens that satisfy its predicate: ``domains`` finds them, and makes sure
that there are no others.  An element is a whole number on Z, a tuple of whole numbers on Z^d.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

Element = int | tuple[int, ...]


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
        return p + q if self.rank == 1 else tuple(a + b for a, b in zip(p, q, strict=True))

    def inverted(self, p: Element) -> Element:
        return self.element([-a for a in self.coordinates(p)])

    def box(self, radius: int) -> list[Element]:
        """All elements with coordinates from ``-radius`` to ``radius``, those near 0 first."""
        near = sorted(range(-radius, radius + 1), key=lambda a: (abs(a), a < 0))
        found = sorted(product(near, repeat=self.rank), key=lambda p: (max(map(abs, p)), sum(map(abs, p))))
        return [self.element(p) for p in found]

    def multiple(self, n: int, p: Element) -> Element:
        return self.element([n * a for a in self.coordinates(p)])


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

    def support(self) -> list[tuple[Element, ...]] | None:
        """Of a predicate: the elements where alone it may hold; None if they are not known, or infinitely many."""
        return None

    def is_cofinite(self) -> bool:
        """Of a predicate: whether it certainly holds at all but finitely many elements."""
        return False


@dataclass(frozen=True)
class Sparse(Rule):
    """``default`` but for finitely many ``entries``."""

    default: Any
    entries: dict[tuple[Element, ...], Any] = field(default_factory=dict)

    def at(self, point: tuple[Element, ...]) -> Any:
        return self.entries.get(point, self.default)

    def support(self) -> list[tuple[Element, ...]] | None:
        return None if self.default else list(self.entries)

    def is_cofinite(self) -> bool:
        return bool(self.default)


@dataclass(frozen=True)
class Identity(Rule):
    """``p ↦ p``, between sorts that stand for the same lattice."""

    def at(self, point: tuple[Element, ...]) -> Any:
        return np.array(point[0])


@dataclass(frozen=True)
class Given(Rule):
    """A function that is asked for the values of all its arguments, also those of finite sorts.

    ``where``: of a predicate, the elements where alone it may hold, if they are finitely many.
    """

    function: Callable[..., Any]
    where: tuple[tuple[Element, ...], ...] | None = None

    def at(self, point: tuple[Element, ...]) -> Any:
        return self.function(*point)

    def support(self) -> list[tuple[Element, ...]] | None:
        return None if self.where is None else list(self.where)


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


def homomorphism(times: str, steps: Sequence[np.ndarray], back: Sequence[np.ndarray]) -> Homomorphism | None:
    """The homomorphism with these values at the units and at their opposites, if there is one."""
    if times == "+":
        return Homomorphism("+", tuple(steps)) if all((a == -b).all() for a, b in zip(steps, back)) else None
    square = all(step.ndim == 0 or (step.ndim == 2 and step.shape[0] == step.shape[1]) for step in steps)
    if not square:
        return None
    one = _identity(len(steps[0])) if steps[0].ndim else Fraction(1)
    undone = all(np.all(np.dot(a, b) == one) for a, b in zip(steps, back))
    commute = all(np.all(np.dot(a, b) == np.dot(b, a)) for a in steps for b in steps)
    return Homomorphism("*", tuple(steps), tuple(back)) if undone and commute else None


def _identity(size: int) -> np.ndarray:
    return np.array([[Fraction(int(a == b)) for b in range(size)] for a in range(size)], dtype=object)
