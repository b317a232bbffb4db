"""Sums of sums: in an order that depends on where their variables occur, and compared in every order."""

from __future__ import annotations

from collections.abc import Iterable

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, abstract, apply, eta
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.by_name import derive
from symbolic_equiv.logic.compare import Comparison
from symbolic_equiv.logic.rewriting import fresh, then
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.theories.language import sum_


class ByEntries(Comparison):
    """Compares normal forms by entries; nested sums also in another order."""

    def _same_after_reindexing(self, left: Term, right: Term) -> Theorem | None:
        theorem = super()._same_after_reindexing(left, right)
        if theorem is None and is_call(left, sum_) and is_call(right, sum_):
            theorem = self._same_after_swapping(left, right)
        return theorem

    def _same_after_swapping(self, left: Term, right: Term) -> Theorem | None:
        """With another of the nested sums outermost."""
        for forth in self._rotations(left):
            back = self._same_args(forth.right, right) or super()._same_after_reindexing(forth.right, right)
            if back is not None:
                return then(forth, back)
        return None

    def _rotations(self, term: Term) -> Iterable[Theorem]:
        """⊢ term = the same with the sum at depth 1, 2, … in front."""
        if nested(term) is None:
            return
        yield swap(term)
        k = fresh(term.args[1].domain, term)
        domain = kernel.reflexivity(term.args[0])
        for inner in self._rotations(apply(term.args[1], [eta(k)])):
            outer = kernel.congruence(term.head, [domain, kernel.abstraction(k, inner, term.args[1].hint)])
            if nested(outer.right) is not None:
                yield then(outer, swap(outer.right))


def nested(term: Term) -> tuple[Head, Head, Term] | None:
    """The variables and the body of a sum of sums whose domains do not depend on each other."""
    if not is_call(term, sum_):
        return None
    k = fresh(term.args[1].domain, term)
    inner = apply(term.args[1], [eta(k)])
    if not is_call(inner, sum_) or k in inner.args[0].variables:
        return None
    other = fresh(inner.args[1].domain, term, inner)
    return k, other, apply(inner.args[1], [eta(other)])


def swap(term: Term) -> Theorem:
    """⊢ Σ_k Σ_l F(k, l) = Σ_l Σ_k F(k, l)."""
    k = fresh(term.args[1].domain, term)
    inner = apply(term.args[1], [eta(k)])
    return derive("sum_swap", P=term.args[0], Q=inner.args[0], G=abstract(inner.args[1], k, term.args[1].hint))


def mark(body: Term, variable: Head, inverses) -> tuple:
    """Where a variable occurs: the heads around it, whatever the words around it and the names bound."""
    found: list[tuple] = []

    def visit(part: Term, place: tuple) -> None:
        if variable not in part.variables:
            return
        if part.body is not None:
            visit(apply(part, [eta(fresh(part.domain, part, eta(variable)))]), place)
        elif part.head == variable:
            found.append(place)
        elif part.head in inverses and len(part.args) == 1:
            visit(part.args[0], place)
        else:
            about = part.args[0].head if part.args and part.args[0].body is None else None
            symbol = str(about.name) if about is not None and about.kind == VARIABLE else ""
            said = "" if symbol.startswith(("#", "~")) else symbol
            for number, arg in enumerate(part.args):
                visit(arg, (str(part.head.name), number, said if number else ""))

    visit(body, ())
    return str(variable.sort), tuple(sorted(found))
