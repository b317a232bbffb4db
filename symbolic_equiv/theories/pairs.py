"""Sums over pairs: the laws of ``sums`` for a relation instead of a predicate.

A sum over pairs is no sum of sums: it is 0 where the *pairs* are infinitely many, which a sum of finite sums over
an infinite set need not tell apart.  So it is a constant of its own, and no law here splits it.
"""

from __future__ import annotations

from symbolic_equiv.theories.axiom import rule
from symbolic_equiv.theories.language import (
    BOOL,
    DIMENSION,
    LINEAR,
    SCALAR,
    Constant,
    Expr,
    add,
    exp,
    fun,
    if_,
    inner,
    lam,
    mat,
    matvec,
    neg,
    pattern,
    scale,
    sort_variable,
    symbol,
    vec,
    zero,
)  # fmt: skip

_a, _b, _c, _d = (sort_variable(name) for name in "abcd")
_v = sort_variable("v", LINEAR)

sum_pairs = Constant(
    "sum_pairs",
    fun(_a, _b, BOOL),
    fun(_a, _b, _v),
    _v,
    says="the sum over the pairs that satisfy a relation; 0 where they are infinitely many",
)


def _softmax_pairs_definition() -> Expr:
    j, k, s, t = symbol("j", _a), symbol("k", _b), symbol("s", _a), symbol("t", _b)
    domain, score = symbol("P", _a, _b, BOOL), symbol("S", _a, _b, SCALAR)
    weight = exp(score(s, t)) / sum_pairs(domain, lam(j, k, exp(score(j, k))))
    return lam(domain, score, s, t, if_(domain(s, t), weight, zero(v=SCALAR)))


softmax_pairs = Constant(
    "softmax_pairs",
    fun(_a, _b, BOOL),
    fun(_a, _b, SCALAR),
    _a,
    _b,
    SCALAR,
    definition=_softmax_pairs_definition(),
    says="exp of the score over the sum of exp over the pairs of the domain; 0 outside the domain",
)

CONSTANTS = (sum_pairs, softmax_pairs)


def softmax_over_pairs(j: Expr, k: Expr, domain: Expr, score: Expr, at: tuple[Expr, Expr]) -> Expr:
    """The softmax over the pairs ``{(j, k) : domain}`` of the score as a function of both, taken at a pair."""
    return softmax_pairs(lam(j, k, domain), lam(j, k, score), *at)


def total_pairs(j: Expr, k: Expr, domain: Expr, body: Expr) -> Expr:
    """``Σ_{(j, k) : domain} body``: one sum over pairs, finite or not as a whole, and not a sum of sums."""
    return sum_pairs(lam(j, k, domain), lam(j, k, body))


def softmax_of_pairs(j: Expr, k: Expr, domain: Expr, score: Expr) -> Expr:
    """``σ_{j, k}(score)``: the softmax over the pairs ``{(j, k) : domain}``, taken at the pair ``(j, k)``."""
    return softmax_over_pairs(j, k, domain, score, (j, k))


_m, _n = sort_variable("m", DIMENSION), sort_variable("n", DIMENSION)
P = pattern("P", _a, _b, BOOL)
F, G, S = pattern("F", _a, _b, _v), pattern("G", _a, _b, _v), pattern("S", _a, _b, SCALAR)
c, u, t = pattern("c", SCALAR), pattern("u", _v), pattern("t", vec(_n))
A, V = pattern("A", mat(_m, _n)), pattern("V", _a, _b, vec(_n))
j, k, p, q = pattern("j", _a), pattern("k", _b), pattern("p", _c), pattern("q", _d)

g, g_inv = pattern("g", _c, _a), pattern("g_inv", _a, _c)
h, h_inv = pattern("h", _d, _b), pattern("h_inv", _b, _d)
BIJECTIONS = (
    (lam(j, g(g_inv(j))), lam(j, j)),
    (lam(p, g_inv(g(p))), lam(p, p)),
    (lam(k, h(h_inv(k))), lam(k, k)),
    (lam(q, h_inv(h(q))), lam(q, q)),
)
"""``g`` re-indexes the first of the pair and ``h`` the second; each has an inverse."""


def _over(body):
    return total_pairs(j, k, P(j, k), body)


RULES = (
    rule(
        "pairs_reindex",
        sum_pairs(P, F),
        total_pairs(p, q, P(g(p), h(q)), F(g(p), h(q))),
        "both indices of a pair are re-indexed by bijections",
        BIJECTIONS,
    ),
    rule("pairs_of_sums", _over(add(F(j, k), G(j, k))), add(sum_pairs(P, F), sum_pairs(P, G)), "a sum of sums"),
    rule(
        "pairs_of_multiples",
        _over(scale(c, F(j, k))),
        scale(c, sum_pairs(P, F)),
        "a constant factor comes out of a sum",
    ),
    rule(
        "pairs_of_scalars", _over(scale(S(j, k), u)), scale(sum_pairs(P, S), u), "a constant vector comes out of a sum"
    ),
    rule("pairs_of_opposites", _over(neg(F(j, k))), neg(sum_pairs(P, F)), "opposites come out of a sum"),
    rule("pairs_of_zeros", _over(zero(v=_v)), zero(v=_v), "a sum of zeros"),
    rule("matrix_of_pairs", matvec(A, sum_pairs(P, V)), _over(matvec(A, V(j, k))), "a matrix goes into a sum"),
    rule(
        "inner_of_pairs_left", inner(sum_pairs(P, V), t), _over(inner(V(j, k), t)), "the inner product goes into a sum"
    ),
    rule(
        "inner_of_pairs_right", inner(t, sum_pairs(P, V)), _over(inner(t, V(j, k))), "the inner product goes into a sum"
    ),
)
