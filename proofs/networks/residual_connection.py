"""A residual connection: where a layer is equivariant, so is the signal plus the layer."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import f, i, L, x, x_inv, y
from symbolic_equiv.theories.networks import is_equivariant, layer

Phi = layer("Phi")
Phi_is_equivariant = is_equivariant(Phi)
ī = x_inv(x(i) - y)


@se.theorem(
    L(y, f)(i) + Phi(L(y, f), i),
    L(y, se.lam(i, f(i) + Phi(f, i)))(i),
    [Phi_is_equivariant],
    "A residual connection around an equivariant layer is equivariant",
)
def residual_connection(prove):
    """Translation takes a sum of signals to the sum of their translations."""
    prove.to(
        f(ī) + Phi(f, ī),
        by=[se.using(Phi_is_equivariant), se.unfold(L)],
        because="the layer commutes with the translation",
    )
    prove.to(L(y, se.lam(i, f(i) + Phi(f, i)))(i), by=se.fold(L), because="this is the sum at the place it came from")


if __name__ == "__main__":
    se.run(__file__)
