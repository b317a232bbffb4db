"""Not equivariant: a translation from the left, with the difference x(j) x(i)⁻¹ that only right translations keep."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import N, S, f, i, j, m, rho, rho_is_relative, x, x_inv, x_is_bijective, y

G = se.symbol("G", S, se.sort_variable("v", "linear"), latex="f")
L = se.define("L_left", y, G, i, G(x_inv(-y * x(i))), latex=("L_{#1}", "[#2]", "(#3)"))

neighbourhoods_move = se.hypothesis(
    "neighbourhoods_move",
    "neighbourhoods move with the tokens, from the left",
    (se.lam(y, i, j, N(x_inv(y * x(i)), x_inv(y * x(j)))), se.lam(y, i, j, N(i, j))),
)


@se.conjecture(
    m[L(y, f), rho](i),
    L(y, m[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "A left translation with the right-invariant difference is equivariant",
    multiplicative=["X"],
)
def left_translation_with_right_difference():
    """In a group that is not commutative, (y x(j)) (y x(i))⁻¹ is y (x(j) x(i)⁻¹) y⁻¹: the difference is conjugated."""


if __name__ == "__main__":
    se.run(__file__)
