"""LoRA, W + (α/r) B A, on all four projections."""

import symbolic_equiv as se
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import (
    f, i, L, neighbourhoods_move, r, rho, rho_is_relative, v, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import ONE, PSI, Layer


def adapted(of):
    B, A = of.matrix("B", of.to, r), of.matrix("A", r, of.of)
    return adapters.lora(of.weight, B, A, of.scalar("alpha") / se.symbol("r", se.SCALAR))


one, layer = adapted(ONE), Layer("LoRA", adapted)


@se.theorem(one.merged @ v, one.unmerged(v), title="LoRA merged into a weight equals LoRA beside it")
def lora_merged(prove):
    """(W + c B A) v = W v + c B (A v), for any c."""
    prove.to(
        one.unmerged(v),
        by=se.laws("linear maps"),
        because="matrices act linearly, and a product of matrices acts one after the other",
    )


@se.theorem(
    layer[L(y, f), rho](i),
    L(y, layer[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with LoRA is translation equivariant",
)
def lora(prove):
    """The two factors see the vector of one token."""
    prove.to(
        L(y, layer[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, layer.maps)),
        because="LoRA is one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
