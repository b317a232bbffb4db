"""Dropout left on: each token and each call has a mask of its own."""

from symbolic_equiv.family.ingredients import Adapter, Projection
from symbolic_equiv.theories.attention import S
from symbolic_equiv.theories.language import SCALAR, Expr, symbol

mask = symbol("mask", S, SCALAR)


def masked(at: Projection, token: Expr, v: Expr) -> Expr:
    """``W v + b + mask(i) c B (A v)``."""
    return at.weight @ v + at.bias + mask(token) * at.change(v)


ADAPTER = Adapter(
    "dropout",
    "LoRA with dropout left on",
    "W v + mask(i) B A v: in training mode the adapter is another map for each token.",
    map_at=masked,
    breaks="The mask belongs to the place and stays there: after a translation the same token meets another mask.",
)
