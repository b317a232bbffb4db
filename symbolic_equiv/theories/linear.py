"""Scalars, vectors and matrices: addition, scaling, inner products, linear maps, concatenation.

The same laws hold for all three, so ``add``, ``neg``, ``zero`` and ``scale`` are one family each.
"""

from __future__ import annotations

from symbolic_equiv.theories.axiom import rule
from symbolic_equiv.theories.language import (
    DIMENSION,
    LINEAR,
    SCALAR,
    add,
    concat,
    exp,
    fin,
    inner,
    lam,
    mat,
    matmul,
    matvec,
    neg,
    one,
    pattern,
    reciprocal,
    scale,
    sort_variable,
    times,
    vec,
    zero,
)  # fmt: skip

_v = sort_variable("v", LINEAR)
_k, _m, _n = (sort_variable(name, DIMENSION) for name in "kmn")
u, v, w = (pattern(name, _v) for name in "uvw")
c, d = pattern("c", SCALAR), pattern("d", SCALAR)
o, o_n, o_s = zero(v=_v), zero(v=vec(_n)), zero(v=SCALAR)
one_ = one()

ADDITION = (
    rule("add_associative", add(add(u, v), w), add(u, add(v, w)), "addition is associative"),
    rule("add_commutative", add(u, v), add(v, u), "addition is commutative"),
    rule("add_left_commutative", add(u, add(v, w)), add(v, add(u, w)), "addition is commutative"),
    rule("add_zero_left", add(o, u), u, "zero changes nothing"),
    rule("add_zero_right", add(u, o), u, "zero changes nothing"),
    rule("add_opposite_right", add(u, neg(u)), o, "opposites cancel"),
    rule("add_opposite_left", add(neg(u), u), o, "opposites cancel"),
    rule("add_cancel_right", add(u, add(neg(u), v)), v, "opposites cancel"),
    rule("add_cancel_left", add(neg(u), add(u, v)), v, "opposites cancel"),
    rule("opposite_of_opposite", neg(neg(u)), u, "the opposite of the opposite"),
    rule("opposite_of_sum", neg(add(u, v)), add(neg(u), neg(v)), "the opposite of a sum"),
    rule("opposite_of_zero", neg(o), o, "zero is its own opposite"),
)

SCALING = (
    rule("scale_sum", scale(c, add(u, v)), add(scale(c, u), scale(c, v)), "scaling is linear"),
    rule("sum_scale", scale(add(c, d), u), add(scale(c, u), scale(d, u)), "scaling is linear in the factor"),
    rule("scale_product", scale(scale(c, d), u), scale(c, scale(d, u)), "scaling twice"),
    rule("scale_swap", scale(c, scale(d, u)), scale(d, scale(c, u)), "factors commute"),
    rule("product_commutative", scale(c, d), scale(d, c), "the product of numbers is commutative"),
    rule("scale_one", scale(one_, u), u, "one times u is u"),
    rule("times_one", scale(c, one_), c, "c times one is c"),
    rule("scale_zero", scale(c, o), o, "a multiple of zero is zero"),
    rule("zero_scale", scale(o_s, u), o, "zero times u is zero"),
    rule("scale_opposite", scale(c, neg(u)), neg(scale(c, u)), "scaling respects opposites"),
    rule("opposite_scale", scale(neg(c), u), neg(scale(c, u)), "scaling respects opposites"),
    rule("reciprocal_product", reciprocal(scale(c, d)), scale(reciprocal(c), reciprocal(d)), "1/(cd) = (1/c)(1/d)"),
)

x, y, z = (pattern(name, vec(_n)) for name in "xyz")

INNER = (
    rule("inner_sum_left", inner(add(x, y), z), add(inner(x, z), inner(y, z)), "the inner product is linear"),
    rule("inner_sum_right", inner(z, add(x, y)), add(inner(z, x), inner(z, y)), "the inner product is linear"),
    rule("inner_scale_left", inner(scale(c, x), y), scale(c, inner(x, y)), "the inner product is linear"),
    rule("inner_scale_right", inner(x, scale(c, y)), scale(c, inner(x, y)), "the inner product is linear"),
    rule("inner_opposite_left", inner(neg(x), y), neg(inner(x, y)), "the inner product is linear"),
    rule("inner_opposite_right", inner(x, neg(y)), neg(inner(x, y)), "the inner product is linear"),
    rule("inner_zero_left", inner(o_n, x), o_s, "the inner product with zero"),
    rule("inner_zero_right", inner(x, o_n), o_s, "the inner product with zero"),
    rule("inner_symmetric", inner(x, y), inner(y, x), "the inner product is symmetric"),
)

A, B = (pattern(name, mat(_m, _n)) for name in "AB")
C = pattern("C", mat(_n, _k))
t = pattern("t", vec(_k))

MATRICES = (
    rule("matrix_of_sum", matvec(A, add(x, y)), add(matvec(A, x), matvec(A, y)), "a matrix acts linearly"),
    rule("sum_of_matrices", matvec(add(A, B), x), add(matvec(A, x), matvec(B, x)), "matrices add entry by entry"),
    rule("matrix_of_scale", matvec(A, scale(c, x)), scale(c, matvec(A, x)), "a matrix acts linearly"),
    rule("scale_of_matrix", matvec(scale(c, A), x), scale(c, matvec(A, x)), "a matrix scales entry by entry"),
    rule("matrix_of_opposite", matvec(A, neg(x)), neg(matvec(A, x)), "a matrix acts linearly"),
    rule("opposite_of_matrix", matvec(neg(A), x), neg(matvec(A, x)), "matrices add entry by entry"),
    rule("matrix_of_zero", matvec(A, o_n), zero(v=vec(_m)), "a matrix takes zero to zero"),
    rule("product_of_matrices", matvec(matmul(A, C), t), matvec(A, matvec(C, t)), "(AC)t = A(Ct)"),
)

h = pattern("h", fin(_m))
F, G = (pattern(name, fin(_m), vec(_n)) for name in "FG")

CONCATENATION = (
    rule(
        "concat_sum", concat(lam(h, add(F(h), G(h)))), add(concat(F), concat(G)), "heads are concatenated side by side"
    ),
    rule("concat_opposite", concat(lam(h, neg(F(h)))), neg(concat(F)), "heads are concatenated side by side"),
    rule("concat_scale", concat(lam(h, scale(c, F(h)))), scale(c, concat(F)), "heads are concatenated side by side"),
    rule("concat_zero", concat(lam(h, o_n)), zero(v=vec(times(_m, _n))), "heads are concatenated side by side"),
)

EXPONENTIAL = (
    rule("exp_sum", exp(add(c, d)), scale(exp(c), exp(d)), "exp turns sums into products"),
    rule("exp_nonzero", scale(reciprocal(exp(c)), scale(exp(c), u)), u, "exp is never zero"),
)

RULES = ADDITION + SCALING + INNER + MATRICES + CONCATENATION + EXPONENTIAL
