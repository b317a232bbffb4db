"""Kopiczko et al.: VeRA: Vector-based Random Matrix Adaptation, 2024."""

from symbolic_equiv.family.ingredients import Adapter, Projection
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import r
from symbolic_equiv.theories.language import Expr, mat, vec


def vera(at: Projection, v: Expr) -> Expr:
    """``W v + b + G ⊙ B (E ⊙ A v)``."""
    down, up = at.parameter("A", mat(r, at.columns)), at.parameter("B", mat(at.rows, r))
    outer, inner = at.parameter("G", at.target), at.parameter("E", vec(r))
    return adapters.vera(at.weight, up, down, outer, inner).unmerged(v) + at.bias


ADAPTER = Adapter("vera", "VeRA", "W + diag(G) B diag(E) A, with random B and A", map=vera)
