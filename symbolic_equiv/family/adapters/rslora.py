"""Kalajdzievski: A Rank Stabilization Scaling Factor for Fine-Tuning with LoRA, 2023."""

from symbolic_equiv.family.ingredients import Adapter, Projection
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import r
from symbolic_equiv.theories.language import Expr, mat, sqrt
from symbolic_equiv.theories.lora import alpha, rank


def rslora(at: Projection, v: Expr) -> Expr:
    """``W v + b + (α/√r) B (A v)``."""
    down, up = at.parameter("A", mat(r, at.columns)), at.parameter("B", mat(at.rows, r))
    return adapters.lora(at.weight, up, down, alpha / sqrt(rank)).unmerged(v) + at.bias


ADAPTER = Adapter("rslora", "rsLoRA", "W + (α/√r) B A", map=rslora)
