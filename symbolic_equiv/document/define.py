"""Definitions: what an equation's left side must look like to define, and how its right side is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from symbolic_equiv.document import names
from symbolic_equiv.document.context import DOCUMENT, USER, Equation, Pattern, Symbol
from symbolic_equiv.document.names import Printed
from symbolic_equiv.document.preterms import Local, Op, Pre, is_function, lambda_
from symbolic_equiv.document.problems import DEFINITION, Ill
from symbolic_equiv.document.scope import argument_names
from symbolic_equiv.document.trees import (
    fresh_letter,
    indices_in,
    iterated,
    letter,
    scripted_names,
    stems,
    substituted,
)
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, VARIABLE, Sort, fun
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.theories.language import SCALAR, fin, mat, vec

if TYPE_CHECKING:
    from symbolic_equiv.document.elaborate import Elaborator
    from symbolic_equiv.document.naming import Item
    from symbolic_equiv.document.signature import Signature


def pattern_of(
    items: list[Item],
    right: s.Node | None,
    read: Callable[[s.Name, str, Callable[[s.Node], bool]], names.Reading],
    is_matrix: Callable[[str], bool] = lambda _: False,
) -> Pattern | None:
    """The left side of a definition: a name with distinct variables as its indices and arguments.

    An argument such as ``f(i)`` is let through: ``general`` says whether the definition can be generalised over it.
    """
    head, applied = items[0].node, items[1:]
    if not applied and (by_entries := _by_entries(head, items[0].prefix, read, is_matrix)) is not None:
        return by_entries
    is_operator = isinstance(head, s.Group) and head.kind in ("(", "[") and isinstance(head.body, s.Juxtapose)
    if is_operator and applied:
        inner = s.factors(head.body)  # (L_g f)(i), [A f](i)
        head, applied = inner[0], [*(items[0]._replace(node=each) for each in inner[1:]), *applied]
    if len(applied) > 1 and isinstance(applied[1].node, s.Group) and (both := iterated(head, applied[0].node)):
        head, applied = both, applied[1:]  # L_yL_h[f](i)
    if not isinstance(head, s.Name) or not all(_may_be_taken(item.node) for item in applied):
        return None
    mentioned = _mentioned(right, read) if right is not None and head.scripts else frozenset()
    named = lambda script: script.base if not script.scripts else read(script, "", lambda _: False).printed.key
    reading = read(head, items[0].prefix, lambda script: isinstance(script, s.Name) and named(script) in mentioned)
    if reading.inverse or reading.transposed or reading.power is not None:
        return None
    indices = []
    for index in reading.indices:
        if not isinstance(index.node, s.Name):
            return None
        indices.append((index.kind, index.bracketed, index.node))
    is_operator = is_operator or bool(indices) or _is_of_signal(applied, right)
    groups = []
    for item in applied:
        if isinstance(item.node, s.Group):
            groups.append((item.node.kind, _taken(item.node)))
        elif is_operator and not item.prefix:
            groups.append(("[", (item.node,)))  # L_g f
        else:
            return None
    pattern = Pattern(reading.printed, tuple(indices), tuple(groups))
    arguments = pattern.arguments
    return pattern if len(set(arguments)) == len(arguments) else None


def _may_be_taken(node: s.Node) -> bool:
    """Whether a definition may have this behind its name: variables in a bracket, or one without."""
    if isinstance(node, s.Group):
        return node.kind in ("(", "[") and bool(node.items) and all(map(_is_argument, _taken(node)))
    return isinstance(node, s.Name)


def _taken(bracket: s.Group) -> tuple[s.Node, ...]:
    """The arguments in a bracket."""
    return tuple(part for each in bracket.items for part in s.components(each))


def _is_of_signal(applied: list[Item], right: s.Node | None) -> bool:
    """Whether ``\\Phi f(u)`` is a signal made of ``f``, taken at ``u``: its value needs ``f`` elsewhere, too."""
    if right is None or len(applied) != 2 or not isinstance(applied[1].node, s.Group):
        return False
    signal, place = applied[0].node, applied[1].node.items
    if not isinstance(signal, s.Name) or signal.scripts or len(place) != 1:
        return False
    taken = [each for each in right.walk() if isinstance(each, s.Apply) and each.function == signal]
    return any(each.args != place for each in taken)


def _mentioned(right: s.Node, read: Callable[[s.Name, str, Callable[[s.Node], bool]], names.Reading]) -> frozenset[str]:
    """What the right side says of the scripts of a name on the left: the letters that are elements or indices, and
    names with scripts of their own, such as the ``\\psi_{qry}`` of which it has ``\\psi_{qry}^{(h)}``."""
    found = set(argument_names(right))
    for each in scripted_names(right):
        reading = read(each, "", lambda _: False)
        found.add(reading.printed.key)
        found |= {names.stem(index.node) for index in reading.indices if isinstance(index.node, s.Name)}
    return frozenset(found)


def _by_entries(
    head: s.Node, prefix: str, read: Callable[[s.Name, str, Callable[[s.Node], bool]], names.Reading], is_matrix
) -> Pattern | None:
    """``A_{ij}`` for a matrix ``A``, or ``(P_\\pi)_{ij}``, with distinct letters for the indices."""
    if isinstance(head, s.Scripted) and isinstance(head.base, s.Group) and len(head.base.items) == 1:
        (inner,) = head.base.items
        if not isinstance(inner, s.Name) or [script.kind for script in head.scripts] != ["_"]:
            return None
        reading, indices = read(inner, prefix, lambda _: False), indices_in(head.scripts[0])
        if reading.indices:
            return None
    elif isinstance(head, s.Name):
        reading = read(head, prefix, lambda _: False)
        indices = tuple(index.node for index in reading.indices)
        if not is_matrix(reading.printed.key) or any(x.kind != "_" or x.bracketed for x in reading.indices):
            return None
    else:
        return None
    if reading.inverse or reading.transposed or reading.power is not None or len(indices) not in (1, 2):
        return None
    letters = tuple(index for index in indices if isinstance(index, s.Name) and not index.scripts)
    if len(letters) < len(indices) or len(set(letters)) < len(letters) or any(x.base == ":" for x in letters):
        return None
    return Pattern(reading.printed, (), (), letters)


def _is_argument(node: s.Node) -> bool:
    """A variable, or a variable function at variables."""
    if isinstance(node, s.Name):
        return all(script.kind in ("_", "'") or script.kind == "^" for script in node.scripts)
    if isinstance(node, s.Apply):
        plain = isinstance(node.function, s.Name) and not node.function.scripts and not node.scripts
        return plain and node.bracket == "(" and all(isinstance(arg, s.Name) for arg in node.args)
    return False


def general(
    pattern: Pattern,
    right: s.Node,
    read: Callable[[s.Name, str, Callable[[s.Node], bool]], names.Reading],
    is_declared: Callable[[str], bool],
) -> Equation | None:
    """The defining equation, with a variable for each compound argument; None if the right side needs its parts.

    A letter that ``is_declared`` is none for such a variable: it would have the sort of what was declared.
    """
    groups, taken = pattern.groups, {*stems(right), pattern.printed.stem}
    for compound in pattern.compound:
        word = fresh_letter("vwuabcst", lambda each: each in taken or is_declared(each))
        variable = letter(word, compound.span)
        taken.add(word)
        right = substituted(right, compound, variable)
        groups = tuple(
            (kind, tuple(variable if argument == compound else argument for argument in group))
            for kind, group in groups
        )
        if _letters(right, read) & stems(compound):
            return None
    return Equation(replace(pattern, groups=groups), right, right.span)


def _letters(node: s.Node, read: Callable[[s.Name, str, Callable[[s.Node], bool]], names.Reading]) -> frozenset[str]:
    """The letters of all names and of their indices; those of a word such as ``val`` in ``\\psi_{val}`` are none."""
    found: set[str] = set()
    stack = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, s.Name):
            reading = read(item, "", lambda _: False)
            found.add(item.base)
            stack += [index.node for index in reading.indices] + ([reading.power] if reading.power else [])
        else:
            stack += item.children
    return frozenset(found)


def elaborate_definition(elaborator: Elaborator, symbol: Symbol, loosely: bool = True) -> None:
    """Read the right side; raises ``Ill`` and leaves the symbol without a definition if that is not possible."""
    from symbolic_equiv.document.naming import Scope
    from symbolic_equiv.document.products import symbols_in

    signature, sorts, equation = elaborator.signature, elaborator.sorts, symbol.equation
    if equation is None:
        return
    symbol.state = "busy"
    pattern, mark, pending = equation.pattern, sorts.mark(), signature.pending
    signature.pending = []
    symbol.styles = tuple((kind, bracketed) for kind, bracketed, _ in pattern.indices)
    symbol.groups = tuple((kind, len(group)) for kind, group in pattern.groups)
    try:
        parameters = [_parameter(signature, node, equation.right, elaborator, loosely) for node in pattern.arguments]
        scope = Scope().binding(*parameters)
        indices = [_index(elaborator, node) for node in pattern.entries]
        body = elaborator.term(equation.right, scope.binding(*indices))
        if indices:
            body = _of_entries(elaborator, indices, body, equation.right)
        whole = fun(*(parameter.sort for parameter in parameters), body.sort)
        elaborator.unify(
            symbol.sort, whole, equation.right, f"‘{symbol.key}’ is declared as one and defined as another"
        )
        if loosely:
            for parameter in parameters:
                if sorts.walk(parameter.sort).tag == VARIABLE and parameter.key in signature.letters:
                    sorts.same(parameter.sort, signature.letters[parameter.key])
        elaborator.settle(force=True)
        if _leads_to(symbol, body, signature.needed):
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
    for parameter in parameters:
        sort = sorts.resolve(parameter.sort)
        if sort.cls == BASE and sort.tag != VARIABLE:
            signature.letters.setdefault(parameter.key, sort)
    leaves = frozenset[Sort]().union(*(sorts.resolve(parameter.sort).leaves for parameter in parameters))
    unknown = frozenset(leaf for leaf in leaves if leaf.tag == VARIABLE)
    symbol.generic = unknown - signature.environment(symbol) if unknown else unknown
    symbol.parameters, symbol.body, symbol.state = tuple(parameters), body, "defined"
    signature.needed.update(symbols_in(body))
    if symbol.key in signature.withheld:
        symbol.parameters, symbol.body, symbol.state = (), None, "opaque"


def _index(elaborator: Elaborator, node: s.Name) -> Local:
    """A row or column of a matrix that is defined by its entries."""
    from symbolic_equiv.document.naming import Scope

    printed = elaborator.reading(node, Scope()).printed
    return Local(fin(elaborator.sorts.fresh(DIMENSION)), printed.word, printed.key)


def _of_entries(elaborator: Elaborator, indices: list[Local], body: Pre, node: s.Node) -> Pre:
    """The matrix, or the vector, whose entry at these indices is ``body``."""
    elaborator.unify(body.sort, SCALAR, node, "an entry that is no number", body)
    sizes = [elaborator.sorts.walk(index.sort).args[0] for index in indices]
    for index in reversed(indices):
        body = lambda_(index, body)
    if len(sizes) == 1:
        return Op(vec(sizes[0]), "vector", (body,), node.span)
    return Op(mat(*sizes), "matrix", (body,), node.span)


def _leads_to(symbol: Symbol, body: Pre, needed: set[Symbol]) -> bool:
    """Whether a symbol is needed for its own definition, through those of others; ``needed`` is what these mention."""
    from symbolic_equiv.document.products import symbols_in

    seen, waiting = set(), symbols_in(body)
    if symbol not in needed and symbol not in waiting:
        return False
    while waiting:
        each = waiting.pop()
        if each is symbol:
            return True
        if each.body is not None and id(each) not in seen:
            seen.add(id(each))
            waiting += symbols_in(each.body)
    return False


def _parameter(signature: Signature, node: s.Node, right: s.Node, elaborator: Elaborator, loosely: bool) -> Local:
    """A variable of the definition: of its declared sort; ``loosely``, a signal has its values in any vector space.

    ``\\psi`` is a whole family if the right side has its members, ``\\psi^{(h)}``.
    """
    from symbolic_equiv.document.naming import Scope

    if not isinstance(node, s.Name):
        raise Ill(DEFINITION, node, "a definition takes variables")
    printed: Printed = elaborator.reading(node, Scope()).printed
    symbol = signature.known(printed, 0)
    if symbol is None:
        return Local(signature.sorts.fresh(), printed.word, printed.key, True)
    root = symbol.derived_from or symbol
    if root.count > symbol.count and any(_is_member(each, printed, elaborator) for each in right.walk()):
        symbol = root
    sort = signature.sorts.resolve(symbol.sort)
    if root.origin not in (USER, DOCUMENT):
        sort = signature.loosened(sort)
    if loosely and (is_function(sort) or symbol.derived_from is not None):  # of v' nothing is said where v is declared
        sort = signature.vector_like(sort)
    return Local(sort, printed.word, printed.key, True)


def _is_member(node: s.Node, printed: Printed, elaborator: Elaborator) -> bool:
    """Whether a name is that of a family with an index on it."""
    from symbolic_equiv.document.naming import Scope

    if not isinstance(node, s.Name):
        return False
    reading = elaborator.reading(node, Scope())
    return reading.printed == printed and bool(reading.indices)
