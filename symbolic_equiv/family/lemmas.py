"""What is proved once for an encoding, for any per-token maps and any predicate D of the difference.

    m[L_y f](i) = L_y[m f](i)    for N(i, j) = D(x(j) − x(i))

A cell of the map with an adapter's formula and a window is an instance, made by the kernel's instantiation rule.
"""

from __future__ import annotations

from functools import cache

from symbolic_equiv.family.ingredients import Adapter, Encoding, Neighbourhood
from symbolic_equiv.family.layer import BASE, PROJECTIONS, D, Pair, Parts, claim
from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.sorts import Sort, substitute_sort
from symbolic_equiv.kernel.terms import Head, Term, apply, eta, substitute, substitute_sorts
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.derived import unfold
from symbolic_equiv.logic.normalise import NotProved, any_definition
from symbolic_equiv.logic.prover import Prover, prove
from symbolic_equiv.logic.rewriting import chain, congruent, fresh
from symbolic_equiv.theories.attention import X, i, j, x, x_inv, y
from symbolic_equiv.theories.language import Expr, lam, symbol, true
from symbolic_equiv.theories.statement import Hypothesis, Statement, hypothesis

ANY = {prefix: Adapter("any", "", "", prefix=prefix) for prefix in (False, True)}

Assumed = tuple[Hypothesis, ...]


def stated(encoding: Encoding, prefix: bool, assuming: Assumed) -> Statement:
    """The claim for arbitrary per-token maps and an arbitrary predicate of the difference."""
    return claim(_name(encoding, prefix), Parts(encoding, ANY[prefix], D(Pair.difference)).define(), assuming)


def _name(encoding: Encoding, prefix: bool) -> str:
    return encoding.name.replace("-", "_") + ("_with_prefix" if prefix else "")


def own_lemmas(encoding: Encoding, assuming: Assumed) -> tuple[Theorem, ...]:
    """The theorems that an encoding brings along, those that hold under these hypotheses."""
    given = {equation for item in assuming for equation in item.equations}
    usable = [item for item in encoding.lemmas if given.issuperset(item.statement.equations)]
    return tuple(item.prove().theorem for item in usable)


@cache
def lemma(encoding: Encoding, prefix: bool, assuming: Assumed) -> tuple[Statement, Theorem | None]:
    """The claim and its proof; None where the prover finds none."""
    statement = stated(encoding, prefix, assuming)
    try:
        own = own_lemmas(encoding, assuming)
        return statement, prove(statement.left, statement.right, statement.equations, lemmas=own)
    except NotProved:
        return statement, None


def uncut(neighbourhood: Neighbourhood) -> Assumed:
    """The sequence cuts nothing off the neighbourhoods of i and of i − y: ``N(i, j) ∧ in(j) = N(i, j)``."""
    whole = lambda name, token, words: hypothesis(
        name, f"the neighbourhood of {words} is not cut off",
        (lam(j, D(x(j) - x(token)) & neighbourhood.keeps(j)), lam(j, D(x(j) - x(token)))),
    )  # fmt: skip
    return whole("uncut_after", i, "i"), whole("uncut_before", x_inv(x(i) - y), "i − y")


def tokens(neighbourhood: Neighbourhood) -> Assumed:
    """Both i and i − y are in the sequence: elsewhere nothing is claimed."""
    there = lambda name, token, words: hypothesis(
        name, f"{words} is in the sequence", (neighbourhood.keeps(token), true())
    )  # fmt: skip
    return there("i_is_a_token", i, "i"), there("i_was_a_token", x_inv(x(i) - y), "i − y")


@cache
def interior_lemma(
    encoding: Encoding, prefix: bool, assuming: Assumed, neighbourhood: Neighbourhood
) -> tuple[Statement, Theorem | None]:
    """The claim for a sequence that is cut off, at tokens whose neighbourhoods the cut leaves whole.

    With ī = x⁻¹(x(i) − y):  m_cut[L_y f](i) = m[L_y f](i) = m[f](ī) = m_cut[f](ī), the middle step by the lemma.
    """
    hypotheses = uncut(neighbourhood)
    layer = Parts(encoding, ANY[prefix], D(Pair.difference) & neighbourhood.keeps(j)).define("m_cut")
    statement = claim(_name(encoding, prefix) + "_inside", layer, (*assuming, *hypotheses))
    whole, theorem = lemma(encoding, prefix, assuming)
    if theorem is None:
        return statement, None
    prover = Prover([equation for item in hypotheses for equation in item.equations])
    first = prover.connect(statement.left, whole.left)
    return statement, chain(first, theorem, prover.connect(whole.right, statement.right))


def expanded(term: Term) -> Theorem:
    """⊢ term = term with the definitions of the layer written out, so that its dimensions can be replaced."""
    if term.body is not None:
        hole = fresh(term.domain, term)
        return kernel.abstraction(hole, expanded(apply(term, [eta(hole)])), term.hint)
    theorem = congruent(term.head, [expanded(arg) for arg in term.args])
    declaration = term.head.declaration
    if declaration is None or declaration.definition is None or not any_definition(declaration):
        return theorem
    step = unfold(theorem.right)
    return chain(theorem, step, expanded(step.right))


@cache
def _expanded(term: Term) -> Theorem:
    return expanded(term)


@cache
def instance(adapter: Adapter, neighbourhood: Neighbourhood) -> Instance:
    """Made once for all encodings."""
    return Instance(adapter, neighbourhood)


class Instance:
    """What the symbols of a lemma become in a cell: first its dimensions, then its maps and its predicate."""

    def __init__(self, adapter: Adapter, neighbourhood: Neighbourhood) -> None:
        self.sorts: dict[Sort, Sort] = dict(adapter.sorts)
        self.values: dict[Head, Term] = {}
        if adapter.map is not None:
            for role, projection in PROJECTIONS.items():
                here = projection.at(self.sorts)
                v = symbol("v", here.source)
                bound = (v,) if here.head is None else (here.head, v)
                self._put(BASE[role].head, lam(*bound, adapter.map(here, v)).term)
        if neighbourhood.of_difference is not None:
            d = symbol("d", X)
            self._put(D.head, lam(d, neighbourhood.of_difference(d)).term)

    def _put(self, head: Head, value: Term) -> None:
        head = Head(head.kind, str(head.name), substitute_sort(head.sort, self.sorts))
        if value != eta(head):
            self.values[head] = value

    def term(self, term: Term) -> Term:
        """A term of the lemma as it stands in the cell."""
        return self.plain(_expanded(term).right if self.sorts else term)

    def plain(self, term: Term) -> Term:
        """A term without definitions, as it stands in the cell."""
        return substitute(substitute_sorts(term, self.sorts) if self.sorts else term, self.values)

    def statement(self, lemma: Statement, name: str) -> Statement:
        """The claim of the cell."""
        hypotheses = [
            Hypothesis(item.name, item.says, tuple((self.term(s), self.term(t)) for s, t in item.equations))
            for item in lemma.hypotheses
        ]
        return Statement(name, Expr(self.term(lemma.left)), Expr(self.term(lemma.right)), tuple(hypotheses))

    def theorem(self, theorem: Theorem) -> Theorem:
        """The theorem of the cell, by the kernel's two rules of instantiation."""
        if self.sorts:
            left, right = _expanded(theorem.left), _expanded(theorem.right)
            theorem = kernel.sort_instantiation(chain(kernel.symmetry(left), theorem, right), self.sorts)
        return kernel.instantiation(theorem, self.values) if self.values else theorem
