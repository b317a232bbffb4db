"""Models that a user gives: what fits is used as it is, what does not is named with what was expected."""

from __future__ import annotations

import numpy as np
import pytest
from numeric_cases import ABSOLUTE, MAIN

from symbolic_equiv.numeric.errors import ModelError, NoModel
from symbolic_equiv.numeric.given import own_model
from symbolic_equiv.numeric.witness import NO_DIFFERENCE, NO_MODEL, REFUTED, examine_model
from symbolic_equiv.theories.attention import N, X, d_k, f, i, x, x_inv, y
from symbolic_equiv.theories.language import SCALAR, act, base, lam, symbol, vec
from symbolic_equiv.theories.statement import Statement, hypothesis

S = base("S")
EVERYONE = np.ones((3, 3)).tolist()
GOOD = {"x": [1, 2, 0], "f": [[1], [2], [3]], "N": EVERYONE, "y": 1}


def test_given_values_are_kept_and_the_rest_is_found():
    model = own_model(MAIN, GOOD, groups={"X": "Z/3"})
    assert list(model.values[x.head]) == [1, 2, 0]
    assert list(model.values[x_inv.head]) == [2, 0, 1]
    assert model.values[f.head].tolist() == [[1], [2], [3]]
    assert (model.sizes[S], model.sizes[X], model.groups[X].name) == (3, 3, "Z/3")
    evidence = examine_model(MAIN, model)
    assert (evidence.verdict, evidence.models, evidence.nondegenerate) == (NO_DIFFERENCE, 1, True)


def test_a_given_model_may_refute():
    weights = {"constant": [[0]], "linear": [[[1]]]}
    values = {**GOOD, "phi_qry": {"constant": [[1]]}, "phi_key": weights, "phi_val": weights}
    model = own_model(ABSOLUTE, {**values, "phi_out": {"linear": [[1]]}, "rho_P": [[0], [1], [3]]})
    evidence = examine_model(ABSOLUTE, model)
    assert evidence.verdict == REFUTED
    assert evidence.counterexample.model.values[f.head].tolist() == [[1], [2], [3]]


def test_a_model_that_lacks_an_action_tells_nothing_of_a_claim_about_one():
    tokens, turns = base("S"), base("H")
    h, u, k = symbol("h", turns), symbol("u", tokens, SCALAR), symbol("k", tokens)
    plain, turned = Statement("twice", u(k), u(k) + u(k)), Statement("turned", u(act(h, k)), u(k))
    model = own_model(plain, {"u": [1, 2, 3]})
    assert examine_model(plain, model).verdict == REFUTED
    assert examine_model(turned, model).verdict == NO_MODEL


def test_neighbourhoods_are_found_that_move():
    model = own_model(MAIN, {"x": [0, 1, 2, 3]}, groups={"X": "Z/4"}, seed=2)
    assert model.values[N.head].shape == (4, 4)
    assert examine_model(MAIN, model).verdict == NO_DIFFERENCE


def test_a_neighbourhood_that_is_not_given_is_not_empty():
    for seed in range(40):
        assert own_model(MAIN, {}, seed=seed).values[N.head].any(axis=1).all()


def test_a_group_may_be_given_by_its_table():
    table = [[0, 1], [1, 0]]
    assert own_model(MAIN, {}, groups={"X": table}).groups[X].order == 2


BAD = [
    ("x is not one-to-one", {"x": [0, 0, 1]}, {}, "x", "one-to-one", "x(0) = x(1) = 0"),
    ("x is out of range", {"x": [0, 1, 3]}, {}, "x", "from 0 to 2", "3 at (2,)"),
    ("x is no element", {"x": [0, 1, 0.5]}, {}, "x", "counted from 0", "0.5 at (2,)"),
    ("x is negative", {"x": [0, 1, -1]}, {}, "x", "counted from 0", "-1 at (2,)"),
    ("x and its inverse", {"x": [0, 1, 2], "x_inv": [0, 2, 1]}, {}, "x_is_bijective", "x_inv(x(i)) = 1", "2"),
    ("an empty neighbourhood", {"N": np.zeros((3, 3))}, {}, "N(", "at least one element", "none"),
    ("neighbourhoods do not move", {"x": [0, 1, 2], "N": [[1, 1, 0], [0, 1, 0], [0, 0, 1]]}, {"X": "Z/3"},
     "neighbourhoods_move", "N(", "False"),
    ("a wrong dimension", {"x": [0, 1, 2], "f": [[1, 2], [3, 4]]}, {}, "f", "(3, 2)", "shape (2, 2)"),
    ("too many axes", {"f": [[[1]], [[2]], [[3]]]}, {}, "f", "a table of shape", "(3, 1, 1)"),
    ("a ragged table", {"f": [[1], [2, 3]]}, {}, "f", "numbers in the shape", "[[1], [2, 3]]"),
    ("words", {"f": "import os"}, {}, "f", "numbers in the shape", "import os"),
    ("an infinite number", {"f": [[float("inf")], [0]]}, {}, "f", "finite numbers", "infinite"),
    ("a truth value", {"N": [[0, 2], [1, 1]]}, {}, "N", "true or false", "2 at (0, 1)"),
    ("no such variable", {"g": [1]}, {}, "g", "one of", "no such variable"),
    ("a table for a map", {"phi_out": [[1]]}, {}, "phi_out", "a mapping", "[[1]]"),
    ("a part of a map", {"phi_out": {"matrix": [[1]]}}, {}, "phi_out", "constant, linear, curvature", "matrix"),
    ("a map of another size", {"phi_out": {"linear": [[1, 2]]}}, {}, "phi_out.linear", "shape (1, 1)", "(1, 2)"),
    ("another encoding", {"x": [0, 1], "rho_P": [[0], [1]], "rho": [[[5], [1]], [[1], [0]]]}, {}, "rho",
     "0.0 at (0, 0, 0)", "5.0"),
    ("no such group", {}, {"X": "A5"}, "group", "Z/n", "A5"),
    ("a group for a set", {}, {"S": "Z/3"}, "S", "one of the groups X", "no such group"),
    ("a group of another order", {"x": [0, 1, 2]}, {"X": "Z/4"}, "S and X", "one size", "[3, 4]"),
    ("no group", {}, {"X": [[0, 1], [1, 1]]}, "X", "one inverse", "without inverse"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "groups", "place", "expected", "found"), [b[1:] for b in BAD], ids=[b[0] for b in BAD]
)
def test_what_does_not_fit_is_named(values, groups, place, expected, found):
    with pytest.raises(ModelError) as error:
        own_model(MAIN, values, groups=groups)
    assert error.value.place.startswith(place)
    assert expected in error.value.expected
    assert found in error.value.found
    assert all(part in str(error.value) for part in (error.value.place, "expected", "found"))
    assert len(str(error.value)) < 400


@pytest.mark.parametrize("size", [0, -1, 1.5])
def test_a_size_that_is_no_size(size):
    with pytest.raises(ModelError, match="at least 1"):
        own_model(MAIN, {}, sizes={"d_in": size})


def test_a_scalar_that_is_a_dimension():
    size, s = symbol("d_k", SCALAR), symbol("s", vec(d_k))
    statement = Statement("scaled", size * s, s)
    assert own_model(statement, {"s": [1, 2, 3]}).values[size.head] == 3
    with pytest.raises(ModelError, match="the dimension of that name"):
        own_model(statement, {"s": [1, 2, 3], "d_k": 2})


def test_an_empty_neighbourhood_may_be_allowed():
    model = own_model(MAIN, {"N": np.zeros((2, 2))}, allow_empty=True)
    assert examine_model(MAIN, model).verdict == NO_DIFFERENCE


def test_one_empty_neighbourhood_is_named():
    some = MAIN.without("neighbourhoods_move")
    with pytest.raises(ModelError) as error:
        own_model(some, {"N": [[1, 1, 1], [0, 0, 0], [1, 0, 0]], "x": [0, 1, 2], "y": 0})
    assert "i = 1" in error.value.place


def test_missing_values_that_cannot_be_found():
    c, d = symbol("c", S, SCALAR), symbol("d", S, SCALAR)
    square = hypothesis("square", "", (lam(i, c(i) * c(i)), lam(i, d(i) + d(i))))
    with pytest.raises(NoModel, match="square"):
        own_model(Statement("root", c(i), d(i), (square,)), {"d": [1.0, 3.0]})


def test_a_given_translation_is_the_only_one_that_is_tried():
    model = own_model(ABSOLUTE, {"y": 0, "N": EVERYONE}, groups={"X": "Z/3"})
    assert examine_model(ABSOLUTE, model).verdict == NO_DIFFERENCE
    assert examine_model(ABSOLUTE, own_model(ABSOLUTE, {"N": EVERYONE}, groups={"X": "Z/3"})).verdict == REFUTED
    assert model.values[y.head] == 0
