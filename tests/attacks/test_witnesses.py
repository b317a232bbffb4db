"""A true statement is refuted by no witness, and no statement makes a witness fall over."""

import pytest

import symbolic_equiv as se
from symbolic_equiv.explicit.errors import HypothesisError
from symbolic_equiv.explicit.witness import examine as examine_explicitly
from symbolic_equiv.numeric.witness import NO_DIFFERENCE, NO_MODEL, examine
from symbolic_equiv.theories.language import SCALAR, act, inner, lam, one, unit, zero
from symbolic_equiv.theories.statement import Statement

S, X, G = (se.base(name) for name in "SXG")
d = se.dim("d")
p, q, a = se.symbol("p", X), se.symbol("q", X), se.symbol("a", G)
e = unit(g=X)
INVOLUTIONS = (lam(p, p + p), lam(p, e))


def statement(left, right, *equations):
    given = tuple(se.hypothesis(f"h{k}", "an assumption", pair) for k, pair in enumerate(equations))
    return Statement("claim", left, right, given)


ABOUT_GROUPS = {
    "every element is its own inverse": statement((p + q) + (p + q), e, INVOLUTIONS),
    "the inverse is the unit": statement(-p, e, (lam(p, -p), lam(p, e))),
    "the action is trivial": statement(act(a, p) + p, p + p, (lam(a, p, act(a, p)), lam(a, p, p))),
    "the law forgets its left factor": statement(p, q + p, (lam(q, p, p), lam(q, p, q + p))),
}
"""True under a hypothesis without variables that the default groups (Z/3, inverted by Z/2) do not satisfy."""


@pytest.mark.parametrize("name", ABOUT_GROUPS)
def test_a_hypothesis_about_the_group_alone_is_checked(name):
    with pytest.raises(HypothesisError):
        examine_explicitly(ABOUT_GROUPS[name])
    assert examine(ABOUT_GROUPS[name], models=20, budget=3).verdict in (NO_DIFFERENCE, NO_MODEL)


def test_where_such_a_hypothesis_holds_true_and_false_are_told_apart():
    assert examine_explicitly(ABOUT_GROUPS["every element is its own inverse"], sizes={"X": 2}).verdict == "equal"
    assert examine_explicitly(statement(p + q, p, INVOLUTIONS), sizes={"X": 2}).verdict == "refuted"


ONLY_CONSTANTS = {
    "a unit": statement(-e, e),
    "a unit that acts": statement(act(unit(g=G), e), e),
    "a bound element": statement(se.total(p, se.true(), zero(v=SCALAR)), zero(v=SCALAR)),
    "a zero vector": statement(inner(zero(v=se.vec(d)), zero(v=se.vec(d))), zero(v=SCALAR)),
}


@pytest.mark.parametrize("name", ONLY_CONSTANTS)
def test_sorts_that_no_variable_has(name):
    assert examine_explicitly(ONLY_CONSTANTS[name]).verdict == "equal"
    assert examine(ONLY_CONSTANTS[name], models=10).verdict == NO_DIFFERENCE


def test_an_element_defined_by_one_that_is_examined_at_all_its_values():
    evidence = examine(statement(-q, p, (q, -p)), models=20)
    assert evidence.verdict == NO_DIFFERENCE and evidence.nondegenerate


def test_an_element_defined_by_one_that_occurs_nowhere_else():
    assert examine(statement(q - q, e, (q, -p)), models=20).nondegenerate


def test_an_element_defined_as_the_unit_is_degenerate():
    assert not examine(statement(q, e, (q, p - p)), models=20).nondegenerate


def test_a_map_of_vectors_without_a_token_is_not_read_token_by_token():
    u, phi = se.symbol("u", se.vec(d)), se.symbol("phi", se.vec(d), se.vec(d))
    length = inner(u, phi(zero(v=se.vec(d))))
    with pytest.raises(HypothesisError):
        examine_explicitly(statement(length, one(), (length, one())))


@pytest.mark.filterwarnings("error")
def test_numbers_that_overflow_are_no_model_and_no_noise():
    c = se.symbol("c", SCALAR)
    tower = se.exp(se.exp(se.exp(se.exp(c * c + one()))))
    assert examine(statement(tower, tower + c), models=10).verdict == NO_MODEL
