"""An adapter that is switched on by the position of the token, as in aLoRA."""

from symbolic_equiv.family.ingredients import Adapter, Projection
from symbolic_equiv.theories.attention import X, x
from symbolic_equiv.theories.language import SCALAR, Expr, symbol

gate = symbol("gate", X, SCALAR)


def gated(at: Projection, token: Expr, v: Expr) -> Expr:
    """``W v + b + gate(x(i)) c B (A v)``."""
    return at.weight @ v + at.bias + gate(x(token)) * (at.change(v))


ADAPTER = Adapter(
    "position-gated",
    "position-gated LoRA",
    "W v + g(x(i)) B A v: switched on at some positions.",
    map_at=gated,
    breaks="The adapter asks where the token stands: after a translation the same token meets another map.",
)
