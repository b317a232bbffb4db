"""Reading a document from a string, and looking at what came out."""

from __future__ import annotations

from symbolic_equiv.document import Derivation, read_derivation
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.latex.reader import read_text
from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.logic.prover import prove

TOKENS = r"""
Let $x : S \to X$ be a bijection, $f : S \to \mathbb{R}^d$, $N : S \to 2^S$, $i, j \in S$ and $y \in X$.
"""


def read(text: str, **options) -> Derivation:
    return read_derivation(read_text(text), **options)


def display(formula: str) -> str:
    return f"\n$$\n{formula}\n$$\n"


def terms(derivation: Derivation) -> list[str]:
    """The terms of all lines of the displays, as they print."""
    lines = [line for chain in derivation.chains if not chain.inline for line in chain.lines]
    return [latex(line.judged) if line.judged is not None else "" for line in lines]


def term(text: str) -> str:
    """The term of the last line of a document."""
    return terms(read(text))[-1]


def kinds(derivation: Derivation, but: str = "undefined") -> list[tuple[int, str]]:
    return [(problem.line, problem.kind) for problem in derivation.problems if problem.kind != but]


def chains(derivation: Derivation, role: str):
    return [chain for chain in derivation.chains if chain.role == role]


def proved(derivation: Derivation, available: bool = True) -> list[bool]:
    """For each step of each chain that claims something: whether the prover finds it."""
    hypotheses = [each.hypothesis for each in derivation.hypotheses]
    hypotheses += usual(derivation) if available else ()
    equations = [equation for hypothesis in hypotheses for equation in hypothesis.equations]
    found = []
    for chain in derivation.chains:
        if chain.role not in ("chain", "claim"):
            continue
        for before, after in zip(chain.lines, chain.lines[1:]):
            if before.judged is None or after.judged is None:
                found.append(False)
                continue
            try:
                prove(before.judged, after.judged, equations, budget=5)
                found.append(True)
            except NotProved:
                found.append(False)
    return found


def usual(found):
    """The available hypotheses, with neighbourhoods that move from the right."""
    others = {other for _, other in found.either}
    return tuple(item for item in found.available if item.name not in others)
