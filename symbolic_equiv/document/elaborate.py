"""From syntax trees to terms, in a scope.

Names, brackets and things side by side are grouped by the sorts: ``\\varphi f(i)``, ``\\varphi(f)(i)`` and
``\\varphi(f(i))`` are one term, ``h^{-1}(x(i) - y)`` is an action, ``W_Q X`` a product.
"""

from __future__ import annotations

from symbolic_equiv.document import names
from symbolic_equiv.document.binders import Binders
from symbolic_equiv.document.conventional import Conventional
from symbolic_equiv.document.entries import Entries
from symbolic_equiv.document.indicators import Indicators
from symbolic_equiv.document.infer import Mismatch
from symbolic_equiv.document.matrices import Matrices, softmax_way
from symbolic_equiv.document.naming import Naming, Scope
from symbolic_equiv.document.operators import Operators
from symbolic_equiv.document.preterms import Op, Pre, say
from symbolic_equiv.document.problems import SHAPE, SORT, UNREADABLE, Ill, Notes
from symbolic_equiv.document.products import Products, keys_in
from symbolic_equiv.document.rows import Rows
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.trees import indices_in
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, LINEAR, KernelError, Sort
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.theories.language import SCALAR, vec


class Elaborator(Rows, Operators, Binders, Products, Matrices, Entries, Indicators, Conventional, Naming):
    """Reads expressions; raises ``Ill`` for what has no reading, and notes what has one in spite of a slip."""

    def __init__(self, signature: Signature, notes: Notes | None = None) -> None:
        self.signature, self.sorts = signature, signature.sorts
        self.notes = notes or Notes()

    def read(self, node: s.Node, scope: Scope) -> Pre:
        """The term of an expression, with all products settled that can be."""
        try:
            pre = self.term(node, scope)
            self.settle()
        except (KernelError, RecursionError):
            raise Ill(UNREADABLE, node, "the expression is too large") from None
        return pre

    def term(self, node: s.Node, scope: Scope) -> Pre:
        method = getattr(self, "_" + type(node).__name__.lower(), None)
        if method is None:
            raise Ill(UNREADABLE, node, f"‘{normalised(node)}’ has no reading here")
        return method(node, scope)

    def unify(self, left: Sort, right: Sort, node: s.Node, what: str, *blamed: Pre, kind: str = "") -> None:
        try:
            self.sorts.unify(left, right)
        except Mismatch:
            one, other = self.sorts.resolve(left), self.sorts.resolve(right)
            kind = kind or (SHAPE if one.cls == other.cls == LINEAR else SORT)
            raise Ill(kind, node, f"{what}: {say(one)} and {say(other)}", keys_in(*blamed)) from None

    def walk(self, pre: Pre) -> Sort:
        return self.sorts.walk(pre.sort)

    def _group(self, node: s.Group, scope: Scope) -> Pre:
        if self.is_placeholder(node):
            return self.placeholder(node, scope)
        items = node.items
        if node.kind == r"\langle" and len(items) == 2:
            left, right = (self.term(item, scope) for item in items)
            size = self.sorts.fresh(DIMENSION)
            self.unify(left.sort, vec(size), items[0], "an inner product with what is no vector", left)
            self.unify(right.sort, vec(size), items[1], "an inner product of vectors that differ in size", left, right)
            return Op(SCALAR, "inner", (left, right), node.span)
        if node.kind == r"\lVert" and len(items) == 1:
            value, size = self.term(items[0], scope), self.sorts.fresh(DIMENSION)
            self.unify(value.sort, vec(size), items[0], "the norm of what is no vector", value)
            return Op(SCALAR, "norm", (value,), node.span)
        if node.kind == "[" and len(items) == 1 and isinstance(items[0], s.Relation):
            return self.indicator(self.term(items[0], scope), node)
        if node.kind == "[" and (len(items) > 2 or _joins(items)):
            return self.side_by_side(_joined(items), node, scope)
        if node.kind in ("(", "[", "{", r"\{") and len(items) == 1:
            return self.term(items[0], scope)
        raise Ill(UNREADABLE, node, f"‘{normalised(node)}’ has no reading here")

    def _scripted(self, node: s.Scripted, scope: Scope) -> Pre:
        is_norm = isinstance(node.base, s.Group) and node.base.kind == r"\lVert" and len(node.scripts) == 1
        if is_norm and softmax_way(node.scripts[0].body) == "row":
            return self.row_norms(node.base, scope)
        special = self.sized_zero(node, scope) or self.made_of_entries(node, scope)
        if special is not None:
            return special
        return self.scripted(self.term(node.base, scope), node.scripts, node, scope)

    def scripted(self, value: Pre, scripts: s.Scripts, node: s.Node, scope: Scope) -> Pre:
        for script in scripts:
            if names.is_minus_one(script) and self.walk(value) == SCALAR:
                value = Op(SCALAR, "divided", (Op(SCALAR, "1", (), node.span), value), node.span)
            elif names.is_minus_one(script):
                group = self.sorts.fresh(BASE)
                self.unify(value.sort, group, node, "an inverse is taken, of what is no group element", value)
                value = Op(group, "inv", (value,), node.span)
            elif names.is_transpose(script):
                value = self.transposed(value, node)
            elif script.kind == "^" and isinstance(script.body, s.Number):
                value = self.power(value, script.body, node)
            elif script.kind == "_":
                value = self.entries_of(value, indices_in(script), node, scope)
            else:
                raise Ill(UNREADABLE, script, f"‘{normalised(script)}’ on a bracket has no reading here")
        return value


def _joins(items: tuple[s.Node, ...]) -> bool:
    """Whether a bracket holds parts with ``\\|`` between them."""
    return len(items) == 1 and isinstance(items[0], s.Addition) and set(items[0].operators) == {r"\|"}


def _joined(items: tuple[s.Node, ...]) -> tuple[s.Node, ...]:
    return items[0].operands if len(items) == 1 and isinstance(items[0], s.Addition) else items
