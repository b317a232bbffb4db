"""Sorts: what can be built, what cannot, matching and substitution."""

import pytest

from symbolic_equiv.kernel import sorts
from symbolic_equiv.kernel.sorts import ANY, BASE, DIMENSION, FORMER, LINEAR, NAME, KernelError, Sort, fun
from tests.kernel.samples import BOOL, SCALAR, M, N, S, X, a, d, fin, g, v, vec


class Word(str):
    """Not exactly a string."""


ACCEPTED = {
    "built in": lambda: Sort(FORMER, "Nat"),
    "a base sort": lambda: Sort(NAME, "Token", (), BASE),
    "a dimension": lambda: Sort(NAME, "d_in", (), DIMENSION),
    "primes and digits": lambda: Sort(NAME, "d'2", (), DIMENSION),
    "a product of dimensions": lambda: vec(Sort(FORMER, "×", (M, Sort(FORMER, "+", (N, M))))),
    "a matrix": lambda: Sort(FORMER, "Mat", (M, N)),
    "the heads": lambda: fin(d),
    "functions": lambda: fun(fun(S, X), S, vec(M)),
}

REJECTED = {
    "unknown": lambda: Sort(FORMER, "Set"),
    "a class as a former": lambda: Sort(FORMER, "base", (S,)),
    "too few arguments": lambda: Sort(FORMER, "Mat", (M,)),
    "too many arguments": lambda: Sort(FORMER, "Vec", (M, N)),
    "a vector over a base sort": lambda: vec(S),
    "a product of sorts": lambda: Sort(FORMER, "×", (S, M)),
    "a function to a dimension": lambda: fun(S, M),
    "a function from a dimension": lambda: fun(M, S),
    "a name of no class": lambda: Sort(NAME, "S"),
    "a named linear sort": lambda: Sort(NAME, "S", (), LINEAR),
    "a variable of no class": lambda: Sort("variable", "a", (), "finite"),
    "a built-in name": lambda: Sort(NAME, "Bool", (), BASE),
    "an arrow as a name": lambda: Sort(NAME, "→", (), BASE),
    "arguments of a name": lambda: Sort(NAME, "S", (X,), BASE),
    "no tag": lambda: Sort("sort", "S", (), BASE),
    "an empty name": lambda: Sort(NAME, "", (), BASE),
    "a name with a space": lambda: Sort(NAME, "S T", (), BASE),
    "a name with a line break": lambda: Sort(NAME, "S\n", (), BASE),
    "a digit in front": lambda: Sort(NAME, "1", (), BASE),
    "a look-alike of another alphabet": lambda: Sort(NAME, "Ѕ", (), BASE),
    "a very long name": lambda: Sort(NAME, "S" * 81, (), BASE),
    "a name that is no string": lambda: Sort(NAME, 1, (), BASE),
    "a name that is nearly a string": lambda: Sort(NAME, Word("S"), (), BASE),
    "a tag that is nearly a string": lambda: Sort(Word(NAME), "S", (), BASE),
    "a class that is nearly a string": lambda: Sort(NAME, "S", (), Word(BASE)),
    "arguments in a list": lambda: Sort(FORMER, "Vec", [M]),
    "arguments that are no sorts": lambda: Sort(FORMER, "Vec", ("m",)),
    "too large": lambda: doubled(9),
}


def doubled(times):
    sort = S
    for _ in range(times):
        sort = fun(sort, sort)
    return sort


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name):
    sort = ACCEPTED[name]()
    assert sort == ACCEPTED[name]()
    assert hash(sort) == hash(ACCEPTED[name]())


@pytest.mark.parametrize("name", REJECTED)
def test_rejected(name):
    with pytest.raises(KernelError):
        REJECTED[name]()


def test_a_doubling_sort_is_refused_at_once():
    with pytest.raises(KernelError, match="more than"):
        doubled(10_000)


def test_sorts_are_immutable():
    for change in (lambda: setattr(S, "name", "X"), lambda: delattr(S, "name"), lambda: delattr(S, "key"),
                   lambda: S.__init__(NAME, "X", (), BASE), lambda: S.freeze("X")):  # fmt: skip
        with pytest.raises(KernelError):
            change()
    assert S.name == "S" and S != X


def test_printing():
    assert str(fun(fun(S, X), S, vec(Sort(FORMER, "×", (M, N))))) == "(S → X) → S → Vec((m × n))"
    same = fun(S, X)
    assert str(fun(same, same)) == "(S → X) → S → X"


@pytest.mark.parametrize(
    "pattern, sort, found",
    [
        (S, S, {}),
        (a, fun(S, X), {a: fun(S, X)}),
        (fun(a, v), fun(S, SCALAR), {a: S, v: SCALAR}),
        (fun(a, a), fun(S, S), {a: S}),
        (vec(d), vec(M), {d: M}),
        (g, X, {g: X}),
    ],
)
def test_matching(pattern, sort, found):
    mapping = {}
    assert sorts.match_sort(pattern, sort, mapping)
    assert mapping == found
    assert sorts.substitute_sort(pattern, mapping) == sort


@pytest.mark.parametrize(
    "pattern, sort",
    [(S, X), (fun(a, a), fun(S, X)), (a, M), (v, S), (v, BOOL), (g, SCALAR), (g, fin(M)), (d, S), (vec(d), fin(M))],
)
def test_no_match(pattern, sort):
    assert not sorts.match_sort(pattern, sort, {})


@pytest.mark.parametrize("old, new", [(S, SCALAR), (S, M), (M, S), (v, X), (g, fun(S, S)), (a, N), (S, "X")])
def test_a_sort_stands_only_for_its_class(old, new):
    with pytest.raises(KernelError, match="cannot stand for"):
        sorts.substitute_sort(old, {old: new})


def test_replacement_is_simultaneous():
    assert sorts.substitute_sort(fun(S, X, S), {S: X, X: S}) == fun(X, S, X)
    assert sorts.belongs(S, ANY) and not sorts.belongs(M, ANY)
