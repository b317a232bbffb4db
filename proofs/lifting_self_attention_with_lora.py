"""Lifting self-attention stays equivariant with LoRA adapters on query, key and value."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import f, i, j, N, rho_P, signal, x_is_bijective, y
from symbolic_equiv.theories.poses import a, adapted, b, L, L_G, lifting_row, neighbourhoods_move, seen_from

m = se.define(
    "m_lift_lora",
    signal,
    i,
    a,
    lifting_row(signal(i), signal(j) + rho_P(seen_from(a, i, j)), signal(j), N(i, j), adapted),
    latex=("m", "[#1]", "(#2, #3)"),
)


@se.theorem(
    m[L(y, b, f)](i, a),
    L_G(y, b, m[f])(i, a),
    [x_is_bijective, neighbourhoods_move],
    "Lifting self-attention with LoRA is equivariant",
    multiplicative=["K"],
)
def lifting_self_attention_with_lora():
    """The adapters see feature vectors only, no pose; the prover finds this one by itself."""


if __name__ == "__main__":
    se.run(__file__)
