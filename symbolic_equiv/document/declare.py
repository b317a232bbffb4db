"""Declarations: ``x : S \\to X``, ``i, j \\in S``, ``S = \\{1, …, d\\}``, and the spaces that positions live in."""

from __future__ import annotations

from dataclasses import dataclass

from symbolic_equiv.document.bijections import said_bijective
from symbolic_equiv.document.context import USER, Symbol
from symbolic_equiv.document.elaborate import Elaborator
from symbolic_equiv.document.families import Family, families
from symbolic_equiv.document.infer import Mismatch
from symbolic_equiv.document.names import Printed, Reading, labelled, stem
from symbolic_equiv.document.naming import Scope
from symbolic_equiv.document.preterms import Local, is_function, spell
from symbolic_equiv.document.problems import SORT, Ill, Problem
from symbolic_equiv.document.properties import WORDS
from symbolic_equiv.document.sets import counted, factors, is_binary, is_finite
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.wording import affirms
from symbolic_equiv.kernel.sorts import BASE, LINEAR, VARIABLE, Sort, fun
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.latex.reader.source import Span
from symbolic_equiv.theories.language import BOOL


@dataclass(frozen=True)
class Declared:
    """A declaration that was entered: the symbol, the sort it was declared with, and where."""

    symbol: Symbol | None
    key: str
    sort: Sort
    span: Span
    origin: str
    place: Span
    """Where the set is printed."""
    in_passing: bool = False
    """Said of a law alone, ``for all p, q ∈ G``: elsewhere the letters may stand for something else."""


class Declarations:
    """Enters declarations into a signature, and remembers them."""

    def __init__(self, signature: Signature, elaborator: Elaborator) -> None:
        self.signature, self.elaborator = signature, elaborator
        self.entered: list[Declared] = []
        self.in_passing = False
        self.problems: list[Problem] = []
        self.stated: list[tuple[s.Node, Sort, Span]] = []
        """Expressions whose sort the text states, such as ``\\alpha[f] : S \\times S \\to \\mathbb{R}``."""

    def declare(self, left: s.Node, right: s.Node, origin: str, bijection: bool = False, subset: bool = False) -> bool:
        """Enter ``left : right``, ``left ∈ right`` or (``subset``) ``left ⊆ right``; False if it is no declaration."""
        listed, nodes = families(left)
        try:
            sort = self.signature.reader.read(right)
        except Ill as problem:
            if all(isinstance(node, s.Name) for node in nodes) and origin == USER:
                self.problems.append(problem.problem())
            return False
        before = set(self.signature.symbols)
        sort = fun(sort, BOOL) if subset and not listed else sort
        texts = [each.content for each in right.walk() if isinstance(each, s.Text)]
        bijection = bijection or any(map(said_bijective, texts))
        for family in listed:
            self.enter_family(family, sort, origin, right.span)
        for node in nodes:
            if isinstance(node, s.Name):
                self._enter(node, "", sort, origin, node.span, bijection, right.span)
            elif isinstance(node, s.Juxtapose) and (items := self.elaborator.items(node, Scope())) and len(items) == 1:
                inner = items[0].node
                if isinstance(inner, s.Name):
                    self._enter(inner, items[0].prefix, sort, origin, node.span, bijection, right.span)
            elif isinstance(node, s.Group) and self.elaborator.is_placeholder(node):
                symbol = Symbol(Printed(normalised(node)), 0, sort, origin, node.span)
                self.signature.add(symbol)
            else:
                self.stated.append((node, sort, node.span))
        said = {"binary"} if is_binary(s.ungrouped(right)) else set()
        said |= {name for name, words in WORDS.items() for text in texts if affirms("", text, words)}
        for key in self.signature.symbols.keys() - before if said else ():
            self.signature.symbols[key].properties |= said
        return True

    def subsets(self, node: s.Apply, right: s.Node, origin: str) -> bool:
        """``N(i) \\subseteq S`` and ``T(i) \\subseteq V \\times V``: a set of elements, or of pairs, for each ``i``."""
        name, arguments = node.function, node.args
        if not isinstance(name, s.Name) or not all(isinstance(each, s.Name) for each in arguments) or node.scripts:
            return False
        try:
            of = [self.signature.reader.read(factor) for factor in factors(s.ungrouped(right))]
        except Ill:
            return False
        own = self.elaborator.reading(name, Scope())
        if own.indices or own.inverse or self.signature.find(own.printed.key):
            return False
        sorts = [self._index_sort(each) for each in arguments]
        if len(of) == 1:  # a token of which nothing is known is one of these, too
            sorts = [of[0] if self.signature.sorts.walk(sort).tag == VARIABLE else sort for sort in sorts]
        self._add(own, fun(*sorts, *of, BOOL), fun(*sorts, *of, BOOL), origin, node.span, False, right.span)
        return True

    def _enter(
        self, node: s.Name, prefix: str, sort: Sort, origin: str, span: Span, bijection: bool, place: Span
    ) -> None:
        reading = self.elaborator.reading(node, Scope(), prefix)
        if reading.inverse:
            return
        if is_function(sort):
            reading = labelled(reading)
        indices = [self._index_sort(index.node) for index in reading.indices]
        self._add(reading, fun(*indices, sort), sort, origin, span, bijection, place)

    def _add(
        self, reading: Reading, whole: Sort, sort: Sort, origin: str, span: Span, bijection: bool, place: Span
    ) -> None:
        """Enter a symbol of sort ``whole``, which begins with the sorts of its indices; ``sort`` is without them."""
        signature = self.signature
        key, count = reading.printed.key, len(reading.indices)
        if key in signature.dropped and origin != USER:
            self.entered.append(Declared(None, key, sort, span, origin, place, self.in_passing))
            return
        known = signature.symbols.get((key, count))
        if known is not None:
            if not self._agrees(known, whole, span, origin):
                self.entered.append(Declared(None, key, sort, span, origin, place, self.in_passing))
            known.bijection = known.bijection or bijection
            return
        signal_map = _is_signal_map(sort) and origin != "built-in"
        if signal_map and key in signature.pointwise:
            source, target = sort.args
            acting = fun(source.args[1], target.args[1])
            whole, signal_map = fun(*_first_sorts(whole, count), acting), False
        symbol = Symbol(reading.printed, count, whole, origin, span, signal_map=signal_map, bijection=bijection)
        symbol.styles = tuple((index.kind, index.bracketed) for index in reading.indices)
        signature.add(symbol)
        self.entered.append(Declared(symbol, key, whole, span, origin, place, self.in_passing))

    def enter_family(self, family: Family, sort: Sort, origin: str, place: Span) -> None:
        """``x_1, \\ldots, x_n \\in V``: a function of the numbers from 1 to n."""
        try:
            size = self.signature.reader.dimension(family.size)
            numbers = self.signature.numbers(size, family.first, family.member)
        except Ill as problem:
            self.problems.append(problem.problem())
            return
        member = family.member
        index = next(script.body for script in reversed(member.scripts) if script.kind == "_")
        letter = Local(numbers, "i", stem(index) if isinstance(index, s.Name) else "i")
        reading = self.elaborator.reading(member, Scope().binding(letter))
        if not reading.inverse and len(reading.indices) == 1:
            self._add(reading, fun(numbers, sort), sort, origin, member.span, False, place)
            for symbol in self.signature.find(reading.printed.key):
                symbol.listed = symbol.count == 1

    def _agrees(self, known: Symbol, sort: Sort, span: Span, origin: str) -> bool:
        """Whether a second declaration agrees with the first, which may be the user's and outranks it then.

        A map of vectors may be declared as one of signals; a position is no vector, whoever says so.
        """
        sorts = self.signature.sorts
        try:
            sorts.unify(known.sort, sort)
        except Mismatch:
            if known.origin == origin:
                message = f"‘{known.key}’ is declared in {spell(sorts.resolve(sort))} here"
                message += f", and in {spell(sorts.resolve(known.sort))} elsewhere"
                line = f" (line {known.span.line})" if known.span is not None else ""
                self.problems.append(Problem(SORT, span, message + line))
            elif known.origin == USER:
                return is_function(sort) or known.count > 0 or sorts.resolve(known.sort).cls != BASE
        return True

    def _index_sort(self, node: s.Node) -> Sort:
        if isinstance(node, s.Name):
            symbol = self.signature.known(self.elaborator.reading(node, Scope()).printed, 0)
            if symbol is not None:
                return self.signature.loosened(symbol.sort) if symbol.origin == "built-in" else symbol.sort
        return self.signature.sorts.fresh()

    def find_positions(self, inverted: frozenset[str]) -> None:
        """Read ``x : S \\to \\mathbb{R}^d`` as a map to a group of positions, where its inverse is printed.

        What is declared as an element of that space is a position then, and so is what a function takes from it.
        """
        symbols = [each.symbol for each in self.entered if each.symbol is not None]
        places = [each for each in symbols if each.printed.stem in inverted and _is_place(each.sort)]
        for place in places:
            space = place.sort.args[1]
            others = [each for each in symbols if each is not place and is_function(each.sort)]
            if any(_target(each.sort) == space for each in others):
                continue
            group = self.signature.name_set(spell(space), BASE)
            self.signature.commutative.add(group)
            for each in symbols:
                each.sort = _replaced(each.sort, space, group, each is place)


def _first_sorts(sort: Sort, count: int) -> list[Sort]:
    """The sorts of the first ``count`` arguments."""
    found = []
    for _ in range(count):
        first, sort = sort.args
        found.append(first)
    return found


def _is_signal_map(sort: Sort) -> bool:
    """Whether a sort is that of maps between signals over one set."""
    if not is_function(sort) or not all(is_function(part) for part in sort.args):
        return False
    source, target = sort.args
    return source.args[0] == target.args[0] and source.args[1].cls == target.args[1].cls == LINEAR


def _is_place(sort: Sort) -> bool:
    return is_function(sort) and sort.args[0].cls == BASE and sort.args[1].cls == LINEAR


def _target(sort: Sort) -> Sort:
    while is_function(sort):
        sort = sort.args[1]
    return sort


def _replaced(sort: Sort, old: Sort, new: Sort, everywhere: bool) -> Sort:
    if sort == old:
        return new
    if not is_function(sort):
        return sort
    source, target = sort.args
    if not is_function(target) and target == old and not everywhere:
        return fun(_replaced(source, old, new, False), target)
    return fun(_replaced(source, old, new, False), _replaced(target, old, new, everywhere))


def is_set_equation(left: s.Node, right: s.Node, signature: Signature) -> bool:
    """``S = \\{1, …, d\\}``, ``G = X \\rtimes H``, ``|S| = n``: it says which set ``S`` is, and claims nothing."""
    if isinstance(right, s.Product) and set(right.operators) & {r"\rtimes", r"\ltimes"}:
        return True
    if (whole := counted(left)) is not None:
        return signature.is_set(normalised(whole))
    if not isinstance(left, s.Name):
        return False
    is_braces = isinstance(right, s.Group) and right.kind == r"\{"
    blackboard = any(isinstance(each, s.Name) and each.font == r"\mathbb" for each in right.walk())
    is_set = signature.is_set(normalised(left))
    return ((is_set or left.base.isupper()) and (is_braces or blackboard)) or (is_set and is_finite(right))
