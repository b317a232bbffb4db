"""What is read where matrices are meant: entries and rows, row-wise softmax, indicators, identity, heads side by side.

A matrix is a term of ``Mat(m, n)``; its rows are counted by ``Fin(m)``.  So every size is symbolic, and every sum over
an index is over a finite set.
"""

from __future__ import annotations

from dataclasses import replace

from symbolic_equiv.document import names
from symbolic_equiv.document.infer import Sorts
from symbolic_equiv.document.naming import Item, Scope
from symbolic_equiv.document.preterms import FUNCTIONS, App, Free, Local, Op, Pre, is_function, lambda_, say
from symbolic_equiv.document.problems import SHAPE, SORT, UNREADABLE, Ill
from symbolic_equiv.document.products import is_capital
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.trees import index_items, letter, stems, substituted
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, LINEAR, VARIABLE, Sort, substitute_sort
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.theories.language import BOOL, SCALAR, fin, mat, times, vec

_IDENTITIES = frozenset({"I", r"\mathbf{I}", r"\mathbb{I}", r"\mathrm{Id}"})
_ONES = frozenset({r"\mathbf{1}", r"\mathbb{1}"})
_INDICATORS = _ONES | {r"\mathbb{I}"}
_BY_THEMSELVES = _IDENTITIES | _ONES | {r"\delta", "e"}
_FUNCTIONS = {"tr": "trace", "Tr": "trace", "trace": "trace", "diag": "diag", "Diag": "diag"}
_CONCATENATIONS = frozenset({"Concat", "concat", "Cat", "cat", "Concatenate"})
_DOTS = frozenset({r"\ldots", r"\cdots", r"\dots"})
_EVERYTHING = frozenset({":", r"\cdot", r"\ast", r"\bullet"})
"""What stands for all rows or columns in ``X_{i,:}``."""


def softmax_way(subscript: s.Node | None) -> str:
    """``row`` or ``column`` for a softmax with such a word below it, else nothing."""
    word = "" if subscript is None else (s.letters(subscript) or "").lower()
    return next((way for way in ("row", "column") if word.startswith(way[:3])), "")


class Matrices:
    """The part of the elaborator that reads matrices; ``Elaborator`` has the rest."""

    signature: Signature
    sorts: Sorts

    def means_nothing_else(self, node: s.Name, scope: Scope) -> bool:
        """Whether nobody gave the bare name, or the name with its scripts, a meaning."""
        bare, whole = names.stem(node), self.reading(node, scope).printed.key
        known = {*scope.locals, *self.signature.abbreviations}
        return not any(
            key in known or self.signature.find(key) or key in self.signature.library or self.signature.is_set(key)
            for key in (bare, whole)
        )

    def is_conventional(self, node: s.Node, strongly: bool, applied: bool = False) -> bool:
        """Whether a name has a meaning by itself, which the words of a definition (``strongly``) may replace.

        A softmax is never defined anew; but ``\\sigma_{ij}``, not ``applied`` to anything, may be another symbol.
        """
        if not isinstance(node, s.Name):
            return False
        if self.is_softmax(Item(node), Scope()):
            other = strongly and node.scripts and not applied and names.stem(node) not in self.signature.softmax
            return not (other and not node.is_word)
        stem = names.stem(node)
        known = stem in _BY_THEMSELVES or node.base in _CONCATENATIONS | _FUNCTIONS.keys()
        return known and not strongly and not self.signature.find(stem)

    def constant(self, node: s.Name, scope: Scope) -> Pre | None:
        """A constant of the theories that prints as a name, such as ``\\mathrm{iterate}``, its sort still open."""
        if len(node.base) == 1:
            return None
        found = FUNCTIONS.get(names.read_name(node, lambda _: False, lambda _: False).printed.key)
        if found is None or not self.means_nothing_else(node, scope):
            return None
        sort = found.declaration.sort
        unknown = {leaf: self.sorts.fresh(leaf.cls) for leaf in sort.leaves if leaf.tag == VARIABLE}
        return Op(substitute_sort(sort, unknown), found.declaration.name, (), node.span)

    def conventional_name(self, node: s.Name, scope: Scope) -> Pre | None:
        """``I_n``, ``\\mathbf{1}``, ``\\delta_{ij}``, ``\\mathbb{1}_{i = j}``, ``e^{s}``, unless declared otherwise."""
        stem = names.stem(node)
        if stem not in _BY_THEMSELVES or not self.means_nothing_else(node, scope):
            return None
        below = [s.ungrouped(script.body) for script in node.scripts if script.kind == "_"]
        above = [script for script in node.scripts if script.kind == "^"]
        if len(below) > 1 or len(below) + len(above) < len(node.scripts):
            return None
        if stem == "e":
            return self._power_of_e(node, below, above, scope)
        if stem == r"\delta":
            indices = index_items(below[0]) if below else ()
            if len(indices) != 2 or above:
                return None
            return self.indicator(self.equality(indices[0], indices[1], node, scope), node)
        if below and isinstance(below[0], s.Relation) and not above:
            return self.indicator(self.term(below[0], scope), node)
        if any(not (names.is_transpose(each) or names.is_minus_one(each)) for each in above):
            return None
        if stem in _IDENTITIES and below and self._is_entry(below[0]):
            size = self.sorts.fresh(DIMENSION)
            return self.entries_of(Op(mat(size, size), "identity", (), node.span), index_items(below[0]), node, scope)
        size = self._size(below[0]) if below else self.sorts.fresh(DIMENSION)
        if stem in _IDENTITIES:
            value = Op(mat(size, size), "identity", (), node.span)
            return self.transposed(value, node) if any(map(names.is_transpose, above)) else value
        value = Op(vec(size), "ones", (), node.span)
        return self.transposed(value, node) if above else value

    def _is_entry(self, subscript: s.Node) -> bool:
        """Whether ``ij`` below an identity matrix are a row and a column, and not a size."""
        parts = index_items(subscript)
        sizes = [isinstance(part, s.Name) and self.signature.is_dimension(normalised(part)) for part in parts]
        return len(parts) == 2 and not any(sizes)

    def _size(self, node: s.Node) -> Sort:
        if isinstance(node, s.Product) and node.operators == (r"\times",) and node.operands[0] == node.operands[1]:
            node = node.operands[0]
        return self.signature.reader.dimension(node)

    def _power_of_e(self, node: s.Name, below: list[s.Node], above: list[s.Script], scope: Scope) -> Pre | None:
        """``e^{s}``; without an exponent ``e``, ``e_{G}`` and ``e^{-1}`` are about the neutral element of a group."""
        if self.signature.is_dimension("e"):
            return None
        if not above or (len(above) == 1 and names.is_minus_one(above[0])):
            sort = self.sorts.fresh(BASE)
            if below and isinstance(below[0], s.Name) and self.is_sort(below[0], scope):
                sort = self.signature.reader.read(below[0])
            elif below:
                return None
            value = Op(sort, "0", (), node.span)
            return Op(sort, "inv", (value,), node.span) if above else value
        if below or len(above) != 1:
            return None
        exponent = self.term(s.ungrouped(above[0].body), scope)
        self.unify(exponent.sort, SCALAR, node, "a power of e by what is no number", exponent)
        return Op(SCALAR, "exp", (exponent,), node.span)

    # conditions

    def equality(self, left: s.Node, right: s.Node, node: s.Node, scope: Scope) -> Pre:
        """``i = j`` as a proposition, for elements of a finite set or a set of tokens."""
        one, other = self.term(left, scope), self.term(right, scope)
        self.unify(one.sort, other.sort, node, "an equation between what is not alike", one, other)
        sort = self.walk(one)
        if is_function(sort) or sort.cls == "linear":
            raise Ill(UNREADABLE, node, f"a condition compares indices, not {say(self.sorts.resolve(sort))}")
        return Op(BOOL, "equal", (one, other), node.span)

    def indicator(self, condition: Pre, node: s.Node) -> Pre:
        one, nothing = Op(SCALAR, "1", (), node.span), Op(SCALAR, "0", (), node.span)
        return Op(SCALAR, "if", (condition, one, nothing), node.span)

    def _matrix(self, node: s.Matrix, scope: Scope) -> Pre:
        """``\\begin{cases}``: the first value whose condition holds; the last one may be for all others."""
        if node.environment != "cases" or len(node.rows) < 2 or any(len(row) != 2 for row in node.rows):
            raise Ill(UNREADABLE, node, "of matrices and cases in full only ‘cases’ with conditions are read")
        *rows, (last, remark) = node.rows
        if not isinstance(remark, s.Text | s.Blank):
            raise Ill(UNREADABLE, remark, "the last case is for all that is left, with the word ‘otherwise’")
        total = self.term(last, scope)
        for value, condition in reversed(rows):
            found = self.term(value, scope)
            self.unify(found.sort, total.sort, value, "cases of two kinds", found, total)
            total = Op(found.sort, "if", (self.term(condition, scope), found, total), node.span)
        return total

    # entries and rows

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

    def sized_zero(self, node: s.Scripted, scope: Scope) -> Pre | None:
        """``0_{d}``, ``0_{m \\times n}`` and ``0_{G}``, the neutral element of a group; but ``0_{i}`` is an entry."""
        if not (isinstance(node.base, s.Number) and node.base.text == "0"):
            return None
        script, body = node.scripts[0], s.ungrouped(node.scripts[0].body)
        if len(node.scripts) > 1:  # 0_{m \times n}^\top
            first = self.sized_zero(replace(node, scripts=node.scripts[:1]), scope)
            return None if first is None else self.scripted(first, node.scripts[1:], node, scope)
        if script.kind != "_" or isinstance(body, s.Listing) or self.is_element(body, scope):
            return None
        if isinstance(body, s.Name) and self.signature.is_set(normalised(body)):
            return Op(self.signature.reader.read(body), "0", (), node.span)
        if isinstance(body, s.Product) and body.operators == (r"\times",):
            shape = [self.signature.reader.dimension(part) for part in body.operands]
            return Op(mat(*shape), "0", (), node.span) if len(shape) == 2 else None
        size = self.signature.reader.dimension(body)
        return Op(vec(size), "0", (), node.span)

    def made_of_entries(self, node: s.Scripted, scope: Scope) -> Pre | None:
        """``[F(i, j)]_{i, j}``, the matrix of these numbers, and ``[F(i)]_{i}``; None if the bracket has no numbers."""
        inner, scripts = _bracket(node)
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

    # functions of matrices

    def function_of_matrices(self, items: list[Item], at: int, scope: Scope) -> Pre | None:
        """``tr``, ``diag``, ``Concat`` and an indicator, with the bracket behind them."""
        node = items[at].node
        if at + 1 >= len(items) or not isinstance(node, s.Name) or items[at].prefix:
            return None
        stem, value = names.stem(node), None
        if not (node.base in _FUNCTIONS or node.base in _CONCATENATIONS or stem in _INDICATORS):
            return None
        bracket, scripts = _bracket(items[at + 1].node)
        if bracket is None or not self.means_nothing_else(replace(node, scripts=()), scope):
            return None
        if node.base in _FUNCTIONS and not node.scripts and len(bracket.items) == 1:
            value = self._known_function(_FUNCTIONS[node.base], bracket, scope)
        elif node.base in _CONCATENATIONS and node.scripts and len(bracket.items) == 1:
            value = self.family(bracket.items[0], list(node.scripts), node, scope)
        elif node.base in _CONCATENATIONS and not node.scripts:
            limits = [script for script in scripts if isinstance(script.body, s.Relation) or script.kind == "^"]
            if limits and len(bracket.items) == 1:
                return self.family(bracket.items[0], limits, node, scope)
            value = self.side_by_side(bracket.items, node, scope)
        elif stem in _INDICATORS and not node.scripts and isinstance(bracket.body, s.Relation):
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
        word = next(each for each in "hgkabcst" if each not in stems(last))
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
        inner, scripts = _bracket(bracket)
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


def _bracket(node: s.Node) -> tuple[s.Group | None, s.Scripts]:
    """A bracket and the scripts on it."""
    inner, scripts = (node.base, node.scripts) if isinstance(node, s.Scripted) else (node, ())
    fits = isinstance(inner, s.Group) and inner.kind in ("(", "[", r"\{") and inner.items
    return (inner, scripts) if fits and isinstance(inner, s.Group) else (None, ())


def _one(span) -> s.Number:
    return s.Number(span, 1, "1")


def _last_numbers(first: s.Node, last: s.Node) -> list[s.Node]:
    """The names and numbers in the last member of a family that may be the number of its members."""
    mine = list(first.walk())
    return [each for each in last.walk() if isinstance(each, s.Name | s.Number) and each not in mine]
