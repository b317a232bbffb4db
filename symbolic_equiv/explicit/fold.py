"""One fold over the graph, many meanings: exact normal forms, two prime fields, intervals, SymPy.

Values: an element of a base sort or of ``Fin(n)`` is a number from 0 on, a Bool is a Bool, a vector a
tuple of scalars, a matrix a tuple of rows.  What a scalar is, an ``Algebra`` says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from symbolic_equiv.explicit.algebra import Algebra, Values
from symbolic_equiv.explicit.errors import ExplicitError
from symbolic_equiv.explicit.graph import BOUND_NODE, CALL, FUNCTION, OPERATION, Node
from symbolic_equiv.explicit.operations import OPERATIONS, flatten
from symbolic_equiv.explicit.sizes import Sizes, is_discrete
from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Head

_LINEAR = ("Scalar", "Vec", "Mat")


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
            result = OPERATIONS[node.label](self, node, values)
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

    def elements(self, sort: Sort) -> Collection[Any]:
        return self.order.get(sort) or self.sizes.elements(sort)

    def generic(self, sort: Sort, key: tuple) -> Any:
        """A value that stands for any: symbol entries, and a table of them for a function."""
        if sort.name == "→" and is_discrete(sort.args[0]):
            return tuple([self.generic(sort.args[1], (*key, e)) for e in self.sizes.elements(sort.args[0])])
        if sort.name == "→":
            return _Arbitrary(self, sort, key)
        if sort.name not in _LINEAR:
            raise ExplicitError(f"{sort}: a bound function with values in a finite sort cannot be written out")
        return self.entries(sort, lambda place: self.algebra.symbol((key[0], key[1:], place)))

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

    def entries(self, sort: Sort, entry: Callable[[tuple[int, ...]], Any]) -> Any:
        """A scalar, vector or matrix, from what is at each place."""
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
            return self.entries(sort, lambda place: self.algebra.symbol((head, key, place)))
        form = self.meaning.form(head)
        real = [(arg, domain) for arg, domain in zip(args, domains) if not is_discrete(domain)]
        if form == "pointwise":
            place = [domain for domain in domains if is_discrete(domain)][-1]
            at, discrete, form = discrete[-1], discrete[:-1], "opaque"
            args = [arg[at] if domain.name == "→" and domain.args[0] == place else arg for arg, domain in real]
        else:
            args = [arg for arg, _ in real]
        scalars = flatten(args)
        if form == "linear":
            row = lambda place: [self.algebra.symbol((head, discrete, (*place, b))) for b in range(len(scalars))]
            return self.entries(sort, lambda place: self.algebra.dot(row(place), scalars))
        return self.entries(sort, lambda place: self.algebra.opaque((head, discrete, place), scalars))


class _Arbitrary:
    """A function of vectors that stands for any."""

    def __init__(self, fold: Fold, sort: Sort, key: tuple) -> None:
        self._fold, self._sort, self._key = fold, sort, key

    def __getitem__(self, arg: Any) -> Any:
        result, key = self._sort.args[1], (self._key[0], self._key[1:])
        if result.name == "→":
            raise ExplicitError(f"{self._sort}: a bound function of several vectors cannot be written out")
        scalars = flatten(arg)
        return self._fold.entries(result, lambda place: self._fold.algebra.opaque((*key, place), scalars))
