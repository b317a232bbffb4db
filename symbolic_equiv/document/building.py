"""Preterms become kernel terms, once all sorts are known."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from symbolic_equiv.document.preterms import App, Free, Lam, Local, Op, Pre, is_function
from symbolic_equiv.kernel import terms
from symbolic_equiv.kernel.sorts import BASE, KernelError, Sort, require
from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.latex.names import SITE, natural
from symbolic_equiv.latex.reader.source import Span
from symbolic_equiv.theories import entries, pairs, recursion
from symbolic_equiv.theories import language as lang
from symbolic_equiv.theories.language import Expr

if TYPE_CHECKING:
    from symbolic_equiv.document.context import Symbol
    from symbolic_equiv.document.infer import Sorts


MAX_NODES = 20_000
"""The largest expression: a power of a power of a power is soon larger than any printed page."""


class NotBuilt(Exception):
    """An operation for which the theory has no constant, or whose sorts stayed open."""

    def __init__(self, span: Span, message: str) -> None:
        super().__init__(message)
        self.span, self.message = span, message


class Builder:
    """Kernel terms from preterms, once all sorts are known; ``settle`` names what stayed unknown."""

    def __init__(self, sorts: Sorts, taken: set[str], symbols: dict[tuple[str, int], Symbol] | None = None) -> None:
        self.sorts, self.taken = sorts, taken
        self.symbols = symbols or {}
        self.numbers: dict[Local, int] = {}
        self.generic: frozenset[Sort] = frozenset()

        self.words: set[str] = set()
        self.written: dict[str, set[str]] = {}
        """For each group, by its name, which of ``plus``, ``minus``, ``product`` and ``inv`` are printed of it."""
        self.nodes = 0
        self.whole: frozenset[str] = frozenset()
        """The sorts that are the whole numbers, by their names: there the order is asked of a difference."""

    @property
    def multiplicative(self) -> frozenset[str]:
        """The groups of which products and inverses ``h^{-1}`` are printed, and no sums or differences."""
        return frozenset(name for name, used in self.written.items() if not used & {"plus", "minus"})

    def sort(self, sort: Sort) -> Sort:
        return self.sorts.default(sort, self.taken, self.generic)

    def name(self, word: str, pieces: tuple[str, ...], first: bool, hidden: int = 0) -> str:
        """A name for a symbol that prints as ``pieces``.

        Templates are shared with scripts and other documents.  So none is changed, and a plain name, which
        anybody may use, gets none by which it would print as something else.
        """
        shifted = tuple(re.sub(r"#(\d+)", lambda at: f"#{int(at[1]) + hidden}", piece) for piece in pieces)
        name, number, usual = word, 1, _is_usual(word, shifted)
        if word not in lang.TEMPLATES and not usual:
            name = f"{word}__1"
        while name in self.words or lang.TEMPLATES.get(name, shifted) != shifted:
            name, number = f"{word}__{number}", number + 1
        self.words.add(name)
        if name != word or not usual:
            lang.template(name, shifted)
        return name

    def head(self, local: Local) -> Head:
        if local.plain:
            return Head(terms.VARIABLE, self.plain_name(local), self.sort(local.sort))
        number = self.numbers.setdefault(local, len(self.numbers))
        return Head(terms.VARIABLE, f"{local.word}#{number}", self.sort(local.sort))

    def plain_name(self, local: Local) -> str:
        """The name of the symbol that a parameter is called by: what is defined with that depends on the parameter."""
        symbol = self.symbols.get((local.key, 0))
        if symbol is None or symbol.is_defined:
            return local.word
        sort = self.sort(local.sort)
        if self.sort(symbol.sort) != sort:
            return local.word
        return str(symbol.expr(self, sort).head.name)

    def expression(self, pre: Pre) -> Expr:
        """The kernel's term; raises ``NotBuilt``, or ``KernelError`` for a term that does not fit or is too large."""
        self.nodes = 0
        try:
            return self.build(pre)
        except RecursionError:
            raise KernelError("the expression is too deep") from None

    def build(self, pre: Pre) -> Expr:
        self.nodes += 1
        require(self.nodes <= MAX_NODES, "the expression is larger than {}", MAX_NODES)
        if isinstance(pre, Local):
            return lang.partial(self.head(pre), ())
        if isinstance(pre, Free):
            return pre.symbol.expr(self, self.sort(pre.sort))
        if isinstance(pre, Lam):
            body = self.build(pre.body)
            return Expr(terms.abstract(body.term, self.head(pre.variable), pre.variable.word))
        if isinstance(pre, App):
            spine: list[Pre] = []
            function: Pre = pre
            while isinstance(function, App):
                spine.append(function.argument)
                function = function.function
            return self.build(function)(*(self.build(arg) for arg in reversed(spine)))
        if isinstance(pre, Op):
            return self._op(pre)
        raise KernelError(f"not a preterm: {pre!r}")

    def _op(self, op: Op) -> Expr:
        if op.name == "number":
            return _numeral(int(op.args[0].word))
        args = [self.build(arg) for arg in op.args]
        sort = self.sort(op.sort)
        if sort.cls == BASE and op.name in ("plus", "minus", "inv"):
            self.written.setdefault(str(sort.name), set()).add(op.name)
        match op.name:
            case "plus":
                return _pointwise(lambda a, b: a + b, args)
            case "minus":
                return _pointwise(lambda a: -a, args)
            case "product" | "dot":
                return self._product(op, args)
            case "0":
                if sort.cls == BASE:
                    return lang.unit(g=sort)
                return lang.zero(v=sort)
            case "1":
                return lang.unit(g=sort) if sort.cls == BASE else lang.one()
            case "norm":
                return lang.sqrt(lang.inner(args[0], args[0]))
            case "divided":
                above = op.args[0]
                is_one = isinstance(above, Op) and above.name == "1"
                return lang.reciprocal(args[1]) if is_one else args[0] / args[1]
            case "steps":
                return _constant(op.name)(*args, g=sort)
            case "below" if str(args[0].sort.name) in self.whole and not _is_nought(op.args[0]):
                return _constant(op.name)(lang.unit(g=args[0].sort), args[1] - args[0])  # a translation moves nothing
            case "identity" | "ones":
                return _constant(op.name).at(n=sort.args[0])
            case "transpose" if args[0].sort.name == "Vec":  # one row
                return entries.outer(entries.ones.at(n=sort.args[0]), args[0])
            case "row_product":
                return entries.transpose(args[1]) @ args[0]
        constant, sources = _constant(op.name), []
        while not args and is_function(sort):  # the function itself, at this instance of its sort
            sources.append(sort.args[0])
            sort = sort.args[1]
        return constant.at(*sources) if sources else constant(*args)

    def _product(self, op: Op, args: list[Expr]) -> Expr:
        left, right = args
        one, other = left.sort, right.sort
        if one == lang.SCALAR:
            return lang.scale(left, right)
        if other == lang.SCALAR:
            return lang.scale(right, left)
        if one.cls == other.cls == BASE:
            self.written.setdefault(str(one.name), set()).add("product")
            return lang.mul(left, right) if one == other else lang.act(left, right)
        if one.name == "Mat" and other.name in ("Vec", "Mat"):
            return left @ right
        raise NotBuilt(op.span, f"{_say(one)} times {_say(other)} is no product")


_CONSTANTS = {
    "inner": lang.inner,
    "sqrt": lang.sqrt,
    "exp": lang.exp,
    "sum": lang.sum_,
    "concat": lang.concat,
    "softmax": lang.softmax_,
    "sum_pairs": pairs.sum_pairs,
    "softmax_pairs": pairs.softmax_pairs,
    "true": lang.true,
    "and": lang.and_,
    "inv": lang.inv,
    "if": lang.if_,
}
FUNCTIONS = {
    r"\mathrm{iterate}": recursion.iterate, r"\mathrm{succ}": recursion.succ, r"\mathrm{nought}": recursion.nought,
    r"\mathrm{vec}_{row}": entries.flatten, r"\mathrm{mat}_{row}": entries.unflatten,
}  # fmt: skip
"""Constants that print as a name with arguments, by that name; a document may give the name another meaning."""
_CONSTANTS |= {constant.declaration.name: constant for constant in FUNCTIONS.values()}


def _constant(name: str) -> lang.Constant:
    return _CONSTANTS[name] if name in _CONSTANTS else _of_matrices()[name]


@cache
def _of_matrices() -> dict[str, lang.Constant]:
    """The constants that few documents need; their theories are not loaded for the others."""
    from symbolic_equiv.theories import matrices, ranges

    found = (*entries.CONSTANTS, *matrices.CONSTANTS, *ranges.CONSTANTS)
    return {constant.declaration.name: constant for constant in found}


def _is_nought(pre: Pre) -> bool:
    return isinstance(pre, Op) and pre.name == "0"


def _numeral(value: int) -> Expr:
    """A small number as a sum of ones."""
    total = lang.one()
    for _ in range(value - 1):
        total = total + lang.one()
    return total


def _pointwise(operation, args: list[Expr]) -> Expr:
    """The operation, or for functions the function that does it at each argument."""
    sort = args[0].sort
    if not is_function(sort):
        return operation(*args)
    arrows, rest = 0, sort
    while is_function(rest):
        arrows, rest = arrows + 1, rest.args[1]
    hole = lang.partial(Head(terms.VARIABLE, f"u#{arrows}~", sort.args[0]), ())
    return lang.lam(hole, _pointwise(operation, [arg(hole) for arg in args]))


def _say(sort: Sort) -> str:
    return {"Scalar": "a number", "Vec": "a vector", "Mat": "a matrix", "→": "a map"}.get(
        sort.name, f"an element of {sort}"
    )


def _is_usual(word: str, pieces: tuple[str, ...]) -> bool:
    """Whether a symbol of this name prints so without being told: its letters, and its arguments in one bracket."""
    if pieces[0] != natural(word).replace(SITE, ""):
        return False
    numbers = range(1, 1 + "".join(pieces[1:]).count("#"))
    return pieces[1:] == ((f"({', '.join(f'#{k}' for k in numbers)})",) if numbers else ())
