"""What is wrong with a refuted step, and its repair: found on the terms, verified by the steps around it."""

from __future__ import annotations

import time
from typing import Any

from symbolic_equiv.document.derivation import Chain
from symbolic_equiv.judge.factors import respelled
from symbolic_equiv.judge.mend import Mended, mend
from symbolic_equiv.judge.search import Search
from symbolic_equiv.judge.slips import slips
from symbolic_equiv.judge.verdicts import REFUTED, Erratum, JudgedStep
from symbolic_equiv.kernel.terms import Term
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.logic.prover import LEAN, Prover
from symbolic_equiv.logic.ways import ways


def errata(search: Search, chain: Chain, steps: list[JudgedStep]) -> list[Erratum]:
    """An erratum for each refuted step; one that mends two steps is one erratum."""
    found: list[Erratum] = []
    done: set[int] = set()
    for place, step in enumerate(steps):
        if step.verdict != REFUTED or place in done:
            continue
        span, lines = chain.lines[place + 1].span, tuple(range(step.line, step.end_line + 1))
        if step.relation == "≠":
            found.append(Erratum("step", lines, "the two sides are equal", span.text, "=", span=span))
            continue
        following = steps[place + 1] if place + 1 < len(steps) else None
        mended = _mended_line(search, step, following)
        if mended is not None:
            mended = Mended(mended.term, mended.edits, search.derivation.context.multiplicative, step.after)
        broken = following is not None and following.verdict == REFUTED and following.relation != "≠"
        slipped = mended is not None or (broken and search.connect(step.before, following.after) is not None)
        if slipped:  # the lines around it agree with each other
            done |= {place + 1} if broken else set()
            message = "the step into this line is false" + (", and so is the step out of it" if broken else "")
        else:
            message = "this step is false"
        found.append(
            Erratum(
                "step",
                lines,
                message,
                printed=span.text if mended is None else _listed(mended, "printed"),
                suggested=_listed(mended, "meant") if mended is not None else "no repair found",
                counterexample=step.counterexample,
                span=span,
                mended=mended,
            )
        )
    return found


def _mended_line(search: Search, step: JudgedStep, following: JudgedStep | None) -> Mended | None:
    """The line with parts replaced so that the step into it holds, and the one out of it if that is false too."""
    before, after = step.before, step.after
    statement = search.statement(before, after)
    prover = Prover(statement.equations, statement.terms(), LEAN, reindexes=False, budget=min(search.left(), 10.0))
    references = [before]
    if following is not None and following.after is not None and following.verdict == REFUTED:
        references.append(following.after)
    taken: Mended | None = None
    for reference in references:
        mended = mend(reference, after, prover)
        fewer = mended is not None and (taken is None or len(mended.distinct) < len(taken.distinct))
        if fewer and _holds(search, before, mended.term, following):
            taken = mended
            if len(taken.distinct) == 1 and taken.term != reference:  # a copy of its neighbour says nothing
                return taken
    places = () if taken is None else tuple(latex(edit.printed) for edit in taken.distinct)
    of_products = respelled(after, *references) if ways([after]) else ()
    deadline = time.thread_time() + min(search.left(), 4.0)  # of work: what else the machine does finds no other repair
    for slip in (*of_products, *slips(after, places)):
        if time.thread_time() > deadline:
            break
        if _is_likely(search, before, slip.term, step.counterexample) and _holds(search, before, slip.term, following):
            return slip
    return taken


def _holds(search: Search, before: Term, meant: Term, following: JudgedStep | None) -> bool:
    """Whether the step into a mended line is proved, and the one out of it if that was false too."""
    if search.connect(before, meant) is None:
        return False
    goes_on = following is None or following.after is None or following.verdict != REFUTED
    return goes_on or search.connect(meant, following.after) is not None


def _is_likely(search: Search, before: Term, meant: Term, counterexample: Any) -> bool:
    """Whether the model that refuted the line and a few others show no difference.

    Most guesses end here, long before a proof is sought.
    """
    from symbolic_equiv.numeric.difference import compare
    from symbolic_equiv.numeric.errors import NoModel
    from symbolic_equiv.numeric.problem import Problem
    from symbolic_equiv.numeric.witness import AGREEMENT, examine
    from symbolic_equiv.numeric.witness import REFUTED as CONFIRMED

    statement = search.statement(before, meant)
    try:
        finite = not counterexample.model.infinite
        if finite and compare(Problem(statement), counterexample.model).relative > AGREEMENT:
            return False
    except NoModel:
        pass
    seen = examine(statement, models=16, seed=search.seed, budget=min(search.left(), 2.0), simplify=False)
    return seen.verdict != CONFIRMED


def _listed(mended: Mended, which: str) -> str:
    return "; ".join(mended.latex(getattr(edit, which)) for edit in mended.distinct)
