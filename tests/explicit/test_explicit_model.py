"""The model: definitions, tables, classes, predicates, and the check of every hypothesis."""

import pytest
from explicit_cases import ABSOLUTE, PLAIN

from symbolic_equiv.explicit import ExplicitError, HypothesisError, examine
from symbolic_equiv.explicit.exact import Exact, equal
from symbolic_equiv.explicit.fold import Fold
from symbolic_equiv.explicit.model import ALL, RANDOM, WINDOW, Model
from symbolic_equiv.explicit.sizes import read_sizes
from symbolic_equiv.theories.attention import S, X, f, i, j, moved, phi_val, rho, x, x_inv, x_is_bijective, y
from symbolic_equiv.theories.language import (
    BOOL,
    NAT,
    SCALAR,
    add,
    dim,
    fin,
    lam,
    neg,
    scale,
    sum_,
    symbol,
    total,
    true,
    vec,
)  # fmt: skip
from symbolic_equiv.theories.statement import Statement, hypothesis

d = dim("d")
g = symbol("g", vec(d), vec(d))
u, w, c = symbol("u", vec(d)), symbol("w", vec(d)), symbol("c", SCALAR)
additive = hypothesis("additive", "g is additive", (lam(u, w, g(add(u, w))), lam(u, w, add(g(u), g(w)))))
homogeneous = hypothesis("homogeneous", "g respects multiples", (lam(c, u, g(scale(c, u))), lam(c, u, scale(c, g(u)))))


def model(statement, predicates=ALL, **sizes):
    return Model(statement, read_sizes(statement, sizes), predicates)


def test_what_a_hypothesis_defines_is_computed():
    assert {head.name for head in model(PLAIN).definitions} == {"rho"}
    assert not model(ABSOLUTE).definitions


def test_positions_are_labelled_by_identity_unless_told_otherwise():
    assert model(PLAIN).tables()["x"] == {(0,): 0, (1,): 1, (2,): 2}
    sizes = read_sizes(PLAIN, {})
    told = Model(PLAIN, sizes, tables={"x": [2, 0, 1], "x_inv": [1, 2, 0]})
    assert told.tables()["x"] == {(0,): 2, (1,): 0, (2,): 1}
    assert examine(PLAIN, tables={"x": [2, 0, 1], "x_inv": [1, 2, 0]}).verdict == "equal"


def test_a_map_that_is_no_bijection_is_refused():
    with pytest.raises(HypothesisError, match="x_is_bijective"):
        examine(PLAIN, tables={"x": [0, 0, 1]})
    with pytest.raises(HypothesisError, match="x_is_bijective"):
        examine(PLAIN, {"S": 3, "X": 4})
    with pytest.raises(ExplicitError, match="tables: x takes 3 elements"):
        examine(PLAIN, tables={"x": [0, 1]})
    with pytest.raises(ExplicitError, match="no map of elements"):
        examine(PLAIN, tables={"rho": [0, 1, 2]})


@pytest.mark.parametrize("predicates", [WINDOW, RANDOM])
@pytest.mark.parametrize("sizes", [{"n": 5}, {"torus": (2, 4)}, {"X": "S3"}])
def test_neighbourhoods_move_with_the_tokens(predicates, sizes):
    made = model(PLAIN, predicates, **sizes)
    tables = made.tables()
    truth, place = tables["N"], lambda token: tables["x"][token,]
    token = {position: token for (token,), position in tables["x"].items()}
    assert len(set(truth.values())) == 2
    group = made.sizes.carriers[X]
    for (a, b), holds in truth.items():
        for step in group:
            assert truth[token[group.mul(place(a), step)], token[group.mul(place(b), step)]] == holds


def test_without_the_hypothesis_they_need_not_move():
    truth = model(PLAIN.without("neighbourhoods_move"), RANDOM, n=4).tables()["N"]
    assert any(truth[a, b] != truth[(a + 1) % 4, (b + 1) % 4] for a, b in truth)


def test_entries_that_a_hypothesis_makes_equal_share_a_symbol():
    invariant = hypothesis(
        "rho_moves", "the encoding moves", (lam(y, i, j, rho(moved(i), moved(j))), lam(y, i, j, rho(i, j)))
    )
    statement = Statement("r", rho(moved(i), moved(j)), rho(i, j), (x_is_bijective, invariant))
    assert examine(statement).verdict == "equal"
    assert examine(statement.without("rho_moves")).verdict == "refuted"
    made = model(statement, n=4)
    (head,) = [head for head in statement.variables() if head.name == "rho"]
    assert len({made.representative(head, (a, b)) for a in range(4) for b in range(4)}) == 4


def test_maps_are_opaque_until_a_hypothesis_asks_for_more():
    plain = Statement("g", g(add(u, w)), add(g(u), g(w)))
    linear = Statement("g", g(add(u, w)), add(g(u), g(w)), (additive, homogeneous))
    assert examine(plain).verdict == "refuted"
    assert examine(linear).verdict == "equal"
    assert set(model(linear)._forms.values()) == {"linear"}


def test_equal_arguments_give_equal_values_of_an_opaque_map():
    assert examine(Statement("g", g(add(u, w)), g(add(w, u)))).verdict == "equal"
    assert examine(Statement("g", g(u), g(neg(u)))).verdict == "refuted"


def test_a_layer_that_is_equivariant_by_hypothesis():
    layer = symbol("F", S, vec(d))
    whole = symbol("T", S, vec(d))
    T = symbol("T", *[(layer.sort)], S, vec(d))
    commutes = hypothesis(
        "equivariant",
        "T commutes with translations",
        (lam(y, layer, i, T(lam(j, layer(moved(j))), i)), lam(y, layer, i, T(layer, moved(i)))),
    )
    twice = Statement(
        "composed",
        T(lam(i, T(lam(j, whole(moved(j))), i)), i),
        T(lam(i, T(whole, i)), moved(i)),
        (x_is_bijective, commutes),
    )
    assert examine(twice).verdict == "equal"
    assert examine(twice.without("equivariant")).verdict == "refuted"


def test_hypotheses_that_cannot_hold_are_named():
    false = hypothesis("zero_signal", "f is its own opposite", (lam(i, f(i)), lam(i, neg(f(i)))))
    with pytest.raises(HypothesisError, match="zero_signal"):
        examine(Statement("s", f(i), f(i), (false,)))
    unequal = hypothesis("swap", "sums are opposite", (lam(i, j, add(f(i), f(j))), lam(i, j, neg(f(j)))))
    with pytest.raises(HypothesisError, match="swap"):
        examine(Statement("s", f(i), f(i), (unequal,)))


def test_a_hypothesis_about_a_free_element_restricts_the_rows():
    same = hypothesis("halfway", "y is its own opposite", (y, -y))
    claim = Statement("h", f(x_inv(x(i) + y)), f(x_inv(x(i) - y)), (x_is_bijective, same))
    evidence = examine(claim, {"n": 4}, neighbourhoods=[ALL])
    assert evidence.verdict == "equal" and evidence.rows == 8
    assert examine(claim.without("halfway"), {"n": 4}).verdict == "refuted"


def test_no_row_is_left():
    stays = hypothesis("stays", "i stays where it is", (x_inv(x(i) + y), i))
    moves = Statement("m", f(i), f(x_inv(x(i) + y)), (x_is_bijective, stays))
    assert examine(moves, {"n": 3}, neighbourhoods=[ALL]).rows == 3
    assert examine(moves, {"n": 3}, at={"y": 1}).verdict == "undecided"


@pytest.mark.parametrize(
    "side",
    [
        sum_(lam(u, true()), lam(u, u)),
        sum_(lam(symbol("t", NAT), true()), symbol("k", NAT, vec(d))),
        f(symbol("q", vec(d), S)(u)),
    ],
)
def test_what_has_no_finite_model_is_refused(side):
    with pytest.raises(ExplicitError):
        examine(Statement("s", side, side))


def test_numbers_are_tried_from_zero_on_and_never_refute():
    k, t = symbol("k", NAT, vec(d)), symbol("t", NAT)
    same = examine(Statement("s", k(t), k(t)))
    assert (same.verdict, same.rows) == ("equal", 3)
    assert examine(Statement("s", k(t), k(symbol("r", NAT)))).verdict == "undecided"


def test_quantified_predicates_are_refused():
    P = symbol("P", S, BOOL)
    over = hypothesis(
        "all", "sums over any set vanish", (lam(P, total(j, P(j), f(j))), lam(P, total(j, P(j), neg(f(j)))))
    )
    with pytest.raises(ExplicitError, match="finite sort"):
        examine(Statement("s", f(i), f(i), (over,)))


def test_values_are_checked_in_full():
    made = model(PLAIN, RANDOM, n=3)
    fold, names = Fold(made, Exact()), set()
    for check in made._checks:
        names.add(check.hypothesis.name)
        instances = list(made._instances(fold, check))
        assert len(instances) in (3, 27)  # all tokens, all positions; all y, i, j
        assert all(equal(fold.value(a, at), fold.value(b, also)) for a, at, b, also in instances)
    assert names == {"x_is_bijective", "neighbourhoods_move"}


def test_heads_can_be_permuted():
    Heads, Vec = fin(dim("H")), vec(d)
    h, sigma, back = symbol("h", Heads), symbol("sigma", Heads, Heads), symbol("back", Heads, Heads)
    value = symbol("value", Heads, Vec)
    bijective = hypothesis(
        "bijective", "sigma is a bijection", (lam(h, back(sigma(h))), lam(h, h)), (lam(h, sigma(back(h))), lam(h, h))
    )
    everyone = lambda body: total(h, true(), body)
    claim = Statement("s", everyone(value(sigma(h))), everyone(value(h)), (bijective,))
    assert model(claim, H=3).tables()["sigma"] in ({(0,): 1, (1,): 2, (2,): 0}, {(0,): 2, (1,): 0, (2,): 1})
    assert examine(claim, {"H": 3}).verdict == "equal"
    assert examine(claim.without("bijective"), {"H": 3}).verdict == "refuted"
    assert examine(Statement("s", value(sigma(h)), value(h), (bijective,)), {"H": 3}).verdict == "refuted"


def test_heads_are_counted():
    h = symbol("h", fin(dim("H")))
    both = Statement("h", phi_val(h, f(i)), phi_val(h, f(i)))
    evidence = examine(both, {"n": 2, "H": 3, "d_v": 1}, neighbourhoods=[ALL])
    assert (evidence.rows, evidence.entries) == (6, 6)
