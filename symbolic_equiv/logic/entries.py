"""Normal forms of matrices by their entries: sums of products under indicators.

A matrix that is put together becomes ``matrix(λi j. …)``, and its entries are sums of products of entries of symbols:
factors go into sums (the other theories take constants out), an indicator ``k = π(i)`` under a Σ over ``k`` picks one
term, and nested sums stand in an order that depends on where their variables occur.
"""

from __future__ import annotations

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.terms import Head, Term, abstract, apply, eta
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.by_name import RULES, derive
from symbolic_equiv.logic.choices import Choices
from symbolic_equiv.logic.derived import unfold
from symbolic_equiv.logic.nested_sums import mark, nested, swap
from symbolic_equiv.logic.rewriting import Rule, chain, congruent, fresh, from_axiom, then
from symbolic_equiv.logic.rules import rewrite_rules
from symbolic_equiv.logic.summation import is_everything
from symbolic_equiv.logic.ways import WRITTEN_OUT
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.theories import entries as e
from symbolic_equiv.theories import matrices as m
from symbolic_equiv.theories.language import (
    Expr,
    add,
    concat,
    if_,
    matmul,
    matvec,
    neg,
    scale,
    softmax_,
    sum_,
    zero,
)  # fmt: skip

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


class Entries(Choices):
    """Normal forms by entries, under some hypotheses."""

    def rewrite_rules(self) -> dict[str, list[Rule]]:
        found = rewrite_rules(self.theories & KEPT, self.order)
        for name in (*SUMS, *LEFT_TO_RIGHT):
            axiom = RULES[name].axiom
            found.setdefault(str(axiom.left.head.name), []).append(from_axiom(axiom))
        return found

    def root(self, term: Term) -> Theorem | None:
        for step in (
            self._written_out, self._weights, self._into_sums, self.out_of_choices, self.equality, self.picked,
            self.put_in_choice, self._swapped,
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
        if not is_call(term, sum_) or term.args[1].domain.name != "Fin" or not is_everything(term.args[0]):
            return None
        k = fresh(term.args[1].domain, term)
        weight = apply(term.args[1], [eta(k)])
        if not is_call(weight, softmax_) or weight.args[2] != eta(k) or k in weight.args[1].variables:
            return None
        if not is_everything(weight.args[0]):
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

    # -- products of sums

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
