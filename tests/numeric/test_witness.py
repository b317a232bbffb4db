"""What the numeric witness refutes, what it does not, and what it says."""

from __future__ import annotations

import json
import time
from fractions import Fraction

import numpy as np
import pytest
from numeric_cases import ABSOLUTE, LEFT_RIGHT, LEFT_WRONG, MAIN
from test_evaluate import by_hand

from symbolic_equiv.numeric.counterexample import confirm, enclosure
from symbolic_equiv.numeric.difference import MAX_ENTRIES, compare
from symbolic_equiv.numeric.errors import ModelError
from symbolic_equiv.numeric.foresight import largest_array
from symbolic_equiv.numeric.models import Model
from symbolic_equiv.numeric.problem import Problem
from symbolic_equiv.numeric.rigorous import gap, holds
from symbolic_equiv.numeric.values import Style
from symbolic_equiv.numeric.witness import (
    NO_DIFFERENCE,
    NO_MODEL,
    REFUTED,
    UNCONFIRMED,
    draw_model,
    examine,
    fixed_sizes,
)
from symbolic_equiv.theories import lora
from symbolic_equiv.theories.attention import L, N, f, i, j, m, p, rho, rho_P, x, x_inv, y
from symbolic_equiv.theories.entries import diag, ones, transpose
from symbolic_equiv.theories.language import (
    SCALAR,
    base,
    define,
    dim,
    exp,
    inner,
    lam,
    mat,
    one,
    reciprocal,
    softmax,
    symbol,
    total,
    true,
    vec,
    zero,
)
from symbolic_equiv.theories.statement import Statement, hypothesis

S, n = base("S"), dim("n")
A, B = symbol("A", mat(n, n)), symbol("B", mat(n, n))
s, t, c = symbol("s", S, SCALAR), symbol("t", S, SCALAR), symbol("c", SCALAR)
u, v = symbol("u", vec(n)), symbol("v", vec(n))

NO_LORA = Statement("no_lora", m[f, rho](i), m[f, rho](i))
REVERSED = Statement("reversed", m[f, rho](i), m[f, lam(i, j, rho(j, i))](i), MAIN.hypotheses)

FALSE = [
    MAIN.without("neighbourhoods_move"),
    MAIN.without("x_is_bijective"),
    MAIN.without("rho_is_relative"),
    ABSOLUTE,
    LEFT_WRONG,
    REVERSED,
    Statement("sign", m[L(y, f), rho](i), L(-y, m[f, rho])(i), MAIN.hypotheses),
    Statement("softmax_of_twice", softmax(i, true(), s(i)), softmax(i, true(), s(i) + s(i))),
    Statement("softmax_elsewhere", softmax(i, true(), s(i)), softmax(i, true(), s(i) + t(i))),
    Statement("matrices_commute", A @ B, B @ A),
    Statement("products_commute", (A @ B) @ u, (B @ A) @ u),
    Statement("inner_is_square", inner(u, v), inner(u, u)),
    Statement("exp_is_linear", exp(c + c), exp(c) + exp(c)),
    Statement("functions", lam(u, A @ u), lam(u, u)),
    Statement("elements", x_inv(x(i) + y), i, MAIN.hypotheses[:1]),
]

layer = lambda tokens, merged=False: lora.row(tokens(i), tokens(j) + rho(i, j), tokens(j), N(i, j), merged)
translated = lambda token: f(x_inv(x(token) - y))
MATRIX_MERGED = Statement("matrix_merged", layer(f), layer(f, merged=True))
MATRIX = Statement("matrix", lam(i, layer(translated))(i), lam(i, layer(f))(x_inv(x(i) - y)), MAIN.hypotheses)

TRUE = [
    MAIN,
    MATRIX_MERGED,
    MATRIX,
    LEFT_RIGHT,
    NO_LORA,
    Statement("elements", x_inv(x(i) + y - y), i, MAIN.hypotheses[:1]),
    Statement("softmax_shift", softmax(i, true(), s(i) + c), softmax(i, true(), s(i))),
    Statement("softmax_sum", total(i, true(), softmax(i, true(), s(i))), one()),
    Statement("merged", (A + B) @ u, A @ u + B @ u),
    Statement("functions", lam(u, v, inner(u, v)), lam(u, v, inner(v, u))),
    Statement("unit", rho_P(p - p + p), rho_P(p)),
    Statement("exp", exp(c + c), exp(c) * exp(c)),
]


@pytest.mark.parametrize("statement", FALSE, ids=lambda item: item.name)
def test_false_statements_are_refuted_soon(statement):
    start = time.perf_counter()
    evidence = examine(statement)
    assert time.perf_counter() - start < 30
    assert evidence.verdict == REFUTED
    assert evidence.counterexample is not None


@pytest.mark.parametrize("statement", TRUE, ids=lambda item: item.name)
def test_true_statements_show_no_difference(statement):
    evidence = examine(statement)
    assert (evidence.verdict, evidence.models, evidence.exact) == (NO_DIFFERENCE, 200, True)
    assert evidence.largest <= 1e-12
    assert evidence.nondegenerate
    assert evidence.counterexample is None


@pytest.mark.parametrize("statement", TRUE, ids=lambda item: item.name)
def test_no_seed_refutes_the_truth(statement):
    assert all(examine(statement, models=40, seed=seed).verdict == NO_DIFFERENCE for seed in range(1, 6))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("statement", [FALSE[0], ABSOLUTE, LEFT_WRONG], ids=lambda item: item.name)
def test_a_counterexample_satisfies_every_hypothesis(statement, seed):
    found = examine(statement, seed=seed).counterexample
    assert all(holds(check.left, check.right, found.model) for check in found.problem.checks)
    assert gap(found.problem.left, found.problem.right, found.model) == found.gap
    assert set(statement.variables()) <= found.values().keys()


def test_a_counterexample_stands_up_to_loops():
    """The two sides of a counterexample, computed by a hand-written layer."""
    found = examine(FALSE[0]).counterexample
    value = {str(head.name): table for head, table in found.values().items()}
    group = found.model.groups[y.sort]
    back = value["x_inv"][group.table[value["x"], group.inverse[int(value["y"])]]]
    token = int(value["i"])
    left = by_hand(found.model, value["f"][back], value["rho"])[token]
    right = by_hand(found.model, value["f"], value["rho"])[back[token]]
    difference = (left - right)[found.entry]
    assert abs(difference) > 1e-3
    (low_left, high_left), (low_right, high_right) = found.gap.left, found.gap.right
    assert float(low_left - high_right) - 1e-9 <= difference <= float(high_left - low_right) + 1e-9


def test_the_smallest_counterexample_comes_first():
    found = examine(FALSE[0]).counterexample
    sizes = {sort.name: size for sort, size in found.model.sizes.items()}
    assert sizes == {"S": 2, "X": 2, "H": 1, "d_in": 1, "d_k": 1, "d_v": 1, "d_out": 1, "r": 1}
    left = examine(LEFT_WRONG).counterexample
    assert [group.name for group in left.model.groups.values()] == ["S3"]


P, pi, pi_inv = symbol("P", mat(n, n)), symbol("pi", S, S), symbol("pi_inv", S, S)
orthogonal = hypothesis("orthogonal", "P is orthogonal", (transpose(P) @ P, diag(ones(n=n))))
bijective = hypothesis(
    "bijective", "π is a bijection", (lam(i, pi_inv(pi(i))), lam(i, i)), (lam(i, pi(pi_inv(i))), lam(i, i))
)


@pytest.mark.parametrize(
    ("statement", "sizes"),
    [
        (Statement("a_sign_shows", P @ A, A, (orthogonal,)), {"n": 1}),
        (Statement("matrices_commute", A @ B, B @ A), {"n": 2}),
        (Statement("commutes", P @ A, A @ P, (orthogonal,)), {"n": 2}),
        (Statement("has_order_one", s(pi(i)), s(i), (bijective,)), {"S": 2}),
        (Statement("has_order_two", pi(pi(i)), i, (bijective,)), {"S": 3}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_smaller_model_is_found_where_there_is_one(statement, sizes):
    found = examine(statement).counterexample.model
    assert {sort.name: size for sort, size in found.sizes.items()} == sizes


def test_a_counterexample_is_left_as_it_was_found_where_nobody_reads_it():
    order_two = Statement("has_order_two", pi(pi(i)), i, (bijective,))
    read, unread = examine(order_two), examine(order_two, simplify=False)
    assert read.verdict == unread.verdict == REFUTED
    assert read.counterexample.model.sizes[S] < unread.counterexample.model.sizes[S]


def test_a_hypothesis_is_dropped_at_the_same_sizes():
    claim = Statement("of_one_size", pi(pi(i)), i, (bijective,), sizes={"S": 4})
    assert claim.without("bijective").sizes == {"S": 4}
    assert examine(claim.without("bijective")).counterexample.model.sizes[S] == 4


def test_most_entries_of_a_counterexample_are_zero():
    found = examine(ABSOLUTE).counterexample
    tables = [value for value in found.model.values.values() if isinstance(value, np.ndarray)]
    maps = [value for value in found.model.values.values() if not isinstance(value, np.ndarray)]
    assert sum(not value.linear.any() for value in maps) >= len(maps) / 2
    assert all(set(np.unique(table)) <= {0, 1} for table in tables if table.dtype.kind == "f")


def test_the_same_seed_gives_the_same_counterexample():
    one_, other = (examine(ABSOLUTE, seed=5).counterexample.to_json() for _ in range(2))
    assert one_ == other
    assert examine(MAIN, models=30, seed=1).largest == examine(MAIN, models=30, seed=1).largest


def test_description_and_json():
    found = examine(LEFT_WRONG).counterexample
    rows = dict(found.describe())
    assert rows["X"] == "{e, r, r^2, s, rs, r^2s}, the group S3"
    assert rows["y"] in rows["X"]
    assert rows["phi_out"].startswith("v ↦ ")
    assert {"rho", "N", "left side (entry 1)", "right side (entry 1)"} <= rows.keys()
    data = json.loads(json.dumps(found.to_json()))
    assert data["groups"] == {"X": "S3"}
    assert data["sizes"]["S"] == 6
    assert set(data["values"]) >= {"x", "x_inv", "f", "N", "rho", "rho_P", "y", "i", "phi_out"}
    assert (data["left"], data["right"]) == (found.left, found.right)
    assert found.left != found.right


def small(power: int):
    half, result = reciprocal(one() + one()), one()
    for _ in range(power):
        result = result * half
    return result


@pytest.mark.parametrize("power", [20, 30])
def test_a_small_difference_is_refuted_because_it_is_certain(power):
    """2^-30 is 1e-9 of the signal: no float verdict, but exact arithmetic is sure."""
    evidence = examine(Statement("nearly", exp(c) * exp(c) + small(power), exp(c + c)), models=20)
    assert evidence.verdict == REFUTED
    left, right = evidence.counterexample.gap.left, evidence.counterexample.gap.right
    assert 0 < left[0] - right[1] <= Fraction(1, 2**power) <= left[1] - right[0]
    assert evidence.counterexample.left != evidence.counterexample.right


def test_a_float_difference_that_is_not_there_refutes_nothing():
    """Floating point loses the one beside a large number; exact arithmetic does not."""
    large = one()
    for _ in range(60):
        large = large * (one() + one())
    statement = Statement("absorbed", (large + one()) - large, one())
    evidence = examine(statement, models=5)
    assert evidence.largest > 0.5
    assert evidence.verdict == UNCONFIRMED
    assert evidence.counterexample is None


def test_a_difference_below_rounding_is_not_refuted_by_float():
    """A relative difference of 2^-60 is invisible to float64, and nothing is claimed about it."""
    statement = Statement("too_small", one() + small(60), one())
    evidence = examine(statement, models=5)
    assert (evidence.verdict, evidence.largest) == (NO_DIFFERENCE, 0)
    assert confirm(Problem(statement), Model({})) is not None


def test_an_empty_neighbourhood_gives_zero():
    nobody = symbol("nobody", S, S, true().sort)
    w = symbol("w", S, vec(n))
    k = symbol("k", S)
    mean = total(k, nobody(j, k), softmax(k, nobody(j, k), s(k)) * w(k))
    empty = hypothesis("empty", "", (lam(j, total(k, nobody(j, k), one())), lam(j, zero(v=SCALAR))))
    evidence = examine(Statement("empty", mean, zero(v=vec(n)), (empty,)), models=60)
    assert evidence.verdict == NO_DIFFERENCE
    assert evidence.models > 0
    assert examine(Statement("full", mean, zero(v=vec(n))), models=60).verdict == REFUTED


def test_sizes_may_be_fixed():
    evidence = examine(LEFT_WRONG, sizes={"S": 3}, models=60)
    assert evidence.verdict == NO_DIFFERENCE
    assert evidence.groups == ("Z/3",)
    assert examine(LEFT_WRONG, sizes={"S": 6, "d_in": 2}, models=60).counterexample.model.sizes[S] == 6


@pytest.mark.parametrize(
    ("sizes", "place", "found"),
    [
        ({"S": 0}, "S", "0"),
        ({"d_in": -1}, "d_in", "-1"),
        ({"S": 2.5}, "S", "2.5"),
        ({"d_in": True}, "d_in", "True"),
        ({"S": 10**6}, "S", "1000000"),
        ({"tokens": 3}, "tokens", "no such"),
        ({"S": 3, "X": 4}, "S and X", "4"),
    ],
)
def test_sizes_that_do_not_fit(sizes, place, found):
    with pytest.raises(ModelError) as error:
        examine(MAIN, sizes=sizes)
    assert error.value.place == place
    assert found in error.value.found


def test_large_models_stay_small_in_memory():
    """At n = 80 all pairs (y, i) would need tensors of 10⁸ numbers and more: y is fixed, all tokens are compared."""
    problem = Problem(MAIN)
    fixed = fixed_sizes(problem, {"S": 80, "d_in": 16, "d_k": 16, "d_v": 16, "H": 3})
    model, _ = draw_model(problem, np.random.default_rng(2), 80, 1, Style(), fixed)
    assert max(largest_array(side, model) for side in problem.sides(problem.ranged)) > MAX_ENTRIES
    difference = compare(problem, model)
    assert difference.relative < 1e-12
    assert {head.name for head in difference.at} == {"i", "y"}
    assert int(difference.at[y.head]) == 79


def test_definitions_too_deep_to_unfold_are_no_crash():
    """Each floor applies the one below twice: unfolded, a tower of nine is 512 deep."""
    step = define("floor_0", c, c + one())
    for floor in range(1, 10):
        step = define(f"floor_{floor}", c, step(step(c)))
    evidence = examine(Statement("tower", step(c), c), models=5)
    assert evidence.verdict == NO_MODEL
    assert "cannot be unfolded" in str(evidence)


def test_the_budget_is_kept():
    start = time.perf_counter()
    evidence = examine(MAIN, models=10**6, budget=2.0)
    assert time.perf_counter() - start < 15
    assert 10 < evidence.models < 10**6


def test_what_evidence_says():
    assert "no difference in 30 models" in str(examine(MAIN, models=30))
    assert str(examine(ABSOLUTE)).startswith("refuted")
    assert str(examine(Statement("none", lam(c, c + one()), lam(c, c)))).startswith("refuted")


@pytest.mark.parametrize(
    ("low", "high", "digits", "shown"),
    [
        (Fraction(1, 2), Fraction(1, 2), 3, "1/2"),
        (Fraction(-7, 3), Fraction(-7, 3), 3, "-7/3"),
        (Fraction(-1, 3), Fraction(-1, 4), 2, "[-0.34, -0.25]"),
        (Fraction(-1, 1000), Fraction(1, 1000), 2, "[-0.01, 0.01]"),
        (Fraction(2, 3), Fraction(2, 3) + Fraction(1, 10**9), 4, "[0.6666, 0.6667]"),
    ],
)
def test_enclosures_are_rounded_outwards(low, high, digits, shown):
    assert enclosure((low, high), digits) == shown
