"""What the formulas and the words of a document declare: sorts, sets, softmax, bijections."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeGuard

from symbolic_equiv.document import derivation as result
from symbolic_equiv.document.bijections import note_bijections, said_bijective
from symbolic_equiv.document.context import DOCUMENT, USER
from symbolic_equiv.document.declare import Declarations, is_set_equation
from symbolic_equiv.document.elaborate import Elaborator
from symbolic_equiv.document.families import Family, families
from symbolic_equiv.document.names import stem
from symbolic_equiv.document.naming import Scope
from symbolic_equiv.document.outline import SUBSETS, Unit
from symbolic_equiv.document.properties import columns_said, note, orthogonality
from symbolic_equiv.document.sets import is_range, is_set_of
from symbolic_equiv.document.signature import Signature, is_size
from symbolic_equiv.kernel.sorts import BASE
from symbolic_equiv.latex.reader import ContextLine
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised

_OF_A_LAW = re.compile(r"=[^$]*\$\s*(?:,?\s*holds\s+)?,?\s*for\s+(?:all|any|every|each|arbitrary)\s*$")
"""``$b(s + t) = b(s) + b(t)$ for all``"""
_ANOTHER_BEFORE = re.compile(
    r"\b(?:sigmoid|logistic|non-?linearit(?:y|ies)|activations?|re-?lu|gelu|tanh|standard deviation|variance|scale"
    r"|temperature)(?:\s+\w+){0,2}\s*$",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"^\s*,?\s*(?:which\s+)?(?:is|are|denotes?|denoting|be|being|stands\s+for|means|represents)\s+"
    r"(?!(?:[\w-]+\s+){0,4}softmax)(?:an?|the|some|any|our|not|no|never)\s+\w+",
    re.IGNORECASE,
)
_SOFTMAX_BEFORE = re.compile(r"\bsoftmax(?: function| operator| map)?\s*$")
_SOFTMAX_AFTER = re.compile(r"(?:,? which)?\s*(?:is|denotes|being|be|stands for|means)\s+(?:[a-z-]+\s+){0,2}softmax\b")


class Declaring:
    """The part of a pass that takes declarations; ``Pass`` has the rest."""

    signature: Signature
    elaborator: Elaborator
    declarations: Declarations
    user: tuple[ContextLine, ...]
    units: list[Unit]
    said: set[int]
    roles: dict[int, str]
    unread: set[str]

    def _declare(self) -> None:
        for line in self.user:
            if line.kind == "declare":
                for chain in line.chains:
                    unit = Unit(chain.lines, "", "", False)
                    if not self._declaration(unit, USER):
                        self._bare_sets(unit)
        stated = self._numbered()
        for unit in sorted(self.units, key=_lateness):
            if unit.is_declaration and self._declaration(unit, DOCUMENT):
                self.said.add(id(unit))
            elif len(unit.lines) == 1 and (listed := _listed(unit)):
                self._list(unit, listed)
            elif len(unit.lines) == 2 and unit.lines[1].relation in ("=", ":="):
                left, right = unit.first, unit.lines[1].expression
                if (
                    left is not None
                    and isinstance(right, s.Listing)
                    and is_range(right)
                    and self.declarations.declare(left, right, DOCUMENT)
                ):
                    self.said.add(id(unit))
                elif listed := _listed(unit):
                    self._list(unit, listed)
                elif left is not None and right is not None and is_set_equation(left, right, self.signature):
                    self.said.add(id(unit))
                    self.roles[id(unit)] = result.DECLARATION
                elif _is_structure(left, right):
                    self.unread.add(self.elaborator.reading(left, Scope()).printed.key)
                    self.said.add(id(unit))
                    self.roles[id(unit)] = result.DECLARATION
            for line in unit.lines:
                for formula in line.remark.formulas if line.remark else ():
                    self._quantified(formula)
        for unit, name in stated:
            if self.signature.is_dimension(name):
                self.said.add(id(unit))
                self.roles[id(unit)] = result.DECLARATION
        note(self.units, self.elaborator)
        self._orthogonal()
        if columns_said(self.units):
            self.signature.softmax_way = "column"
        self.declarations.find_positions(frozenset().union(*(unit.inverted for unit in self.units)))
        for unit in self.units:
            if (softmax := _said_softmax(unit)) is not None:
                self.signature.softmax.add(stem(softmax))
            elif isinstance(unit.first, s.Name) and len(unit.lines) == 1 and _said_another(unit):
                self.signature.no_softmax.add(stem(unit.first))
        note_bijections(self.units, self.elaborator)

    def _orthogonal(self) -> None:
        """``P^\\top P = I``, said of a matrix ``P``."""
        for unit in self.units:
            found = orthogonality(unit, self.elaborator) if id(unit) not in self.said else None
            if found is not None:
                found[0].properties |= found[1]
                self.said.add(id(unit))
                self.roles[id(unit)] = result.ASSUMPTION

    def _quantified(self, formula: s.Node) -> None:
        """``for all b \\in H``, behind a display: a declaration, unless the letter is declared already."""
        if isinstance(formula, s.Relation) and formula.operators == (r"\in",) and self._is_sort(formula.operands[1]):
            left = formula.operands[0]
            nodes = left.operands if isinstance(left, s.Listing) else (left,)
            if not any(isinstance(node, s.Name) and self.signature.find(stem(node)) for node in nodes):
                self.declarations.declare(left, formula.operands[1], DOCUMENT)

    def _declaration(self, unit: Unit, origin: str) -> bool:
        first = unit.first
        if isinstance(first, s.Colon) and len(first.operands) == 2:
            remark = unit.lines[0].remark.text if unit.lines[0].remark else ""
            return self.declarations.declare(first.operands[0], first.operands[1], origin, said_bijective(remark))
        if len(unit.lines) == 2 and first is not None and unit.lines[1].expression is not None:
            right = unit.lines[1].expression
            names = first.operands if isinstance(first, s.Listing) else (first,)
            subset = unit.lines[1].relation in SUBSETS
            if subset and isinstance(first, s.Apply) and self._is_sort(right):
                return self.declarations.subsets(first, right, origin)
            if not all(isinstance(name, s.Name | s.Juxtapose) for name in names) or not self._is_sort(right):
                return False
            if subset and any(self.signature.is_set(normalised(name)) for name in names):
                return False  # H \subset G, and elements of H by themselves: a set of its own
            self.declarations.in_passing = _OF_A_LAW.search(unit.before) is not None
            found = self.declarations.declare(first, right, origin, subset=subset)
            self.declarations.in_passing = False
            return found
        return False

    def _is_sort(self, node: s.Node) -> bool:
        if isinstance(node, s.Apply):
            return is_set_of(node)
        if isinstance(node, s.Scripted) and isinstance(node.base, s.Number):
            return True  # 2^S
        return not isinstance(node, s.Name) or self.elaborator.is_sort(node, Scope())

    def _numbered(self) -> list[tuple[Unit, str]]:
        """``let $n = 4$``: as a dimension, the name is that number."""
        found: list[tuple[Unit, str]] = []
        for unit in self.units:
            sides = [line.expression for line in unit.lines]
            if len(sides) == 2 and unit.is_equation and (unit.defines or unit.assumes):
                name, number = sides
                if isinstance(name, s.Name) and isinstance(number, s.Number) and is_size(number.text):
                    found.append((unit, normalised(name)))
                    self.signature.numbered.setdefault(normalised(name), number.text)
        return found

    def _list(self, unit: Unit, listed: list[Family]) -> None:
        """``X = (x_1, \\ldots, x_n)``: there is a family; what it makes up is not read."""
        for family in listed:
            self.declarations.enter_family(family, self.signature.sorts.fresh(), DOCUMENT, family.member.span)
        if len(unit.lines) == 2 and isinstance(unit.first, s.Name):
            if len(listed) > 1 or replace(listed[0].member, scripts=()) != unit.first:  # x = (x_1, …, x_n) adds nothing
                self.unread.add(self.elaborator.reading(unit.first, Scope()).printed.key)
            self.said.add(id(unit))

    def _bare_sets(self, unit: Unit) -> None:
        """``declare S, X``: the names of sets."""
        if unit.first is not None and len(unit.lines) == 1:
            for node in unit.first.operands if isinstance(unit.first, s.Listing) else (unit.first,):
                if isinstance(node, s.Name):
                    self.signature.name_set(normalised(node), BASE)


@s.kept
def _lateness(unit: Unit) -> int:
    """Subsets, ``S = [n]`` and ``|S| = n`` last, after all that shows them to be sets; indices after what has none."""
    if unit.first is not None and (families(unit.first)[0] or _listed(unit)):
        return -1
    sides = (unit.first, unit.lines[-1].expression) if unit.is_equation else ()
    counts = any(isinstance(side, s.Group | s.Product | s.Scripted) for side in sides)
    return 2 if unit.lines[-1].relation in SUBSETS or counts else _is_late(unit)


def _is_structure(left: s.Node | None, right: s.Node | None) -> TypeGuard[s.Name]:
    """``G = (V, E)``: a capital for what consists of several things, of which nothing else is said."""
    if not (isinstance(left, s.Name) and left.base.isupper() and isinstance(right, s.Group) and right.kind == "("):
        return False
    return len(right.items) > 1 and all(isinstance(item, s.Name) for item in right.items)


@s.kept
def _listed(unit: Unit) -> list[Family]:
    """The families in ``X = (x_1, \\ldots, x_n)``, and in ``x_1, \\ldots, x_n`` alone."""
    last = unit.lines[-1].expression
    if len(unit.lines) == 1:
        return families(last)[0] if last is not None else []
    equates = len(unit.lines) == 2 and unit.lines[1].relation in ("=", ":=") and isinstance(unit.first, s.Name)
    inner = last.body if equates and isinstance(last, s.Group) and last.kind in ("(", "[", r"\{") else None
    return families(inner)[0] if inner is not None else []


def _is_late(unit: Unit) -> bool:
    """Whether a declaration may have indices (``g_a``), which others declare (``a \\in [n]``), before or after."""
    last = unit.lines[-1]
    is_set = isinstance(last.expression, s.Group | s.Product | s.Name)
    if len(unit.lines) != 2 or last.relation != r"\in" or not is_set:
        return True
    names = unit.first.operands if isinstance(unit.first, s.Listing) else (unit.first,)
    return not all(isinstance(name, s.Name) and not name.scripts for name in names)


@s.kept
def _said_another(unit: Unit) -> bool:
    """``$\\sigma$ is a sigmoid``: whatever else it is called, it is no softmax."""
    return _ANOTHER_BEFORE.search(unit.before) is not None or _ANOTHER.match(unit.after) is not None


def _said_softmax(unit: Unit) -> s.Name | None:
    """``the softmax $\\sigma$``, ``$\\sigma$ is the softmax``."""
    head = unit.first.function if isinstance(unit.first, s.Apply) else unit.first
    if not (unit.inline and isinstance(head, s.Name) and len(unit.lines) == 1):
        return None
    return head if _SOFTMAX_BEFORE.search(unit.before) or _SOFTMAX_AFTER.match(unit.after) else None
