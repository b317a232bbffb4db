"""From syntax trees to terms, in a scope.

Names, brackets and things side by side are grouped by the sorts: ``\\varphi f(i)``, ``\\varphi(f)(i)`` and
``\\varphi(f(i))`` are one term, ``h^{-1}(x(i) - y)`` is an action, ``W_Q X`` a product.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from symbolic_equiv.document import names
from symbolic_equiv.document.binders import Binders, Frame
from symbolic_equiv.document.context import BUILT_IN, DOCUMENT, INFERRED, Symbol
from symbolic_equiv.document.infer import Mismatch
from symbolic_equiv.document.names import Printed
from symbolic_equiv.document.preterms import App, Free, Lam, Local, Op, Pre, is_function, lambda_, say
from symbolic_equiv.document.problems import DEFINITION, SCOPE, SHAPE, SORT, UNREADABLE, Ill, Notes
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, FORMER, LINEAR, VARIABLE, KernelError, Sort, fun
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.theories.language import BOOL, SCALAR, dim, mat, vec

PREFIXES = frozenset({r"\Delta", r"\delta", r"\nabla"})
_LETTERS = frozenset({r"\top", "T"})


class Reread(Exception):
    """Maps that were declared between signals act on vectors: the document has to be read again."""

    def __init__(self, keys: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(keys)))
        self.keys = keys


@dataclass(frozen=True)
class Scope:
    """What is bound where an expression stands: variables, sums, and the variables that are fixed outside."""

    locals: dict[str, Local] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()
    frames: tuple[Frame, ...] = ()
    expanding: frozenset[str] = frozenset()

    def binding(self, *variables: Local) -> Scope:
        return replace(self, locals={**self.locals, **{each.key: each for each in variables}})


@dataclass(frozen=True)
class Item:
    """One factor of a row; ``prefix`` is a letter that belongs to its name, as in ``\\Delta\\varphi``."""

    node: s.Node
    prefix: str = ""


class Elaborator(Binders):
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
            raise Ill(kind, node, f"{what}: {say(one)} and {say(other)}", _keys(*blamed)) from None

    def walk(self, pre: Pre) -> Sort:
        return self.sorts.walk(pre.sort)

    # names

    def is_element(self, node: s.Node, scope: Scope) -> bool:
        """Whether a script stands for an element: a bound variable, an abbreviation, or no function."""
        if not isinstance(node, s.Name):
            return False
        reading = self.reading(node, scope)
        key = reading.printed.key
        if reading.indices or reading.inverse or key in scope.locals or key in scope.fixed:
            return True
        if key in self.signature.abbreviations:
            return True
        symbol = self.signature.known(reading.printed, 0)
        if symbol is None:
            return False
        root = symbol.derived_from or symbol
        sort = self.signature.shape(symbol)
        return sort.cls == BASE or sort.name == "Fin" or (root.origin == BUILT_IN and not is_function(sort))

    def reading(self, node: s.Name, scope: Scope, prefix: str = "") -> names.Reading:
        if not node.scripts:
            return names.Reading(Printed(names.stem(node), prefix=prefix))
        is_element = lambda script: self.is_element(script, scope)
        return names.read_name(node, is_element, self.signature.is_declared, prefix, self.signature.takes_indices)

    def _name(self, node: s.Name, scope: Scope) -> Pre:
        return self.name(Item(node), scope, False)

    def name(self, item: Item, scope: Scope, applied: bool) -> Pre:
        node = item.node
        if node.base == "[\\bullet]" or node.base in (r"\bullet", r"\ldots", r"\infty", r"\emptyset"):
            raise Ill(UNREADABLE, node, f"‘{normalised(node)}’ stands for nothing here")
        reading = self.reading(node, scope, item.prefix)
        key = reading.printed.key
        value: Pre
        symbol: Symbol | None = None
        if key in scope.locals:
            value = scope.locals[key]
        elif not reading.indices and self.expands(key, scope):
            found = self.signature.abbreviations[key]
            value = self.term(found.node, replace(scope, expanding=scope.expanding | {key}))
        else:
            if not reading.indices and self.signature.is_dimension(key):
                self.signature.add(Symbol(reading.printed, 0, SCALAR, DOCUMENT))
            symbol = self.signature.lookup(reading.printed, len(reading.indices), node.span)
            self.ready(symbol)
            if len(symbol.uses) == 1 and symbol.origin == INFERRED and not applied:
                symbol.styles = tuple((index.kind, index.bracketed) for index in reading.indices)
                self.entry_convention(symbol)
            value = Free(symbol.instance(self.sorts), symbol)
            if reading.indices and not symbol.styles:
                symbol.styles = tuple((index.kind, index.bracketed) for index in reading.indices)
        if reading.inverse:
            return self.inverted(value, symbol, reading, node, scope, applied)
        value = self.indexed(value, reading, node, scope)
        if reading.transposed:
            value = self.transposed(value, node)
        if reading.power is not None:
            value = self.power(value, reading.power, node)
        return value

    def indexed(self, value: Pre, reading: names.Reading, node: s.Node, scope: Scope) -> Pre:
        for index in reading.indices:
            value = self.applied(value, self.term(index.node, scope), node)
        return value

    def inverted(self, value: Pre, symbol: Symbol | None, reading, node: s.Name, scope: Scope, applied: bool) -> Pre:
        """``x^{-1}``: of a function the inverse function, of an element its inverse in the group."""
        sort = self.walk(value)
        if symbol is not None and not reading.indices and (
            is_function(sort) or (sort.tag == VARIABLE and sort.cls not in (BASE, LINEAR) and applied)
        ):  # fmt: skip
            inverse = self.signature.inverse(symbol)
            inverse.uses.append(node.span)
            return Free(inverse.sort, inverse)
        value = self.indexed(value, reading, node, scope)
        if self.walk(value) == SCALAR:
            return Op(SCALAR, "divided", (Op(SCALAR, "1", (), node.span), value), node.span)
        group = self.sorts.fresh(BASE)
        self.unify(value.sort, group, node, "an inverse is taken, of what is no group element", value, kind=SORT)
        return Op(group, "inv", (value,), node.span)

    def transposed(self, value: Pre, node: s.Node) -> Pre:
        sort = self.walk(value)
        if sort.name == "Mat":
            return Op(mat(sort.args[1], sort.args[0]), "transpose", (value,), node.span)
        if sort.name == "Vec":
            return Op(mat(dim("one"), sort.args[0]), "transpose", (value,), node.span)
        if sort == SCALAR:
            return value
        rows, columns = self.sorts.fresh(DIMENSION), self.sorts.fresh(DIMENSION)
        self.unify(sort, mat(rows, columns), node, "a transpose is taken, of what is no matrix", value)
        return Op(mat(columns, rows), "transpose", (value,), node.span)

    def power(self, value: Pre, exponent: s.Node, node: s.Node) -> Pre:
        count = int(exponent.text) if isinstance(exponent, s.Number) and exponent.text.isdigit() else 0
        if not 1 <= count <= 8:
            raise Ill(UNREADABLE, exponent, "only the powers 1 to 8 are read")
        total = value
        for _ in range(count - 1):
            total = self.product(total, value, node)
        return total

    def expands(self, key: str, scope: Scope) -> bool:
        """Whether a name stands for the expression it abbreviates: all variables of that are fixed here."""
        found = self.signature.abbreviations.get(key)
        if found is None or key in scope.expanding:
            return False
        return all(each in scope.fixed or each in scope.locals for each in found.variables)

    def entry_convention(self, symbol: Symbol) -> None:
        """A capital with two indices and nothing else known of it, ``A_{i,j}``, is an entry of a matrix: a number."""
        if symbol.printed.stem[:1].isupper() and symbol.count == 2 and all(kind == "_" for kind, _ in symbol.styles):
            target = symbol.sort
            for _ in range(symbol.count):
                target = self.sorts.walk(target).args[1]
            self.sorts.same(target, SCALAR)

    def ready(self, symbol: Symbol) -> None:
        """Read the definition of a symbol, if it has one that was not read yet."""
        if symbol.state == "busy":
            raise Ill(
                DEFINITION,
                symbol.equation.span if symbol.equation else symbol.uses[-1],
                f"‘{symbol.key}’ is defined by itself",
            )
        if symbol.state == "new":
            from symbolic_equiv.document.define import elaborate_definition

            elaborate_definition(self, symbol)

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
        """The factors, with ``\\Delta`` joined to the name behind it unless it is a symbol by itself."""
        flat, found = s.factors(node), []
        for each in flat:
            before = found[-1].node if found else None
            if (
                isinstance(each, s.Name) and isinstance(before, s.Name) and before.base in PREFIXES
                and not before.scripts and not before.accents and before.base not in scope.locals
                and not self.signature.find(before.base)
            ):  # fmt: skip
                found[-1] = Item(each, before.base)
            elif not isinstance(each, s.Text):
                found.append(Item(each))
        return found

    def operand(self, items: list[Item], at: int, scope: Scope, expected: Sort | None) -> tuple[Pre, int]:
        """One factor with all its arguments, until it has the ``expected`` sort; and where the next one begins."""
        item = items[at]
        following = items[at + 1].node if at + 1 < len(items) else None
        at += 1
        if isinstance(item.node, s.Name) and self.is_softmax(item, scope):
            if following is None:
                raise Ill(UNREADABLE, item.node, "a softmax without its scores")
            return self.softmax(item.node, following, scope), at + 1
        if isinstance(item.node, s.Name) and item.node.base in ("exp",) and following is not None:
            argument, at = self.operand(items, at, scope, SCALAR)
            self.unify(argument.sort, SCALAR, item.node, "exp of what is no number", argument)
            return Op(SCALAR, "exp", (argument,), item.node.span), at
        if isinstance(item.node, s.Name):
            value = self.name(item, scope, _is_bracket(following))
        else:
            value = self.term(item.node, scope)
        while at < len(items):
            sort, following = self.walk(value), items[at].node
            wanted = expected is not None and is_function(self.sorts.walk(expected))
            if wanted and self.sorts.could_be(sort, expected):
                break
            open_head = sort.tag == VARIABLE and sort.cls not in (BASE, LINEAR) and _may_be_applied(item.node, value)
            if _is_bracket(following) and (is_function(sort) or open_head):
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
        for argument in bracket.items:
            value = self.applied(value, self.term(argument, scope), argument)
        return self.scripted(value, scripts, bracket)

    def applied(self, function: Pre, argument: Pre, node: s.Node) -> Pre:
        """Application; a map of vectors is applied to a signal at each place."""
        sort = self.walk(function)
        if sort.tag == VARIABLE:
            result = self.sorts.fresh()
            self.unify(sort, fun(argument.sort, result), node, "an argument is given to what is no function", function)
            return App(result, function, argument)
        if not is_function(sort):
            what = f"{say(self.sorts.resolve(sort))} is applied to an argument"
            raise Ill(SORT, node, what, _keys(function))
        domain, target = sort.args
        if self.sorts.same(domain, argument.sort):
            return App(target, function, argument)
        given = self.walk(argument)
        if is_function(given) and self.sorts.same(given.args[1], domain):
            place = Local(given.args[0], "i", "")
            return lambda_(place, App(target, function, App(domain, argument, place)))
        if is_function(self.sorts.walk(domain)) and not is_function(given):
            undecided = {each.key for each in _symbols(function) if each.signal_map}
            if undecided:
                raise Reread(frozenset(undecided))
        domain, given = self.sorts.resolve(domain), self.sorts.resolve(given)
        what = f"‘{_shown(function)}’ takes {say(domain)}, and is given {say(given)}"
        raise Ill(SORT, node, what, _keys(function, argument))

    def product(self, left: Pre, right: Pre, node: s.Node) -> Pre:
        op = Op(self.sorts.fresh(), "product", (left, right), node.span)
        if not self.multiplied(op, node):
            self.signature.pending.append(op)
        return op

    def multiplied(self, op: Op, node: s.Node | None, force: bool = False) -> bool:
        """Find the sort of a product from those of its factors; False if too little is known of them yet."""
        left, right = op.args
        one, other = self.walk(left), self.walk(right)
        if force:
            if one.tag == VARIABLE:
                guess = mat(self.sorts.fresh(DIMENSION), self.sorts.fresh(DIMENSION)) if _is_capital(left) else SCALAR
                guess = other if other.cls == BASE else guess
                self.sorts.same(one, guess)
            if other.tag == VARIABLE:
                self.sorts.same(other, one if one.cls == BASE else self.sorts.fresh(LINEAR))
            one, other = self.walk(left), self.walk(right)
            if other.tag == VARIABLE:
                self.sorts.same(other, SCALAR)
                other = self.walk(right)
        where = node if node is not None else op.span
        if is_function(one) or is_function(other):
            raise Ill(SORT, where, f"a product of {say(one)} and {say(other)}", _keys(left, right))
        result: Sort | None = None
        if isinstance(left, Op) and left.name == "transpose" and self.walk(left.args[0]).name == "Vec":
            if other.tag == VARIABLE:
                self.sorts.same(other, self.walk(left.args[0]))
                other = self.walk(right)
            if other.name == "Mat":  # (v^T W) u is v^T (W u)
                self.unify(one.args[1], other.args[0], _at(where), "a row times a matrix", left, right)
                result = mat(one.args[0], other.args[1])
        if result is not None:
            pass
        elif one == SCALAR and other.cls == LINEAR:
            result = other
        elif other == SCALAR and one.cls == LINEAR and one.tag == FORMER:
            result = one
        elif one.tag == VARIABLE or other.tag == VARIABLE:
            if one.cls == BASE and other.cls == BASE and one != other:
                return False
            if one.name != "Mat" or not _is_capital(right):
                return False
            rows, columns = self.sorts.fresh(DIMENSION), self.sorts.fresh(DIMENSION)
            self.sorts.same(other, mat(rows, columns))
            other = self.walk(right)
        if result is None:
            if one.cls == other.cls == BASE:
                result = other
            elif isinstance(left, Op) and left.name == "transpose" and other.name == "Vec":
                inner = self.walk(left.args[0])
                if inner.name == "Vec":
                    self.unify(inner, other, _at(where), "an inner product", left, right)
                    op.name, op.args, result = "inner", (left.args[0], right), SCALAR
                else:
                    self.unify(one.args[1], other.args[0], _at(where), "a matrix times a vector", left, right)
                    result = vec(one.args[0])
            elif one.name == "Mat" and other.name in ("Vec", "Mat"):
                if not self.sorts.same(one.args[1], other.args[0]):
                    what = f"{say(self.sorts.resolve(one))} times {say(self.sorts.resolve(other))}"
                    raise Ill(SHAPE, where, what, _keys(left, right))
                result = vec(one.args[0]) if other.name == "Vec" else mat(one.args[0], other.args[1])
        if result is None:
            what = f"{say(self.sorts.resolve(one))} times {say(self.sorts.resolve(other))}"
            raise Ill(SHAPE, where, f"no product: {what}", _keys(left, right))
        if not self.sorts.same(op.sort, result):
            what = f"a product is {say(self.sorts.resolve(result))} where {say(self.sorts.resolve(op.sort))} should be"
            raise Ill(SHAPE, where, what, _keys(left, right))
        return True

    def settle(self, force: bool = False) -> None:
        """Settle the products whose factors are known by now; with ``force`` make the usual guess for the others."""
        waiting, self.signature.pending = self.signature.pending, []
        self.signature.pending = [op for op in waiting if not self.settled(op, force)]

    def settled(self, op: Op, force: bool) -> bool:
        """What is added is a vector, where nothing says that it is an element of a group."""
        if op.name == "product":
            return self.multiplied(op, None, force)
        if op.name != "plus" or self.walk(op).tag != VARIABLE:
            return True
        return force and self.sorts.same(op.sort, self.sorts.fresh(LINEAR))

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
        if node.kind in ("(", "[", "{", r"\{") and len(items) == 1:
            return self.term(items[0], scope)
        raise Ill(UNREADABLE, node, f"‘{normalised(node)}’ has no reading here")

    def _scripted(self, node: s.Scripted, scope: Scope) -> Pre:
        return self.scripted(self.term(node.base, scope), node.scripts, node)

    def scripted(self, value: Pre, scripts: s.Scripts, node: s.Node) -> Pre:
        for script in scripts:
            if names.is_minus_one(script):
                group = self.sorts.fresh(BASE)
                self.unify(value.sort, group, node, "an inverse is taken, of what is no group element", value)
                value = Op(group, "inv", (value,), node.span)
            elif names.is_transpose(script):
                value = self.transposed(value, node)
            elif script.kind == "^" and isinstance(script.body, s.Number):
                value = self.power(value, script.body, node)
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
                total = self.product(total, right, operand)
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
        """A membership, as a proposition."""
        if node.operators != (r"\in",):
            raise Ill(UNREADABLE, node, "only memberships are read as propositions")
        return self.membership(node.operands[0], node.operands[1], scope)

    def _connective(self, node: s.Connective, scope: Scope) -> Pre:
        total = self.term(node.operands[0], scope)
        for sign, operand in zip(node.operators, node.operands[1:], strict=True):
            if sign != r"\land":
                raise Ill(UNREADABLE, operand, f"‘{sign}’ has no reading here")
            total = Op(BOOL, "and", (total, self.term(operand, scope)), node.span)
        return total

    def _accented(self, node: s.Accented, scope: Scope) -> Pre:
        raise Ill(UNREADABLE, node, "an accent on more than a name has no reading here")

    def scope_problem(self, node: s.Node, message: str) -> Ill:
        return Ill(SCOPE, node, message)


def _is_bracket(node: s.Node | None) -> bool:
    inner = node.base if isinstance(node, s.Scripted) else node
    return isinstance(inner, s.Group) and inner.kind in ("(", "[")


def _may_be_applied(node: s.Node, value: Pre) -> bool:
    """Whether a bracket behind something of unknown sort is its argument: yes, behind a name or its arguments."""
    return isinstance(node, s.Name) or isinstance(value, App)


def _is_capital(pre: Pre) -> bool:
    symbol = pre.symbol if isinstance(pre, Free) else None
    if isinstance(pre, Op) and pre.name == "transpose":
        return _is_capital(pre.args[0])
    if isinstance(pre, App):
        return _is_capital(pre.function)
    return symbol is not None and symbol.printed.stem.replace(r"\mathbf{", "")[:1].isupper()


def _note_group(function: Pre, bracket: s.Group) -> None:
    """Remember with which brackets a symbol is printed."""
    depth = 0
    while isinstance(function, App):
        function, depth = function.function, depth + 1
    if isinstance(function, Free):
        symbol = function.symbol
        have = symbol.count + sum(size for _, size in symbol.groups)
        if depth == have:
            symbol.groups = (*symbol.groups, (bracket.kind, len(bracket.items)))


def symbols_in(pre: Pre) -> list[Symbol]:
    return _symbols(pre)


def _symbols(pre: Pre) -> list[Symbol]:
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


def _keys(*pres: Pre) -> tuple[str, ...]:
    return tuple(dict.fromkeys(symbol.key for pre in pres for symbol in _symbols(pre)))


def _shown(pre: Pre) -> str:
    symbols = _symbols(pre)
    return symbols[0].key if symbols else "this"


def _at(where):
    return where


__all__ = ["Elaborator", "Item", "Reread", "Scope", "symbols_in"]
