"""The verdicts: equal for what is true, refuted for planted errors, never refuted without a rigorous difference."""

import ast

import pytest
from explicit_cases import (
    ABSOLUTE,
    FALSE,
    LORA_DROPPED,
    MERGED_IS_UNMERGED,
    RHO_REVERSED,
    SCALED,
    SHIFTED,
    SHIFTED_BY_COLUMN,
    SUM_IS_ONE,
    F,
    R,
    claim,
)  # fmt: skip

from symbolic_equiv.explicit import examine
from symbolic_equiv.explicit.model import ALL, RANDOM, WINDOW
from symbolic_equiv.explicit.witness import ExplicitEvidence
from symbolic_equiv.theories import attention as at
from symbolic_equiv.theories.attention import L, d_in, d_k, f, i, j, rho, x, x_inv, x_is_bijective, y
from symbolic_equiv.theories.language import (
    SCALAR,
    add,
    exp,
    inner,
    lam,
    mat,
    matvec,
    neg,
    reciprocal,
    scale,
    softmax,
    sqrt,
    symbol,
    total,
)
from symbolic_equiv.theories.statement import Statement, hypothesis

HYPOTHESES = (x_is_bijective, at.neighbourhoods_move, at.rho_is_relative)
FUNCTIONS = Statement("functions", at.m[L[y, f], rho](i), L(y, at.m[f, rho], i), HYPOTHESES)
NO_ADAPTER = at.define("m_no_adapter", F, R, i, at.heads(
    at.attend(
        at.N(i, j),
        inner(at.phi_qry(at.h, F(i)) + at.delta_qry(at.h, F(i)), at.phi_key(at.h, F(j) + R(i, j))),
        at.phi_val(at.h, F(j)) + at.delta_val(at.h, F(j)),
    )
))  # fmt: skip
SIZES = [{}, {"n": 4, "d_in": 1}, {"torus": (2, 3), "d_in": 2, "r": 1}, {"X": "S3"}]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("statement", [FUNCTIONS, MERGED_IS_UNMERGED, SCALED], ids=lambda s: s.name)
def test_true_statements_are_equal(statement, sizes):
    evidence = examine(statement, sizes)
    assert evidence.verdict == "equal" and evidence.difference is None
    assert evidence.neighbourhoods == (ALL, RANDOM)
    assert evidence.entries == evidence.rows * 2


@pytest.mark.parametrize("neighbourhoods", [WINDOW, RANDOM])
def test_true_statements_are_equal_in_every_neighbourhood(neighbourhoods):
    assert examine(MERGED_IS_UNMERGED, {"n": 5, "d_in": 1}, neighbourhoods=[neighbourhoods]).verdict == "equal"


@pytest.mark.parametrize("statement", FALSE, ids=lambda s: s.name)
@pytest.mark.parametrize("sizes", [{}, {"torus": (2, 3)}], ids=str)
def test_planted_errors_are_refuted(statement, sizes):
    evidence = examine(statement, sizes)
    assert evidence.verdict == "refuted"
    found = evidence.difference
    assert set(found.at) == {"i", "y"} and found.left != found.right
    left, right = bounds(found.left), bounds(found.right)
    assert left[1] < right[0] or right[1] < left[0]
    assert found.values and all(isinstance(value, int) for value in found.values.values())


def bounds(text):
    """The ends of an interval as printed; an exact number is its own bound."""
    if text.startswith("["):
        return tuple(map(float, ast.literal_eval(text)))
    top, _, bottom = text.partition("/")
    return (int(top) / int(bottom or 1),) * 2


def test_a_dropped_adapter_is_refuted_at_the_level_of_functions():
    dropped = Statement("dropped", at.m[L[y, f], rho](i), L(y, NO_ADAPTER[f, rho], i), HYPOTHESES)
    assert examine(dropped).verdict == "refuted"


@pytest.mark.parametrize("name", [item.name for item in HYPOTHESES])
def test_each_hypothesis_is_needed(name):
    assert examine(FUNCTIONS.without(name), {"n": 4}).verdict == "refuted"


def test_one_error_in_one_head_is_found():
    assert examine(LORA_DROPPED, {"H": 3, "r": 1}).verdict == "refuted"


def test_no_error_at_sizes_where_it_cannot_show():
    assert examine(RHO_REVERSED, {"n": 2}).verdict == "equal"  # −1 is 1 in Z/2
    assert examine(RHO_REVERSED, {"n": 3}).verdict == "refuted"
    assert examine(ABSOLUTE, {"n": 1}).verdict == "equal"


def test_softmax_absorbs_a_constant_along_the_row_only():
    assert examine(SHIFTED).verdict == "equal"
    assert examine(SHIFTED_BY_COLUMN).verdict == "refuted"


def test_softmax_sums_to_one():
    evidence = examine(SUM_IS_ONE)
    assert evidence.verdict == "equal" and "expanding" in evidence.note


def test_a_scale_on_both_sides_is_harmless_and_on_one_is_not():
    d_k = symbol("d_k", SCALAR)
    from explicit_cases import attention, unmerged

    scaled = lambda s: scale(reciprocal(sqrt(d_k)), s)
    left = attention("m_root", score=scaled)
    right = attention("m_root_unmerged", unmerged, unmerged, unmerged, score=scaled)
    assert examine(claim("root", left, right), {"d_k": 3}).verdict == "equal"
    assert examine(claim("root", left), {"d_k": 3}).verdict == "refuted"
    assert examine(claim("root", left), {"d_k": 1}).verdict == "equal"  # √1 is 1


def test_undecided_where_a_true_equation_is_out_of_reach():
    a = symbol("a", SCALAR)
    positive = Statement("root_of_exp", sqrt(exp(add(a, a))), exp(a))
    assert examine(positive).verdict == "undecided"
    assert examine(Statement("unequal", sqrt(exp(add(a, a))), exp(add(a, a)))).verdict == "refuted"


def test_nested_attention():
    """Two layers: the exponents of the second hold the weights of the first."""
    score = lambda t: inner(f(i), f(t))
    weight = lambda t: softmax(t, at.N(i, t), score(t))
    twice = Statement("nested", softmax(j, at.N(i, j), weight(j)), softmax(j, at.N(i, j), add(weight(j), weight(i))))
    assert examine(twice).verdict == "equal"
    wrong = Statement("nested", softmax(j, at.N(i, j), weight(j)), softmax(j, at.N(i, j), add(weight(j), score(j))))
    assert examine(wrong).verdict == "refuted"


@pytest.mark.parametrize("sign, verdict", [(1, "equal"), (-1, "refuted")])
def test_a_matrix_goes_into_a_mean(sign, verdict):
    """Names hide this one: the witness expands, and then knows."""
    weight = softmax(j, at.N(i, j), inner(f(i), f(j)))
    matrix = symbol("M", mat(d_k, d_in))
    inside = total(j, at.N(i, j), scale(weight, matvec(matrix, f(j) if sign == 1 else neg(f(j)))))
    outside = matvec(matrix, total(j, at.N(i, j), scale(weight, f(j))))
    evidence = examine(Statement("mean", outside, inside))
    assert evidence.verdict == verdict and ("expanding" in evidence.note) == (sign == 1)


def test_one_row():
    evidence = examine(MERGED_IS_UNMERGED, {"n": 4}, at={"i": 2, "y": 3}, neighbourhoods=[ALL])
    assert (evidence.verdict, evidence.rows, evidence.entries) == ("equal", 1, 2)
    torus = examine(RHO_REVERSED, {"torus": (2, 3)}, at={"i": 2, "y": (1, 2)})
    assert torus.difference.at == {"i": 2, "y": (1, 2)}


def test_the_same_seed_says_the_same():
    first, second = (examine(RHO_REVERSED, seed=5).difference for _ in range(2))
    assert first == second


def test_spelling_does_not_matter():
    """The same claim with other letters gets the same verdict."""
    from symbolic_equiv.theories.attention import S, X, d_in
    from symbolic_equiv.theories.language import vec

    q, q_back, shift, signal, token = (
        symbol("q", S, X), symbol("u", X, S), symbol("t", X), symbol("N", S, vec(d_in)), symbol("d_in", S),
    )  # fmt: skip
    bijective = hypothesis(
        "q",
        "q is a bijection",
        (lam(token, q_back(q(token))), lam(token, token)),
        (lam(shift, q(q_back(shift))), lam(shift, shift)),
    )
    there = lambda t, by: q_back(q(t) + by)
    claim_ = Statement("c", signal(there(there(token, shift), -shift)), signal(token), (bijective,))
    assert examine(claim_).verdict == "equal"
    assert examine(Statement("c", signal(there(token, shift)), signal(token), (bijective,))).verdict == "refuted"


@pytest.mark.parametrize("statement", [FUNCTIONS, MERGED_IS_UNMERGED])
@pytest.mark.parametrize("sizes", [{"n": 3, "r": 1}, {"torus": (2, 3), "r": 1}], ids=str)
def test_default_sizes_are_equal(statement, sizes):
    assert examine(statement, sizes).verdict == "equal"


def test_elements_can_be_compared_too():
    back = Statement("b", x_inv(x(i) + y - y), i, (x_is_bijective,))
    away = Statement("b", x_inv(x(i) + y), i, (x_is_bijective,))
    assert examine(back).verdict == "equal"
    assert examine(away).verdict == "refuted"


def test_one_entry_is_not_called_entries():
    told = lambda rows, entries: str(ExplicitEvidence("equal", "n=1", rows, entries, 0.0, ()))
    assert told(1, 1) == "equal at n=1: 1 row, 1 entry"
    assert told(2, 4) == "equal at n=1: 2 rows, 4 entries"
