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

from functools import cached_property, lru_cache, partial

ANY, LINEAR, BASE, DIMENSION = "any", "linear", "base", "dimension"
"""The classes: every sort; Scalar, Vec and Mat; base sorts; dimensions."""

NAME, FORMER, VARIABLE = "name", "former", "variable"
_FORMERS = {
    "Bool": (ANY, ()), "Nat": (ANY, ()), "Fin": (ANY, (DIMENSION,)), "→": (ANY, (ANY, ANY)),
    "Scalar": (LINEAR, ()), "Vec": (LINEAR, (DIMENSION,)), "Mat": (LINEAR, (DIMENSION, DIMENSION)),
    "×": (DIMENSION, (DIMENSION, DIMENSION)), "+": (DIMENSION, (DIMENSION, DIMENSION)),
}  # fmt: skip
_CLASSES = {NAME: (BASE, DIMENSION), VARIABLE: (ANY, LINEAR, BASE, DIMENSION)}
MAX_SORT_SIZE, MAX_NAME = 400, 80

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_~#'"


class KernelError(Exception):
    """A term that is not well sorted, or a rule whose condition is not met."""


def require(condition: object, message: str, *parts: object) -> None:
    """Raise ``KernelError`` unless ``condition``; never an ``assert``, which ``python -O`` removes."""
    if not condition:
        raise KernelError(message.format(*[f"{part}"[:400] for part in parts]))


def check_name(name: object) -> str:
    """Return ``name`` if it is a plain word that cannot pass for anything else on a printed page.

    Only ASCII, for many letters of other alphabets look like these, and no digit in front.
    """
    if type(name) is not str or not 0 < len(name) <= MAX_NAME or name.strip(_LETTERS) or name[0].isdigit():
        raise KernelError(f"not a name (letters, digits and _ ~ # ' only, no digit in front): {name!r:.100}")
    return name


class Frozen:
    """What cannot be changed once its ``key``, by which it is compared, is set."""

    def freeze(self, *key: object) -> None:
        self._hash = hash(key)
        self.key = key

    def __setattr__(self, name: str, value: object = None) -> None:
        if "key" in self.__dict__:
            raise KernelError(f"{self} is immutable")
        self.__dict__[name] = value

    __delattr__ = __setattr__

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other or type(other) is not type(self) or self._hash != other._hash:
            return self is other
        if self.key is not other.key and self.key == other.key:
            other.__dict__["key"] = self.key  # equal things share a key, and are compared at a glance from then on
        return self.key is other.key

    def __str__(self) -> str:
        return " ".join(map(str, self.key))

    def __repr__(self) -> str:
        return str(self)


class Sort(Frozen):
    """A sort or a dimension.

    ``tag`` says how it is built (NAME, FORMER, VARIABLE), ``cls`` to which class it belongs; ``leaves``
    are the names and variables in it, ``size`` counts all that is written in it.
    """

    def __init__(self, tag: str, name: str, args: tuple[Sort, ...] = (), cls: str = ANY) -> None:
        plain = type(tag) is type(name) is type(cls) is str and type(args) is tuple
        require(plain and all(type(arg) is Sort for arg in args), "{}: sorts are made of names and sorts", name)
        if tag == FORMER:
            require(name in _FORMERS, "there is no sort {}", name)
            cls, wanted = _FORMERS[name]
            require(len(args) == len(wanted) and all(map(belongs, args, wanted)), "{} cannot take {}", name, args)
        else:
            require(cls in _CLASSES.get(tag, ()) and not args and check_name(name) not in _FORMERS, "no sort: {}", name)
        self.tag, self.name, self.args, self.cls = tag, name, args, cls
        self.size = 1 + sum([arg.size for arg in args])
        require(self.size <= MAX_SORT_SIZE, "a sort with more than {} signs: {}", MAX_SORT_SIZE, name)
        self.schematic = tag == VARIABLE or any(arg.schematic for arg in args)
        self.freeze(tag, name, args, cls)

    @cached_property
    def leaves(self) -> frozenset[Sort]:
        return frozenset[Sort]().union(*[arg.leaves for arg in self.args]) if self.tag == FORMER else frozenset([self])

    def __str__(self) -> str:
        if self.name == "→":
            left, right = self.args
            return f"({left}) → {right}" if left.name == "→" else f"{left} → {right}"
        if self.cls == DIMENSION and self.args:
            return f"({self.args[0]} {self.name} {self.args[1]})"
        return self.name + (f"({', '.join(map(str, self.args))})" if self.args else "")


def belongs(sort: Sort, cls: str) -> bool:
    """Whether ``sort`` may stand where a sort variable of class ``cls`` stands."""
    return sort.cls != DIMENSION if cls == ANY else sort.cls == cls


_built = lru_cache(maxsize=4096)(partial(Sort, FORMER))


def fun(*sorts: Sort) -> Sort:
    """``fun(a, b, c)`` is the sort of functions ``a → (b → c)``."""
    return sorts[0] if len(sorts) == 1 else _built("→", (sorts[0], fun(*sorts[1:])))


def substitute_sort(sort: Sort, mapping: dict[Sort, Sort]) -> Sort:
    """Replace names and variables in ``sort``, each by a sort that belongs to its class."""
    if sort.args and not sort.leaves.isdisjoint(mapping):
        return _built(sort.name, tuple([substitute_sort(arg, mapping) for arg in sort.args]))
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
