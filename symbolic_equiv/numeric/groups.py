"""Small finite groups by their tables, and the actions of one on another by automorphisms."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import permutations, product

import numpy as np

from symbolic_equiv.numeric.errors import ModelError


class Group:
    """A finite group: ``table[p, q]`` is the product of elements ``p`` and ``q``, counted from 0.

    >>> dihedral(3).is_abelian, cyclic(5).inverse[2]
    (False, np.int64(3))
    """

    def __init__(self, name: str, table: np.ndarray, labels: tuple[str, ...] = ()) -> None:
        self.name = name
        self.table = np.asarray(table)
        self.order = len(self.table)
        self.labels = labels or tuple(map(str, range(self.order)))
        self.unit, self.inverse = _check_group(name, self.table)
        self.is_abelian = bool((self.table == self.table.T).all())

    def __repr__(self) -> str:
        return self.name

    def product(self, p: int, q: int) -> int:
        return int(self.table[p, q])

    def inverted(self, p: int) -> int:
        return int(self.inverse[p])


def _check_group(name: str, table: np.ndarray) -> tuple[int, np.ndarray]:
    """The neutral element and the inverses; raises ``ModelError`` if the table is no group's."""
    n = len(table)
    if table.shape != (n, n) or not n or table.dtype.kind != "i" or table.min() < 0 or table.max() >= n:
        raise ModelError(name, "a square table of elements 0, 1, …", f"shape {table.shape}, entries {table.dtype}")
    units = [e for e in range(n) if (table[e] == range(n)).all() and (table[:, e] == range(n)).all()]
    if not units:
        raise ModelError(name, "a neutral element", "none in the table")
    for first in range(n):
        second, third = np.nonzero(table[table[first]] != table[first][table])
        if len(second):
            triple = f"({first} {second[0]}) {third[0]} is not {first} ({second[0]} {third[0]})"
            raise ModelError(name, "an associative law", triple)
    where, inverse = np.nonzero(table == units[0])
    if list(where) != list(range(n)):
        raise ModelError(name, "one inverse for each element", "an element without inverse")
    return units[0], inverse


@lru_cache
def cyclic(n: int) -> Group:
    """The group Z/n, written additively."""
    return Group(f"Z/{n}", np.add.outer(np.arange(n), np.arange(n)) % n)


@lru_cache
def direct_product(left: Group, right: Group) -> Group:
    """Pairs, multiplied side by side; the pair (p, q) is number ``p · |right| + q``."""
    p, q = np.divmod(np.arange(left.order * right.order), right.order)
    table = left.table[p[:, None], p] * right.order + right.table[q[:, None], q]
    labels = tuple(f"({left.labels[a]}, {right.labels[b]})" for a, b in zip(p, q))
    return Group(f"{left.name}×{right.name}", table, labels)


@lru_cache
def dihedral(n: int) -> Group:
    """The symmetries of the regular n-gon (2n of them); ``dihedral(3)`` is S₃.  Element ``n·b + a`` is rᵃ sᵇ."""
    b, a = np.divmod(np.arange(2 * n), n)
    sign = 1 - 2 * b[:, None]
    table = n * ((b[:, None] + b) % 2) + (a[:, None] + sign * a) % n
    powers = ["", "r", *(f"r^{k}" for k in range(2, n))]
    labels = tuple((powers[k] + "s" * flip) or "e" for flip, k in zip(b, a))
    return Group("S3" if n == 3 else f"D{n}", table, labels)


@lru_cache
def quaternion() -> Group:
    """The eight quaternions ±1, ±i, ±j, ±k."""
    units = {(0, 0): (1, 0), (1, 1): (-1, 0), (2, 2): (-1, 0), (3, 3): (-1, 0)}
    for a, b, c in ((1, 2, 3), (2, 3, 1), (3, 1, 2)):
        units[a, b], units[b, a] = (1, c), (-1, c)
    for a in (1, 2, 3):
        units[0, a] = units[a, 0] = (1, a)
    table = np.empty((8, 8), int)
    for (s, a), (t, b) in product(product((0, 1), range(4)), repeat=2):
        sign, c = units[a, b]
        table[4 * s + a, 4 * t + b] = 4 * ((s + t + (sign < 0)) % 2) + c
    return Group("Q8", table, ("1", "i", "j", "k", "-1", "-i", "-j", "-k"))


@lru_cache
def of_order(n: int) -> tuple[Group, ...]:
    """Groups of order ``n``, those that are not commutative first."""
    found = [cyclic(n)]
    found += [direct_product(cyclic(n // k), cyclic(k)) for k in range(2, n) if k * k <= n and n % (k * k) == 0]
    if n % 2 == 0 and n >= 6:
        found.insert(0, dihedral(n // 2))
    return (quaternion(), *found) if n == 8 else tuple(found)


def candidates(name: str, order: int) -> tuple[Group, ...]:
    """The groups of this order that a name stands for: any group (""), Z/n, Z/n×Z/m with letters, or one group.

    >>> candidates("Z/n×Z/m", 4), candidates("Z/5", 4)
    ((Z/4×Z/1, Z/2×Z/2), ())
    """
    parts = [part.strip() for part in re.split(r"[×x*]", name)]
    if not name:
        return of_order(order)
    if not all(re.fullmatch("Z/[a-z]", part) for part in parts):
        group = group_named(name)
        return (group,) if group.order == order else ()
    if len(parts) == 1:
        return (cyclic(order),)
    pairs = [(order // k, k) for k in range(1, order + 1) if order % k == 0 and k * k <= order]
    return tuple(direct_product(cyclic(a), cyclic(b)) for a, b in pairs)


def order_of(name: str) -> int:
    """The order of the one finite group that a name stands for; 0 where it stands for several, or an infinite one."""
    if not name or re.fullmatch(r"Z(\^\d)?", name) or re.search("Z/[a-z]", name):
        return 0
    return group_named(name).order


def group_named(name: str) -> Group:
    """``Z/5``, ``Z/2×Z/3``, ``S3``, ``D4``, ``Q8``.

    >>> group_named("Z/2×Z/3").order
    6
    """
    parts = re.split(r"\s*[×x*]\s*", name.strip())
    if len(parts) > 1:
        group = group_named(parts[0])
        for part in parts[1:]:
            group = direct_product(group, group_named(part))
        return group
    if match := re.fullmatch(r"(Z/|D)([1-9]\d{0,2})", parts[0]):
        return (cyclic if match[1] == "Z/" else dihedral)(int(match[2]))
    if parts[0] in ("S3", "Q8"):
        return dihedral(3) if parts[0] == "S3" else quaternion()
    raise ModelError("group", "Z/n, a product such as Z/2×Z/3, S3, Dn or Q8", repr(name))


@lru_cache
def automorphisms(group: Group) -> tuple[tuple[int, ...], ...]:
    """The automorphisms of a small group, each as the tuple of images; the identity alone for a large one."""
    if group.order > 9:
        return (tuple(range(group.order)),)
    steps = _generators(group)
    others = [p for p in range(group.order) if p != group.unit]
    maps = (_extend(group, group.table, group.unit, steps, images) for images in permutations(others, len(steps)))
    return tuple(sorted(tuple(map_) for map_ in maps if map_ is not None and len(set(map_)) == group.order))


@lru_cache
def actions(acting: Group, on: Group) -> tuple[np.ndarray, ...]:
    """Actions by automorphisms: ``action[a, p]`` is where ``a`` takes ``p``.  The first one is trivial."""
    autos = automorphisms(on)
    number = {images: k for k, images in enumerate(autos)}
    compose = np.array([[number[tuple(a[p] for p in b)] for b in autos] for a in autos])
    identity = number[tuple(range(on.order))]
    steps = _generators(acting)
    if len(autos) ** len(steps) > 1000:
        return (np.array([autos[identity]] * acting.order),)
    maps = [
        _extend(acting, compose, identity, steps, images) for images in product(range(len(autos)), repeat=len(steps))
    ]
    found = sorted((m for m in maps if m is not None), key=lambda m: sum(image != identity for image in m))
    return tuple(np.array([autos[image] for image in m]) for m in found)


@lru_cache
def representations(group: Group) -> tuple[np.ndarray, ...]:
    """Homomorphisms into the signed permutation matrices of the plane, ``found[p]`` a matrix; the trivial one last.

    They are orthogonal, and contain ±1 and, of groups with elements of order 4, quarter turns.
    """
    square = [np.array([[a, 0], [0, b]]) for a in (1, -1) for b in (1, -1)]
    square += [matrix @ np.array([[0, 1], [1, 0]]) for matrix in square]
    number = {matrix.tobytes(): k for k, matrix in enumerate(square)}
    table = np.array([[number[(a @ b).tobytes()] for b in square] for a in square])
    steps = _generators(group)
    maps = [_extend(group, table, 0, steps, images) for images in product(range(8), repeat=len(steps))]
    found = sorted((m for m in maps if m is not None), key=lambda m: -len(set(m)))
    return tuple(np.array([square[image] for image in m]) for m in found)


def _generators(group: Group) -> tuple[int, ...]:
    """Few elements that generate the group."""
    chosen: list[int] = []
    reached = {group.unit}
    for element in range(group.order):
        if element not in reached:
            chosen.append(element)
            reached = set(_closure(group, chosen))
    return tuple(chosen)


def _closure(group: Group, steps: list[int]) -> list[int]:
    found = [group.unit]
    for element in found:
        found += {int(group.table[step, element]) for step in steps}.difference(found)
    return found


def _extend(group: Group, table: np.ndarray, unit: int, steps, images) -> list[int] | None:
    """The homomorphism into the group of ``table`` that takes ``steps`` to ``images``, or None."""
    values = {group.unit: unit}
    queue = [group.unit]
    for element in queue:
        for step, image in zip(steps, images):
            after, value = int(group.table[step, element]), int(table[image, values[element]])
            if after not in values:
                values[after] = value
                queue.append(after)
            elif values[after] != value:
                return None
    full = np.array([values[p] for p in range(group.order)])
    return [int(v) for v in full] if (full[group.table] == table[full[:, None], full]).all() else None
