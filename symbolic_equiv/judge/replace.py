"""The repair of a step written into the source: the printed parts are found in the line and replaced.

What was found may be the wrong place, so each attempt is read again, and counts only if the line then means
what the repair says.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from symbolic_equiv.document import read_derivation
from symbolic_equiv.judge.mend import Edit, Mended, marked
from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, eta
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.latex.reader import Document, ReadError, normalised, parse, read_text
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.source import Span
from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.logic.prover import Prover
from symbolic_equiv.logic.rules import THEORIES

MAX_ATTEMPTS = 8

_MARK = "replaced"
"""Stands in our own print of a line for what a repair replaces."""

BUDGET = 5.0
"""Seconds to see that what was read is equal to what was meant."""


def mended_line(text: str, format: str, line: Span, mended: Mended, place: tuple[int, int]) -> tuple[str, bool] | None:
    """The document with one line mended, and whether it was written anew; None if no change reads as the repair.

    ``line`` is where it stands in ``text``, ``place`` the numbers of its chain and of the line in it.
    """
    for attempt in islice(_attempts(text, format, line, mended), MAX_ATTEMPTS):
        if _reads_as(attempt, format, place, mended.term):
            return attempt, False
    anew = text[: line.start] + mended.latex(mended.term) + text[line.end :]
    return (anew, True) if _reads_as(anew, format, place, mended.term) else None


def _attempts(text: str, format: str, line: Span, mended: Mended) -> Iterator[str]:
    node = expression(read_text(text, format), line)
    if node is not None:
        found = [
            (span, mended.latex(edit.meant))
            for edit in mended.distinct
            for span in occurrences(node, mended.latex(edit.printed))
        ]
        found = _apart(found)
        count = len(mended.edits)
        choices = [found] if len(found) <= count else [*combinations(found, count), found]
        for choice in choices if found else ():
            yield _replaced(text, list(choice))
            yield _replaced(text, [(span, rf"\left({new}\right)") for span, new in choice])


def expression(document: Document, line: Span) -> s.Node | None:
    """The tree of the line of a chain that stands at a span."""
    for formula in (*document.displays, *document.inlines):
        for chain in formula.chains:
            for each in chain.lines:
                if each.span[1:3] == line[1:3]:
                    return each.expression
                if isinstance(each.expression, s.Relation):
                    for operand in each.expression.operands:
                        if operand.span[1:3] == line[1:3]:
                            return operand
    return None


def occurrences(node: s.Node, printed: str) -> list[Span]:
    """Where a printed term stands in a line; outermost places only."""
    try:
        wanted = normalised(parse(printed))
    except ReadError:
        return []
    found: list[Span] = []
    for each in node.walk():
        inside = any(span.start <= each.span.start and each.span.end <= span.end for span in found)
        if not inside and each.span.frame is None and normalised(each) == wanted:
            found.append(each.span)
    return found


def replaced_places(node: s.Node, mended: Mended) -> list[Span]:
    """The places in a line that a repair replaces: of several alike those that our own print of it tells apart."""
    return [span for edit in mended.distinct for span in _places(node, mended, edit)]


def _places(node: s.Node, mended: Mended, edit: Edit) -> list[Span]:
    printed = mended.latex(edit.printed)
    spans = sorted(occurrences(node, printed), key=lambda span: span.start)
    line = marked(mended, edit, _MARK) if len(spans) > 1 else None
    if line is None:
        return spans
    try:
        tree = parse(mended.latex(line))
    except ReadError:
        return spans
    here = occurrences(tree, latex(eta(Head(VARIABLE, _MARK, edit.printed.sort))))
    alike = sorted([*here, *occurrences(tree, printed)], key=lambda span: span.start)
    if not here or len(alike) != len(spans):
        return spans
    return [span for span, other in zip(spans, alike, strict=True) if other in here]


def _apart(found: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Those that do not lie in another one, in the order of the text."""
    kept = [
        (span, new)
        for span, new in found
        if not any(
            other is not span and other.start <= span.start and span.end <= other.end and other[1:3] != span[1:3]
            for other, _ in found
        )
    ]
    unique = {(span.start, span.end): (span, new) for span, new in kept}
    return [unique[key] for key in sorted(unique)]


def _replaced(text: str, changes: list[tuple[Span, str]]) -> str:
    for span, new in reversed(changes):
        text = text[: span.start] + new + text[span.end :]
    return text


def _reads_as(text: str, format: str, place: tuple[int, int], meant: Term) -> bool:
    """Whether the line can be read, as the term that is meant or as one that is equal to it without any hypothesis."""
    chains = read_derivation(read_text(text, format)).chains
    number, at = place
    if number >= len(chains) or at >= len(chains[number].lines):
        return False
    term = chains[number].lines[at].judged
    if term is None or term.sort != meant.sort:
        return False
    if latex(term) == latex(meant):
        return True
    try:
        Prover((), (term, meant), THEORIES, reindexes=False, budget=BUDGET).connect(term, meant)
    except (NotProved, KernelError):
        return False
    return True
