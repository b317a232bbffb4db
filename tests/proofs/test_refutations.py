"""Every hypothesis of every bundled theorem is needed, and every counterexample stands up to plain Python."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from by_hand import ByHand, NotFinite, group_law

from symbolic_equiv.numeric.rigorous import holds
from symbolic_equiv.report.refute import Refutation, refute, search
from symbolic_equiv.script.loader import bundled, bundled_path, load
from symbolic_equiv.theories.statement import PROVED, REFUTED

ALL = [item.statement for name in bundled() for item in load(bundled_path(name))]
HYPOTHESES = [(each, item) for each in ALL if each.expected == PROVED for item in each.hypotheses]
CONJECTURES = [each for each in ALL if each.expected == REFUTED]


def agrees(found):
    """Whether plain Python sees what was printed: all hypotheses hold, and the sides differ as they are said to."""
    data = json.loads(json.dumps(found.to_json()))["counterexample"]
    plain = ByHand(data)
    problem = found.counterexample.problem
    for check in problem.checks:  # what is left of the hypotheses where the model defines a variable
        with suppress(NotFinite):
            assert plain.equal(check.left, check.right), check.name
    left, right = (plain.all(side)[0] for side in (problem.left, problem.right))
    for k in data["entry"]:
        left, right = left[k], right[k]
    assert abs(left - right) > 1e-3 * max(abs(left), abs(right)), (left, right)
    for value, (low, high) in ((left, found.counterexample.gap.left), (right, found.counterexample.gap.right)):
        assert float(low) - 1e-9 <= value <= float(high) + 1e-9
    return True


@pytest.mark.parametrize(("statement", "item"), HYPOTHESES, ids=[f"{s.name}-{h.name}" for s, h in HYPOTHESES])
def test_a_theorem_is_false_without_any_one_of_its_hypotheses(statement, item):
    found = search(Refutation(statement.without(item.name), dropped=item), budget=30, seed=0)
    assert found.counterexample is not None
    kept = found.counterexample.problem.checks
    assert all(holds(check.left, check.right, found.counterexample.model) for check in kept)
    assert len(found.kept) < len(item.equations)
    assert agrees(found)


def test_hypotheses_were_dropped_often_enough():
    assert len(HYPOTHESES) >= 17
    assert {item.name for _, item in HYPOTHESES} >= {"x_is_bijective", "neighbourhoods_move", "rho_is_relative"}


@pytest.mark.parametrize("statement", CONJECTURES, ids=lambda item: item.name)
def test_what_is_expected_to_be_refuted_is_refuted_by_hand_as_well(statement):
    found = search(Refutation(statement), budget=30, seed=0)
    assert found.counterexample is not None and agrees(found)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ["neighbourhoods_that_stay", "group_self_attention_as_published"])
def test_other_seeds_find_one_too(name, seed):
    assert agrees(refute(name, seed=seed))


def test_one_position_and_a_group_of_two_break_the_published_group_layer():
    model = refute("group_self_attention_as_published").counterexample.model
    assert sorted(group.order for group in model.groups.values()) == [1, 2]


def test_without_the_bijection_tokens_are_a_finite_sequence_with_edges():
    """x⁻¹ still undoes x: what fails is that x reaches every position."""
    found = refute("lora_translation_equivariance", drop="x_is_bijective")
    model = found.counterexample.model
    sizes = {sort.name: size for sort, size in model.sizes.items()}
    assert sizes["S"] < sizes["X"] and len(found.kept) == 1
    y = next(value for head, value in model.values.items() if head.name == "y")
    assert int(y) != 0


def test_the_second_opinion_sees_a_difference_where_there_is_one():
    found = refute("neighbourhoods_that_stay")
    data = json.loads(json.dumps(found.to_json()))["counterexample"]
    data["values"]["N"] = [[True, True], [True, True]]
    problem = found.counterexample.problem
    plain = ByHand(data)
    assert plain.equal(problem.left, problem.right)
    data["values"]["x"] = [0, 0]
    assert not all(plain.equal(*pair) for item in problem.statement.hypotheses for pair in item.equations)


@pytest.mark.parametrize("name", ["Z/4", "Z/2×Z/3", "S3", "D4"])
def test_groups_by_hand_are_groups(name):
    times, inverse, order = group_law(name)
    elements = range(order)
    assert all(times(times(p, q), r) == times(p, times(q, r)) for p in elements for q in elements for r in elements)
    assert all(times(p, inverse(p)) == 0 == times(inverse(p), p) for p in elements)
