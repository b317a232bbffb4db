"""Kopiczko et al.: VeRA: Vector-based Random Matrix Adaptation, 2024."""

from symbolic_equiv.family.ingredients import Adapter, Projection
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import r
from symbolic_equiv.theories.language import Expr, mat, vec


def vera(at: Projection, v: Expr) -> Expr:
    """``W v + b + β ⊙ B (δ ⊙ A v)``."""
    down, up = at.parameter("A", mat(r, at.columns)), at.parameter("B", mat(at.rows, r))
    beta, delta = at.parameter("beta", at.target), at.parameter("delta", vec(r))
    return adapters.vera(at.weight, up, down, beta, delta).unmerged(v) + at.bias


ADAPTER = Adapter("vera", "VeRA", "W + diag(β) B diag(δ) A", map=vera)
