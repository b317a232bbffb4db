"""Not equivariant: the theorem without the hypothesis that neighbourhoods move with the tokens."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import L, f, i, m, rho, rho_is_relative, x_is_bijective, y


@se.conjecture(
    m[L(y, f), rho](i),
    L(y, m[f, rho])(i),
    [x_is_bijective, rho_is_relative],
    "LoRA self-attention is translation equivariant, whatever the neighbourhoods",
)
def neighbourhoods_that_stay():
    """A window that is cut off at an edge does not move along: a token near the edge sees other tokens."""


if __name__ == "__main__":
    se.run(__file__)
