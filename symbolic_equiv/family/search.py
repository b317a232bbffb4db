"""Counterexamples on a place: worlds from the smallest on, each claim compared without rounding error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, product
from typing import Any

from symbolic_equiv.family.places import Element, Place, instances
from symbolic_equiv.family.worlds import Lazy, World
from symbolic_equiv.kernel.sorts import BASE, Sort
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, apply, eta
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.numeric.errors import NoModel, Undecided
from symbolic_equiv.numeric.models import unfold_completely
from symbolic_equiv.numeric.rigorous import PRECISIONS, Gap, bounds, entries_of
from symbolic_equiv.theories.attention import i, y
from symbolic_equiv.theories.language import inner, matvec
from symbolic_equiv.theories.statement import Hypothesis, Statement

CLEAR = Fraction(1, 1000)
"""A counterexample shows a difference of at least this much, relative to the signal."""

STYLES = 6
IDENTITY: dict[str, Callable[..., Any]] = {"x": lambda place, token: token, "x_inv": lambda place, p: p}


Spot = tuple[tuple[int, ...], int, Element, Element]
"""Where a claim may fail: the moduli of a place, a style of values, a token and a translation."""


@dataclass(frozen=True)
class Setting:
    """What the ingredients of a cell say about their symbols."""

    meaning: Mapping[str, Callable[..., Any]]
    support: Mapping[str, Callable[[Place], list[Element]]]
    sizes: Mapping[Sort, int]

    def world(self, place: Place, style: int = 0, values: Mapping[Head, Any] | None = None) -> World:
        """One instance of the place with these meanings."""
        return World(
            self.sizes,
            values=dict(values or {}),
            place=place,
            support=self.support,
            meaning={**IDENTITY, **self.meaning},
            style=style,
        )


@dataclass(frozen=True)
class Found:
    """A world in which both sides of a claim differ, though every hypothesis holds."""

    statement: Statement
    world: World
    gap: Gap
    spot: Spot

    @property
    def relative(self) -> Fraction:
        """A lower bound of the difference, relative to the larger side."""
        return relative(self.gap)


def relative(gap: Gap) -> Fraction:
    """At least this far apart, relative to the larger side."""
    (a, b), (c, d) = gap.left, gap.right
    size = max(abs(end) for end in (a, b, c, d))
    return max(c - b, a - d) / size if size else Fraction(0)


def _spots(place: str) -> Iterator[Spot]:
    for at, style in product(instances(place), range(STYLES)):
        for before, step in product(at.elements(2)[:4], at.elements(2)[1:4]):
            yield at.moduli, style, at.add(before, step), step


def search(
    statement: Statement, sides: tuple[Term, Term], setting: Setting, place: str, first: Iterable[Spot] = ()
) -> Found | None:
    """The first world, from the smallest on, in which the claim clearly fails.

    ``sides`` are those of the statement with all definitions unfolded; the spots ``first`` are tried before others.
    """
    general = [item for item in statement.hypotheses if not _mentions(item, (i.head, y.head))]
    local = [item for item in statement.hypotheses if item not in general]
    for spot in chain(first, _spots(place)):
        moduli, style, token, step = spot
        world = setting.world(Place(place, moduli), style, {i.head: token, y.head: step})
        try:
            gap = compare(*sides, world)
            clear = gap is not None and relative(gap) >= CLEAR
            if clear and _admits(world, general) and all(holds_in(item, world) for item in local):
                return Found(statement, world, gap, spot)
        except NoModel:  # a symbol has no value in this instance
            continue
    return None


def simpler(found: Found, sides: tuple[Term, Term]) -> Found:
    """The same counterexample with plain values for as many symbols as leave the difference clear."""
    for name in sorted(str(head.name) for head in found.statement.variables()) if found.world.style else ():
        world = replace(found.world, plain=found.world.plain | {name})
        gap = compare(*sides, world)
        if (
            gap is not None
            and relative(gap) >= CLEAR
            and all(holds_in(item, world) for item in found.statement.hypotheses)
        ):
            found = replace(found, world=world, gap=gap)
    return found


_ADMITTED: dict[tuple[Any, ...], bool] = {}


def _admits(world: World, hypotheses: Iterable[Hypothesis]) -> bool:
    """Whether hypotheses that mention neither i nor y hold in a world; what was found is kept."""
    for item in hypotheses:
        names = {str(head.name) for equation in item.equations for side in equation for head in side.variables}
        meanings = frozenset((name, world.meaning.get(name)) for name in names)
        key = item.equations, world.place, world.style, world.plain, meanings, frozenset(world.sizes.items())
        if key not in _ADMITTED:
            _ADMITTED[key] = holds_in(item, world)
        if not _ADMITTED[key]:
            return False
    return True


def compare(left: Term, right: Term, world: World) -> Gap | None:
    """The entry of two unfolded terms at which they differ most, if they certainly do."""
    for precision in PRECISIONS:
        lazy = Lazy(world, precision)
        try:
            pairs = zip(entries_of(lazy.value(left, ())), entries_of(lazy.value(right, ())), strict=True)
            ends = [(at, bounds(one), bounds(other)) for (at, one), (_, other) in pairs]
        except Undecided:  # a sign, say: try again with more digits
            continue
        apart = [Gap(*each) for each in ends if each[1][1] < each[2][0] or each[2][1] < each[1][0]]
        return max(apart, key=relative, default=None)
    return None


def holds_on(item: Hypothesis, setting: Setting, place: str) -> bool:
    """Whether a hypothesis holds in every instance of a place that its meanings allow."""
    found = []
    for at in instances(place):
        try:
            found.append(holds_in(item, setting.world(at)))
        except NoModel:  # this instance has no such symbols
            continue
    return bool(found) and all(found)


def failure(item: Hypothesis, setting: Setting, place: str) -> tuple[Place, dict[str, Any]] | None:
    """An instance and elements at which a hypothesis fails."""
    for at in instances(place):
        try:
            for left, right in item.equations:
                for names, one, other in _points(left, right, setting.world(at)):
                    if one != other:
                        return at, names
        except NoModel:
            continue
    return None


def holds_in(item: Hypothesis, world: World) -> bool:
    """Whether a hypothesis holds in a world.

    Elements are enumerated, on an infinite place those near the unit: there the meanings are periodic or additive,
    so that these decide.  A real variable that both sides are linear in takes the vectors of the basis.
    """
    return all(one == other for left, right in item.equations for _, one, other in _points(left, right, world))


def _points(left: Term, right: Term, world: World) -> Iterator[tuple[dict[str, Any], Any, Any]]:
    """The values of both sides, one after the other, with those of what is bound."""
    left, right = unfold_completely(left), unfold_completely(right)
    if left == right:
        return
    lazy = Lazy(world, PRECISIONS[0])
    if left.body is not None and left.sort.args[1].name == "Bool" and not world.place.is_finite:
        yield {}, lazy.domain(left, ()), lazy.domain(right, ())
        return
    heads: list[Head] = []
    while left.body is not None:
        head = Head(VARIABLE, f"{left.hint}", left.domain)
        while head in heads or head in left.variables or head in right.variables:
            head = Head(VARIABLE, f"{head.name}'", left.domain)
        heads.append(head)
        left, right = apply(left, [eta(head)]), apply(right, [eta(head)])
    spans = [_span(head, left, right, world) for head in heads]
    for values in product(*spans):
        here = Lazy(world.with_values(dict(zip(heads, values))), PRECISIONS[0])
        named = {str(head.name): value for head, value in zip(heads, values)}
        yield named, here.value(left, ()), here.value(right, ())


def _span(head: Head, left: Term, right: Term, world: World) -> Iterable[Any]:
    if head.sort.cls == BASE:
        return world.place.elements(2)
    if head.sort.name == "Vec" and _is_linear(left, head) and _is_linear(right, head):
        (size,) = world.shape(head.sort)
        return [tuple(Fraction(int(k == n)) for k in range(size)) for n in range(size)]
    raise NoModel(f"all values of {head.name} cannot be tried")


def _is_linear(term: Term, head: Head) -> bool:
    """Whether the variable stands once, under matrices and in inner products only."""
    while term != eta(head):
        places = [k for k, arg in enumerate(term.args) if head in arg.variables]
        if len(places) != 1 or not (is_call(term, inner) or (is_call(term, matvec) and places == [1])):
            return False
        term = term.args[places[0]]
    return True


def _mentions(item: Hypothesis, heads: Iterable[Head]) -> bool:
    return any(head in side.variables for equation in item.equations for side in equation for head in heads)
