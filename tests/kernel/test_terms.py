"""Terms: sorting, binding, substitution, printing."""

import time

import pytest

from symbolic_equiv.kernel import terms
from symbolic_equiv.kernel.sorts import KernelError, fun
from symbolic_equiv.kernel.terms import (
    BOUND,
    CONSTANT,
    Declaration,
    Frozen,
    Head,
    Term,
    abstract,
    abstraction,
    application,
    apply,
    constant,
    eta,
    substitute,
    substitute_sorts,
    text,
)
from symbolic_equiv.theories import language
from symbolic_equiv.theories.language import sum_, zero
from tests.kernel.samples import (
    SCALAR,
    M,
    N,
    S,
    X,
    a,
    bound,
    call,
    d,
    f,
    h,
    i,
    j,
    of,
    p,
    pattern,
    ti,
    tj,
    twice,
    variable,
    vec,
)  # fmt: skip

q = variable("q", fun(S, S), S, S)
plus = variable("plus", S, S, S)
both = variable("both", S, X, S)

REJECTED = {
    "an argument of another sort": lambda: call(f, call(p)),
    "a dimension for another": lambda: call(variable("w", vec(M), SCALAR), call(variable("u", vec(N)))),
    "an argument too many": lambda: call(f, ti, tj),
    "an argument too few": lambda: call(plus, ti),
    "a function without its arguments": lambda: call(f),
    "a head that is no head": lambda: application("f", [ti]),
    "an argument that is no term": lambda: call(f, i),
    "a sort for an argument": lambda: call(f, S),
    "a binder of a dimension": lambda: abstraction(M, ti),
    "a binder around no term": lambda: abstraction(S, i),
    "a binder of no sort": lambda: abstraction("S", ti),
    "a binder whose variable has another sort": lambda: abstraction(X, bound(0, S)),
    "the same, below another binder": lambda: abstraction(X, abstraction(S, call(f, bound(1, S)))),
    "a bound variable of two sorts": lambda: call(both, bound(0, S), bound(0, X)),
    "the same, one below a binder": lambda: call(
        variable("r", fun(S, S), X, S), abstraction(S, bound(1, S)), bound(0, X)
    ),
    "a name that is no name for a binder": lambda: abstraction(S, ti, "x. y"),
    "a negative index": lambda: bound(-1, S),
    "True for an index": lambda: bound(True, S),
    "a fraction for an index": lambda: bound(0.0, S),
    "a huge index": lambda: bound(10**30, S),
    "an index for a variable": lambda: Head("variable", 0, S),
    "a name for an index": lambda: Head(BOUND, "x", S),
    "a variable of a dimension": lambda: Head("variable", "x", M),
    "no kind": lambda: Head("", "x", S),
    "a constant that is not declared": lambda: Head(CONSTANT, "c", S),
    "a variable that is declared": lambda: Head("variable", "twice", twice().sort, twice()),
    "a variable declared by something else": lambda: Head("variable", "x", S, S),
    "a constant under another name": lambda: Head(CONSTANT, "thrice", fun(fun(S, S), S, S), twice()),
    "a constant at no instance of its sort": lambda: of(twice(), fun(S, S), X, S),
    "a constant of another class": lambda: Head(CONSTANT, "mul", fun(SCALAR, SCALAR, SCALAR), language.mul.declaration),
    "a term made by hand": lambda: Term((), ()),
    "applied to another sort": lambda: apply(eta(f), [call(p)]),
    "applied though it is no function": lambda: apply(ti, [tj]),
    "a value of another sort": lambda: substitute(call(f, ti), {i: call(p)}),
    "a loose value": lambda: substitute(call(f, ti), {i: bound(0, S)}),
    "abstraction over a constant": lambda: abstract(ti, of(twice(), fun(S, S), S, S)),
    "a definition with a free variable": lambda: Declaration("c", S, ti),
    "a definition with a pattern": lambda: Declaration("c", S, call(pattern("c", S))),
    "a definition with a loose variable": lambda: Declaration("c", S, bound(0, S)),
    "a definition of another sort": lambda: Declaration("c", fun(S, S), abstraction(S, zero(v=SCALAR).term)),
    "a definition with a sort that the constant lacks": lambda: Declaration("c", SCALAR, counted(S)),
    "a definition with a sort variable that the constant lacks": lambda: Declaration("c", SCALAR, counted(a)),
    "a declaration of a dimension": lambda: Declaration("c", d),
}  # fmt: skip


def counted(sort):
    """The number of elements of a sort, as a closed term."""
    x = language.symbol("x", sort)
    return sum_(language.lam(x, language.true()), language.lam(x, language.one())).term


@pytest.mark.parametrize("name", REJECTED)
def test_rejected(name):
    with pytest.raises(KernelError):
        REJECTED[name]()


def test_equal_up_to_alpha_beta_and_eta():
    assert abstract(call(f, ti), i) == abstract(call(f, tj), j) == eta(f)
    assert apply(eta(f), [ti]) == call(f, ti)
    assert abstract(call(f, ti), j) != abstract(call(f, ti), i)
    assert constant(twice(), fun(fun(S, S), S, S)) == eta(of(twice(), fun(S, S), S, S))


def test_substitution_does_not_capture():
    around = abstract(call(plus, tj, ti), j)
    filled = substitute(around, {i: tj})
    assert apply(filled, [ti]) == call(plus, ti, tj)
    assert text(filled) == "(λj':S. plus(j', j))"


def test_substitution_reduces():
    body = call(q, eta(f), ti)
    value = abstract(abstract(call(f, call(f, tj)), j), variable("F", S, S))
    assert substitute(body, {q: value}) == call(f, call(f, ti))


def test_substitution_is_simultaneous():
    assert substitute(call(plus, ti, tj), {i: tj, j: ti}) == call(plus, tj, ti)


def test_sorts_are_replaced_everywhere():
    moved = substitute_sorts(abstract(call(f, call(f, ti)), i), {S: X})
    F, x = variable("f", X, X), variable("i", X)
    assert moved == abstract(call(F, call(F, call(x))), x)


def test_merging_two_sorts_merges_two_variables():
    two = call(variable("r", S, X, S), call(variable("x", S)), call(variable("x", X)))
    assert len(two.variables) == 3
    assert len(substitute_sorts(two, {X: S}).variables) == 2


def test_what_a_term_knows_of_itself():
    P = pattern("P", a)
    term = call(Head("variable", "c", fun(a, S)), application(P))
    assert P in term.variables and term.schematic and not call(f, ti).schematic
    assert bound(2, S).loose == 3 and abstraction(X, bound(2, S)).loose == 2 and eta(f).loose == 0


def test_terms_are_immutable():
    term = call(f, ti)
    changes = (
        lambda: setattr(term, "head", h), lambda: setattr(term, "new", 1), lambda: delattr(term, "args"),
        lambda: term.__init__(), lambda: f.__init__("variable", "g", S), lambda: twice().__init__("c", S),
        lambda: Frozen.freeze(term, "other"),
    )  # fmt: skip
    for change in changes:
        with pytest.raises(KernelError):
            change()
    assert term == call(f, ti)


def test_one_and_true_are_not_confused():
    one = bound(1, S)
    with pytest.raises(KernelError):
        Head(BOUND, True, S)
    assert type(one.head.index) is int and eta(Head(BOUND, 1, fun(S, S))).loose == 2


X_INV = variable("x_inv", X, S)
PRINTED = [
    (eta(f), "f"),
    (eta(plus), "plus"),
    (abstract(call(plus, ti, tj), j), "plus(i)"),
    (abstract(call(plus, tj, ti), j), "(λj:S. plus(j, i))"),
    (abstract(call(plus, tj, tj), j), "(λj:S. plus(j, j))"),
    (abstract(tj, j), "(λj:S. j)"),
    (abstract(ti, j), "(λj:S. i)"),
    (abstract(call(f, ti), i, "f"), "f"),
    (abstraction(S, call(plus, ti, bound(0, S)), "i"), "plus(i)"),
    (abstraction(S, call(plus, bound(0, S), ti), "i"), "(λi':S. plus(i', i))"),
    (abstraction(S, call(plus, bound(0, S), bound(0, S)), "plus"), "(λplus':S. plus(plus', plus'))"),
    (abstraction(S, abstraction(X, call(both, bound(1, S), call(p)), "x"), "x"), "(λx:S. (λx':X. both(x, p)))"),
    (call(q, abstract(call(f, call(f, tj)), j), ti), "q((λj:S. f(f(j))), i)"),
    (abstraction(fun(S, S), call(q, eta(Head(BOUND, 0, fun(S, S))), ti), "F"), "(λF:S → S. q(F, i))"),
    (zero(v=vec(M)).term, "zero[Vec(m)]"),
    (language.mul(language.unit(g=X), language.unit(g=X)).term, "mul(unit[X], unit[X])"),
    (language.inv.at(X).term, "inv[X → X]"),
    (abstraction(X, language.inv(language.unit(g=X)).term, "inv"), "(λinv':X. inv(unit[X]))"),
    (application(pattern("P", S)), "?P"),
    (bound(1, S), "#1"),
]  # fmt: skip


@pytest.mark.parametrize("term, wanted", PRINTED, ids=[wanted for _, wanted in PRINTED])
def test_printing(term, wanted):
    assert text(term) == str(term) == wanted


def test_sums_over_two_sorts_print_differently():
    assert text(counted(S)) != text(counted(X))


def tower(depth):
    """Church's numeral two, applied to itself again and again."""
    sort, steps = S, []
    for _ in range(depth):
        F, x = variable("F", sort, sort), variable("x", sort)
        steps.append(abstract(abstract(apply(eta(F), [apply(eta(F), [eta(x)])]), x), F))
        sort = fun(sort, sort)
    term = steps[-1]
    for step in reversed(steps[:-1]):
        term = apply(term, [step])
    return term


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_small_towers_reduce(depth):
    size = 2
    for _ in range(depth - 1):
        size = 2**size
    term = apply(tower(depth), [eta(f), ti])
    for _ in range(size):
        (term,) = term.args
    assert term == ti


def doubled(times):
    term = ti
    for _ in range(times):
        term = call(plus, term, term)
    return term


def nested(times):
    term = ti
    for _ in range(times):
        term = call(f, term)
    return term


def defined(times):
    """Constants whose definitions, written out, double each time."""
    declaration, sort = None, fun(fun(S, S, S), S, S)
    for number in range(times):
        inner = call(plus, ti, ti)
        if declaration is not None:
            once = call(of(declaration, sort), eta(plus), ti)
            inner = call(of(declaration, sort), eta(plus), once)
        declaration = Declaration(f"c{number}", sort, abstract(abstract(inner, i), plus))
    return declaration


@pytest.mark.parametrize("giant", [lambda: doubled(40), lambda: nested(400), lambda: tower(6), lambda: defined(60)])
def test_giants_are_refused_quickly(giant):
    start = time.perf_counter()
    with pytest.raises(KernelError, match=r"deeper|larger|index"):
        giant()
    assert time.perf_counter() - start < 20


def test_the_deepest_term_can_be_used():
    term = nested(149)
    assert substitute(term, {i: tj}) == substitute(nested(149), {i: tj})
    assert apply(abstract(nested(148), i), [ti]) == nested(148)
    assert len(text(term)) == 3 * 149 + 1
    assert substitute_sorts(term, {S: X}).sort == X


# -- the same parts make the same term


def test_a_term_made_again_is_the_same_object():
    assert call(f, ti) is call(variable("f", S, f.sort.args[1]), ti)


def test_terms_that_differ_in_a_printed_name_are_two_objects():
    first, second = abstract(call(f, ti), i, "a"), abstract(call(f, ti), i, "b")
    assert first == second
    assert (first.hint, second.hint) == ("a", "b")
    assert abstract(call(f, ti), i, "a") is first


def test_a_sort_of_another_instance_makes_another_term():
    """Names and arguments alike, and yet not the same."""
    short, long = variable("g", S, vec(M)), variable("g", S, vec(N))
    assert call(short, ti) != call(long, ti)


def test_terms_are_the_same_however_few_are_remembered(monkeypatch):
    """An identity may come back once what had it is gone: nothing may be found under it then."""
    monkeypatch.setattr(terms, "MAX_MADE", 2)
    for number in range(200):
        name = variable(f"v{number}", S)
        made = call(f, call(name))
        assert made.args[0].head.name == f"v{number}"
        assert str(apply(abstract(made, name), [ti])) == "f(i)"


def test_what_is_refused_once_is_refused_again():
    for _ in range(2):
        with pytest.raises(KernelError):
            call(f, call(p))
