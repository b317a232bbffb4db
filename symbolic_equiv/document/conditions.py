"""What stands below a sum: the variables that it binds, one or a pair, and the domain that they run over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from symbolic_equiv.document.context import BUILT_IN, INFERRED
from symbolic_equiv.document.families import upper_size
from symbolic_equiv.document.preterms import App, Free, Local, Op, Pre, lambda_
from symbolic_equiv.document.problems import SCOPE, SORT, UNREADABLE, Ill
from symbolic_equiv.document.ranges import Ranges
from symbolic_equiv.document.scope import is_range
from symbolic_equiv.document.sets import factors as product_factors
from symbolic_equiv.kernel.sorts import BASE, Sort, fun
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.latex.reader.source import join
from symbolic_equiv.theories.language import BOOL

if TYPE_CHECKING:
    from symbolic_equiv.document.naming import Scope


@dataclass(frozen=True)
class Frame:
    """A sum around an expression: its element as printed, its variables, and its domain (a proposition)."""

    element: s.Node
    variables: tuple[Local, ...]
    domain: Pre


class Conditions(Ranges):
    """The part of the elaborator that reads the conditions of sums; ``Elaborator`` has the rest."""

    def conditions(self, node: s.Binder, scope: Scope) -> list[Frame]:
        if not node.conditions:
            raise Ill(UNREADABLE, node, f"‘{normalised(node.operator)}’ does not say over what it runs")
        found: list[Frame] = []
        for condition in node.conditions:
            if found and (restricted := self.restricted(found[-1], condition, scope)) is not None:
                found[-1] = restricted
                continue
            for frame in self.condition(condition, node, scope):
                found.append(frame)
                scope = scope.binding(*frame.variables)
        return found

    def restricted(self, frame: Frame, condition: s.Node, scope: Scope) -> Frame | None:
        """``j \\in N(i), j \\neq i``: the second condition says more of what the first one binds."""
        if not isinstance(condition, s.Relation) or condition.operators == ("=",):
            return None
        sides = condition.operands if is_range(condition) else condition.operands[:1]
        own = {variable.key for variable in frame.variables}
        inside = [each for side in sides for each in side.walk() if isinstance(each, s.Name)]
        if not any(self.reading(each, scope).printed.key in own for each in inside):
            return None
        more = self.term(condition, scope)
        everything = isinstance(frame.domain, Op) and frame.domain.name == "true"
        domain = more if everything else Op(BOOL, "and", (frame.domain, more), condition.span)
        return replace(frame, domain=domain)

    def condition(self, condition: s.Node, node: s.Binder, scope: Scope) -> Iterator[Frame]:
        span = condition.span
        if isinstance(condition, s.Name):
            variable = self.variable(condition, scope)
            if self.signature.known(self.reading(condition, scope).printed, 0) is not None:
                self.conventional(variable, condition, scope)
            yield Frame(condition, (variable,), Op(BOOL, "true", (), span))
            return
        two = isinstance(condition, s.Relation | s.Colon) and len(condition.operands) == 2
        if not two and not is_range(condition):
            raise Ill(UNREADABLE, condition, f"‘{normalised(condition)}’ does not say over what the operator runs")
        if isinstance(condition, s.Colon):
            yield self.suchthat(condition, scope)
            return
        if is_range(condition):
            yield self.range(condition, node.body, scope)
            return
        left, right = condition.operands
        if condition.operators == ("=",) and node.upper is not None and isinstance(left, s.Name):
            size = upper_size(right.text, s.ungrouped(node.upper)) if isinstance(right, s.Number) else None
            if size is None or self.is_within(node.upper, scope):
                variable, domain = self.interval(left, right, node.upper, condition, scope)
                yield Frame(left, (variable,), domain)
                return
            numbers = self.signature.numbers(self.signature.reader.dimension(size), right.text, condition)
            yield Frame(left, (self.variable(left, scope, numbers),), Op(BOOL, "true", (), span))
            return
        if condition.operators == (r"\notin",) and isinstance(left, s.Name):
            variable = self.variable(left, scope)
            inside = self.contained((variable,), right, scope.binding(variable))
            yield Frame(left, (variable,), Op(BOOL, "not", (inside,), span))
            return
        if condition.operators != (r"\in",):
            raise Ill(UNREADABLE, condition, f"‘{normalised(condition)}’ does not say over what the operator runs")
        if isinstance(left, s.Listing):
            for each in left.operands:
                if not isinstance(each, s.Name):
                    raise Ill(UNREADABLE, each, "a variable was expected")
                variable = self.variable(each, scope)
                yield Frame(each, (variable,), self.contained((variable,), right, scope.binding(variable)))
            return
        parts = s.components(left)
        if all(isinstance(part, s.Name) and not self.reading(part, scope).inverse for part in parts):
            variables = tuple([self.variable(part, scope) for part in parts if isinstance(part, s.Name)])
            if len({variable.key for variable in variables}) < len(variables):
                raise Ill(SCOPE, left, "a pair of one variable with itself")
            domain = self.contained(variables, right, scope)
            if len(parts) > 2 and isinstance(domain, Op) and domain.name == "true":  # of all triples: sums of sums
                yield from (Frame(part, (each,), domain) for part, each in zip(parts, variables, strict=True))
            else:
                yield Frame(left, variables, domain)
        elif len(parts) > 1:
            yield self.compound_pair(left, right, scope)
        else:
            yield self.compound(condition, left, right, scope, node.body)

    def range(self, condition: s.Relation, body: s.Node, scope: Scope) -> Frame:
        """``j \\neq i``, ``|j - i| \\leq k``, and ``i < j`` for pairs."""
        names, variables, domain = self.ranged(condition, body, scope)
        element = names[0] if len(names) == 1 else _listed(names)
        return Frame(element, variables, domain)

    def suchthat(self, condition: s.Colon, scope: Scope) -> Frame:
        """``j : j \\in N(i) \\land \\dots``: all ``j`` with a property."""
        left, right = condition.operands
        place = None
        if isinstance(left, s.Relation) and left.operators == (r"\in",):
            left, place = left.operands  # j \in S : …
        parts = s.components(left)
        variables: list[Local] = []
        for part in parts:
            if not isinstance(part, s.Name):
                raise Ill(UNREADABLE, part, "a variable was expected in front of the colon")
            variables.append(self.variable(part, scope))
            if place is None:
                self.conventional(variables[-1], part, scope)
        inner = scope.binding(*variables)
        if place is not None:
            inside = self.contained(tuple(variables), place, inner)
            if not (isinstance(inside, Op) and inside.name == "true"):
                raise Ill(UNREADABLE, place, "in front of the colon a set of its own was expected")
        domain = self.term(right, inner)
        self.unify(domain.sort, BOOL, right, "a property was expected", domain, kind=SORT)
        return Frame(left, tuple(variables), domain)

    def variable(self, node: s.Name, scope: Scope, sort: Sort | None = None) -> Local:
        printed = self.reading(node, scope).printed
        return Local(self.sorts.fresh() if sort is None else sort, printed.word, printed.key)

    def conventional(self, variable: Local, node: s.Name, scope: Scope) -> None:
        """A variable of a name that has a sort already has that sort, where nothing else is said."""
        symbol = self.signature.known(self.reading(node, scope).printed, 0)
        root = symbol.derived_from or symbol if symbol is not None else None
        if root is None or root.origin == BUILT_IN or (root is not symbol and root.origin == INFERRED):
            return  # nor does a v that nobody declared say anything of v'
        self.sorts.same(variable.sort, symbol.sort)

    def compound(self, condition: s.Node, left: s.Node, right: s.Node, scope: Scope, body: s.Node) -> Frame:
        """``x^{-1}(x(\\overline{j}) + y) \\in N(…)`` binds its one variable of the sort that is summed over.

        Where there is none of that sort, its one variable in what is summed: ``g(k) \\in D`` for a map between sets.
        """
        free = self.free_names(condition, scope)
        candidates = [name for name in free if self.could_bind(name, left, right, scope, True)]
        if not candidates:
            used = {normalised(each) for each in body.walk() if isinstance(each, s.Name)}
            free = [name for name in free if normalised(name) in used]
            candidates = [name for name in free if self.could_bind(name, left, right, scope, False)]
        if len(candidates) != 1:
            said = " or ".join(f"‘{normalised(name)}’" for name in candidates)
            message = (
                f"the sum may run over {said}" if said else "nothing in the condition can be what the sum runs over"
            )
            raise Ill(SCOPE, condition, message)
        variable, element, domain = self.bound(candidates[0], left, right, scope)
        if self.alike(variable.sort, element.sort):
            self.sorts.same(variable.sort, element.sort)
        return Frame(left, (variable,), domain)

    def could_bind(self, name: s.Name, left: s.Node, right: s.Node, scope: Scope, alike: bool) -> bool:
        """Whether a sum may run over ``name``: of the sort of what is summed over, or (not ``alike``) of any other."""
        mark, pending = self.sorts.mark(), list(self.signature.pending)
        symbols = dict(self.signature.symbols)
        try:
            variable, element, _ = self.bound(name, left, right, scope)
            fits = self.alike(variable.sort, element.sort) or not alike
        except Ill:
            fits = False
        self.sorts.undo(mark)
        self.signature.pending, self.signature.symbols = pending, symbols
        return fits

    def bound(self, name: s.Name, left: s.Node, right: s.Node, scope: Scope) -> tuple[Local, Pre, Pre]:
        """The variable that ``name`` is, the element, and the condition."""
        variable = self.variable(name, scope)
        self.conventional(variable, name, scope)
        inner = scope.binding(variable)
        element = self.term(left, inner)
        return variable, element, self.contained((element,), right, inner)

    def compound_pair(self, left: s.Node, right: s.Node, scope: Scope) -> Frame:
        """``(x^{-1}(x(j) + y), b \\hat h) \\in N(…)`` binds the one variable of each of its parts."""
        variables = [self.running(part, scope) for part in s.components(left)]
        inner = scope.binding(*variables)
        elements = [self.term(part, inner) for part in s.components(left)]
        for variable, element, part in zip(variables, elements, s.components(left), strict=True):
            self.unify(variable.sort, element.sort, part, "of another sort than what is summed over", kind=SORT)
        return Frame(left, tuple(variables), self.contained(tuple(elements), right, inner))

    def running(self, part: s.Node, scope: Scope) -> Local:
        """The variable in one part of a pair: the one that nothing fixes, of the sort of that part."""
        found: list[tuple[s.Name, Local]] = []
        for name in [part] if isinstance(part, s.Name) else self.free_names(part, scope):
            variable = self.variable(name, scope)
            self.conventional(variable, name, scope)
            mark, pending, symbols = self.sorts.mark(), list(self.signature.pending), dict(self.signature.symbols)
            try:
                fits = self.alike(variable.sort, self.term(part, scope.binding(variable)).sort)
            except Ill:
                fits = False
            self.sorts.undo(mark)
            self.signature.pending, self.signature.symbols = pending, symbols
            found += [(name, variable)] if fits else []
        if len(found) > 1:  # e is the neutral element, where it need not be anything else
            found = [each for each in found if each[0].base != "e"]
        if len(found) != 1:
            said = " or ".join(f"‘{normalised(name)}’" for name, _ in found) or "nothing that is free there"
            raise Ill(SCOPE, part, f"the sum may run over {said}: a part of a pair has one variable")
        return found[0][1]

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
                if (exponent := self.exponent(item, scope)) is not None:
                    stack.append(exponent)
                    continue
                reading = self.reading(item, scope)
                if reading.indices:  # a member of a family: it is none of them that varies, but its index
                    stack.extend(index.node for index in reading.indices)
                    continue
                key, symbol = reading.printed.key, self.signature.known(reading.printed, 0)
                function = symbol is not None and self.signature.shape(symbol).name == "→"
                if not (key in scope.locals or key in scope.fixed or self.expands(key, scope) or function):
                    found.setdefault(key, item)
                continue
            stack.extend(item.children)
        return sorted(found.values(), key=lambda name: name.span.start)

    # membership

    def membership(self, left: s.Node, right: s.Node, scope: Scope) -> Pre:
        return self.contained(tuple([self.term(part, scope) for part in s.components(left)]), right, scope)

    def contained(self, elements: tuple[Pre, ...], right: s.Node, scope: Scope) -> Pre:
        """``element ∈ right``: true if the set is a sort of its own, else what the neighbourhood says.

        A pair lies in ``S × H``, or in a set of pairs.
        """
        right = s.ungrouped(right)
        if isinstance(right, s.Addition):
            return self.joined_sets(elements, right, scope)
        if len(elements) > 1 and isinstance(right, s.Name) and self._is_relation(right, scope):
            pass  # (i, j) \in E
        elif self.is_sort(right, scope):
            factors = product_factors(right) if len(elements) > 1 else (right,)
            if len(factors) != len(elements):
                raise Ill(SORT, right, f"{len(elements)} variables run over ‘{normalised(right)}’")
            for element, factor in zip(elements, factors, strict=True):
                sort = self.signature.reader.read(factor)
                self.unify(element.sort, sort, right, "an element of another set", element, kind=SORT)
            return Op(BOOL, "true", (), right.span)
        domain = self.term(right, scope)
        wanted = fun(*(element.sort for element in elements), BOOL)
        self.unify(domain.sort, wanted, right, "not a set of these", domain, *elements, kind=SORT)
        head, count = domain, 1
        while isinstance(head, App):
            head, count = head.function, count + 1
        if isinstance(head, Free) and not head.symbol.member:
            head.symbol.member = True
            if sum(size for _, size in head.symbol.groups) < count - head.symbol.count:
                head.symbol.groups = (*head.symbol.groups, ("(", len(elements)))
        for element in elements:
            domain = App(self.walk(domain).args[1], domain, element)
        return domain

    def _is_relation(self, node: s.Name, scope: Scope) -> bool:
        """Whether a name that is no set yet is that of the pairs that lie in it, such as the edges of a graph."""
        return not (node.font == r"\mathbb" or self.signature.is_set(self.reading(node, scope).printed.key))

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

    def whole_set(self, node: s.Node, scope: Scope) -> Pre | None:
        """``S`` where a part of it is expected: all of it, as in ``N(i) = S``; None for what is no set of its own."""
        name = normalised(node) if isinstance(node, s.Name) else ""
        if not name or not self.signature.is_set(name) or not self.is_sort(node, scope):
            return None
        each = Local(self.signature.name_set(name, BASE), "u", "u")
        return lambda_(each, Op(BOOL, "true", (), node.span))


def _listed(names: tuple[s.Name, ...]) -> s.Listing:
    """``j, k`` for what is bound together."""
    span = join([name.span for name in names])
    return s.Listing(span, 1 + max(name.depth for name in names), (",",) * (len(names) - 1), names)
