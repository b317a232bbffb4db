"""LoHa, W + c (B₁ A₁) ⊙ (B₂ A₂), on all four projections."""

import symbolic_equiv as se
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import (
    f, i, L, neighbourhoods_move, r, rho, rho_is_relative, v, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import ONE, PSI, Layer


def adapted(of):
    B, A = of.matrix("B", of.to, r), of.matrix("A", r, of.of)
    return adapters.loha(of.weight, B, A, of.matrix("D", of.to, r), of.matrix("C", r, of.of), of.scalar("c"))


one, layer = adapted(ONE), Layer("LoHa", adapted)


@se.theorem(one.merged @ v, one.unmerged(v), title="LoHa merged into a weight equals LoHa beside it")
def loha_merged(prove):
    """A Hadamard product of two products is a matrix as any other."""
    prove.to(
        one.unmerged(v),
        by=se.laws("linear maps"),
        because="matrices add and scale entry by entry",
    )


@se.theorem(
    layer[L(y, f), rho](i),
    L(y, layer[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with LoHa is translation equivariant",
)
def loha(prove):
    """A Hadamard product of matrices sees no token."""
    prove.to(
        L(y, layer[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, layer.maps)),
        because="LoHa is one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
