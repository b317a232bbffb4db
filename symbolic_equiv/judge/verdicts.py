"""What a judge has to say: steps, chains and errata."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from symbolic_equiv.document.problems import HYPOTHESIS, UNDEFINED, Problem
from symbolic_equiv.kernel.terms import Term
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.theories.statement import Statement

if TYPE_CHECKING:
    from symbolic_equiv.document.derivation import Chain, Derivation
    from symbolic_equiv.document.problems import Edit as SourceEdit
    from symbolic_equiv.judge.mend import Mended
    from symbolic_equiv.latex.reader.source import Span

PROVED, REFUTED, UNPROVED, ASSUMED = "proved", "refuted", "unproved", "assumed"
DEFINITION, UNREADABLE = "definition", "unreadable"


@dataclass
class Erratum:
    """One slip of the author: where, of what kind, in words, and the repair that was verified."""

    kind: str
    lines: tuple[int, ...]
    message: str
    printed: str = ""
    suggested: str = ""
    counterexample: Any = None
    id: str = ""
    span: Span | None = None
    """Where it stands: the printed sub-expression, or (of a step) the line of the chain."""
    edits: tuple[SourceEdit, ...] = ()
    """The repair as changes to the source text, where it is one."""
    mended: Mended | None = None
    """The repair of a step, as terms."""
    hypothesis: str = ""
    """The name of the hypothesis that is used and never stated."""

    @property
    def line(self) -> int:
        return self.lines[0]

    def concerns(self, step: JudgedStep) -> bool:
        """Whether it is a slip in the lines of a step, and not one that the whole document shows."""
        if self.kind in (UNDEFINED, HYPOTHESIS):
            return False
        return any(step.line <= line <= step.end_line for line in self.lines)


def of_problem(problem: Problem) -> Erratum:
    """What is ill-formed as printed, as an erratum."""
    lines, suggested = problem.lines or (problem.span.line,), problem.suggestion or ""
    found = Erratum(problem.kind, tuple(lines), problem.message, problem.printed, suggested)
    found.span, found.edits = problem.span, problem.edits
    return found


@dataclass
class JudgedStep:
    """The step into a line of a chain."""

    line: int
    end_line: int
    relation: str
    verdict: str
    judged: str = "printed"
    repairs: list[str] = field(default_factory=list)
    by: tuple[str, ...] = ()
    message: str = ""
    counterexample: Any = None
    theorem: Theorem | None = None
    before: Term | None = None
    after: Term | None = None
    announced: bool = False
    """Whether it stands alone, as a claim that the text announces, and not in a derivation."""


@dataclass
class JudgedClaim:
    """First equals last (or does not, where one ``≠`` stands between), by the prover alone."""

    statement: Statement
    verdict: str
    theorem: Theorem | None = None
    witnesses: dict[str, str] = field(default_factory=dict)
    counterexample: Any = None
    relation: str = "="
    vacuous: bool = False
    """Possibly: no nondegenerate model was found of the hypotheses that the proofs use."""


@dataclass
class JudgedChain:
    """A chain of a document: its claim, if it claims something, and its steps in order."""

    line: int
    role: str
    claim: JudgedClaim
    steps: list[JudgedStep]
    printed: Chain | None = None
    """What was judged, line by line."""

    @property
    def verdict(self) -> str:
        """The worst of the steps."""
        verdicts = [step.verdict for step in self.steps] or [self.claim.verdict]
        order = ("unreadable", "refuted", "unproved", "assumed", "proved", "definition")
        return next(word for word in order if word in verdicts)


@dataclass
class JudgedDocument:
    """All chains of a document, and its errata."""

    path: str
    chains: list[JudgedChain]
    errata: list[Erratum]
    supplied: list[str] = field(default_factory=list)
    seconds: float = 0.0
    derivation: Derivation | None = None
    unread: list[str] = field(default_factory=list)
    """What the author or the user said and is not used, as it has no reading: context lines, assumptions."""

    cited: list[str] = field(default_factory=list)
    """The lines that the document says it cites, and that were not judged."""

    def _repr_html_(self) -> str:
        from symbolic_equiv.report.annotated_html import fragment
        from symbolic_equiv.report.sheet import inset

        return inset(fragment(self))

    @property
    def exit_code(self) -> int:
        """0 if every step is proved (or defines), there are no errata and nothing was left unread, else 1."""
        fine = all(step.verdict in ("proved", "definition") for chain in self.chains for step in chain.steps)
        return 0 if fine and not self.errata and not self.unread else 1
