"""AdaLoRA, W + c B diag(E) A, on all four projections."""

import symbolic_equiv as se
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import (
    f, i, L, neighbourhoods_move, r, rho, rho_is_relative, v, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import ONE, PSI, Layer


def adapted(of):
    B, A = of.matrix("B", of.to, r), of.matrix("A", r, of.of)
    return adapters.adalora(of.weight, B, of.vector("E", r), A, of.scalar("c"))


one, layer = adapted(ONE), Layer("AdaLoRA", adapted)


@se.theorem(one.merged @ v, one.unmerged(v), title="AdaLoRA merged into a weight equals AdaLoRA beside it")
def adalora_merged(prove):
    """Singular values scale the entries of A v."""
    prove.to(
        one.unmerged(v),
        by=se.laws("linear maps", "entries"),
        because="a diagonal matrix scales entry by entry",
    )


@se.theorem(
    layer[L(y, f), rho](i),
    L(y, layer[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with AdaLoRA is translation equivariant",
)
def adalora(prove):
    """Which singular values are kept is the same for every token."""
    prove.to(
        L(y, layer[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, layer.maps)),
        because="AdaLoRA is one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
