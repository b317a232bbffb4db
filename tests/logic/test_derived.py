"""The derived softmax rules: the right statement, from the expected axioms only, and replayed from nothing."""

import pytest

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.certificate import certificate, replay
from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.terms import eta
from symbolic_equiv.logic.derived import derive, reindex, softmax_of_constant, softmax_shift, unfold
from symbolic_equiv.numeric.witness import NO_DIFFERENCE, examine
from symbolic_equiv.theories.language import BOOL, SCALAR, Expr, add, base, lam, softmax_over, symbol, zero
from symbolic_equiv.theories.statement import Hypothesis, Statement

J, K = base("J"), base("K")
j, k, t = symbol("j", J), symbol("k", K), symbol("t", J)
D, s = symbol("D", J, BOOL), symbol("s", J, SCALAR)
g, g_inv, c = symbol("g", K, J), symbol("g_inv", J, K), symbol("c", SCALAR)
BIJECTION = (
    (lam(j, g(g_inv(j))).term, lam(j, j).term),
    (lam(k, g_inv(g(k))).term, lam(k, k).term),
)
ROW = softmax_over(j, D(j), s(j), at=t)


def names(theorem):
    return {item.name for item in theorem.axioms}


def agrees_with_numbers(theorem):
    given = (Hypothesis("given", "what is assumed", tuple(theorem.hypotheses)),) if theorem.hypotheses else ()
    evidence = examine(Statement("rule", Expr(theorem.left), Expr(theorem.right), given), models=40)
    return evidence.verdict == NO_DIFFERENCE and replay(certificate(theorem)).right == theorem.right


def test_softmax_reindex():
    premises = [kernel.assumption(*equation) for equation in BIJECTION]
    theorem = reindex(ROW.term, 0, eta(g.head), eta(g_inv.head), *premises)
    assert theorem.left == ROW.term
    assert theorem.right == softmax_over(k, D(g(k)), s(g(k)), at=g_inv(t)).term
    assert theorem.hypotheses == frozenset(BIJECTION)
    assert names(theorem) == {"sum_reindex"}
    assert agrees_with_numbers(theorem)


@pytest.mark.parametrize("known", [0, 1])
def test_softmax_reindex_needs_both_inverse_laws(known):
    premises = [kernel.assumption(*BIJECTION[known])] * 2
    with pytest.raises(KernelError):
        reindex(ROW.term, 0, eta(g.head), eta(g_inv.head), *premises)


def test_softmax_shift():
    shifted = softmax_over(j, D(j), add(c, s(j)), at=t)
    theorem = softmax_shift(shifted.term)
    assert (theorem.left, theorem.right) == (shifted.term, ROW.term)
    assert not theorem.hypotheses
    assert names(theorem) == {
        "exp_sum", "exp_nonzero", "reciprocal_product", "scale_product", "scale_swap", "sum_of_multiples",
    }  # fmt: skip
    assert agrees_with_numbers(theorem)


def test_softmax_does_not_drop_what_depends_on_the_row():
    """``s(j) + c`` with s in front is no constant, and its ``s`` must not be dropped."""
    shifted = softmax_over(j, D(j), add(s(j), c), at=t)
    with pytest.raises(KernelError):
        softmax_shift(shifted.term)


def test_softmax_of_constant():
    flat = softmax_over(j, D(j), c, at=t)
    theorem = softmax_of_constant(flat.term)
    assert (theorem.left, theorem.right) == (flat.term, softmax_over(j, D(j), zero(v=SCALAR), at=t).term)
    assert not theorem.hypotheses
    assert "add_zero_right" in names(theorem)
    assert agrees_with_numbers(theorem)


def test_unfold_is_the_definition_and_needs_no_axiom():
    theorem = unfold(ROW.term)
    assert theorem.left == ROW.term and theorem.right.head.name == "if"
    assert not theorem.axioms and not theorem.hypotheses


def test_a_primitive_constant_has_nothing_to_unfold():
    with pytest.raises(KernelError, match="not a defined constant"):
        unfold(add(c, c).term)


def test_derive_takes_the_premises_that_the_rule_states():
    with pytest.raises(KernelError, match="premises"):
        derive("sum_reindex", P=eta(D.head), F=eta(s.head), h=eta(g.head), h_inv=eta(g_inv.head))
