"""Formulas in words: the letters and short formulas of a sentence, found so that a page can set them as such.

A reason such as ``put x⁻¹(x(j) + y) for j`` is plain text; what of it is a formula in the symbols of the page is
found by reading it, and everything else stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from symbolic_equiv.latex.reader import ReadError, parse
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.report.blocks import Math
from symbolic_equiv.report.formula import Formula
from symbolic_equiv.report.texmath import TeX

LONGEST = 12
"""So many words a formula may go on for."""

_WORDS = frozenset({"a", "A", "I", "O"})
"""Letters that are words of the language as well; alone they are words."""

_ENGLISH = re.compile(r"[A-Za-z]{2,}|['’`\"\\$#%{}]|--")
"""What stands in words and in none of these formulas."""

_SIGNS = re.compile(r"[^\x00-\x7f–—‘’“”…]|[+^]|\w\(")
"""What shows that some formula was not found; then none is set, for all of a sentence to look alike."""

Part = str | Math


def letters(formulas: Iterable[str]) -> frozenset[str]:
    """The letters in some formulas, as the reader calls them; what cannot be read has none."""
    return frozenset(name for formula in formulas for name in _names(_read(formula)))


def prose(words: str, known: frozenset[str]) -> tuple[Part, ...]:
    """The words with formulas of ``known`` letters among them.

    >>> prose("put x⁻¹(x(j) + y) for j, in the sum", frozenset("xyj"))
    ('put ', Math(latex='x^{{-}1}(x(j)+ y)'), ' for ', Math(latex='j'), ', in the sum')
    >>> prose("a sum of a few", frozenset("a"))
    ('a sum of a few',)
    """
    pieces = re.split(r"(\s+)", words)
    parts: list[Part] = []
    place = 0
    while place < len(pieces):
        found = next(_formulas(pieces, place, known), None)
        if found is None:
            parts.append(pieces[place])
            place += 1
            continue
        formula, behind, place = found
        parts += [formula, behind]
    found_all = tuple(_joined(parts))
    return (words,) if any(isinstance(part, str) and _SIGNS.search(part) for part in found_all) else found_all


def _formulas(pieces: list[str], place: int, known: frozenset[str]) -> Iterator[tuple[Math, str, int]]:
    """The longest formula that begins here, what stands behind it, and where the words go on.

    An equation in words says something, and a reader may take it for a claim: its sides are formulas, its sign a word.
    """
    for end in range(min(len(pieces), place + 2 * LONGEST - 1), place, -2 if place % 2 == 0 else -1):
        text = "".join(pieces[place:end])
        if text != text.strip():
            continue
        core = text.rstrip(".,:;!?")
        behind = text[len(core) :]
        tree = _read(core) if core and not _ENGLISH.search(core) and core not in _WORDS else None
        names = set(_names(tree))
        if tree is not None and names and names <= known and not isinstance(tree, s.Listing | s.Relation):
            yield Math(Formula(TeX()).line(tree)), behind, end


_ACCENTS = {"\u0304": "overline", "\u0303": "tilde", "\u0302": "hat", "\u0307": "dot"}
_ACCENTED = re.compile(f"([A-Za-z])([{''.join(_ACCENTS)}])")


def _read(formula: str) -> s.Node | None:
    try:
        return parse(_ACCENTED.sub(lambda at: rf"\{_ACCENTS[at[2]]}{{{at[1]}}}", normalize("NFD", formula)))
    except ReadError:
        return None


def _names(tree: s.Node | None) -> Iterator[str]:
    """The letters in a tree, those in scripts as well."""
    if tree is None:
        return
    if isinstance(tree, s.Name):
        yield "".join((*tree.accents, tree.base))
    for child in tree.children:
        yield from _names(child)


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Words that follow each other in one piece."""
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        if text:
            yield text
        yield part
        text = ""
    if text:
        yield text
