"""What is claimed: an equation, the hypotheses it is claimed under, and what is expected of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from symbolic_equiv.kernel.sorts import KernelError, Sort
from symbolic_equiv.kernel.terms import Declaration, Head, Term, subterms
from symbolic_equiv.kernel.theorem import Equation
from symbolic_equiv.theories.language import Expr

PROVED, REFUTED = "proved", "refuted"


class Hypothesis:
    """A named assumption: one or more equations between closed terms.

    What holds for all i, j is an equation between functions of i and j; ``forall`` builds it.
    """

    def __init__(self, name: str, says: str, equations: tuple[Equation, ...]) -> None:
        self.name = name
        self.says = says
        self.equations = equations

    def __repr__(self) -> str:
        return f"{self.name}: " + ", ".join(f"{left} = {right}" for left, right in self.equations)


def hypothesis(name: str, says: str, *equations: tuple[Expr, Expr]) -> Hypothesis:
    """A named assumption; ``says`` states it in words (one clause, no full stop).

    Each equation is a pair of expressions of one sort.
    """
    for left, right in equations:
        if left.sort != right.sort:
            raise KernelError(f"{name}: an equation between a {left.sort} and a {right.sort}; they need one sort")
    return Hypothesis(name, says, tuple((left.term, right.term) for left, right in equations))


MAX_STATED = 32
"""The largest size of a claim that is about one size only, at which models of it are made."""


class Statement:
    """``left = right`` under ``hypotheses``; ``expected`` is the verdict that its author announces."""

    def __init__(
        self,
        name: str,
        left: Expr,
        right: Expr,
        assuming: tuple[Hypothesis, ...] = (),
        title: str = "",
        says: str = "",
        expected: str = PROVED,
        multiplicative: Iterable[str] = (),
        groups: Mapping[str, str] | None = None,
        sizes: Mapping[str, int] | None = None,
    ) -> None:
        self.name = name
        if left.sort != right.sort:
            raise KernelError(
                f"{name}: the left side is a {left.sort}, the right side a {right.sort}; they need one sort"
            )
        self.left: Term = left.term
        self.right: Term = right.term
        self.hypotheses = tuple(assuming)
        self.title = title or name.replace("_", " ")
        self.says = says
        self.expected = expected
        self.multiplicative = frozenset(multiplicative)
        """The base sorts whose group is printed ``p q⁻¹`` and not ``p − q``."""
        self.sizes = dict(sizes or {})
        """The sorts of which the claim is about one size only: it is refuted at these sizes."""
        self.groups = dict(groups or {})
        """The base sorts of which the claim is about one group only, ``{"X": "Z"}``; the names: ``numeric.lattice``.

        A proof covers every group all the same; a counterexample counts only on the group that is named.
        """

    @property
    def equations(self) -> tuple[Equation, ...]:
        """All hypotheses, one equation after the other."""
        return tuple(equation for item in self.hypotheses for equation in item.equations)

    def without(self, name: str) -> Statement:
        """The same claim without one of its hypotheses."""
        kept = tuple(item for item in self.hypotheses if item.name != name)
        return self.with_hypotheses(kept)

    def on(self, groups: Mapping[str, str]) -> Statement:
        """The same claim about these groups only."""
        found = self.with_hypotheses(self.hypotheses)
        found.groups = dict(groups)
        return found

    def with_hypotheses(self, hypotheses: Iterable[Hypothesis]) -> Statement:
        """The same claim under other hypotheses."""
        left, right = Expr(self.left), Expr(self.right)
        return Statement(
            self.name, left, right, tuple(hypotheses), self.title, self.says, self.expected, self.multiplicative,
            self.groups, self.sizes,
        )  # fmt: skip

    def terms(self) -> list[Term]:
        """All terms of the statement: the sides, then those of the hypotheses."""
        return [self.left, self.right, *(term for equation in self.equations for term in equation)]

    def variables(self) -> list[Head]:
        """The free variables, sorted by name."""
        found = frozenset().union(*(term.variables for term in self.terms()))
        return sorted(found, key=lambda head: (str(head.name), str(head.sort)))

    def definitions(self) -> list[Declaration]:
        """The defined constants that occur, those that others use first."""
        found: list[Declaration] = []
        for term in self.terms():
            _collect_definitions(term, found)
        return found

    def sorts(self) -> list[Sort]:
        """The base sorts and dimensions that occur anywhere in the terms or in the sorts of the definitions."""
        sorts = [item.sort for item in self.definitions()]
        for term in self.terms():
            for part in subterms(term):
                sorts.append(part.sort if part.body is not None else part.head.sort)
        leaves = frozenset().union(*(sort.leaves for sort in sorts))
        return sorted((leaf for leaf in leaves if not leaf.schematic), key=lambda leaf: (leaf.cls, leaf.name))

    def __repr__(self) -> str:
        return f"{self.name}: {self.left} = {self.right}"


def _collect_definitions(term: Term, found: list[Declaration]) -> None:
    if term.body is not None:
        _collect_definitions(term.body, found)
        return
    item = term.head.declaration
    if item is not None and item.definition is not None and item not in found:
        _collect_definitions(item.definition, found)
        found.append(item)
    for arg in term.args:
        _collect_definitions(arg, found)


def check_groups(statement: Statement) -> Statement:
    """The statement, if it has the sorts that its ``groups`` name, and these are names of groups."""
    known = sorted(sort.name for sort in statement.sorts() if sort.cls == "base") if statement.groups else []
    one = r"(Z/([1-9]\d{0,2}|[a-z])|D[1-9]\d?|S3|Q8)"
    for sort, group in statement.groups.items():
        if sort not in known:
            raise KernelError(f"{statement.name}: groups: expected one of {', '.join(known)}, found {sort!r:.40}")
        if not re.fullmatch(rf"Z(\^[1-3])?|{one}( ?[×x*] ?{one})*", group):
            wanted = "Z, Z^2, Z/5, Z/n, Z/2×Z/3, Z/n×Z/m, S3, D4 or Q8"
            raise KernelError(f"{statement.name}: groups: expected {wanted} for {sort}, found {group!r:.40}")
    return statement
