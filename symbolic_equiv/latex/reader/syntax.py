"""Syntax trees of formulas: what is printed, not yet what it means.

A tree keeps open whatever only a sort can decide.  ``x(j)`` and ``a(b+c)`` are both an ``Apply``,
``\\Delta\\varphi`` and ``WX`` both a ``Juxtapose``, and ``factors`` gives the flat row of symbols and
brackets of either, so that a later layer can group them anew.  Whether ``^{(h)}`` is an index,
``^{-1}`` an inverse, ``^T`` a transpose or ``_{qry}`` a part of the name is left open as well: names
and brackets carry their scripts as trees.

Two trees are equal if they are the same notation, wherever they stand: spans are not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property, wraps
from typing import TypeVar

from symbolic_equiv.latex.reader.source import Span


@dataclass(frozen=True)
class Node:
    """Any part of a formula: its span in the source, and how deep the tree below it is."""

    span: Span = field(compare=False, repr=False)
    depth: int = field(compare=False, repr=False)

    @property
    def line(self) -> int:
        """The source line on which it begins."""
        return self.span.line

    @cached_property
    def children(self) -> tuple[Node, ...]:
        """The nodes directly below, in the order of the fields."""
        found: list[Node] = []
        for name in _CHILDREN[type(self)]:
            value = getattr(self, name)
            if isinstance(value, Node):
                found.append(value)
            elif isinstance(value, tuple):
                for item in value:
                    if isinstance(item, Node):
                        found.append(item)
                    elif isinstance(item, tuple):
                        found += item
        return tuple(found)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, parents first."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += node.children[::-1]


@dataclass(frozen=True)
class Script(Node):
    """A subscript ``_``, a superscript ``^``, or primes ``'`` (their body is the name ``\\prime``, once for each)."""

    kind: str
    body: Node


Scripts = tuple[Script, ...]


@dataclass(frozen=True)
class Name(Node):
    """A letter, a Greek letter, a word, or an operator that stands for itself (``[\\bullet]``, ``x^*``).

    ``base`` is canonical (``f``, ``\\rho``, ``softmax``, ``\\ldots``), ``font`` is ``""`` or such as
    ``\\mathbb`` (``\\mathrm`` for upright words), ``accents`` runs from the inside out.
    """

    base: str
    font: str = ""
    accents: tuple[str, ...] = ()
    scripts: Scripts = ()

    @property
    def is_word(self) -> bool:
        return len(self.base) > 1 and self.base[0].isalpha()


@dataclass(frozen=True)
class Number(Node):
    """A number as printed: ``1``, ``0.5``."""

    text: str


@dataclass(frozen=True)
class Text(Node):
    """Words inside a formula, such as the ``if`` of a case."""

    content: str


@dataclass(frozen=True)
class Blank(Node):
    """Nothing: empty brackets, an empty cell of a matrix, an empty script."""


@dataclass(frozen=True)
class Scripted(Node):
    """Scripts on something that is not a name: ``(W_K X)^T``, ``2^n``, ``\\|x\\|_2``."""

    base: Node
    scripts: Scripts


@dataclass(frozen=True)
class Group(Node):
    """Something in brackets.

    ``kind`` is the opening bracket: ``( [ \\{ \\langle \\lvert \\lVert \\lfloor \\lceil``, or ``{`` for
    a group that does not print.  ``opening`` and ``closing`` are the spans of the brackets.
    """

    kind: str
    body: Node
    opening: Span = field(compare=False, repr=False)
    closing: Span = field(compare=False, repr=False)

    @property
    def items(self) -> tuple[Node, ...]:
        """What the commas in the brackets separate."""
        if isinstance(self.body, Blank):
            return ()
        return self.body.operands if isinstance(self.body, Listing) else (self.body,)


@dataclass(frozen=True)
class Apply(Node):
    """Something with brackets behind it, ``f(i)``, ``L_y[f]``, ``h^{-1}(x(i)-y)``: an application or a product.

    The scripts are those of the closing bracket: of the value if it is an application, of the
    bracket if it is a product.
    """

    function: Node
    argument: Group
    scripts: Scripts = ()

    @property
    def bracket(self) -> str:
        return self.argument.kind

    @property
    def args(self) -> tuple[Node, ...]:
        return self.argument.items


@dataclass(frozen=True)
class Juxtapose(Node):
    """Things side by side: a product, an application, iterated operators, or the letters of a word."""

    operands: tuple[Node, ...]


@dataclass(frozen=True)
class Infix(Node):
    """Operands with operators of one precedence between them, in the order of printing."""

    operators: tuple[str, ...]
    operands: tuple[Node, ...]


class Listing(Infix):
    """Items with ``,`` or ``;`` between them."""


class Colon(Infix):
    """``f : S \\to T``, or what stands left and right of a ``:`` or ``\\mid`` elsewhere."""


class Logical(Infix):
    """Propositions with ``\\implies``, ``\\impliedby`` or ``\\iff`` between them."""


class Connective(Infix):
    """Propositions with ``\\land`` or ``\\lor`` between them."""


class Relation(Infix):
    """``a = b``, ``j \\in N(i)``, ``1 \\leq j \\leq n``."""


class Arrow(Infix):
    """``S \\to T``, ``i \\mapsto f(i)``; several arrows associate to the right."""


class Addition(Infix):
    """Terms with ``+ - \\pm \\oplus \\cup \\|`` … between them; they associate to the left."""


class Product(Infix):
    """Factors with ``\\cdot \\times \\circ \\odot \\otimes /`` … between them, all of one precedence here."""


@dataclass(frozen=True)
class Signed(Node):
    """A sign in front: ``-a``."""

    sign: str
    body: Node


@dataclass(frozen=True)
class Binder(Node):
    """A big operator over what its subscript says: ``\\sum_{j \\in N(i)}``, ``\\sum_{j=1}^{n}``, ``\\bigcup_h``.

    ``operator`` is a name (``\\sum``, ``\\bigcup``, ``\\|``, or a word such as ``Concat``).  The body
    takes in the factors that follow, up to a ``+``, a relation or a closing bracket.
    """

    operator: Name
    conditions: tuple[Node, ...]
    upper: Node | None
    body: Node
    subscript: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Fraction(Node):
    """``\\frac{a}{b}``."""

    numerator: Node
    denominator: Node


@dataclass(frozen=True)
class Root(Node):
    """``\\sqrt{a}``, ``\\sqrt[n]{a}``."""

    degree: Node | None
    body: Node


@dataclass(frozen=True)
class Accented(Node):
    """An accent on more than a bare name: ``\\overline{x(i)}``."""

    accent: str
    body: Node


@dataclass(frozen=True)
class Matrix(Node):
    """Rows of cells, in an environment such as ``pmatrix`` or ``cases``."""

    environment: str
    rows: tuple[tuple[Node, ...], ...]


_CHILDREN: dict[type[Node], tuple[str, ...]] = {}


def _register(node: type[Node]) -> None:
    """Note which fields of each class can hold nodes, once, since ``children`` is called often."""
    plain = {"span", "depth", "kind", "font", "accents", "text", "content", "sign", "accent", "environment"}
    plain |= {"operators", "opening", "closing", "subscript"}
    _CHILDREN[node] = tuple(each.name for each in fields(node) if each.name not in plain)
    for below in node.__subclasses__():
        _register(below)


_register(Node)

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


def kept(function: Callable[[_Asked], _Answer]) -> Callable[[_Asked], _Answer]:
    """A function of a tree, or of another frozen thing, alone: its answer is kept there, for it is asked again."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def answer(asked: _Asked) -> _Answer:
        known = asked.__dict__
        if name not in known:
            known[name] = function(asked)
        return known[name]

    return answer


def factors(node: Node) -> tuple[Node, ...]:
    """The flat row of symbols and brackets that a product or an application prints as.

    ``\\Delta\\varphi(f(i))`` gives ``\\Delta``, ``\\varphi``, ``(f(i))``; a bracket with scripts comes as ``Scripted``.
    """
    flat: list[Node] = []
    waiting = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Juxtapose):
            waiting.extend(reversed(item.operands))
        elif isinstance(item, Apply):
            waiting.append(bracket(item))
            waiting.append(item.function)
        else:
            flat.append(item)
    return tuple(flat)


def bracket(node: Apply) -> Node:
    """The bracket of an application as a factor of its own, with its scripts."""
    if not node.scripts:
        return node.argument
    start, end = node.argument.span, node.scripts[-1].span
    span = start._replace(end=max(start.end, end.end)) if start.frame is end.frame else node.span
    depth = 1 + max(node.argument.depth, *(script.depth for script in node.scripts))
    return Scripted(span, depth, node.argument, node.scripts)


def ungrouped(node: Node) -> Node:
    """The node without the braces around it that do not print."""
    while isinstance(node, Group) and node.kind == "{":
        node = node.body
    return node


def components(node: Node) -> tuple[Node, ...]:
    """The parts of a pair, ``(j, h)`` or ``j, h``; of anything else, the thing itself."""
    node = ungrouped(node)
    if isinstance(node, Listing):
        return node.operands
    return node.items if isinstance(node, Group) and node.kind == "(" and len(node.items) > 1 else (node,)


@kept
def letters(node: Node) -> str | None:
    """The word that a script spells, ``qry`` for ``_{qry}``, or ``None`` if it is more than letters and digits."""
    node = ungrouped(node)
    if isinstance(node, Number):
        return node.text
    if isinstance(node, Text):
        return node.content.strip()
    if isinstance(node, Name):
        plain = not node.scripts and not node.accents and node.font in ("", r"\mathrm") and node.base[0] != "\\"
        return node.base if plain else None
    if isinstance(node, Juxtapose):
        parts = [letters(part) for part in node.operands if isinstance(part, Name | Number)]
        if len(parts) == len(node.operands) and all(parts):
            return "".join(part for part in parts if part)
    return None


def unparse(node: Node) -> str:
    """The slice of the source that the node was read from, exactly as printed there."""
    return node.span.text
