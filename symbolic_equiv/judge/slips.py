"""The usual slips of a pen: a sign, two letters in the wrong order, one letter for another.

Each is undone in one place of a line, and everywhere where the same part stands.  What comes of it is a guess: the
judge proves the line that is left, or drops it.
"""

from __future__ import annotations

from collections.abc import Iterator

from symbolic_equiv.judge.mend import Edit, Mended
from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, abstract, application, apply, eta
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.theories.language import Expr, add, inv, mul, neg

MAX_GUESSES = 60
LITTLE = 12
"""Letters of LaTeX: a sign and some brackets."""


def slips(printed: Term, places: tuple[str, ...] = ()) -> Iterator[Mended]:
    """The lines that differ from the printed one by a slip; with ``places``, one that lies in such a part of it."""
    seen = {printed}
    for part, meant in _slips(printed, printed.variables):
        if places and not _lies_in(part, places):
            continue
        everywhere = _replaced(printed, part, meant)
        if everywhere is not None and everywhere not in seen:
            seen.add(everywhere)
            yield Mended(everywhere, [Edit(part, meant)])
        if len(seen) > MAX_GUESSES:
            return


def _lies_in(part: Term, places: tuple[str, ...]) -> bool:
    """Whether a part lies in one of the places, or is little more than two of them: they may have changed places."""
    text = latex(part)
    inside = [place for place in set(places) if place in text]
    little = len(text) <= sum(map(len, inside)) + LITTLE
    return any(text in place for place in places) or (len(inside) > 1 and little)


def _slips(term: Term, scope: frozenset[Head]) -> Iterator[tuple[Term, Term]]:
    """The parts of a term with what each could have been; bound variables go by the names they are printed with."""
    if term.body is not None:
        hole = _named(term)
        yield from _slips(apply(term, [eta(hole)]), _inside(scope, hole))
        return
    for meant in _alternatives(term, scope):
        if meant.sort == term.sort and meant != term:
            yield term, meant
    for arg in term.args:
        yield from _slips(arg, scope)


def _alternatives(term: Term, scope: frozenset[Head]) -> Iterator[Term]:
    for law, opposite in ((mul, inv), (add, neg)):
        if is_call(term, law):
            left, right = map(Expr, term.args)
            if is_call(right.term, opposite):
                other = Expr(right.term.args[0])
                yield law(left, other).term
                yield law(other, opposite(left)).term
                yield law(right, left).term
            else:
                yield law(left, opposite(right)).term
                yield law(right, left).term
        elif is_call(term, opposite):
            yield term.args[0]
    for k in range(len(term.args) - 1):
        first, second = term.args[k : k + 2]
        if first.sort == second.sort:
            yield application(term.head, [*term.args[:k], second, first, *term.args[k + 2 :]])
    if term.head.kind == VARIABLE:
        for head in sorted(scope, key=lambda head: head.name):
            if head.sort == term.head.sort:
                yield application(head, term.args)


def _replaced(term: Term, part: Term, meant: Term) -> Term | None:
    """The term with ``meant`` wherever ``part`` stands; None if that cannot be built."""
    try:
        return _put(term, part, meant)
    except KernelError:
        return None


def _put(term: Term, part: Term, meant: Term) -> Term:
    if term == part:
        return meant
    if term.body is not None:
        hole = _named(term)
        return abstract(_put(apply(term, [eta(hole)]), part, meant), hole, term.hint)
    return application(term.head, [_put(arg, part, meant) for arg in term.args])


def _inside(scope: frozenset[Head], hole: Head) -> frozenset[Head]:
    """What may be meant inside a binder: it hides what is printed with its name."""
    return frozenset(head for head in scope if head.name != hole.name) | {hole}


def _named(term: Term) -> Head:
    """A variable for the binder of ``term``, by its printed name."""
    taken, name = {str(head.name) for head in term.variables}, term.hint
    while name in taken:
        name += "'"
    return Head(VARIABLE, name, term.domain)
