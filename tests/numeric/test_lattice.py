"""Models on Z and Z^2, finite sequences with edges, and claims about one group only."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from math import exp as e_to

import numpy as np
import pytest

from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.numeric.counterexample import confirm
from symbolic_equiv.numeric.errors import Undecided
from symbolic_equiv.numeric.infinite import models, on_lattices, satisfied
from symbolic_equiv.numeric.lattice import Homomorphism, Lattice, Rule, Sparse
from symbolic_equiv.numeric.models import Model
from symbolic_equiv.numeric.rigorous import Exact, gap
from symbolic_equiv.numeric.witness import NO_DIFFERENCE, REFUTED, examine
from symbolic_equiv.theories.attention import (
    L,
    N,
    S,
    X,
    d_k,
    f,
    i,
    j,
    m,
    neighbourhoods_move,
    p,
    rho,
    rho_is_relative,
    rho_P,
    x,
    x_inv,
    x_is_bijective,
    y,
)  # fmt: skip
from symbolic_equiv.theories.language import BOOL, SCALAR, and_, exp, inner, lam, mat, one, symbol, total, true, vec
from symbolic_equiv.theories.statement import Statement, check_groups, hypothesis

W, inside, a = symbol("W", X, BOOL), symbol("inside", X, BOOL), symbol("a", X, SCALAR)
R, u = symbol("R", X, mat(d_k, d_k)), symbol("u", vec(d_k))
s = symbol("s", X, SCALAR)
others, known, far, N_ = (
    symbol("others", X, BOOL),
    symbol("known", X, BOOL),
    symbol("far", X, X),
    symbol("M", X, X, BOOL),
)

windows = hypothesis("windows", "", (N, lam(i, j, W(x(j) - x(i)))))
windows_with_edges = hypothesis("windows_with_edges", "", (N, lam(i, j, and_(W(x(j) - x(i)), inside(x(j))))))
rho_is_absolute = hypothesis("rho_is_absolute", "", (rho, lam(i, j, rho_P(x(j)))))
a_adds = hypothesis("a_adds", "", (lam(p, y, a(p + y)), lam(p, y, a(p) + a(y))))
R_multiplies = hypothesis("R_multiplies", "", (lam(p, y, R(p + y)), lam(p, y, R(p) @ R(y))))
x_is_injective = hypothesis("x_is_injective", "", (lam(i, x_inv(x(i))), lam(i, i)))
ON_Z, ON_Z2 = {"X": "Z"}, {"X": "Z^2"}


def equivariant(name, *hypotheses, groups):
    return Statement(name, m[L(y, f), rho](i), L(y, m[f, rho])(i), hypotheses, groups=groups)


FALSE = {
    "the encoding is absolute": equivariant("a", x_is_bijective, neighbourhoods_move, rho_is_absolute, groups=ON_Z),
    "the same in the plane": equivariant("b", x_is_bijective, neighbourhoods_move, rho_is_absolute, groups=ON_Z2),
    "any encoding": equivariant("c", x_is_bijective, neighbourhoods_move, groups=ON_Z),
    "any neighbourhoods": equivariant("d", x_is_bijective, rho_is_relative, groups=ON_Z),
    "windows cut off at an edge": equivariant("e", x_is_bijective, windows_with_edges, rho_is_relative, groups=ON_Z),
    "slopes are not opposite": Statement("f", a(p - y), a(p) + a(y), (a_adds,), groups=ON_Z),
    "rotations do not undo themselves": Statement("g", R(p) @ (R(p) @ u), u, (R_multiplies,), groups=ON_Z),
    "the last token has no next one": Statement("h", x_inv(x(i) + y), i, (x_is_injective,), groups=ON_Z),
    "the integers are not of order 2": Statement("k", y + y, y - y, groups=ON_Z),
}
TRUE = {
    "windows": equivariant("a", x_is_bijective, windows, rho_is_relative, groups=ON_Z),
    "the theorem": equivariant("b", x_is_bijective, neighbourhoods_move, rho_is_relative, groups=ON_Z),
    "the theorem in the plane": equivariant(
        "c", x_is_bijective, neighbourhoods_move, rho_is_relative, groups=ON_Z2
    ),
    "slopes": Statement("d", a(p - y), a(p) - a(y), (a_adds,), groups=ON_Z),
    "rotations": Statement("e", R(p + y) @ (R(-y) @ u), R(p) @ u, (R_multiplies,), groups=ON_Z),
    "the integers commute": Statement("f", p + y, y + p, groups=ON_Z2),
    "Z/2 is of order 2": Statement("g", y + y, y - y, groups={"X": "Z/2"}),
    "what is said of Z/n is not refuted by S3": Statement("h", p + y, y + p, groups={"X": "Z/n"}),
    "nor what is said of a torus": Statement("k", p + y, y + p, groups={"X": "Z/n×Z/m"}),
}  # fmt: skip


@pytest.mark.parametrize("statement", FALSE.values(), ids=FALSE.keys())
def test_false_claims_are_refuted_on_the_group_that_they_name(statement):
    evidence = examine(statement, models=100)
    assert evidence.verdict == REFUTED, evidence
    assert {str(group) for group in evidence.counterexample.model.groups.values()} == set(statement.groups.values())
    assert evidence.counterexample.describe() and evidence.counterexample.to_json()


@pytest.mark.parametrize("statement", TRUE.values(), ids=TRUE.keys())
def test_true_claims_are_not(statement):
    evidence = examine(statement, models=25)
    assert (evidence.verdict, evidence.models > 5) == (NO_DIFFERENCE, True), evidence


def test_a_counterexample_on_the_integers_stands_up_to_plain_python():
    """One head without maps: Σ_j softmax(⟨f(i), f(j) + ρ(i, j)⟩) f(j), by dictionaries of fractions."""
    row = lambda g: total(
        j, N(i, j), (exp(inner(g(i), g(j) + rho(i, j))) / total(j, N(i, j), exp(inner(g(i), g(j) + rho(i, j))))) * g(j)
    )
    moved = lambda token: f(x_inv(x(token) - y))
    statement = Statement(
        "plain",
        row(moved),
        lam(i, row(f))(x_inv(x(i) - y)),
        (x_is_bijective, windows_with_edges, rho_is_relative),
        groups=ON_Z,
    )
    found = examine(statement, models=200).counterexample
    value = {str(head.name): each for head, each in found.model.values.items()}
    table = lambda name, k: value[name].at((k,))
    near = lambda at: [k for k in range(-40, 41) if table("W", k - at) and table("inside", k)]

    def by_hand(signal, at):
        vector = lambda k: [Fraction(float(n)) for n in signal(k)]
        key = lambda k: [c + Fraction(float(e)) for c, e in zip(vector(k), table("rho_P", k - at))]
        scores = {k: float(sum(c * d for c, d in zip(vector(at), key(k)))) for k in near(at)}
        whole = sum(map(e_to, scores.values()))
        return [sum(e_to(scores[k]) / whole * float(vector(k)[n]) for k in scores) for n in range(len(vector(at)))]

    token, step, signal = int(value["i"]), int(value["y"]), lambda k: table("f", k)
    left = by_hand(lambda k: signal(k - step), token)[found.entry[0]]
    right = by_hand(signal, token - step)[found.entry[0]]
    assert left != pytest.approx(right, abs=1e-9)
    assert (float(found.gap.left[0]), float(found.gap.right[0])) == (pytest.approx(left), pytest.approx(right))


REFUSED = {
    "no such sort": ({"Y": "Z"}, "'Y'"),
    "no such group": ({"X": "Q"}, "'Q'"),
    "a group without elements": ({"X": "Z/0"}, "'Z/0'"),
    "a lattice of no dimension": ({"X": "Z^0"}, "'Z^0'"),
    "a command": ({"X": "__import__('os')"}, "import"),
}


@pytest.mark.parametrize(("groups", "found"), REFUSED.values(), ids=REFUSED.keys())
def test_groups_that_are_none(groups, found):
    with pytest.raises(KernelError) as error:
        check_groups(equivariant("refused", groups=groups))
    assert found in str(error.value)


def on_z(**rules):
    return Model(
        {}, {X: Lattice()}, {}, {symbol(name, X, BOOL).head: rule for name, rule in rules.items()}, {X: Lattice()}
    )


def window(*numbers):
    return Sparse(np.array(False), {(k,): np.array(True) for k in numbers})


SUMS = {
    "a window": (lambda q: W(q), [0, 1, -1]),
    "a window that was moved": (lambda q: W(q + p + p), [-4, -3, -5]),
    "two at once": (lambda q: and_(W(q), inside(-q)), [0, 1]),
    "nothing": (lambda q: and_(W(q), W(q + p + p)), []),
    "all, which is 0 by convention": (lambda q: true(), []),
}


@pytest.mark.parametrize(("domain", "chosen"), SUMS.values(), ids=SUMS.keys())
def test_the_domain_of_a_sum_is_found(domain, chosen):
    q = symbol("q", X)
    model = on_z(W=window(-1, 0, 1), inside=window(-1, 0)).with_values({p.head: np.array(2)})
    term = lam(q, domain(q)).term
    assert sorted(Exact(model, 64).chosen(term, ())) == sorted((point,) for point in chosen)
    count = total(q, domain(q), one()).term
    assert Exact(model, 64).value(count, ()) == len(chosen)


SPREAD = {
    "twice the index": (lambda q: W(q + q), [0, 1]),
    "three times the index, moved": (lambda q: W(-(q + q + q) + p), [0, 1]),
    "an index that cancels": (lambda q: and_(inside(q), W(q - q + p)), [-1, 5]),
    "all but one, in a window": (lambda q: and_(others(q), W(q)), [0, 2, 3]),
    "two indices": (lambda q: N_(p, q), [7, 9]),
    "two indices, the same": (lambda q: N_(q, q), [4]),
}  # fmt: skip


@pytest.mark.parametrize(("domain", "chosen"), SPREAD.values(), ids=SPREAD.keys())
def test_equations_of_an_index_are_solved(domain, chosen):
    true_at = lambda *keys: Sparse(np.array(False), {key: np.array(True) for key in keys})
    model = on_z(W=window(-1, 0, 2, 3), inside=window(-1, 5), others=Sparse(np.array(True), {(-1,): np.array(False)}))
    model = model.with_values({p.head: np.array(2), N_.head: true_at((2, 7), (2, 9), (4, 4), (3, 8))})
    q = symbol("q", X)
    assert [point for (point,) in Exact(model, 64).chosen(lam(q, domain(q)).term, ())] == chosen


UNTOLD = {
    "something of which nothing is known": lambda q: known(q),
    "a window beside it that is moved out of sight": lambda q: W(far(q)),
    "all but one of those": lambda q: and_(others(q), known(q)),
}


@pytest.mark.parametrize("domain", UNTOLD.values(), ids=UNTOLD.keys())
def test_a_domain_that_cannot_be_told_is_undecided(domain):
    class Even(Rule):
        def at(self, point):
            return np.array(point[0] % 2 == 0)

    all_but_one = Sparse(np.array(True), {(0,): np.array(False)})
    model = on_z(W=window(0), known=Even(), others=all_but_one)
    model = model.with_values({far.head: Homomorphism("+", (np.array(Fraction(2)),))})
    q = symbol("q", X)
    with pytest.raises(Undecided):
        Exact(model, 64).chosen(lam(q, domain(q)).term, ())
    assert Exact(model, 64).chosen(lam(q, others(q)).term, ()) == []  # infinitely many: 0 by convention
    assert Exact(model, 64).chosen(lam(q, and_(known(q), W(q))).term, ()) == [(0,)]


@pytest.mark.parametrize("rank", [1, 2])
def test_solutions_are_all_those_that_a_box_holds(rank):
    """Random conjunctions of windows, each at ``n q + c``, against looking at every element near the unit."""
    lattice, rng, q = Lattice(rank), np.random.default_rng(rank), symbol("q", X)
    for _ in range(40):
        places = lambda: [lattice.element(k) for k in rng.integers(-3, 4, size=(6, rank))]
        rules = {each.head: Sparse(np.array(False), {(k,): np.array(True) for k in places()}) for each in (W, inside)}
        model = Model({}, {X: lattice}, {}, {**rules, p.head: np.array(lattice.box(1)[-1])}, {X: lattice})
        domain = lam(q, and_(W((q, q + q)[rng.integers(2)] + p), inside(p - q))).term
        exact = Exact(model, 64)
        looked_at = [one_ for one_ in lattice.box(8) if exact.value(domain.body, (one_,))]
        assert sorted(point for (point,) in exact.chosen(domain, ())) == sorted(looked_at)


def test_homomorphisms_are_exact():
    third = np.array([[Fraction(3, 5), Fraction(-4, 5)], [Fraction(4, 5), Fraction(3, 5)]], dtype=object)
    power = Homomorphism("*", (third,), (third.T,))
    assert (np.dot(power.at((5,)), power.at((-3,))) == power.at((2,))).all()
    assert (power.at((0,)) == np.eye(2)).all()
    assert Homomorphism("+", (np.array(Fraction(2)),)).at((-3,)).item() == -6


FORGED = {
    "neighbourhoods that do not move": (
        neighbourhoods_move,
        {N.head: Sparse(np.array(False), {(0, 1): np.array(True)})},
    ),
    "a map that is no homomorphism": (a_adds, {a.head: Sparse(np.array(0.0), {(1,): np.array(1.0)})}),
}


@pytest.mark.parametrize(("item", "values"), FORGED.values(), ids=FORGED.keys())
def test_a_hypothesis_without_a_proof_does_not_pass(item, values):
    """The kernel proves a hypothesis from what holds by construction, or the model does not count."""
    statement = Statement("forged", x_inv(x(i)), i, (x_is_bijective, item), groups=ON_Z)
    problem = on_lattices(statement)
    model = next(models(problem, 0))
    assert all(satisfied(check, problem, model) for check in problem.checks)
    plain = type(problem)(statement)
    forged = model.with_values(values)
    assert not all(satisfied(check, plain, forged) for check in plain.checks)
    assert confirm(plain, forged) is None


def test_the_same_seed_gives_the_same_models():
    problem = on_lattices(FALSE["any encoding"])
    shown = lambda seed: [str(sorted(model.values.items(), key=str)) for model in islice(models(problem, seed), 6)]
    assert shown(3) == shown(3) != shown(4)


def test_finite_sequences_are_side_by_side():
    problem = on_lattices(FALSE["the last token has no next one"])
    model = next(each for each in models(problem, 0) if each.sizes[S] == 3)
    assert model.values[x.head].tolist() == [0, 1, 2]
    assert [int(model.values[x_inv.head].at((k,))) for k in range(3)] == [0, 1, 2]


def test_sums_over_all_integers_are_zero_by_convention():
    statement = Statement("all", total(p, true(), s(p)), total(p, true(), s(p + y)) + one(), groups=ON_Z)
    found = examine(statement, models=5).counterexample
    assert gap(found.problem.left, found.problem.right, found.model).left == (0, 0)
