"""Learned absolute positions, added to the input (Devlin et al., BERT, 2019)."""

from symbolic_equiv.family.ingredients import Encoding
from symbolic_equiv.theories.attention import X, d_in
from symbolic_equiv.theories.language import symbol, vec

absolute = symbol("absolute", X, vec(d_in), latex=("P", "(#1)"))

ENCODING = Encoding(
    "absolute",
    "absolute, added to the input",
    "f(i) + P(x(i)) enters query, key and value: a learned vector for each place (Devlin et al., 2019).",
    input=lambda v, position: v + absolute(position),
    breaks="The absolute vector stays at its place: a token that moves meets another one there.",
)
