"""The SymPy objects: built from the definitions, re-indexed, and equal; and numbers put in give the right numbers."""

import math
import random
import subprocess
import sys

import pytest
import sympy
from explicit_cases import ALL as HYPOTHESES
from explicit_cases import MERGED_IS_UNMERGED, PLAIN, RHO_REVERSED, WRONG_SIGN

from symbolic_equiv.explicit import ExplicitError, explicit
from symbolic_equiv.explicit.model import WINDOW
from symbolic_equiv.theories.attention import L, S, f, i, m, rho, x, x_inv, x_is_bijective, y
from symbolic_equiv.theories.language import SCALAR, symbol
from symbolic_equiv.theories.statement import Statement

SMALL = {"d_in": 1, "d_k": 1, "d_v": 1, "d_out": 2, "H": 1}


def test_shapes_and_rows():
    view = explicit(PLAIN, n=3, **SMALL)
    assert view.left.shape == view.right.shape == (3, 2)
    assert view.rows == [{"i": 0, "y": 1}, {"i": 1, "y": 1}, {"i": 2, "y": 1}]
    assert view.sizes == {"S": 3, "X": 3, **SMALL}
    assert view.left.has(sympy.exp)


@pytest.mark.parametrize(
    "sizes, at, expected",
    [
        ({"n": 3}, {}, {0: 2, 1: 0, 2: 1}),
        ({"n": 4}, {"y": 3}, {0: 1, 1: 2, 2: 3, 3: 0}),
        ({"torus": (2, 2)}, {"y": (0, 1)}, {(0, 0): (0, 1), (0, 1): (0, 0), (1, 0): (1, 1), (1, 1): (1, 0)}),
    ],
)
def test_the_reindexing_is_the_papers(sizes, at, expected):
    """``j`` is replaced by x⁻¹(x(j) − y); before it the sums differ in order, after it they are the same."""
    view = explicit(PLAIN, at=at, **sizes, **SMALL)
    assert view.substitution == expected
    assert view.left_as_written != view.right_before
    assert view.left_as_written == view.right_reindexed
    assert view.left == view.right
    assert view.right_before.doit() == view.right


def test_no_reindexing_is_found_for_a_false_claim():
    for statement in (WRONG_SIGN, RHO_REVERSED):
        view = explicit(statement, n=3, **SMALL, r=1)
        assert view.substitution == {}
        assert view.verdict == "refuted" and view.difference is not None
        assert view.left != view.right and not view.equal_in_sympy()
        left, right, _ = view.simplified
        assert left != right


@pytest.mark.parametrize("neighbourhoods", ["all", WINDOW])
def test_merged_and_unmerged_differ_in_form_and_simplify_to_the_same(neighbourhoods):
    view = explicit(MERGED_IS_UNMERGED, n=4, d_in=2, d_k=1, d_v=1, d_out=1, r=1, H=1, neighbourhoods=neighbourhoods)
    assert view.left != view.right
    assert view.substitution == {0: 3, 1: 0, 2: 1, 3: 2}
    left, right, names = view.simplified
    assert left == right and names
    assert view.equal_in_sympy() and view.verdict == "equal"
    (name, value), *_ = names.items()
    assert value.is_polynomial() and not name.has(sympy.exp)


def test_arbitrary_maps_are_functions_of_their_arguments():
    statement = Statement("functions", m[L[y, f], rho](i), L(y, m[f, rho], i), HYPOTHESES)
    view = explicit(statement, n=3, d_in=1, d_k=1, d_v=1, d_out=1, r=1, H=1)
    assert view.left == view.right and view.verdict == "equal"
    assert view.left[0].func.__name__ == "phi_out_0"
    assert view.left_as_written != view.right_before and view.left_as_written == view.right_reindexed
    broken = explicit(statement.without("rho_is_relative"), n=3, d_in=1, d_k=1, d_v=1, d_out=1, r=1, H=1)
    assert broken.left != broken.right and broken.verdict == "refuted"


def test_definitions_say_what_the_hypotheses_put():
    view = explicit(PLAIN, n=3, **SMALL)
    entry = lambda text: sympy.Symbol(text, real=True)
    assert view.definitions[entry("rho_2_0_0")] == entry("rho_P_1_0")
    assert len(view.definitions) == 9


def attention_row(value, n, tokens, i):
    """One output, in floating point, straight from the formula; ``tokens`` permutes the signal."""
    d = 2
    W = lambda name, h, v: [
        sum(value(f"W_{name}_{h}_{a}_{b}") * v[b] for b in range(d))
        + sum(value(f"B_{name}_{h}_{a}_0") * value(f"A_{name}_{h}_0_{b}") * v[b] for b in range(d))
        for a in range(d)
    ]
    signal = [[value(f"f_{tokens[j]}_{a}") for a in range(d)] for j in range(n)]
    heads = []
    for h in range(2):
        query = [q + value(f"b_Q_{h}_{a}") for a, q in enumerate(W("Q", h, signal[i]))]
        keys = [W("K", h, [s + value(f"rho_P_{(j - i) % n}_{a}") for a, s in enumerate(signal[j])]) for j in range(n)]
        weights = [math.exp(sum(q * k for q, k in zip(query, key))) for key in keys]
        values = [W("V", h, signal[j]) for j in range(n)]
        heads += [sum(w * v[a] for w, v in zip(weights, values)) / sum(weights) for a in range(d)]
    return [sum(value(f"W_O_{a}_{b}") * heads[b] for b in range(4)) for a in range(d)]


def test_numbers_put_in_agree_with_a_direct_computation():
    n, shift = 3, 2
    view = explicit(MERGED_IS_UNMERGED, at={"y": shift}, n=n, d_in=2, d_k=2, d_v=2, d_out=2, r=1, H=2)
    chosen = random.Random(1)
    free = sorted(view.left.free_symbols | view.right.free_symbols, key=str)
    numbers = {entry: round(chosen.uniform(-1, 1), 3) for entry in free}
    by_name = {entry.name: number for entry, number in numbers.items()}
    floats = {entry: sympy.Float(number) for entry, number in numbers.items()}
    moved = [(j - shift) % n for j in range(n)]
    for row in range(n):
        expected = attention_row(by_name.__getitem__, n, moved, row)
        for side in (view.left, view.right):
            assert [float(entry.xreplace(floats)) for entry in side.row(row)] == pytest.approx(expected, rel=1e-12)
        untranslated = attention_row(by_name.__getitem__, n, range(n), row)
        assert untranslated != pytest.approx(expected, rel=1e-3)


def test_entries_with_the_same_spelling_stay_apart():
    flat, deep = symbol("f_0", S, SCALAR), symbol("f", S, S, SCALAR)
    view = explicit(Statement("clash", flat(i), deep(i, i)), at={"i": 0}, n=1)
    assert view.left != view.right and view.verdict == "refuted"
    assert {str(view.left[0]), str(view.right[0])} == {"f_0_0", "f_0_0'"}


def test_sides_that_are_elements_have_no_matrix():
    view = explicit(Statement("e", x_inv(x(i)), i, (x_is_bijective,)), n=2)
    with pytest.raises(ExplicitError, match="no scalars"):
        _ = view.left
    assert view.verdict == "equal"


def test_latex_shows_small_sides_and_names():
    small = explicit(Statement("back", L(y, L[-y, f], i), f(i), (x_is_bijective,)), n=2, d_in=1)
    assert small._repr_latex_().startswith("$$\\begin{aligned}") and "&=" in small._repr_latex_()
    medium = explicit(PLAIN, at={"i": 0}, n=3, d_in=1, d_k=1, d_v=1, d_out=1, H=2)
    assert "c_{1} &=" in medium._repr_latex_()
    large = explicit(MERGED_IS_UNMERGED, n=3)
    assert large._repr_latex_().count("\n") == 0 and "equal" in large._repr_latex_()


def test_a_verdict_needs_neither_sympy_nor_numpy():
    code = (
        "import sys\n"
        "from symbolic_equiv.explicit import examine\n"
        "from symbolic_equiv.theories.attention import *\n"
        "from symbolic_equiv.theories.statement import Statement\n"
        "given = (x_is_bijective, neighbourhoods_move, rho_is_relative)\n"
        "s = Statement('s', m[L[y, f], rho](i), L(y, m[f, rho], i), given)\n"
        "assert examine(s).verdict == 'equal'\n"
        "print([name for name in ('sympy', 'numpy', 'mpmath') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
