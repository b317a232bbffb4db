"""Liu et al.: Few-Shot Parameter-Efficient Fine-Tuning is Better and Cheaper than In-Context Learning, 2022."""

from symbolic_equiv.family.ingredients import Adapter, Projection
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.language import Expr


def ia3(at: Projection, v: Expr) -> Expr:
    """``l ⊙ W v + b``."""
    return adapters.ia3(at.weight, at.parameter("l", at.target)).unmerged(v) + at.bias


ADAPTER = Adapter("ia3", "IA³", "diag(l) W", map=ia3)
