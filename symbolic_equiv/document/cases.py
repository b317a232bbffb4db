"""Which chains of a document are claimed under a condition: in a case, for a contradiction, ``if $y = 0$``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from symbolic_equiv.document.derivation import ASSUMPTION, CHAIN, CLAIM, MENTION, Chain
from symbolic_equiv.document.mood import closes_a_case, is_conditional, opens_a_case
from symbolic_equiv.document.outline import Unit
from symbolic_equiv.document.regions import Region, Regions
from symbolic_equiv.latex.reader import Document, Prose


def conditional(
    chains: tuple[Chain, ...], units: Sequence[Unit], document: Document, regions: Regions
) -> tuple[Chain, ...]:
    """The chains, with those marked that the words around them restrict."""
    others = (unit for chain, unit in zip(chains, units) if chain.role not in (CHAIN, CLAIM, MENTION))
    read = list(dict.fromkeys(f"${_text(unit)}$".lower() for unit in others))
    supposed = _supposed(chains, units, document, regions)
    return tuple(
        replace(chain, conditional=True) if id(chain) in supposed or _is_restricted(chain, unit, read) else chain
        for chain, unit in zip(chains, units)
    )


def _is_restricted(chain: Chain, unit: Unit, read: Sequence[str]) -> bool:
    if unit.implies:
        return True
    before = unit.before
    for formula in read:  # what was read as a definition or a declaration is no condition
        if formula in before.lower():
            before = re.sub(rf"(?:\bif\s+)?{re.escape(formula)}", "", before, flags=re.IGNORECASE)
    return is_conditional(before, unit.after) or unit.is_cut_down


def _text(unit: Unit) -> str:
    first, last = unit.lines[0].span, unit.lines[-1].span
    return first.source.text[first.start : last.end]


def _supposed(chains: Sequence[Chain], units: Sequence[Unit], document: Document, regions: Regions) -> set[int]:
    """The chains behind a supposition for the time being, up to where the words end it, or its region does."""
    found: set[int] = set()
    opened: Region | None = None
    since = -1
    said = {part.span.start: part.span for part in document.parts if isinstance(part, Prose)}
    for chain, unit in sorted(zip(chains, units), key=lambda pair: pair[0].lines[0].span.start):
        place = chain.lines[0].span.start
        if since >= 0:
            between = (span.text for start, span in said.items() if since < start < place)
            if regions.of(place) is not opened or any(map(closes_a_case, between)):
                since = -1
        if since >= 0:
            found.add(id(chain))
        if chain.role in (ASSUMPTION, MENTION) and not unit.is_said and opens_a_case(unit.before):
            since, opened = place, regions.of(place)
    return found
