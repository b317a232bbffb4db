"""Counterexamples on a place: models from the smallest on, each claim compared without rounding error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import chain, product
from typing import Any

import numpy as np

from symbolic_equiv.family.places import Element, Place, instances
from symbolic_equiv.family.tabulated import tabulated
from symbolic_equiv.family.worlds import KNOWN, Arbitrary, Setting
from symbolic_equiv.kernel.sorts import BASE, Sort
from symbolic_equiv.kernel.terms import Head, Term
from symbolic_equiv.kernel.theorem import Equation
from symbolic_equiv.numeric.counterexample import Counterexample
from symbolic_equiv.numeric.errors import NoModel, Undecided
from symbolic_equiv.numeric.foresight import strip
from symbolic_equiv.numeric.infinite import satisfied
from symbolic_equiv.numeric.models import Model, Value, unfold_completely
from symbolic_equiv.numeric.problem import Problem, Requirement
from symbolic_equiv.numeric.rigorous import PRECISIONS, Exact, Gap, clearest
from symbolic_equiv.numeric.shrink import shrink
from symbolic_equiv.theories.attention import i, x, x_inv, x_is_bijective, y
from symbolic_equiv.theories.language import one
from symbolic_equiv.theories.statement import Hypothesis, Statement

CLEAR = Fraction(1, 1000)
"""A counterexample shows a difference of at least this much, relative to the signal."""

STYLES = 6
TRIES = 2000
"""Simpler models that are looked at, ten for each that is evaluated exactly."""


@dataclass(frozen=True, eq=False)
class Spot:
    """Where a claim may fail: the moduli of a place, a style of values, a token, a translation; and values found."""

    moduli: tuple[int, ...]
    style: int
    token: Element
    step: Element
    values: tuple[tuple[Head, Value], ...] = ()


@dataclass(frozen=True)
class Found:
    """A model in which both sides of a claim differ, though every hypothesis holds."""

    statement: Statement
    place: Place
    model: Model
    gap: Gap
    spot: Spot

    @property
    def token(self) -> Element:
        return self.place.element(_number(self.model.values[i.head]))

    @property
    def step(self) -> Element:
        return self.place.element(_number(self.model.values[y.head]))


def _number(value: Any) -> Any:
    return tuple(map(int, value)) if np.ndim(value) else int(value)


def _spots(place: str) -> Iterator[Spot]:
    for at, style in product(instances(place), range(STYLES)):
        for before, step in product(at.elements(2)[:4], at.elements(2)[1:4]):
            yield Spot(at.moduli, style, at.add(before, step), step)


def search(
    statement: Statement, sides: tuple[Term, Term], setting: Setting, place: str, first: Iterable[Spot] = ()
) -> Found | None:
    """The first model, from the smallest on, in which the claim clearly fails.

    ``sides`` are those of the statement with all definitions unfolded; the spots ``first`` are tried before others.
    """
    heads = statement.variables()
    for spot in chain(first, _spots(place)):
        at = Place(place, spot.moduli)
        here = {i.head: np.array(at.number(spot.token)), y.head: np.array(at.number(spot.step)), **dict(spot.values)}
        try:
            model = setting.model(at, heads, spot.style, here)
            gap = clearest(*sides, model)
            if gap is not None and gap.relative >= CLEAR and _admits(statement, model, setting, at):
                return Found(statement, at, model, gap, spot)
        except NoModel:  # a symbol has no value in this instance
            continue
    return None


def _admits(statement: Statement, model: Model, setting: Setting, at: Place) -> bool:
    return all(holds_in(item, model, setting, at) for item in statement.hypotheses)


def simplest(found: Found, sides: tuple[Term, Term], setting: Setting) -> Found:
    """The same counterexample with small numbers, most of them 0, for all symbols that may have any."""
    problem, at = Problem(found.statement), found.place
    free = [head for head, value in found.model.values.items() if isinstance(value, Arbitrary)]
    model = tabulated(found.model, free, sides)
    try:
        model = shrink(Counterexample(problem, model, found.gap), TRIES, only={*free, i.head, y.head}).model
        gap = clearest(*sides, model)
        if gap is None or gap.relative < CLEAR or not _admits(found.statement, model, setting, at):
            return found
    except NoModel:
        return found
    token, step = (at.element(_number(model.values[head])) for head in (i.head, y.head))
    values = tuple((head, model.values[head]) for head in free)
    return replace(found, model=model, gap=gap, spot=Spot(at.moduli, 0, token, step, values))


SHOWN, SEEN, FAILS = "shown", "seen", "fails"
"""What a hypothesis does on a place: on an infinite one it may be seen near the unit only, and shown nowhere."""


def held_on(item: Hypothesis, setting: Setting, place: str) -> str:
    """``SHOWN`` if a hypothesis certainly holds in every instance of a place that its meanings allow."""
    found = []
    for at in instances(place):
        try:
            model = setting.model(at, _variables(item))
            shown = holds_in(item, model, setting, at)
            found.append(SHOWN if shown else SEEN if not at.is_finite and _seen(item, model, at) else FAILS)
        except NoModel:  # this instance has no such symbols
            continue
    return next((word for word in (FAILS, SEEN, SHOWN) if word in found), FAILS)


def _seen(item: Hypothesis, model: Model, at: Place) -> bool:
    """Whether a hypothesis holds at the elements near the unit."""
    try:
        return all(a == b for check in _checks(item.equations) for _, a, b in _points(check, model, at))
    except (NoModel, Undecided):
        return False


def failure(item: Hypothesis, setting: Setting, place: str) -> tuple[Place, dict[str, Element]] | None:
    """An instance and elements at which a hypothesis fails; on an infinite place among those near the unit."""
    for at in instances(place):
        try:
            model = setting.model(at, _variables(item))
            for check in _checks(item.equations):
                for names, one_side, other in _points(check, model, at):
                    if one_side != other:
                        return at, names
        except (NoModel, Undecided):
            continue
    return None


def _points(check: Requirement, model: Model, at: Place) -> Iterator[tuple[dict[str, Element], Any, Any]]:
    """The values of both sides, one after the other, with the elements that are bound."""
    binders, left = strip(check.left)
    right, hints, term = strip(check.right)[1], [], check.left
    while term.body is not None:
        hints.append(term.hint if term.hint not in hints else f"{term.hint}'")
        term = term.body
    exact = Exact(model, PRECISIONS[0])
    for values in product(*(_span(sort, model, at) for sort in binders)):
        based = [(hint, value) for hint, value, sort in zip(hints, values, binders) if sort.cls == BASE]
        named = {hint: at.element(value) for hint, value in based}
        yield named, exact.value(left, values[::-1]), exact.value(right, values[::-1])


def _span(sort: Sort, model: Model, at: Place) -> list[Any]:
    """The elements near the unit, or the vectors of the basis: enough to see most failures."""
    if sort.cls == BASE:
        return [at.number(p) for p in at.elements(KNOWN[len(at.moduli)] // 2)]  # so that sums are known too
    if sort.name == "Vec":
        (size,) = model.shape(sort)
        return [tuple(Fraction(int(k == n)) for k in range(size)) for n in range(size)]
    raise NoModel(f"all values of a {sort} cannot be tried")


def _variables(item: Hypothesis) -> list[Head]:
    found = {head for equation in item.equations for side in equation for head in side.variables}
    return sorted(found, key=lambda head: str(head.name))


@lru_cache(maxsize=256)
def _checks(equations: tuple[Equation, ...]) -> tuple[Requirement, ...]:
    return tuple(Requirement("", unfold_completely(left), unfold_completely(right)) for left, right in equations)


@lru_cache(maxsize=256)
def _problem(equations: tuple[Equation, ...]) -> Problem:
    """The equations of a hypothesis, beside the bijection that every place has."""
    item = Hypothesis("hypothesis", "", equations)
    return Problem(Statement("hypothesis", one(), one(), (item, x_is_bijective)))


_HELD: dict[tuple[Any, ...], bool] = {}


def holds_in(item: Hypothesis, model: Model, setting: Setting, at: Place) -> bool:
    """Whether a hypothesis certainly holds in a model: by enumeration or, on an infinite place, by proof.

    What was found of one that is about meanings only is kept.
    """
    meanings = [(str(head.name), setting.meaning.get(str(head.name))) for head in _variables(item)]
    fixed = all(found is not None or name in (x.head.name, x_inv.head.name) for name, found in meanings)
    key = (item.equations, at, tuple(meanings), tuple(sorted(setting.sizes.items(), key=str))) if fixed else None
    if key not in _HELD:
        problem = _problem(item.equations)
        held = all(satisfied(check, problem, model) for check in _checks(item.equations) if check.left != check.right)
        if key is None:
            return held
        _HELD[key] = held
    return _HELD[key]
