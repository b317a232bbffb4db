"""Lester, Al-Rfou, Constant: The Power of Scale for Parameter-Efficient Prompt Tuning, 2021."""

from symbolic_equiv.family.ingredients import Adapter
from symbolic_equiv.theories.attention import X, d_in, x
from symbolic_equiv.theories.language import BOOL, if_, symbol, vec

is_prompt = symbol("is_prompt", X, BOOL)
prompt = symbol("prompt", X, vec(d_in))

ADAPTER = Adapter(
    "prompt",
    "prompt tuning",
    "At some fixed positions a learned vector takes the place of the token (Lester et al., 2021).",
    input=lambda token, v: if_(is_prompt(x(token)), prompt(x(token)), v),
    meaning={"is_prompt": lambda place, p: p == place.unit},
    breaks="The learned tokens stay where they are while the others move.",
)
