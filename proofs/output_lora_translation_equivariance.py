"""A further LoRA adapter on the output map changes nothing either."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    attend, d_out, d_v, delta_key, delta_qry, delta_val, encoding, f, H, h, i, j, L, N, neighbourhoods_move, phi_key,
    phi_out, phi_qry, phi_val, r, rho, rho_is_relative, signal, x_is_bijective, y,
)  # fmt: skip

A_out = se.symbol("A_out", se.vec(se.times(H, d_v)), se.vec(r), latex=(r"\varphi^{A}_{out}", "(#1)"))
B_out = se.symbol("B_out", se.vec(r), se.vec(d_out), latex=(r"\varphi^{B}_{out}", "(#1)"))


def row(query, key, value, domain):
    score = se.inner(phi_qry(h, query) + delta_qry(h, query), phi_key(h, key) + delta_key(h, key))
    joined = se.concat(se.lam(h, attend(domain, score, phi_val(h, value) + delta_val(h, value))))
    return phi_out(joined) + B_out(A_out(joined))


m = se.define(
    "m_out",
    signal,
    encoding,
    i,
    row(signal(i), signal(j) + encoding(i, j), signal(j), N(i, j)),
    latex=("m", "[#1, #2]", "(#3)"),
)


@se.theorem(
    m[L(y, f), rho](i),
    L(y, m[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with LoRA on all four maps is translation equivariant",
)
def output_lora_translation_equivariance():
    """The output adapter is the same map for every token; the prover finds this one by itself."""


if __name__ == "__main__":
    se.run(__file__)
