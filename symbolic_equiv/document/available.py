"""The hypotheses that a judge may supply, built from the shapes of the symbols in use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from symbolic_equiv.kernel.sorts import BASE, Sort, fun
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term
from symbolic_equiv.logic.occurrences import applications
from symbolic_equiv.theories import language as lang
from symbolic_equiv.theories.language import BOOL, Expr, lam
from symbolic_equiv.theories.statement import Hypothesis, hypothesis

FROM_THE_LEFT = "_from_the_left"


@dataclass(frozen=True)
class Bijection:
    """A function, the symbol for its inverse, and its name in print and as a plain word."""

    name: str
    word: str
    function: Head
    inverse: Head


def bijective(pair: Bijection) -> Hypothesis:
    """``x^{-1}(x(i)) = i`` and ``x(x^{-1}(p)) = p``."""
    x, back = lang.partial(pair.function, ()), lang.partial(pair.inverse, ())
    i, p = lang.symbol("i", pair.function.sort.args[0]), lang.symbol("p", pair.function.sort.args[1])
    says = f"{pair.name} is a bijection from {i.sort} to {p.sort}, with inverse {pair.name}^{{-1}}"
    return hypothesis(f"{pair.word}_is_bijective", says, (lam(i, back(x(i))), i_to(i)), (lam(p, x(back(p))), i_to(p)))


Motion = Callable[[Expr], Expr]


def i_to(variable: Expr) -> Expr:
    """The identity."""
    return lam(variable, variable)


def _word(head: Head) -> str:
    """The name of a symbol without the number that tells it from one of another document."""
    return str(head.name).split("__")[0]


def neighbourhoods_move(member: Head, pair: Bijection, from_left: bool = False) -> Hypothesis:
    """``x^{-1}(x(j) + y) ∈ N(x^{-1}(x(i) + y))`` just where ``j ∈ N(i)``; or ``y + x(j)``, moved from the left.

    For poses: ``(x^{-1}(x(j) + y), b) ∈ N(x^{-1}(x(i) + y), a)`` just where ``(j, b) ∈ N(i, a)``.
    """
    x, back = lang.partial(pair.function, ()), lang.partial(pair.inverse, ())
    y = lang.symbol("y", pair.function.sort.args[1])
    moved = lambda token: back(lang.mul(y, x(token)) if from_left else lang.mul(x(token), y))
    says = "neighbourhoods move with the tokens" + (", from the left" if from_left else "")
    return _moving(member, f"moves{FROM_THE_LEFT if from_left else ''}", says, y, moved, lambda pose: pose)


def neighbourhoods_turn(member: Head, pair: Bijection, acting: Sort) -> Hypothesis:
    """``x^{-1}(g x(j)) ∈ N(x^{-1}(g x(i)))`` just where ``j ∈ N(i)``, for a group that acts on the positions.

    For poses: ``(x^{-1}(g x(j)), g b) ∈ N(x^{-1}(g x(i)), g a)`` just where ``(j, b) ∈ N(i, a)``.
    """
    x, back, g = lang.partial(pair.function, ()), lang.partial(pair.inverse, ()), lang.symbol("g", acting)
    turned = lambda token: back(lang.act(g, x(token)))
    says = f"neighbourhoods turn with the group {acting}"
    return _moving(member, "turns", says, g, turned, lambda pose: lang.mul(g, pose))


def _moving(member: Head, word: str, says: str, by: Expr, moved: Motion, turned: Motion) -> Hypothesis:
    """A relation between tokens, or between poses, that does not change when both are moved."""
    near, (tokens, *poses) = lang.partial(member, ()), _factors(member.sort)
    i, j = lang.symbol("i", tokens), lang.symbol("j", tokens)
    a, b = ([lang.symbol(letter, poses[0])] if poses else [] for letter in "ab")
    before = near(moved(i), *map(turned, a), moved(j), *map(turned, b))
    bound = (by, i, *a, j, *b)
    return hypothesis(f"{_word(member)}_{word}", says, (lam(*bound, before), lam(*bound, near(*bound[1:]))))


def _factors(sort: Sort) -> list[Sort]:
    """The sorts of one of the two things that a relation is between: a token, or a token and its pose."""
    found: list[Sort] = []
    while sort.name == "→":
        found.append(sort.args[0])
        sort = sort.args[1]
    half = found[: len(found) // 2]
    return half if sort == BOOL and found == [*half, *half] and len(half) in (1, 2) else []


def relative(encoding: Head, of_difference: Head, pair: Bijection) -> Hypothesis:
    """``ρ(i, j) = ρ^P(x(j) - x(i))``."""
    tokens = pair.function.sort.args[0]
    x, rho, rho_p = (lang.partial(head, ()) for head in (pair.function, encoding, of_difference))
    i, j = lang.symbol("i", tokens), lang.symbol("j", tokens)
    says = "the encoding depends on the difference of positions only"
    value = lam(i, j, rho_p(lang.mul(x(j), lang.inv(x(i)))))
    return hypothesis(f"{_word(encoding)}_is_relative", says, (rho, value))


def relative_at_themselves(encoding: Head, of_difference: Head) -> Hypothesis:
    """``ρ(i, j) = ρ^P(j - i)`` for tokens that are positions."""
    tokens = encoding.sort.args[0]
    rho, rho_p = (lang.partial(head, ()) for head in (encoding, of_difference))
    i, j = lang.symbol("i", tokens), lang.symbol("j", tokens)
    says = "the encoding depends on the difference of positions only"
    return hypothesis(f"{_word(encoding)}_is_relative", says, (rho, lam(i, j, rho_p(lang.mul(j, lang.inv(i))))))


def commutative(group: Sort) -> Hypothesis:
    p, q = lang.symbol("p", group), lang.symbol("q", group)
    says = f"the group {group} is commutative"
    return hypothesis(f"{group.name}_is_commutative", says, (lam(p, q, lang.mul(p, q)), lam(p, q, lang.mul(q, p))))


def acting(terms: Iterable[Term]) -> dict[Sort, list[Sort]]:
    """For each group on which another one acts in the terms, or in what they are defined by, those that act."""
    found: dict[Sort, set[Sort]] = {}
    for term in applications(terms):
        if term.head.declaration == lang.act.declaration:
            found.setdefault(term.sort, set()).add(term.args[0].sort)
    return {on: sorted(groups, key=str) for on, groups in found.items()}


def available(
    heads: Sequence[Head],
    bijections: Sequence[Bijection],
    commutative: frozenset[Sort] = frozenset(),
    acting: Mapping[Sort, Sequence[Sort]] = {},
) -> list[Hypothesis]:
    """All hypotheses of the short list that make sense for these symbols; the least likely ones first.

    In a group that is not known to be commutative, tokens may be moved from either side.  ``acting`` has the
    groups that act on the positions.
    """
    variables = [head for head in heads if head.kind == VARIABLE]
    found = [bijective(pair) for pair in bijections]
    for pair in bijections:
        tokens, positions = pair.function.sort.args
        if positions.cls != BASE or (tokens == positions and positions not in commutative):
            continue  # a permutation of the tokens does not place them
        groups = acting.get(positions, ())
        for head in variables:
            moved = _factors(head.sort)
            if moved[:1] != [tokens] or (moved[1:] and moved[1] not in groups):
                continue
            if positions not in commutative:
                found.append(neighbourhoods_move(head, pair, from_left=True))
            found.append(neighbourhoods_move(head, pair))
            found += [neighbourhoods_turn(head, pair, group) for group in moved[1:] or groups]
        for encoding, of_difference in product(variables, repeat=2):
            value = of_difference.sort.args[1] if of_difference.sort.name == "→" else None
            if value is None or value.cls != "linear" or of_difference.sort != fun(positions, value):
                continue
            if encoding.sort == fun(tokens, tokens, value):
                found.append(relative(encoding, of_difference, pair))
    return found


def at_themselves(heads: Sequence[Head], groups: Sequence[Sort], commutative: frozenset[Sort]) -> list[Hypothesis]:
    """Neighbourhoods of tokens that are positions themselves move: ``j + s ∈ N(i + s)`` just where ``j ∈ N(i)``."""
    found = []
    for head in heads:
        tokens = _factors(head.sort) if head.kind == VARIABLE else []
        if len(tokens) != 1 or tokens[0] not in groups:
            continue
        if tokens[0] not in commutative:
            found.append(_shifted(head, tokens[0], from_left=True))
        found.append(_shifted(head, tokens[0], from_left=False))
    return found


def _shifted(member: Head, group: Sort, from_left: bool) -> Hypothesis:
    s, says = lang.symbol("s", group), "neighbourhoods move with the tokens" + (", from the left" if from_left else "")
    moved = lambda token: lang.mul(s, token) if from_left else lang.mul(token, s)
    return _moving(member, f"moves{FROM_THE_LEFT if from_left else ''}", says, s, moved, lambda pose: pose)


def multiplied(terms: Iterable[Term]) -> list[Sort]:
    """The groups in which the terms, or what they are defined by, multiply or invert."""
    laws = (lang.mul.declaration, lang.inv.declaration)
    return sorted({term.sort for term in applications(terms) if term.head.declaration in laws}, key=str)


def either(offered: Sequence[Hypothesis]) -> tuple[tuple[str, str], ...]:
    """The names of hypotheses that differ only in the side from which tokens are moved: right, left.

    The first of the two need not be offered: the text may state it, under whatever name.
    """
    lefts = sorted(item.name for item in offered if item.name.endswith(FROM_THE_LEFT))
    return tuple((name.removesuffix(FROM_THE_LEFT), name) for name in lefts)
