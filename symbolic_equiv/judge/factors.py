"""Small slips in products of matrices: a transpose, a factor too many or too few, two factors in the wrong order.

What is tried is a guess, as in ``mend``: the judge proves the changed line, or drops it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from symbolic_equiv.judge.mend import Edit, Mended
from symbolic_equiv.kernel.terms import Term, application
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.theories.entries import transpose
from symbolic_equiv.theories.language import Expr, matmul

MAX_POOL, MAX_TRIED = 8, 160

Factors = list[Term]


def respelled(printed: Term, *near: Term) -> Iterator[Mended]:
    """The printed term with one product changed a little, by factors that stand in it or in the terms ``near``."""
    tried: set[Term] = set()
    pool = _pool([printed, *near])
    sites = list(_sites(printed, lambda part: part))
    for change in (_turned, _longer, _shorter, _swapped, _replaced):
        for site, put in sites:
            for factors in change(factors_of(site), pool):
                product = _product(factors)
                if product is None or product.sort != site.sort or product == site:
                    continue
                whole = put(product)
                if whole not in tried and len(tried) < MAX_TRIED:
                    tried.add(whole)
                    yield Mended(whole, [Edit(site, product)])


def factors_of(term: Term) -> Factors:
    """The factors of a product, from left to right."""
    return [each for arg in term.args for each in factors_of(arg)] if is_call(term, matmul) else [term]


def _sites(term: Term, put: Callable[[Term], Term]) -> Iterator[tuple[Term, Callable[[Term], Term]]]:
    """The largest products, and matrices by themselves, each with what puts another in its place."""
    if term.body is not None:
        return
    if term.sort.name == "Mat":
        yield term, put
        for place, factor in enumerate(factors := factors_of(term)):
            for at, arg in enumerate(factor.args):
                inside = lambda new, place=place, at=at, factor=factor: put(
                    _whole([*factors[:place], _with(factor, at, new), *factors[place + 1 :]], term)
                )
                yield from _sites(arg, inside)
        return
    for at, arg in enumerate(term.args):
        yield from _sites(arg, lambda new, at=at: put(_with(term, at, new)))


def _with(term: Term, at: int, new: Term) -> Term:
    return application(term.head, [*term.args[:at], new, *term.args[at + 1 :]])


def _whole(factors: Factors, instead: Term) -> Term:
    return _product(factors) or instead


def _product(factors: Factors) -> Term | None:
    """The product, grouped to the right; None if the shapes do not fit, or there is nothing left."""
    if not factors or any(a.sort.args[1] != b.sort.args[0] for a, b in pairwise(factors)):
        return None
    total = factors[-1]
    for factor in reversed(factors[:-1]):
        total = (Expr(factor) @ Expr(total)).term
    return total


def _pool(terms: Iterable[Term]) -> Factors:
    """The smallest matrices that stand in these terms, and their transposes."""
    found: set[Term] = set()
    waiting = list(terms)
    while waiting:
        term = waiting.pop()
        if term.body is None:
            waiting += term.args
            if term.sort.name == "Mat" and not term.loose and not is_call(term, matmul):
                found |= {term, _turn(term)}
    return sorted(found, key=lambda term: (term.size, str(term)))[:MAX_POOL]


def _turn(term: Term) -> Term:
    return term.args[0] if is_call(term, transpose) else transpose(Expr(term)).term


def _turned(factors: Factors, _: Factors) -> Iterator[Factors]:
    for k, factor in enumerate(factors):
        yield [*factors[:k], _turn(factor), *factors[k + 1 :]]


def _shorter(factors: Factors, _: Factors) -> Iterator[Factors]:
    for k in range(len(factors)):
        yield [*factors[:k], *factors[k + 1 :]]


def _swapped(factors: Factors, _: Factors) -> Iterator[Factors]:
    for k in range(len(factors) - 1):
        yield [*factors[:k], factors[k + 1], factors[k], *factors[k + 2 :]]


def _longer(factors: Factors, pool: Factors) -> Iterator[Factors]:
    for extra in pool:
        for k in range(len(factors) + 1):
            yield [*factors[:k], extra, *factors[k:]]


def _replaced(factors: Factors, pool: Factors) -> Iterator[Factors]:
    for k, factor in enumerate(factors):
        for other in pool:
            if other.sort == factor.sort and other != factor:
                yield [*factors[:k], other, *factors[k + 1 :]]
