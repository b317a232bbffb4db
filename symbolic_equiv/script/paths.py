"""Paths: where in a term a part of it is, and the term with another part there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symbolic_equiv.kernel.terms import Term, abstract, application, apply, eta
from symbolic_equiv.logic.folding import replaced
from symbolic_equiv.logic.rewriting import fresh
from symbolic_equiv.logic.summation import is_sum

Path = tuple[int, ...]
"""From a term to a part of it: the number of an argument, step by step; the binders on the way are opened."""


def paths(term: Term) -> Iterator[Path]:
    """The parts of a term that are no functions, each before those inside it."""
    yield ()
    for place, arg in enumerate(term.args):
        holes, inside = [], arg
        while inside.body is not None:
            holes.append(fresh(inside.domain, inside, *map(eta, holes)))
            inside = apply(inside, [eta(holes[-1])])
        yield from ((place, *rest) for rest in paths(inside))


def part_at(term: Term, path: Path) -> Term:
    """The part at a path, with variables for what is bound on the way."""
    found: list[Term] = []
    changed(term, path, lambda part: found.append(part) or part)
    return found[0]


def changed(term: Term, path: Path, change: Callable[[Term], Term]) -> Term:
    """The term with ``change(part)`` at a path.

    The domain of a sum is printed once, and stands in each softmax over it as well: it changes there too.
    """
    if not path:
        return change(term)
    place, *rest = path
    args = list(term.args)
    args[place] = _inside(args[place], lambda part: changed(part, tuple(rest), change))
    if is_sum(term) and place == 0:
        args[1] = replaced(args[1], term.args[0], args[0])
    return application(term.head, args)


def _inside(term: Term, change: Callable[[Term], Term]) -> Term:
    """The body of a function changed, under all its binders."""
    if term.body is None:
        return change(term)
    hole = fresh(term.domain, term)
    return abstract(_inside(apply(term, [eta(hole)]), change), hole, term.hint)
