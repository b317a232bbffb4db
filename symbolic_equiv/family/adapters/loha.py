"""Hyeon-Woo et al.: FedPara: Low-Rank Hadamard Product for Communication-Efficient Federated Learning, 2022."""

from symbolic_equiv.family.ingredients import Adapter, Projection
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import r
from symbolic_equiv.theories.language import SCALAR, Expr, mat, symbol

c = symbol("c", SCALAR)


def loha(at: Projection, v: Expr) -> Expr:
    """``W v + b + c ((B₁ A₁) ⊙ (B₂ A₂)) v``."""
    down, up = (lambda k: at.parameter(f"A{k}", mat(r, at.columns))), lambda k: at.parameter(f"B{k}", mat(at.rows, r))
    return adapters.loha(at.weight, up(1), down(1), up(2), down(2), c).unmerged(v) + at.bias


ADAPTER = Adapter("loha", "LoHa", "W + c (B₁ A₁) ⊙ (B₂ A₂)", map=loha)
