"""The theorem with matrices: φ(v) = W v + b, LoRA with the scale α/r, and scores divided by √d_k."""

import symbolic_equiv as se
from symbolic_equiv.theories import lora
from symbolic_equiv.theories.attention import (
    encoding, f, i, j, L, moved, N, neighbourhoods_move, rho, rho_is_relative, S, signal, x, x_inv, x_is_bijective, y,
)  # fmt: skip

ī = x_inv(x(i) - y)
i_bar = se.symbol("i_bar", S, latex=r"\overline{i}")

m = se.define(
    "m_W",
    signal,
    encoding,
    i,
    lora.row(signal(i), signal(j) + encoding(i, j), signal(j), N(i, j)),
    latex=("m", "[#1, #2]", "(#3)"),
)


@se.theorem(
    m[L(y, f), rho](i),
    L(y, m[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "LoRA self-attention with matrices is equivariant",
)
def lora_translation_equivariance_of_matrices(prove):
    """The same with φ(v) = W v + b, Δφ = (α/r) B A and scores divided by √d_k: none of them sees a position."""
    prove.let(i_bar, ī)
    there = lora.row(f(ī), f(j) + rho(moved(ī), moved(j)), f(j), N(moved(ī), moved(j)))
    here = lora.row(f(ī), f(j) + rho(ī, j), f(j), N(ī, j))
    prove.to(
        lora.row(f(ī), f(x_inv(x(j) - y)) + rho(i, j), f(x_inv(x(j) - y)), N(i, j)),
        by=se.unfold(m, L),
        because="write out m and the translation",
    )
    prove.to(
        there,
        by=[se.reindex(j, moved(j)), se.using(x_is_bijective), se.laws("groups")],
        because="put x⁻¹(x(j) + y) for j, in the sum and in the softmax",
    )
    prove.to(
        here,
        by=[se.using(neighbourhoods_move, rho_is_relative, x_is_bijective), se.laws("groups")],
        because="neighbourhoods and encoding do not change under the translation",
    )
    prove.to(L(y, m[f, rho])(i), by=se.fold(m, L), because="recognise m and the translation")


if __name__ == "__main__":
    se.run(__file__)
