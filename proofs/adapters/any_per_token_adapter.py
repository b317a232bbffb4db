"""Whatever the four projections are, the layer is equivariant: an adapter that sees one token changes nothing."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    f, i, L, neighbourhoods_move, rho, rho_is_relative, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import PSI, attention


@se.theorem(
    attention(*PSI)[L(y, f), rho](i),
    L(y, attention(*PSI)[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with any four projections is translation equivariant",
)
def any_per_token_adapter():
    """Any map of the vector of one token, on any of the four; the theorems about single adapters are instances."""


if __name__ == "__main__":
    se.run(__file__)
