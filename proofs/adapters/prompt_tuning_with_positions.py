"""Not equivariant: learned tokens that stand at fixed positions."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    d_in, encoding, f, h, heads, i, j, L, N, neighbourhoods_move, phi_key, phi_qry, phi_val, rho, rho_is_relative,
    rho_P, signal, X, x, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.keys import attend_all, over

Prompt = se.fin(se.dim("P"))
t = se.symbol("t", Prompt)
token = se.symbol("prompt_token", Prompt, se.vec(d_in), latex="e_{#1}")
place = se.symbol("prompt_place", Prompt, X, latex="z_{#1}")


def score(key):
    return se.inner(phi_qry(h, signal(i)), phi_key(h, key))


neighbours = over(j, N(i, j), score(signal(j) + encoding(i, j)), phi_val(h, signal(j)))
prompt = over(t, se.true(), score(token(t) + rho_P(place(t) - x(i))), phi_val(h, token(t)))
m = se.define("m_prompt", signal, encoding, i, heads(attend_all(neighbours, prompt)), latex=("m", "[#1, #2]", "(#3)"))


@se.conjecture(
    m[L(y, f), rho](i),
    L(y, m[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with learned tokens at fixed positions is translation equivariant",
)
def prompt_tuning_with_positions():
    """The tokens move and the prompt does not, so it is at another distance from each of them."""


if __name__ == "__main__":
    se.run(__file__)
