"""The usual slips of a pen: a sign, two letters in the wrong order, one letter for another.

Each is undone in one place of a line, or everywhere where the same part stands.  What comes of it is a guess: the
judge proves the line that is left, or drops it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from symbolic_equiv.judge.mend import Edit, Mended
from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, abstract, application, apply, eta
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.logic.words import is_call
from symbolic_equiv.theories.language import Expr, add, inv, mul, neg

MAX_GUESSES = 60
LITTLE = 12
"""Letters of LaTeX: a sign and some brackets."""

Put = Callable[[Term], Term]
"""From what shall stand in one place of a line to the whole line."""


def slips(printed: Term, places: tuple[str, ...] = ()) -> Iterator[Mended]:
    """The lines that differ from the printed one by a slip; with ``places``, one that lies in such a part of it."""
    seen = {printed}
    for part, meant, put in _slips(printed, printed.variables, lambda whole: whole):
        if places and not _lies_in(part, places):
            continue
        for whole in (_built(put, meant), _built(partial(_put, printed, part), meant)):
            if whole is not None and whole not in seen:
                seen.add(whole)
                yield Mended(whole, [Edit(part, meant)])
        if len(seen) > MAX_GUESSES:
            return


def _lies_in(part: Term, places: tuple[str, ...]) -> bool:
    """Whether a part lies in one of the places, or is little more than two of them: they may have changed places."""
    text = latex(part)
    inside = [place for place in set(places) if place in text]
    little = len(text) <= sum(map(len, inside)) + LITTLE
    return any(text in place for place in places) or (len(inside) > 1 and little)


def _slips(term: Term, scope: frozenset[Head], put: Put) -> Iterator[tuple[Term, Term, Put]]:
    """The parts of a term, what each could have been, and what puts another in this one place.

    Bound variables go by the names they are printed with.
    """
    if term.body is not None:
        hole = _named(term)
        inside = lambda new: put(abstract(new, hole, term.hint))
        yield from _slips(apply(term, [eta(hole)]), _inside(scope, hole), inside)
        return
    for meant in _alternatives(term, scope):
        if meant.sort == term.sort and meant != term:
            yield term, meant, put
    for at, arg in enumerate(term.args):
        with_one = lambda new, at=at: put(application(term.head, [*term.args[:at], new, *term.args[at + 1 :]]))
        yield from _slips(arg, scope, with_one)


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


def _built(put: Put, meant: Term) -> Term | None:
    """The line with ``meant`` put in; None if it cannot be built."""
    try:
        return put(meant)
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
