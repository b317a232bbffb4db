"""Mutants of the bundled proofs: a claim, a definition, a hypothesis, a line or a rule with one thing changed.

``python tests/proofs/mutation.py`` runs them all and prints the counts.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from symbolic_equiv.kernel.sorts import BASE, Sort
from symbolic_equiv.kernel.terms import (
    CONSTANT,
    VARIABLE,
    Declaration,
    Head,
    Term,
    abstract,
    abstraction,
    application,
    apply,
    eta,
)  # fmt: skip
from symbolic_equiv.kernel.theorem import Equation, Theorem
from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.logic.prover import Prover, group_sorts, provers
from symbolic_equiv.logic.words import inverse, is_call
from symbolic_equiv.numeric.witness import NO_DIFFERENCE, NO_MODEL, examine
from symbolic_equiv.report.check import accepts
from symbolic_equiv.script.loader import bundled, bundled_path, load
from symbolic_equiv.script.proof import Proof, StepError
from symbolic_equiv.script.rules import Reindex, Rule, Unfold, Using
from symbolic_equiv.theories.language import Expr, add, mul, scale, symbol
from symbolic_equiv.theories.statement import PROVED, Hypothesis, Statement

Rules = tuple[Rule, ...]
Script = tuple[tuple[Term, Rules], ...]
Path = list[int | Head]
"""From a term to a part of it: arguments by number, binders by the variable that they are opened with."""

Change = tuple[str, Callable[[], Term]]


@dataclass(frozen=True)
class Mutant:
    """What it asserts, the script that is to prove it (if any), and the steps of it that were touched."""

    of: str
    kind: str
    what: str
    statement: Statement
    script: Script | None

    @property
    def key(self) -> tuple:
        """Two mutants are one if they assert the same and say the same."""
        item = self.statement
        lines = None if self.script is None else tuple((term, tuple(map(repr, by))) for term, by in self.script)
        return self.of, item.left, item.right, frozenset(item.equations), lines


# -- changing one place of a term


def changes(term: Term, groups: frozenset[Sort], extra: tuple[Term, ...] = ()) -> list[Change]:
    """Every way to change ``term`` in one place, with the kind of the change; the new term is built when asked for."""
    pool = list(dict.fromkeys([*_parts(term, 0), *extra]))
    return [
        (kind, lambda path=path, new=new: _put(term, path, new)) for kind, path, new in _changed(term, groups, pool, ())
    ]


def _put(term: Term, path: Path, new: Term) -> Term:
    if not path:
        return new
    step, *rest = path
    if isinstance(step, Head):
        return abstract(_put(apply(term, [eta(step)]), rest, new), step, term.hint)
    return application(term.head, [*term.args[:step], _put(term.args[step], rest, new), *term.args[step + 1 :]])


def _hole(domain: Sort, depth: int) -> Head:
    return Head(VARIABLE, f"~m{depth}", domain)


def _parts(term: Term, depth: int) -> Iterator[Term]:
    if term.body is not None:
        yield from _parts(apply(term, [eta(_hole(term.domain, depth))]), depth + 1)
        return
    yield term
    for arg in term.args:
        yield from _parts(arg, depth)


def _changed(
    term: Term, groups: frozenset[Sort], pool: list[Term], opened: tuple[Head, ...]
) -> Iterator[tuple[str, Path, Term]]:
    """The kind of a change, the way to its place, and what is put there."""
    if term.body is not None:
        hole = _hole(term.domain, len(opened))
        for kind, path, new in _changed(apply(term, [eta(hole)]), groups, pool, (*opened, hole)):
            yield kind, [hole, *path], new
        return
    args = term.args
    for place, arg in enumerate(args):
        for kind, path, new in _changed(arg, groups, pool, opened):
            yield kind, [place, *path], new
        for other in range(place + 1, len(args)):
            if args[other].sort == arg.sort and args[other] != arg:
                swapped = list(args)
                swapped[place], swapped[other] = swapped[other], swapped[place]
                yield "two arguments swapped", [], application(term.head, swapped)
    if is_call(term, add) or is_call(term, scale):
        for arg in args:
            if arg.sort == term.sort:
                yield "a summand or factor dropped", [], arg
    if term.sort in groups:
        yield "a group element inverted", [], inverse(term)
    if term.sort.cls == BASE or term.head.kind == VARIABLE:
        for other in pool:
            hidden = {head for head in other.variables if str(head.name).startswith("~m")}
            if other.sort == term.sort and other != term and hidden <= set(opened):
                yield "replaced by another", [], other


# -- the bundled proofs as data


class _Recording(Proof):
    """Notes the lines and their rules, and checks nothing."""

    def __init__(self, statement: Statement) -> None:
        super().__init__(statement)
        self.noted: list[tuple[Term, Rules]] = []

    def to(self, line: Expr, by, because: str) -> None:
        self.noted.append((line.term, (by,) if isinstance(by, Rule) else tuple(by)))


def theorems() -> dict[str, tuple[Statement, Script | None]]:
    """Every bundled theorem with its lines."""
    found = {}
    for item in (item for name in bundled() for item in load(bundled_path(name))):
        if item.statement.expected != PROVED:
            continue
        script = None
        if item.lines is not None:
            recording = _Recording(item.statement)
            item.lines(recording)
            script = tuple(recording.noted)
        found[item.name] = item.statement, script
    return found


def _with(statement: Statement, left: Term | None = None, right: Term | None = None, given=None) -> Statement:
    hypotheses = statement.hypotheses if given is None else tuple(given)
    return Statement(statement.name, Expr(left or statement.left), Expr(right or statement.right), hypotheses)


def _map_rules(script: Script | None, change: Callable[[Rule], Rule]) -> Script | None:
    return script and tuple((term, tuple(map(change, rules))) for term, rules in script)


# -- the kinds of mutants; each says what is changed, and makes the statement and the script when asked to

Maker = tuple[str, Callable[[], tuple[Statement, Script | None]]]


def of_claims(name: str, statement: Statement, script: Script | None) -> Iterator[Maker]:
    """A side of the claim changed."""
    groups, spare = _scope(statement)
    for kind, new in changes(statement.left, groups, spare):
        made = lambda new=new: (_with(statement, left=new()), script)
        yield f"left: {kind}", made
    for kind, new in changes(statement.right, groups, spare):
        made = lambda new=new: (_with(statement, right=new()), script)
        yield f"right: {kind}", made


def of_lines(name: str, statement: Statement, script: Script | None) -> Iterator[Maker]:
    """A line changed; what it asserts is that this line equals the right side."""
    groups, spare = _scope(statement)
    for number, (term, rules) in enumerate(script or ()):
        for kind, new in changes(term, groups, spare):

            def made(number: int = number, rules: Rules = rules, new: Callable[[], Term] = new):
                line = new()
                return _with(statement, left=line), (*script[:number], (line, rules), *script[number + 1 :])

            yield f"line {number + 1}: {kind}", made


def of_definitions(name: str, statement: Statement, script: Script | None) -> Iterator[Maker]:
    """The definition of the layer or of the translation changed, on both sides alike."""
    groups, _ = _scope(statement)
    for old in statement.definitions():
        if old.name == "softmax" or _is_inside(old, statement):
            continue
        for kind, definition in changes(old.definition, groups):

            def made(old: Declaration = old, definition: Callable[[], Term] = definition):
                new = Declaration(old.name, old.sort, definition())
                swap = lambda term: _declared(term, old, new)
                lines = _map_rules(script, lambda rule: _redefine(rule, old, new))
                lines = lines and tuple((swap(term), rules) for term, rules in lines)
                given = []
                for before in statement.hypotheses:
                    equations = tuple((swap(left), swap(right)) for left, right in before.equations)
                    after = before if equations == before.equations else Hypothesis(before.name, before.says, equations)
                    lines = _map_rules(lines, lambda rule, a=before, b=after: _assume(rule, a, b))
                    given.append(after)
                return _with(statement, swap(statement.left), swap(statement.right), given), lines

            yield f"{old.name}: {kind}", made


def of_hypotheses(name: str, statement: Statement, script: Script | None) -> Iterator[Maker]:
    """A hypothesis left out, one equation of it left out, or changed in one place."""
    groups, _ = _scope(statement)
    for number, old in enumerate(statement.hypotheses):
        others = [*statement.hypotheses[:number], *statement.hypotheses[number + 1 :]]
        yield f"{old.name}: left out", lambda others=others: (_with(statement, given=others), script)

        def made(equations: Callable[[], tuple], old: Hypothesis = old, others: list = others):
            new = Hypothesis(old.name, old.says, equations())
            lines = _map_rules(script, lambda rule: _assume(rule, old, new))
            return _with(statement, given=[*others, new]), lines

        for place, equation in enumerate(old.equations):
            rest = old.equations[:place], old.equations[place + 1 :]
            if len(old.equations) > 1:
                fewer = lambda rest=rest: rest[0] + rest[1]
                yield f"{old.name}: an equation left out", lambda made=made, fewer=fewer: made(fewer)
            left, right = equation
            for kind, new in changes(left, groups):
                changed = lambda rest=rest, new=new, right=right: (*rest[0], (new(), right), *rest[1])
                yield f"{old.name}: {kind}", lambda made=made, changed=changed: made(changed)
            for kind, new in changes(right, groups):
                changed = lambda rest=rest, new=new, left=left: (*rest[0], (left, new()), *rest[1])
                yield f"{old.name}: {kind}", lambda made=made, changed=changed: made(changed)


def of_steps(name: str, statement: Statement, script: Script | None) -> Iterator[Maker]:
    """A step deleted or exchanged with the next; a rule left out, flipped or with another index."""
    for number, (term, rules) in enumerate(script or ()):
        before, after, step = script[:number], script[number + 1 :], f"step {number + 1}"
        as_is = lambda *middle, before=before, after=after: (statement, (*before, *middle, *after))
        yield f"{step}: deleted", as_is
        if after:
            (next_term, next_rules), *rest = after
            pair = lambda *two, before=before, rest=rest: (statement, (*before, *two, *rest))
            yield (
                f"{step}: exchanged with the next",
                lambda pair=pair, a=(next_term, next_rules), b=(term, rules): pair(a, b),
            )
            yield (
                f"{step}: its reason exchanged with the next",
                lambda pair=pair, a=(term, next_rules), b=(next_term, rules): pair(a, b),
            )
        for place, rule in enumerate(rules):
            others = (*rules[:place], *rules[place + 1 :])
            yield f"{step}: a rule left out", lambda as_is=as_is, line=(term, others): as_is(line)
            if isinstance(rule, Unfold):
                flipped = Unfold(tuple(rule.definitions), not rule.folds)
                yield f"{step}: fold for unfold", lambda as_is=as_is, line=(term, (*others, flipped)): as_is(line)
            if isinstance(rule, Reindex):
                for kind, index in changes(rule.index.term, *_scope(statement)):

                    def moved(rule=rule, index=index, others=others, term=term, as_is=as_is):
                        return as_is((term, (Reindex(rule.j, Expr(index()), rule.over), *others)))

                    yield f"{step}: another index, {kind}", moved


def _scope(statement: Statement) -> tuple[frozenset[Sort], tuple[Term, ...]]:
    """The sorts with a group law, and the free variables that may be put for another."""
    plain = tuple(eta(head) for head in statement.variables() if head.sort.name != "→")
    sorts = {part.sort for part in _parts(statement.left, 0)} | {term.sort for term in plain}
    spare = tuple(eta(Head(VARIABLE, "other", sort)) for sort in sorted(sorts, key=str) if sort.name in ("S", "Fin"))
    return group_sorts(statement.terms()), plain + spare


def _is_inside(item: Declaration, statement: Statement) -> bool:
    return any(other != item and _mentions(other.definition, item) for other in statement.definitions())


def _mentions(term: Term, item: Declaration) -> bool:
    if term.body is not None:
        return _mentions(term.body, item)
    return term.head.declaration == item or any(_mentions(arg, item) for arg in term.args)


def _declared(term: Term, old: Declaration, new: Declaration) -> Term:
    if term.body is not None:
        return abstraction(term.domain, _declared(term.body, old, new), term.hint)
    head = term.head
    if head.declaration == old:
        head = Head(CONSTANT, head.name, head.sort, new)
    return application(head, [_declared(arg, old, new) for arg in term.args])


def _redefine(rule: Rule, old: Declaration, new: Declaration) -> Rule:
    if not isinstance(rule, Unfold):
        return rule
    items = sorted((new if item == old else item for item in rule.definitions), key=lambda item: item.name)
    return Unfold(tuple(items), rule.folds)


def _assume(rule: Rule, old: Hypothesis, new: Hypothesis) -> Rule:
    if not isinstance(rule, Using):
        return rule
    return Using(tuple(new if item is old else item for item in rule.hypotheses))


def _without(items: tuple, place: int) -> tuple:
    return (*items[:place], *items[place + 1 :])


# -- which mutants are tried

KINDS = {
    "claim": of_claims,
    "line": of_lines,
    "definition": of_definitions,
    "hypothesis": of_hypotheses,
    "step": of_steps,
}
LARGE = dict(zip(KINDS, (4, 6, 6, 7, 100)))
COUNTS = {
    "permutation_equivariance": dict(zip(KINDS, (16, 20, 16, 24, 100))),
    "self_attention_translation_equivariance": dict(zip(KINDS, (16, 20, 16, 24, 100))),
    "softmax_reindexing": dict(zip(KINDS, (60, 60, 60, 60, 100))),
    "ia3_merged": dict.fromkeys(KINDS, 100),
}
"""How many of each kind are drawn for a theorem (``LARGE`` if it is not named); kinds with fewer give all they have.

Refusing a large mutant takes the search most of a second, so there are fewer of them.
"""


@cache
def mutants(seed: int = 0) -> tuple[Mutant, ...]:
    """Distinct mutants of all bundled theorems; the same seed draws the same ones."""
    found: dict[tuple, Mutant] = {}
    for name in _originals():
        for mutant in _drawn(name, seed, COUNTS.get(name, LARGE)):
            found.setdefault(mutant.key, mutant)
    return tuple(found.values())


def every(name: str) -> set[tuple]:
    """The keys of all mutants of a theorem that can be drawn."""
    return {mutant.key for mutant in _drawn(name, 0, dict.fromkeys(KINDS, 10**6))}


def _drawn(name: str, seed: int, counts: dict[str, int]) -> Iterator[Mutant]:
    statement, script = _originals()[name]
    for kind, make in KINDS.items():
        drawn = random.Random(f"{seed} {name} {kind}")
        for what, made in _spread(list(make(name, statement, script)), counts[kind], drawn):
            yield Mutant(name, kind, what, *made())


def _spread(made: list[Maker], count: int, drawn: random.Random) -> list[Maker]:
    """About as many of each change as of the others, so that rare ones are not missed."""
    by_change: dict[str, list[Maker]] = {}
    for maker in made:
        by_change.setdefault(maker[0].rpartition(": ")[2], []).append(maker)
    for group in by_change.values():
        drawn.shuffle(group)
    chosen: list[Maker] = []
    while len(chosen) < count and any(by_change.values()):
        chosen += [group.pop() for group in by_change.values() if group][: count - len(chosen)]
    return chosen


# -- what becomes of them

REFUSED, TRUE, NO_MODEL_FOUND, FALSE = "refused", "accepted and true", "accepted, no model found", "ACCEPTED BUT FALSE"


def judge(mutant: Mutant, models: int = 16) -> str:
    """REFUSED by both the prover and the script, or accepted by one, and then what the numbers say."""
    asserted = [statement for statement in (_proved(mutant), _replayed(mutant)) if statement is not None]
    verdicts = {examine(statement, models=models, budget=5).verdict for statement in asserted}
    if not verdicts:
        return REFUSED
    if verdicts <= {NO_DIFFERENCE}:
        return TRUE
    return NO_MODEL_FOUND if verdicts <= {NO_DIFFERENCE, NO_MODEL} else FALSE


def _proved(mutant: Mutant, budget: float = 5) -> Statement | None:
    """The statement, if the prover proves it by itself."""
    if mutant.kind == "step":
        return None  # the claim is unchanged
    statement = mutant.statement
    theorem = _theorem(statement, budget)
    if theorem is None:
        return None
    if not accepts(statement, theorem):
        raise RuntimeError(f"{mutant.what}: the prover proved something else")
    return statement


def _theorem(statement: Statement, budget: float) -> Theorem | None:
    """What ``prove`` finds; mutants that assume the same share their provers, which keep what they learn."""
    left, right = statement.left, statement.right
    groups = group_sorts([left, right, *(side for equation in statement.equations for side in equation)])
    for prover in _provers(statement.equations, groups):
        prover.renew(budget)
        try:
            return prover.prove(left, right)
        except NotProved:
            continue
    return None


@lru_cache(maxsize=4)
def _provers(hypotheses: tuple[Equation, ...], groups: frozenset[Sort]) -> tuple[Prover, ...]:
    """Of a goal they would learn only which sorts have a group law."""
    products = [mul(symbol("p", sort), symbol("q", sort)).term for sort in sorted(groups, key=str)]
    return provers(hypotheses, products)


def _replayed(mutant: Mutant) -> Statement | None:
    """The statement, if its script goes through, step by step."""
    if mutant.script is None:
        return None
    statement = mutant.statement
    claim = _original(mutant.of) if mutant.kind == "line" else statement
    before, original = claim.left, _good_steps(mutant.of)
    same = claim.equations == _original(mutant.of).equations
    for number, (term, rules) in enumerate(mutant.script, 1):
        if not (same and (before, term, tuple(map(id, rules))) in original):
            try:
                Proof(claim)._check(before, term, rules, number)
            except StepError:
                return None
        before = term
    return statement if before == claim.right else None


@cache
def _originals() -> dict[str, tuple[Statement, Script | None]]:
    return theorems()


def _original(name: str) -> Statement:
    return _originals()[name][0]


@cache
def _good_steps(name: str) -> frozenset[tuple]:
    """The steps of the proof as it is bundled, which need not be checked for every mutant."""
    statement, script = _originals()[name]
    ends = [statement.left, *(term for term, _ in script)]
    return frozenset((before, term, tuple(map(id, rules))) for before, (term, rules) in zip(ends, script))


def main(seed: int) -> int:
    """Judge all mutants and print the counts."""
    counts: dict[str, Counter] = {}
    wrong = []
    for mutant in mutants(seed):
        verdict = judge(mutant)
        counts.setdefault(mutant.kind, Counter())[verdict] += 1
        wrong += [mutant] * (verdict == FALSE)
    print(f"{'mutants':<12}{'tried':>7}{REFUSED:>10}{TRUE:>20}{NO_MODEL_FOUND:>27}{FALSE:>21}")
    for kind in [*counts, "all"]:
        count = sum(counts.values(), Counter()) if kind == "all" else counts[kind]
        row = [count[verdict] for verdict in (REFUSED, TRUE, NO_MODEL_FOUND, FALSE)]
        print(f"{kind:<12}{sum(row):>7}{row[0]:>10}{row[1]:>20}{row[2]:>27}{row[3]:>21}")
    for mutant in wrong:
        print(f"{mutant.of}: {mutant.what}\n  {mutant.statement}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
