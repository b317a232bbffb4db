"""Shaw, Uszkoreit, Vaswani: Self-Attention with Relative Position Representations, 2018."""

from symbolic_equiv.family.ingredients import Encoding
from symbolic_equiv.theories.attention import X, d_k, d_v
from symbolic_equiv.theories.language import symbol, vec

clip = symbol("clip", X, X, latex=("clip", "(#1)"))
rho_key = symbol("rho_key", X, vec(d_k), latex=(r"\rho^K", "(#1)"))
rho_value = symbol("rho_value", X, vec(d_v), latex=(r"\rho^V", "(#1)"))

ENCODING = Encoding(
    "shaw",
    "Shaw, with values and clipping",
    "⟨q_i, k_j + ρ^K(clip(j − i))⟩, and ρ^V(clip(j − i)) is added to the value (Shaw et al., 2018).",
    key=lambda at: at.key + rho_key(clip(at.difference)),
    value=lambda at: at.value + rho_value(clip(at.difference)),
    meaning={"clip": lambda place, p: place.clip(p, 1)},
)
