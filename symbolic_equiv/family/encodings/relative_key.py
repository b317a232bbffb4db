"""The encoding of the paper: a vector of the difference, added to what enters the key map."""

from symbolic_equiv.family.ingredients import KEY, Encoding
from symbolic_equiv.theories.attention import rho_P

ENCODING = Encoding(
    "relative-key",
    "relative, in the key",
    "⟨φ_qry(f(i)), φ_key(f(j) + ρ^P(x(j) − x(i)))⟩: the encoding enters the key map with the features.",
    key=lambda at: at.project(KEY, at.other + rho_P(at.difference)),
)
