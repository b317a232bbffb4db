"""A proof in lines, each checked by the kernel as it is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.sorts import KernelError, Sort
from symbolic_equiv.kernel.terms import Term, abstract, apply, eta
from symbolic_equiv.kernel.theorem import Equation, Theorem
from symbolic_equiv.logic.normalise import Normaliser, NotProved
from symbolic_equiv.logic.prover import Prover, group_sorts
from symbolic_equiv.logic.rewriting import chain, congruent, fresh, then
from symbolic_equiv.logic.summation import binds, index_sorts, is_softmax
from symbolic_equiv.logic.words import solve
from symbolic_equiv.script.abbreviations import Abbreviation
from symbolic_equiv.script.rules import Induction, Instance, Reindex, Rule
from symbolic_equiv.theories.language import Expr
from symbolic_equiv.theories.statement import Hypothesis, Statement


class StepError(Exception):
    """A step that does not follow: where, what was expected, what was found, and what to do.

    ``left`` and ``right`` are the parts that could not be made equal, where there are such.
    """

    def __init__(self, message: str, number: int, left: Term | None = None, right: Term | None = None) -> None:
        super().__init__(message)
        self.number, self.left, self.right = number, left, right


class Line:
    """One line of a derivation, and the step from the line before it.

    ``theorem`` says that the line before equals this one (None if the step failed: then ``error`` says why).
    ``used`` are the hypotheses that the step needed.  The first line has no step.
    """

    def __init__(
        self,
        term: Term,
        by: Sequence[Rule] = (),
        because: str = "",
        theorem: Theorem | None = None,
        used: Sequence[Hypothesis] = (),
        error: StepError | None = None,
        line: int = 0,
    ) -> None:
        self.term, self.by, self.because = term, tuple(by), because
        self.theorem, self.used, self.error = theorem, tuple(used), error
        self.line = line
        """Where the step stands in its file."""

    def _repr_latex_(self) -> str:
        from symbolic_equiv.latex.printer import latex

        return f"$${latex(self.term)}$$"

    @property
    def rule(self) -> str:
        """The rules in words."""
        return "; ".join(rule.words for rule in self.by)

    @property
    def hypotheses(self) -> tuple[str, ...]:
        """The names of the hypotheses that the step needed."""
        return tuple(item.name for item in self.used)


class Proof:
    """The lines written so far, each checked as it is added."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.lines = [Line(statement.left)]
        self.abbreviations: list[Abbreviation] = []

    def let(self, letter: Expr, value: Expr) -> None:
        """Print ``letter`` for ``value`` in the lines of this proof; what is proved does not change."""
        self.abbreviations.append(Abbreviation(letter.head, value.term))

    def to(self, line: Expr, by: Rule | Sequence[Rule], because: str) -> None:
        """Add a line that equals the one before it by these rules.

        A step that does not follow, or that names a rule it does not need, is kept with its error, so that
        the steps after it are checked too; ``theorem`` raises it.
        """
        rules = (by,) if isinstance(by, Rule) else tuple(by)
        for rule in rules:
            if isinstance(rule, Reindex):
                rule.multiplicative = self.statement.multiplicative
        before, number, place = self.lines[-1].term, len(self.lines), sys._getframe(1).f_lineno
        theorem, used, error = None, [], None
        try:
            theorem = self._check(before, line.term, rules, number)
            used = [item for item in self.statement.hypotheses if _uses(theorem, item)]
        except StepError as failed:
            error = failed
        except KernelError as failed:  # a term that is too deep, say: the other steps are checked all the same
            error = StepError(f"line {number} cannot be checked: {failed}", number)
        self.lines.append(Line(line.term, rules, because, theorem, used, error, place))

    def _check(self, before: Term, after: Term, rules: Sequence[Rule], number: int) -> Theorem:
        if after.sort != before.sort:
            message = f"line {number} has the sort {after.sort}, and the line before it {before.sort}"
            raise StepError(message, number, before, after)
        for item in (item for rule in rules for item in rule.hypotheses):
            if item not in self.statement.hypotheses:
                message = f"line {number} uses {item.name}, which the theorem does not assume: add it to 'assuming'"
                raise StepError(message, number)
        theorem = _step(self.statement, before, after, rules, number)
        for rule in rules:
            if not rule.was_used(before, after, theorem):
                message = (
                    f"line {number} does not need '{rule.words}': leave it out, or check that the line is meant so"
                )
                raise StepError(message, number)
        return theorem

    @property
    def errors(self) -> list[StepError]:
        """What is wrong: the steps that failed, and a last step that is missing."""
        found = [line.error for line in self.lines if line.error is not None]
        last = self.lines[-1].term
        if last != self.statement.right:
            message = "the last line is not the right side of the claim: a step is missing, or the claim is another"
            found.append(StepError(message, len(self.lines), last, self.statement.right))
        return found

    @property
    def theorem(self) -> Theorem:
        """Γ ⊢ left = right, from the lines.  Raises the first ``StepError`` if a step is wrong or missing."""
        for error in self.errors:
            raise error
        steps = [line.theorem for line in self.lines[1:] if line.theorem is not None]  # without an error all have one
        return chain(kernel.reflexivity(self.statement.left), *steps)


def _uses(theorem: Theorem, item: Hypothesis) -> bool:
    return any(equation in theorem.hypotheses for equation in item.equations)


def _step(statement: Statement, before: Term, after: Term, rules: Sequence[Rule], number: int) -> Theorem:
    """⊢ before = after by these rules."""
    equations = [equation for rule in rules for item in rule.hypotheses for equation in item.equations]
    theories = frozenset().union(*(rule.theories for rule in rules))
    definitions = frozenset().union(*(rule.definitions for rule in rules))
    moved = kernel.reflexivity(before)
    for rule in rules:
        if isinstance(rule, Reindex):
            moved = then(moved, _reindex(equations, moved.right, rule, number))
    goal = (before, after, *(side for equation in statement.equations for side in equation))
    searches = any(isinstance(rule, Induction) for rule in rules)
    prover = Prover(equations, goal, theories, definitions.__contains__, reindexes=searches)
    try:
        for rule in rules:
            if isinstance(rule, Instance):
                lemma = _lemma(statement, rule, number)
                moved = chain(moved, prover.connect(moved.right, lemma.left), lemma)
        return then(moved, prover.connect(moved.right, after))
    except NotProved as stuck:
        words = "; ".join(rule.words for rule in rules) or "no rule"
        raise StepError(
            f"line {number} does not follow from the line before it by '{words}': a step or a rule is missing. "
            f"These parts were left different",
            number,
            stuck.left,
            stuck.right,
        ) from None


def _lemma(statement: Statement, rule: Instance, number: int) -> Theorem:
    """The instance of another theorem, if this one assumes what it assumes."""
    lemma = rule.theorem()
    extra = lemma.hypotheses - frozenset(statement.equations)
    if extra:
        assumed = "; ".join(sorted(f"{left} = {right}" for left, right in extra))
        message = f"line {number} uses {rule.of.name}, which assumes {assumed}: add it to 'assuming'"
        raise StepError(message, number)
    return lemma


def _reindex(equations: Sequence[Equation], term: Term, rule: Reindex, number: int) -> Theorem:
    """⊢ term = term with every sum and softmax over the sort of j re-indexed."""
    normaliser = Normaliser(
        equations,
        frozenset({"groups"}),
        unfolds=lambda _: False,
        transports=False,
        group_sorts=group_sorts([term, rule.index.term]),
    )
    old, new = rule.j.head, rule.over.head
    k = fresh(old.sort, rule.index.term)
    if rule.index.sort != old.sort:
        message = f"line {number}: {rule.index} is put for {rule.j}: expected a {old.sort}, found a {rule.index.sort}"
        raise StepError(message, number)
    solution = solve(rule.index.term, eta(k), eta(new), normaliser.facts.inverses)
    if solution is None:
        raise StepError(
            f"line {number}: {rule.index} cannot be solved for {rule.over}: an index is built from group operations "
            f"and from maps that a hypothesis of this step calls bijective: name it with using(…)",
            number,
        )
    forth, back = abstract(rule.index.term, new), abstract(solution, k)
    found = reindex_in(term, forth, back, normaliser)
    if found.left == found.right:
        message = f"line {number}: the line before it has no sum over {old.sort} to re-index: is a step missing?"
        raise StepError(message, number, term)
    return found


def reindex_in(term: Term, forth: Term, back: Term, normaliser: Normaliser) -> Theorem:
    """⊢ term = term with every sum and softmax over the sort of ``forth`` re-indexed by it."""
    if not _has_sum(term, back.domain):
        return kernel.reflexivity(term)
    if term.body is not None:
        hole = fresh(term.domain, term, forth, back)
        inside = reindex_in(apply(term, [eta(hole)]), forth, back, normaliser)
        return kernel.abstraction(hole, inside, term.hint)
    here = kernel.reflexivity(term)
    for place, sort in enumerate(index_sorts(term) if binds(term) else ()):
        if sort != back.domain:
            continue
        step = normaliser.reindex_by(here.right, place, forth, back)
        if step is None:
            raise KernelError("the re-indexing is not known to be a bijection")
        here = then(here, step)
        if is_softmax(here.right):  # h⁻¹(h(j)) is j again
            domain, score, *at = here.right.args
            parts = [kernel.reflexivity(domain), kernel.reflexivity(score), *map(normaliser.norm, at)]
            here = then(here, congruent(here.right.head, parts))
    inner = [reindex_in(arg, forth, back, normaliser) for arg in here.right.args]
    return then(here, congruent(here.right.head, inner))


def _has_sum(term: Term, sort: Sort) -> bool:
    """Whether there is a sum or softmax over that sort in the term."""
    if term.body is not None:
        return _has_sum(term.body, sort)
    if binds(term) and sort in index_sorts(term):
        return True
    return any(_has_sum(arg, sort) for arg in term.args)
