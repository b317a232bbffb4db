"""Sizes and carriers: what is accepted, what defaults, and what each refusal names."""

from itertools import product

import pytest
from explicit_cases import MERGED_IS_UNMERGED, PLAIN

from symbolic_equiv.explicit import SizeError, examine, explicit
from symbolic_equiv.explicit.carriers import Carrier, Cyclic, Dihedral, act
from symbolic_equiv.explicit.sizes import read_sizes
from symbolic_equiv.theories.attention import S, X


def by_name(sizes):
    return {sort.name: carrier for sort, carrier in sizes.carriers.items()}


def test_defaults_are_small_and_complete():
    sizes = read_sizes(MERGED_IS_UNMERGED, {})
    assert sizes.dimensions.keys() == {"H", "d_in", "d_k", "d_v", "d_out", "r"}
    assert [len(sizes.carriers[sort]) for sort in (S, X)] == [3, 3]


def test_a_torus_sets_the_positions_and_the_tokens():
    carriers = by_name(read_sizes(PLAIN, {"torus": (2, 3)}))
    assert carriers["X"].shape == (2, 3) and len(carriers["S"]) == 6 and type(carriers["S"]) is Carrier


def test_sorts_by_name():
    carriers = by_name(read_sizes(PLAIN, {"X": "S3"}))
    assert isinstance(carriers["X"], Dihedral) and len(carriers["S"]) == 6


@pytest.mark.parametrize(
    "given, name, expected",
    [
        ({"n": 0}, "n", "from 1 on"),
        ({"d_in": 0}, "d_in", "from 1 on"),
        ({"d_k": -1}, "d_k", "from 1 on"),
        ({"d_k": 2.0}, "d_k", "whole number"),
        ({"d_k": True}, "d_k", "whole number"),
        ({"H": "two"}, "H", "whole number"),
        ({"H": None}, "H", "whole number"),
        ({"torus": ()}, "torus", "shape"),
        ({"torus": (2, 0)}, "torus", "from 1 on"),
        ({"X": "S9"}, "X", "S3"),
        ({"d_inn": 2}, "d_inn", "d_in"),
        ({"r": 2}, "r", "one of"),
        ({"n": 4, "torus": (2, 3)}, "n", "6"),
    ],
)
def test_a_wrong_size_is_named(given, name, expected):
    with pytest.raises(SizeError) as caught:
        read_sizes(PLAIN, given)
    assert caught.value.name == name
    assert expected in str(caught.value) and name in str(caught.value)
    found = 0 if given[name] == (2, 0) else given[name]
    assert caught.value.found == found and repr(found) in str(caught.value)


def test_a_free_element_is_no_size():
    with pytest.raises(SizeError, match="at="):
        explicit(PLAIN, n=3, y=1)


def test_a_missing_size_is_named():
    sizes = read_sizes(PLAIN, {})
    del sizes.dimensions["d_k"]
    with pytest.raises(SizeError, match="d_k: expected a number, found None"):
        sizes.dimension(next(s for s in PLAIN.sorts() if s.name == "d_k"))


@pytest.mark.parametrize("at, name", [({"i": 7}, "element"), ({"z": 0}, "z"), ({"y": (0, 0)}, "element")])
def test_rows_outside_the_carriers(at, name):
    with pytest.raises(SizeError) as caught:
        examine(PLAIN, {"n": 3}, at=at)
    assert caught.value.name == name
    with pytest.raises(SizeError):
        explicit(PLAIN, at=at, n=3)


@pytest.mark.parametrize("group", [Cyclic((4,)), Cyclic((2, 3)), Dihedral(3), Dihedral(4)])
def test_the_groups_are_groups(group):
    for a, b, c in product(group, repeat=3):
        assert group.mul(group.mul(a, b), c) == group.mul(a, group.mul(b, c))
    for a in group:
        assert group.mul(a, group.unit) == group.mul(group.unit, a) == a
        assert group.mul(a, group.inv(a)) == group.unit


def test_only_dihedral_groups_do_not_commute():
    commutes = lambda group: all(group.mul(a, b) == group.mul(b, a) for a, b in product(group, repeat=2))
    assert commutes(Cyclic((2, 3))) and not commutes(Dihedral(3))


@pytest.mark.parametrize(
    "acting, group", [(Cyclic((2,)), Cyclic((5,))), (Dihedral(3), Cyclic((2, 3))), (Cyclic((2,)), Dihedral(4))]
)
def test_an_action_is_by_automorphisms(acting, group):
    assert any(act(acting, group, a, p) != p for a in acting for p in group)
    for a, b, p, q in product(acting, acting, group, group):
        assert act(acting, group, a, group.mul(p, q)) == group.mul(act(acting, group, a, p), act(acting, group, a, q))
        assert act(acting, group, a, act(acting, group, b, p)) == act(acting, group, acting.mul(a, b), p)


def test_distance_goes_round():
    assert Cyclic((5,)).distance(0, 4) == 1
    torus = Cyclic((3, 4))
    assert torus.distance(torus.index((0, 0)), torus.index((2, 2))) == 2
