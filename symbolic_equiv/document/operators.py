"""Sums, differences, fractions, roots and conditions: the signs whose arguments are printed around them."""

from __future__ import annotations

from functools import reduce

from symbolic_equiv.document.infer import Sorts
from symbolic_equiv.document.names import Printed
from symbolic_equiv.document.naming import Scope
from symbolic_equiv.document.preterms import App, Free, Local, Op, Pre, is_function, lambda_
from symbolic_equiv.document.problems import SORT, UNREADABLE, Ill
from symbolic_equiv.document.scope import is_range
from symbolic_equiv.document.signature import Signature, is_size
from symbolic_equiv.kernel.sorts import LINEAR, VARIABLE, Sort, fun
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.theories.language import BOOL, SCALAR


class Operators:
    """The part of the elaborator that reads signs; ``Elaborator`` has the rest."""

    signature: Signature
    sorts: Sorts

    def argument(self, node: s.Node, scope: Scope, function: Pre) -> Pre:
        """What a function is applied to; where it takes an element of a group, ``i - 1`` is one, whatever ``i`` is."""
        sort = self.sorts.walk(function.sort)
        if isinstance(node, s.Addition) and is_function(sort):
            return self._addition(node, scope, sort.args[0])
        return self.term(node, scope)

    def _addition(self, node: s.Addition, scope: Scope, expected: Sort | None = None) -> Pre:
        total = self.term(node.operands[0], scope)
        open_ = self.sorts.walk(total.sort).tag == VARIABLE
        if expected is not None and open_ and self.sorts.walk(expected).name in self.signature.groups:
            self.sorts.same(total.sort, expected)
        for sign, operand in zip(node.operators, node.operands[1:], strict=True):
            if sign not in ("+", "-"):
                raise Ill(UNREADABLE, operand, f"‘{sign}’ has no reading here")
            right = self._element(operand, total) or self.whole_number(self.term(operand, scope), total)
            total = self.whole_number(total, right)
            self.unify(total.sort, right.sort, operand, f"‘{sign}’ between what is not alike", total, right)
            right = Op(right.sort, "minus", (right,), operand.span) if sign == "-" else right
            total = Op(total.sort, "plus", (total, right), node.span)
        self.signature.pending.append(total)
        return total

    def _element(self, node: s.Node, beside: Pre) -> Pre | None:
        """The 1 of ``j + 1`` in a group of numbers: an element of which only the name is known."""
        sort = self.sorts.walk(beside.sort)
        if not isinstance(node, s.Number) or node.text == "0" or not self.signature.has_numbers(sort):
            return None
        symbol = self.signature.lookup(Printed(node.text), 0, node.span)
        self.unify(symbol.sort, sort, node, f"‘{node.text}’ is an element of one group here, and of another elsewhere")
        self.signature.numerals.add(symbol.key)
        return Free(symbol.sort, symbol)

    def _signed(self, node: s.Signed, scope: Scope) -> Pre:
        value = self.term(node.body, scope)
        if node.sign == "+":
            return value
        if node.sign != "-":
            raise Ill(UNREADABLE, node, f"‘{node.sign}’ has no reading here")
        return Op(value.sort, "minus", (value,), node.span)

    def _product(self, node: s.Product, scope: Scope) -> Pre:
        if set(node.operators) == {r"\circ"}:
            return self.composed(node, scope)
        total = self.term(node.operands[0], scope)
        for sign, operand in zip(node.operators, node.operands[1:], strict=True):
            right = self.term(operand, scope)
            if sign == "/":
                total = self.divided(total, right, node)
            elif sign in (r"\cdot", r"\times", r"\ast"):
                total = self.product(total, right, operand, "dot" if sign == r"\cdot" else "product")
            elif sign in (r"\odot", r"\oslash"):
                total = self.entry_by_entry(total, right, operand, sign)
            elif sign == r"\otimes":
                total = self.kronecker(total, right, operand)
            else:
                raise Ill(UNREADABLE, operand, f"‘{sign}’ has no reading here")
        return total

    def composed(self, node: s.Product, scope: Scope) -> Pre:
        """``g \\circ f``: first f, then g."""
        total = self.term(node.operands[-1], scope)
        for operand in reversed(node.operands[:-1]):
            outer = self.term(operand, scope)
            source, middle, target = (self.sorts.fresh() for _ in range(3))
            self.unify(total.sort, fun(source, middle), operand, "a composition with what is no map", total, kind=SORT)
            self.unify(
                outer.sort,
                fun(middle, target),
                operand,
                "a composition of maps that do not fit",
                outer,
                total,
                kind=SORT,
            )
            place = Local(source, "v", "")
            total = lambda_(place, App(target, outer, App(middle, total, place)))
        return total

    def divided(self, above: Pre, below: Pre, node: s.Node) -> Pre:
        self.unify(below.sort, SCALAR, node, "division by what is no number", below)
        self.unify(above.sort, self.sorts.fresh(LINEAR), node, "division of what is no number or vector", above)
        return Op(above.sort, "divided", (above, below), node.span)

    def _fraction(self, node: s.Fraction, scope: Scope) -> Pre:
        return self.divided(self.term(node.numerator, scope), self.term(node.denominator, scope), node)

    def _root(self, node: s.Root, scope: Scope) -> Pre:
        if node.degree is not None:
            raise Ill(UNREADABLE, node, "only square roots are read")
        value = self.term(node.body, scope)
        self.unify(value.sort, SCALAR, node, "the root of what is no number", value)
        return Op(SCALAR, "sqrt", (value,), node.span)

    def _number(self, node: s.Number, scope: Scope) -> Pre:
        if node.text == "0":
            return Op(self.sorts.fresh(), "0", (), node.span)
        if node.text == "1":
            return Op(SCALAR, "1", (), node.span)
        if not is_size(node.text) or int(node.text) > 64:
            raise Ill(UNREADABLE, node, f"the number {node.text} has no reading here (whole numbers to 64 have)")
        return Op(SCALAR, "number", (Local(SCALAR, node.text, ""),), node.span)

    def _relation(self, node: s.Relation, scope: Scope) -> Pre:
        """A membership, or an equation between indices, as a proposition."""
        if node.operators == ("=",):
            return self.equality(node.operands[0], node.operands[1], node, scope)
        if is_range(node):
            return self.comparisons(node, scope)
        if node.operators == (r"\notin",):
            return Op(BOOL, "not", (self.membership(node.operands[0], node.operands[1], scope),), node.span)
        if node.operators != (r"\in",):
            raise Ill(UNREADABLE, node, "only memberships and equations of indices are read as propositions")
        return self.membership(node.operands[0], node.operands[1], scope)

    def _connective(self, node: s.Connective, scope: Scope) -> Pre:
        """Conditions with ∧ between them, and these with ∨."""
        rows: list[list[s.Node]] = [[node.operands[0]]]
        for sign, operand in zip(node.operators, node.operands[1:], strict=True):
            if sign not in (r"\land", r"\lor"):
                raise Ill(UNREADABLE, operand, f"‘{sign}’ has no reading here")
            rows += [[operand]] if sign == r"\lor" else []
            rows[-1] += [operand] if sign == r"\land" else []
        joined = lambda name, parts: reduce(lambda one, other: Op(BOOL, name, (one, other), node.span), parts)
        return joined("or", [joined("and", [self._proposition(each, scope) for each in row]) for row in rows])

    def _proposition(self, node: s.Node, scope: Scope) -> Pre:
        value = self.term(node, scope)
        self.unify(value.sort, BOOL, node, "a condition was expected", value, kind=SORT)
        return value

    def _arrow(self, node: s.Arrow, scope: Scope) -> Pre:
        """``i \\mapsto f(\\pi(i))``, and ``(i, j) \\mapsto …``: a function by its values."""
        if node.operators != (r"\mapsto",):
            raise Ill(UNREADABLE, node, f"‘{normalised(node)}’ has no reading here")
        left, right = (s.ungrouped(operand) for operand in node.operands)
        names_ = left.items if isinstance(left, s.Group) and left.kind == "(" else (left,)
        bound: list[Local] = []
        for name in names_:
            if not isinstance(name, s.Name):
                raise Ill(UNREADABLE, name, "a variable was expected in front of the arrow")
            bound.append(self.variable(name, scope))
            self.conventional(bound[-1], name, scope)
        value = self.term(right, scope.binding(*bound))
        for variable in reversed(bound):
            value = lambda_(variable, value)
        return value

    def chosen(self, condition: s.Node, then: s.Node, otherwise: Pre, scope: Scope) -> Pre:
        """The value where the condition holds, else the other one."""
        chosen, value = self._proposition(condition, scope), self.term(then, scope)
        self.unify(value.sort, otherwise.sort, then, "two cases that are not alike", value, otherwise)
        self.unify(value.sort, self.sorts.fresh(LINEAR), then, "a case of no number, vector or matrix", value)
        return Op(value.sort, "if", (chosen, value, otherwise), then.span)

    def _accented(self, node: s.Accented, scope: Scope) -> Pre:
        raise Ill(UNREADABLE, node, "an accent on more than a name has no reading here")
