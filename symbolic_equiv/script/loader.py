"""Where proof scripts are, and how they are loaded."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec

from symbolic_equiv.script.proposition import Proposition


class ScriptError(Exception):
    """A proof script that cannot be found or run; ``hint`` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def folder() -> str:
    """The folder of the bundled proofs: inside the installed package, or beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for place in (os.path.join(package, "proofs"), os.path.join(os.path.dirname(package), "proofs")):
        if os.path.isdir(place):
            return place
    raise ScriptError("the bundled proofs are missing", "install symbolic_equiv again")


def bundled() -> list[str]:
    """The names of the bundled proofs; no two are the same, whatever folder they are in."""
    return sorted(_files())


@cache
def _files() -> dict[str, str]:
    """The file of each bundled proof, by its name."""
    root = folder()
    places = [root, *(entry.path for entry in os.scandir(root) if entry.is_dir() and entry.name[0] not in "_.")]
    found = [(name[:-3], os.path.join(place, name)) for place in places for name in os.listdir(place)]
    return {name: path for name, path in found if path.endswith(".py") and not name.startswith("_")}


def bundled_path(name: str) -> str:
    """The file of a bundled proof.  Raises ``ScriptError`` with the nearest name if there is none."""
    if name in _files():
        return _files()[name]
    import difflib  # only needed where a name is wrong

    near = difflib.get_close_matches(name, bundled(), n=1, cutoff=0.55)
    hint = f"did you mean {near[0]}? " if near else ""
    raise ScriptError(f"there is no bundled proof called {name!r}", hint + "'symbolic-equiv list' shows them all")


@cache
def proof(name: str) -> Proposition:
    """The bundled proposition of that name, to be held: ``proof("…").explicit(n=3, d_in=2)``.

    >>> proof("permutation_equivariance").statement.title
    'LoRA self-attention without positions is permutation equivariant'
    """
    return next(item for item in load(bundled_path(name)) if item.name == name)


def load(path: str) -> list[Proposition]:
    """Run a script and return its propositions in the order in which it declares them.

    The script is run as Python: only for files that the user names.
    """
    try:
        with open(path, encoding="utf-8") as file:
            file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise ScriptError(f"{path} cannot be read: {error}", "name a readable Python file") from None
    name = os.path.splitext(os.path.basename(path))[0]
    loader = SourceFileLoader(name, path)
    spec = ModuleSpec(name, loader, origin=path)
    spec.has_location = True
    module = module_from_spec(spec)
    sys.modules.setdefault(name, module)
    loader.exec_module(module)
    return propositions(vars(module))


def propositions(namespace: dict) -> list[Proposition]:
    """The propositions among the values of a namespace."""
    return [value for value in namespace.values() if isinstance(value, Proposition)]
