"""Lifting self-attention, from tokens to poses, is equivariant under translations and any group of automorphisms."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import f, i, j, N, rho_P, signal, x_is_bijective, y
from symbolic_equiv.theories.poses import a, b, L, L_G, lifting_row, moved, neighbourhoods_move, origin, seen_from

m = se.define(
    "m_lift",
    signal,
    i,
    a,
    lifting_row(signal(i), signal(j) + rho_P(seen_from(a, i, j)), signal(j), N(i, j)),
    latex=("m", "[#1]", "(#2, #3)"),
)
i_bar = se.symbol("i_bar", i.sort, latex=r"\overline{i}")
ī = origin(i)


@se.theorem(
    m[L(y, b, f)](i, a),
    L_G(y, b, m[f])(i, a),
    [x_is_bijective, neighbourhoods_move],
    "Lifting self-attention is equivariant",
    multiplicative=["K"],
)
def lifting_self_attention(prove):
    """Seen from the pose a, the difference of two positions does not change when all is moved by b and y."""
    prove.let(i_bar, ī)
    prove.to(
        lifting_row(f(ī), f(origin(j)) + rho_P(seen_from(a, i, j)), f(origin(j)), N(i, j)),
        by=se.unfold(m, L),
        because="write out m at the moved signal",
    )
    prove.to(
        lifting_row(f(ī), f(j) + rho_P(seen_from(a, i, moved(j))), f(j), N(moved(ī), moved(j))),
        by=[se.reindex(j, moved(j)), se.using(x_is_bijective), se.laws("groups")],
        because="put x⁻¹(b x(j) + y) for j, in the sum and in the softmax",
    )
    prove.to(
        lifting_row(f(ī), f(j) + rho_P(seen_from(se.inv(b) * a, ī, j)), f(j), N(ī, j)),
        by=[se.using(neighbourhoods_move, x_is_bijective), se.laws("groups")],
        because="neighbourhoods move along, and b acts on the difference as on the pose",
    )
    prove.to(L_G(y, b, m[f])(i, a), by=se.fold(m, L_G), because="recognise m, and how the group moves its output")


if __name__ == "__main__":
    se.run(__file__)
