"""The context: which symbols there are, of which sort, and from where.

The user's context outranks what the document declares, and that outranks the built-in context, whose
symbols are taken in only when a document uses a name that nobody else gave a meaning.  The sets and
dimensions of the built-in context are unknowns that may turn out to be the document's own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from symbolic_equiv.document.building import Builder
from symbolic_equiv.document.names import Printed
from symbolic_equiv.document.preterms import Local, Pre
from symbolic_equiv.kernel import terms
from symbolic_equiv.kernel.sorts import Sort, substitute_sort
from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.latex.reader import ContextLine, ReadError, read_chains, read_context
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.source import Span
from symbolic_equiv.theories import language as lang
from symbolic_equiv.theories.language import Expr

CONTEXTS = os.path.join(os.path.dirname(__file__), "contexts")
USER, DOCUMENT, BUILT_IN, INFERRED = "user", "document", "built-in", "inferred"


@dataclass(frozen=True)
class Context:
    """Lines of declarations, definitions and assumptions, in the paper's notation."""

    lines: tuple[ContextLine, ...] = ()
    name: str = ""


def as_lines(lines: Iterable[ContextLine]) -> tuple[ContextLine, ...]:
    """Context lines in which only an assumption has a name: the ``x`` of ``declare x : S`` is what is declared."""
    return tuple(_unnamed(line) if line.name and line.kind != "assume" else line for line in lines)


def _unnamed(line: ContextLine) -> ContextLine:
    try:
        chains = read_chains(line.span._replace(start=line.span.start + len(line.kind)))
    except ReadError as problem:
        return replace(line, name="", chains=(), error=problem)
    return replace(line, name="", chains=chains)


def load_context(path: str | os.PathLike[str]) -> Context:
    """A file of context lines; raises ``DocumentError`` if it cannot be read at all."""
    return Context(as_lines(read_context(path)), str(path))


def built_in(name: str = "attention") -> Context:
    """A context that comes with the package."""
    return Context(as_lines(read_context(os.path.join(CONTEXTS, f"{name}.tex"))), name)


def built_in_names() -> list[str]:
    """The names of the contexts that come with the package."""
    return sorted(name.removesuffix(".tex") for name in os.listdir(CONTEXTS) if name.endswith(".tex"))


@dataclass(frozen=True)
class Pattern:
    """The left side of a definition: a name, its indices, and its groups of arguments in brackets.

    Each argument is a variable (its printed name); ``compound`` are arguments such as ``f(i)`` that stand for any
    value: the definition is generalised over them.
    """

    printed: Printed
    indices: tuple[tuple[str, bool, s.Name], ...]
    groups: tuple[tuple[str, tuple[s.Node, ...]], ...]
    entries: tuple[s.Name, ...] = ()
    """The row and the column, where a matrix is defined by its entries, or the index of a vector."""

    @property
    def arguments(self) -> tuple[s.Node, ...]:
        return (*(index[2] for index in self.indices), *(arg for _, group in self.groups for arg in group))

    @property
    def compound(self) -> tuple[s.Node, ...]:
        return tuple(arg for arg in self.arguments if not isinstance(arg, s.Name))


@dataclass(frozen=True)
class Equation:
    """A defining equation as printed: its head, its right side, and where it stands."""

    pattern: Pattern
    right: s.Node
    span: Span


@dataclass(eq=False)
class Symbol:
    """A symbol with ``count`` indices on its name; its sort begins with those of the indices."""

    printed: Printed
    count: int
    sort: Sort
    origin: str
    span: Span | None = None
    word: str = ""
    signal_map: bool = False
    """Declared as a map of signals, and not yet seen to act on vectors."""
    bijection: bool = False
    inverse_of: Symbol | None = None
    derived_from: Symbol | None = None
    equation: Equation | None = None
    state: str = "opaque"
    generic: frozenset[Sort] = frozenset()
    parameters: tuple[Local, ...] = ()
    body: Pre | None = None
    styles: tuple[tuple[str, bool], ...] = ()
    groups: tuple[tuple[str, int], ...] = ()
    member: bool = False
    listed: bool = False
    """Declared by its members, ``x_1, \\ldots, x_n``: the bare name is the whole family."""
    properties: frozenset[str] = frozenset()
    """What the text says of a matrix: ``permutation``, ``orthogonal``, ``symmetric``, ``binary``."""
    uses: list[Span] = field(default_factory=list)
    _constant: lang.Defined | None = None
    _instances: dict[Sort, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.printed.key

    @property
    def is_defined(self) -> bool:
        return self.body is not None

    def instance(self, sorts) -> Sort:
        """The sort, with unknowns of its own for what the definition leaves open."""
        sort = sorts.resolve(self.sort)
        if self.generic.isdisjoint(sort.leaves):
            return sort
        return substitute_sort(sort, {leaf: sorts.fresh(leaf.cls) for leaf in sort.leaves & self.generic})

    def pieces(self) -> tuple[str, ...]:
        """How the symbol prints, in pieces as in ``TEMPLATES``."""
        if self.member:
            numbers = [f"#{k}" for k in range(1, self.count + sum(size for _, size in self.groups) + 1)]
            inner, last = ", ".join(numbers[: self.count]), self.groups[-1][1] if self.groups else 1
            name = self.printed.with_indices((inner,) if inner else (), ())
            arguments, element = ", ".join(numbers[self.count : -last]), ", ".join(numbers[-last:])
            member = rf"{element if last == 1 else f'({element})'} \in {name}"
            return (f"{member}({arguments})" if arguments else member,)
        low, high = [], []
        for number, (kind, bracketed) in enumerate(self.styles, 1):
            (low if kind == "_" else high).append(f"(#{number})" if bracketed else f"#{number}")
        pieces, at = [self.printed.with_indices(tuple(low), tuple(high))], self.count
        for bracket, size in self.groups:
            inside = ", ".join(f"#{at + k}" for k in range(1, size + 1))
            pieces.append(f"[{inside}]" if bracket == "[" else f"({inside})")
            at += size
        return tuple(pieces)

    def expr(self, builder: Builder, sort: Sort) -> Expr:
        """The symbol at one instance of its sort: a variable of the kernel, or a defined constant."""
        if self.body is not None:
            constant = self.constant(builder)
            arguments = []
            while len(arguments) < len(self.parameters):
                arguments.append(sort.args[0])
                sort = sort.args[1]
            hidden = constant.hidden
            return constant.constant.at(*(each.sort for each in hidden), *arguments)(*hidden)
        if sort not in self._instances:
            self._instances[sort] = builder.name(self.word_for(), self.pieces(), not self._instances)
        return lang.partial(Head(terms.VARIABLE, self._instances[sort], sort), ())

    def word_for(self) -> str:
        if self.inverse_of is not None:
            return self.inverse_of.word_for() + "_inv"
        return self.printed.word

    def constant(self, builder: Builder) -> lang.Defined:
        """The constant that the definition declares; symbols that stay free in it become hidden arguments."""
        if self._constant is None and self.body is not None:
            outer, builder.generic = builder.generic, builder.generic | self.generic
            try:
                parameters = [builder.build(parameter) for parameter in self.parameters]
                body = builder.build(self.body)
                hidden = len(lang.lam(*parameters, body).term.variables)
                word = builder.name(self.word_for(), self.pieces(), True, hidden)
                self._constant = lang.define(word, *parameters, body, latex=self.pieces())
            finally:
                builder.generic = outer
        return self._constant

    @property
    def names(self) -> tuple[str, ...]:
        """The kernel's names for it, one for each sort at which it was used."""
        if self._constant is not None:
            return (self._constant.constant.declaration.name,)
        return tuple(self._instances.values())


@dataclass(frozen=True)
class Abbreviation:
    """A name for an expression, such as ``\\overline{i} = x^{-1}(x(i) - y)``, and the variables in it."""

    node: s.Node
    variables: frozenset[str]
    span: Span
