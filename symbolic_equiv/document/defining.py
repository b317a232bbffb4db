"""Which equations of a document define or abbreviate: candidates first, then those that can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from symbolic_equiv.document import derivation as result
from symbolic_equiv.document import names
from symbolic_equiv.document import scope as scoping
from symbolic_equiv.document.context import BUILT_IN, DOCUMENT, USER, Abbreviation, Equation, Pattern, Symbol
from symbolic_equiv.document.declare import Declarations
from symbolic_equiv.document.define import elaborate_definition, general, pattern_of
from symbolic_equiv.document.elaborate import Elaborator
from symbolic_equiv.document.letters import declared_names
from symbolic_equiv.document.naming import Item, Scope
from symbolic_equiv.document.outline import Unit
from symbolic_equiv.document.preterms import is_function
from symbolic_equiv.document.problems import UNREADABLE, Ill, Problem
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.kernel.sorts import BASE, Sort, fun
from symbolic_equiv.latex.reader import ContextLine, Line
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.latex.reader.source import Span


@dataclass
class Candidate:
    """An equation that may define a symbol, where it stands, and who gave it."""

    symbol: Symbol
    equation: Equation
    unit: Unit | None
    number: int
    origin: str
    generalised: bool


class Defining:
    """The part of a pass that takes definitions and abbreviations; ``Pass`` has the rest."""

    signature: Signature
    elaborator: Elaborator
    declarations: Declarations
    user: tuple[ContextLine, ...]
    units: list[Unit]
    keys: dict[int, set[str]]
    candidates: list[Candidate]
    adopted: list[Candidate]
    problems: list[Problem]
    said: set[int]
    roles: dict[int, str]
    refused: dict[int, Ill]
    """What keeps an equation that the text announces as a definition from being read as one, by its unit."""
    unread: set[str]
    """The names that such equations would have defined."""
    claimed: set[str]
    """The names in equations that define nothing, so far."""
    torn: set[str]
    """The names that are defined as one thing here, and as another there."""

    def _collect(self) -> None:
        for line in self.user:
            if line.kind == "define":
                before = len(self.candidates), len(self.signature.abbreviations), len(self.signature.softmax)
                for chain in line.chains:
                    self._equations(Unit(chain.lines, "", "", False), USER)
                now = len(self.candidates), len(self.signature.abbreviations), len(self.signature.softmax)
                if now == before and not any(each.error for chain in line.chains for each in chain.lines):
                    said = "a definition is NAME(VARIABLES) := EXPRESSION, of a name that has none yet"
                    self.problems.append(Problem(UNREADABLE, line.span, said))
        self.claimed, self.torn = set(), set()
        earlier: set[str] = set()
        beside: set[str] = set()
        before: Unit | None = None
        for unit in self.units:
            if before is None or before.display != unit.display or unit.display < 0:
                earlier |= beside  # in one display it may be used before it is defined: y = Σ a v, \qquad a = …
                beside = set()
            before = unit
            if unit.is_equation and id(unit) not in self.said:
                self._equations(unit, DOCUMENT, earlier)
            claims = unit.is_equation and id(unit) not in self.said
            claims = claims and not any(each.unit is unit for each in self.candidates)
            for each in unit.lines:
                if each.expression is not None:
                    if id(each) not in self.keys:
                        self.keys[id(each)] = self.names_in(each.expression)
                    if len(unit.lines) > 1 or not unit.inline:  # ``the weights $a_{ij}$ are`` is not yet a use of them
                        beside |= self.keys[id(each)]
                    self.claimed |= self.keys[id(each)] if claims else set()

    def names_in(self, node: s.Node) -> set[str]:
        """The names in an expression; the letters that are part of a name, as in ``d_k``, are not among them."""
        found, waiting = set(), [node]
        while waiting:
            each = waiting.pop()
            if not isinstance(each, s.Name):
                waiting += each.children
                continue
            reading = self.elaborator.reading(each, Scope())
            found.add(reading.printed.key)
            waiting += [index.node for index in reading.indices]
        return found

    def _equations(self, unit: Unit, origin: str, earlier: set[str] | None = None) -> None:
        """Enter the equations of a chain that define or abbreviate."""
        if origin == DOCUMENT and unit.is_denied and any(line.relation == ":=" for line in unit.lines):
            self.said.add(id(unit))
            self.roles[id(unit)] = result.MENTION
            return
        marked = any(line.relation == ":=" for line in unit.lines)
        said = (unit.defines or origin == USER) and not marked
        for number, line in enumerate(unit.lines[:-1]):
            if line.expression is None or unit.lines[number + 1].relation == r"\neq":
                continue
            rights = [each.expression for each in unit.lines[number + 1 :] if each.expression is not None]
            if not rights:
                continue
            if number == 0 and origin == USER and isinstance(rights[0], s.Name) and rights[0].base == "softmax":
                self.signature.softmax.add(normalised(line.expression))
                return
            items = self.elaborator.items(line.expression, Scope())
            read = lambda node, prefix, also: self.pattern_name(node, prefix, also)
            pattern = pattern_of(items, rights[0], read, self.elaborator.is_matrix)
            if pattern is None:
                if unit.lines[number + 1].relation == ":=":  # what it defines is not known, so nothing refutes of it
                    names_ = [item.node for item in items if isinstance(item.node, s.Name)][:1]
                    self.unread |= {self.elaborator.reading(each, Scope()).printed.key for each in names_}
                elif number == 0 and (unit.defines or unit.may_define):
                    self.unread |= self._next_member(items)
                continue
            key = pattern.printed.key
            is_new = self._is_nowhere(pattern) and key not in (earlier or ())
            strong = said or unit.lines[number + 1].relation == ":="
            fresh = self._is_fresh(pattern) and key not in (earlier or ())
            strong = strong or (unit.introduces and fresh and bool(pattern.arguments) and not pattern.compound)
            if unit.is_cut_down and (strong or unit.would_define) and pattern.arguments:
                self.unread.add(key)  # it is defined in part, and elsewhere nobody knows
                continue
            head = items[0].node.base if isinstance(items[0].node, s.Scripted) else items[0].node
            if self.elaborator.is_conventional(head, strong, bool(pattern.groups)):
                continue  # everybody knows what it means: an equation about it is a claim
            if self._is_the_other(key, len(pattern.indices)):
                continue
            if (strong or unit.defines) and self._is_taken(unit, key):
                self.said.add(id(unit))  # ``now put $f(i) = 0$``, for an ``f`` of which something was claimed
                self.roles[id(unit)] = result.MENTION
                return
            if unit.implies or (not pattern.arguments and strong):
                if number == 0 and self._abbreviation(unit, pattern.printed.key, line, rights[0]):
                    return
                if unit.implies:
                    return
            if number and not fresh and unit.lines[number + 1].relation != ":=":
                continue
            if not strong and not (unit.may_define and is_new and not pattern.compound):
                if self._is_nowhere(pattern) and pattern.arguments and len(unit.lines) == 2:
                    # it may be meant to define, and no word says so: nothing refutes it, whatever is an index of it
                    self.unread |= {
                        each for each in self.names_in(line.expression) if each.startswith(pattern.printed.stem)
                    }
                    self.unread.add(key)
                continue
            self._candidate(unit, pattern, number, rights, origin)

    def _is_taken(self, unit: Unit, key: str) -> bool:
        """Whether something was claimed already of all maps or matrices of that name, which are declared."""
        declared = any(each.key == key and each.origin == DOCUMENT for each in self.declarations.entered)
        return declared and key in self.claimed and not (unit.implies or self._is_element(key))

    def _is_nowhere(self, pattern: Pattern) -> bool:
        """Whether nobody gave the name a meaning, wherever it was used before."""
        return self._is_fresh(pattern) and self.signature.library.kin(pattern.printed, len(pattern.indices)) is None

    def _next_member(self, items: list[Item]) -> set[str]:
        """The ``h`` of ``h_i^{l+1} = …``, which says what comes next in a sequence: no model of it is the author's."""
        head = items[0].node
        if len(items) > 1 or not isinstance(head, s.Name):
            return set()
        reading = self.pattern_name(head, items[0].prefix, lambda _: True)
        last = [index.node for index in reading.indices if isinstance(index.node, s.Addition)]
        one = [each for each in last if isinstance(each.operands[-1], s.Number) and len(each.operands) == 2]
        return {reading.printed.key} if one else set()

    def _is_fresh(self, pattern: Pattern) -> bool:
        """Whether nobody gave the name a meaning; the ``y`` of the built-in context is none for ``y_i``."""
        key, library = pattern.printed.key, self.signature.library
        known, count = self.signature.find(key), len(pattern.indices)
        if count and not pattern.groups and key in library and count not in library.indices(key):
            return all(symbol.origin == BUILT_IN for symbol in known)
        return key not in library and not known

    def _is_the_other(self, key: str, count: int) -> bool:
        """Whether the matrix is defined already of which these are entries, or the entries of this matrix."""
        others = [each.symbol for each in self.candidates if each.symbol.key == key and each.symbol.count != count]
        below = [symbol for symbol in others if all(kind == "_" and not round_ for kind, round_ in symbol.styles)]
        return any(symbol.count == 0 for symbol in others) or (not count and any(each.count == 2 for each in below))

    def _is_element(self, key: str) -> bool:
        sorts = [self.signature.shape(symbol) for symbol in self.signature.find(key)]
        return key in self.signature.library.elements or any(sort.cls == BASE or sort.name == "Fin" for sort in sorts)

    def pattern_name(self, node: s.Name, prefix: str, also):
        is_element = lambda script: also(script) or self.elaborator.is_element(script, Scope())
        signature = self.signature
        takes, matrix = signature.takes_indices, self.elaborator.is_matrix
        return names.read_name(node, is_element, signature.is_declared, prefix, takes, matrix)

    def _abbreviation(self, unit: Unit, key: str, line: Line, right: s.Node) -> bool:
        """``\\overline{i} = x^{-1}(x(i) - y)``: a name without arguments for an expression with variables."""
        if any(symbol.span is not None and symbol.origin in (USER, DOCUMENT) for symbol in self.signature.find(key)):
            return False
        variables = set()
        binders = [each for each in right.walk() if isinstance(each, s.Binder)]
        bound = frozenset().union(*(scoping.bound_names(each, frozenset()) for each in binders))
        for name in self.elaborator.free_names(right, Scope()):
            printed = self.elaborator.reading(name, Scope()).printed
            if printed.key in bound:
                continue
            symbol = self.signature.known(printed, 0)
            if symbol is None or is_function(self.signature.shape(symbol)):
                continue
            if self.signature.shape(symbol).name == "Mat":
                return False  # Q = X W_Q defines Q, and what is said of Q depends on X
            variables.add(printed.key)
        known = self.signature.abbreviations
        through = frozenset().union(*(known[each].variables for each in self.names_in(right) if each in known))
        if not variables or key in variables | through or key in known:
            return False  # i = x^{-1}(x(\overline{i}) + y) does not define i, where \overline{i} is made of it
        self.signature.abbreviations[key] = Abbreviation(right, frozenset(variables), line.span)
        self.said.add(id(unit))
        self.roles[id(unit)] = result.ABBREVIATION
        return True

    def _substitutes(self, unit: Unit, key: str) -> None:
        """``With $m = i - j$``, for an ``m`` that is declared: nothing is claimed, and nothing taken for granted."""
        self.unread.add(key)
        self.said.add(id(unit))
        self.roles[id(unit)] = result.ABBREVIATION

    def _candidate(self, unit: Unit, pattern, number: int, rights: list[s.Node], origin: str) -> None:
        if not pattern.arguments and pattern.printed.key in self.signature.abbreviations:
            return  # the name stands for another expression already: this is a claim
        if not pattern.arguments and self._is_element(pattern.printed.key):
            if origin == DOCUMENT and unit.defines and len(unit.lines) == 2:
                self._substitutes(unit, pattern.printed.key)
            return  # ``i`` stands for all tokens elsewhere: an equation cannot make it one of them
        for built_in in [each for each in self.signature.find(pattern.printed.key) if each.origin == BUILT_IN]:
            del self.signature.symbols[(built_in.key, built_in.count)]  # the document says it itself
        symbol = self.signature.symbols.get((pattern.printed.key, len(pattern.indices)))
        if symbol is not None and any(each.symbol is symbol for each in self.candidates):
            if any(self._is_apart(each, unit, pattern) for each in self.candidates if each.symbol is symbol):
                self.torn.add(symbol.key)
            symbol = self._overloaded(symbol, pattern, unit.lines[number].span, origin)
        if symbol is None:
            fresh = self.signature.sorts.fresh
            defined = [each.symbol for each in self.candidates]
            relatives = [each for each in self.signature.find(pattern.printed.key) if each.origin in (USER, DOCUMENT)]
            if any(each not in defined for each in relatives):
                symbol = self.signature.known(pattern.printed, len(pattern.indices))
            if symbol is None:
                sort = fun(*(fresh() for _ in pattern.arguments), fresh())
                symbol = Symbol(pattern.printed, len(pattern.indices), sort, origin, unit.lines[number].span)
                self.signature.add(symbol)
                symbol.styles = tuple((kind, bracketed) for kind, bracketed, _ in pattern.indices)
                if not pattern.groups:
                    self.elaborator.entry_convention(symbol)
        for right in sorted(rights, key=has_composition):  # its order is often slipped: the others come first
            equation = general(pattern, right, self.pattern_name, self.signature.is_declared)
            if equation is not None:
                equation = replace(equation, span=unit.lines[number].span)
                self.candidates.append(Candidate(symbol, equation, unit, number, origin, bool(pattern.compound)))

    def _is_apart(self, one: Candidate, unit: Unit, pattern: Pattern) -> bool:
        """Whether a second definition is one of another thing: in another theorem, or ``q(g(i))`` after ``q(f(i))``."""
        if one.unit is None or one.unit is unit:
            return False
        here, there = unit.region, one.unit.region
        around = here is None or there is None or here in there.path or there in here.path
        before = one.unit.lines[one.number].expression
        known = _functions(before) if before is not None else set()
        return not around or (one.generalised and any(not _functions(each) <= known for each in pattern.compound))

    def _is_freed(self, candidate: Candidate) -> bool:
        """Whether what is defined is declared to be anything, in another theorem or in words: ``let $q$ be any``."""
        if candidate.unit is None:
            return False
        here, letter = candidate.unit.region, candidate.symbol.printed.stem
        others = [unit for unit in self.units if unit.is_declaration and letter in declared_names(unit)]
        apart = [unit for unit in others if unit.region is not here and not (unit.region and here is None)]
        return any(map(_lets_be_anything, others)) or (bool(apart) and bool(others) and here is not None)

    def _overloaded(self, symbol: Symbol, pattern: Pattern, span: Span, origin: str) -> Symbol:
        """The symbol of this name that a further equation is about: a new one where it takes something else.

        ``L_y[f](i)`` and ``L_h[f](i)`` are two operators, if ``y`` and ``h`` are declared in two sets.
        """
        sorts = self._declared_sorts(pattern)
        for each in self.candidates:
            same_name = each.symbol.printed == symbol.printed and each.symbol.count == symbol.count
            if same_name and self._alike(self._declared_sorts(each.equation.pattern), sorts):
                return each.symbol
        fresh = self.signature.sorts.fresh
        sort = fun(*(fresh() for _ in pattern.arguments), fresh())
        return self.signature.overload(Symbol(pattern.printed, len(pattern.indices), sort, origin, span))

    def _declared_sorts(self, pattern: Pattern) -> list[Sort | None]:
        """The sort that each argument of a definition is declared with; None where nothing is declared."""
        found: list[Sort | None] = []
        for node in pattern.arguments:
            printed = self.elaborator.reading(node, Scope()).printed if isinstance(node, s.Name) else None
            symbol = self.signature.known(printed, 0) if printed is not None else None
            said = symbol is not None and (symbol.derived_from or symbol).origin in (USER, DOCUMENT)
            sort = self.signature.sorts.resolve(symbol.sort) if symbol is not None and said else None
            found.append(self.signature.vector_like(sort) if sort is not None and is_function(sort) else sort)
        return found

    def _alike(self, one: list[Sort | None], other: list[Sort | None]) -> bool:
        """Whether two definitions of one name may be about the same arguments."""
        pairs = [(a, b) for a, b in zip(one, other) if a is not None and b is not None]
        return len(one) == len(other) and all(self.signature.sorts.could_be(a, b) for a, b in pairs)

    def _define(self) -> None:
        """Take the first equation for each symbol whose right side can be read."""
        self.torn |= {each.symbol.key for each in self.candidates if self._is_freed(each)}
        self.unread |= self.torn
        self.candidates = [each for each in self.candidates if each.symbol.key not in self.torn]
        for candidate in self.candidates:
            symbol = candidate.symbol
            if symbol.equation is None:
                symbol.equation, symbol.state = candidate.equation, "new"
        for candidate in self.candidates:
            symbol = candidate.symbol
            if symbol.state == "defined" and symbol.equation is not candidate.equation:
                continue
            symbol.equation = candidate.equation
            if symbol.state != "defined":
                symbol.state = "new"
                try:
                    elaborate_definition(self.elaborator, symbol)
                except Ill as problem:
                    self.refused.setdefault(id(candidate.unit), problem)
                    self.unread.add(symbol.key)
                    if candidate.origin == USER:
                        self.problems.append(self._ill(problem))
                    symbol.state, symbol.equation = "opaque", None
                    continue
            if symbol.state == "defined":
                self.adopted.append(candidate)
                self.unread.discard(symbol.key)


def _lets_be_anything(unit: Unit) -> bool:
    return re.search(r"\b(?:any|arbitrary|another|every|each)\b", f"{unit.before[-30:]} {unit.after[:30]}") is not None


def _functions(node: s.Node) -> set[str]:
    """The letters of the functions that are applied in an expression."""
    applied = [each.function for each in node.walk() if isinstance(each, s.Apply)]
    return {names.stem(each) for each in applied if isinstance(each, s.Name)}


@s.kept
def has_composition(node: s.Node) -> bool:
    """Whether maps are composed in an expression."""
    return any(isinstance(each, s.Product) and r"\circ" in each.operators for each in node.walk())
