"""What changed from one line to the next: two syntax trees compared, and marks for it on the printed line.

A change is a stretch of the line before and the stretch of the line after that stands in its place.  Both are
found in the printed text, so the same comparison serves a proof and a document, in every format.  While a line is
broken into rows a mark is two characters of no width around each token; ``settled`` writes what they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from symbolic_equiv.latex.linebreak import MARKS, Token
from symbolic_equiv.latex.reader import syntax as s

Stretch = tuple[int, int]
NEW, OLD = "new", "old"
"""The two kinds of marks: what the step into a line changed, and what the step out of it will change."""

_SIGNS = {NEW: MARKS[:2], OLD: MARKS[2:]}
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), (r"\langle", r"\rangle"), (r"\lVert", r"\rVert"))


class Change(NamedTuple):
    """A stretch of the line before, and what stands in its place in the line after."""

    before: Stretch
    after: Stretch


def changes(before: s.Node, after: s.Node) -> list[Change]:
    """The smallest parts in which two lines differ, from left to right; none if they have nothing in common.

    >>> from symbolic_equiv.latex.reader import parse
    >>> found = changes(parse("f(x + y) + g(i, j)"), parse("f(x + z) + g(k)"))
    >>> [("f(x + y) + g(i, j)"[slice(*a)], "f(x + z) + g(k)"[slice(*b)]) for a, b in found]
    [('y', 'z'), ('i, j', 'k')]
    """
    found = list(_changes(before, after))
    return [] if found == [_whole(before, after)] else found


def _changes(before: s.Node, after: s.Node) -> list[Change]:
    before, after = s.ungrouped(before), s.ungrouped(after)
    if before == after:
        return []
    if type(before) is not type(after) or isinstance(before, s.Number | s.Text) or _label(before) != _label(after):
        return [_whole(before, after)]
    if isinstance(before, s.Group | s.Script):
        return _changes(before.body, after.body)
    mine, others = before.children, after.children
    if len(mine) != len(others):
        return [_between(before, after)] if isinstance(before, s.Infix | s.Juxtapose) else [_whole(before, after)]
    parts = [(_changes(a, b), a, b) for a, b in zip(mine, others, strict=True)]
    if len(parts) > 1 and all(found == [_inner(a, b)] for found, a, b in parts):
        return [_whole(before, after)]
    return [change for found, _, _ in parts for change in found]


def _label(node: s.Node) -> tuple[object, ...]:
    """What a node is beside its children; two names with other scripts are two names."""
    match node:
        case s.Name():
            return node.base, node.font, node.accents, tuple(script.kind for script in node.scripts)
        case s.Group():
            return (node.kind,)
        case s.Script():
            return (node.kind,)
        case s.Scripted():
            return tuple(script.kind for script in node.scripts)
        case s.Apply():
            return (_head(node), *(script.kind for script in node.scripts))
        case s.Infix():
            return node.operators if len(set(node.operators)) > 1 else node.operators[:1]
        case s.Signed():
            return (node.sign,)
        case s.Binder():
            return node.operator, len(node.conditions), node.upper is None
        case s.Root():
            return (node.degree is None,)
        case s.Accented():
            return (node.accent,)
        case s.Matrix():
            return node.environment, tuple(map(len, node.rows))
        case _:
            return ()


def _head(node: s.Node) -> object:
    """What is applied, its scripts aside: with another head an application is another thing as a whole."""
    while isinstance(node, s.Apply | s.Scripted):
        node = node.function if isinstance(node, s.Apply) else node.base
    return (node.base, node.font, node.accents) if isinstance(node, s.Name) else type(node)


def _between(before: s.Infix | s.Juxtapose, after: s.Infix | s.Juxtapose) -> Change:
    """The operands that are left when equal ones are taken away in front and behind; at least one of each row."""
    mine, others = before.operands, after.operands
    shorter = min(len(mine), len(others)) - 1
    front = next((k for k in range(shorter) if mine[k] != others[k]), shorter)
    back = next((k for k in range(shorter - front) if mine[-1 - k] != others[-1 - k]), shorter - front)
    left, right = mine[front : len(mine) - back], others[front : len(others) - back]
    return Change((left[0].span.start, left[-1].span.end), (right[0].span.start, right[-1].span.end))


def _whole(before: s.Node, after: s.Node) -> Change:
    return Change(_stretch(before), _stretch(after))


def _stretch(node: s.Node) -> Stretch:
    """Where a node is printed, without the braces that do not print."""
    start, end, text = node.span.start, node.span.end, node.span.text
    while text.startswith("{") and text.endswith("}") and _balanced(text[1:-1]):
        start, end, text = start + 1, end - 1, text[1:-1]
    return start, end


def _balanced(text: str) -> bool:
    depth = 0
    for letter in re.findall(r"\\.|[{}]", text):
        depth += (letter == "{") - (letter == "}")
        if depth < 0:
            return False
    return depth == 0


def _inner(before: s.Node, after: s.Node) -> Change:
    """The whole of two nodes without the brackets around them, which are the same."""
    while isinstance(before, s.Group | s.Script) and type(before) is type(after):
        before, after = before.body, after.body
    return _whole(before, after)


def marked(tokens: Sequence[Token], new: Iterable[Stretch] = (), old: Iterable[Stretch] = ()) -> list[Token]:
    """The tokens of a printed line with the marks of two kinds of stretches of it, the wider ones outside."""
    stretches = sorted([*((a, b, NEW) for a, b in new), *((a, b, OLD) for a, b in old)], key=lambda x: x[0] - x[1])
    found, start = [], 0
    for token in tokens:
        text, end = token.text, start + len(token.text)
        places = [(max(a, start), min(b, end), kind) for a, b, kind in stretches if max(a, start) < min(b, end)]
        found.append(token._replace(text=_wrapped(text, start, places)))
        start = end
    return found


def _wrapped(text: str, start: int, places: Sequence[tuple[int, int, str]]) -> str:
    before: dict[int, str] = {}
    behind: dict[int, str] = {}
    for a, b, kind in places:  # outer ones come first
        before[a] = before.get(a, "") + _SIGNS[kind][0]
        behind[b] = _SIGNS[kind][1] + behind.get(b, "")
    return "".join(
        behind.get(start + k, "") + before.get(start + k, "") + text[k : k + 1] for k in range(len(text) + 1)
    )


def wrap(text: str, kinds: Iterable[str]) -> str:
    """A piece of a line in marks of some kinds, the first outside."""
    for kind in reversed(list(kinds)):
        text = _SIGNS[kind][0] + text + _SIGNS[kind][1]
    return text


_SEAMS = {kind: re.compile(f"{sign[1]}(\\s*){sign[0]}") for kind, sign in _SIGNS.items()}


def _written(text: str, kind: str, write: Callable[[str, str], str]) -> str:
    """The mark of a part of a row, without the comma after which the row ends."""
    inner = text.rstrip().removesuffix(",")
    return write(kind, inner) + text[len(inner) :] if inner and _closes(inner) else text


def _closes(text: str) -> bool:
    """Whether what is opened in a part of a row is closed there."""
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)


def settled(row: str, write: Callable[[str, str], str]) -> str:
    """A row of a line with ``write(kind, text)`` in place of its marks; neighbouring ones are one.

    >>> settled("a" + wrap("b", [NEW]) + " " + wrap("c", [NEW]), lambda kind, text: f"<{text}>")
    'a<b c>'

    A bracket that is closed in another row is not marked: no reader takes half of a pair for a part of a formula.
    """
    before = None
    while before != row:
        before = row
        for seam in _SEAMS.values():
            row = seam.sub(r"\1", row)
    pattern = {kind: re.compile(f"{sign[0]}([^{MARKS}]*){sign[1]}") for kind, sign in _SIGNS.items()}
    before = None
    while before != row:
        before = row
        for kind, each in pattern.items():
            row = each.sub(lambda at, kind=kind: _written(at[1], kind, write), row)
    return row
