"""Hypotheses that hold together for a translation by 0 alone: finitely many tokens, and translations that never return.

Where ``x`` maps the tokens one-to-one onto positions that ``y`` moves, ``y \\neq 0`` in ``\\mathbb{R}^m`` or
``\\mathbb{Z}^m``, there are infinitely many of them: ``x(i) + y``, ``x(i) + 2y``, ….
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from symbolic_equiv.document.context import Symbol
from symbolic_equiv.document.declare import Declared
from symbolic_equiv.document.names import is_minus_one, stem
from symbolic_equiv.document.outline import SUBSETS, Unit
from symbolic_equiv.document.preterms import spell
from symbolic_equiv.document.sets import counted, is_finite
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.wording import affirms, denies, is_open, plain
from symbolic_equiv.kernel.sorts import BASE, Sort
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised

_THINGS = r"(?:tokens?|elements?|ind(?:ices|exes)|positions?|nodes?|points?|sites?|pixels?|patches)"
_FINITE = re.compile(
    rf"\bfinite\b(?!-| (?:dimension|or\b))(?:(?: \w+){{0,2}} (?:set|collection|family)(?: of (?:\w+ )?{_THINGS})?)?",
    re.IGNORECASE,
)
_INFINITE = re.compile(r"\b(?:countabl[ey]|infinite)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:(?:be|is|denotes?|for) )?(?:(?:a|the|our) )?(?:index )?(?:set|collection)?\s*of (?:the )?"
    rf"\$[^$]*\$ {_THINGS}\b",
    re.IGNORECASE,
)
"""``the set $S$ of $n$ tokens``"""

_RETURNS = re.compile(
    r"\b(?:modulo|mod|[bp]?mod|cyclic\w*|circular\w*|periodic\w*|wrap\w*|torus|tori|toroidal)\b", re.IGNORECASE
)
"""Words and commands by which the translations may be others than those of the space."""

_NEVER_RETURNS = re.compile(r"(?:R|\\R|\\mathbb ?\{?[RZQC]\}?)(?:\^.+)?")
_GROUP = re.compile(r"\b(?:group|finite)\b", re.IGNORECASE)


class Standstills:
    """Finds the maps of a document whose hypotheses leave no translation but 0."""

    def __init__(self, units: Sequence[Unit], signature: Signature, declared: Sequence[Declared]) -> None:
        self.units, self.signature, self.declared = units, signature, declared
        self.names = {sort: key.split(":", 1)[1] for key, sort in signature.sets.items()}
        self.may_return = any(_RETURNS.search(f"{unit.before} {unit.after} {_text(unit)}") for unit in units)
        self.finite = _finite(units, signature)

    def of(self, x: Symbol, sort: Sort) -> str:
        """Why only 0 can translate the positions that ``x``, of this sort, gives to the tokens; "" if others may."""
        tokens, positions = sort.args
        if self.may_return or (tokens.name != "Fin" and tokens not in self.finite):
            return ""
        moved = self._moved(positions, sorted(_translations(self.units, x)))
        if moved is None:
            return ""
        many = f"{self.names[tokens]} is finite" if tokens in self.names else "the tokens are finite in number"
        y, space = moved
        return (
            f"as printed, {many} and {y} in {space}: the hypotheses hold together for {y} = 0 alone; "
            f"let the tokens be a group such as Z/n or Z^m, and {y} one of its elements"
        )

    def _moved(self, positions: Sort, letters: Sequence[str]) -> tuple[str, str] | None:
        """A letter for translations and the space that it is in, if adding one that is not 0 never leads back."""
        space = self.names.get(positions, "")
        equals = [normalised(right) for unit in self.units if (right := _equal(unit, space)) is not None]
        real = next((each for each in (space, *equals) if _NEVER_RETURNS.fullmatch(each)), None)
        if real is not None and letters:
            return letters[0], _shown(real)
        if equals or any(_is_group(unit, space) for unit in self.units):
            return None
        for each in self.declared:
            sort = self.signature.sorts.resolve(each.sort)
            space = self.names.get(sort, "") if sort.cls == BASE else spell(sort)
            if each.key in letters and (sort.name in ("Vec", "Scalar") or _NEVER_RETURNS.fullmatch(space)):
                return each.key, _shown(space)
        return None


def _text(unit: Unit) -> str:
    return " ".join(line.span.text for line in unit.lines)


def _finite(units: Iterable[Unit], signature: Signature) -> set[Sort]:
    """The sets that the text says to be finite, and never that they are, or need not be, anything else."""
    found, others = set[str](), set[str]()
    for unit in units:
        for name, finite in _said(unit):
            (found if finite else others).add(name)
    return {signature.name_set(name, BASE) for name in found - others if signature.is_set(name)}


def _said(unit: Unit) -> Iterator[tuple[str, bool]]:
    """The names of sets of which a formula, or the words beside it, say that they are finite, or something else."""
    first, right = unit.first, unit.lines[-1].expression
    before, after = unit.before, unit.after
    size = counted(first) if first is not None else None
    if size is not None and len(unit.lines) == 2 and right is not None:
        infinite = isinstance(right, s.Name) and right.base == r"\infty"
        if unit.lines[1].relation in ("=", ":=") or (infinite and unit.lines[1].relation == "<"):
            yield normalised(size), not is_open(before) and infinite == (unit.lines[1].relation == "<")
    if not isinstance(first, s.Name):
        return
    name, relation = normalised(first), unit.lines[-1].relation
    if len(unit.lines) == 2 and relation in ("=", ":=") and right is not None:
        yield name, is_finite(right) and not is_open(before)
    elif len(unit.lines) == 1 or relation in SUBSETS:
        if denies(before, after, _FINITE) or affirms(before, after, _INFINITE):
            yield name, False
        elif affirms(before, after, _FINITE) or (_COUNTED.match(plain(after)) and not is_open(before)):
            yield name, True


def _translations(units: Iterable[Unit], symbol: Symbol) -> set[str]:
    """The letters that are added to a position where a map is inverted: the ``y`` of ``x^{-1}(x(i) - y)``."""
    nodes = [each for unit in units for line in unit.lines if line.expression for each in line.expression.walk()]
    taken = [each.argument for each in nodes if isinstance(each, s.Apply) and _inverts(each.function, symbol)]
    sums = [each for node in taken for each in node.walk() if isinstance(each, s.Addition)]
    return {normalised(part) for each in sums for part in each.operands if isinstance(part, s.Name)}


def _inverts(node: s.Node, symbol: Symbol) -> bool:
    return isinstance(node, s.Name) and stem(node) == symbol.key and any(map(is_minus_one, node.scripts))


def _equal(unit: Unit, space: str) -> s.Node | None:
    """What ``X`` is said to be, ``X = \\mathbb{R}^m``."""
    names = len(unit.lines) == 2 and unit.lines[1].relation in ("=", ":=") and isinstance(unit.first, s.Name)
    return unit.lines[1].expression if names and unit.first and normalised(unit.first) == space else None


def _is_group(unit: Unit, space: str) -> bool:
    """Whether the words call the positions a group, of which nothing more is known."""
    target = unit.first.operands[-1] if isinstance(unit.first, s.Colon) else unit.first
    ends = [each for each in target.walk() if isinstance(each, s.Name)][-1:] if target is not None else []
    beside = f"{unit.before[-40:]} {unit.after[:60]}"
    return any(normalised(each) == space for each in ends) and _GROUP.search(beside) is not None


def _shown(space: str) -> str:
    """``\\mathbb{Z}^{2}`` as ``Z^2``."""
    return re.sub(r"\\mathbb ?\{?([A-Z])\}?", r"\1", space).replace("{", "").replace("}", "")
