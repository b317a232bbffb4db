"""The map: every combination decided, and beside it the bundled proofs about groups and about practice."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from symbolic_equiv.family.catalogue import Catalogue
from symbolic_equiv.family.decide import Cell, Known, decide
from symbolic_equiv.family.ingredients import Adapter, Encoding, Neighbourhood
from symbolic_equiv.family.places import PLACES
from symbolic_equiv.latex.counted import counted
from symbolic_equiv.report.check import check
from symbolic_equiv.script.loader import bundled
from symbolic_equiv.theories.statement import PROVED, REFUTED

Column = tuple[Neighbourhood, str]

GROUPS = (
    "lora_translation_equivariance left_action_equivariance left_translation_with_right_difference "
    "permutation_equivariance lifting_self_attention lifting_self_attention_with_lora group_self_attention "
    "group_self_attention_with_lora group_self_attention_as_published"
)
PRACTICE = (
    "grouped_query_heads multi_query_heads qk_norm biases padding_mask_that_moves padding_mask_that_stays sink_token"
)


@dataclass(frozen=True)
class Theorem:
    """A bundled proof in the map: its verdict is that of ``check``."""

    name: str
    title: str
    verdict: str
    says: str


@dataclass(frozen=True)
class Atlas:
    """All cells, in order, and the other tables."""

    catalogue: Catalogue
    cells: dict[tuple[str, str, str, str], Cell]
    groups: tuple[Theorem, ...]
    practice: tuple[Theorem, ...]
    seconds: float

    @property
    def columns(self) -> list[Column]:
        """Neighbourhoods, each on every place that it is meant for."""
        return columns(self.catalogue)

    def cell(self, encoding: Encoding, adapter: Adapter, column: Column) -> Cell:
        return self.cells[encoding.name, adapter.name, column[0].name, column[1]]

    @property
    def classes(self) -> list[list[Adapter]]:
        """Adapters with the same verdict in every cell stand together."""
        found: dict[tuple[str, ...], list[Adapter]] = {}
        for adapter in self.catalogue.adapters.values():
            verdicts = tuple(
                self.cell(encoding, adapter, column).verdict
                for encoding in self.catalogue.encodings.values()
                for column in self.columns
            )
            found.setdefault(verdicts, []).append(adapter)
        return list(found.values())

    @property
    def counts(self) -> Counter[str]:
        """How many cells have which verdict."""
        return Counter(cell.verdict for cell in self.cells.values())

    @property
    def is_decided(self) -> bool:
        every = [*self.cells.values(), *self.groups, *self.practice]
        return all(item.verdict in (PROVED, REFUTED) for item in every)

    @property
    def summary(self) -> str:
        counts = ", ".join(f"{count} {verdict}" for verdict, count in self.counts.most_common())
        each = 1000 * self.seconds / max(1, len(self.cells))
        return f"{counted(len(self.cells), 'cell')}: {counts}; {self.seconds:.1f} s, {each:.0f} ms a cell"


def columns(catalogue: Catalogue) -> list[Column]:
    """Neighbourhoods, each on every place that it is meant for."""
    return [(item, place) for item in catalogue.neighbourhoods.values() for place in item.places]


def not_applicable(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Neighbourhood, place and reason, for the places that a neighbourhood has no meaning on."""
    for item in catalogue.neighbourhoods.values():
        for place in PLACES:
            if place not in item.places and item.elsewhere:
                yield item.name, place, item.elsewhere


def survey(catalogue: Catalogue, progress: Callable[[str], None] = lambda _: None) -> Atlas:
    """Decide every cell."""
    start, known = time.perf_counter(), Known()
    cells = {}
    for encoding in catalogue.encodings.values():
        progress(encoding.title)
        for neighbourhood, place in columns(catalogue):
            for adapter in catalogue.adapters.values():
                cell = decide(encoding, adapter, neighbourhood, place, known)
                cells[encoding.name, adapter.name, neighbourhood.name, place] = cell
    seconds = time.perf_counter() - start
    progress("groups and practice")
    there = set(bundled())
    groups, practice = (_checked([name for name in names.split() if name in there]) for names in (GROUPS, PRACTICE))
    return Atlas(catalogue, cells, groups, practice, seconds)


def _checked(names: list[str]) -> tuple[Theorem, ...]:
    chains = check(names).chains if names else []
    return tuple(
        Theorem(chain.statement.name, chain.statement.title, chain.claim, chain.statement.says) for chain in chains
    )
