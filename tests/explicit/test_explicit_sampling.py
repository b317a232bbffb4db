"""Prime fields and rigorous values."""

from fractions import Fraction

import sympy

from symbolic_equiv.explicit.sampling import GENERATOR, Fields, P, Q, Rigorous, fields_differ, surely_differ
from symbolic_equiv.kernel.terms import VARIABLE, Head
from symbolic_equiv.theories.language import SCALAR

KEYS = [(Head(VARIABLE, name, SCALAR), (), ()) for name in "ab"]


def test_the_primes_fit():
    assert sympy.isprime(P) and sympy.isprime(Q) and (P - 1) % Q == 0
    assert GENERATOR != 1 and pow(GENERATOR, Q, P) == 1


def test_exp_is_a_homomorphism_in_the_fields():
    fields = Fields(3)
    a, b = map(fields.symbol, KEYS)
    assert not fields_differ(fields.exp(fields.add(a, b)), fields.mul(fields.exp(a), fields.exp(b)))
    assert fields_differ(fields.exp(fields.mul(a, b)), fields.mul(fields.exp(a), fields.exp(b)))


def test_reciprocals_and_fractions_in_the_fields():
    fields = Fields()
    a = fields.symbol(KEYS[0])
    assert fields.mul(a, fields.reciprocal(a)) == 1
    assert fields.reciprocal(0) == 0
    assert fields.number(Fraction(1, 3)) * 3 % (P * Q) == 1


def test_intervals_enclose_and_do_not_overclaim():
    values = Rigorous()
    third = values.number(Fraction(1, 3))
    product = values.mul(values.exp(third), values.exp(-third))
    assert not surely_differ(product, 1)
    assert not surely_differ(1, product)
    assert surely_differ(values.exp(third), values.exp(Fraction(1, 4)))
    assert surely_differ(values.exp(1), Fraction(271828, 100000))
    assert not surely_differ(values.mul(values.exp(1), third), values.reciprocal(values.mul(3, values.exp(-1))))


def test_exact_values_are_compared_exactly():
    assert surely_differ(Fraction(1, 3), Fraction(10**30, 3 * 10**30 + 1))
    assert not surely_differ(2, Fraction(4, 2))
