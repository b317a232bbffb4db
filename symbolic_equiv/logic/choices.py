"""Choices between values: taken out of functions and into sums, where an indicator ``k = π(i)`` picks one term."""

from __future__ import annotations

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, abstract, application, apply, eta
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.by_name import derive
from symbolic_equiv.logic.normalise import Normaliser, NotProved
from symbolic_equiv.logic.rewriting import congruent, fresh, level, then
from symbolic_equiv.logic.summation import is_everything
from symbolic_equiv.logic.words import is_call, solve
from symbolic_equiv.theories.language import Expr, and_, exp, if_, neg, reciprocal, scale, sqrt, sum_, zero
from symbolic_equiv.theories.matrices import equal

_STRICT = (scale, neg, exp, reciprocal, sqrt)


class Choices(Normaliser):
    """The steps of a normal form that are about ``if`` and the equality of indices."""

    def out_of_choices(self, term: Term) -> Theorem | None:
        """A function of a choice is a choice of its values; an opposite comes out of one."""
        if is_call(term, if_) and is_call(term.args[1], neg) and is_call(term.args[2], zero):
            condition, inner, nothing = term.args
            back = kernel.symmetry(self.norm(_opposite(nothing)))
            head = congruent(term.head, [kernel.reflexivity(condition), kernel.reflexivity(inner), back])
            z = fresh(term.sort, term)
            outside = derive(
                "choice_outside", X=condition, u=inner.args[0], w=nothing, K=abstract(_opposite(eta(z)), z)
            )
            return then(head, kernel.symmetry(outside))
        if not any(is_call(term, constant) for constant in _STRICT) or is_call(term, neg):
            return None
        for place, arg in enumerate(term.args):
            if is_call(arg, if_):
                z = fresh(arg.sort, term)
                args = [*term.args[:place], eta(z), *term.args[place + 1 :]]
                context = abstract(application(term.head, args), z)
                return derive("choice_outside", X=arg.args[0], u=arg.args[1], w=arg.args[2], K=context)
        return None

    # -- equalities

    def equality(self, term: Term) -> Theorem | None:
        """``π(i) = j`` as ``v = …`` for the variable that was opened last."""
        if not is_call(term, equal):
            return None
        left, right = term.args
        found: list[tuple[Head, Term, Term]] = []
        for one, other in ((left, right), (right, left)):
            for hole in one.variables - other.variables:
                if hole.sort.name != "→" and solve(one, other, eta(hole), self.facts.inverses) is not None:
                    found.append((hole, one, other))
        if not found:
            swaps = self.order.before(right, left)
            return derive("equal_symmetric", p=left, q=right) if swaps else None
        hole, one, other = max(found, key=lambda each: (level(eta(each[0])), str(each[0].name)))
        if one != eta(hole):
            return self._moved(term, hole, one, other)
        return None if one == left else derive("equal_symmetric", p=left, q=right)

    def _moved(self, term: Term, hole: Head, one: Term, other: Term) -> Theorem | None:
        """⊢ (one = other) = (hole = what it has to be)."""
        turned = kernel.reflexivity(term) if one == term.args[0] else derive(
            "equal_symmetric", p=term.args[0], q=term.args[1]
        )  # fmt: skip
        x, y = fresh(hole.sort, term), fresh(other.sort, term)
        word = _rebuilt(one, hole, x)
        solution = solve(word, eta(y), eta(x), self.facts.inverses)
        if solution is None:
            return None
        there, back = abstract(word, x), abstract(solution, y)
        try:
            again = self.equal(apply(there, [apply(back, [eta(y)])]), eta(y))
            also = self.equal(apply(back, [apply(there, [eta(x)])]), eta(x))
        except NotProved:
            return None
        premises = kernel.abstraction(y, again), kernel.abstraction(x, also)
        return then(turned, derive("equal_moved", *premises, h=there, h_inv=back, o=eta(hole), p=other))

    # -- choices in sums

    def picked(self, term: Term) -> Theorem | None:
        """``Σ_k if k = a and … then F(k)`` is ``F(a)`` under what is left of the condition."""
        if not is_call(term, sum_):
            return None
        domain, body = term.args
        if body.domain.name != "Fin" or not is_everything(domain):
            return None
        k = fresh(body.domain, term)
        inside = apply(body, [eta(k)])
        if not (is_call(inside, if_) and is_call(inside.args[2], zero)):
            return None
        condition, value, nothing = inside.args
        parts = _conjuncts(condition)
        chosen = next((part for part in parts if _fixes(part, k)), None)
        if chosen is None:
            return None
        rest = [part for part in parts if part is not chosen]
        turned = kernel.reflexivity(chosen)
        if chosen.args[0] != eta(k):
            turned = derive("equal_symmetric", p=chosen.args[0], q=chosen.args[1])
        target = turned.right.args[1]
        ordered = self._reordered(condition, chosen, rest)
        step = congruent(inside.head, [ordered, kernel.reflexivity(value), kernel.reflexivity(nothing)])
        if rest:
            remaining = step.right.args[0].args[1]
            apart = derive("choice_of_both", X=chosen, Y=remaining, u=value)
            step = then(step, kernel.symmetry(apart))
        else:
            remaining = None
        step = then(
            step,
            congruent(step.right.head, [turned, *(kernel.reflexivity(part) for part in step.right.args[1:])]),
        )
        summed = kernel.congruence(term.head, [kernel.reflexivity(domain), kernel.abstraction(k, step, body.hint)])
        found = abstract(step.right.args[1], k)
        return then(summed, derive("sum_at", N=found, r=target))

    def _reordered(self, condition: Term, chosen: Term, rest: list[Term]) -> Theorem:
        """⊢ condition = (chosen and rest)."""
        if not rest:
            return kernel.reflexivity(condition)
        wanted = rest[-1]
        for part in reversed(rest[:-1]):
            wanted = and_(Expr(part), Expr(wanted)).term
        wanted = and_(Expr(chosen), Expr(wanted)).term
        return super().equal(condition, wanted) if condition != wanted else kernel.reflexivity(condition)

    def put_in_choice(self, term: Term) -> Theorem | None:
        """Where ``v = t`` is asked for, t stands for v in the value."""
        if not is_call(term, if_):
            return None
        condition, value, other = term.args
        parts = _conjuncts(condition)
        for part in parts:
            if not (is_call(part, equal) and _is_variable(part.args[0])):
                continue
            hole, target = part.args[0].head, part.args[1]
            if hole in target.variables:
                continue
            rest = [each for each in parts if each is not part]
            if hole not in value.variables and not any(hole in each.variables for each in rest):
                continue
            if rest and not is_call(other, zero):
                continue
            keep = [kernel.reflexivity(value), kernel.reflexivity(other)]
            step = congruent(term.head, [self._reordered(condition, part, rest), *keep])
            if rest:
                apart = derive("choice_of_both", X=part, Y=step.right.args[0].args[1], u=value)
                step = then(step, kernel.symmetry(apart))
            whole = step.right
            p = fresh(hole.sort, term)
            context = abstract(_rebuilt(whole.args[1], hole, p), p)
            return then(step, derive("choice_of_equal", p=eta(hole), q=target, D=context, u=other))
        return None


class Equalities(Choices):
    """Normal forms in which nothing is taken apart, and what is on both sides of an equality of indices is gone."""

    def root(self, term: Term) -> Theorem | None:
        return self.equality(term) or super().root(term)


def _opposite(term: Term) -> Term:
    return neg(Expr(term)).term


def _is_variable(term: Term) -> bool:
    return term.body is None and term.head.kind == VARIABLE and not term.args


def _rebuilt(term: Term, old: Head, new: Head) -> Term:
    return apply(abstract(term, old), [eta(new)])


def _conjuncts(condition: Term) -> list[Term]:
    found = []
    while is_call(condition, and_):
        found.append(condition.args[0])
        condition = condition.args[1]
    return [*found, condition]


def _fixes(part: Term, k: Head) -> bool:
    """Whether a condition is ``k = …`` or ``… = k``, with nothing about ``k`` in what it is equal to."""
    return is_call(part, equal) and any(part.args[a] == eta(k) and k not in part.args[1 - a].variables for a in (0, 1))
