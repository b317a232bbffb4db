"""Deciding one equation of a document: a proof, or a confirmed counterexample, or neither, within a time limit.

What is proved is proved under what the document states; where that does not do, under the short list of hypotheses
that may be supplied.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from itertools import product
from typing import Any

from symbolic_equiv.document.derivation import Derivation
from symbolic_equiv.judge.trust import has_model, opaque
from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.terms import Declaration, Term, subterms
from symbolic_equiv.kernel.theorem import Equation, Theorem
from symbolic_equiv.logic.apart import read_apart
from symbolic_equiv.logic.normalise import NotProved, any_definition
from symbolic_equiv.logic.prover import LEAN, Prover, group_sorts
from symbolic_equiv.logic.rules import THEORIES
from symbolic_equiv.logic.ways import ways
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.script.acceptance import accepts
from symbolic_equiv.theories.language import Expr, if_
from symbolic_equiv.theories.statement import Hypothesis, Statement

_EASY = ((frozenset(), False), (LEAN, False), (LEAN, True))
"""Theories, and whether sums are re-indexed: what is tried first, for shorter proofs."""

Unfolds = Callable[[Declaration], bool]
"""Which definitions a proof may use."""


class Search:
    """Searches for proofs and counterexamples of equations of one derivation.

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
        self.derivation, self.seed, self.numeric = derivation, seed, numeric
        self.deadline = time.monotonic() + budget
        self.opaque = opaque(derivation, withheld)
        self.stated: tuple[Hypothesis, ...] = tuple(item.hypothesis for item in derivation.hypotheses)
        self.available = derivation.available
        self.hypotheses = (*self.stated, *self.available)
        self.equations = tuple(equation for item in self.hypotheses for equation in item.equations)
        self.choices = _choices(self.available, derivation.either)
        self.models: dict[tuple[Hypothesis, ...], bool] = {}
        self.provers: dict[tuple[object, ...], Prover] = {}
        self.decided: dict[tuple[Term, Term], tuple[Theorem | None, Any]] = {}

    def under(self, stated: tuple[Hypothesis, ...]) -> Search:
        """The search under other hypotheses of the document, within the same time limit."""
        other = copy(self)
        other.stated, other.hypotheses = stated, (*stated, *self.available)
        other.equations = tuple(equation for item in other.hypotheses for equation in item.equations)
        other.decided = {}
        return other

    def left(self) -> float:
        """The seconds that are left."""
        return self.deadline - time.monotonic()

    def statement(self, left: Term, right: Term, without: Iterable[Hypothesis] = ()) -> Statement:
        """The equation under all hypotheses but those ``without``."""
        kept = tuple(item for item in self.hypotheses if item not in without)
        context = self.derivation.context
        return Statement(
            "step",
            Expr(left),
            Expr(right),
            kept,
            multiplicative=context.multiplicative,
            groups=context.groups,
            sizes=context.sizes,
        )

    def is_opaque(self, statement: Statement) -> bool:
        """Whether a side mentions what is known by its sort only: no model of that is the author's."""
        return bool(self.opaque & (statement.left.variables | statement.right.variables))

    def decide(self, left: Term, right: Term) -> tuple[Theorem | None, Any]:
        """A theorem, or a confirmed counterexample, or neither; found once for an equation that is printed again."""
        if (left, right) not in self.decided:
            self.decided[left, right] = self._search(left, right)
        return self.decided[left, right]

    def _search(self, left: Term, right: Term) -> tuple[Theorem | None, Any]:
        statement = self.statement(left, right)
        for number, (left_out, way) in enumerate(product(self.choices, _EASY)):
            theorem = self._attempt(left, right, left_out, *way)
            if theorem is not None:
                return theorem, None
            if number == 0 and self._is_apart(left, right):
                return None, self.refute(statement)
        for theories in ways(statement.terms(), statement.equations):
            theorem = self._by_way(left, right, THEORIES | theories, True)
            if theorem is not None:
                return theorem, None
        if any(_has_cases(side) for side in (left, right)):  # what a softmax is, at a place that it may not run over
            theorem = self._by_way(left, right, LEAN, True, unfolds=lambda _: True)
            if theorem is not None:
                return theorem, None
        found = self.refute(statement)
        if found is not None:
            return None, found
        return self._by_way(left, right, THEORIES, True), None

    def _is_apart(self, left: Term, right: Term) -> bool:
        """Whether the normal forms show already that no way will lead from one side to the other."""
        statement = self.statement(left, right, without=self.choices[0])  # they differ in what neighbourhoods do only
        sides = left, right
        for theories in (LEAN, THEORIES):
            prover = self._prover(statement.equations, statement.terms(), theories, False, any_definition)
            prover.renew(min(self.left(), 5.0))
            try:
                sides = prover.normal(sides[0]).right, prover.normal(sides[1]).right
            except (NotProved, KernelError, RecursionError):
                return False
            if not read_apart(*sides, self.equations):
                return False
        return True

    def connect(self, left: Term, right: Term) -> Theorem | None:
        """A theorem by any of the ways to find one; no counterexample is sought."""
        if self._is_apart(left, right):
            return None
        statement = self.statement(left, right)
        further = ((THEORIES | theories, True) for theories in ways(statement.terms(), statement.equations))
        tried = (*((LEAN, False), (LEAN, True)), *further, (THEORIES, True))
        return next(filter(None, (self._by_way(left, right, *way) for way in tried)), None)

    def _by_way(
        self, left: Term, right: Term, theories: frozenset[str], reindexes: bool, unfolds: Unfolds = any_definition
    ) -> Theorem | None:
        """⊢ left = right; where a hypothesis may be had in one of two forms, with one of them at a time."""
        attempts = (self._attempt(left, right, left_out, theories, reindexes, unfolds) for left_out in self.choices)
        return next(filter(None, attempts), None)

    def _attempt(
        self,
        left: Term,
        right: Term,
        left_out: Iterable[Hypothesis],
        theories: frozenset[str],
        reindexes: bool,
        unfolds: Unfolds = any_definition,
    ) -> Theorem | None:
        if self.left() <= 0:
            return None
        statement = self.statement(left, right, without=left_out)
        prover = self._prover(statement.equations, statement.terms(), theories, reindexes, unfolds)
        prover.renew(min(self.left(), 20.0))
        try:
            theorem = prover.connect(left, right)
            if not accepts(statement, theorem):
                return None
        except (NotProved, KernelError):
            return None
        return self._with_fewer(statement, theorem, theories, reindexes, unfolds)

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
            prover.renew(min(self.left(), 5.0))
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
        if key not in self.provers:
            self.provers[key] = Prover(given, goal, theories, unfolds, reindexes)
        return self.provers[key]

    def refute(self, statement: Statement) -> Any:
        """A confirmed counterexample to a statement, or None."""
        if not self.numeric or self.left() <= 0 or self.is_opaque(statement):
            return None
        from symbolic_equiv.numeric.witness import REFUTED as CONFIRMED
        from symbolic_equiv.numeric.witness import examine

        evidence = examine(statement, models=40, seed=self.seed, budget=min(self.left(), 10.0))
        return evidence.counterexample if evidence.verdict == CONFIRMED else None

    def has_model(self, used: tuple[Hypothesis, ...]) -> bool:
        """Whether a model is found of what a proof rests on; the short list is known to have models."""
        if not self.numeric or all(item in self.available for item in used):
            return True
        if used not in self.models:
            left = self.left()
            self.models[used] = left > 0 and has_model(used, self.seed, min(left, 5.0))
        return self.models[used]

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


def _has_cases(term: Term) -> bool:
    return any(is_call(part, if_) for part in subterms(term))


def _choices(available: Sequence[Hypothesis], either: Sequence[tuple[str, str]]) -> list[list[Hypothesis]]:
    """What to leave out: the second of each pair of alternatives first, then the first of each."""
    if not either:
        return [[]]
    return [
        [item for item in available if item.name in names] for names in ([b for _, b in either], [a for a, _ in either])
    ]
