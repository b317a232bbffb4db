"""A finite model, as a second opinion on what the kernel accepts: every base sort is the group S₃."""

import itertools
import math
import random

from symbolic_equiv.kernel import terms
from symbolic_equiv.kernel.sorts import match_sort

GROUP = list(itertools.permutations(range(3)))


def elements(sort):
    """Some values of a sort; all of them, where they are finitely many and not functions."""
    if sort.name == "→":
        return [make(sort, seed) for seed in range(4)]
    return {"Bool": [True, False], "Scalar": [0.0, 1.0, -0.7, 2.5]}.get(sort.name, GROUP)


def make(sort, seed):
    """A value of a sort, always the same for the same seed."""
    if sort.name != "→":
        return random.Random(f"{seed} {sort}").choice(elements(sort))
    domain, codomain = sort.args
    return lambda value: make(codomain, f"{seed} {table(value, domain)}")


def table(value, sort):
    """A value as something that can be compared: a function as its values."""
    if sort.name == "→":
        return tuple(table(value(element), sort.args[1]) for element in elements(sort.args[0]))
    return round(value, 6) if sort.name == "Scalar" else value


def curried(function, *sorts):
    count = function.__code__.co_argcount
    take = lambda given: function(*given) if len(given) == count else lambda value: take((*given, value))
    return take(())


CONSTANTS = {
    "mul": lambda p, q: tuple(p[k] for k in q),
    "inv": lambda p: tuple(p.index(k) for k in range(3)),
    "scale": lambda c, u: c * u,
    "reciprocal": lambda c: 1 / c if c else 0.0,
    "exp": lambda c: math.exp(c),
    "if": lambda c, u, w: u if c else w,
}
VALUES = {"unit": (0, 1, 2), "one": 1.0, "zero": 0.0, "true": True}


def constant(head):
    declaration = head.declaration
    if declaration.definition is not None:
        mapping = {}
        match_sort(declaration.sort, head.sort, mapping)
        return evaluate(terms.substitute_sorts(declaration.definition, mapping), {})
    if head.name == "sum":
        domain = elements(head.sort.args[0].args[0])
        return lambda holds: lambda score: sum(score(element) for element in domain if holds(element))
    return VALUES[head.name] if head.name in VALUES else curried(CONSTANTS[head.name])


def evaluate(term, free, bound=()):
    """The value of a term; ``free`` has the values of variables by name, others are made from their names."""
    if term.body is not None:
        return lambda value: evaluate(term.body, free, (value, *bound))
    head = term.head
    if head.kind == terms.BOUND:
        value = bound[head.index]
    elif head.kind == terms.CONSTANT:
        value = constant(head)
    else:
        value = free[head.name](head.sort) if head.name in free else make(head.sort, head.name)
    for arg in term.args:
        value = value(evaluate(arg, free, bound))
    return value


def holds(equation, free):
    left, right = equation
    return table(evaluate(left, free), left.sort) == table(evaluate(right, free), right.sort)
