"""Matrices as wholes: products regrouped to the right, transposes brought inside, and what is assumed of products.

A law such as ``(A B) C = A (B C)`` is no axiom.  It is proved once, for symbols, from the axioms about entries
(``logic.entries``), and put at the sorts and terms where it is used.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.sorts import DIMENSION, Sort
from symbolic_equiv.kernel.terms import Head, Term, substitute_sorts
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.entries import Entries
from symbolic_equiv.logic.matching import Match
from symbolic_equiv.logic.nested_sums import ByEntries
from symbolic_equiv.logic.normalise import Normaliser
from symbolic_equiv.logic.rewriting import Rule, chain, congruent
from symbolic_equiv.logic.rules import THEORIES
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.theories import matrices as m
from symbolic_equiv.theories.entries import transpose
from symbolic_equiv.theories.language import (
    SCALAR,
    Expr,
    dim,
    mat,
    matmul,
    neg,
    sort_variable,
    symbol,
    vec,
)  # fmt: skip

_MATRICES = frozenset(constant.declaration for constant in m.CONSTANTS)
_k, _l, _m, _n = (dim(f"{letter}_of_a_law") for letter in "klmn")
_A, _D = symbol("law_A", mat(_m, _n)), symbol("law_D", mat(_m, _n))
_B, _E, _C = symbol("law_B", mat(_n, _k)), symbol("law_E", mat(_n, _k)), symbol("law_C", mat(_k, _l))
_c, _v = symbol("law_c", SCALAR), symbol("law_v", vec(_n))
_T = transpose
_OPEN = {size: sort_variable(size.name, DIMENSION) for size in (_k, _l, _m, _n)}


def _one(size: Sort) -> Expr:
    return m.identity.at(n=size)


LAWS = {
    "products_regrouped": ((_A @ _B) @ _C, _A @ (_B @ _C)),
    "product_of_sum": (_A @ (_B + _E), _A @ _B + _A @ _E),
    "sum_of_products": ((_A + _D) @ _B, _A @ _B + _D @ _B),
    "product_of_multiple": (_A @ (_c * _B), _c * (_A @ _B)),
    "multiple_of_product": ((_c * _A) @ _B, _c * (_A @ _B)),
    "product_of_opposite": (_A @ neg(_B), neg(_A @ _B)),
    "opposite_of_product": (neg(_A) @ _B, neg(_A @ _B)),
    "transposed_twice": (_T(_T(_A)), _A),
    "transpose_of_product": (_T(_A @ _B), _T(_B) @ _T(_A)),
    "transpose_of_sum": (_T(_A + _D), _T(_A) + _T(_D)),
    "transpose_of_multiple": (_T(_c * _A), _c * _T(_A)),
    "transpose_of_opposite": (_T(neg(_A)), neg(_T(_A))),
    "identity_left": (_one(_m) @ _A, _A),
    "identity_right": (_A @ _one(_n), _A),
    "identity_acts": (_one(_n) @ _v, _v),
    "transpose_of_identity": (_T(_one(_n)), _one(_n)),
}


class Law(NamedTuple):
    """A law that was proved for symbols, and its left side with open sizes."""

    theorem: Theorem
    left: Term
    holes: frozenset[Head]

    def at(self, found: Match) -> Theorem:
        """The law for the sizes and terms of a match."""
        sizes = {size: found.sorts[hole] for size, hole in _OPEN.items() if hole in found.sorts}
        theorem = kernel.sort_instantiation(self.theorem, sizes)
        free = theorem.left.variables | theorem.right.variables
        return kernel.instantiation(theorem, {head: found.values[str(head.name)] for head in free})


@lru_cache(maxsize=64)
def law(name: str) -> Law:
    """The law of that name, proved from the axioms about entries."""
    left, right = (side.term for side in LAWS[name])
    normaliser = Entries((), THEORIES)
    first, second = normaliser.norm(left), normaliser.norm(right)
    middle = ByEntries(normaliser).same(first.right, second.right)
    if middle is None:
        raise AssertionError(f"{name} is no law")
    opened = substitute_sorts(left, dict(_OPEN))
    return Law(chain(first, middle, kernel.symmetry(second)), opened, opened.variables)


class Algebra(Normaliser):
    """Normal forms of products and transposes, under hypotheses such as ``Pᵀ P = I``."""

    def rewrite_rules(self) -> dict[str, list[Rule]]:
        found = super().rewrite_rules()
        for name in LAWS:
            known = law(name)
            found.setdefault(str(known.left.head.name), []).insert(0, Rule(known.left, known.holes, known.at))
        return found

    def unfold(self, term: Term) -> Theorem | None:
        """What the theory of matrices defines stays as it is."""
        return None if term.head.declaration in _MATRICES else super().unfold(term)

    def root(self, term: Term) -> Theorem | None:
        return self._by_hypothesis(term) or super().root(term)

    def _by_hypothesis(self, term: Term) -> Theorem | None:
        """``A (B X)`` where ``A B`` is known: ``Pᵀ (P X) = X``."""
        if not is_call(term, matmul) or not is_call(term.args[1], matmul):
            return None
        first, (second, rest) = term.args[0], term.args[1].args
        pair = (Expr(first) @ Expr(second)).term
        for rule in self.rules.get("matmul", ()):
            step = rule(pair) if rule.left.head == pair.head and not rule.holes else None
            if step is not None:
                regrouped = kernel.symmetry(_regrouped(first, second, rest))
                return chain(regrouped, congruent(regrouped.right.head, [step, kernel.reflexivity(rest)]))
        return None


def _regrouped(first: Term, second: Term, third: Term) -> Theorem:
    """⊢ (A B) C = A (B C)."""
    found = Match()
    for size, value in zip((_m, _n, _k, _l), (*first.sort.args, *third.sort.args), strict=True):
        found.sorts[_OPEN[size]] = value
    found.values = {"law_A": first, "law_B": second, "law_C": third}
    return law("products_regrouped").at(found)
