"""What the words say of neighbourhoods and encodings: that they move with the tokens, or depend on differences only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from symbolic_equiv.document.elaborate import Elaborator
from symbolic_equiv.document.names import stem
from symbolic_equiv.document.naming import Scope
from symbolic_equiv.document.outline import Unit
from symbolic_equiv.document.wording import affirms, denies, plain
from symbolic_equiv.latex.reader import Document, Prose, ReadError, parse
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.source import Span

_EACH = r"(?:each|every|any|all|the)"
_MOVES = re.compile(
    r"\b(?:translation|shift)s?[- ](?:in|equi|co)variant\b"
    rf"|\b(?:in|equi|co)variant (?:under|to|with respect to) (?:{_EACH} )?(?:translations?|shifts?)\b"
    r"|\bmoves? (?:along )?with (?:the |its |their )?(?:tokens?|cent(?:re|er)|quer(?:y|ies))\b"
    r"|\bthe same (?:window|shape|pattern|neighbou?rhood|set of offsets) (?:around|about|at|relative to) "
    rf"{_EACH} (?:tokens?|positions?|points?|sites?|pixels?|quer(?:y|ies))\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\bdepends? (?:only|solely|just) on (?:the )?"
    r"(?:relative positions?|differences? (?:of|between) (?:the |their )?positions?|offsets?|displacements?)\b"
    r"|\bfunctions? of (?:the )?(?:relative position|difference of (?:the |their )?positions) (?:only|alone)\b",
    re.IGNORECASE,
)
_CALLED = r"(?:the (?:difference|relative position|offset|displacement) )?"
_ON_DIFFERENCE = re.compile(
    rf"\bdepends? (?:only|solely|just) on {_CALLED}\$(?P<on>[^$]*)\$"
    rf"|\bfunctions? of {_CALLED}\$(?P<of>[^$]*)\$ (?:only|alone)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?! *(?:(?:of|between) (?:the |two )*(?:tokens?|positions?|points?|\$[^$]*\$(?: and \$[^$]*\$)?)? *)?"
    r"(?:$|[;:()]|for (?:all|each|every|any)\b|, (?:where|so|for|as|which|that|we|let|say)\b))"
)
"""What it may depend on besides."""

_BY_DIFFERENCE = re.compile(r"\bdepends-on-the-difference\b")
_NEIGHBOURHOODS = re.compile(
    r"\b(?:the |all |our |these )?(?:neighbou?rhoods?|windows|receptive fields)(?=[ ,])", re.IGNORECASE
)
_PARTLY = re.compile(r"\b(?:away from|interior|boundar(?:y|ies)|edges?|borders?|far from|locally)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?]+")

ALL, ITSELF = "", "-"
"""In the place of a name: all neighbourhoods; for a token that is its own position."""


def said_to_move(units: Iterable[Unit], document: Document, elaborator: Elaborator) -> dict[str, Span]:
    """The names of the relations of which the words say that they move with the tokens, and where they say it."""
    found: dict[str, Span] = {}
    denied: set[str] = set()
    for unit in units:
        name = _relation(unit)
        if name is None:
            continue
        key = elaborator.reading(name, Scope()).printed.key
        if denies(unit.before, unit.after, _MOVES):
            denied.add(key)
        elif _says(unit, unit.after, _MOVES):
            found.setdefault(key, name.span)
    for place, before, after in _unnamed(document):
        if denies(before, after, _MOVES):
            denied.add(ALL)
        elif affirms(before, after, _MOVES) and not _PARTLY.search(after):
            found.setdefault(ALL, place)
    return {} if ALL in denied else {key: place for key, place in found.items() if key not in denied}


def said_relative(units: Iterable[Unit], elaborator: Elaborator) -> dict[str, tuple[Span, str]]:
    """The names of the encodings that depend on a difference of positions only: where, and of which map if it says so.

    The map is "" where the words do not name it, and ``ITSELF`` where the tokens are their own positions.
    """
    found: dict[str, tuple[Span, str]] = {}
    denied: set[str] = set()
    for unit in units:
        node = unit.first.operands[0] if isinstance(unit.first, s.Colon) else unit.first
        node = node.function if isinstance(node, s.Apply) else node
        if not isinstance(node, s.Name) or (len(unit.lines) > 1 and not unit.is_declaration):
            continue
        key = elaborator.reading(node, Scope()).printed.key
        printed = _ON_DIFFERENCE.search(plain(unit.after))
        by = _difference(printed["on"] or printed["of"]) if printed else ""
        after = _ON_DIFFERENCE.sub("depends-on-the-difference", plain(unit.after)) if by is not None else unit.after
        said = _BY_DIFFERENCE if printed and by is not None else _RELATIVE
        if denies(unit.before, after, said):
            denied.add(key)
        elif by is not None and _says(unit, after, said) and not _depends_on_more(plain(after), said):
            found.setdefault(key, (node.span, by))
    return {key: place for key, place in found.items() if key not in denied}


def _says(unit: Unit, after: str, predicate: re.Pattern[str]) -> bool:
    return not unit.is_denied and affirms(unit.before, after, predicate) and not _PARTLY.search(after)


def _depends_on_more(after: str, said: re.Pattern[str]) -> bool:
    found = said.search(after)
    return found is not None and _MORE.match(after[found.end() :].removesuffix(".")) is not None


def _relation(unit: Unit) -> s.Name | None:
    """The ``N`` of ``N``, ``N(i)`` and ``N : S \\to 2^S``, where it is all that stands there."""
    node = unit.first.operands[0] if isinstance(unit.first, s.Colon) else unit.first
    node = node.function if isinstance(node, s.Apply) else node
    alone = len(unit.lines) == 1 or unit.is_declaration
    return node if alone and isinstance(node, s.Name) else None


def _unnamed(document: Document) -> Iterator[tuple[Span, str, str]]:
    """Where the text speaks of the neighbourhoods, with the sentence on either side."""
    for part in document.parts:
        if not isinstance(part, Prose):
            continue
        for sentence in _SENTENCE.finditer(part.span.text):
            if (found := _NEIGHBOURHOODS.search(sentence[0])) is not None:
                at = part.span.start + sentence.start()
                place = part.span._replace(start=at + found.start(), end=at + found.end())
                yield place, sentence[0][: found.start()], sentence[0][found.end() :]


def _difference(text: str) -> str | None:
    """The ``x`` of ``x(j) - x(i)``, also in norm; ``ITSELF`` for ``j - i``; None for anything else."""
    try:
        node = s.ungrouped(parse(text))
    except ReadError:
        return None
    node = node.body if isinstance(node, s.Group) and node.kind in ("(", "|", r"\lvert", r"\lVert") else node
    if not isinstance(node, s.Addition) or node.operators != ("-",):
        return None
    left, right = node.operands
    if isinstance(left, s.Name) and isinstance(right, s.Name):
        return ITSELF if stem(left) != stem(right) else None
    if not (isinstance(left, s.Apply) and isinstance(right, s.Apply) and left.argument != right.argument):
        return None
    one, other = left.function, right.function
    same = isinstance(one, s.Name) and isinstance(other, s.Name) and one == other and not one.scripts
    return stem(one) if same and isinstance(one, s.Name) else None
