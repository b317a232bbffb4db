"""Orthogonal adapters, W R, on all four projections."""

import symbolic_equiv as se
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import (
    f, i, L, neighbourhoods_move, rho, rho_is_relative, v, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import ONE, PSI, Layer


def adapted(of):
    return adapters.orthogonal(of.weight, of.matrix("R", of.of, of.of))


one, layer = adapted(ONE), Layer("OFT", adapted)


@se.theorem(one.merged @ v, one.unmerged(v), title="An orthogonal adapter merged into a weight equals one before it")
def orthogonal_merged(prove):
    """That R is orthogonal is not needed."""
    prove.to(
        one.unmerged(v),
        by=se.laws("linear maps"),
        because="a product of matrices acts one after the other",
    )


@se.theorem(
    layer[L(y, f), rho](i),
    L(y, layer[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with an orthogonal adapter is translation equivariant",
)
def orthogonal(prove):
    """R turns the features, the same way for every token; that it is orthogonal is not needed."""
    prove.to(
        L(y, layer[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, layer.maps)),
        because="an orthogonal adapter is one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
