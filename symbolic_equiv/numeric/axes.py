"""Arrays with an axis for each bound variable that their values depend on.

Most arrays are small, so what has to be done to their axes is worked out once (``lru_cache``) for all models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from symbolic_equiv.kernel.terms import BOUND, Term

Axes = tuple[int, ...]


class Axed(NamedTuple):
    """An array whose first axes belong to the binders ``axes`` (ascending); the rest is the value's own shape."""

    data: np.ndarray
    axes: Axes

    @property
    def rank(self) -> int:
        """The number of axes of one value: 0 for a number, 1 for a vector, 2 for a matrix."""
        return self.data.ndim - len(self.axes)


def union(*values: Axed) -> Axes:
    return _union(*[value.axes for value in values])


@lru_cache(maxsize=4096)
def _union(*each: Axes) -> Axes:
    return tuple(sorted(set().union(*each)))


def align(value: Axed, axes: Iterable[int], extra: int = 0) -> np.ndarray:
    """The array with size 1 at those of ``axes`` that it lacks, and ``extra`` axes of size 1 at its end."""
    index = _alignment(value.axes, tuple(axes))
    data = value.data if index is None else value.data[index]
    return data.reshape(data.shape + (1,) * extra) if extra else data


@lru_cache(maxsize=4096)
def _alignment(own: Axes, axes: Axes) -> tuple[slice | None, ...] | None:
    return None if own == axes else tuple(slice(None) if axis in own else None for axis in axes)


def entrywise(function: Callable[..., np.ndarray], *values: Axed) -> Axed:
    """Apply a function of arrays; a value of lower rank (a factor, a condition) meets all entries."""
    axes, ranks = union(*values), [value.rank for value in values]
    rank = max(ranks)
    return Axed(function(*[align(value, axes, rank - own) for value, own in zip(values, ranks)]), axes)


def gather(table: np.ndarray, indices: list[Axed]) -> Axed:
    """The entries of a table at these indices."""
    if not indices:
        return Axed(table, ())
    places, axes = aligned_indices(indices)
    return Axed(table[places], axes)


def aligned_indices(indices: list[Axed]) -> tuple[tuple[np.ndarray, ...], Axes]:
    """What a table has to be indexed with, and the axes of what comes out."""
    axes = union(*indices)
    return tuple([align(index, axes).astype(int, copy=False) for index in indices]), axes


def take(weight: Axed, at: Axed, index: Term | None, level: int) -> Axed:
    """``weight``, whose last axis is ``level``, at the index ``at``; a bound variable only renames the axis."""
    rest = weight.axes[:-1]
    if index is not None and index.head.kind == BOUND and at.axes[0] not in rest:
        axes = (*rest, at.axes[0])
        order = sorted(range(len(axes)), key=axes.__getitem__)
        return Axed(weight.data.transpose(order), tuple(axes[k] for k in order))
    axes = union(Axed(weight.data, rest), at)
    data = align(weight, (*axes, level))
    return Axed(np.take_along_axis(data, align(at, axes, 1).astype(int, copy=False), -1)[..., 0], axes)


def contract(left: Axed, right: Axed, matrix: bool) -> Axed:
    """Inner product, or a matrix times a vector or a matrix: one (batched) matrix product, whatever the axes."""
    plan = _contraction(left.axes, right.axes, matrix, right.rank == 2)
    l_data, r_data = left.data.transpose(plan.left), right.data.transpose(plan.right)
    batch, n = l_data.shape[: plan.shared], l_data.shape[-1]
    l_sizes, r_sizes = l_data.shape[plan.shared : -1], r_data.shape[plan.shared + 1 :]
    out = l_data.reshape(*batch, -1, n) @ r_data.reshape(*batch, n, -1)
    return Axed(out.reshape((*batch, *l_sizes, *r_sizes)).transpose(plan.out), plan.axes)


class _Contraction(NamedTuple):
    """How to order the axes of both factors and of their product; ``shared`` of both stand first."""

    left: Axes
    right: Axes
    shared: int
    out: Axes
    axes: Axes


@lru_cache(maxsize=4096)
def _contraction(l_axes: Axes, r_axes: Axes, rows: bool, columns: bool) -> _Contraction:
    """For a left factor with ``rows`` or without, and a right one with ``columns`` or without."""
    shared = tuple(axis for axis in l_axes if axis in r_axes)
    l_own, r_own = (tuple(axis for axis in axes if axis not in shared) for axes in (l_axes, r_axes))
    l_rank, r_rank, inner = len(l_axes), len(r_axes), len(r_axes)
    left = (*map(l_axes.index, shared + l_own), *range(l_rank, l_rank + rows + 1))
    right = (*map(r_axes.index, shared), inner, *map(r_axes.index, r_own), *range(r_rank + 1, r_rank + 1 + columns))
    names = [*shared, *l_own, *["rows"] * rows, *r_own, *["columns"] * columns]
    axes = tuple(sorted(shared + l_own + r_own))
    out = tuple(names.index(name) for name in (*axes, *["rows"] * rows, *["columns"] * columns))
    return _Contraction(left, right, len(shared), out, axes)
