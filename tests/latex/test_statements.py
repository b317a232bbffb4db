"""Equations, definitions and rules; the axioms and the main statement against golden files.

``UPDATE_GOLDEN=1 pytest tests/latex`` writes the golden files anew; read the difference before you keep it.
"""

import os
from pathlib import Path

import pytest

from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.statements import definition, equation, left_out, rule, unfolded
from symbolic_equiv.theories import attention as at
from symbolic_equiv.theories.language import BOOL, SCALAR, base, define, lam, softmax_, symbol, true, vec
from symbolic_equiv.theories.table import RULES

GOLDEN = Path(__file__).parent / "golden"
S, X = base("S"), base("X")
i, j, y = symbol("i", S), symbol("j", S), symbol("y", X)
s, w = symbol("s", S, SCALAR), symbol("w", S, S, SCALAR)
P, M = symbol("P", S, BOOL), symbol("M", S, S, BOOL, latex=r"#2 \in M(#1)")


def plain(left, right):
    return equation(left.term, right.term, Notation([left.term, right.term])).latex


EQUATIONS = [
    (s(i), s(j), "s(i) = s(j)"),
    (s, lam(i, w(i, i)), r"s(i) = w(i, i) \quad \text{for all } i \in S"),
    (w, lam(i, j, w(j, i)), r"w(i, j) = w(j, i) \quad \text{for all } i, j \in S"),
    (
        lam(y, i, j, M(i, j)),
        lam(y, i, j, M(j, i)),
        r"j \in M(i) \iff i \in M(j) \quad \text{for all } y \in X \text{ and } i, j \in S",
    ),
    (P, lam(i, true()), r"P(i) \quad \text{for all } i \in S"),
    (P(i), true(), "P(i)"),
    (lam(i, true()), P, r"\top \iff P(i) \quad \text{for all } i \in S"),
    (lam(i, s(j)), lam(i, s(j)), r"s(j) = s(j) \quad \text{for all } i \in S"),
    # the bound variable gives way to the free one, on both sides
    (
        lam(i, w(i, j)),
        lam(j, w(j, symbol("j", S)) + s(i)),
        r"w(i', j) = w(i', i') + s(i) \quad \text{for all } i' \in S",
    ),
    (
        lam(s, s(i)),
        lam(s, s(j)),
        r"s(i) = s(j) \quad \text{for all } s \colon S \to \mathbb{R}",
    ),
]


@pytest.mark.parametrize(("left", "right", "expected"), EQUATIONS, ids=[text for *_, text in EQUATIONS])
def test_equations(left, right, expected):
    assert plain(left, right) == expected


def test_the_binders_of_an_equation_have_different_names():
    same = lam(i, lam(symbol("k", S), s(i)))
    assert plain(same, same).endswith(r"\text{for all } i, k \in S")
    from symbolic_equiv.kernel.terms import abstraction

    twice = abstraction(S, abstraction(S, s(i).term, "k"), "k")
    assert equation(twice, twice, Notation([twice])).latex.endswith(r"\text{for all } k, k' \in S")


DEFINITIONS = [
    (at.L, "L_{y}[f](i) := f(x^{-1}(x(i) - y))"),
    (at.delta_qry, r"\Delta\varphi_{qry}^{(h)}(v) := \varphi^{B,(h)}_{qry}(\varphi^{A,(h)}_{qry}(v))"),
    (define("double_it", s, i, s(i) + s(i)), r"\mathrm{double}_{it}(s, i) := s(i) + s(i)"),
]


@pytest.mark.parametrize(("defined", "expected"), DEFINITIONS, ids=[text for _, text in DEFINITIONS])
def test_definitions(defined, expected):
    declaration = defined.constant.declaration
    assert definition(declaration, Notation(unfolded(declaration))).latex == expected


def test_arguments_that_do_not_print():
    assert left_out(at.L.constant.declaration) == 2
    assert left_out(softmax_.declaration) == 0


def test_a_definition_calls_left_out_arguments_by_their_names():
    left, right = unfolded(at.L.constant.declaration)
    assert {head.name for head in right.variables} == {"x", "x_inv"}
    assert left.sort == right.sort


def test_rows_have_one_place_to_align():
    formula = definition(at.m.constant.declaration, Notation(unfolded(at.m.constant.declaration)))
    rows = formula.rows(30.0)
    assert len(rows) > 2 and all(row.count("&") == 1 for row in rows)


def test_sorts():
    notation = Notation()
    shown = [notation.sort(sort) for sort in (BOOL, vec(at.d_in), at.Heads, at.phi_out.sort, at.phi_qry.sort)]
    assert shown == [
        r"\lbrace \top, \bot \rbrace",
        r"\mathbb{R}^{d_{in}}",
        "[H]",
        r"\mathbb{R}^{H d_{v}} \to \mathbb{R}^{d_{out}}",
        r"[H] \times \mathbb{R}^{d_{in}} \to \mathbb{R}^{d_{k}}",
    ]


def main_statement() -> str:
    hypotheses = (at.x_is_bijective, at.neighbourhoods_move, at.rho_is_relative)
    sides = at.m[at.L(at.y, at.f), at.rho](at.i).term, at.L(at.y, at.m[at.f, at.rho])(at.i).term
    defined = [item.constant.declaration for item in (at.L, at.delta_qry, at.delta_key, at.delta_val, at.m)]
    pairs = [pair for item in hypotheses for pair in item.equations]
    every = [*sides, *(side for pair in pairs for side in pair), *(side for item in defined for side in unfolded(item))]
    notation = Notation(every)
    formulas = [equation(*sides, notation), *(equation(*pair, notation) for pair in pairs)]
    formulas += [definition(item, notation) for item in defined]
    return "\n".join(formula.latex for formula in formulas) + "\n"


def axioms() -> str:
    return "\n".join(f"{name}: {rule(item.axiom).latex}" for name, item in sorted(RULES.items())) + "\n"


@pytest.mark.parametrize(("name", "made"), [("main_statement.txt", main_statement), ("axioms.txt", axioms)])
def test_golden(name, made):
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(made(), encoding="utf-8")
    assert made() == path.read_text(encoding="utf-8")


def test_no_two_axioms_of_one_kind_print_alike():
    """``-0 = 0`` is a law of groups and one of vectors: + and 0 are written alike in both."""
    printed = {(rule(item.axiom).latex, item.axiom.left.sort.cls) for item in RULES.values()}
    assert len(printed) == len(RULES)
