"""The last few tokens, as in a sliding-window language model."""

from symbolic_equiv.family.ingredients import Neighbourhood
from symbolic_equiv.family.neighbourhoods.window import MEANING, SUPPORT, window
from symbolic_equiv.theories.attention import X
from symbolic_equiv.theories.language import BOOL, symbol

past = symbol("past", X, BOOL)

NEIGHBOURHOOD = Neighbourhood(
    "causal-window",
    "causal window",
    "j ∈ N(i) if −w ≤ x(j) − x(i) ≤ 0: a predicate of the difference, on Z, where there is an order.",
    of_difference=lambda d: window(d) & past(d),
    places=("Z",),
    elsewhere="only Z has the order that a causal window needs; on Z/n ask for causal-mask",
    meaning={**MEANING, "past": lambda place, d: d <= place.unit},
    support=SUPPORT,
)
