"""What the hypotheses are good for: each is recognised by its shape, in whatever way it is written.

A hypothesis is a definition, half of a bijection, a commutative law, an invariance
``R(g·i, g·j) = R(i, j)`` of a relation or function, or else a plain rewrite rule from left to right.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import BOUND, VARIABLE, Head, Term, eta, subterms
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.derived import derive
from symbolic_equiv.logic.matching import Match
from symbolic_equiv.logic.rewriting import (
    Rule,
    chain,
    close_binders,
    congruent,
    from_theorem,
    innermost,
    open_binders,
    then,
)
from symbolic_equiv.logic.words import is_call, solve
from symbolic_equiv.theories.language import Expr, inner, matvec, mul, vec

if TYPE_CHECKING:
    from symbolic_equiv.logic.normalise import Normaliser


class Invariance:
    """⊢ λ holes. left = right, where right is a symbol applied to some of the holes; the rest are parameters."""

    def __init__(self, theorem: Theorem, holes: list[Term], opened: Theorem) -> None:
        self.theorem, self.holes = theorem, holes
        self.left, self.right = opened.left, opened.right
        self.parameters = [hole for hole in holes if hole not in opened.right.args]


class Facts:
    """The hypotheses, by what they are used for."""

    def __init__(self) -> None:
        self.definitions: dict[Head, Theorem] = {}
        self.inverses: dict[Head, Head] = {}
        self.carriers: dict[Sort, Head] = {}
        self.invariances: dict[Head, list[Invariance]] = {}


def learn(normaliser: Normaliser, theorems: Iterable[Theorem]) -> None:
    """Sort theorems (the hypotheses, assumed, and lemmas) into the facts and rules of ``normaliser``."""
    halves: dict[Head, Head] = {}
    rest = [theorem for theorem in theorems if not _basic(normaliser, theorem, halves)]
    for outer, other in halves.items():
        if halves.get(other) == outer:  # only a bijection may be undone in both directions
            normaliser.facts.inverses[outer] = other
            normaliser.facts.carriers.setdefault(other.sort.args[0], other)
    for theorem in rest:
        if not (_by_itself(normaliser, theorem) or _invariance(normaliser, theorem)):
            _orient(normaliser, theorem)
            for consequence in _of_vectors(normaliser, theorem):
                _orient(normaliser, consequence)
        normaliser.forget()


def _by_itself(normaliser: Normaliser, theorem: Theorem) -> bool:
    """Whether a hypothesis is an invariance as long as no other one is used.

    Of two invariances of one relation the first would move the second to a base point, where it is none any more.
    """
    known, normaliser.facts.invariances = normaliser.facts.invariances, {}
    normaliser.forget()
    found = bool(known) and _invariance(normaliser, theorem)
    for head, more in normaliser.facts.invariances.items():
        known.setdefault(head, []).extend(more)
    normaliser.facts.invariances = known
    normaliser.forget()
    return found


def _basic(normaliser: Normaliser, theorem: Theorem, halves: dict[Head, Head]) -> bool:
    """Definitions, halves of bijections, commutativity: what the rest is normalised with."""
    holes, opened = open_binders(theorem)
    for side in (opened, kernel.symmetry(opened)):
        left, right = side.left, side.right
        defines = left.head.kind == VARIABLE and left.head not in [innermost(hole).head for hole in holes]
        if defines and list(left.args) == holes and left.head not in right.variables and _acyclic(normaliser, side):
            normaliser.facts.definitions[left.head] = theorem if side is opened else kernel.symmetry(theorem)
            return True
    left, right = opened.left, opened.right
    if is_call(left, mul) and is_call(right, mul) and left.args == right.args[::-1] and list(left.args) == holes:
        _commutative(normaliser, theorem, left.sort)
        return True
    if right in holes and left.head.kind == VARIABLE and len(left.args) == 1:
        (middle,) = left.args
        if middle.body is None and middle.head.kind == VARIABLE and middle.args == (right,):
            halves[left.head] = middle.head
            normaliser.rules.setdefault(str(left.head.name), []).insert(0, from_theorem(theorem))
            return True
    return False


def _acyclic(normaliser: Normaliser, side: Theorem) -> bool:
    """Whether unfolding this definition after the ones already taken cannot come back to its head."""
    known, seen, stack = normaliser.facts.definitions, set(), [*side.right.variables]
    if side.left.head in known:
        return False
    while stack:
        head = stack.pop()
        if head == side.left.head:
            return False
        if head in known and head not in seen:
            seen.add(head)
            stack += known[head].right.variables
    return True


def _commutative(normaliser: Normaliser, theorem: Theorem, sort: Sort) -> None:
    """Sort the factors of products in a group that the hypothesis calls commutative."""
    order = normaliser.order
    p, q, r = (Head(VARIABLE, name, sort) for name in ("~p", "~q", "~r"))
    a, b, c = (Expr(eta(head)) for head in (p, q, r))
    pair, triple = mul(a, b), mul(a, mul(b, c))

    def swap(found: Match) -> Theorem:
        return kernel.specialisation(theorem, [found.values["~p"], found.values["~q"]])

    def swap_front(found: Match) -> Theorem:
        first, second, rest = (found.values[name] for name in ("~p", "~q", "~r"))
        regrouped = kernel.symmetry(derive("group_associative", p=first, q=second, r=rest))
        swapped = kernel.specialisation(theorem, [first, second])
        front = congruent(regrouped.right.head, [swapped, kernel.reflexivity(rest)])
        return chain(regrouped, front, derive("group_associative", p=second, q=first, r=rest))

    holes = frozenset((p, q, r))
    rules = normaliser.rules.setdefault("mul", [])
    rules.append(Rule(pair.term, holes, swap, lambda v: not is_call(v["~q"], mul) and order.before(v["~q"], v["~p"])))
    rules.append(Rule(triple.term, holes, swap_front, lambda v: order.before(v["~q"], v["~p"])))


def _invariance(normaliser: Normaliser, theorem: Theorem) -> bool:
    """``R(g·i, g·j) = R(i, j)``, whichever side and whichever way round the motion is written."""
    holes, opened = open_binders(theorem)
    inverses = normaliser.facts.inverses
    opened = chain(kernel.symmetry(normaliser.norm(opened.left)), opened, normaliser.norm(opened.right))
    for side in (opened, kernel.symmetry(opened)):
        left, right = side.left, side.right
        if left.body is not None or left.head != right.head or left.head.kind != VARIABLE or not holes:
            continue
        if any(left.head in arg.variables for arg in left.args + right.args):
            continue
        # R(i − y, j − y) = R(i, j) may be written R(i, j) = R(i + y, j + y): make the right side plain
        chosen = {hole: hole for hole in holes}
        for arg in right.args:
            for hole in holes:
                if arg not in holes and hole not in right.args and hole.sort == arg.sort:
                    solved = solve(arg, hole, hole, inverses)
                    if solved is not None:
                        chosen[hole] = solved
                        break
        plain = kernel.specialisation(close_binders(side, holes), [chosen[hole] for hole in holes])
        plain = then(plain, congruent(plain.right.head, [normaliser.norm(arg) for arg in plain.right.args]))
        args = plain.right.args
        if all(arg in holes for arg in args) and len(set(args)) == len(args):
            known = Invariance(close_binders(plain, holes), holes, plain)
            normaliser.facts.invariances.setdefault(left.head, []).append(known)
            return True
    return False


def _of_vectors(normaliser: Normaliser, theorem: Theorem) -> list[Theorem]:
    """What an equation of matrices says of all vectors: ``A B = C`` is met as ``A (B v) = C v``.

    And ``Aᵀ B = C`` is met as ``⟨A u, B v⟩ = ⟨u, C v⟩``.
    """
    holes, opened = open_binders(theorem)
    if opened.left.sort.name != "Mat":
        return []
    rows, columns = opened.left.sort.args
    u, v = eta(Head(VARIABLE, "~u", vec(rows))), eta(Head(VARIABLE, "~v", vec(columns)))
    applied = kernel.congruence(matvec(Expr(opened.left), Expr(v)).term.head, [opened, kernel.reflexivity(v)])
    met = lambda th: chain(kernel.symmetry(normaliser.norm(th.left)), th, normaliser.norm(th.right))
    scored = kernel.congruence(inner(Expr(u), Expr(applied.left)).term.head, [kernel.reflexivity(u), applied])
    found = [close_binders(met(applied), [*holes, v])]
    scored = met(scored)
    if not is_call(scored.left, inner) or u not in scored.left.args:  # else the first says as much
        found.append(close_binders(scored, [*holes, u, v]))
    return found


def _orient(normaliser: Normaliser, theorem: Theorem) -> None:
    """A rewrite rule from left to right, or from right to left if only that side determines all that is bound."""
    holes, opened = open_binders(theorem)
    heads = {innermost(hole).head for hole in holes}
    if holes and any(map(normaliser.unfolds_in, (opened.left, opened.right))):  # as it will be met
        opened = chain(kernel.symmetry(normaliser.norm(opened.left)), opened, normaliser.norm(opened.right))
        theorem = close_binders(opened, holes)
    if not _determines(opened.left, heads):
        theorem, opened = kernel.symmetry(theorem), kernel.symmetry(opened)
        if not _determines(opened.left, heads):
            return  # no rule can be made of it
    if not holes:  # a ground equation applies where its left side stands in normal form
        theorem = then(kernel.symmetry(normaliser.norm(theorem.left)), theorem)
    rule = from_theorem(theorem)
    normaliser.rules.setdefault(str(rule.left.head.name), []).insert(0, rule)


def _determines(term: Term, heads: set[Head]) -> bool:
    """Whether a match of ``term`` gives a value to each of the heads; each is applied to bound variables only."""
    found = set()
    for part in subterms(term):
        if part.body is None and part.head in heads:
            if any(innermost(arg).head.kind != BOUND for arg in part.args):
                return False
            found.add(part.head)
    return found == heads
