"""What the checker says of a layer that is played with: proved on every ring, or refuted on one, and why."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from symbolic_equiv.teach.layer import Setting

PLACE = "Z/n"


def verdict(chosen: Setting) -> dict[str, Any]:
    """The verdict on the kind of layer: for all sizes, heads and ranks, whatever the sliders say."""
    return _verdict(chosen.encoding, chosen.adapter, chosen.neighbourhood)


@lru_cache(maxsize=512)
def _verdict(encoding: str, adapter: str, neighbourhood: str) -> dict[str, Any]:
    from symbolic_equiv.family.catalogue import Catalogue
    from symbolic_equiv.family.decide import decide
    from symbolic_equiv.family.tell import account

    known = Catalogue()
    cell = decide(known.encodings[encoding], known.adapters[adapter], known.neighbourhoods[neighbourhood], PLACE)
    said = account(cell)
    return {
        "word": cell.verdict,
        "claim": said.claim,
        "reasons": list(cell.reasons),
        "definitions": list(said.definitions),
        "hypotheses": [list(item) for item in said.hypotheses],
        "steps": [list(item) for item in said.steps],
        "axioms": list(said.axioms),
        "model": [list(item) for item in said.model],
        "sides": [said.left, said.right],
        "parting": said.parting,
    }
