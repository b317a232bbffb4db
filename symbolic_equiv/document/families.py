"""Families that are printed by their members: ``x_1, \\ldots, x_n``, ``x_0, \\ldots, x_{n-1}``, ``(x_i)_{i=1}^{n}``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from symbolic_equiv.document.names import stem
from symbolic_equiv.document.trees import letter
from symbolic_equiv.latex.reader import syntax as s

DOTS = frozenset({r"\ldots", r"\dots", r"\cdots"})


@dataclass(frozen=True)
class Family:
    """A name whose members are counted: the name with the last index left out, the first number and the size."""

    member: s.Name
    """The name with a letter for its index."""
    first: str
    size: s.Node


def families(node: s.Node) -> tuple[list[Family], list[s.Node]]:
    """The families in ``x_1, \\ldots, x_n, y_1, \\ldots, y_n, m``, and what else is listed."""
    if isinstance(node, s.Scripted):
        one = _indexed(node)
        return ([one], []) if one is not None else ([], [node])
    items = node.operands if isinstance(node, s.Listing) else (node,)
    found, others, at = [], [], 0
    while at < len(items):
        dots = next((k for k in (at + 1, at + 2, at + 3) if k < len(items) and _is_dots(items[k])), len(items))
        one = _between(items[at], items[dots + 1]) if dots + 1 < len(items) else None
        if one is None:
            others.append(items[at])
            at += 1
        else:
            found.append(one)
            at = dots + 2
    return found, others


def upper_size(first: str, last: s.Node) -> s.Node | None:
    """How many numbers there are from ``first`` to ``last``, for the two usual beginnings."""
    if first == "1":
        return last
    minus_one = isinstance(last, s.Addition) and last.operators == ("-",)
    if first == "0" and minus_one and isinstance(last.operands[1], s.Number) and last.operands[1].text == "1":
        return last.operands[0]
    return None


def _is_dots(node: s.Node) -> bool:
    return isinstance(node, s.Name) and node.base in DOTS


def _between(first: s.Node, last: s.Node) -> Family | None:
    """``x_1`` and ``x_n``: one name whose last subscript differs."""
    if not (isinstance(first, s.Name) and isinstance(last, s.Name) and stem(first) == stem(last)):
        return None
    if len(first.scripts) != len(last.scripts):
        return None
    others = [k for k, (a, b) in enumerate(zip(first.scripts, last.scripts, strict=True)) if a != b]
    if len(others) != 1 or last.scripts[others[0]].kind != "_":
        return None
    number, end = first.scripts[others[0]].body, last.scripts[others[0]].body
    size = upper_size(number.text, end) if isinstance(number, s.Number) else None
    if size is None:
        return None
    return Family(_with_index(last, others[0], letter("i", last.span)), number.text, size)


def _with_index(name: s.Name, at: int, index: s.Node) -> s.Name:
    scripts = tuple(replace(each, body=index) if k == at else each for k, each in enumerate(name.scripts))
    return replace(name, scripts=scripts)


def _indexed(node: s.Scripted) -> Family | None:
    """``(x_i)_{i=1}^{n}`` and ``\\{x_i\\}_{i=1}^{n}``."""
    below = [script.body for script in node.scripts if script.kind == "_"]
    above = [script.body for script in node.scripts if script.kind == "^"]
    inner = node.base.items if isinstance(node.base, s.Group) and node.base.kind in ("(", r"\{", "[") else ()
    if len(inner) != 1 or len(below) != 1 or len(above) > 1 or not isinstance(inner[0], s.Name):
        return None
    condition, member = s.ungrouped(below[0]), inner[0]
    if not (isinstance(condition, s.Relation) and condition.operators == ("=",) and above):
        return None
    index, number = condition.operands
    size = upper_size(number.text, s.ungrouped(above[0])) if isinstance(number, s.Number) else None
    stands = any(script.kind == "_" and script.body == index for script in member.scripts)
    return Family(member, number.text, size) if size is not None and stands and isinstance(number, s.Number) else None
