"""DoRA, diag(m / ‖W + c B A‖) (W + c B A), on all four projections."""

import symbolic_equiv as se
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import (
    f, i, L, neighbourhoods_move, r, rho, rho_is_relative, v, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import ONE, PSI, Layer


def adapted(of):
    B, A = of.matrix("B", of.to, r), of.matrix("A", r, of.of)
    return adapters.dora(of.weight, B, A, of.scalar("c"), of.vector("m", of.to))


one, layer = adapted(ONE), Layer("DoRA", adapted)


@se.theorem(one.merged @ v, one.unmerged(v), title="DoRA merged into a weight equals DoRA beside it")
def dora_merged(prove):
    """W v + (g − 1) ⊙ W v + g ⊙ c B (A v) is g ⊙ (W + c B A) v, whatever the weights g of the rows are."""
    prove.to(
        one.unmerged(v),
        by=se.laws("linear maps", "entries", "addition"),
        because="a diagonal matrix scales entry by entry, and W v cancels",
    )


@se.theorem(
    layer[L(y, f), rho](i),
    L(y, layer[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with DoRA is translation equivariant",
)
def dora(prove):
    """The norms are those of the rows of a matrix: they do not see the input."""
    prove.to(
        L(y, layer[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, layer.maps)),
        because="DoRA is one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
