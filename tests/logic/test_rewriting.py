"""Rewrite rules and the conversions made of them."""

import pytest

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.terms import abstract
from symbolic_equiv.logic.derived import derive
from symbolic_equiv.logic.rewriting import (
    chain,
    close_binders,
    fresh,
    from_axiom,
    from_theorem,
    leibniz,
    level,
    open_binders,
    then,
)
from symbolic_equiv.logic.rules import Order, rewrite_rules
from symbolic_equiv.theories.attention import N, S, X, i, j, moved, neighbourhoods_move, p, q
from symbolic_equiv.theories.language import SCALAR, add, inv, lam, mul, scale, symbol, total, true, unit
from symbolic_equiv.theories.table import RULES

c, d = symbol("c", SCALAR), symbol("d", SCALAR)
e = unit(g=X)


def equation(theorem):
    return theorem.left, theorem.right


def test_an_axiom_rewrites_the_whole_term_it_matches():
    rule = from_axiom(RULES["group_unit_left"].axiom)
    assert equation(rule(mul(e, p).term)) == (mul(e, p).term, p.term)


def test_an_axiom_does_not_rewrite_inside():
    rule = from_axiom(RULES["group_unit_left"].axiom)
    assert rule(inv(mul(e, p)).term) is None


def test_a_rewrite_that_changes_nothing_is_none():
    rule = from_axiom(RULES["add_commutative"].axiom)
    assert rule(add(c, c).term) is None
    assert rule(add(c, d).term).right == add(d, c).term


def test_a_guard_can_refuse():
    rule = from_axiom(RULES["add_commutative"].axiom, guard=lambda values: values["u"] == c.term)
    assert rule(add(c, d).term) is not None
    assert rule(add(d, c).term) is None


def test_a_hypothesis_rewrites_for_all_that_it_binds_and_stays_a_hypothesis():
    assumed = kernel.assumption(*neighbourhoods_move.equations[0])
    theorem = from_theorem(assumed)(N(moved(i), moved(j)).term)
    assert theorem.right == N(i, j).term
    assert theorem.hypotheses == frozenset(neighbourhoods_move.equations)


def test_a_hypothesis_about_one_element_is_not_a_rule_for_others():
    k = symbol("k", S)
    ground = from_theorem(kernel.assumption(N(i, j).term, true().term))
    assert ground(N(i, j).term).right == true().term
    assert ground(N(i, k).term) is None
    assert ground(N(k, j).term) is None


def test_opened_binders_close_again():
    theorem = kernel.assumption(*neighbourhoods_move.equations[0])
    holes, opened = open_binders(theorem)
    assert len(holes) == 3
    assert equation(close_binders(opened, holes)) == equation(theorem)


def test_then_and_chain_leave_out_what_says_nothing():
    one = derive("group_unit_left", p=p.term)
    assert then(kernel.reflexivity(one.left), one) is one
    assert then(one, kernel.reflexivity(one.right)) is one
    assert equation(chain(one, kernel.symmetry(one))) == (one.left, one.left)


def test_a_chain_that_does_not_meet_is_refused():
    with pytest.raises(KernelError, match="transitivity"):
        chain(derive("group_unit_left", p=p.term), derive("group_unit_left", p=q.term))


def test_leibniz_replaces_every_place_also_under_binders():
    inside = total(j, N(i, j), scale(c, d)).term
    step = derive("product_commutative", c=c.term, d=d.term)
    hole = symbol("z", SCALAR)
    function = abstract(add(hole, total(j, N(i, j), hole)).term, hole.head)
    theorem = leibniz(function, step)
    assert theorem.left == add(scale(c, d), total(j, N(i, j), scale(c, d))).term
    assert theorem.right == add(scale(d, c), total(j, N(i, j), scale(d, c))).term
    assert leibniz(abstract(inside, hole.head), step).left == inside


def test_an_instance_at_the_wrong_sort_is_refused():
    with pytest.raises(KernelError, match="product_commutative"):
        derive("product_commutative", c=p.term, d=d.term)


def test_fresh_is_in_none_of_the_terms():
    first = fresh(S, i.term, j.term)
    used = abstract(N(i, j).term, j.head)
    second = fresh(S, kernel.terms.apply(used, [kernel.terms.eta(first)]))
    assert first != second
    assert level(kernel.terms.eta(first)) == 0 and level(i.term) == -1


def test_the_order_is_total_and_says_the_same_for_printed_names():
    order = Order()
    terms = [p.term, q.term, mul(p, q).term, mul(q, p).term, inv(p).term, e.term]
    for first in terms:
        for second in terms:
            assert (order.before(first, second) + order.before(second, first) + (first == second)) == 1
    assert order.key(lam(i, N(i, i)).term) == order.key(lam(j, N(j, j)).term)


def test_only_the_theories_asked_for_rewrite():
    assert set(rewrite_rules(frozenset({"groups"}), Order())) == {"mul", "inv", "act"}
    assert rewrite_rules(frozenset(), Order()) == {}


def test_every_rule_that_rewrites_has_a_left_side_that_determines_the_right():
    for rules in rewrite_rules(
        frozenset({"groups", "addition", "scaling", "linear maps", "sums", "logic"}), Order()
    ).values():
        for rule in rules:
            assert rule.left.variables == rule.holes
