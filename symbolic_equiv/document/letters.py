"""The letters of an assumption that stand for one thing each: ``Fix $j$ with $f(j) = 0$`` is about ``j`` alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from symbolic_equiv.document.assumptions import index_letters
from symbolic_equiv.document.context import DOCUMENT, USER
from symbolic_equiv.document.elaborate import Elaborator
from symbolic_equiv.document.names import stem
from symbolic_equiv.document.naming import Scope
from symbolic_equiv.document.outline import Unit
from symbolic_equiv.document.preterms import is_function
from symbolic_equiv.kernel.sorts import BASE
from symbolic_equiv.latex.reader import syntax as s

_FOR_ALL = re.compile(r"\b(?:all|any|every|each|arbitrary|alle|jede\w*|beliebig\w*)\b", re.IGNORECASE)
_ONE = r"(?:fix(?:ed|es)?|particular|distinguished|special|certain|single|specific|chosen)"
_FIXED_BEFORE = re.compile(rf"\b{_ONE}(?:\s+\w+){{0,3}}\s*$", re.IGNORECASE)
_FIXED_BEHIND = re.compile(
    rf"^\s*(?:\$[^$]*\$)?\s*,?\s*(?:be|is|denotes?)?\s*(?:an?|the|some|one)?\s*(?:\w+\s+)?{_ONE}\b", re.IGNORECASE
)
_INTRODUCED = re.compile(r"\b(?:let|fix|take|choose|pick|consider|given|sei|seien)\b[^.]*$", re.IGNORECASE)


def fixed_letters(unit: Unit, units: Sequence[Unit], elaborator: Elaborator) -> frozenset[str]:
    """The letters of an equation that is assumed of which the words do not say that they may be anything.

    A vector that is declared is that vector; a token or position is one only if it is called fixed, or introduced in
    the very sentence, as the letters of a law usually are not.
    """
    if unit.is_equivalence or _FOR_ALL.search(f"{unit.before} {unit.after}"):
        return frozenset()
    found: set[str] = set()
    below = index_letters(elaborator, [line.expression for line in unit.lines if line.expression is not None])
    for line in unit.lines:
        for name in elaborator.free_names(line.expression, Scope()) if line.expression is not None else ():
            printed = elaborator.reading(name, Scope()).printed
            symbol = elaborator.signature.known(printed, 0)
            if symbol is None or printed.key in below or symbol.origin not in (DOCUMENT, USER):
                continue
            sort = elaborator.sorts.resolve(symbol.sort)
            places = [each for each in units if stem(name) in declared_names(each)]
            if not is_function(sort) and (sort.cls != BASE or any(_is_fixed(each, unit) for each in places)):
                found.add(printed.key)
    return frozenset(found)


@s.kept
def declared_names(unit: Unit) -> frozenset[str]:
    """The letters that a declaration, or a formula of names alone, is about."""
    if unit.first is None or (len(unit.lines) > 1 and not unit.is_declaration):
        return frozenset()
    first = unit.first.operands[0] if isinstance(unit.first, s.Colon) else unit.first
    nodes = first.operands if isinstance(first, s.Listing) else (first,)
    return frozenset(stem(node) for node in nodes if isinstance(node, s.Name))


def _is_fixed(introduced: Unit, assumed: Unit) -> bool:
    if _FIXED_BEFORE.search(introduced.before) or _FIXED_BEHIND.search(introduced.after):
        return True
    printed = introduced.lines[0].span
    formula = printed.source.text[printed.start : introduced.lines[-1].span.end]
    return f"${formula}$" in assumed.before and _INTRODUCED.search(assumed.before) is not None
