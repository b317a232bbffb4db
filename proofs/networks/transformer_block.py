"""A transformer block: LayerNorm, attention and a residual connection, LayerNorm, a pointwise network and another."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import i, L, neighbourhoods_move, S, x_is_bijective, y
from symbolic_equiv.theories.transformer import block, d, encodings_are_relative, n

f = se.symbol("f", S, se.vec(d))


@se.theorem(
    block[n, L(y, f)](i),
    L(y, block[n, f])(i),
    [x_is_bijective, neighbourhoods_move, encodings_are_relative],
    "A transformer block is translation equivariant",
)
def transformer_block():
    """All but the attention is one map for every token, and the residual connection adds the signal itself."""


if __name__ == "__main__":
    se.run(__file__)
