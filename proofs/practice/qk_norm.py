"""QK-norm: queries and keys are normalised, head by head, before their inner product."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    d_k, f, h, Heads, i, L, neighbourhoods_move, phi_key, phi_out, phi_qry, phi_val, rho, rho_is_relative, v,
    x_is_bijective, y,
)  # fmt: skip
from symbolic_equiv.theories.networks import rms_norm
from symbolic_equiv.theories.projections import PSI, attention

epsilon = se.symbol("epsilon", se.SCALAR)


def normalised(name, projection):
    gamma = se.symbol(f"gamma_{name}", Heads, se.vec(d_k), latex=rf"\gamma_{{{name}}}^{{(#1)}}")
    form = (rf"\varphi_{{{name}}}^{{norm}}", "(#1, #2)")
    return se.define(f"normalised_{name}", h, v, rms_norm(projection(h, v), gamma(h), epsilon), latex=form)()


maps = (normalised("qry", phi_qry), normalised("key", phi_key), phi_val, phi_out)


@se.theorem(
    attention(*maps)[L(y, f), rho](i),
    L(y, attention(*maps)[f, rho])(i),
    [x_is_bijective, neighbourhoods_move, rho_is_relative],
    "Self-attention with normalised queries and keys is translation equivariant",
)
def qk_norm(prove):
    """The norm is taken over the features of one token."""
    prove.to(
        L(y, attention(*maps)[f, rho])(i),
        by=se.instance(se.proof("any_per_token_adapter"), *zip(PSI, maps)),
        because="a projection and a norm after it are one map for every token",
    )


if __name__ == "__main__":
    se.run(__file__)
