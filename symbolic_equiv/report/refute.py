"""Refutation: the smallest counterexample to a claim, or to a claim without one of its hypotheses.

A dropped hypothesis leaves its symbols behind: without "x is a bijection with inverse x⁻¹" the letter x⁻¹ stands
for any map from positions to tokens.  A counterexample says the more the less it drops, so of a hypothesis that is
several equations only one is dropped first; x⁻¹ still undoes x then, and x misses a position, or the other way round.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.theorem import Equation
from symbolic_equiv.latex.counted import counted
from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.report.documents import is_document
from symbolic_equiv.script.loader import ScriptError, bundled, bundled_path, load
from symbolic_equiv.theories.statement import PROVED, Hypothesis, Statement

if TYPE_CHECKING:
    from symbolic_equiv.numeric.counterexample import Counterexample
    from symbolic_equiv.numeric.witness import Evidence

BUDGET = 30.0
ROUND = 150
"""Models of one round of the search; the next round has another seed."""

Progress = Callable[[str], None]


@dataclass
class Searched:
    """What was looked at."""

    models: int = 0
    seconds: float = 0.0
    seed: int = 0
    groups: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def add(self, evidence: Evidence) -> None:
        self.models += evidence.models
        self.groups |= set(evidence.groups)
        if evidence.reason and evidence.reason not in self.notes:
            self.notes.append(evidence.reason)


@dataclass
class Refutation:
    """A claim, what was dropped of its hypotheses, and the counterexample if one was found."""

    statement: Statement
    path: str = ""
    line: int = 0
    dropped: Hypothesis | None = None
    kept: tuple[Equation, ...] = ()
    """Of the dropped hypothesis: the equations that hold all the same in the model."""
    counterexample: Counterexample | None = None
    proved: bool = False
    """Whether the kernel proves the claim, so that there is nothing to find."""
    searched: Searched = field(default_factory=Searched)
    proves: Callable[[Statement], bool] = field(default=lambda statement: _proves(statement), repr=False)
    """Whether there is a proof of a statement."""

    @property
    def exit_code(self) -> int:
        """0 if a counterexample was found, else 1."""
        return 0 if self.counterexample is not None else 1

    def to_json(self) -> dict[str, Any]:
        """The refutation as ``refute_schema.json`` describes it."""
        from symbolic_equiv.report.refute_text import to_json

        return to_json(self)

    def __str__(self) -> str:
        from symbolic_equiv.report.refute_text import show

        return show(self)


def refute(
    target: str,
    drop: str = "",
    line: int = 0,
    context: str = "",
    budget: float = BUDGET,
    seed: int = 0,
    progress: Progress = lambda _: None,
) -> Refutation:
    """Look for a counterexample to a bundled proof by name, to a script or to a document by path.

    ``drop`` is the name of a hypothesis to do without; of a document ``line`` says which step or claim, else
    the first one that can be refuted.  The same seed gives the same answer.  Raises ``ScriptError``.

    >>> found = refute("softmax_reindexing", drop="g_is_bijective")
    >>> found.counterexample.left != found.counterexample.right
    True
    """
    start = time.monotonic()
    claims = _of_document(target, context, line) if is_document(target) else _of_script(target, line)
    claims = [_dropped(claim, drop) for claim in claims if _has(claim, drop)] or _no_such(claims, drop)
    for number, claim in enumerate(claims):
        progress(f"{claim.statement.name}: searching models")
        share = (budget - (time.monotonic() - start)) / (len(claims) - number)
        found = search(claim, share, seed, progress)
        if found.counterexample is not None:
            found.searched.seconds = time.monotonic() - start
            return found
        claims[number] = found
    return _none_of(claims, seed, time.monotonic() - start)


def every_hypothesis(
    names: Iterable[str] = (), budget: float = BUDGET, seed: int = 0, progress: Progress = lambda _: None
) -> list[Refutation]:
    """Each theorem of these bundled proofs (or of all) without each of its hypotheses in turn.

    >>> [found.dropped.name for found in every_hypothesis(["permutation_equivariance"])]
    ['pi_is_a_permutation']
    """
    chosen = list(names) or bundled()
    theorems = [item.statement for name in chosen for item in _load(name) if item.statement.expected == PROVED]
    if not theorems:
        raise ScriptError(f"{', '.join(chosen)}: no theorem with hypotheses", "'symbolic-equiv list' shows the proofs")
    found = []
    for statement in theorems:
        for item in statement.hypotheses:
            progress(f"{statement.name} without {item.name}")
            claim = Refutation(statement.without(item.name), statement.name, dropped=item)
            found.append(search(claim, budget, seed, progress))
    return found


def search(claim: Refutation, budget: float, seed: int, progress: Progress = lambda _: None) -> Refutation:
    """The claim with a counterexample, if one is found; nothing is searched for what the kernel proves."""
    from symbolic_equiv.numeric.errors import ModelError

    start, searched = time.monotonic(), Searched(seed=seed)
    if claim.proves(claim.statement):
        return replace(claim, proved=True, searched=searched)
    try:
        for statement, kept, evidence in _rounds(claim, start + budget, seed):
            searched.add(evidence)
            searched.seconds = time.monotonic() - start
            progress(f"{statement.name}: {counted(searched.models, 'model')}, {', '.join(sorted(searched.groups))}")
            if evidence.counterexample is not None:
                return replace(claim, kept=kept, counterexample=evidence.counterexample, searched=searched)
    except ModelError as error:
        raise ScriptError(f"{claim.statement.name}: {error}") from None
    return replace(claim, searched=searched)


def _rounds(
    claim: Refutation, deadline: float, seed: int
) -> Iterator[tuple[Statement, tuple[Equation, ...], Evidence]]:
    """Rounds of the search: little dropped first, finite groups first, then the integers and the plane."""
    from symbolic_equiv.numeric.witness import NO_MODEL, examine

    left = lambda: deadline - time.monotonic()
    for kept in _proper_parts(claim.dropped):
        weaker = Hypothesis(claim.dropped.name, claim.dropped.says, kept)
        statement = claim.statement.with_hypotheses((*claim.statement.hypotheses, weaker))
        evidence = examine(statement, models=ROUND // 2, seed=seed, budget=min(left() / 4, 4.0))
        yield statement, kept, evidence
    statement, groups, number = claim.statement, _groups(claim.statement), 0
    while left() > 0:
        evidence = examine(statement, models=ROUND, seed=seed + 1000 * number, budget=left())
        yield statement, (), evidence
        for name in ("Z", "Z^2") if groups and not statement.groups and number < 2 else ():
            if left() > 0:
                lattice = statement.on(dict.fromkeys(groups, name))
                yield lattice, (), examine(lattice, models=40, seed=seed + 1000 * number, budget=min(left(), 10.0))
        number += 1
        if evidence.verdict == NO_MODEL and number == 4:
            break


def _proper_parts(dropped: Hypothesis | None) -> list[tuple[Equation, ...]]:
    """Of a hypothesis of several equations: all but one."""
    equations = dropped.equations if dropped is not None and len(dropped.equations) > 1 else ()
    return [equations[:k] + equations[k + 1 :] for k in reversed(range(len(equations)))]


def _groups(statement: Statement) -> list[str]:
    from symbolic_equiv.numeric.models import group_sorts, unfold

    found, pairs = group_sorts([unfold(term) for term in statement.terms()])
    return sorted(sort.name for sort in found - {acting for acting, _ in pairs})


def _proves(statement: Statement) -> bool:
    from symbolic_equiv.logic.prover import prove

    try:
        prove(statement.left, statement.right, statement.equations, budget=3.0)
    except (NotProved, KernelError):
        return False
    return True


# what is claimed


def _load(name: str) -> list:
    from symbolic_equiv.script.isolation import run_isolated

    return run_isolated(name) if name.endswith(".py") or "/" in name else load(bundled_path(name))


def _of_script(target: str, line: int) -> list[Refutation]:
    found = [Refutation(item.statement, target, item.line) for item in _load(target)]
    if line:
        found = [claim for claim in found if claim.line <= line][-1:]
    if not found:
        where = f" at or before line {line}" if line else ""
        raise ScriptError(
            f"{target} declares no theorem{where}", "decorate a function with @se.theorem(left, right, …)"
        )
    return found


def _of_document(path: str, context: str, line: int) -> list[Refutation]:
    """The steps and claims of a document in their order; with ``line`` those of that line."""
    from symbolic_equiv.document import read_derivation
    from symbolic_equiv.judge.judge import statements
    from symbolic_equiv.judge.search import Search
    from symbolic_equiv.report.documents import load as load_document

    search = Search(read_derivation(*load_document(path, context)))
    places = list(statements(search))
    inside = [(first, claim) for first, last, claim in places if not line or first <= line <= last]
    found = [Refutation(claim, path, first, proves=search.proves) for first, claim in inside]
    if not found:
        known = ", ".join(sorted({str(first) for first, _, _ in places}, key=int))
        where = f"no step or claim at line {line}" if line else "no step or claim that can be searched"
        raise ScriptError(f"{path}: {where}", f"there are steps into the lines {known}" if known else "")
    return found


def _has(claim: Refutation, drop: str) -> bool:
    return not drop or any(item.name == drop for item in claim.statement.hypotheses)


def _dropped(claim: Refutation, drop: str) -> Refutation:
    if not drop:
        return claim
    item = next(item for item in claim.statement.hypotheses if item.name == drop)
    return replace(claim, statement=claim.statement.without(drop), dropped=item)


def _no_such(claims: list[Refutation], drop: str) -> list[Refutation]:
    """Raises ``ScriptError`` with the names that there are, and the nearest."""
    import difflib

    names = sorted({item.name for claim in claims for item in claim.statement.hypotheses})
    near = difflib.get_close_matches(drop, names, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}? " if near else ""
    listed = f"its hypotheses are {', '.join(names)}" if names else "it has none"
    raise ScriptError(f"{claims[0].path}: there is no hypothesis {drop!r}", hint + listed)


def _none_of(claims: list[Refutation], seed: int, seconds: float) -> Refutation:
    """Where nothing was found: the one claim, or the first of several with all that was searched."""
    open_ = [claim for claim in claims if not claim.proved]
    groups = set().union(*(claim.searched.groups for claim in claims))
    notes = list(dict.fromkeys(note for claim in claims for note in claim.searched.notes))
    searched = Searched(sum(claim.searched.models for claim in claims), seconds, seed, groups, notes)
    return replace((open_ or claims)[0], searched=searched)
