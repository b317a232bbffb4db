"""How far the two sides of a statement are apart in one model, in floating point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.evaluate import Evaluator
from symbolic_equiv.numeric.foresight import largest_array
from symbolic_equiv.numeric.models import Model
from symbolic_equiv.numeric.problem import Problem

ROUNDING = 1e-12
"""A relative difference above this is worth a try in exact arithmetic."""

SILENCE = 1e-3
"""Values are of order one, so that what is left of a signal below this is its rounding: zero, computed in two ways."""

MAX_ENTRIES = 20_000_000
"""The largest array that is made (160 MB)."""


@dataclass(frozen=True)
class Difference:
    """The largest difference relative to the signal, and the values of the ranged variables where it is."""

    relative: float
    at: dict[Head, np.ndarray]


def compare(problem: Problem, model: Model) -> Difference:
    """Both sides in one model, at all values of the ranged variables that the model leaves open.

    Where that would take too much memory one value is taken for some of them, group elements first.  Raises
    ``NoModel`` where the numbers overflow.
    """
    over = tuple(head for head in problem.ranged if head not in model.values)
    while over and max(largest_array(side, model) for side in problem.sides(over)) > MAX_ENTRIES:
        fixed = next((head for head in over if head.sort in model.groups), over[0])
        model = model.with_values({fixed: np.array(model.size(fixed.sort) - 1)})
        over = tuple(head for head in over if head != fixed)
    evaluator = Evaluator(model)
    left, right = (evaluator.closed(side) for side in problem.sides(over))
    signal = 1.0 if left.dtype.kind != "f" else max(np.abs(left).max(), np.abs(right).max(), SILENCE)
    if not np.isfinite(signal):
        raise NoModel("the numbers are too large")
    apart = (left != right) * 1.0 if left.dtype.kind != "f" else np.abs(left - right)
    moving = apart * _moving(over, model, apart.ndim)
    worst = np.unravel_index((moving if moving.any() else apart).argmax(), apart.shape)
    at = {head: np.array(k) for head, k in zip(over, worst)}
    at |= {head: model.values[head] for head in problem.ranged if head in model.values}
    return Difference(float(apart[worst] / signal) if apart[worst] else 0.0, at)


def _moving(over: tuple[Head, ...], model: Model, axes: int) -> np.ndarray:
    """0 where all group elements among the ranged variables are units, else 1: nothing is moved there."""
    mask, acting = np.zeros((1,) * axes), [k for k, head in enumerate(over) if head.sort in model.groups]
    for k in acting:
        group = model.groups[over[k].sort]
        mask = np.maximum(
            mask, (np.arange(group.order) != group.unit).reshape([-1 if a == k else 1 for a in range(axes)])
        )
    return mask if acting else mask + 1
