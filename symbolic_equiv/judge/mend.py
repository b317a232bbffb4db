"""Where a printed line departs from the line it should equal, and what would have to stand there.

Two terms are walked in parallel.  Where they differ and no rule makes them equal, what stands in the
reference is a candidate for what was meant.  A candidate is only a guess: the judge proves the mended
line, or drops it.
"""

from __future__ import annotations

from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, abstract, application, apply, eta
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.logic.derived import unfold
from symbolic_equiv.logic.normalise import NotProved, any_definition
from symbolic_equiv.logic.prover import Prover

MAX_EDITS = 4
APART = 4
"""What it costs, in letters, to replace two parts and not what they stand in."""


class Edit:
    """``printed`` should read ``meant``; bound variables go by the names they are printed with."""

    def __init__(self, printed: Term, meant: Term) -> None:
        self.printed, self.meant = printed, meant

    def __str__(self) -> str:
        return f"{latex(self.printed)} \\to {latex(self.meant)}"

    @property
    def cost(self) -> int:
        """How much there is to write."""
        return len(latex(self.meant))


class Mended:
    """A line with some parts replaced; ``multiplicative`` names the groups that are written ``p q⁻¹``.

    ``printed`` is the line as it was.
    """

    def __init__(
        self,
        term: Term,
        edits: list[Edit],
        multiplicative: frozenset[str] = frozenset(),
        printed: Term | None = None,
    ) -> None:
        self.term, self.edits, self.multiplicative, self.printed = term, edits, multiplicative, printed

    def latex(self, term: Term) -> str:
        """A term as the text writes it."""
        return latex(term, multiplicative=self.multiplicative)

    @property
    def shown(self) -> str:
        """The replacements in words, for a list of what was changed."""
        edits = ((self.latex(edit.printed), self.latex(edit.meant)) for edit in self.distinct)
        return "; ".join(f"‘{printed}’ is now ‘{meant}’" for printed, meant in edits)

    @property
    def distinct(self) -> list[Edit]:
        """The edits, each once: the same slip may stand in several places."""
        found: dict[tuple[Term, Term], Edit] = {}
        for edit in self.edits:
            found.setdefault((edit.printed, edit.meant), edit)
        return list(found.values())


def marked(mended: Mended, edit: Edit, mark: str) -> Term | None:
    """The line as it was, with a variable named ``mark`` wherever this edit changes it."""

    def walk(was: Term, now: Term) -> Term:
        if was == now:
            return was
        if was == edit.printed and now == edit.meant:
            return eta(Head(VARIABLE, mark, was.sort))
        if was.body is not None and now.body is not None and was.domain == now.domain:
            hole = _opened(now, was)
            return abstract(walk(apply(was, [eta(hole)]), apply(now, [eta(hole)])), hole, was.hint)
        if was.head != now.head or len(was.args) != len(now.args):
            return was
        return application(was.head, [walk(*pair) for pair in zip(was.args, now.args, strict=True)])

    return None if mended.printed is None else walk(mended.printed, mended.term)


def mend(reference: Term, printed: Term, prover: Prover, multiplicative: frozenset[str] = frozenset()) -> Mended | None:
    """The printed term with the fewest parts taken from the reference that make the two equal, if there are few."""
    found = _mend(reference, printed, prover, root=True)
    if found is None or not 0 < len(found.edits) <= MAX_EDITS:
        return None
    return found


def _mend(reference: Term, printed: Term, prover: Prover, root: bool) -> Mended | None:
    if reference == printed:
        return Mended(printed, [])
    if printed.body is not None:
        hole = _opened(reference, printed)
        inside = _mend(apply(reference, [eta(hole)]), apply(printed, [eta(hole)]), prover, root=False)
        return inside and Mended(abstract(inside.term, hole, printed.hint), inside.edits)
    inside = _in_arguments(reference, printed, prover)
    if inside is not None and not inside.edits:
        return inside
    if _equal(reference, printed, prover):
        return Mended(printed, [])
    unfolded = _unfolded(reference)
    if inside is None and unfolded is not None and unfolded.head == printed.head:
        inside = _mend(unfolded, printed, prover, root)
    here = None if root else Mended(reference, [Edit(printed, reference)])
    choices = [choice for choice in (inside, here) if choice is not None]
    return min(choices, key=_cost, default=None)


def _cost(choice: Mended) -> int:
    return sum(edit.cost + APART for edit in choice.distinct)


def _in_arguments(reference: Term, printed: Term, prover: Prover) -> Mended | None:
    if reference.head != printed.head:
        return None
    parts = [_mend(a, b, prover, root=False) for a, b in zip(reference.args, printed.args, strict=True)]
    if any(part is None for part in parts):
        return None
    term = application(printed.head, [part.term for part in parts])
    return Mended(term, [edit for part in parts for edit in part.edits])


def _equal(reference: Term, printed: Term, prover: Prover) -> bool:
    try:
        prover.connect(reference, printed)
    except (NotProved, KernelError):
        return False
    return True


def _unfolded(term: Term) -> Term | None:
    declaration = term.head.declaration
    if declaration is None or declaration.definition is None or not any_definition(declaration):
        return None
    return unfold(term).right


def _opened(reference: Term, printed: Term) -> Head:
    """A variable for a binder, with the name that the line prints for it."""
    taken = {str(head.name) for head in reference.variables | printed.variables}
    name = printed.hint
    while name in taken:
        name += "'"
    return Head(VARIABLE, name, printed.domain)
