"""What makes a theorem the proof of a statement."""

from __future__ import annotations

from symbolic_equiv.kernel.certificate import check_shipped, definitions
from symbolic_equiv.kernel.theorem import Theorem, assumption
from symbolic_equiv.logic.matching import match_all
from symbolic_equiv.logic.rewriting import innermost, open_binders
from symbolic_equiv.theories.statement import Statement

UNPROVED, ASSUMED = "unproved", "assumed"


def accepts(statement: Statement, theorem: Theorem) -> bool:
    """Whether the theorem is this statement: its sides, no other hypothesis.

    Raises ``KernelError`` for an axiom or a constant that is not shipped, and for a name with two meanings.
    """
    if type(theorem) is not Theorem or theorem.left != statement.left or theorem.right != statement.right:
        return False
    for item in theorem.axioms:
        check_shipped(item)
    for item in definitions(theorem):
        check_shipped(item)
    return theorem.hypotheses <= frozenset(statement.equations)


def is_assumed(statement: Statement) -> bool:
    """Whether the claim is one of its own hypotheses, perhaps with other names or the other way round."""
    for equation in statement.equations:
        holes, opened = open_binders(assumption(*equation))
        heads = frozenset(innermost(hole).head for hole in holes)
        for left, right in ((statement.left, statement.right), (statement.right, statement.left)):
            found = match_all([(opened.left, left), (opened.right, right)], heads)
            if found is not None and all(value.body is None and not value.args for value in found.values.values()):
                return True
    return False
