"""Formulas in plain text: every sign that is printed, lines that fit, nothing of LaTeX left over."""

import re

import pytest

from symbolic_equiv.kernel.terms import Term
from symbolic_equiv.latex.plain import Plain, spelled
from symbolic_equiv.script.loader import bundled, bundled_path, load
from symbolic_equiv.script.proof import Proof
from symbolic_equiv.theories.attention import L, N, f, h, i, j, m, moved, phi_qry, rho, x, y
from symbolic_equiv.theories.language import SCALAR, exp, lam, sqrt, symbol, total, where
from symbolic_equiv.theories.statement import Statement

s, c = symbol("s", x.sort.args[0], SCALAR), symbol("c", SCALAR)

SPELLINGS = {
    r"\sum_{j \in N(i)} f(j)": "Σ_{j ∈ N(i)} f(j)",
    r"x^{-1}(x(j) - y)": "x⁻¹(x(j) - y)",
    r"\frac{1}{\sqrt{d_k}}": "1/√d_k",
    r"\frac{\alpha}{r}": "α/r",
    r"\frac{a + b}{c}": "(a + b)/c",
    r"\bigl( a \bigr)": "( a )",
    r"\rho^P(x(j) - x(i))": "ρ^P(x(j) - x(i))",
    r"\{ j \}": "{ j }",
    r"\varphi_{qry}^{(h)}(v)": "φ_qry^{(h)}(v)",
    r"\begin{cases} a & \text{if } b \\ 0 & \text{otherwise} \end{cases}": "{ a if b; 0 otherwise }",
    r"\begin{cases} \displaystyle a & \text{if } b \\[1ex] 0 & \text{otherwise} \end{cases}": "{ a if b; 0 otherwise }",
    r"\mathrm{softmax}_{j}": "softmax_j",
    r"a(d) \land b(d)": "a(d) ∧ b(d)",
}


@pytest.mark.parametrize("latex", SPELLINGS, ids=list(SPELLINGS.values()))
def test_spelled(latex):
    assert spelled(latex) == SPELLINGS[latex]


def written(expression, width=76):
    return Plain(Statement("shown", expression, expression), width).formula(expression.term)


EXPRESSIONS = {
    "a translated signal": (L(y, f)(i), "L_y[f](i)"),
    "a layer": (m[f, rho](i), "m[f, ρ](i)"),
    "a moved token": (moved(i), "x⁻¹(x(i) + y)"),
    "a neighbourhood": (N(i, j), "j ∈ N(i)"),
    "a sum": (total(j, N(i, j), s(j)), "Σ_{j ∈ N(i)} s(j)"),
    "a square root": (sqrt(c), "√c"),
    "an exponential": (exp(c), "exp(c)"),
    "a map per head": (phi_qry(h, f(i)), "φ_qry^{(h)}(f(i))"),
}


@pytest.mark.parametrize("case", EXPRESSIONS, ids=list(EXPRESSIONS))
def test_an_expression(case):
    expression, text = EXPRESSIONS[case]
    assert written(expression) == text


def test_a_short_equation_is_one_line_and_a_long_one_is_more():
    short = Statement("short", f(i), f(j))
    assert Plain(short, 76).equation(short.left, short.right) == "f(i) = f(j)"
    row = total(j, N(i, j), s(j) + s(i) + s(j) + s(i) + s(j) + s(i))
    long = Statement("long", row, row)
    rows = Plain(long, 40).equation(long.left, long.right).splitlines()
    assert len(rows) > 2 and max(map(len, rows)) <= 40
    assert sum(row.startswith("= ") for row in rows) == 1


def test_a_long_row_without_an_operator_is_broken_at_a_space():
    weight = exp(s(moved(moved(moved(i))))) / total(j, N(i, j), exp(s(moved(moved(j)))))
    text = written(where(N(i, moved(moved(j))), weight), width=60)
    assert max(map(len, text.splitlines())) <= 60


def _lines():
    for item in (item for name in bundled() for item in load(bundled_path(name))):
        yield item.statement, item.statement.left
        yield item.statement, item.statement.right
        if item.lines is not None:
            proof = Proof(item.statement)
            terms: list[Term] = []
            proof.to = lambda line, by, because, terms=terms: terms.append(line.term)
            item.lines(proof)
            yield from ((item.statement, term) for term in terms)


@pytest.mark.parametrize("width", [40, 60, 76, 200])
def test_no_line_of_a_bundled_proof_has_latex_left_over_and_all_fit(width):
    count = 0
    for statement, term in _lines():
        text = Plain(statement, width).formula(term)
        count += 1
        assert not re.search(r"\\|\$|&|\[\d+ex\]", text), text
        assert max(map(len, text.splitlines())) <= width, text
        assert text.count("(") == text.count(")"), text
    assert count > 40


def test_how_wide_it_is_does_not_change_what_is_said():
    squeezed = lambda text: re.sub(r"\s", "", text)
    for statement, term in _lines():
        assert squeezed(Plain(statement, 50).formula(term)) == squeezed(Plain(statement, 1000).formula(term))


def test_a_function_says_for_all():
    claim = Statement("for_all", lam(i, f(i)), lam(i, f(moved(i))))
    assert "for all i" in Plain(claim, 76).equation(claim.left, claim.right)
