"""What a scalar is: the operations that every meaning of the fold has, and the names of symbol entries."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from symbolic_equiv.kernel.terms import Head

Values = tuple[Any, ...]
Symbol = tuple[Head, Values, tuple[int, ...]]
"""A symbol entry: the variable, the elements that it is applied to, and the entry's place."""


def spell(key: Symbol) -> str:
    """The name of a symbol entry: ``f_2_0`` is entry 0 of ``f(2)``, ``W_Q_1_0_1`` entry (0, 1) of ``W_Q(1)``."""
    head, args, place = key
    name = head.name if isinstance(head, Head) else head[0]
    return "_".join(str(part) for part in (name, *args, *place))


class Algebra:
    """Scalars.  ``total`` and ``dot`` have slow defaults; ``name`` may replace a value by a name for it."""

    def number(self, value: int | Fraction) -> Any: ...
    def symbol(self, key: Symbol) -> Any: ...
    def add(self, a: Any, b: Any) -> Any: ...
    def mul(self, a: Any, b: Any) -> Any: ...
    def reciprocal(self, a: Any) -> Any: ...
    def sqrt(self, a: Any) -> Any: ...
    def exp(self, a: Any) -> Any: ...
    def opaque(self, key: Symbol, args: Sequence[Any]) -> Any: ...

    def neg(self, a: Any) -> Any:
        return self.mul(self.number(-1), a)

    def name(self, a: Any) -> Any:
        """The value itself, or a name that stands for it from now on."""
        return a

    def scale(self, factor: Any, entry: Any) -> Any:
        """A factor times an entry of a vector or matrix."""
        return self.mul(factor, entry)

    def total(self, items: Sequence[Any]) -> Any:
        result = self.number(0)
        for item in items:
            result = self.add(result, item)
        return result

    def sum_over(self, items: Sequence[Any]) -> Any:
        """The total over the elements of a sort, in their order."""
        return self.total(items)

    def dot(self, left: Sequence[Any], right: Sequence[Any]) -> Any:
        return self.total([self.mul(a, b) for a, b in zip(left, right)])
