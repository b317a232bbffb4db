"""Sums and softmaxes, over one index or over pairs, seen alike: a domain, a body or score, and what they bind."""

from __future__ import annotations

from collections.abc import Sequence

from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Head, Term, abstract, apply, eta
from symbolic_equiv.logic.rewriting import fresh
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.theories.language import softmax_, sum_, true
from symbolic_equiv.theories.pairs import softmax_pairs, sum_pairs


def is_sum(term: Term) -> bool:
    return is_call(term, sum_) or is_call(term, sum_pairs)


def is_everything(domain: Term) -> bool:
    """Whether a sum over this domain leaves nothing out."""
    return domain.body is not None and is_call(domain.body, true)


def is_softmax(term: Term) -> bool:
    return is_call(term, softmax_) or is_call(term, softmax_pairs)


def binds(term: Term) -> bool:
    """Whether the term is a sum or a softmax."""
    return is_sum(term) or is_softmax(term)


def index_sorts(term: Term) -> list[Sort]:
    """The sorts that a sum or softmax runs over: one, or two for pairs."""
    found, part = [], term.args[0]
    while part.body is not None:
        found.append(part.domain)
        part = part.body
    return found


def indices(term: Term, *others: Term) -> list[Head]:
    """Fresh variables for what a sum or softmax binds, in none of the ``others`` either."""
    found: list[Head] = []
    for sort in index_sorts(term):
        found.append(fresh(sort, term, *others, *map(eta, found)))
    return found


def at(function: Term, heads: Sequence[Head]) -> Term:
    """A domain, body or score at these indices."""
    return apply(function, [eta(head) for head in heads])


def over(heads: Sequence[Head], body: Term, like: Term) -> Term:
    """``λ heads. body``, with the names that the function ``like`` binds."""
    hints = []
    for _ in heads:
        hints.append(like.hint)
        like = like.body or like
    for head, hint in reversed(list(zip(heads, hints, strict=True))):
        body = abstract(body, head, hint)
    return body
