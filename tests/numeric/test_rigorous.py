"""Exact evaluation: enclosures contain the truth, and only what is certain is said."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest

from symbolic_equiv.numeric.errors import NoModel, Undecided
from symbolic_equiv.numeric.models import Model, Polynomial
from symbolic_equiv.numeric.rigorous import Exact, bounds, gap, holds
from symbolic_equiv.theories.language import (
    BOOL,
    NAT,
    SCALAR,
    add,
    base,
    dim,
    exp,
    if_,
    inner,
    lam,
    mat,
    matmul,
    one,
    reciprocal,
    scale,
    sqrt,
    sum_,
    symbol,
    vec,
    zero,
)

S, n = base("S"), dim("n")
c, d = symbol("c", SCALAR), symbol("d", SCALAR)
i, f, u = symbol("i", S), symbol("f", S, SCALAR), symbol("u", vec(n))
A = symbol("A", mat(n, n))
positive = symbol("positive", SCALAR, BOOL)


def numbers(**values) -> Model:
    heads = {"c": c.head, "d": d.head}
    return Model({S: 2, n: 2}, values={heads[name]: np.array(float(value)) for name, value in values.items()})


def value(expression, model, precision=64):
    return Exact(model, precision).value(expression.term, ())


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (add(c, d), Fraction(11, 4)),
        (scale(c, d), Fraction(15, 8)),
        (reciprocal(c), Fraction(4, 5)),
        (reciprocal(c - c), Fraction(0)),
        (sqrt(c * c), Fraction(5, 4)),
        (sqrt(-c), Fraction(0)),
        (sqrt(zero(v=SCALAR)), Fraction(0)),
        (exp(c - c), Fraction(1)),
        (exp(c) - exp(c) if False else scale(zero(v=SCALAR), exp(c)), Fraction(0)),
    ],
    ids=str,
)
def test_rational_values_are_exact(expression, expected):
    assert value(expression, numbers(c=1.25, d=1.5)) == expected


@pytest.mark.parametrize("precision", [40, 64, 200])
@pytest.mark.parametrize("number", [-40.25, -1.0, -(2.0**-30), 2.0**-20, 0.7, 1.0, 3.5, 30.0, 250.125])
def test_enclosures_contain_the_truth(number, precision):
    model = numbers(c=number)
    for expression, true in (
        (exp(c), lambda t: mpmath.exp(t)),
        (reciprocal(one() + exp(c)), lambda t: 1 / (1 + mpmath.exp(t))),
        (sqrt(exp(c) + one()), lambda t: mpmath.sqrt(mpmath.exp(t) + 1)),
        (exp(-exp(-c * c)), lambda t: mpmath.exp(-mpmath.exp(-t * t))),
    ):
        low, high = bounds(value(expression, model, precision))
        with mpmath.workprec(2 * precision + 200):
            truth = true(mpmath.mpf(number))
            assert mpmath.mpf(low.numerator) / low.denominator <= truth <= mpmath.mpf(high.numerator) / high.denominator
        assert 0 < high - low <= abs(low) * Fraction(1, 2 ** (precision // 2))


def small(power: int):
    """2^-power as an expression."""
    half, result = reciprocal(one() + one()), one()
    for _ in range(power):
        result = result * half
    return result


@pytest.mark.parametrize("power", [10, 30, 60])
def test_a_tiny_difference_is_certain(power):
    model = numbers(c=0.3)
    found = gap((exp(c) + small(power)).term, exp(c).term, model)
    assert found.left[0] > found.right[1]
    assert found.left[1] - found.right[0] < Fraction(2, 2**power)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (exp(c + d), exp(c) * exp(d)),
        (exp(-c), reciprocal(exp(c))),
        (sqrt(c * c + d * d) * sqrt(c * c + d * d), c * c + d * d),
        (c * (d + c), c * d + c * c),
        (exp(c), exp(c)),
    ],
    ids=str,
)
def test_no_gap_between_equal_numbers(left, right):
    assert gap(left.term, right.term, numbers(c=0.375, d=-1.5)) is None


def test_the_entry_that_differs_is_named():
    model = Model({n: 2}, values={A.head: np.array([[1.0, 2.0], [3.0, 4.0]])})
    found = gap(A.term, matmul(A, A).term, model)
    assert (found.entry, found.left, found.right) == ((0, 0), (1, 1), (7, 7))
    vector = Model({n: 2}, values={u.head: np.array([0.0, 2.0])})
    assert gap(u.term, (u + u).term, vector).entry == (1,)


def test_what_cannot_be_settled_is_left_open():
    model = numbers(c=0.5)
    with pytest.raises(Undecided):
        value(reciprocal(exp(c) - exp(c)), model)
    assert gap(reciprocal(exp(c) - exp(c)).term, zero(v=SCALAR).term, model) is None
    assert gap(exp(exp(exp(exp(exp(exp(c)))))).term, one().term, model) is None


def test_the_sign_of_a_number():
    plus = Polynomial(np.zeros(1), np.ones((1, 1)), np.zeros(1))
    for number, expected in ((0.25, True), (-0.25, False), (0.0, False)):
        model = numbers(c=number).with_values({positive.head: plus})
        assert value(if_(positive(c), one(), zero(v=SCALAR)), model) == int(expected)
    with pytest.raises(Undecided):
        value(if_(positive(exp(c) - exp(c)), one(), zero(v=SCALAR)), model.with_values({c.head: np.array(0.5)}))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (lam(i, f(i)), lam(i, f(i)), True),
        (lam(i, f(i) + f(i)), lam(i, f(i) * (one() + one())), True),
        (lam(i, f(i)), lam(i, f(i) + one()), False),
        (lam(i, f(i)), lam(i, -f(i)), False),
        (lam(i, exp(f(i))), lam(i, exp(f(i) + one())), False),
        (lam(i, exp(f(i) + one())), lam(i, exp(f(i)) * exp(one())), None),
        (lam(c, c + c), lam(c, c * (one() + one())), True),
        (lam(c, c * c), lam(c, c + c), False),
        (lam(c, exp(c)), lam(c, exp(c + zero(v=SCALAR))), None),
        (lam(c, c + c), lam(c, c + c), True),
    ],
    ids=str,
)
def test_hypotheses_are_enumerated_exactly(left, right, expected):
    model = Model({S: 3}, values={f.head: np.array([0.0, 0.5, 1.5])})
    assert holds(left.term, right.term, model) is expected


def test_no_values_for_what_is_infinite():
    k, g = symbol("k", NAT), symbol("g", NAT, BOOL)
    with pytest.raises(Undecided):
        value(sum_(lam(k, g(k)), lam(k, one())), numbers())
    with pytest.raises(NoModel):
        value(inner(u, u), numbers())
