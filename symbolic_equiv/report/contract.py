"""The report as JSON, for other programs; ``schema.json`` beside this file describes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symbolic_equiv.kernel.terms import Term
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.report.check import Chain, Report, Step

SCHEMA = 1


def to_json(report: Report) -> dict[str, Any]:
    """One object that ``json`` can write; see ``schema.json``."""
    documents = [
        {"path": document.path, "chains": [_chain(chain) for chain in document.chains], "errata": []}
        for document in report.documents
    ]
    return {"schema": SCHEMA, "documents": documents}


def _chain(chain: Chain) -> dict[str, Any]:
    statement, theorem = chain.statement, chain.theorem
    written = lambda term: latex(term, multiplicative=statement.multiplicative)
    claim: dict[str, Any] = {
        "name": statement.name,
        "latex": f"{written(statement.left)} = {written(statement.right)}",
        "verdict": chain.claim,
        "expected": statement.expected,
        "hypotheses": [item.name for item in statement.hypotheses],
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
