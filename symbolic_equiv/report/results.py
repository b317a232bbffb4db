"""What a check found: of a witness, a step, a proposition, a file, and of all that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.script.acceptance import ASSUMED, UNPROVED
from symbolic_equiv.script.proof import Line, Proof, StepError
from symbolic_equiv.theories.statement import PROVED, REFUTED, Statement

if TYPE_CHECKING:
    from symbolic_equiv.judge.verdicts import JudgedDocument
    from symbolic_equiv.report.scene import Drawings


class Contradiction(Exception):
    """Two witnesses disagree: an error in this program, never to be passed over."""


class Witness:
    """What one witness found: a word for it, and how far it goes."""

    def __init__(self, finding: str, says: str) -> None:
        self.finding = finding
        self.says = says


class Step:
    """The verdict on one step of a derivation."""

    def __init__(self, line: Line, verdict: str, message: str = "", counterexample: Any = None) -> None:
        self.line = line
        self.verdict = verdict
        self.message = message
        self.counterexample = counterexample


class Chain:
    """The result for one proposition: its claim, its steps, and what every witness said."""

    def __init__(self, statement: Statement, line: int = 0) -> None:
        self.statement = statement
        self.line = line
        self.claim = UNPROVED
        self.proof: Proof | None = None
        self.theorem: Theorem | None = None
        self.steps: list[Step] = []
        self.witnesses: dict[str, Witness] = {}
        self.counterexample: Any = None
        self.errors: list[Exception] = []
        self.vacuous = False
        self.seconds = 0.0

    @property
    def verdict(self) -> str:
        """The worst of the steps, or the claim's own verdict where there are none."""
        verdicts = [step.verdict for step in self.steps] or [self.claim]
        if any(isinstance(error, StepError) for error in self.errors):
            verdicts.append(UNPROVED)
        return next((word for word in (REFUTED, UNPROVED) if word in verdicts), PROVED)

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one that the author announced."""
        expected = self.statement.expected
        return self.claim == expected and (expected == REFUTED or self.verdict == PROVED)

    @property
    def figures(self) -> Drawings:
        """Figures of numbers in a model of the hypotheses; empty where none would help."""
        from symbolic_equiv.report.figures import drawings
        from symbolic_equiv.report.scene import Drawings

        return Drawings(drawings(self.statement, self.counterexample))

    def _repr_html_(self) -> str:
        from symbolic_equiv.report.html import fragment
        from symbolic_equiv.report.sheet import inset

        return inset(fragment(self, prefix=f"{self.statement.name}-"))


class Document:
    """The results for one file."""

    def __init__(self, path: str, chains: list[Chain]) -> None:
        self.path = path
        self.chains = chains

    def _repr_html_(self) -> str:
        return "\n".join(chain._repr_html_() for chain in self.chains)

    @property
    def exit_code(self) -> int:
        """0 if every verdict is as expected, else 1."""
        return 0 if all(chain.as_expected for chain in self.chains) else 1


class Report:
    """The result of a check, over all proofs and documents; printed as the command line prints it."""

    def __init__(self, documents: list[Document | JudgedDocument]) -> None:
        self.documents = documents

    @property
    def chains(self) -> list[Chain]:
        """The claims of the proof scripts."""
        return [chain for document in self.documents if isinstance(document, Document) for chain in document.chains]

    @property
    def verdict(self) -> str:
        """The worst verdict of a claim."""
        verdicts = [chain.claim for chain in self.chains]
        judged = [document for document in self.documents if not isinstance(document, Document)]
        verdicts += [chain.verdict for document in judged for chain in document.chains]
        return next((word for word in (REFUTED, "unreadable", UNPROVED, ASSUMED) if word in verdicts), PROVED)

    @property
    def exit_code(self) -> int:
        """0 if every verdict is as expected and there are no errata, else 1."""
        return max((document.exit_code for document in self.documents), default=0)

    def _repr_html_(self) -> str:
        return "\n".join(document._repr_html_() for document in self.documents)

    def to_json(self) -> dict[str, Any]:
        """The report as the contract for other programs has it."""
        from symbolic_equiv.report.contract import to_json

        return to_json(self)

    def __str__(self) -> str:
        from symbolic_equiv.report.terminal import show

        return show(self)

    __repr__ = __str__
