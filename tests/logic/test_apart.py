"""Terms are told apart by the fixed places at which they read a signal: never two that can be proved equal."""

from __future__ import annotations

import pytest
from equivariance_claims import TRUE

from symbolic_equiv.logic.apart import read_apart
from symbolic_equiv.logic.prover import LEAN, Prover
from symbolic_equiv.logic.rules import THEORIES
from symbolic_equiv.theories.attention import N, S, d_in, f, i, j, x, x_inv, y
from symbolic_equiv.theories.language import BOOL, Expr, inner, lam, scale, softmax, symbol, total, vec, where, zero
from symbolic_equiv.theories.matrices import equal

k, a, R = symbol("k", S), symbol("a", vec(d_in)), symbol("R", S, S, BOOL)
CONSTANT = ((lam(i, f(i)).term, lam(i, a).term),)

TOLD = {
    "another token": (f(i), f(j)),
    "a token that is moved on one side only": (f(x_inv(x(i) - y)), f(i)),
    "inside a sum": (total(j, N(i, j), scale(inner(f(i), f(j)), a)), total(j, N(i, j), scale(inner(f(k), f(j)), a))),
    "one place too many": (f(i) + f(j), f(i)),
}
ALONE = ((lam(i, j, N(i, j)).term, lam(i, j, equal(j, i)).term),)

NOT_TOLD = {
    "the same place": (f(i), f(i), ()),
    "only where the sum runs": (total(j, N(i, j), f(j)), total(j, R(i, j), f(j)), ()),
    "something is assumed of the signal": (f(i), f(j), CONSTANT),
    "a hypothesis may pick a place": (total(j, N(i, j), f(j)), f(i), ALONE),
    "a case may pick a place": (total(j, N(i, j), where(N(j, j), f(j))), f(i), ()),
    "it may be multiplied by 0": (scale(inner(a, a), f(i)), scale(inner(zero(v=vec(d_in)), a), f(j)), ()),
}


@pytest.mark.parametrize("sides", TOLD.values(), ids=TOLD.keys())
def test_told_apart(sides: tuple[Expr, Expr]):
    left, right = (side.term for side in sides)
    assert read_apart(left, right, ()) and read_apart(right, left, ())


@pytest.mark.parametrize("sides", NOT_TOLD.values(), ids=NOT_TOLD.keys())
def test_not_told_apart(sides):
    left, right, hypotheses = sides
    assert not read_apart(left.term, right.term, hypotheses) and not read_apart(right.term, left.term, hypotheses)


def test_a_constant_along_the_row_of_a_softmax_cancels_first():
    with_constant = softmax(j, N(i, j), inner(a, f(k)) + inner(a, f(j))).term
    without = softmax(j, N(i, j), inner(a, f(j))).term
    assert read_apart(with_constant, without, ())
    sides = [Prover(theories=THEORIES, reindexes=False).normal(side).right for side in (with_constant, without)]
    assert not read_apart(*sides, ())


@pytest.mark.parametrize("claim", [claim for _, claim in TRUE], ids=[title for title, _ in TRUE])
def test_what_is_true_is_never_told_apart(claim):
    statement = claim.statement
    provers = [Prover(statement.equations, statement.terms(), way, reindexes=False) for way in (LEAN, THEORIES)]
    sides = [[prover.normal(side).right for side in (statement.left, statement.right)] for prover in provers]
    assert not all(read_apart(*each, statement.equations) for each in sides)
