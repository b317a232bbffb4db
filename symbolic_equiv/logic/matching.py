"""Matching a pattern against a term: which values of its holes make the two equal.

Patterns are Miller patterns: a hole is applied to distinct bound variables only, so there is at most
one answer.  A hole is a pattern variable of an axiom, or a variable that the caller names as one.
"""

from __future__ import annotations

from collections.abc import Iterable

from symbolic_equiv.kernel.sorts import Sort, fun, match_sort
from symbolic_equiv.kernel.terms import CONSTANT, VARIABLE, Head, Term, abstract, apply, eta

Holes = frozenset[Head]


class Match:
    """Values for the holes and for the sort variables of a pattern."""

    __slots__ = ("sorts", "values")

    def __init__(self) -> None:
        self.values: dict[str, Term] = {}
        self.sorts: dict[Sort, Sort] = {}


def match(pattern: Term, term: Term, holes: Holes) -> Match | None:
    """The match that takes ``pattern`` to ``term``, or None."""
    return match_all([(pattern, term)], holes)


def match_all(pairs: Iterable[tuple[Term, Term]], holes: Holes) -> Match | None:
    """One match that takes every pattern to its term, or None."""
    found = Match()
    return found if all(_match(pattern, term, holes, found, ()) for pattern, term in pairs) else None


def _match(pattern: Term, term: Term, holes: Holes, found: Match, opened: tuple[Head, ...]) -> bool:
    if pattern.body is not None:
        if term.body is None or not match_sort(pattern.domain, term.domain, found.sorts):
            return False
        # the two binders may differ in sort (one is schematic), so each is opened at its own
        name = f"~b{len(opened)}"
        mine, theirs = (Head(VARIABLE, name, side.domain) for side in (pattern, term))
        left, right = apply(pattern, [eta(mine)]), apply(term, [eta(theirs)])
        return _match(left, right, holes, found, (*opened, theirs))
    head = pattern.head
    if head in holes:
        return _fill(pattern, term, found, opened)
    other = term.head
    if other is None or head.kind != other.kind or head.name != other.name or len(pattern.args) != len(term.args):
        return False
    if head.kind == CONSTANT and not (
        head.declaration == other.declaration and match_sort(head.sort, other.sort, found.sorts)
    ):
        return False
    if head.kind == VARIABLE and head != other and not str(head.name).startswith("~b"):
        return False
    return all(_match(p, t, holes, found, opened) for p, t in zip(pattern.args, term.args, strict=True))


def _fill(pattern: Term, term: Term, found: Match, opened: tuple[Head, ...]) -> bool:
    by_name = {head.name: head for head in opened}
    bound = [by_name[arg.head.name] for arg in pattern.args]
    if not match_sort(pattern.head.sort, fun(*(head.sort for head in bound), term.sort), found.sorts):
        return False
    value = term
    for head in reversed(bound):
        value = abstract(value, head)
    if any(head in value.variables for head in opened):
        return False
    return found.values.setdefault(pattern.head.name, value) == value
