"""The report in plain text, for a terminal of 80 columns.  Colour only where it was asked for."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING

from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, eta, substitute
from symbolic_equiv.latex.counted import counted
from symbolic_equiv.latex.plain import Plain
from symbolic_equiv.logic.normalise import any_definition
from symbolic_equiv.report.results import Chain, Document, Report
from symbolic_equiv.script.abbreviations import shorten
from symbolic_equiv.theories.statement import PROVED, REFUTED

if TYPE_CHECKING:
    from symbolic_equiv.judge.verdicts import JudgedDocument

WIDTH = 80
_COLOURS = {PROVED: "32", REFUTED: "31", "unproved": "33", "assumed": "33"}


def show(report: Report | Chain, colour: bool = False) -> str:
    """Every claim with its verdict, what it rests on, and what each witness said; then a summary."""
    chains = [report] if isinstance(report, Chain) else report.chains
    blocks = [_chain(chain, colour) for chain in chains]
    if isinstance(report, Report):
        blocks += [_review(document) for document in report.documents if not isinstance(document, Document)]
    if len(chains) > 1:
        blocks.append(_summary(chains))
    return "\n\n".join(blocks)


def _review(document: JudgedDocument) -> str:
    from symbolic_equiv.report.review import review

    return review(document)


def _chain(chain: Chain, colour: bool) -> str:
    statement, plain = chain.statement, Plain(chain.statement, WIDTH - 6)
    rows = [_heading(chain, colour), *_wrapped(statement.title, 2)]
    rows += ["", *_indented(plain.equation(statement.left, statement.right), 4), ""]
    definitions = [item for item in statement.definitions() if any_definition(item)]
    if definitions:
        rows.append("  where")
        for item in definitions:
            rows += _indented(plain.definition(item), 4)
    if statement.hypotheses:
        rows.append("  assuming")
        for item in statement.hypotheses:
            rows += _wrapped(f"{item.name}: {item.says}", 4, 6)
            for equation in item.equations:
                rows += _indented(plain.equation(*equation), 6)
    if chain.theorem is not None:
        names = sorted(axiom.name for axiom in chain.theorem.axioms)
        rows += _wrapped(f"from {counted(len(names), 'axiom')}: {', '.join(names) or 'none'}", 2, 4)
    for name, witness in chain.witnesses.items():
        rows += _wrapped(f"{name + ':':<10}{witness.finding}{witness.says}", 2, 12)
    if chain.vacuous:
        rows += _wrapped("possibly vacuous: no model of the hypotheses with two tokens was found", 2)
    for number, step in enumerate(chain.steps, 1):
        if step.verdict != PROVED:
            place = f" ({step.line.line})" if step.line.line else ""
            rows += ["", *_wrapped(f"step {number}{place}: {step.verdict}. {step.message}.", 2, 4)]
            rows += _parts(step.line.error, plain)
            rows += _counterexample(step.counterexample, plain)
    for error in chain.errors:
        if not any(step.line.error is error for step in chain.steps) and chain.claim != REFUTED:
            rows += ["", *_wrapped(str(error).split(":\n")[0] + ".", 2, 4), *_parts(error, plain)]
    if not any(step.counterexample for step in chain.steps):
        rows += _counterexample(chain.counterexample, plain)
    return "\n".join(rows)


def _heading(chain: Chain, colour: bool) -> str:
    verdict = chain.claim
    word = f"\x1b[1;{_COLOURS[verdict]}m{verdict}\x1b[0m" if colour else verdict
    words = [word]
    if verdict == REFUTED and chain.as_expected:
        words.append("as expected")
    elif verdict != chain.statement.expected:
        words.append(f"expected: {chain.statement.expected}")
    elif chain.verdict != verdict:
        words.append(f"but its derivation is {chain.verdict}")
    name = chain.statement.name
    return f"{name}  {', '.join(words)}" if len(name) < 50 else f"{name}\n  {', '.join(words)}"


def _parts(error: object, plain: Plain) -> list[str]:
    left, right = getattr(error, "left", None), getattr(error, "right", None)
    if left is None or right is None:
        return []
    first, second = map(plain.formula, _with_letters(left, right))
    return ["", *_indented(first, 6), "    is not known to equal", *_indented(second, 6)]


def _with_letters(*terms: Term) -> list[Term]:
    """The terms with letters for the variables that the search has opened binders with."""
    heads = sorted(frozenset().union(*(term.variables for term in terms)), key=lambda head: str(head.name))
    taken = {str(head.name) for head in heads}
    letters = (name for name in (f"k_{number}" for number in count(1)) if name not in taken)
    put = {head: eta(Head(VARIABLE, next(letters), head.sort)) for head in heads if str(head.name)[0] in "#~"}
    return [substitute(term, put) for term in terms]


def _counterexample(found, plain: Plain) -> list[str]:
    if found is None:
        return []
    from symbolic_equiv.report.counterexample import teach

    return ["", "  counterexample", *teach(found, plain)]


def _summary(chains: list[Chain]) -> str:
    counts = {word: sum(chain.claim == word for chain in chains) for word in (PROVED, REFUTED, "unproved", "assumed")}
    words = [f"{count} {word}" for word, count in counts.items() if count]
    wrong = [chain.statement.name for chain in chains if not chain.as_expected]
    tail = f"not as expected: {', '.join(wrong)}" if wrong else "all as expected"
    return "\n".join(_wrapped(f"{len(chains)} claims: {', '.join(words)}; {tail}", 0))


def derivation(chain: Chain) -> str:
    """The lines of a proof, each with its rule and its reason."""
    statement, plain = chain.statement, Plain(chain.statement, WIDTH - 4)
    rows = [statement.title, "=" * min(len(statement.title), WIDTH), *_wrapped(statement.says, 0), ""]
    if chain.proof is None:
        return "\n".join(rows)
    letters = chain.proof.abbreviations
    if letters:
        rows += [*_wrapped("where " + ", ".join(plain.equation(eta(x.head), x.term) for x in letters), 4), ""]
    for line, step in zip(chain.proof.lines, [None, *chain.steps], strict=True):
        sign = "    " if step is None else "  = "
        shown = plain.formula(shorten(line.term, letters)).splitlines()
        rows += [sign + shown[0], *("    " + row for row in shown[1:])]
        if step is not None:
            mark = "" if step.verdict == PROVED else f"  [{step.verdict}]"
            rows += [*_wrapped(f"{line.because}{mark}", 8, 8), *_wrapped(f"by {line.rule}", 8, 11)]
        rows.append("")
    return "\n".join(rows)


def _wrapped(words: str, indent: int, hanging: int | None = None) -> list[str]:
    later = indent if hanging is None else hanging
    return textwrap.wrap(
        words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * later, break_on_hyphens=False
    )


def _indented(text: str | Iterable[str], indent: int) -> list[str]:
    rows = text.splitlines() if isinstance(text, str) else text
    return [" " * indent + row for row in rows]
