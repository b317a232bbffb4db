"""Li, Liang: Prefix-Tuning: Optimizing Continuous Prompts for Generation, 2021."""

from symbolic_equiv.family.ingredients import Adapter
from symbolic_equiv.family.layer import base

ADAPTER = Adapter(
    "prefix",
    "prefix keys, at no position",
    "Learned keys and values join those of the neighbours in one softmax; they have no position (Li, Liang, 2021).",
    map=base,
    prefix=True,
    breaks="The prefix has no position: what the encoding puts into the query or into the scores of the row does not "
    "cancel against it.",
)
