"""LoRA on the queries, DoRA on the keys, IA³ on the values, nothing on the output: any subset, several at once."""

import symbolic_equiv as se
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import (
    f, i, L, neighbourhoods_move, r, rho, rho_is_relative, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import PSI, Layer, plain


def lora(of):
    return adapters.lora(of.weight, of.matrix("B", of.to, r), of.matrix("A", r, of.of), of.scalar("c"))


def dora(of):
    B, A = of.matrix("B", of.to, r), of.matrix("A", r, of.of)
    return adapters.dora(of.weight, B, A, of.scalar("c"), of.vector("m", of.to))


def ia3(of):
    return adapters.ia3(of.weight, of.vector("l", of.to))


layer = Layer("mixed", (lora, dora, ia3, plain))


@se.theorem(
    layer[L(y, f), rho](i),
    L(y, layer[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with LoRA, DoRA and IA³ at once is translation equivariant",
)
def different_adapters(prove):
    """Which adapter is on which projection does not matter, nor on how many there is one."""
    prove.to(
        L(y, layer[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, layer.maps)),
        because="each of the four is one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
