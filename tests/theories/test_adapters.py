"""Each adapter against its published formula in NumPy, written anew here; merged against unmerged by every witness."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_equiv.explicit import explicit
from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.logic.prover import prove
from symbolic_equiv.numeric.evaluate import evaluate
from symbolic_equiv.numeric.models import Model
from symbolic_equiv.numeric.witness import NO_DIFFERENCE, REFUTED, examine
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.language import SCALAR, dim, mat, symbol, times, vec
from symbolic_equiv.theories.statement import Statement

SIZES = {"k": 4, "d": 6, "r": 2, "p": 2, "q": 2, "s": 3, "t": 2}
k, d, r, p, q, s, t = (dim(name) for name in SIZES)


def matrix(name, rows, columns):
    return symbol(name, mat(rows, columns))


W, B, A, c, v = matrix("W", k, d), matrix("B", k, r), matrix("A", r, d), symbol("c", SCALAR), symbol("v", vec(d))
B2, A2, R = matrix("B2", k, r), matrix("A2", r, d), matrix("R", d, d)
m, E, b, scaling, before = (symbol(name, vec(n)) for name, n in zip(("m", "E", "b", "scaling", "u"), (k, r, k, k, d)))
blocks, C, D = matrix("W", times(p, q), times(s, t)), matrix("C", p, s), matrix("D", q, t)
v_blocks = symbol("v", vec(times(s, t)))

ADAPTERS = {
    "lora": (adapters.lora(W, B, A, c), v, lambda W, B, A, c: W + c * B @ A),
    "dora": (
        adapters.dora(W, B, A, c, m),
        v,
        lambda W, B, A, c, m: (m / np.linalg.norm(W + c * B @ A, axis=1))[:, None] * (W + c * B @ A),
    ),
    "adalora": (adapters.adalora(W, B, E, A, c), v, lambda W, B, E, A, c: W + c * B @ (A * E[:, None])),
    "loha": (
        adapters.loha(W, B, A, B2, A2, c),
        v,
        lambda W, B, A, B2, A2, c: W + c * ((B @ A) * (B2 @ A2)),
    ),
    "lokr": (adapters.lokr(blocks, C, D, c), v_blocks, lambda W, C, D, c: W + c * np.kron(C, D)),
    "vera": (
        adapters.vera(W, B, A, b, E),
        v,
        lambda W, B, A, b, E: W + (b[:, None] * B) @ (E[:, None] * A),
    ),
    "ia3": (adapters.ia3(W, scaling), v, lambda W, scaling: scaling[:, None] * W),
    "ia3_of_input": (adapters.ia3_of_input(W, before), v, lambda W, u: W * u),
    "orthogonal": (adapters.orthogonal(W, R), v, lambda W, R: W @ R),
    "householder": (
        adapters.householder(W, before),
        v,
        lambda W, u: W @ (np.eye(len(u)) - 2 * np.outer(u, u) / (u @ u)),
    ),
}


def drawn(term, seed):
    rng = np.random.default_rng(seed)
    model = Model({dim(name): size for name, size in SIZES.items()})
    return model.with_values({head: rng.standard_normal(model.shape(head.sort)) for head in term.variables})


@pytest.mark.parametrize("name", ADAPTERS)
def test_both_forms_are_the_published_formula(name):
    adapted, token, formula = ADAPTERS[name]
    for seed in range(3):
        model = drawn((adapted.merged @ token).term, seed)
        values = {str(head.name): value for head, value in model.values.items()}
        wanted = [values[argument] for argument in formula.__code__.co_varnames[: formula.__code__.co_argcount]]
        expected = formula(*wanted)
        assert np.allclose(evaluate(adapted.merged.term, model), expected)
        assert np.allclose(evaluate(adapted.unmerged(token).term, model), expected @ values["v"])


@pytest.mark.parametrize("name", ADAPTERS)
def test_merged_equals_unmerged_for_every_witness(name):
    adapted, token, _ = ADAPTERS[name]
    left, right = adapted.merged @ token, adapted.unmerged(token)
    statement = Statement(name, left, right)
    assert prove(left.term, right.term).hypotheses == frozenset()
    assert explicit(statement).verdict == "equal"
    evidence = examine(statement, models=20)
    assert evidence.verdict == NO_DIFFERENCE and evidence.exact


one_norm = adapters.dora(W, B, A, c, m).merged
WRONG = {
    "LoRA without its scale": (adapters.lora(W, B, A, c).merged @ v, W @ v + B @ (A @ v)),
    "LoRA with B and A the other way round": (
        (R + matrix("F", d, r) @ A) @ v,
        R @ v + matrix("F", d, r) @ (A @ (R @ v)),
    ),
    "DoRA normed as LoRA": (one_norm @ v, adapters.lora(W, B, A, c).unmerged(v)),
    "DoRA with twice the scale": (one_norm @ v, adapters.dora(W, B, A, c + c, m).unmerged(v)),
    "VeRA with its vectors exchanged": (
        adapters.vera(R, R, R, before, symbol("w", vec(d))).merged @ v,
        adapters.vera(R, R, R, symbol("w", vec(d)), before).unmerged(v),
    ),
    "IA³ behind for IA³ before": (adapters.ia3(R, before).merged @ v, adapters.ia3_of_input(R, before).unmerged(v)),
    "LoKr with its factors exchanged": (
        adapters.lokr(matrix("Z", times(p, p), times(p, p)), matrix("X", p, p), matrix("Y", p, p), c).merged
        @ symbol("v", vec(times(p, p))),
        adapters.lokr(matrix("Z", times(p, p), times(p, p)), matrix("Y", p, p), matrix("X", p, p), c).unmerged(
            symbol("v", vec(times(p, p)))
        ),
    ),
    "an orthogonal map on the other side": (adapters.orthogonal(R, R2 := matrix("Q", d, d)).merged @ v, R2 @ (R @ v)),
}


@pytest.mark.parametrize("title", WRONG)
def test_a_wrong_form_is_refuted(title):
    left, right = WRONG[title]
    with pytest.raises(NotProved):
        prove(left.term, right.term, budget=5)
    assert examine(Statement("wrong", left, right), models=60).verdict == REFUTED


@pytest.mark.parametrize(
    "make",
    [
        lambda: adapters.lora(W, A, B, c),
        lambda: adapters.dora(W, B, A, c, before),
        lambda: adapters.vera(W, B, A, E, E),
        lambda: adapters.ia3(W, before),
        lambda: adapters.orthogonal(W, matrix("Q", k, k)),
        lambda: adapters.lokr(blocks, D, C, c),
        lambda: adapters.loha(W, B, A, A2, B2, c),
    ],
)
def test_shapes_that_do_not_fit_are_refused(make):
    with pytest.raises(KernelError):
        make()
