"""The judge: every step of every chain on its own, and every claim by the prover alone.

A step is proved under what the document states; where that does not do, under the short list of
hypotheses that may be supplied, each of which then is an erratum.  A step that is not proved is tried on
models.  A false step does not stop the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from symbolic_equiv.document.derivation import CHAIN, CLAIM, DEFINITION, Chain, ChainLine, Derivation, Supplied
from symbolic_equiv.document.problems import UNREADABLE
from symbolic_equiv.judge.factors import respelled
from symbolic_equiv.judge.mend import Mended, mend
from symbolic_equiv.judge.slips import slips
from symbolic_equiv.judge.trust import has_model, opaque, rests_on, unconfirmed
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
from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.terms import Declaration, Head, Term, subterms
from symbolic_equiv.kernel.theorem import Equation, Theorem, transitivity
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.plain import spelled
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.latex.statements import equation
from symbolic_equiv.logic.entries import ways
from symbolic_equiv.logic.normalise import NotProved, any_definition
from symbolic_equiv.logic.prover import LEAN, Prover, group_sorts
from symbolic_equiv.logic.rules import THEORIES
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.script.acceptance import accepts, is_assumed
from symbolic_equiv.theories.language import SCALAR, Expr, if_, zero
from symbolic_equiv.theories.statement import Hypothesis, Statement

Unfolds = Callable[[Declaration], bool]
"""Which definitions a proof may use."""


class Judge:
    """Judges one derivation within a time limit.

    ``withheld`` are the names whose built-in definitions the derivation was read without.
    """

    def __init__(
        self,
        derivation: Derivation,
        budget: float = 60.0,
        seed: int = 0,
        numeric: bool = True,
        withheld: frozenset[str] = frozenset(),
    ) -> None:
        self.derivation, self.seed, self.numeric, self.withheld = derivation, seed, numeric, withheld
        self.deadline = time.monotonic() + budget
        self.opaque = opaque(derivation, withheld)
        self.models: dict[tuple[Hypothesis, ...], bool] = {}
        self.provers: dict[tuple[object, ...], Prover] = {}
        self.decided: dict[tuple[Term, Term], tuple[Theorem | None, Any]] = {}
        self.stated: tuple[Hypothesis, ...] = tuple(item.hypothesis for item in derivation.hypotheses)
        self.available = derivation.available
        self.hypotheses = (*self.stated, *self.available)
        self.choices = _choices(self.available, derivation.either)
        self.errata: list[Erratum] = []
        self.needed: dict[Hypothesis, list[JudgedStep]] = {}

    def document(self, path: str) -> JudgedDocument:
        """The verdicts on the whole document."""
        started = time.perf_counter()
        problems = [item for item in self.derivation.problems if item.kind != UNREADABLE]
        self.errata = [of_problem(item) for item in problems]
        chains = [self.chain(item) for item in self.derivation.chains if item.role in (CHAIN, CLAIM, DEFINITION)]
        self._supplied_hypotheses()
        self.errata.sort(key=lambda item: item.lines)
        for number, erratum in enumerate(self.errata, 1):
            erratum.id = f"E{number}"
        for step in (step for chain in chains for step in chain.steps):
            step.repairs = [item.id for item in self.errata if item.concerns(step)]
        supplied = [f"{item.name}: {self._why_supplied(item)}" for item in self.derivation.context.supplied]
        seconds = time.perf_counter() - started
        cited = [f"lines {each.line}–{each.end_line}" for each in self.derivation.cited]
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

    # -- chains

    def chain(self, chain: Chain) -> JudgedChain:
        """Every step of a chain, then its claim, then repairs of what was refuted."""
        lines = chain.lines
        steps = [self.step(chain, number) for number in range(1, len(lines))]
        self._repair(chain, steps)
        judged = JudgedChain(chain.line, chain.role, self._claim(chain, steps), steps, chain)
        judged.claim.vacuous = self._is_vacuous(judged)
        return judged

    def _is_vacuous(self, chain: JudgedChain) -> bool:
        """Whether no model is found of what a chain rests on; the short list is known to have models."""
        used = rests_on(chain, self.hypotheses)
        if not self.numeric or all(item in self.available for item in used):
            return False
        if used not in self.models:
            left = self._left()
            self.models[used] = left > 0 and has_model(used, self.seed, min(left, 5.0))
        return not self.models[used]

    def step(self, chain: Chain, number: int) -> JudgedStep:
        """The step into one line."""
        before, line = chain.lines[number - 1], chain.lines[number]
        step = JudgedStep(line.line, line.end_line, _relation(line), UNPROVED)
        step.before, step.after, step.announced = before.judged, line.judged, len(chain.lines) == 2
        if line.term is None or before.term is None:
            step.judged = "repaired"
        if number in chain.defining:
            step.verdict = "definition"
        elif step.before is None or step.after is None:
            step.verdict, step.message = "unreadable", _why_unreadable(before, line)
        elif step.before.sort != step.after.sort:
            step.verdict, step.message = "unreadable", f"the sides are a {step.before.sort} and a {step.after.sort}"
        else:
            self._judge(step)
        return step

    def _judge(self, step: JudgedStep) -> None:
        theorem, found = self._decide(step.before, step.after)
        negated = step.relation == "≠"
        if theorem is not None:
            step.theorem, step.verdict = theorem, REFUTED if negated else PROVED
            used = [item for item in self.hypotheses if set(item.equations) & theorem.hypotheses]
            step.by = tuple(dict.fromkeys(item.name for item in used))
            for item in used:
                self.needed.setdefault(item, []).append(step)
            if not negated and step.announced and is_assumed(self._statement(step.before, step.after)):
                step.verdict = ASSUMED
        elif found is not None:
            step.verdict, step.counterexample = PROVED if negated else REFUTED, found
            step.message = "false in a model that satisfies every hypothesis"
        else:
            step.message = self._why_unproved(step.before, step.after)

    def _why_unproved(self, *sides: Term) -> str:
        heads = frozenset().union(*(side.variables for side in sides)) & self.opaque
        if heads:
            entries = self.derivation.context.entries
            names = sorted({entry.name for entry in entries if heads & set(entry.heads)})
            return f"no proof was found, and not all is known that the text says of {', '.join(names)}"
        if self._left() <= 0:
            return "the time limit was reached"
        return "no proof was found, and no counterexample"

    def _left(self) -> float:
        """The seconds that are left."""
        return self.deadline - time.monotonic()

    def _decide(self, left: Term, right: Term) -> tuple[Theorem | None, Any]:
        """A theorem, or a confirmed counterexample, or neither; found once for an equation that is printed again."""
        if (left, right) not in self.decided:
            self.decided[left, right] = self._search(left, right)
        return self.decided[left, right]

    def _search(self, left: Term, right: Term) -> tuple[Theorem | None, Any]:
        for theories, reindexes in ((frozenset(), False), (LEAN, False), (LEAN, True)):
            theorem = self._connect(left, right, theories, reindexes)
            if theorem is not None:
                return theorem, None
        statement = self._statement(left, right)
        for theories in ways(statement.terms(), statement.equations):
            theorem = self._connect(left, right, THEORIES | theories, True)
            if theorem is not None:
                return theorem, None
        if any(_has_cases(side) for side in (left, right)):  # what a softmax is, at a place that it may not run over
            theorem = self._connect(left, right, LEAN, True, unfolds=lambda _: True)
            if theorem is not None:
                return theorem, None
        found = self._refute(statement)
        if found is not None:
            return None, found
        return self._connect(left, right, THEORIES, True), None

    def _connect(
        self, left: Term, right: Term, theories: frozenset[str], reindexes: bool, unfolds: Unfolds = any_definition
    ) -> Theorem | None:
        """⊢ left = right; where a hypothesis may be had in one of two forms, with one of them at a time."""
        for left_out in self.choices:
            if self._left() <= 0:
                return None
            statement = self._statement(left, right, without=left_out)
            prover = self._prover(statement.equations, statement.terms(), theories, reindexes, unfolds)
            prover.renew(min(self._left(), 20.0))
            try:
                theorem = prover.connect(left, right)
                if accepts(statement, theorem):
                    return self._with_fewer(statement, theorem, theories, reindexes, unfolds)
            except (NotProved, KernelError):
                continue
        return None

    def _with_fewer(
        self, statement: Statement, theorem: Theorem, theories: frozenset[str], reindexes: bool, unfolds: Unfolds
    ) -> Theorem:
        """The same without the supplied hypotheses that it can do without: only what is needed is reported."""
        stated = {equation for item in self.stated for equation in item.equations}
        for item in self.available:
            if not set(item.equations) & theorem.hypotheses:
                continue
            kept = [equation for equation in statement.equations if equation not in item.equations]
            kept = [equation for equation in kept if equation in theorem.hypotheses | stated]
            prover = self._prover(kept, statement.terms(), theories, reindexes, unfolds)
            prover.renew(min(self._left(), 5.0))
            try:
                theorem = prover.connect(statement.left, statement.right)
            except (NotProved, KernelError):
                continue
        return theorem

    def _prover(
        self,
        hypotheses: Iterable[Equation],
        goal: Iterable[Term],
        theories: frozenset[str],
        reindexes: bool,
        unfolds: Unfolds,
    ) -> Prover:
        """The prover for these: the steps of a document share most of their parts, and so most normal forms."""
        given = tuple(hypotheses)
        groups = group_sorts([*goal, *(side for equation in given for side in equation)])
        key = given, groups, theories, reindexes, unfolds is any_definition
        return self.provers.setdefault(key, Prover(given, goal, theories, unfolds, reindexes))

    def _refute(self, statement: Statement):
        if not self.numeric or self._left() <= 0 or self._is_opaque(statement):
            return None
        from symbolic_equiv.numeric.witness import REFUTED as CONFIRMED
        from symbolic_equiv.numeric.witness import examine

        evidence = examine(statement, models=40, seed=self.seed, budget=min(self._left(), 10.0))
        return evidence.counterexample if evidence.verdict == CONFIRMED else None

    def _is_opaque(self, statement: Statement) -> bool:
        """Whether a side mentions what is known by its sort only: no model of that is the author's."""
        return bool(self.opaque & (statement.left.variables | statement.right.variables))

    def statements(self) -> Iterator[tuple[int, int, Statement]]:
        """First line, last line and statement of each step that claims an equality, then of its chain's claim.

        What mentions a symbol of which only the sort is known is left out: no model of it is the author's.
        """
        for chain in self.derivation.chains:
            if chain.role not in (CHAIN, CLAIM):
                continue
            lines = chain.lines
            places = [(k - 1, k) for k in range(1, len(lines)) if k not in chain.defining]
            for before, after in [*places, *([(0, len(lines) - 1)] if len(lines) > 2 else [])]:
                left, right = lines[before].judged, lines[after].judged
                between = lines[before + 1 : after + 1]
                if left is None or right is None or left.sort != right.sort:
                    continue
                if all(_relation(line) == "=" for line in between):
                    statement = self._statement(left, right)
                    statement.name = statement.title = (
                        f"line {lines[after].line}" if after - before == 1 else "first = last"
                    )
                    if not self._is_opaque(statement):
                        yield between[0].line, between[-1].end_line, statement

    def proves(self, statement: Statement, budget: float = 5.0) -> bool:
        """Whether a statement is proved, with one of two forms of a hypothesis at a time where either will do."""
        for left_out in self.choices:
            kept = [equation for item in statement.hypotheses if item not in left_out for equation in item.equations]
            try:
                Prover(kept, statement.terms(), THEORIES, budget=budget).connect(statement.left, statement.right)
                return True
            except (NotProved, KernelError):
                continue
        return False

    def _statement(self, left: Term, right: Term, without: Iterable[Hypothesis] = ()) -> Statement:
        kept = tuple(item for item in self.hypotheses if item not in without)
        context = self.derivation.context
        return Statement(
            "step", Expr(left), Expr(right), kept, multiplicative=context.multiplicative, groups=context.groups
        )

    def _claim(self, chain: Chain, steps: Sequence[JudgedStep]) -> JudgedClaim:
        """First = last: the one step there is, or the prover's own word."""
        first, last = chain.lines[0].judged, chain.lines[-1].judged
        if first is None or last is None or first.sort != last.sort:
            dummy = first if first is not None else last
            if dummy is None:
                dummy = _NOTHING
            return JudgedClaim(self._statement(dummy, dummy), "unreadable")
        statement = self._statement(first, last)
        if chain.role == DEFINITION:
            return JudgedClaim(statement, "definition")
        relation = "≠" if any(step.relation == "≠" for step in steps) else "="
        if len(steps) == 1:
            (step,) = steps
            kernel = PROVED if step.theorem is not None else "not proved"
            return JudgedClaim(statement, step.verdict, step.theorem, {"kernel": kernel}, step.counterexample, relation)
        theorem, found = self._decide(first, last)
        if theorem is None and found is None:
            theorem = _joined(steps)
        shown, false = (REFUTED, PROVED) if relation == "≠" else (PROVED, REFUTED)
        verdict = shown if theorem is not None else false if found is not None else UNPROVED
        if verdict == PROVED and theorem is not None and is_assumed(statement):
            verdict = ASSUMED
        kernel = PROVED if theorem is not None else "not proved"
        return JudgedClaim(statement, verdict, theorem, {"kernel": kernel}, found, relation)

    # -- what is wrong

    def _repair(self, chain: Chain, steps: list[JudgedStep]) -> None:
        """An erratum for each refuted step; one that mends two steps is one erratum."""
        done: set[int] = set()
        for place, step in enumerate(steps):
            if step.verdict != REFUTED or place in done:
                continue
            span, lines = chain.lines[place + 1].span, tuple(range(step.line, step.end_line + 1))
            if step.relation == "≠":
                self.errata.append(Erratum("step", lines, "the two sides are equal", span.text, "=", span=span))
                continue
            following = steps[place + 1] if place + 1 < len(steps) else None
            mended = self._mended_line(step, following)
            if mended is not None:
                mended = Mended(mended.term, mended.edits, self.derivation.context.multiplicative)
            broken = following is not None and following.verdict == REFUTED and following.relation != "≠"
            slipped = mended is not None or (broken and self._connect_any(step.before, following.after) is not None)
            if slipped:  # the lines around it agree with each other
                done |= {place + 1} if broken else set()
                message = "the step into this line is false" + (", and so is the step out of it" if broken else "")
            else:
                message = "this step is false"
            self.errata.append(
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

    def _mended_line(self, step: JudgedStep, following: JudgedStep | None) -> Mended | None:
        """The line with parts replaced so that the step into it holds, and the one out of it if that is false too."""
        before, after = step.before, step.after
        statement = self._statement(before, after)
        prover = Prover(statement.equations, statement.terms(), LEAN, reindexes=False, budget=min(self._left(), 10.0))
        references = [before]
        if following is not None and following.after is not None and following.verdict == REFUTED:
            references.append(following.after)
        mended = (mend(reference, after, prover) for reference in references)
        taken = next((each for each in mended if each is not None and self._holds(before, each.term, following)), None)
        if taken is not None and len(taken.distinct) == 1:
            return taken
        places = () if taken is None else tuple(latex(edit.printed) for edit in taken.distinct)
        of_products = respelled(after, *references) if ways([after]) else ()
        deadline = time.monotonic() + min(self._left(), 4.0)
        for slip in (*of_products, *slips(after, places)):
            if time.monotonic() > deadline:
                break
            if self._is_likely(before, slip.term, step.counterexample) and self._holds(before, slip.term, following):
                return slip
        return taken

    def _holds(self, before: Term, meant: Term, following: JudgedStep | None) -> bool:
        """Whether the step into a mended line is proved, and the one out of it if that was false too."""
        if self._connect_any(before, meant) is None:
            return False
        goes_on = following is None or following.after is None or following.verdict != REFUTED
        return goes_on or self._connect_any(meant, following.after) is not None

    def _is_likely(self, before: Term, meant: Term, counterexample: Any) -> bool:
        """Whether the model that refuted the line and a few others show no difference.

        Most guesses end here, long before a proof is sought.
        """
        from symbolic_equiv.numeric.errors import NoModel
        from symbolic_equiv.numeric.witness import REFUTED as CONFIRMED
        from symbolic_equiv.numeric.witness import examine, examine_model

        statement = self._statement(before, meant)
        try:
            if examine_model(statement, counterexample.model).verdict == CONFIRMED:
                return False
        except NoModel:
            pass
        return examine(statement, models=16, seed=self.seed, budget=min(self._left(), 2.0)).verdict != CONFIRMED

    def _connect_any(self, left: Term, right: Term) -> Theorem | None:
        statement = self._statement(left, right)
        further = ((THEORIES | theories, True) for theories in ways(statement.terms(), statement.equations))
        tried = (*((LEAN, False), (LEAN, True)), *further, (THEORIES, True))
        return next(filter(None, (self._connect(left, right, *way) for way in tried)), None)

    def _supplied_hypotheses(self) -> None:
        """An erratum for each hypothesis that the steps need and the text never states."""
        for item in self.available:
            steps = self.needed.get(item, [])
            if not steps:
                continue
            first = min(steps, key=lambda step: (step.announced, step.line))
            lines = sorted({*self._first_use(item), first.line})
            example = self._refute(self._statement(first.before, first.after, without=self._like(item)))
            notation = Notation(
                [side for pair in item.equations for side in pair], self.derivation.context.multiplicative
            )
            shown = "; ".join(spelled(equation(*pair, notation).latex) for pair in item.equations)
            self.errata.append(
                Erratum(
                    "hypothesis",
                    tuple(lines),
                    f"used and never stated: {item.says}"
                    + ("; without it the step is false" if example is not None else ""),
                    suggested=f"assume {item.name}: {shown}",
                    counterexample=example,
                    hypothesis=item.name,
                )
            )

    def _like(self, item: Hypothesis) -> list[Hypothesis]:
        """A supplied hypothesis, and the one that could be supplied instead of it."""
        names = {item.name}.union(*(pair for pair in self.derivation.either if item.name in pair))
        return [each for each in self.available if each.name in names]

    def _first_use(self, item: Hypothesis) -> list[int]:
        """The first definition that only makes sense under the hypothesis: it uses the inverse that one asserts."""
        sides = [left for left, right in item.equations if not right.variables]
        inverses: frozenset[Head] = frozenset().union(*(side.variables for side in sides))
        if not inverses:
            return []
        names = {head.name for head in inverses}
        lines = [
            definition.line
            for definition in self.derivation.definitions
            if names <= _binder_names(definition.declaration.definition)
        ]
        return lines[:1]


_NOTHING = zero(v=SCALAR).term
"""Stands for a side that could not be read."""


def _has_cases(term: Term) -> bool:
    return any(is_call(part, if_) for part in subterms(term))


def _binder_names(term: Term | None) -> set[str]:
    """The names of the outermost binders of a definition: its hidden arguments first."""
    found: set[str] = set()
    while term is not None and term.body is not None:
        found.add(term.hint)
        term = term.body
    return found


def _joined(steps: Sequence[JudgedStep]) -> Theorem | None:
    """First = last by the steps between them, if all are proved."""
    theorems = [step.theorem for step in steps]
    if not theorems or any(theorem is None for theorem in theorems):
        return None
    whole = theorems[0]
    for theorem in theorems[1:]:
        whole = transitivity(whole, theorem)
    return whole


def _choices(available: Sequence[Hypothesis], either: Sequence[tuple[str, str]]) -> list[list[Hypothesis]]:
    """What to leave out: the second of each pair of alternatives first, then the first of each."""
    if not either:
        return [[]]
    return [
        [item for item in available if item.name in names] for names in ([b for _, b in either], [a for a, _ in either])
    ]


def _relation(line: ChainLine) -> str:
    shown = {"\\neq": "≠", "\\ne": "≠", ":=": ":=", "\\implies": "⟹", "\\iff": "⟺"}
    return shown.get(line.relation or "=", "=")


def _why_unreadable(*lines: ChainLine) -> str:
    for line in lines:
        if line.judged is None:
            return "; ".join(problem.message for problem in line.problems) or "this line has no reading"
    return "this line has no reading"


def _listed(mended: Mended, which: str) -> str:
    return "; ".join(mended.latex(getattr(edit, which)) for edit in mended.distinct)


def judge(
    derivation: Derivation, path: str, budget: float = 60.0, seed: int = 0, numeric: bool = True
) -> JudgedDocument:
    """The verdicts on a document, within ``budget`` seconds; ``numeric`` says whether models may be searched.

    A built-in definition is used only if a printed step confirms it: where none does, the document is read and
    judged again without it.
    """
    deadline, withheld = time.monotonic() + budget, frozenset[str]()
    while True:
        judged = Judge(derivation, deadline - time.monotonic(), seed, numeric, withheld).document(path)
        more = unconfirmed(derivation, judged.chains) - withheld
        if not more or derivation.withholding is None:
            return judged
        withheld |= more
        derivation = derivation.withholding(more)
