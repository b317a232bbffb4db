"""A softmax that does not say over what it runs, ``\\mathrm{softmax}_j(e_{ij})``, as the quotient it stands for.

It runs over what the quotient beside it runs over, or over what all sums over its letter run over.  So its value is
what the author prints, ``\\exp(e_{ij}) / \\sum_{k \\in N(i)} \\exp(e_{ik})``, whether or not ``j`` lies in ``N(i)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from symbolic_equiv.document.outline import Unit
from symbolic_equiv.document.scope import bound_names, free_names, is_range, likely_running
from symbolic_equiv.document.trees import letter, rebuilt, stems, substituted
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised


def written_out(units: list[Unit]) -> list[Unit]:
    """The units with such softmaxes written out."""
    if not any(_bare_in(line.expression) for unit in units for line in unit.lines if line.expression is not None):
        return units
    conditions = [each for unit in units for each in _conditions(unit)]
    printed = (line.expression for unit in units for line in unit.lines if line.expression is not None)
    taken = frozenset().union(*map(stems, printed))
    free = next((each for each in "kltuvwpqrabcdefghmnosxyz" if each not in taken), None)
    return units if free is None else [_told(unit, conditions, free) for unit in units]


def _told(unit: Unit, conditions: Sequence[s.Node], spare: str) -> Unit:
    own = list(_quotients(unit))
    softmaxes = [line for line in unit.lines if line.expression is not None and _bare_in(line.expression)]
    write = _quotient if len(softmaxes) < 2 else _softmax  # what is said of softmaxes is said of them
    new = lambda line: replace(line, expression=_changed(line.expression, own, conditions, spare, write))
    return replace(unit, lines=tuple(new(line) if line.expression is not None else line for line in unit.lines))


def _changed(
    node: s.Node,
    own: Sequence[s.Node],
    conditions: Sequence[s.Node],
    spare: str,
    write: Callable[[s.Apply, s.Name, s.Node, s.Name], s.Node],
) -> s.Node:
    """The tree with quotients; ``spare`` is a letter that the document does not use."""
    for share in _bare_in(node):
        name = share.function.scripts[0].body if isinstance(share.function, s.Name) else None
        found = _over(name, own, conditions, _elements(node)) if isinstance(name, s.Name) else None
        if isinstance(name, s.Name) and found is not None:
            if isinstance(found, s.Blank):
                written = _open(share, found)
            else:
                running, other = _running(found) or name, letter(spare, share.span)
                condition = _renamed(found, running, other)
                written = write(share, name, condition, other)
            node = rebuilt(node, lambda each, old=share, new=written: new if each is old else None)
    return node


def _bare_in(node: s.Node) -> list[s.Apply]:
    """The ``softmax_j(…)`` in no sum over ``j``."""
    found: list[s.Apply] = []
    waiting: list[tuple[s.Node, frozenset[str]]] = [(node, frozenset())]
    while waiting:
        each, bound = waiting.pop()
        if isinstance(each, s.Binder):
            bound |= bound_names(each, frozenset())
        if isinstance(each, s.Apply) and isinstance(each.function, s.Name) and each.function.base == "softmax":
            scripts = each.function.scripts
            inner = scripts[0].body if len(scripts) == 1 and scripts[0].kind == "_" else None
            plain = isinstance(inner, s.Name) and not inner.is_word and not each.scripts
            if plain and len(each.args) == 1 and free_names(inner).isdisjoint(bound):
                found.append(each)
        waiting += [(child, bound) for child in each.children]
    return found


def _sums(node: s.Node) -> Iterator[s.Binder]:
    return (each for each in node.walk() if isinstance(each, s.Binder) and each.operator.base == r"\sum")


def _quotients(unit: Unit) -> Iterator[s.Node]:
    """What the sums run over by which exponentials are divided."""
    for line in unit.lines:
        for each in line.expression.walk() if line.expression is not None else ():
            if isinstance(each, s.Fraction) and isinstance(each.denominator, s.Binder) and "exp" in stems(each):
                yield from (each.denominator.conditions if each.denominator.upper is None else ())


def _conditions(unit: Unit) -> Iterator[s.Node]:
    for line in unit.lines:
        for each in _sums(line.expression) if line.expression is not None else ():
            yield from each.conditions


def _running(condition: s.Node) -> s.Name | None:
    """The letter that a condition binds, where one stands for itself."""
    if is_range(condition):
        return likely_running(condition)
    if isinstance(condition, s.Relation) and len(condition.operands) == 2:
        first = condition.operands[0]
        return first if isinstance(first, s.Name) else None
    return condition if isinstance(condition, s.Name) else None


def _elements(node: s.Node | None) -> set[str]:
    """The small letters in an expression, which stand for tokens and their like."""
    names = [each for each in node.walk() if isinstance(each, s.Name)] if node is not None else []
    return {each.base for each in names if len(each.base) == 1 and each.base.islower() and not each.font}


def _over(name: s.Name, own: Sequence[s.Node], all_: Sequence[s.Node], elements: set[str]) -> s.Node | None:
    """The condition under which a softmax over ``name`` runs, by the text; None if it says nothing, a blank if two."""
    for candidates in (own, [each for each in all_ if _running(each) == name]):
        said: dict[str, s.Node] = {}
        for condition in candidates:
            running = _running(condition)
            if running is not None:
                same = substituted(condition, running, letter("~", running.span))
                said.setdefault(normalised(same), condition)
        if len(said) == 1:
            (condition,) = said.values()
            if isinstance(condition, s.Relation) and condition.operators == ("=",):
                return None  # from 1 to n: it runs over everything
            running = _running(condition)
            return condition if _elements(condition) - _elements(running) <= elements else None
        if said:
            return s.Blank(name.span, 1)
    return None


def _open(share: s.Apply, blank: s.Blank) -> s.Node:
    """The softmax with nothing below it: the sums of the text run over one thing here and another there."""
    name = share.function
    scripts = (replace(name.scripts[0], body=blank),) if isinstance(name, s.Name) else ()
    return replace(share, function=replace(name, scripts=scripts)) if isinstance(name, s.Name) else share


def _renamed(node: s.Node, old: s.Name, new: s.Name) -> s.Node:
    """The tree with another letter, which stands where the old one stood: the order of indices is that of printing."""
    return rebuilt(node, lambda each: replace(new, span=each.span) if each == old else None)


def _quotient(share: s.Apply, name: s.Name, condition: s.Node, other: s.Name) -> s.Node:
    """``\\exp(e_{ij}) / \\sum_{k \\in N(i)} \\exp(e_{ik})``."""
    span, exp = share.span, s.Name(share.span, 1, "exp", r"\mathrm")
    power = lambda of: s.Apply(span, 1 + of.depth, exp, replace(of, kind="("))
    below = power(_renamed(share.argument, name, other))
    depth = 1 + max(below.depth, condition.depth)
    total = s.Binder(span, depth, s.Name(span, 1, r"\sum"), (condition,), None, below)
    return s.Fraction(span, depth + 1, power(share.argument), total)


def _softmax(share: s.Apply, name: s.Name, condition: s.Node, other: s.Name) -> s.Node:
    """``\\mathrm{softmax}_{k \\in N(i)}(e_{ik})_{j}``."""
    function = share.function
    if isinstance(function, s.Name):
        function = replace(function, scripts=(replace(function.scripts[0], body=condition),))
    place = s.Script(name.span, 1 + name.depth, "_", name)
    return replace(share, function=function, argument=_renamed(share.argument, name, other), scripts=(place,))
