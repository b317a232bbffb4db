"""A network of any depth: its layers may all be different, as long as each is equivariant."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import f, i, L, y
from symbolic_equiv.theories.networks import are_equivariant, layers
from symbolic_equiv.theories.recursion import iterate
from symbolic_equiv.theories.transformer import depth

Theta = layers("Theta")
layers_are_equivariant = are_equivariant(Theta)


@se.theorem(
    iterate(Theta, L(y, f), depth, i),
    L(y, iterate(Theta, f, depth))(i),
    [layers_are_equivariant],
    "A network of equivariant layers is equivariant, whatever its depth",
)
def any_depth(prove):
    """Both sides start at the translated signal and go on by the same layers, and a recursion has one solution."""
    prove.to(
        L(y, iterate(Theta, f, depth))(i),
        by=[se.induction(), se.using(layers_are_equivariant)],
        because="by induction on the depth: the translation goes through the next layer",
    )


if __name__ == "__main__":
    se.run(__file__)
