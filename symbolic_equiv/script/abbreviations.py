"""Abbreviations: a letter that a page prints for a longer expression, such as ī for x⁻¹(x(i) − y).

They change what is printed, never what is proved.
"""

from __future__ import annotations

from collections.abc import Sequence

from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, abstraction, application, eta


class Abbreviation:
    """``head``, a variable that occurs nowhere else, is printed for ``term``."""

    def __init__(self, head: Head, term: Term) -> None:
        if head.kind != VARIABLE or head.sort != term.sort or term.loose or term.body is not None:
            raise KernelError(f"{head.name} cannot stand for {term}: a symbol and a term of one sort, not a function")
        self.head, self.term = head, term


def shorten(term: Term, abbreviations: Sequence[Abbreviation]) -> Term:
    """The term with each abbreviation in place of what it stands for."""
    for item in abbreviations:
        if item.head in term.variables:
            raise KernelError(f"{item.head.name} occurs already, so it cannot stand for {item.term}")
        term = _replaced(term, item)
    return term


def _replaced(term: Term, item: Abbreviation) -> Term:
    if term.size < item.term.size:
        return term
    if term == item.term:
        return eta(item.head)
    if term.body is not None:
        return abstraction(term.domain, _replaced(term.body, item), term.hint)
    return application(term.head, [_replaced(arg, item) for arg in term.args])
