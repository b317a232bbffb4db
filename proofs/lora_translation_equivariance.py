"""Multi-head self-attention with relative positions stays translation equivariant under LoRA.

The maps φ and the adapters Δφ are arbitrary here, so this covers every adapter that is the same map for each token.
"""

import symbolic_equiv as se
from symbolic_equiv.script.rules import fold, laws, reindex, unfold, using
from symbolic_equiv.theories.attention import (
    f, i, j, L, m, moved, N, neighbourhoods_move, rho, rho_is_relative, rho_P, row, S, x, x_inv, x_is_bijective, y,
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


if __name__ == "__main__":
    se.run(__file__)
