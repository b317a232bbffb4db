"""What each primitive constant means for the fold, as operations on the entries of vectors and matrices."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING, Any

from symbolic_equiv.explicit.algebra import Algebra, Values
from symbolic_equiv.explicit.carriers import act
from symbolic_equiv.explicit.errors import ExplicitError
from symbolic_equiv.explicit.graph import FUNCTION, Node
from symbolic_equiv.explicit.sizes import is_discrete
from symbolic_equiv.kernel.sorts import Sort

if TYPE_CHECKING:
    from symbolic_equiv.explicit.fold import Fold


def flatten(value: Any) -> list[Any]:
    """All scalars of a vector, a matrix, a table of them."""
    found: list[Any] = []
    _flatten(value, found)
    return found


def _flatten(value: Any, into: list[Any]) -> None:
    if isinstance(value, (tuple, list)):
        for item in value:
            _flatten(item, into)
    else:
        into.append(value)


def _map(function: Callable[..., Any], *values: Any) -> Any:
    """``function`` entry by entry."""
    if isinstance(values[0], tuple):
        return tuple([_map(function, *entries) for entries in zip(*values)])
    return function(*values)


def _zero(fold: Fold, sort: Sort) -> Any:
    return fold.entries(sort, lambda _: fold.algebra.number(0))


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


OPERATIONS: dict[Any, Callable[[Fold, Node, Values], Any]] = {
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
    "ones": lambda fold, node, _: fold.entries(node.sort, lambda _: fold.algebra.number(1)),
    "diag": _of(_diag),
    "outer": _of(lambda algebra, u, v: tuple([_products(algebra, (a,), v) for a in u])),
    "row_norms": _of(lambda algebra, a: tuple([algebra.sqrt(algebra.dot(row, row)) for row in a])),
    "transpose": _of(lambda algebra, a: tuple(zip(*a))),
    "kron": _of(_kron),
    "flatten": _of(lambda algebra, a: tuple(flatten(a))),
    "unflatten": _unflatten,
}
"""What each primitive constant means."""
