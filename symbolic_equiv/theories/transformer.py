"""A transformer of any depth: blocks of attention and a pointwise network, with their own weights in every layer.

Layer ``n`` has its own projections ``chi_…(n, …)``, adapted or not, its own encoding ``ρ_n``, its own norms and its own
pointwise network.  The residual stream has ``d`` features; ``D`` is the number of layers.
"""

from __future__ import annotations

from symbolic_equiv.theories.attention import H, Heads, N, S, X, attend, d_k, d_v, h, i, j, x
from symbolic_equiv.theories.language import (
    NAT,
    SCALAR,
    Defined,
    Expr,
    concat,
    define,
    dim,
    inner,
    lam,
    mat,
    symbol,
    times,
    vec,
)  # fmt: skip
from symbolic_equiv.theories.networks import layer_norm, mlp
from symbolic_equiv.theories.recursion import iterate
from symbolic_equiv.theories.statement import hypothesis

d, hidden = dim("d"), dim("d_ff")
n, depth = symbol("n", NAT), symbol("depth", NAT, latex="D")
stream = symbol("u", S, vec(d))
"""The signal that a layer gets: ``d`` features for every token."""

chi_qry, chi_key = symbol("chi_qry", NAT, Heads, vec(d), vec(d_k)), symbol("chi_key", NAT, Heads, vec(d), vec(d_k))
chi_val, chi_out = symbol("chi_val", NAT, Heads, vec(d), vec(d_v)), symbol("chi_out", NAT, vec(times(H, d_v)), vec(d))
rho = symbol("rho_layer", NAT, S, S, vec(d), latex=(r"\rho_{#1}", "(#2, #3)"))
rho_P = symbol("rho_P_layer", NAT, X, vec(d), latex=(r"\rho^P_{#1}", "(#2)"))
v = symbol("v", vec(d))
activation = symbol("act", vec(hidden), vec(hidden))
epsilon = symbol("epsilon", SCALAR)

encodings_are_relative = hypothesis(
    "encodings_are_relative",
    "the encoding of every layer depends on the difference of positions only",
    (rho, lam(n, i, j, rho_P(n, x(j) - x(i)))),
)


def _norm(name: str) -> Defined:
    """A LayerNorm, with its own scale and shift in every layer."""
    gamma, beta = (symbol(f"{letter}_{name}", NAT, vec(d))(n) for letter in ("gamma", "beta"))
    form = (rf"\mathrm{{LN}}^{{{name}}}_{{#1}}", "(#2)")
    return define(f"norm_{name}", n, v, layer_norm(v, gamma, beta, epsilon), latex=form)


norm_att, norm_ff = _norm("att"), _norm("ff")


def _attention() -> Expr:
    """Attention of layer ``n`` at token ``i``, of the normalised stream."""
    of = lambda token: norm_att(n, stream(token))
    score = inner(chi_qry(n, h, of(i)), chi_key(n, h, of(j) + rho(n, i, j)))
    return chi_out(n, concat(lam(h, attend(N(i, j), score, chi_val(n, h, of(j))))))


def _pointwise(of: Expr) -> Expr:
    """The pointwise network of layer ``n``."""
    first, second = symbol("W_ff", NAT, mat(hidden, d))(n), symbol("V_ff", NAT, mat(d, hidden))(n)
    return mlp(of, first, symbol("b_ff", NAT, vec(hidden))(n), activation, second, symbol("c_ff", NAT, vec(d))(n))


attended = define("attended", n, stream, i, stream(i) + _attention(), latex=("A_{#1}", "[#2]", "(#3)"))
"""``A_n[u]``: attention of the normalised stream, added to the stream."""

block = define(
    "block",
    n,
    stream,
    i,
    attended[n, stream](i) + _pointwise(norm_ff(n, attended[n, stream](i))),
    latex=("B_{#1}", "[#2]", "(#3)"),
)
"""``B_n[u]``: a transformer block with the norms in front (pre-norm)."""

transformer = define(
    "transformer", depth, stream, i, iterate(block(), stream, depth, i), latex=("T_{#1}", "[#2]", "(#3)")
)
"""``T_D[u]``: the blocks ``B_0, …, B_{D−1}``, one after the other."""
