"""A LoRA adapter may be merged into the weight: the layer stays the same, for all sizes and ranks."""

import symbolic_equiv as se
from symbolic_equiv.theories import lora
from symbolic_equiv.theories.attention import N, f, i, j, rho


@se.theorem(
    lora.row(f(i), f(j) + rho(i, j), f(j), N(i, j), merged=True),
    lora.row(f(i), f(j) + rho(i, j), f(j), N(i, j), merged=False),
    title="Attention with merged LoRA equals attention with unmerged LoRA",
)
def merged_lora_equals_unmerged(prove):
    """(W + cBA)v = Wv + cB(Av), in the query, the key and the value."""
    prove.to(
        lora.row(f(i), f(j) + rho(i, j), f(j), N(i, j), merged=False),
        by=se.laws("linear maps", "addition", "scaling"),
        because="matrices act linearly, and a product of matrices acts one after the other",
    )


if __name__ == "__main__":
    se.run(__file__)
