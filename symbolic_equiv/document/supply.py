"""What a document leaves out, as the lines of a context block that would say it.

Every line is in the notation that the reader reads: ``declare N : S \\to 2^{S}``, ``define \\sigma := …``,
``assume N_moves: …``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from symbolic_equiv.document.building import Builder
from symbolic_equiv.document.context import Equation, Symbol
from symbolic_equiv.document.preterms import is_function
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.kernel.sorts import DIMENSION, Sort
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, apply, eta
from symbolic_equiv.latex.names import SITE, natural
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.latex.statements import equation
from symbolic_equiv.theories.language import BOOL
from symbolic_equiv.theories.statement import Hypothesis

_INDICES = "hijkabcgst"
_VARIABLES = "pquvwstabcijkmnrz"


@dataclass(frozen=True)
class Supply:
    """One line of a context block: for which symbol, or (``hypothesis``) for which hypothesis."""

    name: str
    text: str
    hypothesis: bool = False


def sets(signature: Signature) -> Callable[[Sort], str]:
    """How a sort prints as a set, by the names that the document gives to sets and dimensions."""
    names = {sort: key.split(":", 1)[1] for key, sort in signature.sets.items()}

    def printed(sort: Sort) -> str:
        if sort in names:
            return names[sort]
        parts = [printed(part) for part in sort.args]
        match sort.name:
            case "→":
                source = f"({parts[0]})" if is_function(sort.args[0]) else parts[0]
                return f"2^{{{parts[0]}}}" if sort.args[1] == BOOL else rf"{source} \to {parts[1]}"
            case "Scalar":
                return r"\mathbb{R}"
            case "Nat":
                return r"\mathbb{N}"
            case "Vec":
                return rf"\mathbb{{R}}^{{{parts[0]}}}"
            case "Mat":
                return rf"\mathbb{{R}}^{{{parts[0]} \times {parts[1]}}}"
            case "Fin":
                return f"[{parts[0]}]"
            case "×" | "+":
                left, right = (
                    f"({part})" if arg.name == "+" and sort.name == "×" else part
                    for part, arg in zip(parts, sort.args, strict=True)
                )
                return f"{left} {right}" if sort.name == "×" else f"{left} + {right}"
        return natural(str(sort.name)).replace(SITE, "") if sort.cls == DIMENSION else str(sort.name)

    return printed


def of_symbol(symbol: Symbol, signature: Signature, builder: Builder) -> Supply | None:
    """The declaration of a symbol, or its definition if it has one; None for one that is used at several sorts."""
    if symbol.equation is not None and symbol.is_defined:
        return Supply(symbol.key, f"define {_head(symbol.equation)} := {normalised(symbol.equation.right)}")
    if len(symbol._instances) > 1:
        return None
    letters = [letter for letter in _INDICES if not signature.find(letter)] + list(_INDICES)
    sort, low, high = builder.sort(symbol.sort), [], []
    for kind, bracketed in symbol.styles[: symbol.count]:
        letter = letters[len(low) + len(high)]
        (low if kind == "_" else high).append(f"({letter})" if bracketed else letter)
        sort = sort.args[1]
    name = symbol.printed.with_indices(tuple(low), tuple(high))
    return Supply(symbol.key, f"declare {name} : {sets(signature)(sort)}")


def of_softmax(name: str) -> Supply:
    """That a letter is a softmax."""
    return Supply(name, rf"define {name} := \mathrm{{softmax}}")


def of_bijection(symbol: Symbol, hypothesis: Hypothesis, signature: Signature, builder: Builder) -> Supply:
    """``declare x : S \\to X \\text{ bijection}``."""
    shown = sets(signature)(builder.sort(symbol.sort))
    return Supply(hypothesis.name, rf"declare {symbol.key} : {shown} \text{{ bijection}}", True)


def of_hypothesis(hypothesis: Hypothesis, signature: Signature, builder: Builder) -> tuple[Supply, ...]:
    """``assume NAME: …`` for each of its equations, over variables whose names mean nothing else in the document."""
    found = []
    for left, right in hypothesis.equations:
        taken: set[str] = {str(head.name) for head in left.variables | right.variables}
        while left.body is not None and right.body is not None:
            hint = left.hint if left.hint not in ("u", "_") else right.hint
            name = _variable(hint, left.domain, taken, signature, builder)
            taken.add(name)
            value = eta(Head(VARIABLE, name, left.domain))
            left, right = apply(left, [value]), apply(right, [value])
        found.append(Supply(hypothesis.name, f"assume {hypothesis.name}: {_stated(left, right, builder)}", True))
    return tuple(found)


def _variable(hint: str, sort: Sort, taken: Iterable[str], signature: Signature, builder: Builder) -> str:
    """The hint, unless that is the name of something else: then a letter that the document does not use."""
    for name in (hint, *_VARIABLES):
        known = signature.find(name)
        fits = all(symbol.count == 0 and builder.sort(symbol.sort) == sort for symbol in known)
        if name not in taken and fits and (known or name == hint or name not in signature.library):
            return name
    return hint


def _stated(left: Term, right: Term, builder: Builder) -> str:
    return equation(left, right, Notation([left, right], builder.multiplicative)).plain


def _head(definition: Equation) -> str:
    """The left side of a definition: its name with indices, and its arguments in their brackets."""
    pattern = definition.pattern
    low = tuple(_index(bracketed, node) for kind, bracketed, node in pattern.indices if kind == "_")
    high = tuple(_index(bracketed, node) for kind, bracketed, node in pattern.indices if kind != "_")
    closing = {"(": ")", "[": "]"}
    groups = (
        bracket + ", ".join(normalised(argument) for argument in arguments) + closing.get(bracket, ")")
        for bracket, arguments in pattern.groups
    )
    return pattern.printed.with_indices(low, high) + "".join(groups)


def _index(bracketed: bool, node) -> str:
    return f"({normalised(node)})" if bracketed else normalised(node)
