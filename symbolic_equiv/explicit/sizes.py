"""The sizes at which a statement is written out: one number per dimension, one carrier per base sort."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from math import prod
from typing import Any

from symbolic_equiv.explicit.carriers import Carrier, Cyclic, read_group, read_number
from symbolic_equiv.explicit.errors import ExplicitError, SizeError
from symbolic_equiv.kernel.sorts import BASE, FORMER, Sort
from symbolic_equiv.kernel.terms import Term
from symbolic_equiv.theories.statement import Statement

DEFAULT_TOKENS, DEFAULT_DIMENSION, DEFAULT_ACTING = 3, 2, 2
NUMBERS = 3
"""The natural numbers are tried from 0 up to this one, which is left out: networks of depth 0, 1 and 2."""

_BOOLS = (False, True)


class Sizes:
    """``dimensions`` by name, ``carriers`` by base sort."""

    def __init__(self, dimensions: dict[str, int], carriers: dict[Sort, Carrier], counts: bool = False) -> None:
        self.dimensions = dimensions
        self.carriers = carriers
        self.counts = counts
        """Whether there are natural numbers in the statement."""

    def dimension(self, size: Sort) -> int:
        """The number that a dimension (a name, a product, a sum) stands for."""
        if size.tag == FORMER:
            parts = [self.dimension(part) for part in size.args]
            return prod(parts) if size.name == "×" else sum(parts)
        if size.name not in self.dimensions:
            raise SizeError(size.name, "a number", None, f"give {size.name}=2, for example")
        return self.dimensions[size.name]

    def shape(self, sort: Sort) -> tuple[int, ...]:
        """() for scalars, (n,) for vectors, (m, n) for matrices."""
        return tuple(self.dimension(size) for size in sort.args)

    def elements(self, sort: Sort) -> Collection[Any]:
        """The elements of a finite sort, in order; an ``ExplicitError`` for a sort that has no finite model here."""
        if sort in self.carriers:
            return self.carriers[sort]
        if sort.name == "Fin":
            return range(self.dimension(sort.args[0]))
        if sort.name == "Bool":
            return _BOOLS
        if sort.name == "Nat":
            return range(NUMBERS)
        raise ExplicitError(f"{sort}: expected a finite sort, and there is no way to list its elements")

    def __str__(self) -> str:
        parts = [f"{sort.name}={carrier!r}" for sort, carrier in self.carriers.items()]
        parts += [f"{name}={size}" for name, size in self.dimensions.items()]
        return ", ".join(parts + [f"numbers 0 to {NUMBERS - 1}"] * self.counts)

    __repr__ = __str__


def is_discrete(sort: Sort) -> bool:
    """Whether the elements of ``sort`` are listed: base sorts, ``Fin(n)``, ``Bool``, and the first numbers."""
    return sort.cls == BASE or sort.name in ("Fin", "Bool", "Nat")


def read_sizes(statement: Statement, given: Mapping[str, object]) -> Sizes:
    """Sizes from ``n=3``, ``torus=(2, 3)``, ``d_in=2``, or ``X="S3"``; what is missing gets a small default.

    ``n`` is the size of every base sort, ``torus`` the shape of every group that is not merely acting
    on another; a base sort or a dimension is also set by its name.  Raises ``SizeError``.
    """
    sorts = statement.sorts()
    dimensions = [sort.name for sort in sorts if sort.cls != BASE]
    bases = [sort for sort in sorts if sort.cls == BASE]
    groups, acting = _groups(statement)
    known = {*dimensions, *(sort.name for sort in bases), "n", "torus"}
    for name, value in given.items():
        if name not in known:
            free = any(head.name == name for head in statement.variables())
            near = get_close_matches(name, known, 1)
            hint = (
                f"did you mean {near[0]}?" if near else f'a free element is set by at={{"{name}": …}}' if free else ""
            )
            raise SizeError(name, "one of " + ", ".join(sorted(known)), value, hint)
    for name in known & given.keys() - {"torus"} - {sort.name for sort in bases}:
        read_number(name, given[name])
    numbers = {name: given.get(name, DEFAULT_DIMENSION) for name in dimensions}
    carriers = _carriers(bases, groups, acting, given, "n" not in dimensions)
    counts = any(_counts(head.sort) for head in statement.variables())
    return Sizes(numbers, carriers, counts)  # type: ignore[arg-type]


def _counts(sort: Sort) -> bool:
    return sort.name == "Nat" or any(map(_counts, sort.args))


def _carriers(
    bases: list[Sort], groups: set[Sort], acting: set[Sort], given: Mapping[str, object], n_counts: bool
) -> dict[Sort, Carrier]:
    carriers: dict[Sort, Carrier] = {}
    main = [sort for sort in bases if sort in groups and sort not in acting]
    for sort in main:
        if sort.name in given or "torus" in given:
            key = sort.name if sort.name in given else "torus"
            carriers[sort] = read_group(key, given[key])
    tokens = given.get("n") if n_counts else None
    if tokens is None:
        tokens = next((len(carrier) for carrier in carriers.values()), DEFAULT_TOKENS)
    tokens = read_number("n", tokens)
    for sort in bases:
        own = given.get(sort.name)
        if sort in acting and sort not in carriers:
            carriers[sort] = read_group(sort.name, own if own is not None else DEFAULT_ACTING)
        elif sort in groups:
            carriers.setdefault(sort, Cyclic((tokens,)))
        else:
            carriers[sort] = Carrier(tokens if own is None else read_number(sort.name, own))
    for sort, carrier in carriers.items():
        if "torus" in given and sort in main and "n" in given and n_counts and len(carrier) != tokens:
            raise SizeError("n", f"{len(carrier)}, the number of positions of {sort.name} = {carrier!r}", tokens)
    return {sort: carriers[sort] for sort in bases}


def _groups(statement: Statement) -> tuple[set[Sort], set[Sort]]:
    """The base sorts that are groups, and those of them that only act on another."""
    groups: set[Sort] = set()
    acting: set[Sort] = set()
    acted: set[Sort] = set()

    def scan(term: Term) -> None:
        if term.body is not None:
            return scan(term.body)
        if term.head.declaration is not None and term.head.name in ("mul", "inv", "unit", "act"):
            own = term.head.sort
            groups.update(leaf for leaf in own.leaves if not leaf.schematic)
            if term.head.name == "act":
                acting.add(own.args[0])
                acted.add(own.args[1].args[0])
        for arg in term.args:
            scan(arg)
        return None

    for term in [*statement.terms(), *(item.definition for item in statement.definitions() if item.definition)]:
        scan(term)
    return groups, acting - acted
