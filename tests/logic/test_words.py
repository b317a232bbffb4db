"""Words: solving them is checked by putting the solution back in, in random free words."""

import random

import pytest

from symbolic_equiv.kernel.terms import substitute
from symbolic_equiv.logic.prover import prove
from symbolic_equiv.logic.words import inverse, solve, words
from symbolic_equiv.theories.attention import N, S, X, f, i, j, x, x_inv, x_is_bijective, y
from symbolic_equiv.theories.language import act, base, inv, lam, mul, symbol, total

K = base("K")
a, b, p, q = symbol("a", X), symbol("b", X), symbol("p", X), symbol("q", X)
k = symbol("k", K)
INVERSES = {x.head: x_inv.head, x_inv.head: x.head}


def random_word(draw, around, length):
    """Group operations, an action and x, x⁻¹ wrapped around ``around``."""
    word, on_tokens = around, around.sort == S
    for _ in range(length):
        if on_tokens:
            word, on_tokens = x(word), False
            continue
        kind = draw.choice(["left", "right", "inverse", "act", "x"])
        other = draw.choice([a, b, inv(a), mul(a, b)])
        if kind == "left":
            word = mul(other, word)
        elif kind == "right":
            word = mul(word, other)
        elif kind == "inverse":
            word = inv(word)
        elif kind == "act":
            word = act(k, word)
        else:
            word, on_tokens = x_inv(word), True
    return word


@pytest.mark.parametrize("seed", range(60))
def test_the_solution_of_a_random_word_put_back_gives_the_value(seed):
    draw = random.Random(seed)
    unknown = draw.choice([p, i])
    word = random_word(draw, unknown, draw.randint(1, 7))
    value = q if word.sort == X else j
    solution = solve(word.term, value.term, unknown.term, INVERSES)
    back = substitute(word.term, {unknown.head: solution})
    assert prove(back, value.term, x_is_bijective.equations).right == value.term


NOT_SOLVABLE = {
    "the unknown occurs twice": (mul(p, p), INVERSES),
    "the unknown does not occur": (mul(a, b), INVERSES),
    "under a map that nobody calls bijective": (symbol("c", X, X)(p), INVERSES),
    "under x, when x is not known to be bijective": (x_inv(p), {}),
    "as the acting element": (act(p, a), INVERSES),
    "in a map of two arguments": (symbol("c", X, X, X)(p, a), INVERSES),
    "under a binder": (lam(q, mul(p, q)), INVERSES),
}


@pytest.mark.parametrize("case", NOT_SOLVABLE, ids=list(NOT_SOLVABLE))
def test_no_solution_is_invented(case):
    word, inverses = NOT_SOLVABLE[case]
    assert solve(word.term, q.term, p.term, inverses) is None


def test_the_inverse_of_an_inverse_is_the_element_itself():
    assert inverse(inverse(p.term)) == p.term


def test_the_largest_words_around_a_variable_are_found_with_their_places():
    term = N(i, x_inv(x(j) + y)).term
    assert words(term, j.term, INVERSES) == [(x_inv(x(j) + y).term, (N.head, 1))]
    assert words(term, i.term, INVERSES) == [(i.term, (N.head, 0))]


def test_a_word_that_mentions_another_bound_variable_is_not_one():
    inside = total(i, N(i, j), f(x_inv(x(j) - x(i)))).term
    places = [word for word, _ in words(inside, j.term, INVERSES)]
    assert places == [j.term, j.term]
