"""What there is to say of a cell: its proof in lines, or its counterexample and where the two sides part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from symbolic_equiv.family.decide import Cell, assumed, attention, only_seen
from symbolic_equiv.family.ingredients import Adapter, Encoding, Neighbourhood
from symbolic_equiv.family.lemmas import Assumed, Instance, lemma, own_lemmas
from symbolic_equiv.family.places import Element, Place
from symbolic_equiv.family.search import Found
from symbolic_equiv.kernel.sorts import BASE, Sort
from symbolic_equiv.kernel.terms import Head, eta
from symbolic_equiv.latex.plain import Plain
from symbolic_equiv.numeric.counterexample import enclosure
from symbolic_equiv.numeric.display import show
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.lattice import Given
from symbolic_equiv.numeric.models import Model, signature, unfold_completely
from symbolic_equiv.numeric.rigorous import PRECISIONS, Exact, bounds
from symbolic_equiv.script.explain import explain
from symbolic_equiv.theories.attention import h, i, j, x, x_inv, y
from symbolic_equiv.theories.language import Expr, one
from symbolic_equiv.theories.statement import PROVED, Statement, hypothesis

WIDTH = 76
NEAR = " (seen near 0 and on small instances only: an assumption about the rest)"


class Row(NamedTuple):
    """One key token: the weight that the left side gives it, and the right side to the token it came from."""

    token: str
    source: str
    left: float
    right: float


@dataclass(frozen=True)
class Account:
    """A cell in words and formulas, for any page.

    ``steps`` are lines of a proof with their reasons, ``instances`` what the symbols in them are here; ``model`` is
    the world of the counterexample in rows, ``rows`` its two rows of attention.
    """

    claim: str
    definitions: tuple[str, ...] = ()
    hypotheses: tuple[tuple[str, str], ...] = ()
    instances: tuple[str, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    axioms: tuple[str, ...] = ()
    model: tuple[tuple[str, str], ...] = ()
    left: str = ""
    right: str = ""
    rows: tuple[Row, ...] = ()
    parting: str = ""


def account(cell: Cell) -> Account:
    """All that can be said of a cell."""
    plain = Plain(cell.statement, WIDTH)
    claim = "m[L_y[f]](i) = L_y[m[f]](i)"
    if cell.verdict == PROVED:
        return _proof(cell, claim)
    if cell.found is None:
        return Account(claim, tuple(_definitions(cell)))
    rows = attention_rows(cell, cell.found)
    return Account(
        claim,
        tuple(_definitions(cell)),
        model=tuple(_model(cell.found, cell, plain)),
        left=enclosure(cell.found.gap.left),
        right=enclosure(cell.found.gap.right),
        rows=rows,
        parting=_parting(cell.found, rows),
    )


def _definitions(cell: Cell) -> list[str]:
    plain = Plain(cell.statement, WIDTH)
    return [plain.definition(item) for item in cell.statement.definitions() if item.name != "softmax"]


def _proof(cell: Cell, claim: str) -> Account:
    """The lemma's proof in lines, and what its symbols are here."""
    told = proof_of_lemma(cell)
    return replace(told, claim=claim, instances=tuple(symbols_of(cell.adapter, cell.neighbourhood)))


def proof_of_lemma(cell: Cell) -> Account:
    """The proof that the theorem of a cell is an instance of; of a cell proved by itself, what there is to say."""
    seen = {item.name for item in only_seen(cell.encoding, cell.place)}
    hypotheses = tuple(
        (item.name, item.says + (NEAR if item.name in seen else "")) for item in cell.statement.hypotheses
    )
    axioms = tuple(sorted(axiom.name for axiom in cell.theorem.axioms)) if cell.theorem else ()
    if not cell.lemma:
        return Account("", tuple(_definitions(cell)), hypotheses, axioms=axioms)
    definitions, steps = _lines(cell.encoding, cell.adapter.prefix, assumed(cell.encoding, cell.place))
    if cell.neighbourhood.interior:
        cut, whole = "m_cut, the layer that is cut off", "m, the same layer without a cut"
        edges = (
            (f"{cut}, is {whole}, at i", "nothing is cut off there (by uncut_after)"),
            (f"{whole}, is {cut}, at i − y", "nothing is cut off there (by uncut_before)"),
        )
        steps = (edges[0], *steps, edges[1])
    return Account("", definitions, hypotheses, steps=steps, axioms=axioms)


@cache
def _lines(encoding: Encoding, prefix: bool, assuming: Assumed) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The definitions of a lemma and the lines of its proof, each with its reason."""
    general, _ = lemma(encoding, prefix, assuming)
    plain = Plain(general, WIDTH)
    lines = explain(general, lemmas=own_lemmas(encoding, assuming)).lines
    reason = lambda item: f"{item.because} (by {item.rule})" if item.because else ""
    definitions = tuple(plain.definition(item) for item in general.definitions() if item.name != "softmax")
    return definitions, tuple((plain.formula(item.term), reason(item)) for item in lines)


def symbols_of(adapter: Adapter | None, neighbourhood: Neighbourhood | None) -> list[str]:
    """``φ_qry(v) = …`` and ``D(d) ⇔ …``: what the symbols of a lemma become."""
    values = Instance(adapter or Adapter("", "", ""), neighbourhood or Neighbourhood("", "", "")).values
    shown = Statement(
        "symbols",
        one(),
        one(),
        (hypothesis("values", "", *((Expr(eta(head)), Expr(value)) for head, value in values.items())),),
    )
    plain = Plain(shown, WIDTH)
    return [plain.equation(eta(head), value) for head, value in values.items()]


def attention_rows(cell: Cell, found: Found) -> tuple[Row, ...]:
    """Whom the two sides attend to, for the first head: the keys with a weight on either side."""
    place, model = found.place, found.model
    left, right = (unfold_completely(term) for term in attention(cell))
    rows = []
    for token in place.elements(4):
        here = model.with_values({j.head: np.array(place.number(token)), h.head: np.array(0)})
        weights = [_number(term, here) for term in (left, right)]
        if any(weights):
            source = place.add(token, place.negative(found.step))
            rows.append(Row(place.text(token), place.text(source), *weights))
    return tuple(rows)


def _number(term: Any, model: Model) -> float:
    low, high = bounds(Exact(model, PRECISIONS[0]).value(term, ()))
    return float((low + high) / 2)


def _parting(found: Found, rows: tuple[Row, ...]) -> str:
    """Where the two sides part, in a sentence."""
    place = found.place
    token, step = place.text(found.token), place.text(found.step)
    if not rows:
        return ""
    worst = max(rows, key=lambda row: abs(row.left - row.right))
    if abs(worst.left - worst.right) < 1e-9:
        return f"Both sides give the same weights at i = {token}; the values that they weigh differ."
    return (
        f"At i = {token} the layer of the moved signal gives token {worst.token} the weight {worst.left:.2f}; "
        f"before the move, the token that came there by y = {step}, token {worst.source}, had {worst.right:.2f}."
    )


def _model(found: Found, cell: Cell, plain: Plain) -> list[tuple[str, str]]:
    """Names and values: the place, the token and the translation, then every symbol, meanings at the tokens in play."""
    place, token, step = found.place, found.token, found.step
    near = place.elements(2) if place.is_finite else sorted(
        {place.add(p, q) for p in (token, place.add(token, place.negative(step)), place.unit) for q in place.ball(1)}
    )  # fmt: skip
    rows = [("positions", place.label), ("tokens", "one at each position, x the identity")]
    rows += [("i", place.text(token)), ("y", place.text(step))]
    for head in cell.statement.variables():
        if head in (x.head, x_inv.head, i.head, y.head):
            continue
        value = found.model.values[head]
        function = (
            value.function if isinstance(value, Given) else _entries(value) if type(value) is np.ndarray else None
        )
        try:
            told = show(head, value, found.model) if function is None else _function(head, function, found, near)
        except NoModel:
            continue
        rows.append((plain.name(str(head.name)), told))
    return rows


def _entries(table: np.ndarray) -> Callable[..., Any]:
    """A table as a function of its indices, for numbers and vectors."""
    nested = lambda part: tuple(map(nested, part)) if np.ndim(part) else Fraction(part)
    return lambda *at: nested(table[at])


def _function(head: Head, function: Callable[..., Any], found: Found, near: list[Element]) -> str:
    """What a function is at the tokens in play."""
    place, model = found.place, found.model
    sorts, result = signature(head.sort)
    spans = [[place.number(p) for p in near] if sort.cls == BASE else range(_size(sort, model)) for sort in sorts]
    if not spans:
        return _text(function(), place, result)
    labels = lambda at: ", ".join(
        place.text(place.element(p)) if sort.cls == BASE else str(p + 1)
        for p, sort, span in zip(at, sorts, spans)
        if len(span) > 1  # there is one head
    )
    values = {at: function(*at) for at in product(*spans)}
    if result.name == "Bool":
        chosen = [labels(at) for at, holds in values.items() if holds]
        return "{" + ", ".join(f"({each})" if len(spans) > 1 else each for each in chosen) + "}"
    texts = {at: _text(each, place, result) for at, each in values.items()}
    if len(texts) > 1 and len(set(texts.values())) == 1:
        return f"{next(iter(texts.values()))} everywhere"
    return "; ".join(f"{labels(at)} ↦ {text}" if labels(at) else text for at, text in texts.items())


def _size(sort: Sort, model: Model) -> int:
    return 7 if sort.name == "Nat" else model.size(sort)


def _text(value: Any, place: Place, sort: Sort) -> str:
    if sort.cls == BASE:
        return place.text(place.element(value))
    if type(value) is tuple:
        parts = [_text(part, place, sort) for part in value]
        return parts[0] if len(parts) == 1 else f"[{', '.join(parts)}]"
    return str(value)
