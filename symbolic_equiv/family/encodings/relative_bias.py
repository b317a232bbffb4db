"""A table of numbers, one for each head and difference, as in window attention."""

from symbolic_equiv.family.ingredients import Encoding
from symbolic_equiv.theories.attention import Heads, X, h
from symbolic_equiv.theories.language import SCALAR, symbol

relative = symbol("relative_bias", Heads, X, SCALAR, latex=("b_{#1}", "(#2)"))

ENCODING = Encoding(
    "relative-bias",
    "relative bias",
    "⟨q_i, k_j⟩ + b_h(x(j) − x(i)): on Z/n the difference is one modulo n (Liu et al., Swin Transformer, 2021).",
    bias=lambda at: relative(h, at.difference),
)
