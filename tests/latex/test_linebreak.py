"""Lines: widths, breaks, and that nothing is lost at a break."""

import re

import pytest

from symbolic_equiv.latex import linebreak
from symbolic_equiv.latex.linebreak import A4_TEXT, BREAK, Token, lines, one_line, width
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.printer import tokens
from symbolic_equiv.latex.statements import broken
from symbolic_equiv.theories import attention as at
from symbolic_equiv.theories.language import SCALAR, symbol

# The widths that TeX gives at 10pt, in em (\settowidth in display style, Latin Modern).
MEASURED = [
    ("a", 0.53),
    ("W", 1.08),
    ("x_{i}", 0.89),
    (r"\varphi", 0.65),
    (r"\rho", 0.52),
    ("a + b", 1.96 + 0.22),
    ("a = b", 2.29),
    (r"a \in b", 2.18),
    (r"x^{(h)}", 1.71),
    (r"a \wedge b", 2.07),
]


@pytest.mark.parametrize(("latex", "measured"), MEASURED)
def test_width_is_close_to_what_tex_makes_of_it(latex, measured):
    assert 0.9 * measured <= width(latex) <= 1.3 * measured


def test_scripts_are_small_and_stand_above_each_other():
    assert width("x_{abc}") < width("x abc")
    assert width("x_{abc}^{abc}") == width("x_{abc}")


def test_what_stands_below_a_sum_may_be_the_widest():
    assert width(r"\sum_{j} x") < width(r"\sum_{x^{-1}(x(j) + y) \in N(i)} x")


def test_two_rows_are_as_wide_as_the_wider():
    assert width(r"\substack{aaa \\ a}") == width(r"\substack{aaa}")


@pytest.fixture
def row():
    term = at.row(at.f(at.i), at.f(at.j) + at.rho(at.i, at.j), at.f(at.j), at.N(at.i, at.j)).term
    return tokens(term, Notation([term]))


@pytest.mark.parametrize("room", [20.0, 30.0, 45.0, 60.0])
def test_lines_fit(row, room):
    for indent, text in lines(row, room):
        assert width(text) + indent <= room


def test_a_short_formula_is_one_line(row):
    assert lines(row, 500.0) == [(0, one_line(row))]


@pytest.mark.parametrize("room", [15.0, 25.0, 40.0])
def test_nothing_is_lost(row, room):
    squeezed = lambda text: re.sub(r"\s|\\,", "", text)
    assert squeezed("".join(text for _, text in lines(row, room))) == squeezed(one_line(row))


def test_brackets_are_closed_at_the_end_only(row):
    found = lines(row, 25.0)
    assert sum(text.count("(") - text.count(")") for _, text in found) == 0


def test_the_outermost_breaks_come_first(row):
    """Between the factors, not inside of the brackets of the second; and no line ends with a Σ."""
    found = [text for _, text in lines(row, 40.0)]
    assert found[0].endswith(",") and not any(re.search(r"\\sum_\{[^ ]* \\in [^ ]*\}$", text) for text in found)
    assert found[-1].startswith(("(\\varphi", "\\varphi"))


def test_a_comma_is_a_better_break_than_a_sum_beside_it(row):
    assert any(text.endswith(",") for _, text in lines(row, 30.0))


def test_a_deep_break_only_where_nothing_else_fits(row):
    assert all(indent <= 4 for indent, _ in lines(row, 30.0))


def test_a_line_without_a_break_stays_too_wide():
    assert lines([Token("a" * 100)], 10.0) == [(0, "a" * 100)]


def test_the_first_line_may_be_shorter():
    parts = [Token("aaaa"), Token(" ", BREAK, 1), Token("+ bbbb"), Token(" ", BREAK, 1), Token("+ cccc")]
    assert len(lines(parts, 20.0)) == 1
    assert len(lines(parts, 20.0, 4.0)) == 2


def test_a_row_that_begins_with_an_operator_has_a_term_before_it():
    total = symbol("a", SCALAR)
    for number in range(60):
        total = total + symbol(f"a{number}", SCALAR)
    rows = broken(tokens(total.term, Notation([total.term])))
    assert len(rows) > 1
    assert all(row.startswith("& ") for row in rows)
    assert all(r"\quad {}+ " in row for row in rows[1:])
    assert all(width(row) < A4_TEXT + 2 for row in rows)


def test_the_cheapest_way_is_found():
    """Three words of which two fit on a line: the total fit does not leave the last one alone when it can balance."""
    words = [Token("m" * 9), Token(" ", BREAK, 1), Token("m" * 9), Token(" ", BREAK, 1), Token("m" * 9)]
    assert len(lines(words, linebreak.width("m" * 19))) == 2
