"""Matrices by their entries: products as sums, transposes as swapped indices, permutations as indicators.

The rows of a matrix of shape ``m × n`` are counted by ``Fin(m)`` and its columns by ``Fin(n)``.  These sets are
finite in every model, so no sum here meets the convention for infinite ones.  ``entry`` and ``matrix`` undo each other,
and what a document writes with matrices (transpose, row-wise softmax, ⊙, ⊗, …) is *defined* by entries.
"""

from __future__ import annotations

from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.theories.axiom import rule
from symbolic_equiv.theories.entries import (
    diag,
    flatten,
    hadamard,
    kron,
    ones,
    outer,
    reciprocals,
    row_norms,
    transpose,
    unflatten,
)  # fmt: skip
from symbolic_equiv.theories.language import (
    BOOL,
    DIMENSION,
    LINEAR,
    SCALAR,
    Constant,
    Expr,
    add,
    and_,
    concat,
    exp,
    fin,
    fun,
    if_,
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
    softmax_,
    sort_variable,
    sqrt,
    sum_,
    symbol,
    times,
    total,
    true,
    vec,
    where,
    zero,
)  # fmt: skip
from symbolic_equiv.theories.sums import BIJECTION
from symbolic_equiv.theories.sums import h as _there
from symbolic_equiv.theories.sums import h_inv as _back

_a, _b = sort_variable("a"), sort_variable("b")
_v, _w = sort_variable("v", LINEAR), sort_variable("w", LINEAR)
_k, _l, _m, _n = (sort_variable(name, DIMENSION) for name in "klmn")

entry = Constant("entry", mat(_m, _n), fin(_m), fin(_n), SCALAR, says="an entry of a matrix: its row, its column")
matrix = Constant("matrix", fun(fin(_m), fin(_n), SCALAR), mat(_m, _n), says="the matrix with these entries")
coordinate = Constant("coordinate", vec(_n), fin(_n), SCALAR, says="an entry of a vector")
vector = Constant("vector", fun(fin(_n), SCALAR), vec(_n), says="the vector with these entries")
equal = Constant("equal", _a, _a, BOOL, says="whether two elements are the same")
pair = Constant("pair", fin(_m), fin(_n), fin(times(_m, _n)), says="the place of the second index in the first block")
first = Constant("first", fin(times(_m, _n)), fin(_m), says="in which block an index is")
second = Constant("second", fin(times(_m, _n)), fin(_n), says="at which place of its block an index is")

PRIMITIVE = (entry, matrix, coordinate, vector, equal, pair, first, second)


def _defined(name: str, *parts: Expr, says: str) -> Constant:
    """A constant that takes the first parts to the last one."""
    value = lam(*parts)
    return Constant(name, value.sort, definition=value, says=says)


def entries(rows: Expr, columns: Expr, value: Expr) -> Expr:
    """The matrix whose entry at ``rows`` and ``columns``, two variables, is ``value``."""
    return matrix(lam(rows, columns, value))


def indicator(condition: Expr) -> Expr:
    """1 where the condition holds, else 0."""
    return where(condition, one())


_A, _D, _x = symbol("A", mat(_m, _n)), symbol("D", mat(_n, _n)), symbol("x", vec(_n))
_i, _j, _c = symbol("i", fin(_m)), symbol("j", fin(_n)), symbol("c", fin(_n))
_heads = symbol("F", fin(_k), mat(_m, _n))
_every = lam(_c, true())


def _softmax_of(score: Expr, at: Expr) -> Expr:
    return softmax_(_every, lam(_c, score), at)


identity = Constant("identity", mat(_n, _n), definition=diag(ones(n=_n)), says="1 on the diagonal, else 0")
row_softmax = _defined(
    "row_softmax",
    _A,
    entries(_i, _j, _softmax_of(entry(_A, _i, _c), _j)),
    says="the softmax of each row, over all columns",
)
vector_softmax = _defined(
    "vector_softmax", _x, vector(lam(_j, _softmax_of(coordinate(_x, _c), _j))), says="the softmax over all entries"
)
row = _defined("row", _A, _i, vector(lam(_j, entry(_A, _i, _j))), says="one row of a matrix")
column = _defined("column", _A, _j, vector(lam(_i, entry(_A, _i, _j))), says="one column of a matrix")
trace = _defined("trace", _D, total(_j, true(), entry(_D, _j, _j)), says="the sum of the diagonal")
_map = symbol("t", vec(_l), vec(_n))
_rows = symbol("A", mat(_m, _l))
rowwise = _defined(
    "rowwise", _map, _rows, entries(_i, _j, coordinate(_map(row(_rows, _i)), _j)), says="a map of vectors, row by row"
)
_function = symbol("t", SCALAR, SCALAR)
entrywise = _defined(
    "entrywise", _function, _A, entries(_i, _j, _function(entry(_A, _i, _j))), says="a function, entry by entry"
)
_s = symbol("q", fin(times(_k, _n)))
side_by_side = _defined(
    "side_by_side",
    _heads,
    entries(_i, _s, entry(_heads(first(_s)), _i, second(_s))),
    says="the matrices of all heads, side by side",
)
_permutation = symbol("t", fin(_n), fin(_n))
permutation_matrix = _defined(
    "permutation_matrix",
    _permutation,
    entries(_j, _c, indicator(equal(_permutation(_j), _c))),
    says="1 in row i and column π(i), else 0",
)

CONSTANTS = (
    *PRIMITIVE, identity, row_softmax, vector_softmax, row, column, trace, rowwise, entrywise, side_by_side,
    permutation_matrix,
)  # fmt: skip

A, B = (pattern(name, mat(_m, _n)) for name in "AB")
C = pattern("C", mat(_n, _k))
x, y = (pattern(name, vec(_n)) for name in "xy")
F, V = pattern("F", fin(_m), fin(_n), SCALAR), pattern("V", fin(_n), SCALAR)
M, U = pattern("M", _a, mat(_m, _n)), pattern("U", _a, vec(_n))
H = pattern("H", fin(_m), vec(_n))
P, X, c, d = pattern("P", _a, BOOL), pattern("X", BOOL), pattern("c", SCALAR), pattern("d", SCALAR)
z, y_, K_ = pattern("z", vec(_m)), pattern("Y", vec(times(_m, _n))), pattern("K", mat(_k, _l))
p_, q_ = pattern("p", fin(times(_k, _m))), pattern("q", fin(times(_l, _n)))
i, j, k = pattern("i", fin(_m)), pattern("j", fin(_n)), pattern("k", _a)
a, r = pattern("l", fin(_k)), pattern("r", fin(_n))
s, t = pattern("s", fin(times(_m, _n))), pattern("t", fin(times(_m, _n)))


def _by_parts(of: str, at, zero_: Sort, a: Expr, b: Expr, family: Expr):
    """The laws that hold of the entries of matrices and of those of vectors."""
    return (
        rule(f"{of}_of_sum", at(add(a, b)), add(at(a), at(b)), "addition is entry by entry"),
        rule(f"{of}_of_opposite", at(neg(a)), neg(at(a)), "the opposite is entry by entry"),
        rule(f"{of}_of_zero", at(zero(v=zero_)), zero(v=SCALAR), "all entries of zero are 0"),
        rule(f"{of}_of_multiple", at(scale(c, a)), scale(c, at(a)), "scaling is entry by entry"),
        rule(f"{of}_of_sums", at(sum_(P, family)), total(k, P(k), at(family(k))), "sums are entry by entry"),
        rule(f"{of}_of_choice", at(if_(X, a, b)), if_(X, at(a), at(b)), "a choice is entry by entry"),
    )


ENTRIES = (
    rule("entry_of_matrix", entry(matrix(F), i, j), F(i, j), "the entries that the matrix was made of"),
    rule("matrix_of_entries", matrix(lam(i, j, entry(A, i, j))), A, "a matrix is known by its entries"),
    rule(
        "entry_of_product",
        entry(matmul(A, C), i, a),
        total(j, true(), scale(entry(A, i, j), entry(C, j, a))),
        "a row times a column",
    ),
    *_by_parts("entry", lambda of: entry(of, i, j), mat(_m, _n), A, B, M),
    rule("entry_of_transpose", entry(transpose(A), j, i), entry(A, i, j), "rows and columns change places"),
    rule("entry_of_hadamard", entry(hadamard(A, B), i, j), scale(entry(A, i, j), entry(B, i, j)), "entry by entry"),
    rule("entry_of_diagonal", entry(diag(x), j, r), where(equal(j, r), coordinate(x, j)), "nothing off the diagonal"),
    rule("entry_of_outer", entry(outer(z, x), i, j), scale(coordinate(z, i), coordinate(x, j)), "a column times a row"),
    rule(
        "entry_of_kronecker",
        entry(kron(K_, A), p_, q_),
        scale(entry(K_, first(p_), first(q_)), entry(A, second(p_), second(q_))),
        "block by block, place by place",
    ),
    rule("entry_of_rows", entry(unflatten(y_), i, j), coordinate(y_, pair(i, j)), "row by row"),
)

COORDINATES = (
    rule("coordinate_of_vector", coordinate(vector(V), j), V(j), "the entries that the vector was made of"),
    rule("vector_of_coordinates", vector(lam(j, coordinate(x, j))), x, "a vector is known by its entries"),
    rule(
        "coordinate_of_product",
        coordinate(matvec(A, x), i),
        total(j, true(), scale(entry(A, i, j), coordinate(x, j))),
        "a row times a column",
    ),
    rule(
        "coordinate_of_concat",
        coordinate(concat(H), s),
        coordinate(H(first(s)), second(s)),
        "block by block, place by place",
    ),
    rule(
        "inner_by_coordinates",
        inner(x, y),
        total(j, true(), scale(coordinate(x, j), coordinate(y, j))),
        "the inner product is the sum of the products",
    ),
    *_by_parts("coordinate", lambda of: coordinate(of, j), vec(_n), x, y, U),
    rule(
        "coordinate_of_hadamard",
        coordinate(hadamard(x, y), j),
        scale(coordinate(x, j), coordinate(y, j)),
        "entry by entry",
    ),
    rule("coordinate_of_ones", coordinate(ones(n=_n), j), one(), "all entries are 1"),
    rule("coordinate_of_reciprocals", coordinate(reciprocals(x), j), reciprocal(coordinate(x, j)), "entry by entry"),
    rule(
        "coordinate_of_norms",
        coordinate(row_norms(A), i),
        sqrt(total(j, true(), scale(entry(A, i, j), entry(A, i, j)))),
        "the norm is the root of the sum of the squares",
    ),
    rule("coordinate_of_rows", coordinate(flatten(A), s), entry(A, first(s), second(s)), "row by row"),
    rule("hadamard_of_numbers", hadamard(c, d), scale(c, d), "of numbers it is the product"),
)

Y = pattern("Y", BOOL)
u, w = pattern("u", _v), pattern("w", _v)
G, Q = pattern("G", _a, _b, _v), pattern("Q", _b, BOOL)
K, D = pattern("K", _v, _w), pattern("D", _a, _v)
S, N, E = pattern("S", fin(_n), SCALAR), pattern("N", fin(_n), _v), pattern("E", fin(times(_m, _n)), _v)
o, p, q = pattern("o", _b), pattern("p", _a), pattern("q", _a)
o_v = zero(v=_v)

INDICATORS = (
    rule("equal_itself", equal(p, p), true(), "everything is equal to itself"),
    rule("equal_symmetric", equal(p, q), equal(q, p), "equality is symmetric"),
    rule("equal_moved", equal(_there(o), p), equal(o, _back(p)), "a bijection keeps apart what differs", BIJECTION),
    rule("choice_of_equal", if_(equal(p, q), D(p), u), if_(equal(p, q), D(q), u), "where p = q, p may be put for q"),
    rule("choice_of_same", if_(X, u, u), u, "both cases are the same"),
    rule("choice_of_both", if_(X, if_(Y, u, o_v), o_v), if_(and_(X, Y), u, o_v), "both conditions hold"),
    rule(
        "choice_of_sum",
        if_(X, add(u, w), o_v),
        add(if_(X, u, o_v), if_(X, w, o_v)),
        "a condition on a sum is one on each summand",
    ),
    rule("choice_outside", K(if_(X, u, w)), if_(X, K(u), K(w)), "a function of a choice is a choice of its values"),
    rule("sum_of_choice", total(k, P(k), if_(X, D(k), o_v)), if_(X, sum_(P, D), o_v), "a condition comes out of a sum"),
    rule("sum_at", total(j, true(), if_(equal(j, r), N(j), o_v)), N(r), "only one term of the sum is not zero"),
    rule(
        "total_of_exp_nonzero",
        scale(reciprocal(total(j, true(), exp(S(j)))), scale(total(j, true(), exp(S(j))), u)),
        u,
        "a sum of exponentials over all columns is not zero",
    ),
    rule(
        "sum_swap",
        total(k, P(k), total(o, Q(o), G(k, o))),
        total(o, Q(o), total(k, P(k), G(k, o))),
        "the order of summation may be changed",
    ),
)

BLOCKS = (
    rule("first_of_pair", first(pair(i, j)), i, "the block of a pair"),
    rule("second_of_pair", second(pair(i, j)), j, "the place of a pair"),
    rule("pair_of_parts", pair(first(s), second(s)), s, "an index is known by its block and its place"),
    rule(
        "equal_by_parts",
        equal(s, t),
        and_(equal(first(s), first(t)), equal(second(s), second(t))),
        "two indices are the same if their blocks and places are",
    ),
    rule(
        "sum_by_blocks",
        total(s, true(), E(s)),
        total(i, true(), total(j, true(), E(pair(i, j)))),
        "a sum block by block",
    ),
)

RULES = ENTRIES + COORDINATES + INDICATORS + BLOCKS
