"""Statements at the level of matrices, true ones and planted errors, for the tests of the explicit witness."""

from __future__ import annotations

from symbolic_equiv.theories.attention import (
    H,
    Heads,
    L,
    N,
    S,
    attend,
    d_in,
    d_k,
    d_out,
    d_v,
    f,
    h,
    i,
    j,
    neighbourhoods_move,
    r,
    rho,
    rho_is_relative,
    x_is_bijective,
    y,
)  # fmt: skip
from symbolic_equiv.theories.language import (
    SCALAR,
    add,
    concat,
    define,
    inner,
    lam,
    mat,
    matmul,
    matvec,
    one,
    reciprocal,
    scale,
    softmax,
    symbol,
    times,
    total,
    true,
    vec,
)  # fmt: skip
from symbolic_equiv.theories.statement import Statement, hypothesis

ALL = (x_is_bijective, neighbourhoods_move, rho_is_relative)

W_Q, A_Q, B_Q = (
    symbol("W_Q", Heads, mat(d_k, d_in)),
    symbol("A_Q", Heads, mat(r, d_in)),
    symbol("B_Q", Heads, mat(d_k, r)),
)
W_K, A_K, B_K = (
    symbol("W_K", Heads, mat(d_k, d_in)),
    symbol("A_K", Heads, mat(r, d_in)),
    symbol("B_K", Heads, mat(d_k, r)),
)
W_V, A_V, B_V = (
    symbol("W_V", Heads, mat(d_v, d_in)),
    symbol("A_V", Heads, mat(r, d_in)),
    symbol("B_V", Heads, mat(d_v, r)),
)
W_O, b_Q = symbol("W_O", mat(d_out, times(H, d_v))), symbol("b_Q", Heads, vec(d_k))
alpha = symbol("alpha", SCALAR)

F, R = symbol("F", S, vec(d_in)), symbol("R", S, S, vec(d_in))


def merged(W, A, B):
    return lambda v: matvec(add(W(h), matmul(B(h), A(h))), v)


def unmerged(W, A, B):
    return lambda v: add(matvec(W(h), v), matvec(B(h), matvec(A(h), v)))


def plain(W, A, B):
    return lambda v: matvec(W(h), v)


def attention(name, query=merged, key=merged, value=merged, score=lambda s: s, transpose=False, shared=False):
    """``m`` with its projections as matrices; each of ``query``, ``key``, ``value`` is merged, unmerged or plain."""
    encoded = add(F(j), R(j, i) if transpose else R(i, j))
    product = score(inner(add(query(W_Q, A_Q, B_Q)(F(i)), b_Q(h)), key(W_K, A_K, B_K)(encoded)))
    return define(name, F, R, i, matvec(W_O, concat(lam(h, attend(N(i, j), product, value(W_V, A_V, B_V)(F(j)))))))


def claim(name, left=None, right=None, assuming=ALL, shift=y, at=i):
    """``left[L_y f, ρ](i) = L_y[right[f, ρ]](i)``."""
    left = left or attention("m_merged")
    right = right or attention("m_unmerged", unmerged, unmerged, unmerged)
    return Statement(name, left(L[y, f], rho, at), L(shift, right[f, rho], i), assuming)


MERGED_IS_UNMERGED = claim("merged_is_unmerged")
PLAIN = claim("plain", attention("m_plain", plain, plain, plain), attention("m_plain", plain, plain, plain))
SCALED = claim(
    "scaled",
    attention("m_scaled", score=lambda s: scale(alpha, s)),
    attention("m_unscaled", unmerged, unmerged, unmerged, score=lambda s: scale(alpha, s)),
)

RHO_REVERSED = claim("rho_reversed", right=attention("m_reversed", unmerged, unmerged, unmerged, transpose=True))
LORA_DROPPED = claim("lora_dropped", right=attention("m_dropped", unmerged, plain, unmerged))
WRONG_SIGN = claim("wrong_sign", shift=-y)
ROW_NOT_MOVED = Statement(
    "row_not_moved", attention("m_merged")(L[y, f], rho, i), attention("m_unmerged", unmerged)(f, rho, i), ALL
)
ABSOLUTE = claim("absolute", assuming=(x_is_bijective, neighbourhoods_move))
FALSE = (RHO_REVERSED, LORA_DROPPED, WRONG_SIGN, ROW_NOT_MOVED, ABSOLUTE)

SUM_IS_ONE = Statement(
    "weights_sum_to_one",
    total(j, N(i, j), softmax(j, N(i, j), inner(F(i), F(j)))),
    scale(one(), reciprocal(one())),
    (hypothesis("all", "every token is a neighbour", (N, lam(i, j, true()))),),
)
SHIFTED = Statement(
    "softmax_shift",
    softmax(j, N(i, j), inner(F(i), F(j))),
    softmax(j, N(i, j), add(inner(F(i), F(j)), inner(F(i), F(i)))),
)
SHIFTED_BY_COLUMN = Statement(
    "softmax_shift_by_column",
    softmax(j, N(i, j), inner(F(i), F(j))),
    softmax(j, N(i, j), add(inner(F(i), F(j)), inner(F(j), F(j)))),
)
"""Only a shift that is constant along the row is absorbed."""
