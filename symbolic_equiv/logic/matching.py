"""Matching a pattern against a term: which values of its holes make the two equal.

Patterns are Miller patterns: a hole is applied to distinct bound variables only, so there is at most
one answer.  A hole is a pattern variable of an axiom, or a variable that the caller names as one.
"""

from __future__ import annotations

from collections.abc import Iterable

from symbolic_equiv.kernel.sorts import Sort, fun, match_sort
from symbolic_equiv.kernel.terms import BOUND, CONSTANT, Head, Term, abstraction, application

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


Outline = tuple[str | int, tuple[tuple[int, "Outline"], ...]] | None
"""The name at the head of a pattern, and the outlines of those arguments that have one; None for a hole."""


def outline(pattern: Term, holes: Holes) -> Outline:
    """What ``fits`` looks at."""
    pattern = _below(pattern)
    if pattern.head in holes:
        return None
    parts = ((place, outline(arg, holes)) for place, arg in enumerate(pattern.args))
    return pattern.head.name, tuple((place, part) for place, part in parts if part is not None)


def fits(outlined: Outline, term: Term) -> bool:
    """False only if a pattern with this outline cannot match: most do not, and here that is seen soon."""
    if outlined is None:
        return True
    name, parts = outlined
    term = _below(term)
    return term.head.name == name and all(
        place < len(term.args) and fits(part, term.args[place]) for place, part in parts
    )


def _below(term: Term) -> Term:
    while term.body is not None:
        term = term.body
    return term


def _match(pattern: Term, term: Term, holes: Holes, found: Match, binders: tuple[tuple[Sort, str], ...]) -> bool:
    """``binders`` are those passed on the way, the innermost first, with the sorts of the term's side."""
    if pattern.body is not None:
        if term.body is None or not match_sort(pattern.domain, term.domain, found.sorts):
            return False
        return _match(pattern.body, term.body, holes, found, ((term.domain, term.hint), *binders))
    head, other = pattern.head, term.head
    if head in holes:
        return _fill(pattern, term, found, binders)
    if other is None or head.kind != other.kind or head.name != other.name or len(pattern.args) != len(term.args):
        return False
    if head.kind == CONSTANT:
        if head.declaration != other.declaration or not match_sort(head.sort, other.sort, found.sorts):
            return False
    elif head.kind != BOUND and head != other:
        return False
    return all(_match(p, t, holes, found, binders) for p, t in zip(pattern.args, term.args, strict=True))


def _fill(pattern: Term, term: Term, found: Match, binders: tuple[tuple[Sort, str], ...]) -> bool:
    """The value of a hole that is applied to some of the variables bound around it."""
    places = [_place(arg) for arg in pattern.args]
    chosen = [binders[place] for place in places]
    if not match_sort(pattern.head.sort, fun(*(sort for sort, _ in chosen), term.sort), found.sorts):
        return False
    value = _renumbered(term, {place: len(places) - 1 - k for k, place in enumerate(places)}, 0)
    if value is None:
        return False
    for sort, hint in reversed(chosen):
        value = abstraction(sort, value, hint)
    return found.values.setdefault(str(pattern.head.name), value) == value


def _place(arg: Term) -> int:
    """Which bound variable an argument of a hole is; one that stands for a function is under binders of its own."""
    own = 0
    while arg.body is not None:
        arg, own = arg.body, own + 1
    return arg.head.index - own


def _renumbered(term: Term, places: dict[int, int], under: int) -> Term | None:
    """The term with its loose bound variables renumbered; None if it has one that may not occur."""
    if term.loose <= under:
        return term
    if term.body is not None:
        body = _renumbered(term.body, places, under + 1)
        return None if body is None else abstraction(term.domain, body, term.hint)
    head = term.head
    if head.kind == BOUND and head.index >= under:
        if head.index - under not in places:
            return None
        head = Head(BOUND, places[head.index - under] + under, head.sort)
    args: list[Term] = []
    for arg in term.args:
        renumbered = _renumbered(arg, places, under)
        if renumbered is None:
            return None
        args.append(renumbered)
    return application(head, args)
