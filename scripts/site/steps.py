"""The bundled proofs as a store of examples: which axioms they use, and steps in which a rule is at work."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from symbolic_equiv.latex.linebreak import one_line
from symbolic_equiv.latex.statements import Formula
from symbolic_equiv.report.check import check_proposition
from symbolic_equiv.report.derivation import Derivation, Line, Move, derivation
from symbolic_equiv.report.results import Chain
from symbolic_equiv.script.loader import bundled, bundled_path, load
from symbolic_equiv.script.rules import Rule, Unfold
from symbolic_equiv.theories.statement import PROVED


@dataclass(frozen=True)
class Example:
    """A step of a bundled proof, and what the letters stand for that are only printed, as ``ī`` is."""

    name: str
    before: Line
    move: Move
    letters: tuple[Formula, ...]


@cache
def theorems() -> tuple[Chain, ...]:
    """The bundled theorems, checked."""
    items = [item for name in bundled() for item in load(bundled_path(name))]
    return tuple(check_proposition(item) for item in items if item.statement.expected == PROVED)


@cache
def users() -> dict[str, tuple[str, ...]]:
    """The bundled theorems that use an axiom, by its name."""
    found: dict[str, list[str]] = {}
    for proof in theorems():
        for axiom in proof.theorem.axioms:
            found.setdefault(axiom.name, []).append(proof.statement.name)
    return {name: tuple(sorted(names)) for name, names in found.items()}


@cache
def _tree(proof: Chain) -> Derivation:
    return derivation(proof)


def example(rule: type[Rule], folds: bool = False) -> Example:
    """The shortest step that has a rule of this kind, at best by itself, and changes a part of its line."""
    steps = []
    for chain in theorems():
        for number, line in enumerate(chain.proof.lines):
            kinds = [item for item in line.by if type(item) is rule and getattr(item, "folds", folds) == folds]
            if kinds and (rule is not Unfold or len(kinds) == 1):
                length = chain.proof.lines[number - 1].term.size + line.term.size
                order = len(line.by), len(chain.proof.abbreviations), length
                steps.append((*order, chain.statement.name, number, chain))
    steps.sort(key=lambda step: step[:-1])
    found = [_step(name, number, chain) for *_, name, number, chain in steps]
    readable = [each for each in found if each.before.tree is not None and each.move.line.tree is not None]
    return next((each for each in readable if each.move.replaced), readable[0])


def _step(name: str, number: int, chain: Chain) -> Example:
    tree = _tree(chain)
    before, move = tree.first if number == 1 else tree.moves[number - 2].line, tree.moves[number - 1]
    letters = tree.page.abbreviations
    shown = tuple(each for each in letters if one_line(each.left) in before.text + move.line.text)
    return Example(name, before, move, shown)
