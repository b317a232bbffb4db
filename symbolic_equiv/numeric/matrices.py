"""What the constants of ``theories.matrices`` mean: for ``evaluate`` in arrays, for ``rigorous`` one value at a time.

The functions here take the evaluator, the term and its surroundings, as all meanings of constants do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from symbolic_equiv.kernel.terms import Declaration, Term
from symbolic_equiv.numeric.axes import Axed, align, entrywise, gather, union
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.models import is_finite
from symbolic_equiv.theories import matrices


def _made(evaluator: Any, term: Term, binders: tuple) -> Axed:
    """``matrix(λi j. …)`` and ``vector(λi. …)``: the axes of what is bound become those of the value."""
    body, inside = term.args[0], binders
    while body.body is not None:
        inside, body = (*inside, body.domain), body.body
    value = evaluator._value(body, inside)
    outer = tuple(axis for axis in value.axes if axis < len(binders))
    data = align(value, (*outer, *range(len(binders), len(inside))))
    sizes = tuple(evaluator.model.size(sort) for sort in inside[len(binders) :])
    return Axed(np.broadcast_to(data, data.shape[: len(outer)] + sizes), outer)


def _entry(evaluator: Any, term: Term, binders: tuple) -> Axed:
    """An entry of a matrix or of a vector."""
    whole, *indices = (evaluator._value(arg, binders) for arg in term.args)
    if not whole.axes:
        return gather(whole.data, indices)
    axes = union(whole, *indices)
    data = align(whole, axes)
    places = [align(index, axes).astype(int, copy=False) for index in indices]
    lead = np.broadcast_shapes(data.shape[: len(axes)], *(place.shape for place in places))
    data = np.broadcast_to(data, lead + data.shape[len(axes) :])
    for place in reversed(places):  # the last index first, then the last axis is gone
        at = np.broadcast_to(place, lead).reshape(lead + (1,) * (data.ndim - len(lead)))
        data = np.take_along_axis(data, at, -1)[..., 0]
    return Axed(data, axes)


def _of_indices(function: Callable[..., np.ndarray]) -> Callable[..., Axed]:
    """A constant that is computed from indices and the size of the last block."""

    def meaning(evaluator: Any, term: Term, binders: tuple) -> Axed:
        size = evaluator.model.size(_block(term))
        return entrywise(lambda *at: function(size, *at), *(evaluator._value(arg, binders) for arg in term.args))

    return meaning


def _block(term: Term) -> Any:
    """The dimension ``n`` where ``Fin(m × n)`` is split."""
    split = term.sort if term.head.declaration == matrices.pair.declaration else term.args[0].sort
    return split.args[0].args[1]


def _same(evaluator: Any, term: Term, binders: tuple) -> Axed:
    if not is_finite(term.args[0].sort):
        raise NoModel(f"equality of two values of {term.args[0].sort}")
    return entrywise(np.equal, *(evaluator._value(arg, binders) for arg in term.args))


IN_ARRAYS: dict[Declaration, Callable[..., Axed]] = {
    item.declaration: meaning
    for item, meaning in (
        (matrices.matrix, _made),
        (matrices.vector, _made),
        (matrices.entry, _entry),
        (matrices.coordinate, _entry),
        (matrices.equal, _same),
        (matrices.pair, _of_indices(lambda size, block, place: block * size + place)),
        (matrices.first, _of_indices(lambda size, at: at // size)),
        (matrices.second, _of_indices(lambda size, at: at % size)),
    )
}


def _made_exactly(evaluator: Any, term: Term, env: tuple) -> tuple:
    return evaluator._argument(term.args[0], env)


def _entry_exactly(evaluator: Any, term: Term, env: tuple) -> Any:
    whole, *indices = (evaluator.value(arg, env) for arg in term.args)
    for index in indices:
        whole = whole[index]
    return whole


def _same_exactly(evaluator: Any, term: Term, env: tuple) -> bool:
    if not is_finite(term.args[0].sort):
        raise NoModel(f"equality of two values of {term.args[0].sort}")
    first, second = (evaluator.value(arg, env) for arg in term.args)
    return bool(first == second)


def _exactly(function: Callable[..., int]) -> Callable[..., int]:
    return lambda evaluator, term, env: function(
        evaluator.model.size(_block(term)), *(evaluator.value(arg, env) for arg in term.args)
    )


EXACT: dict[Declaration, Callable[..., Any]] = {
    item.declaration: meaning
    for item, meaning in (
        (matrices.matrix, _made_exactly),
        (matrices.vector, _made_exactly),
        (matrices.entry, _entry_exactly),
        (matrices.coordinate, _entry_exactly),
        (matrices.equal, _same_exactly),
        (matrices.pair, _exactly(lambda size, block, place: block * size + place)),
        (matrices.first, _exactly(lambda size, at: at // size)),
        (matrices.second, _exactly(lambda size, at: at % size)),
    )
}
