"""What applies to a part of a line: each rule of the script language that does, with what it makes of the part.

The rules are those that a step of a proof may name, and what they do is done by the conversions of ``logic``; nothing
here is trusted: a line that is made with an offer is checked as any other.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import product

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.sorts import BASE, KernelError, Sort
from symbolic_equiv.kernel.terms import (
    BOUND,
    PATTERN,
    VARIABLE,
    Declaration,
    Head,
    Term,
    abstract,
    abstraction,
    application,
    apply,
    eta,
    subterms,
)
from symbolic_equiv.kernel.theorem import Axiom
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.statements import unprinted
from symbolic_equiv.logic.derived import softmax_shift, unfold
from symbolic_equiv.logic.normalise import Normaliser, NotProved, any_definition
from symbolic_equiv.logic.prover import LEAN, group_sorts
from symbolic_equiv.logic.recognise import Values, calls, factors, meets
from symbolic_equiv.logic.rewriting import Rule as Rewrite
from symbolic_equiv.logic.rewriting import fresh, from_axiom, innermost, instance, open_binders
from symbolic_equiv.logic.rules import LEFT_TO_RIGHT
from symbolic_equiv.logic.summation import at as opened
from symbolic_equiv.logic.summation import index_sorts, indices, is_softmax, is_sum, over
from symbolic_equiv.logic.words import is_call, solve, words
from symbolic_equiv.script.proof import reindex_in
from symbolic_equiv.script.rules import Laws, Reindex, Rule, Unfold, Using
from symbolic_equiv.theories.language import Expr, add, inv, mul, partial
from symbolic_equiv.theories.statement import Hypothesis
from symbolic_equiv.theories.table import RULES

MAX_OFFERS = 16
"""How many offers are made for one part."""

MAX_VALUES = 4
"""How many values are tried for what a hypothesis leaves open."""

SWAPS = {"addition": "add_commutative", "scaling": "product_commutative", "linear maps": "inner_symmetric"}
"""Laws that no normal form uses from left to right without a condition, and a person may."""


@dataclass(frozen=True)
class Offer:
    """A rule that applies to a part, the reason in words, what the part becomes, and the axiom behind it, if any."""

    rule: Rule
    because: str
    result: Term
    axiom: Axiom | None = None


@dataclass(frozen=True)
class Desk:
    """What may be used: hypotheses, and definitions that may be recognised; ``around`` is the whole line."""

    hypotheses: tuple[Hypothesis, ...]
    definitions: tuple[Declaration, ...]
    around: Term
    multiplicative: frozenset[str] = frozenset()
    seconds: float = 1.0
    _begun: float = field(default_factory=time.monotonic)

    def offers(self, part: Term) -> list[Offer]:
        """The offers for a part of the line, the binders around it opened; each makes something else of it."""
        found: dict[Term, Offer] = {}
        kinds = (self._unfolded, self._folded, self._reindexed, self._assumed, self._softmax, self._laws, self._tidied)
        for kind in kinds if part.body is None else ():
            if time.monotonic() - self._begun > self.seconds:
                break
            try:
                for offer in kind(part):
                    if offer.result != part:
                        found.setdefault(offer.result, offer)
            except (KernelError, NotProved):  # nothing of this kind
                continue
        return list(found.values())[:MAX_OFFERS]

    def reindexings(self, part: Term) -> list[Offer]:
        """The offers to re-index a sum."""
        try:
            return list(self._reindexed(part))
        except (KernelError, NotProved):
            return []

    # definitions

    def _unfolded(self, part: Term) -> Iterator[Offer]:
        item = part.head.declaration
        if item is not None and item.definition is not None and any_definition(item):
            yield Offer(Unfold((item,), folds=False), "write out the definition", unfold(part).right)

    def _folded(self, part: Term) -> Iterator[Offer]:
        for item in self.definitions:
            for call in calls(item, part, dict(enumerate(unprinted(item, self._notation)))):
                yield Offer(Unfold((item,), folds=True), "recognise the definition", call)

    # sums

    def _reindexed(self, part: Term) -> Iterator[Offer]:
        """Each word around an index of a sum made plain: the index is put for which the word is the index."""
        if not is_sum(part):
            return
        inverses = self._plain.facts.inverses
        for place in range(len(index_sorts(part))):
            heads = indices(part)
            heads[place] = self._named(part, place, heads[place])
            j = eta(heads[place])
            others = frozenset(heads) - {j.head}
            seen: set[Term] = set()
            for function in part.args:
                for word, _ in words(opened(function, heads), j, inverses):
                    k = fresh(j.sort, word, part)
                    index = solve(word, eta(k), j, inverses)
                    if word == j or word in seen or index is None or not others.isdisjoint(word.variables):
                        continue
                    seen.add(word)
                    moved = reindex_in(part, abstract(index, k), abstract(word, j.head), self._plain)
                    result = _called_as_in(part, self._tidy(moved.right))
                    put = self._tidy(apply(abstract(index, k), [j]))
                    rule = Reindex(partial(j.head, ()), Expr(put), partial(j.head, ()))
                    rule.multiplicative = self.multiplicative
                    yield Offer(rule, "the same terms, summed in another order", result)

    def _named(self, part: Term, place: int, head: Head) -> Head:
        """The variable by which a sum calls one of its indices, if nothing else is called so."""
        function = part.args[-1]
        for _ in range(place):
            function = function.body or function
        named = Head(VARIABLE, function.hint, head.sort)
        return head if named in part.variables else named

    # hypotheses

    def _assumed(self, part: Term) -> Iterator[Offer]:
        """Each hypothesis in both directions, at what it has to be taken at to meet the part."""
        for item in self.hypotheses:
            found: dict[Term, None] = {}
            for equation in item.equations:
                for result in self._met(part, equation):
                    found.setdefault(result)
            rule = Using((item,))
            for result in sorted(found, key=lambda term: term.size)[:MAX_VALUES]:
                yield Offer(rule, "it is assumed", result)

    def _met(self, part: Term, equation: tuple[Term, Term]) -> Iterator[Term]:
        holes, at = open_binders(kernel.assumption(*equation))
        heads = frozenset(innermost(hole).head for hole in holes)
        for left in (at.left, at.right):
            if left.head != part.head or left.head in heads:
                continue
            for chosen in self._choices(left, heads):
                for values in meets(left, part, heads, self._plain.facts.inverses, chosen):
                    if heads <= values.keys():
                        taken = [values[innermost(hole).head] for hole in holes]
                        said = kernel.specialisation(kernel.assumption(*equation), taken)
                        yield self._tidy(said.right if left is at.left else said.left)

    def _choices(self, pattern: Term, holes: Iterable[Head]) -> Iterator[Values]:
        """Values for the holes that no single argument tells: elements that the line mentions, and their inverses."""
        counted = {hole: sum(hole in arg.variables for arg in pattern.args) for hole in holes}
        unknown = [hole for hole in sorted(counted, key=lambda hole: str(hole.name)) if counted[hole] != 1]
        choices = [self._elements(hole.sort) for hole in unknown]
        for values in list(product(*choices))[:MAX_VALUES]:
            yield dict(zip(unknown, values, strict=True))

    def _elements(self, sort: Sort) -> list[Term]:
        named = sorted((head for head in self._variables if head.sort == sort), key=lambda head: str(head.name))
        found = [eta(head) for head in named if str(head.name)[0] != "#"]
        if sort in self._groups:
            found += [inv(Expr(element)).term for element in found]
        return found[:MAX_VALUES]

    # laws

    def _softmax(self, part: Term) -> Iterator[Offer]:
        """What is constant along the row of a softmax cancels, wherever in the score it stands."""
        if not is_softmax(part):
            return
        heads = indices(part)
        addends = list(_addends(opened(part.args[1], heads)))
        constant = [each for each in addends if each.variables.isdisjoint(heads)]
        if constant and len(constant) < len(addends):
            varying = [each for each in addends if each not in constant]
            score = add(_added(constant), _added(varying)).term
            ahead = apply(eta(part.head), [part.args[0], over(heads, score, part.args[1]), *part.args[2:]])
            because = "a softmax does not see what is constant along its row"
            yield Offer(Laws(("softmax",)), because, softmax_shift(ahead).right)

    def _laws(self, part: Term) -> Iterator[Offer]:
        for theory, names in LEFT_TO_RIGHT.items():
            if theory in LEAN:
                continue
            for name in (*names.split(), *SWAPS.get(theory, "").split()):
                if "associative" in name:  # prints as it is
                    continue
                known = RULES[name]
                for rewrite in (from_axiom(known.axiom), _backwards(known.axiom)):
                    step = rewrite(part) if rewrite is not None else None
                    if step is not None:
                        yield Offer(Laws((theory,)), known.reason, step.right, known.axiom)

    def _tidied(self, part: Term) -> Iterator[Offer]:
        if part.sort.cls == BASE:
            yield Offer(Laws(("groups",)), "the group laws, and maps that undo each other", self._tidy(part))

    def _tidy(self, term: Term) -> Term:
        """The term in normal form under the group laws, products taken from the left as one writes them."""
        return _from_the_left(self._plain.norm(term).right)

    @cached_property
    def _groups(self) -> frozenset[Sort]:
        equations = [side for item in self.hypotheses for equation in item.equations for side in equation]
        return group_sorts([self.around, *equations])

    @cached_property
    def _notation(self) -> Notation:
        stated = [side for item in self.hypotheses for equation in item.equations for side in equation]
        return Notation([self.around, *stated], self.multiplicative)

    @cached_property
    def _variables(self) -> frozenset[Head]:
        return self.around.variables

    @cached_property
    def _plain(self) -> Normaliser:
        """The laws of groups, and the maps that the hypotheses call bijective."""
        stated = [
            equation
            for item in self.hypotheses
            for equation in item.equations
            if Normaliser(item.equations).facts.inverses
        ]
        deadline = self._begun + self.seconds
        return Normaliser(stated, frozenset({"groups"}), lambda _: False, False, self._groups, deadline)


def _from_the_left(term: Term) -> Term:
    if term.body is not None:
        return abstraction(term.domain, _from_the_left(term.body), term.hint)
    if is_call(term, mul):
        return reduce(lambda one, other: application(term.head, [one, other]), map(_from_the_left, factors(term)))
    return application(term.head, map(_from_the_left, term.args))


def _called_as_in(part: Term, result: Term) -> Term:
    """A sum with the names for its indices that another one has."""
    args = [_with_hints(function, like) for function, like in zip(result.args, part.args, strict=True)]
    return application(result.head, args)


def _with_hints(function: Term, like: Term) -> Term:
    if function.body is None or like.body is None:
        return function
    return abstraction(function.domain, _with_hints(function.body, like.body), like.hint)


def _backwards(axiom: Axiom) -> Rewrite | None:
    """The rule from right to left, where the right side tells everything and is more than a letter."""
    right = axiom.right
    if right.body is not None or right.head.kind == PATTERN or not axiom.left.variables <= right.variables:
        return None
    flexible = (part for part in subterms(right) if part.body is None and part.head.kind == PATTERN)
    if any(innermost(arg).head.kind != BOUND for part in flexible for arg in part.args):
        return None
    return Rewrite(right, right.variables, lambda found: kernel.symmetry(instance(axiom, found.values)))


def _addends(term: Term) -> Iterator[Term]:
    if is_call(term, add):
        for arg in term.args:
            yield from _addends(arg)
    else:
        yield term


def _added(terms: Sequence[Term]) -> Expr:
    first, *rest = map(Expr, terms)
    return sum(rest, first)
