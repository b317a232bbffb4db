"""How the constants of ``theories.ranges`` print: order, inequality, alternatives.

Each function takes the writer and the arguments of its constant, as in ``operators``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from symbolic_equiv.kernel.terms import Declaration, Term
from symbolic_equiv.latex import linebreak
from symbolic_equiv.latex.pieces import AND, BIG, OR, RELATION, SUM, Piece, atom, bracket, join, line
from symbolic_equiv.theories import ranges as r

if TYPE_CHECKING:
    from symbolic_equiv.latex.printer import Writer


def _compared(writer: Writer, left: Term, sign: str, right: Term) -> Piece:
    one, other = writer.tell(left, right).at(SUM), writer.tell(right, left).at(SUM)
    return join([one, line(" ", linebreak.RELATION), atom(sign), other], RELATION)


def _below(writer: Writer, left: Term, right: Term) -> Piece:
    return _compared(writer, left, "< ", right)


def _not(writer: Writer, condition: Term) -> Piece:
    """``j ≠ i``, ``j ≤ i``, and ``¬`` before anything else."""
    declaration = condition.head.declaration
    if declaration is not None and declaration.name == "equal":
        return _compared(writer, condition.args[0], r"\neq ", condition.args[1])
    if declaration == r.below.declaration:
        return _compared(writer, condition.args[1], r"\leq ", condition.args[0])
    return join([atom(r"\neg"), bracket("(", writer.write(condition), ")")])


def _or(writer: Writer, left: Term, right: Term) -> Piece:
    first, second = writer.write(left).at(OR), writer.write(right).at(AND)
    return join([first, line(" ", linebreak.SUM), atom(r"\lor "), second], OR)


def _distance(writer: Writer, left: Term, right: Term) -> Piece:
    one, other = writer.tell(left, right).at(SUM), writer.tell(right, left).at(BIG)
    apart = join([one, line(" ", linebreak.SUM), atom("- "), other], SUM)
    return bracket(r"\lvert", apart, r"\rvert")


def _steps(writer: Writer, number: Term) -> Piece:
    return writer.write(number)


OPERATORS: dict[Declaration, Callable[..., Piece]] = {
    constant.declaration: write
    for constant, write in (
        (r.not_, _not), (r.or_, _or), (r.below, _below), (r.distance, _distance), (r.steps, _steps),
    )
}  # fmt: skip
