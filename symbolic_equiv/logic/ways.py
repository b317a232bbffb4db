"""Which theories are worth a try beside the usual ones, by the constants that an equation mentions."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache

from symbolic_equiv.kernel.terms import Declaration, Term
from symbolic_equiv.kernel.theorem import Equation
from symbolic_equiv.logic.occurrences import all_but_softmax, applications
from symbolic_equiv.logic.prover import EQUALITIES, MATRICES, PRODUCTS
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.theories import entries
from symbolic_equiv.theories.language import exp, matmul, softmax_, sum_

WRITTEN_OUT = frozenset({"softmax written out"})
"""Beside the other theories: the definition of the softmax is unfolded."""


def ways(terms: Iterable[Term], given: Iterable[Equation] = ()) -> tuple[frozenset[str], ...]:
    """What to try beside the other theories.

    Equalities where there are any, products as wholes where a hypothesis speaks of one, entries where there are any,
    a softmax written out beside exp.
    """
    terms = tuple(terms)
    if not _mentions(terms, _of_matrices("symbolic_equiv.theories.matrices" in sys.modules)):
        return (MATRICES,) if any(map(_sums_sums, terms)) else ()  # which may stand in another order
    of_products = any(is_call(side, matmul) for equation in given for side in equation)
    both = _mentions(terms, frozenset([exp.declaration])) and _mentions(terms, _softmaxes())
    equated = "equal" in {term.head.name for term in applications(terms, all_but_softmax)}
    return (
        *([EQUALITIES] if equated else []),
        *([PRODUCTS] if of_products else []),
        MATRICES,
        *([MATRICES | WRITTEN_OUT] if both else []),
    )


@cache
def _of_matrices(loaded: bool) -> frozenset[Declaration]:
    """The constants that are about matrices; none of the theory of matrices stands in a term before it is loaded."""
    constants = entries.transpose, entries.outer, entries.hadamard, entries.diag, matmul
    found = {constant.declaration for constant in constants}
    if loaded:
        from symbolic_equiv.theories import matrices

        found.update(constant.declaration for constant in matrices.CONSTANTS)
    return frozenset(found)


def _softmaxes() -> frozenset[Declaration]:
    from symbolic_equiv.theories import matrices

    return frozenset(each.declaration for each in (softmax_, matrices.row_softmax, matrices.vector_softmax))


def _sums_sums(term: Term) -> bool:
    """Whether a sum stands in a sum."""
    waiting = [term]
    while waiting:
        each = waiting.pop()
        if is_call(each, sum_) and _mentions(each.args[1:], frozenset([sum_.declaration])):
            return True
        waiting += each.args if each.body is None else (each.body,)
    return False


def _mentions(terms: Iterable[Term], constants: frozenset[Declaration]) -> bool:
    """Whether one of the constants occurs, also in what is defined; not in the definition of the softmax."""
    return any(term.head.declaration in constants for term in applications(terms, all_but_softmax))
