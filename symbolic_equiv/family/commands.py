"""``symbolic-equiv ask`` and ``symbolic-equiv map``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from symbolic_equiv.script.loader import ScriptError
from symbolic_equiv.theories.statement import PROVED, REFUTED

if TYPE_CHECKING:
    from symbolic_equiv.family.atlas import Atlas
    from symbolic_equiv.family.catalogue import Catalogue

EXIT = {PROVED: 0, REFUTED: 1}
UNDECIDED = 1


def ask(args: argparse.Namespace) -> int:
    """One combination: the proof, or the counterexample."""
    from symbolic_equiv.family.catalogue import named
    from symbolic_equiv.family.decide import decide
    from symbolic_equiv.family.places import PLACES
    from symbolic_equiv.family.render import cell_json, cell_text
    from symbolic_equiv.family.tell import account

    catalogue = load(args.extra)
    encoding = named(catalogue.encodings, args.encoding, "encoding")
    adapter = named(catalogue.adapters, args.adapter, "adapter")
    neighbourhood = named(catalogue.neighbourhoods, args.neighbourhood, "neighbourhood")
    place = neighbourhood.places[0] if not args.positions else named(dict(zip(PLACES, PLACES)), args.positions, "place")
    if place not in neighbourhood.places:
        reason = neighbourhood.elsewhere or f"it is meant for {', '.join(neighbourhood.places)}"
        raise ScriptError(f"{neighbourhood.name} on {place} is not applicable: {reason}", "choose other positions")
    cell = decide(encoding, adapter, neighbourhood, place)
    if args.json:
        import json

        print(json.dumps(cell_json(cell, account(cell)), indent=1, ensure_ascii=False))
    else:
        print(cell_text(cell, account(cell)))
    return EXIT.get(cell.verdict, UNDECIDED)


def drawn_map(args: argparse.Namespace, progress: Callable[[str], None]) -> tuple[Atlas, str]:
    """Every combination, and the groups and layers of the bundled proofs, with the text that shows them.

    Where an output is named, the text is written there.
    """
    from symbolic_equiv.family.atlas import survey
    from symbolic_equiv.report.derive import has_folder

    write = _writer(args.format)
    if args.output:
        has_folder(args.output)
    found = survey(load(args.extra), progress)
    text = write(found)
    if args.output:
        with open(args.output, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    return found, text


def _writer(form: str) -> Callable[[Atlas], str]:
    from symbolic_equiv.family import tables

    if form == "html":
        from symbolic_equiv.family.html import map_html

        return map_html
    return {"terminal": tables.terminal, "json": tables.as_json, "csv": tables.as_csv, "latex": tables.latex}[form]


def load(extra: list[str]) -> Catalogue:
    """The shipped ingredients, and those of a user's files."""
    from symbolic_equiv.family.catalogue import Catalogue

    if not extra:
        return Catalogue()
    from symbolic_equiv.family.userfile import load_ingredients

    return Catalogue([item for path in extra for item in load_ingredients(path)])
