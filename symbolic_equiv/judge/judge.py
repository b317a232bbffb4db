"""The judge: every step of every chain on its own, and every claim by the prover alone.

A step is proved under what the document states; where that does not do, under the short list of
hypotheses that may be supplied, each of which then is an erratum.  A step that is not proved is tried on
models.  A false step does not stop the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from symbolic_equiv.document.derivation import CHAIN, CLAIM, DEFINITION, MENTION, Chain, ChainLine, Derivation, Supplied
from symbolic_equiv.document.problems import UNREADABLE
from symbolic_equiv.judge import repair
from symbolic_equiv.judge.search import Search
from symbolic_equiv.judge.supplied import unstated, vacuous
from symbolic_equiv.judge.trust import rests_on, unconfirmed
from symbolic_equiv.judge.verdicts import (
    ASSUMED,
    PROVED,
    REFUTED,
    UNPROVED,
    Erratum,
    JudgedChain,
    JudgedClaim,
    JudgedDocument,
    JudgedStep,
    of_problem,
)
from symbolic_equiv.kernel.terms import Term
from symbolic_equiv.kernel.theorem import Theorem, transitivity
from symbolic_equiv.script.acceptance import is_assumed
from symbolic_equiv.theories.language import SCALAR, zero
from symbolic_equiv.theories.statement import MAX_STATED, Hypothesis, Statement


class Judge:
    """Judges one derivation within a time limit.

    ``withheld`` are the names whose built-in definitions the derivation was read without; ``progress`` is told each
    line that is come to.
    """

    def __init__(
        self,
        derivation: Derivation,
        budget: float = 60.0,
        seed: int = 0,
        numeric: bool = True,
        withheld: frozenset[str] = frozenset(),
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.derivation, self.withheld, self.progress = derivation, withheld, progress
        self.search = Search(derivation, budget, seed, numeric, withheld)
        self.errata: list[Erratum] = []
        self.needed: dict[Hypothesis, list[JudgedStep]] = {}
        self.local: dict[tuple[Hypothesis, ...], Search] = {}
        """By what is in force somewhere in the document, the search there."""

    def document(self, path: str) -> JudgedDocument:
        """The verdicts on the whole document."""
        started = time.perf_counter()
        problems = [item for item in self.derivation.problems if item.kind != UNREADABLE]
        self.errata = [of_problem(item) for item in problems]
        chains = [self.chain(item) for item in self.derivation.chains if item.role in (CHAIN, CLAIM, DEFINITION)]
        self.errata += [*unstated(self.search, self.needed), *vacuous(self.search, self.needed)]
        self.errata.sort(key=lambda item: item.lines)
        for number, erratum in enumerate(self.errata, 1):
            erratum.id = f"E{number}"
        for step in (step for chain in chains for step in chain.steps):
            step.repairs = [item.id for item in self.errata if item.concerns(step)]
        supplied = [f"{item.name}: {self._why_supplied(item)}" for item in self.derivation.context.supplied]
        seconds = time.perf_counter() - started
        cited = [f"lines {each.line}–{each.end_line}" for each in self.derivation.cited]
        mentioned = [each.line for each in self.derivation.chains if each.role == MENTION]
        cited += [f"line {line} (denied, or only supposed)" for line in dict.fromkeys(mentioned)]
        return JudgedDocument(path, chains, self.errata, supplied, seconds, self.derivation, self._unread(), cited)

    def _why_supplied(self, item: Supplied) -> str:
        if item.name in self.withheld:
            return "its sort only: no printed step confirms the built-in definition"
        return item.reason

    def _unread(self) -> list[str]:
        """What has no reading and is no line of a chain: its own step says it of such a line."""
        inside = {id(each) for chain in self.derivation.chains for line in chain.lines for each in line.problems}
        unread = [each for each in self.derivation.problems if each.kind == UNREADABLE and id(each) not in inside]
        return [f"line {each.line}: ‘{' '.join(each.printed.split())[:200]}’: {each.message}" for each in unread]

    def chain(self, chain: Chain) -> JudgedChain:
        """Every step of a chain, then its claim, then repairs of what was refuted."""
        lines = chain.lines
        steps = [self.step(chain, number) for number in range(1, len(lines))]
        self.errata += repair.errata(self.search, chain, steps)
        judged = JudgedChain(chain.line, chain.role, self._claim(chain, steps), steps, chain)
        judged.claim.vacuous = not self.search.has_model(rests_on(judged, self.search.hypotheses))
        return judged

    def step(self, chain: Chain, number: int) -> JudgedStep:
        """The step into one line."""
        before, line = chain.lines[number - 1], chain.lines[number]
        self.progress(f"line {line.line}")
        step = JudgedStep(line.line, line.end_line, _relation(line), UNPROVED)
        step.before, step.after, step.announced = before.judged, line.judged, len(chain.lines) == 2
        if line.term is None or before.term is None:
            step.judged = "repaired"
        if number in chain.defining:
            step.verdict = "definition"
        elif line.relation not in _JUDGED:
            step.verdict, step.message = "unreadable", f"only =, ≠ and := are judged, and not ‘{line.relation}’"
        elif step.before is None or step.after is None:
            step.verdict, step.message = "unreadable", _why_unreadable(before, line)
        elif step.before.sort != step.after.sort:
            step.verdict, step.message = "unreadable", f"the sides are a {step.before.sort} and a {step.after.sort}"
        else:
            self._judge(step, chain)
        return step

    def _judge(self, step: JudgedStep, chain: Chain) -> None:
        theorem, found, why = self._decide(chain, step.before, step.after)
        negated = step.relation == "≠"
        if theorem is not None:
            step.theorem, step.verdict = theorem, REFUTED if negated else PROVED
            used = [item for item in self.search.hypotheses if set(item.equations) & theorem.hypotheses]
            step.by = tuple(dict.fromkeys(item.name for item in used))
            for item in used:
                self.needed.setdefault(item, []).append(step)
            if not negated and step.announced and is_assumed(self.search.statement(step.before, step.after)):
                step.verdict = ASSUMED
        elif found is not None:
            step.verdict, step.counterexample = PROVED if negated else REFUTED, found
            step.message = "false in a model that satisfies every hypothesis"
        else:
            step.message = why or self._why_unproved(step.before, step.after)

    def _decide(self, chain: Chain, left: Term, right: Term) -> tuple[Theorem | None, Any, str]:
        """A theorem under what is assumed where the chain stands, or a counterexample, or why there is neither.

        A counterexample satisfies all that is assumed anywhere; under a condition that is not read there is none.
        """
        theorem, found = self.search.decide(left, right)
        if found is not None and chain.conditional and _is_equation(chain):
            return None, None, "the words restrict it, or deny it: no counterexample is sought, and no proof was found"
        if theorem is None or self._holds_at(chain, theorem):
            return theorem, found, ""
        in_force = self.derivation.in_force(chain)
        if in_force not in self.local:
            self.local[in_force] = self.search.under(in_force)
        here = self.local[in_force].connect(left, right)
        why = (
            "" if here is not None else "no proof was found without what is assumed elsewhere only, or of other letters"
        )
        return here, None, why

    def _holds_at(self, chain: Chain, theorem: Theorem) -> bool:
        """Whether all that a proof uses of what the document states is in force where the chain stands."""
        in_force = {equation for item in self.derivation.in_force(chain) for equation in item.equations}
        stated = {equation for item in self.search.stated for equation in item.equations}
        return theorem.hypotheses & stated <= in_force

    def _why_unproved(self, *sides: Term) -> str:
        heads = frozenset().union(*(side.variables for side in sides)) & self.search.opaque
        if heads:
            entries = self.derivation.context.entries
            names = sorted({entry.name for entry in entries if heads & set(entry.heads)})
            return f"no proof was found, and not all is known that the text says of {', '.join(names)}"
        if self.search.left() <= 0:
            return "the time limit was reached"
        if any(size > MAX_STATED for size in self.derivation.context.sizes.values()):
            return f"no proof was found; at sizes above {MAX_STATED}, which the text fixes, no counterexample is sought"
        return "no proof was found, and no counterexample"

    def _claim(self, chain: Chain, steps: Sequence[JudgedStep]) -> JudgedClaim:
        """First = last: the one step there is, or the prover's own word."""
        first, last = chain.lines[0].judged, chain.lines[-1].judged
        other = any(line.relation not in _JUDGED for line in chain.lines[1:])
        if first is None or last is None or first.sort != last.sort or other:
            dummy = first if first is not None else last
            if dummy is None:
                dummy = _NOTHING
            return JudgedClaim(self.search.statement(dummy, dummy), "unreadable")
        statement = self.search.statement(first, last)
        if chain.role == DEFINITION:
            return JudgedClaim(statement, "definition")
        relation = "≠" if any(step.relation == "≠" for step in steps) else "="
        if len(steps) == 1:
            (step,) = steps
            kernel = PROVED if step.theorem is not None else "not proved"
            return JudgedClaim(statement, step.verdict, step.theorem, {"kernel": kernel}, step.counterexample, relation)
        theorem, found, _ = self._decide(chain, first, last)
        if theorem is None and found is None:
            theorem = _joined(steps)
        shown, false = (REFUTED, PROVED) if relation == "≠" else (PROVED, REFUTED)
        verdict = shown if theorem is not None else false if found is not None else UNPROVED
        if verdict == PROVED and theorem is not None and is_assumed(statement):
            verdict = ASSUMED
        kernel = PROVED if theorem is not None else "not proved"
        return JudgedClaim(statement, verdict, theorem, {"kernel": kernel}, found, relation)


_NOTHING = zero(v=SCALAR).term
"""Stands for a side that could not be read."""


def _joined(steps: Sequence[JudgedStep]) -> Theorem | None:
    """First = last by the steps between them, if all are proved."""
    theorems = [step.theorem for step in steps]
    if not theorems or any(theorem is None for theorem in theorems):
        return None
    whole = theorems[0]
    for theorem in theorems[1:]:
        whole = transitivity(whole, theorem)
    return whole


_SHOWN = {"\\neq": "≠", "\\ne": "≠", "\\implies": "⟹", "\\iff": "⟺", "\\impliedby": "⟸"}
_JUDGED = frozenset({None, "=", ":=", "=:", *_SHOWN})


def _relation(line: ChainLine) -> str:
    return _SHOWN.get(line.relation or "=", line.relation or "=")


def _is_equation(chain: Chain) -> bool:
    return all(_relation(line) != "≠" for line in chain.lines[1:])


def _why_unreadable(*lines: ChainLine) -> str:
    for line in lines:
        if line.judged is None:
            return "; ".join(problem.message for problem in line.problems) or "this line has no reading"
    return "this line has no reading"


def statements(search: Search) -> Iterator[tuple[int, int, Statement]]:
    """First line, last line and statement of each step that claims an equality, then of its chain's claim.

    What mentions a symbol of which only the sort is known is left out: no model of it is the author's.
    """
    for chain in search.derivation.chains:
        if chain.role not in (CHAIN, CLAIM) or chain.conditional:
            continue
        lines = chain.lines
        places = [(k - 1, k) for k in range(1, len(lines)) if k not in chain.defining]
        for before, after in [*places, *([(0, len(lines) - 1)] if len(lines) > 2 else [])]:
            left, right = lines[before].judged, lines[after].judged
            between = lines[before + 1 : after + 1]
            if left is None or right is None or left.sort != right.sort:
                continue
            if all(line.relation == "=" for line in between):
                statement = search.statement(left, right)
                statement.name = statement.title = (
                    f"line {lines[after].line}" if after - before == 1 else "first = last"
                )
                if not search.is_opaque(statement):
                    yield between[0].line, between[-1].end_line, statement


def judge(
    derivation: Derivation,
    path: str,
    budget: float = 60.0,
    seed: int = 0,
    numeric: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> JudgedDocument:
    """The verdicts on a document, within ``budget`` seconds; ``numeric`` says whether models may be searched.

    A built-in definition is used only if a printed step confirms it: where none does, the document is read and
    judged again without it.
    """
    deadline, withheld = time.monotonic() + budget, frozenset[str]()
    while True:
        judged = Judge(derivation, deadline - time.monotonic(), seed, numeric, withheld, progress).document(path)
        more = unconfirmed(derivation, judged.chains) - withheld
        if not more or derivation.withholding is None:
            return judged
        withheld |= more
        derivation = derivation.withholding(more)
