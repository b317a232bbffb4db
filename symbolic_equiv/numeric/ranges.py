"""What the constants of ``theories.ranges`` mean: for ``evaluate`` in arrays, for ``rigorous`` one value at a time.

Only numbers have an order: those that count (``Fin``, ``Nat``), the reals, and the elements of Z.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Declaration, Term
from symbolic_equiv.numeric.arithmetic import bounds
from symbolic_equiv.numeric.axes import Axed, entrywise
from symbolic_equiv.numeric.errors import NoModel, Undecided
from symbolic_equiv.theories import ranges


def is_ordered(sort: Sort, model: Any) -> bool:
    """Whether the elements of a sort are numbers in this model."""
    if sort in model.infinite:
        return model.infinite[sort].rank == 1
    return sort.name in ("Fin", "Nat", "Scalar")


def _in_order(sort: Sort, model: Any) -> None:
    if not is_ordered(sort, model):
        raise NoModel(f"no order of {sort}")


def _of_numbers(function: Callable[..., np.ndarray]) -> Callable[..., Axed]:
    def meaning(evaluator: Any, term: Term, binders: tuple) -> Axed:
        _in_order(term.args[0].sort, evaluator.model)
        return entrywise(function, *(evaluator._value(arg, binders) for arg in term.args))

    return meaning


def _of_conditions(function: Callable[..., np.ndarray]) -> Callable[..., Axed]:
    return lambda evaluator, term, binders: entrywise(function, *(evaluator._value(arg, binders) for arg in term.args))


def _nowhere(_: Any, term: Term, __: tuple) -> Axed:
    raise NoModel(f"{term.sort} has infinitely many elements, or is no set of numbers")


IN_ARRAYS: dict[Declaration, Callable[..., Axed]] = {
    ranges.not_.declaration: _of_conditions(np.logical_not),
    ranges.or_.declaration: _of_conditions(np.logical_or),
    ranges.below.declaration: _of_numbers(np.less),
    ranges.distance.declaration: _of_numbers(lambda p, q: np.abs(p - q).astype(float)),
    ranges.steps.declaration: _nowhere,
}


def _before(evaluator: Any, term: Term, env: tuple) -> bool:
    _in_order(term.args[0].sort, evaluator.model)
    (low, high), (least, most) = (bounds(evaluator.value(arg, env)) for arg in term.args)
    if high < least or low >= most:
        return high < least
    raise Undecided("which of two numbers is the smaller one")


def _apart(evaluator: Any, term: Term, env: tuple) -> Any:
    _in_order(term.args[0].sort, evaluator.model)
    first, second = (evaluator.value(arg, env) for arg in term.args)
    return Fraction(abs(first - second))


def _whole_number(evaluator: Any, term: Term, env: tuple) -> int:
    lattice = evaluator.model.infinite.get(term.sort)
    if lattice is None or lattice.rank != 1:
        raise NoModel(f"{term.sort} is no set of numbers")
    return lattice.element([int(evaluator.value(term.args[0], env))])


EXACT: dict[Declaration, Callable[..., Any]] = {
    ranges.not_.declaration: lambda evaluator, term, env: not evaluator.value(term.args[0], env),
    ranges.or_.declaration: lambda evaluator, term, env: any(evaluator.value(arg, env) for arg in term.args),
    ranges.below.declaration: _before,
    ranges.distance.declaration: _apart,
    ranges.steps.declaration: _whole_number,
}
