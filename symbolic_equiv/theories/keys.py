"""Keys of several kinds in one softmax: tokens, learned keys, a token that every other one attends to.

A softmax over keys of several kinds is written out: each kind has its sum of weights and its sum of weighted values.
"""

from __future__ import annotations

from typing import NamedTuple

from symbolic_equiv.theories.language import Expr, exp, total


class Weighted(NamedTuple):
    """``Σ exp(s)`` and ``Σ exp(s) v`` over some keys."""

    weights: Expr
    values: Expr


def over(j: Expr, domain: Expr, score: Expr, value: Expr) -> Weighted:
    """The keys ``{j : domain}``, each with its score and its value."""
    return Weighted(total(j, domain, exp(score)), total(j, domain, exp(score) * value))


def single(score: Expr, value: Expr) -> Weighted:
    """One key."""
    return Weighted(exp(score), exp(score) * value)


def attend_all(first: Weighted, *more: Weighted) -> Expr:
    """One softmax over all these keys: ``Σ exp(s) v / Σ exp(s)``."""
    for part in more:
        first = Weighted(first.weights + part.weights, first.values + part.values)
    return first.values / first.weights
