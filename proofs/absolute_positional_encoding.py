"""Not equivariant: an encoding that depends on where the key stands, not on the difference."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import L, f, i, j, m, neighbourhoods_move, rho, rho_P, x, x_is_bijective, y

rho_is_absolute = se.hypothesis(
    "rho_is_absolute", "the encoding is that of the key's own position", (rho, se.lam(i, j, rho_P(x(j))))
)


@se.conjecture(
    m[L(y, f), rho](i),
    L(y, m[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_absolute],
    "LoRA self-attention with absolute positions is translation equivariant",
)
def absolute_positional_encoding():
    """After a translation the same key carries another encoding, and gets another weight."""


if __name__ == "__main__":
    se.run(__file__)
