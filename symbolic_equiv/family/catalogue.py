"""The ingredients there are: the shipped ones, one a file, and those of a user's files."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from importlib import import_module
from typing import Any

from symbolic_equiv.family.ingredients import Adapter, Encoding, Ingredient, Neighbourhood
from symbolic_equiv.script.loader import ScriptError

ENCODINGS = (
    "relative_key shaw t5 relative_bias transformer_xl deberta rope rope_periodic alibi "
    "absolute sinusoidal deberta_absolute alibi_raw"
)
ADAPTERS = "any_map lora rslora dora adalora loha lokr vera ia3 orthogonal prefix prompt position_gated dropout"
NEIGHBOURHOODS = "all_tokens window dilated causal_window sequence_interior open_window causal_mask sequence"


OWN = frozenset(
    ["f", "F", "i", "j", "h", "y", "D", "phi_qry", "phi_key", "phi_val", "phi_out", "prefix_key", "prefix_value"]
)
"""The symbols of the claim itself, of which an ingredient may assume nothing."""


class Catalogue:
    """Encodings, adapters and neighbourhoods by name, in the order of the map."""

    def __init__(self, more: Iterable[Ingredient] = ()) -> None:
        self.encodings: dict[str, Encoding] = {}
        self.adapters: dict[str, Adapter] = {}
        self.neighbourhoods: dict[str, Neighbourhood] = {}
        for item in (
            *_load("encodings", ENCODINGS),
            *_load("adapters", ADAPTERS),
            *_load("neighbourhoods", NEIGHBOURHOODS),
            *more,
        ):
            self.add(item)

    def add(self, item: Ingredient) -> None:
        """Add one more.  Raises ``ScriptError`` for a name that is taken, or a symbol that is not its own."""
        self._check_symbols(item)
        tables: list[tuple[type, dict[str, Any]]]
        tables = [(Encoding, self.encodings), (Adapter, self.adapters), (Neighbourhood, self.neighbourhoods)]
        for kind, table in tables:
            if isinstance(item, kind):
                if item.name in table:
                    raise ScriptError(f"there is already an ingredient {item.name!r}", "give it another name")
                table[item.name] = item

    def _check_symbols(self, item: Ingredient) -> None:
        """The claim's own symbols stand for themselves, and a symbol has one meaning in the whole map."""
        sides = [side for each in item.assuming for equation in each.equations for side in equation]
        said = sorted({str(head.name) for side in sides for head in side.variables} & OWN)
        if said:
            raise ScriptError(f"{item.name} assumes something of {', '.join(said)}", "assume it of symbols of your own")
        for other in (*self.encodings.values(), *self.adapters.values(), *self.neighbourhoods.values()):
            for name in item.meaning.keys() & other.meaning.keys():
                if not item.is_shipped and item.meaning[name] is not other.meaning[name]:
                    raise ScriptError(
                        f"{item.name} gives {name!r} a meaning, as {other.name} does", "choose another name"
                    )


def _load(folder: str, names: str) -> list[Any]:
    kind = folder[:-1].upper()
    return [getattr(import_module(f"symbolic_equiv.family.{folder}.{name}"), kind) for name in names.split()]


def named(table: dict[str, Any], name: str, kind: str) -> Any:
    """The entry of that name.  Raises ``ScriptError`` with the nearest names."""
    key = name.strip().lower().replace("_", "-").replace(" ", "-")
    by_key = {known.lower(): known for known in table}
    if key in by_key:
        return table[by_key[key]]
    near = [by_key[known] for known in get_close_matches(key, by_key, n=3, cutoff=0.5)]
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(table)}"
    raise ScriptError(f"there is no {kind} {name!r}", hint)
