"""Every token attends to every token; there are finitely many."""

from symbolic_equiv.family.ingredients import Neighbourhood
from symbolic_equiv.theories.language import true

NEIGHBOURHOOD = Neighbourhood(
    "all",
    "all tokens",
    "N(i) = S, with finitely many tokens.",
    of_difference=lambda d: true(),
    places=("Z/n", "torus"),
    elsewhere="a layer cannot sum over infinitely many tokens",
)
