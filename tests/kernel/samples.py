"""Small sorts, terms and theorems that the tests of the kernel share."""

from symbolic_equiv.kernel import theorem as rules
from symbolic_equiv.kernel.sorts import ANY, BASE, DIMENSION, FORMER, LINEAR, NAME, VARIABLE, Sort, fun, substitute_sort
from symbolic_equiv.kernel.terms import BOUND, CONSTANT, PATTERN, Declaration, Head, abstract, application, eta
from symbolic_equiv.theories import language
from symbolic_equiv.theories.table import RULES

S, X = (Sort(NAME, name, (), BASE) for name in "SX")
M, N = (Sort(NAME, name, (), DIMENSION) for name in "mn")
BOOL, SCALAR = Sort(FORMER, "Bool"), Sort(FORMER, "Scalar")
a, v, g, d = (Sort(VARIABLE, name, (), cls) for name, cls in zip("avgd", (ANY, LINEAR, BASE, DIMENSION)))


def fin(size):
    return Sort(FORMER, "Fin", (size,))


def vec(size):
    return Sort(FORMER, "Vec", (size,))


def variable(name, *of):
    return Head("variable", name, fun(*of))


def pattern(name, *of):
    return Head(PATTERN, name, fun(*of))


def bound(index, *of):
    return application(Head(BOUND, index, fun(*of)))


def call(head, *args):
    return application(head, args)


i, j, k = (variable(name, S) for name in "ijk")
p = variable("p", X)
f, h = variable("f", S, S), variable("h", S, SCALAR)
ti, tj, tk = map(application, (i, j, k))


def twice():
    """``twice(F, x) = F(F(x))``, for every sort."""
    F, x = Head("variable", "F", fun(a, a)), Head("variable", "x", a)
    body = call(F, call(F, call(x)))
    return Declaration("twice", fun(fun(a, a), a, a), abstract(abstract(body, x), F))


def of(declaration, *instance):
    return Head(CONSTANT, declaration.name, fun(*instance), declaration)


def use(name, sorts=None, premises=(), **values):
    """One of the shipped axioms, its pattern variables found by name."""
    axiom = RULES[name].axiom
    heads = {head.name: head for equation in axiom.equations for side in equation for head in side.variables}
    leaves = {leaf for head in heads.values() for leaf in head.sort.leaves if leaf.schematic}
    mapping = {leaf: sorts[leaf.name] for leaf in leaves}
    given = {Head(PATTERN, name, substitute_sort(heads[name].sort, mapping)): term for name, term in values.items()}
    return rules.axiom(axiom, mapping, given, premises)


def group_facts():
    """``x x⁻¹ x = x`` in a group, with a variable instantiated, abstracted and specialised."""
    x, y = language.symbol("x", language.base("X")), language.symbol("y", language.base("X"))
    at = {"g": X}
    back = use("group_inverse_right", at, p=x.term)
    unit = use("group_unit_left", at, p=x.term)
    around = rules.congruence(language.mul(x, x).term.head, [back, rules.reflexivity(x.term)])
    whole = rules.transitivity(around, unit)
    closed = rules.abstraction(x.head, whole)
    return rules.symmetry(rules.specialisation(closed, [(x + y).term]))


def reindexed_sum():
    """``Σ_{s} F(s) = Σ_{p} F(x⁻¹(p))``, from the hypothesis that x is a bijection."""
    s, q = language.symbol("s", language.base("S")), language.symbol("q", language.base("X"))
    x, inverse = language.symbol("x", S, X), language.symbol("x_inv", X, S)
    value = language.symbol("F", S, SCALAR)
    there = rules.assumption(language.lam(s, inverse(x(s))).term, language.lam(s, s).term)
    back = rules.assumption(language.lam(q, x(inverse(q))).term, language.lam(q, q).term)
    inside = language.lam(s, language.true())
    return use(
        "sum_reindex", {"a": S, "b": X, "v": SCALAR}, [there, back],
        P=inside.term, F=value.term, h=inverse.term, h_inv=x.term,
    )  # fmt: skip


def softmax_fact():
    """The definition of softmax, at one sort, instantiated and with another name for the sort."""
    unfolded = rules.definition(language.softmax_.declaration, fun(fun(S, BOOL), fun(S, SCALAR), S, SCALAR))
    score, domain = language.symbol("score", S, SCALAR), language.symbol("D", S, BOOL)
    at = rules.specialisation(unfolded, [domain.term, score.term, language.symbol("t", S).term])
    there = rules.instantiation(at, {score.head: language.lam(language.symbol("t", S), language.one()).term})
    return rules.sort_instantiation(there, {S: X})


def mixed():
    """A theorem with a definition of its own and with two hypotheses, of which one is used up."""
    both = rules.transitivity(rules.assumption(ti, tj), rules.assumption(tj, tk))
    short = rules.instantiation(both, {j: tk})
    constant = twice()
    unfold = rules.specialisation(rules.definition(constant, fun(fun(S, S), S, S)), [eta(f)])
    at = rules.specialisation(unfold, [ti])
    moved = rules.congruence(of(constant, fun(S, S), S, S), [rules.reflexivity(eta(f)), rules.symmetry(short)])
    return rules.transitivity(moved, at)


THEOREMS = {"group": group_facts, "sum": reindexed_sum, "softmax": softmax_fact, "mixed": mixed}
