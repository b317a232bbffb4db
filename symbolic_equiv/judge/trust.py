"""How far a proof may be relied on: built-in definitions that the text confirms, and hypotheses that have a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from symbolic_equiv.document.derivation import Derivation
from symbolic_equiv.judge.verdicts import JudgedChain
from symbolic_equiv.kernel.terms import Head, Term
from symbolic_equiv.theories.language import one
from symbolic_equiv.theories.statement import Hypothesis, Statement


def unconfirmed(derivation: Derivation, chains: Iterable[JudgedChain]) -> frozenset[str]:
    """The names whose definitions were supplied although no proved step folds or unfolds them.

    Such a definition may not be the author's: what is proved with it is not what the text says.
    """
    supplied = {item.constant: item.name for item in derivation.context.supplied if item.constant}
    confirmed: set[str] = set()
    for step in (step for chain in chains for step in chain.steps if step.theorem is not None):
        before, after = occurrences(step.before), occurrences(step.after)
        confirmed |= {name for constant, name in supplied.items() if before[constant] != after[constant]}
    return frozenset(supplied.values()) - confirmed


def occurrences(term: Term) -> Counter[str]:
    """How often each defined constant stands in a term, as it is printed."""
    found: Counter[str] = Counter()
    stack = [term]
    while stack:
        item = stack.pop()
        if item.body is not None:
            stack.append(item.body)
            continue
        declaration = item.head.declaration
        if declaration is not None and declaration.definition is not None:
            found[declaration.name] += 1
        stack += item.args
    return found


def opaque(derivation: Derivation, names: Iterable[str]) -> frozenset[Head]:
    """The variables that stand for symbols of which only the sort is known: a model of them says nothing."""
    wanted = {*names, *derivation.unread}
    return frozenset(head for entry in derivation.context.entries if entry.name in wanted for head in entry.heads)


def has_model(hypotheses: Sequence[Hypothesis], seed: int, budget: float) -> bool:
    """Whether a nondegenerate model of the hypotheses is found: else what is proved of them may say nothing."""
    from symbolic_equiv.numeric.witness import examine

    number = one()
    statement = Statement("the hypotheses", number, number, tuple(hypotheses))
    return examine(statement, models=20, seed=seed, budget=budget).nondegenerate


def rests_on(chain: JudgedChain, hypotheses: Iterable[Hypothesis]) -> tuple[Hypothesis, ...]:
    """The hypotheses that the proofs of a chain use."""
    theorems = [step.theorem for step in chain.steps] + [chain.claim.theorem]
    used = frozenset().union(*(theorem.hypotheses for theorem in theorems if theorem is not None))
    return tuple(item for item in hypotheses if used & set(item.equations))
