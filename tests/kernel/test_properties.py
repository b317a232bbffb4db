"""Laws that hold of all terms, tried on terms with few names, so that clashes happen."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_equiv.kernel import theorem as rules
from symbolic_equiv.kernel.certificate import certificate, replay
from symbolic_equiv.kernel.sorts import fun
from symbolic_equiv.kernel.terms import abstract, abstraction, application, apply, eta, substitute, text
from symbolic_equiv.theories.language import one, sum_, true, unit
from tests.kernel.samples import BOOL, S, X, variable

# Every name has one sort, so that what is printed alike should be the same.
LEAVES = {S: [variable(name, S) for name in "xyu"], X: [variable(name, X) for name in "pq"]}
CALLS = {S: [variable("f", S, S), variable("g", S, X, S)], X: [variable("h", S, X)]}
HIGHER = variable("F", fun(S, S), S)
HINTS = st.sampled_from(["x", "y", "u", "f", "p", "x'", "unit"])


@st.composite
def terms(draw, sort=S, depth=4):
    """A term of a base sort, with free variables from ``LEAVES``."""
    kind = draw(st.integers(0, 4)) if depth else 0
    if kind == 0:
        return application(draw(st.sampled_from(LEAVES[sort])))
    if kind == 1 and sort == X:
        return unit(g=X).term
    if kind == 1:
        return application(HIGHER, [draw(functions(depth=depth - 1))])
    if kind == 2:
        return apply(draw(functions(sort, depth - 1)), [draw(terms(S, depth - 1))])
    head = draw(st.sampled_from(CALLS[sort]))
    domains, rest = [], head.sort
    while rest.name == "→":
        domains.append(rest.args[0])
        rest = rest.args[1]
    return application(head, [draw(terms(domain, depth - 1)) for domain in domains])


@st.composite
def functions(draw, to=S, depth=3):
    """A term of sort ``S → to``, one of its names bound under a name that may clash."""
    if draw(st.booleans()) and to == S:
        return eta(CALLS[S][0])
    return abstract(draw(terms(to, depth)), draw(st.sampled_from(LEAVES[S])), draw(HINTS))


variables = st.sampled_from(LEAVES[S])


@given(terms(), variables, HINTS)
def test_applying_undoes_abstracting(term, head, hint):
    assert apply(abstract(term, head, hint), [application(head)]) == term


@given(terms(), variables, variables, HINTS, HINTS)
def test_bound_names_do_not_matter(term, head, other, hint, hint2):
    assert abstract(term, head, hint) == abstract(term, head, hint2)
    if other not in term.variables:
        assert abstract(term, head) == abstract(substitute(term, {head: application(other)}), other)


@given(terms(), terms(), terms(), variables, variables)
def test_the_substitution_lemma(term, first, second, x, y):
    if x != y and x not in second.variables:
        there = substitute(substitute(term, {x: first}), {y: second})
        assert there == substitute(substitute(term, {y: second}), {x: substitute(first, {y: second})})


@given(terms(), terms(), variables, variables)
def test_substitution_goes_under_a_binder(term, value, bound, free):
    if bound != free and bound not in value.variables:
        assert substitute(abstract(term, bound), {free: value}) == abstract(substitute(term, {free: value}), bound)


@given(functions())
def test_eta(function):
    fresh = variable("fresh", S)
    assert abstract(apply(function, [application(fresh)]), fresh) == function


@settings(max_examples=300)
@given(functions(depth=2), functions(depth=2))
def test_terms_that_print_alike_are_equal(first, second):
    assert text(first) != text(second) or first == second


@given(HINTS, st.sampled_from([S, X]), st.sampled_from([S, X]))
def test_the_sort_of_a_binder_is_printed(hint, first, second):
    def count(sort):
        everything, once = abstraction(sort, true().term, hint), abstraction(sort, one().term, hint)
        return application(sum_.at(fun(sort, BOOL), fun(sort, once.sort.args[1])).head, [everything, once])

    assert (text(count(first)) == text(count(second))) == (first == second)


@settings(max_examples=50)
@given(terms(), terms(), variables, HINTS)
def test_a_certificate_proves_what_its_theorem_says(left, right, head, hint):
    assumed = rules.assumption(abstract(left, head), abstract(right, head, hint))
    theorem = rules.symmetry(rules.specialisation(assumed, [application(head)]))
    replayed = replay(json.loads(json.dumps(certificate(theorem))))
    assert (replayed.left, replayed.right, replayed.hypotheses) == (theorem.left, theorem.right, theorem.hypotheses)
