"""Written-out softmaxes: ``exp(s(t)) / Σ_P exp(s)`` is the softmax over P of s, taken at t, where P(t) holds.

So what an author writes as a quotient obeys the rules of the softmax: it may be re-indexed, and a constant along the
row cancels.  P(t) holds where P is everything, and at the variable of a sum over P.
"""

from __future__ import annotations

from functools import lru_cache

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.terms import Head, Term, abstract, application, apply, eta
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.derived import derive, unfold
from symbolic_equiv.logic.matching import match
from symbolic_equiv.logic.occurrences import all_but_softmax, applications
from symbolic_equiv.logic.rewriting import chain, fresh, leibniz
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.theories.language import BOOL, Expr, exp, if_, reciprocal, scale, softmax_, sum_, true, zero

_TRUE = true().term


def fold(term: Term) -> Theorem | None:
    """One step at the head of a term towards softmaxes in place of quotients, or None."""
    if is_call(term, scale) and is_call(term.args[0], reciprocal) and is_call(term.args[0].args[0], sum_):
        return _everywhere(term) or _regrouped(term)
    return _inside(term) if is_call(term, sum_) else None


def _taken_at(share: Term) -> Term | None:
    """The softmax that ``exp(e) / Σ_P exp(s)`` is if P holds there: e is s(t) for one t."""
    if not (is_call(share, scale) and is_call(share.args[0], reciprocal) and is_call(share.args[1], exp)):
        return None
    total, e = share.args[0].args[0], share.args[1].args[0]
    if not is_call(total, sum_):
        return None
    domain, terms = total.args
    hole = fresh(terms.domain, share)
    inside = apply(terms, [eta(hole)])
    if not is_call(inside, exp) or hole not in inside.variables:
        return None
    found = match(inside.args[0], e, frozenset([hole]))
    if found is None or found.values[str(hole.name)].sort != hole.sort:
        return None
    at = found.values[str(hole.name)]
    return softmax_(Expr(domain), Expr(abstract(inside.args[0], hole, terms.hint)), Expr(at)).term


def _everywhere(share: Term) -> Theorem | None:
    """⊢ exp(s(t)) / Σ exp(s) = softmax(s, t), over everything."""
    softmax = _taken_at(share)
    if softmax is None or apply(softmax.args[0], [softmax.args[2]]) != _TRUE:
        return None
    holds = derive("if_true", u=share, w=zero(v=share.sort).term)
    return chain(kernel.symmetry(holds), kernel.symmetry(unfold(softmax)))


def _regrouped(term: Term) -> Theorem | None:
    """``(1/Z) (e v)`` as ``((1/Z) e) v``, and ``(1/Z) Σ e v`` as ``Σ (1/Z) (e v)``, for an exponential e."""
    factor, rest = term.args
    if is_call(rest, scale) and is_call(rest.args[0], exp):
        return kernel.symmetry(derive("scale_product", c=factor, d=rest.args[0], u=rest.args[1]))
    if is_call(rest, sum_):
        domain, terms = rest.args
        inside = apply(terms, [eta(fresh(terms.domain, term))])
        if is_call(inside, scale) and is_call(inside.args[0], exp):
            return kernel.symmetry(derive("sum_of_multiples", P=domain, c=factor, F=terms))
    return None


def _inside(term: Term) -> Theorem | None:
    """In ``Σ_{j : P} … exp(s(j)) / Σ_P exp(s) …`` the quotient is the softmax at j: there P(j) holds."""
    domain, terms = term.args
    j = fresh(domain.domain, term)
    body, holds = apply(terms, [eta(j)]), apply(domain, [eta(j)])
    share = next((part for part in _parts(body) if _is_row(part, domain, j)), None)
    softmax = None if share is None else _taken_at(share)
    if share is None or softmax is None or holds == _TRUE:
        return None
    hole, condition = fresh(share.sort, term, eta(j)), fresh(BOOL, term, eta(j))
    around = abstract(replaced(body, share, eta(hole)), hole)
    nothing = zero(v=share.sort)
    if_holds = if_(Expr(eta(condition)), Expr(share), nothing).term
    context = abstract(abstract(apply(around, [if_holds]), j, terms.hint), condition)
    put_in = leibniz(around, kernel.symmetry(derive("if_true", u=share, w=nothing.term)))
    taken_out = leibniz(around, kernel.symmetry(unfold(softmax)))
    same = kernel.reflexivity(domain)
    return chain(
        kernel.congruence(term.head, [same, kernel.abstraction(j, put_in, terms.hint)]),
        kernel.symmetry(derive("sum_context", P=domain, C=context)),
        kernel.congruence(term.head, [same, kernel.abstraction(j, taken_out, terms.hint)]),
    )


def _is_row(part: Term, domain: Term, j: Head) -> bool:
    softmax = _taken_at(part)
    return softmax is not None and softmax.args[0] == domain and softmax.args[2] == eta(j)


def _parts(term: Term) -> list[Term]:
    """The parts of a term that hold no variable bound in it."""
    found, stack = [], [term]
    while stack:
        part = stack.pop()
        if not part.loose:
            found.append(part)
        stack += [part.body] if part.body is not None else part.args
    return found


def replaced(term: Term, old: Term, new: Term) -> Term:
    """The term with ``new`` for each ``old``, which holds no variable bound in the term."""
    if term == old:
        return new
    if term.body is not None:
        hole = fresh(term.domain, term, old, new)
        return abstract(replaced(apply(term, [eta(hole)]), old, new), hole, term.hint)
    return application(term.head, [replaced(arg, old, new) for arg in term.args]) if term.args else term


def has_written_softmax(*terms: Term) -> bool:
    """Whether a quotient by a sum stands in the terms, or in the definitions that they mention."""
    return any(map(_has_written_softmax, terms))


@lru_cache(maxsize=1024)
def _has_written_softmax(term: Term) -> bool:
    found = applications([term], all_but_softmax)
    return any(is_call(part, reciprocal) and is_call(part.args[0], sum_) for part in found)
