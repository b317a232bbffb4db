"""Arguments that a constant does not print: symbols that print as those of its definition, whatever their names."""

import pytest

from symbolic_equiv.kernel.terms import apply, constant, eta
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.latex.statements import unfolded, unprinted
from symbolic_equiv.theories.language import base, define, symbol

S = base("S")
i = symbol("i", S)
OWN, SAME, OTHER = (
    symbol("move__7", S, S, latex=r"\tau(#1)"),
    symbol("move__8", S, S, latex=r"\tau(#1)"),
    symbol("turn__7", S, S, latex=r"\theta(#1)"),
)
twice = define("twice__7", i, OWN(OWN(i)), latex="w(#1)").constant.declaration


def call(of):
    return apply(constant(twice, twice.sort), [eta(of.head), i.term])


@pytest.mark.parametrize("of", [OWN, SAME])
def test_a_symbol_that_prints_as_the_one_of_the_definition_is_left_out(of):
    assert latex(call(of)) == "w(i)"
    (head,) = unprinted(twice, Notation([call(of)]))
    assert head == of.head
    left, right = unfolded(twice, Notation([call(of)]))
    assert apply(left, [i.term]) == call(of) and apply(right, [i.term]) == of(of(i)).term


def test_a_symbol_that_prints_otherwise_is_printed():
    assert latex(call(OTHER)) == r"w(\theta, i)"


def test_two_symbols_that_would_print_the_same_are_told_apart():
    page = Notation([call(SAME), OWN(i).term])
    assert latex(call(SAME), page) == r"w(\mathrm{move}_{8}, i)" and latex(call(OWN), page) == "w(i)"
