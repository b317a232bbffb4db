"""The prover: two sides, the hypotheses, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Declaration, Term, apply, eta
from symbolic_equiv.kernel.theorem import Equation, Theorem
from symbolic_equiv.logic.compare import Comparison
from symbolic_equiv.logic.matching import match_all
from symbolic_equiv.logic.normalise import Normaliser, NotProved, any_definition
from symbolic_equiv.logic.rewriting import chain, congruent, fresh, innermost, open_binders
from symbolic_equiv.logic.rules import THEORIES
from symbolic_equiv.theories.language import mul


class Prover:
    """Proves equations under fixed hypotheses; what it has learnt is kept from one to the next.

    ``theories`` (names from ``rules.THEORIES``), ``unfolds`` and ``reindexes`` narrow what a proof may use.
    """

    def __init__(
        self,
        hypotheses: Iterable[Equation] = (),
        goal: Iterable[Term] = (),
        theories: frozenset[str] = THEORIES,
        unfolds: Callable[[Declaration], bool] = any_definition,
        reindexes: bool = True,
        budget: float = 30.0,
    ) -> None:
        self.hypotheses = hypotheses = tuple(hypotheses)
        terms = [*goal, *(side for equation in hypotheses for side in equation)]
        groups = group_sorts(terms)
        self.normaliser = Normaliser(
            hypotheses, theories, unfolds, reindexes, groups, deadline=time.monotonic() + budget
        )
        self.comparison = Comparison(self.normaliser, reindexes)

    def prove(self, left: Term, right: Term) -> Theorem:
        """Γ ⊢ left = right, with Γ among the hypotheses.

        Raises ``NotProved``, which says nothing about whether the equation is true.
        """
        try:
            first, second = self.normaliser.norm(left), self.normaliser.norm(right)
            middle = self.comparison.same(first.right, second.right)
        except RecursionError:
            raise NotProved(left, right, "too deep for the search") from None
        if middle is None:
            raise NotProved(first.right, second.right)
        return chain(first, middle, kernel.symmetry(second))

    def connect(self, left: Term, right: Term) -> Theorem:
        """Γ ⊢ left = right, changing only the parts that differ.

        Raises ``NotProved`` with the smallest parts that could not be made equal.
        """
        if left == right:
            return kernel.reflexivity(left)
        if left.body is not None and right.body is not None:
            hole = fresh(left.domain, left, right)
            inside = self.connect(apply(left, [eta(hole)]), apply(right, [eta(hole)]))
            return kernel.abstraction(hole, inside, right.hint)
        failure = None
        if left.head is not None and left.head == right.head and left.args:
            try:
                return congruent(left.head, [self.connect(a, b) for a, b in zip(left.args, right.args, strict=True)])
            except NotProved as error:
                failure = error
        try:
            return self._by_one_hypothesis(left, right) or self.prove(left, right)
        except NotProved:
            raise failure or NotProved(left, right) from None

    def _by_one_hypothesis(self, left: Term, right: Term) -> Theorem | None:
        """A hypothesis at some values, read from either side, word for word."""
        for equation in self.hypotheses:
            theorem = kernel.assumption(*equation)
            holes, opened = open_binders(theorem)
            heads = frozenset(innermost(hole).head for hole in holes)
            for first, second in ((left, right), (right, left)):
                found = match_all([(opened.left, first), (opened.right, second)], heads)
                if found is None or len(found.values) < len(heads):
                    continue
                values = [found.values[str(innermost(hole).head.name)] for hole in holes]
                here = kernel.specialisation(theorem, values) if holes else theorem
                return here if first == left else kernel.symmetry(here)
        return None


LEAN = frozenset({"groups", "logic"})
"""Enough where sums and scores need not be expanded: tried first, for shorter proofs."""


def prove(left: Term, right: Term, hypotheses: Iterable[Equation] = (), budget: float = 30.0) -> Theorem:
    """Γ ⊢ left = right, with Γ among the hypotheses, or ``NotProved``."""
    try:
        return Prover(hypotheses, (left, right), LEAN, budget=budget).prove(left, right)
    except NotProved:
        return Prover(hypotheses, (left, right), budget=budget).prove(left, right)


def group_sorts(terms: Iterable[Term]) -> frozenset[Sort]:
    """The base sorts on which a group law is used, in the terms or in the definitions they mention."""
    found: set[Sort] = set()
    seen: set[Term] = set()
    stack = list(terms)
    while stack:
        term = stack.pop()
        if term in seen:
            continue
        seen.add(term)
        if term.body is not None:
            stack.append(term.body)
            continue
        stack += term.args
        declaration = term.head.declaration
        if declaration is mul.declaration:
            found.add(term.sort)
        if declaration is not None and declaration.definition is not None:
            stack.append(declaration.definition)
    return frozenset(found)
