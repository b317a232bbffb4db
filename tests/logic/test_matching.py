"""Matching: the holes and sort variables of a pattern, at most one answer, and what must not match."""

import pytest

from symbolic_equiv.kernel.sorts import LINEAR
from symbolic_equiv.kernel.terms import PATTERN, substitute, substitute_sorts
from symbolic_equiv.logic.matching import match, match_all
from symbolic_equiv.theories.language import (
    SCALAR,
    add,
    base,
    dim,
    lam,
    mul,
    neg,
    pattern,
    scale,
    sort_variable,
    symbol,
    total,
    true,
    vec,
    zero,
)  # fmt: skip

A, B = base("A"), base("B")
V, W = vec(dim("n")), vec(dim("k"))
a, b, c = symbol("a", A), symbol("b", A), symbol("c", A)
u, v = symbol("u", V), symbol("v", V)
f, g = symbol("f", A, V), symbol("g", A, A, V)
i, j = symbol("i", A), symbol("j", A)
_v = sort_variable("v", LINEAR)
_a = sort_variable("a")
P, Q = pattern("P", A), pattern("Q", A)
U, T = pattern("U", _v), pattern("T", _v)
F = pattern("F", A, V)
G = pattern("G", A, A, V)


def patterns(term):
    """The pattern variables in a term."""
    return frozenset(head for head in term.variables if head.kind == PATTERN)


def found(left, right):
    return match(left.term, right.term, patterns(left.term))


def applied(left, result):
    """The pattern with the match put in."""
    term = substitute_sorts(left.term, result.sorts)
    return substitute(term, {head: result.values[head.name] for head in patterns(term)})


MATCHES = {
    "a hole of base sort": (mul(P, Q), mul(a, mul(b, c)), {"P": a, "Q": mul(b, c)}),
    "the same hole twice, the same term": (mul(P, P), mul(a, a), {"P": a}),
    "a sort variable becomes a vector": (add(U, T), add(u, v), {"U": u, "T": v}),
    "a sort variable becomes a scalar": (
        add(U, T),
        add(symbol("s", SCALAR), zero(v=SCALAR)),
        {"U": symbol("s", SCALAR), "T": zero(v=SCALAR)},
    ),
    "a hole applied to a bound variable": (lam(i, F(i)), lam(i, f(i)), {"F": f}),
    "a hole that ignores its argument": (lam(i, F(i)), lam(i, u), {"F": lam(i, u)}),
    "a hole with its arguments in another order": (
        lam(i, j, G(j, i)),
        lam(i, j, g(i, j)),
        {"G": lam(j, i, g(i, j))},
    ),
    "under a sum": (total(j, true(), F(j)), total(j, true(), f(mul(j, a))), {"F": lam(j, f(mul(j, a)))}),
    "two places, one value": (
        lam(i, add(F(i), neg(F(i)))),
        lam(i, add(f(i), neg(f(i)))),
        {"F": f},
    ),
}

REFUSALS = {
    "another constant": (mul(P, Q), symbol("h", A, A)(a)),
    "the same hole twice, two terms": (mul(P, P), mul(a, b)),
    "a hole that would hold a bound variable": (lam(i, add(pattern("K", V), f(i))), lam(i, add(f(i), f(i)))),
    "a hole under two binders that would hold the other": (lam(i, j, F(i)), lam(i, j, g(i, j))),
    "a base sort for a linear sort variable": (add(U, T), mul(a, b)),
    "an abstraction against an application": (F, u),
    "one sort variable, two sorts": (
        scale(symbol("s", SCALAR), U),
        scale(symbol("t", SCALAR), symbol("w", W)),
    ),
    "a free variable is not another": (lam(i, f(i)), lam(i, symbol("h", A, V)(i))),
    "fewer arguments": (lam(i, j, G(i, j)), lam(i, f(i))),
    "two places, two values": (lam(i, add(F(i), neg(F(i)))), lam(i, add(f(i), neg(u)))),
    "a free variable of the same name and another sort": (symbol("a", A), symbol("a", B)),
    "two bound variables are not one": (lam(i, j, mul(i, j)), lam(i, j, mul(j, i))),
}


@pytest.mark.parametrize("case", MATCHES, ids=list(MATCHES))
def test_the_one_match_is_found_and_takes_the_pattern_to_the_term(case):
    left, right, values = MATCHES[case]
    result = found(left, right)
    assert result is not None
    assert result.values == {name: value.term for name, value in values.items()}
    assert applied(left, result) == right.term


@pytest.mark.parametrize("case", REFUSALS, ids=list(REFUSALS))
def test_what_does_not_match_is_refused(case):
    left, right = REFUSALS[case]
    assert found(left, right) is None


def test_a_match_of_several_pairs_agrees_in_all_of_them():
    holes = patterns(P.term)
    assert match_all([(P.term, a.term), (mul(P, c).term, mul(a, c).term)], holes) is not None
    assert match_all([(P.term, a.term), (mul(P, c).term, mul(b, c).term)], holes) is None


def test_a_variable_may_be_named_as_a_hole_and_is_then_one():
    holes = frozenset([a.head])
    assert match(mul(a, b).term, mul(c, b).term, holes).values == {"a": c.term}
    assert match(mul(a, b).term, mul(c, c).term, holes) is None


def test_a_binder_of_schematic_sort_matches_one_of_a_plain_sort():
    H = pattern("H", _a, _v)
    k = pattern("k", _a)
    left = total(k, true(), H(k))
    result = found(left, total(j, true(), f(j)))
    assert result.values == {"H": f.term}
    assert result.sorts[_a] == A and result.sorts[_v] == V
