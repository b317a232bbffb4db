"""Not equivariant: every token also attends to one at a fixed place (BOS, CLS, an attention sink)."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    encoding, f, h, heads, i, j, L, N, neighbourhoods_move, phi_key, phi_qry, phi_val, rho, rho_is_relative, S,
    signal, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.keys import attend_all, over, single

sink = se.symbol("s", S)


def score(key):
    return se.inner(phi_qry(h, signal(i)), phi_key(h, key))


neighbours = over(j, N(i, j), score(signal(j) + encoding(i, j)), phi_val(h, signal(j)))
first = single(score(signal(sink)), phi_val(h, signal(sink)))
m = se.define("m_sink", signal, encoding, i, heads(attend_all(neighbours, first)), latex=("m", "[#1, #2]", "(#3)"))


@se.conjecture(
    m[L(y, f), rho](i),
    L(y, m[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with a sink token is translation equivariant",
)
def sink_token():
    """The place of the sink stays, and after a translation another token stands there."""


if __name__ == "__main__":
    se.run(__file__)
