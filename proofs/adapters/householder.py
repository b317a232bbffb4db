"""One Householder reflection, W (1 − 2 u uᵀ/⟨u, u⟩), on all four projections."""

import symbolic_equiv as se
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import (
    f, i, L, neighbourhoods_move, rho, rho_is_relative, v, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import ONE, PSI, Layer


def adapted(of):
    return adapters.householder(of.weight, of.vector("u", of.of))


one, layer = adapted(ONE), Layer("HRA", adapted)


@se.theorem(one.merged @ v, one.unmerged(v), title="A reflection merged into a weight equals one before it")
def householder_merged(prove):
    """(u uᵀ) v = ⟨u, v⟩ u."""
    prove.to(
        one.unmerged(v),
        by=se.laws("linear maps", "entries", "scaling"),
        because="a product u uᵀ takes v to a multiple of u",
    )


@se.theorem(
    layer[L(y, f), rho](i),
    L(y, layer[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with a reflection is translation equivariant",
)
def householder(prove):
    """The features are reflected, the same for every token."""
    prove.to(
        L(y, layer[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, layer.maps)),
        because="a reflection is one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
