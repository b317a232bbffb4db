"""Propositions: a statement with its proof in lines, as a proof script declares it.

>>> from symbolic_equiv.script.proposition import theorem
>>> from symbolic_equiv.script.rules import laws
>>> from symbolic_equiv.theories.language import base, symbol
>>> a, b = (symbol(name, base("X")) for name in "ab")
>>> @theorem((a - b) + b, a)
... def subtract_and_add(prove):
...     '''What is subtracted and added again changes nothing.'''
...     prove.to(a, by=laws("groups"), because="b and its inverse cancel")
>>> subtract_and_add.prove().theorem.right
a
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from symbolic_equiv.script.proof import Proof
from symbolic_equiv.theories.language import Expr
from symbolic_equiv.theories.statement import PROVED, REFUTED, Hypothesis, Statement, check_groups


class Proposition:
    """A statement, what is expected of it, and (for a theorem) the lines of its proof."""

    def __init__(self, statement: Statement, lines: Callable[[Proof], None] | None, line: int = 0) -> None:
        self.statement = statement
        self.lines = lines
        self.line = line
        """Where it stands in its file."""

    @property
    def name(self) -> str:
        return self.statement.name

    def prove(self) -> Proof:
        """Check every line.  Raises ``StepError`` at the first that does not follow.

        Without lines the prover finds the proof by itself (``NotProved`` if it does not).
        """
        proof = self.attempt()
        proof.theorem  # noqa: B018  raises where a line does not follow, or the last is not the right side
        return proof

    def attempt(self) -> Proof:
        """The proof with the steps that fail marked, each with its error; the others are checked all the same."""
        if self.lines is None:
            from symbolic_equiv.script.explain import explain

            return explain(self.statement)
        proof = Proof(self.statement)
        self.lines(proof)
        return proof

    def explicit(self, **sizes: Any):
        """Both sides as SymPy matrices at concrete sizes; see ``symbolic_equiv.explicit``."""
        from symbolic_equiv.explicit import explicit

        return explicit(self.statement, **sizes)

    def __repr__(self) -> str:
        from symbolic_equiv.report.check import check_proposition
        from symbolic_equiv.report.terminal import show

        return show(check_proposition(self))

    def _repr_latex_(self) -> str:
        from symbolic_equiv.latex.printer import latex

        return f"$${latex(self.statement.left)} = {latex(self.statement.right)}$$"


Declare = Callable[[Callable], Proposition]


def theorem(
    left: Expr,
    right: Expr,
    assuming: Sequence[Hypothesis] = (),
    title: str = "",
    multiplicative: Sequence[str] = (),
    groups: Mapping[str, str] | None = None,
) -> Declare:
    """Declare a theorem; the function below it writes the lines of the proof.

    A function without a parameter leaves the proof to the prover.  Its name is the theorem's, its docstring
    says the idea in a sentence or two.  ``multiplicative`` names the base sorts whose group is printed
    ``p q⁻¹`` and not ``p − q``.  ``groups={"X": "Z"}`` says that the claim is about one group only (see
    ``numeric.lattice``): a proof covers every group all the same, but a counterexample has to be on that one.
    """
    return _declare(left, right, assuming, title, multiplicative, groups, PROVED)


def conjecture(
    left: Expr,
    right: Expr,
    assuming: Sequence[Hypothesis] = (),
    title: str = "",
    multiplicative: Sequence[str] = (),
    groups: Mapping[str, str] | None = None,
) -> Declare:
    """Declare an equation that is expected to be refuted, by a counterexample that the checker finds."""
    return _declare(left, right, assuming, title, multiplicative, groups, REFUTED)


def _declare(
    left: Expr,
    right: Expr,
    assuming: Sequence[Hypothesis],
    title: str,
    multiplicative: Sequence[str],
    groups: Mapping[str, str] | None,
    expected: str,
) -> Declare:
    def declare(function: Callable) -> Proposition:
        says = " ".join((function.__doc__ or "").split())
        name = function.__name__
        statement = Statement(name, left, right, tuple(assuming), title, says, expected, multiplicative, groups)
        has_lines = bool(function.__code__.co_argcount)
        check_groups(statement)
        return Proposition(statement, function if has_lines else None, function.__code__.co_firstlineno)

    return declare
