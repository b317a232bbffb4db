"""Ranges: all but one, up to one, a window, and sets that are put together.

``j \\neq i``, ``j \\leq i``, ``|j - i| \\leq k``, ``j = i - k`` to ``i + k``; ``N(i) \\cup \\{i\\}`` and the like.
Whole numbers are compared by their difference, which a translation does not change; numbers that count as they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from symbolic_equiv.document import names
from symbolic_equiv.document.context import INFERRED, Symbol
from symbolic_equiv.document.infer import Sorts
from symbolic_equiv.document.names import Printed
from symbolic_equiv.document.preterms import Free, Local, Op, Pre, is_function, say
from symbolic_equiv.document.problems import SORT, UNREADABLE, Ill
from symbolic_equiv.document.scope import COMPARISONS, compared_pair, is_range, likely_running
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.kernel.sorts import VARIABLE, Sort
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.theories.language import BOOL, NAT, SCALAR

if TYPE_CHECKING:
    from symbolic_equiv.document.naming import Scope

_SETS = {r"\cup": "or", r"\cap": "and", r"\setminus": "but"}
_MIRRORED = {"<": ">", ">": "<", r"\leq": r"\geq", r"\geq": r"\leq", r"\neq": r"\neq"}


class Ranges:
    """The part of the elaborator that reads ranges; ``Elaborator`` has the rest."""

    signature: Signature
    sorts: Sorts

    # what runs

    def ranged(
        self, condition: s.Relation, body: s.Node, scope: Scope
    ) -> tuple[tuple[s.Name, ...], tuple[Local, ...], Pre]:
        """The names that a comparison binds, their variables and what it says of them."""
        self._no_sizes(*(side for side in condition.operands if not _is_absolute(side)))
        if any(map(_is_absolute, condition.operands)):
            self._no_sizes(condition)
        found = self.running_in(condition, body, scope)
        if not found:
            raise Ill(UNREADABLE, condition, f"‘{normalised(condition)}’ does not say over what the operator runs")
        variables = tuple(self.variable(name, scope) for name in found)
        for name, variable in zip(found, variables, strict=True):
            self.conventional(variable, name, scope)
        return found, variables, self.comparisons(condition, scope.binding(*variables))

    def running_in(self, condition: s.Relation, body: s.Node, scope: Scope) -> tuple[s.Name, ...]:
        """``j`` in ``j \\neq i`` if ``i`` is fixed; both, a pair, if neither is; ``j`` in ``|j - i| \\leq k``."""
        free = [name for name in self.free_names(condition, scope) if not self._is_number(name, scope)]
        sides = [s.ungrouped(side) for side in condition.operands]
        absolute = next((side for side in sides if _is_absolute(side)), None)
        if absolute is not None:
            free = [name for name in free if any(name is each for each in absolute.walk())]
        else:
            free = [name for name in free if any(name is side for side in sides)]
        pair = compared_pair(condition, body)
        if absolute is None and len(free) == 2 and len(pair) == 2:
            return tuple(free)
        guess = likely_running(condition, body)
        if guess is not None and (not free or any(name is guess for name in free)):
            return (guess,)
        return tuple(free[:1])

    def _no_sizes(self, *nodes: s.Node) -> None:
        """The letters in what a range is measured by are no dimensions of the built-in context: ``r`` is a radius."""
        for node in nodes:
            for name in node.walk() if not isinstance(s.ungrouped(node), s.Name) else ():
                key = names.stem(name) if isinstance(name, s.Name) and not name.scripts else ""
                if key and self.signature.is_dimension(key) and not self.signature.has_dimension(key):
                    self.signature.add(Symbol(Printed(key), 0, self.sorts.fresh(), INFERRED))

    def _is_number(self, name: s.Name, scope: Scope) -> bool:
        """Whether a name is that of a dimension, or a letter for a natural or real number."""
        printed = self.reading(name, scope).printed
        if self.signature.is_dimension(printed.key) or self.signature.has_dimension(printed.key):
            return True
        symbol = self.signature.known(printed, 0)
        return symbol is not None and self.signature.shape(symbol) in (NAT, SCALAR)

    # comparisons

    def comparisons(self, condition: s.Relation, scope: Scope) -> Pre:
        """``a < b \\leq c``: each with the next."""
        total: Pre | None = None
        sides = condition.operands
        for left, sign, right in zip(sides, condition.operators, sides[1:], strict=False):
            if sign not in COMPARISONS:
                raise Ill(UNREADABLE, condition, f"‘{sign}’ has no reading here")
            found = self.comparison(left, sign, right, condition, scope)
            trivial = isinstance(found, Op) and found.name == "true"
            total = found if total is None or (isinstance(total, Op) and total.name == "true") else (
                total if trivial else Op(BOOL, "and", (total, found), condition.span)
            )  # fmt: skip
        if total is None:
            raise Ill(UNREADABLE, condition, f"‘{normalised(condition)}’ has no reading here")
        return total

    def comparison(self, left: s.Node, sign: str, right: s.Node, node: s.Node, scope: Scope) -> Pre:
        if _is_absolute(right) and not _is_absolute(left):
            left, sign, right = right, _MIRRORED[sign], left
        if _is_absolute(left):
            return self._absolute(left, sign, right, node, scope)
        one, other = self._side(left, scope), self._side(right, scope)
        if one is None or other is None:  # 1 ≤ j, j ≤ n
            known = other if one is None else one
            outer = left if one is None else right
            if known is not None and sign == r"\leq" and self._is_end(outer, known, first=one is None, scope=scope):
                return Op(BOOL, "true", (), node.span)
            one, other = one or self.term(left, scope), other or self.term(right, scope)
        return self.compared(one, sign, other, node)

    def _side(self, node: s.Node, scope: Scope) -> Pre | None:
        """A side that is no bare number or dimension; those may be the ends of what is counted."""
        node = s.ungrouped(node)
        if isinstance(node, s.Number):
            return None
        if isinstance(node, s.Name) and self.signature.is_dimension(self.reading(node, scope).printed.key):
            return None
        return self.term(node, scope)

    def _is_size(self, node: s.Node) -> bool:
        """Whether a node is a number or a dimension."""
        if isinstance(node, s.Name):
            return self.signature.is_dimension(names.stem(node)) or self.signature.has_dimension(names.stem(node))
        return isinstance(node, s.Number)

    def _is_end(self, node: s.Node, of: Pre, first: bool, scope: Scope) -> bool:
        """Whether 1, or n, is the first or the last of the numbers that are counted."""
        node, sort = s.ungrouped(node), self.walk(of)
        if (
            sort.tag == VARIABLE
            and sort.cls != "base"
            and not first
            and isinstance(node, s.Name)
            and self._is_size(node)
        ):
            numbers = self.signature.numbers(self.signature.reader.dimension(node), "", node)
            self.sorts.same(sort, numbers)
            sort = self.walk(of)
        if sort.name != "Fin" and (sort.tag != VARIABLE or sort.cls == "base"):
            return False
        if isinstance(node, s.Number):
            begins = self.signature.begins.get(sort.args[0], "1") if sort.name == "Fin" else "1"
            return first and node.text == begins
        return not first and sort.name == "Fin" and self.signature.reader.dimension(node) == sort.args[0]

    def compared(self, one: Pre, sign: str, other: Pre, node: s.Node) -> Pre:
        """``one < other`` and the like, for what is alike."""
        one, other = self.whole_number(one, other), self.whole_number(other, one)
        self.unify(one.sort, other.sort, node, "a comparison of what is not alike", one, other, kind=SORT)
        sort = self.walk(one)
        if is_function(sort) or sort.name in ("Vec", "Mat"):
            raise Ill(UNREADABLE, node, f"a condition compares indices or numbers, not {say(self.sorts.resolve(sort))}")
        if sign == r"\neq":
            return _not(Op(BOOL, "equal", (one, other), node.span))
        if sign in (">", r"\geq"):
            one, other, sign = other, one, _MIRRORED[sign]
        less = Op(BOOL, "below", (one, other) if sign == "<" else (other, one), node.span)
        return less if sign == "<" else _not(less)

    def _absolute(self, left: s.Node, sign: str, right: s.Node, node: s.Node, scope: Scope) -> Pre:
        """``|j - i| \\leq k``: of whole or real numbers by both signs, of indices by how far they are apart."""
        inner = s.ungrouped(s.ungrouped(left).items[0])
        parts = inner.operands if isinstance(inner, s.Addition) and inner.operators == ("-",) else (inner,)
        terms = [self.term(part, scope) for part in parts]
        if len(terms) == 2:
            terms[0], terms[1] = self.whole_number(terms[0], terms[1]), self.whole_number(terms[1], terms[0])
            self.unify(terms[0].sort, terms[1].sort, inner, "a difference of what is not alike", *terms, kind=SORT)
        sort = self.walk(terms[0])
        if isinstance(right, s.Number) and right.text == "0" and sign == ">" and len(terms) == 2:
            return _not(Op(BOOL, "equal", (terms[0], terms[1]), node.span))
        if not (self.is_whole(sort) or sort == SCALAR):
            if len(terms) != 2:
                raise Ill(UNREADABLE, node, f"‘{normalised(left)}’ has no reading here")
            apart = Op(NAT, "distance", (terms[0], terms[1]), left.span)
            return self.compared(apart, sign, self._natural(right, scope), node)
        bound = self._numeral(right, sort) or self.whole_number(self.term(right, scope), terms[0])
        self.unify(bound.sort, sort, right, "a comparison of what is not alike", bound, kind=SORT)
        d = terms[0] if len(terms) == 1 else _sum(terms[0], _opposite(terms[1], node), node)
        closer = "<" if sign in ("<", r"\geq") else r"\leq"
        both = [self.compared(each, closer, bound, node) for each in (d, _opposite(d, node))]
        inside = Op(BOOL, "and", (both[0], both[1]), node.span)
        if sign == r"\neq":
            raise Ill(UNREADABLE, node, f"‘{normalised(node)}’ has no reading here")
        return inside if sign in ("<", r"\leq") else _not(inside)

    # numbers

    def is_whole(self, sort: Sort) -> bool:
        """Whether a sort is that of the whole numbers."""
        return self.signature.groups.get(str(sort.name)) == "Z"

    def whole_number(self, value: Pre, beside: Pre) -> Pre:
        """A natural number beside a whole one is a whole number."""
        sort = self.walk(beside)
        if self.walk(value) == NAT and self.is_whole(sort):
            return Op(sort, "steps", (value,), getattr(value, "span", None) or getattr(beside, "span", None))
        return value

    def _numeral(self, node: s.Node, sort: Sort) -> Pre | None:
        """The 2 of ``|j - i| \\leq 2``, a whole number of which only the name is known."""
        node = s.ungrouped(node)
        if not isinstance(node, s.Number) or node.text == "0" or not self.is_whole(sort):
            return None
        symbol = self.signature.lookup(Printed(node.text), 0, node.span)
        self.unify(symbol.sort, sort, node, f"‘{node.text}’ is an element of one group here, and of another elsewhere")
        self.signature.numerals.add(symbol.key)
        return Free(symbol.sort, symbol)

    def _natural(self, node: s.Node, scope: Scope) -> Pre:
        node = s.ungrouped(node)
        if isinstance(node, s.Number) and node.text.isdigit() and int(node.text) < 20:
            total = Op(NAT, "nought", (), node.span)
            for _ in range(int(node.text)):
                total = Op(NAT, "succ", (total,), node.span)
            return total
        value = self.term(node, scope)
        self.unify(value.sort, NAT, node, "how far indices are apart is a natural number", value, kind=SORT)
        return value

    # from one number to another

    def interval(self, name: s.Name, lower: s.Node, upper: s.Node, node: s.Node, scope: Scope) -> tuple[Local, Pre]:
        """``\\sum_{j = i - k}^{i + k}``, ``\\sum_{j = 1}^{i}``, ``\\sum_{j = i + 1}^{n}``."""
        variable = self.variable(name, scope)
        self.conventional(variable, name, scope)
        inner = scope.binding(variable)
        total: Pre = Op(BOOL, "true", (), node.span)
        self._no_sizes(lower, upper)
        ends = [(upper, False), (lower, True)]
        for end, first in sorted(ends, key=lambda each: self._is_size(s.ungrouped(each[0]))):  # what has a sort first
            end = s.ungrouped(end)
            plain, strict = _next_to(end, "+" if first else "-")
            side = self._side(plain, inner)
            if side is None and self._is_end(end, variable, first, inner):
                continue
            value = side or self._numeral(plain, self.walk(variable)) or self.term(plain, inner)
            sign = (">" if first else "<") if strict else (r"\geq" if first else r"\leq")
            found = self.compared(variable, sign, value, end)
            total = found if isinstance(total, Op) and total.name == "true" else Op(
                BOOL, "and", (found, total), node.span
            )  # fmt: skip
        return variable, total

    def is_within(self, node: s.Node, scope: Scope) -> bool:
        """Whether the end of a sum is an element, such as the ``i`` of ``\\sum_{j=1}^{i}``, and no size."""
        plain, _ = _next_to(s.ungrouped(node), "-")
        if not isinstance(plain, s.Name):
            return isinstance(plain, s.Addition) and self.is_within(plain.operands[0], scope)
        key = self.reading(plain, scope).printed.key
        return key in scope.locals or (key in scope.fixed and not self._is_number(plain, scope))

    # sets

    def joined_sets(self, elements: tuple[Pre, ...], node: s.Addition, scope: Scope) -> Pre:
        """``N(i) \\cup \\{i\\}``, ``A \\cap B``, ``V \\setminus \\{i\\}``, from the left."""
        total = self.contained(elements, node.operands[0], scope)
        for sign, operand in zip(node.operators, node.operands[1:], strict=True):
            if sign not in _SETS:
                raise Ill(UNREADABLE, operand, f"‘{sign}’ has no reading here")
            other = self._listed_in(elements, operand, scope) or self.contained(elements, operand, scope)
            if _SETS[sign] == "but":
                other = _none_of(other)
            everything = isinstance(total, Op) and total.name == "true" and sign != r"\cup"
            name = "or" if sign == r"\cup" else "and"
            total = other if everything else Op(BOOL, name, (total, other), node.span)
        return total

    def _listed_in(self, elements: tuple[Pre, ...], node: s.Node, scope: Scope) -> Pre | None:
        """``\\{i\\}`` and ``\\{i, k\\}``; also ``i`` alone, as in ``N(i) \\setminus i``."""
        node = s.ungrouped(node)
        items = node.items if isinstance(node, s.Group) and node.kind == r"\{" else (node,)
        if len(elements) != 1 or not items or (isinstance(node, s.Group) and node.kind != r"\{"):
            return None
        if not all(isinstance(item, s.Name | s.Apply) and self._is_member(item, scope) for item in items):
            return None
        total: Pre | None = None
        for item in items:
            one = self.compared(elements[0], r"\neq", self.term(item, scope), item).args[0]
            total = one if total is None else Op(BOOL, "or", (total, one), node.span)
        return total

    def _is_member(self, node: s.Node, scope: Scope) -> bool:
        """Whether a name is that of an element, and not of a set."""
        if isinstance(node, s.Apply):
            return isinstance(node.function, s.Name) and self.gives_elements(node.function, scope)
        key = self.reading(node, scope).printed.key
        if key in scope.locals or key in scope.fixed:
            return True
        return self.is_element(node, scope) or not (self.is_sort(node, scope) or self.signature.find(key))


def _is_absolute(node: s.Node) -> bool:
    node = s.ungrouped(node)
    return isinstance(node, s.Group) and node.kind == r"\lvert" and len(node.items) == 1


def _not(condition: Pre) -> Op:
    return Op(BOOL, "not", (condition,), getattr(condition, "span", None))


def _none_of(condition: Pre) -> Op:
    """Not one of several: of each of them not."""
    if isinstance(condition, Op) and condition.name == "or":
        return Op(BOOL, "and", (_none_of(condition.args[0]), _none_of(condition.args[1])), condition.span)
    return _not(condition)


def _opposite(value: Pre, node: s.Node) -> Op:
    return Op(value.sort, "minus", (value,), node.span)


def _sum(one: Pre, other: Pre, node: s.Node) -> Op:
    return Op(one.sort, "plus", (one, other), node.span)


def _next_to(node: s.Node, sign: str) -> tuple[s.Node, bool]:
    """``i`` for ``i + 1``, if the sign is ``+``, and whether it was that."""
    if not isinstance(node, s.Addition) or node.operators[-1] != sign:
        return node, False
    *others, last = node.operands
    if not isinstance(last, s.Number) or last.text != "1":
        return node, False
    rest = others[0] if len(others) == 1 else replace(node, operators=node.operators[:-1], operands=tuple(others))
    return rest, True


__all__ = ["Ranges", "is_range"]
