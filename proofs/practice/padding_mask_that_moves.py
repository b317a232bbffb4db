"""A padding mask belongs to the signal: where it moves with the tokens, the layer is equivariant."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    attend, encoding, f, h, heads, i, j, L, moved, N, neighbourhoods_move, phi_key, phi_qry, phi_val, rho,
    rho_is_relative, S, signal, x, x_inv, x_is_bijective, y,
)  # fmt: skip

mask, masked = (se.symbol(name, S, se.BOOL) for name in ("mask", "masked"))
ī = x_inv(x(i) - y)
i_bar = se.symbol("i_bar", S, latex=r"\overline{i}")


def row(query, key, value, domain):
    return heads(attend(domain, se.inner(phi_qry(h, query), phi_key(h, key)), phi_val(h, value)))


m = se.define(
    "m_masked",
    signal,
    encoding,
    masked,
    i,
    row(signal(i), signal(j) + encoding(i, j), signal(j), N(i, j) & masked(j)),
    latex=("m", "[#1, #2, #3]", "(#4)"),
)
T = se.define("T", y, masked, i, masked(x_inv(x(i) - y)), latex=("T_{#1}", "[#2]", "(#3)"))


@se.theorem(
    m[L(y, f), rho, T(y, mask)](i),
    L(y, m[f, rho, mask])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with a mask that moves with the tokens is equivariant",
)
def padding_mask_that_moves(prove):
    """The mask is re-indexed with the tokens that it is about."""
    prove.let(i_bar, ī)
    j_bar = x_inv(x(j) - y)
    prove.to(
        row(f(ī), f(j_bar) + rho(i, j), f(j_bar), N(i, j) & mask(j_bar)),
        by=se.unfold(m, L, T),
        because="write out m and both translations",
    )
    prove.to(
        row(f(ī), f(j) + rho(moved(ī), moved(j)), f(j), N(moved(ī), moved(j)) & mask(j)),
        by=[se.reindex(j, moved(j)), se.using(x_is_bijective), se.laws("groups")],
        because="put x⁻¹(x(j) + y) for j, in the sum and in the softmax",
    )
    prove.to(
        row(f(ī), f(j) + rho(ī, j), f(j), N(ī, j) & mask(j)),
        by=[se.using(neighbourhoods_move, rho_is_relative, x_is_bijective), se.laws("groups")],
        because="neighbourhoods and encoding do not change under the translation",
    )
    prove.to(L(y, m[f, rho, mask])(i), by=se.fold(m, L), because="recognise m and the translation")


if __name__ == "__main__":
    se.run(__file__)
