"""Over which elements a sum runs where there are infinitely many: the solutions of ``n j + c = d``.

A predicate on a lattice is a conjunction of ``W(n j + c, …)`` with finitely many elements in ``W``, or all but finitely
many.  Of any other it cannot be told where it ends, and the sum is ``Undecided``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from symbolic_equiv.kernel.terms import BOUND, Term
from symbolic_equiv.numeric.errors import Undecided
from symbolic_equiv.numeric.lattice import Element, Identity, Lattice, Rule
from symbolic_equiv.theories import language, ranges

if TYPE_CHECKING:
    from symbolic_equiv.numeric.exact import Exact


class HalfLine(NamedTuple):
    """The whole numbers from ``least`` on, or those up to ``most``."""

    least: int | None
    most: int | None


class Affine(NamedTuple):
    """``n j + c`` on a lattice."""

    n: int
    c: Element


def elements(exact: Exact, domain: Term, env: tuple) -> list[Element] | None:
    """The elements of an infinite sort that satisfy ``domain``, an abstraction; None where they are infinitely many.

    Raises ``Undecided`` where that cannot be told.
    """
    lattice, inside = exact.model.infinite[domain.domain], (None, *env)
    unknown, least, most = False, None, None
    for part in _conjuncts(domain.body):
        if not _mentions(part):
            if not exact.value(part, inside):
                return []
            continue
        candidates = _candidates(exact, part, inside, lattice)
        if candidates is None:
            unknown = True
        elif isinstance(candidates, HalfLine):
            least = max((p for p in (least, candidates.least) if p is not None), default=None)
            most = min((p for p in (most, candidates.most) if p is not None), default=None)
        elif candidates is not ALMOST_ALL:
            return [p for p in sorted(candidates) if exact.value(domain.body, (p, *env))]
    if least is not None and most is not None:
        if most - least > MAX_WINDOW:
            raise Undecided("a very long sum")
        return [p for p in range(least, most + 1) if exact.value(domain.body, (p, *env))]
    if unknown or least is not None or most is not None:  # up to i, of infinitely many: no author means 0 by that
        raise Undecided("where the domain of a sum ends")
    return None


MAX_WINDOW = 10_000
"""The longest sum from one whole number to another."""


ALMOST_ALL: Any = object()
"""All elements but finitely many."""


def _conjuncts(term: Term) -> Iterator[Term]:
    if term.body is None and term.head.declaration == language.and_.declaration:
        for arg in term.args:
            yield from _conjuncts(arg)
    else:
        yield term


def _mentions(term: Term) -> bool:
    """Whether the innermost bound variable occurs."""
    return bool(term.context) and term.context[0] is not None


def _candidates(exact: Exact, part: Term, env: tuple, lattice: Lattice) -> set[Element] | HalfLine | Any | None:
    """The elements at which alone a predicate may hold, or ``ALMOST_ALL``; None if it cannot be told.

    A half-line is exactly where it holds.
    """
    if part.head.declaration in (ranges.not_.declaration, ranges.or_.declaration):
        found = [_candidates(exact, arg, env, lattice) if _mentions(arg) else None for arg in part.args]
        return _negated(found[0]) if len(found) == 1 else _united(*found)
    if part.head.declaration is not None and part.head.declaration.name in ("below", "equal"):
        return _compared(exact, part, env, lattice)
    rule = exact.model.values.get(part.head)
    if not isinstance(rule, Rule) or any(arg.sort not in exact.model.infinite for arg in part.args):
        return None
    args = [_affine(exact, arg, env, lattice) for arg in part.args]
    if None in args:
        return None
    if not any(arg.n for arg in args):
        return ALMOST_ALL if rule.at(tuple(arg.c for arg in args)) else set()
    support = rule.support()
    if support is None:
        return ALMOST_ALL if rule.is_cofinite() else None
    return {p for key in support for p in _solutions(args, key, lattice)}


def _negated(found: set[Element] | HalfLine | Any | None) -> HalfLine | Any | None:
    if isinstance(found, HalfLine):
        return HalfLine(None, found.least - 1) if found.least is not None else HalfLine(found.most + 1, None)
    return ALMOST_ALL if isinstance(found, set) else None


def _united(one: Any, other: Any) -> set[Element] | Any | None:
    if one is ALMOST_ALL or other is ALMOST_ALL:
        return ALMOST_ALL
    return one | other if isinstance(one, set) and isinstance(other, set) else None


def _compared(exact: Exact, part: Term, env: tuple, lattice: Lattice) -> set[Element] | HalfLine | None:
    """Where ``n j + c`` is the smaller one, or the same as the other."""
    if lattice.rank != 1 or part.args[0].sort not in exact.model.infinite:
        return None
    left, right = (_affine(exact, arg, env, lattice) for arg in part.args)
    if left is None or right is None:
        return None
    n, c = left.n - right.n, right.c - left.c  # n j < c, or n j = c
    if n == 0:
        return None
    if part.head.declaration.name == "equal":
        return {c // n} if c % n == 0 else set()
    return HalfLine(None, -(-c // n) - 1) if n > 0 else HalfLine(c // n + 1, None)


def _solutions(args: list[Affine], key: tuple[Element, ...], lattice: Lattice) -> Iterator[Element]:
    """The j with ``n j + c = d`` for each argument and its part of the key; at least one argument has n ≠ 0."""
    place, (n, c) = next((place, arg) for place, arg in enumerate(args) if arg.n)
    rest = lattice.coordinates(lattice.product(key[place], lattice.inverted(c)))
    if any(number % n for number in rest):
        return
    j = lattice.element([number // n for number in rest])
    if all(lattice.product(lattice.multiple(n, j), c) == d for (n, c), d in zip(args, key, strict=True)):
        yield j


def _affine(exact: Exact, term: Term, env: tuple, lattice: Lattice) -> Affine | None:
    """A word of a lattice as a function of the innermost bound variable."""
    if not _mentions(term):
        return Affine(0, exact.value(term, env))
    if term.head.kind == BOUND:
        return Affine(1, lattice.unit)
    if isinstance(exact.model.values.get(term.head), Identity):
        return _affine(exact, term.args[0], env, lattice)
    if term.head.declaration not in (language.mul.declaration, language.inv.declaration):
        return None
    parts = [_affine(exact, arg, env, lattice) for arg in term.args]
    if None in parts:
        return None
    if len(parts) == 1:
        return Affine(-parts[0].n, lattice.inverted(parts[0].c))
    return Affine(parts[0].n + parts[1].n, lattice.product(parts[0].c, parts[1].c))
