"""Conditions as numbers: equations between indices, indicators, and cases."""

from __future__ import annotations

from symbolic_equiv.document.infer import Sorts
from symbolic_equiv.document.naming import Scope
from symbolic_equiv.document.preterms import Op, Pre, is_function, say
from symbolic_equiv.document.problems import UNREADABLE, Ill
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.theories.language import BOOL, SCALAR


class Indicators:
    """The part of the elaborator that reads conditions as numbers; ``Elaborator`` has the rest."""

    signature: Signature
    sorts: Sorts

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
