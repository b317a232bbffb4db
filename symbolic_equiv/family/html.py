"""The map as one page that needs nothing from elsewhere: the table, and behind each cell its proof or its picture.

All words go into the page as data and are written by the script as text, never as markup.
"""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from typing import Any

from symbolic_equiv.family.atlas import Atlas, Theorem, not_applicable
from symbolic_equiv.family.decide import Cell
from symbolic_equiv.family.tell import account, proof_of_lemma, symbols_of
from symbolic_equiv.theories.statement import PROVED

DIGITS = 6


def map_html(found: Atlas) -> str:
    """The page."""
    style, script = (
        files("symbolic_equiv.family").joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "page.js")
    )
    data = json.dumps(_data(found), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    first, *rest = found.catalogue.adapters.values()
    options = "".join(f'<option value="{escape(item.name)}">{escape(item.title)}</option>' for item in (first, *rest))
    absent = "".join(
        f"<li>{escape(f'{name} on {place}: {why}')}</li>" for name, place, why in not_applicable(found.catalogue)
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What keeps attention equivariant</title>
<style>{style}</style>
</head>
<body>
<h1>What keeps attention equivariant, and what breaks it</h1>
<p>Each cell is the claim m[L_y f](i) = L_y[m f](i) for one encoding, adapter and neighbourhood: ✓ proved for all sizes,
✗ refuted by a counterexample. Choose a cell to see the proof or the counterexample.
<span class="dim">{escape(found.summary.split(";")[0])}.</span></p>
<main>
<p><label for="adapter">Adapter</label> <select id="adapter">{options}</select> <span id="says" class="dim"></span></p>
<p id="now" class="dim" role="status"></p>
{_table(found)}
{_theorems("Groups", found.groups)}
{_theorems("Practice", found.practice)}
<h2>Not applicable</h2>
<ul>{absent}</ul>
</main>
<dialog aria-labelledby="heading"><button class="close" type="button">Close</button><div></div></dialog>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def _table(found: Atlas) -> str:
    heads = "".join(
        f'<th scope="col">{escape(item.title)},<br>{escape(place)}</th>' for item, place in found.columns
    )  # fmt: skip
    rows = []
    for encoding in found.catalogue.encodings.values():
        cells = "".join(
            f'<td><button type="button" data-encoding="{escape(encoding.name)}" data-place="{escape(place)}" '
            f'data-neighbourhood="{escape(item.name)}" data-column="{escape(f"{item.title}, {place}")}"></button></td>'
            for item, place in found.columns
        )
        rows.append(f'<tr><th scope="row">{escape(encoding.title)}</th>{cells}</tr>')
    return (
        '<table class="map"><caption class="dim">Encodings by neighbourhoods and positions</caption>'
        f'<thead><tr><th scope="col">encoding</th>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )


def _theorems(title: str, theorems: tuple[Theorem, ...]) -> str:
    rows = "".join(
        f'<tr><td><b class="{escape(item.verdict)}">{escape(item.verdict)}</b></td><td>{escape(item.title)}</td>'
        f"<td><code>{escape(item.name)}</code></td></tr>"
        for item in theorems
    )
    head = '<tr><th scope="col">verdict</th><th scope="col">claim</th><th scope="col">proof</th></tr>'
    return f"<h2>{title}</h2><table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _data(found: Atlas) -> dict[str, Any]:
    catalogue = found.catalogue
    every = [*catalogue.encodings.values(), *catalogue.adapters.values(), *catalogue.neighbourhoods.values()]
    lemmas: dict[str, Any] = {}
    cells = {"|".join(key): _cell(cell, lemmas) for key, cell in found.cells.items()}
    return {
        "titles": {item.name: item.title for item in every},
        "says": {item.name: item.says for item in every},
        "instances": {
            **{item.name: symbols_of(item, None) for item in catalogue.adapters.values()},
            **{item.name: symbols_of(None, item) for item in catalogue.neighbourhoods.values()},
        },
        "lemmas": lemmas,
        "cells": cells,
    }


def _cell(cell: Cell, lemmas: dict[str, Any]) -> dict[str, Any]:
    if cell.verdict == PROVED:
        told = proof_of_lemma(cell)
        key = f"{cell.lemma}|{','.join(name for name, _ in told.hypotheses)}"
        if key not in lemmas:
            lemmas[key] = {
                "definitions": told.definitions,
                "hypotheses": [f"{name.replace('_', ' ')}: {says}" for name, says in told.hypotheses],
                "steps": told.steps,
                "axioms": told.axioms,
            }
        return {"verdict": cell.verdict, "lemma": key, "neighbourhood": cell.neighbourhood.name}
    told = account(cell)
    rows = [[row.token, row.source, round(row.left, DIGITS), round(row.right, DIGITS)] for row in told.rows]
    return {
        "verdict": cell.verdict,
        "reasons": cell.reasons,
        "model": told.model,
        "left": told.left,
        "right": told.right,
        "rows": rows,
        "parting": told.parting,
    }
