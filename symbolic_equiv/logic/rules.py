"""Which axioms rewrite, in which direction, and the order that keeps commutative laws from looping."""

from __future__ import annotations

from functools import lru_cache

from symbolic_equiv.kernel.terms import Term
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.derived import softmax_of_constant, softmax_shift
from symbolic_equiv.logic.rewriting import Rule, from_axiom, level
from symbolic_equiv.logic.summation import at as opened
from symbolic_equiv.logic.summation import indices, is_softmax
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.theories.language import add, and_, inv, neg, scale, zero
from symbolic_equiv.theories.table import RULES

LEFT_TO_RIGHT = {
    "groups": """
        group_associative group_unit_left group_unit_right group_inverse_left group_inverse_right
        group_cancel_left group_cancel_right group_inverse_unit group_inverse_inverse group_inverse_product
        action_unit action_product action_of_product action_of_unit action_of_inverse""",
    "addition": """
        add_associative add_zero_left add_zero_right add_opposite_right add_opposite_left add_cancel_right
        add_cancel_left opposite_of_opposite opposite_of_sum opposite_of_zero""",
    "scaling": """
        scale_sum sum_scale scale_opposite opposite_scale scale_product scale_one times_one scale_zero zero_scale
        reciprocal_product exp_sum""",
    "linear maps": """
        inner_opposite_left inner_opposite_right inner_sum_left inner_sum_right inner_scale_left inner_scale_right
        inner_zero_left inner_zero_right matrix_of_opposite opposite_of_matrix matrix_of_sum sum_of_matrices
        matrix_of_scale scale_of_matrix product_of_matrices matrix_of_zero""",
    "sums": """
        sum_of_sums sum_of_opposites sum_of_multiples sum_of_scalars sum_of_zeros matrix_of_sums
        inner_of_sums_left inner_of_sums_right concat_sum concat_opposite concat_zero
        pairs_of_sums pairs_of_opposites pairs_of_multiples pairs_of_scalars pairs_of_zeros matrix_of_pairs
        inner_of_pairs_left inner_of_pairs_right""",
    "entries": """
        hadamard_of_sum sum_of_hadamards hadamard_of_scale scale_of_hadamard hadamard_of_opposite opposite_of_hadamard
        ones_hadamard diagonal_acts adjoint_right adjoint_left outer_acts kronecker_acts""",
    "recursion": "iterate_zero iterate_next",
    "logic": "and_associative and_true_left and_true_right and_idempotent and_absorb if_true",
}
"""The axioms used from left to right, by theory; the names are those that a proof step may ask for."""

THEORIES = frozenset(LEFT_TO_RIGHT) | {"softmax"}


class Order:
    """A total order on terms: those that mention fewer opened binders come first.

    So factors that do not depend on the bound variable stand in front, where they can be pulled out.
    """

    def __init__(self) -> None:
        self._keys: dict[Term, tuple] = {}

    def key(self, term: Term) -> tuple:
        """Size, then head, then arguments: the same for equal terms, whatever their printed names."""
        found = self._keys.get(term)
        if found is None:
            if term.body is not None:
                found = (term.size, "λ", "", (self.key(term.body),))
            else:
                found = (term.size, term.head.kind, str(term.head.name), tuple(map(self.key, term.args)))
            self._keys[term] = found
        return found

    def rank(self, term: Term) -> tuple:
        """What sums and products are sorted by; an opposite or inverse stands beside its partner."""
        core = term.args[0] if is_call(term, inv) or is_call(term, neg) else term
        return level(term), self.key(core), self.key(term)

    def before(self, first: Term, second: Term) -> bool:
        return self.rank(first) < self.rank(second)


def rewrite_rules(theories: frozenset[str], order: Order) -> dict[str, list[Rule]]:
    """The rules of these theories, by the name of the constant they rewrite."""
    found: dict[str, list[Rule]] = {}

    def put(name: str, guard=None) -> None:
        rule = from_axiom(RULES[name].axiom, guard) if guard else _without_guard(name)
        found.setdefault(str(rule.left.head.name), []).append(rule)

    for theory, names in LEFT_TO_RIGHT.items():
        if theory in theories:
            for name in names.split():
                put(name)
    out_of_order = lambda first, second: lambda values: order.before(values[second], values[first])
    last = lambda first, second, constant: (
        lambda values: not is_call(values[second], constant) and order.before(values[second], values[first])
    )
    if "addition" in theories:
        put("add_left_commutative", out_of_order("u", "v"))
        put("add_commutative", last("u", "v", add))
    if "scaling" in theories:
        put("scale_swap", out_of_order("c", "d"))
        put("product_commutative", last("c", "d", scale))
    if "logic" in theories:
        put("and_left_commutative", out_of_order("x", "y"))
        put("and_commutative", last("x", "y", and_))
    return found


@lru_cache
def _without_guard(name: str) -> Rule:
    return from_axiom(RULES[name].axiom)


def softmax_rule(term: Term) -> Theorem | None:
    """Drops what is constant along the row of a softmax."""
    if not is_softmax(term):
        return None
    score = term.args[1]
    heads = indices(term)
    body = opened(score, heads)
    if body.variables.isdisjoint(heads):
        return None if is_call(body, zero) else softmax_of_constant(term)
    if is_call(body, add) and body.args[0].variables.isdisjoint(heads):
        return softmax_shift(term)
    return None
