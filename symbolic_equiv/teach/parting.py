"""Where two lines that are not equal part: the smallest parts that nothing makes equal.

A line whose sum was re-indexed differs from the line before in many places and is wrong in one: so the line before is
looked at with its sums re-indexed as well, and the view in which the two differ least is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from symbolic_equiv.kernel.sorts import BASE, KernelError
from symbolic_equiv.kernel.terms import VARIABLE, Declaration, Head, Term, abstract, application, apply, eta
from symbolic_equiv.logic.derived import unfold
from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.logic.prover import LEAN, Prover
from symbolic_equiv.logic.rewriting import fresh
from symbolic_equiv.logic.summation import is_sum
from symbolic_equiv.script.offers import Desk
from symbolic_equiv.script.paths import changed, part_at, paths
from symbolic_equiv.teach.moves import definitions_in
from symbolic_equiv.theories.statement import Hypothesis

MAX_VIEWS = 4
"""In how many ways the sums of the line before are re-indexed."""


@dataclass(frozen=True)
class Parting:
    """A part of the line before and what stands in its place; ``after`` says what had to be done first to see it."""

    left: Term
    right: Term
    after: str


def parting(before: Term, after: Term, hypotheses: Sequence[Hypothesis], seconds: float) -> Parting | None:
    """Where the two part; ``None`` if they have nothing in common, or part at a function."""
    equations = [equation for item in hypotheses for equation in item.equations]
    prover = Prover(equations, (before, after), LEAN, reindexes=False, budget=seconds)
    best: list[Parting] = []
    for words, view in _views(before, after, hypotheses, seconds):
        found = list(dict.fromkeys(_differences(prover, view, after)))
        if not best or 0 < len(found) < len(best) or (best[0].left, best[0].right) == (before, after):
            best = [Parting(left, right, words) for left, right in found]
    if not best or (best[0].left, best[0].right) == (before, after) or best[0].left.body is not None:
        return None
    return best[0]


def _views(before: Term, after: Term, hypotheses: Sequence[Hypothesis], seconds: float) -> Iterator[tuple[str, Term]]:
    """The line before as it is, and after one rule that may bring it nearer to the line after."""
    yield "", before
    written = _written_out_in(before, definitions_in([before]) - definitions_in([after]))
    for view in dict.fromkeys([before, written]):
        for moved in _reindexed(view, hypotheses, seconds):
            yield "with its sum re-indexed", moved
    if before.body is None and after.body is None and before.head != after.head:
        for offer in Desk(tuple(hypotheses), (), before, seconds=seconds).offers(before):
            if offer.axiom is not None and offer.result.head == after.head:
                yield f"by the rule ‘{offer.because}’", offer.result


def _written_out_in(term: Term, items: frozenset[Declaration]) -> Term:
    """The term with these definitions written out."""
    if term.body is not None:
        hole = fresh(term.domain, term)
        return abstract(_written_out_in(apply(term, [eta(hole)]), items), hole, term.hint)
    if term.head.declaration in items:
        return _written_out_in(unfold(term).right, items)
    return application(term.head, [_written_out_in(arg, items) for arg in term.args])


def _reindexed(term: Term, hypotheses: Sequence[Hypothesis], seconds: float) -> Iterator[Term]:
    """The term with one of its sums re-indexed, in each way that makes a word in it plain."""
    desk = Desk(tuple(hypotheses), (), term, seconds=seconds)
    found = 0
    for path in paths(term):
        part = part_at(term, path)
        for offer in desk.reindexings(part) if is_sum(part) else ():
            yield changed(term, path, lambda _, offer=offer: offer.result)
            found += 1
            if found == MAX_VIEWS:
                return


def _differences(prover: Prover, left: Term, right: Term) -> Iterator[tuple[Term, Term]]:
    """The smallest parts of two terms that the prover cannot make equal, from left to right."""
    if _connects(prover, left, right):
        return
    if left.body is not None and right.body is not None and left.domain == right.domain:
        hole = Head(VARIABLE, right.hint, right.domain)
        if hole not in left.variables | right.variables:
            yield from _differences(prover, apply(left, [eta(hole)]), apply(right, [eta(hole)]))
            return
    if left.body is None and right.body is None:
        told = left.head == right.head and _is_relation(left)
        for one, other in () if told else ((left, right), *_written_out(prover, left, right)):
            if one.head == other.head and len(one.args) == len(other.args):
                for pair in zip(one.args, other.args):
                    yield from _differences(prover, *pair)
                return
    yield left, right


def _is_relation(term: Term) -> bool:
    """Whether a symbol is applied to several tokens or positions: these are told together."""
    return term.head.kind == VARIABLE and len(term.args) > 1 and all(arg.sort.cls == BASE for arg in term.args)


def _written_out(prover: Prover, left: Term, right: Term) -> Iterator[tuple[Term, Term]]:
    """The two with the definition at the head of one of them written out, or of both."""
    first, second = prover.normaliser.unfold(left), prover.normaliser.unfold(right)
    if first is not None:
        yield first.right, right
    if second is not None:
        yield left, second.right
    if first is not None and second is not None:
        yield first.right, second.right


def _connects(prover: Prover, left: Term, right: Term) -> bool:
    try:
        return left.sort == right.sort and prover.connect(left, right) is not None
    except (NotProved, KernelError):
        return False
