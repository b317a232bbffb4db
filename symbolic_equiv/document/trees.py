"""Small changes to syntax trees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain, count
from string import ascii_letters

from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.source import Span, join


def rebuilt(node: s.Node, change: Callable[[s.Node], s.Node | None]) -> s.Node:
    """The tree with ``change`` made from the top down; where it answers ``None`` the node stays, and we look below."""
    new = change(node)
    if new is not None:
        return new
    values = {}
    for name in s._CHILDREN[type(node)]:
        value = getattr(node, name)
        if isinstance(value, s.Node):
            values[name] = rebuilt(value, change)
        elif isinstance(value, tuple):
            values[name] = tuple(
                rebuilt(item, change)
                if isinstance(item, s.Node)
                else tuple(rebuilt(each, change) for each in item)
                if isinstance(item, tuple)
                else item
                for item in value
            )
    changed = {name: value for name, value in values.items() if value is not getattr(node, name)}
    return replace(node, **changed) if any(not _same(node, name, value) for name, value in changed.items()) else node


def _same(node: s.Node, name: str, value: object) -> bool:
    old = getattr(node, name)
    if isinstance(old, tuple) and isinstance(value, tuple):
        return len(old) == len(value) and all(a is b for a, b in zip(old, value))
    return old is value


def substituted(node: s.Node, old: s.Node, new: s.Node) -> s.Node:
    """The tree with ``new`` wherever ``old`` is printed."""
    return rebuilt(node, lambda each: new if each == old else None)


def replaced(node: s.Node, old: s.Node, new: s.Node) -> s.Node:
    """The tree with ``new`` in the one place where ``old`` is."""
    return rebuilt(node, lambda each: new if each is old else None)


def iterated(node: s.Node | None, other: s.Node) -> s.Name | None:
    """``L_yL_h``, one letter twice with indices, as one name with all of them; None if it is nothing of the kind."""
    if not (isinstance(node, s.Name) and isinstance(other, s.Name) and node.scripts and other.scripts):
        return None
    if (node.base, node.font, node.accents) != (other.base, other.font, other.accents):
        return None
    if any(script.kind != "_" for script in (*node.scripts, *other.scripts)):
        return None
    return replace(node, span=join([node.span, other.span]), scripts=node.scripts + other.scripts)


def letter(base: str, span: Span) -> s.Name:
    """A name of one letter."""
    return s.Name(span, 1, base)


def fresh_letter(preferred: str, is_taken: Callable[[str], bool]) -> str:
    """A letter that is not taken, a preferred one if possible; numbered, where all letters are taken."""
    numbered = (f"{preferred[0]}{k}" for k in count())
    return next(word for word in chain(preferred, ascii_letters, numbered) if not is_taken(word))


@s.kept
def stems(node: s.Node) -> frozenset[str]:
    """The letters of all names in a tree."""
    return frozenset(each.base for each in node.walk() if isinstance(each, s.Name))


@s.kept
def scripted_names(node: s.Node) -> tuple[s.Name, ...]:
    """The names with scripts in a tree, each once."""
    return tuple(dict.fromkeys(each for each in node.walk() if isinstance(each, s.Name) and each.scripts))


def index_items(node: s.Node) -> tuple[s.Node, ...]:
    """The indices in a subscript: ``ij`` or ``i, j``."""
    node = s.ungrouped(node)
    if isinstance(node, s.Listing):
        return node.operands
    return node.operands if isinstance(node, s.Juxtapose) else (node,)


def indices_in(script: s.Script) -> tuple[s.Node, ...]:
    """The indices of a script."""
    return index_items(script.body)


def argument_letters(node: s.Node) -> list[s.Name]:
    """The small letters that stand as elements in an index: ``i`` in ``\\pi(i)``."""
    if isinstance(node, s.Apply):
        return [each for arg in node.args for each in argument_letters(arg)]
    if isinstance(node, s.Name):
        return [node] if len(node.base) == 1 and node.base.islower() and not node.font else []
    return [each for child in node.children for each in argument_letters(child)]


def bracket_of(node: s.Node) -> tuple[s.Group | None, s.Scripts]:
    """A bracket and the scripts on it."""
    inner, scripts = (node.base, node.scripts) if isinstance(node, s.Scripted) else (node, ())
    fits = isinstance(inner, s.Group) and inner.kind in ("(", "[", r"\{") and inner.items
    return (inner, scripts) if fits and isinstance(inner, s.Group) else (None, ())
