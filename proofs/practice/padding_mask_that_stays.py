"""Not equivariant: a padding mask that stays where it is when the tokens move."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    attend, encoding, f, h, heads, i, j, L, N, neighbourhoods_move, phi_key, phi_qry, phi_val, rho, rho_is_relative, S,
    signal, x_is_bijective, y,
)  # fmt: skip

mask = se.symbol("mask", S, se.BOOL)
score = se.inner(phi_qry(h, signal(i)), phi_key(h, signal(j) + encoding(i, j)))
m = se.define(
    "m_masked",
    signal,
    encoding,
    i,
    heads(attend(N(i, j) & mask(j), score, phi_val(h, signal(j)))),
    latex=("m", "[#1, #2]", "(#3)"),
)


@se.conjecture(
    m[L(y, f), rho](i),
    L(y, m[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention is translation equivariant wherever the padding mask is",
)
def padding_mask_that_stays():
    """What is masked at one place is seen at another."""


if __name__ == "__main__":
    se.run(__file__)
