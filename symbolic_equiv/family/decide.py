"""The verdict of one cell: an instance of the encoding's lemma, or else a counterexample in the cell itself."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from symbolic_equiv.family.ingredients import Adapter, Encoding, Ingredient, Neighbourhood
from symbolic_equiv.family.layer import Pair, Parts, claim
from symbolic_equiv.family.lemmas import ANY, Assumed, instance, interior_lemma, lemma, tokens, uncut
from symbolic_equiv.family.search import FAILS, SHOWN, Found, Spot, failure, held_on, search, simplest
from symbolic_equiv.family.worlds import Setting, Sizes
from symbolic_equiv.kernel.sorts import KernelError, substitute_sort
from symbolic_equiv.kernel.terms import Term
from symbolic_equiv.kernel.theorem import Theorem
from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.logic.prover import prove
from symbolic_equiv.numeric.models import unfold_completely
from symbolic_equiv.script.acceptance import UNPROVED, accepts
from symbolic_equiv.theories.attention import L, f, i, j, x, x_inv, y
from symbolic_equiv.theories.language import dim
from symbolic_equiv.theories.statement import PROVED, REFUTED, Hypothesis, Statement


@dataclass(frozen=True)
class Cell:
    """One combination on one place, with its verdict.

    ``theorem`` proves ``statement`` where the verdict is ``proved``, as an instance of what ``lemma`` names;
    ``found`` is a counterexample where it is ``refuted``, and ``reasons`` say in words what was lost.
    """

    encoding: Encoding
    adapter: Adapter
    neighbourhood: Neighbourhood
    place: str
    verdict: str
    statement: Statement
    theorem: Theorem | None = None
    found: Found | None = None
    lemma: str = ""
    reasons: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def name(self) -> str:
        """The four names, joined."""
        return " × ".join((self.encoding.name, self.adapter.name, self.neighbourhood.name, self.place))


Known = dict[tuple[str, ...], list[Spot]]
"""Where an ingredient was seen to break a claim on a place: tried first where it occurs again, the last one first."""


def decide(
    encoding: Encoding, adapter: Adapter, neighbourhood: Neighbourhood, place: str, known: Known | None = None
) -> Cell:
    """Proved as an instance of a lemma; or refuted; or proved by itself; or else ``unproved``.

    A counterexample is the first of the search, made as simple as it can be, or one at a spot of ``known``, which
    learns from it.
    """
    start = time.perf_counter()
    assuming = assumed(encoding, place)
    cell = _by_lemma(encoding, adapter, neighbourhood, place, assuming)
    if cell is None:
        here = instance(adapter, neighbourhood)
        kind = ANY[adapter.prefix] if adapter.is_per_token else adapter
        general = _general(encoding, kind, neighbourhood, assuming)
        cell = Cell(encoding, adapter, neighbourhood, place, UNPROVED, here.statement(general, "cell"))
        left, right = _unfolded(general)
        sides = here.plain(left), here.plain(right)
        breaking = _breaking(encoding, adapter, neighbourhood, place)
        keys = [(place, item.name) for item, _ in breaking]
        spots = [] if known is None else list(dict.fromkeys(spot for key in keys for spot in known.get(key, ())))
        setting = setting_of((encoding, adapter, neighbourhood))
        found = search(cell.statement, sides, setting, place, spots)
        if found is not None and not found.spot.values:
            found = simplest(found, sides, setting)
        if found is None:
            cell = _by_itself(cell)
        else:
            cell = replace(cell, verdict=REFUTED, found=found, reasons=tuple(sentence for _, sentence in breaking))
            if known is not None:
                for key in keys:
                    known[key] = [found.spot, *(spot for spot in known.get(key, ()) if spot != found.spot)]
    return replace(cell, seconds=time.perf_counter() - start)


@cache
def assumed(encoding: Encoding, place: str) -> Assumed:
    """The hypotheses of an encoding that its meanings satisfy on a place, as far as can be seen."""
    setting = setting_of((encoding,))
    return tuple(item for item in encoding.assuming if held_on(item, setting, place) != FAILS)


def only_seen(encoding: Encoding, place: str) -> Assumed:
    """The hypotheses that are assumed on a place, and of which only some instances were seen to hold.

    Of a file's meanings no more is known than their values near the unit, and on the smallest instances.
    """
    setting = setting_of((encoding,))
    given = assumed(encoding, place)
    return tuple(item for item in given if not encoding.is_shipped or held_on(item, setting, place) != SHOWN)


def setting_of(ingredients: Sequence[Encoding | Adapter | Neighbourhood]) -> Setting:
    """All that the ingredients say about their symbols, with a size for every dimension: 1 where none is needed."""
    meaning, support, sizes = {}, {}, Sizes()
    for item in ingredients:
        meaning |= item.meaning
        support |= getattr(item, "support", {})
    sorts = next((dict(item.sorts) for item in ingredients if isinstance(item, Adapter)), {})
    for item in ingredients:
        for name, size in item.sizes.items():
            sizes.put(substitute_sort(dim(name), sorts), size)
    return Setting(meaning, support, sizes)


def _parts(encoding: Encoding, adapter: Adapter, neighbourhood: Neighbourhood) -> Parts:
    """The layer of a cell."""
    if neighbourhood.of_pair is not None:
        domain = neighbourhood.of_pair(i, j)
    elif neighbourhood.of_difference is not None:
        domain = neighbourhood.of_difference(Pair.difference)
    else:
        raise KernelError(f"{neighbourhood.name} does not say whom a token attends to")
    return Parts(encoding, adapter, domain if neighbourhood.cut is None else domain & neighbourhood.cut(j))


@cache
def _general(encoding: Encoding, adapter: Adapter, neighbourhood: Neighbourhood, assuming: Assumed) -> Statement:
    """The claim of a cell, before the formulas of a per-token adapter are put into it."""
    if neighbourhood.cut is not None:
        assuming = (*assuming, *(uncut if neighbourhood.interior else tokens)(neighbourhood))
    return claim("cell", _parts(encoding, adapter, neighbourhood).define(), assuming)


def attention(cell: Cell) -> tuple[Term, Term]:
    """What the two sides of a cell's claim give to the token j, and to the token that moves there."""
    weight = _parts(cell.encoding, cell.adapter, cell.neighbourhood).attention()
    here = instance(cell.adapter, cell.neighbourhood)
    before = lambda token: x_inv(x(token) - y)
    sides = weight(L(y, f))(i, j), weight(f)(before(i), before(j))
    return here.term(sides[0].term), here.term(sides[1].term)


@cache
def _unfolded(statement: Statement) -> tuple[Term, Term]:
    return unfold_completely(statement.left), unfold_completely(statement.right)


def _by_lemma(
    encoding: Encoding, adapter: Adapter, neighbourhood: Neighbourhood, place: str, assuming: Assumed
) -> Cell | None:
    """The cell as an instance of the encoding's lemma, if it is one and the lemma is proved."""
    if not adapter.is_per_token or neighbourhood.of_difference is None:
        return None
    if neighbourhood.cut is None:
        general, theorem = lemma(encoding, adapter.prefix, assuming)
    elif neighbourhood.interior:
        general, theorem = interior_lemma(encoding, adapter.prefix, assuming, neighbourhood)
    else:
        return None
    if theorem is None:
        return None
    here = instance(adapter, neighbourhood)
    statement, theorem = here.statement(general, general.name), here.theorem(theorem)
    if not accepts(statement, theorem):
        return None
    return Cell(encoding, adapter, neighbourhood, place, PROVED, statement, theorem, lemma=general.name)


def _by_itself(cell: Cell) -> Cell:
    """The prover on the cell alone: for ingredients that no lemma covers."""
    try:
        theorem = prove(cell.statement.left, cell.statement.right, cell.statement.equations)
    except NotProved:
        return cell
    return replace(cell, verdict=PROVED, theorem=theorem) if accepts(cell.statement, theorem) else cell


def _breaking(
    encoding: Encoding, adapter: Adapter, neighbourhood: Neighbourhood, place: str
) -> list[tuple[Ingredient, str]]:
    """The ingredients that break the claim by themselves, each with what was lost, in a sentence."""
    found: list[tuple[Ingredient, str]] = []
    assuming = assumed(encoding, place)
    if lemma(encoding, False, assuming)[1] is None:
        lost = [item for item in encoding.assuming if item not in assuming]
        setting = setting_of((encoding,))
        found += [(encoding, _failed(item, setting, place)) for item in lost] or [(encoding, encoding.breaks)]
    elif adapter.prefix and lemma(encoding, True, assuming)[1] is None:
        found.append((adapter, adapter.breaks))
    if not adapter.is_per_token:
        found.append((adapter, adapter.breaks))
    if neighbourhood.of_pair is not None or (neighbourhood.cut is not None and not neighbourhood.interior):
        found.append((neighbourhood, neighbourhood.breaks))
    return [(item, sentence or f"No proof covers {item.title}, and the two sides differ.") for item, sentence in found]


def _failed(item: Hypothesis, setting: Setting, place: str) -> str:
    """A hypothesis that does not hold on the place, with the elements that show it."""
    found = failure(item, setting, place)
    if found is None:
        return f"Not on {place}: {item.says}."
    at, values = found
    elements = ", ".join(f"{name} = {at.text(value)}" for name, value in values.items())
    return f"It does not hold on {place} that {item.says}: on {at.label} it fails at {elements}."
