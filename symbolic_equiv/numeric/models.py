"""A model: a finite set for each base sort, a number for each dimension, a value for each variable.

Elements of a base sort, of ``Fin(n)`` and of ``Bool`` are counted from 0.  The value of a variable is

- a *table*, an array with one axis for each (finite) argument and then those of the result
  (none for an element, a truth value or a Scalar, ``d`` for ``Vec(d)``, ``m, n`` for ``Mat(m, n)``); or
- a ``Polynomial`` where some argument is a number, a vector, a matrix or a function into those; or
- a ``Rule`` where some argument is an element of an infinite sort (``lattice``): these models are only evaluated
  exactly, never as arrays.

All numbers are float64 and mean exactly that: every float is a rational number, so the same model
is evaluated quickly by ``evaluate`` and exactly by ``rigorous``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import prod

import numpy as np

from symbolic_equiv.kernel.sorts import BASE, DIMENSION, LINEAR, NAME, Sort, match_sort
from symbolic_equiv.kernel.terms import Declaration, Head, Term, abstraction, application, apply, substitute_sorts
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.groups import Group
from symbolic_equiv.numeric.lattice import Lattice, Rule
from symbolic_equiv.theories import language, pairs


@dataclass(frozen=True)
class Polynomial:
    """A map of real coordinates ``v``, one for each tuple of finite arguments: ``c + u + k ∘ u ∘ u`` with ``u = A v``.

    Shapes: ``constant`` and ``curvature`` ``(*finite, out)``, ``linear`` ``(*finite, out, in)``; ∘ is entrywise.
    Neither linear nor even, so that a claim which needs either fails.
    """

    constant: np.ndarray
    linear: np.ndarray
    curvature: np.ndarray


Value = np.ndarray | Polynomial | Rule


@dataclass(frozen=True)
class Model:
    """Sizes of base sorts and dimensions, groups, actions ``(acting, on) → table``, and values of variables.

    A sort in ``infinite`` has no size; the table of an action on it has a matrix of whole numbers for each element.
    """

    sizes: dict[Sort, int]
    groups: dict[Sort, Group | Lattice] = field(default_factory=dict)
    actions: dict[tuple[Sort, Sort], np.ndarray] = field(default_factory=dict)
    values: dict[Head, Value] = field(default_factory=dict)
    infinite: dict[Sort, Lattice] = field(default_factory=dict)

    def size(self, sort: Sort) -> int:
        """The number of elements of a finite sort, or the number that a dimension is; raises ``NoModel``."""
        if sort.tag == NAME:
            if self.infinite and sort in self.infinite:
                raise NoModel(f"{sort} is infinite")
            if sort not in self.sizes:
                raise NoModel(f"no size for {sort}")
            return self.sizes[sort]
        if sort.name == "Bool":
            return 2
        if sort.name == "Fin":
            return self.size(sort.args[0])
        if sort.cls == DIMENSION:
            left, right = map(self.size, sort.args)
            return left * right if sort.name == "×" else left + right
        raise NoModel(f"{sort} is not finite")

    def shape(self, sort: Sort) -> tuple[int, ...]:
        """The shape of one value that is no function: () for an element, a truth value, a number."""
        return tuple(map(self.size, sort.args)) if sort.cls == LINEAR else ()

    def coordinates(self, sort: Sort) -> int:
        """How many real numbers make up one value; raises ``NoModel`` for a function of a real argument."""
        args, result = signature(sort)
        if all(map(is_finite, args)) and is_real(result):
            return prod(map(self.size, args)) * prod(self.shape(result))
        raise NoModel(f"{sort} cannot be an argument here: it is not made of finitely many numbers")

    @property
    def has_rules(self) -> bool:
        """Whether it is evaluated exactly only, never as arrays."""
        return bool(self.infinite) or any(isinstance(value, Rule) for value in self.values.values())

    def with_values(self, values: Mapping[Head, Value]) -> Model:
        """The same model with other values for some variables."""
        return replace(self, values={**self.values, **values})


def signature(sort: Sort) -> tuple[list[Sort], Sort]:
    """The sorts of the arguments, and the sort of the result."""
    args = []
    while sort.name == "→":
        args.append(sort.args[0])
        sort = sort.args[1]
    return args, sort


def is_finite(sort: Sort) -> bool:
    """Whether a sort has elements that are counted from 0: all but numbers, vectors, matrices and functions.

    (In a model on the integers a base sort may be infinite: see ``Model.infinite``.)
    """
    return sort.cls == BASE or sort.name in ("Fin", "Bool")


def is_real(sort: Sort) -> bool:
    """Scalar, Vec, Mat; and Nat and Bool, which pass for numbers among the coordinates of an argument."""
    return sort.cls == LINEAR or sort.name in ("Nat", "Bool")


def subterms(terms: Iterable[Term]) -> Iterable[Term]:
    """Every term that occurs in ``terms``, each once."""
    seen: set[Term] = set()
    stack = list(terms)
    while stack:
        term = stack.pop()
        if term not in seen:
            seen.add(term)
            stack += term.args if term.body is None else (term.body,)
            yield term


@lru_cache(maxsize=256)
def unfold(term: Term) -> Term:
    """``term`` with the definition in place of each defined constant, but for the softmaxes."""
    return _unfold(term, (language.softmax_.declaration, pairs.softmax_pairs.declaration))


@lru_cache(maxsize=256)
def unfold_completely(term: Term) -> Term:
    """``term`` with the definition in place of every defined constant."""
    return _unfold(term, ())


def _unfold(term: Term, keep: tuple[Declaration, ...], known: dict[Term, Term] | None = None) -> Term:
    known = {} if known is None else known
    if term not in known:
        if term.body is not None:
            known[term] = abstraction(term.domain, _unfold(term.body, keep, known), term.hint)
        else:
            item, args = term.head.declaration, [_unfold(arg, keep, known) for arg in term.args]
            if item is None or item.definition is None or item in keep:
                known[term] = application(term.head, args)
            else:
                known[term] = apply(_unfold(_definition(term.head), keep, known), args)
    return known[term]


def _definition(head: Head) -> Term:
    """The definition of a defined constant at the instance of its sort."""
    mapping: dict[Sort, Sort] = {}
    match_sort(head.declaration.sort, head.sort, mapping)
    return substitute_sorts(head.declaration.definition, mapping)


def group_sorts(terms: Iterable[Term]) -> tuple[set[Sort], set[tuple[Sort, Sort]]]:
    """The base sorts that carry a group in ``terms``, and the pairs of which the first acts on the second."""
    groups: set[Sort] = set()
    pairs: set[tuple[Sort, Sort]] = set()
    for term in subterms(terms):
        head = term.head
        declaration = head.declaration if head is not None else None
        if declaration in _GROUP_CONSTANTS:
            mapping: dict[Sort, Sort] = {}
            match_sort(declaration.sort, head.sort, mapping)
            groups.update(mapping.values())
            if declaration == language.act.declaration:
                pairs.add((head.sort.args[0], signature(head.sort)[1]))
    return groups, pairs


_GROUP_CONSTANTS = {item.declaration for item in (language.mul, language.inv, language.unit, language.act)}


def leaves(terms: Iterable[Term]) -> set[Sort]:
    """The base sorts and dimensions that occur in ``terms``."""
    found: set[Sort] = set()
    for term in subterms(terms):
        found |= term.domain.leaves if term.body is not None else term.head.sort.leaves
    return found
