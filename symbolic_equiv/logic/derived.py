"""Derived rules: what softmax obeys, proved from its definition each time it is used.

Softmax is no primitive here: ``softmax(P, s, t) = if P(t) then exp(s(t)) / Σ_P exp(s) else 0``.  So
nothing about it is an axiom.
"""

from __future__ import annotations

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.terms import Head, Term, abstract, apply, eta
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.rewriting import chain, fresh, instance, leibniz
from symbolic_equiv.theories.language import SCALAR, Expr, exp, if_, reciprocal, scale, softmax_, sum_, zero
from symbolic_equiv.theories.table import RULES


def derive(name: str, *premises: Theorem, **values: Term) -> Theorem:
    """The rule of that name, at these values of its pattern variables."""
    return instance(RULES[name].axiom, values, premises)


def unfold(term: Term) -> Theorem:
    """⊢ c(a, …) = its definition at a, …, for a defined constant c."""
    definition = kernel.definition(term.head.declaration, term.head.sort)
    return kernel.specialisation(definition, term.args) if term.args else definition


def softmax_reindex(term: Term, forth: Term, back: Term, *premises: Theorem) -> Theorem:
    """⊢ softmax(P, s, t) = softmax(P∘h, s∘h, h⁻¹(t)), for h = ``forth`` with inverse ``back``.

    The premises are those of ``sum_reindex``: ⊢ (λj. h(h⁻¹(j))) = (λj. j) and ⊢ (λk. h⁻¹(h(k))) = (λk. k).
    """
    domain, score, at = term.args
    moved = apply(forth, [apply(back, [at])])
    total = _sum_of_exp(domain, score)
    t, z = fresh(at.sort, term, forth, back), fresh(SCALAR, term, forth, back)
    target = softmax_(*map(Expr, (_after(domain, forth), _after(score, forth), apply(back, [at])))).term
    return chain(
        unfold(term),
        leibniz(
            abstract(_weight(domain, score, eta(t), total), t),
            kernel.symmetry(kernel.specialisation(premises[0], [at])),
        ),
        leibniz(
            abstract(_weight(domain, score, moved, eta(z)), z),
            derive("sum_reindex", *premises, P=domain, F=total.args[1], h=forth, h_inv=back),
        ),
        kernel.symmetry(unfold(target)),
    )


def softmax_shift(term: Term) -> Theorem:
    """⊢ softmax(P, λj. c + s(j), t) = softmax(P, s, t): a constant along the row cancels."""
    domain, shifted, at = term.args
    j = fresh(shifted.domain, term)
    constant, rest = apply(shifted, [eta(j)]).args
    score = abstract(rest, j)
    factor, total = exp(Expr(constant)).term, _sum_of_exp(domain, score)
    z, w = fresh(SCALAR, term), fresh(SCALAR, term)
    split = lambda at: derive("exp_sum", c=constant, d=apply(score, [at]))
    inside = kernel.abstraction(j, split(eta(j)))
    shifted_total = _sum_of_exp(domain, shifted)
    sum_head = shifted_total.head
    summed = chain(
        kernel.congruence(sum_head, [kernel.reflexivity(domain), inside]),
        derive("sum_of_multiples", P=domain, c=factor, F=total.args[1]),
    )
    split_at = split(at)
    one = reciprocal(Expr(factor)).term
    over = reciprocal(Expr(total)).term
    top = split_at.right.args[1]
    cancelled = chain(
        leibniz(
            abstract(scale(Expr(eta(z)), Expr(split_at.right)).term, z), derive("reciprocal_product", c=factor, d=total)
        ),
        derive("scale_product", c=one, d=over, u=split_at.right),
        leibniz(abstract(scale(Expr(one), Expr(eta(z))).term, z), derive("scale_swap", c=over, d=factor, u=top)),
        derive("exp_nonzero", c=constant, u=scale(Expr(over), Expr(top)).term),
    )
    holds, other = Expr(apply(domain, [at])), zero(v=SCALAR)
    return chain(
        unfold(term),
        leibniz(abstract(_weight(domain, shifted, at, eta(z)), z), summed),
        leibniz(abstract(if_(holds, scale(reciprocal(Expr(summed.right)), Expr(eta(w))), other).term, w), split_at),
        leibniz(abstract(if_(holds, Expr(eta(w)), other).term, w), cancelled),
        kernel.symmetry(unfold(softmax_(Expr(domain), Expr(score), Expr(at)).term)),
    )


def softmax_of_constant(term: Term) -> Theorem:
    """⊢ softmax(P, λj. c, t) = softmax(P, λj. 0, t)."""
    domain, score, at = term.args
    j = fresh(score.domain, term)
    constant = apply(score, [eta(j)])
    padded = kernel.abstraction(j, kernel.symmetry(derive("add_zero_right", u=constant)))
    ahead = kernel.congruence(term.head, [kernel.reflexivity(domain), padded, kernel.reflexivity(at)])
    return chain(ahead, softmax_shift(ahead.right))


def _weight(domain: Term, score: Term, at: Term, total: Term) -> Term:
    """``if P(t) then exp(s(t)) / total else 0``."""
    holds, numerator = Expr(apply(domain, [at])), exp(Expr(apply(score, [at])))
    return if_(holds, numerator / Expr(total), zero(v=SCALAR)).term


def _sum_of_exp(domain: Term, score: Term) -> Term:
    """``Σ_P exp(s)``."""
    j = fresh(score.domain, domain, score)
    return sum_(Expr(domain), Expr(abstract(exp(Expr(apply(score, [eta(j)]))).term, j))).term


def _after(function: Term, forth: Term) -> Term:
    """``λk. function(forth(k))``."""
    k: Head = fresh(forth.domain, function, forth)
    return abstract(apply(function, [apply(forth, [eta(k)])]), k, forth.hint)
