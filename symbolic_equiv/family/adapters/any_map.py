"""No adapter; and with it any: the projections are arbitrary maps of one vector."""

from symbolic_equiv.family.ingredients import Adapter
from symbolic_equiv.family.layer import base

ADAPTER = Adapter(
    "any",
    "any per-token map",
    "φ_qry, φ_key, φ_val and φ_out are arbitrary maps of one feature vector, the same for every token.",
    map=base,
)
