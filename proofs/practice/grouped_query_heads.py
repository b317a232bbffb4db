"""Grouped-query attention: several heads of queries share one head of keys and values."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    d_in, d_k, d_v, f, h, Heads, i, L, neighbourhoods_move, phi_out, phi_qry, rho, rho_is_relative, v,
    x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import PSI, attention

Groups = se.fin(se.dim("G"))
group = se.symbol("g", Heads, Groups)
kappa = se.symbol("kappa", Groups, se.vec(d_in), se.vec(d_k), latex=(r"\kappa^{(#1)}", "(#2)"))
nu = se.symbol("nu", Groups, se.vec(d_in), se.vec(d_v), latex=(r"\nu^{(#1)}", "(#2)"))
shared = (phi_qry, se.lam(h, v, kappa(group(h), v)), se.lam(h, v, nu(group(h), v)), phi_out)


@se.theorem(
    attention(*shared)[L(y, f), rho](i),
    L(y, attention(*shared)[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Grouped-query self-attention is translation equivariant",
)
def grouped_query_heads(prove):
    """Which group a head belongs to has nothing to do with the tokens."""
    prove.to(
        L(y, attention(*shared)[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, shared)),
        because="keys and values of a group are maps of one token, for every head of the group",
    )


if __name__ == "__main__":
    se.run(__file__)
