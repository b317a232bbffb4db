"""Names, brackets and things side by side: which is applied to which, and what is multiplied."""

from __future__ import annotations

from symbolic_equiv.document.infer import Sorts
from symbolic_equiv.document.names import PREFIXES
from symbolic_equiv.document.naming import Item, Scope
from symbolic_equiv.document.preterms import App, Free, Local, Op, Pre, is_function, lambda_, say
from symbolic_equiv.document.problems import SORT, UNREADABLE, Ill
from symbolic_equiv.document.products import keys_in, symbols_in
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.trees import iterated
from symbolic_equiv.kernel.sorts import BASE, LINEAR, VARIABLE, Sort, fun
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.theories.language import SCALAR


class Reread(Exception):
    """Maps that were declared between signals act on vectors: the document has to be read again."""

    def __init__(self, keys: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(keys)))
        self.keys = keys


class Rows:
    """The part of the elaborator that groups rows; ``Elaborator`` has the rest."""

    signature: Signature
    sorts: Sorts

    def _apply(self, node: s.Apply, scope: Scope) -> Pre:
        return self.row(node, scope)

    def _juxtapose(self, node: s.Juxtapose, scope: Scope) -> Pre:
        return self.row(node, scope)

    def row(self, node: s.Node, scope: Scope) -> Pre:
        """A product, taken from the right (``v^T (W u)``), or from the left if only that makes sense."""
        items = self.items(node, scope)
        values, at = [], 0
        while at < len(items):
            value, following = self.operand(items, at, scope, None)
            values.append((value, items[at].node))
            at = following
        mark, pending = self.sorts.mark(), list(self.signature.pending)
        try:
            total = values[-1][0]
            for value, place in reversed(values[:-1]):
                total = self.product(value, total, place)
        except Ill:
            if len(values) < 3:
                raise
            self.sorts.undo(mark)
            self.signature.pending = pending
            total = values[0][0]
            for value, place in values[1:]:
                total = self.product(total, value, place)
        return total

    def items(self, node: s.Node, scope: Scope) -> list[Item]:
        """The factors, with ``\\Delta`` joined to the name behind it unless it is a symbol by itself.

        ``L_yL_h`` is one name where the document defines it as one, ``L_yL_h[f](i) := …``.
        """
        flat, found = s.factors(node), []
        for each in flat:
            before = found[-1].node if found else None
            if (
                isinstance(each, s.Name) and isinstance(before, s.Name) and before.base in PREFIXES
                and not before.scripts and not before.accents and before.base not in scope.locals
                and not self.signature.find(before.base)
            ):  # fmt: skip
                found[-1] = Item(each, before.base)
            elif found and not found[-1].prefix and (both := iterated(before, each)) and self.is_iterated(both, scope):
                found[-1] = Item(both)
            elif not isinstance(each, s.Text):
                found.append(Item(each))
        return found

    def is_iterated(self, node: s.Name, scope: Scope) -> bool:
        """Whether the document defines an operator with all these indices."""
        reading = self.reading(node, scope)
        symbol = self.signature.symbols.get((reading.printed.key, len(reading.indices)))
        return symbol is not None and symbol.equation is not None

    def operand(self, items: list[Item], at: int, scope: Scope, expected: Sort | None) -> tuple[Pre, int]:
        """One factor with all its arguments, until it has the ``expected`` sort; and where the next one begins."""
        item = items[at]
        following = items[at + 1].node if at + 1 < len(items) else None
        at += 1
        if isinstance(item.node, s.Name) and self.is_softmax(item, scope):
            if following is None:
                raise Ill(UNREADABLE, item.node, "a softmax without its scores")
            of_matrix = self.softmax_of_matrix(item.node, following, scope)
            return self.softmax(item.node, following, scope) if of_matrix is None else of_matrix, at + 1
        if (known := self.function_of_matrices(items, at - 1, scope)) is not None:
            return known, at + 1
        if isinstance(item.node, s.Name) and item.node.base in ("exp", "sqrt") and following is not None:
            argument, at = self.operand(items, at, scope, SCALAR)
            self.unify(argument.sort, SCALAR, item.node, f"{item.node.base} of what is no number", argument)
            return Op(SCALAR, item.node.base, (argument,), item.node.span), at
        is_if = isinstance(item.node, s.Name) and item.node.base == "if"
        if is_if and isinstance(following, s.Group) and len(following.items) == 3:
            condition, then, otherwise = following.items
            return self.chosen(condition, then, self.term(otherwise, scope), scope), at + 1
        if isinstance(item.node, s.Name):
            value = self.name(item, scope, _bracket(following))
        else:
            value = self.term(item.node, scope)
        while at < len(items):
            sort, following = self.walk(value), items[at].node
            wanted = expected is not None and is_function(self.sorts.walk(expected))
            if wanted and self.sorts.could_be(sort, expected):
                break
            open_head = sort.tag == VARIABLE and sort.cls not in (BASE, LINEAR) and _may_be_applied(item.node, value)
            if _bracket(following) is not None and (is_function(sort) or open_head):
                value = self.bracketed(value, following, scope)
                at += 1
            elif is_function(sort):
                argument, at = self.operand(items, at, scope, sort.args[0])
                value = self.applied(value, argument, following)
            else:
                break
        return value, at

    def bracketed(self, function: Pre, bracket: s.Node, scope: Scope) -> Pre:
        """A function applied to all that stands in a bracket; scripts of the bracket belong to the value."""
        scripts: s.Scripts = ()
        if isinstance(bracket, s.Scripted):
            bracket, scripts = bracket.base, bracket.scripts
        if not isinstance(bracket, s.Group) or not bracket.items:
            raise Ill(UNREADABLE, bracket, "an argument was expected in the brackets")
        _note_group(function, bracket)
        value = function
        for argument in (part for item in bracket.items for part in s.components(item)):
            value = self.applied(value, self.argument(argument, scope, value), argument)
        return self.scripted(value, scripts, bracket, scope)

    def applied(self, function: Pre, argument: Pre, node: s.Node) -> Pre:
        """Application; a map of vectors is applied to a signal at each place."""
        sort = self.walk(function)
        if sort.tag == VARIABLE:
            result = self.sorts.fresh()
            self.unify(sort, fun(argument.sort, result), node, "an argument is given to what is no function", function)
            return App(result, function, argument)
        if not is_function(sort):
            what = f"{say(self.sorts.resolve(sort))} is applied to an argument"
            raise Ill(SORT, node, what, keys_in(function))
        domain, target = sort.args
        if self.sorts.same(domain, argument.sort):
            return App(target, function, argument)
        if (family := self.family_of(argument)) is not None and self.sorts.same(domain, family.sort):
            return App(target, function, family)
        by_rows = self.applied_to_rows(function, domain, target, argument, node)
        if by_rows is not None:
            return by_rows
        given = self.walk(argument)
        if is_function(given) and self.sorts.same(given.args[1], domain):
            place = Local(given.args[0], "i", "")
            return lambda_(place, App(target, function, App(domain, argument, place)))
        if is_function(self.sorts.walk(domain)) and not is_function(given):
            if isinstance(function, Free) and self.signature.made_pointwise(function.symbol):
                return self.applied(Free(function.symbol.sort, function.symbol), argument, node)
            undecided = {each.key for each in symbols_in(function) if each.signal_map}
            if undecided:
                raise Reread(frozenset(undecided))
        domain, given = self.sorts.resolve(domain), self.sorts.resolve(given)
        what = f"‘{_shown(function)}’ takes {say(domain)}, and is given {say(given)}"
        # the last x_n of x_1, …, x_n is no slip of the author
        counted = given == SCALAR and (domain.name == "Fin" or domain.name in self.signature.groups)
        raise Ill(UNREADABLE if counted else SORT, node, what, keys_in(function, argument))

    def family_of(self, value: Pre) -> Pre | None:
        """For ``\\varphi_{qry}``, printed without the index that ``\\varphi_{qry}^{(h)}`` has: the whole family."""
        if not isinstance(value, Free) or value.symbol.derived_from is None:
            return None
        symbol = value.symbol.derived_from
        return Free(symbol.instance(self.sorts), symbol) if symbol.count > value.symbol.count else None


def _bracket(node: s.Node | None) -> s.Group | None:
    """The bracket that a factor is, without the scripts on it."""
    inner = node.base if isinstance(node, s.Scripted) else node
    return inner if isinstance(inner, s.Group) and inner.kind in ("(", "[") else None


def _may_be_applied(node: s.Node, value: Pre) -> bool:
    """Whether a bracket behind something of unknown sort is its argument: yes, behind a name or its arguments."""
    return isinstance(node, s.Name) or isinstance(value, App)


def _note_group(function: Pre, bracket: s.Group) -> None:
    """Remember with which brackets a symbol is printed."""
    depth = 0
    while isinstance(function, App):
        function, depth = function.function, depth + 1
    if isinstance(function, Free):
        symbol = function.symbol
        have = symbol.count + sum(size for _, size in symbol.groups)
        if depth == have:
            size = sum(len(s.components(item)) for item in bracket.items)
            symbol.groups = (*symbol.groups, (bracket.kind, size))


def _shown(pre: Pre) -> str:
    symbols = symbols_in(pre)
    return symbols[0].key if symbols else "this"
