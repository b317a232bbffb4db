"""Models from the shape of hypotheses: all that is found holds, and is not degenerate."""

from __future__ import annotations

import numpy as np
import pytest
from numeric_cases import ABSOLUTE, LEFT_RIGHT, LEFT_WRONG, MAIN

from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.evaluate import evaluate
from symbolic_equiv.numeric.models import Model, Polynomial
from symbolic_equiv.numeric.problem import Problem
from symbolic_equiv.numeric.rigorous import holds
from symbolic_equiv.numeric.solve import build, structure, violation
from symbolic_equiv.numeric.values import Style
from symbolic_equiv.numeric.witness import REFUTED, UNCONFIRMED, draw_model, examine, is_nondegenerate
from symbolic_equiv.theories.language import (
    BOOL,
    SCALAR,
    act,
    add,
    base,
    dim,
    exp,
    fin,
    lam,
    mul,
    one,
    scale,
    symbol,
    true,
    vec,
)
from symbolic_equiv.theories.statement import Statement, hypothesis

S, X, K = base("S"), base("X"), base("K")
d, H = dim("d"), dim("H")
i, j, p, q, y, k = (symbol(name, sort) for name, sort in (("i", S), ("j", S), ("p", X), ("q", X), ("y", X), ("k", K)))
t, t_inv = symbol("t", S, X), symbol("t_inv", X, S)
N, inside = symbol("N", S, S, BOOL), symbol("inside", S, BOOL)
c, v, phi = symbol("c", SCALAR), symbol("v", vec(d)), symbol("phi", vec(d), vec(d))
g = symbol("g", S, vec(d))


def assuming(*equations, claim=(c, c)) -> Problem:
    assumed = tuple(hypothesis(f"h{number}", "", equation) for number, equation in enumerate(equations))
    return Problem(Statement("test", *claim, assumed))


def models(problem: Problem, orders=(1, 2, 3, 4, 6), seeds=4, width=2) -> list[Model]:
    found = []
    for order in orders:
        for seed in range(seeds):
            model, exact = draw_model(problem, np.random.default_rng([order, seed]), order, width, Style(), {})
            assert exact
            assert violation(problem, model) == (None, True)
            found.append(model)
    return found


@pytest.mark.parametrize("statement", [MAIN, ABSOLUTE, LEFT_RIGHT, LEFT_WRONG], ids=lambda s: s.name)
def test_all_hypotheses_hold_exactly(statement):
    problem = Problem(statement)
    found = models(problem)
    for model in found[:12]:
        assert all(holds(check.left, check.right, model) for check in problem.checks)
    assert any(is_nondegenerate(problem, model) for model in found)
    assert {"S3", "Z/3"} <= {group.name for model in found for group in model.groups.values()}


def test_neighbourhoods_are_worth_something():
    """Some are neither empty nor everything, most are not empty, and their orbits under the group are kept."""
    (head,) = Problem(MAIN).same_entries
    tables = [model.values[head] for model in models(Problem(MAIN), orders=(3, 4, 6), seeds=20)]
    assert sum(table.any() and not table.all() for table in tables) > len(tables) / 2
    assert sum(table.any(axis=1).all() for table in tables) > len(tables) / 2
    assert any(not table.any() for table in tables)


def test_a_definition_is_put_in_place():
    problem = assuming((symbol("rho", S, SCALAR), lam(i, c * c)))
    assert [str(head.name) for head, _ in problem.defined] == ["rho"]
    assert problem.checks == []


def test_definitions_in_a_chain():
    a, b = symbol("a", S, SCALAR), symbol("b", S, SCALAR)
    problem = assuming((a, lam(i, b(i) + one())), (lam(i, c * c), b), claim=(a(i), a(i)))
    assert dict(problem.defined).keys() == {a.head, b.head}
    assert problem.left.variables == {c.head}


def test_a_bijection_and_its_inverse():
    problem = assuming((lam(i, t_inv(t(i))), lam(i, i)), (lam(p, p), lam(p, t(t_inv(p)))))
    assert problem.same_size == [{S, X}]
    for model in models(problem):
        assert sorted(model.values[t.head]) == list(range(model.sizes[S]))
        assert (model.values[t_inv.head][model.values[t.head]] == np.arange(model.sizes[S])).all()
    assert any((model.values[t.head] != np.arange(model.sizes[S])).any() for model in models(problem))


def test_a_one_sided_inverse_leaves_room():
    problem = assuming((lam(i, t_inv(t(i))), lam(i, i)))
    assert problem.bijections == []
    sizes = {(model.sizes[S], model.sizes[X]) for model in models(problem, orders=(2, 3, 4), seeds=10)}
    assert any(small < large for small, large in sizes)


def test_an_involution():
    s = symbol("s", S, S)
    found = models(assuming((lam(i, s(s(i))), lam(i, i))), seeds=8)
    assert any((model.values[s.head] != np.arange(model.sizes[S])).any() for model in found)


def test_a_bijection_with_the_heads():
    number, back = symbol("number", S, fin(H)), symbol("back", fin(H), S)
    h = symbol("h", fin(H))
    problem = assuming((lam(i, back(number(i))), lam(i, i)), (lam(h, number(back(h))), lam(h, h)))
    assert all(model.sizes[S] == model.sizes[H] for model in models(problem))


def test_a_symmetric_relation_that_stays_inside():
    problem = assuming(
        (lam(i, j, N(i, j)), lam(i, j, N(j, i))),
        (lam(i, N(i, i)), lam(i, true())),
    )
    found = models(problem, seeds=6)
    assert any(not model.values[N.head].all() for model in found)


def test_a_relation_that_stays_inside_a_set():
    problem = assuming((lam(i, j, N(i, j) & inside(j)), N))
    assert list(problem.fixed_points) == [N.head]
    assert any(model.values[N.head].any() for model in models(problem))


def test_entries_of_vectors_may_be_given():
    start = symbol("start", S)
    problem = assuming((g(start), v + v))
    for model in models(problem):
        assert (model.values[g.head][model.values[start.head]] == 2 * model.values[v.head]).all()


def test_commutativity_is_a_matter_of_the_group():
    free = models(assuming(claim=(p + q, q + p)), orders=(6, 8), seeds=6)
    assert any(not group.is_abelian for model in free for group in model.groups.values())
    commutative = assuming((lam(p, q, mul(p, q)), lam(p, q, mul(q, p))))
    assert all(model.groups[X].is_abelian for model in models(commutative, orders=(4, 6, 8), seeds=6))


def test_exponent_two_is_a_matter_of_the_group():
    problem = assuming((lam(p, p + p), lam(p, p - p)))
    names = {model.groups[X].name for model in models(problem, orders=(1, 2, 4))}
    assert names == {"Z/1", "Z/2", "Z/2×Z/2"}


def test_an_action_is_an_action():
    problem = assuming(claim=(act(k, p), p))
    found = models(problem, orders=(2, 3, 6), seeds=8)
    assert any((table != np.arange(table.shape[1])).any() for m in found for table in m.actions.values())


def test_a_scalar_named_like_a_dimension_is_that_dimension():
    size = symbol("d", SCALAR)
    problem = Problem(Statement("scaled", scale(size, v), v))
    model = build(
        problem, structure(problem, np.random.default_rng(0), 2, 5, {d: 4}), np.random.default_rng(0), Style()
    )
    assert (model.sizes[d], model.values[size.head]) == (4, 4.0)


def test_maps_are_neither_linear_nor_constant():
    problem = Problem(Statement("map", phi(v), v))
    model = models(problem, orders=(2,), seeds=1)[0]
    value = model.values[phi.head]
    assert isinstance(value, Polynomial)
    assert all(part.any() for part in (value.constant, value.linear, value.curvature))


def test_what_holds_for_all_vectors_is_only_sampled():
    w = symbol("w", vec(d))
    linear = (lam(v, w, phi(v + w)), lam(v, w, add(phi(v), phi(w))))
    problem = assuming(linear)
    _, exact = draw_model(problem, np.random.default_rng(0), 2, 2, Style(), {})
    assert not exact
    assumed = (hypothesis("linear", "", linear),)
    assert examine(Statement("true", phi(v + v), phi(v) + phi(v), assumed), models=20).verdict == "no difference"
    # a counterexample is confirmed with unknowns for v and w, where both sides are polynomials
    assert examine(Statement("false", phi(v), v, assumed), models=20).verdict == REFUTED
    of_exp = hypothesis("exp", "", (lam(c, exp(c + c)), lam(c, exp(c) * exp(c))))
    undecided = examine(Statement("false", phi(v), v, (of_exp,)), models=20)
    assert (undecided.verdict, undecided.exact) == (UNCONFIRMED, False)


def test_a_contradiction_has_no_model():
    one_element, other = symbol("a", S), symbol("b", S)
    contradiction = (lam(i, N(i, i)), lam(i, true())), (lam(i, N(i, i) & inside(i)), lam(i, inside(i) & inside(i)))
    assert models(assuming(*contradiction))
    falsehood = hypothesis("falsehood", "", (one() + one(), one()))
    evidence = examine(Statement("vacuous", one_element, other, (falsehood,)))
    assert (evidence.verdict, evidence.models, evidence.nondegenerate) == ("no model", 0, False)
    assert evidence.seconds < 2


def test_a_group_that_only_the_trivial_one_is():
    trivial = hypothesis("trivial", "", (lam(p, p), lam(p, p - p)))
    evidence = examine(Statement("vacuous", p + q, q + p, (trivial,)), models=40)
    assert (evidence.verdict, evidence.nondegenerate) == ("no difference", False)
    assert "possibly vacuous" in str(evidence)


def test_a_map_without_coordinates_is_refused():
    operator = symbol("operator", phi.sort, vec(d))
    problem = Problem(Statement("higher", operator(phi), v))
    with pytest.raises(NoModel, match="cannot be an argument"):
        draw_model(problem, np.random.default_rng(0), 2, 2, Style(), {})
    assert "cannot be an argument" in examine(problem.statement, models=10).reason


def test_an_opaque_equivariant_layer_has_a_model():
    """Of a layer that commutes with every permutation, a map of one token is an example, and an exact one."""
    layer = symbol("layer", g.sort, g.sort)
    f, s = symbol("f", g.sort), symbol("s", S, S)
    commutes = hypothesis("commutes", "", (lam(f, i, layer(lam(j, f(s(j))), i)), lam(f, i, layer(f, s(i)))))
    twice = lambda signal: lam(j, layer(lam(k_, layer(signal, k_)), j))
    k_ = symbol("k_", S)
    claim = twice(lam(j, g(s(j))))(i), twice(g)(s(i))
    evidence = examine(Statement("stacked", *claim, (commutes,)), models=30)
    assert (evidence.verdict, evidence.exact, evidence.nondegenerate) == ("no difference", True, True)
    false = examine(Statement("false", layer(g, i), g(i), (commutes,)), models=30)
    assert false.verdict == "refuted"


def test_the_value_of_a_definition_can_be_shown():
    problem = Problem(MAIN)
    model = models(problem, orders=(3,), seeds=1)[0]
    ((head, term),) = problem.defined
    assert (head.name, evaluate(term, model).shape[:2]) == ("rho", (3, 3))
