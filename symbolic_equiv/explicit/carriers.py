"""Finite carriers: the elements 0, 1, …, size − 1 that stand for a sort, and the groups on them.

>>> torus = Cyclic((2, 3))
>>> torus.label(torus.mul(torus.index((1, 2)), torus.index((1, 2))))
(0, 1)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from symbolic_equiv.explicit.errors import SizeError
from symbolic_equiv.latex.counted import counted


class Carrier:
    """A plain finite set."""

    unit = 0

    def __init__(self, size: int) -> None:
        self.size = size
        self.shape: tuple[int, ...] = (size,)

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.size))

    def __contains__(self, element: object) -> bool:
        return type(element) is int and 0 <= element < self.size

    def label(self, element: int) -> object:
        """How an element is shown: a number, or one coordinate per factor."""
        return element

    def index(self, label: object) -> int:
        """The element that ``label`` shows; raises ``SizeError`` outside the carrier."""
        if type(label) is not int or label not in self:
            raise SizeError("element", f"a number from 0 to {self.size - 1}", label)
        return label

    def distance(self, a: int, b: int) -> int:
        """How far apart two elements are on the circle (the largest over the factors of a torus)."""
        steps = zip(self._digits(a), self._digits(b), self.shape)
        return max(min((s - t) % n, (t - s) % n) for s, t, n in steps)

    def _digits(self, element: int) -> tuple[int, ...]:
        digits = []
        for size in reversed(self.shape):
            element, digit = divmod(element, size)
            digits.append(digit)
        return tuple(reversed(digits))

    def __repr__(self) -> str:
        return counted(self.size, "element")


class Cyclic(Carrier):
    """ℤ/n, or a product ℤ/n × ℤ/m × … of them."""

    def __init__(self, shape: Sequence[int]) -> None:
        super().__init__(prod(shape))
        self.shape = tuple(shape)

    def _number(self, digits: Sequence[int]) -> int:
        number = 0
        for digit, size in zip(digits, self.shape):
            number = number * size + digit % size
        return number

    def mul(self, a: int, b: int) -> int:
        """The group law (addition, modulo the sizes)."""
        if len(self.shape) == 1:
            return (a + b) % self.size
        return self._number([s + t for s, t in zip(self._digits(a), self._digits(b))])

    def inv(self, a: int) -> int:
        """The opposite element."""
        return self._number([-digit for digit in self._digits(a)])

    def sign(self, a: int) -> int:
        """A homomorphism to {1, −1}: not trivial where a factor has an even size."""
        return next(((-1) ** d for d, n in zip(self._digits(a), self.shape) if n % 2 == 0), 1)

    def label(self, element: int) -> object:
        return element if len(self.shape) == 1 else self._digits(element)

    def index(self, label: object) -> int:
        if len(self.shape) == 1:
            return super().index(label)
        fits = lambda digit, size: type(digit) is int and 0 <= digit < size
        if not isinstance(label, tuple) or len(label) != len(self.shape) or not all(map(fits, label, self.shape)):
            raise SizeError("element", f"coordinates below {self.shape}", label)
        return self._number(label)

    def __repr__(self) -> str:
        return " × ".join(f"Z/{size}" for size in self.shape)


class Dihedral(Carrier):
    """The symmetries of a regular polygon: not commutative from the triangle (S₃) on.

    Element ``a + half·s`` is the rotation by ``a`` after ``s`` reflections.
    """

    def __init__(self, half: int) -> None:
        super().__init__(2 * half)
        self.half = half

    def mul(self, a: int, b: int) -> int:
        """The group law: ``(a, s)(b, t) = (a + (−1)ˢ b, s + t)``."""
        s, t = a // self.half, b // self.half
        turn = a + (b if not s else -b)
        return turn % self.half + self.half * ((s + t) % 2)

    def inv(self, a: int) -> int:
        """The inverse: a reflection is its own."""
        return a if a >= self.half else -a % self.half

    def sign(self, a: int) -> int:
        """A homomorphism to {1, −1}."""
        return -1 if a >= self.half else 1

    def __repr__(self) -> str:
        return f"D{self.half}"


def act(acting: Cyclic | Dihedral, group: Cyclic | Dihedral, a: int, p: int) -> int:
    """An action by automorphisms: elements of sign −1 invert (a cyclic product), or conjugate by a reflection."""
    if acting.sign(a) == 1:
        return p
    if isinstance(group, Cyclic):
        return group.inv(p)
    return group.mul(group.mul(group.half, p), group.half)


def read_group(name: str, given: object) -> Cyclic | Dihedral:
    """``5`` is ℤ/5, ``(2, 3)`` a torus, ``"D4"`` and ``"S3"`` are groups that do not commute."""
    if isinstance(given, str):
        order = {"S3": 3, "D3": 3, "D4": 4, "D5": 5}.get(given)
        if order is None:
            raise SizeError(name, "S3, D3, D4 or D5, a number, or a shape", given)
        return Dihedral(order)
    shape = given if isinstance(given, tuple) else (given,)
    if not shape:
        raise SizeError(name, "a number or a shape such as (2, 3)", given)
    return Cyclic([read_number(name, size) for size in shape])


def read_number(name: str, given: object) -> int:
    """A whole number from 1 on, or a ``SizeError``."""
    if type(given) is not int or given < 1:
        raise SizeError(name, "a whole number from 1 on", given)
    return given
