"""A theorem and a counterexample never stand side by side, whatever word the theorem goes by."""

import pytest

import symbolic_equiv as se
from symbolic_equiv.report.check import ASSUMED, PROVED, _refute
from symbolic_equiv.report.results import Chain, Contradiction
from symbolic_equiv.script.proposition import Proposition
from symbolic_equiv.theories.language import lam, unit
from symbolic_equiv.theories.statement import Statement

X = se.base("X")
p, q = se.symbol("p", X), se.symbol("q", X)
INVOLUTIONS = se.hypothesis("involutions", "every element is its own inverse", (lam(p, p + p), lam(p, unit(g=X))))


@pytest.mark.parametrize("word", [PROVED, ASSUMED])
def test_a_refuted_theorem_is_a_contradiction(word):
    chain = Chain(Statement("claim", p, p))
    chain.claim, chain.theorem = word, object()
    with pytest.raises(Contradiction):
        _refute(chain, "a model", "numeric")


def test_a_true_claim_that_the_search_does_not_find_is_unproved_by_all_witnesses():
    claim = Statement("claim", p + q, q + p, (INVOLUTIONS,))
    (chain,) = se.check(Proposition(claim, None)).chains
    assert chain.claim == "unproved" and chain.counterexample is None
    assert list(chain.witnesses) == ["kernel", "explicit", "numeric"]
