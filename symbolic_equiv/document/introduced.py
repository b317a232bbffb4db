"""Notations that a document introduces by defining them, each rewritten to an application before anything is read.

``(f * k)(g) := …`` and all ``f * k`` after it are a function of two; ``F(x)_i := …`` is taken at ``i``;
``(\\sigma x)_i := …`` is an action, printed ``\\sigma_\\ast(x)(i)`` from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from symbolic_equiv.document.names import stem
from symbolic_equiv.document.trees import index_items, letter, rebuilt
from symbolic_equiv.latex.reader import syntax as s

INFIX = frozenset({r"\ast", r"\star", r"\circledast"})
_WORDS = frozenset({"softmax", "exp", "tr", "diag", "Concat", "concat"})

MAX_FACTORS = 60
"""In a longer row nothing is rewritten: each action makes the tree deeper."""

Change = Callable[[s.Node], s.Node | None]


def changes(lefts: Iterable[s.Node], vectors: frozenset[str] = frozenset()) -> list[Change]:
    """What to rewrite, for the left sides of the equations of a document; what is among its ``vectors`` has rows."""
    infix, indexed, acting, families = set(), set(), set(), set()
    for left in lefts:
        if isinstance(left, s.Apply) and (sign := _infix(left.function)) is not None:
            infix.add(sign)
        inner, index = _at_an_index(left)
        if isinstance(inner, s.Apply) and index and isinstance(inner.function, s.Name) and _takes_a_family(inner):
            indexed |= {inner.function} if _is_plain(inner.function) and stem(inner.function) not in vectors else set()
        if isinstance(inner, s.Group) and index and (pair := _pair(inner)) is not None and stem(pair[0]) not in vectors:
            (families if pair[0].scripts else acting).add(replace(pair[0], scripts=()))
    found: list[Change] = []
    if infix:
        found.append(lambda node: _called(node, infix))
    if acting:
        found.append(lambda node: _acted(node, acting))
    if indexed or acting or families:
        found.append(lambda node: _taken(node, indexed, families))
    return found


def changed(node: s.Node, all_changes: list[Change]) -> s.Node:
    """The tree with all of these made, inside what was changed too."""
    for change in all_changes:
        node = _everywhere(node, change)
    return node


def _everywhere(node: s.Node, change: Change) -> s.Node:
    def inside(each: s.Node) -> s.Node | None:
        new = change(each)
        if new is None:
            return None
        return rebuilt(new, lambda part: None if part is new else inside(part))

    return rebuilt(node, inside)


def _is_plain(node: s.Node) -> bool:
    return isinstance(node, s.Name) and node.base not in _WORDS


def _applied(function: s.Node, arguments: tuple[s.Node, ...], node: s.Node) -> s.Apply:
    depth = 1 + max(each.depth for each in arguments)
    body = (
        arguments[0] if len(arguments) == 1 else s.Listing(node.span, depth, (",",) * (len(arguments) - 1), arguments)
    )
    bracket = s.Group(node.span, depth + 1, "(", body, node.span, node.span)
    return s.Apply(node.span, 1 + max(function.depth, bracket.depth), function, bracket)


# f * k


def _infix(node: s.Node) -> str | None:
    inner = node.body if isinstance(node, s.Group) and node.kind in ("(", "[") else node
    if isinstance(inner, s.Product) and len(inner.operators) == 1 and inner.operators[0] in INFIX:
        return inner.operators[0] if all(isinstance(each, s.Name) for each in inner.operands) else None
    return None


def _called(node: s.Node, signs: set[str]) -> s.Node | None:
    if isinstance(node, s.Apply) and isinstance(node.function, s.Group) and node.function.kind in ("(", "["):
        inside = _called(node.function.body, signs)
        return replace(node, function=inside) if inside is not None else None
    if isinstance(node, s.Product) and len(node.operators) == 1 and node.operators[0] in signs:
        return _applied(letter(node.operators[0], node.span), node.operands, node)
    return None


# F(x)_i


def _at_an_index(node: s.Node) -> tuple[s.Node | None, s.Node | None]:
    """What has one subscript, and the subscript, if that is one name."""
    scripts = node.scripts if isinstance(node, s.Apply | s.Scripted) else ()
    if [script.kind for script in scripts] != ["_"]:
        return None, None
    items = index_items(scripts[0].body)
    index = items[0] if len(items) == 1 and isinstance(items[0], s.Name) else None
    return (replace(node, scripts=()) if isinstance(node, s.Apply) else node.base), index


def _takes_a_family(node: s.Apply) -> bool:
    """Whether all arguments are small letters: a matrix, in capitals, has rows without being told."""
    return all(isinstance(each, s.Name) and not each.base[-1:].isupper() for each in node.args)


def _taken(node: s.Node, functions: set[s.Node], families: set[s.Name]) -> s.Node | None:
    """``F(x)_i`` as ``F(x)(i)``, and ``(L_g f)_i`` as ``(L_g f)(i)``."""
    if not isinstance(node, s.Apply | s.Scripted) or [script.kind for script in node.scripts] != ["_"]:
        return None
    inner = replace(node, scripts=()) if isinstance(node, s.Apply) else node.base
    if isinstance(inner, s.Group) and isinstance(inner.body, s.Juxtapose):
        first = inner.body.operands[0]
        if isinstance(first, s.Name) and first.scripts and replace(first, scripts=()) in families:
            return _applied(inner, (node.scripts[0].body,), node)
    if isinstance(inner, s.Group) and len(inner.items) == 1:
        inner = inner.items[0]
    if isinstance(inner, s.Apply) and (inner.function in functions or _is_action(inner.function)):
        return _applied(inner, (node.scripts[0].body,), node)
    return None


# (sigma x)_i


def _pair(node: s.Group) -> tuple[s.Name, s.Name] | None:
    inner = node.body
    if isinstance(inner, s.Product) and inner.operators == (r"\cdot",):
        parts = inner.operands
    else:
        parts = inner.operands if isinstance(inner, s.Juxtapose) else ()
    first, second = parts if len(parts) == 2 else (None, None)
    if node.kind != "(" or not isinstance(first, s.Name) or not isinstance(second, s.Name) or second.scripts:
        return None
    plain = all(script.kind == "_" for script in first.scripts)
    return (first, second) if plain and stem(first) != stem(second) else None


def _star(name: s.Name) -> s.Name:
    return replace(name, scripts=(s.Script(name.span, 2, "_", letter(r"\ast", name.span)),))


def _is_action(node: s.Node) -> bool:
    return isinstance(node, s.Name) and any(
        isinstance(script.body, s.Name) and script.body.base == r"\ast" for script in node.scripts
    )


def _acted(node: s.Node, actors: set[s.Name]) -> s.Node | None:
    """``\\sigma x`` as ``\\sigma_\\ast(x)``, wherever the actor stands right before something."""
    if isinstance(node, s.Product) and node.operators == (r"\cdot",) and node.operands[0] in actors:
        return _applied(_star(node.operands[0]), node.operands[1:], node)
    if not isinstance(node, s.Juxtapose):
        return None
    if len(node.operands) > MAX_FACTORS:
        return None
    for at, part in enumerate(node.operands[:-1]):
        if part in actors:  # it acts on all that is behind it
            rest = node.operands[at + 1 :]
            new = _applied(_star(part), (rest[0] if len(rest) == 1 else replace(node, operands=rest),), part)
            return new if at == 0 else replace(node, operands=(*node.operands[:at], new))
    return None
