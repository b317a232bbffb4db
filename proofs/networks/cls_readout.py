"""Not invariant: a network that is read out at one fixed token."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import f, L, S, x_is_bijective, y
from symbolic_equiv.theories.networks import is_equivariant, layer

Phi, first = layer("Phi"), se.symbol("s", S)


@se.conjecture(
    Phi(L(y, f), first),
    Phi(f, first),
    [x_is_bijective, is_equivariant(Phi)],
    "An equivariant layer read out at one fixed token is invariant",
)
def cls_readout():
    """Another token stands there after the translation: a pooled read-out is invariant, this one is not."""


if __name__ == "__main__":
    se.run(__file__)
