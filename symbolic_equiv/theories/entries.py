"""Vectors and matrices entry by entry: Hadamard and Kronecker products, diagonals, rows, reshaping.

A matrix is flattened row by row, so that ``flatten(X)`` has the entries of its rows one after the other, as
``concat`` has those of the heads.
"""

from __future__ import annotations

from symbolic_equiv.theories.axiom import rule
from symbolic_equiv.theories.language import (
    DIMENSION,
    LINEAR,
    SCALAR,
    Constant,
    add,
    inner,
    mat,
    matmul,
    matvec,
    neg,
    pattern,
    scale,
    sort_variable,
    times,
    vec,
)  # fmt: skip

_v = sort_variable("v", LINEAR)
_k, _l, _m, _n = (sort_variable(name, DIMENSION) for name in "klmn")

hadamard = Constant("hadamard", _v, _v, _v, says="the product entry by entry")
ones = Constant("ones", vec(_n), says="the vector of ones")
reciprocals = Constant("reciprocals", vec(_n), vec(_n), says="1/c for every entry c, and 0 for c = 0")
diag = Constant(
    "diag", vec(_n), mat(_n, _n), latex=(r"\operatorname{diag}", "(#1)"), says="the diagonal matrix of a vector"
)
outer = Constant("outer", vec(_m), vec(_n), mat(_m, _n), says="the matrix u vᵀ")
row_norms = Constant("row_norms", mat(_m, _n), vec(_m), says="the Euclidean norm of every row of a matrix")
transpose = Constant("transpose", mat(_m, _n), mat(_n, _m), says="the transpose")
kron = Constant("kron", mat(_m, _n), mat(_k, _l), mat(times(_m, _k), times(_n, _l)), says="the Kronecker product")
flatten = Constant(
    "flatten", mat(_m, _n), vec(times(_m, _n)), latex=(r"\operatorname{vec}_{row}", "(#1)"), says="the rows of a matrix"
)
unflatten = Constant(
    "unflatten",
    vec(times(_m, _n)),
    mat(_m, _n),
    latex=(r"\operatorname{mat}_{row}", "(#1)"),
    says="the matrix with these rows",
)

CONSTANTS = (hadamard, ones, reciprocals, diag, outer, row_norms, transpose, kron, flatten, unflatten)

u, v, w = (pattern(name, _v) for name in "uvw")
c = pattern("c", SCALAR)
x, y = pattern("x", vec(_n)), pattern("y", vec(_n))
t = pattern("t", vec(_m))
A, B = pattern("A", mat(_m, _n)), pattern("B", mat(_k, _l))
z = pattern("z", vec(times(_n, _l)))

LINEARITY = "the product entry by entry is linear in each factor"
RULES = (
    rule("hadamard_of_sum", hadamard(u, add(v, w)), add(hadamard(u, v), hadamard(u, w)), LINEARITY),
    rule("sum_of_hadamards", hadamard(add(u, v), w), add(hadamard(u, w), hadamard(v, w)), LINEARITY),
    rule("hadamard_of_scale", hadamard(u, scale(c, v)), scale(c, hadamard(u, v)), LINEARITY),
    rule("scale_of_hadamard", hadamard(scale(c, u), v), scale(c, hadamard(u, v)), LINEARITY),
    rule("hadamard_of_opposite", hadamard(u, neg(v)), neg(hadamard(u, v)), LINEARITY),
    rule("opposite_of_hadamard", hadamard(neg(u), v), neg(hadamard(u, v)), LINEARITY),
    rule("ones_hadamard", hadamard(ones(n=_n), x), x, "multiplying every entry by one changes nothing"),
    rule("diagonal_acts", matvec(diag(x), y), hadamard(x, y), "a diagonal matrix scales entry by entry"),
    rule("adjoint_right", inner(x, matvec(transpose(A), t)), inner(matvec(A, x), t), "⟨v, Aᵀ u⟩ = ⟨A v, u⟩"),
    rule("adjoint_left", inner(matvec(transpose(A), t), x), inner(t, matvec(A, x)), "⟨Aᵀ u, v⟩ = ⟨u, A v⟩"),
    rule("outer_acts", matvec(outer(t, x), y), scale(inner(x, y), t), "(u vᵀ) y = ⟨v, y⟩ u"),
    rule(
        "kronecker_acts",
        matvec(kron(A, B), z),
        flatten(matmul(A, matmul(unflatten(z), transpose(B)))),
        "(A ⊗ B) vec(Z) = vec(A Z Bᵀ)",
    ),
)
