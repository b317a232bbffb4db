"""Su et al.: RoFormer: Enhanced Transformer with Rotary Position Embedding, 2021."""

from symbolic_equiv.family.ingredients import Encoding
from symbolic_equiv.script.proof import Proof
from symbolic_equiv.script.proposition import theorem
from symbolic_equiv.script.rules import laws, using
from symbolic_equiv.theories.attention import X, d_k, p, q
from symbolic_equiv.theories.language import inner, lam, mat, symbol, vec
from symbolic_equiv.theories.statement import hypothesis

R = symbol("rotation", X, mat(d_k, d_k), latex="R_{#1}")
s, t = symbol("s", vec(d_k)), symbol("t", vec(d_k))

rotations_compose = hypothesis(
    "rotations_compose",
    "R is a homomorphism: the rotation of a sum of positions is one rotation after the other",
    (lam(p, q, t, R(p + q) @ t), lam(p, q, t, R(p) @ (R(q) @ t))),
)
rotations_keep_angles = hypothesis(
    "rotations_keep_angles",
    "R_p keeps inner products",
    (lam(p, s, t, inner(R(p) @ s, R(p) @ t)), lam(p, s, t, inner(s, t))),
)
positions_commute = hypothesis("positions_commute", "p + q = q + p", (lam(p, q, p + q), lam(p, q, q + p)))
ROTATIONS = (rotations_compose, rotations_keep_angles, positions_commute)


@theorem(inner(R(p) @ s, R(q) @ t), inner(s, R(q - p) @ t), ROTATIONS, "Rotary scores see the difference only")
def rotary_scores_are_relative(prove: Proof) -> None:
    """R_q is R_p after R_(q − p), and R_p on both sides is none."""
    prove.to(
        inner(R(p) @ s, R(p + (q - p)) @ t),
        by=[using(positions_commute), laws("groups")],
        because="q is p + (q − p)",
    )
    prove.to(inner(R(p) @ s, R(p) @ (R(q - p) @ t)), by=using(rotations_compose), because="rotations compose")
    prove.to(inner(s, R(q - p) @ t), by=using(rotations_keep_angles), because="R_p keeps inner products")


ENCODING = Encoding(
    "rope",
    "RoPE",
    "⟨R_i q_i, R_j k_j⟩ with rotations R in any number of planes: ⟨q_i, R_(j − i) k_j⟩ where R is a homomorphism "
    "(Su et al., 2021).",
    assuming=ROTATIONS,
    query=lambda at: R(at.here) @ at.query,
    key=lambda at: R(at.there) @ at.key,
    lemmas=(rotary_scores_are_relative,),
    meaning={"rotation": lambda place, p: place.rotation(p)},
    sizes={"d_k": 2},
)
