"""How the constants of ``theories.matrices`` print: entries, rows, indicators, row-wise softmax.

Each function takes the writer and the arguments of its constant, as in ``operators``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from symbolic_equiv.kernel import terms
from symbolic_equiv.kernel.terms import Declaration, Term
from symbolic_equiv.latex import linebreak
from symbolic_equiv.latex.operators import concatenation
from symbolic_equiv.latex.pieces import (
    ATOM,
    RELATION,
    SUM,
    Piece,
    atom,
    bracket,
    comma_list,
    join,
    line,
    script,
)  # fmt: skip
from symbolic_equiv.theories import matrices as m

if TYPE_CHECKING:
    from symbolic_equiv.latex.printer import Writer


def _below(base: Piece, *parts: Piece) -> Piece:
    """A subscript; a base with scripts of its own, or that is no single symbol, is put in brackets."""
    base = base.at(ATOM)
    if re.search(r"['^_]", base.text) or base.text.startswith(r"\frac"):
        base = bracket("(", base, ")")
    return join([base, script("_{", comma_list(parts))])._replace(tall=base.tall)


def _entry(writer: Writer, whole: Term, *at: Term) -> Piece:
    return _below(writer.tell(whole), *map(writer.write, at))


def _row(writer: Writer, whole: Term, at: Term) -> Piece:
    return _below(writer.tell(whole), writer.write(at), atom(":"))


def _column(writer: Writer, whole: Term, at: Term) -> Piece:
    return _below(writer.tell(whole), atom(":"), writer.write(at))


def _made(writer: Writer, function: Term) -> Piece:
    """``[F(i, j)]_{i, j}``: the matrix, or the vector, with these entries."""
    bound = []
    while function.body is not None:
        bound.append(writer.variable(function.domain))
        writer.bind(bound[-1], function.hint)
        function = terms.apply(function, [terms.eta(bound[-1])])
    names = [writer.write(terms.eta(binder)) for binder in bound]
    piece = join([bracket("[", writer.write(function), "]"), script("_{", comma_list(names))])
    for binder in reversed(bound):
        piece = writer.close(piece, binder, strict=True)
    return piece


def _function(name: str) -> Callable[..., Piece]:
    return lambda writer, *args: join(
        [atom(rf"\operatorname{{{name}}}"), bracket("(", comma_list([*map(writer.tell, args)]), ")")]
    )


def _applied(writer: Writer, function: Term, whole: Term) -> Piece:
    """A map of vectors or numbers, applied to a matrix."""
    return join([writer.write(function).at(ATOM), bracket("(", writer.write(whole), ")")])


def _equal(writer: Writer, left: Term, right: Term) -> Piece:
    one, other = writer.tell(left, right).at(SUM), writer.tell(right, left).at(SUM)
    return join([one, line(" ", linebreak.RELATION), atom("= "), other], RELATION)


OPERATORS: dict[Declaration, Callable[..., Piece]] = {
    constant.declaration: write
    for constant, write in (
        (m.entry, _entry), (m.coordinate, _entry), (m.matrix, _made), (m.vector, _made),
        (m.identity, lambda _: atom("I")), (m.row, _row), (m.column, _column), (m.row_softmax, _function("softmax")),
        (m.vector_softmax, _function("softmax")), (m.trace, _function("tr")), (m.rowwise, _applied),
        (m.entrywise, _applied), (m.equal, _equal), (m.side_by_side, concatenation),
    )
}  # fmt: skip
