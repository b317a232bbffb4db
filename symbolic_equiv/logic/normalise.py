"""The first pass of the prover: bring a term to a normal form, driven by the rules and the hypotheses.

In this order at each term, after its parts: definitions are unfolded; sums over a set with a declared
bijection to a group become sums over the group; a domain that holds a word around its bound variable
is made plain; then the rules of the theories; last, relations that the hypotheses call invariant are
moved to a base point.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import VARIABLE, Declaration, Head, Term, abstract, application, apply, eta, subterms
from symbolic_equiv.kernel.theorem import Equation, Theorem
from symbolic_equiv.logic.derived import derive, reindex, unfold
from symbolic_equiv.logic.facts import Facts, Invariance, learn
from symbolic_equiv.logic.folding import fold
from symbolic_equiv.logic.rewriting import Rule, chain, congruent, fresh, then
from symbolic_equiv.logic.rules import THEORIES, Order, rewrite_rules, softmax_rule
from symbolic_equiv.logic.summation import at as opened
from symbolic_equiv.logic.summation import binds, indices
from symbolic_equiv.logic.words import Place, is_call, solve, words
from symbolic_equiv.theories import pairs
from symbolic_equiv.theories.language import CONSTANTS, Expr, inner, inv, unit
from symbolic_equiv.theories.recursion import iterate

FOLDING = "folding"
"""A theory by itself: written-out softmaxes become softmaxes, and nothing else changes but definitions."""

SHIPPED = frozenset(constant.declaration for constant in (*CONSTANTS, *pairs.CONSTANTS))


class NotProved(Exception):
    """The search ended without a proof; ``left`` and ``right`` are where it got stuck."""

    def __init__(self, left: Term, right: Term, why: str = "the two sides have different normal forms") -> None:
        super().__init__(why)
        self.left, self.right, self.why = left, right, why

    def __str__(self) -> str:  # not before it is asked for: the search raises and catches many of these
        return f"{self.why}:\n  {self.left}\n  {self.right}"


def any_definition(declaration: Declaration) -> bool:
    """Unfold what documents and scripts define, not what the theories do (softmax has rules of its own)."""
    return declaration not in SHIPPED


class Normaliser:
    """Normal forms under some hypotheses, theories and definitions, with the theorems that justify them."""

    def __init__(
        self,
        hypotheses: Iterable[Equation] = (),
        theories: frozenset[str] = THEORIES,
        unfolds: Callable[[Declaration], bool] = any_definition,
        transports: bool = True,
        group_sorts: frozenset[Sort] = frozenset(),
        deadline: float = float("inf"),
        lemmas: Iterable[Theorem] = (),
    ) -> None:
        self.theories, self.unfolds, self.transports = theories, unfolds, transports
        self.group_sorts, self.deadline = group_sorts, deadline
        self.order = Order()
        self.rules: dict[str, list[Rule]] = self.rewrite_rules()
        self.facts = Facts()
        self._memo: dict[Term, Theorem] = {}
        learn(self, [*(kernel.assumption(*equation) for equation in hypotheses), *lemmas])

    def rewrite_rules(self) -> dict[str, list[Rule]]:
        """The rules of the theories, by the name of the constant they rewrite."""
        return rewrite_rules(self.theories, self.order)

    def forget(self) -> None:
        """Drop remembered normal forms, after new rules were learnt."""
        self._memo.clear()

    def norm(self, term: Term) -> Theorem:
        """⊢ term = its normal form."""
        theorem = self._memo.get(term)
        if theorem is None:
            if time.monotonic() > self.deadline:
                raise NotProved(term, term, "out of time")
            theorem = self._memo[term] = self._norm(term)
        return theorem

    def _norm(self, term: Term) -> Theorem:
        if term.body is not None:
            hole = fresh(term.domain, term)
            inside = self.norm(apply(term, [eta(hole)]))
            return (
                kernel.reflexivity(term) if inside.left == inside.right else kernel.abstraction(hole, inside, term.hint)
            )
        unfolded = self.unfold(term)
        if unfolded is not None:
            return then(unfolded, self.norm(unfolded.right))
        theorem = congruent(term.head, self._args(term))
        step = self.root(theorem.right)
        if step is None:
            return theorem
        return chain(theorem, step, self.norm(step.right))

    def _args(self, term: Term) -> list[Theorem]:
        """The arguments in normal form.  What is iterated stays as it is: it is looked at when a step is taken."""
        found = [self.norm(arg) for arg in term.args[1:]] if is_call(term, iterate) else []
        return [kernel.reflexivity(term.args[0]), *found] if found else [self.norm(arg) for arg in term.args]

    def unfold(self, term: Term) -> Theorem | None:
        """The definition of the head of ``term``, if it has one that may be unfolded."""
        declaration = term.head.declaration
        if declaration is not None and declaration.definition is not None and self.unfolds(declaration):
            return unfold(term)
        defined = self.facts.definitions.get(term.head)
        if defined is None:
            return None
        return kernel.specialisation(defined, term.args) if term.args else defined

    def unfolds_in(self, term: Term) -> bool:
        """Whether a constant is unfolded anywhere in ``term``."""
        items = (part.head.declaration for part in subterms(term) if part.body is None)
        return any(item is not None and item.definition is not None and self.unfolds(item) for item in items)

    def root(self, term: Term) -> Theorem | None:
        """One step at the head of a term whose arguments are normal, or None."""
        if FOLDING in self.theories:
            return fold(term)
        if binds(term):
            step = self._transport(term) or self._plain_domain(term) or self._other_index(term)
            if step is not None:
                return step
            if "softmax" in self.theories:
                step = softmax_rule(term)
                if step is not None:
                    return step
        for rule in self.rules.get(str(term.head.name), ()):
            step = rule(term)
            if step is not None:
                return step
        if is_call(term, inner) and "linear maps" in self.theories:
            first, second = term.args
            return (
                derive("inner_symmetric", x=first, y=second) if self.order.key(second) < self.order.key(first) else None
            )
        if term.head.kind == VARIABLE:
            return self._invariance(term)
        return None

    def equal(self, left: Term, right: Term) -> Theorem:
        """⊢ left = right, if they have one normal form."""
        first, second = self.norm(left), self.norm(right)
        if first.right != second.right:
            raise NotProved(first.right, second.right)
        return then(first, kernel.symmetry(second))

    # -- sums and softmaxes over another index

    def _transport(self, term: Term) -> Theorem | None:
        """A sum over a set with a declared bijection to a group becomes a sum over the group."""
        for place, j in enumerate(indices(term) if self.transports else ()):
            carrier = self.facts.carriers.get(j.sort)
            if carrier is not None and j.sort not in self.group_sorts and carrier.sort.args[1] in self.group_sorts:
                return self.reindex(term, place, j, application(carrier, [eta(j)]))
        return None

    def _plain_domain(self, term: Term) -> Theorem | None:
        """Where the domain holds a word around an index only inside others, make one plain."""
        if not self.transports:
            return None
        heads = indices(term)
        domain = opened(term.args[0], heads)
        for place, j in enumerate(heads):
            found = words(domain, eta(j), self.facts.inverses)
            found = [each for each in found if not _is_equated(each[1])] or found  # any bijection keeps an equality
            if not found or any(word == eta(j) or word.sort != j.sort for word, _ in found):
                continue
            if found[0][0].variables.isdisjoint(set(heads) - {j}):
                step = self.reindex(term, place, j, found[0][0])
                if step is not None:
                    return step
        return None

    def _other_index(self, term: Term) -> Theorem | None:
        """Where the domain sees its variable only through a bijection to another set, run over that set."""
        source = term.args[0].domain
        if not self.transports or source in self.group_sorts:
            return None
        j = fresh(source, term)
        inside = apply(term.args[0], [eta(j)])
        around = {part.head for part in subterms(inside) if part.body is None and eta(j) in part.args}
        if len(around) != 1 or inside == eta(j):
            return None
        (head,) = around
        elsewhere = head in self.facts.inverses and head.sort.args[1] != source
        return self.reindex(term, 0, j, application(head, [eta(j)])) if elsewhere else None

    def reindex(self, term: Term, place: int, j: Head, word: Term) -> Theorem | None:
        """Re-index a sum or softmax by k = word(j), where it can be shown to be a bijection of that index alone."""
        k = fresh(word.sort, term, word)
        solution = solve(word, eta(k), eta(j), self.facts.inverses)
        if solution is None:
            return None
        forth, back = abstract(solution, k), abstract(word, j)
        return self.reindex_by(term, place, forth, back)

    def reindex_by(self, term: Term, place: int, forth: Term, back: Term) -> Theorem | None:
        """Re-index a sum or softmax by h = ``forth`` with inverse ``back``, both given as abstractions."""
        j, k = fresh(back.domain, back, forth), fresh(forth.domain, back, forth)
        try:
            there = self.equal(apply(forth, [apply(back, [eta(j)])]), eta(j))
            again = self.equal(apply(back, [apply(forth, [eta(k)])]), eta(k))
        except NotProved:
            return None
        return reindex(term, place, forth, back, kernel.abstraction(j, there), kernel.abstraction(k, again))

    # -- relations that are invariant under a group

    def _invariance(self, term: Term) -> Theorem | None:
        """The least of the forms that the invariances of the head allow, if it is less than ``term``."""
        best, least = None, self._measure(term)
        for known in self.facts.invariances.get(term.head, ()):
            for values in self._attempts(known, term):
                step = kernel.symmetry(kernel.specialisation(known.theorem, values))
                step = then(step, congruent(step.right.head, [self.norm(arg) for arg in step.right.args]))
                measure = self._measure(step.right)
                if measure < least:
                    best, least = step, measure
            if not known.parameters:
                step = self._backwards(known, term)
                if step is not None and self._measure(step.right) < least:
                    best, least = step, self._measure(step.right)
        return best

    def _attempts(self, known: Invariance, term: Term) -> list[list[Term]]:
        """Values for what the invariance binds: the arguments of ``term``, and likely group elements."""
        values = [dict(zip(known.right.args, term.args, strict=True))]
        for parameter in known.parameters:
            candidates = {self.norm(inv(Expr(part)).term).right for part in self._elements(term, parameter.sort)}
            candidates.add(unit(g=parameter.sort).term)
            ordered = sorted(candidates, key=self.order.key)
            values = [{**chosen, parameter: element} for chosen in values for element in ordered]
        return [[chosen[hole] for hole in known.holes] for chosen in values]

    def _backwards(self, known: Invariance, term: Term) -> Theorem | None:
        """An invariance under one fixed motion, used from its left side to its right."""
        solved = [
            solve(arg, mine, hole, self.facts.inverses)
            for arg, mine, hole in zip(known.left.args, term.args, known.right.args, strict=True)
        ]
        args = [arg for arg in solved if arg is not None]
        if len(args) < len(solved):
            return None
        by_hole = dict(zip(known.right.args, args, strict=True))
        step = kernel.specialisation(known.theorem, [by_hole[hole] for hole in known.holes])
        try:
            matched = [self.equal(mine, arg) for mine, arg in zip(term.args, step.left.args, strict=True)]
        except NotProved:
            return None
        step = then(congruent(term.head, matched), step)
        return then(step, congruent(step.right.head, [self.norm(arg) for arg in step.right.args]))

    def _elements(self, term: Term, sort: Sort) -> set[Term]:
        """The closed parts of ``term`` of that sort, and the positions of its arguments."""
        found: set[Term] = set()

        def visit(part: Term) -> None:
            if part.sort == sort and not part.loose:
                found.add(part)
            for inner_part in part.args if part.body is None else (part.body,):
                visit(inner_part)

        visit(term)
        for arg in term.args:
            carrier = self.facts.carriers.get(arg.sort)
            if carrier is not None and carrier.sort.args[1] == sort:
                found.add(self.norm(application(carrier, [arg])).right)
        return found

    def _measure(self, term: Term) -> tuple:
        """How far a term is from a base point: the variables in each argument, its size, then the term itself.

        Of a relation of three, T(π(i), j, k), it is the first that is made plain, as it is of one of two.
        """

        def count(part: Term) -> int:
            if part.body is not None:
                return count(part.body)
            own = part.head.kind == VARIABLE and part.head not in self.facts.inverses
            return own + sum(map(count, part.args))

        plain = [arg for arg in term.args if arg.body is None]
        return tuple(map(count, plain)), tuple(arg.size for arg in plain), self.order.key(term)


def _is_equated(place: Place) -> bool:
    """Whether a word is one side of an equality."""
    return place is not None and place[0].declaration is not None and place[0].name == "equal"
