"""Not equivariant: LoRA in training mode, where dropout zeroes other features in every token."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    A_val, attend, B_val, d_in, encoding, f, h, heads, i, j, L, N, neighbourhoods_move, phi_key, phi_qry, phi_val, rho,
    rho_is_relative, S, signal, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.entries import hadamard

mask = se.symbol("D", S, se.vec(d_in))


def row(query, key, value):
    score = se.inner(phi_qry(h, query), phi_key(h, key))
    return heads(attend(N(i, j), score, phi_val(h, value) + B_val(h, A_val(h, hadamard(mask(j), value)))))


m = se.define(
    "m_dropout",
    signal,
    encoding,
    i,
    row(signal(i), signal(j) + encoding(i, j), signal(j)),
    latex=("m", "[#1, #2]", "(#3)"),
)


@se.conjecture(
    m[L(y, f), rho](i),
    L(y, m[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with LoRA and dropout is translation equivariant",
)
def dropout_mask():
    """The mask belongs to the place and stays there when the tokens move; without dropout nothing is left of it."""


if __name__ == "__main__":
    se.run(__file__)
