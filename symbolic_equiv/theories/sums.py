"""Sums over a predicate, and the logic of the predicates.

A sum is total: 0 over an empty domain and, by convention, over an infinite one (the domain counts,
not the support).  That keeps re-indexing, linearity and congruence free of side conditions.
"""

from __future__ import annotations

from symbolic_equiv.theories.axiom import rule
from symbolic_equiv.theories.language import (
    BOOL,
    DIMENSION,
    LINEAR,
    SCALAR,
    add,
    and_,
    if_,
    inner,
    lam,
    mat,
    matvec,
    neg,
    pattern,
    scale,
    sort_variable,
    sum_,
    total,
    true,
    vec,
    zero,
)  # fmt: skip

_a, _b, _v = sort_variable("a"), sort_variable("b"), sort_variable("v", LINEAR)
_m, _n = sort_variable("m", DIMENSION), sort_variable("n", DIMENSION)
P, Q = pattern("P", _a, BOOL), pattern("Q", _a, BOOL)
F, G = pattern("F", _a, _v), pattern("G", _a, _v)
S, c, u = pattern("S", _a, SCALAR), pattern("c", SCALAR), pattern("u", _v)
j, k = pattern("j", _a), pattern("k", _b)
T, t = true(), pattern("t", vec(_n))

h, h_inv = pattern("h", _b, _a), pattern("h_inv", _a, _b)
BIJECTION = ((lam(j, h(h_inv(j))), lam(j, j)), (lam(k, h_inv(h(k))), lam(k, k)))
"""``h`` and ``h_inv`` undo each other, which every re-indexing has to show."""

A, V = pattern("A", mat(_m, _n)), pattern("V", _a, vec(_n))
C, D = pattern("C", BOOL, _a, _v), pattern("D", BOOL, _v)

SUMS = (
    rule("sum_reindex", sum_(P, F), total(k, P(h(k)), F(h(k))), "the sum is re-indexed by a bijection", BIJECTION),
    rule("sum_of_sums", total(j, P(j), add(F(j), G(j))), add(sum_(P, F), sum_(P, G)), "a sum of sums"),
    rule(
        "sum_of_multiples", total(j, P(j), scale(c, F(j))), scale(c, sum_(P, F)), "a constant factor comes out of a sum"
    ),
    rule(
        "sum_of_scalars", total(j, P(j), scale(S(j), u)), scale(sum_(P, S), u), "a constant vector comes out of a sum"
    ),
    rule("sum_of_opposites", total(j, P(j), neg(F(j))), neg(sum_(P, F)), "opposites come out of a sum"),
    rule("sum_of_zeros", total(j, P(j), zero(v=_v)), zero(v=_v), "a sum of zeros"),
    rule("matrix_of_sums", matvec(A, sum_(P, V)), total(j, P(j), matvec(A, V(j))), "a matrix goes into a sum"),
    rule(
        "inner_of_sums_left", inner(sum_(P, V), t), total(j, P(j), inner(V(j), t)), "the inner product goes into a sum"
    ),
    rule(
        "inner_of_sums_right", inner(t, sum_(P, V)), total(j, P(j), inner(t, V(j))), "the inner product goes into a sum"
    ),
    rule("sum_context", total(j, P(j), C(P(j), j)), total(j, P(j), C(T, j)), "inside a sum over P, P holds"),
    rule(
        "sum_context_and",
        total(j, and_(P(j), Q(j)), C(Q(j), j)),
        total(j, and_(P(j), Q(j)), C(T, j)),
        "inside a sum over P and Q, Q holds",
    ),
)

x, y, z, p = (pattern(name, BOOL) for name in "xyzp")
w = pattern("w", _v)

LOGIC = (
    rule("and_true_left", and_(T, x), x, "true and x is x"),
    rule("and_true_right", and_(x, T), x, "x and true is x"),
    rule("and_associative", and_(and_(x, y), z), and_(x, and_(y, z)), "'and' is associative"),
    rule("and_commutative", and_(x, y), and_(y, x), "'and' is commutative"),
    rule("and_left_commutative", and_(x, and_(y, z)), and_(y, and_(x, z)), "'and' is commutative"),
    rule("and_idempotent", and_(x, x), x, "x and x is x"),
    rule("and_absorb", and_(x, and_(x, y)), and_(x, y), "x and x is x"),
    rule("if_true", if_(T, u, w), u, "the condition holds"),
    rule("if_context", if_(x, D(x), w), if_(x, D(T), w), "where x is asked for, x holds"),
)

RULES = SUMS + LOGIC
