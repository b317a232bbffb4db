"""The hypotheses that a judge may supply, built from the shapes of the symbols in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from symbolic_equiv.kernel.sorts import BASE, Sort, fun
from symbolic_equiv.kernel.terms import VARIABLE, Head
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


def i_to(variable: Expr) -> Expr:
    """The identity."""
    return lam(variable, variable)


def _word(head: Head) -> str:
    """The name of a symbol without the number that tells it from one of another document."""
    return str(head.name).split("__")[0]


def neighbourhoods_move(member: Head, pair: Bijection, from_left: bool = False) -> Hypothesis:
    """``x^{-1}(x(j) + y) ∈ N(x^{-1}(x(i) + y))`` just where ``j ∈ N(i)``; or ``y + x(j)``, moved from the left."""
    tokens, positions = pair.function.sort.args
    x, back, near = (lang.partial(head, ()) for head in (pair.function, pair.inverse, member))
    y, i, j = lang.symbol("y", positions), lang.symbol("i", tokens), lang.symbol("j", tokens)
    moved = lambda token: back(lang.mul(y, x(token)) if from_left else lang.mul(x(token), y))
    says = "neighbourhoods move with the tokens" + (", from the left" if from_left else "")
    name = f"{_word(member)}_moves" + (FROM_THE_LEFT if from_left else "")
    return hypothesis(name, says, (lam(y, i, j, near(moved(i), moved(j))), lam(y, i, j, near(i, j))))


def relative(encoding: Head, of_difference: Head, pair: Bijection) -> Hypothesis:
    """``ρ(i, j) = ρ^P(x(j) - x(i))``."""
    tokens = pair.function.sort.args[0]
    x, rho, rho_p = (lang.partial(head, ()) for head in (pair.function, encoding, of_difference))
    i, j = lang.symbol("i", tokens), lang.symbol("j", tokens)
    says = "the encoding depends on the difference of positions only"
    value = lam(i, j, rho_p(lang.mul(x(j), lang.inv(x(i)))))
    return hypothesis(f"{_word(encoding)}_is_relative", says, (rho, value))


def commutative(group: Sort) -> Hypothesis:
    p, q = lang.symbol("p", group), lang.symbol("q", group)
    says = f"the group {group} is commutative"
    return hypothesis(f"{group.name}_is_commutative", says, (lam(p, q, lang.mul(p, q)), lam(p, q, lang.mul(q, p))))


def available(
    heads: Sequence[Head], bijections: Sequence[Bijection], commutative: frozenset[Sort] = frozenset()
) -> list[Hypothesis]:
    """All hypotheses of the short list that make sense for these symbols; the least likely ones first.

    In a group that is not known to be commutative, tokens may be moved from either side.
    """
    variables = [head for head in heads if head.kind == VARIABLE]
    found = [bijective(pair) for pair in bijections]
    for pair in bijections:
        tokens, positions = pair.function.sort.args
        if positions.cls != BASE:
            continue
        for head in (head for head in variables if head.sort == fun(tokens, tokens, BOOL)):
            if positions not in commutative:
                found.append(neighbourhoods_move(head, pair, from_left=True))
            found.append(neighbourhoods_move(head, pair))
        for encoding, of_difference in product(variables, repeat=2):
            value = of_difference.sort.args[1] if of_difference.sort.name == "→" else None
            if value is None or value.cls != "linear" or of_difference.sort != fun(positions, value):
                continue
            if encoding.sort == fun(tokens, tokens, value):
                found.append(relative(encoding, of_difference, pair))
    return found


def either(offered: Sequence[Hypothesis]) -> tuple[tuple[str, str], ...]:
    """The names of hypotheses that differ only in the side from which tokens are moved: right, left."""
    names = {item.name for item in offered}
    return tuple((name, name + FROM_THE_LEFT) for name in sorted(names) if name + FROM_THE_LEFT in names)
