"""A counterexample for a page: the model with the symbols as they print, what it shows, and the two rows in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.plain import Plain
from symbolic_equiv.numeric.counterexample import Counterexample
from symbolic_equiv.report.blocks import Block, Math, Table, Words, words
from symbolic_equiv.report.counterexample import explanation

MOST = 8
"""So many entries of a row are shown."""


def refutation(found: Any, statement: Any) -> Iterator[Block]:
    """The parts of the page about a counterexample, or about whatever describes itself in rows."""
    rows = [(str(name), str(value)) for name, value in found.describe()]
    if not isinstance(found, Counterexample):
        yield Words(tuple(_listed([((name,), value) for name, value in rows], {})))
        return
    notation = Notation(statement.terms(), statement.multiplicative)
    names = {str(head.name): notation.name(head) for head in statement.variables()}
    names |= {sort.name: notation.sort(sort) for sort in statement.sorts()}
    *model, left, right = rows
    yield Words(("The two sides differ where ", *_listed(_together(model), names)))
    yield words(f"There the {left[0]} is {left[1]}, and the {right[0]} is {right[1]}.")
    said = explanation(found, Plain(statement))
    if said["sentence"]:
        yield words(said["sentence"])
    if said["rows"] and all(any(each.values()) for each in said["rows"]):
        head = [f"{what} {side}" for side in ("left", "right") for what in ("score", "weight", "value")]
        yield Table((("attends to", *head), *map(_numbers, said["rows"][:MOST])))


def _together(rows: list[tuple[str, str]]) -> list[tuple[tuple[str, ...], str]]:
    """Names that stand one after the other and have one value share it."""
    found: list[tuple[tuple[str, ...], str]] = []
    for name, value in rows:
        if found and found[-1][1] == value:
            found[-1] = ((*found[-1][0], name), value)
        else:
            found.append(((name,), value))
    return found


def _listed(rows: list[tuple[tuple[str, ...], str]], names: dict[str, str]) -> Iterator[str | Math]:
    for number, (same, value) in enumerate(rows):
        if number:
            yield "; "
        for place, name in enumerate(same):
            yield " = " if place else ""
            yield Math(names[name]) if name in names else name
        yield f" = {value}" + ("." if number == len(rows) - 1 else "")


def _numbers(row: dict[str, Any]) -> tuple[str | Math, ...]:
    cells: list[str | Math] = [str(row["attends_to"])]
    for side in ("left", "right"):
        entry = row[side]
        if entry is None:
            cells += ["not in the sum", "", ""]
            continue
        score = "" if entry["score"] is None else Math(f"{entry['score']:.2f}")
        cells += [score, Math(f"{entry['weight']:.2f}"), Math(", ".join(f"{value:.2f}" for value in entry["value"]))]
    return tuple(cells)
