"""Definitions: what an equation's left side must look like to define, and how its right side is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from symbolic_equiv.document import names
from symbolic_equiv.document.context import DOCUMENT, USER, Equation, Pattern, Symbol
from symbolic_equiv.document.names import Printed
from symbolic_equiv.document.preterms import Local, Pre, is_function
from symbolic_equiv.document.problems import DEFINITION, Ill
from symbolic_equiv.document.scope import argument_names
from symbolic_equiv.document.trees import letter, stems, substituted
from symbolic_equiv.kernel.sorts import VARIABLE, Sort, fun
from symbolic_equiv.latex.reader import syntax as s

if TYPE_CHECKING:
    from symbolic_equiv.document.elaborate import Elaborator, Item
    from symbolic_equiv.document.signature import Signature


def pattern_of(
    items: list[Item], right: s.Node | None, read: Callable[[s.Name, str, Callable[[s.Node], bool]], names.Reading]
) -> Pattern | None:
    """The left side of a definition: a name with distinct variables as its indices and arguments.

    An argument such as ``f(i)`` is let through: ``general`` says whether the definition can be generalised over it.
    """
    head, applied = items[0].node, items[1:]
    if isinstance(head, s.Group) and head.kind == "(" and isinstance(head.body, s.Juxtapose) and applied:
        inner = s.factors(head.body)  # (L_g f)(i)
        head, applied = inner[0], [*(replace(items[0], node=each) for each in inner[1:]), *applied]
    if not isinstance(head, s.Name):
        return None
    mentioned = argument_names(right) if right is not None else set()
    reading = read(head, items[0].prefix, lambda script: isinstance(script, s.Name) and script.base in mentioned)
    if reading.inverse or reading.transposed or reading.power is not None:
        return None
    indices = []
    for index in reading.indices:
        if not isinstance(index.node, s.Name):
            return None
        indices.append((index.kind, index.bracketed, index.node))
    groups = []
    for item in applied:
        if isinstance(item.node, s.Name) and indices and not item.prefix:
            groups.append(("[", (item.node,)))  # L_g f
            continue
        if not isinstance(item.node, s.Group) or item.node.kind not in ("(", "[") or not item.node.items:
            return None
        groups.append((item.node.kind, item.node.items))
    pattern = Pattern(reading.printed, tuple(indices), tuple(groups))
    arguments = pattern.arguments
    if len(set(arguments)) < len(arguments) or not all(map(_is_argument, arguments)):
        return None
    return pattern


def _is_argument(node: s.Node) -> bool:
    """A variable, or a variable function at variables."""
    if isinstance(node, s.Name):
        return all(script.kind in ("_", "'") or script.kind == "^" for script in node.scripts)
    if isinstance(node, s.Apply):
        plain = isinstance(node.function, s.Name) and not node.function.scripts and not node.scripts
        return plain and node.bracket == "(" and all(isinstance(arg, s.Name) for arg in node.args)
    return False


def general(pattern: Pattern, right: s.Node) -> Equation | None:
    """The defining equation, with a variable for each compound argument; None if the right side needs its parts."""
    groups, taken = pattern.groups, stems(right) | {pattern.printed.stem}
    for compound in pattern.compound:
        word = next(each for each in "vwuabcst" if each not in taken)
        variable = letter(word, compound.span)
        taken.add(word)
        right = substituted(right, compound, variable)
        groups = tuple(
            (kind, tuple(variable if argument == compound else argument for argument in group))
            for kind, group in groups
        )
        if any(each in stems(right) for each in stems(compound)):
            return None
    return Equation(replace(pattern, groups=groups), right, right.span)


def elaborate_definition(elaborator: Elaborator, symbol: Symbol, loosely: bool = True) -> None:
    """Read the right side; raises ``Ill`` and leaves the symbol without a definition if that is not possible."""
    from symbolic_equiv.document.elaborate import Scope

    signature, sorts, equation = elaborator.signature, elaborator.sorts, symbol.equation
    if equation is None:
        return
    symbol.state = "busy"
    pattern, mark, pending = equation.pattern, sorts.mark(), signature.pending
    signature.pending = []
    symbol.styles = tuple((kind, bracketed) for kind, bracketed, _ in pattern.indices)
    symbol.groups = tuple((kind, len(group)) for kind, group in pattern.groups)
    try:
        parameters = [_parameter(signature, node, elaborator, loosely) for node in pattern.arguments]
        scope = Scope().binding(*parameters)
        body = elaborator.term(equation.right, scope)
        whole = fun(*(parameter.sort for parameter in parameters), body.sort)
        elaborator.unify(
            symbol.sort, whole, equation.right, f"‘{symbol.key}’ is declared as one and defined as another"
        )
        elaborator.settle(force=True)
        if _leads_to(symbol, body):
            raise Ill(DEFINITION, equation.right, f"‘{symbol.key}’ is defined in a circle")
    except Ill:
        sorts.undo(mark)
        symbol.state = "failed"
        if not loosely:
            raise
    finally:
        signature.pending = pending
    if symbol.state == "failed":  # with values in any vector space it has no reading: take them as declared
        elaborate_definition(elaborator, symbol, loosely=False)
        return
    symbol.sort = whole
    environment = signature.environment(symbol)
    inputs = [sorts.resolve(parameter.sort) for parameter in parameters]
    leaves: set[Sort] = set().union(*(sort.leaves for sort in inputs)) if inputs else set()
    symbol.generic = frozenset(leaf for leaf in leaves if leaf.tag == VARIABLE and leaf not in environment)
    symbol.parameters, symbol.body, symbol.state = tuple(parameters), body, "defined"
    if symbol.key in signature.withheld:
        symbol.parameters, symbol.body, symbol.state = (), None, "opaque"


def _leads_to(symbol: Symbol, body: Pre) -> bool:
    """Whether a symbol is needed for its own definition, through those of others."""
    from symbolic_equiv.document.products import symbols_in

    seen, waiting = set(), symbols_in(body)
    while waiting:
        each = waiting.pop()
        if each is symbol:
            return True
        if each.body is not None and id(each) not in seen:
            seen.add(id(each))
            waiting += symbols_in(each.body)
    return False


def _parameter(signature: Signature, node: s.Node, elaborator: Elaborator, loosely: bool) -> Local:
    """A variable of the definition: of its declared sort; ``loosely``, a signal has its values in any vector space."""
    from symbolic_equiv.document.elaborate import Scope

    if not isinstance(node, s.Name):
        raise Ill(DEFINITION, node, "a definition takes variables")
    printed: Printed = elaborator.reading(node, Scope()).printed
    symbol = signature.known(printed, 0)
    if symbol is None:
        return Local(signature.sorts.fresh(), printed.word, printed.key, True)
    root = symbol.derived_from or symbol
    sort = signature.sorts.resolve(symbol.sort)
    if root.origin not in (USER, DOCUMENT):
        sort = signature.loosened(sort)
    if is_function(sort) and loosely:
        sort = signature.vector_like(sort)
    return Local(sort, printed.word, printed.key, True)
