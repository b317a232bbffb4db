"""A page does not say what nobody proved: a symbol prints as one symbol, and no two look alike in any format."""

import pytest

import symbolic_equiv as se
from symbolic_equiv.latex.names import is_symbol
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.plain import Plain
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.theories import language
from symbolic_equiv.theories.language import SCALAR, one, zero
from symbolic_equiv.theories.statement import Statement

LIES = [
    "1", r"\mathrm{1}", r"\mathtt{0}", "{0}", "b = b, and", "x + y", r"b\relax", r"b\hspace{0pt}", "b%", "b_{= 1}",
    r"b\phantom{.}", r"\textcolor{black}{b}", r"b\iffalse x\fi", r"\left.b\right.", r"b \\ \text{proved}", "b^{}",
    "{}", r"b_{\phantom{x}}", r"b_{\relax}", "b\u200b", "\uff42", "\u0430",
]  # fmt: skip
SYMBOLS = [
    "f", "W_O", "d_k", r"\overline{i}", "x^{-1}", r"\rho^P", r"\Delta\varphi_{qry}^{(#1)}", r"\varphi^{A,(#1)}_{qry}",
    r"#2 \in N(#1)", r"\mathcal{N}", r"\hat{f}", r"m^{\mathrm{LoRA}}_{r}", "f'",
]  # fmt: skip


@pytest.fixture(autouse=True)
def templates():
    before = dict(language.TEMPLATES)
    yield
    language.TEMPLATES.clear()
    language.TEMPLATES.update(before)


@pytest.mark.parametrize("form", LIES)
def test_what_is_no_symbol_gives_way_to_the_plain_name(form):
    first, second = se.symbol("a", SCALAR, latex=form), se.symbol("b", SCALAR)
    assert not is_symbol((form,))
    assert Plain(Statement("claim", first, second)).equation(first.term, second.term) == "a = b"


@pytest.mark.parametrize("form", SYMBOLS)
def test_symbols_are_symbols(form):
    assert is_symbol((form,)) and is_symbol((form, "(#1, #2)"))


@pytest.mark.parametrize("font", ["mathrm", "text", "operatorname", "mathbf", "mathit"])
def test_a_font_alone_tells_no_two_symbols_apart(font):
    first, second = se.symbol("a", SCALAR, latex=rf"\{font}{{b}}"), se.symbol("b", SCALAR)
    _, right = Plain(Statement("claim", first, second)).equation(first.term, second.term).split(" = ")
    assert right == "b'"


def test_a_constant_does_not_print_as_a_number():
    lie = se.define("lie", one(), latex=r"\mathrm{0}")
    plain = Plain(Statement("claim", lie(), one()))
    assert plain.equation(lie().term, zero(v=SCALAR).term) == "lie = 0"


def test_an_argument_in_front_is_left_out_only_where_it_is_the_one_of_the_definition():
    c, v = se.symbol("c", SCALAR), se.symbol("v", SCALAR)
    product = se.define("F", c, v, c * v, latex=("F", "(#2)"))
    claim = product(zero(v=SCALAR), v)
    assert latex(claim.term, Notation((claim.term,))) not in ("F(v)", r"\mathrm{F}(v)")
