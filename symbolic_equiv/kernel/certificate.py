"""Certificates: a proof as JSON, and its replay from nothing.

A certificate is a flat list of nodes, each a list that starts with its kind and refers to earlier
nodes by number; the last node is the theorem.  ``replay`` builds every node again through the checked
constructors and the rules of ``theorem``.  It accepts only constants and axioms of the shipped table
(``axioms.json``), an axiom by its name and the hash of its statement, and says no to anything else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from os import path
from typing import Any

from symbolic_equiv.kernel import theorem as rules
from symbolic_equiv.kernel.sorts import KernelError, Sort, require
from symbolic_equiv.kernel.terms import Declaration, Head, Term, abstraction, application
from symbolic_equiv.kernel.theorem import Axiom, Theorem

FORMAT = "symbolic_equiv certificate 1"
PLAIN, ITEM, ITEMS, PAIRS = "itself", "number of a node", "numbers", "pairs of numbers"

_NODES: dict[str, tuple[Callable, tuple[str, ...]]] = {
    "sort": (lambda tag, name, args, cls: Sort(tag, name, tuple(args), cls), (PLAIN, PLAIN, ITEMS, PLAIN)),
    "constant": (Declaration, (PLAIN, ITEM, ITEM)),
    "head": (Head, (PLAIN, PLAIN, ITEM, ITEM)),
    "apply": (application, (ITEM, ITEMS)),
    "lambda": (abstraction, (ITEM, ITEM, PLAIN)),
    "statement": (Axiom, (PLAIN, ITEM, ITEM, PAIRS)),
    "reflexivity": (rules.reflexivity, (ITEM,)),
    "symmetry": (rules.symmetry, (ITEM,)),
    "transitivity": (rules.transitivity, (ITEM, ITEM)),
    "congruence": (rules.congruence, (ITEM, ITEMS)),
    "abstraction": (rules.abstraction, (ITEM, ITEM, PLAIN)),
    "specialisation": (rules.specialisation, (ITEM, ITEMS)),
    "assumption": (rules.assumption, (ITEM, ITEM)),
    "instantiation": (lambda th, pairs: rules.instantiation(th, dict(pairs)), (ITEM, PAIRS)),
    "sort_instantiation": (lambda th, pairs: rules.sort_instantiation(th, dict(pairs)), (ITEM, PAIRS)),
    "definition": (rules.definition, (ITEM, ITEM)),
    "axiom": (lambda ax, s, v, given: rules.axiom(ax, dict(s), dict(v), given), (ITEM, PAIRS, PAIRS, ITEMS)),
}


def _parts(item: Any) -> tuple[str, tuple]:
    """The kind of node that ``item`` becomes, and what stands in it."""
    kinds = {Sort: "sort", Declaration: "constant", Head: "head", Axiom: "statement", Term: "apply"}
    if type(item) is Theorem:
        return item.proof[0], item.proof[1:]
    if type(item) is Term and item.body is not None:
        return "lambda", (item.domain, item.body, item.hint)
    return kinds[type(item)], item.key


def _map(how: str, value: Any, one: Callable) -> Any:
    """``value`` with ``one`` in place of each of the items in it."""
    if how == ITEM:
        return None if value is None else one(value)
    if how == ITEMS:
        return [one(part) for part in value]
    return [[one(left), one(right)] for left, right in value] if how == PAIRS else value


def _nodes(last: Any) -> list[list]:
    """``last`` and all that it is made of, each once and after its parts."""
    nodes: list[list] = []
    numbers: dict[int, int] = {}
    stack = [last]
    while stack:
        kind, values = _parts(stack[-1])
        missing: list[Any] = []
        add = lambda part: numbers.get(id(part), -1) >= 0 or missing.append(part)
        for how, value in zip(_NODES[kind][1], values):
            _map(how, value, add)
        if missing:
            stack += missing
            continue
        item = stack.pop()
        if id(item) not in numbers:
            fields = [_map(how, value, lambda part: numbers[id(part)]) for how, value in zip(_NODES[kind][1], values)]
            numbers[id(item)] = len(nodes)
            nodes.append([kind, *fields])
    return nodes


def certificate(theorem: Theorem) -> dict[str, Any]:
    """The proof of ``theorem`` as an object that ``json`` can write."""
    return {"format": FORMAT, "nodes": _nodes(theorem)}


def digest(item: Axiom | Declaration) -> str:
    """A hash of the statement of an axiom or of a constant, with all sorts and constants that occur in it."""
    return hashlib.sha256(_canonical(item).encode()).hexdigest()


def _canonical(item: Any) -> str:
    """``item`` written out in full, without the printed names of its bound variables."""
    if item is None or type(item) in (str, int):
        return json.dumps(item)
    if type(item) is tuple:
        return "[" + ",".join(map(_canonical, item)) + "]"
    kind, values = _parts(item)
    return kind + _canonical(values[:2] if kind == "lambda" else values)


@cache
def shipped_table() -> dict[str, dict[str, str]]:
    """What a proof may use: the ``constants`` and the ``axioms``, each as name and hash."""
    with open(path.join(path.dirname(__file__), "axioms.json"), encoding="utf-8") as file:
        return json.load(file)


def check_shipped(item: Axiom | Declaration) -> None:
    """Raise ``KernelError`` unless an axiom is in the shipped table, by name and by hash.

    A constant may be new if it is defined, and only under a name that the table does not have.
    """
    table, name = shipped_table(), item.name
    if type(item) is Axiom:
        require(table["axioms"].get(name) == digest(item), "{}: {} is not in the shipped table", name, item)
    elif item.definition is None or name in table["constants"]:
        require(table["constants"].get(name) == digest(item), "the constant {} is not in the shipped table", name)


def replay(data: Any) -> Theorem:
    """Check a certificate from nothing and return its theorem.

    Raises ``KernelError`` for whatever is not a proof from the shipped axioms, and for a statement
    in which one name stands for two things.
    """
    nodes = data.get("nodes") if type(data) is dict and data.get("format") == FORMAT else None
    require(type(nodes) is list and bool(nodes), "not a certificate: no format {}, or no nodes", FORMAT)
    built: list[Any] = []

    def earlier(number: Any) -> Any:
        require(type(number) is int and 0 <= number < len(built), "there is no earlier node {}", number)
        return built[number]

    for place, node in enumerate(nodes):
        try:
            make, layout = _NODES[node[0]]
            item = make(*(_map(how, value, earlier) for how, value in zip(layout, node[1:], strict=True)))
            if type(item) in (Axiom, Declaration):
                check_shipped(item)
        except KernelError as error:
            raise KernelError(f"node {place}: {error}") from None
        except Exception as error:  # whatever a malformed node makes Python say, the answer is no
            raise KernelError(f"node {place} is malformed: {error!r:.200}") from None
        built.append(item)
    require(type(built[-1]) is Theorem, "the last node of a certificate is a theorem")
    definitions(built[-1])
    return built[-1]


def definitions(theorem: Theorem) -> list[Declaration]:
    """The defined constants that the statement of ``theorem`` mentions, those they use first.

    Raises ``KernelError`` if two things in the statement have one name.
    """
    found: list[Declaration] = []
    meaning: dict[str, Any] = {}
    stack = [theorem.left, theorem.right, *(term for equation in theorem.hypotheses for term in equation)]
    seen: set[Term] = set()
    while stack:
        term = stack.pop()
        if term in seen:
            continue
        seen.add(term)
        stack += [term.body] if term.body is not None else term.args
        if term.body is None and term.head.kind != "bound":
            item = term.head.declaration or term.head
            require(meaning.setdefault(item.name, item) == item, "the name {} stands for two things", item.name)
            if type(item) is Declaration and item.definition is not None and item not in found:
                found.append(item)
                stack.append(item.definition)
    return found[::-1]
