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
from symbolic_equiv.theories import language

if TYPE_CHECKING:
    from symbolic_equiv.numeric.exact import Exact


class Affine(NamedTuple):
    """``n j + c`` on a lattice."""

    n: int
    c: Element


def elements(exact: Exact, domain: Term, env: tuple) -> list[Element] | None:
    """The elements of an infinite sort that satisfy ``domain``, an abstraction; None where they are infinitely many.

    Raises ``Undecided`` where that cannot be told.
    """
    lattice, inside = exact.model.infinite[domain.domain], (None, *env)
    unknown = False
    for part in _conjuncts(domain.body):
        if not _mentions(part):
            if not exact.value(part, inside):
                return []
            continue
        candidates = _candidates(exact, part, inside, lattice)
        if candidates is None:
            unknown = True
        elif candidates is not ALMOST_ALL:
            return [p for p in sorted(candidates) if exact.value(domain.body, (p, *env))]
    if unknown:
        raise Undecided("where the domain of a sum ends")
    return None


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


def _candidates(exact: Exact, part: Term, env: tuple, lattice: Lattice) -> set[Element] | Any | None:
    """The elements at which alone a predicate may hold, or ``ALMOST_ALL``; None if it cannot be told."""
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
