"""Induction on the depth: to prove iterate(s, z, n, i) = T, where T says what becomes of other iterates of n steps.

As a function F of n and i, T has to start at z and to go on by s.  The iterates in T, which have gone on by one step
of their own, are replaced by unknown signals while that is shown: so a step is looked at once, and for any signal.
"""

from __future__ import annotations

from collections.abc import Callable

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, abstract, abstraction, application, apply, eta, substitute
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.derived import derive
from symbolic_equiv.logic.normalise import Normaliser
from symbolic_equiv.logic.rewriting import fresh, then
from symbolic_equiv.logic.words import is_call, solve
from symbolic_equiv.theories.language import Expr
from symbolic_equiv.theories.recursion import iterate, nought, succ

Compare = Callable[[Term, Term], Theorem | None]
"""⊢ left = right for any two terms, or None."""


def by_induction(recursion: Term, other: Term, normaliser: Normaliser, compare: Compare) -> Theorem | None:
    """⊢ recursion = other, where ``recursion`` is an iterate after a variable number of steps; None if that fails."""
    step, start, depth, place = recursion.args
    if depth.args or depth.head.kind != VARIABLE or depth.head in step.variables | start.variables:
        return None
    for head in sorted(place.variables, key=lambda head: str(head.name)):
        if head.sort.name == "→" or head in step.variables | start.variables | {depth.head}:
            continue
        i = fresh(place.sort, recursion, other)
        solution = solve(place, eta(i), eta(head), normaliser.facts.inverses)
        if solution is not None:
            at_i = substitute(other, {head: solution})  # what T is at the place i
            found = _uniqueness(recursion, at_i, i, compare)
            if found is not None:
                back = compare(found.left, other)
                return back and then(kernel.symmetry(found), back)
    return None


def _uniqueness(recursion: Term, at_i: Term, i: Head, compare: Compare) -> Theorem | None:
    """⊢ F(n, place) = recursion, for the function F of n and i that ``at_i`` is."""
    step, start, depth, place = recursion.args
    n = depth.head
    function = abstract(abstract(at_i, i), n)
    at = lambda number, point: apply(function, [number, point])
    zero, following = nought().term, succ(Expr(depth)).term
    unrolled = _unroll(at(zero, eta(i)))
    first = compare(unrolled.right, apply(start, [eta(i)]))
    if first is None:
        return None
    signals, opened = _opened(at_i, n)
    if signals is None:
        return None
    advanced = {head: apply(term.args[0], [depth, eta(head)]) for head, term in signals.items()}
    now = abstract(opened, i)
    general = compare(substitute(opened, advanced), apply(step, [depth, now, eta(i)]))
    if general is None:
        return None
    iterates = {head: abstract(term, term.args[3].head, "i") for head, term in signals.items()}
    second = then(_unroll(at(following, eta(i))), kernel.instantiation(general, iterates))
    premises = (
        kernel.abstraction(i, then(unrolled, first)),
        kernel.abstraction(n, kernel.abstraction(i, second)),
    )
    return derive("same_recursion", *premises, F=function, s=step, z=start, n=depth, i=place)


def _unroll(term: Term) -> Theorem:
    """⊢ term = term with each iterate after 0 or n + 1 steps written out."""
    return Normaliser((), frozenset({"recursion"}), unfolds=lambda _: False, transports=False).norm(term)


def _opened(term: Term, n: Head) -> tuple[dict[Head, Term] | None, Term]:
    """The term with an unknown signal for each iterate of n steps, and which is which; None if n is left in it."""
    signals: dict[Term, Head] = {}

    def visit(part: Term) -> Term:
        if part.body is not None:
            return abstraction(part.domain, visit(part.body), part.hint)
        if is_call(part, iterate) and part.args[2] == eta(n) and not (part.args[0].loose or part.args[1].loose):
            whole = application(part.head, [*part.args[:3], eta(Head(VARIABLE, "~at", part.args[3].sort))])
            head = signals.setdefault(whole, Head(VARIABLE, f"~u{len(signals)}", part.head.sort.args[1].args[0]))
            return application(head, [visit(part.args[3])])
        return application(part.head, [visit(arg) for arg in part.args])

    opened = visit(term)
    found = {head: whole for whole, head in signals.items()}
    return (None if n in opened.variables else found), opened
