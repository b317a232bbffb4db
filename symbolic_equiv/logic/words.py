"""Words: group products, inverses, actions and declared bijections around one variable.

``solve`` finds the x for which a word becomes a given element, and ``words`` finds the largest words
around a bound variable.  Both look at constants of the theory of groups and at the bijections that the
hypotheses declare; nothing here needs to be trusted.
"""

from __future__ import annotations

from collections.abc import Mapping

from symbolic_equiv.kernel.terms import Head, Term, application, apply, eta
from symbolic_equiv.logic.rewriting import fresh
from symbolic_equiv.theories.language import Expr, act, inv, mul

Inverses = Mapping[Head, Head]
Place = tuple[Head, int] | None


def is_call(term: Term, constant) -> bool:
    """Whether the term is an application of that constant."""
    # equal, not identical: a replayed certificate brings declarations of its own
    return term.body is None and term.head.declaration == constant.declaration


def inverse(term: Term) -> Term:
    """``p⁻¹``, or p for a term that reads ``p⁻¹``."""
    return term.args[0] if is_call(term, inv) else inv(Expr(term)).term


def solve(word: Term, value: Term, variable: Term, inverses: Inverses) -> Term | None:
    """The x with ``word[variable := x] = value``, or None.

    The variable may occur once only, and under operations that can be undone.
    """
    while word != variable:
        if word.body is not None:
            return None
        places = [k for k, arg in enumerate(word.args) if variable.head in arg.variables]
        if len(places) != 1:
            return None
        (place,) = places
        if is_call(word, mul):
            other = Expr(inverse(word.args[1 - place]))
            value = mul(Expr(value), other).term if place == 0 else mul(other, Expr(value)).term
        elif is_call(word, inv):
            value = inverse(value)
        elif is_call(word, act) and place == 1:
            value = act(Expr(inverse(word.args[0])), Expr(value)).term
        elif len(word.args) == 1 and word.head in inverses:
            value = application(inverses[word.head], [value])
        else:
            return None
        word = word.args[place]
    return value


def words(term: Term, variable: Term, inverses: Inverses) -> list[tuple[Term, Place]]:
    """The largest words of the sort of ``variable`` around it in ``term`` that can be solved for it.

    With each comes its place: the head that it is an argument of, and which argument it is.
    """
    found: list[tuple[Term, Place]] = []

    def visit(part: Term, place: Place, opened: frozenset[Head]) -> None:
        if variable.head not in part.variables:
            return
        if part.body is not None:
            hole = fresh(part.domain, part, variable)
            visit(apply(part, [eta(hole)]), place, opened | {hole})
            return
        if (
            part.sort == variable.sort
            and opened.isdisjoint(part.variables)
            and solve(part, variable, variable, inverses) is not None
        ):
            found.append((part, place))
            return
        for index, arg in enumerate(part.args):
            visit(arg, (part.head, index), opened)

    visit(term, None, frozenset())
    return found
