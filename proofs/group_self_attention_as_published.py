"""Not equivariant: the published encoding of the group layer, which turns the relative pose of query and key again."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import i, j, x_is_bijective, y
from symbolic_equiv.theories.poses import (
    a, a_hat, a_tilde, b, f_G as f, group_row, L_G, N_G, neighbourhoods_of_poses_move, rho_G, seen_from, signal_G,
)  # fmt: skip

m = se.define(
    "m_published",
    signal_G,
    i,
    a,
    group_row(
        signal_G(i, a_tilde),
        signal_G(j, a_hat) + rho_G(seen_from(a, i, j), -a * -a_tilde * a_hat),
        signal_G(j, a_hat),
        N_G(i, a_tilde, j, a_hat),
    ),
    latex=("m", "[#1]", "(#2, #3)"),
)


@se.conjecture(
    m[L_G(y, b, f)](i, a),
    L_G(y, b, m[f])(i, a),
    [x_is_bijective, neighbourhoods_of_poses_move],
    "Group self-attention, with the encoding as published, is equivariant",
    multiplicative=["K"],
)
def group_self_attention_as_published():
    """In ρ(a⁻¹ Δx, a⁻¹ ã⁻¹ â) the second argument changes with a: one position and two poses are enough to see it."""


if __name__ == "__main__":
    se.run(__file__)
