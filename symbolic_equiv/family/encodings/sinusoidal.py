"""Vaswani et al.: Attention Is All You Need, 2017."""

from symbolic_equiv.family.ingredients import KEY, QUERY, Encoding
from symbolic_equiv.theories.attention import X, d_in
from symbolic_equiv.theories.language import symbol, vec

PE = symbol("PE", X, vec(d_in), latex=("PE", "(#1)"))

ENCODING = Encoding(
    "sinusoidal",
    "sinusoidal, in query and key",
    "φ_qry(f(i) + PE(i)) and φ_key(f(j) + PE(j)), sines and cosines of the position (Vaswani et al., 2017).",
    query=lambda at: at.project(QUERY, at.own + PE(at.here)),
    key=lambda at: at.project(KEY, at.other + PE(at.there)),
    # the frequency π/2, where sines and cosines are whole numbers
    meaning={"PE": lambda place, p: place.quarter_turns(p)},
    sizes={"d_in": 2},
    breaks="⟨PE(i), PE(j)⟩ alone sees the difference, but ⟨f(i), PE(j)⟩ sees the place j itself.",
)
