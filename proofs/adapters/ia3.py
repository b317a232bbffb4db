"""IA³, diag(l) W, on all four projections."""

import symbolic_equiv as se
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import (
    f, i, L, neighbourhoods_move, rho, rho_is_relative, v, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import ONE, PSI, Layer


def adapted(of):
    return adapters.ia3(of.weight, of.vector("l", of.to))


one, layer = adapted(ONE), Layer("IA3", adapted)


@se.theorem(one.merged @ v, one.unmerged(v), title="IA³ merged into a weight equals IA³ behind it")
def ia3_merged(prove):
    """(diag(l) W) v = l ⊙ W v."""
    prove.to(
        one.unmerged(v),
        by=se.laws("linear maps", "entries"),
        because="a diagonal matrix scales entry by entry",
    )


@se.theorem(
    layer[L(y, f), rho](i),
    L(y, layer[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with IA³ is translation equivariant",
)
def ia3(prove):
    """The features are scaled, the same for every token."""
    prove.to(
        L(y, layer[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, layer.maps)),
        because="IA³ is one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
