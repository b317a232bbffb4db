"""Not equivariant: an adapter that is switched on by the position of the token."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    A_val, attend, B_val, encoding, f, h, heads, i, j, L, N, neighbourhoods_move, phi_key, phi_qry, phi_val, rho,
    rho_is_relative, signal, X, x, x_is_bijective, y,
)  # fmt: skip

gate = se.symbol("g", X, se.SCALAR)


def row(query, key, value):
    score = se.inner(phi_qry(h, query), phi_key(h, key))
    gated = phi_val(h, value) + gate(x(j)) * B_val(h, A_val(h, value))
    return heads(attend(N(i, j), score, gated))


m = se.define(
    "m_gated",
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
    "Self-attention with an adapter gated by the position is translation equivariant",
)
def position_gated_adapter():
    """The same token gets another value where it has been moved to."""


if __name__ == "__main__":
    se.run(__file__)
