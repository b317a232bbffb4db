"""He et al.: DeBERTa: Decoding-enhanced BERT with Disentangled Attention, 2021."""

from symbolic_equiv.family.ingredients import Encoding
from symbolic_equiv.family.layer import Pair
from symbolic_equiv.theories.attention import Heads, X, d_k, h
from symbolic_equiv.theories.language import Expr, inner, symbol, vec

delta = symbol("delta", X, X, latex=(r"\delta", "(#1)"))
K_r = symbol("K_r", Heads, X, vec(d_k), latex=("K_r^{(#1)}", "(#2)"))
Q_r = symbol("Q_r", Heads, X, vec(d_k), latex=("Q_r^{(#1)}", "(#2)"))


def disentangled(at: Pair) -> Expr:
    """Content to position, and position to content."""
    return inner(at.query, K_r(h, delta(-at.difference))) + inner(at.key, Q_r(h, delta(at.difference)))


ENCODING = Encoding(
    "deberta",
    "DeBERTa, disentangled",
    "⟨q_i, k_j⟩ + ⟨q_i, K_r(δ(i − j))⟩ + ⟨k_j, Q_r(δ(j − i))⟩, nothing added to the input (He et al., 2021).",
    bias=disentangled,
    meaning={"delta": lambda place, p: place.clip(p, 1)},
)
