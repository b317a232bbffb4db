"""False statements about layers on poses, each one slip away from a theorem: none is proved."""

from __future__ import annotations

import pytest

from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.logic.prover import prove
from symbolic_equiv.theories.attention import N, f, i, j, rho_P, signal, x, x_inv, x_is_bijective, y
from symbolic_equiv.theories.language import act, define, inv, lam, mul, true
from symbolic_equiv.theories.poses import (
    L_G,
    N_G,
    L,
    a,
    a_hat,
    a_tilde,
    b,
    f_G,
    group_row,
    lifting_row,
    moved,
    neighbourhoods_move,
    neighbourhoods_of_poses_move,
    origin,
    rho_G,
    seen_from,
    signal_G,
)
from symbolic_equiv.theories.statement import hypothesis


def group(seen=None, pose=None, query=None, key=None, value=None, domain=None, at=(i, a)):
    """The claim for a group layer in which some parts are other than they should be, taken at a token and a pose."""
    seen = seen_from(a, i, j) if seen is None else seen
    pose = inv(a_tilde) * a_hat if pose is None else pose
    query = signal_G(i, a_tilde) if query is None else query
    key = signal_G(j, a_hat) if key is None else key
    value = signal_G(j, a_hat) if value is None else value
    domain = N_G(i, a_tilde, j, a_hat) if domain is None else domain
    m = define("m_attacked", signal_G, i, a, group_row(query, key + rho_G(seen, pose), value, domain))
    return m[L_G(y, b, f_G)](i, a), L_G(y, b, m[f_G])(*at)


def lifting(seen, domain=None, at=None):
    """The same for a lifting layer."""
    row = lifting_row(signal(i), signal(j) + rho_P(seen), signal(j), N(i, j) if domain is None else domain)
    m = define("m_attacked", signal, i, a, row)
    return m[L(y, b, f)](i, a), m[f](*at) if at else L_G(y, b, m[f])(i, a)


WITHOUT_ROTATIONS = hypothesis(
    "neighbourhoods_move",
    "neighbourhoods of poses move under translations only",
    (
        lam(y, i, a_tilde, j, a_hat, N_G(x_inv(x(i) + y), a_tilde, x_inv(x(j) + y), a_hat)),
        lam(y, i, a_tilde, j, a_hat, N_G(i, a_tilde, j, a_hat)),
    ),
)
FROM_THE_RIGHT = hypothesis(
    "neighbourhoods_move",
    "neighbourhoods of poses move, but poses from the wrong side",
    (
        lam(y, b, i, a_tilde, j, a_hat, N_G(moved(i), a_tilde * b, moved(j), a_hat * b)),
        lam(y, b, i, a_tilde, j, a_hat, N_G(i, a_tilde, j, a_hat)),
    ),
)
COMMUTATIVE = hypothesis("K_is_commutative", "K commutes", (lam(a, b, mul(a, b)), lam(a, b, mul(b, a))))
POSES, TOKENS = (x_is_bijective, neighbourhoods_of_poses_move), (x_is_bijective, neighbourhoods_move)
ORIGIN = origin(i)

FALSE = {
    "as published": (*group(pose=-a * -a_tilde * a_hat), POSES),
    "as published, K commutative": (*group(pose=-a * -a_tilde * a_hat), (*POSES, COMMUTATIVE)),
    "as published, with the inverse on the other side": (*group(pose=-a_tilde * a_hat * -a), POSES),
    "no inverse in the relative pose": (*group(pose=a_tilde * a_hat), POSES),
    "the relative pose from the other side": (*group(pose=a_hat * -a_tilde), POSES),
    "the pose of the key alone": (*group(pose=a_hat), POSES),
    "the pose of the query alone": (*group(pose=a_tilde), POSES),
    "the output pose is left out": (*group(seen=x(j) - x(i)), POSES),
    "seen forwards": (*group(seen=act(a, x(j) - x(i))), POSES),
    "seen from the query and forwards": (*group(seen=act(a_tilde, x(j) - x(i))), POSES),
    "an absolute position": (*group(seen=act(-a, x(j))), POSES),
    "a sum of positions": (*group(seen=act(-a, x(j) + x(i))), POSES),
    "the difference in the other group order": (*group(seen=act(-a, -x(i) + x(j))), POSES),
    "the value turned from the wrong side": (*group(value=signal_G(j, a_hat * a)), POSES),
    "the query at a pose that is turned": (*group(query=signal_G(i, a_tilde * a)), POSES),
    "the key of the key's inverse pose": (*group(key=signal_G(j, inv(a_hat))), POSES),
    "neighbours of the output pose on the wrong side": (*group(domain=N_G(i, a_tilde * a, j, a_hat)), POSES),
    "neighbourhoods that do not turn": (*group(), (x_is_bijective, WITHOUT_ROTATIONS)),
    "neighbourhoods that turn from the right": (*group(), (x_is_bijective, FROM_THE_RIGHT)),
    "neighbourhoods of which nothing is known": (*group(), (x_is_bijective,)),
    "x is not known to be bijective": (*group(), (neighbourhoods_of_poses_move,)),
    "the output pose is not moved": (group()[0], group(at=(i, b * a))[1], POSES),
    "lifting without the pose": (*lifting(x(j) - x(i)), TOKENS),
    "lifting seen forwards": (*lifting(act(a, x(j) - x(i))), TOKENS),
    "lifting to a pose that is not moved": (*lifting(seen_from(a, i, j), at=(ORIGIN, a)), TOKENS),
    "lifting to a pose on the wrong side": (*lifting(seen_from(a, i, j), at=(ORIGIN, a * -b)), TOKENS),
    "lifting where neighbourhoods need not move": (*lifting(seen_from(a, i, j)), (x_is_bijective,)),
}
TRUE = {
    "the group layer": (*group(), POSES),
    "seen from the query's pose": (*group(seen=act(-a_tilde, x(j) - x(i))), POSES),
    "both poses seen from the output's": (*group(pose=-a * a_hat), POSES),
    "the value at the output's pose": (*group(value=signal_G(j, a)), POSES),
    "over all pairs": (*group(domain=true()), (x_is_bijective,)),
    "lifting": (*lifting(seen_from(a, i, j)), TOKENS),
    "lifting over all tokens": (*lifting(seen_from(a, i, j), true()), (x_is_bijective,)),
}


def equations(hypotheses):
    return [equation for item in hypotheses for equation in item.equations]


@pytest.mark.parametrize(("left", "right", "given"), FALSE.values(), ids=FALSE.keys())
def test_none_is_proved(left, right, given):
    with pytest.raises(NotProved):
        prove(left.term, right.term, equations(given), budget=20)


@pytest.mark.parametrize(("left", "right", "given"), TRUE.values(), ids=TRUE.keys())
def test_what_is_true_is_proved(left, right, given):
    assert prove(left.term, right.term, equations(given)).right == right.term
