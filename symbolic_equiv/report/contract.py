"""The report as JSON, for other programs; ``schema.json`` beside this file describes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symbolic_equiv.judge.verdicts import Erratum, JudgedChain, JudgedDocument, JudgedStep
from symbolic_equiv.kernel.terms import Term
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.latex.statements import definition, equation
from symbolic_equiv.logic.normalise import any_definition
from symbolic_equiv.report.results import Chain, Document, Report, Step
from symbolic_equiv.theories.statement import Statement

SCHEMA = 1


def to_json(report: Report) -> dict[str, Any]:
    """One object that ``json`` can write; see ``schema.json``."""
    return {"schema": SCHEMA, "documents": [_document(document) for document in report.documents]}


def _document(document: Document | JudgedDocument) -> dict[str, Any]:
    if isinstance(document, Document):
        return {"path": document.path, "chains": [_chain(chain) for chain in document.chains], "errata": []}
    judged: dict[str, Any] = {
        "path": document.path,
        "chains": [_judged(chain) for chain in document.chains],
        "errata": [_erratum(erratum) for erratum in document.errata],
    }
    if document.unread:
        judged["unread"] = document.unread
    if document.cited:
        judged["cited"] = document.cited
    return judged


def _spelled_out(statement: Statement) -> dict[str, Any]:
    """What the names of the hypotheses stand for, and the definitions: a name alone could be given to anything."""
    notation = Notation(statement.terms(), statement.multiplicative)
    return {
        "assuming": [
            {
                "name": item.name,
                "says": item.says,
                "latex": [equation(*pair, notation).latex for pair in item.equations],
            }
            for item in statement.hypotheses
        ],
        "where": [definition(item, notation).latex for item in statement.definitions() if any_definition(item)],
    }


def _judged(chain: JudgedChain) -> dict[str, Any]:
    claim, statement = chain.claim, chain.claim.statement
    readable, sign = claim.verdict != "unreadable", r"\neq" if claim.relation == "≠" else "="
    judged: dict[str, Any] = {
        "latex": f"{latex(statement.left)} {sign} {latex(statement.right)}" if readable else "",
        "verdict": claim.verdict,
        "expected": "proved",
        "hypotheses": [item.name for item in statement.hypotheses],
        **_spelled_out(statement),
        "axioms": sorted(item.name for item in claim.theorem.axioms) if claim.theorem is not None else [],
        "witnesses": claim.witnesses,
    }
    if claim.counterexample is not None:
        judged["counterexample"] = claim.counterexample.to_json()
    if claim.vacuous:
        judged["possibly_vacuous"] = True
    return {
        "line": chain.line,
        "claim": judged,
        "verdict": chain.verdict,
        "steps": [_judged_step(step) for step in chain.steps],
    }


def _judged_step(step: JudgedStep) -> dict[str, Any]:
    result: dict[str, Any] = {
        "line": step.line,
        "end_line": step.end_line,
        "relation": step.relation,
        "verdict": step.verdict,
        "judged": step.judged,
        "repairs": step.repairs,
        "by": list(step.by),
        "message": step.message,
    }
    if step.counterexample is not None:
        result["counterexample"] = step.counterexample.to_json()
    return result


def _erratum(erratum: Erratum) -> dict[str, Any]:
    result: dict[str, Any] = {
        "id": erratum.id,
        "line": erratum.line,
        "lines": list(erratum.lines),
        "kind": erratum.kind,
        "printed": erratum.printed,
        "suggested": erratum.suggested,
        "message": erratum.message,
    }
    if erratum.counterexample is not None:
        result["counterexample"] = erratum.counterexample.to_json()
    return result


def _chain(chain: Chain) -> dict[str, Any]:
    statement, theorem = chain.statement, chain.theorem
    written = lambda term: latex(term, multiplicative=statement.multiplicative)
    claim: dict[str, Any] = {
        "name": statement.name,
        "latex": f"{written(statement.left)} = {written(statement.right)}",
        "verdict": chain.claim,
        "expected": statement.expected,
        "hypotheses": [item.name for item in statement.hypotheses],
        **_spelled_out(statement),
        "axioms": sorted(item.name for item in theorem.axioms) if theorem is not None else [],
        "witnesses": {name: witness.finding for name, witness in chain.witnesses.items()},
        "evidence": {name: witness.says for name, witness in chain.witnesses.items()},
    }
    if chain.counterexample is not None:
        claim["counterexample"] = chain.counterexample.to_json()
    if chain.vacuous:
        claim["possibly_vacuous"] = True
    return {
        "line": chain.line,
        "claim": claim,
        "verdict": chain.verdict,
        "messages": [str(error) for error in chain.errors],
        "steps": [_step(step, written) for step in chain.steps],
    }


def _step(step: Step, written: Callable[[Term], str]) -> dict[str, Any]:
    line = step.line
    result: dict[str, Any] = {
        "line": line.line,
        "end_line": line.line,
        "relation": "=",
        "verdict": step.verdict,
        "judged": "printed",
        "repairs": [],
        "by": [rule.words for rule in line.by],
        "because": line.because,
        "latex": written(line.term),
        "hypotheses": list(line.hypotheses),
        "message": step.message,
    }
    if step.counterexample is not None:
        result["counterexample"] = step.counterexample.to_json()
    return result
