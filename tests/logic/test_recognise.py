"""Recognising definitions, and meeting hypotheses up to the laws of groups."""

import pytest

from symbolic_equiv.logic.derived import unfold
from symbolic_equiv.logic.recognise import calls, factors, meets
from symbolic_equiv.theories.attention import L, N, f, i, j, m, rho, x, x_inv, y
from symbolic_equiv.theories.language import base, define, symbol

HIDDEN_OF_L = {0: x.head, 1: x_inv.head}
S, X = base("S"), base("X")
z = symbol("z", X)


def found(item, term, fixed=()):
    return list(calls(item.constant.declaration, term, dict(fixed)))


def test_what_was_unfolded_is_recognised():
    for call, fixed in ((L(y, f, i), HIDDEN_OF_L), (L(y, m[f, rho], i), HIDDEN_OF_L)):
        written = unfold(call.term).right
        assert call.term in found(L, written, fixed)


def test_the_place_of_a_function_is_found_by_letting_go_of_one_part():
    call = m[f, rho](x_inv(x(i) - y))
    assert L(y, m[f, rho], i).term in found(L, call.term, HIDDEN_OF_L)


def test_an_argument_that_stands_in_several_places_has_to_be_the_same_in_all():
    twice = define("twice", i, f(i) + f(i))
    assert found(twice, (f(j) + f(j)).term, {0: f.head}) == [twice(j).term]
    assert found(twice, (f(i) + f(j)).term, {0: f.head}) == []


NOT_RECOGNISED = {
    "the other sign": f(x_inv(x(i) + y)),
    "another sort": x_inv(x(i) - y),
    "a symbol": i,
}


@pytest.mark.parametrize("part", NOT_RECOGNISED.values(), ids=NOT_RECOGNISED)
def test_what_is_no_instance_is_not_recognised(part):
    assert found(L, part.term, HIDDEN_OF_L) == []


def test_everything_that_is_recognised_unfolds_to_the_term():
    for part in (m[f, rho](x_inv(x(i) - y)), f(x_inv(x(x_inv(x(i) - y)) - y)), f(x_inv(x(i) - y)) + f(x_inv(x(i) - y))):
        every = found(L, part.term, HIDDEN_OF_L)
        assert every and all(unfold(call).right == part.term for call in every)


INVERSES = {x.head: x_inv.head, x_inv.head: x.head}
a, b = symbol("a", S), symbol("b", S)


def met(pattern, term):
    """What the pattern is at for a and b, in each way to meet the term."""
    heads = (a.head, b.head)
    answers = meets(pattern.term, term.term, frozenset(heads), INVERSES, {})
    return {tuple(answer.get(head) for head in heads) for answer in answers}


def test_a_word_is_solved_for_the_hole_in_it():
    assert met(N(x_inv(x(a) + y), b), N(j, j)) == {(x_inv(x(j) - y).term, j.term)}


def test_a_product_is_met_at_each_of_its_factors():
    assert len(met(x(b) - x(a), x(j) + y - z)) == 2
    assert met(x(b) - x(a), x(j) - x(i)) == {(i.term, j.term)}


NOT_MET = {
    "one hole, two values": (N(a, a), N(i, j)),
    "another symbol": (f(a), f(i) + f(j)),
    "what cannot be undone": (N(i, j), N(j, i)),
    "another sort": (x(a), i),
}


@pytest.mark.parametrize("pattern, term", NOT_MET.values(), ids=NOT_MET)
def test_what_cannot_be_met_is_not(pattern, term):
    assert met(pattern, term) == set()


def test_the_factors_of_a_product_do_not_see_its_brackets():
    left, right = (x(i) + y) + z, x(i) + (y + z)
    assert list(factors(left.term)) == list(factors(right.term)) == [x(i).term, y.term, z.term]
    assert list(factors(f(i).term)) == [f(i).term]
