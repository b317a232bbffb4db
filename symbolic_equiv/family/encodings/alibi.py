"""Press, Smith, Lewis: Train Short, Test Long: Attention with Linear Biases, 2022."""

from symbolic_equiv.family.ingredients import Encoding
from symbolic_equiv.theories.attention import Heads, X, h, p, q
from symbolic_equiv.theories.language import SCALAR, lam, symbol
from symbolic_equiv.theories.statement import hypothesis

slope = symbol("slope", Heads, SCALAR, latex=r"\lambda^{(#1)}")
coordinate = symbol("coordinate", X, SCALAR, latex=("c", "(#1)"))
coordinate_is_additive = hypothesis(
    "coordinate_is_additive",
    "the coordinate of a sum of positions is the sum of their coordinates",
    (lam(p, q, coordinate(p + q)), lam(p, q, coordinate(p) + coordinate(q))),
    (lam(p, coordinate(-p)), lam(p, -coordinate(p))),
)

ENCODING = Encoding(
    "alibi",
    "ALiBi",
    "⟨q_i, k_j⟩ + λ_h c(j): relative only up to a constant of the row, which the softmax drops (Press et al., 2022).",
    assuming=(coordinate_is_additive,),
    bias=lambda at: slope(h) * coordinate(at.there),
    meaning={"coordinate": lambda place, p: place.sum(p)},
)
