"""Sorts and dimensions: what every term stands for.

    sort       ::=  Bool | Scalar | Nat                 built in
                 |  Index, Position, …                  a base sort: any non-empty set
                 |  Fin(n)                              the numbers 1, …, n (the heads of attention)
                 |  Vec(n) | Mat(m, n)                  real vectors and matrices
                 |  sort → sort
    dimension  ::=  d_k, r, …                           a name: any number from 1 on
                 |  m × n  |  m + n                     Kronecker products, concatenation

Two names are two dimensions, so a term that adds a vector of ``Vec(d_k)`` to one of ``Vec(r)``
cannot be built.  Axioms and the declarations of constants may also hold *sort variables*, each of
a class that says what may replace it.
"""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize

ANY, LINEAR, BASE, DIMENSION = "any", "linear", "base", "dimension"
"""The classes: every sort; Scalar, Vec and Mat; base sorts; dimensions."""

NAME, FORMER, VARIABLE = "name", "former", "variable"
_ONE, _TWO = (DIMENSION,), (DIMENSION, DIMENSION)
_LINEAR = {"Scalar": (), "Vec": _ONE, "Mat": _TWO}
_DIMENSIONS = {"×": _TWO, "+": _TWO}
_FORMERS = {"Bool": (), "Nat": (), "Fin": _ONE, "→": (ANY, ANY), **_LINEAR, **_DIMENSIONS}
MAX_SORT_DEPTH = 40


class KernelError(Exception):
    """A term that is not well sorted, or a rule whose condition is not met."""


def require(condition: bool, message: str, *parts: object) -> None:
    """Raise ``KernelError`` unless ``condition``; never an ``assert``, which ``python -O`` removes."""
    if not condition:
        raise KernelError(message.format(*(f"{part}"[:400] for part in parts)))


def check_name(name: Any) -> str:
    """Return ``name`` if it is a plain word that cannot pass for anything else on a printed page."""
    plain = type(name) is str and re.fullmatch(r"[\w~#'′]{1,80}", name) and normalize("NFC", name) == name
    require(bool(plain), "not a name (letters, digits, _ and ' only): {}", repr(name))
    return name


class Frozen:
    """Immutable, and compared by ``key``."""

    key: Any
    _hash: int

    def __init__(self, key: Any, **fields: Any) -> None:
        require("key" not in self.__dict__, "{} is immutable", type(self).__name__)
        self.__dict__.update(fields, key=key, _hash=hash(key))

    def __setattr__(self, *_: object) -> None:
        raise KernelError(f"{type(self).__name__} is immutable")

    __delattr__ = __setattr__

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return type(self) is type(other) and self._hash == other._hash and self.key == other.key


class Sort(Frozen):
    """A sort or a dimension.

    ``tag`` says how it is built (NAME, FORMER, VARIABLE), ``cls`` to which class it belongs; ``leaves``
    are the names and variables in it.
    """

    tag: str
    name: str
    args: tuple[Sort, ...]
    cls: str
    depth: int
    leaves: frozenset[Sort]
    schematic: bool

    def __init__(self, tag: str, name: str, args: tuple[Sort, ...] = (), cls: str = ANY) -> None:
        require(type(args) is tuple and all(type(arg) is Sort for arg in args), "{}: sorts are made of sorts", name)
        if tag == FORMER:
            require(type(name) is str and name in _FORMERS, "there is no sort {}", name)
            fits = len(args) == len(_FORMERS[name]) and all(map(belongs, args, _FORMERS[name]))
            require(fits, "{} takes {}, not {}", name, _FORMERS[name], args)
            cls = DIMENSION if name in _DIMENSIONS else LINEAR if name in _LINEAR else ANY
        else:
            classes = {NAME: (BASE, DIMENSION), VARIABLE: (ANY, LINEAR, BASE, DIMENSION)}.get(tag, ())
            require(cls in classes and not args and check_name(name) not in _FORMERS, "not a sort: {} {}", tag, name)
        depth = 1 + max((arg.depth for arg in args), default=0)
        require(depth <= MAX_SORT_DEPTH, "a sort deeper than {}", MAX_SORT_DEPTH)
        schematic = tag == VARIABLE or any(arg.schematic for arg in args)
        super().__init__(
            (tag, name, args, cls), tag=tag, name=name, args=args, cls=cls, depth=depth, schematic=schematic
        )
        leaves = frozenset([self]) if tag != FORMER else frozenset().union(*(arg.leaves for arg in args))
        self.__dict__["leaves"] = leaves

    def __str__(self) -> str:
        parts = [f"({arg})" if arg.name == "→" and arg is self.args[0] else str(arg) for arg in self.args]
        if self.name == "→":
            return " → ".join(parts)
        if self.name in _DIMENSIONS:
            return f"({f' {self.name} '.join(parts)})"
        return self.name + (f"({', '.join(parts)})" if parts else "")

    __repr__ = __str__


def belongs(sort: Sort, cls: str) -> bool:
    """Whether ``sort`` may stand where a sort variable of class ``cls`` stands."""
    return sort.cls != DIMENSION if cls == ANY else sort.cls == cls


def fun(*sorts: Sort) -> Sort:
    """``fun(a, b, c)`` is the sort of functions ``a → (b → c)``."""
    return sorts[0] if len(sorts) == 1 else Sort(FORMER, "→", (sorts[0], fun(*sorts[1:])))


def substitute_sort(sort: Sort, mapping: dict[Sort, Sort]) -> Sort:
    """Replace names and variables in ``sort``, each by a sort that belongs to its class."""
    if sort.args:
        return Sort(FORMER, sort.name, tuple(substitute_sort(arg, mapping) for arg in sort.args))
    new = mapping.get(sort, sort)
    require(type(new) is Sort and belongs(new, sort.cls), "{} cannot stand for {} ({})", new, sort, sort.cls)
    return new


def match_sort(pattern: Sort, sort: Sort, mapping: dict[Sort, Sort]) -> bool:
    """Extend ``mapping`` in place so that it takes the schematic ``pattern`` to ``sort``."""
    if not pattern.schematic:
        return pattern == sort
    if pattern.tag == VARIABLE:
        return belongs(sort, pattern.cls) and mapping.setdefault(pattern, sort) == sort
    return pattern.name == sort.name and all(match_sort(p, s, mapping) for p, s in zip(pattern.args, sort.args))
