"""Theorems ``Γ ⊢ s = t`` and the eleven rules that make them.  Nothing else makes one.

    reflexivity       ─────────            symmetry        Γ ⊢ s = t
                      ⊢ t = t                              ─────────
                                                           Γ ⊢ t = s

    transitivity      Γ ⊢ s = t   Δ ⊢ t = u                congruence      Γₖ ⊢ sₖ = tₖ  for every k
                      ─────────────────────                ───────────────────────────────
                           Γ ∪ Δ ⊢ s = u                   ∪ Γₖ ⊢ c(s₁, …) = c(t₁, …)

    abstraction       Γ ⊢ s = t   v not free in Γ          specialisation  Γ ⊢ (λx. s) = (λx. t)
                      ───────────────────────────          ─────────────────────
                         Γ ⊢ (λv. s) = (λv. t)             Γ ⊢ s[a/x] = t[a/x]

    assumption        ─────────────                        instantiation        Γ ⊢ s = t
                      s = t ⊢ s = t                        ─────────────────────────────────
                                                           Γ[a/v] ⊢ s[a/v] = t[a/v]

    sort instantiation        Γ ⊢ s = t                    definition      c is declared as t
                      ───────────────────────              ──────────────────────
                      Γ[τ/σ] ⊢ (s = t)[τ/σ]                ⊢ c = t  (at one sort)

    axiom             p₁ = q₁, …  ⟹  s = t  is an axiom    Γₖ ⊢ pₖ[θ] = qₖ[θ]  for every k
                      ─────────────────────────────────────────────────
                                 ∪ Γₖ ⊢ s[θ] = t[θ]

``Γ`` is a set of equations; both instantiations drop one that becomes ``s = s``.  A theorem remembers
its hypotheses, the axioms that it rests on, and the rule that made it.  Any axiom may be used here:
whether it is one of ours is asked where a proof is accepted, in ``certificate``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from symbolic_equiv.kernel import terms
from symbolic_equiv.kernel.sorts import Frozen, KernelError, Sort, check_name, match_sort, require
from symbolic_equiv.kernel.terms import PATTERN, VARIABLE, Declaration, Head, Term

Equation = tuple[Term, Term]


class Axiom(Frozen):
    """Premises ⟹ ``left = right``, for all values of its pattern variables and sort variables."""

    name: str
    left: Term
    right: Term
    premises: tuple[Equation, ...]

    def __init__(self, name: str, left: Term, right: Term, premises: Iterable[Equation] = ()) -> None:
        premises = tuple((p, q) for p, q in premises)
        for s, t in ((left, right), *premises):
            fits = type(s) is Term and type(t) is Term and s.sort == t.sort
            require(fits and not (s.loose or t.loose), "{}: the sides of an axiom are terms of one sort", name)
            require(not s.variables and not t.variables, "{}: an axiom has pattern variables only", name)
        fields = {"name": check_name(name), "left": left, "right": right, "premises": premises}
        super().__init__((name, left, right, premises), **fields)

    def __str__(self) -> str:
        given = ", ".join(f"{p} = {q}" for p, q in self.premises)
        return f"{given} ⟹ {self.left} = {self.right}" if given else f"{self.left} = {self.right}"


class Theorem(Frozen):
    """``hypotheses ⊢ left = right``, from ``axioms``; ``proof`` is the rule's name and its arguments."""

    hypotheses: frozenset[Equation]
    left: Term
    right: Term
    axioms: frozenset[Axiom]
    proof: tuple[Any, ...]

    def __init__(self, *_: object) -> None:
        raise KernelError("theorems are made by the rules only")

    def __str__(self) -> str:
        given = ", ".join(sorted(f"{s} = {t}" for s, t in self.hypotheses))
        return f"{given} ⊢ {self.left} = {self.right}".lstrip()

    __repr__ = __str__


def _make(given: Iterable[Theorem], left: Term, right: Term, proof: tuple, **fields: frozenset) -> Theorem:
    """A theorem with the hypotheses and axioms of the ones it is made from."""
    require(left.sort == right.sort, "the sides have two sorts: {}, {}", left.sort, right.sort)
    hypotheses = axioms = frozenset()
    for th in given:
        hypotheses = hypotheses | th.hypotheses if th.hypotheses else hypotheses
        axioms = axioms | th.axioms if th.axioms else axioms
    theorem = object.__new__(Theorem)
    theorem.__dict__.update(hypotheses=hypotheses, left=left, right=right, axioms=axioms, proof=proof)
    theorem.__dict__.update(fields, key=id(theorem), _hash=id(theorem))
    return theorem


def _checked(theorems: Iterable[Theorem]) -> tuple[Theorem, ...]:
    theorems = tuple(theorems)
    for th in theorems:
        require(type(th) is Theorem, "not a theorem: {}", th)
    return theorems


def _closed(term: Term) -> Term:
    """``term``, if it may stand in a theorem: no loose bound variable, pattern or sort variable."""
    require(type(term) is Term and not term.loose and not term.schematic, "not a closed term: {}", term)
    return term


def reflexivity(term: Term) -> Theorem:
    """⊢ t = t."""
    return _make((), _closed(term), term, ("reflexivity", term))


def symmetry(theorem: Theorem) -> Theorem:
    """From Γ ⊢ s = t to Γ ⊢ t = s."""
    (th,) = _checked([theorem])
    return _make([th], th.right, th.left, ("symmetry", th))


def transitivity(first: Theorem, second: Theorem) -> Theorem:
    """From Γ ⊢ s = t and Δ ⊢ t = u to Γ ∪ Δ ⊢ s = u.  The two t must be the same term."""
    first, second = _checked([first, second])
    require(first.right == second.left, "transitivity: {} is not {}", first.right, second.left)
    return _make([first, second], first.left, second.right, ("transitivity", first, second))


def congruence(head: Head, theorems: Sequence[Theorem]) -> Theorem:
    """From Γₖ ⊢ sₖ = tₖ to ∪ Γₖ ⊢ c(s₁, …) = c(t₁, …), for a variable or constant c."""
    theorems = _checked(theorems)
    left = terms.application(head, [th.left for th in theorems])
    right = terms.application(head, [th.right for th in theorems])
    return _make(theorems, _closed(left), _closed(right), ("congruence", head, theorems))


def abstraction(head: Head, theorem: Theorem, hint: str = "") -> Theorem:
    """From Γ ⊢ s = t to Γ ⊢ λv. s = λv. t, if the variable v is not free in Γ."""
    (th,) = _checked([theorem])
    require(type(head) is Head and head.kind == VARIABLE, "abstraction: not a variable: {}", head)
    free = any(head in side.variables for equation in th.hypotheses for side in equation)
    require(not free, "abstraction: {} is free in the hypotheses", head.name)
    left, right = terms.abstract(th.left, head, hint), terms.abstract(th.right, head, hint)
    return _make([th], _closed(left), _closed(right), ("abstraction", head, th, hint))


def specialisation(theorem: Theorem, args: Sequence[Term]) -> Theorem:
    """From Γ ⊢ λx… s = λx… t to Γ ⊢ s[a/x]… = t[a/x]…."""
    (th,), args = _checked([theorem]), tuple(map(_closed, args))
    return _make([th], terms.apply(th.left, args), terms.apply(th.right, args), ("specialisation", th, args))


def assumption(left: Term, right: Term) -> Theorem:
    """s = t ⊢ s = t."""
    equation = frozenset([(_closed(left), _closed(right))])
    return _make((), left, right, ("assumption", left, right), hypotheses=equation)


def instantiation(theorem: Theorem, mapping: Mapping[Head, Term]) -> Theorem:
    """From Γ ⊢ s = t to Γ[a/v] ⊢ s[a/v] = t[a/v]; a hypothesis that becomes s = s is dropped."""
    mapping = dict(mapping)
    require(all(type(head) is Head and head.kind == VARIABLE for head in mapping), "only variables are instantiated")
    any(map(_closed, mapping.values()))
    return _throughout(theorem, lambda term: terms.substitute(term, mapping), "instantiation", mapping)


def sort_instantiation(theorem: Theorem, mapping: Mapping[Sort, Sort]) -> Theorem:
    """Replace base sorts and dimensions throughout a theorem."""
    mapping = dict(mapping)
    for old, new in mapping.items():
        fits = type(old) is Sort and old.tag == "name" and type(new) is Sort and not new.schematic
        require(fits, "{} cannot be put for {}", new, old)
    return _throughout(theorem, lambda term: terms.substitute_sorts(term, mapping), "sort_instantiation", mapping)


def _throughout(theorem: Theorem, change: Callable[[Term], Term], rule: str, mapping: dict) -> Theorem:
    (th,) = _checked([theorem])
    changed = ((change(s), change(t)) for s, t in th.hypotheses)
    hypotheses = frozenset((s, t) for s, t in changed if s != t)
    proof = (rule, th, tuple(mapping.items()))
    return _make([th], _closed(change(th.left)), _closed(change(th.right)), proof, hypotheses=hypotheses)


@lru_cache(maxsize=1024)
def definition(declaration: Declaration, sort: Sort) -> Theorem:
    """⊢ c = t, for a constant declared as t, at one instance of its sort."""
    fits = type(declaration) is Declaration and declaration.definition is not None
    require(fits, "definition: not a defined constant: {}", declaration)
    constant, mapping = terms.constant(declaration, sort), {}
    match_sort(declaration.sort, sort, mapping)
    value = terms.substitute_sorts(declaration.definition, mapping)
    return _make((), _closed(constant), _closed(value), ("definition", declaration, sort))


def axiom(
    axiom: Axiom, sorts: Mapping[Sort, Sort], values: Mapping[Head, Term], premises: Sequence[Theorem] = ()
) -> Theorem:
    """One instance of an axiom: its sort variables, then its pattern variables, then its premises.

    ``values`` takes each pattern variable, at the sort that ``sorts`` gives it, to a term.
    """
    require(type(axiom) is Axiom, "not an axiom: {}", axiom)
    sort_pairs, values, premises = tuple(sorts.items()), dict(values), _checked(premises)
    require(all(type(head) is Head and head.kind == PATTERN for head in values), "only pattern variables are replaced")
    any(map(_closed, values.values()))
    (left, right), *wanted = (
        (_closed(terms.substitute(s, values)), _closed(terms.substitute(t, values)))
        for s, t in _at_sorts(axiom, sort_pairs)
    )
    require(len(premises) == len(wanted), "{} has {} premises, given {}", axiom.name, len(wanted), len(premises))
    for (p, q), th in zip(wanted, premises):
        require(th.left == p and th.right == q, "{} needs {} = {}, given {}", axiom.name, p, q, th)
    proof = ("axiom", axiom, sort_pairs, tuple(values.items()), premises)
    axioms = frozenset([axiom]).union(*(th.axioms for th in premises))
    return _make(premises, left, right, proof, axioms=axioms)


@lru_cache(maxsize=4096)
def _at_sorts(axiom: Axiom, sort_pairs: tuple[tuple[Sort, Sort], ...]) -> list[Equation]:
    """The conclusion and the premises of an axiom, with sorts for its sort variables."""
    for old, new in sort_pairs:
        require(type(old) is Sort and old.tag == "variable" and type(new) is Sort, "{} is no sort variable", old)
    change, mapping = terms.substitute_sorts, dict(sort_pairs)
    return [(change(s, mapping), change(t, mapping)) for s, t in ((axiom.left, axiom.right), *axiom.premises)]
