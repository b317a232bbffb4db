"""Rewrite rules: an equation, read from left to right, and the conversions made of them.

A *conversion* takes a term t to a theorem ⊢ t = t'.  A rule gives one for the whole term it is offered,
or None where it does not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, reduce

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.sorts import KernelError, Sort, match_sort, substitute_sort
from symbolic_equiv.kernel.terms import PATTERN, VARIABLE, Head, Term, application, apply, eta
from symbolic_equiv.kernel.theorem import Axiom, Theorem
from symbolic_equiv.logic.matching import Holes, Match, fits, match, outline

Guard = Callable[[dict[str, Term]], bool]


class Rule:
    """Rewrites what matches ``left`` with the theorem that ``build`` makes of the match."""

    __slots__ = ("_outline", "build", "guard", "holes", "left")

    def __init__(self, left: Term, holes: Holes, build: Callable[[Match], Theorem], guard: Guard | None = None) -> None:
        self.left = left
        self.holes = holes
        self.build = build
        self.guard = guard
        self._outline = outline(left, holes)

    def __call__(self, term: Term) -> Theorem | None:
        found = match(self.left, term, self.holes) if fits(self._outline, term) else None
        if found is None or (self.guard is not None and not self.guard(found.values)):
            return None
        theorem = self.build(found)
        return theorem if theorem.right != term else None


def from_axiom(axiom: Axiom, guard: Guard | None = None) -> Rule:
    """The rule that an axiom without premises gives."""
    return Rule(axiom.left, axiom.left.variables, lambda found: _use(axiom, found.values, found.sorts, ()), guard)


def instance(axiom: Axiom, values: dict[str, Term], premises: Sequence[Theorem] = ()) -> Theorem:
    """The axiom with these values for its pattern variables, by name; their sorts give the sort variables."""
    sorts: dict[Sort, Sort] = {}
    for head in _patterns(axiom):
        value = values[str(head.name)]
        if not match_sort(head.sort, value.sort, sorts):
            raise KernelError(f"{axiom.name}: {head.name} is a {head.sort}, given {value}")
    return _use(axiom, values, sorts, premises)


def _use(axiom: Axiom, values: dict[str, Term], sorts: dict[Sort, Sort], premises: Sequence[Theorem]) -> Theorem:
    heads = {head: values[str(head.name)] for head in _patterns_at(axiom, tuple(sorts.items()))}
    return kernel.axiom(axiom, sorts, heads, premises)


@lru_cache(maxsize=4096)
def _patterns_at(axiom: Axiom, sorts: tuple[tuple[Sort, Sort], ...]) -> list[Head]:
    """The pattern variables of an axiom, with sorts for its sort variables."""
    return [Head(PATTERN, head.name, substitute_sort(head.sort, dict(sorts))) for head in _patterns(axiom)]


@lru_cache(maxsize=512)
def _patterns(axiom: Axiom) -> list[Head]:
    sides = [axiom.left, axiom.right, *(side for premise in axiom.premises for side in premise)]
    return sorted(frozenset().union(*(side.variables for side in sides)), key=lambda head: head.name)


def from_theorem(theorem: Theorem) -> Rule:
    """The rule that an equation between abstractions gives: for all values of what they bind."""
    holes, opened = open_binders(theorem)
    heads = [innermost(hole).head for hole in holes]
    build = lambda found: kernel.specialisation(theorem, [found.values[str(head.name)] for head in heads])
    if not holes:
        build = lambda found: theorem
    return Rule(opened.left, frozenset(heads), build)


def open_binders(theorem: Theorem) -> tuple[list[Term], Theorem]:
    """``⊢ (λa b. s) = (λa b. t)`` at the variables ``~h0``, ``~h1``: those variables and ``⊢ s = t``."""
    holes, term = [], theorem.left
    while term.body is not None:
        holes.append(eta(Head(VARIABLE, f"~h{len(holes)}", term.domain)))
        term = apply(term, [holes[-1]])
    return holes, kernel.specialisation(theorem, holes) if holes else theorem


def close_binders(theorem: Theorem, holes: list[Term]) -> Theorem:
    """Undo ``open_binders``; a hole of function sort is found under its own binders."""
    for hole in reversed(holes):
        theorem = kernel.abstraction(innermost(hole).head, theorem)
    return theorem


def innermost(term: Term) -> Term:
    """The application under all the binders of ``term``."""
    while term.body is not None:
        term = term.body
    return term


def then(first: Theorem, second: Theorem) -> Theorem:
    """Transitivity, without a step where one of the two says t = t."""
    if first.left == first.right:
        return second
    if second.left == second.right:
        return first
    return kernel.transitivity(first, second)


def chain(*theorems: Theorem) -> Theorem:
    """Transitivity over a whole chain s = t = u = …."""
    return reduce(then, theorems)


def congruent(head: Head, theorems: list[Theorem]) -> Theorem:
    """Congruence, or reflexivity where no argument changes."""
    if all(theorem.left == theorem.right for theorem in theorems):
        return kernel.reflexivity(application(head, [theorem.left for theorem in theorems]))
    return kernel.congruence(head, theorems)


def leibniz(function: Term, theorem: Theorem) -> Theorem:
    """From ⊢ a = b to ⊢ g(a) = g(b), for a function g given as an abstraction over a non-function sort."""
    hole = fresh(function.domain, function, theorem.left, theorem.right)
    return _replace(apply(function, [eta(hole)]), hole, theorem)


def _replace(term: Term, hole: Head, theorem: Theorem) -> Theorem:
    if hole not in term.variables:
        return kernel.reflexivity(term)
    if term.body is not None:
        inner = fresh(term.domain, term, theorem.left, theorem.right)
        return kernel.abstraction(inner, _replace(apply(term, [eta(inner)]), hole, theorem), term.hint)
    if term.head == hole:
        return theorem
    return kernel.congruence(term.head, [_replace(arg, hole, theorem) for arg in term.args])


def fresh(sort, *terms: Term) -> Head:
    """A variable of that sort that occurs in none of the terms, named by its depth: ``#0``, ``#1``, …"""
    return _opened(1 + max(map(level, terms)), sort)


@lru_cache(maxsize=1024)
def _opened(level: int, sort: Sort) -> Head:
    return Head(VARIABLE, f"#{level:02d}", sort)


def level(term: Term) -> int:
    """The depth of the innermost opened binder that the term mentions; -1 if it mentions none."""
    names = [str(head.name) for head in term.variables]
    return max((int(name[1:]) for name in names if name[0] == "#"), default=-1)
