"""Edalati et al.: KronA: Parameter-Efficient Tuning with Kronecker Adapter, 2022; in low rank, LoKr."""

from symbolic_equiv.family.ingredients import Adapter, Projection
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.attention import d_in, d_k, d_out, d_v, r
from symbolic_equiv.theories.language import SCALAR, Expr, dim, mat, symbol, times

c = symbol("c", SCALAR)


def lokr(at: Projection, v: Expr) -> Expr:
    """``W v + b + c (C ⊗ B A) v``: all dimensions are products."""
    (p, q), (s, t) = at.rows.args, at.columns.args
    left, up, down = at.parameter("C", mat(p, s)), at.parameter("B", mat(q, r)), at.parameter("A", mat(r, t))
    return adapters.lokr(at.weight, left, up @ down, c).unmerged(v) + at.bias


ADAPTER = Adapter(
    "lokr",
    "LoKr",
    "W + c C ⊗ (B A), dimensions being products",
    map=lokr,
    sorts={size: times(dim(f"{size.name}_1"), dim(f"{size.name}_2")) for size in (d_in, d_k, d_v, d_out)},
)
