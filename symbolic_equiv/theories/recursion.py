"""Depth: a network of n layers is a recursion over its layers.

``iterate(s, z, n)`` begins with the signal ``z``, a function of the tokens, and applies the steps ``s(0)``, …,
``s(n−1)``.  That a recursion has one solution is what remains of induction where no rule discharges a hypothesis: a
sequence that starts at ``z`` and goes on by ``s`` is the iterate, by induction on n.
"""

from __future__ import annotations

from symbolic_equiv.kernel.sorts import fun
from symbolic_equiv.theories.axiom import rule
from symbolic_equiv.theories.language import LINEAR, NAT, Constant, Expr, lam, pattern, sort_variable

_a, _v = sort_variable("a"), sort_variable("v", LINEAR)
_signal = fun(_a, _v)

nought = Constant("nought", NAT, says="the number 0")
succ = Constant("succ", NAT, NAT, says="the next number")
iterate = Constant(
    "iterate", fun(NAT, _signal, _signal), _signal, NAT, _signal, says="the signal after n steps, each told its number"
)

CONSTANTS = (nought, succ, iterate)


def numeral(number: int) -> Expr:
    """The number, written ``succ(… nought)``."""
    return succ(numeral(number - 1)) if number else nought()


s, z, n = pattern("s", NAT, _signal, _signal), pattern("z", _signal), pattern("n", NAT)
F, i = pattern("F", NAT, _signal), pattern("i", _a)

RULES = (
    rule("iterate_zero", iterate(s, z, nought(), i), z(i), "after no step the signal is as it was"),
    rule("iterate_next", iterate(s, z, succ(n), i), s(n, iterate(s, z, n), i), "one step after the others"),
    rule(
        "same_recursion",
        F(n, i),
        iterate(s, z, n, i),
        "what has the same start and the same steps is the same: by induction on the number of steps",
        ((lam(i, F(nought(), i)), z), (lam(n, i, F(succ(n), i)), lam(n, i, s(n, F(n), i)))),
    ),
)
