"""Attention, LoRA and equivariance: the symbols and definitions that the proofs share.

Sorts: tokens ``S``, positions ``X`` (a group, written with + and −, commutative or not), heads
``Fin(H)``, feature vectors of dimension ``d_in``, ``d_k``, ``d_v``, ``d_out``, the rank ``r``.
"""

from __future__ import annotations

from symbolic_equiv.theories.language import (
    BOOL,
    LINEAR,
    Expr,
    base,
    concat,
    define,
    dim,
    fin,
    inner,
    lam,
    softmax,
    sort_variable,
    symbol,
    times,
    total,
    vec,
)  # fmt: skip
from symbolic_equiv.theories.statement import hypothesis

S, X = base("S"), base("X")
d_in, d_k, d_v, d_out, r, H = (dim(name) for name in ("d_in", "d_k", "d_v", "d_out", "r", "H"))
Heads = fin(H)

i, j, h = symbol("i", S), symbol("j", S), symbol("h", Heads)
y, p, q = symbol("y", X), symbol("p", X), symbol("q", X)
v = symbol("v", vec(d_in))
x = symbol("x", S, X)
x_inv = symbol("x_inv", X, S, latex=("x^{-1}", "(#1)"))
f = symbol("f", S, vec(d_in))
N = symbol("N", S, S, BOOL, latex=(r"#2 \in N(#1)",))
rho = symbol("rho", S, S, vec(d_in), latex=(r"\rho", "(#1, #2)"))
rho_P = symbol("rho_P", X, vec(d_in), latex=(r"\rho^P", "(#1)"))


def per_head(name: str, latex: str, *of) -> Expr:
    """A map of feature vectors with one instance per head, printed ``\\varphi^{(h)}(v)``."""
    return symbol(name, Heads, *of, latex=(latex + "^{(#1)}", "(#2)"))


phi_qry = per_head("phi_qry", r"\varphi_{qry}", vec(d_in), vec(d_k))
phi_key = per_head("phi_key", r"\varphi_{key}", vec(d_in), vec(d_k))
phi_val = per_head("phi_val", r"\varphi_{val}", vec(d_in), vec(d_v))
phi_out = symbol("phi_out", vec(times(H, d_v)), vec(d_out), latex=(r"\varphi_{out}", "(#1)"))


def lora(name: str, to) -> tuple[Expr, Expr]:
    """The two maps of a LoRA adapter: down to the rank, and up again."""
    down = symbol(f"A_{name}", Heads, vec(d_in), vec(r), latex=(r"\varphi^{A,(#1)}_{" + name + "}", "(#2)"))
    up = symbol(f"B_{name}", Heads, vec(r), vec(to), latex=(r"\varphi^{B,(#1)}_{" + name + "}", "(#2)"))
    return down, up


A_qry, B_qry = lora("qry", d_k)
A_key, B_key = lora("key", d_k)
A_val, B_val = lora("val", d_v)

delta_qry = define("delta_qry", h, v, B_qry(h, A_qry(h, v)), latex=(r"\Delta\varphi_{qry}^{(#1)}", "(#2)"))
delta_key = define("delta_key", h, v, B_key(h, A_key(h, v)), latex=(r"\Delta\varphi_{key}^{(#1)}", "(#2)"))
delta_val = define("delta_val", h, v, B_val(h, A_val(h, v)), latex=(r"\Delta\varphi_{val}^{(#1)}", "(#2)"))

signal = symbol("F", S, vec(d_in), latex="f")
encoding = symbol("R", S, S, vec(d_in), latex=(r"\rho", "(#1, #2)"))
"""What a definition of a layer binds: a signal and an encoding, printed f and ρ."""

_G = symbol("G", S, sort_variable("v", LINEAR), latex="f")

L = define("L", y, _G, i, _G(x_inv(x(i) - y)), latex=("L_{#1}", "[#2]", "(#3)"))
"""Translation of a signal: ``L_y[f](i) = f(x⁻¹(x(i) − y))``."""


def attend(domain: Expr, score: Expr, value: Expr) -> Expr:
    """``Σ_{j : domain} σ_j(score) value``, for one head: a mean of the values, weighted by a softmax."""
    return total(j, domain, softmax(j, domain, score) * value)


def heads(body: Expr) -> Expr:
    """``φ_out(⋃_{h ∈ [H]} body)``."""
    return phi_out(concat(lam(h, body)))


def row(query: Expr, key: Expr, value: Expr, domain: Expr) -> Expr:
    """One output of attention with LoRA, from the vectors that enter query, key and value."""
    score = inner(phi_qry(h, query) + delta_qry(h, query), phi_key(h, key) + delta_key(h, key))
    return heads(attend(domain, score, phi_val(h, value) + delta_val(h, value)))


m = define(
    "m",
    signal,
    encoding,
    i,
    row(signal(i), signal(j) + encoding(i, j), signal(j), N(i, j)),
    latex=("m", "[#1, #2]", "(#3)"),
)
"""Multi-head self-attention with LoRA on query, key and value: ``m[f, ρ](i)``."""

x_is_bijective = hypothesis(
    "x_is_bijective",
    "x is a bijection from the tokens to the positions, with inverse x⁻¹",
    (lam(i, x_inv(x(i))), lam(i, i)),
    (lam(p, x(x_inv(p))), lam(p, p)),
)


def moved(token: Expr) -> Expr:
    """``x⁻¹(x(i) + y)``: the token that stands where ``i`` is moved to."""
    return x_inv(x(token) + y)


neighbourhoods_move = hypothesis(
    "neighbourhoods_move",
    "neighbourhoods move with the tokens",
    (lam(y, i, j, N(moved(i), moved(j))), lam(y, i, j, N(i, j))),
)
rho_is_relative = hypothesis(
    "rho_is_relative",
    "the encoding depends on the difference of positions only",
    (rho, lam(i, j, rho_P(x(j) - x(i)))),
)
