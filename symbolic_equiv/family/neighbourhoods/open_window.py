"""A window over a ring of tokens that is cut off at the seam."""

from symbolic_equiv.family.ingredients import Neighbourhood
from symbolic_equiv.theories.attention import X, x
from symbolic_equiv.theories.language import BOOL, symbol

near = symbol("near", X, X, BOOL)

NEIGHBOURHOOD = Neighbourhood(
    "open-window",
    "window that does not wrap",
    "j ∈ N(i) if the numbers of i and j, from 0 to n − 1, differ by at most w.",
    of_pair=lambda i, j: near(x(j), x(i)),
    places=("Z/n",),
    elsewhere="on Z nothing wraps around: ask for window",
    meaning={"near": lambda place, p, q: all(abs(a - b) <= 1 for a, b in zip(p, q))},
    breaks="The window is cut off between the last token and token 0, and that seam does not move with the tokens.",
)
