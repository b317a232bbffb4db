"""Attention whose four projections are arguments, so that a theorem about it holds for whatever they are.

``psi_qry``, ``psi_key``, ``psi_val`` (one map per head) and ``psi_out`` are arbitrary maps of the vector of one token.
A ``Projection`` names the weight, the bias and the trained parameters of one of the four, and a ``Layer`` makes all
four from formulas of ``adapters``.
"""

from __future__ import annotations

from collections.abc import Callable

from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.theories.adapters import Adapted
from symbolic_equiv.theories.attention import (
    H,
    Heads,
    N,
    S,
    attend,
    d_in,
    d_k,
    d_out,
    d_v,
    h,
    i,
    j,
)  # fmt: skip
from symbolic_equiv.theories.language import (
    DIMENSION,
    SCALAR,
    Defined,
    Expr,
    concat,
    define,
    dim,
    fin,
    inner,
    lam,
    mat,
    sort_variable,
    symbol,
    times,
    vec,
)  # fmt: skip

_in, _k, _v, _out, _H = (sort_variable(name, DIMENSION) for name in ("n", "k", "v", "m", "H"))
_h = symbol("h", fin(_H))
_forms = {role: rf"\psi_{{{role}}}" for role in ("qry", "key", "val", "out")}


def _per_head(role: str, heads: Sort, of: Sort, to: Sort) -> Expr:
    return symbol(f"psi_{role}", heads, vec(of), vec(to), latex=(_forms[role] + "^{(#1)}", "(#2)"))


def _joined(of: Sort, to: Sort) -> Expr:
    return symbol("psi_out", vec(of), vec(to), latex=(_forms["out"], "(#1)"))


psi_qry, psi_key, psi_val = (
    _per_head(role, Heads, d_in, to) for role, to in (("qry", d_k), ("key", d_k), ("val", d_v))
)
psi_out = _joined(times(H, d_v), d_out)
PSI = (psi_qry, psi_key, psi_val, psi_out)
"""Any four maps: the projections of the theorem that covers all adapters."""

_signal = symbol("F", S, vec(_in), latex="f")
_encoding = symbol("R", S, S, vec(_in), latex=(r"\rho", "(#1, #2)"))
_query, _key = _per_head("qry", fin(_H), _in, _k), _per_head("key", fin(_H), _in, _k)
_value = _per_head("val", fin(_H), _in, _v)
_output = _joined(times(_H, _v), _out)


def _row() -> Expr:
    score = inner(_query(_h, _signal(i)), _key(_h, _signal(j) + _encoding(i, j)))
    return _output(concat(lam(_h, attend(N(i, j), score, _value(_h, _signal(j))))))


attention = define(
    "attention",
    _query,
    _key,
    _value,
    _output,
    _signal,
    _encoding,
    i,
    _row(),
    latex=(r"\mathrm{att}_{#1, #2, #3, #4}", "[#5, #6]", "(#7)"),
)
"""``att_{ψ_qry, ψ_key, ψ_val, ψ_out}[f, ρ](i)``: multi-head self-attention with these projections."""


class Projection:
    """One projection, with names for its weight, its bias and for whatever an adapter trains in it.

    Without a ``role`` it is a projection by itself, and its parameters are named by their letters alone.
    """

    def __init__(self, role: str, to: Sort, of: Sort = d_in, per_head: bool = True) -> None:
        self.role, self.to, self.of, self.per_head = role, to, of, per_head
        self.weight, self.bias = self.matrix("W", to, of), self.vector("b", to)

    def matrix(self, letter: str, rows: Sort, columns: Sort) -> Expr:
        """A matrix of this projection (of each head, where there is one per head)."""
        return self._own(letter, mat(rows, columns))

    def vector(self, letter: str, size: Sort) -> Expr:
        return self._own(letter, vec(size))

    def scalar(self, letter: str) -> Expr:
        return self._own(letter, SCALAR)

    def over(self, parameter: Expr, letter: str, sort: Sort) -> Expr:
        """A parameter of an adapter that depends on something else, such as the time of training."""
        heads = (Heads,) if self.per_head else ()
        form = (f"{letter}_{{{self.role}}}", "(#1, #2)" if self.per_head else "(#1)")
        own = symbol(f"{letter}_over_{self.role}", parameter.sort, *heads, sort, latex=form)
        return own(parameter, h) if self.per_head else own(parameter)

    def _own(self, letter: str, sort: Sort) -> Expr:
        if not self.role:
            return symbol(letter, sort)
        stem, *below = letter.split("_")
        printed = stem if len(stem) == 1 else "\\" + stem  # alpha, lambda_b
        name, form = f"{letter}_of_{self.role}", f"{printed}_{{{','.join([*below, self.role])}}}"
        return symbol(name, Heads, sort, latex=form + "^{(#1)}")(h) if self.per_head else symbol(name, sort, latex=form)


ONE = Projection("", dim("d_out"), per_head=False)
"""A projection by itself, ``W : d_out × d_in``."""


def projections(of: Sort = d_in, key: Sort = d_k, value: Sort = d_v, to: Sort = d_out) -> tuple[Projection, ...]:
    """Query, key and value of each head, and the output of all heads together, for features of these dimensions."""
    out = Projection("out", to, times(H, value), per_head=False)
    return Projection("qry", key, of), Projection("key", key, of), Projection("val", value, of), out


PROJECTIONS = projections()

Make = Callable[[Projection], Adapted]


class Layer:
    """``attention`` with the projections ``φ(v) = … v + b`` that an adapter makes; ``layer[f, ρ](i)`` is its output.

    ``make`` puts the adapter into a projection; it is one for all four, or four.  ``maps`` are the four functions.
    """

    def __init__(
        self, name: str, make: Make | tuple[Make, ...], of: tuple[Projection, ...] = PROJECTIONS, merged: bool = False
    ) -> None:
        makes = make if isinstance(make, tuple) else (make,) * len(of)
        self.definitions = tuple(_map(name, one, part, merged) for one, part in zip(makes, of, strict=True))
        self.maps = tuple(item() for item in self.definitions)

    def __call__(self, signal: Expr, encoding: Expr) -> Expr:
        return attention(*self.maps, signal, encoding)

    __getitem__ = Expr.__getitem__


def _map(name: str, make: Make, of: Projection, merged: bool) -> Defined:
    adapted, v = make(of), symbol("v", vec(of.of))
    value = (adapted.merged @ v if merged else adapted.unmerged(v)) + of.bias
    arguments = (h, v) if of.per_head else (v,)
    form = (rf"\varphi_{{{of.role}}}^{{{name}}}", "(#1, #2)" if of.per_head else "(#1)")
    return define(f"{name}_{of.role}", *arguments, value, latex=form)


def plain(of: Projection) -> Adapted:
    """A projection without an adapter."""
    return Adapted(of.weight, lambda v: of.weight @ v)
