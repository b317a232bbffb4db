"""What the words of a document say of groups: that they are commutative, that numbers are taken modulo n."""

from __future__ import annotations

import re
from collections.abc import Iterable

from symbolic_equiv.document.names import stem
from symbolic_equiv.document.outline import Unit
from symbolic_equiv.document.preterms import is_function
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.wording import affirms, denies, is_open
from symbolic_equiv.kernel.sorts import BASE, Sort
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.latex.reader.source import Span

_ABELIAN = re.compile(
    r"(?<![-\w])(?:abelian|commutative)(?:(?: \w+)? group)?\b"
    r"(?![- ](?:by|diagram|square|subgroup|quotient|extension|ring|algebra|if))",
    re.IGNORECASE,
)
_ONTO = re.compile(
    r"[^.;$]*\b(?:onto|to|into|with values in) (?:an? |the )?(?:\w+ )?(?:abelian|commutative) group\b", re.IGNORECASE
)
"""``$x : S \\to G$ be a bijection onto an abelian group``"""

_LAW = re.compile(
    r"\b(?:the )?(?:addition|multiplication|group law|operation) (?:in|of|on)(?: the group)?$", re.IGNORECASE
)
"""``addition in $X$ is commutative``"""

_MODULO = re.compile(
    r"[^.;:]*\b(?:ind(?:ex|exes|ices|izes?)|subscripts?|tokens?|positions?)\b[^.;:]*\b(?:modulo|mod\.?)\s*$",
    re.IGNORECASE,
)
"""``with indices modulo $n$``; of phases it says nothing about tokens."""

_DENIED = re.compile(
    r"\b(?:not?|non|never|without|unlike|instead|rather|nicht|ohne|nie|keine?n?|nobody|none)\b", re.IGNORECASE
)


def said_commutative(units: Iterable[Unit], signature: Signature) -> dict[Sort, Span]:
    """The sets of which the words beside a formula say that they are abelian, or commutative, groups, and where."""
    found: dict[Sort, Span] = {}
    denied: set[Sort] = set()
    for unit in units:
        node, before, after = unit.first, unit.before, unit.after
        if node is None or len(unit.lines) > 1:
            continue
        place, said = node.span, unit.is_said and not is_open(before)
        if isinstance(node, s.Colon) and isinstance(node.operands[0], s.Name):
            onto = _ONTO.match(after)
            if onto and said and not _DENIED.search(onto[0]):
                for symbol in signature.find(stem(node.operands[0])):
                    found.setdefault(_target(symbol.sort), place)
            node = node.operands[1].operands[-1] if isinstance(node.operands[1], s.Arrow) else None
        name, before = _group(node), _LAW.sub("", before)
        if name and signature.is_set(name):
            group = signature.name_set(name, BASE)
            if said and affirms(before, after, _ABELIAN):
                found.setdefault(group, place)
            denied |= {group} if denies(before, after, _ABELIAN) else set()
    return {sort: place for sort, place in found.items() if sort.cls == BASE and sort not in denied}


def _group(node: s.Node | None) -> str:
    """The printed name of ``X``, also in ``(X, +)``."""
    if isinstance(node, s.Group) and node.kind == "(" and isinstance(node.body, s.Listing):
        node = node.body.operands[0]
    return normalised(node) if isinstance(node, s.Name) else ""


def said_modulo(units: Iterable[Unit]) -> dict[str, str]:
    """The n of which the words say that numbers are taken modulo n, with the group of the remainders, as printed."""
    found: dict[str, str] = {}
    for unit in units:
        words = _MODULO.search(unit.before[-200:]) if len(unit.lines) == 1 else None
        if words and unit.is_said and not _DENIED.search(words[0]) and isinstance(unit.first, s.Name):
            found[normalised(unit.first)] = rf"\mathbb{{Z}}/{normalised(unit.first)}"
    return found


def _target(sort: Sort) -> Sort:
    while is_function(sort):
        sort = sort.args[1]
    return sort
