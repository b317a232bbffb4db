"""Models that a user gives by hand, as tables, and their validation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Head, Term, text
from symbolic_equiv.numeric.errors import ModelError, NoModel
from symbolic_equiv.numeric.evaluate import Evaluator
from symbolic_equiv.numeric.foresight import strip
from symbolic_equiv.numeric.groups import Group, actions, cyclic, group_named
from symbolic_equiv.numeric.models import Model, Polynomial, Value, is_finite, signature
from symbolic_equiv.numeric.problem import Problem, Requirement
from symbolic_equiv.numeric.solve import build, violation
from symbolic_equiv.numeric.values import SHAPES, Style
from symbolic_equiv.numeric.witness import DRAWS, LIMITS, fixed_sizes
from symbolic_equiv.theories import language, pairs
from symbolic_equiv.theories.statement import Statement

_SUMS = tuple(item.declaration for item in (language.sum_, language.softmax_, *pairs.CONSTANTS))
PARTS = ("constant", "linear", "curvature")


def own_model(
    statement: Statement,
    values: Mapping[str, Any],
    *,
    sizes: Mapping[str, int] | None = None,
    groups: Mapping[str, str | Any] | None = None,
    seed: int = 0,
    allow_empty: bool = False,
) -> Model:
    """A model from explicit tables, by the names of the variables; what is missing is drawn at random.

    A table is nested lists or an array: one axis for each finite argument, then the value's own; elements are
    counted from 0.  A map of vectors is a mapping with ``constant``, ``linear`` and ``curvature`` (see
    ``Polynomial``; a missing part is zero).  ``groups`` gives a name (``Z/3``, ``S3``, ``Z/2×Z/2``) or a table;
    sizes that neither it nor ``sizes`` gives are read off the tables.  Every hypothesis is checked.

    Raises ``ModelError`` for a value that does not fit, a hypothesis that fails and, unless ``allow_empty``, a sum
    or softmax over nothing; ``NoModel`` where the missing values cannot be found.
    """
    problem, rng = Problem(statement), np.random.default_rng(seed)
    heads = {str(head.name): head for head in statement.variables()} | {str(h.name): h for h in problem.variables}
    for name in values:
        if name not in heads:
            raise ModelError(name, f"one of {', '.join(sorted(heads))}", "no such variable")
    chosen = _groups(problem, groups or {})
    fixed = fixed_sizes(problem, sizes or {})
    model = _sized(problem, {heads[name]: value for name, value in values.items()}, fixed, chosen)
    given = {heads[name]: _value(heads[name], value, model) for name, value in values.items()}
    for head, value in given.items():
        dimension = problem.size_of(head)
        if dimension is not None and value != model.size(dimension):
            expected = f"{model.size(dimension)}, the dimension of that name"
            raise ModelError(str(head.name), expected, f"{value:g}", "leave it out, or change the size")
    defined = dict(problem.defined)
    model = model.with_values({head: value for head, value in given.items() if head not in defined})
    model = _with_inverses(problem, model)
    full = _completed(problem, model, rng)
    for _ in range(DRAWS):  # a neighbourhood that was drawn, not given, is drawn again where it is empty
        if allow_empty or _empty_domain(problem, full) is None:
            break
        full = _completed(problem, model, rng)
    for head, term in problem.defined:
        if head in given:
            _check_defined(head, given[head], term, full)
    place = None if allow_empty else _empty_domain(problem, full)
    if place is not None:
        raise ModelError(place, "at least one element to sum over", "none", "fill the set, or allow it to be empty")
    return full


def _groups(problem: Problem, groups: Mapping[str, Any]) -> dict[Sort, Group]:
    known = {sort.name: sort for sort in problem.groups}
    for name in groups:
        if name not in known:
            raise ModelError(name, f"one of the groups {', '.join(sorted(known)) or '(none)'}", "no such group")
    make = lambda name, given: group_named(given) if isinstance(given, str) else Group(name, np.asarray(given))
    return {known[name]: make(name, given) for name, given in groups.items()}


def _sized(problem: Problem, given: dict[Head, Any], fixed: dict[Sort, int], groups: dict[Sort, Group]) -> Model:
    """Sizes and groups: as given, or else from the tables, a bijection, or the least that is of interest."""
    sizes = dict(fixed)
    for sort, group in groups.items():
        if group.order > LIMITS["base"]:
            raise ModelError(sort.name, f"a group of order at most {LIMITS['base']}", f"{group}")
        if sizes.setdefault(sort, group.order) != group.order:
            raise ModelError(
                sort.name, f"{sizes[sort]} elements, its size", f"the group {group} of order {group.order}"
            )
    for head, value in given.items():
        axes = _axes(head.sort)
        shape = _shape(value)
        if len(shape) == len(axes):
            for sort, size in zip(axes, shape):
                if sort.tag == "name" and size:
                    sizes.setdefault(sort, size)
    for part in problem.same_size:
        known = [sizes[sort] for sort in sorted(part, key=str) if sort in sizes]
        if len(set(known)) > 1:
            names = " and ".join(sorted(sort.name for sort in part))
            raise ModelError(names, "one size, as a hypothesis makes a bijection between them", f"sizes {known}")
        sizes |= {sort: known[0] for sort in part if known and sort not in sizes}
    sizes |= {sort: 1 if sort.cls == "dimension" else 2 for sort in problem.sorts if sort not in sizes}
    groups = {sort: groups.get(sort) or cyclic(sizes[sort]) for sort in problem.groups}
    acting = {pair: actions(groups[pair[0]], groups[pair[1]])[-1] for pair in problem.actions}
    return Model(sizes, groups, acting)


def _shape(value: Any) -> tuple[int, ...]:
    """The shape of nested lists; () for what is no table, which ``_table`` complains about."""
    try:
        return () if isinstance(value, Mapping) else np.shape(value)
    except ValueError:
        return ()


def _axes(sort: Sort) -> list[Sort]:
    """The sort or dimension of each axis of a table."""
    args, result = signature(sort)
    axes = [arg.args[0] if arg.name == "Fin" else arg for arg in args if is_finite(arg)]
    return axes + (list(result.args) if result.cls == "linear" else [])


def _value(head: Head, given: Any, model: Model) -> Value:
    """The value as an array or a polynomial, if its shape and entries fit."""
    name, (args, result) = str(head.name), signature(head.sort)
    finite = tuple(model.size(arg) for arg in args if is_finite(arg))
    real = [arg for arg in args if not is_finite(arg)]
    if not real:
        return _table(name, given, finite + model.shape(result), result, model)
    if not isinstance(given, Mapping) or not given or not set(given) <= set(PARTS):
        raise ModelError(name, f"a mapping with some of {', '.join(PARTS)}, as it takes {real[0]}", f"{given!r:.80}")
    out, width = int(np.prod(model.shape(result), dtype=int)), sum(map(model.coordinates, real))
    shapes = {"constant": (*finite, out), "linear": (*finite, out, width), "curvature": (*finite, out)}
    number = lambda part, shape: _table(f"{name}.{part}", given[part], shape, language.SCALAR, model)
    return Polynomial(
        **{part: number(part, shape) if part in given else np.zeros(shape) for part, shape in shapes.items()}
    )


def _table(name: str, given: Any, shape: tuple[int, ...], result: Sort, model: Model) -> np.ndarray:
    try:
        array = np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        raise ModelError(name, f"numbers in the shape {shape}", f"{given!r:.80}") from None
    if array.shape != shape:
        raise ModelError(name, f"a table of shape {shape}", f"shape {array.shape}", "see the sizes of its sorts")
    if not np.isfinite(array).all():
        raise ModelError(name, "finite numbers", "an infinite one or no number")
    if not is_finite(result):
        return array
    size = model.size(result)
    bad = np.argwhere((array != np.floor(array)) | (array < 0) | (array >= size))
    if len(bad):
        at = tuple(map(int, bad[0]))
        wanted = "true or false" if result.name == "Bool" else f"elements of {result}, counted from 0 to {size - 1}"
        raise ModelError(name, wanted, f"{array[at]:g} at {at}")
    return array.astype(bool if result.name == "Bool" else int)


def _with_inverses(problem: Problem, model: Model) -> Model:
    """The model with the inverse of each given bijection; raises where one is not one-to-one."""
    for f, g in problem.undone:
        if f in model.values:
            image = model.values[f]
            for k, point in enumerate(image):
                first = int(np.argmax(image == point))
                if first < k:
                    found = f"{f.name}({first}) = {f.name}({k}) = {point}"
                    raise ModelError(
                        str(f.name), f"a one-to-one map, as {g.name} undoes it", found, "give each its own"
                    )
            if g not in model.values and (g, f) in problem.undone:
                model = model.with_values({g: np.argsort(image)})
    return model


def _completed(problem: Problem, model: Model, rng: np.random.Generator) -> Model:
    """The model with random values for the missing variables, so that all hypotheses hold."""
    restricted = frozenset().union(*(check.variables for check in problem.checks))
    missing = restricted - model.values.keys()
    for attempt in range(DRAWS if missing else 1):
        full = build(problem, model, rng, Style(shape=SHAPES[attempt % len(SHAPES)]))
        broken, _ = violation(problem, full)
        if broken is None:
            return full
    if broken.variables & missing:
        raise NoModel(f"no values found for which {broken.name} holds")
    raise _failure(broken, full)


def _failure(broken: Requirement, model: Model) -> ModelError:
    """Where a hypothesis fails, in words."""
    evaluator = Evaluator(model)
    left, right = evaluator.closed(broken.left), evaluator.closed(broken.right)
    at = np.unravel_index((left != right).argmax(), left.shape)
    names, body = _names(broken.left)
    where = ", ".join(f"{name} = {k}" for name, k in zip(names, at))
    expected = f"{text(body, tuple(names[::-1]))} = {right[at]}" + (f" at {where}" if where else "")
    return ModelError(broken.name, expected, str(left[at]), "change the values so that the hypothesis holds")


def _names(term: Term) -> tuple[list[str], Term]:
    names = []
    while term.body is not None:
        names.append(term.hint + "'" * names.count(term.hint))
        term = term.body
    return names, term


def _check_defined(head: Head, given: Value, term: Term, model: Model) -> None:
    wanted = Evaluator(model).closed(term)
    if isinstance(given, Polynomial) or wanted.shape != given.shape:
        raise ModelError(str(head.name), "the value that a hypothesis defines", "another map", "leave it out")
    if (wanted != given).any():
        at = tuple(map(int, np.argwhere(wanted != given)[0]))
        raise ModelError(str(head.name), f"{wanted[at]} at {at}, by a hypothesis", str(given[at]), "leave it out")


def _empty_domain(problem: Problem, model: Model) -> str | None:
    """The first place where a sum or a softmax of the claim runs over nothing, or None."""
    open_heads = tuple(head for head in problem.ranged if head not in model.values)
    evaluator = Evaluator(model)
    places = (_empty(side, (), (), evaluator) for side in problem.sides(open_heads))
    return next((place for place in places if place), None)


def _empty(term: Term, binders: tuple[Sort, ...], names: tuple[str, ...], evaluator: Evaluator) -> str | None:
    if term.body is not None:
        return _empty(term.body, (*binders, term.domain), (*names, term.hint), evaluator)
    if term.head.declaration in _SUMS:
        predicate = term.args[0]
        inner, body = strip(predicate)
        chosen = evaluator.spread(body, binders + inner).any(axis=tuple(range(-len(inner), 0)))
        if not chosen.all():
            at = np.argwhere(~chosen)[0] if chosen.ndim else ()
            where = ", ".join(f"{name} = {k}" for name, k in zip(names, at))
            return text(body, (*_names(predicate)[0][::-1], *names[::-1])) + (f" at {where}" if where else "")
    return next((place for arg in term.args if (place := _empty(arg, binders, names, evaluator))), None)
