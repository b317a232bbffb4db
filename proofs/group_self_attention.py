"""Group self-attention, from poses to poses, is equivariant under translations and any group of automorphisms."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import i, j, x_is_bijective, y
from symbolic_equiv.theories.poses import (
    a, a_hat, a_tilde, b, f_G as f, group_row, L_G, moved, N_G, neighbourhoods_of_poses_move, origin, rho_G,
    seen_from, signal_G,
)  # fmt: skip

m = se.define(
    "m_group",
    signal_G,
    i,
    a,
    group_row(
        signal_G(i, a_tilde),
        signal_G(j, a_hat) + rho_G(seen_from(a, i, j), -a_tilde * a_hat),
        signal_G(j, a_hat),
        N_G(i, a_tilde, j, a_hat),
    ),
    latex=("m", "[#1]", "(#2, #3)"),
)
i_bar = se.symbol("i_bar", i.sort, latex=r"\overline{i}")
ī = origin(i)


@se.theorem(
    m[L_G(y, b, f)](i, a),
    L_G(y, b, m[f])(i, a),
    [x_is_bijective, neighbourhoods_of_poses_move],
    "Group self-attention is equivariant",
    multiplicative=["K"],
)
def group_self_attention(prove):
    """The relative pose ã⁻¹ â of key and query does not change when both are turned; nor does what a sees."""
    prove.let(i_bar, ī)
    key = f(origin(j), -b * a_hat)
    prove.to(
        group_row(
            f(ī, -b * a_tilde),
            key + rho_G(seen_from(a, i, j), -a_tilde * a_hat),
            key,
            N_G(i, a_tilde, j, a_hat),
        ),
        by=se.unfold(m, L_G),
        because="write out m at the moved signal",
    )
    prove.to(
        group_row(
            f(ī, a_tilde),
            f(j, a_hat) + rho_G(seen_from(a, i, moved(j)), -a_tilde * a_hat),
            f(j, a_hat),
            N_G(moved(ī), b * a_tilde, moved(j), b * a_hat),
        ),
        by=[
            se.reindex(j, moved(j)),
            se.reindex(a_hat, b * a_hat),
            se.using(x_is_bijective),
            se.laws("groups"),
        ],
        because="put x⁻¹(b x(j) + y) for j, and b ã, b â for the poses of query and key",
    )
    prove.to(
        group_row(
            f(ī, a_tilde),
            f(j, a_hat) + rho_G(seen_from(-b * a, ī, j), -a_tilde * a_hat),
            f(j, a_hat),
            N_G(ī, a_tilde, j, a_hat),
        ),
        by=[se.using(neighbourhoods_of_poses_move, x_is_bijective), se.laws("groups")],
        because="neighbourhoods move along, and b acts on the difference as on the pose",
    )
    prove.to(L_G(y, b, m[f])(i, a), by=se.fold(m, L_G), because="recognise m, and how the group moves its output")


if __name__ == "__main__":
    se.run(__file__)
