"""From syntax trees to terms, in a scope.

Names, brackets and things side by side are grouped by the sorts: ``\\varphi f(i)``, ``\\varphi(f)(i)`` and
``\\varphi(f(i))`` are one term, ``h^{-1}(x(i) - y)`` is an action, ``W_Q X`` a product.
"""

from __future__ import annotations

from symbolic_equiv.document import names
from symbolic_equiv.document.binders import Binders
from symbolic_equiv.document.infer import Mismatch
from symbolic_equiv.document.matrices import Matrices
from symbolic_equiv.document.naming import Item, Naming, Scope
from symbolic_equiv.document.preterms import App, Free, Local, Op, Pre, is_function, lambda_, say
from symbolic_equiv.document.problems import SCOPE, SHAPE, SORT, UNREADABLE, Ill, Notes
from symbolic_equiv.document.products import Products, keys_in, symbols_in
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.trees import indices_in, iterated
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, LINEAR, VARIABLE, KernelError, Sort, fun
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.theories.language import BOOL, SCALAR, vec

PREFIXES = frozenset({r"\Delta", r"\delta", r"\nabla"})
_LETTERS = frozenset({r"\top", "T"})


class Reread(Exception):
    """Maps that were declared between signals act on vectors: the document has to be read again."""

    def __init__(self, keys: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(keys)))
        self.keys = keys


class Elaborator(Binders, Products, Matrices, Naming):
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

    # sorts

    def unify(self, left: Sort, right: Sort, node: s.Node, what: str, *blamed: Pre, kind: str = "") -> None:
        try:
            self.sorts.unify(left, right)
        except Mismatch:
            one, other = self.sorts.resolve(left), self.sorts.resolve(right)
            kind = kind or (SHAPE if one.cls == other.cls == LINEAR else SORT)
            raise Ill(kind, node, f"{what}: {say(one)} and {say(other)}", keys_in(*blamed)) from None

    def walk(self, pre: Pre) -> Sort:
        return self.sorts.walk(pre.sort)

    # rows: applications and products

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
            value = self.applied(value, self.term(argument, scope), argument)
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
        by_rows = self.applied_to_rows(function, domain, target, argument, node)
        if by_rows is not None:
            return by_rows
        given = self.walk(argument)
        if is_function(given) and self.sorts.same(given.args[1], domain):
            place = Local(given.args[0], "i", "")
            return lambda_(place, App(target, function, App(domain, argument, place)))
        if is_function(self.sorts.walk(domain)) and not is_function(given):
            undecided = {each.key for each in symbols_in(function) if each.signal_map}
            if undecided:
                raise Reread(frozenset(undecided))
        domain, given = self.sorts.resolve(domain), self.sorts.resolve(given)
        what = f"‘{_shown(function)}’ takes {say(domain)}, and is given {say(given)}"
        raise Ill(SORT, node, what, keys_in(function, argument))

    # the other expressions

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

    def _addition(self, node: s.Addition, scope: Scope) -> Pre:
        total = self.term(node.operands[0], scope)
        for sign, operand in zip(node.operators, node.operands[1:], strict=True):
            if sign not in ("+", "-"):
                raise Ill(UNREADABLE, operand, f"‘{sign}’ has no reading here")
            right = self.term(operand, scope)
            self.unify(total.sort, right.sort, operand, f"‘{sign}’ between what is not alike", total, right)
            right = Op(right.sort, "minus", (right,), operand.span) if sign == "-" else right
            total = Op(total.sort, "plus", (total, right), node.span)
        self.signature.pending.append(total)
        return total

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
            elif sign == r"\odot":
                total = self.entry_by_entry(total, right, operand)
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
        if not node.text.isdigit() or int(node.text) > 64:
            raise Ill(UNREADABLE, node, f"the number {node.text} has no reading here (whole numbers to 64 have)")
        return Op(SCALAR, "number", (Local(SCALAR, node.text, ""),), node.span)

    def _relation(self, node: s.Relation, scope: Scope) -> Pre:
        """A membership, or an equation between indices, as a proposition."""
        if node.operators == ("=",):
            return self.equality(node.operands[0], node.operands[1], node, scope)
        if node.operators != (r"\in",):
            raise Ill(UNREADABLE, node, "only memberships and equations of indices are read as propositions")
        return self.membership(node.operands[0], node.operands[1], scope)

    def _connective(self, node: s.Connective, scope: Scope) -> Pre:
        total = self.term(node.operands[0], scope)
        for sign, operand in zip(node.operators, node.operands[1:], strict=True):
            if sign != r"\land":
                raise Ill(UNREADABLE, operand, f"‘{sign}’ has no reading here")
            total = Op(BOOL, "and", (total, self.term(operand, scope)), node.span)
        return total

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
        chosen, value = self.term(condition, scope), self.term(then, scope)
        self.unify(chosen.sort, BOOL, condition, "a condition was expected", chosen, kind=SORT)
        self.unify(value.sort, otherwise.sort, then, "two cases that are not alike", value, otherwise)
        self.unify(value.sort, self.sorts.fresh(LINEAR), then, "a case of no number, vector or matrix", value)
        return Op(value.sort, "if", (chosen, value, otherwise), then.span)

    def _accented(self, node: s.Accented, scope: Scope) -> Pre:
        raise Ill(UNREADABLE, node, "an accent on more than a name has no reading here")

    def scope_problem(self, node: s.Node, message: str) -> Ill:
        return Ill(SCOPE, node, message)


def _joins(items: tuple[s.Node, ...]) -> bool:
    """Whether a bracket holds parts with ``\\|`` between them."""
    return len(items) == 1 and isinstance(items[0], s.Addition) and set(items[0].operators) == {r"\|"}


def _joined(items: tuple[s.Node, ...]) -> tuple[s.Node, ...]:
    return items[0].operands if len(items) == 1 and isinstance(items[0], s.Addition) else items


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


__all__ = ["Elaborator", "Item", "Reread", "Scope", "symbols_in"]
