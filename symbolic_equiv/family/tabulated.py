"""Functions that a counterexample asks at few places, as tables of what was asked: 0 everywhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from symbolic_equiv.kernel.terms import Head, Term
from symbolic_equiv.numeric.lattice import Given, Sparse
from symbolic_equiv.numeric.models import Model, Polynomial, Value, is_finite, signature
from symbolic_equiv.numeric.rigorous import PRECISIONS, Exact

Asked = dict[tuple[Any, ...], Any]


def tabulated(model: Model, heads: Iterable[Head], terms: Iterable[Term]) -> Model:
    """The same model with a table for each of these symbols, of the values that these terms ask for.

    A map of vectors becomes linear: such are the identity, where the dimensions allow.
    """
    asked: dict[Head, Asked] = {head: {} for head in heads}
    given = {head: value for head in asked if isinstance(value := model.values[head], Given)}
    noting = {head: replace(value, function=_noting(value, asked[head])) for head, value in given.items()}
    exact = Exact(model.with_values(noting), PRECISIONS[0])
    for term in terms:
        exact.value(term, ())
    return model.with_values({head: _table(head, found, model) for head, found in asked.items()})


def _noting(given: Given, asked: Asked) -> Callable[..., Any]:
    def function(*args: Any) -> Any:
        asked[args] = given.function(*args)
        return asked[args]

    return function


def _table(head: Head, asked: Asked, model: Model) -> Value:
    sorts, result = signature(head.sort)
    shape = model.shape(result)
    if not all(map(is_finite, sorts)):
        return _identity(head, model)
    endless = [sort in model.infinite for sort in sorts]
    counted = tuple(model.size(sort) for sort, out in zip(sorts, endless) if not out)
    tables: dict[tuple[Any, ...], np.ndarray] = {} if any(endless) else {(): _zeros(counted + shape)}
    for args, value in asked.items():
        if not np.any(np.array(value, dtype=object)):
            continue
        at = tuple(arg for arg, out in zip(args, endless) if out)
        rest = tuple(arg for arg, out in zip(args, endless) if not out)
        table = tables.setdefault(at, _zeros(counted + shape))
        table[rest] = np.array(value, dtype=object) if shape else value
    return Sparse(_zeros(counted + shape), tables) if any(endless) else tables[()]


def _zeros(shape: tuple[int, ...]) -> np.ndarray:
    return np.zeros(shape)


def _identity(head: Head, model: Model) -> Polynomial:
    """The identity of vectors, as far as the dimensions allow, for all values of the finite arguments."""
    sorts, result = signature(head.sort)
    counted = tuple(model.size(sort) for sort in sorts if is_finite(sort))
    sizes = [model.coordinates(sort) if sort.name != "Nat" else 1 for sort in sorts if not is_finite(sort)]
    rows = max(1, int(np.prod(model.shape(result))))
    linear = np.zeros((*counted, rows, sum(sizes)))
    for k in range(rows):
        linear[..., k, k % sizes[0]] = 1.0
    return Polynomial(np.zeros((*counted, rows)), linear, np.zeros((*counted, rows)))
