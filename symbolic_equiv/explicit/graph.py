"""The shared graph: a term unfolded, each of its parts stored once, whatever their bound variables are called.

A ``Node`` is a term with its loose variables numbered by first occurrence; a *use* of it is the node
and the levels (the binders) that stand for those numbers.  So the score of attention is one node, whether it stands
above the fraction bar at ``j`` or below it at ``j'``, and a fold keeps one value per node and per values of
its variables.  Definitions are unfolded on the way, by environments and not by substitution: no
unfolded term is ever built.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from symbolic_equiv.kernel.sorts import KernelError, Sort, match_sort, substitute_sort
from symbolic_equiv.kernel.terms import BOUND, Head, Term

BOUND_NODE, FUNCTION, VARIABLE, OPERATION, CALL = "bound", "function", "variable", "operation", "call"

Positions = tuple[int, ...]
Use = tuple["Node", tuple[int, ...]]


class Node:
    """``kind`` says what it is; ``label`` is the operation's name or the variable's head.

    ``children`` are nodes, each with the positions of its variables among those of this node (a
    FUNCTION's body sees one more, the last: its argument).  ``sort`` is the sort of the value, or a
    FUNCTION's domain.
    """

    __slots__ = ("children", "kind", "label", "number", "sort")

    def __init__(self, kind: str, label: Any, sort: Sort, children: tuple, number: int) -> None:
        self.kind, self.label, self.sort, self.children, self.number = kind, label, sort, children, number


class _Delayed:
    """A term with the environment that it is read in; its use is found once."""

    __slots__ = ("environment", "sorts", "term", "use")

    def __init__(self, term: Term, environment: tuple, sorts: dict[Sort, Sort]) -> None:
        self.term, self.environment, self.sorts = term, environment, sorts
        self.use: Use | None = None


class Graph:
    """All nodes of a statement.  ``definitions`` are the free variables that a hypothesis defines, each by a term."""

    def __init__(self, definitions: Mapping[Head, Term] | None = None) -> None:
        self.definitions = dict(definitions or {})
        self.nodes: list[Node] = []
        self._numbers: dict[tuple, Node] = {}
        self._levels = count()

    def add(self, term: Term, over: Sequence[Head] = ()) -> tuple[Node, Positions]:
        """The node of a closed term as a function of its free variables ``over``, and which of them it reads."""
        levels = {head: next(self._levels) for head in over}
        self._free = levels
        node, used = self._build(term, (), {})
        order = [levels[head] for head in over]
        return node, tuple(order.index(level) for level in used)

    def _node(self, kind: str, label: object, sort: Sort, uses: Sequence[Use]) -> Use:
        """The one node of this form, and its levels: those of its parts, by first occurrence."""
        place: dict[int, int] = {}
        children = tuple(
            (node, tuple([place.setdefault(level, len(place)) for level in levels])) for node, levels in uses
        )
        return self._unique(kind, label, sort, children), tuple(place)

    def _unique(self, kind: str, label: object, sort: Sort, children: tuple) -> Node:
        key = (kind, label, sort, tuple((node.number, positions) for node, positions in children))
        node = self._numbers.get(key)
        if node is None:
            node = self._numbers[key] = Node(kind, label, sort, children, len(self.nodes))
            self.nodes.append(node)
        return node

    def _build(self, term: Term, environment: tuple, sorts: dict[Sort, Sort]) -> Use:
        if term.body is not None:
            return self._function(term.domain, term.body, environment, sorts)
        head, args = term.head, [_Delayed(arg, environment, sorts) for arg in term.args]
        sort = substitute_sort(head.sort, sorts) if head.sort.schematic else head.sort
        if head.kind == BOUND:
            entry = environment[head.index]
            if isinstance(entry, _Delayed):
                return self._enter(entry, args)
            variable = self._node(BOUND_NODE, None, sort, ())[0], (entry,)
            return variable if not args else self._node(CALL, None, term.sort, [variable, *map(self._use, args)])
        if head.declaration is not None:
            definition = head.declaration.definition
            if definition is not None:
                instance: dict[Sort, Sort] = {}
                match_sort(head.declaration.sort, sort, instance)
                return self._enter(_Delayed(definition, (), instance), args)
            return self._node(OPERATION, head.name, _result(sort, len(args)), [self._use(arg) for arg in args])
        if head in self.definitions:
            return self._enter(_Delayed(self.definitions[head], (), {}), args)
        if head in self._free:
            return self._node(BOUND_NODE, None, sort, ())[0], (self._free[head],)
        return self._node(VARIABLE, head, _result(sort, len(args)), [self._use(arg) for arg in args])

    def _enter(self, function: _Delayed, args: Sequence[_Delayed]) -> Use:
        if not args:
            return self._use(function)
        term, environment = function.term, function.environment
        for arg in args:
            if term.body is None:
                raise KernelError(f"{term} is no function of {len(args)} arguments")
            term, environment = term.body, (arg, *environment)
        return self._build(term, environment, function.sorts)

    def _use(self, delayed: _Delayed) -> Use:
        if delayed.use is None:
            delayed.use = self._build(delayed.term, delayed.environment, delayed.sorts)
        return delayed.use

    def _function(self, domain: Sort, inside: Term, environment: tuple, sorts: dict[Sort, Sort]) -> Use:
        level = next(self._levels)
        body, used = self._build(inside, (level, *environment), sorts)
        outer = tuple([at for at in used if at != level])
        place = {at: position for position, at in enumerate((*outer, level))}
        positions = tuple([place[at] for at in used])
        domain = substitute_sort(domain, sorts) if domain.schematic else domain
        return self._unique(FUNCTION, None, domain, ((body, positions),)), outer


def _result(sort: Sort, count: int) -> Sort:
    for _ in range(count):
        sort = sort.args[1]
    return sort
