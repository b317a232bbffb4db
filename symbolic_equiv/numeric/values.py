"""Random values for one variable: tables and polynomials, from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.models import Model, Polynomial, Value, is_finite, signature

SHAPES = ("quadratic", "quadratic", "affine", "linear", "constant")
"""Kinds of maps, in the order in which they are tried where a hypothesis restricts a map."""


@dataclass(frozen=True)
class Style:
    """How values are drawn.

    ``plain``: small whole numbers and identity bijections (unless ``permuted``), for counterexamples that can be
    read.  Else fractions with denominator 64; weights (maps and matrices) are multiplied by ``amplify``, because near
    uniform attention hides defects.  ``shape`` is one of ``SHAPES``.
    """

    plain: bool = False
    amplify: float = 1.0
    permuted: bool = False
    shape: str = "quadratic"

    @property
    def keeps_order(self) -> bool:
        return self.plain and not self.permuted


_PLAIN = np.array([-1.0, 0.0, 1.0, 1.0, 2.0])


def numbers(rng: np.random.Generator, shape: tuple[int, ...], style: Style, scale: float = 1.0) -> np.ndarray:
    """Random numbers that float64 holds exactly, of size about ``scale``."""
    if style.plain:
        return np.asarray(_PLAIN[rng.integers(len(_PLAIN), size=shape)])
    return np.rint(64 * scale * rng.standard_normal(shape)) / 64


def draw(rng: np.random.Generator, sort: Sort, model: Model, style: Style) -> Value:
    """A value of ``sort``.  Raises ``NoModel`` for a function of functions that have no coordinates."""
    args, result = signature(sort)
    finite = tuple(model.size(arg) for arg in args if is_finite(arg))
    real = [arg for arg in args if not is_finite(arg)]
    if real:
        return _polynomial(rng, finite, sum(map(model.coordinates, real)), result, model, style)
    shape = finite + model.shape(result)
    if result.name == "Bool":
        return _predicate(rng, shape)
    if is_finite(result):
        return rng.integers(model.size(result), size=shape)
    if result.name == "Nat":
        return rng.integers(1, 4, size=shape).astype(float)
    weights = result.name == "Mat"
    return numbers(rng, shape, style, style.amplify / np.sqrt(shape[-1]) if weights else 1.0)


def _polynomial(rng, finite: tuple[int, ...], width: int, result: Sort, model: Model, style: Style) -> Polynomial:
    if result.name == "Nat":
        raise NoModel("a map from real numbers to natural ones")
    out = int(np.prod(model.shape(result), dtype=int))
    shape = (*finite, out)
    constant = numbers(rng, shape, style, 0.5 if style.plain or not is_finite(result) else 2.0)
    linear = numbers(rng, (*shape, width), style, style.amplify / (4 * np.sqrt(width)))
    curvature = numbers(rng, shape, style, 0.25 / style.amplify)
    if style.shape != "quadratic":
        curvature = np.zeros(shape)
    if style.shape == "linear":
        constant = np.zeros(shape)
    if style.shape == "constant":
        linear = np.zeros((*shape, width))
    return Polynomial(constant, linear, curvature)


def _predicate(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """A random predicate, empty or full once in a while; few have an empty row, a neighbourhood that says little."""
    if rng.random() < 0.08:
        return np.zeros(shape, bool)
    table = rng.random(shape) < rng.choice([0.3, 0.5, 0.5, 0.7, 1.0])
    if shape and rng.random() < 0.8:
        empty = ~table.any(axis=-1)
        pick = rng.integers(shape[-1], size=shape[:-1])
        np.put_along_axis(table, pick[..., None], np.take_along_axis(table, pick[..., None], -1) | empty[..., None], -1)
    return np.asarray(table)


def identity_or_random_bijection(rng: np.random.Generator, size: int, style: Style) -> np.ndarray:
    """The bijection of a plain model is the identity."""
    return np.arange(size) if style.keeps_order else rng.permutation(size)


_HADAMARD = np.array([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]) / 2


def orthogonal(rng: np.random.Generator, shape: tuple[int, ...], style: Style) -> np.ndarray:
    """A matrix whose rows, or columns, are exactly orthonormal: signs and permutations, with halves from size 4 on."""
    rows, columns = shape
    size = max(rows, columns)
    whole = np.eye(size)
    if size >= 4 and rng.random() < 0.5:
        whole[:4, :4] = _HADAMARD
    if not style.keeps_order:
        whole = whole[rng.permutation(size)] * rng.choice([-1.0, 1.0], size=size)
    return whole[:rows, :columns]
