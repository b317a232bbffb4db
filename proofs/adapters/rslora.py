"""rsLoRA, W + (α/√r) B A, on all four projections."""

import symbolic_equiv as se
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import (
    f, i, L, neighbourhoods_move, r, rho, rho_is_relative, v, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import ONE, PSI, Layer


def adapted(of):
    B, A = of.matrix("B", of.to, r), of.matrix("A", r, of.of)
    return adapters.lora(of.weight, B, A, of.scalar("alpha") / se.sqrt(se.symbol("r", se.SCALAR)))


one, layer = adapted(ONE), Layer("rsLoRA", adapted)


@se.theorem(one.merged @ v, one.unmerged(v), title="rsLoRA merged into a weight equals rsLoRA beside it")
def rslora_merged(prove):
    """Only the number in front of B A is another than in LoRA."""
    prove.to(
        one.unmerged(v),
        by=se.laws("linear maps"),
        because="matrices act linearly, and a product of matrices acts one after the other",
    )


@se.theorem(
    layer[L(y, f), rho](i),
    L(y, layer[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with rsLoRA is translation equivariant",
)
def rslora(prove):
    """The number in front of B A does not see the tokens."""
    prove.to(
        L(y, layer[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, layer.maps)),
        because="rsLoRA is one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
