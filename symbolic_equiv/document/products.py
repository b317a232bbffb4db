"""Products: what two things side by side are, as soon as their sorts are known."""

from __future__ import annotations

import re

from symbolic_equiv.document.context import Symbol
from symbolic_equiv.document.infer import Sorts
from symbolic_equiv.document.preterms import App, Free, Lam, Local, Op, Pre, is_function, say
from symbolic_equiv.document.problems import SHAPE, SORT, UNREADABLE, Ill
from symbolic_equiv.document.signature import Signature, is_size
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, FORMER, LINEAR, VARIABLE, Sort
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.theories.language import SCALAR, dim, mat, vec


class Products:
    """The part of the elaborator that finds out which product is meant; ``Elaborator`` has the rest."""

    signature: Signature
    sorts: Sorts
    _in_vain: tuple[frozenset[Op], object] = frozenset(), None
    """What could not be settled, and what was learnt last when that was tried."""

    def transposed(self, value: Pre, node: s.Node) -> Pre:
        sort = self.walk(value)
        if sort.name == "Mat":
            return Op(mat(sort.args[1], sort.args[0]), "transpose", (value,), node.span)
        if sort.name == "Vec":
            return Op(mat(dim("one"), sort.args[0]), "transpose", (value,), node.span)
        if sort == SCALAR:
            return value
        if sort.tag == VARIABLE and not is_capital(value):  # q_i^T of which nothing is said is a row
            self.unify(
                sort, vec(self.sorts.fresh(DIMENSION)), node, "a transpose is taken, of what is no vector", value
            )
            return self.transposed(value, node)
        rows, columns = self.sorts.fresh(DIMENSION), self.sorts.fresh(DIMENSION)
        self.unify(sort, mat(rows, columns), node, "a transpose is taken, of what is no matrix", value)
        return Op(mat(columns, rows), "transpose", (value,), node.span)

    def power(self, value: Pre, exponent: s.Node, node: s.Node) -> Pre:
        count = int(exponent.text) if isinstance(exponent, s.Number) and is_size(exponent.text) else 0
        if not 1 <= count <= 8:
            raise Ill(UNREADABLE, exponent, "only the powers 1 to 8 are read")
        if isinstance(value, Op) and value.name == "norm" and count % 2 == 0:  # |v|^2 is ⟨v, v⟩, without a root
            value, count = Op(SCALAR, "inner", (*value.args, *value.args), node.span), count // 2
        total = value
        for _ in range(count - 1):
            total = self.product(total, value, node)
        return total

    def product(self, left: Pre, right: Pre, node: s.Node, name: str = "product") -> Pre:
        """Two things side by side, or with a dot between them (``name`` is "dot"): of two vectors, ``⟨u, v⟩``.

        What stands before a map and is not known yet takes it: ``\\tau f`` is ``\\tau[f]``.
        """
        if self.walk(left).tag == VARIABLE and is_function(self.walk(right)) and name == "product":
            return self.applied(left, right, node)
        op = Op(self.sorts.fresh(), name, (left, right), node.span)
        if not self.multiplied(op, node):
            self.signature.pending.append(op)
        return op

    def multiplied(self, op: Op, node: s.Node | None, force: bool = False) -> bool:
        """Find the sort of a product from those of its factors; False if too little is known of them yet."""
        left, right = op.args
        one, other = self.walk(left), self.walk(right)
        if force:
            if self.walk(op).cls == BASE and one.tag == other.tag == VARIABLE:
                self.sorts.same(other, op.sort)  # of a group, unless something else is said
                self.sorts.same(one, op.sort)
                one, other = self.walk(left), self.walk(right)
            if one.tag == VARIABLE:
                guess = mat(self.sorts.fresh(DIMENSION), self.sorts.fresh(DIMENSION)) if is_capital(left) else SCALAR
                wanted = self.walk(op)  # f(g a), for a function f on a group
                guess = next((sort for sort in (other, wanted) if sort.cls == BASE), guess)
                if self.signature.rows and other.name == "Mat" and guess == SCALAR:
                    guess = vec(other.args[0])
                self.sorts.same(one, guess)
                one = self.walk(left)
            if other.tag == VARIABLE:
                self.sorts.same(other, one if one.cls == BASE else self.sorts.fresh(LINEAR))
            one, other = self.walk(left), self.walk(right)
            if other.tag == VARIABLE and one == SCALAR and self.walk(op).tag != VARIABLE:
                self.sorts.same(other, self.walk(op))
                other = self.walk(right)
            if other.tag == VARIABLE:
                guess = SCALAR
                if one.name == "Mat":
                    guess = mat(one.args[1], self.sorts.fresh(DIMENSION)) if is_capital(right) else vec(one.args[1])
                self.sorts.same(other, guess)
                other = self.walk(right)
        if one.cls == BASE and one.tag != VARIABLE and other.tag == VARIABLE and self.walk(op).cls == BASE:
            self.sorts.same(other, op.sort)  # a group acts, or multiplies
            other = self.walk(right)
        if one.tag == VARIABLE and other.cls == LINEAR and other.tag != VARIABLE and _is_nought(left):
            self.sorts.same(one, SCALAR)
            one = self.walk(left)
        if one.name == "Mat" and other.tag == VARIABLE and self.walk(op).name in ("Vec", "Mat"):
            columns = self.walk(op).args[1:]
            self.sorts.same(other, mat(one.args[1], *columns) if columns else vec(one.args[1]))
            other = self.walk(right)
        where = node if node is not None else op.span
        if is_function(one) or is_function(other):
            raise Ill(SORT, where, f"a product of {say(one)} and {say(other)}", keys_in(left, right))
        result: Sort | None = None
        if isinstance(left, Op) and left.name == "transpose" and self.walk(left.args[0]).name == "Vec":
            if other.tag == VARIABLE:
                self.sorts.same(other, self.walk(left.args[0]))
                other = self.walk(right)
            if other.name == "Mat":  # (v^T W) u is v^T (W u)
                self.unify(one.args[1], other.args[0], where, "a row times a matrix", left, right)
                result = mat(one.args[0], other.args[1])
        if one == SCALAR and other.tag == VARIABLE and self.sorts.same(other, self.sorts.fresh(LINEAR)):
            other = self.walk(right)  # a number times anything is a number times a number, vector or matrix
        if result is not None:
            pass
        elif one == SCALAR and other.cls == LINEAR:
            result = other
        elif other == SCALAR and one.cls == LINEAR and one.tag == FORMER:
            result = one
        elif one.tag == VARIABLE or other.tag == VARIABLE:
            if one.cls == BASE and other.cls == BASE and one != other:
                return False
            if one.name == "Mat" and isinstance(right, App) and not is_capital(right):
                self.sorts.same(other, vec(one.args[1]))  # what a signal takes for its values
            elif one.name == "Mat" and is_capital(right):
                self.sorts.same(other, mat(self.sorts.fresh(DIMENSION), self.sorts.fresh(DIMENSION)))
            else:
                return False
            other = self.walk(right)
        if result is None:
            if op.name == "dot" and one.name == other.name == "Vec":
                self.unify(one, other, where, "an inner product", left, right)
                op.name, result = "inner", SCALAR
            elif one.cls == other.cls == BASE:
                result = other
            elif isinstance(left, Op) and left.name == "transpose" and other.name == "Vec":
                inner = self.walk(left.args[0])
                if inner.name == "Vec" and self.signature.rows:
                    op.name, op.args, result = "outer", (left.args[0], right), mat(inner.args[0], other.args[0])
                elif inner.name == "Vec":
                    self.unify(inner, other, where, "an inner product", left, right)
                    op.name, op.args, result = "inner", (left.args[0], right), SCALAR
                else:
                    self.unify(one.args[1], other.args[0], where, "a matrix times a vector", left, right)
                    result = vec(one.args[0])
            elif one.name == "Vec" and isinstance(right, Op) and right.name == "transpose" and (
                self.walk(right.args[0]).name == "Vec"
            ):  # fmt: skip
                op.args = (left, right.args[0])
                if self.signature.rows or _is_row(left):
                    self.unify(one, self.walk(right.args[0]), where, "a row times a column", left, right)
                    op.name, result = "inner", SCALAR
                else:
                    op.name, result = "outer", mat(one.args[0], other.args[1])
            elif one.name == "Vec" and other.name == "Mat" and (self.signature.rows or _is_row(left)):
                self.unify(one.args[0], other.args[0], where, "a row times a matrix", left, right)
                op.name, result = "row_product", vec(other.args[1])
            elif one.name == "Mat" and other.name in ("Vec", "Mat"):
                if other.name == "Vec" and self.signature.rows:
                    raise Ill(SHAPE, where, "a matrix times a row", keys_in(left, right))
                if not self.sorts.same(one.args[1], other.args[0]):
                    what = f"{say(self.sorts.resolve(one))} times {say(self.sorts.resolve(other))}"
                    raise Ill(SHAPE, where, what, keys_in(left, right))
                result = vec(one.args[0]) if other.name == "Vec" else mat(one.args[0], other.args[1])
        if result is None:
            self.signature.may_have_rows |= one.name == "Vec" and other.name == "Mat"
            what = f"{say(self.sorts.resolve(one))} times {say(self.sorts.resolve(other))}"
            raise Ill(SHAPE, where, f"no product: {what}", keys_in(left, right))
        if not self.sorts.same(op.sort, result):
            what = f"a product is {say(self.sorts.resolve(result))} where {say(self.sorts.resolve(op.sort))} should be"
            raise Ill(SHAPE, where, what, keys_in(left, right))
        return True

    def settle(self, force: bool = False) -> None:
        """Settle the products whose factors are known by now; with ``force`` make the usual guess for the others.

        What is known of all is used before the first guess, and after each.
        """
        self._settle_known()
        tried: set[Op] = set()
        while force and (left := [op for op in self.signature.pending if op not in tried]):
            others = frozenset(left)
            products = (op for op in left if op.name != "plus" and self.walk(op).tag != VARIABLE)
            op = next((op for op in products if not _holds(op.args[0], others)), left[0])
            tried.add(op)
            self.signature.pending = [each for each in self.signature.pending if each is not op]
            if not self.settled(op, True):
                self.signature.pending.append(op)
            self._settle_known()

    def _settle_known(self) -> None:
        """Settle what can be, again and again; not once more if nothing is new since that came to nothing."""
        before = None
        while before != len(self.signature.pending) and not self._is_in_vain():
            before, learnt = len(self.signature.pending), self.sorts.learnt
            waiting, self.signature.pending = self.signature.pending, []
            self.signature.pending = [op for op in waiting if not self.settled(op, False)]
            self._in_vain = frozenset(self.signature.pending), learnt

    def _is_in_vain(self) -> bool:
        tried, learnt = self._in_vain
        return learnt is self.sorts.learnt and tried.issuperset(self.signature.pending)

    def settled(self, op: Op, force: bool) -> bool:
        """What is added is a vector, where nothing says that it is an element of a group."""
        if op.name in ("product", "dot"):
            return self.multiplied(op, None, force)
        sort = self.walk(op)
        if op.name != "plus" or sort.tag != VARIABLE:
            return True
        return force and (sort.cls == LINEAR or self.sorts.same(sort, self.sorts.fresh(LINEAR)))


def _is_nought(pre: Pre) -> bool:
    """Whether a factor is a bare 0: the number, in front of a vector or matrix."""
    return isinstance(pre, Op) and pre.name == "0"


def _holds(pre: Pre, ops: frozenset[Op]) -> bool:
    """Whether one of the operations is printed in an expression."""
    if isinstance(pre, Op):
        return pre in ops or any(_holds(arg, ops) for arg in pre.args)
    return isinstance(pre, App) and _holds(pre.argument, ops)


def _is_row(pre: Pre) -> bool:
    """Whether a vector is a row of a matrix, or made of one by matrices on its right."""
    return isinstance(pre, Op) and (
        pre.name in ("row", "row_product") or (pre.name == "product" and _is_row(pre.args[1]))
    )


def is_capital(pre: Pre) -> bool:
    """Whether a name begins with a capital, as those of matrices do."""
    if isinstance(pre, Op) and pre.name == "transpose":
        return is_capital(pre.args[0])
    if isinstance(pre, App):
        return is_capital(pre.function)
    name = pre.symbol.printed.stem if isinstance(pre, Free) else pre.key if isinstance(pre, Local) else ""
    return re.sub(r"\\(?:mathbf|boldsymbol|mathrm|mathsf)\{", "", name)[:1].isupper()


def symbols_in(pre: Pre) -> list[Symbol]:
    found: list[Symbol] = []
    stack: list[Pre] = [pre]
    while stack:
        item = stack.pop()
        if isinstance(item, Free):
            found.append(item.symbol)
        elif isinstance(item, App):
            stack += [item.argument, item.function]
        elif isinstance(item, Lam):
            stack.append(item.body)
        elif isinstance(item, Op):
            stack += reversed(item.args)
    return found


def keys_in(*pres: Pre) -> tuple[str, ...]:
    return tuple(dict.fromkeys(symbol.key for pre in pres for symbol in symbols_in(pre)))
