"""All binders of an application taken away at once, against one at a time by the book."""

import random

import pytest

from symbolic_equiv.kernel.sorts import BASE, NAME, Sort, fun
from symbolic_equiv.kernel.terms import (
    BOUND,
    VARIABLE,
    Head,
    abstract,
    abstraction,
    application,
    apply,
    eta,
    substitute,
)

S = Sort(NAME, "S", (), BASE)
FUNCTIONS = [
    fun(S, S),
    fun(S, S, S),
    fun(fun(S, S), S, S),
    fun(fun(fun(S, S), S), fun(S, S), S, S),
    fun(fun(S, S, S), S, S),
]
HEADS = [
    Head(VARIABLE, name, sort)
    for name, sort in (
        ("a", S),
        ("f", S),
        ("f", fun(S, S)),
        ("g", fun(S, S, S)),
        ("F", fun(fun(S, S), S)),
        ("G", fun(fun(S, S), S, S)),
    )
]


def domains(sort):
    return [sort.args[0], *domains(sort.args[1])] if sort.name == "→" else []


def some_term(rng, sort, context, depth):
    if sort.name == "→":
        return abstraction(
            sort.args[0], some_term(rng, sort.args[1], (sort.args[0], *context), depth), rng.choice("xf")
        )
    heads = [Head(BOUND, index, of) for index, of in enumerate(context)] * 2 + HEADS
    head = rng.choice(heads if depth > 0 else [head for head in heads if head.sort == S])
    return application(head, [some_term(rng, domain, context, depth - 1) for domain in domains(head.sort)])


def shifted(term, by, under=0):
    if term.body is not None:
        return abstraction(term.domain, shifted(term.body, by, under + 1), term.hint)
    head = term.head
    if head.kind == BOUND and head.index >= under:
        head = Head(BOUND, head.index + by, head.sort)
    return application(head, [shifted(arg, by, under) for arg in term.args])


def one_taken_away(term, value, under=0):
    """The body of an abstraction with ``value`` for what it binds, one binder at a time."""
    if term.body is not None:
        return abstraction(term.domain, one_taken_away(term.body, value, under + 1), term.hint)
    head, args = term.head, [one_taken_away(arg, value, under) for arg in term.args]
    if head.kind == BOUND and head.index == under:
        result = shifted(value, under)
        for arg in args:
            result = one_taken_away(result.body, arg)
        return result
    if head.kind == BOUND and head.index > under:
        head = Head(BOUND, head.index - 1, head.sort)
    return application(head, args)


@pytest.mark.parametrize("seed", range(300))
def test_all_binders_at_once_are_one_after_the_other(seed):
    rng = random.Random(seed)
    context = tuple(rng.choice([S, *FUNCTIONS[:3]]) for _ in range(rng.randrange(3)))
    sort = rng.choice(FUNCTIONS)
    term, args = some_term(rng, sort, context, 3), [some_term(rng, d, context, 2) for d in domains(sort)]
    expected = term
    for count, arg in enumerate(args, 1):
        expected = one_taken_away(expected.body, arg)
        found = apply(term, args[:count])
        assert found == expected
        assert (found.sort, found.context, found.variables) == (expected.sort, expected.context, expected.variables)


@pytest.mark.parametrize("seed", range(100))
def test_abstracting_and_applying_is_substituting(seed):
    rng = random.Random(seed)
    term, head = some_term(rng, S, (), 3), rng.choice(HEADS)
    value = some_term(rng, head.sort, (), 2)
    assert apply(abstract(term, head), [eta(head)]) == term
    assert apply(abstract(term, head), [value]) == substitute(term, {head: value})
