"""Both sides at given sizes as a person writes them: sums in their order, and a name for each part.

An entry of a projection, a value, a weight of a softmax and a sum of weighted values get one name each, by what they
are and not by where they stand.  So two sides with the same summands in another order read ``a₁ v₁ + a₂ v₂`` and
``a₂ v₂ + a₁ v₁``, and after the re-indexing they are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from symbolic_equiv.explicit.algebra import Symbol, Values
from symbolic_equiv.explicit.errors import ExplicitError
from symbolic_equiv.explicit.fold import Fold
from symbolic_equiv.explicit.operations import flatten
from symbolic_equiv.explicit.sympy_expressions import Sympy
from symbolic_equiv.explicit.sympy_view import Explicit
from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Term

PROJECTION, VALUE, WEIGHT, SUM, PART = "projection", "value", "weight", "sum", "part"
MAX_NAMES = 400
"""More than these no page can hold."""

LONG = 10
"""A factor with more operations than these gets a name, and so does the argument of an arbitrary function."""

Rows = list[list[Any]]


@dataclass(frozen=True)
class Name:
    """A SymPy symbol that stands for an expression, and what kind of thing that is."""

    symbol: Any
    kind: str
    value: Any


class Written(Sympy):
    """SymPy expressions that stay as they are built, with names for their parts."""

    def __init__(self, letters: Mapping[str, str], spellings: dict[str, Symbol]) -> None:
        super().__init__(True, spellings)
        self._letters, self._known = letters, {}
        self.names: dict[Any, Name] = {}
        self.entries: dict[str, Symbol] = {}
        """The symbol entries that occur, by how they are spelled."""

    def symbol(self, key: Symbol) -> Any:
        found = super().symbol(key)
        self.entries.setdefault(found.name, key)
        return found

    def name(self, a: Any) -> Any:
        return self._named(SUM if a in self._sums else PROJECTION, a)

    def scale(self, factor: Any, entry: Any) -> Any:
        weighs = factor in self.names and self.names[factor].kind == WEIGHT
        return self.mul(factor, self._named(VALUE, entry) if weighs else entry)

    def add(self, a: Any, b: Any) -> Any:
        return self.total((a, b))

    def total(self, items: Sequence[Any]) -> Any:
        parts = [part for item in items for part in (item.args if item.is_Add else (item,)) if part != 0]
        return self._sympy.Add(*parts, evaluate=any(part.is_Number for part in parts))

    def sum_over(self, items: Sequence[Any]) -> Any:
        found = self.total(items)
        self._sums.add(found)
        return found

    def mul(self, a: Any, b: Any) -> Any:
        for over, under in ((a, b), (b, a)):
            if under.is_Pow and under.exp == -1 and under.base in self._sums and isinstance(over, self._sympy.exp):
                return self._named(WEIGHT, self._sympy.Mul(over, under, evaluate=False))
        if a.is_Number or b.is_Number:
            return a * b
        a, b = self._short(a), self._short(b)
        parts = [part for each in (a, b) for part in (each.args if each.is_Mul else (each,))]
        return self._sympy.Mul(*parts, evaluate=False)

    def opaque(self, key: Symbol, args: Sequence[Any]) -> Any:
        found = super().opaque(key, [self._short(arg) for arg in args])
        self.entries.setdefault(found.func.__name__, key)
        return found

    def sqrt(self, a: Any) -> Any:
        return super().sqrt(self._named(PART, a) if a.is_Add else a)

    def _short(self, a: Any) -> Any:
        return self._named(PART, a) if a.is_Add and a.count_ops() > LONG else a

    @property
    def _sums(self) -> set[Any]:
        return self._known.setdefault("sums", set())

    def _named(self, kind: str, a: Any) -> Any:
        if a.is_Symbol or a.is_Number:
            return a
        key = (kind, self._key(kind, a))
        if key not in self._known:
            if len(self.names) >= MAX_NAMES:
                raise ExplicitError("there is too much to be written on a page at these sizes")
            number = 1 + sum(name.kind == kind for name in self.names.values())
            symbol = self._sympy.Symbol(f"{self._letters[kind]}_{number}", real=True)
            self.names[symbol] = Name(symbol, kind, a)
            self._known[key] = symbol
        return self._known[key]

    def _key(self, kind: str, a: Any) -> Any:
        """What makes two parts one: their summands in any order, but for the sums whose order is to be seen."""
        if kind == SUM:
            return a
        if kind == WEIGHT:
            over, under = a.args
            return over, frozenset(under.base.args)
        return self._sympy.expand(a)


class WrittenSides:
    """The sides and the lines of a statement in one model, row by row, with one stock of names."""

    def __init__(self, view: Explicit, letters: Mapping[str, str], rows: slice = slice(None)) -> None:
        self._view, self._rows = view, rows
        self.spellings: dict[str, Symbol] = dict(view._spellings)
        self.algebra = Written(letters, self.spellings)
        if not view._comparison.linear:
            raise ExplicitError("its sides are no numbers, vectors or matrices")

    @property
    def rows(self) -> list[dict[str, object]]:
        """The values of the free elements in each row."""
        return self._view.rows[self._rows]

    def left(self) -> Rows:
        """The left side, its sums in the order of the tokens."""
        return self._side(0)

    def right(self) -> Rows:
        """The right side in the same way."""
        return self._side(1)

    def right_reindexed(self) -> Rows:
        """The right side, its sums in the order that the re-indexing gives."""
        return self._side(1, self._view._orders)

    def line(self, term: Term) -> Rows:
        """A line of a derivation: a term in the symbols of the statement."""
        model = self._view._model
        node, reads = model.graph.add(term, model.individuals)
        fold = Fold(model, self.algebra)
        return [flatten(fold.value(node, tuple([chosen[p] for p in reads]))) for chosen in self._chosen]

    def names(self, of: Iterable[Any]) -> list[Name]:
        """The names that occur in some expressions, and in what these stand for; sums first, projections last."""
        found: dict[Any, Name] = {}
        waiting = list(of)
        while waiting:
            for symbol in sorted(waiting.pop(0).free_symbols, key=lambda each: _natural(each.name)):
                if symbol in self.algebra.names and symbol not in found:
                    found[symbol] = self.algebra.names[symbol]
                    waiting.append(found[symbol].value)
        kinds = (SUM, WEIGHT, VALUE, PROJECTION, PART)
        return sorted(found.values(), key=lambda name: (kinds.index(name.kind), _natural(name.symbol.name)))

    @property
    def _chosen(self) -> list[Values]:
        return self._view._chosen[self._rows]

    def _side(self, which: int, orders: Mapping[Sort, Sequence[int]] | None = None) -> Rows:
        fold = Fold(self._view._model, self.algebra, orders)
        return [self._view._comparison.side(fold, which, chosen) for chosen in self._chosen]


def _natural(name: str) -> tuple[int, str]:
    return len(name), name
