"""The signature of one document while it is read: its sets, its symbols, and what is asked of the built-in context."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from symbolic_equiv.document.context import BUILT_IN, DOCUMENT, INFERRED, USER, Abbreviation, Symbol
from symbolic_equiv.document.infer import Sorts
from symbolic_equiv.document.library import Library
from symbolic_equiv.document.names import Printed, _plain
from symbolic_equiv.document.preterms import Op, is_function
from symbolic_equiv.document.problems import UNREADABLE, Ill
from symbolic_equiv.document.sets import Sets
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, LINEAR, VARIABLE, Sort, fun, substitute_sort
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.source import Span
from symbolic_equiv.theories.language import base, dim, fin

SOFTMAX = r"\mathrm{softmax}"
_MARKED = re.compile(r"(?:(\\[a-z]+)\{\\?[A-Za-z]+\}|\\?[A-Za-z]+)('*)")
_RANK = {USER: 3, DOCUMENT: 2, BUILT_IN: 1, INFERRED: 0}


_NUMBERS = re.compile(r"\\mathbb\{?[ZQCT]\}?(?!.*\\[lr]times)")
"""``\\mathbb{Z}/n``, ``\\mathbb{Z}^2`` and their like are commutative; a semidirect product is not."""

_REMAINDERS = r"Z/([1-9]\d{0,2}|[a-z])"
_NAMED = re.compile(rf"Z(\^[1-3])?|{_REMAINDERS}(×{_REMAINDERS})?")


def _group(printed: str) -> str:
    """The group that a set is by its name, as a statement names it: ``\\mathbb{Z}^2`` is ``Z^2``; "" for any other.

    A plain ``Z`` is a letter like any other; ``Z/n`` is not.
    """
    if r"\mathbb" not in printed and "/" not in printed and not printed.startswith("Z_"):
        return ""
    name = re.sub(r"\\mathbb ?\{?Z\}?", "Z", printed).replace(r"\times", "×")
    name = re.sub(r"^Z_(?=\w+$)", "Z/", re.sub(r"[\s{}()]", "", name))
    return name if _NAMED.fullmatch(name) else ""


def is_size(number: str) -> bool:
    """Whether a dimension is printed as a number, and not as one that is too long to be meant as a size."""
    return number.isascii() and number.isdigit() and len(number) < 10


class Signature:
    """What the names of a document mean, so far."""

    def __init__(
        self, library: Library, dropped: frozenset[str], pointwise: frozenset[str], withheld: frozenset[str]
    ) -> None:
        self.sorts = Sorts()
        self.sets: dict[str, Sort] = {}
        self.words: dict[str, str] = {}
        self.symbols: dict[tuple[str, int], Symbol] = {}
        self.counts: dict[int, None] = {}
        """The numbers of indices that symbols have had."""
        self.overloads: dict[tuple[str, int], list[Symbol]] = {}
        """Further symbols of one name and number of indices, told apart by the sorts of what they take."""
        self.abbreviations: dict[str, Abbreviation] = {}
        self.needed: set[Symbol] = set()
        """The symbols that definitions mention."""
        self.softmax: set[str] = {SOFTMAX, "softmax"}
        self.no_softmax: set[str] = set()
        """The names of which the words say that they are something else."""
        self.softmax_uses: list[Span] = []
        self.softmax_way = "row"
        """Whether the softmax of a matrix is taken of its rows or of its columns."""
        self.rows, self.may_have_rows = False, False
        """Whether vectors are rows, ``x_i W``; and whether that would give a reading to what has none."""
        self.positions: frozenset[Sort] = frozenset()
        self.commutative: set[Sort] = set()
        self.bijective: set[str] = set()
        """The names of the maps that the words call bijections, declared or not."""
        self.commuting_at: dict[Sort, Span] = {}
        """Those of which the words say it, and where."""
        self.pending: list[Op] = []
        self.letters: dict[str, Sort] = {}
        """The sorts that the variables of definitions had: a letter that nobody declares keeps its sort."""
        self.dropped, self.pointwise, self.withheld = dropped, pointwise, withheld
        self.library = library
        self.numbered: dict[str, str] = {}
        """The numbers that names stand for, ``n = 4``: as a dimension, the name is that number."""
        self.begins: dict[Sort, str] = {}
        """For each dimension the number from which it is counted, 0 or 1."""
        self.rings: dict[str, str] = {}
        """By the printed name of a dimension ``n`` that of ``\\mathbb{Z}/n``, where 1, …, n are its elements."""
        self.said_modulo: frozenset[str] = frozenset()
        """Those of the ``rings`` of which the words say it: only there is ``n + 1`` known to be 1."""
        self.numerals: set[str] = set()
        """The numbers that are used as elements of a group, ``j + 1`` in ``\\mathbb{Z}/n``."""
        self.reader = Sets(self.name_set, self.numbers)

    # sets and dimensions

    def name_set(self, printed: str, cls: str) -> Sort:
        """The base sort or dimension of this printed name, the same one each time."""
        if cls == DIMENSION:
            printed = self.numbered.get(printed, printed)
        key = f"{cls}:{printed}"
        if key not in self.sets:
            letters = re.sub(r"\\math(?:bb|cal|scr|frak|bf|rm|it|sf)(?![a-z])", "", printed)
            stem = "_".join(part for part in map(_plain, re.split(r"[\s_^(),]+", letters)) if part)
            stem = (stem if stem[:1].isalpha() else f"n{stem}")[:60]
            word, number = stem, 1
            while word in self.words and self.words[word] != key:
                word, number = f"{stem}_{number}", number + 1
            self.words[word] = key
            self.sets[key] = (base if cls == BASE else dim)(word)
            if cls == BASE and _NUMBERS.match(printed):
                self.commutative.add(self.sets[key])
        return self.sets[key]

    def numbers(self, size: Sort, first: str, node: s.Node) -> Sort:
        """The set {1, …, n}, {0, …, n − 1} or [n]: of its own, or that of the remainders modulo n."""
        printed = self.words.get(size.name, "").partition(":")[2]
        if printed in self.rings:
            return self.name_set(self.rings[printed], BASE)
        if first and self.begins.setdefault(size, first) != first:
            raise Ill(UNREADABLE, node, f"counted from {first} here, and from {self.begins[size]} elsewhere")
        return fin(size)

    @property
    def sizes(self) -> dict[str, int]:
        """The dimensions that are numbers, by their sorts."""
        found = ((sort.name, key.partition(":")) for key, sort in self.sets.items())
        numbers = ((name, number) for name, (cls, _, number) in found if cls == DIMENSION and number.isdigit())
        return {name: int(number) if is_size(number) else 10**9 for name, number in numbers}

    def has_numbers(self, sort: Sort) -> bool:
        """Whether 1 is known to be an element: in Z and the like, and not where 1, …, n are only guessed to be Z/n."""
        guessed = {self.name_set(group, BASE) for n, group in self.rings.items() if n not in self.said_modulo}
        return sort.name in self.groups and sort not in guessed

    def remainders(self) -> dict[str, str]:
        """The dimensions n for which the document also has remainders modulo n, by their printed names."""
        found: dict[str, str] = {}
        for key in self.sets:
            cls, _, printed = key.partition(":")
            modulus = _group(printed).partition("/")[2] if cls == BASE else ""
            if f"{DIMENSION}:{modulus}" in self.sets:
                found.setdefault(modulus, printed)
        return found

    @property
    def groups(self) -> dict[str, str]:
        """The sorts that are one group by their name: Z, Z/n and the like."""
        named = {sort.name: _group(key.partition(":")[2]) for key, sort in self.sets.items() if sort.cls == BASE}
        return {name: group for name, group in named.items() if group}

    def is_set(self, printed: str) -> bool:
        return f"{BASE}:{printed}" in self.sets

    # symbols

    def add(self, symbol: Symbol) -> Symbol:
        self.symbols[(symbol.key, symbol.count)] = symbol
        self.counts[symbol.count] = None
        return symbol

    def overload(self, symbol: Symbol) -> Symbol:
        """Enter a symbol whose name another one has already."""
        others = self.overloads.setdefault((symbol.key, symbol.count), [])
        others.append(symbol)
        self.symbols[(f"{symbol.key} ({len(others) + 1})", symbol.count)] = symbol
        return symbol

    def find(self, key: str) -> list[Symbol]:
        """The symbols of this name that are there already, whatever their indices."""
        return [self.symbols[(key, count)] for count in self.counts if (key, count) in self.symbols]

    def offers(self, key: str) -> bool:
        """Whether the built-in context has this name, and the document may mean the same by it."""
        return key in self.library and key not in self.dropped

    def is_declared(self, key: str) -> bool:
        """Whether anybody gave this very name a meaning (as a symbol or as a dimension), be it a wrong one."""
        return (
            key in self.dropped
            or any(symbol.origin != INFERRED for symbol in self.find(key))
            or self.offers(key)
            or f"{DIMENSION}:{key}" in self.sets
            or key in self.library.dimensions
        )

    def has_dimension(self, key: str) -> bool:
        """Whether a dimension of this name is in use."""
        return f"{DIMENSION}:{self.numbered.get(key, key)}" in self.sets

    def is_dimension(self, key: str) -> bool:
        """Whether a name that is no symbol is that of a dimension: in ``\\sqrt{d_k}`` it is the number."""
        if not self.has_dimension(key) and key not in self.library.dimensions:
            return False
        return not (self.find(key) or self.offers(key) or self.is_set(key))

    def lookup(self, printed: Printed, count: int, span: Span) -> Symbol:
        """The symbol that is meant by a name with ``count`` indices; one that nobody declared is made up."""
        symbol = self._lookup(printed, count)
        symbol.uses.append(span)
        return symbol

    def is_softmax(self, key: str) -> bool:
        """Whether a name is a softmax: by itself, or as a context says where the document says nothing."""
        return key in self.softmax or (
            key in self.library.softmax and key not in self.no_softmax and not self.find(key)
        )

    def known(self, printed: Printed, count: int) -> Symbol | None:
        """The symbol if it is there or can be had, without making one up."""
        key = printed.key
        if (key, count) in self.symbols:
            return self.symbols[(key, count)]
        if not self.find(key) and self.offers(key):
            self.library.bring(key, self)
        if (key, count) in self.symbols:
            return self.symbols[(key, count)]
        if relatives := self.find(key):
            if count == 0 and (whole := next(filter(self._is_sequence, relatives), None)) is not None:
                return whole
            return self._derived(printed, count, relatives)
        bare = printed.bare
        if bare != printed and count == 0 and (plain := self.known(bare, 0)) and not is_function(self.shape(plain)):
            return self.add(Symbol(printed, 0, plain.sort, INFERRED, derived_from=plain))
        return None

    def _is_sequence(self, symbol: Symbol) -> bool:
        """Whether the bare name is the family: ``x`` beside ``x_1, \\ldots, x_n``, or beside ``x_i`` for tokens i."""
        if symbol.listed or symbol.styles != (("_", False),) or symbol.origin not in (USER, DOCUMENT):
            return symbol.listed
        index = self.sorts.walk(self.shape(symbol).args[0])
        return index.cls == BASE and index.tag != VARIABLE and index.name != "Fin"

    def shape(self, symbol: Symbol) -> Sort:
        return self.sorts.walk(symbol.sort)

    def _lookup(self, printed: Printed, count: int) -> Symbol:
        symbol = self.known(printed, count)
        if symbol is not None:
            return symbol
        kin = self.library.kin(printed, count)
        if kin is not None and kin not in self.dropped and not self.find(kin):
            self.library.bring(kin, self, printed)
            symbol = self.known(printed, count)
            if symbol is not None:
                return symbol
        indices = [self.sorts.fresh() for _ in range(count)]
        return self.add(Symbol(printed, count, fun(*indices, self.sorts.fresh()), INFERRED))

    def _derived(self, printed: Printed, count: int, relatives: list[Symbol]) -> Symbol:
        """A family declared through one of its members, or a member through its family: ``φ^{(h)}`` beside ``φ``."""
        nearest = min(relatives, key=lambda symbol: (-_RANK[symbol.origin], abs(symbol.count - count)))
        sort = nearest.instance(self.sorts)
        for _ in range(nearest.count):
            sort = self.sorts.walk(sort)
            sort = sort.args[1] if is_function(sort) else self.sorts.fresh()
        if nearest.state == "new":
            sort = self.sorts.fresh()
        indices = [self.sorts.fresh() for _ in range(count)]
        made = Symbol(printed, count, fun(*indices, sort), nearest.origin, nearest.span, derived_from=nearest)
        made.signal_map = nearest.signal_map
        return self.add(made)

    def made_pointwise(self, symbol: Symbol) -> bool:
        """Take a map declared between signals for one of vectors; False if something was read of it before."""
        if not symbol.signal_map or len(symbol.uses) > 1 or self.find(symbol.key) != [symbol]:
            return False
        source, target = self.sorts.walk(symbol.sort).args
        symbol.sort, symbol.signal_map = fun(source.args[1], target.args[1]), False
        self.pointwise |= {symbol.key}
        return True

    def inverse(self, symbol: Symbol) -> Symbol:
        """``x^{-1}`` for a function ``x`` of one argument."""
        printed = replace(symbol.printed, above=(*symbol.printed.above, "-1"))
        if (printed.key, symbol.count) in self.symbols:
            return self.symbols[(printed.key, symbol.count)]
        source, target = self.sorts.fresh(), self.sorts.fresh()
        self.sorts.unify(symbol.sort, fun(source, target))
        inverse = Symbol(printed, symbol.count, fun(target, source), INFERRED, inverse_of=symbol, groups=(("(", 1),))
        return self.add(inverse)

    def environment(self, but: Symbol) -> frozenset[Sort]:
        """The unknowns in the sorts of all symbols: a definition may not be generalised over these."""
        found: set[Sort] = set()
        for symbol in self.symbols.values():
            if symbol is not but and symbol.derived_from is not but and symbol.state != "new":
                found |= self.sorts.resolve(symbol.sort).leaves - symbol.generic
        return frozenset(found)

    def loosened(self, sort: Sort) -> Sort:
        """The sort with unknowns of its own in place of those that others share."""
        sort = self.sorts.resolve(sort)
        leaves = [leaf for leaf in sort.leaves if leaf.tag == VARIABLE]
        mapping = {leaf: self.sorts.fresh(leaf.cls, self.sorts.hints.get(leaf, "")) for leaf in leaves}
        return substitute_sort(sort, mapping) if mapping else sort

    def takes_indices(self, key: str, count: int, kinds: tuple[str, ...]) -> bool:
        """Whether a name is known with this many indices, and with ``kinds`` (above or below) without brackets.

        ``\\varphi^{a}`` is none of the ``\\varphi^{(h)}``.
        """
        plain = lambda styles: not styles or {(kind, False) for kind in kinds} <= set(styles)
        if any(symbol.count == count and plain(symbol.styles) for symbol in self.find(key)):
            return True
        equation = self.library.equations.get(key)
        if equation is None or self.find(key) or len(equation.pattern.indices) != count:
            return False
        return plain([(kind, bracketed) for kind, bracketed, _ in equation.pattern.indices])

    def vector_like(self, sort: Sort) -> Sort:
        """The sort with another unknown for each vector space in a result: what a definition may be used at."""
        sort = self.sorts.resolve(sort)
        if is_function(sort):
            return fun(sort.args[0], self.vector_like(sort.args[1]))
        return self.sorts.fresh(LINEAR) if sort.cls == LINEAR else sort


def half_known(signature: Signature) -> set[str]:
    """The names that say more in the text than is read of them: whatever a model makes of them, it refutes nothing.

    These are the 1 of ``j + 1`` in a group, the ``n`` of ``\\mathbb{Z}/n`` as a number, the ``x_1`` of a family
    ``x_i``, and ``\\overline{j}`` where ``\\overline{i}`` stands for an expression and nothing is said of the other;
    and ``h_v`` as a name, where ``h_u`` is a member of a family; and ``\\varphi^2`` of a map that can be applied twice.
    """
    marks = {mark for key in signature.abbreviations if (mark := _mark(key))}
    moduli = {group.partition("/")[2] for group in signature.groups.values()} | set(signature.rings)
    families = {symbol.printed for symbol in signature.symbols.values() if symbol.count}
    shapes = {each.printed: signature.shape(each) for each in signature.symbols.values()}
    twice = {printed for printed, sort in shapes.items() if is_function(sort) and sort.args[0] == sort.args[1]}
    below = {each.printed for each in signature.symbols.values() if each.styles == (("_", False),)}
    return signature.numerals | {
        symbol.key
        for symbol in signature.symbols.values()
        if (symbol.key in moduli and signature.shape(symbol).name in ("Scalar", "Nat"))
        or (symbol.origin == INFERRED and not symbol.count and families & _wholes(symbol.printed))
        or any(shapes[symbol.printed] == shapes[whole] for whole in twice & _wholes(symbol.printed))
        or (not symbol.count and below & _wholes(symbol.printed, _is_letter))
        or (symbol.origin == INFERRED and not symbol.count and _mark(symbol.key) in marks)
    }


def _mark(key: str) -> str:
    """What is added to the letter of a name: an accent or primes; nothing for any other name."""
    found = _MARKED.fullmatch(key)
    return (found[1] or "") + (found[2] or "") if found else ""


def _wholes(member: Printed, counts: Callable[[str], bool] = lambda part: any(map(str.isdigit, part))) -> set[Printed]:
    """The families of which a name with a number (or what ``counts``) below or above it may be a member."""
    low, high = member.below, member.above
    found = {replace(member, below=(*low[:at], *low[at + 1 :])) for at, part in enumerate(low) if counts(part)}
    return found | {
        replace(member, above=(*high[:at], *high[at + 1 :])) for at, part in enumerate(high) if counts(part)
    }


def _is_letter(part: str) -> bool:
    """Whether a part of a name may be an index of which nothing is said: the ``v`` of ``h_v``, beside ``h_u``."""
    return len(part) == 1 and part.islower()
