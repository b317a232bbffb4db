"""Trees from what the grammar recognises: one method per rule of ``grammar.lark``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.errors import ReadError
from symbolic_equiv.latex.reader.source import Span, join
from symbolic_equiv.latex.reader.tokens import NUMBER, TEXT, TIMES, Token

MAX_DEPTH = 120
"""The deepest tree: scripts, arguments and operators in one another."""

Part = Token | s.Node
NodeType = TypeVar("NodeType", bound=s.Node)


def make(kind: type[NodeType], span: Span, below: Sequence[s.Node], *parts: Any) -> NodeType:
    """A node, unless the tree would become too deep: raises ``ReadError``."""
    depth = 1 + max((node.depth for node in below), default=0)
    if depth > MAX_DEPTH:
        found = f"a formula nested more than {MAX_DEPTH} deep"
        raise ReadError(span._replace(end=span.start + 1), found, f"at most {MAX_DEPTH}", "name a part of the formula")
    return kind(span, depth, *parts)


def around(parts: Sequence[Part]) -> Span:
    return parts[0].span if len(parts) == 1 else join([part.span for part in parts])


def _infix(kind: type[s.Infix], parts: list[Any]) -> s.Node:
    """Of nodes with the tokens of operators between them."""
    if len(parts) == 1:
        return parts[0]
    return make(kind, around(parts), parts[::2], tuple(token.value for token in parts[1::2]), tuple(parts[::2]))


def with_scripts(base: s.Node, scripts: Sequence[s.Script]) -> s.Node:
    """A name keeps its scripts itself; the label of a brace above or below says nothing."""
    if isinstance(base, s.Accented) and base.accent in (r"\underbrace", r"\overbrace"):
        return _in_braces(base.body, around([base, *scripts]), base.span._replace(end=base.span.start), base.span)
    if not scripts:
        return base
    span = around([base, *scripts])
    if isinstance(base, s.Name) and not base.scripts:
        return make(s.Name, span, scripts, base.base, base.font, base.accents, tuple(scripts))
    return make(s.Scripted, span, [base, *scripts], base, tuple(scripts))


def _in_braces(inner: s.Node, span: Span, opening: Span, closing: Span) -> s.Node:
    """Braces around a bare name or number are the name itself, so that ``{x}_1`` is ``x_1``."""
    if isinstance(inner, s.Name) and not inner.scripts:
        return make(s.Name, span, [inner], inner.base, inner.font, inner.accents)
    if isinstance(inner, s.Number):
        return make(s.Number, span, [inner], inner.text)
    return make(s.Group, span, [inner], "{", inner, opening, closing)


def _is_bracket(node: s.Node) -> bool:
    inner = node.base if isinstance(node, s.Scripted) else node
    return isinstance(inner, s.Group) and inner.kind in ("(", "[")


def _takes_brackets(node: s.Node, bracket: s.Node) -> bool:
    """Whether a bracket behind ``node`` may be its argument; braces only behind a word (``\\max\\{a, b\\}``)."""
    inner = bracket.base if isinstance(bracket, s.Scripted) else bracket
    if isinstance(inner, s.Group) and inner.kind == r"\{":
        return isinstance(node, s.Name) and node.is_word
    return _is_bracket(bracket) and (isinstance(node, s.Name | s.Apply | s.Accented) or _is_bracket(node))


def _row(units: list[s.Node]) -> s.Node:
    """Things side by side; each bracket joins what stands before it as an ``Apply``."""
    row: list[s.Node] = []
    for unit in units:
        if row and _takes_brackets(row[-1], unit):
            function, scripts = row.pop(), ()
            span = around([function, unit])
            below = [function, unit]
            if isinstance(unit, s.Scripted):
                unit, scripts = unit.base, unit.scripts
            unit = make(s.Apply, span, below, function, unit, scripts)
        row.append(unit)
    return row[0] if len(row) == 1 else make(s.Juxtapose, around(row), row, tuple(row))


def _listed(items: Sequence[s.Node]) -> s.Node:
    if len(items) == 1:
        return items[0]
    return make(s.Listing, around(items), items, (",",) * (len(items) - 1), tuple(items))


def conditions(node: s.Node) -> tuple[s.Node, ...]:
    """The conditions under a big operator; in ``i, j \\in S`` both ``i`` and ``j`` are in ``S``."""
    node = s.ungrouped(node)
    if not isinstance(node, s.Listing):
        return (node,)
    found: list[s.Node] = []
    bare: list[s.Node] = []
    for item in node.operands:
        if isinstance(item, s.Relation) and bare:
            operands = (_listed([*bare, item.operands[0]]), *item.operands[1:])
            item = make(s.Relation, around(operands), operands, item.operators, operands)
            bare = []
        if isinstance(item, s.Relation | s.Colon):
            found.extend(bare)
            found.append(item)
            bare = []
        else:
            bare.append(item)
    return (*found, *bare)


class Builder:
    """The callbacks of the parser."""

    def start(self, parts: list[s.Node]) -> s.Node:
        return parts[0]

    def listing(self, parts: list[Part]) -> s.Node:
        """In ``f, g : S \\to T`` the comma binds more tightly than the colon."""
        for at in range(2, len(parts), 2):
            item, before = parts[at], parts[0:at:2]
            if isinstance(item, s.Colon) and not any(isinstance(each, s.Colon | s.Relation) for each in before):
                left = _infix(s.Listing, [*parts[:at], item.operands[0]])
                operands = (left, *item.operands[1:])
                parts = [make(s.Colon, around(operands), operands, item.operators, operands), *parts[at + 1 :]]
                break
        return _infix(s.Listing, parts)

    def colon(self, parts: list[Part]) -> s.Node:
        return _infix(s.Colon, parts)

    def logical(self, parts: list[Part]) -> s.Node:
        return _infix(s.Logical, parts)

    def connective(self, parts: list[Part]) -> s.Node:
        return _infix(s.Connective, parts)

    def relation(self, parts: list[Part]) -> s.Node:
        return _infix(s.Relation, parts)

    def arrow(self, parts: list[Part]) -> s.Node:
        return _infix(s.Arrow, parts)

    def addition(self, parts: list[Part]) -> s.Node:
        return _infix(s.Addition, parts)

    def signed(self, parts: list[Any]) -> s.Node:
        return make(s.Signed, around(parts), [parts[1]], parts[0].value, parts[1])

    def term(self, parts: list[Part]) -> s.Node:
        operators, rows = [], [[]]
        for part in parts:
            if isinstance(part, Token) and part.type == TIMES:
                operators.append(part.value)
                rows.append([])
            else:
                rows[-1].append(part)
        operands = tuple(_row(row) for row in rows)
        if not operators:
            return operands[0]
        return make(s.Product, around(operands), operands, tuple(operators), operands)

    def binder(self, parts: list[Any]) -> s.Node:
        sign, scripts, body = parts[0], parts[1:-1], parts[-1]
        below: tuple[s.Node, ...] = ()
        upper = subscript = None
        for script in scripts:
            if script.kind == "_" and not below:
                below, subscript = conditions(script.body), script.span
            elif script.kind == "^" and upper is None:
                upper = script.body
            else:
                raise ReadError(script.span, f"a second ‘{script.kind}’ on ‘{sign.value}’", "one below and one above")
        font = "" if sign.value.startswith("\\") else r"\mathrm"
        operator = make(s.Name, sign.span, (), sign.value, font)
        inside = [*below, body] if upper is None else [*below, upper, body]
        return make(s.Binder, around(parts), inside, operator, below, upper, body, subscript)

    def bare(self, parts: list[Any]) -> s.Node:
        end = parts[-1].span
        return self.binder([*parts, make(s.Blank, end._replace(start=end.end), ())])

    def unit(self, parts: list[Any]) -> s.Node:
        return with_scripts(self._atom(parts[0]), parts[1:])

    def _atom(self, part: Part) -> s.Node:
        if isinstance(part, s.Node):
            return part
        if part.type == NUMBER:
            return make(s.Number, part.span, (), part.value)
        if part.type == TEXT:
            return make(s.Text, part.span, (), " ".join(part.value.split()))
        return make(s.Name, part.span, (), part.value, part.font)

    def script(self, parts: list[Any]) -> s.Node:
        if len(parts) == 1:
            prime = make(s.Name, parts[0].span, (), r"\prime")
            return make(s.Script, parts[0].span, (), "'", prime)
        body = self._atom(parts[1])
        inner = body.body if isinstance(body, s.Group) and body.kind == "{" else body
        return make(s.Script, around(parts), [inner], parts[0].value, inner)

    def braces(self, parts: list[Any]) -> s.Node:
        return _in_braces(parts[1], around(parts), parts[0].span, parts[2].span)

    def group(self, parts: list[Any]) -> s.Node:
        inner = self._inside(parts)
        if parts[0].value == r"\{" and isinstance(inner, s.Listing) and isinstance(inner.operands[0], s.Colon):
            colon = inner.operands[0]  # the conditions of a set: all that is right of the colon
            operands = (*colon.operands[:-1], _listed([colon.operands[-1], *inner.operands[1:]]))
            inner = make(s.Colon, inner.span, operands, colon.operators, operands)
        return make(s.Group, around(parts), [inner], parts[0].value, inner, parts[0].span, parts[-1].span)

    def _inside(self, parts: list[Any]) -> s.Node:
        if len(parts) != 3:
            return make(s.Blank, parts[-1].span._replace(end=parts[-1].span.start), ())
        plain = s.ungrouped(parts[1])  # braces that do not print: \langle {u, v} \rangle has two parts
        return plain if isinstance(plain, s.Listing) else parts[1]

    def fraction(self, parts: list[Any]) -> s.Node:
        above, below = (s.ungrouped(self._atom(part)) for part in parts[1:])
        return make(s.Fraction, around(parts), [above, below], above, below)

    def root(self, parts: list[Any]) -> s.Node:
        body = s.ungrouped(self._atom(parts[-1]))
        degree = parts[2] if len(parts) == 5 else None
        return make(s.Root, around(parts), [body] if degree is None else [degree, body], degree, body)

    def accented(self, parts: list[Any]) -> s.Node:
        accent, body = parts[0].value, s.ungrouped(self._atom(parts[1]))
        if isinstance(body, s.Name) and not body.scripts and not accent.endswith("brace"):
            return make(s.Name, around(parts), [body], body.base, body.font, (*body.accents, accent))
        return make(s.Accented, around(parts), [body], accent, body)

    def matrix(self, parts: list[Any]) -> s.Node:
        rows = tuple(part for part in parts[1:-1] if not isinstance(part, Token))
        span = around([parts[0], parts[-1]])
        cells = [self._cell(cell, span) for row in rows for cell in row]
        rows = tuple(tuple(self._cell(cell, span) for cell in row) for row in rows)
        return make(s.Matrix, span, cells, parts[0].value, rows)

    def _cell(self, cell: s.Node | None, span: Span) -> s.Node:
        return make(s.Blank, span._replace(end=span.start), ()) if cell is None else cell

    def row(self, parts: list[Any]) -> list[s.Node | None]:
        return [part for part in parts if not isinstance(part, Token)]

    def cell(self, parts: list[s.Node]) -> s.Node | None:
        return parts[0] if parts else None
