"""Terms whose sorts are not all known yet; ``building`` makes kernel terms of them when they are.

``+`` may turn out to be a group law, an addition or a sum of functions, and ``a b`` any product: such an
``Op`` waits for its sorts.  Bound variables are ``Local`` objects, each one different from all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from symbolic_equiv.kernel.sorts import FORMER, Sort, fun
from symbolic_equiv.latex.reader.source import Span

if TYPE_CHECKING:
    from symbolic_equiv.document.context import Symbol


@dataclass(eq=False)
class Pre:
    """A term with a sort that may hold unknowns."""

    sort: Sort


@dataclass(eq=False)
class Local(Pre):
    """A bound variable, or a parameter of a definition (``plain``: it may stay free in a printed line)."""

    word: str
    key: str
    plain: bool = False


@dataclass(eq=False)
class Free(Pre):
    """A symbol of the context, at one instance of its sort."""

    symbol: Symbol


@dataclass(eq=False)
class App(Pre):
    function: Pre
    argument: Pre


@dataclass(eq=False)
class Lam(Pre):
    variable: Local
    body: Pre


@dataclass(eq=False)
class Op(Pre):
    """A constant of the language, or an operation that only the sorts decide (``plus``, ``minus``, ``product``, …)."""

    name: str
    args: tuple[Pre, ...]
    span: Span


def lambda_(variable: Local, body: Pre) -> Lam:
    return Lam(fun(variable.sort, body.sort), variable, body)


def is_function(sort: Sort) -> bool:
    return sort.tag == FORMER and sort.name == "→"


def vector_map(sort: Sort) -> Sort:
    """The sort of a map of signals as that of a map of vectors."""
    if (
        is_function(sort)
        and all(is_function(part) for part in sort.args)
        and sort.args[0].args[0] == sort.args[1].args[0]
    ):
        return fun(sort.args[0].args[1], sort.args[1].args[1])
    return sort


def say(sort: Sort) -> str:
    """A sort in words, for messages: ``a number``, ``a vector of R^{d_in}``, ``an element of S``.

    >>> from symbolic_equiv.theories.language import dim, mat, vec
    >>> say(vec(dim("d_k"))), say(mat(dim("m"), dim("n")))
    ('a vector of R^d_k', 'a matrix of shape m × n')
    """
    if sort.tag == "variable":
        return {"dimension": "a dimension", "linear": "a number or vector", "base": "an element"}.get(
            sort.cls, "something"
        )
    match sort.name:
        case "Scalar" | "→" | "Bool" | "Nat":
            words = {
                "Scalar": "a number",
                "→": f"a map {spell(sort)}",
                "Bool": "a proposition",
                "Nat": "a natural number",
            }
            return words[sort.name]
        case "Vec":
            return f"a vector of {spell(sort)}"
        case "Mat":
            return f"a matrix of shape {spell(sort.args[0])} × {spell(sort.args[1])}"
    return f"an element of {spell(sort)}"


def spell(sort: Sort) -> str:
    """A sort as a set, in plain letters; what is unknown is a ``?``."""
    if sort.tag == "variable":
        return "?"
    match sort.name:
        case "Scalar":
            return "R"
        case "Vec":
            return f"R^{spell(sort.args[0])}"
        case "Mat":
            return f"R^({spell(sort.args[0])}×{spell(sort.args[1])})"
        case "Fin":
            return f"[{spell(sort.args[0])}]"
        case "→":
            source = spell(sort.args[0])
            return f"{f'({source})' if is_function(sort.args[0]) else source} → {spell(sort.args[1])}"
        case "×" | "+":
            return f"({spell(sort.args[0])} {sort.name} {spell(sort.args[1])})"
    return sort.name
