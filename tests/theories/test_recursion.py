"""Iteration: its axioms in models made by hand, its values, and what the search does with them."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest

from symbolic_equiv.kernel.sorts import fun
from symbolic_equiv.kernel.terms import BOUND
from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.logic.prover import prove
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.evaluate import evaluate as in_floats
from symbolic_equiv.numeric.models import Model
from symbolic_equiv.numeric.rigorous import holds
from symbolic_equiv.theories.language import NAT, SCALAR, base, lam, symbol, total, true
from symbolic_equiv.theories.recursion import RULES, iterate, nought, numeral, succ

STEPS, VALUES = 5, 3
AXIOM = RULES[-1].axiom


def meaning(term, free, bound=()):
    """A term as a Python value; signals are functions, numbers are numbers."""
    if term.body is not None:
        return lambda value: meaning(term.body, free, (value, *bound))
    head = term.head
    known = CONSTANTS if head.declaration else free
    value = bound[head.index] if head.kind == BOUND else known[head.name]
    for arg in term.args:
        value = value(meaning(arg, free, bound))
    return value


def _iterate(step):
    def after(start, number):
        for k in range(number):
            start = step(k)(start)
        return start

    return lambda start: lambda number: after(start, number)


CONSTANTS = {"nought": 0, "succ": lambda number: number + 1, "iterate": _iterate}


def drawn(seed):
    """A random step, a random start, and the sequence they make, written down from the first number to the last."""
    random_ = random.Random(seed)
    tokens = range(random_.randint(1, 3))
    signals = list(product(range(VALUES), repeat=len(tokens)))
    table = {(n, u): random_.choice(signals) for n in range(STEPS + 1) for u in signals}
    step = lambda n: lambda u: lambda i: table[n, tuple(map(u, tokens))][i]
    rows = [random_.choice(signals)]
    for n in range(STEPS + 1):
        rows.append(table[n, rows[n]])
    start = rows[0]
    return tokens, {"s": step, "z": lambda i: start[i], "F": lambda n: lambda i: rows[n][i]}, rows


def premises_hold(tokens, free):
    (start, z), (following, stepped) = ([meaning(side, free) for side in equation] for equation in AXIOM.premises)
    return all(start(i) == z(i) for i in tokens) and all(
        following(n)(i) == stepped(n)(i) for n in range(STEPS) for i in tokens
    )


def conclusion_holds(tokens, free):
    sides = AXIOM.left, AXIOM.right
    at = lambda n, i: [meaning(side, {**free, "n": n, "i": i}) for side in sides]
    return all(left == right for left, right in (at(n, i) for n in range(STEPS + 1) for i in tokens))


@pytest.mark.parametrize("seed", range(60))
def test_a_sequence_with_this_start_and_these_steps_is_the_iterate(seed):
    tokens, free, _ = drawn(seed)
    assert premises_hold(tokens, free) and conclusion_holds(tokens, free)


@pytest.mark.parametrize("changed", range(STEPS + 1))
def test_a_sequence_that_differs_once_is_neither(changed):
    """So neither premise may be left out: another start, or another step at one number."""
    for seed in range(20):
        tokens, free, rows = drawn(seed)
        rows[changed] = tuple((value + 1) % VALUES for value in rows[changed])
        other = {**free, "z": drawn(seed)[1]["z"]}
        assert not premises_hold(tokens, other) and not conclusion_holds(tokens, other)


S = base("S")
u, i, j, p = symbol("u", S, SCALAR), symbol("i", S), symbol("j", S), symbol("p", S)
n, c = symbol("n", NAT), symbol("c", SCALAR)
signal = fun(S, SCALAR)
T = symbol("T", NAT, signal, signal)
fibonacci = lam(n, u, i, total(j, true(), u(j)) + c * u(i))


def test_iterates_have_the_values_of_a_loop():
    rng = np.random.default_rng(0)
    model = Model({S: 3}, values={u.head: rng.integers(-4, 5, 3) / 4, c.head: np.array(0.5), i.head: np.array(1)})
    expected = model.values[u.head]
    for number in range(5):
        term = lam(i, iterate(fibonacci, u, numeral(number), i)).term
        assert np.allclose(in_floats(term, model), expected)
        exact = [symbol(f"w{k}", SCALAR) for k in range(3)]
        values = {head.head: np.array(value) for head, value in zip(exact, expected)}
        at = model.with_values({**values, i.head: np.array(2)})
        assert holds(iterate(fibonacci, u, numeral(number), i).term, exact[2].term, at)
        expected = expected.sum() + 0.5 * expected


def test_a_step_and_a_start_may_mention_what_is_bound_around_them():
    """``Σ_p iterate(λn u i. u(i) + g(p), λi. f(p, i), 2)(i) = Σ_p (f(p, i) + 2 g(p))``."""
    rng = np.random.default_rng(1)
    g, f = symbol("g", S, SCALAR), symbol("f", S, S, SCALAR)
    inner = iterate(lam(n, u, i, u(i) + g(p)), lam(i, f(p, i)), numeral(2), i)
    model = Model({S: 3}, values={g.head: rng.integers(-4, 5, 3) / 4, f.head: rng.integers(-4, 5, (3, 3)) / 4})
    found = in_floats(lam(i, total(p, true(), inner)).term, model)
    assert np.allclose(found, (model.values[f.head] + 2 * model.values[g.head][:, None]).sum(0))
    plain = total(p, true(), f(p, i) + (g(p) + g(p)))
    assert holds(lam(i, total(p, true(), inner)).term, lam(i, plain).term, model)


def test_a_number_of_steps_that_is_not_fixed_has_no_value():
    model = Model({S: 2}, values={u.head: np.zeros(2), c.head: np.array(0.0)})
    with pytest.raises(NoModel, match="number of steps"):
        in_floats(lam(n, i, iterate(fibonacci, u, n, i)).term, model)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (iterate(T, u, nought(), i), u(i)),
        (iterate(T, u, succ(nought()), i), T(nought(), u, i)),
        (iterate(T, u, succ(succ(n)), i), T(succ(n), T(n, iterate(T, u, n)), i)),
    ],
    ids=["no step", "one step", "two steps more"],
)
def test_the_search_takes_steps(left, right):
    theorem = prove(left.term, right.term)
    assert (theorem.left, theorem.right) == (left.term, right.term)


k = symbol("k", S, S)
moves = (lam(n, u, i, T(n, lam(j, u(k(j))), i)), lam(n, u, i, T(n, u, k(i))))
other = symbol("R", NAT, signal, signal)


def test_what_commutes_with_every_step_commutes_with_the_iterate():
    left, right = iterate(T, lam(j, u(k(j))), n, i), iterate(T, u, n, k(i))
    theorem = prove(left.term, right.term, [(moves[0].term, moves[1].term)])
    assert {axiom.name for axiom in theorem.axioms} == {"iterate_zero", "iterate_next", "same_recursion"}


@pytest.mark.parametrize(
    ("left", "right", "given"),
    [
        (iterate(T, lam(j, u(k(j))), n, i), iterate(T, u, n, k(i)), ()),
        (iterate(T, lam(j, u(k(j))), n, i), iterate(T, u, succ(n), k(i)), (moves,)),
        (iterate(T, lam(j, u(k(j))), n, i), iterate(other, u, n, k(i)), (moves,)),
        (iterate(T, u, n, i), iterate(T, u, n, k(i)), (moves,)),
        (iterate(T, u, n, i), u(i), ()),
        (iterate(T, u, n, i), iterate(T, u, succ(n), i), ()),
    ],
    ids=["nothing assumed", "one step more", "another network", "another place", "no step", "a step more"],
)
def test_the_search_refuses_other_recursions(left, right, given):
    with pytest.raises(NotProved):
        prove(left.term, right.term, [(a.term, b.term) for a, b in given], budget=5)
