"""What the words of a document say of groups: that they are commutative, that numbers are taken modulo n."""

from __future__ import annotations

import re
from collections.abc import Iterable

from symbolic_equiv.document.names import stem
from symbolic_equiv.document.outline import Unit
from symbolic_equiv.document.preterms import is_function
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.kernel.sorts import BASE, Sort
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.latex.reader.source import Span

_BEFORE = re.compile(r"\b(?<!non-)(?<!not )(?:abelian|commutative)(?: \w+){0,2}\s*$", re.IGNORECASE)
"""``an abelian group $G$``"""

_AFTER = re.compile(
    r"^\s*(?:is|are|be|being)\s+(?:an? |the )?(?:\w+ )?(?:abelian|commutative)\b(?!,? (?:or|if|when|only|iff))",
    re.IGNORECASE,
)
"""``$G$ is a finite abelian group``"""

_ONTO = re.compile(r"^[^.;$]*\b(?:onto|to|into|with values in) (?:an? |the )?(?:\w+ )?(?:abelian|commutative) group")
"""``$x : S \\to G$ be a bijection onto an abelian group``"""

_MODULO = re.compile(
    r"[^.;:]*\b(?:ind(?:ex|exes|ices|izes?)|subscripts?|tokens?|positions?)\b[^.;:]*\b(?:modulo|mod\.?)\s*$",
    re.IGNORECASE,
)
"""``with indices modulo $n$``; of phases it says nothing about tokens."""

_DENIED = re.compile(r"\b(?:not?|non|never|without|unlike|instead|rather|nicht|ohne|nie|keine?n?)\b", re.IGNORECASE)

_NOT = re.compile(r"\b(?:not|non|never|need not)\b", re.IGNORECASE)


def said_commutative(units: Iterable[Unit], signature: Signature) -> dict[Sort, Span]:
    """The sets of which the words beside a formula say that they are abelian, or commutative, groups, and where."""
    found: dict[Sort, Span] = {}
    for unit in units:
        node, before, after = unit.first, unit.before[-60:], unit.after[:90]
        if not unit.is_said:
            continue
        if isinstance(node, s.Name) and len(unit.lines) == 1:
            said = _BEFORE.search(before) or _AFTER.search(after)
            if said and not _NOT.search(said[0]) and signature.is_set(normalised(node)):
                found.setdefault(signature.name_set(normalised(node), BASE), node.span)
        elif isinstance(node, s.Colon) and isinstance(node.operands[0], s.Name):
            said = _ONTO.search(after)
            if said and not _NOT.search(said[0]):
                for symbol in signature.find(stem(node.operands[0])):
                    found.setdefault(_target(symbol.sort), node.span)
    return {sort: span for sort, span in found.items() if sort.cls == BASE}


def said_modulo(units: Iterable[Unit]) -> dict[str, str]:
    """The n of which the words say that numbers are taken modulo n, with the group of the remainders, as printed."""
    found: dict[str, str] = {}
    for unit in units:
        words = _MODULO.search(unit.before[-200:]) if len(unit.lines) == 1 else None
        if words and not _DENIED.search(words[0]) and isinstance(unit.first, s.Name):
            found[normalised(unit.first)] = rf"\mathbb{{Z}}/{normalised(unit.first)}"
    return found


def _target(sort: Sort) -> Sort:
    while is_function(sort):
        sort = sort.args[1]
    return sort
