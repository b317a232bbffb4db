"""Prefix tuning with keys that carry no position: learned keys and values beside those of the neighbours."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    d_k, d_v, encoding, f, h, Heads, heads, i, j, L, moved, N, neighbourhoods_move, phi_key, phi_qry, phi_val, rho,
    rho_is_relative, S, signal, x, x_inv, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.keys import attend_all, over

Prefix = se.fin(se.dim("P"))
t = se.symbol("t", Prefix)
key = se.symbol("prefix_key", Heads, Prefix, se.vec(d_k), latex="K^{(#1)}_{#2}")
value = se.symbol("prefix_value", Heads, Prefix, se.vec(d_v), latex="V^{(#1)}_{#2}")
ī = x_inv(x(i) - y)
i_bar = se.symbol("i_bar", S, latex=r"\overline{i}")


def row(at, of, encoded, domain):
    query = phi_qry(h, at)
    neighbours = over(j, domain, se.inner(query, phi_key(h, of + encoded)), phi_val(h, of))
    return heads(attend_all(neighbours, over(t, se.true(), se.inner(query, key(h, t)), value(h, t))))


m = se.define(
    "m_prefix", signal, encoding, i, row(signal(i), signal(j), encoding(i, j), N(i, j)), latex=("m", "[#1, #2]", "(#3)")
)


@se.theorem(
    m[L(y, f), rho](i),
    L(y, m[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with learned keys without positions is equivariant",
)
def prefix_keys(prove):
    """The learned keys are the same for every query, so only the sums over neighbours are re-indexed."""
    prove.let(i_bar, ī)
    prove.to(
        row(f(ī), f(x_inv(x(j) - y)), rho(i, j), N(i, j)),
        by=se.unfold(m, L),
        because="write out m and the translation",
    )
    prove.to(
        row(f(ī), f(j), rho(moved(ī), moved(j)), N(moved(ī), moved(j))),
        by=[se.reindex(j, moved(j)), se.using(x_is_bijective), se.laws("groups")],
        because="put x⁻¹(x(j) + y) for j in the sums over the neighbours",
    )
    prove.to(
        row(f(ī), f(j), rho(ī, j), N(ī, j)),
        by=[se.using(neighbourhoods_move, rho_is_relative, x_is_bijective), se.laws("groups")],
        because="neighbourhoods and encoding do not change under the translation",
    )
    prove.to(L(y, m[f, rho])(i), by=se.fold(m, L), because="recognise m and the translation")


if __name__ == "__main__":
    se.run(__file__)
