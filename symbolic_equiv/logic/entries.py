"""Normal forms of matrices by their entries: sums of products under indicators.

A matrix that is put together becomes ``matrix(λi j. …)``, and its entries are sums of products of entries of symbols:
factors go into sums (the other theories take constants out), an indicator ``k = π(i)`` under a Σ over ``k`` picks one
term, and nested sums stand in an order that depends on where their variables occur.
"""

from __future__ import annotations

from collections.abc import Iterable

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, abstract, apply, eta
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.compare import Comparison
from symbolic_equiv.logic.derived import unfold
from symbolic_equiv.logic.normalise import Normaliser, NotProved
from symbolic_equiv.logic.rewriting import Rule, chain, congruent, fresh, from_axiom, instance, level, then
from symbolic_equiv.logic.rules import rewrite_rules
from symbolic_equiv.logic.ways import WRITTEN_OUT
from symbolic_equiv.logic.words import is_call, solve
from symbolic_equiv.theories import entries as e
from symbolic_equiv.theories import matrices as m
from symbolic_equiv.theories.language import (
    Expr,
    add,
    and_,
    concat,
    exp,
    if_,
    matmul,
    matvec,
    neg,
    reciprocal,
    scale,
    softmax_,
    sqrt,
    sum_,
    true,
    zero,
)  # fmt: skip
from symbolic_equiv.theories.table import every_rule

KEPT = frozenset({"groups", "addition", "scaling", "logic", "softmax"})
"""The theories that are used beside that of entries."""

SUMS = ("sum_of_sums", "sum_of_opposites", "sum_of_zeros")
LEFT_TO_RIGHT = (
    *(item.name for item in (*m.ENTRIES, *m.COORDINATES, *m.BLOCKS)),
    "equal_itself", "choice_of_same", "choice_of_both", "choice_of_sum", "sum_of_choice",
)  # fmt: skip
_COMPOUND = (
    matmul, matvec, add, neg, scale, sum_, if_, zero, concat, e.transpose, e.hadamard, e.diag, e.outer, e.kron,
    e.ones, e.reciprocals, e.row_norms, e.flatten, e.unflatten,
)  # fmt: skip
_STRICT = (scale, neg, exp, reciprocal, sqrt)
_RULES = every_rule()


def derive(name: str, *premises: Theorem, **values: Term) -> Theorem:
    """The rule of that name, at these values of its pattern variables."""
    return instance(_RULES[name].axiom, values, premises)


class Entries(Normaliser):
    """Normal forms by entries, under some hypotheses."""

    def rewrite_rules(self) -> dict[str, list[Rule]]:
        found = rewrite_rules(self.theories & KEPT, self.order)
        for name in (*SUMS, *LEFT_TO_RIGHT):
            axiom = _RULES[name].axiom
            found.setdefault(str(axiom.left.head.name), []).append(from_axiom(axiom))
        return found

    def root(self, term: Term) -> Theorem | None:
        for step in (
            self._written_out, self._weights, self._into_sums, self._out_of_choices, self._equality, self._picked,
            self._put_in_choice, self._swapped,
        ):  # fmt: skip
            found = step(term)
            if found is not None:
                return found
        return super().root(term)

    # -- matrices and vectors that are put together

    def _written_out(self, term: Term) -> Theorem | None:
        """⊢ A = matrix(λi j. …), with the law for the entries of what A is put together by."""
        if term.sort.name not in ("Mat", "Vec") or not any(is_call(term, constant) for constant in _COMPOUND):
            return None
        at = m.entry if term.sort.name == "Mat" else m.coordinate
        name, letter = ("matrix_of_entries", "A") if term.sort.name == "Mat" else ("vector_of_coordinates", "x")
        whole = kernel.symmetry(derive(name, **{letter: term}))
        holes: list[Head] = []
        for size in term.sort.args:
            index = m.fin(size)
            holes.append(fresh(index, term, *map(eta, holes)))
        inside = at(Expr(term), *(Expr(eta(hole)) for hole in holes)).term
        step = next(found for rule in self.rules[str(inside.head.name)] if (found := rule(inside)) is not None)
        for hole, hint in zip(reversed(holes), "ji" if len(holes) == 2 else "i", strict=True):
            step = kernel.abstraction(hole, step, hint)
        return then(whole, kernel.congruence(whole.right.head, [step]))

    def unfold(self, term: Term) -> Theorem | None:
        if is_call(term, softmax_) and self.theories >= WRITTEN_OUT:
            return unfold(term)
        return super().unfold(term)

    def _weights(self, term: Term) -> Theorem | None:
        """``Σ_k softmax_k(s) = 1``, over all columns."""
        if not is_call(term, sum_) or term.args[1].domain.name != "Fin" or not _is_everything(term.args[0]):
            return None
        k = fresh(term.args[1].domain, term)
        weight = apply(term.args[1], [eta(k)])
        if not is_call(weight, softmax_) or weight.args[2] != eta(k) or k in weight.args[1].variables:
            return None
        if not _is_everything(weight.args[0]):
            return None
        out = unfold(weight)
        out = then(out, derive("if_true", u=out.right.args[1], w=out.right.args[2]))
        summed = kernel.congruence(term.head, [kernel.reflexivity(term.args[0]), kernel.abstraction(k, out)])
        factor, numerator = out.right.args
        apart = derive("sum_of_multiples", P=term.args[0], c=factor, F=abstract(numerator, k))
        total = apart.right.args[1]
        padded = kernel.symmetry(derive("times_one", c=total))
        inside = congruent(apart.right.head, [kernel.reflexivity(factor), padded])
        one_ = derive("total_of_exp_nonzero", S=weight.args[1], u=padded.right.args[1])
        return chain(summed, apart, inside, one_)

    # -- products of sums, and of choices

    def _into_sums(self, term: Term) -> Theorem | None:
        """A factor goes into a sum of scalars."""
        if not is_call(term, scale):
            return None
        factor, rest = term.args
        if is_call(rest, sum_):
            return kernel.symmetry(derive("sum_of_multiples", P=rest.args[0], c=factor, F=rest.args[1]))
        if is_call(factor, sum_):
            return kernel.symmetry(derive("sum_of_scalars", P=factor.args[0], S=factor.args[1], u=rest))
        return None

    def _out_of_choices(self, term: Term) -> Theorem | None:
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
                context = abstract(_applied(term.head, args), z)
                return derive("choice_outside", X=arg.args[0], u=arg.args[1], w=arg.args[2], K=context)
        return None

    # -- equalities

    def _equality(self, term: Term) -> Theorem | None:
        """``π(i) = j`` as ``v = …`` for the variable that was opened last."""
        if not is_call(term, m.equal):
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

    def _picked(self, term: Term) -> Theorem | None:
        """``Σ_k if k = a and … then F(k)`` is ``F(a)`` under what is left of the condition."""
        if not is_call(term, sum_):
            return None
        domain, body = term.args
        if body.domain.name != "Fin" or not _is_everything(domain):
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

    def _put_in_choice(self, term: Term) -> Theorem | None:
        """Where ``v = t`` is asked for, t stands for v in the value."""
        if not is_call(term, if_):
            return None
        condition, value, other = term.args
        parts = _conjuncts(condition)
        for part in parts:
            if not (is_call(part, m.equal) and _is_variable(part.args[0])):
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

    # -- the order of sums

    def _swapped(self, term: Term) -> Theorem | None:
        """Nested sums stand in the order of where their variables occur."""
        found = nested(term)
        if found is None:
            return None
        k, inner, body = found
        if mark(body, inner, self.facts.inverses) < mark(body, k, self.facts.inverses):
            return swap(term)
        return None


class ByEntries(Comparison):
    """Compares normal forms by entries; nested sums also in another order."""

    def _same_after_reindexing(self, left: Term, right: Term) -> Theorem | None:
        theorem = super()._same_after_reindexing(left, right)
        if theorem is None and is_call(left, sum_) and is_call(right, sum_):
            theorem = self._same_after_swapping(left, right)
        return theorem

    def _same_after_swapping(self, left: Term, right: Term) -> Theorem | None:
        """With another of the nested sums outermost."""
        for forth in self._rotations(left):
            back = self._same_args(forth.right, right) or super()._same_after_reindexing(forth.right, right)
            if back is not None:
                return then(forth, back)
        return None

    def _rotations(self, term: Term) -> Iterable[Theorem]:
        """⊢ term = the same with the sum at depth 1, 2, … in front."""
        if nested(term) is None:
            return
        yield swap(term)
        k = fresh(term.args[1].domain, term)
        domain = kernel.reflexivity(term.args[0])
        for inner in self._rotations(apply(term.args[1], [eta(k)])):
            outer = kernel.congruence(term.head, [domain, kernel.abstraction(k, inner, term.args[1].hint)])
            if nested(outer.right) is not None:
                yield then(outer, swap(outer.right))


def nested(term: Term) -> tuple[Head, Head, Term] | None:
    """The variables and the body of a sum of sums whose domains do not depend on each other."""
    if not is_call(term, sum_):
        return None
    k = fresh(term.args[1].domain, term)
    inner = apply(term.args[1], [eta(k)])
    if not is_call(inner, sum_) or k in inner.args[0].variables:
        return None
    other = fresh(inner.args[1].domain, term, inner)
    return k, other, apply(inner.args[1], [eta(other)])


def swap(term: Term) -> Theorem:
    """⊢ Σ_k Σ_l F(k, l) = Σ_l Σ_k F(k, l)."""
    k = fresh(term.args[1].domain, term)
    inner = apply(term.args[1], [eta(k)])
    return derive("sum_swap", P=term.args[0], Q=inner.args[0], G=abstract(inner.args[1], k, term.args[1].hint))


def mark(body: Term, variable: Head, inverses) -> tuple:
    """Where a variable occurs: the heads around it, whatever the words around it and the names bound."""
    found: list[tuple] = []

    def visit(part: Term, place: tuple) -> None:
        if variable not in part.variables:
            return
        if part.body is not None:
            visit(apply(part, [eta(fresh(part.domain, part, eta(variable)))]), place)
        elif part.head == variable:
            found.append(place)
        elif part.head in inverses and len(part.args) == 1:
            visit(part.args[0], place)
        else:
            about = part.args[0].head if part.args and part.args[0].body is None else None
            symbol = about is not None and about.kind == VARIABLE and about.name[0] not in "#~"
            for number, arg in enumerate(part.args):
                visit(arg, (str(part.head.name), number, str(about.name) if symbol and number else ""))

    visit(body, ())
    return str(variable.sort), tuple(sorted(found))


def _applied(head: Head, args: list[Term]) -> Term:
    from symbolic_equiv.kernel.terms import application

    return application(head, args)


def _opposite(term: Term) -> Term:
    return neg(Expr(term)).term


def _is_variable(term: Term) -> bool:
    return term.body is None and term.head.kind == VARIABLE and not term.args


def _rebuilt(term: Term, old: Head, new: Head) -> Term:
    return apply(abstract(term, old), [eta(new)])


def _is_everything(domain: Term) -> bool:
    return domain.body is not None and is_call(domain.body, true)


def _conjuncts(condition: Term) -> list[Term]:
    found = []
    while is_call(condition, and_):
        found.append(condition.args[0])
        condition = condition.args[1]
    return [*found, condition]


def _fixes(part: Term, k: Head) -> bool:
    """Whether a condition is ``k = …`` or ``… = k``, with nothing about ``k`` in what it is equal to."""
    return is_call(part, m.equal) and any(
        part.args[a] == eta(k) and k not in part.args[1 - a].variables for a in (0, 1)
    )
