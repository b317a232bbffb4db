"""The rules that a step of a proof may give as its reason.

A step may name several; together they must justify it, and each of them must be needed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from symbolic_equiv.kernel.sorts import KernelError, Sort, substitute_sort
from symbolic_equiv.kernel.terms import Declaration, Head, Term
from symbolic_equiv.kernel.theorem import Theorem, instantiation, sort_instantiation
from symbolic_equiv.logic.rules import LEFT_TO_RIGHT, THEORIES
from symbolic_equiv.theories.language import TEMPLATES, Constant, Defined, Expr
from symbolic_equiv.theories.statement import Hypothesis

if TYPE_CHECKING:
    from symbolic_equiv.script.proposition import Proposition


class Rule:
    """What a step may use; ``words`` is how a page prints it."""

    words: str = ""
    definitions: frozenset[Declaration] = frozenset()
    hypotheses: tuple[Hypothesis, ...] = ()
    theories: frozenset[str] = frozenset()

    def was_used(self, before: Term, after: Term, theorem: Theorem) -> bool:
        """Whether the step from ``before`` to ``after`` needed this rule."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return self.words


class Unfold(Rule):
    """Definitions, written out (``unfold``) or recognised (``fold``)."""

    def __init__(self, declarations: tuple[Declaration, ...], folds: bool) -> None:
        self.definitions = frozenset(declarations)
        self.folds = folds
        self._ordered = declarations

    @property
    def words(self) -> str:  # type: ignore[override]  (printing is left until a page asks for it)
        return f"{'fold' if self.folds else 'unfold'} {', '.join(map(_printed, self._ordered))}"

    def was_used(self, before: Term, after: Term, theorem: Theorem) -> bool:
        longer, shorter = (after, before) if self.folds else (before, after)
        return all(_count(longer, item) > _count(shorter, item) for item in self.definitions)


def _printed(item: Declaration) -> str:
    """A constant as a page prints it, without its arguments."""
    from symbolic_equiv.latex.names import core
    from symbolic_equiv.latex.plain import spelled

    form = TEMPLATES.get(item)
    return spelled(core(form)) if form else item.name


def _count(term: Term, item: Declaration) -> int:
    if term.body is not None:
        return _count(term.body, item)
    return (term.head.declaration == item) + sum(_count(arg, item) for arg in term.args)


class Using(Rule):
    """Hypotheses, in either direction."""

    def __init__(self, hypotheses: tuple[Hypothesis, ...]) -> None:
        self.hypotheses = hypotheses
        self.words = ", ".join(item.name.replace("_", " ") for item in hypotheses)

    def was_used(self, before: Term, after: Term, theorem: Theorem) -> bool:
        return all(any(equation in theorem.hypotheses for equation in item.equations) for item in self.hypotheses)


class Laws(Rule):
    """The laws of one or more theories, such as the group laws or linearity."""

    def __init__(self, theories: tuple[str, ...]) -> None:
        unknown = set(theories) - THEORIES
        if unknown:
            raise ValueError(
                f"no theory is called {', '.join(sorted(unknown))}; there are {', '.join(sorted(THEORIES))}"
            )
        self.theories = frozenset(theories)
        self.words = " and ".join(f"{name.rstrip('s')} laws" if name == "groups" else name for name in theories)

    def was_used(self, before: Term, after: Term, theorem: Theorem) -> bool:
        used = {axiom.name for axiom in theorem.axioms}
        names = {name for theory in self.theories for name in LEFT_TO_RIGHT.get(theory, "").split()}
        return bool(used & names) or "softmax" in self.theories or not names


class Reindex(Rule):
    """``index``, which mentions ``over``, is put for ``j`` in every sum and softmax over the sort of ``j``."""

    def __init__(self, j: Expr, index: Expr, over: Expr) -> None:
        self.j, self.index, self.over = j, index, over
        self.multiplicative: frozenset[str] = frozenset()  # which groups the statement writes p q⁻¹

    @property
    def words(self) -> str:  # type: ignore[override]  (printing is left until a page asks for it)
        from symbolic_equiv.latex.plain import spelled
        from symbolic_equiv.latex.printer import latex

        index = latex(self.index.term, multiplicative=self.multiplicative)
        return f"re-index {spelled(latex(self.j.term))} ↦ {spelled(index)}"

    def was_used(self, before: Term, after: Term, theorem: Theorem) -> bool:
        return True  # re-indexing where there is no sum over j fails by itself


class Instance(Rule):
    """Another theorem, with expressions for its free symbols and with sorts for its sorts and dimensions."""

    def __init__(self, of: Proposition, put: tuple[tuple[Sort, Sort] | tuple[Expr, Expr], ...]) -> None:
        self.of = of
        self._sorts = {old: new for old, new in put if isinstance(old, Sort) and isinstance(new, Sort)}
        at = lambda head: Head(head.kind, head.name, substitute_sort(head.sort, self._sorts))
        self._symbols = {at(old.head): new.term for old, new in put if isinstance(old, Expr) and isinstance(new, Expr)}
        self.words = of.name.replace("_", " ")

    def theorem(self) -> Theorem:
        """The other theorem at these values; raises what its own proof raises."""
        found = _proved(self.of)
        if self._sorts:
            found = sort_instantiation(found, self._sorts)
        return instantiation(found, self._symbols) if self._symbols else found

    def was_used(self, before: Term, after: Term, theorem: Theorem) -> bool:
        return before != after


class Induction(Rule):
    """Induction on the number of layers; inside a step of it, sums may be re-indexed as the search sees fit."""

    theories = frozenset({"recursion"})
    words = "induction on the depth"

    def was_used(self, before: Term, after: Term, theorem: Theorem) -> bool:
        return any(axiom.name == "same_recursion" for axiom in theorem.axioms)


@cache
def _proved(item: Proposition) -> Theorem:
    """A lemma is proved once, however often it is used."""
    return item.prove().theorem


def unfold(*items: Defined | Constant) -> Rule:
    """Write out the definitions of these constants."""
    return Unfold(_declarations(items), folds=False)


def fold(*items: Defined | Constant) -> Rule:
    """Recognise what these constants are defined as."""
    return Unfold(_declarations(items), folds=True)


def _declarations(items: tuple[Defined | Constant, ...]) -> tuple[Declaration, ...]:
    return tuple(item.constant.declaration if isinstance(item, Defined) else item.declaration for item in items)


def using(*hypotheses: Hypothesis) -> Rule:
    """Use these hypotheses of the theorem."""
    return Using(hypotheses)


def laws(*theories: str) -> Rule:
    """Use the laws of theories: ``groups``, ``addition``, ``scaling``, ``linear maps``, ``entries``, ``sums``, …"""
    return Laws(theories)


def reindex(j: Expr, index: Expr, over: Expr | None = None) -> Rule:
    """Put ``index`` for ``j`` in every sum and softmax over the sort of ``j``.

    The index mentions ``over``, the new bound variable: ``j`` itself if it is not given.
    """
    return Reindex(j, index, j if over is None else over)


def induction() -> Rule:
    """Use that a recursion has one solution: two sequences with the same start and the same steps are the same."""
    return Induction()


def instance(lemma: Proposition, *put: tuple[Sort, Sort] | tuple[Expr, Expr]) -> Rule:
    """Use another theorem, such as ``proof("NAME")``: pairs of a symbol of it and the expression put for it.

    A pair of sorts replaces a dimension or a base sort throughout.  What the lemma assumes, after all that is put,
    must be assumed here too.
    """
    for old, new in put:
        if isinstance(old, Sort) != isinstance(new, Sort):
            raise KernelError(f"{lemma.name}: {new} cannot be put for {old}: one is a sort and the other is none")
    return Instance(lemma, put)
