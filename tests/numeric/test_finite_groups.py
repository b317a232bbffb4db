"""Groups by their tables, and actions by automorphisms."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_equiv.numeric.errors import ModelError
from symbolic_equiv.numeric.groups import Group, actions, automorphisms, cyclic, dihedral, group_named, of_order

ALL = [group for order in range(1, 10) for group in of_order(order)]


@pytest.mark.parametrize("group", ALL, ids=repr)
def test_is_a_group(group):
    table, every = group.table, range(group.order)
    assert all(table[table[a, b], c] == table[a, table[b, c]] for a in every for b in every for c in every)
    assert all(table[group.inverse[a], a] == group.unit == table[a, group.inverse[a]] for a in every)
    assert len(set(group.labels)) == group.order


def test_two_of_each_small_order_are_not_commutative():
    names = [group.name for group in ALL if not group.is_abelian]
    assert names == ["S3", "Q8", "D4"]


@pytest.mark.parametrize(
    ("name", "count"), [("Z/5", 4), ("Z/8", 4), ("S3", 6), ("D4", 8), ("Q8", 24), ("Z/2×Z/2", 6), ("Z/1", 1)]
)
def test_number_of_automorphisms(name, count):
    assert len(automorphisms(group_named(name))) == count


@pytest.mark.parametrize(
    ("acting", "on", "count"), [("Z/2", "Z/5", 2), ("Z/2", "Z/3", 2), ("S3", "S3", 10), ("Z/3", "Z/5", 1)]
)
def test_actions(acting, on, count):
    acting, on = group_named(acting), group_named(on)
    found = actions(acting, on)
    assert len(found) == count
    assert (found[0] == np.arange(on.order)).all()
    for act in found:
        for a in range(acting.order):
            assert (act[a][on.table] == on.table[act[a][:, None], act[a]]).all()
            assert all((act[acting.table[a, b]] == act[a][act[b]]).all() for b in range(acting.order))


def test_inversion_and_conjugation_are_among_the_actions():
    inversion = np.array([np.arange(5), cyclic(5).inverse])
    assert any((act == inversion).all() for act in actions(cyclic(2), cyclic(5)))
    s3 = dihedral(3)
    conjugation = np.array([[s3.table[s3.table[g, p], s3.inverse[g]] for p in range(6)] for g in range(6)])
    assert any((act == conjugation).all() for act in actions(s3, s3))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([[0, 1], [1, 1]], "one inverse"),
        ([[0, 1, 2], [1, 0, 2], [2, 2, 0]], "associative"),
        ([[1, 1], [0, 0]], "neutral"),
        ([[0, 1], [1, 2]], "square table"),
        ([[0, 1]], "square table"),
        ([[0.0]], "square table"),
        ([], "square table"),
    ],
)
def test_what_is_no_group_is_refused(table, expected):
    with pytest.raises(ModelError) as error:
        Group("X", np.array(table))
    assert expected in error.value.expected
    assert error.value.place == "X"


@pytest.mark.parametrize("name", ["", "Z/0", "S4", "Z", "Z/2×", "D0", "__import__('os')"])
def test_an_unknown_name_is_refused(name):
    with pytest.raises(ModelError, match="Z/n"):
        group_named(name)
