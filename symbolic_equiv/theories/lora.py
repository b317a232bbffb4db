"""Attention with matrices: ``φ(v) = W v + b`` and a LoRA adapter ``(α/r) B A`` on query, key and value.

``W ∈ R^{d_k×d_in}``, ``A ∈ R^{r×d_in}``, ``B ∈ R^{d_k×r}`` for each head, all dimensions symbolic.  Scores are
divided by ``√d_k``.  The scalars ``d_k`` and ``r`` are any numbers; in a model they are the dimensions.
Source of the formula: Hu et al., LoRA: Low-Rank Adaptation of Large Language Models, 2021.
"""

from __future__ import annotations

from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.theories.attention import H as number_of_heads
from symbolic_equiv.theories.attention import Heads, attend, d_in, d_k, d_out, d_v, h, r
from symbolic_equiv.theories.language import SCALAR, Expr, concat, inner, lam, mat, sqrt, symbol, times, vec

alpha = symbol("alpha", SCALAR, latex=r"\alpha")
rank = symbol("r", SCALAR, latex="r")
key_dimension = symbol("d_k", SCALAR, latex="d_k")
W_out = symbol("W_O", mat(d_out, times(number_of_heads, d_v)), latex="W_O")


class Adapted:
    """One projection: its weight, bias and adapter, per head."""

    def __init__(self, name: str, to: Sort) -> None:
        self.weight, self.bias, self.down, self.up = (
            symbol(f"{letter}_{name}", Heads, sort, latex=f"{letter}_{name}" + "^{(#1)}")
            for letter, sort in (("W", mat(to, d_in)), ("b", vec(to)), ("A", mat(r, d_in)), ("B", mat(to, r)))
        )

    def unmerged(self, v: Expr) -> Expr:
        """``W v + b + (α/r) B (A v)``: the adapter beside the frozen weight, as it is trained."""
        return self.weight(h) @ v + self.bias(h) + (alpha / rank) * (self.up(h) @ (self.down(h) @ v))

    def merged(self, v: Expr) -> Expr:
        """``(W + (α/r) B A) v + b``: one matrix, as it is deployed."""
        return (self.weight(h) + (alpha / rank) * (self.up(h) @ self.down(h))) @ v + self.bias(h)


query, key, value = Adapted("Q", d_k), Adapted("K", d_k), Adapted("V", d_v)


def row(q: Expr, k: Expr, v: Expr, domain: Expr, merged: bool = False) -> Expr:
    """One output of attention, from the vectors that enter query, key and value."""
    project = Adapted.merged if merged else Adapted.unmerged
    score = inner(project(query, q), project(key, k)) / sqrt(key_dimension)
    return W_out @ concat(lam(h, attend(domain, score, project(value, v))))
