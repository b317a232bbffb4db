"""VeRA, W + diag(b) B diag(d) A, on all four projections."""

import symbolic_equiv as se
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import (
    f, i, L, neighbourhoods_move, r, rho, rho_is_relative, v, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import ONE, PSI, Layer


def adapted(of):
    B, A = of.matrix("B", of.to, r), of.matrix("A", r, of.of)
    return adapters.vera(of.weight, B, A, of.vector("lambda_b", of.to), of.vector("lambda_d", r))


one, layer = adapted(ONE), Layer("VeRA", adapted)


@se.theorem(one.merged @ v, one.unmerged(v), title="VeRA merged into a weight equals VeRA beside it")
def vera_merged(prove):
    """Two diagonal matrices, each of which scales entry by entry."""
    prove.to(
        one.unmerged(v),
        by=se.laws("linear maps", "entries"),
        because="a diagonal matrix scales entry by entry",
    )


@se.theorem(
    layer[L(y, f), rho](i),
    L(y, layer[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with VeRA is translation equivariant",
)
def vera(prove):
    """That B and A are shared by all layers does not matter here."""
    prove.to(
        L(y, layer[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, layer.maps)),
        because="VeRA is one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
