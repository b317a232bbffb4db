"""Multi-head self-attention with relative positions, no adapters: the theorem that LoRA must not disturb."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    attend, encoding, f, h, heads, i, j, L, moved, N, neighbourhoods_move, phi_key, phi_qry, phi_val, rho,
    rho_is_relative, S, signal, x, x_inv, x_is_bijective, y,
)  # fmt: skip

ī = x_inv(x(i) - y)
i_bar = se.symbol("i_bar", S, latex=r"\overline{i}")


def row(query, key, value, domain):
    return heads(attend(domain, se.inner(phi_qry(h, query), phi_key(h, key)), phi_val(h, value)))


m = se.define(
    "m_0",
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
    "Self-attention is translation equivariant",
)
def self_attention_translation_equivariance(prove):
    """One re-indexing of the sum and of the softmax; then nothing has changed but the place."""
    prove.let(i_bar, ī)
    prove.to(
        row(f(ī), f(x_inv(x(j) - y)) + rho(i, j), f(x_inv(x(j) - y)), N(i, j)),
        by=se.unfold(m, L),
        because="write out m and the translation",
    )
    prove.to(
        row(f(ī), f(j) + rho(moved(ī), moved(j)), f(j), N(moved(ī), moved(j))),
        by=[se.reindex(j, moved(j)), se.using(x_is_bijective), se.laws("groups")],
        because="put x⁻¹(x(j) + y) for j, in the sum and in the softmax",
    )
    prove.to(
        row(f(ī), f(j) + rho(ī, j), f(j), N(ī, j)),
        by=[se.using(neighbourhoods_move, rho_is_relative, x_is_bijective), se.laws("groups")],
        because="neighbourhoods and encoding do not change under the translation",
    )
    prove.to(L(y, m[f, rho])(i), by=se.fold(m, L), because="recognise m and the translation")


if __name__ == "__main__":
    se.run(__file__)
