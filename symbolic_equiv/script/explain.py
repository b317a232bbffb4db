"""Turn what the prover finds by itself into a derivation that can be read.

The lines are: the left side, the left side with its definitions written out, that with its sums
re-indexed, the right side with its definitions written out, the right side.  Each step is proved
again, as narrowly as it can be, so that it names only what it needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import TypeGuard

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Declaration, Head, Term, abstract, apply, eta
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.derived import unfold
from symbolic_equiv.logic.normalise import Normaliser, NotProved, any_definition
from symbolic_equiv.logic.prover import LEAN, Prover, group_sorts
from symbolic_equiv.logic.rewriting import congruent, fresh, then
from symbolic_equiv.logic.rules import LEFT_TO_RIGHT, THEORIES
from symbolic_equiv.logic.summation import at as opened
from symbolic_equiv.logic.summation import binds, index_sorts, indices
from symbolic_equiv.logic.words import is_call, solve, words
from symbolic_equiv.script.proof import Line, Proof, reindex_in
from symbolic_equiv.script.rules import Induction, Laws, Reindex, Rule, Unfold, Using
from symbolic_equiv.theories.language import Expr, partial
from symbolic_equiv.theories.recursion import iterate
from symbolic_equiv.theories.statement import Statement


def explain(statement: Statement, budget: float = 30.0, lemmas: tuple[Theorem, ...] = ()) -> Proof:
    """The prover's own proof of ``statement``, in lines; it may use ``lemmas``.  Raises ``NotProved``."""
    proof = Proof(statement)
    left, right = _write_out(statement.left), _write_out(statement.right)
    _add(proof, left, "write out the definitions")
    for rules, theorem, because in _middle(statement, left.right, right.right, budget, lemmas):
        _add(proof, theorem, because, *rules)
    _add(proof, kernel.symmetry(right), "recognise the definitions")
    return proof


MAX_TOGETHER = 6

Part = tuple[tuple[Rule, ...], Theorem, str]


def _middle(statement: Statement, left: Term, right: Term, budget: float, lemmas: tuple[Theorem, ...]) -> list[Part]:
    """The steps between the two written-out sides: at best without re-indexing, else after one, else any."""
    made = lambda theories, reindexes: Prover(
        statement.equations, (left, right), theories, reindexes=reindexes, budget=budget, lemmas=lemmas
    )
    lean = made(frozenset(), False), made(LEAN, False)
    try:
        theorem = _connect(lean, left, right, budget)
        return [((), theorem, "what is assumed says so")]
    except NotProved:
        pass
    for rules, moved in _reindexings(statement, left, right):
        try:
            rest = _connect(lean, moved.right, right, budget)
        except NotProved:
            continue
        return [(rules, moved, "the same terms, summed in another order"), ((), rest, "what is assumed says so")]
    theorem = _connect((made(LEAN, True), made(THEORIES, True)), left, right, budget)
    return [((), theorem, "both have one normal form")]


def _connect(provers: Iterable[Prover], left: Term, right: Term, budget: float) -> Theorem:
    """⊢ left = right, by the first of these provers that can; what one learns of a failure helps with the next goal."""
    failure = NotProved(left, right)
    for prover in provers:
        prover.renew(budget)
        try:
            return prover.connect(left, right)
        except NotProved as error:
            failure = error
    raise failure


def _reindexings(statement: Statement, left: Term, right: Term) -> Iterator[tuple[tuple[Rule, ...], Theorem]]:
    """⊢ left = left re-indexed and tidied, for the indices at which a sum on the right suggests it.

    Where sums run over several sorts all of them are re-indexed at first, then one of them.
    """
    groups = group_sorts([left, right, *statement.terms()])
    bijections = [
        equation
        for item in statement.hypotheses
        for equation in item.equations
        if Normaliser(item.equations).facts.inverses
    ]
    normaliser = Normaliser(bijections, frozenset({"groups"}), lambda _: False, False, groups)
    found: dict[Sort, list[tuple[Head, Term]]] = {}
    for j, index in _indices(left, right, normaliser):
        found.setdefault(j.sort, []).append((j, index))
    together = list(islice(product(*found.values()), MAX_TOGETHER)) if len(found) > 1 else []
    for choice in (*together, *((each,) for same in found.values() for each in same)):
        moved = _moved(left, choice, normaliser)
        if moved is not None and moved.left != moved.right:
            rules = tuple(Reindex(partial(j, ()), Expr(index), partial(j, ())) for j, index in choice)
            for rule in rules:
                rule.multiplicative = statement.multiplicative
            yield rules, then(moved, normaliser.norm(moved.right))


def _moved(term: Term, choice: Iterable[tuple[Head, Term]], normaliser: Normaliser) -> Theorem | None:
    """The term with these indices put for its bound variables; None if one of them cannot be undone."""
    moved = kernel.reflexivity(term)
    for j, index in choice:
        k = fresh(j.sort, index)
        back = solve(index, eta(k), eta(j), normaliser.facts.inverses)
        if back is None:
            return None
        moved = then(moved, reindex_in(moved.right, abstract(index, j), abstract(back, k), normaliser))
    return moved


def _indices(left: Term, right: Term, normaliser: Normaliser) -> Iterator[tuple[Head, Term]]:
    """A bound variable and the index to put for it, from two sums at corresponding places."""
    if left.body is not None and right.body is not None and left.domain == right.domain:
        hole = eta(fresh(left.domain, left, right))
        yield from _indices(apply(left, [hole]), apply(right, [hole]), normaliser)
    elif left.head is not None and left.head == right.head:
        if binds(left):
            for place in range(len(index_sorts(left))):
                yield from _indices_of_sum(left, right, place, normaliser)
        for mine, other in zip(left.args, right.args, strict=True):
            yield from _indices(mine, other, normaliser)


def _indices_of_sum(left: Term, right: Term, place: int, normaliser: Normaliser) -> Iterator[tuple[Head, Term]]:
    """What to put for one index of a sum or softmax."""
    inverses = normaliser.facts.inverses
    heads = indices(left, right)
    named = Head("variable", _hint(left.args[0], place), heads[place].sort)
    if named not in left.variables | right.variables:
        heads[place] = named
    k, others = eta(heads[place]), {*heads[:place], *heads[place + 1 :]}
    seen: set[Term] = set()
    for mine, other in zip(left.args[:2], right.args[:2], strict=True):
        targets = words(opened(other, heads), k, inverses)
        for word, where in words(opened(mine, heads), k, inverses):
            for target, at in targets:
                # word(index(k)) = target(k)
                solution = solve(word, target, k, inverses) if where == at else None
                if solution is not None and solution.sort == k.sort and others.isdisjoint(solution.variables):
                    index = normaliser.norm(solution).right
                    if index != k and index not in seen:
                        seen.add(index)
                        yield k.head, index


def _hint(function: Term, place: int) -> str:
    """What a function calls its argument at ``place``."""
    for _ in range(place):
        function = function.body or function
    return function.hint


def _write_out(term: Term) -> Theorem:
    """⊢ term = term with every definition of a script or document unfolded, but for what is iterated."""
    if term.body is not None:
        hole = fresh(term.domain, term)
        return kernel.abstraction(hole, _write_out(apply(term, [eta(hole)])), term.hint)
    if _is_defined(term.head.declaration):
        step = unfold(term)
        return then(step, _write_out(step.right))
    kept = 1 if is_call(term, iterate) else 0
    args = [kernel.reflexivity(arg) if place < kept else _write_out(arg) for place, arg in enumerate(term.args)]
    return congruent(term.head, args)


def _is_defined(declaration: Declaration | None) -> TypeGuard[Declaration]:
    return declaration is not None and declaration.definition is not None and any_definition(declaration)


def _definitions(term: Term) -> frozenset[Declaration]:
    if term.body is not None:
        return _definitions(term.body)
    declaration = term.head.declaration
    own = frozenset([declaration] if _is_defined(declaration) else ())
    return own.union(*map(_definitions, term.args))


def _add(proof: Proof, theorem: Theorem, because: str, *rules: Rule) -> None:
    """Append a line with the rules read off the theorem, unless it changes nothing."""
    if theorem.left == theorem.right:
        return
    found = list(rules)
    used = [item for item in proof.statement.hypotheses if any(e in theorem.hypotheses for e in item.equations)]
    names = {axiom.name for axiom in theorem.axioms}
    theories = tuple(theory for theory, of in LEFT_TO_RIGHT.items() if names & set(of.split()))
    before, after = _definitions(theorem.left), _definitions(theorem.right)
    if before - after or after - before:
        folds = len(after) > len(before)
        found.append(Unfold(tuple(sorted(after - before if folds else before - after, key=_name)), folds))
    if used:
        found.append(Using(tuple(used)))
    if "same_recursion" in names:
        found.append(Induction())
        theories = tuple(theory for theory in theories if theory != "recursion")
    if theories:
        found.append(Laws(theories))
    proof.lines.append(Line(theorem.right, found, because, theorem, used))


def _name(declaration: Declaration) -> str:
    return declaration.name
