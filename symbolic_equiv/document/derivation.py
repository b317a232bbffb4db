"""What was read: the context in force, definitions, hypotheses, and the chains with a term for each line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from symbolic_equiv.document.context import USER
from symbolic_equiv.document.problems import Problem
from symbolic_equiv.document.regions import Regions
from symbolic_equiv.document.supply import Supply
from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Declaration, Head, Term
from symbolic_equiv.latex.reader.source import Span
from symbolic_equiv.latex.reader.syntax import Node
from symbolic_equiv.theories.statement import Hypothesis

CLAIM, CHAIN, DEFINITION, DECLARATION = "claim", "chain", "definition", "declaration"
ASSUMPTION, ABBREVIATION, MENTION = "assumption", "abbreviation", "mention"


@dataclass(frozen=True)
class ChainLine:
    """One expression of a chain: its term, or the problems that keep it from having one.

    ``repaired`` is the term under the repair of a bracket that closes too early, or of a subscript; then
    ``term`` is ``None``.  ``line`` is where the line begins, with its relation, ``node`` its syntax tree as printed.
    """

    term: Term | None
    span: Span
    line: int
    end_line: int
    relation: str | None
    remark: str | None
    problems: tuple[Problem, ...] = ()
    repaired: Term | None = None
    node: Node | None = None

    @property
    def judged(self) -> Term | None:
        """The term to judge: as printed, or under the repair."""
        return self.term if self.term is not None else self.repaired


@dataclass(frozen=True)
class Chain:
    """Expressions with relations between them, and what the text makes of them.

    ``role`` is ``claim`` (announced to hold), ``chain``, ``definition``, ``assumption``, ``abbreviation``,
    ``declaration`` or ``mention`` (the words deny it, or only suppose it: it claims nothing); in a
    definition ``defining`` are the numbers of the lines that define what stands before them.
    ``supposes`` says whether the words before it announce what is to hold from here on, as "suppose" does.
    """

    lines: tuple[ChainLine, ...]
    cue: str
    role: str
    inline: bool
    defining: frozenset[int] = frozenset()
    supposes: bool = False
    conditional: bool = False
    """Whether it is claimed under a condition that is not read: ``if``, ``when $y = 0$``, a case of a proof."""

    @property
    def line(self) -> int:
        return self.lines[0].line

    @property
    def is_definition(self) -> bool:
        return self.role == DEFINITION


@dataclass(frozen=True)
class Definition:
    """A name that the text defines: printed name, constant of the kernel, and where."""

    name: str
    declaration: Declaration
    line: int
    span: Span
    origin: str
    generalised: bool = False
    """Whether it was printed for arguments such as ``f(i)`` and is read for all values."""


@dataclass(frozen=True)
class StatedHypothesis:
    """A hypothesis that the document or the user states."""

    hypothesis: Hypothesis
    line: int
    span: Span
    origin: str
    declares: bool = False
    """Whether it says what a symbol is, as its declaration does, and holds wherever the symbol is used."""
    narrow: Hypothesis | None = None
    """What is proved with: of the letters that the text has fixed it says no more than it must."""


@dataclass(frozen=True)
class Entry:
    """A symbol in force: how it prints, its sort, who gave it that sort, and its variables in the kernel."""

    name: str
    sort: Sort
    origin: str
    line: int | None
    heads: tuple[Head, ...]
    is_defined: bool


@dataclass(frozen=True)
class Supplied:
    """What was taken from the built-in context, and why."""

    name: str
    sort: Sort
    reason: str
    line: int
    is_definition: bool
    constant: str = ""
    """The kernel's name of what the definition defines, where it was used."""


@dataclass(frozen=True)
class InForce:
    """The context at the end of the document."""

    entries: tuple[Entry, ...]
    sets: tuple[Sort, ...]
    supplied: tuple[Supplied, ...] = ()
    commutative: frozenset[Sort] = frozenset()
    """The groups of positions that are known to be commutative, being vector spaces."""
    groups: dict[str, str] = field(default_factory=dict)
    """The groups that the document names, such as Z or Z/n, by sort: a step is refuted on these only."""

    sizes: dict[str, int] = field(default_factory=dict)
    """The dimensions that are numbers, such as the 3 of R^{2 × 3}: a step is refuted at these sizes only."""

    multiplicative: frozenset[str] = frozenset()
    """The names of the groups that the document writes as products, ``h^{-1} g`` and not ``g - h``."""

    def find(self, name: str) -> Entry | None:
        """The entry of a printed name, in canonical spelling."""
        return next((entry for entry in self.entries if entry.name == name), None)


@dataclass(frozen=True)
class Derivation:
    """A document, read."""

    context: InForce
    definitions: tuple[Definition, ...]
    hypotheses: tuple[StatedHypothesis, ...]
    available: tuple[Hypothesis, ...]
    chains: tuple[Chain, ...]
    problems: tuple[Problem, ...] = field(default=())
    supplies: tuple[Supply, ...] = field(default=())
    """What the document leaves out, and how a context block would say it."""
    unread: frozenset[str] = frozenset()
    """Printed names whose definitions have no reading: of these symbols only the sorts are known."""
    either: tuple[tuple[str, str], ...] = ()
    """Pairs of available hypotheses of which one would do: neighbourhoods that move from the right, from the left."""
    standstills: Mapping[str, str] = field(default_factory=dict)
    """By the name of a hypothesis that holds together with the rest of the text for one translation only: why."""
    cited: tuple[Span, ...] = ()
    """What the document only cites: it is not judged."""
    regions: Regions = field(default_factory=Regions)
    """Where in the document what it assumes holds."""
    open_sets: frozenset[Sort] = frozenset()
    """The sets of which the words say more than is read."""
    withholding: Callable[[frozenset[str]], Derivation] | None = None
    """The same document, read without the built-in definitions of these names."""

    def in_force(self, chain: Chain) -> tuple[Hypothesis, ...]:
        """The hypotheses that hold where a chain stands: not those of another theorem, nor of a remark."""
        place = chain.lines[0].span.start
        holds = lambda each: each.declares or each.origin == USER or self.regions.in_force(each.span.start, place)
        return tuple(each.narrow or each.hypothesis for each in self.hypotheses if holds(each))

    def problems_at(self, line: int) -> tuple[Problem, ...]:
        """The problems that a source line shows."""
        return tuple(problem for problem in self.problems if line in (problem.lines or (problem.line,)))
