"""The prover: two sides, the hypotheses, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property, lru_cache

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.sorts import KernelError, Sort
from symbolic_equiv.kernel.terms import Declaration, Head, Term, apply, eta
from symbolic_equiv.kernel.theorem import Equation, Theorem
from symbolic_equiv.logic.compare import Comparison
from symbolic_equiv.logic.folding import has_written_softmax
from symbolic_equiv.logic.matching import match_all
from symbolic_equiv.logic.normalise import FOLDING, Normaliser, NotProved, any_definition
from symbolic_equiv.logic.occurrences import applications
from symbolic_equiv.logic.rewriting import chain, congruent, fresh, innermost, open_binders, then
from symbolic_equiv.logic.rules import THEORIES
from symbolic_equiv.theories.language import mul


class Prover:
    """Proves equations under fixed hypotheses; what it has learnt is kept from one to the next.

    ``theories`` (names from ``rules.THEORIES``), ``unfolds`` and ``reindexes`` narrow what a proof may use;
    ``lemmas`` are theorems that it may use as it may the hypotheses.
    """

    def __init__(
        self,
        hypotheses: Iterable[Equation] = (),
        goal: Iterable[Term] = (),
        theories: frozenset[str] = THEORIES,
        unfolds: Callable[[Declaration], bool] = any_definition,
        reindexes: bool = True,
        budget: float = 30.0,
        lemmas: Iterable[Theorem] = (),
    ) -> None:
        self.hypotheses, self._goal, self._lemmas = tuple(hypotheses), tuple(goal), tuple(lemmas)
        self._theories, self._unfolds, self._reindexes = theories, unfolds, reindexes
        self._deadline = time.monotonic() + budget

    def renew(self, budget: float) -> None:
        """Give the searches from now on so many seconds."""
        self._deadline = time.monotonic() + budget
        if "normaliser" in self.__dict__:
            self.normaliser.deadline = self._deadline

    @cached_property
    def normaliser(self) -> Normaliser:
        """Made when it is first needed: many steps follow word for word from one hypothesis."""
        sides = [side for equation in self.hypotheses for side in equation]
        groups = group_sorts([*self._goal, *sides])
        kind = Normaliser
        if self._theories >= MATRICES:
            from symbolic_equiv.logic.entries import Entries as kind
        elif self._theories >= EQUALITIES:
            from symbolic_equiv.logic.choices import Equalities as kind
        elif self._theories >= PRODUCTS:
            from symbolic_equiv.logic.algebra import Algebra as kind
        return kind(
            self.hypotheses, self._theories, self._unfolds, self._reindexes, groups, self._deadline, self._lemmas
        )

    @cached_property
    def _folding(self) -> Normaliser:
        """What makes softmaxes of quotients."""
        return Normaliser(self.hypotheses, frozenset({FOLDING}), self._unfolds, False, deadline=self._deadline)

    @cached_property
    def _assumes_quotients(self) -> bool:
        return has_written_softmax(*(side for equation in self.hypotheses for side in equation))

    def normal(self, term: Term) -> Theorem:
        """⊢ term = its normal form; a quotient that is a softmax is made one first, or once its domain is plain."""
        if not self._assumes_quotients and not has_written_softmax(term):
            return self.normaliser.norm(term)
        self._folding.deadline = self._deadline
        folded = self._folding.norm(term)
        theorem = then(folded, self.normaliser.norm(folded.right))
        if has_written_softmax(theorem.right):
            again = self._folding.norm(theorem.right)
            if again.right != theorem.right:
                return chain(theorem, again, self.normaliser.norm(again.right))
        return theorem

    @cached_property
    def comparison(self) -> Comparison:
        if self._theories >= MATRICES:
            from symbolic_equiv.logic.nested_sums import ByEntries

            return ByEntries(self.normaliser, self._reindexes)
        return Comparison(self.normaliser, self._reindexes)

    def prove(self, left: Term, right: Term) -> Theorem:
        """Γ ⊢ left = right, with Γ among the hypotheses.

        Raises ``NotProved``, which says nothing about whether the equation is true.
        """
        try:
            first, second = self.normal(left), self.normal(right)
            middle = self.comparison.same(first.right, second.right)
        except RecursionError:
            raise NotProved(left, right, "too deep for the search") from None
        except KernelError as error:
            raise NotProved(left, right, f"the search built a term that the kernel refuses ({error})") from None
        if middle is None:
            raise NotProved(first.right, second.right)
        return chain(first, middle, kernel.symmetry(second))

    def connect(self, left: Term, right: Term) -> Theorem:
        """Γ ⊢ left = right, changing only the parts that differ.

        At each place: a hypothesis word for word, else the arguments one by one, else a definition, else the
        whole search.  Raises ``NotProved`` with the smallest parts that could not be made equal.
        """
        if left == right:
            return kernel.reflexivity(left)
        if left.body is not None:
            hole = fresh(left.domain, left, right)
            inside = self.connect(apply(left, [eta(hole)]), apply(right, [eta(hole)]))
            return kernel.abstraction(hole, inside, right.hint)
        found = self._by_one_hypothesis(left, right)
        if found is not None:
            return found
        failure = NotProved(left, right)
        if left.head == right.head and left.args:
            try:
                return congruent(left.head, [self.connect(a, b) for a, b in zip(left.args, right.args, strict=True)])
            except NotProved as error:
                failure = error
        try:
            return self._by_definition(left, right) or self.prove(left, right)
        except NotProved:
            raise failure from None
        except RecursionError:
            raise NotProved(left, right, "too deep for the search") from None

    def _by_definition(self, left: Term, right: Term) -> Theorem | None:
        """Unfold the head of one side; None if neither is defined, or if that does not help."""
        for first, second in ((left, right), (right, left)):
            step = self.normaliser.unfold(first)
            if step is not None:
                try:
                    rest = self.connect(step.right, second)
                except NotProved:
                    return None
                return then(step, rest) if first is left else kernel.symmetry(then(step, rest))
        return None

    @cached_property
    def _opened(self) -> list[tuple[Theorem, list[Head], Theorem]]:
        """The hypotheses with their binders opened: the theorem, what it binds, the equation."""
        theorems = [kernel.assumption(*equation) for equation in self.hypotheses]
        opened = [open_binders(theorem) for theorem in theorems]
        return [(th, [innermost(hole).head for hole in holes], inside) for th, (holes, inside) in zip(theorems, opened)]

    def _by_one_hypothesis(self, left: Term, right: Term) -> Theorem | None:
        """A hypothesis at some values, read from either side, word for word."""
        for theorem, heads, opened in self._opened:
            for first, second in ((left, right), (right, left)):
                found = match_all([(opened.left, first), (opened.right, second)], frozenset(heads))
                if found is not None and len(found.values) == len(heads):
                    values = [found.values[str(head.name)] for head in heads]
                    here = kernel.specialisation(theorem, values) if heads else theorem
                    return here if first is left else kernel.symmetry(here)
        return None


MATRICES = frozenset({"matrices"})
"""Beside the other theories: matrices are compared entry by entry (``logic.entries``)."""

PRODUCTS = frozenset({"products"})
"""Beside the other theories: matrices are regrouped as wholes (``logic.algebra``)."""

EQUALITIES = frozenset({"equalities"})
"""Beside the other theories: in ``π(j) ≠ π(i)`` what is on both sides is taken away (``logic.choices``)."""

LEAN = frozenset({"groups", "logic", "recursion"})
"""Enough where sums and scores need not be expanded: tried first, for shorter proofs."""


def prove(
    left: Term,
    right: Term,
    hypotheses: Iterable[Equation] = (),
    budget: float = 30.0,
    lemmas: Iterable[Theorem] = (),
) -> Theorem:
    """Γ ⊢ left = right, with Γ among the hypotheses and those of the lemmas, or ``NotProved``."""
    lean, full = provers(hypotheses, (left, right), budget, lemmas)
    with suppress(NotProved):
        return lean.prove(left, right)
    return full.prove(left, right)


def provers(
    hypotheses: Iterable[Equation], goal: Iterable[Term], budget: float = 30.0, lemmas: Iterable[Theorem] = ()
) -> tuple[Prover, Prover]:
    """The two that ``prove`` tries one after the other."""
    hypotheses, goal, lemmas = tuple(hypotheses), tuple(goal), tuple(lemmas)
    lean = Prover(hypotheses, goal, LEAN, budget=budget, lemmas=lemmas)
    return lean, Prover(hypotheses, goal, budget=budget, lemmas=lemmas)


def group_sorts(terms: Iterable[Term]) -> frozenset[Sort]:
    """The base sorts on which a group law is used, in the terms or in the definitions they mention."""
    return frozenset[Sort]().union(*map(_group_sorts, terms))


@lru_cache(maxsize=1024)
def _group_sorts(term: Term) -> frozenset[Sort]:
    return frozenset(part.sort for part in applications([term]) if part.head.declaration == mul.declaration)
