"""Hypotheses about all vectors, and homomorphisms: rotary encodings on finite groups and on the integers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from symbolic_equiv.numeric.groups import cyclic, dihedral, direct_product, representations
from symbolic_equiv.numeric.models import Model
from symbolic_equiv.numeric.polynomials import Unknowns
from symbolic_equiv.numeric.rigorous import holds
from symbolic_equiv.numeric.witness import NO_DIFFERENCE, NO_MODEL, REFUTED, examine
from symbolic_equiv.theories.attention import X, d_k, p, y
from symbolic_equiv.theories.language import SCALAR, exp, inner, lam, mat, symbol, vec
from symbolic_equiv.theories.statement import Statement, hypothesis

R, u, v = symbol("R", X, mat(d_k, d_k)), symbol("u", vec(d_k)), symbol("v", vec(d_k))
A, c, g = symbol("A", mat(d_k, d_k)), symbol("c", SCALAR), symbol("g", vec(d_k), vec(d_k))
multiplies = hypothesis("multiplies", "", (lam(p, y, R(p + y)), lam(p, y, R(p) @ R(y))))
keeps_angles = hypothesis("keeps_angles", "", (lam(p, u, v, inner(R(p) @ u, R(p) @ v)), lam(p, u, v, inner(u, v))))
turns_back = hypothesis("turns_back", "", (lam(p, u, v, inner(R(p) @ u, v)), lam(p, u, v, inner(u, R(-p) @ v))))
TURN = np.array([[0.0, -1.0], [1.0, 0.0]])


def model(**values):
    return Model({d_k: 2}, values={symbol(name, mat(d_k, d_k)).head: each for name, each in values.items()})


HOLDS = {
    "an inner product is symmetric": (lam(u, v, inner(u, v)), lam(u, v, inner(v, u)), True),
    "a rotation keeps inner products": (lam(u, v, inner(A @ u, A @ v)), lam(u, v, inner(u, v)), True),
    "it keeps no vector": (lam(u, A @ u), lam(u, u), False),
    "a square is not linear": (lam(c, c * c), lam(c, c), False),
    "numbers commute": (lam(c, u, c * (c * u)), lam(c, u, (c * c) * u), True),
    "of exp nothing is known": (lam(c, exp(c + c)), lam(c, exp(c) * exp(c)), None),
}


@pytest.mark.parametrize(("left", "right", "verdict"), HOLDS.values(), ids=HOLDS.keys())
def test_equations_between_functions_of_vectors(left, right, verdict):
    assert holds(left.term, right.term, model(A=TURN)) is verdict


def test_a_matrix_that_stretches_keeps_no_inner_product():
    assert holds(*(lam(u, v, side).term for side in (inner(A @ u, A @ v), inner(u, v))), model(A=2 * TURN)) is False


def test_unknowns_are_compared_term_by_term():
    a, b = Unknowns.of(0), Unknowns.of(1)
    assert (a + b) * (a + -b) == a * a + -(b * b)
    assert a * b != a * a
    assert a + Fraction(1) != a
    assert a + -a == 0 and hash(a * b) == hash(b * a)


ROPE = inner(R(p) @ u, R(y) @ v)
CLAIMS = {
    "the score sees the difference": (ROPE, inner(u, R(y - p) @ v), (multiplies, turns_back), NO_DIFFERENCE),
    "not the sum": (ROPE, inner(u, R(y + p) @ v), (multiplies, turns_back), REFUTED),
    "not without the homomorphism": (ROPE, inner(u, R(y - p) @ v), (keeps_angles,), REFUTED),
    "rotations are not the identity": (R(p) @ u, u, (multiplies, keeps_angles), REFUTED),
}


@pytest.mark.parametrize("groups", [{}, {"X": "Z"}, {"X": "Z/n"}], ids=["any group", "Z", "Z/n"])
@pytest.mark.parametrize(("left", "right", "assumed", "verdict"), CLAIMS.values(), ids=CLAIMS.keys())
def test_rotary_encodings(left, right, assumed, verdict, groups):
    if groups == {"X": "Z"} and multiplies not in assumed:
        verdict = NO_MODEL  # on Z the matrices are powers of one, or few of them are not zero: there it finds none
    evidence = examine(Statement("rope", left, right, assumed, groups=groups), models=150)
    assert evidence.verdict == verdict, evidence
    if verdict == REFUTED and not groups:
        found = evidence.counterexample
        assert all(holds(check.left, check.right, found.model) for check in found.problem.checks)


@pytest.mark.parametrize(
    "group", [cyclic(2), cyclic(4), dihedral(3), dihedral(4), direct_product(cyclic(2), cyclic(2))]
)
def test_representations_are_homomorphisms_into_orthogonal_matrices(group):
    found = representations(group)
    assert (found[-1] == np.eye(2)).all() and len(found) > 1
    for each in found:
        assert (each[:, None] @ each[None, :] == each[group.table]).all()
        assert (each @ each.transpose(0, 2, 1) == np.eye(2)).all()
    assert any((each == TURN).all(axis=(1, 2)).any() for each in found) == (group.name in ("Z/4", "D4"))
