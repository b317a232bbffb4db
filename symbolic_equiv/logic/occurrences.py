"""What occurs in terms: every application once, also in what their constants are defined by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from symbolic_equiv.kernel.terms import Declaration, Term
from symbolic_equiv.theories.language import softmax_


def all_but_softmax(declaration: Declaration) -> bool:
    """Whether to look into a definition: a softmax is defined by sums and quotients that nobody printed."""
    return declaration != softmax_.declaration


def applications(
    terms: Iterable[Term], looks_into: Callable[[Declaration], bool] = lambda declaration: True
) -> Iterator[Term]:
    """Every application in the terms and in the definitions that they mention, each once; abstractions are passed."""
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
        yield term
        stack += term.args
        declaration = term.head.declaration
        if declaration is not None and declaration.definition is not None and looks_into(declaration):
            stack.append(declaration.definition)
