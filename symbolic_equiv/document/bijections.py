"""What the words of a document say of maps: that one is a bijection, or that its inverse is what is printed so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from symbolic_equiv.document.elaborate import Elaborator
from symbolic_equiv.document.naming import Scope
from symbolic_equiv.document.outline import Unit
from symbolic_equiv.document.regions import is_aside
from symbolic_equiv.document.wording import affirms, denies
from symbolic_equiv.latex.reader import syntax as s

BIJECTIVE = re.compile(
    r"\bbije[ck]ti\w+|\binvertible\b"
    r"|\b(?:auto|iso)morphisms?\b(?![- ](?:group|equivar|invar|class))"
    r"|\bpermutations?\b(?![- ](?:matri|equivar|invar|group))"
    r"|\b(?:has|have|having|admits?|possess(?:es)?|with) (?:an? |the |its )?(?:two-sided |unique |well-defined )*"
    r"inverse\b",
    re.IGNORECASE,
)
_INVERSE = re.compile(
    r"(?:\bfor (?:the|its) )?(?<!left )(?<!right )(?<!pseudo)(?<!pseudo-)(?<!ized )(?<!ised )(?<!partial )\binverse\b"
    r"(?! (?:image|element|limit|problem))",
    re.IGNORECASE,
)
"""``$x^{-1}$ denotes the inverse``, ``with inverse $x^{-1}$``"""

_IDENTIFIED = re.compile(
    r"\bidentify (?:the |all |each |every |our )?(?:tokens?|ind(?:ex|exes|ices)|elements?|sites?|nodes?)"
    r"(?: (?:of|in) \$[^$]*\$)? with (?:the |their |its )?(?:positions?|places?|locations?|elements?)"
    r"(?: (?:of|in) \$[^$]*\$)?,? (?:via|through|by means of|using|along|by)(?: the map)?\s*$",
    re.IGNORECASE,
)
"""``we identify tokens with their positions via $x$``"""


def said_bijective(text: str) -> bool:
    """Whether a remark inside a formula says so, ``x : S \\to X \\text{ bijection}``."""
    return affirms("", text, BIJECTIVE)


def note_bijections(units: Iterable[Unit], elaborator: Elaborator) -> None:
    """Mark the maps that the words call bijections, unless other words deny it of the same one."""
    said, denied = set[str](), set[str]()
    for unit in units:
        node = unit.first.operands[0] if isinstance(unit.first, s.Colon) else unit.first
        if not isinstance(node, s.Name):
            continue
        reading = elaborator.reading(node, Scope())
        if not unit.is_declaration and (len(unit.lines) > 1 or is_aside(unit.region)):
            continue
        alone = reading.inverse and len(unit.lines) == 1
        if _affirms_inverse(unit) if alone else _affirms_bijective(unit):
            said.add(reading.printed.key)
        if _denies_bijective(unit):
            denied.add(reading.printed.key)
    for key in said - denied:
        for symbol in elaborator.signature.find(key):
            symbol.bijection = True
    elaborator.signature.bijective |= said - denied


@s.kept
def _affirms_bijective(unit: Unit) -> bool:
    return affirms(unit.before, unit.after, BIJECTIVE) or _IDENTIFIED.search(unit.before) is not None


@s.kept
def _affirms_inverse(unit: Unit) -> bool:
    return affirms(unit.before, unit.after, _INVERSE) or _IDENTIFIED.search(unit.before) is not None


@s.kept
def _denies_bijective(unit: Unit) -> bool:
    return denies(unit.before, unit.after, BIJECTIVE)
