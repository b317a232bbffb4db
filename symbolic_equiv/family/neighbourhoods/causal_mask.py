"""A causal mask over a ring of tokens: it asks which of two tokens has the smaller number."""

from symbolic_equiv.family.ingredients import Neighbourhood
from symbolic_equiv.theories.attention import X, x
from symbolic_equiv.theories.language import BOOL, symbol

earlier = symbol("earlier", X, X, BOOL)

NEIGHBOURHOOD = Neighbourhood(
    "causal-mask",
    "causal mask that does not wrap",
    "j ∈ N(i) if the number of j is at most that of i, numbers from 0 to n − 1.",
    of_pair=lambda i, j: earlier(x(j), x(i)),
    places=("Z/n",),
    elsewhere="on Z nothing wraps around: ask for causal-window",
    meaning={"earlier": lambda place, p, q: all(a <= b for a, b in zip(p, q))},
    breaks="Z/n has no order that a translation keeps: the mask begins anew at token 0, and stays there.",
)
