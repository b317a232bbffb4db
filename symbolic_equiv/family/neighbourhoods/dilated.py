"""Beltagy, Peters, Cohan: Longformer: The Long-Document Transformer, 2020."""

from symbolic_equiv.family.ingredients import Neighbourhood
from symbolic_equiv.theories.attention import X
from symbolic_equiv.theories.language import BOOL, symbol

wide = symbol("wide", X, BOOL)
step = symbol("step", X, BOOL)

NEIGHBOURHOOD = Neighbourhood(
    "dilated",
    "dilated window",
    "j ∈ N(i) if |x(j) − x(i)| ≤ s w and s divides x(j) − x(i) (Beltagy et al., 2020).",
    of_difference=lambda d: wide(d) & step(d),
    places=("Z", "Z/n"),
    meaning={
        "wide": lambda place, d: d in place.ball(2),
        "step": lambda place, d: all(a % 2 == 0 for a in place.signed(d)),
    },
    support={"wide": lambda place: place.ball(2)},
)
