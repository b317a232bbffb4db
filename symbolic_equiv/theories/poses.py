"""Tokens that carry a pose: self-attention that is equivariant under translations and a group of automorphisms.

A pose is a pair ``(i, a)`` of a token and an element of ``K``, which acts on the positions ``X`` by automorphisms.
The group ``G = X ⋊ K`` moves a token to ``x⁻¹(b x(i) + y)`` and a pose to ``(x⁻¹(b x(i) + y), b a)``, so that
``L^G_{y,b}[f](i, a) = f(x⁻¹(b⁻¹ (x(i) − y)), b⁻¹ a)``.  Neither group need be commutative.
Source of the layers: Romero and Cordonnier, Group Equivariant Stand-Alone Self-Attention for Vision, 2021.
"""

from __future__ import annotations

from collections.abc import Callable

from symbolic_equiv.theories.attention import N as neighbourhood
from symbolic_equiv.theories.attention import (
    S,
    X,
    attend,
    d_in,
    delta_key,
    delta_qry,
    delta_val,
    h,
    heads,
    i,
    j,
    phi_key,
    phi_qry,
    phi_val,
    x,
    x_inv,
    y,
)  # fmt: skip
from symbolic_equiv.theories.language import (
    BOOL,
    LINEAR,
    Expr,
    act,
    base,
    define,
    inner,
    inv,
    lam,
    sort_variable,
    symbol,
    total,
    true,
    vec,
)  # fmt: skip
from symbolic_equiv.theories.pairs import softmax_of_pairs, total_pairs
from symbolic_equiv.theories.statement import hypothesis

K = base("K")
a, b = symbol("a", K), symbol("b", K)
a_tilde, a_hat = symbol("a_tilde", K, latex=r"\tilde{a}"), symbol("a_hat", K, latex=r"\hat{a}")
f_G = symbol("f_G", S, K, vec(d_in), latex="f")
N_G = symbol("N_G", S, K, S, K, BOOL, latex=(r"(#3, #4) \in N(#1, #2)",))
rho_G = symbol("rho_G", X, K, vec(d_in), latex=(r"\rho^P", "(#1, #2)"))
signal_G = symbol("F_G", S, K, vec(d_in), latex="f")

_F = symbol("G", S, sort_variable("v", LINEAR), latex="f")
_F_G = symbol("G", S, K, sort_variable("v", LINEAR), latex="f")


def moved(token: Expr) -> Expr:
    """``x⁻¹(b x(i) + y)``: the token that stands where ``i`` is moved to."""
    return x_inv(act(b, x(token)) + y)


def origin(token: Expr) -> Expr:
    """``x⁻¹(b⁻¹ (x(i) − y))``: the token that is moved to ``i``."""
    return x_inv(act(inv(b), x(token) - y))


L = define("L_lift", y, b, _F, i, _F(origin(i)), latex=("L_{#1,#2}", "[#3]", "(#4)"))
"""How the group moves a signal on tokens."""

L_G = define("L_G", y, b, _F_G, i, a, _F_G(origin(i), inv(b) * a), latex=("L^{G}_{#1,#2}", "[#3]", "(#4, #5)"))
"""How the group moves a signal on poses."""

neighbourhoods_move = hypothesis(
    "neighbourhoods_move",
    "neighbourhoods move with the tokens",
    (lam(y, b, i, j, neighbourhood(moved(i), moved(j))), lam(y, b, i, j, neighbourhood(i, j))),
)
neighbourhoods_of_poses_move = hypothesis(
    "neighbourhoods_of_poses_move",
    "neighbourhoods move with the poses",
    (
        lam(y, b, i, a_tilde, j, a_hat, N_G(moved(i), b * a_tilde, moved(j), b * a_hat)),
        lam(y, b, i, a_tilde, j, a_hat, N_G(i, a_tilde, j, a_hat)),
    ),
)

Projections = Callable[[Expr, Expr, Expr], tuple[Expr, Expr, Expr]]
"""From the vectors that enter query, key and value to what comes out of the three maps."""


def plain(query: Expr, key: Expr, value: Expr) -> tuple[Expr, Expr, Expr]:
    """``φ(v)`` for query, key and value."""
    return phi_qry(h, query), phi_key(h, key), phi_val(h, value)


def adapted(query: Expr, key: Expr, value: Expr) -> tuple[Expr, Expr, Expr]:
    """``φ(v) + Δφ(v)`` for query, key and value."""
    return (
        phi_qry(h, query) + delta_qry(h, query),
        phi_key(h, key) + delta_key(h, key),
        phi_val(h, value) + delta_val(h, value),
    )


def lifting_row(query: Expr, key: Expr, value: Expr, domain: Expr, project: Projections = plain) -> Expr:
    """One output of lifting attention, from the vectors that enter query, key and value at token ``j``."""
    q_, k_, v_ = project(query, key, value)
    return heads(attend(domain, inner(q_, k_), v_))


def group_row(query: Expr, key: Expr, value: Expr, domain: Expr, project: Projections = plain) -> Expr:
    """One output of group attention: a sum over the query's pose ``ã``, then over the pairs ``(j, â)``."""
    q_, k_, v_ = project(query, key, value)
    weight = softmax_of_pairs(j, a_hat, domain, inner(q_, k_))
    return heads(total(a_tilde, true(), total_pairs(j, a_hat, domain, weight * v_)))


def seen_from(frame: Expr, token: Expr, other: Expr) -> Expr:
    """``a⁻¹ (x(j) − x(i))``: the difference of two positions, seen from the pose ``a``."""
    return act(inv(frame), x(other) - x(token))
