"""A smaller model than the one in which a difference was first seen: fewer tokens, fewer dimensions.

The sizes are sketched first, and only then values are drawn, from the smallest sketch on.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.numeric.counterexample import Counterexample, confirm
from symbolic_equiv.numeric.difference import ROUNDING, compare
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.models import Model
from symbolic_equiv.numeric.problem import Problem
from symbolic_equiv.numeric.solve import build, structure, violation
from symbolic_equiv.numeric.values import Style

SMALLER, SKETCHES = 24, 300
"""For a model smaller than the first that refutes: how many are looked at of each size, of so many choices of sizes."""

LARGEST = 8
"""No smaller model is looked for where some set of tokens has more elements."""


def smaller_than(problem: Problem, found: Counterexample, seed: int, fixed: dict[Sort, int]) -> Counterexample:
    """A counterexample with fewer tokens, or fewer dimensions, if one is soon found: the smallest models come first."""
    best, moves, tried = _measure(found.model), moves_something(found.model), Counter()
    for size, number, sketch in _sketches(problem, best, seed, fixed):
        if moves and not _may_move_something(problem, sketch):
            continue
        tried[size] += 1
        if tried[size] > SMALLER:
            continue
        rng = np.random.default_rng([seed, 11, number])
        try:
            model = build(problem, sketch, rng, Style(plain=True, permuted=tried[size] > SMALLER // 2))
            if violation(problem, model)[0] is not None:
                continue
            difference = compare(problem, model)
        except NoModel:
            continue
        smaller = confirm(problem, model.with_values(difference.at)) if difference.relative > ROUNDING else None
        if smaller is None or (moves and not moves_something(smaller.model)):
            continue
        if smaller.relative > 0.05 or size < best:
            return smaller
    return found


def _sketches(
    problem: Problem, best: tuple[int, ...], seed: int, fixed: dict[Sort, int]
) -> list[tuple[tuple[int, ...], int, Model]]:
    """Sizes and groups of models that are not larger than ``best``, each with its measure and number, by measure."""
    found, rng = [], np.random.default_rng([seed, 11])
    orders, widths = max(best[0], best[2], 1), max(best[2], 1)  # a bijection may join a dimension to tokens
    for number in range(SKETCHES if best[0] <= LARGEST else 0):
        wider, order = divmod(number, min(orders, LARGEST))
        try:
            sketch = structure(problem, rng, 1 + order, 1 + wider % min(widths, LARGEST), fixed)
        except NoModel:
            continue
        if (size := _measure(sketch)) <= best:
            found.append((size, number, sketch))
    return sorted(found, key=lambda each: each[:2])


def _measure(model: Model) -> tuple[int, int, int, int]:
    """The size of the largest base sort, that of all of them, the largest dimension, and that of all dimensions."""
    sizes = lambda cls: [size for sort, size in model.sizes.items() if sort.cls == cls]
    base, dimensions = sizes("base"), sizes("dimension")
    return max(base, default=0), sum(base), max(dimensions, default=0), sum(dimensions)


def moves_something(model: Model) -> bool:
    """Whether some group element that is a parameter is not the unit; true where there are no such parameters."""
    elements = [head for head in model.values if head.sort in model.groups]
    return not elements or any(int(model.values[head]) != model.groups[head.sort].unit for head in elements)


def _may_move_something(problem: Problem, sketch: Model) -> bool:
    """Whether values may be found with which ``moves_something``."""
    orders = [sketch.groups[head.sort].order for head in problem.variables if head.sort in sketch.groups]
    return not orders or max(orders) > 1
