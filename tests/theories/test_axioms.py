"""Every axiom in random finite models, with a planted false axiom beside each theory."""

from __future__ import annotations

import pytest

from symbolic_equiv.numeric.axioms import instances
from symbolic_equiv.numeric.witness import NO_DIFFERENCE, REFUTED, examine
from symbolic_equiv.theories import entries, groups, linear, matrices, pairs, recursion, sums
from symbolic_equiv.theories.axiom import rule
from symbolic_equiv.theories.language import (
    BOOL,
    DIMENSION,
    LINEAR,
    SCALAR,
    act,
    add,
    and_,
    concat,
    exp,
    fin,
    if_,
    inner,
    inv,
    lam,
    mat,
    matmul,
    matvec,
    mul,
    pattern,
    reciprocal,
    scale,
    sort_variable,
    sum_,
    times,
    total,
    true,
    vec,
    zero,
)
from symbolic_equiv.theories.matrices import entry, equal, matrix
from symbolic_equiv.theories.pairs import sum_pairs, total_pairs
from symbolic_equiv.theories.table import every_rule

MODELS = 24
RULES = every_rule()
BY_HAND = {"same_recursion"}
"""What no random model can be made for: tested in ``test_recursion``."""


@pytest.mark.parametrize("name", [name for name in RULES if name not in BY_HAND])
def test_holds_in_random_models(name):
    seen = [examine(instance, models=MODELS, seed=7) for instance in instances(RULES[name].axiom)]
    assert all(evidence.verdict == NO_DIFFERENCE for evidence in seen), [
        evidence.counterexample.describe() for evidence in seen if evidence.counterexample
    ]
    assert all(evidence.models >= MODELS // 2 and evidence.exact for evidence in seen)


@pytest.mark.parametrize("item", groups.RULES, ids=lambda item: item.name)
def test_group_laws_are_tried_on_groups_that_are_not_commutative(item):
    names = {name for instance in instances(item.axiom) for name in examine(instance, models=200).groups}
    assert {"S3", "D4"} <= names


p, q, a = groups.p, groups.q, groups.a
c, d, u = linear.c, linear.d, linear.u
x, y, A, C, F, h = linear.x, linear.y, linear.A, linear.C, linear.F, linear.h
K = pattern("K", mat(sort_variable("n", DIMENSION), sort_variable("n", DIMENSION)))
w, z = pattern("w", vec(times(*K.sort.args))), linear.z
n, steps = recursion.n, lambda n: recursion.iterate(recursion.s, recursion.z, n, recursion.i)
P, Q, S, G, j, k = sums.P, sums.Q, sums.F, sums.G, sums.j, sums.k
b = pattern("b", BOOL)

m = matrices
size = m.j.sort.args[0]
n_by_n, another, column = pattern("A", mat(size, size)), pattern("B", mat(size, size)), pattern("n", fin(size))
_a, _v = sort_variable("a"), sort_variable("v", LINEAR)
one, two = pattern("l", _a), pattern("m", _a)
D, W = pattern("D", _a, _a, BOOL), pattern("W", _a, _a, _v)

FALSE = {
    "groups": [
        rule("commutative", mul(p, q), mul(q, p), ""),
        rule("inverse_in_order", inv(mul(p, q)), mul(inv(p), inv(q)), ""),
        rule("acts_trivially", act(a, p), p, ""),
        rule("acts_by_inverses", act(a, p), act(inv(a), p), ""),
        rule("action_reversed", act(a, act(groups.b, p)), act(mul(groups.b, a), p), ""),
        rule("own_inverse", mul(p, p), groups.e, ""),
    ],
    "linear": [
        rule("exp_of_sum", exp(add(c, d)), add(exp(c), exp(d)), ""),
        rule("cancel_zero", scale(reciprocal(c), scale(c, u)), u, ""),
        rule("reciprocal_of_sum", reciprocal(add(c, d)), add(reciprocal(c), reciprocal(d)), ""),
        rule("sum_scales_once", scale(c, add(u, linear.v)), add(scale(c, u), linear.v), ""),
        rule("inner_is_zero", inner(x, y), zero(v=SCALAR), ""),
        rule("matrix_product_as_sum", matvec(matmul(A, C), linear.t), matvec(matmul(add(A, A), C), linear.t), ""),
        rule("one_head_scaled_twice", concat(lam(h, scale(c, F(h)))), scale(c, scale(c, concat(F))), ""),
    ],
    "entries": [
        rule("hadamard_absorbs", entries.hadamard(x, y), x, ""),
        rule(
            "scaled_once", entries.hadamard(entries.u, scale(c, entries.v)), entries.hadamard(entries.u, entries.v), ""
        ),
        rule("diagonal_is_one", matvec(entries.diag(x), y), y, ""),
        rule("reciprocals_cancel", entries.hadamard(entries.reciprocals(x), entries.hadamard(x, y)), y, ""),
        rule("outer_reversed", matvec(entries.outer(x, y), z), scale(inner(x, z), y), ""),
        rule("transpose_is_the_inverse", matvec(entries.transpose(A), matvec(A, x)), x, ""),
        rule("rows_are_unit", entries.row_norms(A), entries.ones(n=A.sort.args[0]), ""),
        rule(
            "kronecker_by_columns",
            matvec(entries.kron(K, K), w),
            entries.flatten(matmul(K, matmul(entries.transpose(entries.unflatten(w)), entries.transpose(K)))),
            "",
        ),
    ],
    "pairs": [
        rule("pairs_swapped_places", sum_pairs(D, W), total_pairs(one, two, D(two, one), W(one, two)), ""),
        rule(
            "pairs_reindexed_in_the_domain_alone",
            sum_pairs(pairs.P, pairs.F),
            total_pairs(pairs.p, pairs.k, pairs.P(pairs.g(pairs.p), pairs.k), pairs.F(pairs.j, pairs.k)),
            "",
            given=pairs.BIJECTIONS[:2],
        ),
        rule(
            "pairs_reindexed_by_injections",
            sum_pairs(pairs.P, pairs.F),
            total_pairs(
                pairs.p,
                pairs.q,
                pairs.P(pairs.g(pairs.p), pairs.h(pairs.q)),
                pairs.F(pairs.g(pairs.p), pairs.h(pairs.q)),
            ),
            "",
            given=(pairs.BIJECTIONS[1], pairs.BIJECTIONS[3]),
        ),
        rule(
            "pairs_of_scalars_squared",
            total_pairs(pairs.j, pairs.k, pairs.P(pairs.j, pairs.k), scale(pairs.S(pairs.j, pairs.k), pairs.u)),
            scale(sum_pairs(pairs.P, pairs.S), scale(sum_pairs(pairs.P, pairs.S), pairs.u)),
            "",
        ),
        rule("diagonal_pairs", sum_pairs(D, W), total(one, D(one, one), W(one, one)), ""),
    ],
    "recursion": [
        rule("a_step_more_is_none", steps(recursion.succ(n)), steps(n), ""),
        rule("no_step_is_the_first_step", steps(recursion.nought()), recursion.s(n, recursion.z, recursion.i), ""),
        rule("the_next_step_first", steps(recursion.succ(n)), recursion.s(n, recursion.z, recursion.i), ""),
    ],
    "sums": [
        rule("reindex_by_any_map", sum_(P, S), total(k, P(sums.h(k)), S(sums.h(k))), ""),
        rule("reindex_by_an_injection", sum_(P, S), total(k, P(sums.h(k)), S(sums.h(k))), "", given=sums.BIJECTION[1:]),
        rule("domain_of_the_other", sum_(P, S), sum_(Q, S), ""),
        rule("constant_term_once", total(j, P(j), sums.u), sums.u, ""),
        rule("context_of_another", total(j, P(j), sums.C(Q(j), j)), total(j, P(j), sums.C(sums.T, j)), ""),
        rule("and_is_first", and_(sums.x, sums.y), sums.x, ""),
        rule("condition_holds", if_(b, sums.u, sums.w), sums.u, ""),
        rule("sum_of_products", total(j, P(j), scale(sums.S(j), S(j))), scale(sum_(P, sums.S), sum_(P, S)), ""),
    ],
    "matrices": [
        rule("transposed_entries", matrix(lam(m.j, m.r, entry(n_by_n, m.r, m.j))), n_by_n, ""),
        rule(
            "product_of_columns",
            entry(matmul(n_by_n, another), m.j, m.r),
            total(column, true(), scale(entry(n_by_n, column, m.j), entry(another, column, m.r))),
            "",
        ),
        rule("moved_by_any_map", equal(sums.h(k), j), equal(k, sums.h_inv(j)), ""),
        rule("moved_by_an_injection", equal(sums.h(k), j), equal(k, sums.h_inv(j)), "", given=sums.BIJECTION[1:]),
        rule("other_case", if_(equal(m.p, m.q), m.u, m.D(m.p)), if_(equal(m.p, m.q), m.u, m.D(m.q)), ""),
        rule("inner_sum_depends", total(m.k, m.P(m.k), m.D(m.k)), total(m.k, true(), m.D(m.k)), ""),
        rule("blocks_the_other_way", m.second(m.s), m.second(m.t), ""),
        rule("either_condition", if_(m.X, if_(m.Y, m.u, m.w), m.w), if_(m.Y, m.u, m.w), ""),
    ],
}


@pytest.mark.parametrize("item", [item for items in FALSE.values() for item in items], ids=lambda item: item.name)
def test_a_false_axiom_is_refuted(item):
    found = [examine(instance, models=100, seed=7) for instance in instances(item.axiom)]
    assert all(evidence.verdict in (REFUTED, NO_DIFFERENCE) for evidence in found)
    assert any(evidence.verdict == REFUTED for evidence in found)


def test_every_theory_has_planted_axioms():
    theories = (groups, linear, entries, sums, pairs, recursion, matrices)
    assert FALSE.keys() == {module.__name__.rsplit(".", 1)[-1] for module in theories}
    assert sum(len(module.RULES) for module in theories) == len(RULES)
