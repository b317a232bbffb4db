"""What is seen of a term before it is evaluated: what it binds and asks for twice, how large its arrays will be."""

from __future__ import annotations

from functools import lru_cache
from math import prod

from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import BOUND, Term
from symbolic_equiv.numeric.models import Model, is_finite

SAMPLES = 4
"""The points that a binder over an infinite sort stands for."""

Binders = tuple[Sort, ...]


def strip(term: Term) -> tuple[Binders, Term]:
    """The sorts that a term binds at its front, and what is under them."""
    binders = []
    while term.body is not None:
        binders.append(term.domain)
        term = term.body
    return tuple(binders), term


def extent(sort: Sort, model: Model) -> int:
    return model.size(sort) if is_finite(sort) else SAMPLES


@lru_cache(maxsize=1024)
def asked_twice(term: Term, depth: int) -> frozenset[tuple[Term, int]]:
    """The subterms, each with the number of binders around it, that are asked for more than once: they are kept."""
    seen: set[tuple[Term, int]] = set()
    twice: set[tuple[Term, int]] = set()
    stack = [(term, depth)]
    while stack:
        node = stack.pop()
        if node in seen:
            twice.add(node)
            continue
        seen.add(node)
        inside, depth = node
        below = inside.args if inside.body is None else (inside.body,)
        stack += [(part, depth + (inside.body is not None)) for part in below]
    return frozenset(twice)


def largest_array(term: Term, model: Model) -> int:
    """How many entries the largest array has that the evaluation of a closed, unfolded term makes."""
    return max(prod(extent(sort, model) for sort in axes) * prod(model.shape(of)) for axes, of in _arrays(term))


@lru_cache(maxsize=256)
def _arrays(term: Term) -> frozenset[tuple[tuple[Sort, ...], Sort]]:
    """The arrays that the evaluation of a closed term makes: the sorts of their axes, and that of their values."""
    known: dict[tuple[Term, int], frozenset[int]] = {}
    made: set[tuple[tuple[Sort, ...], Sort]] = set()

    def walk(term: Term, binders: Binders) -> frozenset[int]:
        """The axes of a value."""
        key = term, len(binders)
        if key not in known:
            if term.body is not None:
                known[key] = walk(term.body, (*binders, term.domain)) - {len(binders)}
            else:
                own = {len(binders) - 1 - term.head.index} if term.head.kind == BOUND else set()
                known[key] = frozenset(own).union(*(walk(arg, binders) for arg in term.args))
                made.add((tuple(binders[axis] for axis in sorted(known[key])), term.sort))
        return known[key]

    binders, body = strip(term)
    walk(body, binders)
    return frozenset(made)
