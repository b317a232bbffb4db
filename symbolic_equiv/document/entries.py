"""Matrices and vectors by their entries: ``A_{ij}``, rows and columns, and the matrix that is made of given numbers."""

from __future__ import annotations

from symbolic_equiv.document import names
from symbolic_equiv.document.infer import Sorts
from symbolic_equiv.document.naming import Scope
from symbolic_equiv.document.preterms import App, Free, Local, Op, Pre, lambda_, say
from symbolic_equiv.document.problems import SORT, UNREADABLE, Ill
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.trees import bracket_of, index_items
from symbolic_equiv.kernel.sorts import DIMENSION, VARIABLE, Sort
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.theories.language import SCALAR, fin, mat, vec

_EVERYTHING = frozenset({":", r"\cdot", r"\ast", r"\bullet"})
"""What stands for all rows or columns in ``X_{i,:}``."""


class Entries:
    """The part of the elaborator that reads entries of matrices; ``Elaborator`` has the rest."""

    signature: Signature
    sorts: Sorts

    def is_matrix(self, key: str) -> bool:
        """Whether a name is that of a matrix or a vector by itself: then small letters below it are indices."""
        symbol = self.signature.symbols.get((key, 0))
        if symbol is None or (symbol.derived_from is not None and ("_", False) in symbol.derived_from.styles):
            return False  # x_i is a vector, so x is none
        return self.signature.shape(symbol).name in ("Mat", "Vec")

    def entries_of(self, value: Pre, indices: tuple[s.Node, ...], node: s.Node, scope: Scope) -> Pre:
        """``A_{ij}`` and ``v_i`` as numbers, ``A_i``, ``A_{i,:}`` and ``A_{:,j}`` as vectors."""
        sort = self.walk(value)
        if sort.tag == VARIABLE:
            self.settle()
            sort = self.walk(value)
        if sort.tag == VARIABLE:
            sort = mat(self.sorts.fresh(DIMENSION), self.sorts.fresh(DIMENSION))
            self.unify(value.sort, sort, node, "an entry of what is no matrix", value)
        if sort.name == "Vec" and len(indices) == 1:
            return Op(SCALAR, "coordinate", (value, self._index(indices[0], sort.args[0], scope)), node.span)
        if sort.name != "Mat" or len(indices) > 2:
            raise Ill(SORT, node, f"{len(indices)} indices on {say(self.sorts.resolve(sort))}")
        rows, columns = sort.args
        every = [isinstance(index, s.Name) and index.base in _EVERYTHING for index in indices]
        if every == [True, False]:
            return Op(vec(rows), "column", (value, self._index(indices[1], columns, scope)), node.span)
        if every in ([False], [False, True]):
            return Op(vec(columns), "row", (value, self._index(indices[0], rows, scope)), node.span)
        if every != [False, False]:
            raise Ill(UNREADABLE, node, "an entry has a row and a column")
        at = (self._index(indices[0], rows, scope), self._index(indices[1], columns, scope))
        return Op(SCALAR, "entry", (value, *at), node.span)

    def _index(self, node: s.Node, size: Sort, scope: Scope) -> Pre:
        index = self.term(node, scope)
        self.unify(index.sort, fin(size), node, "an index of another kind", index)
        return index

    def whole_of_entries(self, printed: names.Printed, node: s.Name) -> Pre | None:
        """``A`` where only its entries ``A_{ij}`` were given: the matrix of these numbers."""
        symbol = self.signature.symbols.get((printed.key, 2))
        bare = self.signature.symbols.get((printed.key, 0))
        if symbol is None or symbol.derived_from is not None or (bare is not None and bare.derived_from is not symbol):
            return None
        if any(kind != "_" or bracketed for kind, bracketed in symbol.styles) or not symbol.styles:
            return None
        self.ready(symbol)
        family = Free(symbol.instance(self.sorts), symbol)
        rows, columns = self.sorts.fresh(DIMENSION), self.sorts.fresh(DIMENSION)
        i, j = Local(fin(rows), "i", "i"), Local(fin(columns), "j", "j")
        target = self.walk(family).args[1]
        inner = App(target, family, i)
        entry = App(self.sorts.walk(target).args[1], inner, j)
        if self.sorts.walk(entry.sort) != SCALAR or not (
            self.sorts.same(self.walk(family).args[0], i.sort)
            and self.sorts.same(self.sorts.walk(target).args[0], j.sort)
        ):
            return None
        symbol.uses.append(node.span)
        return Op(mat(rows, columns), "matrix", (lambda_(i, lambda_(j, entry)),), node.span)

    def made_of_entries(self, node: s.Scripted, scope: Scope) -> Pre | None:
        """``[F(i, j)]_{i, j}``, the matrix of these numbers, and ``[F(i)]_{i}``; None if the bracket has no numbers."""
        inner, scripts = bracket_of(node)
        if inner is None or inner.kind != "[" or len(inner.items) != 1 or [each.kind for each in scripts] != ["_"]:
            return None
        letters = index_items(scripts[0].body)
        if len(letters) > 2 or not all(isinstance(each, s.Name) and not each.font for each in letters):
            return None
        mark, pending, symbols = self.sorts.mark(), list(self.signature.pending), dict(self.signature.symbols)
        bound = [self.variable(each, scope, fin(self.sorts.fresh(DIMENSION))) for each in letters]
        try:
            value = self.term(inner.items[0], scope.binding(*bound))
            if not self.sorts.same(value.sort, SCALAR):
                value = None
        except Ill:
            value = None
        if value is None or len({each.key for each in bound}) < len(bound):
            self.sorts.undo(mark)
            self.signature.pending, self.signature.symbols = pending, symbols
            return None
        sizes = [self.sorts.walk(each.sort).args[0] for each in bound]
        for each in reversed(bound):
            value = lambda_(each, value)
        name, sort = ("vector", vec(*sizes)) if len(sizes) == 1 else ("matrix", mat(*sizes))
        return Op(sort, name, (value,), node.span)
