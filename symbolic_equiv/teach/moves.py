"""What a step of a derivation does: the fewest rules with which the prover still finds it.

Each definition, hypothesis and law that the proof can do without is left out in turn; what is left is what a
teacher would call the moves of the step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.terms import Declaration, Term
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.normalise import NotProved, any_definition
from symbolic_equiv.logic.prover import LEAN, Prover
from symbolic_equiv.logic.rules import THEORIES
from symbolic_equiv.script.acceptance import accepts
from symbolic_equiv.script.rules import Unfold
from symbolic_equiv.theories.language import Expr
from symbolic_equiv.theories.statement import Hypothesis, Statement

PROBE = 0.5
"""Seconds for the question whether a proof can do without one rule."""


@dataclass(frozen=True)
class Move:
    """One rule that a step needs: a short name, by which an answer may give it as a reason, and words."""

    name: str
    words: str


@dataclass(frozen=True)
class Toolkit:
    """What a proof may use."""

    definitions: frozenset[Declaration]
    hypotheses: tuple[Hypothesis, ...]
    theories: frozenset[str]
    reindexes: bool

    def connect(self, left: Term, right: Term, budget: float) -> Theorem | None:
        """⊢ left = right with these tools, or ``None`` if the search finds nothing."""
        statement = Statement("step", Expr(left), Expr(right), self.hypotheses)
        equations = statement.equations
        unfolds = lambda item: item in self.definitions
        prover = Prover(equations, statement.terms(), self.theories, unfolds, self.reindexes, budget)
        try:
            theorem = prover.connect(left, right)
            return theorem if accepts(statement, theorem) else None
        except (NotProved, KernelError):
            return None

    def without(self, **less: object) -> Toolkit:
        kept = {name: getattr(self, name) for name in ("definitions", "hypotheses", "theories", "reindexes")}
        return Toolkit(**{**kept, **less})


def find_proof(
    left: Term, right: Term, hypotheses: Sequence[Hypothesis], budget: float
) -> tuple[Theorem, Toolkit] | None:
    """A proof with the least kind of toolkit that has one."""
    everything = Toolkit(definitions_in([left, right]), tuple(hypotheses), THEORIES, True)
    for theories, reindexes in ((frozenset[str](), False), (LEAN, False), (LEAN, True), (THEORIES, True)):
        tools = everything.without(theories=theories, reindexes=reindexes)
        theorem = tools.connect(left, right, budget)
        if theorem is not None:
            return theorem, tools
    return None


def moves(theorem: Theorem, tools: Toolkit) -> tuple[Move, ...]:
    """The fewest tools with which the step is still proved.

    Group laws and inverse maps count only where nothing else is done: they tidy up after a re-indexing.
    """
    left, right = theorem.left, theorem.right
    if left == right:
        return ()
    tools = _fewest(theorem, tools)
    found = [Move(_word(item), f"the definition of {_word(item)}") for item in sorted(tools.definitions, key=_name)]
    if tools.reindexes:
        found.append(Move("reindex", "re-indexing a sum"))
    stated = [item for item in tools.hypotheses if not is_inverse_law(item)]
    found += [Move(item.name, f"the hypothesis ‘{item.name.replace('_', ' ')}’") for item in stated]
    calculated = tools.theories - LEAN - {"softmax"}
    if "softmax" in tools.theories:
        calculated -= {"addition"}  # to bring what is constant to the front of the score
        found.append(Move("softmax", "a softmax does not see what is constant along its row"))
    if calculated:
        found.append(Move("calculate", f"calculating ({', '.join(sorted(calculated))})"))
    if not found:
        groups = "groups" in tools.theories
        found = [Move("groups", "the group laws")] if groups else [Move("inverse", "a map undoes its inverse")]
    return tuple(found)


def _fewest(theorem: Theorem, tools: Toolkit) -> Toolkit:
    left, right = theorem.left, theorem.right
    used = tuple(item for item in tools.hypotheses if set(item.equations) & theorem.hypotheses)
    candidates: list[Callable[[Toolkit], Toolkit]] = [partial(_with, used)]
    candidates += [partial(_less_definition, item) for item in sorted(tools.definitions, key=_name)]
    candidates += [partial(_less_hypothesis, item) for item in used]
    candidates += [partial(_less_theory, item) for item in sorted(tools.theories)]
    if tools.reindexes:
        candidates.append(lambda kit: kit.without(reindexes=False))
    for fewer in candidates:
        smaller = fewer(tools)
        if smaller != tools and smaller.connect(left, right, PROBE) is not None:
            tools = smaller
    return tools


def _with(used: tuple[Hypothesis, ...], kit: Toolkit) -> Toolkit:
    return kit.without(hypotheses=used)


def _less_definition(item: Declaration, kit: Toolkit) -> Toolkit:
    return kit.without(definitions=kit.definitions - {item})


def _less_hypothesis(item: Hypothesis, kit: Toolkit) -> Toolkit:
    return kit.without(hypotheses=tuple(other for other in kit.hypotheses if other is not item))


def _less_theory(item: str, kit: Toolkit) -> Toolkit:
    return kit.without(theories=kit.theories - {item})


def is_inverse_law(item: Hypothesis) -> bool:
    """Whether it only says that maps undo each other: each equation has the identity on one side."""
    return all(not right.variables or not left.variables for left, right in item.equations)


def definitions_in(terms: Iterable[Term]) -> frozenset[Declaration]:
    """The defined constants in terms, and in their definitions."""
    found: set[Declaration] = set()
    stack = list(terms)
    while stack:
        term = stack.pop()
        if term.body is not None:
            stack.append(term.body)
            continue
        stack += term.args
        item = term.head.declaration
        if item is not None and item.definition is not None and any_definition(item) and item not in found:
            found.add(item)
            stack.append(item.definition)
    return frozenset(found)


def _name(item: Declaration) -> str:
    return item.name


def _word(item: Declaration) -> str:
    """What a reason calls a definition: its letters."""
    return Unfold((item,), folds=False).words.removeprefix("unfold ")
