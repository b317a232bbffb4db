"""How hypotheses are classified, in whatever way they are written."""

import pytest
from equivariance_claims import (
    SPELLINGS,
    WRONG_SPELLINGS,
    assume,
    neighbourhoods,
    positions_commute,
    rho_backwards,
    rho_curried,
    twice,
    x_is_injective,
    x_is_surjective,
)  # fmt: skip

from symbolic_equiv.logic.normalise import Normaliser
from symbolic_equiv.logic.prover import group_sorts
from symbolic_equiv.theories.attention import (
    N,
    S,
    X,
    f,
    i,
    j,
    p,
    q,
    rho,
    rho_is_relative,
    rho_P,
    x,
    x_inv,
    x_is_bijective,
    y,
)
from symbolic_equiv.theories.language import lam, mul, symbol


def learnt(*hypotheses):
    equations = [equation for item in hypotheses for equation in item.equations]
    groups = group_sorts([side for equation in equations for side in equation] + [mul(p, q).term])
    return Normaliser(equations, group_sorts=groups)


def normal(normaliser, expression):
    return normaliser.norm(expression.term).right


def test_a_bijection_has_two_halves():
    facts = learnt(x_is_bijective).facts
    assert facts.inverses == {x.head: x_inv.head, x_inv.head: x.head}
    assert facts.carriers == {S: x.head, X: x_inv.head}


@pytest.mark.parametrize("half", [x_is_injective, x_is_surjective], ids=["injective", "surjective"])
def test_one_half_is_no_bijection(half):
    assert learnt(half).facts.inverses == {}


def test_two_halves_of_two_maps_are_no_bijection():
    z = symbol("z", S, X)
    facts = learnt(x_is_injective, assume("other", (lam(p, z(x_inv(p))), lam(p, p)))).facts
    assert facts.inverses == {}


def test_a_half_still_rewrites_in_its_direction():
    normaliser = learnt(x_is_injective)
    assert normal(normaliser, x_inv(x(i))) == i.term
    assert normal(normaliser, x(x_inv(p))) == x(x_inv(p)).term


@pytest.mark.parametrize("spelled", SPELLINGS, ids=list(SPELLINGS))
def test_every_spelling_of_the_neighbourhoods_is_one_invariance(spelled):
    left, right, bound = SPELLINGS[spelled]
    facts = learnt(x_is_bijective, neighbourhoods("moves", left, right, *bound)).facts
    (known,) = facts.invariances[N.head]
    assert known.right.head == N.head
    assert all(arg in known.holes for arg in known.right.args)


@pytest.mark.parametrize("spelled", WRONG_SPELLINGS, ids=list(WRONG_SPELLINGS))
def test_an_invariance_that_is_learnt_is_the_hypothesis_and_no_other(spelled):
    left, right, bound = WRONG_SPELLINGS[spelled]
    item = neighbourhoods("moves", left, right, *bound)
    for known in learnt(x_is_bijective, item).facts.invariances.get(N.head, []):
        assert known.theorem.hypotheses <= frozenset(x_is_bijective.equations + item.equations)


@pytest.mark.parametrize(
    "item", [rho_is_relative, rho_backwards, rho_curried], ids=["as written", "reversed", "curried"]
)
def test_a_definition_is_one_in_either_direction(item):
    normaliser = learnt(item)
    assert set(normaliser.facts.definitions) == {rho.head}
    assert normal(normaliser, rho(i, j)) == normal(normaliser, rho_P(x(j) - x(i)))


def test_a_second_definition_is_a_rule_or_nothing_but_not_a_definition():
    normaliser = learnt(rho_is_relative, twice)
    assert len(normaliser.facts.definitions) == 1
    assert normal(normaliser, rho(i, j)).head == rho_P.head


def test_definitions_in_a_circle_are_broken():
    g, h = symbol("g", S, f(i).sort), symbol("h", S, f(i).sort)
    circle = assume("circle", (f, g), (g, h), (h, f))
    normaliser = learnt(circle)
    assert len(normaliser.facts.definitions) == 2
    assert normal(normaliser, f(i)) == normal(normaliser, g(i)) == normal(normaliser, h(i))


def test_a_name_defined_by_itself_is_not_unfolded():
    normaliser = learnt(assume("fixed_point", (f, lam(i, f(x_inv(x(i) + y))))), x_is_bijective)
    assert f.head not in normaliser.facts.definitions
    assert normal(normaliser, f(i)).head == f.head


def test_commutativity_sorts_products_and_only_in_its_group():
    commuting, plain = learnt(positions_commute), learnt()
    assert normal(commuting, p + q) == normal(commuting, q + p)
    assert normal(plain, p + q) != normal(plain, q + p)


def test_a_hypothesis_that_binds_what_neither_side_determines_is_left_alone():
    """``λp q. f(x⁻¹(p)) = λp q. f(x⁻¹(q))`` rewrites to nothing definite, and must not loop."""
    normaliser = learnt(assume("constant", (lam(p, q, f(x_inv(p))), lam(p, q, f(x_inv(q))))))
    assert normal(normaliser, f(i)) == f(i).term
