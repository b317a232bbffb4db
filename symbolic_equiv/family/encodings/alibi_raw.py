"""ALiBi's scores used as they are, without a softmax."""

from symbolic_equiv.family.encodings import alibi
from symbolic_equiv.family.ingredients import Encoding

ENCODING = Encoding(
    "alibi-raw",
    "ALiBi's raw score, no softmax",
    "The weights are ⟨q_i, k_j⟩ + λ_h c(j) themselves: nothing removes the constant of the row.",
    assuming=alibi.ENCODING.assuming,
    bias=alibi.ENCODING.bias,
    meaning=alibi.ENCODING.meaning,
    softmax=False,
    breaks="λ_h c(j) changes by a constant of the row, and without a softmax nothing removes it.",
)
