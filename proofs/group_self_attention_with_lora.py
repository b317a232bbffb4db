"""Group self-attention stays equivariant with LoRA adapters on query, key and value."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import i, j, x_is_bijective, y
from symbolic_equiv.theories.poses import (
    a, a_hat, a_tilde, adapted, b, f_G as f, group_row, L_G, N_G, neighbourhoods_of_poses_move, rho_G, seen_from,
    signal_G,
)  # fmt: skip

m = se.define(
    "m_group_lora",
    signal_G,
    i,
    a,
    group_row(
        signal_G(i, a_tilde),
        signal_G(j, a_hat) + rho_G(seen_from(a, i, j), -a_tilde * a_hat),
        signal_G(j, a_hat),
        N_G(i, a_tilde, j, a_hat),
        adapted,
    ),
    latex=("m", "[#1]", "(#2, #3)"),
)


@se.theorem(
    m[L_G(y, b, f)](i, a),
    L_G(y, b, m[f])(i, a),
    [x_is_bijective, neighbourhoods_of_poses_move],
    "Group self-attention with LoRA is equivariant",
    multiplicative=["K"],
)
def group_self_attention_with_lora():
    """The adapters see feature vectors only, no pose; the prover finds this one by itself."""


if __name__ == "__main__":
    se.run(__file__)
