"""Models on a place: what the ingredients say of their symbols, and values for the symbols of which they say nothing.

They are models of ``numeric``: a symbol with a meaning is a rule, a homomorphism where it is seen to be one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np

from symbolic_equiv.family.places import Element, Place
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, Sort
from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.lattice import Given, Homomorphism, Identity, Lattice, Rule, homomorphism
from symbolic_equiv.numeric.models import Model, Value, is_finite, signature
from symbolic_equiv.theories.attention import S, X, x, x_inv

KNOWN = {1: 8, 2: 4}
"""How far from the unit a meaning is compared with a homomorphism, by the number of coordinates."""


class Sizes(dict[Sort, int]):
    """Sizes of dimensions, 1 unless a larger one is needed."""

    def __missing__(self, sort: Sort) -> int:
        return 1

    def __contains__(self, sort: object) -> bool:
        return super().__contains__(sort) or (isinstance(sort, Sort) and sort.cls == DIMENSION)

    def put(self, sort: Sort, size: int) -> None:
        """Make a dimension that large; of a product or sum, its last part."""
        last = sort
        while last.args:
            last = last.args[-1]
        self[last] = max(self[last], size)


@dataclass(frozen=True)
class Setting:
    """What the ingredients of a cell say about their symbols.

    ``support`` has, for a predicate, the elements where alone it may hold.
    """

    meaning: Mapping[str, Callable[..., Any]]
    support: Mapping[str, Callable[[Place], list[Element]]]
    sizes: Sizes

    def model(
        self, place: Place, heads: Iterable[Head], style: int = 0, values: Mapping[Head, Value] | None = None
    ) -> Model:
        """One instance of the place with a value for each of these symbols; ``style`` 0 chooses the plainest."""
        group = place.group
        sizes, infinite, same = Sizes(self.sizes), dict[Sort, Lattice](), Identity()
        if isinstance(group, Lattice):
            infinite = {X: group, S: group}
        else:
            sizes |= {X: group.order, S: group.order}
            same = np.arange(group.order)
        model = Model(sizes, {X: group}, {}, {}, infinite)
        found = {x.head: same, x_inv.head: same, **(values or {})}
        for head in heads:
            if head not in found:
                found[head] = self._value(head, place, style, model)
        return model.with_values(found)

    def _value(self, head: Head, place: Place, style: int, model: Model) -> Rule:
        name, shape = str(head.name), model.shape(signature(head.sort)[1])
        if name in self.meaning:
            return _rule(place, head, self.meaning[name], self.support.get(name), shape)
        return Arbitrary(arbitrary(head, place, style, model))


@lru_cache(maxsize=4096)
def _rule(
    place: Place,
    head: Head,
    meaning: Callable[..., Any],
    support: Callable[[Place], list[Element]] | None,
    shape: tuple[int, ...],
) -> Rule:
    """What a symbol with a meaning is in models; on an infinite place a homomorphism, where it can be one."""
    function = _on(place, head, meaning, shape)
    rule = _homomorphism(place, head, function) if not place.is_finite else None
    where = None if support is None else tuple((place.number(p),) for p in support(place))
    return rule or Given(function, where)


class Arbitrary(Given):
    """The value of a symbol without a meaning: another one would do as well."""


def _on(place: Place, head: Head, meaning: Callable[..., Any], shape: tuple[int, ...]) -> Callable[..., Any]:
    """A meaning as a function of the elements of a model."""
    sorts, result = signature(head.sort)
    based = [sort.cls == BASE for sort in sorts]

    def function(*args: Any) -> Any:
        found = meaning(place, *(place.element(arg) if of else arg for of, arg in zip(based, args)))
        return place.number(found) if result.cls == BASE else _shaped(found, shape)

    return function


def arbitrary(head: Head, place: Place, style: int, model: Model) -> Callable[..., Any]:
    """Some function of the sort of ``head``: small whole numbers; the identity, for a map of vectors."""
    (sorts, result), name = signature(head.sort), str(head.name)
    shape = model.shape(result)
    if is_finite(result):

        def function(*args: Any) -> Any:
            raise NoModel(f"{name} needs a meaning: its values are no numbers")

    elif not all(map(is_finite, sorts)):
        (first, *_) = (k for k, sort in enumerate(sorts) if not is_finite(sort))

        def function(*args: Any) -> Any:
            vector = args[first] if type(args[first]) is tuple else (args[first],)
            found = tuple(vector[k % len(vector)] for k in range(shape[0] if shape else 1))
            return found if shape else found[0]

    else:
        based = [sort.cls == BASE for sort in sorts]

        def function(*args: Any) -> Any:
            at = tuple(place.element(arg) if of else arg for of, arg in zip(based, args))
            draw = lambda *entry: Fraction(_draw(style, name, (*at, *entry)))
            if len(shape) == 2:
                one = lambda r, c: draw(r, c) if style else Fraction(int(r == c))
                return tuple(tuple(one(r, c) for c in range(shape[1])) for r in range(shape[0]))
            return tuple(map(draw, range(shape[0]))) if shape else draw()

    return function


def _draw(style: int, name: str, at: tuple[Any, ...]) -> int:
    """A small whole number that depends on the name and the place only."""
    if style == 0:
        return 1 if all(not part or part == (0,) * len(part) if type(part) is tuple else not part for part in at) else 0
    return crc32(f"{style} {name} {at}".encode()) % 5 - 2 or 3


def _shaped(value: Any, shape: tuple[int, ...]) -> Any:
    """A number where a vector is wanted is a vector of that number."""
    if len(shape) == 1 and type(value) is not tuple:
        return (Fraction(value),) * shape[0]
    return Fraction(value) if not shape and type(value) is int else value


def _homomorphism(place: Place, head: Head, function: Callable[..., Any]) -> Homomorphism | None:
    """The homomorphism with the values of a function, as far as these are looked at."""
    sorts, result = signature(head.sort)
    rank = len(place.moduli)
    if sorts != [X] or is_finite(result) or result.name == "Nat":
        return None
    array = lambda p: np.array(function(place.number(p)), dtype=object)
    units = [tuple(int(k == n) for k in range(rank)) for n in range(rank)]
    try:
        steps, back = [array(p) for p in units], [array(place.negative(p)) for p in units]
        values = {place.number(p): array(p) for p in place.elements(KNOWN[rank])}
    except NoModel:
        return None
    rules = [homomorphism(times, steps, back) for times in "+*"]
    fits = lambda rule: rule is not None and all((rule.at((p,)) == value).all() for p, value in values.items())
    return next(filter(fits, rules), None)
