"""Projections φ(v) = W v + b: a bias is the same for every token."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    f, i, L, neighbourhoods_move, rho, rho_is_relative, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import PSI, Layer, plain

layer = Layer("affine", plain)


@se.theorem(
    layer[L(y, f), rho](i),
    L(y, layer[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with matrices and biases is translation equivariant",
)
def biases(prove):
    """An affine map of one token is a map of one token."""
    prove.to(
        L(y, layer[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, layer.maps)),
        because="W v + b is one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
