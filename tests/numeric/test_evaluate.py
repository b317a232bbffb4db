"""NumPy values against attention written by hand, and against exact evaluation."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from numeric_cases import ABSOLUTE, LEFT_RIGHT, MAIN

from symbolic_equiv.kernel.sorts import fun
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.evaluate import Evaluator, evaluate
from symbolic_equiv.numeric.groups import cyclic
from symbolic_equiv.numeric.models import Model, Polynomial, unfold, unfold_completely
from symbolic_equiv.numeric.problem import Problem
from symbolic_equiv.numeric.rigorous import Exact, bounds
from symbolic_equiv.numeric.solve import build, structure
from symbolic_equiv.numeric.values import Style
from symbolic_equiv.theories.attention import L, N, S, f, i, j, m, rho, x, x_inv, y
from symbolic_equiv.theories.language import (
    BOOL,
    NAT,
    SCALAR,
    concat,
    dim,
    exp,
    fin,
    inner,
    lam,
    mat,
    reciprocal,
    softmax,
    sqrt,
    sum_,
    symbol,
    total,
    vec,
)
from symbolic_equiv.theories.recursion import iterate
from symbolic_equiv.theories.statement import Statement


def a_model(statement: Statement, seed: int = 0, order: int = 5, width: int = 3, amplify: float = 3) -> Model:
    """A model without regard to the hypotheses about the encoding, which is drawn like the rest."""
    problem, rng = Problem(statement), np.random.default_rng(seed)
    return build(problem, structure(problem, rng, order, width, {}), rng, Style(amplify=amplify))


def by_hand(model: Model, signal: np.ndarray, encoding: np.ndarray) -> np.ndarray:
    """Attention with LoRA, in loops, as the paper writes it."""
    value = {str(head.name): table for head, table in model.values.items()}

    def phi(name: str, v: np.ndarray, *head: int) -> np.ndarray:
        u = value[name].linear[head] @ v
        return value[name].constant[head] + u + value[name].curvature[head] * u**2

    def with_lora(name: str, v: np.ndarray, h: int) -> np.ndarray:
        return phi(f"phi_{name}", v, h) + phi(f"B_{name}", phi(f"A_{name}", v, h), h)

    n, outputs = len(signal), []
    for query in range(n):
        around, parts = [k for k in range(n) if value["N"][query, k]], []
        for h in range(len(value["phi_qry"].constant)):
            q = with_lora("qry", signal[query], h)
            scores = np.array([q @ with_lora("key", signal[k] + encoding[query, k], h) for k in around])
            weights = np.exp(scores) / np.exp(scores).sum() if around else []
            zero = np.zeros(value["phi_val"].constant.shape[1])
            parts.append(sum((w * with_lora("val", signal[k], h) for w, k in zip(weights, around)), zero))
        outputs.append(phi("phi_out", np.concatenate(parts)))
    return np.array(outputs)


@pytest.mark.parametrize("seed", range(6))
def test_attention_against_loops(seed):
    statement = Statement("layer", m[f, rho](i), m[f, rho](i))
    model = a_model(statement, seed)
    signal, encoding = (model.values[part.head] for part in (f, rho))
    expected = by_hand(model, signal, encoding)
    assert np.allclose(evaluate(lam(i, m[f, rho](i)).term, model), expected, rtol=1e-11, atol=1e-11)


def test_translation_against_loops():
    statement = Statement("moved", L(y, f)(i), L(y, f)(i))
    model = a_model(statement, order=6)
    value = {str(head.name): table for head, table in model.values.items()}
    group = next(iter(model.groups.values()))
    moved = evaluate(lam(y, i, L(y, f)(i)).term, model)
    for g in range(group.order):
        for token in range(len(value["f"])):
            place = group.table[value["x"][token], group.inverse[g]]
            assert (moved[g, token] == value["f"][value["x_inv"][place]]).all()


@pytest.mark.parametrize("statement", [MAIN, ABSOLUTE, LEFT_RIGHT], ids=lambda s: s.name)
@pytest.mark.parametrize("seed", range(3))
def test_agrees_with_exact_evaluation(statement, seed):
    model = a_model(statement, seed, order=3, width=2)
    problem = Problem(statement)
    model = model.with_values({head: np.array(0) for head in problem.ranged})
    for side in (problem.left, problem.right):
        exact = Exact(model, 100).value(unfold_completely(side), ())
        low, high = np.array([bounds(entry) for entry in exact], dtype=float).T
        scale = 1e-12 * (1 + np.abs(low))
        value = evaluate(side, model)
        assert (low - scale <= value).all()
        assert (value <= high + scale).all()


n, k, H = dim("n"), dim("k"), dim("H")
A, B = symbol("A", fin(H), mat(k, n)), symbol("B", fin(H), S, mat(n, k))
u, w = symbol("u", fin(H), S, vec(n)), symbol("w", S, vec(n))
h, c, P = symbol("h", fin(H)), symbol("c", S, SCALAR), symbol("P", S, BOOL)
RNG = np.random.default_rng(3)
SIZES = {S: 4, n: 2, k: 3, H: 2}
TABLES = Model(
    SIZES,
    values={
        A.head: RNG.standard_normal((2, 3, 2)),
        B.head: RNG.standard_normal((2, 4, 2, 3)),
        u.head: RNG.standard_normal((2, 4, 2)),
        w.head: RNG.standard_normal((4, 2)),
        c.head: RNG.standard_normal(4),
        P.head: np.array([True, False, True, False]),
        x.head: np.array([1, 2, 3, 0]),
        x_inv.head: np.array([3, 0, 1, 2]),
        N.head: np.zeros((4, 4), bool),
    },
)
a_, b_, u_, w_, c_ = (TABLES.values[part.head] for part in (A, B, u, w, c))


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (lam(h, i, A(h) @ u(h, i)), np.einsum("hkn,hin->hik", a_, u_)),
        (lam(i, h, A(h) @ u(h, i)), np.einsum("hkn,hin->ihk", a_, u_)),
        (lam(h, i, A(h) @ w(i)), np.einsum("hkn,in->hik", a_, w_)),
        (lam(i, h, j, A(h) @ (B(h, i) @ (A(h) @ w(j)))), np.einsum("hkn,hinm,hml,jl->ihjk", a_, b_, a_, w_)),
        (lam(i, h, A(h) @ B(h, i)), np.einsum("hkn,hinm->ihkm", a_, b_)),
        (lam(i, j, h, inner(u(h, i), w(j))), np.einsum("hin,jn->ijh", u_, w_)),
        (lam(j, i, inner(w(i), w(j))), np.einsum("in,jn->ji", w_, w_)),
        (lam(i, concat(lam(h, u(h, i)))), u_.transpose(1, 0, 2).reshape(4, 4)),
        (lam(h, total(i, P(i), c(i) * u(h, i))), np.einsum("i,hin->hn", c_ * [1, 0, 1, 0], u_)),
        (lam(i, total(j, P(j), w(i))), 2 * w_),
        (lam(i, total(j, P(i), w(j))), np.array([1, 0, 1, 0])[:, None] * w_.sum(0)),
        (lam(i, j, w(j) - w(i)), w_[None] - w_[:, None]),
        (lam(i, reciprocal(c(i) - c(i))), np.zeros(4)),
        (lam(i, sqrt(-exp(c(i)))), np.zeros(4)),
        (lam(i, total(j, N(i, j), w(j))), np.zeros((4, 2))),
        (lam(i, softmax(i, N(i, i), c(i))), np.zeros(4)),
        (lam(i, j, P(j)), np.tile([True, False, True, False], (4, 1))),
    ],
    ids=lambda value: str(value.term)[:50] if hasattr(value, "term") else "",
)
def test_axes(term, expected):
    found = evaluate(term.term, TABLES)
    assert found.shape == np.shape(expected)
    assert np.allclose(found, expected, rtol=1e-13, atol=1e-13)


def test_a_variable_without_a_value_is_named():
    with pytest.raises(NoModel, match="no value for i"):
        evaluate(w(i).term, TABLES)


def test_softmax_at_another_index_than_the_one_it_binds():
    """The softmax over j of a score that depends on i, taken at i itself."""
    from symbolic_equiv.theories.language import softmax_

    term = lam(i, softmax_(lam(j, P(j)), lam(j, c(j) * c(i)), i)).term
    score = np.exp(np.outer(c_, c_)) * [1, 0, 1, 0]
    assert np.allclose(evaluate(term, TABLES), np.diag(score / score.sum(1, keepdims=True)))


def test_softmax_is_stable():
    model = TABLES.with_values({c.head: np.array([1000.0, 5000.0, 1001.0, -9e5])})
    weights = evaluate(lam(i, softmax(i, P(i), c(i))).term, model)
    assert np.allclose(weights, [1 / (1 + np.e), 0, np.e / (1 + np.e), 0], rtol=1e-12)


def test_group_words():
    X = y.sort
    model = Model({S: 3, X: 3}, {X: cyclic(3)}, {}, {y.head: np.array(2), x.head: np.arange(3)})
    assert list(evaluate(lam(i, x(i) - y).term, model)) == [1, 2, 0]


def test_polynomial_of_several_arguments():
    F = symbol("F", SCALAR, S, vec(n), SCALAR)
    poly = Polynomial(np.arange(4.0)[:, None], np.ones((4, 1, 3)), np.full((4, 1), 2.0))
    model = TABLES.with_values({F.head: poly})
    total_ = c_ + w_.sum(1)
    assert np.allclose(evaluate(lam(i, F(c(i), i, w(i))).term, model), np.arange(4) + total_ + 2 * total_**2)


def test_a_binder_over_an_infinite_sort_is_sampled():
    v = symbol("v", vec(n))
    evaluator = Evaluator(TABLES)
    assert evaluator.closed(lam(v, i, v + w(i)).term).shape == (4, 4, 2)
    assert evaluator.sampled
    finite = Evaluator(TABLES)
    finite.closed(lam(i, w(i)).term)
    assert not finite.sampled


def test_a_sum_over_all_vectors_has_no_value_here():
    v, Q = symbol("v", vec(n)), symbol("Q", vec(n), BOOL)
    with pytest.raises(NoModel, match="not finite"):
        evaluate(sum_(lam(v, Q(v)), lam(v, v)).term, TABLES)


def test_an_unknown_size_is_named():
    with pytest.raises(NoModel, match="no size for S"):
        evaluate(lam(i, i).term, Model({}))


def test_work_that_does_not_depend_on_an_index_carries_no_axis():
    """The weights of a softmax over j under a sum over j must not become an array over pairs (j, j)."""
    term = lam(i, total(j, P(j), softmax(j, P(j), c(j)) * w(j))).term
    evaluator, shapes = Evaluator(TABLES), []
    inner_value = evaluator._application
    evaluator._application = lambda *args: shapes.append(inner_value(*args)) or shapes[-1]
    evaluator.closed(term)
    assert max(len(value.axes) for value in shapes) == 1


def test_exact_values_are_fractions():
    model = TABLES.with_values({i.head: np.array(1), w.head: np.array([[0, 0], [0.5, 0.25], [0, 0], [0, 0]])})
    assert Exact(model, 64).value(inner(w(i), w(i)).term, ()) == Fraction(5, 16)


F, G, a = symbol("F", S, vec(n), SCALAR), symbol("G", SCALAR, SCALAR), symbol("a", S)
layers, depth, t = symbol("layers", NAT, SCALAR), symbol("depth", NAT), symbol("t", NAT)
signal = symbol("signal", fun(S, SCALAR))
random_map = lambda lead, width: Polynomial(
    RNG.standard_normal((*lead, 1)), RNG.standard_normal((*lead, 1, width)), RNG.standard_normal((*lead, 1))
)
one_of = lambda stack, k: (
    Polynomial(*(part[k] for part in vars(stack).values())) if isinstance(stack, Polynomial) else np.array(stack[k])
)
deep = iterate(lam(t, signal, i, G(signal(i)) + c(i)), lam(i, F(i, w(i))), depth, a)
STACKS = {
    c.head: RNG.standard_normal((3, 4)),
    w.head: RNG.standard_normal((3, 4, 2)),
    a.head: np.array([0, 3, 2]),
    P.head: RNG.random((3, 4)) < 0.5,
    F.head: random_map((3, 4), 2),
}


@pytest.mark.parametrize(
    "term",
    [
        c(a),
        total(i, P(i), c(i) * u(h, i)),
        total(i, P(i), softmax(i, P(i), c(i) * c(a)) * w(i)),
        total(j, P(j), softmax(j, P(j), F(j, w(j))) * (A(h) @ w(x_inv(x(j))))),
        concat(lam(h, u(h, a) + w(a))),
        G(F(a, w(a)) + inner(w(a), u(h, a))),
        deep,
        u(h, x_inv(x(i))),
    ],
    ids=str,
)
def test_several_values_at_once(term):
    """Each value in a stack gives what it gives alone, through sums, softmaxes, maps, tables and recursion."""
    values = {h.head: np.array(1), i.head: np.array(2), depth.head: np.array(2.0), G.head: random_map((), 1)}
    model = TABLES.with_values(values)
    found = Evaluator(model, stacks=STACKS).stacked(unfold(term.term))
    for k in range(3):
        alone = model.with_values({head: one_of(value, k) for head, value in STACKS.items()})
        assert np.allclose(found[k % len(found)], evaluate(term.term, alone), rtol=1e-13, atol=1e-13)


def test_what_has_to_be_one_number_is_not_stacked():
    model = TABLES.with_values({a.head: np.array(0), G.head: random_map((), 1), F.head: random_map((4,), 2)})
    with pytest.raises(NoModel, match="number of steps"):
        Evaluator(model, stacks={depth.head: np.array([1.0, 2.0])}).stacked(deep.term)


@pytest.mark.parametrize("changed", [c.head, w.head, depth.head, a.head, G.head], ids=lambda head: head.name)
def test_exact_values_are_shared_only_where_nothing_changed(changed):
    maps = {G.head: random_map((), 1), F.head: random_map((4,), 2)}
    model = TABLES.with_values({a.head: np.array(1), depth.head: np.array(2.0), **maps})
    new = {"c": np.ones(4), "w": w_ + 1, "depth": np.array(1.0), "a": np.array(3), "G": random_map((), 1)}[changed.name]
    terms = [unfold_completely(part.term) for part in (deep, total(i, P(i), c(i) * w(i)), G(c(a)))]
    exact = Exact(model, 64)
    before = [exact.value(term, ()) for term in terms]
    other = exact.with_values({changed: new})
    alone = Exact(model.with_values({changed: new}), 64)
    assert [other.value(term, ()) for term in terms] == [alone.value(term, ()) for term in terms] != before
    assert [exact.value(term, ()) for term in terms] == before == [Exact(model, 64).value(term, ()) for term in terms]
