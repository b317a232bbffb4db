"""Whether what is printed tells its sort: a 0 does not, nor does an identity matrix.

Where nothing around such a term says it either, as in ``⟨0, 0⟩``, its neutral elements print with their size or group
below them: ``⟨0_{d}, 0_{d}⟩``.
"""

from __future__ import annotations

from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Declaration, Term
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.theories import entries, language, pairs

_NEUTRAL = frozenset(each.declaration for each in (language.zero, language.unit, entries.ones))

_OF_ANY: dict[Declaration, tuple[int, ...]] = {
    each.declaration: places
    for places, constants in {
        (0,): (language.neg, language.inv, entries.transpose, entries.diag, entries.reciprocals, entries.flatten,
               entries.unflatten, language.concat),
        (0, 1): (language.add, language.mul, entries.hadamard),
        (1,): (language.scale, language.act, language.sum_, pairs.sum_pairs),
        (1, 2): (language.if_,),
    }.items()
    for each in constants
}  # fmt: skip
"""The constants whose sort is that of some of their arguments, and which."""


def is_neutral(declaration: Declaration | None) -> bool:
    """Whether a constant is a zero, a unit or an identity."""
    return declaration in _NEUTRAL or _is_of_matrices(declaration, "identity")


def _is_of_matrices(declaration: Declaration | None, name: str) -> bool:
    """Whether it is the constant of that name in the theory of matrices, which few documents load."""
    if declaration is None or declaration.name != name:
        return False
    from symbolic_equiv.theories import matrices

    return declaration == getattr(matrices, name).declaration


def says(term: Term) -> bool:
    """Whether a reader can tell the sort of a term from what is printed of it alone."""
    if term.body is not None:
        return says(term.body)
    constant = term.head.declaration
    if constant is None or term.sort == language.SCALAR:
        return True
    places = (0,) if _is_of_matrices(constant, "row_softmax") else _OF_ANY.get(constant)
    if places is None:
        return not is_neutral(constant)
    return any(says(term.args[place]) for place in places)


def size(sort: Sort, notation: Notation) -> str:
    """What stands below a neutral element: ``d``, ``m \\times n``, or the name of its group; nothing below a number."""
    if sort.schematic:
        return ""  # of an axiom, which is about all sorts
    if sort.name in ("Vec", "Mat"):
        return r" \times ".join(map(notation.sort, dict.fromkeys(sort.args)))
    return "" if sort == language.SCALAR else notation.sort(sort)
