"""Judging a text, and what to look for in the verdicts."""

from __future__ import annotations

from symbolic_equiv.document import read_derivation
from symbolic_equiv.judge.judge import judge
from symbolic_equiv.judge.verdicts import JudgedChain, JudgedDocument, JudgedStep
from symbolic_equiv.latex.reader import read_text


def judged(text: str, format: str = "markdown", budget: float = 30.0, numeric: bool = True) -> JudgedDocument:
    return judge(read_derivation(read_text(text, format)), "text", budget, numeric=numeric)


def steps(document: JudgedDocument) -> list[JudgedStep]:
    return [step for chain in document.chains for step in chain.steps]


def verdicts(document: JudgedDocument) -> list[str]:
    """The verdicts on the steps, but for definitions."""
    return [step.verdict for step in steps(document) if step.verdict != "definition"]


def claims(document: JudgedDocument) -> list[JudgedChain]:
    """The chains that claim something."""
    return [chain for chain in document.chains if chain.role != "definition"]


def kinds(document: JudgedDocument) -> set[str]:
    return {erratum.kind for erratum in document.errata}


def shown(document: JudgedDocument) -> str:
    """The report, for a failing test."""
    from symbolic_equiv.report.review import review

    return "\n" + review(document)
