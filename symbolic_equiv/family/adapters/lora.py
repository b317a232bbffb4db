"""Hu et al.: LoRA: Low-Rank Adaptation of Large Language Models, 2022."""

from symbolic_equiv.family.ingredients import Adapter, Projection
from symbolic_equiv.theories.language import Expr


def lora(at: Projection, v: Expr) -> Expr:
    """``W v + b + c B (A v)``."""
    return at.weight @ v + at.bias + at.change(v)


ADAPTER = Adapter("lora", "LoRA", "W + (α/r) B A beside the frozen weight.", map=lora)
