"""How far a proof may be relied on: built-in definitions that the text confirms, and hypotheses that have a model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from symbolic_equiv.document.derivation import ChainLine, Derivation
from symbolic_equiv.judge.verdicts import JudgedChain
from symbolic_equiv.kernel.sorts import BASE
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
    """The variables that stand for symbols of which not all is known that the text says: a model of them says nothing.

    ``names`` are those of which only the sort is known.  What the text supposes and could not be read, as in ``with
    $R(p) R(q) = …$``, may say anything of the maps and matrices that are printed in it.
    """
    wanted = {*names, *derivation.unread, *_half_read(derivation)}
    says_more = lambda head: bool(head.sort.leaves & derivation.open_sets)
    entries = derivation.context.entries
    return frozenset(head for each in entries for head in each.heads if each.name in wanted or says_more(head))


def _half_read(derivation: Derivation) -> set[str]:
    lines = [line for chain in derivation.chains if chain.supposes for line in chain.lines]
    text = " ".join(re.sub(r"\\math[a-z]+ *\{\w+\}", " ", line.span.text) for line in lines if _is_unread(line))
    printed = lambda name: re.search(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])", text)
    entries = [entry for entry in derivation.context.entries if any(not _is_element(head) for head in entry.heads)]
    return {entry.name for entry in entries if printed(entry.name)} if text.strip() else set()


def _is_unread(line: ChainLine) -> bool:
    return line.judged is None and bool(line.problems)


def _is_element(head: Head) -> bool:
    return head.sort.cls == BASE or head.sort.name == "Fin"


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
