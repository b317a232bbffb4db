"""Cells as text and as JSON."""

from __future__ import annotations

import textwrap
from typing import Any

from symbolic_equiv.family.decide import Cell, only_seen
from symbolic_equiv.family.tell import Account, Row
from symbolic_equiv.latex.counted import counted
from symbolic_equiv.theories.statement import PROVED

WIDTH = 80
BAR = 20

UNDECIDED = (
    "Neither a proof nor a counterexample was found. A lemma about the symbols of the encoding may help the prover "
    "(lemmas=…, as in symbolic_equiv/family/encodings/rope.py)."
)


def cell_text(cell: Cell, told: Account) -> str:
    """A cell in plain text: the verdict, then the proof in lines or the counterexample with its two rows of weights."""
    rows = [
        f"{cell.encoding.name} × {cell.adapter.name} × {cell.neighbourhood.name} on {cell.place}: {cell.verdict}",
        "",
    ]
    for item in (cell.encoding, cell.adapter, cell.neighbourhood):
        rows += _wrapped(f"{item.title}: {item.says}", 2, 4)
    rows += ["", f"    {told.claim}", "", "  where"]
    rows += [line for item in told.definitions for line in _indented(item)]
    if cell.verdict == PROVED:
        rows += _proof(cell, told)
    else:
        rows += _counterexample(cell, told) if told.model else ["", *_wrapped(UNDECIDED, 2, 2)]
    return "\n".join(rows)


def _proof(cell: Cell, told: Account) -> list[str]:
    rows = [line for item in told.instances for line in _indented(item)]
    rows.append("  assuming")
    for name, says in told.hypotheses:
        rows += _wrapped(f"{name}: {says}", 4, 6)
    if told.steps:
        rows += [
            "",
            *_wrapped(f"an instance of {cell.lemma}, proved for all per-token maps and every predicate D:", 2, 4),
            "",
        ]
    for number, (formula, reason) in enumerate(told.steps):
        first, *rest = formula.splitlines()
        rows += [("  = " if number else "    ") + first, *("    " + line for line in rest)]
        if reason:
            rows += _wrapped(reason, 8, 8)
        rows.append("")
    return [*rows, *_wrapped(f"from {counted(len(told.axioms), 'axiom')}: {', '.join(told.axioms)}", 2, 4)]


def _counterexample(cell: Cell, told: Account) -> list[str]:
    rows = [""]
    for reason in cell.reasons:
        rows += _wrapped(reason, 2, 2)
    rows += ["", "  counterexample"]
    for name, value in told.model:
        rows += _wrapped(f"{name} = {value}", 4, 8)
    rows += [f"    left side  {told.left}", f"    right side {told.right}", ""]
    if told.rows:
        rows += ["  who is attended to (left: the moved signal; right: before the move)", *map(_bars, told.rows), ""]
    return [*rows, *_wrapped(told.parting, 2, 2)]


def _bars(row: Row) -> str:
    sides = (
        f"{'█' * round(BAR * max(0.0, min(1.0, weight))):<{BAR}} {weight:6.3f}" for weight in (row.left, row.right)
    )
    return f"    {row.token:>7} {next(sides)}    {row.source:>7} {next(sides)}".rstrip()


def cell_json(cell: Cell, told: Account | None = None) -> dict[str, Any]:
    """A cell as an object that ``json`` can write."""
    found: dict[str, Any] = {
        "encoding": cell.encoding.name,
        "adapter": cell.adapter.name,
        "neighbourhood": cell.neighbourhood.name,
        "positions": cell.place,
        "verdict": cell.verdict,
        "seconds": round(cell.seconds, 4),
    }
    if cell.theorem is not None:
        used = [h for h in cell.statement.hypotheses if set(h.equations) & cell.theorem.hypotheses]
        found |= {"theorem": cell.lemma or cell.statement.name, "hypotheses": [h.name for h in used]}
        seen = {item.name for item in only_seen(cell.encoding, cell.place)}
        found["seen_near_0_only"] = [h.name for h in used if h.name in seen]
        found["axioms"] = sorted(axiom.name for axiom in cell.theorem.axioms)
    if cell.found is not None:
        place, gap = cell.found.place, cell.found.gap
        found |= {"reasons": list(cell.reasons), "model": place.label, "relative": float(gap.relative)}
    if told is not None:
        found |= {"claim": told.claim, "definitions": list(told.definitions)}
        if told.steps:
            found["steps"] = [{"formula": formula, "because": reason} for formula, reason in told.steps]
            found["instances"] = list(told.instances)
        if told.model:
            found["counterexample"] = {
                "values": dict(told.model),
                "left": told.left,
                "right": told.right,
                "attention": [row._asdict() for row in told.rows],
                "says": told.parting,
            }
    return found


def _wrapped(words: str, indent: int, hanging: int) -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * hanging, break_on_hyphens=False
    )


def _indented(text: str) -> list[str]:
    return ["    " + line for line in text.splitlines()]
