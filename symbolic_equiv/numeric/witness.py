"""The numeric witness: how far the two sides of a statement differ in random models of its hypotheses.

Floating point never refutes.  Where the sides differ by more than rounding, the model is confirmed in
exact arithmetic (``rigorous``), made small, and becomes the counterexample; small models are tried first.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from symbolic_equiv.kernel.sorts import KernelError, Sort
from symbolic_equiv.kernel.terms import Head, Term, abstract
from symbolic_equiv.numeric.counterexample import Counterexample, confirm
from symbolic_equiv.numeric.difference import ROUNDING, compare
from symbolic_equiv.numeric.errors import ModelError, NoModel
from symbolic_equiv.numeric.evaluate import Evaluator
from symbolic_equiv.numeric.groups import order_of
from symbolic_equiv.numeric.infinite import models as lattice_models
from symbolic_equiv.numeric.infinite import on_lattices, satisfied
from symbolic_equiv.numeric.lattice import lattice_named
from symbolic_equiv.numeric.models import Model, is_finite
from symbolic_equiv.numeric.problem import Problem
from symbolic_equiv.numeric.shrink import shrink
from symbolic_equiv.numeric.smaller import moves_something, smaller_than
from symbolic_equiv.numeric.solve import build, structure, violation
from symbolic_equiv.numeric.values import SHAPES, Style
from symbolic_equiv.theories.statement import MAX_STATED, Statement

REFUTED, NO_DIFFERENCE, UNCONFIRMED, NO_MODEL = "refuted", "no difference", "unconfirmed", "no model"

AGREEMENT = 1e-9
"""A relative difference below this counts as none, where exact arithmetic found none either."""

LIMITS = {"base": 512, "dimension": 4096}
"""The largest sizes that may be asked for."""

DRAWS = 10
MAX_UNCONFIRMED = 20
HOPELESS = 60
"""After so many models were drawn in vain, none is expected."""


@dataclass(frozen=True)
class Evidence:
    """What the numeric witness saw.

    ``verdict``: ``refuted`` (``counterexample`` is confirmed); ``no difference``; ``unconfirmed`` (the sides
    differ in floating point, in models whose hypotheses cannot be enumerated); ``no model``.
    ``largest`` is the largest difference relative to the signal over ``models`` models, ``exact`` whether
    every hypothesis was enumerated in all of them, ``nondegenerate`` whether in some model every base sort has
    two elements and every group element that is a parameter is not the unit, ``groups`` the groups that occurred.
    """

    verdict: str
    models: int
    largest: float
    counterexample: Counterexample | None = None
    nondegenerate: bool = False
    exact: bool = True
    groups: tuple[str, ...] = ()
    seconds: float = 0.0
    reason: str = ""

    def __str__(self) -> str:
        if self.verdict == NO_MODEL:
            return f"no model of the hypotheses found{': ' + self.reason if self.reason else ''}"
        size = f"largest relative difference {self.largest:.1e}"
        if self.verdict == REFUTED:
            return f"refuted in a model that satisfies every hypothesis; {size}"
        vacuous = "" if self.nondegenerate else "; possibly vacuous: no nondegenerate model found"
        kind = "a difference that could not be confirmed" if self.verdict == UNCONFIRMED else "no difference"
        return f"{kind} in {self.models} models, {size}{vacuous}"


def examine(
    statement: Statement,
    *,
    models: int = 200,
    seed: int = 0,
    budget: float = 20.0,
    sizes: Mapping[str, int] | None = None,
    simplify: bool = True,
) -> Evidence:
    """Compare both sides in ``models`` random models, at most ``budget`` seconds of work long.

    A counterexample is made small unless ``simplify`` is false.  ``sizes`` fixes base sorts and dimensions by
    name.  The same seed gives the same models.  Raises ``ModelError`` for a size that is not positive or a name
    that the statement does not have.
    """
    start, work = time.monotonic(), time.thread_time()
    try:
        problem = Problem(statement)
    except KernelError as error:
        return Evidence(NO_MODEL, 0, 0.0, reason=f"the definitions cannot be unfolded: {error}")
    if any(statement.sizes.get(sort.name, 0) > MAX_STATED for sort in problem.sorts):
        return Evidence(NO_MODEL, 0, 0.0, reason=f"no models are made at sizes above {MAX_STATED}")
    if any(map(lattice_named, statement.groups.values())):
        evidence = _examine_on_lattices(statement, models, seed, budget, sizes or {}, simplify)
        return replace(evidence, seconds=time.monotonic() - start)
    evidence = _examine(problem, models, seed, budget, sizes or {}, simplify)
    if evidence.verdict != REFUTED and not (evidence.models and evidence.exact):
        problem, left = Problem(statement, pointwise=True), budget - (time.thread_time() - work)
        if problem.is_pointwise:
            special = _examine(problem, models, seed, left, sizes or {}, simplify)
            better = (REFUTED,) if evidence.verdict == UNCONFIRMED else (REFUTED, NO_DIFFERENCE)
            evidence = special if special.verdict in better else evidence
    return replace(evidence, seconds=time.monotonic() - start)


def _examine(
    problem: Problem, models: int, seed: int, budget: float, sizes: Mapping[str, int], simplify: bool
) -> Evidence:
    start, fixed = time.thread_time(), fixed_sizes(problem, sizes)
    found, reason, failed, unconfirmed = None, "", 0, 0
    seen: list[tuple[float, bool, bool]] = []
    groups: set[str] = set()
    for number, (order, width, style) in enumerate(_plan(problem, models, seed)):
        if time.thread_time() - start > budget or (failed >= HOPELESS and not seen):
            break
        try:
            model, exact = draw_model(problem, np.random.default_rng([seed, number]), order, width, style, fixed)
            difference = compare(problem, model)
        except NoModel as error:
            failed, reason = failed + 1, str(error)
            continue
        seen.append((difference.relative, exact, is_nondegenerate(problem, model)))
        groups |= {group.name for group in model.groups.values()}
        if difference.relative > ROUNDING and unconfirmed < MAX_UNCONFIRMED:
            confirmed = confirm(problem, model.with_values(difference.at))
            unconfirmed += confirmed is None
            if confirmed is not None and (found is None or moves_something(confirmed.model)):
                found = confirmed
                if moves_something(confirmed.model):
                    break
    largest = max((relative for relative, _, _ in seen), default=0.0)
    if found and simplify:
        found = shrink(smaller_than(problem, found, seed, fixed))
    verdict = REFUTED if found else NO_MODEL if not seen else NO_DIFFERENCE if largest <= AGREEMENT else UNCONFIRMED
    return Evidence(
        verdict,
        len(seen),
        largest,
        found,
        nondegenerate=any(nondegenerate for _, _, nondegenerate in seen),
        exact=all(exact for _, exact, _ in seen),
        groups=tuple(sorted(groups)),
        reason=reason,
    )


def _examine_on_lattices(
    statement: Statement, models: int, seed: int, budget: float, sizes: Mapping[str, int], simplify: bool
) -> Evidence:
    """The same on Z and its powers: one pair of tokens at a time, exactly from the beginning."""
    start, reason, seen = time.thread_time(), "", []
    try:
        problem = on_lattices(statement)
        for model in islice(lattice_models(problem, seed, fixed_sizes(problem, sizes)), models):
            if time.thread_time() - start > budget:
                break
            if not all(satisfied(check, problem, model) for check in problem.checks):
                continue
            seen.append(_moves(problem, model))
            found = confirm(problem, model)
            if found is not None:
                relative, shown = found.relative, shrink(found) if simplify else found
                return Evidence(REFUTED, len(seen), relative, shown, any(seen), groups=_group_names(model))
    except (NoModel, KernelError) as error:
        reason = str(error)
    if not seen:
        return Evidence(NO_MODEL, 0, 0.0, reason=reason)
    return Evidence(NO_DIFFERENCE, len(seen), 0.0, nondegenerate=any(seen), groups=_group_names(model))


def _moves(problem: Problem, model: Model) -> bool:
    """Whether there are two tokens, and every element of a group that is a parameter moves them."""
    parameters = [head for head in model.values if head.sort in model.groups]
    few = any(size < 2 for sort, size in model.sizes.items() if sort.cls == "base")
    return not few and all(model.values[head].any() for head in parameters if head.sort in model.infinite)


def _group_names(model: Model) -> tuple[str, ...]:
    return tuple(sorted({group.name for group in model.groups.values()}))


def fixed_sizes(problem: Problem, sizes: Mapping[str, int]) -> dict[Sort, int]:
    """The sizes by sort; raises ``ModelError`` for an unknown name or a size below 1."""
    known = {sort.name: sort for sort in problem.sorts}
    for name, size in sizes.items():
        if name not in known:
            raise ModelError(name, f"one of {', '.join(known)}", "no such sort or dimension")
        if type(size) is not int or size < 1:
            raise ModelError(name, "a size of at least 1", repr(size), "a set of tokens or a dimension is not empty")
        if size > LIMITS[known[name].cls]:
            raise ModelError(name, f"a size of at most {LIMITS[known[name].cls]}", str(size), "choose a smaller one")
    fixed = {sort: size for sort in problem.groups if (size := order_of(problem.statement.groups.get(sort.name, "")))}
    fixed |= {known[name]: size for name, size in problem.statement.sizes.items() if name in known}
    fixed |= {known[name]: size for name, size in sizes.items()}
    for part in problem.same_size:
        if len({fixed[sort] for sort in part & fixed.keys()}) > 1:
            names = " and ".join(sorted(sort.name for sort in part))
            raise ModelError(names, "one size, as a hypothesis makes a bijection between them", f"{dict(sizes)}")
    return fixed


def _plan(problem: Problem, models: int, seed: int) -> Iterator[tuple[int, int, Style]]:
    """For each model: the largest order of a base sort, the largest dimension, and the style of its values."""
    kinds = [(1, Style(plain=True))] * 4 + [(2, Style(plain=True)), (1, Style(amplify=10)), (2, Style(amplify=30))]
    small = [(order, *kind) for order in (1, 2, 3, 4, 6, 5) for kind in kinds]
    if problem.groups:  # early on also groups of order 6: some claims fail only where the group does not commute
        orders, widths = (
            (1, 2, 3, 2, 3, 4, 6, 2, 3, 6, 6, 4, 2, 3, 6, 5),
            (1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 2, 1, 1, 1, 1),
        )
        small = [(order, width, Style(plain=True)) for order, width in zip(orders, widths, strict=True)] + small
    small = small[: (models + 1) // 2]
    yield from small
    rng = np.random.default_rng([seed, models])
    for _ in range(models - len(small)):
        order = int(rng.choice([2, 3, 4, 5, 6, 6, 7, 8]))
        yield order, 3, Style(amplify=float(rng.choice([1, 10, 30])))


def draw_model(
    problem: Problem, rng: np.random.Generator, order: int, width: int, style: Style, fixed: dict[Sort, int]
) -> tuple[Model, bool]:
    """A random model of the hypotheses, and whether they were enumerated.  Raises ``NoModel`` after some tries."""
    broken = None
    for attempt in range(DRAWS):
        shaped = replace(style, shape=SHAPES[attempt % len(SHAPES)])
        model = build(problem, structure(problem, rng, order, width, fixed), rng, shaped)
        broken, exact = violation(problem, model)
        if broken is None:
            return model, exact
    raise NoModel(f"no values found for which {broken.name} holds")


def is_nondegenerate(problem: Problem, model: Model) -> bool:
    """Whether every base sort has two elements and no parameter of a group sort is the unit."""
    if any(size < 2 for sort, size in model.sizes.items() if sort.cls == "base"):
        return False
    parameters = [head for head in model.values if head.sort in model.groups]
    if any(model.values[head] == model.groups[head.sort].unit for head in parameters):
        return False
    return all(_leaves_the_unit(head, term, model) for head, term in problem.defined if head.sort in model.groups)


def _leaves_the_unit(head: Head, term: Term, model: Model) -> bool:
    """Whether what defines ``head`` is not always the unit, whatever the elements that the model leaves open."""
    for variable in sorted(term.variables - model.values.keys(), key=lambda head: str(head.name)):
        if is_finite(variable.sort):
            term = abstract(term, variable)
    try:
        return bool((Evaluator(model).closed(term) != model.groups[head.sort].unit).any())
    except NoModel:
        return False


def examine_model(statement: Statement, model: Model) -> Evidence:
    """Compare both sides in one model, such as one from ``given.own_model``; it may refute as any other."""
    start, problem = time.monotonic(), Problem(statement)
    whole = {*problem.sorts} <= model.sizes.keys() and problem.groups <= model.groups.keys()
    if not (whole and problem.actions <= model.actions.keys()):
        return Evidence(NO_MODEL, 0, 0.0, reason="the model has not all the sets, groups and actions")
    broken, exact = violation(problem, model)
    if broken is not None:
        return Evidence(NO_MODEL, 0, 0.0, exact=exact, reason=f"{broken.name} does not hold")
    difference = compare(problem, model)
    found = confirm(problem, model.with_values(difference.at)) if exact and difference.relative else None
    verdict = REFUTED if found else NO_DIFFERENCE if difference.relative <= AGREEMENT else UNCONFIRMED
    nondegenerate, seconds = is_nondegenerate(problem, model), time.monotonic() - start
    return Evidence(verdict, 1, difference.relative, found, nondegenerate, exact, seconds=seconds)
