"""Recognising a definition: the arguments at which its right side is a given term.

What stands there may apply an argument to anything, as ``f(x⁻¹(x(i) − y))`` does, and then matching has more than one
answer: the answers that put one function for ``f`` everywhere, made by letting go of one part of the term, are found.
A hypothesis ``R(i + y, j + y) = R(i, j)`` is met in the same spirit, by solving each argument for what is open in it.
Nothing here needs to be trusted: what comes out is compared with the term, by the kernel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import count

from symbolic_equiv.kernel.sorts import KernelError, Sort, fun, match_sort, substitute_sort
from symbolic_equiv.kernel.terms import (
    BOUND,
    CONSTANT,
    VARIABLE,
    Declaration,
    Head,
    Term,
    abstract,
    abstraction,
    application,
    apply,
    eta,
    substitute,
    substitute_sorts,
    subterms,
)  # fmt: skip
from symbolic_equiv.logic.folding import replaced
from symbolic_equiv.logic.matching import Match, match_all
from symbolic_equiv.logic.rewriting import innermost
from symbolic_equiv.logic.words import Inverses, is_call, solve
from symbolic_equiv.theories.language import Expr, mul

Values = dict[Head, Term]

MAX_ROUNDS = 12
"""How often what is known may make more known."""


def calls(item: Declaration, term: Term, fixed: Mapping[int, Head]) -> Iterator[Term]:
    """The calls of a defined constant that unfold to ``term``; ``fixed`` are arguments that are symbols, by place."""
    definition, holes = item.definition, list[Head]()
    if definition is None:
        return
    inside = definition
    while inside.body is not None:
        holes.append(fixed.get(len(holes)) or Head(VARIABLE, f"~a{len(holes)}", inside.domain))
        inside = inside.body
    try:
        opened = apply(definition, list(map(eta, holes)))
        open_ = frozenset(holes) - frozenset(fixed.values())
        for sorts, values in _answers(opened, term, open_):
            args = [values[hole] if hole in open_ else eta(_at(hole, sorts)) for hole in holes]
            head = Head(CONSTANT, item.name, fun(*(arg.sort for arg in args), term.sort), item)
            if apply(substitute_sorts(definition, sorts), args) == term:
                yield application(head, args)
    except (KernelError, KeyError):  # a sort that does not fit
        return


def _answers(pattern: Term, term: Term, holes: frozenset[Head]) -> Iterator[tuple[dict[Sort, Sort], Values]]:
    """Values for the holes, and sorts for the sort variables of the pattern."""
    sorts: dict[Sort, Sort] = {}
    if not match_sort(pattern.sort, term.sort, sorts):
        return
    values: Values = {}
    for _ in range(MAX_ROUNDS):
        left = substitute_sorts(substitute(pattern, _resorted(values, sorts)), sorts)
        rest = frozenset(_at(head, sorts) for head in holes) - set(values)
        plain, later = _plain(left, rest)
        found = match_all([(plain, term)], rest | frozenset(later))
        if found is None:
            return
        new = {head: found.values[str(head.name)] for head in rest if str(head.name) in found.values}
        sorts |= found.sorts
        values |= new
        if len(values) == len(holes):
            yield sorts, _by(holes, values)
            return
        if not new:
            for more in _flexible(later, found, rest):
                if len(values) + len(more) == len(holes):
                    yield sorts, _by(holes, values | more)
            return


def _at(head: Head, sorts: dict[Sort, Sort]) -> Head:
    return Head(head.kind, head.name, substitute_sort(head.sort, sorts))


def _by(holes: Iterable[Head], values: Values) -> Values:
    """The values by the holes as they were named at first, before their sorts were known."""
    named = {head.name: value for head, value in values.items()}
    return {hole: named[hole.name] for hole in holes}


def _resorted(values: Values, sorts: dict[Sort, Sort]) -> Values:
    return {head: value for head, value in values.items() if value.sort == substitute_sort(head.sort, sorts)}


def _plain(pattern: Term, holes: frozenset[Head]) -> tuple[Term, dict[Head, Term]]:
    """The pattern with a new hole for each part in which a hole is applied to more than bound variables.

    With each new hole comes the part, if no variable is bound around it that it mentions.
    """
    later: dict[Head, Term] = {}
    names = count()

    def visit(part: Term) -> Term:
        if part.body is not None:
            return abstraction(part.domain, visit(part.body), part.hint)
        if part.head in holes and any(innermost(arg).head.kind != BOUND for arg in part.args):
            bound = sorted({(head.index, head.sort) for head in _loose(part)}, key=lambda pair: pair[0])
            hole = Head(VARIABLE, f"~p{next(names)}", fun(*(sort for _, sort in bound), part.sort))
            later[hole] = part
            return application(hole, [application(Head(BOUND, index, sort)) for index, sort in bound])
        return application(part.head, [visit(arg) for arg in part.args])

    return visit(pattern), later


def _loose(term: Term, under: int = 0) -> Iterator[Head]:
    """The bound variables of a term whose binders are outside it."""
    if term.body is not None:
        yield from _loose(term.body, under + 1)
        return
    if term.head.kind == BOUND and term.head.index >= under:
        yield Head(BOUND, term.head.index - under, term.head.sort)
    for arg in term.args:
        yield from _loose(arg, under)


def _flexible(later: dict[Head, Term], found: Match, holes: frozenset[Head]) -> Iterator[Values]:
    """Answers to ``f(e) = t``: a part of t that e matches, and for f the rest of t as a function of it."""
    for hole, part in later.items():
        value = found.values.get(str(hole.name))
        if value is None or part.loose or len(part.args) != 1 or part.args[0].body is not None:
            continue
        (element,) = part.args
        inner = holes - {part.head}
        for piece in dict.fromkeys(each for each in subterms(value) if not each.loose and each.body is None):
            met = match_all([(element, piece)], inner) if piece.sort == element.sort else None
            if met is None or met.sorts:
                continue
            place = Head(VARIABLE, "~e", piece.sort)
            function = abstract(replaced(value, piece, eta(place)), place, "i")
            values = {head: met.values[str(head.name)] for head in inner if str(head.name) in met.values}
            if function.sort == part.head.sort or part.head.sort.schematic:
                yield {**values, part.head: function}


def meets(pattern: Term, term: Term, holes: frozenset[Head], inverses: Inverses, values: Values) -> Iterator[Values]:
    """The values, more than those given, that make the pattern the term up to the laws of groups and inverse maps.

    Where the two do not match word for word, the pattern is solved for the one hole that is open in it, and a product
    with several is met by the term taken apart at each of its factors.
    """
    pattern = substitute(pattern, values)
    if pattern == term:
        yield values
    elif pattern.body is not None or term.body is not None or pattern.sort != term.sort:
        return
    elif pattern.head in holes and not pattern.args:
        yield {**values, pattern.head: term}
    else:
        found = []
        if pattern.head == term.head:
            found = list(_each(list(zip(pattern.args, term.args, strict=True)), holes, inverses, values))
            yield from found
        free = pattern.variables & holes
        if len(free) == 1 and not found:
            (hole,) = free
            value = solve(pattern, term, eta(hole), inverses)
            if value is not None and value.sort == hole.sort:
                yield {**values, hole: value}
        elif is_call(pattern, mul):
            for parts in _taken_apart(term):
                yield from _each(list(zip(pattern.args, parts, strict=True)), holes, inverses, values)


def _each(
    pairs: Sequence[tuple[Term, Term]], holes: frozenset[Head], inverses: Inverses, values: Values
) -> Iterator[Values]:
    if not pairs:
        yield values
        return
    (pattern, term), *rest = pairs
    for more in meets(pattern, term, holes, inverses, values):
        yield from _each(rest, holes, inverses, more)


def _taken_apart(term: Term) -> Iterator[tuple[Term, Term]]:
    """A product of a group as the product of two, in each way."""
    every = list(factors(term))
    for place in range(1, len(every)):
        first, second = (reduce(mul, map(Expr, part)).term for part in (every[:place], every[place:]))
        yield first, second


def factors(term: Term) -> Iterator[Term]:
    """The factors of a product of a group, however it is bracketed; of anything else, the term itself."""
    if is_call(term, mul):
        for arg in term.args:
            yield from factors(arg)
    else:
        yield term
