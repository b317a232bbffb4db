"""Derived rules: what softmax obeys, proved from its definition each time it is used.

Softmax is no primitive here: ``softmax(P, s, t) = if P(t) then exp(s(t)) / Σ_P exp(s) else 0``.  So
nothing about it is an axiom.  The same holds of the softmax over pairs.
"""

from __future__ import annotations

from collections.abc import Sequence

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.sorts import Sort, fun
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, abstract, application, apply, eta
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.rewriting import chain, fresh, instance, leibniz
from symbolic_equiv.logic.summation import at as opened
from symbolic_equiv.logic.summation import index_sorts, indices, is_sum, over
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.theories.language import (
    BOOL,
    SCALAR,
    Expr,
    exp,
    if_,
    reciprocal,
    scale,
    softmax_,
    sum_,
    zero,
)  # fmt: skip
from symbolic_equiv.theories.pairs import softmax_pairs, sum_pairs
from symbolic_equiv.theories.table import RULES


def derive(name: str, *premises: Theorem, **values: Term) -> Theorem:
    """The rule of that name, at these values of its pattern variables."""
    return instance(RULES[name].axiom, values, premises)


def unfold(term: Term) -> Theorem:
    """⊢ c(a, …) = its definition at a, …, for a defined constant c."""
    definition = kernel.definition(term.head.declaration, term.head.sort)
    return kernel.specialisation(definition, term.args) if term.args else definition


def reindex(term: Term, place: int, forth: Term, back: Term, there: Theorem, again: Theorem) -> Theorem:
    """⊢ a sum or softmax = the same with h = ``forth``, which has the inverse ``back``, put for one index.

    ``place`` is 0, or 1 for the second index of a sum over pairs.  The premises are ⊢ (λj. h(h⁻¹(j))) = (λj. j)
    and ⊢ (λk. h⁻¹(h(k))) = (λk. k).
    """
    return (_sum_reindex if is_sum(term) else _softmax_reindex)(term, place, forth, back, there, again)


def _sum_reindex(term: Term, place: int, forth: Term, back: Term, there: Theorem, again: Theorem) -> Theorem:
    domain, body = term.args
    if is_call(term, sum_):
        return derive("sum_reindex", there, again, P=domain, F=body, h=forth, h_inv=back)
    maps = [_identity(sort) for sort in index_sorts(term)]
    maps[place] = forth, back, there, again
    (g, g_inv, *first), (h, h_inv, *second) = maps
    return derive("pairs_reindex", *first, *second, P=domain, F=body, g=g, g_inv=g_inv, h=h, h_inv=h_inv)


def _identity(sort: Sort) -> tuple[Term, Term, Theorem, Theorem]:
    """The identity, as a bijection with its inverse and the two proofs."""
    k = Head(VARIABLE, "k", sort)
    same = abstract(eta(k), k)
    return same, same, kernel.reflexivity(same), kernel.reflexivity(same)


def _softmax_reindex(term: Term, place: int, forth: Term, back: Term, there: Theorem, again: Theorem) -> Theorem:
    """Its value is looked up at h(h⁻¹(t)), which is t, and its denominator is a sum."""
    domain, score, *at = term.args
    moved, brought = [*at], [*at]
    moved[place], brought[place] = apply(forth, [apply(back, [at[place]])]), apply(back, [at[place]])
    total = _sum_of_exp(term)
    t, z = fresh(at[place].sort, term, forth, back), fresh(SCALAR, term, forth, back)
    hole = [*at]
    hole[place] = eta(t)
    target = application(
        _at_sorts(term, forth, place), [_after(domain, place, forth), _after(score, place, forth), *brought]
    )
    return chain(
        unfold(term),
        leibniz(
            abstract(_weight(domain, score, hole, total), t),
            kernel.symmetry(kernel.specialisation(there, [at[place]])),
        ),
        leibniz(
            abstract(_weight(domain, score, moved, eta(z)), z), _sum_reindex(total, place, forth, back, there, again)
        ),
        kernel.symmetry(unfold(target)),
    )


def _at_sorts(term: Term, forth: Term, place: int) -> Head:
    """The softmax of ``term``, for the sort that ``forth`` starts from in place of one of its own."""
    sorts = index_sorts(term)
    sorts[place] = forth.domain
    constant = softmax_ if len(sorts) == 1 else softmax_pairs
    return constant.at(fun(*sorts, BOOL), fun(*sorts, SCALAR)).head


def softmax_shift(term: Term) -> Theorem:
    """⊢ softmax(P, λj. c + s(j), t) = softmax(P, s, t): a constant along the row cancels."""
    domain, shifted, *at = term.args
    heads = indices(term)
    constant, rest = opened(shifted, heads).args
    score = over(heads, rest, shifted)
    unshifted = application(term.head, [domain, score, *at])
    factor, total = exp(Expr(constant)).term, _sum_of_exp(unshifted)
    z, w = fresh(SCALAR, term), fresh(SCALAR, term)
    split = lambda place: derive("exp_sum", c=constant, d=apply(score, place))
    inside = split([eta(head) for head in heads])
    for head in reversed(heads):
        inside = kernel.abstraction(head, inside)
    summed = chain(
        kernel.congruence(total.head, [kernel.reflexivity(domain), inside]),
        derive(_MULTIPLES[len(heads)], P=domain, c=factor, F=total.args[1]),
    )
    split_at = split(at)
    one = reciprocal(Expr(factor)).term
    inverse = reciprocal(Expr(total)).term
    top = split_at.right.args[1]
    cancelled = chain(
        leibniz(
            abstract(scale(Expr(eta(z)), Expr(split_at.right)).term, z), derive("reciprocal_product", c=factor, d=total)
        ),
        derive("scale_product", c=one, d=inverse, u=split_at.right),
        leibniz(abstract(scale(Expr(one), Expr(eta(z))).term, z), derive("scale_swap", c=inverse, d=factor, u=top)),
        derive("exp_nonzero", c=constant, u=scale(Expr(inverse), Expr(top)).term),
    )
    holds, other = Expr(apply(domain, at)), zero(v=SCALAR)
    return chain(
        unfold(term),
        leibniz(abstract(_weight(domain, shifted, at, eta(z)), z), summed),
        leibniz(abstract(if_(holds, scale(reciprocal(Expr(summed.right)), Expr(eta(w))), other).term, w), split_at),
        leibniz(abstract(if_(holds, Expr(eta(w)), other).term, w), cancelled),
        kernel.symmetry(unfold(unshifted)),
    )


def softmax_of_constant(term: Term) -> Theorem:
    """⊢ softmax(P, λj. c, t) = softmax(P, λj. 0, t)."""
    domain, score, *at = term.args
    heads = indices(term)
    padded = kernel.symmetry(derive("add_zero_right", u=opened(score, heads)))
    for head in reversed(heads):
        padded = kernel.abstraction(head, padded)
    ahead = kernel.congruence(term.head, [kernel.reflexivity(domain), padded, *map(kernel.reflexivity, at)])
    return chain(ahead, softmax_shift(ahead.right))


_MULTIPLES = {1: "sum_of_multiples", 2: "pairs_of_multiples"}
"""How a constant factor comes out of a sum over one index, or over pairs."""


def _weight(domain: Term, score: Term, at: Sequence[Term], total: Term) -> Term:
    """``if P(t) then exp(s(t)) / total else 0``."""
    holds, numerator = Expr(apply(domain, at)), exp(Expr(apply(score, at)))
    return if_(holds, numerator / Expr(total), zero(v=SCALAR)).term


def _sum_of_exp(term: Term) -> Term:
    """``Σ_P exp(s)``, for a softmax with domain P and scores s."""
    domain, score = term.args[:2]
    heads = indices(term)
    body = over(heads, exp(Expr(opened(score, heads))).term, score)
    return (sum_ if len(heads) == 1 else sum_pairs)(Expr(domain), Expr(body)).term


def _after(function: Term, place: int, forth: Term) -> Term:
    """``λk. function(forth(k))``, at one of the arguments of the function."""
    heads: list[Head] = []
    part, hints = function, []
    while part.body is not None:
        sort = forth.domain if len(heads) == place else part.domain
        hints.append(forth.hint if len(heads) == place else part.hint)
        heads.append(fresh(sort, function, forth, *map(eta, heads)))
        part = part.body
    values = [apply(forth, [eta(head)]) if k == place else eta(head) for k, head in enumerate(heads)]
    body = apply(function, values)
    for head, hint in reversed(list(zip(heads, hints, strict=True))):
        body = abstract(body, head, hint)
    return body
