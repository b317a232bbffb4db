"""Claims for the prover, in groups: each is a title, two sides, hypotheses, and whether it is true."""

from __future__ import annotations

from dataclasses import dataclass

from symbolic_equiv.theories import lora
from symbolic_equiv.theories.attention import (
    Heads,
    L,
    N,
    S,
    X,
    attend,
    d_in,
    d_k,
    d_v,
    f,
    h,
    heads,
    i,
    j,
    m,
    moved,
    neighbourhoods_move,
    p,
    phi_key,
    phi_qry,
    phi_val,
    q,
    rho,
    rho_is_relative,
    rho_P,
    signal,
    v,
    x,
    x_inv,
    x_is_bijective,
    y,
)  # fmt: skip
from symbolic_equiv.theories.language import (
    BOOL,
    SCALAR,
    Expr,
    add,
    and_,
    base,
    concat,
    define,
    exp,
    inner,
    lam,
    mul,
    neg,
    one,
    scale,
    softmax_over,
    symbol,
    total,
    true,
    unit,
    vec,
    where,
    zero,
)  # fmt: skip
from symbolic_equiv.theories.statement import Hypothesis, Statement, hypothesis

ALL = (x_is_bijective, neighbourhoods_move, rho_is_relative)
LEFT, RIGHT = m[L(y, f), rho](i), L(y, m[f, rho])(i)


@dataclass(frozen=True)
class Claim:
    """One equation under hypotheses, and whether it is true (in every model)."""

    title: str
    left: Expr
    right: Expr
    given: tuple[Hypothesis, ...] = ()
    true: bool = True

    @property
    def statement(self) -> Statement:
        return Statement("claim", self.left, self.right, self.given, self.title)


def yes(title: str, left: Expr, right: Expr, *given: Hypothesis) -> Claim:
    return Claim(title, left, right, given)


def no(title: str, left: Expr, right: Expr, *given: Hypothesis) -> Claim:
    return Claim(title, left, right, given, False)


def assume(name: str, *equations: tuple[Expr, Expr]) -> Hypothesis:
    return hypothesis(name, name.replace("_", " "), *equations)


# -- the main theorem, and what becomes of it when a hypothesis is changed

x_is_injective = assume("x_is_injective", (lam(i, x_inv(x(i))), lam(i, i)))
x_is_surjective = assume("x_is_surjective", (lam(p, x(x_inv(p))), lam(p, p)))
positions_commute = assume("positions_commute", (lam(p, q, p + q), lam(p, q, q + p)))


def encoding_is(name: str, value: Expr) -> Hypothesis:
    return assume(name, (rho, lam(i, j, value)))


def neighbourhoods(name: str, left: Expr, right: Expr, *bound: Expr) -> Hypothesis:
    return assume(name, (lam(*bound, left), lam(*bound, right)))


def by_minus(token: Expr) -> Expr:
    return x_inv(x(token) - y)


MAIN = [
    yes("the main theorem", LEFT, RIGHT, *ALL),
    yes("hypotheses in another order", LEFT, RIGHT, *ALL[::-1]),
    yes("right side first", RIGHT, LEFT, *ALL),
    yes("for all tokens at once", lam(i, LEFT), lam(i, RIGHT), *ALL),
    yes("for all translations at once", lam(y, i, LEFT), lam(y, i, RIGHT), *ALL),
    yes("with the inverse translation", m[L(-y, f), rho](i), L(-y, m[f, rho])(i), *ALL),
    yes("two translations", m[L(y, L(p, f)), rho](i), L(y, L(p, m[f, rho]))(i), *ALL),
    yes("positions that commute", LEFT, RIGHT, *ALL, positions_commute),
    yes(
        "an encoding by the other difference",
        LEFT,
        RIGHT,
        *ALL[:2],
        encoding_is("rho_is_reversed", rho_P(x(i) - x(j))),
    ),
    yes("no encoding", LEFT, RIGHT, *ALL[:2], encoding_is("rho_is_zero", zero(v=vec(d_in)))),
    yes(
        "left differences where positions commute",
        LEFT,
        RIGHT,
        *ALL[:2],
        encoding_is("rho_from_the_left", rho_P(-x(i) * x(j))),
        positions_commute,
    ),
    yes(
        "an encoding assumed invariant, not by a formula",
        LEFT,
        RIGHT,
        *ALL[:2],
        assume("rho_moves", (lam(y, i, j, rho(moved(i), moved(j))), lam(y, i, j, rho(i, j)))),
    ),
    no("x only injective", LEFT, RIGHT, x_is_injective, *ALL[1:]),
    no("x only surjective", LEFT, RIGHT, x_is_surjective, *ALL[1:]),
    no("x any map", LEFT, RIGHT, *ALL[1:]),
    no("ρ arbitrary", LEFT, RIGHT, *ALL[:2]),
    no("N arbitrary", LEFT, RIGHT, ALL[0], ALL[2]),
    no("nothing assumed", LEFT, RIGHT),
    no("absolute encoding of the key", LEFT, RIGHT, *ALL[:2], encoding_is("rho_of_key", rho_P(x(j)))),
    no("absolute encoding of the query", LEFT, RIGHT, *ALL[:2], encoding_is("rho_of_query", rho_P(x(i)))),
    no("ρ(x(i) + x(j))", LEFT, RIGHT, *ALL[:2], encoding_is("rho_of_sum", rho_P(x(i) + x(j)))),
    no(
        "left differences in a group that does not commute",
        LEFT,
        RIGHT,
        *ALL[:2],
        encoding_is("rho_from_the_left", rho_P(-x(i) * x(j))),
    ),
    no("the opposite translation on the right", LEFT, L(-y, m[f, rho])(i), *ALL),
    no("a translated signal, an untranslated output", LEFT, m[f, rho](i), *ALL),
    no("another token", LEFT, L(y, m[f, rho])(j), *ALL),
    no("another translation", LEFT, L(p, m[f, rho])(i), *ALL),
    no("translations in the other order", m[L(y, L(p, f)), rho](i), L(p, L(y, m[f, rho]))(i), *ALL),
    no(
        "neighbourhoods that move the wrong way",
        LEFT,
        RIGHT,
        ALL[0],
        neighbourhoods("wrong_way", N(moved(i), by_minus(j)), N(i, j), y, i, j),
        ALL[2],
    ),
    no(
        "neighbourhoods of which only the centre moves",
        LEFT,
        RIGHT,
        ALL[0],
        neighbourhoods("centre_moves", N(moved(i), j), N(i, j), i, j),
        ALL[2],
    ),
    no(
        "neighbourhoods that move by another translation only",
        LEFT,
        RIGHT,
        ALL[0],
        neighbourhoods("other_y", N(x_inv(x(i) + q), x_inv(x(j) + q)), N(i, j), i, j),
        ALL[2],
    ),
    no(
        "neighbourhoods that move for one pair of tokens",
        LEFT,
        RIGHT,
        ALL[0],
        assume("one_pair", (N(moved(i), moved(j)), N(i, j))),
        ALL[2],
    ),
]

# -- the neighbourhood hypothesis, in the ways in which it can be written

SPELLINGS = {
    "j+y ∈ N(i+y) = j ∈ N(i)": (N(moved(i), moved(j)), N(i, j), (y, i, j)),
    "j ∈ N(i) = j+y ∈ N(i+y)": (N(i, j), N(moved(i), moved(j)), (y, i, j)),
    "j−y ∈ N(i−y) = j ∈ N(i)": (N(by_minus(i), by_minus(j)), N(i, j), (y, i, j)),
    "j ∈ N(i) = j−y ∈ N(i−y)": (N(i, j), N(by_minus(i), by_minus(j)), (y, i, j)),
    "the image form: k ∈ N(i+y) = k−y ∈ N(i)": (N(moved(i), j), N(i, by_minus(j)), (y, i, j)),
    "the image form, right to left": (N(i, by_minus(j)), N(moved(i), j), (y, i, j)),
    "the preimage form: j+y ∈ N(i) = j ∈ N(i−y)": (N(i, moved(j)), N(by_minus(i), j), (y, i, j)),
    "another order of what is bound": (N(moved(i), moved(j)), N(i, j), (j, y, i)),
    "this y only": (N(moved(i), moved(j)), N(i, j), (i, j)),
    "this y only, right to left": (N(i, j), N(moved(i), moved(j)), (i, j)),
    "this y only, with minus": (N(by_minus(i), by_minus(j)), N(i, j), (i, j)),
    "this y only, image form": (N(moved(i), j), N(i, by_minus(j)), (i, j)),
}

NEIGHBOURHOODS = [
    yes(title, LEFT, RIGHT, ALL[0], neighbourhoods("neighbourhoods_move", left, right, *bound), ALL[2])
    for title, (left, right, bound) in SPELLINGS.items()
]

WRONG_SPELLINGS = {
    "k ∈ N(i+y) = k+y ∈ N(i)": (N(moved(i), j), N(i, moved(j)), (y, i, j)),
    "j+y ∈ N(i+y) = i ∈ N(j)": (N(moved(i), x_inv(x(j) + p)), N(j, i), (i, j)),
    "j+y ∈ N(i+y) = j+y ∈ N(i)": (N(moved(i), moved(j)), N(i, moved(j)), (i, j)),
    "from the left: y+j ∈ N(y+i)": (N(x_inv(y + x(i)), x_inv(y + x(j))), N(i, j), (y, i, j)),
    "this y twice": (N(moved(moved(i)), moved(moved(j))), N(i, j), (i, j)),
    "symmetry only": (N(i, j), N(j, i), (i, j)),
}

NEIGHBOURHOODS += [
    no(title, LEFT, RIGHT, ALL[0], neighbourhoods("neighbourhoods", left, right, *bound), ALL[2])
    for title, (left, right, bound) in WRONG_SPELLINGS.items()
    if title != "k ∈ N(i+y) = k+y ∈ N(i)"
]
"""The first of the wrong spellings makes N the same everywhere on finite groups, so the claim is still true there."""

# -- the encoding, and facts about definitions

rho_backwards = assume("rho_is_relative", (lam(i, j, rho_P(x(j) - x(i))), rho))
rho_curried = assume("rho_is_relative", (lam(i, j, rho(i, j)), lam(i, j, rho_P(x(j) - x(i)))))
rho_other_name = symbol("rho_2", S, S, vec(d_in))
renamed = assume("renamed", (rho_other_name, lam(i, j, rho(i, j))))
twice = assume("twice", (rho, lam(i, j, rho_P(x(i) - x(j)))))
g, k = symbol("g", S, vec(d_in)), symbol("k", S)

FACTS = [
    yes("a definition read from right to left", LEFT, RIGHT, *ALL[:2], rho_backwards),
    yes("a definition with its arguments written out", LEFT, RIGHT, *ALL[:2], rho_curried),
    yes("a definition by a definition", m[L(y, f), rho_other_name](i), L(y, m[f, rho])(i), *ALL, renamed),
    yes("two names for one thing", LEFT, L(y, m[f, rho_other_name])(i), *ALL, renamed),
    yes("a second equation for a defined name", LEFT, RIGHT, *ALL, twice),
    yes("commutative positions: p + q = q + p", f(x_inv(p + q)), f(x_inv(q + p)), positions_commute),
    yes("commutative positions: three", f(x_inv(p + (q + y))), f(x_inv(y + (q + p))), positions_commute),
    yes("commutative positions, with inverses", f(x_inv((p + q) - p)), f(x_inv(q)), positions_commute),
    yes(
        "two definitions that point at each other",
        f(i),
        g(i),
        assume("there", (f, g)),
        assume("back", (g, f)),
    ),
    yes("a ground equation", f(i) + f(j), f(j) + f(j), assume("one_value", (f(i), f(j)))),
    yes("what holds for all holds here", f(x_inv(p)), f(j), assume("constant", (lam(i, f(i)), lam(i, f(j))))),
    yes("an idempotent map", rho_P(mul(p, unit(g=X))), rho_P(p)),
    no("p + q = q + p in any group", f(x_inv(p + q)), f(x_inv(q + p))),
    no(
        "p + q = q + p when another set commutes",
        f(x_inv(p + q)),
        f(x_inv(q + p)),
        assume("not_p", (lam(p, p), lam(p, p))),
    ),
    no("a ground equation says nothing of others", f(k), f(j), assume("one_value", (f(i), f(j)))),
    no("f is injective at one place", x_inv(p), x_inv(q), assume("same_value", (f(x_inv(p)), f(x_inv(q))))),
    no(
        "a one-sided inverse used on the other side",
        x(x_inv(p)),
        p,
        x_is_injective,
    ),
    no("one-sided, the other way", x_inv(x(i)), i, x_is_surjective),
    no("a cycle of definitions proves nothing else", f(i), f(j), assume("there", (f, g)), assume("back", (g, f))),
]

# -- sums and softmaxes

w = symbol("w", S, vec(d_v))
D, E = symbol("D", S, BOOL), symbol("E", S, BOOL)
s, t = symbol("s", S, SCALAR), symbol("t", S, SCALAR)
c, cc = symbol("c", S, S), symbol("c0", SCALAR)
vv = symbol("v0", vec(d_v))
P = symbol("P", X, BOOL)
e = true()

SUMS = [
    yes("Σ F(p) = Σ F(−p + y)", total(p, e, rho_P(p)), total(p, e, rho_P(-p + y))),
    yes("Σ F(p) = Σ F(y + p + q)", total(p, e, rho_P(p)), total(p, e, rho_P(y + p + q))),
    yes("Σ over D re-indexed on both sides", total(p, P(p), rho_P(p)), total(p, P(p - y), rho_P(p - y))),
    yes("Σ F(j) = Σ F(j + y)", total(j, e, w(j)), total(j, e, w(moved(j))), ALL[0]),
    yes("Σ (F + G) = Σ F + Σ G", total(j, D(j), w(j) + vv), total(j, D(j), w(j)) + total(j, D(j), vv)),
    yes("Σ c F = c Σ F", total(j, D(j), cc * w(j)), cc * total(j, D(j), w(j))),
    yes("Σ s(j) v = (Σ s) v", total(j, D(j), s(j) * vv), total(j, D(j), s(j)) * vv),
    yes("Σ over D and D", total(j, D(j) & D(j), w(j)), total(j, D(j), w(j))),
    yes("Σ over D and E", total(j, D(j) & E(j), w(j)), total(j, E(j) & D(j), w(j))),
    yes("Σ over N(i) moved", total(j, N(moved(i), moved(j)), w(j)), total(j, N(i, j), w(j)), *ALL[:2]),
    yes("a neighbourhood re-indexed", total(j, N(moved(i), j), w(by_minus(j))), total(j, N(i, j), w(j)), *ALL[:2]),
    yes("⟨Σ F, u⟩ = Σ ⟨F, u⟩", inner(total(j, D(j), w(j)), vv), total(j, D(j), inner(w(j), vv))),
    yes("Σ 0 = 0", total(j, D(j), zero(v=vec(d_v))), zero(v=vec(d_v))),
    yes(
        "softmax forgets a constant",
        softmax_over(j, D(j), cc + s(j), at=i),
        softmax_over(j, D(j), s(j), at=i),
    ),
    yes(
        "softmax forgets what depends on the row only",
        softmax_over(j, N(i, j), s(i) + t(j), at=k),
        softmax_over(j, N(i, j), t(j), at=k),
    ),
    yes(
        "softmax of any constant",
        softmax_over(j, D(j), s(i), at=k),
        softmax_over(j, D(j), t(i), at=k),
    ),
    yes(
        "softmax re-indexed, taken at the same token",
        softmax_over(j, D(moved(j)), s(moved(j)), at=by_minus(k)),
        softmax_over(j, D(j), s(j), at=k),
        ALL[0],
    ),
    no("Σ F(j) = Σ F(c(j)) for any map c", total(j, e, w(j)), total(j, e, w(c(j)))),
    no("Σ F(p) = Σ F(p + p)", total(p, e, rho_P(p)), total(p, e, rho_P(p + p))),
    no(
        "Σ F(p) = Σ F(p + p) where positions commute",
        total(p, e, rho_P(p)),
        total(p, e, rho_P(p + p)),
        positions_commute,
    ),
    no("re-index the body, not the domain", total(j, D(j), w(j)), total(j, D(j), w(moved(j))), ALL[0]),
    no("re-index the domain, not the body", total(j, D(j), w(j)), total(j, D(moved(j)), w(j)), ALL[0]),
    no("re-index without a bijection", total(j, e, w(j)), total(j, e, w(moved(j)))),
    no("Σ F G = Σ F · Σ G", total(j, D(j), s(j) * w(j)), total(j, D(j), s(j)) * total(j, D(j), w(j))),
    no("Σ F + G = Σ F + G", total(j, D(j), w(j) + vv), total(j, D(j), w(j)) + vv),
    no("Σ over D or over all", total(j, D(j), w(j)), total(j, e, w(j))),
    no("Σ over D and over E", total(j, D(j), w(j)), total(j, E(j), w(j))),
    no("Σ over N(i) and over N(i − y)", total(j, N(i, j), w(j)), total(j, N(by_minus(i), j), w(j)), *ALL[:2]),
    no("Σ v = v", total(j, D(j), vv), vv),
    no("softmax forgets a factor", softmax_over(j, D(j), cc * s(j), at=i), softmax_over(j, D(j), s(j), at=i)),
    no(
        "softmax forgets what depends on the column",
        softmax_over(j, D(j), s(j) + t(j), at=i),
        softmax_over(j, D(j), s(j), at=i),
    ),
    no("softmax at another token", softmax_over(j, D(j), s(j), at=i), softmax_over(j, D(j), s(j), at=k)),
    no("softmax over another set", softmax_over(j, D(j), s(j), at=i), softmax_over(j, E(j), s(j), at=i)),
    no(
        "softmax re-indexed, taken at the old token",
        softmax_over(j, D(moved(j)), s(moved(j)), at=k),
        softmax_over(j, D(j), s(j), at=k),
        ALL[0],
    ),
    no(
        "softmax of a sum is the product",
        softmax_over(j, D(j), s(j) + t(j), at=i),
        scale(softmax_over(j, D(j), s(j), at=i), softmax_over(j, D(j), t(j), at=i)),
    ),
    no(
        "outside D, softmax is not exp over the sum",
        softmax_over(j, D(j), s(j), at=i),
        exp(s(i)) / total(j, D(j), exp(s(j))),
    ),
    no("unweighted instead of weighted", attend(D(j), s(j), w(j)), total(j, D(j), w(j))),
]

# -- vectors, matrices, heads

a0, b0, c0 = (symbol(name, vec(d_k)) for name in ("a0", "b0", "c0"))
query_row = lora.row(f(i), f(j) + rho(i, j), f(j), N(i, j))

LINEAR_ALGEBRA = [
    yes(
        "merged and unmerged",
        lora.row(f(i), f(j) + rho(i, j), f(j), N(i, j), merged=True),
        lora.row(f(i), f(j) + rho(i, j), f(j), N(i, j)),
    ),
    yes("⟨u + v, w⟩", inner(a0 + b0, c0), inner(c0, a0) + inner(b0, c0)),
    yes("⟨−u, v⟩ = ⟨u, −v⟩", inner(-a0, b0), inner(a0, -b0)),
    yes("u + u = 2 u", a0 + a0, (one() + one()) * a0),
    yes("(u + v) − u = v", (a0 + b0) - a0, b0),
    yes("c (u + v)", cc * (a0 + b0), cc * b0 + cc * a0),
    yes("(1/c) scales before and after", inner((one() / cc) * a0, b0), inner(a0, b0) / cc),
    yes(
        "heads of a sum",
        concat(lam(h, phi_val(h, v) + phi_val(h, v))),
        concat(lam(h, phi_val(h, v))) + concat(lam(h, phi_val(h, v))),
    ),
    yes("exp(a + b) = exp(a) exp(b)", exp(add(cc, s(i))), exp(s(i)) * exp(cc)),
    no("⟨u + v, w⟩ = ⟨u, w⟩", inner(a0 + b0, c0), inner(a0, c0)),
    no("⟨u, v⟩ = ⟨u, w⟩", inner(a0, b0), inner(a0, c0)),
    no("⟨−u, −v⟩ = −⟨u, v⟩", inner(-a0, -b0), neg(inner(a0, b0))),
    no("a map that is not linear", phi_qry(h, v + v), phi_qry(h, v) + phi_qry(h, v)),
    no("exp(a b) = exp(a) exp(b)", exp(scale(cc, s(i))), exp(cc) * exp(s(i))),
    no("c (1/c) = 1 where c may be 0", cc / cc, one()),
    no("merged with the adapter of another projection", query_row, lora.row(f(j), f(j) + rho(i, j), f(j), N(i, j))),
    no("one head for all", heads(phi_val(h, v)), heads(phi_val(symbol("h_1", Heads), v))),
    no("and is not or", where(and_(D(i), E(i)), a0), where(D(i), a0)),
    no("u + v = u", a0 + b0, a0),
]


# -- layers with another shape


def layer(name: str, score, value=lambda j: phi_val(h, signal(j)), domain=None):
    """Attention without a fixed encoding: score and value are functions of the signal and the two tokens."""
    return define(name, signal, i, heads(attend(N(i, j) if domain is None else domain, score, value(j))))


bias, clip = symbol("bias", Heads, X, SCALAR), symbol("clip", X, X)
relative_values = symbol("relative_values", X, vec(d_v))
qk = inner(phi_qry(h, signal(i)), phi_key(h, signal(j)))
absolute = symbol("absolute", X, vec(d_in))
slope, position = symbol("slope", Heads, SCALAR), symbol("position", X, SCALAR)
additive = assume(
    "additive",
    (lam(p, q, position(p + q)), lam(p, q, position(p) + position(q))),
    (lam(p, position(-p)), lam(p, -position(p))),
    (position(unit(g=X)), zero(v=SCALAR)),
)


def moves(name: str, score, *given: Hypothesis, true: bool = True, **more) -> Claim:
    of = layer(f"layer_{len(LAYERS)}", score, **more)
    return Claim(name, of[L(y, f)](i), L(y, of[f])(i), given, true)


LAYERS: list[Claim] = []
LAYERS.append(moves("a bias by clipped difference", qk + bias(h, clip(x(j) - x(i))), *ALL[:2]))
LAYERS.append(
    moves(
        "values with a difference", qk, *ALL[:2], value=lambda j: phi_val(h, signal(j)) + relative_values(x(j) - x(i))
    )
)
LAYERS.append(moves("no encoding, all tokens", qk, ALL[0], domain=e))
LAYERS.append(moves("no encoding, neighbourhoods", qk, *ALL[:2]))
LAYERS.append(
    moves(
        "a slope on the key's position only: the row's constant is dropped by the softmax",
        qk + slope(h) * position(x(j)),
        *ALL[:2],
        additive,
        positions_commute,
    )
)
LAYERS.append(moves("a slope, without additivity", qk + slope(h) * position(x(j)), *ALL[:2], true=False))
LAYERS.append(
    moves(
        "an absolute vector in the query",
        inner(phi_qry(h, signal(i) + absolute(x(i))), phi_key(h, signal(j))),
        *ALL[:2],
        true=False,
    )
)
LAYERS.append(moves("an absolute bias in the score", qk + bias(h, x(j)), *ALL[:2], true=False))
LAYERS.append(
    moves(
        "values weighted by an absolute position",
        qk,
        *ALL[:2],
        value=lambda j: position(x(j)) * phi_val(h, signal(j)),
        true=False,
    )
)
LAYERS.append(
    moves(
        "values weighted by the relative position",
        qk,
        *ALL[:2],
        value=lambda j: position(x(j) - x(i)) * phi_val(h, signal(j)),
    )
)
LAYERS.append(moves("no encoding, a fixed set of tokens", qk, ALL[0], domain=D(j), true=False))
LAYERS.append(moves("the query's own vector as the key", inner(phi_qry(h, signal(i)), phi_key(h, signal(i))), *ALL[:2]))

# -- permutations

pi, pi_inv = symbol("pi", S, S), symbol("pi_inv", S, S)
permutation = assume("pi_is_a_permutation", (lam(i, pi_inv(pi(i))), lam(i, i)), (lam(i, pi(pi_inv(i))), lam(i, i)))
everywhere = define("everywhere", signal, i, heads(attend(e, qk, phi_val(h, signal(j)))))
nearby = define("nearby", signal, i, heads(attend(N(i, j), qk, phi_val(h, signal(j)))))
permuted = lam(i, f(pi(i)))

PERMUTATIONS = [
    yes("over all tokens", everywhere[permuted](i), everywhere[f](pi(i)), permutation),
    yes("by the inverse", everywhere[lam(i, f(pi_inv(i)))](i), everywhere[f](pi_inv(i)), permutation),
    yes("by two", everywhere[lam(i, f(pi(pi(i))))](i), everywhere[f](pi(pi(i))), permutation),
    yes(
        "over neighbourhoods that the permutation keeps",
        nearby[permuted](i),
        nearby[f](pi(i)),
        permutation,
        assume("kept", (lam(i, j, N(pi(i), pi(j))), lam(i, j, N(i, j)))),
    ),
    no("by a map that is not bijective", everywhere[permuted](i), everywhere[f](pi(i))),
    no("at the wrong token", everywhere[permuted](i), everywhere[f](i), permutation),
    no("at the inverse", everywhere[permuted](i), everywhere[f](pi_inv(i)), permutation),
    no("over any neighbourhoods", nearby[permuted](i), nearby[f](pi(i)), permutation),
]

by_positions = neighbourhoods("neighbourhoods_move", N(x_inv(p + y), x_inv(q + y)), N(x_inv(p), x_inv(q)), y, p, q)
K = base("K")
G = symbol("G", S, K, vec(d_v))
Q, at = symbol("Q", K, BOOL), symbol("at", K)
to_K, from_K = symbol("to_K", S, K), symbol("from_K", K, S)
S_is_K = assume("to_K_is_bijective", (lam(i, from_K(to_K(i))), lam(i, i)), (lam(at, to_K(from_K(at))), lam(at, at)))

OTHER_SETS = [
    yes(
        "a softmax over one set is one over another",
        softmax_over(j, D(j), s(j), at=i),
        softmax_over(at, D(from_K(at)), s(from_K(at)), at=to_K(i)),
        S_is_K,
    ),
    yes(
        "a sum over one set is one over another", total(j, D(j), w(j)), total(at, D(from_K(at)), w(from_K(at))), S_is_K
    ),
]
"""Re-indexed by a bijection between two sets, neither of them a group."""

OUT_OF_REACH = [
    yes("neighbourhoods in terms of positions", LEFT, RIGHT, ALL[0], by_positions, ALL[2]),
    yes("inside a sum over D, D holds", total(j, D(j), where(D(j), w(j))), total(j, D(j), w(j))),
    yes(
        "two sums in the other order",
        total(j, D(j), total(at, Q(at), G(j, at))),
        total(at, Q(at), total(j, D(j), G(j, at))),
    ),
    yes(
        "permuted by an injection, which is a permutation unless the sums are infinite, and then zero",
        everywhere[permuted](i),
        everywhere[f](pi(i)),
        assume("injective", (lam(i, pi_inv(pi(i))), lam(i, i))),
    ),
]
"""True, and not found by the search today: the boundary of what it does, kept here so that it is known."""

GROUPS = {
    "other sets": OTHER_SETS,
    "main": MAIN,
    "neighbourhoods": NEIGHBOURHOODS,
    "facts": FACTS,
    "sums": SUMS,
    "linear algebra": LINEAR_ALGEBRA,
    "layers": LAYERS,
    "permutations": PERMUTATIONS,
}
CLAIMS = [(f"{group}: {claim.title}", claim) for group, claims in GROUPS.items() for claim in claims]
TRUE = [(title, claim) for title, claim in CLAIMS if claim.true]
FALSE = [(title, claim) for title, claim in CLAIMS if not claim.true]
