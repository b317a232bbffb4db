"""A page never lies: two closed terms over few names print alike only if they are equal."""

import itertools
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_equiv.kernel.terms import BOUND, VARIABLE, Head, Term, abstract, abstraction, application
from symbolic_equiv.latex import printer
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.theories.attention import L, m, rho
from symbolic_equiv.theories.language import (
    BOOL,
    SCALAR,
    TEMPLATES,
    Expr,
    base,
    dim,
    inner,
    lam,
    softmax_,
    sum_,
    symbol,
    total,
    vec,
)

S = base("S")
NAMES = ("i", "j")
N = symbol("N_few", S, S, BOOL, latex=r"#2 \in N(#1)")
move, between = symbol("t", S, S), symbol("u", S, S, S)
score = symbol("s", S, S, SCALAR)
f, X = symbol("f", S, SCALAR), base("X")
i, j, k = (symbol(name, S) for name in "ijk")

CLASHES = [
    # a bound variable and a free one
    (lam(i, score(i, j)), r"i \mapsto s(i, j)"),
    (Expr(abstraction(S, lam(k, score(k, j)).term.body, "j")), r"j' \mapsto s(j', j)"),
    # two bound ones, of which the inner must give way
    (lam(k, Expr(abstraction(S, lam(i, score(i, k)).term.body, "k"))), r"(k, k') \mapsto s(k', k)"),
    # a sum inside, whose outer variable is not visible there: standard scoping
    (lam(j, total(j, N(i, j), score(j, j))), r"j \mapsto \sum_{j \in N(i)} s(j, j)"),
    # … and visible
    (lam(k, total(j, N(k, j), score(k, j))), r"k \mapsto \sum_{j \in N(k)} s(k, j)"),
    # a compound element leaves its variable to be found, so it differs from every name around
    (lam(j, total(j, N(i, move(j)), score(j, j))), r"j \mapsto \sum_{t(j') \in N(i)} s(j', j')"),
    # a function-valued bound variable with a template
    (lam(symbol("F", S, SCALAR), symbol("F", S, SCALAR)(i) + f(i)), r"f' \mapsto f'(i) + f(i)"),
    (
        lam(symbol("N_few", S, S, BOOL), total(j, symbol("N_few", S, S, BOOL)(i, j), f(j))),
        r"N \mapsto \sum_{j \in N(i)} f(j)",
    ),
]


@pytest.mark.parametrize(("term", "expected"), CLASHES, ids=[text for _, text in CLASHES])
def test_clashes(term, expected):
    assert latex(term.term) == expected


def test_a_bound_name_differs_from_a_name_only_if_it_is_visible_or_of_another_sort():
    """``L`` and ``m`` take x, N … as arguments that do not print: a bound f is no clash, but x is a map elsewhere."""
    x = symbol("x", base("S"))
    signal = symbol("f", S, vec(dim("d_in")))
    term = lam(x, signal, m[L(symbol("y", X), signal), rho](x))
    assert latex(term.term) == r"(i, f) \mapsto m[L_{y}[f], \rho](i)"


def test_a_letter_stands_for_one_kind_of_things_on_a_page():
    v, w = symbol("v", vec(dim("n"))), symbol("v", vec(dim("k")))
    norms = [lam(each, inner(each, each)).term for each in (v, w)]
    notation = Notation(norms)
    assert [latex(each, notation) for each in norms] == [
        r"v \mapsto \langle v, v \rangle",
        r"w \mapsto \langle w, w \rangle",
    ]
    assert latex(norms[0], notation) == r"v \mapsto \langle v, v \rangle"


def test_a_bound_name_differs_from_the_sort_below_a_sum():
    from symbolic_equiv.theories.language import true

    term = lam(symbol("S", SCALAR), total(j, true(), symbol("S", SCALAR)))
    assert latex(term.term) == r"S' \mapsto \sum_{j \in S} S'"


def test_many_clashes_go_on_to_subscripts():
    names = [symbol(name, SCALAR) for name in ("v", "v'", "v''", "w")]
    total_ = names[0] + names[1] + names[2] + names[3]
    bound = Expr(abstraction(SCALAR, abstract(total_.term, names[3].head).body, "v"))
    assert latex(bound.term) == r"v_{1} \mapsto v + v' + v'' + v_{1}"


# ---- all small terms -------------------------------------------------------------------------------------


def bound(index: int) -> Term:
    return application(Head(BOUND, index, S))


def tokens_at(depth: int) -> list[Term]:
    """The tokens that can be named under ``depth`` binders: the bound ones, and words of one or two of these."""
    plain = [bound(index) for index in range(depth)]
    words = [application(move.head, [token]) for token in plain]
    return plain + words + [application(between.head, pair) for pair in itertools.product(plain, repeat=2)]


def predicates(depth: int, hint: str) -> list[Term]:
    """``token ∈ N(bound)`` as predicates of one more variable."""
    return [
        abstraction(S, application(N.head, [bound(index), token]), hint)
        for index in range(depth + 1)
        for token in tokens_at(depth + 1)
    ]


def sums(depth: int, body: list[Term]) -> list[Term]:
    head = sum_.at(predicates(0, "i")[0].sort, symbol("f", S, SCALAR).term.sort).head
    return [
        application(head, [domain, abstraction(S, part, hint)])
        for hint in NAMES
        for domain in predicates(depth, hint)
        for part in body
    ]


def closed(body: Term, hints: tuple[str, ...]) -> Term:
    for hint in hints:
        body = abstraction(S, body, hint)
    return body


def all_small_terms() -> list[Term]:
    """λ λ Σ … with every name for every binder."""
    bodies = [application(score.head, pair) for pair in itertools.product([bound(0), bound(1), bound(2)], repeat=2)]
    inside = sums(2, bodies)
    return [closed(body, hints) for body in inside for hints in itertools.product(NAMES, repeat=2)]


def liars(terms: list[Term]) -> list[tuple[str, set[Term]]]:
    """What is printed for more than one term."""
    notation = Notation(terms[:1])
    printed = defaultdict(set)
    for term in terms:
        printed[latex(term, notation)].add(term)
    return [(text, found) for text, found in printed.items() if len(found) > 1]


def test_no_two_small_terms_print_alike():
    terms = all_small_terms()
    assert len(set(terms)) > 300
    assert liars(terms) == []


def test_a_printer_without_primes_would_be_noticed(monkeypatch):
    numbers = itertools.count()
    monkeypatch.setattr(printer, "core", lambda form: next(numbers))
    assert liars(all_small_terms())


def test_a_printer_that_lets_the_variable_of_a_compound_element_clash_would_be_noticed(monkeypatch):
    close = printer.Writer.close
    monkeypatch.setattr(
        printer.Writer, "close", lambda self, piece, *binders, strict=False: close(self, piece, *binders)
    )
    assert liars(all_small_terms())


# ---- random terms ----------------------------------------------------------------------------------------


@st.composite
def scalars(draw, depth: int, size: int) -> Term:
    if size <= 0:
        return application(score.head, [draw(st.sampled_from(tokens_at(depth))) for _ in range(2)])
    kind = draw(st.sampled_from(["add", "neg", "scale", "sum", "softmax"]))
    hint = draw(st.sampled_from(NAMES))
    domain = draw(st.sampled_from(predicates(depth, hint)))
    if kind in ("sum", "softmax"):
        function = abstraction(S, draw(scalars(depth + 1, size - 1)), draw(st.sampled_from(NAMES)))
        if kind == "sum":
            return application(sum_.at(domain.sort, function.sort).head, [domain, function])
        return application(
            softmax_.at(domain.sort, function.sort, S).head, [domain, function, draw(st.sampled_from(tokens_at(depth)))]
        )
    left, right = draw(scalars(depth, size - 1)), draw(scalars(depth, size - 2))
    head = _HEADS[kind]
    return application(head, [left] if kind == "neg" else [left, right])


def _head(name: str) -> Head:
    term = {"add": lambda a, b: a + b, "scale": lambda a, b: a * b, "neg": lambda a, _: -a}[name]
    return term(symbol("a", SCALAR), symbol("b", SCALAR)).term.head


_HEADS = {name: _head(name) for name in ("add", "neg", "scale")}


@st.composite
def closed_terms(draw) -> Term:
    return closed(draw(scalars(2, draw(st.integers(0, 3)))), draw(st.tuples(*[st.sampled_from(NAMES)] * 2)))


@settings(max_examples=60, deadline=None)
@given(st.lists(closed_terms(), min_size=2, max_size=12))
def test_random_terms_that_print_alike_are_equal(terms):
    assert liars(terms) == []


@settings(max_examples=60, deadline=None)
@given(closed_terms(), st.data())
def test_a_term_with_one_variable_changed_prints_otherwise(term, data):
    """The nearest lies: the same term but for one bound variable."""
    place = data.draw(st.integers(0, term.size))
    other = _changed(term, [place], data.draw(st.integers(0, 3)))
    if other != term:
        notation = Notation([term])
        assert latex(other, notation) != latex(term, notation)


def _changed(term: Term, countdown: list[int], index: int, depth: int = 0) -> Term:
    """``term`` with another index at the bound variable that the countdown reaches."""
    if term.body is not None:
        return abstraction(term.domain, _changed(term.body, countdown, index, depth + 1), term.hint)
    countdown[0] -= 1
    head = term.head
    if head.kind == BOUND and head.sort == S and countdown[0] < 0:
        countdown[0] = 10**9
        return bound(index % depth)
    args = [_changed(arg, countdown, index, depth) for arg in term.args]
    return application(head, args)


def test_a_symbol_that_is_called_as_the_printer_calls_its_own():
    """The printer opens binders with variables such as ``~0``; a symbol of that name is another thing."""
    odd = Expr(application(Head(VARIABLE, "~0", S)))
    assert latex(lam(i, score(i, odd)).term) == r"i \mapsto s(i, \mathrm{{\sim}0})"


def test_a_form_of_a_set_is_for_sets_only():
    """Another script may print its ``D`` as a set; a vector of that name is none."""
    before, i = dict(TEMPLATES), symbol("i", S)
    try:
        symbol("D", S, BOOL, latex=(r"#1 \in D",))
        assert latex(symbol("D", S, vec(dim("d")))(i).term) == "D(i)"
        assert latex(symbol("D", S, BOOL)(i).term) == r"i \in D"
    finally:
        TEMPLATES.clear()
        TEMPLATES.update(before)
