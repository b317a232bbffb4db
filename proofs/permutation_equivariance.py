"""Without positional encoding, attention over all tokens commutes with every permutation of them."""

import symbolic_equiv as se
from symbolic_equiv.theories.attention import (
    attend, delta_key, delta_qry, delta_val, f, h, heads, i, j, phi_key, phi_qry, phi_val, S, signal,
)  # fmt: skip

pi = se.symbol("pi", S, S, latex=(r"\pi", "(#1)"))
pi_inv = se.symbol("pi_inv", S, S, latex=(r"\pi^{-1}", "(#1)"))
pi_is_a_permutation = se.hypothesis(
    "pi_is_a_permutation",
    "π is a permutation of the tokens, with inverse π⁻¹",
    (se.lam(i, pi_inv(pi(i))), se.lam(i, i)),
    (se.lam(i, pi(pi_inv(i))), se.lam(i, i)),
)


def row(query, key, value):
    score = se.inner(phi_qry(h, query) + delta_qry(h, query), phi_key(h, key) + delta_key(h, key))
    return heads(attend(se.true(), score, phi_val(h, value) + delta_val(h, value)))


m = se.define("m_all", signal, i, row(signal(i), signal(j), signal(j)), latex=("m", "[#1]", "(#2)"))


@se.theorem(
    m[se.lam(i, f(pi(i)))](i),
    m[f](pi(i)),
    [pi_is_a_permutation],
    "LoRA self-attention without positions is permutation equivariant",
)
def permutation_equivariance(prove):
    """Every token attends to all tokens, so it does not matter how they are numbered."""
    prove.to(row(f(pi(i)), f(pi(j)), f(pi(j))), by=se.unfold(m), because="write out m at the permuted signal")
    prove.to(
        row(f(pi(i)), f(j), f(j)),
        by=[se.reindex(j, pi_inv(j)), se.using(pi_is_a_permutation)],
        because="put π⁻¹(j) for j",
    )
    prove.to(m[f](pi(i)), by=se.fold(m), because="this is m at π(i)")


if __name__ == "__main__":
    se.run(__file__)
