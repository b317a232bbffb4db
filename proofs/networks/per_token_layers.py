"""LayerNorm or RMSNorm and then a pointwise network: layers that look at one token at a time."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import d_in, f, i, L, S, y
from symbolic_equiv.theories.networks import layer_norm, mlp, rms_norm

hidden = se.dim("d_ff")
gamma, beta, c = (se.symbol(name, se.vec(d_in)) for name in ("gamma", "beta", "c"))
first, b, second = (
    se.symbol("W_1", se.mat(hidden, d_in)),
    se.symbol("b", se.vec(hidden)),
    se.symbol("W_2", se.mat(d_in, hidden)),
)
activation, epsilon = se.symbol("a", se.vec(hidden), se.vec(hidden)), se.symbol("epsilon", se.SCALAR)
u = se.symbol("u", S, se.vec(d_in))


def pointwise(v):
    return mlp(v, first, b, activation, second, c)


with_layer_norm = se.define(
    "F_layer_norm", u, i, pointwise(layer_norm(u(i), gamma, beta, epsilon)), latex=("F", "[#1]", "(#2)")
)
with_rms_norm = se.define("F_rms_norm", u, i, pointwise(rms_norm(u(i), gamma, epsilon)), latex=("F", "[#1]", "(#2)"))


@se.theorem(
    with_layer_norm[L(y, f)](i),
    L(y, with_layer_norm[f])(i),
    title="LayerNorm and a pointwise network commute with translations",
)
def per_token_layers():
    """Mean and variance are taken over the features of one token, so the layer does not know where it stands."""


@se.theorem(
    with_rms_norm[L(y, f)](i),
    L(y, with_rms_norm[f])(i),
    title="RMSNorm and a pointwise network commute with translations",
)
def per_token_layers_with_rms_norm():
    """The same without the mean."""


if __name__ == "__main__":
    se.run(__file__)
