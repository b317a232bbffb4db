"""The eleven rules: what each accepts, what each refuses."""

import pytest

from symbolic_equiv.kernel import theorem as rules
from symbolic_equiv.kernel.sorts import KernelError, fun
from symbolic_equiv.kernel.terms import CONSTANT, PATTERN, Head, abstract, abstraction, application, apply, eta
from symbolic_equiv.kernel.theorem import Axiom, Theorem
from symbolic_equiv.theories.language import unit
from symbolic_equiv.theories.table import RULES
from tests.kernel.samples import (
    SCALAR,
    THEOREMS,
    M,
    N,
    S,
    X,
    a,
    bound,
    call,
    f,
    g,
    h,
    i,
    j,
    k,
    of,
    p,
    pattern,
    ti,
    tj,
    tk,
    twice,
    use,
    variable,
    vec,
)  # fmt: skip

IJ, JK, same = rules.assumption(ti, tj), rules.assumption(tj, tk), rules.reflexivity(ti)
P = pattern("P", S)
UNIT = unit(g=g).term
CLOSED = rules.reflexivity(eta(f))
INSTANCE = fun(fun(S, S), S, S)
INVERSE = RULES["group_inverse_left"].axiom
REINDEX = RULES["sum_reindex"].axiom

ACCEPTED = {
    "reflexivity": [lambda: (rules.reflexivity(call(f, ti)), "⊢ f(i) = f(i)")],
    "symmetry": [lambda: (rules.symmetry(IJ), "i = j ⊢ j = i")],
    "transitivity": [
        lambda: (rules.transitivity(IJ, JK), "i = j, j = k ⊢ i = k"),
        lambda: (rules.transitivity(rules.reflexivity(abstract(call(f, tj), j)), CLOSED), "⊢ f = f"),
    ],
    "congruence": [
        lambda: (rules.congruence(f, [IJ]), "i = j ⊢ f(i) = f(j)"),
        lambda: (rules.congruence(p, []), "⊢ p = p"),
    ],
    "abstraction": [
        lambda: (rules.abstraction(i, rules.reflexivity(call(f, ti))), "⊢ f = f"),
        lambda: (rules.abstraction(k, IJ), "i = j ⊢ (λk:S. i) = (λk:S. j)"),
    ],
    "specialisation": [
        lambda: (rules.specialisation(CLOSED, [ti]), "⊢ f(i) = f(i)"),
        lambda: (rules.specialisation(CLOSED, []), "⊢ f = f"),
    ],
    "assumption": [lambda: (IJ, "i = j ⊢ i = j"), lambda: (rules.assumption(eta(f), eta(f)), "f = f ⊢ f = f")],
    "instantiation": [
        lambda: (rules.instantiation(rules.congruence(f, [IJ]), {i: tk}), "k = j ⊢ f(k) = f(j)"),
        lambda: (rules.instantiation(IJ, {i: tj, j: ti}), "j = i ⊢ j = i"),
        lambda: (rules.instantiation(rules.transitivity(IJ, JK), {j: ti}), "i = k ⊢ i = k"),
    ],
    "sort instantiation": [
        lambda: (rules.sort_instantiation(rules.reflexivity(call(h, ti)), {S: X}), "⊢ h(i) = h(i)"),
        lambda: (rules.sort_instantiation(IJ, {X: S}), "i = j ⊢ i = j"),
    ],
    "definition": [
        lambda: (rules.definition(twice(), INSTANCE), f"⊢ twice[{INSTANCE}] = (λF:S → S. (λx:S. F(F(x))))"),
    ],
    "axiom": [
        lambda: (use("group_inverse_left", {"g": X}, p=call(p)), "⊢ mul(inv(p), p) = unit[X]"),
        lambda: (rules.symmetry(use("group_unit_right", {"g": X}, p=call(p))), "⊢ p = mul(p, unit[X])"),
    ],
}  # fmt: skip

REJECTED = {
    "reflexivity": {
        "no term": lambda: rules.reflexivity("i"),
        "a loose bound variable": lambda: rules.reflexivity(bound(0, S)),
        "a pattern variable": lambda: rules.reflexivity(application(P)),
        "a sort variable": lambda: rules.reflexivity(UNIT),
        "a sort variable at a binder": lambda: rules.reflexivity(abstraction(a, ti)),
    },
    "symmetry": {"no theorem": lambda: rules.symmetry((ti, tj)), "a term": lambda: rules.symmetry(ti)},
    "transitivity": {
        "the middle differs": lambda: rules.transitivity(IJ, IJ),
        "the wrong order": lambda: rules.transitivity(JK, IJ),
        "no theorem": lambda: rules.transitivity(IJ, None),
    },
    "congruence": {
        "too few": lambda: rules.congruence(f, []),
        "too many": lambda: rules.congruence(f, [IJ, JK]),
        "of another sort": lambda: rules.congruence(f, [rules.reflexivity(call(p))]),
        "a pattern variable": lambda: rules.congruence(pattern("F", S, S), [IJ]),
        "a bound variable": lambda: rules.congruence(Head("bound", 0, fun(S, S)), [IJ]),
        "a schematic constant": lambda: rules.congruence(UNIT.head, []),
        "no theorem": lambda: rules.congruence(f, [ti]),
        "no head": lambda: rules.congruence("f", [IJ]),
    },
    "abstraction": {
        "free in a hypothesis": lambda: rules.abstraction(i, IJ),
        "free on the right of a hypothesis": lambda: rules.abstraction(j, IJ),
        "free in a hypothesis only": lambda: rules.abstraction(j, rules.transitivity(IJ, JK)),
        "a pattern variable": lambda: rules.abstraction(P, same),
        "a constant": lambda: rules.abstraction(of(twice(), fun(S, S), S, S), same),
        "a bad name": lambda: rules.abstraction(k, same, "a b"),
        "no theorem": lambda: rules.abstraction(k, ti),
    },
    "specialisation": {
        "another sort": lambda: rules.specialisation(CLOSED, [call(p)]),
        "no function": lambda: rules.specialisation(IJ, [ti]),
        "too many": lambda: rules.specialisation(CLOSED, [ti, tj]),
        "a loose value": lambda: rules.specialisation(CLOSED, [bound(0, S)]),
        "a pattern": lambda: rules.specialisation(CLOSED, [application(P)]),
        "no term": lambda: rules.specialisation(CLOSED, [i]),
    },
    "assumption": {
        "two sorts": lambda: rules.assumption(ti, call(p)),
        "two dimensions": lambda: rules.assumption(call(variable("u", vec(M))), call(variable("u", vec(N)))),
        "a pattern": lambda: rules.assumption(application(P), ti),
        "a pattern on the right": lambda: rules.assumption(ti, application(P)),
        "a loose variable": lambda: rules.assumption(bound(0, S), ti),
        "a sort variable": lambda: rules.assumption(UNIT, UNIT),
    },
    "instantiation": {
        "another sort": lambda: rules.instantiation(IJ, {i: call(p)}),
        "a pattern for a value": lambda: rules.instantiation(IJ, {i: application(P)}),
        "the second of two values a pattern": lambda: rules.instantiation(
            rules.transitivity(IJ, JK), {i: ti, j: application(P)}
        ),
        "the second of two values of a sort variable": lambda: rules.instantiation(
            rules.transitivity(IJ, JK), {i: ti, j: call(variable("w", a, S), application(pattern("Q", a)))}
        ),
        "a loose value": lambda: rules.instantiation(IJ, {i: bound(0, S)}),
        "a loose value for the second": lambda: rules.instantiation(IJ, {k: tk, i: bound(0, S)}),
        "a constant": lambda: rules.instantiation(IJ, {of(twice(), fun(S, S), S, S): eta(f)}),
        "no variable": lambda: rules.instantiation(IJ, {"i": tj}),
    },
    "sort instantiation": {
        "another class": lambda: rules.sort_instantiation(IJ, {S: SCALAR}),
        "a dimension for a sort": lambda: rules.sort_instantiation(IJ, {S: M}),
        "a sort variable for a sort": lambda: rules.sort_instantiation(IJ, {S: g}),
        "a sort that is built": lambda: rules.sort_instantiation(IJ, {fun(S, S): S}),
        "a sort variable": lambda: rules.sort_instantiation(IJ, {g: S}),
        "no sort": lambda: rules.sort_instantiation(IJ, {S: "X"}),
        "a constant of just this sort": lambda: rules.sort_instantiation(rules.reflexivity(only_for_s()), {S: X}),
    },
    "definition": {
        "not an instance": lambda: rules.definition(twice(), fun(fun(S, S), X, X)),
        "a schematic instance": lambda: rules.definition(twice(), twice().sort),
        "not defined": lambda: rules.definition(unit(g=X).term.head.declaration, X),
        "no declaration": lambda: rules.definition(f, fun(S, S)),
    },
    "axiom": {
        "a pattern without a value": lambda: rules.axiom(INVERSE, {g: X}, {}),
        "a sort variable without a sort": lambda: rules.axiom(INVERSE, {}, {pattern("p", g): UNIT}),
        "a value of another sort": lambda: use("group_inverse_left", {"g": X}, p=ti),
        "a sort of another class": lambda: rules.axiom(INVERSE, {g: SCALAR}, {}),
        "a schematic sort": lambda: rules.axiom(INVERSE, {g: g}, {pattern("p", g): UNIT}),
        "a sort for a name": lambda: rules.axiom(INVERSE, {g: X, S: X}, {pattern("p", X): call(p)}),
        "a value for a variable": lambda: rules.axiom(INVERSE, {g: X}, {p: call(p)}),
        "the second value a pattern": lambda: rules.axiom(
            INVERSE, {g: X}, {pattern("q", X): call(p), pattern("p", X): application(pattern("p", X))}
        ),
        "a premise too many": lambda: use("group_inverse_left", {"g": X}, [same], p=call(p)),
        "premises missing": lambda: rules.axiom(REINDEX, *bijection(), []),
        "the same premise twice": lambda: rules.axiom(REINDEX, *bijection(), premises()[:1] * 2),
        "the premises in another order": lambda: rules.axiom(REINDEX, *bijection(), premises()[::-1]),
        "a premise turned round": lambda: rules.axiom(
            REINDEX, *bijection(), [rules.symmetry(th) for th in premises()]
        ),
        "no theorem for a premise": lambda: rules.axiom(REINDEX, *bijection(), [(ti, tj), (ti, tj)]),
        "no axiom": lambda: rules.axiom(IJ, {}, {}),
    },
    "the making of an axiom": {
        "two sorts": lambda: Axiom("bad", ti, call(p)),
        "a free variable": lambda: Axiom("bad", ti, ti),
        "a loose variable": lambda: Axiom("bad", bound(0, S), bound(0, S)),
        "a free variable in a premise": lambda: Axiom("bad", application(P), application(P), [(ti, ti)]),
        "two sorts in a premise": lambda: Axiom("bad", application(P), application(P), [(application(P), UNIT)]),
        "a bad name": lambda: Axiom("b d", application(P), application(P)),
    },
    "the making of a theorem": {
        "by hand": lambda: Theorem(None, ("reflexivity", ti), ti, tj),
        "by its maker": lambda: Theorem.__init__(IJ, None, (), ti, ti),
        "by a change": lambda: setattr(IJ, "hypotheses", frozenset()),
        "by a removal": lambda: delattr(IJ, "hypotheses"),
    },
}  # fmt: skip


def only_for_s():
    from symbolic_equiv.kernel.terms import Declaration

    return eta(Head(CONSTANT, "same", fun(S, S), Declaration("same", fun(S, S), abstraction(S, bound(0, S)))))


def bijection():
    proof = THEOREMS["sum"]().proof
    return dict(proof[2]), dict(proof[3])


def premises():
    return THEOREMS["sum"]().proof[4]


ACCEPTANCES = [(rule, case) for rule, cases in ACCEPTED.items() for case in cases]
REJECTIONS = [(rule, title) for rule, cases in REJECTED.items() for title in cases]


@pytest.mark.parametrize("rule, case", ACCEPTANCES, ids=[rule for rule, _ in ACCEPTANCES])
def test_accepted(rule, case):
    theorem, wanted = case()
    assert str(theorem) == wanted
    assert not any(side.loose or side.schematic for side in (theorem.left, theorem.right))


@pytest.mark.parametrize("rule, title", REJECTIONS)
def test_rejected(rule, title):
    with pytest.raises(KernelError):
        REJECTED[rule][title]()


def test_every_rule_has_a_group_with_more_rejections_than_acceptances():
    assert len(ACCEPTED) == 11
    assert all(len(REJECTED[rule]) >= len(cases) for rule, cases in ACCEPTED.items())


def test_a_theorem_remembers_what_it_rests_on():
    theorem = THEOREMS["group"]()
    assert {axiom.name for axiom in theorem.axioms} == {"group_inverse_right", "group_unit_left"}
    assert len(THEOREMS["sum"]().hypotheses) == 2


def test_a_changed_term_does_not_change_what_is_equal():
    theorem = rules.reflexivity(call(f, ti))
    assert apply(eta(f), [ti]) == theorem.left
    assert theorem != rules.reflexivity(call(f, ti)), "theorems are compared by identity"
    assert PATTERN == "pattern"


def test_equal_declarations_that_are_not_the_same_object():
    first, second = rules.definition(twice(), INSTANCE), rules.definition(twice(), INSTANCE)
    assert (first.left, first.right) == (second.left, second.right)
