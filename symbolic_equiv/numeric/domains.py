"""Over which tokens a sum runs where there are infinitely many: the predicate is looked at on half spaces.

Nothing is assumed of a predicate that cannot be told: then the sum is ``Undecided``.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

from symbolic_equiv.kernel.terms import BOUND, Term
from symbolic_equiv.numeric.lattice import Box, Identity, Rule, points
from symbolic_equiv.theories import language

if TYPE_CHECKING:
    from symbolic_equiv.numeric.rigorous import Exact

MANY = object()
"""The value of a term of which nothing is known over a box."""


def elements(exact: Exact, domain: Term, env: tuple) -> list | None:
    """The elements of an infinite sort that satisfy ``domain``, an abstraction; None where they are infinitely many."""
    body = domain.body
    certainly = lambda box: _known(_over(exact, body, (box, *env)))
    return points(exact.model.infinite[domain.domain], lambda p: exact.value(body, (p, *env)), certainly)


def _known(value: Any) -> bool | None:
    return value if type(value) is bool else None


def _over(exact: Exact, term: Term, env: tuple) -> Any:
    """The one value that a term has on boxes, a box that holds its values, or ``MANY``."""
    if term.body is not None:
        return MANY
    if not any(type(value) is Box for value in env[: term.loose]):
        return exact.value(term, env)
    head, declaration = term.head, term.head.declaration
    if head.kind == BOUND:
        return env[head.index]
    args = [_over(exact, arg, env) for arg in term.args]
    if declaration == language.and_.declaration:
        return False if False in [_known(arg) for arg in args] else True if args == [True, True] else MANY
    if any(arg is MANY for arg in args):
        return MANY
    if declaration in (language.mul.declaration, language.inv.declaration) and term.sort in exact.model.infinite:
        boxes = [Box.of(arg) for arg in args]
        return reduce(Box.plus, boxes) if len(boxes) == 2 else boxes[0].opposite()
    rule = exact.model.values.get(head)
    if isinstance(rule, Identity):
        return args[0]
    if isinstance(rule, Rule) and all(arg.sort in exact.model.infinite for arg in term.args):
        values = rule.among(tuple(map(Box.of, args)))
        if values is not None and term.sort == language.BOOL and len({bool(value) for value in values}) == 1:
            return bool(values[0])
    return MANY
