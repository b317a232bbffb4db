"""Liu et al.: DoRA: Weight-Decomposed Low-Rank Adaptation, 2024."""

from symbolic_equiv.family.ingredients import Adapter, Projection
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import r
from symbolic_equiv.theories.language import SCALAR, Expr, mat, symbol

c = symbol("c", SCALAR)


def dora(at: Projection, v: Expr) -> Expr:
    """``(m / ‖W + c B A‖) ⊙ (W + c B A) v + b``: the norm of a row does not see the token."""
    down, up = at.parameter("A", mat(r, at.columns)), at.parameter("B", mat(at.rows, r))
    magnitude = at.parameter("m", at.target)
    return adapters.dora(at.weight, up, down, c, magnitude).unmerged(v) + at.bias


ADAPTER = Adapter("dora", "DoRA", "(m / ‖W + c B A‖) ⊙ (W + c B A), a norm of weights", map=dora)
