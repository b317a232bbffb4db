"""An encoding and an adapter of one's own: symbolic-equiv map --with quadratic_bias.py"""

from symbolic_equiv.family.ingredients import Adapter, Encoding
from symbolic_equiv.theories.attention import Heads, X, h
from symbolic_equiv.theories.language import SCALAR, mat, symbol

slope, distance = symbol("gamma", Heads, SCALAR), symbol("distance", X, SCALAR)
number = symbol("number", X, SCALAR)

ENCODING = Encoding(
    "quadratic-bias",
    "a bias by squared distance",
    "⟨q_i, k_j⟩ + γ_h |x(j) − x(i)|².",
    bias=lambda at: slope(h) * (distance(at.difference) * distance(at.difference)),
    meaning={"distance": lambda place, p: sum(map(abs, place.signed(p)))},
)

BY_PLACE = Encoding(
    "quadratic-by-place",
    "a bias by the squared place of the key",
    "⟨q_i, k_j⟩ + γ_h x(j)²: not linear, so more than a constant of the row changes.",
    bias=lambda at: slope(h) * (number(at.there) * number(at.there)),
    meaning={"number": lambda place, p: place.sum(p)},
    breaks="(j + y)² − j² is 2jy + y², and 2jy is no constant of the row.",
)

ADAPTER = Adapter(
    "mixed",
    "features mixed before each projection",
    "W (M v) + b with one matrix M for all projections of the input.",
    map=lambda at, v: at.weight @ (symbol(f"M_{at.role}", mat(at.columns, at.columns)) @ v) + at.bias,
)
