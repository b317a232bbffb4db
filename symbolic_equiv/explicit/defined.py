"""Which variables the hypotheses of a statement define."""

from __future__ import annotations

from collections.abc import Mapping

from symbolic_equiv.kernel.terms import BOUND, VARIABLE, Head, Term
from symbolic_equiv.theories.statement import Statement


def definitions(statement: Statement) -> dict[Head, Term]:
    """The variables that a hypothesis defines, ``v = λ…. …`` without ``v``, and no circle among them."""
    found: dict[Head, Term] = {}
    for left, right in statement.equations:
        for side, value in ((left, right), (right, left)):
            head = _defined(side)
            if head is not None and head not in found and head not in _reached(value, found):
                found[head] = value
                break
    return found


def _defined(side: Term) -> Head | None:
    """``v``, if the side is ``λa b …. v(a, b, …)``."""
    count = 0
    while side.body is not None:
        side, count = side.body, count + 1
    plain = all(arg.body is None and arg.head.kind == BOUND and not arg.args for arg in side.args)
    if side.head.kind != VARIABLE or not plain or len(side.args) != count:
        return None
    return side.head if [arg.head.index for arg in side.args] == list(range(count - 1, -1, -1)) else None


def _reached(value: Term, known: Mapping[Head, Term]) -> set[Head]:
    """The variables that ``value`` depends on, through the definitions."""
    found: set[Head] = set()
    waiting = list(value.variables)
    while waiting:
        head = waiting.pop()
        if head not in found:
            found.add(head)
            waiting.extend(known[head].variables if head in known else ())
    return found
