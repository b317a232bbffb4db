"""A cheap sign that two terms are not equal: they read a signal, of which nothing is assumed, at different places.

Re-indexing a sum changes what mentions its index.  So ``f(i)``, at a place that is fixed outside all sums, stays in a
normal form whatever the search does, unless cases or indicators may pick it out of a sum.
"""

from __future__ import annotations

from collections.abc import Iterable

from symbolic_equiv.kernel.sorts import BASE, LINEAR
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, subterms
from symbolic_equiv.kernel.theorem import Equation
from symbolic_equiv.theories import language as lang

_PLAIN = frozenset(
    constant.declaration
    for constant in (
        lang.mul, lang.inv, lang.unit, lang.act, lang.add, lang.neg, lang.scale, lang.one, lang.reciprocal, lang.sqrt,
        lang.exp, lang.inner, lang.true, lang.and_, lang.sum_, lang.softmax_, lang.concat,
    )
)  # fmt: skip
"""The constants under which nothing is picked out of a sum, or multiplied by 0."""


def read_apart(left: Term, right: Term, hypotheses: Iterable[Equation]) -> bool:
    """Whether two normal forms read signals at different fixed places, which no further search can change.

    False says nothing; nor does it say that the two terms are different: that is for a model to show.
    """
    sides = [side for equation in hypotheses for side in equation]
    if not all(map(_is_plain, sides)):
        return False
    assumed = frozenset().union(*(side.variables for side in sides))
    one, other = _places(left, assumed), _places(right, assumed)
    return one is not None and other is not None and one != other


def _places(term: Term, assumed: frozenset[Head]) -> frozenset[Term] | None:
    """What is read at fixed places, ``f(i)``; None where that does not say enough."""
    if not _is_plain(term):
        return None
    found: set[Term] = set()
    for part in subterms(term):
        if part.body is not None:
            continue
        signal = part.head.kind == VARIABLE and part.head not in assumed and part.sort.cls == LINEAR
        if signal and part.args and not part.loose and all(arg.sort.cls == BASE for arg in part.args):
            found.add(part)
    return frozenset(found)


def _is_plain(term: Term) -> bool:
    """Whether no constant occurs by which an equation may hold although its sides read signals elsewhere."""
    heads = (part.head for part in subterms(term) if part.body is None)
    return all(head.declaration is None or head.declaration in _PLAIN for head in heads)
