"""Zhang et al.: Adaptive Budget Allocation for Parameter-Efficient Fine-Tuning, 2023."""

from symbolic_equiv.family.ingredients import Adapter, Projection
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import r
from symbolic_equiv.theories.language import SCALAR, Expr, mat, symbol, vec

c = symbol("c", SCALAR)


def adalora(at: Projection, v: Expr) -> Expr:
    """``W v + b + c B (E ⊙ A v)``."""
    down, up = at.parameter("A", mat(r, at.columns)), at.parameter("B", mat(at.rows, r))
    values = at.parameter("E", vec(r))
    return adapters.adalora(at.weight, up, values, down, c).unmerged(v) + at.bias


ADAPTER = Adapter("adalora", "AdaLoRA", "W + c B diag(E) A", map=adalora)
