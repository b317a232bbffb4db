"""Sums, softmax and concatenation: what a condition binds, and which domain a softmax runs over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from symbolic_equiv.document import names
from symbolic_equiv.document.names import Printed
from symbolic_equiv.document.preterms import App, Free, Local, Op, Pre, lambda_, say
from symbolic_equiv.document.problems import SCOPE, SORT, UNREADABLE, Edit, Ill, Problem
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, LINEAR, Sort, fun
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.theories.language import BOOL, SCALAR, fin

if TYPE_CHECKING:
    from symbolic_equiv.document.elaborate import Item, Scope

SUMS = frozenset({r"\sum"})
CONCATENATIONS = frozenset({r"\bigcup", r"\|", r"\bigoplus", r"\bigsqcup", "Concat", "concat", "CONCAT"})
_PLACEHOLDERS = frozenset({r"\bullet", r"\cdot", r"{\bullet}", r"{\cdot}", r"\ldots"})


@dataclass(frozen=True)
class Frame:
    """A sum around an expression: its element as printed, its variable, and its domain (a proposition)."""

    element: s.Node
    variable: Local
    domain: Pre


class Binders:
    """The part of the elaborator that reads what binds; ``Elaborator`` has the rest."""

    def _binder(self, node: s.Binder, scope: Scope) -> Pre:
        operator = node.operator.base
        if operator not in SUMS | CONCATENATIONS:
            raise Ill(UNREADABLE, node.operator, f"‘{normalised(node.operator)}’ has no reading here")
        bound = self.conditions(node, scope)
        inner = scope
        for frame in bound:
            inner = inner.binding(frame.variable)
        if operator in SUMS:
            inner = replace(inner, frames=(*inner.frames, *bound))
        body = self.term(node.body, inner)
        for frame in reversed(bound):
            variable = frame.variable
            if operator in SUMS:
                linear = self.sorts.fresh(LINEAR)
                self.unify(
                    body.sort, linear, node.body, "a sum of what is no number, vector or matrix", body, kind=SORT
                )
                args = (lambda_(variable, frame.domain), lambda_(variable, body))
                body = Op(body.sort, "sum", args, node.span)
            else:
                body = self.concatenated(node, frame, body)
        return body

    def concatenated(self, node: s.Binder, frame: Frame, body: Pre) -> Pre:
        """``\\bigcup_{h \\in [H]}``: the vectors of all heads, one after the other."""
        heads = self.sorts.fresh(DIMENSION)
        if not (isinstance(frame.domain, Op) and frame.domain.name == "true"):
            raise Ill(UNREADABLE, node, "a concatenation is read over all heads only")
        what = "a concatenation runs over the numbers 1 to H"
        self.unify(frame.variable.sort, fin(heads), node, what, kind=SORT)
        return self.heads(frame.variable, body, node.body)

    # conditions

    def conditions(self, node: s.Binder, scope: Scope) -> list[Frame]:
        if not node.conditions:
            raise Ill(UNREADABLE, node, f"‘{normalised(node.operator)}’ does not say over what it runs")
        found: list[Frame] = []
        for condition in node.conditions:
            for frame in self.condition(condition, node, scope):
                found.append(frame)
                scope = scope.binding(frame.variable)
        return found

    def condition(self, condition: s.Node, node: s.Binder, scope: Scope) -> Iterator[Frame]:
        span = condition.span
        if isinstance(condition, s.Name):
            variable = self.variable(condition, scope)
            if self.signature.known(self.reading(condition, scope).printed, 0) is not None:
                self.conventional(variable, condition, scope)
            yield Frame(condition, variable, Op(BOOL, "true", (), span))
            return
        if not isinstance(condition, s.Relation) or len(condition.operands) != 2:
            raise Ill(UNREADABLE, condition, f"‘{normalised(condition)}’ does not say over what the operator runs")
        left, right = condition.operands
        if condition.operators == ("=",) and node.upper is not None and isinstance(left, s.Name):
            if not (isinstance(right, s.Number) and right.text == "1"):
                raise Ill(UNREADABLE, condition, "only sums that begin at 1 are read")
            size = self.signature.reader.dimension(node.upper)
            yield Frame(left, self.variable(left, scope, fin(size)), Op(BOOL, "true", (), span))
            return
        if condition.operators != (r"\in",):
            raise Ill(UNREADABLE, condition, f"‘{normalised(condition)}’ does not say over what the operator runs")
        if isinstance(left, s.Listing):
            for each in left.operands:
                if not isinstance(each, s.Name):
                    raise Ill(UNREADABLE, each, "a variable was expected")
                variable = self.variable(each, scope)
                yield Frame(each, variable, self.contained(variable, right, scope.binding(variable)))
            return
        if isinstance(left, s.Name) and not self.reading(left, scope).inverse:
            variable = self.variable(left, scope)
            yield Frame(left, variable, self.contained(variable, right, scope))
            return
        if isinstance(left, s.Group) and len(left.items) > 1:
            raise Ill(UNREADABLE, left, "sums over pairs have no reading yet")
        yield self.compound(condition, left, right, scope)

    def variable(self, node: s.Name, scope: Scope, sort: Sort | None = None) -> Local:
        printed = self.reading(node, scope).printed
        return Local(self.sorts.fresh() if sort is None else sort, printed.word, printed.key)

    def conventional(self, variable: Local, node: s.Name, scope: Scope) -> None:
        """A variable of a name that has a sort already has that sort, where nothing else is said."""
        symbol = self.signature.known(self.reading(node, scope).printed, 0)
        if symbol is not None:
            self.sorts.same(variable.sort, symbol.sort)

    def compound(self, condition: s.Relation, left: s.Node, right: s.Node, scope: Scope) -> Frame:
        """``x^{-1}(x(\\overline{j}) + y) \\in N(…)`` binds its one variable of the sort that is summed over."""
        candidates: list[s.Name] = []
        for name in self.free_names(condition, scope):
            mark, pending = self.sorts.mark(), list(self.signature.pending)
            symbols = dict(self.signature.symbols)
            try:
                frame = self.bound(name, left, right, scope)
                fits = self.alike(frame[0].sort, frame[1].sort)
            except Ill:
                fits = False
            self.sorts.undo(mark)
            self.signature.pending, self.signature.symbols = pending, symbols
            if fits:
                candidates.append(name)
        if len(candidates) != 1:
            said = " or ".join(f"‘{normalised(name)}’" for name in candidates)
            message = (
                f"the sum may run over {said}" if said else "nothing in the condition can be what the sum runs over"
            )
            raise Ill(SCOPE, condition, message)
        variable, _, domain = self.bound(candidates[0], left, right, scope)
        return Frame(left, variable, domain)

    def bound(self, name: s.Name, left: s.Node, right: s.Node, scope: Scope) -> tuple[Local, Pre, Pre]:
        variable = self.variable(name, scope)
        self.conventional(variable, name, scope)
        inner = scope.binding(variable)
        element = self.term(left, inner)
        if not self.alike(variable.sort, element.sort):
            raise Ill(SORT, name, "of another sort than what is summed over")
        self.sorts.same(variable.sort, element.sort)
        return variable, element, self.contained(element, right, inner)

    def alike(self, left: Sort, right: Sort) -> bool:
        return self.sorts.could_be(left, right)

    def free_names(self, node: s.Node, scope: Scope) -> list[s.Name]:
        """The names in argument position that nothing fixes, one for each."""
        found: dict[str, s.Name] = {}
        stack: list[s.Node] = [node]
        while stack:
            item = stack.pop()
            if isinstance(item, s.Apply):
                stack.append(item.argument)
                if not isinstance(item.function, s.Name):
                    stack.append(item.function)
                continue
            if isinstance(item, s.Name):
                key = self.reading(item, scope).printed.key
                symbol = self.signature.known(self.reading(item, scope).printed, 0)
                function = symbol is not None and self.signature.shape(symbol).name == "→"
                if not (key in scope.locals or key in scope.fixed or self.expands(key, scope) or function):
                    found.setdefault(key, item)
                continue
            stack.extend(item.children)
        return sorted(found.values(), key=lambda name: name.span.start)

    # membership

    def membership(self, left: s.Node, right: s.Node, scope: Scope) -> Pre:
        return self.contained(self.term(left, scope), right, scope)

    def contained(self, element: Pre, right: s.Node, scope: Scope) -> Pre:
        """``element ∈ right``: true if the set is a sort of its own, else what the neighbourhood says."""
        right = s.ungrouped(right)
        if self.is_sort(right, scope):
            sort = self.signature.reader.read(right)
            self.unify(element.sort, sort, right, "an element of another set", element, kind=SORT)
            return Op(BOOL, "true", (), right.span)
        domain = self.term(right, scope)
        wanted = fun(element.sort, BOOL)
        self.unify(domain.sort, wanted, right, "not a set of these", domain, element, kind=SORT)
        head, count = domain, 1
        while isinstance(head, App):
            head, count = head.function, count + 1
        if isinstance(head, Free) and not head.symbol.member:
            head.symbol.member = True
            if sum(size for _, size in head.symbol.groups) < count - head.symbol.count:
                head.symbol.groups = (*head.symbol.groups, ("(", 1))
        return App(BOOL, domain, element)

    def is_sort(self, node: s.Node, scope: Scope) -> bool:
        """Whether a set is a sort (``S``, ``[H]``, ``\\mathbb{R}^d``), and not a set that a symbol gives."""
        if isinstance(node, s.Name):
            if node.font == r"\mathbb":
                return True
            reading = self.reading(node, scope)
            key = reading.printed.key
            if reading.indices or key in scope.locals or self.signature.find(key):
                return False
            return self.signature.is_set(key) or key not in self.signature.library
        if isinstance(node, s.Group):
            return node.kind in ("[", r"\{")
        return isinstance(node, s.Product)

    # softmax

    def is_softmax(self, item: Item, scope: Scope) -> bool:
        if item.prefix or not isinstance(item.node, s.Name):
            return False
        key = names.stem(item.node)
        key = rf"\mathrm{{{key}}}" if item.node.is_word and not key.startswith("\\") else key
        return self.signature.is_softmax(key) and key not in scope.locals

    def softmax(self, name: s.Name, bracket: s.Node, scope: Scope) -> Pre:
        """``σ_e(s)``: the softmax over the domain of the sum with element ``e``, of the score, taken at ``e``."""
        self.signature.softmax_uses.append(name.span)
        below = [script for script in name.scripts if script.kind == "_"]
        subscript = s.ungrouped(below[0].body) if below else None
        if isinstance(subscript, s.Relation) and subscript.operators == (r"\in",):
            return self.softmax_over(name, subscript, bracket, scope)
        frame = self.frame_of(name, subscript, scope)
        if frame is None:
            if subscript is None:
                raise Ill(UNREADABLE, name, "a softmax without a subscript is read inside a sum only")
            if not isinstance(subscript, s.Name):
                raise Ill(SCOPE, name, "a softmax outside any sum does not say over what it runs")
            printed = self.reading(subscript, scope).printed
            outer = scope.locals.get(printed.key)
            if outer is None:
                raise Ill(SCOPE, name, f"‘{normalised(name)}’ stands outside any sum over ‘{normalised(subscript)}’")
            variable = Local(outer.sort, printed.word, printed.key)
            return self.softmax_of(
                name, variable, Op(BOOL, "true", (), name.span), bracket, scope.binding(variable), outer
            )
        return self.softmax_of(name, frame.variable, frame.domain, bracket, scope, frame.variable)

    def frame_of(self, name: s.Name, subscript: s.Node | None, scope: Scope) -> Frame | None:
        if not scope.frames:
            return None
        if subscript is None:
            return scope.frames[-1]
        for frame in reversed(scope.frames):
            if frame.element == subscript or normalised(frame.element) == normalised(subscript):
                return frame
        frame = scope.frames[-1]
        wanted = normalised(frame.element)
        message = f"the softmax runs over ‘{normalised(subscript)}’, the sum over ‘{wanted}’"
        edit = Edit(subscript.span.start, subscript.span.end, frame.element.span.text)
        self.notes.add(Problem(SCOPE, subscript.span, message, wanted, (edit,)))
        return frame

    def softmax_over(self, name: s.Name, condition: s.Relation, bracket: s.Node, scope: Scope) -> Pre:
        """``softmax_{j \\in N(i)}(s)``, taken at the ``j`` of the place where it stands."""
        left, right = condition.operands
        if not isinstance(left, s.Name):
            raise Ill(UNREADABLE, condition, "a variable was expected")
        printed = self.reading(left, scope).printed
        outer = scope.locals.get(printed.key)
        if outer is None:
            raise Ill(SCOPE, name, f"‘{normalised(left)}’ means nothing where this softmax is to be taken")
        variable = Local(outer.sort, printed.word, printed.key)
        domain = self.contained(variable, right, scope)
        return self.softmax_of(name, variable, domain, bracket, scope.binding(variable), outer)

    def softmax_of(self, name: s.Name, variable: Local, domain: Pre, bracket: s.Node, scope: Scope, at: Pre) -> Pre:
        score = self.term(bracket, scope)
        self.unify(score.sort, SCALAR, bracket, "a softmax of what is no number", score)
        return Op(SCALAR, "softmax", (lambda_(variable, domain), lambda_(variable, score), at), name.span)

    # [•]

    def is_placeholder(self, node: s.Group) -> bool:
        return node.kind in ("[", "(") and isinstance(node.body, s.Name) and normalised(node.body) in _PLACEHOLDERS

    def placeholder(self, node: s.Group, scope: Scope) -> Pre:
        """``[\\bullet]``: any body of the sum around it, the same one in the whole document."""
        if not scope.frames:
            raise Ill(UNREADABLE, node, "‘[•]’ stands for the body of a sum, and there is none around it")
        variable = scope.frames[-1].variable
        symbol = self.signature.lookup(Printed(normalised(node)), 0, node.span)
        symbol.groups = (("(", 1),)
        self.sorts.same(symbol.sort, fun(self.sorts.fresh(BASE), self.sorts.fresh(LINEAR)))
        what = f"‘[•]’ is a body in {say(variable.sort)}"
        target = self.sorts.fresh(LINEAR)
        self.unify(symbol.sort, fun(variable.sort, target), node, what, kind=SORT)
        return App(target, Free(symbol.sort, symbol), variable)
