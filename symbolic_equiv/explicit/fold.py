"""One fold over the graph, many meanings: exact normal forms, two prime fields, intervals, SymPy.

Values: an element of a base sort or of ``Fin(n)`` is a number from 0 on, a Bool is a Bool, a vector a
tuple of scalars, a matrix a tuple of rows.  What a scalar is, an ``Algebra`` says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from symbolic_equiv.explicit.carriers import act
from symbolic_equiv.explicit.errors import ExplicitError
from symbolic_equiv.explicit.graph import BOUND_NODE, CALL, FUNCTION, OPERATION, Node
from symbolic_equiv.explicit.sizes import Sizes, is_discrete
from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Head

_LINEAR = ("Scalar", "Vec", "Mat")
Values = tuple[Any, ...]
Symbol = tuple[Head, Values, tuple[int, ...]]
"""A symbol entry: the variable, the elements that it is applied to, and the entry's place."""


def spell(key: Symbol) -> str:
    """The name of a symbol entry: ``f_2_0`` is entry 0 of ``f(2)``, ``W_Q_1_0_1`` entry (0, 1) of ``W_Q(1)``."""
    head, args, place = key
    name = head.name if isinstance(head, Head) else head[0]
    return "_".join(str(part) for part in (name, *args, *place))


class Algebra:
    """Scalars.  ``total`` and ``dot`` have slow defaults; ``name`` may replace a value by a name for it."""

    def number(self, value: int | Fraction) -> Any: ...
    def symbol(self, key: Symbol) -> Any: ...
    def add(self, a: Any, b: Any) -> Any: ...
    def mul(self, a: Any, b: Any) -> Any: ...
    def reciprocal(self, a: Any) -> Any: ...
    def sqrt(self, a: Any) -> Any: ...
    def exp(self, a: Any) -> Any: ...
    def opaque(self, key: Symbol, args: Sequence[Any]) -> Any: ...

    def neg(self, a: Any) -> Any:
        return self.mul(self.number(-1), a)

    def name(self, a: Any) -> Any:
        """The value itself, or a name that stands for it from now on."""
        return a

    def scale(self, factor: Any, entry: Any) -> Any:
        """A factor times an entry of a vector or matrix."""
        return self.mul(factor, entry)

    def total(self, items: Sequence[Any]) -> Any:
        result = self.number(0)
        for item in items:
            result = self.add(result, item)
        return result

    def sum_over(self, items: Sequence[Any]) -> Any:
        """The total over the elements of a sort, in their order."""
        return self.total(items)

    def dot(self, left: Sequence[Any], right: Sequence[Any]) -> Any:
        return self.total([self.mul(a, b) for a, b in zip(left, right)])


class Interpretation:
    """What the free variables stand for."""

    sizes: Sizes

    def element(self, head: Head, args: Values) -> Any:
        """The value of a variable whose values are elements or truth values."""
        raise NotImplementedError

    def representative(self, head: Head, args: Values) -> Values:
        """The arguments that stand for all those at which the hypotheses force the same value."""
        raise NotImplementedError

    def form(self, head: Head) -> str:
        """How a variable with vectors among its arguments is read: "opaque", "linear" or "pointwise"."""
        raise NotImplementedError


class Fold:
    """The value of each node under an interpretation, in an algebra, computed once.

    ``order`` may list the elements of a sort in another order, which is then the order of its sums.
    """

    def __init__(
        self, meaning: Interpretation, algebra: Algebra, order: Mapping[Sort, Sequence[int]] | None = None
    ) -> None:
        self.meaning, self.sizes, self.algebra, self.order = meaning, meaning.sizes, algebra, order or {}
        self._memo: dict[int, dict[Values, Any]] = {}

    def value(self, node: Node, values: Values = ()) -> Any:
        """The value of ``node`` where its variables have ``values``."""
        memo = self._memo.get(node.number)
        if memo is None:
            memo = self._memo[node.number] = {}
        elif values in memo:
            return memo[values]
        if node.kind == OPERATION:
            result = _OPERATIONS[node.label](self, node, values)
        elif node.kind == BOUND_NODE:
            result = values[0]
        elif node.kind == FUNCTION:
            result = self._table(node, values)
        elif node.kind == CALL:
            result = self._called(*self.children(node, values))
        else:
            result = self._variable(node.label, node.sort, node.children, values)
        memo[values] = result
        return result

    def memo(self, node: Node) -> Mapping[Values, Any]:
        """All values of ``node`` that were asked for."""
        return self._memo.get(node.number, {})

    def child(self, node: Node, index: int, values: Values) -> Any:
        part, positions = node.children[index]
        return self.value(part, tuple([values[p] for p in positions]))

    def children(self, node: Node, values: Values) -> list[Any]:
        return [self.value(part, tuple([values[p] for p in positions])) for part, positions in node.children]

    def function(self, node: Node, index: int, values: Values) -> Callable[[Any], Any]:
        """A child that is a function, as a Python function."""
        function, positions = node.children[index]
        return self.applied(function, tuple([values[p] for p in positions]))

    def function_at(self, node: Node, index: int, values: Values) -> Callable[..., Any]:
        """A child that is a function of one argument or of several, as a Python function of all of them."""
        function, positions = node.children[index]

        def call(*arguments: Any) -> Any:
            part, known = function, tuple([values[p] for p in positions])
            for argument in arguments:
                part, places = part.children[0]
                known = (*known, argument)
                known = tuple([known[p] for p in places])
            return self.value(part, known)

        return call

    def applied(self, function: Node, values: Values) -> Callable[[Any], Any]:
        """A FUNCTION node where its variables have ``values``, as a Python function."""
        (body, places) = function.children[0]

        def call(argument: Any) -> Any:
            known = (*values, argument)
            return self.value(body, tuple([known[p] for p in places]))

        return call

    def elements(self, sort: Sort) -> Sequence[Any]:
        return self.order.get(sort) or self.sizes.elements(sort)

    def generic(self, sort: Sort, key: tuple) -> Any:
        """A value that stands for any: symbol entries, and a table of them for a function."""
        if sort.name == "→" and is_discrete(sort.args[0]):
            return tuple([self.generic(sort.args[1], (*key, e)) for e in self.sizes.elements(sort.args[0])])
        if sort.name == "→":
            return _Arbitrary(self, sort, key)
        if sort.name not in _LINEAR:
            raise ExplicitError(f"{sort}: a bound function with values in a finite sort cannot be written out")
        return self._entries(sort, lambda place: self.algebra.symbol((key[0], key[1:], place)))

    def _table(self, node: Node, values: Values) -> Any:
        """A function as a value: its table, or what it does to a vector of fresh symbols."""
        call = self.applied(node, values)
        if is_discrete(node.sort):
            return tuple(call(element) for element in self.sizes.elements(node.sort))
        return call(self.generic(node.sort, (("argument", node.sort),)))

    def _called(self, function: Any, *args: Any) -> Any:
        for arg in args:
            function = function[arg]
        return function

    def _entries(self, sort: Sort, entry: Callable[[tuple[int, ...]], Any]) -> Any:
        shape = self.sizes.shape(sort)
        if not shape:
            return entry(())
        if len(shape) == 1:
            return tuple([entry((a,)) for a in range(shape[0])])
        return tuple([tuple([entry((a, b)) for b in range(shape[1])]) for a in range(shape[0])])

    def _variable(self, head: Head, sort: Sort, children: tuple, values: Values) -> Any:
        args = [self.value(part, tuple([values[p] for p in positions])) for part, positions in children]
        domains, rest = [], head.sort
        for _ in args:
            domains.append(rest.args[0])
            rest = rest.args[1]
        discrete = tuple([arg for arg, domain in zip(args, domains) if is_discrete(domain)])
        if is_discrete(sort):
            if len(discrete) < len(args):
                raise ExplicitError(f"{head.name} : {head.sort}: an element that depends on vectors cannot be listed")
            return self.meaning.element(head, discrete)
        if sort.name not in _LINEAR:
            raise ExplicitError(f"{head.name} : {head.sort}: expected a finite sort, scalars, vectors or matrices")
        if len(discrete) == len(args):
            if not args and sort.name == "Scalar" and head.name in self.sizes.dimensions:
                return self.algebra.number(self.sizes.dimensions[head.name])
            key = self.meaning.representative(head, discrete)
            return self._entries(sort, lambda place: self.algebra.symbol((head, key, place)))
        form = self.meaning.form(head)
        real = [(arg, domain) for arg, domain in zip(args, domains) if not is_discrete(domain)]
        if form == "pointwise":
            place = [domain for domain in domains if is_discrete(domain)][-1]
            at, discrete, form = discrete[-1], discrete[:-1], "opaque"
            args = [arg[at] if domain.name == "→" and domain.args[0] == place else arg for arg, domain in real]
        else:
            args = [arg for arg, _ in real]
        scalars: list[Any] = []
        _flatten(args, scalars)
        if form == "linear":
            row = lambda place: [self.algebra.symbol((head, discrete, (*place, b))) for b in range(len(scalars))]
            return self._entries(sort, lambda place: self.algebra.dot(row(place), scalars))
        return self._entries(sort, lambda place: self.algebra.opaque((head, discrete, place), scalars))


class _Arbitrary:
    """A function of vectors that stands for any."""

    def __init__(self, fold: Fold, sort: Sort, key: tuple) -> None:
        self._fold, self._sort, self._key = fold, sort, key

    def __getitem__(self, arg: Any) -> Any:
        result, key = self._sort.args[1], (self._key[0], self._key[1:])
        if result.name == "→":
            raise ExplicitError(f"{self._sort}: a bound function of several vectors cannot be written out")
        scalars = flatten(arg)
        return self._fold._entries(result, lambda place: self._fold.algebra.opaque((*key, place), scalars))


def _flatten(value: Any, into: list[Any]) -> None:
    if isinstance(value, (tuple, list)):
        for item in value:
            _flatten(item, into)
    else:
        into.append(value)


def flatten(value: Any) -> list[Any]:
    """All scalars of a vector, a matrix, a table of them."""
    found: list[Any] = []
    _flatten(value, found)
    return found


def _map(function: Callable[..., Any], *values: Any) -> Any:
    """``function`` entry by entry."""
    if isinstance(values[0], tuple):
        return tuple([_map(function, *entries) for entries in zip(*values)])
    return function(*values)


def _zero(fold: Fold, sort: Sort) -> Any:
    return fold._entries(sort, lambda _: fold.algebra.number(0))


def _add(fold: Fold, node: Node, values: Values) -> Any:
    left, right = fold.children(node, values)
    return _map(fold.algebra.add, left, right)


def _neg(fold: Fold, node: Node, values: Values) -> Any:
    return _map(fold.algebra.neg, fold.child(node, 0, values))


def _scale(fold: Fold, node: Node, values: Values) -> Any:
    factor, value = fold.children(node, values)
    algebra = fold.algebra
    if isinstance(value, tuple):
        return _map(lambda entry: algebra.scale(factor, entry), value)
    return algebra.mul(factor, value)


def _inner(fold: Fold, node: Node, values: Values) -> Any:
    left, right = fold.children(node, values)
    name = fold.algebra.name
    return fold.algebra.dot([name(a) for a in left], [name(a) for a in right])


def _matvec(fold: Fold, node: Node, values: Values) -> Any:
    matrix, vector = fold.children(node, values)
    return tuple([fold.algebra.dot(row, vector) for row in matrix])


def _matmul(fold: Fold, node: Node, values: Values) -> Any:
    left, right = fold.children(node, values)
    columns = list(zip(*right))
    return tuple([tuple([fold.algebra.dot(row, column) for column in columns]) for row in left])


def _sum(fold: Fold, node: Node, values: Values) -> Any:
    """A sum over one index, or over pairs."""
    sorts, function = [], node.children[0][0]
    while function.kind == FUNCTION:
        sorts.append(function.sort)
        function = function.children[0][0]
    if not all(is_discrete(sort) and sort.name != "Nat" for sort in sorts):
        raise ExplicitError(f"a sum over {' and '.join(map(str, sorts))}: expected finite sorts")
    holds, term = (fold.function_at(node, place, values) for place in (0, 1))
    terms = [term(*chosen) for chosen in product(*map(fold.elements, sorts)) if holds(*chosen)]
    if not terms:
        return _zero(fold, node.sort)
    if node.sort.name == "Scalar":
        return fold.algebra.sum_over(terms)
    return _map(lambda *entries: fold.algebra.name(fold.algebra.sum_over(entries)), *terms)


def _concat(fold: Fold, node: Node, values: Values) -> Any:
    part = fold.function(node, 0, values)
    return tuple([entry for head in fold.sizes.elements(node.children[0][0].sort) for entry in part(head)])


def _if(fold: Fold, node: Node, values: Values) -> Any:
    return fold.child(node, 1 if fold.child(node, 0, values) else 2, values)


def _and(fold: Fold, node: Node, values: Values) -> Any:
    return fold.child(node, 0, values) and fold.child(node, 1, values)


def _group(method: str) -> Callable[[Fold, Node, Values], int]:
    return lambda fold, node, values: getattr(fold.sizes.carriers[node.sort], method)(*fold.children(node, values))


def _act(fold: Fold, node: Node, values: Values) -> int:
    acting = fold.sizes.carriers[node.children[0][0].sort]
    return act(acting, fold.sizes.carriers[node.sort], *fold.children(node, values))  # type: ignore[arg-type]


def _scalar(method: str) -> Callable[[Fold, Node, Values], Any]:
    return lambda fold, node, values: getattr(fold.algebra, method)(fold.child(node, 0, values))


def _of(function: Callable[..., Any]) -> Callable[[Fold, Node, Values], Any]:
    """An operation that is a function of the algebra and of the values of its arguments."""
    return lambda fold, node, values: function(fold.algebra, *fold.children(node, values))


def _diag(algebra: Algebra, u: Values) -> Values:
    zero = algebra.number(0)
    return tuple([tuple([entry if a == b else zero for b in range(len(u))]) for a, entry in enumerate(u)])


def _products(algebra: Algebra, left: Values, right: Values) -> Values:
    return tuple([algebra.mul(a, b) for a in left for b in right])


def _kron(algebra: Algebra, left: Values, right: Values) -> Values:
    return tuple([_products(algebra, above, below) for above in left for below in right])


def _unflatten(fold: Fold, node: Node, values: Values) -> Values:
    (u,), (_, columns) = fold.children(node, values), fold.sizes.shape(node.sort)
    return tuple([u[k : k + columns] for k in range(0, len(u), columns)])


def _iterate(fold: Fold, node: Node, values: Values) -> Any:
    step, start = (fold.function_at(node, place, values) for place in (0, 1))
    points = fold.sizes.elements(node.children[1][0].sort)
    signal = tuple([start(point) for point in points])
    for number in range(fold.child(node, 2, values)):
        signal = tuple([step(number, signal, point) for point in points])
    return signal[fold.child(node, 3, values)]


_OPERATIONS: dict[Any, Callable[[Fold, Node, Values], Any]] = {
    "add": _add,
    "neg": _neg,
    "zero": lambda fold, node, _: _zero(fold, node.sort),
    "scale": _scale,
    "one": lambda fold, *_: fold.algebra.number(1),
    "reciprocal": _scalar("reciprocal"),
    "sqrt": _scalar("sqrt"),
    "exp": _scalar("exp"),
    "inner": _inner,
    "matvec": _matvec,
    "matmul": _matmul,
    "true": lambda *_: True,
    "and": _and,
    "if": _if,
    "sum": _sum,
    "sum_pairs": _sum,
    "concat": _concat,
    "mul": _group("mul"),
    "inv": _group("inv"),
    "unit": lambda fold, node, _: fold.sizes.carriers[node.sort].unit,
    "act": _act,
    "nought": lambda *_: 0,
    "succ": lambda fold, node, values: fold.child(node, 0, values) + 1,
    "iterate": _iterate,
    "hadamard": _of(lambda algebra, u, v: _map(algebra.mul, u, v)),
    "reciprocals": _of(lambda algebra, u: _map(algebra.reciprocal, u)),
    "ones": lambda fold, node, _: fold._entries(node.sort, lambda _: fold.algebra.number(1)),
    "diag": _of(_diag),
    "outer": _of(lambda algebra, u, v: tuple([_products(algebra, (a,), v) for a in u])),
    "row_norms": _of(lambda algebra, a: tuple([algebra.sqrt(algebra.dot(row, row)) for row in a])),
    "transpose": _of(lambda algebra, a: tuple(zip(*a))),
    "kron": _of(_kron),
    "flatten": _of(lambda algebra, a: tuple(flatten(a))),
    "unflatten": _unflatten,
}
"""What each primitive constant means."""
