"""All rules by their names, those about matrices among them: for searches that put one where they want it."""

from __future__ import annotations

from symbolic_equiv.kernel.terms import Term
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.rewriting import instance
from symbolic_equiv.theories.table import every_rule

RULES = every_rule()


def derive(name: str, *premises: Theorem, **values: Term) -> Theorem:
    """The rule of that name, at these values of its pattern variables."""
    return instance(RULES[name].axiom, values, premises)
