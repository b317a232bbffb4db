"""Functions and products of matrices: trace, row-wise softmax, heads side by side, ⊙, ⊗, maps on the rows.

A matrix is a term of ``Mat(m, n)``; its rows are counted by ``Fin(m)``.  So every size is symbolic, and every sum over
an index is over a finite set.
"""

from __future__ import annotations

from dataclasses import replace

from symbolic_equiv.document import names
from symbolic_equiv.document.conventional import CONCATENATIONS, FUNCTIONS_OF_MATRICES, INDICATORS
from symbolic_equiv.document.infer import Sorts
from symbolic_equiv.document.naming import Item, Scope
from symbolic_equiv.document.preterms import Local, Op, Pre, lambda_, say
from symbolic_equiv.document.problems import SHAPE, SORT, UNREADABLE, Ill
from symbolic_equiv.document.products import is_capital
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.trees import bracket_of, fresh_letter, letter, stems, substituted
from symbolic_equiv.kernel.sorts import DIMENSION, LINEAR, VARIABLE, Sort
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.theories.language import SCALAR, fin, mat, times, vec

_DOTS = frozenset({r"\ldots", r"\cdots", r"\dots"})


def softmax_way(subscript: s.Node | None) -> str:
    """``row`` or ``column`` for a softmax with such a word below it, else nothing."""
    word = "" if subscript is None else (s.letters(subscript) or "").lower()
    return next((way for way in ("row", "column") if word.startswith(way[:3])), "")


class Matrices:
    """The part of the elaborator that reads functions and products of matrices; ``Elaborator`` has the rest."""

    signature: Signature
    sorts: Sorts

    def function_of_matrices(self, items: list[Item], at: int, scope: Scope) -> Pre | None:
        """``tr``, ``diag``, ``Concat`` and an indicator, with the bracket behind them."""
        node = items[at].node
        if at + 1 >= len(items) or not isinstance(node, s.Name) or items[at].prefix:
            return None
        stem, value = names.stem(node), None
        if not (node.base in FUNCTIONS_OF_MATRICES or node.base in CONCATENATIONS or stem in INDICATORS):
            return None
        bracket, scripts = bracket_of(items[at + 1].node)
        if bracket is None or not self.means_nothing_else(replace(node, scripts=()), scope):
            return None
        if node.base in FUNCTIONS_OF_MATRICES and not node.scripts and len(bracket.items) == 1:
            value = self._known_function(FUNCTIONS_OF_MATRICES[node.base], bracket, scope)
        elif node.base in CONCATENATIONS and node.scripts and len(bracket.items) == 1:
            value = self.family(bracket.items[0], list(node.scripts), node, scope)
        elif node.base in CONCATENATIONS and not node.scripts:
            limits = [script for script in scripts if isinstance(script.body, s.Relation) or script.kind == "^"]
            if limits and len(bracket.items) == 1:
                return self.family(bracket.items[0], limits, node, scope)
            value = self.side_by_side(bracket.items, node, scope)
        elif stem in INDICATORS and not node.scripts and isinstance(bracket.body, s.Relation):
            value = self.indicator(self.term(bracket.body, scope), node)
        return None if value is None else self.scripted(value, scripts, node, scope)

    def _known_function(self, name: str, bracket: s.Group, scope: Scope) -> Pre:
        value, size = self.term(bracket.items[0], scope), self.sorts.fresh(DIMENSION)
        if name == "diag":
            self.unify(value.sort, vec(size), bracket, "a diagonal of what is no vector", value)
            return Op(mat(size, size), name, (value,), bracket.span)
        self.unify(value.sort, mat(size, size), bracket, "the trace of what is no square matrix", value)
        return Op(SCALAR, name, (value,), bracket.span)

    def side_by_side(self, items: tuple[s.Node, ...], node: s.Node, scope: Scope) -> Pre:
        """``\\mathrm{head}_1, \\ldots, \\mathrm{head}_H``: all members of a family, from the first to the last."""
        dots = [k for k, item in enumerate(items) if isinstance(item, s.Name) and item.base in _DOTS]
        if len(dots) != 1 or dots[0] not in (1, 2) or dots[0] != len(items) - 2:
            raise Ill(UNREADABLE, node, "a concatenation is read of ‘a_1, …, a_H’, the members of one family")
        first, last = items[0], items[-1]
        word = fresh_letter("hgkabcst", stems(last).__contains__)
        for size in _last_numbers(first, last):
            member = substituted(last, size, letter(word, size.span))
            if substituted(member, letter(word, size.span), _one(size.span)) == first:
                heads = self.signature.reader.dimension(size)
                return self._all_heads(word, heads, member, node, scope)
        raise Ill(UNREADABLE, node, f"‘{normalised(first)}’ and ‘{normalised(last)}’ are not of one family")

    def family(self, member: s.Node, limits: list[s.Script], node: s.Node, scope: Scope) -> Pre:
        """``\\mathrm{Concat}(\\mathrm{head}_h)_{h=1}^{H}``."""
        below = [script.body for script in limits if script.kind == "_"]
        above = tuple(script.body for script in limits if script.kind == "^")
        depth = 1 + max(member.depth, *(script.depth for script in limits))
        operator = s.Name(node.span, 1, r"\bigcup")
        binder = s.Binder(node.span, depth, operator, tuple(below), above[0] if above else None, member)
        return self.term(binder, scope)

    def _all_heads(self, word: str, heads: Sort, member: s.Node, node: s.Node, scope: Scope) -> Pre:
        variable = Local(fin(heads), word, word)
        return self.heads(variable, self.term(member, scope.binding(variable)), node)

    def heads(self, variable: Local, body: Pre, node: s.Node) -> Pre:
        """The vectors one after the other, or the matrices side by side, for all values of a variable."""
        heads = self.sorts.walk(variable.sort).args[0]
        sort = self.walk(body)
        if sort.tag == VARIABLE:
            self.settle()
            sort = self.walk(body)
        if sort.name == "Mat":
            whole = mat(sort.args[0], times(heads, sort.args[1]))
            return Op(whole, "side_by_side", (lambda_(variable, body),), node.span)
        size = self.sorts.fresh(DIMENSION)
        self.unify(body.sort, vec(size), node, "a concatenation of what is no vector or matrix", body, kind=SORT)
        return Op(vec(times(heads, size)), "concat", (lambda_(variable, body),), node.span)

    def softmax_of_matrix(self, name: s.Name, bracket: s.Node, scope: Scope) -> Pre | None:
        """``softmax(A)`` of a matrix, row by row, or of a vector; None if the scores are numbers."""
        subscript = next((s.ungrouped(script.body) for script in name.scripts if script.kind == "_"), None)
        way = softmax_way(subscript)
        inner, scripts = bracket_of(bracket)
        if inner is None or len(inner.items) != 1 or (subscript is not None and not way):
            return None
        mark, pending = self.sorts.mark(), list(self.signature.pending)
        symbols = dict(self.signature.symbols)
        try:
            score = self.term(inner.items[0], scope)
            self.settle()
        except Ill:
            if scope.frames:
                self.sorts.undo(mark)
                self.signature.pending, self.signature.symbols = pending, symbols
                return None
            raise
        sort = self.walk(score)
        if sort.tag == VARIABLE and not scope.frames:
            self.settle(force=True)
            sort = self.walk(score)
        if sort.tag == VARIABLE and not scope.frames and sort.cls != "base":
            self.sorts.same(sort, mat(self.sorts.fresh(DIMENSION), self.sorts.fresh(DIMENSION)))
            sort = self.walk(score)
        if sort.name not in ("Mat", "Vec"):
            self.sorts.undo(mark)
            self.signature.pending, self.signature.symbols = pending, symbols
            return None
        self.signature.softmax_uses.append(name.span)
        if sort.name == "Vec":
            value = Op(sort, "vector_softmax", (score,), name.span)
        elif (way or self.signature.softmax_way) == "column":
            turned = Op(mat(*reversed(sort.args)), "transpose", (score,), name.span)
            turned = Op(turned.sort, "row_softmax", (turned,), name.span)
            value = Op(sort, "transpose", (turned,), name.span)
        else:
            value = Op(sort, "row_softmax", (score,), name.span)
        return self.scripted(value, scripts, bracket, scope)

    # products

    def row_norms(self, node: s.Group, scope: Scope) -> Pre:
        """``\\lVert W \\rVert_{row}``: the norms of the rows of a matrix, as a vector."""
        value, rows, columns = self.term(node.body, scope), self.sorts.fresh(DIMENSION), self.sorts.fresh(DIMENSION)
        self.unify(value.sort, mat(rows, columns), node, "the norms of the rows of what is no matrix", value)
        return Op(vec(rows), "row_norms", (value,), node.span)

    def entry_by_entry(self, left: Pre, right: Pre, node: s.Node, sign: str = r"\odot") -> Pre:
        """``A \\odot B``, and ``u \\oslash v`` for the product with the reciprocals of ``v``."""
        shown = "⊙" if sign == r"\odot" else "⊘"
        self.unify(left.sort, right.sort, node, f"‘{shown}’ between what is not alike", left, right)
        if sign == r"\oslash":
            self.unify(right.sort, vec(self.sorts.fresh(DIMENSION)), node, "‘⊘’ by what is no vector", right)
            inverted = Op(right.sort, "reciprocals", (right,), node.span)
            is_one = isinstance(left, Op) and left.name == "ones"
            return inverted if is_one else Op(left.sort, "hadamard", (left, inverted), node.span)
        sort = self.walk(left)
        if sort.tag == VARIABLE:
            matrices = is_capital(left) or is_capital(right)
            like = mat(self.sorts.fresh(DIMENSION), self.sorts.fresh(DIMENSION))
            self.sorts.same(sort, like if matrices else self.sorts.fresh(LINEAR))
        if self.walk(left).cls != "linear":
            raise Ill(SORT, node, f"‘⊙’ of {say(self.sorts.resolve(sort))}")
        return Op(left.sort, "hadamard", (left, right), node.span)

    def kronecker(self, left: Pre, right: Pre, node: s.Node) -> Pre:
        """``A \\otimes B``, of two matrices."""
        shapes = []
        for part in (left, right):
            rows, columns = self.sorts.fresh(DIMENSION), self.sorts.fresh(DIMENSION)
            self.settle()
            if self.walk(part).tag != VARIABLE and self.walk(part).name != "Mat":
                raise Ill(UNREADABLE, node, "‘⊗’ is read between matrices only")
            self.unify(part.sort, mat(rows, columns), node, "‘⊗’ of what is no matrix", part)
            shapes.append((rows, columns))
        (a, b), (c, d) = shapes
        return Op(mat(times(a, c), times(b, d)), "kron", (left, right), node.span)

    def applied_to_rows(self, function: Pre, domain: Sort, target: Sort, argument: Pre, node: s.Node) -> Pre | None:
        """A map of vectors, or of numbers, applied to a matrix: row by row, entry by entry."""
        domain, target, given = self.sorts.walk(domain), self.sorts.walk(target), self.walk(argument)
        if given.name != "Mat":
            return None
        if domain == SCALAR and target == SCALAR:
            return Op(given, "entrywise", (function, argument), node.span)
        if domain.name == "Vec" and target.name == "Vec":
            if not self.sorts.same(domain.args[0], given.args[1]):
                what = f"a map of {say(self.sorts.resolve(domain))} on the rows of {say(self.sorts.resolve(given))}"
                raise Ill(SHAPE, node, what)
            return Op(mat(given.args[0], target.args[0]), "rowwise", (function, argument), node.span)
        return None


def _one(span) -> s.Number:
    return s.Number(span, 1, "1")


def _last_numbers(first: s.Node, last: s.Node) -> list[s.Node]:
    """The names and numbers in the last member of a family that may be the number of its members."""
    mine = list(first.walk())
    return [each for each in last.walk() if isinstance(each, s.Name | s.Number) and each not in mine]
