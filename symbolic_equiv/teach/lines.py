"""The lines of an answer: read in the context of the exercise alone, and each judged against the line before it.

A learner's text is taken apart into expressions, and only these reach the derivation that is judged: it has no words
and no context but the exercise's, so nothing that an answer defines, declares or assumes can help it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from symbolic_equiv.document import read_derivation
from symbolic_equiv.document.derivation import ChainLine, Derivation
from symbolic_equiv.document.problems import Problem
from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.terms import Declaration, Term
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.plain import Plain
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.latex.reader import Chain, Display, Document, Line, ReadError, Source, read_chains
from symbolic_equiv.latex.reader.markup import MARKDOWN
from symbolic_equiv.teach.exercise import Exercise
from symbolic_equiv.teach.feedback import RIGHT, SEVERAL, UNDECIDED, UNREADABLE, WRONG, Feedback
from symbolic_equiv.teach.moves import Move, find_proof, moves
from symbolic_equiv.teach.parting import parting
from symbolic_equiv.theories.language import Expr
from symbolic_equiv.theories.statement import Hypothesis, Statement

MAX_LINE = 4_000
"""The longest line of an answer, in characters."""

SECONDS = 4.0
"""How long one line may take."""


@dataclass(frozen=True)
class Step:
    """A line and the one before it, as terms, with the hypotheses and definitions of the exercise.

    ``multiplicative`` names the groups that it writes as products.
    """

    before: Term
    after: Term
    hypotheses: tuple[Hypothesis, ...]
    definitions: tuple[Declaration, ...] = ()
    multiplicative: frozenset[str] = frozenset()

    def statement(self) -> Statement:
        before, after = Expr(self.before), Expr(self.after)
        return Statement("step", before, after, self.hypotheses, multiplicative=self.multiplicative)


class Unreadable(Exception):
    """A line that has no reading in an exercise; ``caret`` shows the place."""

    def __init__(self, message: str, caret: str = "") -> None:
        super().__init__(message)
        self.caret = caret


class Book:
    """An exercise, ready to answer to lines."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.context = exercise.context
        self.step = lru_cache(maxsize=4096)(self._step)

    # reading

    def expression(self, text: str) -> Line:
        """The one expression of a line; a relation ``=`` in front of it is passed over.

        Raises ``Unreadable`` for anything else: a line says what equals the line before, and no more.
        """
        if len(text) > MAX_LINE:
            raise Unreadable(f"this line is longer than {MAX_LINE} characters")
        source = Source(text)
        try:
            chains = read_chains(source.span())
        except ReadError as problem:
            raise _unreadable(problem) from None
        lines = [line for chain in chains for line in chain.lines]
        for line in lines:
            if line.error is not None:
                raise _unreadable(line.error)
        if not lines:
            raise Unreadable("the line is empty: write what the line before is equal to")
        if len(lines) > 1 or lines[0].relation not in (None, "="):
            sign = (lines[1] if len(lines) > 1 else lines[0]).relation_span
            raise Unreadable("write one expression: what the line before is equal to", sign.excerpt() if sign else "")
        if (remark := lines[0].remark) is not None:
            raise Unreadable("write the expression alone, without words", remark.span.excerpt())
        return replace(lines[0], relation=None, relation_span=None)

    def read(self, *lines: Line) -> tuple[Derivation, tuple[ChainLine, ...]]:
        """Lines as one chain, in the context of the exercise, whose first line is the exercise's own."""
        start = self.expression(self.exercise.start)
        related = (start, *(replace(line, relation="=") for line in lines))
        span = lines[-1].span.source.span()
        display = Display(span, (Chain(related),), "", "", "", None)
        derivation = read_derivation(Document(span.source, MARKDOWN, (display,), ()), self.context)
        return derivation, derivation.chains[-1].lines[1:]

    def terms(self, *texts: str) -> Step:
        """The first and the last of some lines as a step.  Raises ``Unreadable``, with the place in the last line."""
        derivation, lines = self.read(*(self.expression(text) for text in texts))
        source = lines[-1].span.source
        problems = (*lines[-1].problems, *(item for item in derivation.problems if item.span.source is source))
        supplied = [item.name for item in derivation.context.supplied]
        for problem in problems:
            raise Unreadable(_said(problem), problem.span.excerpt() if problem.span.source is source else "")
        if supplied:
            raise Unreadable(f"the exercise does not say what {' and '.join(supplied)} is")
        before, after = lines[0].term, lines[-1].term
        if before is None or after is None:
            raise Unreadable("this line has no reading: look at its sorts and brackets")
        if before.sort != after.sort:
            raise Unreadable(f"this is a {after.sort}, and the line before is a {before.sort}")
        hypotheses = tuple(item.hypothesis for item in derivation.hypotheses)
        definitions = tuple(item.declaration for item in derivation.definitions)
        return Step(before, after, hypotheses, definitions, derivation.context.multiplicative)

    def same(self, one: str, other: str) -> bool:
        """Whether two lines are the same but for the names of what is bound and for short names."""
        try:
            step = self.terms(one, other)
        except Unreadable:
            return False
        return step.before == step.after

    # judging

    def _step(self, before: str, after: str) -> Feedback:
        """What is to be said of ``after`` as the line after ``before``, both as they are written."""
        try:
            step = self.terms(before, after)
            return self._judged(step)
        except Unreadable as problem:
            return Feedback(UNREADABLE, str(problem), caret=problem.caret)
        except (KernelError, RecursionError):
            return Feedback(UNREADABLE, "this line is too large, or has no reading")

    def _judged(self, step: Step) -> Feedback:
        if step.before == step.after:
            return Feedback(RIGHT, "Right: it is the line before, at most with other names for what is bound.")
        proof = find_proof(step.before, step.after, step.hypotheses, SECONDS / 4)
        if proof is not None:
            return self._sized(moves(*proof))
        found = refute(step.statement(), SECONDS / 2)
        if found is None:
            return Feedback(
                UNDECIDED,
                "This could not be decided: no proof was found, and no numbers that break it. Write it simpler.",
            )
        return Feedback(WRONG, _wrong(step), numbers=_rows(found))

    def _sized(self, found: tuple[Move, ...]) -> Feedback:
        words = _listed([move.words for move in found])
        if len(found) > self.exercise.step:
            allowed = "one rule" if self.exercise.step == 1 else f"{self.exercise.step} rules"
            return Feedback(
                SEVERAL, f"True, but {_count(len(found))} steps at once: {words}. Here a line may use {allowed}.", found
            )
        return Feedback(RIGHT, f"Right, by {words}.", found)


def refute(statement: Statement, budget: float):
    """A confirmed counterexample, or ``None``."""
    from symbolic_equiv.numeric.witness import REFUTED, examine

    evidence = examine(statement, models=40, budget=budget)
    return evidence.counterexample if evidence.verdict == REFUTED else None


def _unreadable(problem: ReadError) -> Unreadable:
    words = problem.found + (f"; expected: {problem.expected}" if problem.expected else "")
    return Unreadable(
        words + (f". {problem.advice[0].upper()}{problem.advice[1:]}" if problem.advice else ""), problem.caret
    )


def _said(problem: Problem) -> str:
    return problem.message + (f" (perhaps: {problem.suggestion})" if problem.suggestion else "")


def _wrong(step: Step) -> str:
    words = "Wrong: the numbers below satisfy everything that is assumed, and give two different values."
    found = parting(step.before, step.after, step.hypotheses, SECONDS / 8)
    if found is None:
        return words
    notation = Notation([found.left, found.right], step.multiplicative)
    left, right = f"${latex(found.left, notation)}$", f"${latex(found.right, notation)}$"
    if found.after:
        after = found.after[0].upper() + found.after[1:]
        return f"{words} {after}, the line before has {left} where yours has {right}."
    return f"{words} The two part at {left} in the line before, and {right} in yours."


def _rows(found) -> tuple[tuple[str, str], ...]:
    plain = Plain(found.problem.statement)
    sides = {"left side": "the line before", "right side": "this line"}
    rows = [(plain.name(name), value) for name, value in found.describe()]
    return tuple((_SIDE.sub(lambda at: sides[at[0]], name), value) for name, value in rows)


_SIDE = re.compile(r"^(?:left|right) side")


def _listed(words: Sequence[str]) -> str:
    return ", and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _count(number: int) -> str:
    return {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}.get(number, str(number))


@lru_cache(maxsize=64)
def book(exercise: Exercise) -> Book:
    """The book of an exercise, kept: what was answered once is answered at once."""
    return Book(exercise)
