"""What is certain: an equation that holds, or two sides that differ, in rational numbers and intervals.

This alone confirms a refutation.  It shares nothing with ``evaluate`` but the model; ``exact`` finds the values, and
what an interval cannot settle is tried again with more digits.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, NamedTuple

from symbolic_equiv.kernel.sorts import LINEAR
from symbolic_equiv.kernel.terms import Term
from symbolic_equiv.numeric.arithmetic import ZERO, bounds
from symbolic_equiv.numeric.errors import Undecided
from symbolic_equiv.numeric.exact import Exact, element_of, entries_of
from symbolic_equiv.numeric.foresight import strip
from symbolic_equiv.numeric.models import Model, is_finite, unfold_completely
from symbolic_equiv.numeric.polynomials import Unknowns

PRECISIONS = (64, 160, 400, 1000)
"""Bits of the intervals, tried in this order."""


class Gap(NamedTuple):
    """Two numbers, or two elements, that certainly differ: the entry of the value, and an enclosure of each."""

    entry: tuple[int, ...]
    left: tuple[Fraction, Fraction]
    right: tuple[Fraction, Fraction]

    @property
    def relative(self) -> Fraction:
        """At least this far apart, relative to the larger side."""
        (a, b), (c, d) = self.left, self.right
        size = max(abs(end) for end in (a, b, c, d))
        return max(c - b, a - d) / size if size else ZERO


def gap(left: Term, right: Term, model: Model) -> Gap | None:
    """The first entry at which the sides certainly differ; None if none was found at any precision."""
    left, right = unfold_completely(left), unfold_completely(right)
    for precision in PRECISIONS:
        try:
            evaluator = Exact(model, precision)
            values = evaluator.value(left, ()), evaluator.value(right, ())
        except Undecided:
            continue
        exact = True
        for (entry, one), (_, other) in zip(entries_of(values[0]), entries_of(values[1])):
            low, high = bounds(one), bounds(other)
            exact = exact and low[0] == low[1] and high[0] == high[1]
            if low[1] < high[0] or high[1] < low[0]:
                return Gap(entry, low, high)
        if exact:
            return None
    return None


def clearest(left: Term, right: Term, model: Model, first: Exact | None = None) -> Gap | None:
    """The entry at which two unfolded terms differ most, relative to the signal, if they certainly do.

    ``first`` evaluates in the model, and knows some values already.
    """
    for precision in PRECISIONS:
        evaluator = first if first and precision == PRECISIONS[0] else Exact(model, precision)
        try:
            pairs = list(
                zip(entries_of(evaluator.value(left, ())), entries_of(evaluator.value(right, ())), strict=True)
            )
            ends = [Gap(at, bounds(one), bounds(other)) for (at, one), (_, other) in pairs]
        except Undecided:  # a sign, say: try again with more digits
            continue
        apart = [each for each in ends if each.left[1] < each.right[0] or each.right[1] < each.left[0]]
        return max(apart, key=lambda each: each.relative, default=None)
    return None


def holds(left: Term, right: Term, model: Model) -> bool | None:
    """Whether two closed terms are equal for all arguments; None if that cannot be told.

    Elements are enumerated; numbers, vectors and matrices are unknowns, of which both sides are polynomials.

    >>> import numpy as np
    >>> from symbolic_equiv.theories.language import SCALAR, symbol
    >>> c = symbol("c", SCALAR)
    >>> holds((c + c).term, c.term, Model({}, values={c.head: np.array(0.25)}))
    False
    """
    left, right = unfold_completely(left), unfold_completely(right)
    if left == right:
        return True
    binders, one = strip(left)
    _, other = strip(right)
    try:
        unknown = _unknowns(binders, model)
    except Undecided:
        return None
    evaluator = Exact(model, PRECISIONS[0])
    finite = [range(model.size(sort)) if is_finite(sort) else (0,) for sort in binders]
    for point in product(*finite):
        env = tuple(unknown.get(k, element_of(sort, p)) for k, (sort, p) in enumerate(zip(binders, point)))[::-1]
        try:
            pairs = list(zip(entries_of(evaluator.value(one, env)), entries_of(evaluator.value(other, env))))
            verdict = _all_equal([(a, b) for (_, a), (_, b) in pairs])
        except Undecided:
            return None
        if verdict is not True:
            return verdict
    return True


def _all_equal(pairs: list[tuple[Any, Any]]) -> bool | None:
    """Whether numbers are equal; polynomials are, as functions, exactly if they have the same terms."""
    if any(isinstance(side, Unknowns) for pair in pairs for side in pair):
        return all(a + ZERO == b + ZERO for a, b in pairs)
    spans = [(bounds(a), bounds(b)) for a, b in pairs]
    if any(a[1] < b[0] or b[1] < a[0] for a, b in spans):
        return False
    return None if any(a[0] != a[1] or a != b for a, b in spans) else True


def _unknowns(binders: tuple, model: Model) -> dict[int, Any]:
    """For each binder over numbers, vectors or matrices a value with an unknown for each of its entries."""
    found, count = {}, 0
    for place, sort in enumerate(binders):
        if is_finite(sort):
            continue
        if sort.cls != LINEAR:
            raise Undecided(f"all elements of {sort}")
        shape = model.shape(sort)
        numbers = [Unknowns.of(count + k) for k in range(prod(shape))]
        count += len(numbers)
        rows = [tuple(numbers[k : k + shape[-1]]) for k in range(0, len(numbers), shape[-1])] if shape else numbers
        found[place] = tuple(rows) if len(shape) == 2 else rows[0]
    return found
