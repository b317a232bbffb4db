"""The SymPy objects of a statement at given sizes, built when they are asked for.

>>> from symbolic_equiv.theories.attention import L, f, i, x, x_inv, x_is_bijective, y
>>> from symbolic_equiv.theories.statement import Statement
>>> there_and_back = Statement("back", L(y, L[-y, f], i), f(i), (x_is_bijective,))
>>> view = explicit(there_and_back, n=3, d_in=2)
>>> view.left
Matrix([
[f_0_0, f_0_1],
[f_1_0, f_1_1],
[f_2_0, f_2_1]])
>>> view.left == view.right, view.verdict
(True, 'equal')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from symbolic_equiv.explicit.algebra import Symbol, Values
from symbolic_equiv.explicit.errors import ExplicitError
from symbolic_equiv.explicit.exact import Exact, Poly
from symbolic_equiv.explicit.fold import Fold
from symbolic_equiv.explicit.model import ALL, Model
from symbolic_equiv.explicit.sizes import read_sizes
from symbolic_equiv.explicit.sympy_expressions import Naming, Spelling, Sympy
from symbolic_equiv.explicit.witness import Comparison
from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.latex.counted import counted
from symbolic_equiv.theories.statement import Statement

if TYPE_CHECKING:
    from sympy import Expr, Matrix
    from sympy import Symbol as SympySymbol


LATEX_OPERATIONS, LATEX_ENTRIES, LATEX_NAMES = 200, 12, 16
"""Up to where a notebook shows the matrices themselves, or their normal forms with what the names stand for."""


def explicit(
    statement: Statement,
    at: Mapping[str, object] | None = None,
    neighbourhoods: str = ALL,
    tables: Mapping[str, Sequence[int]] | None = None,
    seed: int = 0,
    linear: bool = False,
    **sizes: object,
) -> Explicit:
    """Both sides of ``statement`` as SymPy matrices, at sizes such as ``n=3, d_in=2`` or ``torus=(2, 3)``.

    There is one row for each value of the free elements (the token ``i``); a free element of a group
    (the translation ``y``) is fixed, to the element 1 unless ``at={"y": …}`` says otherwise.
    With ``linear`` arbitrary maps of vectors are matrices, where the hypotheses allow it.
    Raises ``SizeError`` for a size that is missing, unknown or zero, and ``HypothesisError``.
    """
    found = read_sizes(statement, sizes)
    model = Model(statement, found, neighbourhoods, seed, tables, linear)
    fixed = {
        str(head.name): found.carriers[head.sort].label(min(1, len(found.carriers[head.sort]) - 1))
        for head in model.individuals
        if hasattr(found.carriers.get(head.sort), "mul")
    }
    return Explicit(model, Comparison(model, {**fixed, **(at or {})}))


class Explicit:
    """Both sides at given sizes.  Matrices have one row for each of ``rows`` and one column for each entry."""

    def __init__(self, model: Model, comparison: Comparison) -> None:
        self._model, self._comparison = model, comparison
        self._spellings: dict[str, Symbol] = {}
        self._chosen = list(comparison.rows())
        if not self._chosen:
            raise ExplicitError("no element satisfies the hypotheses at these sizes")

    @property
    def sizes(self) -> dict[str, object]:
        """The sizes, by the names of dimensions and base sorts (the shape, for a torus)."""
        carriers = {s.name: c.shape if len(c.shape) > 1 else len(c) for s, c in self._model.sizes.carriers.items()}
        return {**carriers, **self._model.sizes.dimensions}

    @cached_property
    def rows(self) -> list[dict[str, object]]:
        """The values of the free elements, row by row."""
        return [self._comparison.labels(chosen) for chosen in self._chosen]

    @cached_property
    def left(self) -> Matrix:
        """The left side, from its definitions."""
        return self._matrix(0, self._algebra())

    @cached_property
    def right(self) -> Matrix:
        """The right side, built on its own from its definitions."""
        return self._matrix(1, self._algebra())

    @cached_property
    def left_as_written(self) -> Matrix:
        """The left side with its sums unevaluated, token after token."""
        return self._matrix(0, self._algebra(written=True))

    @cached_property
    def right_before(self) -> Matrix:
        """The right side with its sums unevaluated, token after token: before the re-indexing."""
        return self._matrix(1, self._algebra(written=True))

    @cached_property
    def right_reindexed(self) -> Matrix:
        """The right side after the re-indexing: its sums run over ``substitution(0), substitution(1), …``.

        It then agrees with ``left_as_written`` summand by summand (identically, where nothing else than the
        order differed; up to expanding the projections for merged against unmerged matrices).
        """
        return self._matrix(1, self._algebra(written=True), self._orders)

    @cached_property
    def substitution(self) -> dict[object, object]:
        """The re-indexing, token by token: ``j`` is replaced by ``substitution[j]``; no change where none is needed.

        Found among the maps of tokens that occur in the statement, such as ``x⁻¹(x(j) − y)``: the first
        that makes the sums of both sides agree summand by summand.  Empty if there is none.
        """
        for sort, order in self._orders.items():
            carrier = self._model.sizes.carriers[sort]
            shown = next((c for c in self._model.sizes.carriers.values() if c.shape != (len(c),)), carrier)
            label = shown.label if len(shown) == len(carrier) else carrier.label
            return {label(element): label(image) for element, image in enumerate(order)}
        return {}

    @cached_property
    def definitions(self) -> dict[SympySymbol, Expr]:
        """What the hypotheses put for the entries that they define, such as ``rho_0_2_1`` and ``rho_P_2_1``."""
        found: dict[Any, Any] = {}
        algebra = self._algebra()
        fold = Fold(self._model, algebra)
        for head, value in self._model.definitions.items():
            node, reads = self._model.graph.add(value, self._model.individuals)
            for chosen in self._chosen[:1]:
                _spread(head, fold.value(node, tuple([chosen[p] for p in reads])), algebra, found)
        return found

    @cached_property
    def verdict(self) -> str:
        """``equal``, ``undecided`` or ``refuted``, by our own normal forms and intervals, not by SymPy."""
        return self._decided[0]

    @cached_property
    def difference(self) -> Any:
        """Where the sides differ (see ``witness.Difference``), if they are ``refuted``."""
        return self._decided[4]

    @cached_property
    def simplified(self) -> tuple[Matrix, Matrix, dict[SympySymbol, Expr]]:
        """Both sides in normal form, and what its names ``c1, c2, …`` stand for: equal matrices for equal sides."""
        import sympy

        fold = Fold(self._model, Exact())
        spelling = Spelling(fold.algebra, self._algebra())  # type: ignore[arg-type]
        sides = [
            sympy.Matrix([[spelling.poly(entry) for entry in self._comparison.side(fold, which, chosen)]])
            for chosen in self._chosen
            for which in (0, 1)
        ]
        left, right = sympy.Matrix.vstack(*sides[::2]), sympy.Matrix.vstack(*sides[1::2])
        return left, right, spelling.names

    def equal_in_sympy(self) -> bool:
        """A second opinion by SymPy alone: every ``exp`` and every denominator is named by its expanded argument.

        Slow beyond small sizes.  False means that SymPy sees a difference in form, not that there is one.
        """
        import sympy

        naming = Naming()
        pairs = zip(self.left.flat(), self.right.flat())
        return all(sympy.expand(naming(left) - naming(right)) == 0 for left, right in pairs)

    def _algebra(self, written: bool = False) -> Sympy:
        return Sympy(written, self._spellings)

    @cached_property
    def _decided(self) -> tuple:
        return self._comparison.decide(self._model.seed)

    def _matrix(self, which: int, algebra: Sympy, orders: Mapping[Sort, Sequence[int]] | None = None) -> Matrix:
        import sympy

        if not self._comparison.linear:
            raise ExplicitError("the sides are no scalars, vectors or matrices")
        fold = Fold(self._model, algebra, orders)
        return sympy.Matrix([self._comparison.side(fold, which, chosen) for chosen in self._chosen])

    @cached_property
    def _orders(self) -> dict[Sort, tuple[int, ...]]:
        ordered = _Ordered()
        plain = Fold(self._model, ordered)
        left = [self._comparison.side(plain, 0, chosen) for chosen in self._chosen]
        for chosen in self._chosen:
            self._comparison.side(plain, 1, chosen)
        for sort, order in self._candidates(plain):
            fold = Fold(self._model, ordered, {sort: order})
            right = [self._comparison.side(fold, 1, chosen) for chosen in self._chosen]
            if all(a.parts == b.parts for s, t in zip(left, right) for a, b in zip(s, t)):
                return {sort: order}
        return {}

    def _candidates(self, fold: Fold) -> list[tuple[Sort, tuple[int, ...]]]:
        """The identity, then each bijection of a base sort that a term of the statement is, and its inverse."""
        carriers = self._model.sizes.carriers
        plain = [sort for sort in carriers if not hasattr(carriers[sort], "mul")] or list(carriers)
        found = [(sort, tuple(range(len(carriers[sort])))) for sort in plain]
        for node in self._model.graph.nodes:
            if node.sort not in plain or node.kind == "function":
                continue
            size = len(carriers[node.sort])
            for table in _partial_maps(fold.memo(node)):
                order = tuple(table.get(element) for element in range(size))
                if sorted(table) == sorted(table.values()) == list(range(size)):
                    inverse = tuple(order.index(element) for element in range(size))
                    found += [(node.sort, order), (node.sort, inverse)]  # type: ignore[list-item]
        return list(dict.fromkeys(found))

    def __repr__(self) -> str:
        return f"{self._model.statement.name} at {self._model.sizes}: {self.verdict}, {counted(len(self.rows), 'row')}"

    def _repr_latex_(self) -> str:
        import sympy

        sign = {"equal": "=", "refuted": r"\neq"}.get(self.verdict, r"\overset{?}{=}")
        left, right, names = self.left, self.right, {}
        if sum(map(sympy.count_ops, left.flat() + right.flat())) > LATEX_OPERATIONS:
            left, right, names = self.simplified
        if len(left) > LATEX_ENTRIES or len(names) > LATEX_NAMES:
            text = str(self).replace("_", r"\_").replace("×", r"$\times$")
            return rf"$$\text{{{text}}}$$"
        lines = [f"{sympy.latex(left)} &{sign} {sympy.latex(right)}"]
        lines += [f"{sympy.latex(name)} &= {sympy.latex(value)}" for name, value in names.items()]
        return "$$\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}$$"


class _Ordered(Exact):
    """Normal forms in which a sum over the elements of a sort is known by its summands, in their order."""

    def sum_over(self, items: Sequence[Poly]) -> Poly:
        return self.atom(("sum", tuple([item.key() for item in items])), ("sum", tuple(items)))


def _spread(head: Head, value: Any, algebra: Sympy, found: dict[Any, Any], args: Values = ()) -> None:
    """The entries of a table of vectors or matrices, each under its symbol."""
    if isinstance(value, tuple):
        for index, part in enumerate(value):
            _spread(head, part, algebra, found, (*args, index))
    elif hasattr(value, "free_symbols"):
        found[algebra.symbol((head, args, ()))] = value


def _partial_maps(memo: Mapping[Values, Any]) -> list[dict[Any, Any]]:
    """A recorded function of several arguments, as a function of each of them, the others fixed."""
    found: dict[tuple, dict[Any, Any]] = {}
    for values, result in memo.items():
        for position, argument in enumerate(values):
            others = (position, *values[:position], *values[position + 1 :])
            found.setdefault(others, {})[argument] = result
    return list(found.values())
