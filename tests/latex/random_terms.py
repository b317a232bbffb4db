"""Random well-sorted terms: a grammar for each theory, with symbols, operations and what binds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count

from hypothesis import strategies as st

from symbolic_equiv.kernel import terms as kernel
from symbolic_equiv.kernel.sorts import Sort, fun
from symbolic_equiv.kernel.terms import Head, Term
from symbolic_equiv.theories import entries, matrices, pairs, recursion
from symbolic_equiv.theories import language as lang
from symbolic_equiv.theories.language import BOOL, NAT, SCALAR, Expr, base, dim, fin, mat, symbol, times, vec

DEPTH = 3


@dataclass(frozen=True)
class Rule:
    """An operation: the sorts that it takes, each with the sorts of the variables that it binds there."""

    result: Sort
    takes: tuple[tuple[tuple[tuple[str, Sort], ...], Sort], ...]
    build: Callable[..., Expr]


@dataclass(frozen=True, eq=False)
class Grammar:
    """The symbols and operations of a theory, and the sorts of the terms that it is to make."""

    sorts: tuple[Sort, ...]
    symbols: tuple[Expr, ...]
    rules: tuple[Rule, ...]
    multiplicative: frozenset[str] = frozenset()
    depth: int = DEPTH


def operation(build: Callable[..., Expr], result: Sort, *takes: Sort) -> Rule:
    return Rule(result, tuple(((), sort) for sort in takes), build)


def binding(build: Callable[..., Expr], result: Sort, *takes: tuple[Mapping[str, Sort], Sort]) -> Rule:
    return Rule(result, tuple((tuple(bound.items()), sort) for bound, sort in takes), build)


@st.composite
def terms(draw, grammar: Grammar) -> Term:
    """A term of one of the sorts."""
    sort = draw(st.sampled_from(grammar.sorts))
    return _draw(draw, grammar, sort, grammar.depth, (), count()).term


def _draw(draw, grammar: Grammar, sort: Sort, depth: int, bound: tuple[Expr, ...], fresh) -> Expr:
    if sort.name == "→":
        variable = symbol(f"~{next(fresh)}", sort.args[0])
        hint = "uvw"[len(bound) % 3]
        body = _draw(draw, grammar, sort.args[1], depth, (*bound, variable), fresh)
        return _lambda(((variable, hint),), body)
    costs = _costs(grammar)
    choices: list[tuple[int, Expr | Rule]] = [(0, each) for each in bound if each.sort == sort]
    choices += [(_cost(each, sort, costs), each) for each in (*grammar.symbols, *grammar.rules)]
    choices = [(cost, each) for cost, each in choices if cost < IMPOSSIBLE]
    cheapest = min(cost for cost, _ in choices)
    chosen = draw(st.sampled_from([each for cost, each in choices if cost <= max(depth, cheapest)]))
    if isinstance(chosen, Rule):
        parts = []
        for names, of in chosen.takes:
            variables = [(symbol(f"~{next(fresh)}", each), name) for name, each in names]
            inner = _draw(draw, grammar, of, depth - 1, (*bound, *(variable for variable, _ in variables)), fresh)
            parts.append(_lambda(tuple(variables), inner) if names else inner)
        return chosen.build(*parts)
    value = chosen
    while value.sort != sort:
        value = value(_draw(draw, grammar, value.sort.args[0], max(depth - 1, 0), bound, fresh))
    return value


IMPOSSIBLE = 99


@cache
def _costs(grammar: Grammar) -> dict[Sort, int]:
    """How deep the smallest term of each sort is."""
    costs: dict[Sort, int] = {}
    targets = {rule.result for rule in grammar.rules}
    for each in grammar.symbols:
        sort = each.sort
        targets.add(sort)
        while sort.name == "→":
            sort = sort.args[1]
            targets.add(sort)
    for _ in range(len(targets)):
        for sort in targets:
            costs[sort] = min(_cost(each, sort, costs) for each in (*grammar.symbols, *grammar.rules))
    return costs


def _cost(each: Expr | Rule, wanted: Sort, costs: dict[Sort, int]) -> int:
    """How deep a term of this sort is that begins with a symbol or an operation."""
    if isinstance(each, Rule):
        parts = [_body(of) for _, of in each.takes] if each.result == wanted else None
    else:
        parts, sort = [], each.sort
        while sort != wanted and sort.name == "→":
            parts.append(_body(sort.args[0]))
            sort = sort.args[1]
        parts = parts if sort == wanted else None
    if parts is None:
        return IMPOSSIBLE
    return min(IMPOSSIBLE, 1 + max(costs.get(part, IMPOSSIBLE) for part in parts)) if parts else 0


def _body(sort: Sort) -> Sort:
    while sort.name == "→":
        sort = sort.args[1]
    return sort


def _lambda(variables: tuple[tuple[Expr, str], ...], body: Expr) -> Expr:
    term = body.term
    for variable, hint in reversed(variables):
        term = kernel.abstract(term, variable.head, hint)
    return Expr(term)


def with_heads(term: Term, names: Mapping[Head, Head]) -> Term:
    """The term with other free variables."""
    for old, new in names.items():
        if old != new:
            term = kernel.apply(kernel.abstract(term, old, "u"), [kernel.eta(new)])
    return term


def leaves(term: Term) -> frozenset[Sort]:
    """The names in all sorts of a term."""
    if term.body is not None:
        return term.domain.leaves | leaves(term.body)
    return term.head.sort.leaves.union(*map(leaves, term.args))


S, X, K = base("S"), base("X"), base("K")
n, d, k, m = dim("n"), dim("d"), dim("d_k"), dim("m")
V, U = vec(d), vec(k)
H = fin(dim("H"))

i, j, y, p, a, b = (symbol(name, sort) for name, sort in zip("ijypab", (S, S, X, X, K, K)))
f = symbol("f", S, V)
x = symbol("x", S, X)
N = symbol("N", S, S, BOOL, latex=(r"#2 \in N(#1)",))
rho = symbol("rho", S, S, V, latex=(r"\rho", "(#1, #2)"))
c, s = symbol("c", SCALAR), symbol("s", S, SCALAR)
v, w, u = symbol("v", V), symbol("w", V), symbol("q", U)
W, A = symbol("W", mat(k, d)), symbol("A", mat(d, k))
h = symbol("h", H)
phi = symbol("phi_qry", H, V, U, latex=(r"\varphi_{qry}^{(#1)}", "(#2)"))
psi = symbol("psi_out", vec(times(dim("H"), k)), V, latex=(r"\psi_{out}", "(#1)"))

_group = lambda sort: (
    operation(lang.mul, sort, sort, sort),
    operation(lang.inv, sort, sort),
    operation(lambda: lang.unit(g=sort), sort),
)
_linear = lambda *sorts: tuple(
    rule
    for sort in sorts
    for rule in (
        operation(lang.add, sort, sort, sort),
        operation(lang.neg, sort, sort),
        operation(lang.scale, sort, SCALAR, sort),
        operation(lambda sort=sort: lang.zero(v=sort), sort),
    )
)
_scalars = (
    operation(lang.one, SCALAR),
    operation(lang.reciprocal, SCALAR, SCALAR),
    operation(lang.sqrt, SCALAR, SCALAR),
    operation(lang.exp, SCALAR, SCALAR),
    operation(lang.inner, SCALAR, V, V),
)
_products = (
    operation(lang.matvec, U, mat(k, d), V),
    operation(lang.matvec, V, mat(d, k), U),
    operation(lang.matmul, mat(d, d), mat(d, k), mat(k, d)),
    operation(lang.matvec, V, mat(d, d), V),
)
_attention = lambda domain, score, value: lang.sum_(domain, Expr(_weighted(domain.term, score.term, value.term)))
_sums = (
    *(binding(lang.sum_, sort, ({"j": S}, BOOL), ({"j": S}, sort)) for sort in (SCALAR, V)),
    binding(lang.softmax_, SCALAR, ({"j": S}, BOOL), ({"j": S}, SCALAR), ({}, S)),
    binding(_attention, V, ({"j": S}, BOOL), ({"j": S}, SCALAR), ({"j": S}, V)),
    operation(lambda: lang.true(), BOOL),
    operation(lang.and_, BOOL, BOOL, BOOL),
    operation(lang.if_, V, BOOL, V, V),
)


def _weighted(domain: Term, score: Term, value: Term) -> Term:
    """``λj. softmax(domain, score, j) value(j)``."""
    at = symbol("~at", domain.domain)
    weight = lang.softmax_(Expr(domain), Expr(score), at)
    return kernel.abstract(lang.scale(weight, Expr(kernel.apply(value, [at.term]))).term, at.head, "j")


_heads = (binding(lang.concat, vec(times(dim("H"), k)), ({"h": H}, U)),)
NK = symbol("N_pairs", S, K, S, K, BOOL, latex=(r"(#3, #4) \in N(#1, #2)",))
fK = symbol("f_pairs", S, K, V, latex=(r"f", "(#1, #2)"))
_pairs = (
    binding(pairs.sum_pairs, V, ({"j": S, "a": K}, BOOL), ({"j": S, "a": K}, V)),
    binding(pairs.softmax_pairs, SCALAR, ({"j": S, "a": K}, BOOL), ({"j": S, "a": K}, SCALAR), ({}, S), ({}, K)),
)
Q, E = symbol("Q", mat(n, n)), symbol("E", mat(n, m))
z = symbol("z", vec(n))
row, column = symbol("r", fin(n)), symbol("t", fin(m))
act = symbol("g", SCALAR, SCALAR)
_matrices = (
    operation(matrices.entry, SCALAR, mat(n, m), fin(n), fin(m)),
    operation(matrices.coordinate, SCALAR, vec(n), fin(n)),
    operation(matrices.row, vec(m), mat(n, m), fin(n)),
    operation(matrices.column, vec(n), mat(n, m), fin(m)),
    operation(matrices.row_softmax, mat(n, m), mat(n, m)),
    operation(matrices.vector_softmax, vec(n), vec(n)),
    operation(matrices.trace, SCALAR, mat(n, n)),
    operation(lambda: matrices.identity(n=n), mat(n, n)),
    operation(lang.matmul, mat(n, m), mat(n, n), mat(n, m)),
    operation(lang.matvec, vec(n), mat(n, n), vec(n)),
    operation(entries.transpose, mat(n, n), mat(n, n)),
    binding(matrices.matrix, mat(n, m), ({"r": fin(n), "t": fin(m)}, SCALAR)),
    binding(matrices.vector, vec(n), ({"r": fin(n)}, SCALAR)),
    binding(lang.sum_, SCALAR, ({"r": fin(n)}, BOOL), ({"r": fin(n)}, SCALAR)),
    operation(lambda: lang.true(), BOOL),
    operation(matrices.equal, BOOL, fin(n), fin(n)),
    operation(lang.if_, SCALAR, BOOL, SCALAR, SCALAR),
)
D1, D2 = symbol("C", mat(d, k)), symbol("D", mat(n, m))
big = symbol("Z", mat(times(d, n), times(k, m)))
_entries = (
    operation(entries.hadamard, V, V, V),
    operation(entries.reciprocals, V, V),
    operation(lambda: entries.ones(n=d), V),
    operation(entries.diag, mat(d, d), V),
    operation(entries.outer, mat(d, k), V, U),
    operation(entries.row_norms, V, mat(d, k)),
    operation(entries.transpose, mat(d, k), mat(k, d)),
    operation(entries.transpose, mat(k, d), mat(d, k)),
    operation(entries.kron, mat(times(d, n), times(k, m)), mat(d, k), mat(n, m)),
    operation(entries.flatten, vec(times(d, k)), mat(d, k)),
    operation(entries.unflatten, mat(d, k), vec(times(d, k))),
    operation(entries.hadamard, mat(d, k), mat(d, k), mat(d, k)),
)
Phi = symbol("Phi", fun(S, V), S, V, latex=(r"\Phi", "[#1]", "(#2)"))
Theta = symbol("Theta", NAT, fun(S, V), S, V, latex=(r"\Theta_{#1}", "[#2]", "(#3)"))
depth_ = symbol("t", NAT)
_recursion = (
    binding(lambda step, start, n_, at: recursion.iterate(step, start, n_)(at), V,
            ({}, fun(NAT, fun(S, V), S, V)), ({}, fun(S, V)), ({}, NAT), ({}, S)),
    operation(recursion.succ, NAT, NAT),
    operation(recursion.nought, NAT),
)  # fmt: skip
phi_A = symbol("phi_A_qry", H, V, vec(dim("r")), latex=(r"\varphi^{A,(#1)}_{qry}", "(#2)"))
phi_B = symbol("phi_B_qry", H, vec(dim("r")), U, latex=(r"\varphi^{B,(#1)}_{qry}", "(#2)"))

_inner = operation(lang.inner, SCALAR, V, V)
_acting = (*_group(X), *_group(K), operation(lang.act, X, K, X))
_shapes = (SCALAR, V, U, mat(k, d))

THEORIES = {
    "groups": Grammar((X, K), (i, y, p, a, b, x), _acting, frozenset("K")),
    "groups, all as sums": Grammar((X, K), (i, y, p, a, b, x), _acting),
    "linear": Grammar(_shapes, (c, v, w, u, W, A), (*_linear(*_shapes), *_scalars, *_products)),
    "sums": Grammar((SCALAR, V), (i, j, f, s, c, N, rho), (*_sums, *_linear(SCALAR, V))),
    "heads": Grammar(
        (V,),
        (i, j, f, s, c, N, rho, phi, psi, h, u),
        (*_sums, *_heads, operation(lang.add, V, V, V), operation(lang.inner, SCALAR, U, U)),
    ),
    "lora": Grammar((U, V), (i, f, phi, phi_A, phi_B, h, c), _linear(U, V)),
    "pairs": Grammar((V, SCALAR), (i, a, b, c, fK, NK), (*_pairs, *_group(K), *_linear(V), _inner), frozenset("K")),
    "matrices": Grammar(
        (SCALAR, mat(n, m), vec(n), mat(n, n)),
        (Q, E, z, row, column, c),
        (*_matrices, *_linear(SCALAR, vec(n), mat(n, m))),
    ),
    "adapters": Grammar(
        (V, mat(d, k), mat(d, d), vec(times(d, k)), mat(times(d, n), times(k, m))),
        (c, v, w, u, W, A, D1, D2, big),
        (*_entries, *_linear(V, mat(d, k)), _inner),
    ),
    "recursion": Grammar((V,), (i, f, Phi, Theta, depth_, c), (*_recursion, *_linear(V))),
}
"""The theories, each with symbols of its own."""
