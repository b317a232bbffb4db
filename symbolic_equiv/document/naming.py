"""Names in a scope: bound variables, abbreviations and symbols, with their indices and inverses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from symbolic_equiv.document import names
from symbolic_equiv.document.building import FUNCTIONS
from symbolic_equiv.document.conditions import Frame
from symbolic_equiv.document.context import BUILT_IN, DOCUMENT, INFERRED, Symbol
from symbolic_equiv.document.infer import Sorts
from symbolic_equiv.document.preterms import Free, Local, Op, Pre, is_function
from symbolic_equiv.document.problems import DEFINITION, SORT, UNREADABLE, Ill
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.kernel.sorts import BASE, LINEAR, VARIABLE, Sort
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.theories.language import BOOL, NAT, SCALAR


class Scope(NamedTuple):
    """What is bound where an expression stands: variables, sums, and the variables that are fixed outside."""

    locals: Mapping[str, Local] = MappingProxyType({})
    fixed: frozenset[str] = frozenset()
    frames: tuple[Frame, ...] = ()
    expanding: frozenset[str] = frozenset()

    def binding(self, *variables: Local) -> Scope:
        return self._replace(locals={**self.locals, **{each.key: each for each in variables}})


class Item(NamedTuple):
    """One factor of a row; ``prefix`` is a letter that belongs to its name, as in ``\\Delta\\varphi``."""

    node: s.Node
    prefix: str = ""


class Naming:
    """The part of the elaborator that reads names; ``Elaborator`` has the rest."""

    signature: Signature
    sorts: Sorts

    def is_element(self, node: s.Node, scope: Scope) -> bool:
        """Whether a script stands for an element: a bound variable, an abbreviation, or no function."""
        if isinstance(node, s.Apply) and isinstance(node.function, s.Name) and node.bracket == "(":
            return self.gives_elements(node.function, scope)
        if not isinstance(node, s.Name):
            return False
        if self.is_count(node):
            return True
        reading = self.reading(node, scope)
        key = reading.printed.key
        if reading.indices or reading.inverse or key in scope.locals or key in scope.fixed:
            return True
        if key in self.signature.abbreviations:
            return True
        library = self.signature.library
        if key in library and key not in library.elements and not self.signature.find(key):
            return False
        symbol = self.signature.known(reading.printed, 0)
        if symbol is None:
            return False
        root = symbol.derived_from or symbol
        sort = self.signature.shape(symbol)
        return sort.cls == BASE or sort.name in ("Fin", "Nat") or (root.origin == BUILT_IN and not is_function(sort))

    def is_count(self, node: s.Name) -> bool:
        """Whether a name is ``\\mathrm{nought}`` or ``\\mathrm{succ}``, which nobody gave another meaning."""
        key = "" if node.scripts else names.stem(node)
        return key in FUNCTIONS and _result(FUNCTIONS[key].declaration.sort) == NAT and not self.signature.find(key)

    def gives_elements(self, node: s.Name, scope: Scope) -> bool:
        """Whether a name is that of a map into a set, such as a permutation, or of its inverse."""
        if self.is_count(node):
            return True
        reading = self.reading(node, scope)
        symbol = self.signature.known(reading.printed, len(reading.indices))
        sort = self.signature.shape(symbol) if symbol is not None else None
        if sort is None or not is_function(sort):
            return False
        target = self.sorts.walk(sort.args[0] if reading.inverse else sort.args[1])
        return (target.cls == BASE and target.tag != VARIABLE) or target.name == "Fin"

    def reading(self, node: s.Name, scope: Scope, prefix: str = "") -> names.Reading:
        if not node.scripts:
            return names.bare_reading(names.stem(node), prefix)
        is_element = lambda script: self.is_element(script, scope)
        signature = self.signature
        takes, matrix = signature.takes_indices, lambda key: key in scope.locals or self.is_matrix(key)
        return names.read_name(node, is_element, signature.is_declared, prefix, takes, matrix)

    def _name(self, node: s.Name, scope: Scope) -> Pre:
        return self.name(Item(node), scope, None)

    def name(self, item: Item, scope: Scope, following: s.Group | None) -> Pre:
        """A name with its indices; ``following`` is the bracket behind it, if there is one."""
        applied = following is not None
        node = item.node
        if node.base == "[\\bullet]" or node.base in (r"\bullet", r"\ldots", r"\infty", r"\emptyset"):
            raise Ill(UNREADABLE, node, f"‘{normalised(node)}’ stands for nothing here")
        if not item.prefix and (conventional := self.conventional_name(node, scope)) is not None:
            return conventional
        if not item.prefix and (constant := self.constant(node, scope)) is not None:
            return constant
        if not (item.prefix or applied or node.scripts) and (whole := self.whole_set(node, scope)) is not None:
            return whole
        if node.base == r"\top" and not node.scripts and not self.signature.find(node.base):
            return Op(BOOL, "true", (), node.span)
        if (exponent := self.exponent(node, scope)) is not None:
            power = self.term(exponent, scope)
            self.unify(power.sort, SCALAR, exponent, "e to the power of what is no number", power)
            return Op(SCALAR, "exp", (power,), node.span)
        reading = self.reading(node, scope, item.prefix)
        key = reading.printed.key
        of_entries: tuple[s.Node, ...] = ()
        if reading.indices and self.has_entries(reading, scope):
            of_entries, reading = tuple(index.node for index in reading.indices), reading._replace(indices=())
        value: Pre
        symbol: Symbol | None = None
        if key in scope.locals:
            value = scope.locals[key]
        elif not reading.indices and self.expands(key, scope):
            found = self.signature.abbreviations[key]
            value = self.term(found.node, scope._replace(expanding=scope.expanding | {key}))
        elif not reading.indices and (whole := self.whole_of_entries(reading.printed, node)) is not None:
            value = whole
        else:
            if not reading.indices and self.signature.is_dimension(key):
                self.signature.add(Symbol(reading.printed, 0, SCALAR, DOCUMENT))
            symbol = self.signature.lookup(reading.printed, len(reading.indices), node.span)
            symbol = self.meant(symbol, reading, following, node, scope)
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
        last = next((script.kind for script in reversed(node.scripts) if script.kind != "'"), "")
        if of_entries and last == "^":  # X_i^T
            value, of_entries = self.entries_of(value, of_entries, node, scope), ()
        if reading.transposed:
            value = self.transposed(value, node)
        if of_entries:
            value = self.entries_of(value, of_entries, node, scope)
        if reading.power is not None:
            value = self.power(value, reading.power, node)
        return value

    def has_entries(self, reading: names.Reading, scope: Scope) -> bool:
        """Whether the indices of a name are those of an entry: the name alone is a matrix, a vector or bound to one."""
        key, count = reading.printed.key, len(reading.indices)
        if any(index.bracketed or index.kind != "_" for index in reading.indices):
            return False
        if key in scope.locals:
            return self.sorts.walk(scope.locals[key].sort).name in ("Mat", "Vec")
        return self.is_matrix(key) and (key, count) not in self.signature.symbols

    def meant(self, symbol: Symbol, reading, following: s.Group | None, node: s.Name, scope: Scope) -> Symbol:
        """Of several symbols of one name, the first that takes these indices and what the bracket behind them holds."""
        others = self.signature.overloads.get((symbol.key, symbol.count))
        if not others:
            return symbol
        mark, pending, symbols = self.sorts.mark(), list(self.signature.pending), dict(self.signature.symbols)
        given = [index.node for index in reading.indices]
        given += [part for item in (following.items if following is not None else ()) for part in s.components(item)]
        try:
            sorts = [self.sorts.resolve(self.term(part, scope).sort) for part in given]
        except Ill:
            return symbol  # what is wrong will be said where it is read
        finally:
            self.sorts.undo(mark)
            self.signature.pending, self.signature.symbols = pending, symbols
        for each in (symbol, *others):
            self.ready(each)
            if self.takes(each, sorts):
                symbol.uses.remove(node.span)
                each.uses.append(node.span)
                return each
        return symbol

    def takes(self, symbol: Symbol, given: list[Sort]) -> bool:
        """Whether a symbol may be applied to arguments of these sorts."""
        sort = symbol.instance(self.sorts)
        for argument in given:
            sort = self.sorts.walk(sort)
            if not is_function(sort) or not self.sorts.could_be(sort.args[0], argument):
                return False
            sort = sort.args[1]
        return True

    def exponent(self, node: s.Name, scope: Scope) -> s.Node | None:
        """The ``x`` of ``e^{x}``, where ``e`` is no symbol of the document."""
        if node.base != "e" or node.accents or node.font not in ("", r"\mathrm") or len(node.scripts) != 1:
            return None
        known = "e" in scope.locals or "e" in self.signature.abbreviations or self.signature.find("e")
        script = node.scripts[0]
        if known or script.kind != "^" or names.is_transpose(script) or names.is_minus_one(script):
            return None
        return script.body

    def indexed(self, value: Pre, reading: names.Reading, node: s.Node, scope: Scope) -> Pre:
        for index in reading.indices:
            value = self.applied(value, self.argument(index.node, scope, value), node)
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
        if self.walk(value).name == "Mat":
            said = symbol.properties if symbol is not None else frozenset()
            if not (said & {"permutation", "orthogonal"} or said >= {"left", "right"}):
                raise Ill(UNREADABLE, node, "the inverse of a matrix is read of a permutation or orthogonal matrix")
            return self.transposed(value, node)
        group = self.sorts.fresh(BASE)
        self.unify(value.sort, group, node, "an inverse is taken, of what is no group element", value, kind=SORT)
        return Op(group, "inv", (value,), node.span)

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


def _result(sort: Sort) -> Sort:
    while is_function(sort):
        sort = sort.args[1]
    return sort
