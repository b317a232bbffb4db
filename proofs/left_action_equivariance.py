"""Translation by any group, commutative or not, acting from the left: the encoding is ρ^P(x(i)⁻¹ x(j))."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    f, i, j, m, N, rho, rho_P, row, S, x, x_inv, x_is_bijective, y,
)  # fmt: skip


def moved(token):
    """The token that stands where ``token`` is moved to by y, from the left."""
    return x_inv(y * x(token))


G = se.symbol("G", S, se.sort_variable("v", "linear"), latex="f")
L = se.define("L_left", y, G, i, G(x_inv(-y * x(i))), latex=("L_{#1}", "[#2]", "(#3)"))

neighbourhoods_move = se.hypothesis(
    "neighbourhoods_move",
    "neighbourhoods move with the tokens",
    (se.lam(y, i, j, N(moved(i), moved(j))), se.lam(y, i, j, N(i, j))),
)
rho_is_relative = se.hypothesis(
    "rho_is_relative",
    "the encoding depends on x(i)⁻¹ x(j) only",
    (rho, se.lam(i, j, rho_P(-x(i) * x(j)))),
)
ī = x_inv(-y * x(i))
i_bar = se.symbol("i_bar", S, latex=r"\overline{i}")


@se.theorem(
    m[L(y, f), rho](i),
    L(y, m[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "LoRA self-attention is equivariant under a group that acts from the left",
    multiplicative=["X"],
)
def left_action_equivariance(prove):
    """The difference that a left translation keeps is x(i)⁻¹ x(j); nothing else changes in the proof."""
    prove.let(i_bar, ī)
    prove.to(
        row(f(ī), f(x_inv(-y * x(j))) + rho(i, j), f(x_inv(-y * x(j))), N(i, j)),
        by=se.unfold(m, L),
        because="write out m and the translation",
    )
    prove.to(
        row(f(ī), f(j) + rho(moved(ī), moved(j)), f(j), N(moved(ī), moved(j))),
        by=[se.reindex(j, moved(j)), se.using(x_is_bijective), se.laws("groups")],
        because="put x⁻¹(y x(j)) for j, in the sum and in the softmax",
    )
    prove.to(
        row(f(ī), f(j) + rho(ī, j), f(j), N(ī, j)),
        by=[se.using(neighbourhoods_move, rho_is_relative, x_is_bijective), se.laws("groups")],
        because="(y x(i))⁻¹ (y x(j)) is x(i)⁻¹ x(j)",
    )
    prove.to(L(y, m[f, rho])(i), by=se.fold(m, L), because="recognise m and the translation")


if __name__ == "__main__":
    se.run(__file__)
