"""A transformer of any depth, with other weights and adapters in every layer."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import i, L, neighbourhoods_move, S, x_is_bijective, y
from symbolic_equiv.theories.transformer import d, depth, encodings_are_relative, transformer

f = se.symbol("f", S, se.vec(d))


@se.theorem(
    transformer[depth, L(y, f)](i),
    L(y, transformer[depth, f])(i),
    [x_is_bijective, neighbourhoods_move, encodings_are_relative],
    "A transformer of any depth is translation equivariant",
)
def transformer_of_any_depth():
    """By induction on the depth; the step is one block, for any signal that comes in."""


if __name__ == "__main__":
    se.run(__file__)
