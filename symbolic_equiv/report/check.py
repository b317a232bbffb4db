"""Checking: what each witness says of a proposition, and the verdict.

The fallback goes kernel → explicit → numeric.  Only the kernel makes a claim ``proved``; only a
confirmed counterexample makes it ``refuted``; everything else leaves it ``unproved``, with the evidence.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.latex.counted import counted
from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.report.documents import Progress, check_document, is_document
from symbolic_equiv.report.results import Chain, Contradiction, Document, Report, Step, Witness
from symbolic_equiv.script.acceptance import ASSUMED, UNPROVED, accepts, is_assumed
from symbolic_equiv.script.loader import ScriptError, bundled, bundled_path, folder, load
from symbolic_equiv.script.proposition import Proposition
from symbolic_equiv.theories.language import Expr
from symbolic_equiv.theories.statement import PROVED, REFUTED, Statement

if TYPE_CHECKING:
    from symbolic_equiv.judge.verdicts import JudgedDocument

WITNESSES = ("kernel", "explicit", "numeric")


def check(
    target: str | Proposition | Iterable[str] | list[Proposition] | None = None,
    witness: str = "",
    sizes: Mapping[str, int] | None = None,
    seed: int = 0,
    progress: Progress = lambda _: None,
    context: str = "",
    budget: float = 60.0,
) -> Report:
    """Check a bundled proof by name, a script or a document by path, a proposition, several, or (None) all bundled.

    ``witness`` is ``"all"`` or names from ``kernel, explicit, numeric``; by default the kernel, and the others
    where it did not prove.  ``sizes`` are those of the explicit witness.  A document (``.md``, ``.tex``, ``.ipynb``)
    is read and judged, never executed: ``context`` is a file of declarations for it, ``budget`` its seconds.
    Raises ``ScriptError``.

    >>> check("permutation_equivariance").exit_code
    0
    """
    wanted = _witnesses(witness)
    if isinstance(target, Proposition):
        target = [target]
    if isinstance(target, list) and target and all(isinstance(item, Proposition) for item in target):
        chains = [check_proposition(item, wanted, sizes, seed, progress) for item in target]
        _look_for_models(chains, seed)
        return Report([Document("", chains)])
    targets = bundled() if target is None else [target] if isinstance(target, str) else list(target)
    found: list[Document | JudgedDocument] = []
    for name in targets:
        if is_document(name):
            numeric = wanted is None or "numeric" in wanted
            found.append(check_document(name, context, budget, seed, numeric, progress))
        else:
            found.append(_check_file(name, wanted, sizes, seed, progress))
    return Report(found)


def run(path: str) -> None:
    """What a proof script does when it is run by itself: check every proposition in it and print the derivation."""
    import sys

    from symbolic_equiv.report.terminal import derivation, show
    from symbolic_equiv.script.loader import propositions

    found = propositions(vars(sys.modules["__main__"]))
    chains = [check_proposition(item) for item in found]
    if os.path.dirname(os.path.abspath(path)) != folder():
        _look_for_models(chains)
    report = Report([Document(path, chains)])
    try:
        for chain in chains:
            print(derivation(chain))
        print(show(report), flush=True)
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(report.exit_code)


def _witnesses(witness: str) -> frozenset[str] | None:
    if not witness:
        return None
    names = WITNESSES if witness == "all" else tuple(name.strip() for name in witness.split(","))
    unknown = [name for name in names if name not in WITNESSES]
    if unknown:
        raise ScriptError(f"there is no witness {unknown[0]!r}", f"choose from {', '.join(WITNESSES)}, or all")
    return frozenset(names)


def _check_file(
    name: str, wanted: frozenset[str] | None, sizes: Mapping[str, int] | None, seed: int, progress: Progress
) -> Document:
    is_script = name.endswith(".py") or os.path.sep in name
    if is_script:
        from symbolic_equiv.script.isolation import run_isolated

        found = run_isolated(name)
    else:
        found = load(bundled_path(name))
    if not found:
        raise ScriptError(f"{name} declares no theorem", "decorate a function with @se.theorem(left, right, …)")
    chains = [check_proposition(item, wanted, sizes, seed, progress) for item in found]
    if is_script:
        _look_for_models(chains, seed)
    return Document(name, chains)


def _look_for_models(chains: list[Chain], seed: int = 0) -> None:
    """Mark what is proved from hypotheses of which no model is known."""
    for chain in chains:
        if chain.claim == PROVED and chain.statement.hypotheses and "numeric" not in chain.witnesses:
            chain.vacuous = not _has_model(chain.statement, seed)


def _has_model(statement: Statement, seed: int) -> bool:
    """Whether the hypotheses have a nondegenerate model: else what is proved of them says little.

    The bundled proofs are known to have one; a user's may not.
    """
    from symbolic_equiv.numeric.witness import examine

    evidence = examine(statement, models=20, seed=seed, budget=5.0)
    return evidence.nondegenerate and evidence.exact  # a hypothesis that was only sampled may have no model


def check_proposition(
    proposition: Proposition,
    wanted: frozenset[str] | None = None,
    sizes: Mapping[str, int] | None = None,
    seed: int = 0,
    progress: Progress = lambda _: None,
) -> Chain:
    """All witnesses that were asked for, in turn; without a choice, those after the kernel only if it fails."""
    started = time.perf_counter()
    chain = Chain(proposition.statement, proposition.line)
    if wanted is None or "kernel" in wanted:
        progress(f"{proposition.name}: kernel")
        _kernel(proposition, chain)
    for name, examine in (("explicit", _explicit), ("numeric", _numeric)):
        if name in wanted if wanted is not None else chain.claim not in (PROVED, ASSUMED):
            progress(f"{proposition.name}: {name}")
            examine(chain, sizes, seed)
    for step in chain.steps:
        if step.verdict == UNPROVED and (wanted is None or "numeric" in wanted):
            _examine_step(chain, step, seed)
    chain.seconds = time.perf_counter() - started
    return chain


def _kernel(proposition: Proposition, chain: Chain) -> None:
    try:
        proof = chain.proof = proposition.attempt()
    except (NotProved, KernelError) as error:
        chain.errors.append(error)
        chain.witnesses["kernel"] = Witness("not proved", ": the search found no proof, which says nothing against it")
        return
    chain.errors += proof.errors
    chain.steps = [
        Step(line, PROVED if line.theorem is not None else UNPROVED, str(line.error or "")) for line in proof.lines[1:]
    ]
    theorem = None if proof.errors else proof.theorem
    if theorem is None:
        theorem = _claim_alone(chain)
    try:
        accepted = theorem is not None and accepts(chain.statement, theorem)
    except KernelError as error:
        chain.errors.append(error)
        accepted = False
    if accepted:
        chain.theorem, chain.claim = theorem, ASSUMED if is_assumed(chain.statement) else PROVED
        chain.witnesses["kernel"] = Witness("proved", f" for all sizes, from {counted(len(theorem.axioms), 'axiom')}")
    else:
        chain.witnesses["kernel"] = Witness("not proved", ": a step of the proof does not follow")


def _claim_alone(chain: Chain) -> Theorem | None:
    """The claim of a derivation with a broken step, by the prover alone."""
    from symbolic_equiv.logic.prover import prove

    try:
        return prove(chain.statement.left, chain.statement.right, chain.statement.equations)
    except (NotProved, KernelError):
        return None


def _explicit(chain: Chain, sizes: Mapping[str, int] | None, seed: int) -> None:
    from symbolic_equiv.explicit.errors import ExplicitError, SizeError
    from symbolic_equiv.explicit.witness import examine

    try:
        evidence = examine(chain.statement, sizes=sizes, seed=seed)
    except SizeError as error:
        raise ScriptError(f"{chain.statement.name}: --sizes: {error}", "see the sorts that 'derive' lists") from None
    except ExplicitError as error:
        chain.witnesses["explicit"] = Witness("undecided", f": {error}")
        return
    chain.witnesses["explicit"] = Witness(evidence.verdict, str(evidence).removeprefix(evidence.verdict))
    if evidence.verdict == REFUTED and chain.statement.groups:
        where = ", ".join(f"{sort} = {group}" for sort, group in chain.statement.groups.items())
        says = f": the sides differ at {evidence.sizes}; the claim is about {where}"
        chain.witnesses["explicit"] = Witness("undecided", says)
    elif evidence.verdict == REFUTED:
        _refute(chain, evidence.difference, "explicit")


def _numeric(chain: Chain, sizes: Mapping[str, int] | None, seed: int) -> None:
    from symbolic_equiv.numeric.witness import NO_MODEL, examine

    evidence = examine(chain.statement, seed=seed)
    chain.witnesses["numeric"] = Witness(evidence.verdict, str(evidence).removeprefix(evidence.verdict))
    chain.vacuous = evidence.verdict == NO_MODEL or not (evidence.nondegenerate or evidence.verdict == REFUTED)
    if evidence.verdict == REFUTED:
        _refute(chain, evidence.counterexample, "numeric")


def _refute(chain: Chain, counterexample: Any, witness: str) -> None:
    """A confirmed counterexample; where the kernel has a proof as well, one of the two is wrong."""
    if chain.claim in (PROVED, ASSUMED):
        raise Contradiction(
            f"{chain.statement.name} was proved, and the {witness} witness has a counterexample: {counterexample}"
        )
    # the numeric witness comes last and has made its counterexample small: that one is shown
    chain.claim, chain.counterexample = REFUTED, counterexample


def _examine_step(chain: Chain, step: Step, seed: int) -> None:
    """A step that did not follow: is it false, or was a rule missing?"""
    from symbolic_equiv.numeric.witness import examine

    lines = chain.proof.lines
    before = lines[lines.index(step.line) - 1]
    claim = Statement(
        "step", Expr(before.term), Expr(step.line.term), chain.statement.hypotheses, groups=chain.statement.groups
    )
    evidence = examine(claim, models=60, seed=seed, budget=5.0)
    step.message += f"; numerically: {evidence}"
    if evidence.verdict == REFUTED:
        step.verdict, step.counterexample = REFUTED, evidence.counterexample
