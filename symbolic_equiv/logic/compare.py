"""The second pass of the prover: compare two normal forms, re-indexing sums where that makes them meet.

No canonical index of a sum exists when its domain is everything or has a symmetry.  So to prove
Σ_P F = Σ_Q G, a word u around the bound variable on the left and a word w in the same place on the right
are taken, u(p) = w(q) is solved, the sum is re-indexed by that, and the parts are compared again.
"""

from __future__ import annotations

from collections.abc import Iterator

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.terms import Head, Term, apply, eta
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.derived import derive
from symbolic_equiv.logic.normalise import Normaliser
from symbolic_equiv.logic.rewriting import chain, congruent, fresh, then
from symbolic_equiv.logic.summation import at as opened
from symbolic_equiv.logic.summation import binds, index_sorts, indices
from symbolic_equiv.logic.words import is_call, solve, words
from symbolic_equiv.theories.language import add, and_, inner, scale
from symbolic_equiv.theories.recursion import iterate

_COMMUTATIVE = (add, scale, and_)


class Comparison:
    """Compares normal forms; remembers what it has compared."""

    def __init__(self, normaliser: Normaliser, reindexes: bool = True, inducts: bool = True) -> None:
        self.normaliser, self.reindexes = normaliser, reindexes
        self.inducts = inducts and "recursion" in normaliser.theories
        self._memo: dict[tuple[Term, Term], Theorem | None] = {}

    def same(self, left: Term, right: Term) -> Theorem | None:
        """⊢ left = right for two normal forms, or None."""
        if left == right:
            return kernel.reflexivity(left)
        if left.sort != right.sort:
            return None
        pair = left, right
        if pair not in self._memo:
            self._memo[pair] = self._same(left, right)
        return self._memo[pair]

    def _same(self, left: Term, right: Term) -> Theorem | None:
        if left.body is not None:
            hole = fresh(left.domain, left, right)
            inside = self.same(apply(left, [eta(hole)]), apply(right, [eta(hole)]))
            return inside and kernel.abstraction(hole, inside, right.hint)
        if left.head != right.head:
            return self._same_by_induction(left, right)
        if any(is_call(left, constant) for constant in _COMMUTATIVE):
            return self._same_terms(left, right)
        theorem = self._same_args(left, right)
        if theorem is None and is_call(left, inner):
            swapped = derive("inner_symmetric", x=left.args[0], y=left.args[1])
            theorem = self._after(swapped, self._same_args(swapped.right, right))
        if theorem is None and binds(left):
            theorem = self._same_after_reindexing(left, right)
        return theorem or self._same_by_induction(left, right)

    def _after(self, first: Theorem, second: Theorem | None) -> Theorem | None:
        return second and then(first, second)

    def _same_args(self, left: Term, right: Term) -> Theorem | None:
        found = []
        for mine, other in zip(left.args, right.args, strict=True):
            theorem = self.same(mine, other)
            if theorem is None:
                return None
            found.append(theorem)
        return congruent(left.head, found)

    def _same_terms(self, left: Term, right: Term) -> Theorem | None:
        """Match the terms of a sum (the factors of a product) one by one, then let the rules sort them."""
        mine, others, found = _flat(left), _flat(right), []
        if len(mine) != len(others):
            return None
        for part in mine:
            for place, other in enumerate(others):
                theorem = self.same(part, other)
                if theorem is not None:
                    found.append(theorem)
                    del others[place]
                    break
            else:
                return None
        theorem = found[-1]
        for part in reversed(found[:-1]):
            theorem = congruent(_head(left, part, theorem), [part, theorem])
        again = self.normaliser.norm(theorem.right)
        return then(theorem, again) if again.right == right else None

    def _same_after_reindexing(self, left: Term, right: Term) -> Theorem | None:
        if not self.reindexes or left.args[0].sort != right.args[0].sort:
            return None
        for forth in self._candidates(left, right):
            if binds(forth.right):
                theorem = self._same_args(forth.right, right) if forth.right.head == right.head else None
            else:
                theorem = self.same(forth.right, right)
            if theorem is not None:
                return then(forth, theorem)
        return None

    def _same_by_induction(self, left: Term, right: Term) -> Theorem | None:
        """One of the two is an iterate, and the other has the same start and the same steps."""
        if not self.inducts or not (is_call(left, iterate) or is_call(right, iterate)):
            return None
        from symbolic_equiv.logic.induction import by_induction  # few proofs have a depth

        inside = Comparison(self.normaliser, self.reindexes, inducts=False)
        if is_call(left, iterate):
            found = by_induction(left, right, self.normaliser, inside.equal)
            if found is not None:
                return found
        found = by_induction(right, left, self.normaliser, inside.equal) if is_call(right, iterate) else None
        return found and kernel.symmetry(found)

    def equal(self, left: Term, right: Term) -> Theorem | None:
        """⊢ left = right for any two terms, or None."""
        first, second = self.normaliser.norm(left), self.normaliser.norm(right)
        middle = self.same(first.right, second.right)
        return middle and chain(first, middle, kernel.symmetry(second))

    def _candidates(self, left: Term, right: Term) -> Iterator[Theorem]:
        """⊢ left = left re-indexed, for each pair of words in the same place on both sides.

        A sum over pairs may be re-indexed in its first index, then in its second.
        """
        tried, started = {left}, [kernel.reflexivity(left)]
        for place in range(len(index_sorts(left))):
            for before in tuple(started):
                if not binds(before.right) or before.right.head != right.head:
                    continue
                for step in self._one_index(before.right, right, place):
                    whole = then(before, step)
                    if whole.right not in tried:
                        tried.add(whole.right)
                        started.append(whole)
                        yield whole

    def _one_index(self, left: Term, right: Term, place: int) -> Iterator[Theorem]:
        """⊢ left = left with one of its indices replaced, for each pair of words in the same place on both sides."""
        norm, inverses = self.normaliser, self.normaliser.facts.inverses
        heads = indices(left, right)
        j, others = heads[place], {*heads[:place], *heads[place + 1 :]}
        k = eta(j)
        tried = {k}
        for mine, other in zip(left.args[:2], right.args[:2], strict=True):
            targets = words(opened(other, heads), k, inverses)
            for word, where in words(opened(mine, heads), k, inverses):
                for target, at in targets:
                    if where != at or word.sort != target.sort:
                        continue
                    solution = solve(target, word, k, inverses)
                    if solution is None:
                        continue
                    solution = norm.norm(solution).right
                    if solution in tried or solution.sort != k.sort or not others.isdisjoint(solution.variables):
                        continue
                    tried.add(solution)
                    step = norm.reindex(left, place, j, solution)
                    if step is not None:
                        yield then(step, norm.norm(step.right))


def _flat(term: Term) -> list[Term]:
    parts = []
    head = term.head
    while term.body is None and term.head.declaration == head.declaration and term.head.declaration is not None:
        parts.append(term.args[0])
        term = term.args[1]
    return [*parts, term]


def _head(term: Term, first: Theorem, second: Theorem) -> Head:
    """The head at the place in a right-nested sum or product where these two parts meet."""
    while (term.args[0].sort, term.args[1].sort) != (first.left.sort, second.left.sort):
        term = term.args[1]
    return term.head
