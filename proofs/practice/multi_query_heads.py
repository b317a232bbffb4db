"""Multi-query attention: all heads of queries share the keys and the values."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    d_in, d_k, d_v, f, h, i, L, neighbourhoods_move, phi_out, phi_qry, rho, rho_is_relative, v, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import PSI, attention

phi_K = se.symbol("phi_K", se.vec(d_in), se.vec(d_k))
phi_V = se.symbol("phi_V", se.vec(d_in), se.vec(d_v))
shared = (phi_qry, se.lam(h, v, phi_K(v)), se.lam(h, v, phi_V(v)), phi_out)


@se.theorem(
    attention(*shared)[L(y, f), rho](i),
    L(y, attention(*shared)[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Multi-query self-attention is translation equivariant",
)
def multi_query_heads(prove):
    """The same keys for every head: the grouped heads with one group."""
    prove.to(
        L(y, attention(*shared)[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, shared)),
        because="keys and values that all heads share are maps of one token too",
    )


if __name__ == "__main__":
    se.run(__file__)
