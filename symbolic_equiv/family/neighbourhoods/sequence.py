"""A finite sequence on Z: a window that is cut off at both ends."""

from symbolic_equiv.family.ingredients import Neighbourhood
from symbolic_equiv.family.neighbourhoods.window import MEANING, SUPPORT, window
from symbolic_equiv.theories.attention import S
from symbolic_equiv.theories.language import BOOL, symbol

inside = symbol("inside", S, BOOL)
LENGTH = 4

NEIGHBOURHOOD = Neighbourhood(
    "sequence",
    "finite sequence with edges",
    "j ∈ N(i) if |x(j) − x(i)| ≤ w and j is in the sequence; claimed at every token.",
    of_difference=window,
    cut=inside,
    places=("Z",),
    elsewhere="a sequence with edges lies on Z",
    meaning={**MEANING, "inside": lambda place, token: 0 <= token[0] < LENGTH},
    support=SUPPORT,
    breaks="Near an edge the window is cut off, and the edge does not move with the tokens.",
)
