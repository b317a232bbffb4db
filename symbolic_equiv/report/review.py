"""The report on a document in plain text, as a referee could paste it into a review."""

from __future__ import annotations

import textwrap
from collections import Counter

from symbolic_equiv.document.problems import SCOPE
from symbolic_equiv.judge.verdicts import Erratum, JudgedChain, JudgedDocument, JudgedStep
from symbolic_equiv.latex.counted import counted
from symbolic_equiv.latex.plain import Plain
from symbolic_equiv.report.places import excerpts, in_words

WIDTH = 80


def tally(document: JudgedDocument) -> str:
    """How many steps there are of each verdict."""
    counts = Counter(step.verdict for chain in document.chains for step in chain.steps)
    said = [
        counted(count, verdict) if verdict == "definition" else f"{count} {verdict}"
        for verdict, count in sorted(counts.items())
    ]
    return ", ".join(said) or "none"


def summary(document: JudgedDocument) -> str:
    """How many steps there are of each verdict, and how many errata."""
    return f"steps: {tally(document)}; {counted(len(document.errata), 'erratum', 'errata')}"


def review(document: JudgedDocument) -> str:
    """Claims and steps with their verdicts, then the errata with reason, repair and counterexample."""
    rows = _wrapped(f"{document.path}: {summary(document)}", 0)
    for chain in document.chains:
        rows += ["", *_chain(chain)]
    if document.errata:
        rows += ["", "Errata"]
        for erratum in document.errata:
            rows += ["", *_erratum(erratum, document)]
    if document.unread:
        rows += ["", "Not read, and not used"]
        for item in document.unread:
            rows += _wrapped(item, 2, 4)
    if document.cited:
        rows += ["", *_wrapped(f"Cited in the document, and not judged: {', '.join(document.cited)}", 0, 2)]
    if document.supplied:
        rows += ["", "Supplied from the built-in context"]
        for item in document.supplied:
            rows += _wrapped(item, 2, 4)
    return "\n".join(rows)


def _chain(chain: JudgedChain) -> list[str]:
    if chain.role == "definition":
        rows = [f"line {chain.line}: definition"]
    else:
        kind = "claim" if len(chain.steps) == 1 else "derivation"
        rows = [f"line {chain.line}: {kind}: {chain.claim.verdict}"]
        if chain.claim.verdict != "unreadable":
            left, right = chain.claim.statement.left, chain.claim.statement.right
            plain = Plain(chain.claim.statement, WIDTH - 4)
            unequal = chain.claim.relation == "≠"
            shown = f"{plain.formula(left)}\n≠ {plain.formula(right)}" if unequal else plain.equation(left, right)
            rows += ["    " + row for row in shown.splitlines()]
    if chain.claim.vacuous:
        rows += _wrapped("possibly vacuous: no model of the hypotheses with two tokens was found", 2)
    unclear = any(step.message and step.verdict in ("unreadable", "unproved") for step in chain.steps)
    if len(chain.steps) > 1 or unclear or chain.verdict not in (chain.claim.verdict, "definition"):
        for step in chain.steps:
            rows += _step(step)
    return rows


def _step(step: JudgedStep) -> list[str]:
    where = f"line {step.line}" if step.line == step.end_line else f"lines {step.line}–{step.end_line}"
    under = f" under {', '.join(step.by)}" if step.by else ""
    repaired = (
        f", judged under the repair {', '.join(step.repairs)}" if step.judged == "repaired" and step.repairs else ""
    )
    message = f": {step.message}" if step.message else ""
    return _wrapped(f"{step.relation} {where}: {step.verdict}{under}{repaired}{message}", 2, 6)


def _erratum(erratum: Erratum, document: JudgedDocument) -> list[str]:
    lines = ", ".join(map(str, erratum.lines))
    plural = "s" if len(erratum.lines) > 1 else ""
    rows = _wrapped(f"{erratum.id}  line{plural} {lines}: {erratum.kind}: {erratum.message}", 0, 4)
    shown = excerpts(erratum, document)
    margin = max((len(str(line)) for line, _ in shown), default=0)
    for line, text in shown:
        source, carets = text.split("\n")
        rows += [f"    {line:>{margin}} │ {source.rstrip()}", f"    {'':>{margin}} │ {carets}"]
    if erratum.kind == SCOPE and erratum.edits:
        rows += _wrapped(f"suggested: {in_words(erratum.span.source, erratum.edits)}", 4, 15)
    elif erratum.printed:
        rows += _wrapped(f"printed:   {_short(erratum.printed)}", 4, 15)
    if erratum.suggested and not (erratum.kind == SCOPE and erratum.edits):
        rows += _wrapped(f"suggested: {_short(erratum.suggested)}", 4, 15)
    if erratum.counterexample is not None:
        from symbolic_equiv.report.counterexample import teach

        rows.append("    counterexample:")
        rows += teach(erratum.counterexample, Plain(erratum.counterexample.problem.statement), 6)
    return rows


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 400 else text[:396] + " …"


def _wrapped(words: str, indent: int, hanging: int | None = None) -> list[str]:
    later = indent if hanging is None else hanging
    return textwrap.wrap(
        words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * later, break_on_hyphens=False
    )
