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
from functools import lru_cache, partial

from symbolic_equiv.kernel import sorts, terms
from symbolic_equiv.kernel.sorts import Frozen, Sort, check_name, require
from symbolic_equiv.kernel.terms import PATTERN, VARIABLE, Declaration, Head, Term

Equation = tuple[Term, Term]


class Axiom(Frozen):
    """Premises ⟹ ``left = right``, for all values of its pattern variables and sort variables."""

    def __init__(self, name: str, left: Term, right: Term, premises: Iterable[Equation] = ()) -> None:
        premises = tuple((p, q) for p, q in premises)
        self.equations = ((left, right), *premises)
        for s, t in self.equations:
            fits = type(s) is Term and type(t) is Term and s.sort == t.sort
            require(fits and not (s.loose or t.loose), "{}: the sides of an axiom are terms of one sort", name)
            require(all(head.kind == PATTERN for head in s.variables | t.variables), "{}: not only patterns", name)
        self.name, self.left, self.right, self.premises = check_name(name), left, right, premises
        self.freeze(name, left, right, premises)

    def __str__(self) -> str:
        given = ", ".join(f"{p} = {q}" for p, q in self.premises)
        return f"{given} ⟹ {self.left} = {self.right}" if given else f"{self.left} = {self.right}"


class Theorem(Frozen):
    """``hypotheses ⊢ left = right``, from ``axioms``; ``proof`` is the rule's name and its arguments."""

    def __init__(
        self, seal: object, proof: tuple[object, ...], left: Term, right: Term, given: Sequence[Theorem] = (),
        hypotheses: frozenset[Equation] = frozenset(), axioms: frozenset[Axiom] = frozenset(),
    ) -> None:  # fmt: skip
        require(seal is _SEAL, "theorems are made by the rules only")
        require(_closed(left).sort == _closed(right).sort, "the sides have two sorts: {}, {}", left.sort, right.sort)
        self.proof, self.left, self.right = proof, left, right
        self.hypotheses = hypotheses.union(*[th.hypotheses for th in given])
        self.axioms = axioms.union(*[th.axioms for th in given])
        self.freeze(id(self))

    def __str__(self) -> str:
        given = ", ".join(sorted(f"{s} = {t}" for s, t in self.hypotheses))
        return f"{given} ⊢ {self.left} = {self.right}".lstrip()


_SEAL = object()
_make = partial(Theorem, _SEAL)


def _checked(*theorems: Theorem) -> tuple[Theorem, ...]:
    require(all(type(th) is Theorem for th in theorems), "a theorem is wanted, given {}", theorems)
    return theorems


def _closed(term: Term) -> Term:
    """``term``, if it may stand in a theorem: no loose bound variable, pattern or sort variable."""
    require(type(term) is Term and not term.loose and not term.schematic, "not a closed term: {}", term)
    return term


def reflexivity(term: Term) -> Theorem:
    """⊢ t = t."""
    return _make(("reflexivity", term), term, term)


def symmetry(theorem: Theorem) -> Theorem:
    """From Γ ⊢ s = t to Γ ⊢ t = s."""
    (th,) = _checked(theorem)
    return _make(("symmetry", th), th.right, th.left, [th])


def transitivity(first: Theorem, second: Theorem) -> Theorem:
    """From Γ ⊢ s = t and Δ ⊢ t = u to Γ ∪ Δ ⊢ s = u.  The two t must be the same term."""
    first, second = _checked(first, second)
    require(first.right == second.left, "transitivity: {} is not {}", first.right, second.left)
    return _make(("transitivity", first, second), first.left, second.right, [first, second])


def congruence(head: Head, theorems: Sequence[Theorem]) -> Theorem:
    """From Γₖ ⊢ sₖ = tₖ to ∪ Γₖ ⊢ c(s₁, …) = c(t₁, …), for a variable or constant c."""
    given = _checked(*theorems)
    left, right = (terms.application(head, sides) for sides in ([th.left for th in given], [th.right for th in given]))
    return _make(("congruence", head, given), left, right, given)


def abstraction(head: Head, theorem: Theorem, hint: str = "") -> Theorem:
    """From Γ ⊢ s = t to Γ ⊢ λv. s = λv. t, if the variable v is not free in Γ."""
    (th,) = _checked(theorem)
    require(type(head) is Head and head.kind == VARIABLE, "abstraction: not a variable: {}", head)
    free = {variable for equation in th.hypotheses for side in equation for variable in side.variables}
    require(head not in free, "abstraction: {} is free in the hypotheses", head.name)
    proof = ("abstraction", head, th, hint)
    return _make(proof, terms.abstract(th.left, head, hint), terms.abstract(th.right, head, hint), [th])


def specialisation(theorem: Theorem, args: Sequence[Term]) -> Theorem:
    """From Γ ⊢ λx… s = λx… t to Γ ⊢ s[a/x]… = t[a/x]…."""
    (th,), args = _checked(theorem), tuple(map(_closed, args))
    return _make(("specialisation", th, args), terms.apply(th.left, args), terms.apply(th.right, args), [th])


def assumption(left: Term, right: Term) -> Theorem:
    """s = t ⊢ s = t."""
    return _make(("assumption", left, right), left, right, hypotheses=frozenset([(_closed(left), _closed(right))]))


def instantiation(theorem: Theorem, mapping: Mapping[Head, Term]) -> Theorem:
    """From Γ ⊢ s = t to Γ[a/v] ⊢ s[a/v] = t[a/v]; a hypothesis that becomes s = s is dropped."""
    values, (th,) = dict(mapping), _checked(theorem)
    for head, value in values.items():
        require(type(head) is Head and head.kind == VARIABLE and _closed(value), "{} is no variable", head)
    return _throughout(("instantiation", th, tuple(values.items())), th, lambda term: terms.substitute(term, values))


def sort_instantiation(theorem: Theorem, mapping: Mapping[Sort, Sort]) -> Theorem:
    """Replace base sorts and dimensions throughout a theorem."""
    put, (th,) = dict(mapping), _checked(theorem)
    for old, new in put.items():
        fits = type(old) is Sort and old.tag == sorts.NAME and type(new) is Sort and not new.schematic
        require(fits, "{} cannot be put for {}", new, old)
    return _throughout(("sort_instantiation", th, tuple(put.items())), th, lambda t: terms.substitute_sorts(t, put))


def _throughout(proof: tuple[object, ...], th: Theorem, change: Callable[[Term], Term]) -> Theorem:
    """The theorem and its hypotheses after ``change``, without hypotheses that say nothing any more."""
    changed = ((_closed(change(s)), _closed(change(t))) for s, t in th.hypotheses)
    hypotheses = frozenset((s, t) for s, t in changed if s != t)
    return _make(proof, change(th.left), change(th.right), hypotheses=hypotheses, axioms=th.axioms)


@lru_cache(maxsize=1024)
def definition(declaration: Declaration, sort: Sort) -> Theorem:
    """⊢ c = t, for a constant declared as t, at one instance of its sort."""
    value = declaration.definition if type(declaration) is Declaration else None
    require(value, "definition: not a defined constant: {}", declaration)
    constant, mapping = terms.constant(declaration, sort), dict[Sort, Sort]()
    sorts.match_sort(declaration.sort, sort, mapping)
    return _make(("definition", declaration, sort), constant, terms.substitute_sorts(value or constant, mapping))


def axiom(
    axiom: Axiom, sorts: Mapping[Sort, Sort], values: Mapping[Head, Term], premises: Sequence[Theorem] = ()
) -> Theorem:
    """One instance of an axiom: its sort variables, then its pattern variables, then its premises.

    ``values`` takes each pattern variable, at the sort that ``sorts`` gives it, to a term.
    """
    require(type(axiom) is Axiom, "not an axiom: {}", axiom)
    of_sorts, values, given = tuple(dict(sorts).items()), dict(values), _checked(*premises)
    for head, value in values.items():
        require(type(head) is Head and head.kind == PATTERN and _closed(value), "{} is no pattern variable", head)
    (left, right), *wanted = (
        (_closed(terms.substitute(s, values)), _closed(terms.substitute(t, values)))
        for s, t in _at_sorts(axiom, of_sorts)
    )
    proved = [(th.left, th.right) for th in given]
    require(proved == wanted, "{} needs the premises {}, given {}", axiom.name, wanted, proved)
    proof = ("axiom", axiom, of_sorts, tuple(values.items()), given)
    return _make(proof, left, right, given, axioms=frozenset([axiom]))


@lru_cache(maxsize=4096)
def _at_sorts(axiom: Axiom, of_sorts: tuple[tuple[Sort, Sort], ...]) -> tuple[Equation, ...]:
    """The conclusion and the premises of an axiom, with sorts for its sort variables."""
    for old, new in of_sorts:
        require(type(old) is Sort and old.tag == sorts.VARIABLE and type(new) is Sort, "{} is no sort variable", old)
    change, mapping = terms.substitute_sorts, dict(of_sorts)
    return tuple([(change(s, mapping), change(t, mapping)) for s, t in axiom.equations])
