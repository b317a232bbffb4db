"""The map as a text table, CSV, JSON and LaTeX."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Sequence

from symbolic_equiv.family.atlas import Atlas, Theorem, not_applicable
from symbolic_equiv.family.ingredients import Adapter
from symbolic_equiv.family.render import cell_json
from symbolic_equiv.theories.statement import PROVED, REFUTED

WIDTH = 80
MARK = {PROVED: "✓", REFUTED: "✗"}


def terminal(found: Atlas) -> str:
    """One table for each class of adapters, for 80 columns; then groups and practice, and what does not apply."""
    rows = ["✓ proved for all sizes   ✗ refuted by a counterexample   ? undecided", ""]
    columns = found.columns
    for number, (neighbourhood, place) in enumerate(columns):
        rows += _wrapped(f"{_letter(number)}  {neighbourhood.title}, {place}", 2, 5)
    for adapters in found.classes:
        rows += ["", *_wrapped(", ".join(item.title for item in adapters), 0, 2)]
        rows.append(f"  {'':<32}" + " ".join(map(_letter, range(len(columns)))))
        for encoding in found.catalogue.encodings.values():
            marks = " ".join(MARK.get(found.cell(encoding, adapters[0], column).verdict, "?") for column in columns)
            rows.append(f"  {encoding.title:<32}{marks}")
    for title, theorems in (("Groups", found.groups), ("Practice", found.practice)):
        rows += ["", title, *(line for item in theorems for line in _theorem(item))]
    rows += ["", "Not applicable"]
    rows += [
        line
        for name, place, why in not_applicable(found.catalogue)
        for line in _wrapped(f"{name} on {place}: {why}", 2, 4)
    ]
    return "\n".join([*rows, "", found.summary, ""])


def _theorem(item: Theorem) -> list[str]:
    return _wrapped(f"{MARK.get(item.verdict, '?')} {item.title} ({item.name})", 2, 4)


def _letter(number: int) -> str:
    return chr(ord("a") + number)


def as_json(found: Atlas) -> str:
    """One object: the cells with their theorem or counterexample, the other tables, the counts."""
    return json.dumps(
        {
            "schema": 1,
            "cells": [cell_json(cell) for cell in found.cells.values()],
            "groups": [vars(item) for item in found.groups],
            "practice": [vars(item) for item in found.practice],
            "not_applicable": [
                {"neighbourhood": name, "positions": place, "reason": why}
                for name, place, why in not_applicable(found.catalogue)
            ],
            "counts": dict(found.counts),
            "seconds": round(found.seconds, 2),
        },
        indent=1,
        ensure_ascii=False,
    ) + "\n"  # fmt: skip


def as_csv(found: Atlas) -> str:
    """One row a cell."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(["encoding", "adapter", "neighbourhood", "positions", "verdict", "theorem", "model", "reason"])
    for cell in found.cells.values():
        model = cell.found.place.label if cell.found is not None else ""
        names = (cell.encoding.name, cell.adapter.name, cell.neighbourhood.name, cell.place)
        write.writerow([*names, cell.verdict, cell.lemma, model, " ".join(cell.reasons)])
    return out.getvalue()


def latex(found: Atlas) -> str:
    """A table for each class of adapters, to be input by a document."""
    columns = found.columns
    rows = [
        "% \\usepackage{amssymb, graphicx}",
        "% ✓: proved for all sizes; ✗: refuted by a counterexample",
    ]
    for adapters in found.classes:
        rows += _latex_table(found, adapters, columns)
    return "\n".join(rows) + "\n"


def _latex_table(found: Atlas, adapters: Sequence[Adapter], columns: Sequence) -> list[str]:
    turned = [
        rf"\rotatebox{{90}}{{{_escaped(neighbourhood.title)}, {_places(place)}}}" for neighbourhood, place in columns
    ]
    rows = [rf"\begin{{tabular}}{{l{'c' * len(columns)}}}"]
    rows.append(
        rf"\multicolumn{{{len(columns) + 1}}}{{l}}{{{_escaped(', '.join(item.title for item in adapters))}}} \\"
    )
    rows.append(" & ".join(["encoding", *turned]) + r" \\ \hline")
    signs = {PROVED: r"$\checkmark$", REFUTED: r"$\times$"}
    for encoding in found.catalogue.encodings.values():
        marks = [signs.get(found.cell(encoding, adapters[0], column).verdict, "?") for column in columns]
        rows.append(" & ".join([_escaped(encoding.title), *marks]) + r" \\")
    return [*rows, r"\end{tabular}", ""]


def _places(place: str) -> str:
    return {"Z": r"$\mathbb{Z}$", "Z/n": r"$\mathbb{Z}/n$", "Z^2": r"$\mathbb{Z}^2$"}.get(place, _escaped(place))


def _escaped(text: str) -> str:
    special = {"&": r"\&", "%": r"\%", "_": r"\_", "#": r"\#", "³": "$^3$", "π": r"$\pi$", "\\": r"\textbackslash{}"}
    return "".join(special.get(c, c) for c in text)


def _wrapped(words: str, indent: int, hanging: int) -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * hanging, break_on_hyphens=False
    )
