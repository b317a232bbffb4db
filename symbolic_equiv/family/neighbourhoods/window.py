"""The tokens within a distance."""

from symbolic_equiv.family.ingredients import Neighbourhood
from symbolic_equiv.theories.attention import X
from symbolic_equiv.theories.language import BOOL, symbol

window = symbol("window", X, BOOL)
MEANING = {"window": lambda place, d: d in place.ball(1)}
SUPPORT = {"window": lambda place: place.ball(1)}

NEIGHBOURHOOD = Neighbourhood(
    "window",
    "window",
    "j ∈ N(i) if |x(j) − x(i)| ≤ w, the distance on the place itself: on Z/n and on the torus it wraps around.",
    of_difference=window,
    places=("Z", "Z/n", "Z^2", "torus"),
    meaning=MEANING,
    support=SUPPORT,
)
