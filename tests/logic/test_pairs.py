"""Sums and softmaxes over pairs: what the prover shows of them, and what it must not."""

import pytest

from symbolic_equiv.kernel.certificate import certificate, replay
from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.logic.prover import prove
from symbolic_equiv.numeric.witness import NO_DIFFERENCE, REFUTED, examine
from symbolic_equiv.theories.language import (
    BOOL,
    SCALAR,
    act,
    base,
    dim,
    exp,
    inner,
    inv,
    lam,
    mat,
    scale,
    symbol,
    total,
    true,
    unit,
    vec,
    zero,
)  # fmt: skip
from symbolic_equiv.theories.pairs import softmax_of_pairs, softmax_over_pairs, total_pairs
from symbolic_equiv.theories.statement import Hypothesis, Statement, hypothesis

X, K, J = base("X"), base("K"), base("J")
n, d = dim("n"), dim("d")
p, q, y = (symbol(name, X) for name in "pqy")
a, b, c = (symbol(name, K) for name in "abc")
j, k = symbol("j", J), symbol("k", J)
D, E = symbol("D", X, K, BOOL), symbol("E", J, J, BOOL)
F, G = symbol("F", X, K, vec(n)), symbol("G", X, K, vec(n))
s, w = symbol("s", X, K, SCALAR), symbol("w", J, J, SCALAR)
r, u, W = symbol("r", SCALAR), symbol("u", vec(n)), symbol("W", mat(d, n))
N = symbol("N", X, K, X, K, BOOL)
g, g_inv = symbol("g", J, X), symbol("g_inv", X, J)
bijection = hypothesis(
    "bijection", "g is a bijection", (lam(j, g_inv(g(j))), lam(j, j)), (lam(p, g(g_inv(p))), lam(p, p))
)
moves = hypothesis(
    "moves",
    "the relation moves with the group",
    (lam(y, b, p, a, q, c, N(act(b, p) + y, b * a, act(b, q) + y, b * c)), lam(y, b, p, a, q, c, N(p, a, q, c))),
)


def over(body, domain=None):
    return total_pairs(p, a, D(p, a) if domain is None else domain, body)


def row(domain, score, value):
    """One row of attention over pairs."""
    return total_pairs(q, c, domain, softmax_of_pairs(q, c, domain, score) * value)


TRUE = {
    "linear": [
        (over(F(p, a) + G(p, a)), over(F(p, a)) + over(G(p, a)), ()),
        (over(scale(r, F(p, a))), scale(r, over(F(p, a))), ()),
        (over(scale(s(p, a), u)), scale(over(s(p, a)), u), ()),
        (over(-F(p, a)), -over(F(p, a)), ()),
        (over(zero(v=vec(n))), zero(v=vec(n)), ()),
        (W @ over(F(p, a)), over(W @ F(p, a)), ()),
        (inner(u, over(F(p, a))), over(inner(F(p, a), u)), ()),
    ],
    "re-indexed": [
        (over(F(p + y, a), D(p + y, a)), over(F(p, a)), ()),
        (over(F(p, b * a), D(p, b * a)), over(F(p, a)), ()),
        (over(F(act(b, p) + y, b * a), D(act(b, p) + y, b * a)), over(F(p, a)), ()),
        (over(F(-p, inv(a)), true()), over(F(p, a), true()), ()),
        (total_pairs(j, a, D(g(j) + y, a), F(g(j) + y, a)), over(F(p, a)), (bijection,)),
        (
            row(N(p, a, q, c), s(act(inv(b), q - y), inv(b) * c), F(act(inv(b), q - y), inv(b) * c)),
            row(N(act(inv(b), p - y), inv(b) * a, q, c), s(q, c), F(q, c)),
            (moves,),
        ),
    ],
    "softmax": [
        (
            softmax_over_pairs(p, a, D(p, a), r + s(p, a), (q, c)),
            softmax_over_pairs(p, a, D(p, a), s(p, a), (q, c)),
            (),
        ),
        (softmax_over_pairs(p, a, D(p, a), r, (q, c)), softmax_over_pairs(p, a, D(p, a), zero(v=SCALAR), (q, c)), ()),
        (
            softmax_over_pairs(p, a, D(p + y, a), s(p + y, a), (q, c)),
            softmax_over_pairs(p, a, D(p, a), s(p, a), (q + y, c)),
            (),
        ),
    ],
}  # fmt: skip
"""True equations: the left side, the right side, the hypotheses."""

FALSE = {
    "one of the two is left as it was": [
        (over(F(p + y, a)), over(F(p, a)), ()),
        (over(F(p, a), D(p + y, a)), over(F(p, a)), ()),
        (over(F(p, b * a), D(p, a * b)), over(F(p, a)), ()),
        (over(F(act(b, p), b * a), D(act(b, p), a)), over(F(p, a)), ()),
        (total_pairs(j, a, D(g(j), a), F(g(j), a)), over(F(p, a)), ()),
    ],
    "pairs are no single index": [
        (total_pairs(j, k, E(j, k), w(j, k)), total_pairs(j, k, E(k, j), w(j, k)), ()),
        (total_pairs(j, k, E(j, k), w(j, k)), total(j, E(j, j), w(j, j)), ()),
        (total_pairs(j, k, E(j, k), w(j, k)), total(j, true(), total(k, E(j, j), w(j, k))), ()),
        (over(F(p, a)), over(F(p, inv(a))), ()),
        (over(F(p, a * a), true()), over(F(p, a), true()), ()),
        (over(F(act(a, p), a), D(p, a)), over(F(p, a)), ()),
    ],
    "a softmax is not linear": [
        (
            softmax_over_pairs(p, a, D(p, a), s(p, a) + s(p, b), (q, c)),
            softmax_over_pairs(p, a, D(p, a), s(p, a), (q, c)),
            (),
        ),
        (
            softmax_over_pairs(p, a, D(p, a), s(p + y, a), (q, c)),
            softmax_over_pairs(p, a, D(p, a), s(p, a), (q + y, c)),
            (),
        ),
        (softmax_over_pairs(p, a, D(p, a), s(p, a), (q, c)), exp(s(q, c)) / over(exp(s(p, a))), ()),
        (over(softmax_of_pairs(p, a, D(p, a), s(p, a))), over(softmax_of_pairs(p, a, true(), s(p, a))), ()),
    ],
    "the group moves otherwise": [
        (
            row(N(p, a, q, c), s(q - y, c), F(q - y, c)),
            row(N(p - y, a, q, c), s(q, c), F(q, c)),
            (),
        ),
        (
            row(N(p, a, q, c), s(act(inv(b), q), c * inv(b)), F(act(inv(b), q), c * inv(b))),
            row(N(act(inv(b), p), inv(b) * a, q, c), s(q, c), F(q, c)),
            (moves,),
        ),
        (
            row(N(p, a, q, c), s(act(inv(b), q) - y, inv(b) * c), F(act(inv(b), q) - y, inv(b) * c)),
            row(N(act(inv(b), p - y), inv(b) * a, q, c), s(q, c), F(q, c)),
            (moves,),
        ),
        (
            row(N(p, a, q, c), s(q, c), F(act(b, q), b * c)),
            row(N(act(inv(b), p), inv(b) * a, q, c), s(act(b, q), b * c), F(q, c)),
            (moves,),
        ),
        (
            row(N(p, a, q, c), s(q, inv(a) * c), F(q, c)),
            row(N(p, a, q, c), s(q, inv(unit(g=K) * c) * a), F(q, c)),
            (moves,),
        ),
    ],
}  # fmt: skip
"""False equations, which random models refute."""


def cases(groups):
    return [pytest.param(*case, id=f"{name} {at}") for name, found in groups.items() for at, case in enumerate(found)]


@pytest.mark.parametrize(("left", "right", "given"), cases(TRUE))
def test_true_equations_are_proved(left, right, given):
    theorem = prove(left.term, right.term, [e for item in given for e in item.equations])
    assert (theorem.left, theorem.right) == (left.term, right.term)
    assert replay(certificate(theorem)).right == right.term
    assumed = (Hypothesis("given", "", tuple(theorem.hypotheses)),) if theorem.hypotheses else ()
    assert examine(Statement("true", left, right, assumed), models=30).verdict == NO_DIFFERENCE


@pytest.mark.parametrize(("left", "right", "given"), cases(FALSE))
def test_false_equations_are_not_proved_and_are_refuted(left, right, given):
    with pytest.raises(NotProved):
        prove(left.term, right.term, [e for item in given for e in item.equations], budget=10)
    assert examine(Statement("false", left, right, given), models=120).verdict == REFUTED
