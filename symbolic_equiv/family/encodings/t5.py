"""Raffel et al.: Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer, 2020."""

from symbolic_equiv.family.ingredients import Encoding
from symbolic_equiv.theories.attention import Heads, X, h
from symbolic_equiv.theories.language import NAT, SCALAR, symbol

bucket = symbol("bucket", X, NAT, latex=("bucket", "(#1)"))
bias = symbol("bias", Heads, NAT, SCALAR, latex=("b_{#1}", "(#2)"))

ENCODING = Encoding(
    "t5",
    "T5 bias with buckets",
    "⟨q_i, k_j⟩ + b_h(bucket(j − i)): a number for each head and each bucket of differences (Raffel et al., 2020).",
    bias=lambda at: bias(h, bucket(at.difference)),
    meaning={
        "bucket": lambda place, p: place.bucket(p),
        "bias": lambda place, head, number: number,
    },
)
