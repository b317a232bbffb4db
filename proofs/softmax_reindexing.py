"""A softmax does not mind in which order its row is written down."""

import symbolic_equiv as se

J, K = se.base("J"), se.base("K")
j, k, t = se.symbol("j", J), se.symbol("k", K), se.symbol("t", J)
D = se.symbol("D", J, se.BOOL, latex=(r"#1 \in D",))
s = se.symbol("s", J, se.SCALAR)
g = se.symbol("g", K, J)
g_inv = se.symbol("g_inv", J, K, latex=("g^{-1}", "(#1)"))

g_is_bijective = se.hypothesis(
    "g_is_bijective",
    "g is a bijection with inverse g⁻¹",
    (se.lam(j, g(g_inv(j))), se.lam(j, j)),
    (se.lam(k, g_inv(g(k))), se.lam(k, k)),
)


@se.theorem(
    se.softmax_over(j, D(j), s(j), at=t),
    se.softmax_over(k, D(g(k)), s(g(k)), at=g_inv(t)),
    [g_is_bijective],
    "A softmax may be re-indexed by any bijection",
)
def softmax_reindexing(prove):
    """Its numerator is one term, its denominator is a sum over all: neither depends on how the row is numbered."""
    weight = se.exp(s(t)) / se.total(j, D(j), se.exp(s(j)))
    moved = se.exp(s(t)) / se.total(k, D(g(k)), se.exp(s(g(k))))
    prove.to(se.where(D(t), weight), by=se.unfold(se.softmax_), because="what a softmax is")
    prove.to(
        se.where(D(t), moved),
        by=[se.reindex(j, g(k), over=k), se.using(g_is_bijective)],
        because="the denominator, summed in another order",
    )
    back = g(g_inv(t))
    prove.to(
        se.where(D(back), se.exp(s(back)) / se.total(k, D(g(k)), se.exp(s(g(k))))),
        by=se.using(g_is_bijective),
        because="t is g(g⁻¹(t))",
    )
    prove.to(
        se.softmax_over(k, D(g(k)), s(g(k)), at=g_inv(t)),
        by=se.fold(se.softmax_),
        because="this is the softmax of the re-indexed row",
    )


if __name__ == "__main__":
    se.run(__file__)
