"""One equivariant layer after another is equivariant, whatever they are."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import f, i, L, y
from symbolic_equiv.theories.networks import is_equivariant, layer

Phi, Psi = layer("Phi"), layer("Psi")
Phi_is_equivariant, Psi_is_equivariant = is_equivariant(Phi), is_equivariant(Psi)


@se.theorem(
    Psi(Phi(L(y, f)), i),
    L(y, Psi(Phi(f)))(i),
    [Phi_is_equivariant, Psi_is_equivariant],
    "A composition of equivariant layers is equivariant",
)
def composition_of_layers(prove):
    """The translation goes through one layer and then through the other."""
    prove.to(
        Psi(L(y, Phi(f)), i), by=se.using(Phi_is_equivariant), because="the first layer commutes with the translation"
    )
    prove.to(L(y, Psi(Phi(f)))(i), by=se.using(Psi_is_equivariant), because="and so does the second, for any signal")


if __name__ == "__main__":
    se.run(__file__)
