"""Values of terms at one point of a model, without rounding error: the fold under ``rigorous``.

One value at a time, definitions unfolded literally.  What a number is, ``arithmetic`` says; what it cannot settle
raises ``Undecided``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import reduce
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from symbolic_equiv.kernel.terms import BOUND, Head, Term
from symbolic_equiv.numeric import ranges
from symbolic_equiv.numeric.arithmetic import ZERO, Arithmetic, bounds
from symbolic_equiv.numeric.domains import elements
from symbolic_equiv.numeric.errors import NoModel, Undecided
from symbolic_equiv.numeric.foresight import strip
from symbolic_equiv.numeric.lattice import Given, Rule
from symbolic_equiv.numeric.matrices import EXACT
from symbolic_equiv.numeric.models import Model, Polynomial, is_finite, signature
from symbolic_equiv.theories import entries, language, pairs, recursion


def entries_of(value: Any, at: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Any]]:
    """The numbers in a value, each with its place."""
    if type(value) is not tuple:
        yield at, value
        return
    for k, part in enumerate(value):
        yield from entries_of(part, (*at, k))


def element_of(sort: Any, k: int) -> int | bool:
    return bool(k) if sort.name == "Bool" else k


class _Signal:
    """A bound function on the tokens: its values."""

    def __init__(self, at: dict[Any, Any]) -> None:
        self.at = at


class Exact(Arithmetic):
    """Evaluates terms at one point of one model with intervals of ``precision`` bits.

    A number is a ``Fraction`` or an interval, a vector a tuple of numbers, a matrix a tuple of rows.
    """

    def __init__(self, model: Model, precision: int) -> None:
        super().__init__(precision)
        self.model = model
        self._known: dict[Term, dict[tuple, Any]] = {}
        self._entries: dict[Head, dict[tuple, Any]] = {}

    def with_values(self, values: Mapping[Head, Any]) -> Exact:
        """The same with other values for some variables; the values of what does not mention these are shared."""
        other = Exact(self.model.with_values(values), self._context.prec)
        untouched = values.keys().isdisjoint
        other._known = {term: known for term, known in self._known.items() if untouched(term.variables)}
        other._entries = {head: known for head, known in self._entries.items() if head not in values}
        return other

    def value(self, term: Term, env: tuple) -> Any:
        """The value of an unfolded term that is no function; ``env`` has the bound variables, innermost first."""
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = {}
        key = env[: term.loose]
        if key not in known:
            known[key] = self._application(term, env)
        return known[key]

    def _application(self, term: Term, env: tuple) -> Any:
        head = term.head
        if head.kind == BOUND:
            value = env[head.index]
            if term.args and type(value) is not _Signal:
                raise Undecided("a bound function")
            return value.at[self.value(term.args[0], env)] if term.args else value
        if head.declaration is None:
            return self._variable(head, [self._argument(arg, env) for arg in term.args], term)
        meaning = _MEANINGS.get(head.declaration)
        if meaning is None:
            raise NoModel(f"the constant {head.name} has no numeric meaning")
        return meaning(self, term, env)

    # variables

    def _argument(self, term: Term, env: tuple) -> Any:
        """An argument of a variable; a function becomes the tuple of its values."""
        if term.body is None:
            return self.value(term, env)
        return tuple(self._argument(term.body, (point, *env)) for point in self._points(term.domain))

    def _points(self, sort: Any) -> list:
        if not is_finite(sort):
            raise Undecided(f"all elements of {sort}")
        return [element_of(sort, k) for k in range(self.model.size(sort))]

    def _variable(self, head: Head, values: list, term: Term) -> Any:
        if head not in self.model.values:
            raise NoModel(f"no value for {head.name}")
        table, result = self.model.values[head], signature(head.sort)[1]
        if isinstance(table, Given):
            return table.function(*values)
        point, at, real = [], [], []
        for arg, value in zip(term.args, values):
            if arg.sort in self.model.infinite:
                point.append(value)
            elif is_finite(arg.sort):
                at.append(int(value))
            else:
                real.append(value)
        known, key = self._entries.setdefault(head, {}), (*point, *at)
        if key not in known:
            known[key] = _entry(table.at(tuple(point)) if isinstance(table, Rule) else table, tuple(at), result)
        if type(known[key]) is not _Coefficients:
            return known[key]
        vector = [number for value in real for _, number in entries_of(value)]
        vector = [Fraction(number) if type(number) in (bool, int) else number for number in vector]
        out = []
        for constant, row, curvature in known[key].rows:
            u = self._total(self._times(a, number) for a, number in zip(row, vector))
            square = self._times(curvature, self._times(u, u)) if curvature else ZERO
            out.append(self._plus(constant, self._plus(u, square)))
        return self._decoded(out, result)

    def _decoded(self, out: list, result: Any) -> Any:
        """The value that a polynomial's entries encode, as ``evaluate.result_of`` does for arrays."""
        if is_finite(result):
            low, high = bounds(out[0])
            if result.name == "Bool":
                if (low > 0) != (high > 0):
                    raise Undecided("the sign of a number")
                return low > 0
            if low // 1 != high // 1:
                raise Undecided("the whole part of a number")
            return int(low // 1) % self.model.size(result)
        shape = self.model.shape(result)
        if len(shape) == 2:
            return tuple(tuple(out[k : k + shape[1]]) for k in range(0, len(out), shape[1]))
        return tuple(out) if shape else out[0]

    # constants

    def _args(self, term: Term, env: tuple) -> list:
        return [self.value(arg, env) for arg in term.args]

    def _law(self, term: Term, env: tuple) -> int:
        p, q = self._args(term, env)
        return self.model.groups[term.sort].product(p, q)

    def _act(self, term: Term, env: tuple) -> int:
        a, p = self._args(term, env)
        table = self.model.actions[term.args[0].sort, term.sort][a]
        if term.sort in self.model.infinite:
            lattice = self.model.infinite[term.sort]
            return lattice.element(table @ lattice.coordinates(p))
        return int(table[p])

    def _entrywise(self, function: Callable, *values: Any) -> Any:
        if type(values[0]) is tuple:
            return tuple(self._entrywise(function, *parts) for parts in zip(*values))
        return function(*values)

    def _zero(self, term: Term, _: tuple) -> Any:
        return reduce(lambda part, size: (part,) * size, self.model.shape(term.sort)[::-1], ZERO)

    def _scale(self, term: Term, env: tuple) -> Any:
        c, u = self._args(term, env)
        return self._entrywise(lambda entry: self._times(c, entry), u)

    def _dot(self, u: tuple, v: tuple) -> Any:
        return self._total(self._times(a, b) for a, b in zip(u, v))

    def _matvec(self, term: Term, env: tuple) -> tuple:
        matrix, vector = self._args(term, env)
        return tuple(self._dot(row, vector) for row in matrix)

    def _matmul(self, term: Term, env: tuple) -> tuple:
        left, right = self._args(term, env)
        return tuple(tuple(self._dot(row, column) for column in zip(*right)) for row in left)

    def _diag(self, u: tuple) -> tuple:
        return tuple(tuple(entry if a == b else ZERO for b in range(len(u))) for a, entry in enumerate(u))

    def _kron(self, a: tuple, b: tuple) -> tuple:
        return tuple(
            tuple(self._times(x, y) for x in above for y in below) for above, below in product(a, b)
        )  # fmt: skip

    def _rows(self, term: Term, env: tuple) -> tuple:
        """The entries of a vector as the rows of a matrix."""
        (u,), (_, columns) = self._args(term, env), self.model.shape(term.sort)
        return tuple(u[k : k + columns] for k in range(0, len(u), columns))

    def _and(self, term: Term, env: tuple) -> bool:
        return all(self.value(arg, env) for arg in term.args)

    def _if(self, term: Term, env: tuple) -> Any:
        condition, yes, no = term.args
        return self.value(yes if self.value(condition, env) else no, env)

    def _sum(self, term: Term, env: tuple) -> Any:
        """A sum over one index, or over pairs: over all that the domain and the body bind."""
        domain, body = term.args[0], strip(term.args[1])[1]
        total = self._zero(term, env)
        for point in self.chosen(domain, env):
            total = self._entrywise(self._plus, total, self.value(body, (*point, *env)))
        return total

    def chosen(self, domain: Term, env: tuple) -> list[tuple]:
        """The points over which a sum runs, the last index first; none, by convention, if they are infinitely many."""
        binders, holds = strip(domain)
        if len(binders) == 1 and binders[0] in self.model.infinite:
            return [(point,) for point in elements(self, domain, env) or ()]
        found = (point[::-1] for point in product(*map(self._points, binders)))
        return [point for point in found if self.value(holds, (*point, *env))]

    def _iterate(self, term: Term, env: tuple) -> Any:
        step, start, depth, place = term.args
        points = self._points(start.domain)
        body, below = start.body, env
        for k in range(int(self.value(depth, env)) + 1):
            signal = _Signal({point: self.value(body, (point, *below)) for point in points})
            body, below = step.body.body.body, (signal, Fraction(k), *env)
        return signal.at[self.value(place, env)]

    def _concat(self, term: Term, env: tuple) -> tuple:
        (body,) = term.args
        return tuple(entry for point in self._points(body.domain) for entry in self.value(body.body, (point, *env)))


class _Coefficients(NamedTuple):
    """A polynomial at some finite arguments: for each entry of its value ``c``, a row of ``A``, and ``k``."""

    rows: list[tuple[Fraction, list[Fraction], Fraction]]


def _entry(table: Any, at: tuple[int, ...], result: Any) -> Any:
    """What a table, or a polynomial, has at these finite arguments."""
    if not isinstance(table, Polynomial):
        return _rational(table[at], result)
    exactly = lambda number: Fraction(float(number))
    parts = zip(table.constant[at], table.linear[at], table.curvature[at])
    return _Coefficients([(exactly(c), list(map(exactly, row)), exactly(k)) for c, row, k in parts])


def _rational(entry: Any, sort: Any) -> Any:
    """One entry of a table."""
    if np.ndim(entry):
        return tuple(_rational(part, sort) for part in entry)
    if is_finite(sort):
        return bool(entry) if sort.name == "Bool" else int(entry)
    return entry if isinstance(entry, Fraction) else Fraction(float(entry))


def _of(function: Callable) -> Callable:
    """A constant that is a function of its arguments' values."""
    return lambda self, term, env: function(self, *self._args(term, env))


_MEANINGS: dict[Any, Callable] = (
    {
        item.declaration: meaning
        for item, meaning in (
            (language.mul, Exact._law),
            (language.inv, lambda self, term, env: self.model.groups[term.sort].inverted(self._args(term, env)[0])),
            (language.unit, lambda self, term, _: self.model.groups[term.sort].unit),
            (language.act, Exact._act),
            (language.add, _of(lambda self, u, v: self._entrywise(self._plus, u, v))),
            (language.neg, _of(lambda self, u: self._entrywise(lambda a: -a, u))),
            (language.zero, Exact._zero),
            (language.scale, Exact._scale),
            (language.one, lambda *_: Fraction(1)),
            (language.reciprocal, _of(Exact._reciprocal)),
            (language.sqrt, _of(Exact._sqrt)),
            (language.exp, _of(Exact._exp)),
            (language.inner, _of(Exact._dot)),
            (language.matvec, Exact._matvec),
            (language.matmul, Exact._matmul),
            (language.true, lambda *_: True),
            (language.and_, Exact._and),
            (language.if_, Exact._if),
            (language.sum_, Exact._sum),
            (pairs.sum_pairs, Exact._sum),
            (language.concat, Exact._concat),
            (recursion.nought, lambda *_: ZERO),
            (recursion.succ, _of(lambda self, number: number + 1)),
            (recursion.iterate, Exact._iterate),
            (entries.hadamard, _of(lambda self, u, v: self._entrywise(self._times, u, v))),
            (entries.reciprocals, _of(lambda self, u: tuple(map(self._reciprocal, u)))),
            (entries.ones, lambda self, term, _: (Fraction(1),) * self.model.shape(term.sort)[0]),
            (entries.diag, _of(Exact._diag)),
            (entries.outer, _of(lambda self, u, v: tuple(tuple(self._times(a, b) for b in v) for a in u))),
            (entries.row_norms, _of(lambda self, a: tuple(self._sqrt(self._dot(row, row)) for row in a))),
            (entries.transpose, _of(lambda self, a: tuple(zip(*a)))),
            (entries.kron, _of(Exact._kron)),
            (entries.flatten, _of(lambda self, a: sum(a, ()))),
            (entries.unflatten, Exact._rows),
        )
    }
    | EXACT
    | ranges.EXACT
)
