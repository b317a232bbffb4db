"""The mean of an equivariant layer over all tokens does not change under translations."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import d_in, f, i, L, S, x, x_inv, x_is_bijective, y
from symbolic_equiv.theories.networks import is_equivariant, layer

Phi = layer("Phi")
Phi_is_equivariant = is_equivariant(Phi)
u = se.symbol("u", S, se.vec(d_in))
tokens = se.total(i, se.true(), se.one())
pooled = se.define("pooled", u, se.total(i, se.true(), Phi(u, i)) / tokens, latex=("P", "[#1]"))


@se.theorem(
    pooled[L(y, f)],
    pooled[f],
    [x_is_bijective, Phi_is_equivariant],
    "The mean of an equivariant layer over all tokens is invariant",
)
def pooled_readout(prove):
    """The same vectors are summed in another order."""
    prove.to(
        se.total(i, se.true(), Phi(L(y, f), i)) / tokens,
        by=se.unfold(pooled),
        because="write out the mean",
    )
    prove.to(
        se.total(i, se.true(), Phi(f, x_inv(x(i) - y))) / tokens,
        by=[se.using(Phi_is_equivariant), se.unfold(L)],
        because="the layer commutes with the translation",
    )
    prove.to(
        pooled[f],
        by=[se.reindex(i, x_inv(x(i) + y)), se.using(x_is_bijective), se.laws("groups"), se.fold(pooled)],
        because="put x⁻¹(x(i) + y) for i, in both sums",
    )


if __name__ == "__main__":
    se.run(__file__)
