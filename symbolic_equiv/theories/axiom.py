"""How a theory writes an axiom: a name, an equation, and the reason in words."""

from __future__ import annotations

from symbolic_equiv.kernel.theorem import Axiom
from symbolic_equiv.theories.language import Expr


class Rule:
    """An axiom with the reason that is printed where it is used."""

    __slots__ = ("axiom", "reason")

    def __init__(self, axiom: Axiom, reason: str) -> None:
        self.axiom = axiom
        self.reason = reason

    @property
    def name(self) -> str:
        return self.axiom.name

    def __repr__(self) -> str:
        return f"{self.name}: {self.axiom}"


def rule(name: str, left: Expr, right: Expr, reason: str, given: tuple[tuple[Expr, Expr], ...] = ()) -> Rule:
    """``given ⟹ left = right``, for all values of the pattern variables."""
    return Rule(Axiom(name, left.term, right.term, [(p.term, q.term) for p, q in given]), reason)
