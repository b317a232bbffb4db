"""Which symbol prints how: the names that a page may use, chosen so that no two of them look alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count, islice

from symbolic_equiv.kernel.sorts import BASE, DIMENSION, LINEAR, NAME, Sort, match_sort
from symbolic_equiv.kernel.terms import BOUND, VARIABLE, Declaration, Head, Term
from symbolic_equiv.latex.names import Form, core, holes, is_symbol, look, marked, marks, natural, with_site
from symbolic_equiv.theories import language

Symbol = Head | Declaration | Sort
"""What has a name on a page: a variable, a constant, or a base sort or dimension."""

RESERVED: dict[Symbol, Form] = {
    language.zero.declaration: ("0",),
    language.one.declaration: ("1",),
    language.exp.declaration: (r"\exp", "(#1)"),
    language.true.declaration: (r"\top",),
    language.softmax_.declaration: (r"\sigma",),
    language.unit.declaration: ("e",),
}
"""Symbols of the notation itself: they are never renamed, and no other symbol takes their place."""


_LETTERS, _OTHERS = {LINEAR: "vwuzqstab", "→": "guvwpqst"}, "ijklabcdegopqstuvw"
"""Letters for elements of a vector space, for functions, and for anything else."""

DEFAULT_HINT = "u"
"""What the kernel calls a binder that it had to make itself."""


class Notation:
    """The names of the free symbols of some terms, for a page on which these terms stand together.

    A symbol prints by its template if it has one; where two would look alike the second, in the
    order of the names, falls back to its plain name, then to primes.  Only a number may be called as the
    dimension of its name, in ``1/√d_k``: no formula has the dimension as a value.  ``multiplicative`` names the base
    sorts whose group is written ``p q⁻¹`` and not ``p − q``.
    """

    def __init__(self, terms: Iterable[Term] = (), multiplicative: frozenset[str] = frozenset()) -> None:
        terms = tuple(dict.fromkeys(terms))
        self.multiplicative = multiplicative
        self.hints = _hints(terms)
        self.forms: dict[Symbol, Form] = {}
        self.used_names: set[str] = set()
        self._cores: dict[Symbol, str] = {}
        self._bound: dict[str, Sort] = {}
        self._owners: dict[str, Symbol] = dict.fromkeys(("0", "1"), language.zero.declaration)
        self.announce(*terms)

    def announce(self, *terms: Term) -> None:
        """Give names to the symbols of terms that came later; those that have names keep them."""
        for symbol in sorted(set().union(*map(_symbols, terms)) - self.forms.keys(), key=_order):
            if symbol in RESERVED:
                form = RESERVED[symbol] if symbol != language.unit.declaration or self.multiplicative else ("0",)
            else:
                form = next(form for form in _candidates(symbol) if _may_share(symbol, self._owners.get(look(form))))
            self.forms[symbol], self._cores[symbol] = form, core(form)
            self._owners[look(form)] = symbol
            self.used_names.add(str(symbol.name))

    def may_bind(self, core: str, sort: Sort, taken: Collection[str] = ()) -> bool:
        """Whether a variable of this sort may be bound under a name: a letter stands for one kind of things."""
        owner = self._owners.get(core)
        if isinstance(owner, Declaration) or core in taken:
            return False
        known = owner.sort if isinstance(owner, Head) else self._bound.get(core, sort)
        return known == sort or match_sort(sort, known, {}) or match_sort(known, sort, {})

    def bind(self, core: str, sort: Sort) -> None:
        """Say that a variable of this sort was bound under a name; one of a definition for many sorts says nothing."""
        if not sort.schematic:
            self._bound.setdefault(core, sort)

    def letter(self, sort: Sort, taken: Sequence[str] = (), hint: str = "") -> str:
        """A letter for any element of a sort, such as the index of a family; it means nothing else on the page."""
        usual = (hint, "h" if sort.name == "Fin" else "", *_LETTERS.get("→" if sort.name == "→" else sort.cls, _OTHERS))
        numbered = (f"i_{number}" for number in count(1))
        return next(
            letter
            for letter in (*filter(None, usual), *islice(numbered, 99))
            if letter not in taken and self.may_bind(letter, sort)
        )

    def hint(self, name: str, sort: Sort) -> str:
        """A name for a bound variable: the kernel's own word for a binder gives way to one that the page uses."""
        return self.hints.get(sort, name) if name == DEFAULT_HINT else name

    def form(self, symbol: Symbol) -> Form:
        """How a symbol prints: by the name it was given, or as it would alone."""
        return self.forms.get(symbol) or next(_candidates(symbol))

    def core(self, symbol: Symbol) -> str:
        """What must not be mistaken for anything else: the form without its arguments."""
        return self._cores.get(symbol) or core(self.form(symbol))

    def name(self, symbol: Symbol) -> str:
        """A symbol by itself, as in a list of symbols."""
        return self.core(symbol)

    def sort(self, sort: Sort) -> str:
        """A sort in LaTeX, with ``A × B → C`` for a function of two arguments.

        >>> from symbolic_equiv.theories.attention import rho
        >>> Notation().sort(rho.sort)
        'S \\\\times S \\\\to \\\\mathbb{R}^{d_{in}}'
        """
        if sort.name == "→":
            sources, target = [], sort
            while target.name == "→":
                sources.append(target.args[0])
                target = target.args[1]
            return f"{self.product(sources)} \\to {self.sort(target)}"
        parts = [self.sort(arg) for arg in sort.args]
        match sort.name:
            case "Bool" if not sort.leaves:
                return r"\lbrace \top, \bot \rbrace"
            case "Scalar" if not sort.leaves:
                return r"\mathbb{R}"
            case "Nat" if not sort.leaves:
                return r"\mathbb{N}"
            case "Fin" if parts:
                return f"[{parts[0]}]"
            case "Vec" if parts:
                return rf"\mathbb{{R}}^{{{parts[0]}}}"
            case "Mat" if parts:
                return rf"\mathbb{{R}}^{{{parts[0]} \times {parts[1]}}}"
            case "×":
                return " ".join(f"({part})" if arg.name == "+" else part for part, arg in zip(parts, sort.args))
            case "+":
                return " + ".join(parts)
        return self.name(sort)

    def product(self, sorts: Iterable[Sort]) -> str:
        """``A × B``, with brackets around the functions among them."""
        return r" \times ".join(f"({self.sort(each)})" if each.name == "→" else self.sort(each) for each in sorts)


def symbol_of(head: Head) -> Symbol:
    """What a head is called by: a constant by its declaration, whatever the instance of its sort."""
    return head.declaration or head


def binder_form(hint: str, sort: Sort) -> Form:
    """How a bound variable prints, with the ``SITE`` of its primes."""
    template = language.TEMPLATES.get(hint)
    marked = with_site(template) if template and is_symbol(template) and _fits(template, sort) else None
    return marked or (natural(hint),)


def _fits(form: Form, sort: Sort) -> bool:
    """Whether a variable of this sort has just the arguments that the form prints, and is a set if that prints one."""
    arity = 0
    while sort.name == "→":
        arity, sort = arity + 1, sort.args[1]
    if any(r"\in" in piece for piece in form) and sort != language.BOOL:
        return False
    numbers = holes(form)
    return numbers == list(range(1, len(numbers) + 1)) and len(numbers) <= arity


def _candidates(symbol: Symbol) -> Iterator[Form]:
    """The forms in which a symbol may print, the best one first."""
    if symbol in RESERVED:
        yield RESERVED[symbol]
    if isinstance(symbol, Declaration):
        template = language.TEMPLATES.get(symbol, ())
        if template and is_symbol(template):
            yield template
            site = with_site(template)
            yield from [marked(site, mark) for mark in ("'", "''")] if site else []
    elif isinstance(symbol, Head) and symbol.kind == VARIABLE:
        template = language.TEMPLATES.get(str(symbol.name), ())
        if template and is_symbol(template) and _fits(template, symbol.sort):
            yield template
    plain = (natural(str(symbol.name)),)
    yield from (marked(plain, mark) for mark in marks(plain))


def _may_share(symbol: Symbol, owner: Symbol | None) -> bool:
    """Whether a name is free for ``symbol``: nobody's, or that of the dimension that it is the number of."""
    if owner is None:
        return True
    is_dimension = isinstance(owner, Sort) and owner.cls == DIMENSION and owner.name == symbol.name
    return is_dimension and isinstance(symbol, Head) and symbol.sort == language.SCALAR


def _order(symbol: Symbol) -> tuple:
    """Symbols of the notation first, then sorts and constants, which hold their names, then variables."""
    kinds = {Sort: 1, Declaration: 2, Head: 3}
    rank = 0 if symbol in RESERVED else kinds[type(symbol)]
    return rank, str(symbol.name), str(symbol.cls if isinstance(symbol, Sort) else symbol.sort), repr(symbol.key)


def _hints(terms: Iterable[Term]) -> dict[Sort, str]:
    """For each sort the first name that a binder of that sort was given by a person."""
    found: dict[Sort, str] = {}
    seen: set[Term] = set()
    stack = list(terms)[::-1]
    while stack:
        part = stack.pop()
        if part in seen:
            continue
        seen.add(part)
        if part.body is not None and part.hint != DEFAULT_HINT:
            found.setdefault(part.domain, part.hint)
        stack += [part.body] if part.body is not None else part.args[::-1]
    return found


def _symbols(term: Term) -> set[Symbol]:
    """All that has a name in a term, its bound variables aside."""
    found: set[Symbol] = set()
    seen: set[Term] = set()
    stack = [term]
    while stack:
        part = stack.pop()
        if part in seen:
            continue
        seen.add(part)
        sort = part.domain if part.body is not None else part.head.sort
        found |= {leaf for leaf in sort.leaves if leaf.tag == NAME and leaf.cls in (BASE, DIMENSION)}
        if part.body is None and part.head.kind != BOUND:
            found.add(symbol_of(part.head))
        stack += [part.body] if part.body is not None else part.args
    return found
