"""Equivariance is kept along training: it holds for every value of the trained matrices, so at every step."""

import symbolic_equiv as se
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import (
    f, i, L, neighbourhoods_move, r, rho, rho_is_relative, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import PSI, Layer

time = se.symbol("time", se.base("T"))


def lora(of):
    """LoRA with matrices that are others at every time."""
    at = lambda letter, rows, columns: of.over(time, letter, se.mat(rows, columns))
    return adapters.lora(of.weight, at("B", of.to, r), at("A", r, of.of), of.scalar("c"))


layer = Layer("LoRA", lora)


@se.theorem(
    layer[L(y, f), rho](i),
    L(y, layer[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with LoRA is equivariant at every time of its training",
)
def training_keeps_equivariance(prove):
    """A and B are whatever the optimiser has made of them; nothing is assumed of them."""
    prove.to(
        L(y, layer[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, layer.maps)),
        because="at every time LoRA is one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
