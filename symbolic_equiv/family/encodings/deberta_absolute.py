"""DeBERTa as its first versions are configured: an absolute position is added to the input as well."""

from symbolic_equiv.family.encodings.absolute import absolute
from symbolic_equiv.family.encodings.deberta import disentangled
from symbolic_equiv.family.ingredients import Encoding

ENCODING = Encoding(
    "deberta-absolute",
    "DeBERTa with absolute input",
    "The disentangled score, and an absolute position added to the input (position_biased_input).",
    input=lambda v, position: v + absolute(position),
    bias=disentangled,
    meaning={"delta": lambda place, p: place.clip(p, 1), "absolute": lambda place, p: place.sum(p)},
    breaks="The scores see differences only, but the absolute vector in the input stays at its place.",
)
