"""A world: one instance of a place, sizes, and a value for each symbol; and the exact value of a term in it.

Groups may be infinite: elements are whole numbers, a symbol's value is a function that is asked only where it is
needed, and a sum over ``{j : D(x(j) − x(i)) ∧ …}`` runs over the finitely many solutions of ``x(j) − x(i) = d`` with d
in the support of D.  A sum whose domain is not seen to be finite has no value here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from zlib import crc32

from symbolic_equiv.family.places import Element, Place
from symbolic_equiv.kernel.sorts import BASE
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, abstract, apply, eta
from symbolic_equiv.logic.words import is_call, solve
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.models import Model, is_finite, signature
from symbolic_equiv.numeric.rigorous import Exact
from symbolic_equiv.theories import language
from symbolic_equiv.theories.attention import x, x_inv

INTEGERS = Place("Z", (0,))
INVERSES = {x.head: x_inv.head, x_inv.head: x.head}


@dataclass(frozen=True)
class World(Model):
    """A model whose base sorts are all the place; the values of symbols are numbers, vectors or functions.

    ``support`` has, for a predicate, the elements where alone it may hold.  ``style`` chooses the values of symbols
    that have none: 0 for the plainest, which those in ``plain`` have in any style.
    """

    place: Place = INTEGERS
    support: Mapping[str, Callable[[Place], list[Element]]] = field(default_factory=dict)
    meaning: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    style: int = 0
    plain: frozenset[str] = frozenset()

    def value(self, head: Head, args: tuple[Any, ...]) -> Any:
        """The value of a symbol at these arguments."""
        given = self.values.get(head)
        if given is not None:
            return given
        meaning = self.meaning.get(str(head.name))
        found = self._arbitrary(head, args) if meaning is None else meaning(self.place, *args)
        return _shaped(found, self.shape(signature(head.sort)[1]))

    def _arbitrary(self, head: Head, args: tuple[Any, ...]) -> Any:
        sorts, result = signature(head.sort)
        real = [arg for sort, arg in zip(sorts, args) if not is_finite(sort)]
        where = [arg for sort, arg in zip(sorts, args) if is_finite(sort)]
        if real:  # a map of vectors: the identity, as far as the dimensions allow
            vector = real[0] if type(real[0]) is tuple else (real[0],)
            (size,) = self.shape(result) or (1,)
            found = tuple(vector[k % len(vector)] for k in range(size))
            return found if self.shape(result) else found[0]
        style = 0 if str(head.name) in self.plain else self.style
        draw = lambda *at: _draw(style, str(head.name), (*where, *at))
        if is_finite(result):
            raise NoModel(f"{head.name} needs a meaning: its values are no numbers")
        shape = self.shape(result)
        if len(shape) == 2:
            return tuple(
                tuple(Fraction(int(r == c) if not style else draw(r, c)) for c in range(shape[1]))
                for r in range(shape[0])
            )
        return tuple(Fraction(draw(k)) for k in range(shape[0])) if shape else Fraction(draw())


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


class Lazy(Exact):
    """Evaluates terms in a world, without rounding error."""

    model: World

    def _application(self, term: Term, env: tuple) -> Any:
        own = _OWN.get(term.head.declaration)
        if own is None or (term.args and term.args[0].body is not None and term.args[0].domain.cls != BASE):
            return super()._application(term, env)
        return own(self, term, env)

    def _variable(self, head: Head, values: list, term: Term) -> Any:
        return self.model.value(head, tuple(values))

    def _argument(self, term: Term, env: tuple) -> Any:
        if term.body is not None:
            raise NoModel("a function as an argument")
        return self.value(term, env)

    def _sum_over_place(self, term: Term, env: tuple) -> Any:
        domain, body = term.args
        total = self._zero(term, env)
        for point in self.domain(domain, env):
            total = self._entrywise(self._plus, total, self.value(body.body, (point, *env)))
        return total

    def domain(self, domain: Term, env: tuple) -> list[Element]:
        """The elements that satisfy a predicate."""
        place = self.model.place
        points = place.elements() if place.is_finite else self._solutions(domain)
        return [point for point in points if self.value(domain.body, (point, *env))]

    def _solutions(self, domain: Term) -> list[Element]:
        """Where alone the predicate can hold: the solutions of ``word(j) = d`` for d in the support of a conjunct."""
        if domain.loose:
            raise NoModel("a domain that depends on something bound outside")
        j = Head(VARIABLE, "#j", domain.domain)
        stack = [apply(domain, [eta(j)])]
        while stack:
            part = stack.pop()
            if is_call(part, language.and_):
                stack += part.args
            elif part.head.kind == VARIABLE and str(part.head.name) in self.model.support and len(part.args) == 1:
                (word,) = part.args
                d = Head(VARIABLE, "#d", word.sort)
                solution = solve(word, eta(d), eta(j), INVERSES)
                if solution is not None:
                    found = self.model.support[str(part.head.name)](self.model.place)
                    moved = abstract(solution, d).body
                    return sorted({self.value(moved, (point,)) for point in found})
        raise NoModel("a sum over infinitely many tokens")


_OWN: dict[Any, Callable[[Lazy, Term, tuple], Any]] = {
    language.mul.declaration: lambda self, term, env: self.model.place.add(*self._args(term, env)),
    language.inv.declaration: lambda self, term, env: self.model.place.negative(*self._args(term, env)),
    language.unit.declaration: lambda self, *_: self.model.place.unit,
    language.sum_.declaration: Lazy._sum_over_place,
}
