"""The claim ``m[L_y f](i) = L_y[m f](i)`` for a layer put together from an encoding, an adapter and a neighbourhood.

    m[f](i) = φ_out(⋃_h Σ_{j ∈ N(i)} σ_j(⟨query, key⟩ + bias) value)        L_y[f](i) = f(x⁻¹(x(i) − y))

The definitions are always these; only the ingredients change.  A factor such as 1/√d_k belongs to the query map.
"""

from __future__ import annotations

from symbolic_equiv.family.ingredients import KEY, OUT, QUERY, VALUE, Adapter, Encoding, Projection
from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.terms import Term, substitute
from symbolic_equiv.theories.attention import (
    H,
    Heads,
    L,
    X,
    d_in,
    d_k,
    d_out,
    d_v,
    f,
    h,
    i,
    j,
    phi_key,
    phi_out,
    phi_qry,
    phi_val,
    signal,
    x,
    x_is_bijective,
    y,
)  # fmt: skip
from symbolic_equiv.theories.language import (
    BOOL,
    Defined,
    Expr,
    concat,
    define,
    dim,
    exp,
    fin,
    inner,
    lam,
    softmax,
    symbol,
    times,
    total,
    true,
    vec,
    where,
)  # fmt: skip
from symbolic_equiv.theories.statement import Hypothesis, Statement

PROJECTIONS = {
    QUERY: Projection(QUERY, vec(d_in), vec(d_k), h),
    KEY: Projection(KEY, vec(d_in), vec(d_k), h),
    VALUE: Projection(VALUE, vec(d_in), vec(d_v), h),
    OUT: Projection(OUT, vec(times(H, d_v)), vec(d_out), None),
}
BASE = {QUERY: phi_qry, KEY: phi_key, VALUE: phi_val, OUT: phi_out}
"""The maps of the layer without an adapter: arbitrary."""

D = symbol("D", X, BOOL)
"""An arbitrary predicate of the difference of two positions."""

ell, n_prefix = symbol("l", fin(dim("P"))), dim("P")
prefix_key = symbol("prefix_key", Heads, fin(n_prefix), vec(d_k), latex=("k^{(#1)}_{#2}",))
prefix_value = symbol("prefix_value", Heads, fin(n_prefix), vec(d_v), latex=("v^{(#1)}_{#2}",))


def base(projection: Projection, v: Expr) -> Expr:
    """The projection ``φ_role`` of a vector, at the head ``h`` where it has heads."""
    return BASE[projection.role](v) if projection.head is None else BASE[projection.role](projection.head, v)


class Pair:
    """What an encoding may look at: the query token i, the key token j, their positions and their vectors."""

    h, i, j = h, i, j
    here, there, difference = x(i), x(j), x(j) - x(i)

    def __init__(self, layer: Parts) -> None:
        self._layer = layer

    def project(self, role: str, v: Expr) -> Expr:
        """Any other vector under the key, query or value map."""
        return self._layer.project(role, j if role != QUERY else i, v)

    def here_in(self, term: Term) -> Expr:
        """A term over the bare layer's symbols f, φ_qry, φ_key and φ_val, with what the adapter makes of them."""
        adapter, values = self._layer.adapter, {}
        for role in (QUERY, KEY, VALUE) if adapter.map_at is not None else ():
            v = symbol("v", PROJECTIONS[role].source)
            values[BASE[role].head] = lam(h, v, self.project(role, v)).term
        if adapter.input is not None:
            values[signal.head] = lam(i, adapter.input(i, signal(i))).term
        return Expr(substitute(term, values))

    @property
    def own(self) -> Expr:
        """The input at i."""
        return self._layer.input(i)

    @property
    def other(self) -> Expr:
        """The input at j."""
        return self._layer.input(j)

    @property
    def query(self) -> Expr:
        return self.project(QUERY, self.own)

    @property
    def key(self) -> Expr:
        return self.project(KEY, self.other)

    @property
    def value(self) -> Expr:
        return self.project(VALUE, self.other)


class Parts:
    """The ingredients of one layer, as expressions."""

    def __init__(self, encoding: Encoding, adapter: Adapter, domain: Expr) -> None:
        self.encoding, self.adapter, self.domain = encoding, adapter, domain

    def input(self, token: Expr) -> Expr:
        """What enters at a token."""
        vector = signal(token)
        if self.adapter.input is not None:
            vector = self.adapter.input(token, vector)
        return self.encoding.input(vector, x(token))

    def project(self, role: str, token: Expr, v: Expr) -> Expr:
        """The adapted projection of ``v``."""
        if self.adapter.map_at is not None:
            return self.adapter.map_at(PROJECTIONS[role], token, v)
        return base(PROJECTIONS[role], v)

    def head(self) -> Expr:
        """What one head computes at i.  Raises ``KernelError`` where it sees the signal or the translation itself."""
        at = Pair(self)
        score, value = self.encoding.score(at), self.encoding.value(at)
        alien = (score.term.variables | value.term.variables | self.domain.term.variables) & {f.head, y.head}
        if alien or D.head in score.term.variables | value.term.variables:
            names = ", ".join(sorted(str(head.name) for head in alien)) or "D"
            raise KernelError(
                f"a layer with {self.encoding.name} and {self.adapter.name} mentions {names} of the claim"
            )
        if self.adapter.prefix:
            return with_prefix(self.domain, score, value, self.encoding.query(at), self.encoding.softmax)
        weight = softmax(j, self.domain, score) if self.encoding.softmax else score
        return total(j, self.domain, weight * value)

    def attention(self) -> Defined:
        """The weight that i gives to j, for the head h: ``a[f](i, j)``."""
        at = Pair(self)
        score = self.encoding.score(at)
        if not self.encoding.softmax:
            weight = where(self.domain, score)
        elif self.adapter.prefix:
            weight = where(self.domain, exp(score) / joint_total(self.domain, score, self.encoding.query(at)))
        else:
            weight = softmax(j, self.domain, score)
        return define("a", signal, i, j, weight)

    def define(self, name: str = "m") -> Defined:
        """``m[f](i)``."""
        body = self.project(OUT, i, concat(lam(h, self.head())))
        return define(name, signal, i, body, latex=(name, "[#1]", "(#2)"))


def joint_total(domain: Expr, score: Expr, query: Expr) -> Expr:
    """``Σ_j e^{s_j} + Σ_l e^{s_l}``, over the neighbours and the prefix."""
    return total(j, domain, exp(score)) + total(ell, true(), exp(inner(query, prefix_key(h, ell))))


def with_prefix(domain: Expr, score: Expr, value: Expr, query: Expr, normalised: bool) -> Expr:
    """The values of the neighbours and of the prefix, in one softmax; or, not normalised, weighted by the scores."""
    learned, weight = inner(query, prefix_key(h, ell)), exp if normalised else lambda score: score
    both = total(j, domain, weight(score) * value) + total(ell, true(), weight(learned) * prefix_value(h, ell))
    return both / joint_total(domain, score, query) if normalised else both


def claim(name: str, layer: Defined, assuming: tuple[Hypothesis, ...] = (), title: str = "") -> Statement:
    """``m[L_y f](i) = L_y[m f](i)``."""
    return Statement(name, layer(L(y, f))(i), L(y, layer(f))(i), (x_is_bijective, *assuming), title)
