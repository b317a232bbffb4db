"""Assumptions: equations that hold for all values of their variables, and the two ways to say it of a neighbourhood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from symbolic_equiv.document.context import DOCUMENT, USER
from symbolic_equiv.document.define import pattern_of
from symbolic_equiv.document.elaborate import Elaborator
from symbolic_equiv.document.names import Printed
from symbolic_equiv.document.naming import Scope
from symbolic_equiv.document.preterms import App, Free, Lam, Local, Op, Pre, is_function, lambda_
from symbolic_equiv.document.problems import SORT, UNREADABLE, Ill
from symbolic_equiv.kernel.sorts import LINEAR, VARIABLE
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.theories.language import BOOL

if TYPE_CHECKING:
    from symbolic_equiv.document.reading import Pass


def read_assumption(
    reading: Pass,
    left: s.Node,
    right: s.Node,
    relation: str,
    recalls: bool,
    said: Sequence[s.Node] = (),
    fixed: frozenset[str] = frozenset(),
) -> tuple[Pre, Pre] | None:
    """Both sides as functions of the variables, for all of which they are equal; None if it is not one to assume.

    It is said of the letters that are ``fixed``, and not of all that could stand there.
    ``said`` is what the text adds, ``for all $y \\in X$``: it holds for all of these, whatever they are elsewhere.
    An equation that the text only recalls (``using the definition of ρ(i, j) = …``) is taken if it could define:
    it then holds for some ``ρ`` whatever else is said, which no other equation can promise.
    """
    elaborator = reading.elaborator
    if relation not in ("=", ":=", r"\iff"):
        raise Ill(UNREADABLE, left, f"an assumption is an equation, not a ‘{relation}’")
    if recalls:
        return _definitional(reading, left, right)
    image = _image(right)
    quantified, parts = _quantified(elaborator, said)
    scope, parameters = _opened(elaborator, (left, right, *parts), quantified, fixed)
    if image is not None:
        return _of_image(elaborator, left, image, scope, parameters)
    one, other = elaborator.term(left, scope), elaborator.term(right, scope)
    elaborator.unify(one.sort, other.sort, right, "the two sides of an assumption differ")
    elaborator.settle()
    for part in parts:
        one, other = _in_part(elaborator, part, scope, one, other)
    return _closed(parameters, one, other)


def _definitional(reading: Pass, left: s.Node, right: s.Node) -> tuple[Pre, Pre] | None:
    elaborator, signature = reading.elaborator, reading.signature
    items = elaborator.items(left, Scope())
    pattern = pattern_of(items, right, reading.pattern_name)
    if pattern is None or pattern.compound:
        return None
    symbol = signature.known(pattern.printed, len(pattern.indices))
    if symbol is None or symbol.is_defined or symbol.equation is not None:
        return None
    if pattern.printed.key in reading.names_in(right):
        return None
    if any(assumed.left.symbol is symbol for assumed in reading.assumed if isinstance(assumed.left, Free)):
        return None
    scope, parameters = _opened(elaborator, pattern.arguments)
    by_name = {parameter.key: parameter for parameter in parameters}
    keys = [elaborator.reading(name, Scope()).printed.key for name in pattern.arguments]
    if set(keys) != by_name.keys() or len(keys) != len(by_name):
        return None
    body = elaborator.term(right, scope)
    elaborator.settle()
    for key in reversed(keys):  # in the order in which they are printed, which may be any
        body = lambda_(by_name[key], body)
    symbol.uses.append(left.span)
    head = Free(symbol.sort, symbol)
    elaborator.unify(
        head.sort, body.sort, right, f"‘{symbol.key}’ is used as one and defined as another", head, kind=SORT
    )
    return head, body


def _in_part(elaborator: Elaborator, part: s.Relation, scope: Scope, one: Pre, other: Pre) -> tuple[Pre, Pre]:
    """Both sides where ``j \\in N(i)``, and elsewhere nothing: what is said of a part of a set holds there only."""
    inside = elaborator.membership(*part.operands, scope)
    sort = elaborator.walk(one)
    if sort == BOOL:
        return tuple(Op(BOOL, "and", (inside, side), part.span) for side in (one, other))
    elaborator.unify(
        sort, elaborator.sorts.fresh(LINEAR), part, "in a part of a set only numbers and vectors are equated"
    )
    nothing = Op(sort, "0", (), part.span)
    return tuple(Op(sort, "if", (inside, side, nothing), part.span) for side in (one, other))


def _quantified(elaborator: Elaborator, said: Iterable[s.Node]) -> tuple[dict[str, Local], list[s.Relation]]:
    """The variables of ``y \\in X`` and of ``u \\colon S \\to \\mathbb{R}^d``, by their names; and ``j \\in N(i)``."""
    found: dict[str, Local] = {}
    parts: list[s.Relation] = []
    for formula in said:
        if not isinstance(formula, s.Relation | s.Colon) or len(formula.operands) != 2:
            continue
        left, right = formula.operands
        names = left.operands if isinstance(left, s.Listing) else (left,)
        if isinstance(formula, s.Relation) and formula.operators != (r"\in",):
            raise Ill(UNREADABLE, formula, "what an assumption is restricted by has no reading")
        if isinstance(formula, s.Relation) and not elaborator.is_sort(right, Scope()):
            parts.append(formula)
            continue
        sort = elaborator.signature.reader.read(right)
        for name in names:
            if isinstance(name, s.Name):
                printed = elaborator.reading(name, Scope()).printed
                symbol = elaborator.signature.known(printed, 0)
                said_so = symbol is not None and symbol.origin in (USER, DOCUMENT)
                found[printed.key] = Local(symbol.sort if said_so else sort, printed.word, printed.key)
    return found, parts


def _opened(
    elaborator: Elaborator,
    nodes: tuple[s.Node, ...],
    quantified: Mapping[str, Local] = MappingProxyType({}),
    fixed: frozenset[str] = frozenset(),
) -> tuple[Scope, list[Local]]:
    """A scope in which the variables of these expressions are parameters, the ``quantified`` among them."""
    parameters: dict[str, Local] = dict(quantified)
    indices = index_letters(elaborator, nodes)
    for node in nodes:
        for name in elaborator.free_names(node, Scope()):
            printed: Printed = elaborator.reading(name, Scope()).printed
            symbol = elaborator.signature.known(printed, 0)
            if symbol is not None and symbol.derived_from is not None and printed.key in indices:
                symbol = None  # the q of R_q is a position, although there are vectors q_i
            sort = elaborator.sorts.fresh() if symbol is None else elaborator.sorts.resolve(symbol.sort)
            if is_function(sort) or (sort.cls == LINEAR and sort.tag != VARIABLE and sort.name != "Vec"):
                continue
            if symbol is not None and symbol.origin == "built-in":
                sort = elaborator.signature.loosened(sort)
            if printed.key not in {*parameters, *fixed} and not elaborator.signature.is_set(printed.key):
                parameters[printed.key] = Local(sort, printed.word, printed.key)
    found = [parameters[key] for key in sorted(parameters)]
    return Scope().binding(*found), found


def index_letters(elaborator: Elaborator, nodes: Iterable[s.Node]) -> set[str]:
    """The letters that stand in an index of a name."""
    names = (each for node in nodes for each in node.walk() if isinstance(each, s.Name) and each.scripts)
    indices = (index.node for name in names for index in elaborator.reading(name, Scope()).indices)
    letters = (each for index in indices for each in index.walk() if isinstance(each, s.Name) and not each.scripts)
    return {elaborator.reading(each, Scope()).printed.key for each in letters}


def _closed(parameters: list[Local], left: Pre, right: Pre) -> tuple[Pre, Pre]:
    """Both sides as functions of those parameters that stand in them: what a sum binds is none."""
    used = _locals(left) | _locals(right)
    for parameter in reversed([each for each in parameters if each in used]):
        left, right = lambda_(parameter, left), lambda_(parameter, right)
    return left, right


def _locals(pre: Pre) -> set[Local]:
    found: set[Local] = set()
    waiting = [pre]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Local):
            found.add(item)
        elif isinstance(item, App):
            waiting += (item.function, item.argument)
        elif isinstance(item, Lam):
            waiting.append(item.body)
        elif isinstance(item, Op):
            waiting += item.args
    return found


def _image(node: s.Node) -> tuple[s.Node, s.Node, s.Node] | None:
    """``\\{e(j) : j \\in A\\}`` as ``e(j)``, ``j`` and ``A``."""
    if not (isinstance(node, s.Group) and node.kind == r"\{" and isinstance(node.body, s.Colon)):
        return None
    element, condition = node.body.operands[0], node.body.operands[-1]
    if isinstance(condition, s.Relation) and condition.operators == (r"\in",):
        return element, condition.operands[0], condition.operands[1]
    raise Ill(UNREADABLE, node, f"‘{normalised(node)}’ is no set that can be read here")


def _of_image(
    elaborator: Elaborator, left: s.Node, image: tuple[s.Node, s.Node, s.Node], scope: Scope, parameters: list[Local]
) -> tuple[Pre, Pre]:
    """``A = {e(j) : j ∈ B}`` as ``e(j) ∈ A`` where ``j ∈ B``: the same, if ``e`` is a bijection."""
    element, _, domain = image
    inside = elaborator.membership(element, left, scope)
    outside = elaborator.membership(image[1], domain, scope)
    elaborator.settle()
    return _closed(parameters, inside, outside)
