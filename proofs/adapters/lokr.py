"""LoKr, W + c C ⊗ D, on all four projections: the dimensions of the features are products."""

import symbolic_equiv as se
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import (
    d_in, d_k, d_out, d_v, i, j, L, neighbourhoods_move, S, X, x, x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.projections import PSI, Layer, Projection, projections

# The features of each place have p_… blocks of q_… entries.
features, keys, values, outputs = (
    se.times(se.dim(f"p_{name}"), se.dim(f"q_{name}")) for name in ("in", "k", "v", "out")
)
SIZES = [(d_in, features), (d_k, keys), (d_v, values), (d_out, outputs)]
f, v = se.symbol("f", S, se.vec(features)), se.symbol("v", se.vec(features))
rho = se.symbol("rho", S, S, se.vec(features))
rho_P = se.symbol("rho_P", X, se.vec(features))
rho_is_relative = se.hypothesis(
    "rho_is_relative",
    "the encoding depends on the difference of positions only",
    (rho, se.lam(i, j, rho_P(x(j) - x(i)))),
)


def adapted(of):
    (p, q), (s, t) = of.to.args, of.of.args
    return adapters.lokr(of.weight, of.matrix("C", p, s), of.matrix("D", q, t), of.scalar("c"))


one, layer = (
    adapted(Projection("", outputs, features, per_head=False)),
    Layer("LoKr", adapted, projections(features, keys, values, outputs)),
)


@se.theorem(one.merged @ v, one.unmerged(v), title="LoKr merged into a weight equals LoKr beside it")
def lokr_merged(prove):
    """(C ⊗ D) v are the rows of C Z Dᵀ, where Z has v as its rows: the large product is never made."""
    prove.to(
        one.unmerged(v),
        by=se.laws("linear maps", "entries"),
        because="a Kronecker product acts on the blocks and inside each of them",
    )


@se.theorem(
    layer[L(y, f), rho](i),
    L(y, layer[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with LoKr is translation equivariant",
)
def lokr(prove):
    """The lemma holds for all dimensions, so for products of dimensions too."""
    prove.to(
        L(y, layer[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *SIZES, *zip(PSI, layer.maps)),
        because="LoKr is one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
