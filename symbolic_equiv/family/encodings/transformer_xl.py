"""Dai et al.: Transformer-XL: Attentive Language Models Beyond a Fixed-Length Context, 2019."""

from symbolic_equiv.family.ingredients import Encoding
from symbolic_equiv.theories.attention import Heads, X, d_in, d_k, h
from symbolic_equiv.theories.language import inner, mat, symbol, vec

content = symbol("content", Heads, vec(d_k), latex="u^{(#1)}")
place = symbol("place", Heads, vec(d_k), latex="v^{(#1)}")
weight = symbol("W_R", Heads, mat(d_k, d_in), latex="W_R^{(#1)}")
sinusoid = symbol("sinusoid", X, vec(d_in), latex=("R", "_{#1}"))

ENCODING = Encoding(
    "transformer-xl",
    "Transformer-XL",
    "⟨q_i + u, k_j⟩ + ⟨q_i + v, W_R R(j − i)⟩ with learned vectors u and v (Dai et al., 2019).",
    query=lambda at: at.query + content(h),
    bias=lambda at: inner(at.query + place(h), weight(h) @ sinusoid(at.difference)),
)
