"""The page of what is bundled: the names that ``ask`` knows, and the proofs that ``check`` knows."""

from __future__ import annotations

from formulas import display

from symbolic_equiv.family.catalogue import Catalogue
from symbolic_equiv.family.ingredients import Ingredient
from symbolic_equiv.family.places import PLACES
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.statements import equation
from symbolic_equiv.script.loader import bundled, bundled_path, load
from symbolic_equiv.theories.statement import PROVED, Statement

INTRODUCTION = """\
# What there is to ask and check

The names that `symbolic-equiv ask` and `map` know, and the proofs that `symbolic-equiv check`, `refute` and `derive`
know by name.
"""


def page() -> str:
    """The page in Markdown."""
    known = Catalogue()
    parts = [INTRODUCTION]
    for title, option, found in (
        ("Encodings", "encoding", known.encodings),
        ("Adapters", "adapter", known.adapters),
        ("Neighbourhoods", "neighbourhood", known.neighbourhoods),
    ):
        parts += [f"## {title}\n", f"For `--{option}`.\n", *map(_ingredient, found.values())]
    places = ", ".join(f"`{name}`" for name in PLACES)
    parts += ["## Positions\n", f"For `--positions`: {places}.\n", "## Bundled proofs\n"]
    statements = [item.statement for name in bundled() for item in load(bundled_path(name))]
    return "\n".join([*parts, *map(_proof, statements)])


def _ingredient(item: Ingredient) -> str:
    where = f" On {', '.join(f'`{name}`' for name in item.places)}." if getattr(item, "places", ()) else ""
    words = f"{item.title}: {item.says}".translate(str.maketrans({letter: f"\\{letter}" for letter in "_*[]|"}))
    return f"`{item.name}`\n\n:   {words}{where}\n"


def _proof(item: Statement) -> str:
    claim = equation(item.left, item.right, Notation(item.terms(), item.multiplicative))
    expected = "" if item.expected == PROVED else f" Expected: {item.expected}."
    idea = f" {item.says}" if item.says else ""
    return f"### {item.name}\n\n{item.title}.{expected}{idea}\n\n{display(claim.latex)}\n"
