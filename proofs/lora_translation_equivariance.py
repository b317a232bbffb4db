"""Multi-head self-attention with relative positions stays translation equivariant under LoRA.

First with arbitrary maps φ and Δφ, line by line; then with matrices, the scale α/r and the factor 1/√d_k.
"""

import symbolic_equiv as se
from symbolic_equiv.script.rules import fold, laws, reindex, unfold, using
from symbolic_equiv.theories import lora
from symbolic_equiv.theories.attention import (
    L,
    N,
    S,
    encoding,
    f,
    i,
    j,
    m,
    moved,
    neighbourhoods_move,
    rho,
    rho_is_relative,
    rho_P,
    row,
    signal,
    x,
    x_inv,
    x_is_bijective,
    y,
)  # fmt: skip

HYPOTHESES = [x_is_bijective, neighbourhoods_move, rho_is_relative]
ī = x_inv(x(i) - y)
i_bar = se.symbol("i_bar", S, latex=r"\overline{i}")


@se.theorem(m[L(y, f), rho](i), L(y, m[f, rho])(i), HYPOTHESES, "LoRA self-attention is translation equivariant")
def lora_translation_equivariance(prove):
    """The adapters act on feature vectors only, so they ride along; all the work is one re-indexing."""
    prove.let(i_bar, ī)
    prove.to(
        row(L(y, f)(i), L(y, f)(j) + rho(i, j), L(y, f)(j), N(i, j)),
        by=unfold(m),
        because="write out m at the translated signal",
    )
    prove.to(
        row(f(ī), f(x_inv(x(j) - y)) + rho(i, j), f(x_inv(x(j) - y)), N(i, j)),
        by=unfold(L),
        because="write out the translation",
    )
    prove.to(
        row(f(ī), f(j) + rho(i, moved(j)), f(j), N(i, moved(j))),
        by=[reindex(j, moved(j)), using(x_is_bijective), laws("groups")],
        because="put x⁻¹(x(j) + y) for j, in the sum and in the softmax: a bijection, so both run over the same terms",
    )
    prove.to(
        row(f(ī), f(j) + rho(moved(ī), moved(j)), f(j), N(moved(ī), moved(j))),
        by=[using(x_is_bijective), laws("groups")],
        because="and i is x⁻¹(x(ī) + y), where ī = x⁻¹(x(i) − y)",
    )
    prove.to(
        row(f(ī), f(j) + rho_P(x(moved(j)) - x(moved(ī))), f(j), N(moved(ī), moved(j))),
        by=using(rho_is_relative),
        because="the encoding sees positions only through their difference",
    )
    prove.to(
        row(f(ī), f(j) + rho_P((x(j) + y) - (x(ī) + y)), f(j), N(moved(ī), moved(j))),
        by=using(x_is_bijective),
        because="x undoes x⁻¹",
    )
    prove.to(
        row(f(ī), f(j) + rho_P(x(j) - x(ī)), f(j), N(moved(ī), moved(j))),
        by=laws("groups"),
        because="y cancels",
    )
    prove.to(
        row(f(ī), f(j) + rho(ī, j), f(j), N(moved(ī), moved(j))),
        by=using(rho_is_relative),
        because="which is the encoding of the pair that was there before the translation",
    )
    prove.to(
        row(f(ī), f(j) + rho(ī, j), f(j), N(ī, j)),
        by=using(neighbourhoods_move),
        because="the neighbours of a moved token are its moved neighbours",
    )
    prove.to(m[f, rho](ī), by=fold(m), because="this is m at ī")
    prove.to(L(y, m[f, rho])(i), by=fold(L), because="and that is the translated output")


M = se.define(
    "m_W",
    signal,
    encoding,
    i,
    lora.row(signal(i), signal(j) + encoding(i, j), signal(j), N(i, j)),
    latex=("m", "[#1, #2]", "(#3)"),
)


@se.theorem(M[L(y, f), rho](i), L(y, M[f, rho])(i), HYPOTHESES, "LoRA self-attention with matrices is equivariant")
def lora_translation_equivariance_of_matrices(prove):
    """The same with φ(v) = W v + b, Δφ = (α/r) B A and scores divided by √d_k: none of them sees a position."""
    prove.let(i_bar, ī)
    there = lora.row(f(ī), f(j) + rho(moved(ī), moved(j)), f(j), N(moved(ī), moved(j)))
    here = lora.row(f(ī), f(j) + rho(ī, j), f(j), N(ī, j))
    prove.to(
        lora.row(f(ī), f(x_inv(x(j) - y)) + rho(i, j), f(x_inv(x(j) - y)), N(i, j)),
        by=unfold(M, L),
        because="write out m and the translation",
    )
    prove.to(
        there,
        by=[reindex(j, moved(j)), using(x_is_bijective), laws("groups")],
        because="put x⁻¹(x(j) + y) for j, in the sum and in the softmax",
    )
    prove.to(
        here,
        by=[using(neighbourhoods_move, rho_is_relative, x_is_bijective), laws("groups")],
        because="neighbourhoods and encoding do not change under the translation",
    )
    prove.to(L(y, M[f, rho])(i), by=fold(M, L), because="recognise m and the translation")


if __name__ == "__main__":
    se.run(__file__)
