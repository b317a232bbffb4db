"""Arrays with an axis for each bound variable that their values depend on."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from symbolic_equiv.kernel.terms import BOUND, Term


class Axed(NamedTuple):
    """An array whose first axes belong to the binders ``axes`` (ascending); the rest is the value's own shape."""

    data: np.ndarray
    axes: tuple[int, ...]

    @property
    def rank(self) -> int:
        """The number of axes of one value: 0 for a number, 1 for a vector, 2 for a matrix."""
        return self.data.ndim - len(self.axes)


def union(*values: Axed) -> tuple[int, ...]:
    return tuple(sorted(set().union(*(value.axes for value in values))))


def align(value: Axed, axes, extra: int = 0) -> np.ndarray:
    """The array with size 1 at those of ``axes`` that it lacks, and ``extra`` axes of size 1 at its end."""
    data = value.data[tuple(slice(None) if axis in value.axes else None for axis in axes)]
    return data.reshape(data.shape + (1,) * extra) if extra else data


def entrywise(function: Callable[..., np.ndarray], *values: Axed) -> Axed:
    """Apply a function of arrays; a value of lower rank (a factor, a condition) meets all entries."""
    axes, rank = union(*values), max(value.rank for value in values)
    return Axed(function(*(align(value, axes, rank - value.rank) for value in values)), axes)


def gather(table: np.ndarray, indices: list[Axed]) -> Axed:
    if not indices:
        return Axed(table, ())
    axes = union(*indices)
    return Axed(table[tuple(align(index, axes).astype(int, copy=False) for index in indices)], axes)


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
    shared = tuple(axis for axis in left.axes if axis in right.axes)
    l_own = tuple(axis for axis in left.axes if axis not in shared)
    r_own = tuple(axis for axis in right.axes if axis not in shared)
    rows = left.data.shape[-2:-1] if matrix else ()
    columns = right.data.shape[-1:] if right.rank == 2 else ()
    l_data = left.data.transpose(*_places(left, shared + l_own), *range(len(left.axes), left.data.ndim))
    middle = len(right.axes)
    tail = (middle, *_places(right, r_own), *range(middle + 1, right.data.ndim))
    r_data = right.data.transpose(*_places(right, shared), *tail)
    batch, n = l_data.shape[: len(shared)], l_data.shape[-1]
    l_sizes = l_data.shape[len(shared) : len(shared) + len(l_own)]
    r_sizes = r_data.shape[len(shared) + 1 : len(shared) + 1 + len(r_own)]
    out = l_data.reshape(*batch, -1, n) @ r_data.reshape(*batch, n, -1)
    out = np.reshape(out, (*batch, *l_sizes, *rows, *r_sizes, *columns))
    names = [*shared, *l_own, *(["rows"] if rows else []), *r_own, *(["columns"] if columns else [])]
    axes = tuple(sorted(shared + l_own + r_own))
    wanted = [*axes, *(name for name in ("rows", "columns") if name in names)]
    return Axed(out.transpose([names.index(name) for name in wanted]), axes)


def _places(value: Axed, axes: tuple[int, ...]) -> list[int]:
    return [value.axes.index(axis) for axis in axes]
