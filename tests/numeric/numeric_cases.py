"""The statements that the tests of the numeric witness share."""

from __future__ import annotations

from symbolic_equiv.theories.attention import (
    L,
    N,
    S,
    f,
    i,
    j,
    m,
    neighbourhoods_move,
    rho,
    rho_is_relative,
    rho_P,
    x,
    x_inv,
    x_is_bijective,
    y,
)
from symbolic_equiv.theories.language import LINEAR, define, inv, lam, sort_variable, symbol
from symbolic_equiv.theories.statement import Statement, hypothesis

ASSUMED = (x_is_bijective, neighbourhoods_move, rho_is_relative)
MAIN = Statement("main", m[L(y, f), rho](i), L(y, m[f, rho])(i), ASSUMED)

rho_is_absolute = hypothesis("rho_is_absolute", "", (rho, lam(i, j, rho_P(x(j)))))
ABSOLUTE = Statement("absolute", m[L(y, f), rho](i), L(y, m[f, rho])(i), (*ASSUMED[:2], rho_is_absolute))

G_ = symbol("G", S, sort_variable("v", LINEAR))
left_L = define("left_L", y, G_, i, G_(x_inv(inv(y) * x(i))))
left_moved = lambda token: x_inv(y * x(token))
neighbourhoods_move_left = hypothesis(
    "neighbourhoods_move_left", "", (lam(y, i, j, N(left_moved(i), left_moved(j))), lam(y, i, j, N(i, j)))
)
rho_is_left_invariant = hypothesis("rho_is_left_invariant", "", (rho, lam(i, j, rho_P(inv(x(i)) * x(j)))))
LEFT_CLAIM = m[left_L(y, f), rho](i), left_L(y, m[f, rho])(i)
LEFT_WRONG = Statement("left_wrong", *LEFT_CLAIM, (x_is_bijective, neighbourhoods_move_left, rho_is_relative))
LEFT_RIGHT = Statement("left_right", *LEFT_CLAIM, (x_is_bijective, neighbourhoods_move_left, rho_is_left_invariant))
