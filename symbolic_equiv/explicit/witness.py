"""The explicit witness: are both sides equal, entry by entry, at given sizes?

``equal`` when the normal forms agree, for all values of the symbols; ``refuted`` when exact rationals, with
intervals for ``exp``, show a difference in a model whose hypotheses were checked; else ``undecided``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from time import perf_counter
from typing import Any

from symbolic_equiv.explicit.algebra import Values, spell
from symbolic_equiv.explicit.errors import SizeError
from symbolic_equiv.explicit.exact import Exact, Expanded, Poly, TooLarge
from symbolic_equiv.explicit.fold import Fold
from symbolic_equiv.explicit.model import ALL, RANDOM, Model, body
from symbolic_equiv.explicit.operations import flatten
from symbolic_equiv.explicit.sampling import Fields, Rigorous, Undetermined, fields_differ, surely_differ
from symbolic_equiv.explicit.sizes import read_sizes
from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.latex.counted import counted
from symbolic_equiv.theories.statement import Statement

EQUAL, UNDECIDED, REFUTED = "equal", "undecided", "refuted"
MODELS_TRIED = 12


@dataclass(frozen=True)
class Difference:
    """Where the sides differ, rigorously: the row, the entry, both values, and the model."""

    at: dict[str, object]
    entry: int
    left: str
    right: str
    values: dict[str, int] = field(repr=False)
    tables: dict[str, object] = field(repr=False)

    def describe(self) -> list[tuple[str, str]]:
        """Name and value of each part, in the order in which they are best read."""
        chosen = [(name, str(value)) for name, value in {**self.at, **self.values}.items()]
        entry = f"(entry {self.entry + 1})"
        return [*chosen, (f"left side {entry}", self.left), (f"right side {entry}", self.right)]


@dataclass(frozen=True)
class ExplicitEvidence:
    """What the explicit witness saw."""

    verdict: str
    sizes: str
    rows: int
    entries: int
    seconds: float
    neighbourhoods: tuple[str, ...]
    note: str = ""
    difference: Difference | None = None

    def __str__(self) -> str:
        seen = f"{counted(self.rows, 'row')}, {counted(self.entries, 'entry', 'entries')}"
        text = f"{self.verdict} at {self.sizes}: {seen}"
        return text + (f"; {self.note}" if self.note else "")


class Comparison:
    """Both sides in one model, over the rows: the values of the free elements and of a side's finite arguments."""

    def __init__(self, model: Model, at: Mapping[str, object] | None = None) -> None:
        self.model, statement = model, model.statement
        self.left, self.left_reads = model.graph.add(statement.left, model.individuals)
        self.right, self.right_reads = model.graph.add(statement.right, model.individuals)
        self.choices = [_choices(model, head, at or {}) for head in model.individuals]
        self.linear = body(self.left).sort.name in ("Scalar", "Vec", "Mat")
        unknown = set(at or {}) - {str(head.name) for head in model.individuals}
        if unknown:
            raise SizeError(sorted(unknown)[0], "a size or a free element of the statement", (at or {})[min(unknown)])

    def rows(self) -> Iterator[Values]:
        """The values of the free individuals, in the order of ``model.individuals``."""
        fold = Fold(self.model, Expanded())
        return (chosen for chosen in product(*self.choices) if self.model.admits(fold, chosen))

    def sides(self, fold: Fold, chosen: Values) -> tuple[list[Any], list[Any]]:
        """The scalars of both sides in one row."""
        return self.side(fold, 0, chosen), self.side(fold, 1, chosen)

    def side(self, fold: Fold, which: int, chosen: Values) -> list[Any]:
        node, reads = ((self.left, self.left_reads), (self.right, self.right_reads))[which]
        return flatten(fold.value(node, tuple([chosen[p] for p in reads])))

    def labels(self, chosen: Values) -> dict[str, object]:
        """A row as it is shown: the names of the free elements, and their coordinates."""
        carriers = self.model.sizes.carriers
        return {
            str(head.name): carriers[head.sort].label(value) if head.sort in carriers else value
            for head, value in zip(self.model.individuals, chosen)
        }

    def decide(self, seed: int = 0) -> tuple[str, int, int, str, Difference | None]:
        """The verdict, the rows and entries compared, a note, and the difference if there is one.

        First a glimpse of one row in the prime fields, which shows most errors at a tenth of the cost;
        then normal forms with names for the projections; then, for the rows that these leave open,
        normal forms with everything expanded.
        """
        rows = list(self.rows())
        if not rows:
            return UNDECIDED, 0, 0, "no element satisfies the hypotheses at these sizes", None
        note, difference = self._refute(rows[-1], seed)
        if difference is not None:
            return REFUTED, len(rows), 1, "", difference
        exact, entries, open_rows = Fold(self.model, Exact()), 0, []
        for chosen in rows:
            left, right = self.sides(exact, chosen)
            entries += len(left)
            if not all(map(_same, left, right)):
                open_rows.append(chosen)
                note, difference = self._refute(chosen, seed)
                if difference is not None:
                    return REFUTED, len(rows), entries, "", difference
        if not open_rows:
            return EQUAL, len(rows), entries, "", None
        try:
            if self._equal_expanded(open_rows):
                return EQUAL, len(rows), entries, "after expanding every projection", None
        except TooLarge as error:
            note = note or str(error)
        return UNDECIDED, len(rows), entries, note or "the normal forms differ, and no difference was found", None

    def _refute(self, chosen: Values, seed: int) -> tuple[str, Difference | None]:
        """What a difference in the prime fields comes to: a note if it cannot be confirmed rigorously."""
        entry = self._suspect(chosen, seed)
        if entry is None:
            return "", None
        if self.model.sizes.counts:
            return "hypotheses about all numbers were looked at for the first ones only, so nothing is refuted", None
        difference = self._confirm(chosen, entry, seed)
        return "" if difference else "a difference in two prime fields was not confirmed rigorously", difference

    def _suspect(self, chosen: Values, seed: int) -> int | None:
        """An entry in which the sides differ in the prime fields."""
        pairs = zip(*self.sides(Fold(self.model, Fields(seed)), chosen))
        for entry, (a, b) in enumerate(pairs):
            if fields_differ(a, b) if self.linear else a != b:
                return entry
        return None

    def _confirm(self, chosen: Values, entry: int, seed: int) -> Difference | None:
        for attempt in range(MODELS_TRIED):
            algebra = Rigorous(seed + attempt, reach=1 + attempt // 4)
            fold = Fold(self.model, algebra)
            try:
                left, right = (self.side(fold, which, chosen)[entry] for which in (0, 1))
            except Undetermined:
                continue
            if surely_differ(left, right):
                values = {spell(key): value for key, value in algebra.values.items()}
                return Difference(self.labels(chosen), entry, str(left), str(right), values, self.model.tables())
        return None

    def _equal_expanded(self, rows: Sequence[Values]) -> bool:
        algebra = Expanded()
        fold = Fold(self.model, algebra)
        for chosen in rows:
            for a, b in zip(*self.sides(fold, chosen)):
                if not self.linear or (not algebra.equal(a, b) and not algebra.equal_over_common_denominators(a, b)):
                    return False
        return True


def examine(
    statement: Statement,
    sizes: Mapping[str, object] | None = None,
    seed: int = 0,
    at: Mapping[str, object] | None = None,
    neighbourhoods: Sequence[str] = (ALL, RANDOM),
    tables: Mapping[str, Sequence[int]] | None = None,
) -> ExplicitEvidence:
    """Compare both sides at ``sizes`` (see ``read_sizes``), in one model for each of ``neighbourhoods``.

    ``at`` fixes free elements, as in ``{"i": 0, "y": 1}``; the others take all their values. ``tables`` gives
    maps between finite sorts.  Raises ``SizeError`` and ``HypothesisError``.
    """
    start, found = perf_counter(), read_sizes(statement, sizes or {})
    rows = entries = 0
    verdict, note, used, difference = EQUAL, "", list[str](), None
    for predicates in neighbourhoods:
        model = Model(statement, found, predicates, seed, tables)
        if used and not model.differs_from_all():
            continue
        used.append(predicates)
        answer, more_rows, more_entries, says, difference = Comparison(model, at).decide(seed)
        rows, entries, note = rows + more_rows, entries + more_entries, note or says
        if answer == REFUTED:
            verdict = REFUTED
            break
        verdict = UNDECIDED if UNDECIDED in (answer, verdict) else EQUAL
    seconds = perf_counter() - start
    shown = difference if verdict == REFUTED else None
    return ExplicitEvidence(verdict, str(found), rows, entries, seconds, tuple(used), note, shown)


def _same(a: Any, b: Any) -> bool:
    return a.parts == b.parts if isinstance(a, Poly) else a == b


def _choices(model: Model, head: Head, at: Mapping[str, object]) -> Sequence[Any]:
    value = at.get(str(head.name))
    if value is None:
        return list(model.sizes.elements(head.sort))
    if head.sort in model.sizes.carriers:
        return [model.sizes.carriers[head.sort].index(value)]
    if value not in model.sizes.elements(head.sort):
        raise SizeError(str(head.name), f"an element of {head.sort}", value)
    return [value]
