"""Values that satisfy the hypotheses of a problem, found from the shape of the hypotheses.

Nothing that is found here is trusted: ``violation`` checks every hypothesis by enumeration afterwards.
"""

from __future__ import annotations

from math import prod

import numpy as np

from symbolic_equiv.kernel.sorts import BASE, Sort
from symbolic_equiv.kernel.terms import Head, Term
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.evaluate import Evaluator
from symbolic_equiv.numeric.foresight import strip
from symbolic_equiv.numeric.groups import actions, candidates, representations
from symbolic_equiv.numeric.models import Model, Polynomial, Value, is_finite, signature
from symbolic_equiv.numeric.problem import Problem, Requirement
from symbolic_equiv.numeric.values import Style, draw, identity_or_random_bijection, orthogonal

MAX_POINTS = 30_000_000
TOLERANCE = 1e-9
"""To which accuracy an equation of numbers is checked in float64; a counterexample is checked exactly."""


ACTED_ON = {2: (1, 2), 3: (3, 1), 4: (4, 2), 5: (5,), 6: (1, 3, 6), 7: (7,), 8: (9,)}
ACTING = {(2, 2): 2, (3, 3): 2, (4, 4): 3, (5, 5): 4, (6, 3): 6, (7, 7): 3, (8, 9): 4}
"""Orders of a group that is acted on, by the order of the model, and of one that acts on it without being idle.

They give one position with C₂, C₃ or S₃, Z/n ⋊ C₂, (Z/2)² ⋊ C₃, Z/5 ⋊ C₄, Z/3 ⋊ S₃ and (Z/3)² ⋊ C₄.
"""


def structure(problem: Problem, rng: np.random.Generator, order: int, width: int, fixed: dict[Sort, int]) -> Model:
    """Sizes, groups and actions: some base sort has ``order`` elements, none more; dimensions are at most ``width``.

    ``fixed`` sizes are kept.  Sorts joined by a bijection have one size.  Raises ``NoModel`` where the closed
    hypotheses, such as commutativity, hold for none of the groups that were tried.
    """
    for _ in range(12):
        model = _structure(problem, rng, order, width, fixed)
        if all(check.variables or not _differs(check, model) for check in problem.checks):
            return model
    raise NoModel("no group of this order satisfies the hypotheses about groups")


def _structure(problem: Problem, rng, order: int, width: int, fixed: dict[Sort, int]) -> Model:
    chosen = lambda: int(rng.integers(1, width + 1)) if width > 1 else 1
    sizes = {sort: chosen() for sort in problem.sorts if sort.cls == "dimension"}
    parts = problem.same_size
    leading = rng.integers(len(parts)) if parts else 0
    for k, part in enumerate(parts):
        size = order if k == leading or rng.random() < 0.5 else int(rng.integers(1, order + 1))
        size = 2 if any(sort.name == "Bool" for sort in part) else size
        dimensions = {sort: sort.args[0] if sort.name == "Fin" else sort for sort in part if sort.name != "Bool"}
        for sort in dimensions.values():
            size = fixed.get(sort, size)
        sizes |= {sort: size for sort in dimensions.values() if sort.tag == "name"}
    sizes |= _semidirect(problem, rng, order, parts)
    sizes |= {sort: size for sort, size in fixed.items() if sort in sizes}
    choose = lambda options: options[rng.integers(len(options))]
    groups = {}
    for sort in sorted(problem.groups, key=str):
        options = candidates(problem.statement.groups.get(sort.name, ""), sizes[sort])
        if not options:
            raise NoModel(f"{sort} is {problem.statement.groups[sort.name]}, which never has {sizes[sort]} elements")
        groups[sort] = choose(options)
    acting = {}
    for pair in sorted(problem.actions, key=str):
        options = actions(groups[pair[0]], groups[pair[1]])
        acting[pair] = options[-1] if rng.random() < 0.5 else choose(options)  # the last one moves the most
    return Model(sizes, groups, acting)


def _semidirect(problem: Problem, rng, order: int, parts: list[set[Sort]]) -> dict[Sort, int]:
    """Sizes for a group and one that acts on it, every other time: few sizes have an action that is not trivial."""
    sizes: dict[Sort, int] = {}
    for acting, on in sorted(problem.actions, key=str):
        moved, moving = (next((part for part in parts if sort in part), {sort}) for sort in (on, acting))
        if order not in ACTED_ON or moved is moving or rng.random() < 0.5:
            continue
        size = int(rng.choice(ACTED_ON[order]))
        for part, count in ((moved, size), (moving, ACTING.get((order, size), order))):
            if all(sort.cls == BASE for sort in part):
                sizes |= dict.fromkeys(part, count)
    return sizes


def build(problem: Problem, model: Model, rng: np.random.Generator, style: Style) -> Model:
    """``model`` with a value for each variable that is not ranged and has none, by the shapes of the hypotheses."""
    values: dict[Head, Value] = dict(model.values)
    needed = [head for head in problem.variables if head not in problem.ranged and head not in values]
    for head in needed:
        if (size := problem.size_of(head)) is not None:
            values[head] = np.array(float(model.size(size)))
    for f, g in sorted(problem.undone, key=lambda pair: pair not in problem.bijections):
        _undo(f, g, values, model, rng, style)
    waiting = [head for head in needed if head not in values]
    while waiting:
        ready = [head for head in waiting if _before(problem, head) <= values.keys() | {head}] or waiting[:1]
        for head in ready:
            known = Model(model.sizes, model.groups, model.actions, values)
            values[head] = _draw_restricted(problem, head, known, rng, style)
        waiting = [head for head in waiting if head not in values]
    _iterate(problem, Model(model.sizes, model.groups, model.actions, values), set(needed))
    return Model(model.sizes, model.groups, model.actions, values)


def violation(problem: Problem, model: Model) -> tuple[Requirement | None, bool]:
    """The first hypothesis that does not hold, or None; and whether all of them could be enumerated."""
    exact = True
    for check in problem.checks:
        evaluator = Evaluator(model)
        if _differs(check, model, evaluator):
            return check, exact
        exact = exact and not evaluator.sampled
    return None, exact


def _differs(check: Requirement, model: Model, evaluator: Evaluator | None = None) -> bool:
    binders, _ = strip(check.left)
    if prod(model.size(sort) if is_finite(sort) else 1 for sort in binders) > MAX_POINTS:
        raise NoModel(f"{check.name} has too many cases to be checked at these sizes")
    evaluator = evaluator or Evaluator(model)
    left, right = evaluator.closed(check.left), evaluator.closed(check.right)
    if left.dtype.kind != "f" and right.dtype.kind != "f":
        return not np.array_equal(left, right)
    size = np.abs(right).max(initial=1.0)
    return not np.abs(left - right).max(initial=0.0) <= TOLERANCE * size


def _undo(f: Head, g: Head, values: dict[Head, Value], model: Model, rng, style: Style) -> None:
    """Values with g ∘ f = identity, for those of the two that have none."""
    inner, outer = map(model.size, f.sort.args)
    if f in values and g not in values:
        values[g] = _left_inverse(values[f], inner, outer, rng)
    elif f == g:
        values[f] = np.arange(inner) if style.keeps_order else _involution(inner, rng)
    elif f not in values:
        image = identity_or_random_bijection(rng, max(inner, outer), style)[:inner] % outer
        if g in values:
            image = _left_inverse(values[g], outer, inner, rng)
        values[f] = image
        values.setdefault(g, _left_inverse(image, inner, outer, rng))


def _left_inverse(f: np.ndarray, inner: int, outer: int, rng) -> np.ndarray:
    g = rng.integers(inner, size=outer)
    g[f] = np.arange(inner)
    return g


def _involution(size: int, rng) -> np.ndarray:
    """A random map that is its own inverse."""
    order, image = rng.permutation(size), np.arange(size)
    for a, b in zip(order[::2], order[1::2]):
        if rng.random() < 0.8:
            image[a], image[b] = b, a
    return image


def _before(problem: Problem, head: Head) -> set[Head]:
    """The variables that have to be known before ``head`` can be drawn."""
    checks = problem.same_entries.get(head, []) + problem.given_entries.get(head, [])
    return set().union(*(check.variables for check in checks))


def _homomorphism(times: str, head: Head, model: Model, rng) -> Value | None:
    """A homomorphism of a finite group into numbers or matrices: into the sums of numbers there is only 0."""
    (source,), result = signature(head.sort)
    if source not in model.groups:
        return None
    shape = (model.size(source), *model.shape(result))
    if times == "+":
        return np.zeros(shape)
    ways = representations(model.groups[source])
    chosen = ways[rng.integers(len(ways))].astype(float)
    if not shape[1:] or shape[-1] % 2:  # a sign, the determinant
        signs = np.linalg.det(chosen).round()
        return signs if not shape[1:] else signs[:, None, None] * np.eye(shape[-1])
    return np.kron(np.eye(shape[-1] // 2), chosen) if shape[-1] > 2 else chosen


def _draw_restricted(problem: Problem, head: Head, model: Model, rng, style: Style) -> Value:
    if head in problem.orthogonal:
        return orthogonal(rng, model.shape(head.sort), style)
    if head in problem.homomorphisms:
        value = _homomorphism(problem.homomorphisms[head], head, model, rng)
        if value is not None:
            return value
    value = draw(rng, head.sort, model, style)
    args, result = signature(head.sort)
    if not args and head.sort in model.groups and model.size(head.sort) > 1 and rng.random() < 0.9:
        group = model.groups[head.sort]
        others = [p for p in range(group.order) if p != group.unit]
        return np.array(others[rng.integers(len(others))])
    if head not in problem.same_entries and head not in problem.given_entries:
        return value
    shape = tuple(model.size(arg) for arg in args if is_finite(arg))
    labels = np.arange(prod(shape))
    for check in problem.same_entries.get(head, []):
        left, right = (_cells(side, model, shape) for side in (check.left, check.right))
        labels = _merge(labels, left, right)
    if (labels != np.arange(len(labels))).any():
        value = _by_class(value, labels, shape, result.name == "Bool" and len(args) == len(shape))
    for check in problem.given_entries.get(head, []):
        if not isinstance(value, Polynomial) and not _before(problem, head) - {head} - model.values.keys():
            given = Evaluator(model).closed(check.right)
            cells = _cells(check.left, model, shape)
            flat = value.reshape(len(labels), *value.shape[len(shape) :]).copy()
            entries = given.reshape(-1, *flat.shape[1:])
            for cell, entry in zip(np.broadcast_to(cells, len(entries)), entries):  # without arguments: one cell
                flat[labels == labels[cell]] = entry
            value = flat.reshape(value.shape)
    return value


def _cells(side: Term, model: Model, shape: tuple[int, ...]) -> np.ndarray:
    """For every value of the binders of ``λ…. N(…)``, the number of the entry of N that is meant."""
    binders, body = strip(side)
    evaluator = Evaluator(model)
    args = [evaluator.spread(arg, binders) for arg in body.args if is_finite(arg.sort)]
    return np.ravel_multi_index([arg.astype(int) for arg in args], shape).ravel()


def _merge(labels: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The smallest number in each class, once the entries ``left[k]`` and ``right[k]`` are in one class for all k."""
    while True:
        lower = labels.copy()
        np.minimum.at(lower, left, labels[right])
        np.minimum.at(lower, right, labels[left])
        np.minimum.at(lower, labels, lower)
        lower = lower[lower]
        if (lower == labels).all():
            return labels
        labels = lower


def _by_class(value: Value, labels: np.ndarray, shape: tuple[int, ...], predicate: bool) -> Value:
    """The value with one entry for each class; a predicate keeps its rows non-empty."""
    pick = lambda table: table.reshape(len(labels), *table.shape[len(shape) :])[labels].reshape(table.shape)
    if isinstance(value, Polynomial):
        return Polynomial(pick(value.constant), pick(value.linear), pick(value.curvature))
    if not predicate or not value.reshape(-1, shape[-1]).any(axis=-1).all():
        return pick(value)
    chosen = pick(value).ravel()
    for row in range(0, len(labels), shape[-1]):
        if not chosen[row : row + shape[-1]].any():
            cell = row + int(value.ravel()[row : row + shape[-1]].argmax())
            chosen = chosen | (labels == labels[cell])
    return chosen.reshape(value.shape)


def _iterate(problem: Problem, model: Model, free: set[Head]) -> None:
    """Bring the variables with ``f = t[f]`` to a fixed point of t, if they reach one soon."""
    for head, sides in problem.fixed_points.items():
        if head in free and head not in dict(problem.undone) and not isinstance(model.values[head], Polynomial):
            for side in sides * 4:
                model.values[head] = np.array(Evaluator(model).closed(side))
