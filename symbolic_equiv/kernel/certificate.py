"""Certificates: a proof as JSON, and its replay from nothing.

A certificate is a flat list of nodes, each a list that starts with its kind and refers to earlier
nodes by number; the last node is the theorem.  ``replay`` builds every node again through the checked
constructors and the rules of ``theorem``.  It accepts only constants and axioms of the shipped table
(``axioms.json``), an axiom by its name and the hash of its statement, and says no to anything else.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from os import path

from symbolic_equiv.kernel import theorem as rules
from symbolic_equiv.kernel.sorts import Frozen, KernelError, Sort, require
from symbolic_equiv.kernel.terms import BOUND, Declaration, Head, Term, abstraction, application, subterms
from symbolic_equiv.kernel.theorem import Axiom, Theorem

TYPE_CHECKING = False  # typing is slow to import, and only a type checker needs it
if TYPE_CHECKING:
    from typing import Any

FORMAT = "symbolic_equiv certificate 1"
PLAIN, ITEM, ITEMS, PAIRS = "itself", "number of a node", "numbers", "pairs of numbers"


_NODES: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "Sort": (Sort, (PLAIN, PLAIN, ITEMS, PLAIN)),
    "Declaration": (Declaration, (PLAIN, ITEM, ITEM)),
    "Head": (Head, (PLAIN, PLAIN, ITEM, ITEM)),
    "Term": (application, (ITEM, ITEMS)),
    "Lambda": (abstraction, (ITEM, ITEM, PLAIN)),
    "Axiom": (Axiom, (PLAIN, ITEM, ITEM, PAIRS)),
    "reflexivity": (rules.reflexivity, (ITEM,)),
    "symmetry": (rules.symmetry, (ITEM,)),
    "transitivity": (rules.transitivity, (ITEM, ITEM)),
    "congruence": (rules.congruence, (ITEM, ITEMS)),
    "abstraction": (rules.abstraction, (ITEM, ITEM, PLAIN)),
    "specialisation": (rules.specialisation, (ITEM, ITEMS)),
    "assumption": (rules.assumption, (ITEM, ITEM)),
    "instantiation": (rules.instantiation, (ITEM, PAIRS)),
    "sort_instantiation": (rules.sort_instantiation, (ITEM, PAIRS)),
    "definition": (rules.definition, (ITEM, ITEM)),
    "axiom": (rules.axiom, (ITEM, PAIRS, PAIRS, ITEMS)),
}
"""The kinds of nodes: what builds one, and what stands in it."""


def _parts(item: Frozen) -> tuple[str, tuple[object, ...]]:
    """The kind of node that ``item`` becomes, and what stands in it."""
    if isinstance(item, Theorem):
        return str(item.proof[0]), item.proof[1:]
    if isinstance(item, Term) and item.body is not None:
        return "Lambda", (item.domain, item.body, item.hint)
    return type(item).__name__, item.key


def _map(how: str, value: Any, one: Callable[[Any], Any]) -> Any:
    """``value`` with ``one`` in place of each of the items in it."""
    if how == PLAIN or value is None:
        return value
    if how == ITEM:
        return one(value)
    require(type(value) in (list, tuple), "not a list: {}", value)
    return tuple([one(part) for part in value] if how == ITEMS else [(one(s), one(t)) for s, t in value])


def _nodes(last: Frozen, key: Callable[[Frozen], object]) -> list[list[Any]]:
    """``last`` and all that it is made of, each once and after its parts; of one ``key`` is what needs one node."""
    nodes: list[list[Any]] = []
    numbers: dict[object, int] = {}
    stack = [last]
    while stack:
        kind, values = _parts(stack[-1])
        fields, parts = list(zip(_NODES[kind][1], values)), list[Frozen]()
        for how, value in fields:
            _map(how, value, parts.append)
        missing = [part for part in parts if key(part) not in numbers]
        stack += missing
        if not missing and numbers.setdefault(key(stack.pop()), len(nodes)) == len(nodes):
            nodes.append([kind, *(_map(how, value, lambda part: numbers[key(part)]) for how, value in fields)])
    return nodes


def certificate(theorem: Theorem) -> dict[str, Any]:
    """The proof of ``theorem`` as an object that ``json`` can write, with the names that bound variables print with."""
    return {"format": FORMAT, "nodes": _nodes(theorem, lambda part: id(part) if type(part) is Term else part)}


@cache
def digest(item: Axiom | Declaration) -> str:
    """A hash of the statement of an axiom or of a constant, with all sorts and constants that occur in it."""
    from hashlib import sha256  # slow to import, and only needed where a proof is replayed

    # equal terms are one node, whatever names they print with
    statement = [node[:3] if node[0] == "Lambda" else node for node in _nodes(item, lambda part: part)]
    return sha256(json.dumps(statement).encode()).hexdigest()


@cache
def shipped_table() -> dict[str, dict[str, str]]:
    """What a proof may use: the ``constants`` and the ``axioms``, each as name and hash."""
    with open(path.join(path.dirname(__file__), "axioms.json"), encoding="utf-8") as file:
        return json.load(file)


def check_shipped(item: Axiom | Declaration) -> None:
    """Raise ``KernelError`` unless an axiom is in the shipped table, by name and by hash.

    A constant may be new if it is defined, and only under a name that the table does not have.
    """
    known = shipped_table()["axioms" if isinstance(item, Axiom) else "constants"]
    if isinstance(item, Axiom) or item.definition is None or item.name in known:
        require(known.get(item.name) == digest(item), "{}: not as in the shipped table: {}", item.name, item)


def replay(data: dict[str, Any]) -> Theorem:
    """Check a certificate from nothing and return its theorem.

    Raises ``KernelError`` for whatever is not a proof from the shipped axioms, for two constants of one
    name, and for a statement in which one name stands for two things.
    """
    good = type(data) is dict and data.get("format") == FORMAT and data.get("nodes")
    require(good, "not a certificate: no format {}, or no nodes", FORMAT)
    built: list[Any] = []
    names: dict[tuple[str, str], Frozen] = {}

    def earlier(number: Any) -> Any:
        require(type(number) is int and 0 <= number < len(built), "there is no earlier node {}", number)
        return built[number]

    for place, node in enumerate(_map(ITEMS, data["nodes"], lambda node: node)):
        try:
            kind, *values = node
            make, layout = _NODES[kind]
            item = make(*[_map(how, value, earlier) for how, value in zip(layout, values, strict=True)])
            if type(item) is Axiom or type(item) is Declaration:
                check_shipped(item)
                require(names.setdefault((kind, item.name), item) == item, "there are two of the name {}", item.name)
        except Exception as error:  # whatever a malformed node makes Python say, the answer is no
            raise KernelError(f"node {place}: {type(error).__name__}: {error!s:.1000}") from None
        built.append(item)
    require(type(built[-1]) is Theorem, "the last node of a certificate is a theorem")
    definitions(built[-1])
    return built[-1]


def definitions(theorem: Theorem) -> list[Declaration]:
    """The defined constants that the statement of ``theorem`` mentions, those that others use first.

    Raises ``KernelError`` if two things in the statement have one name.
    """
    found: dict[Declaration, None] = {}
    meaning: dict[str | int, Frozen] = {}

    def visit(term: Term) -> None:
        for head in (part.head for part in subterms(term) if part.body is None and part.head.kind != BOUND):
            item = head.declaration or head
            require(meaning.setdefault(item.name, item) == item, "the name {} stands for two things", item.name)
            if type(item) is Declaration and item.definition is not None and item not in found:
                visit(item.definition)
                found[item] = None

    for side in (theorem.left, theorem.right, *(side for equation in theorem.hypotheses for side in equation)):
        visit(side)
    return list(found)
