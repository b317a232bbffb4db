"""Checking a document: read, judged, never executed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from symbolic_equiv.script.loader import ScriptError

if TYPE_CHECKING:
    from symbolic_equiv.document import Context
    from symbolic_equiv.judge.verdicts import JudgedDocument
    from symbolic_equiv.latex.reader import Document

ENDINGS = (".md", ".tex", ".ipynb")
BUDGET = 60.0
Progress = Callable[[str], None]
"""Is told in a few words what is being worked on."""


def is_document(path: str) -> bool:
    """Whether the ending is that of a derivation, as opposed to a proof script."""
    return os.path.splitext(path)[1].lower() in ENDINGS


def check_document(
    path: str,
    context: str = "",
    budget: float = BUDGET,
    seed: int = 0,
    numeric: bool = True,
    progress: Progress = lambda _: None,
) -> JudgedDocument:
    """Judge every equation of a document.  Raises ``ScriptError`` if it cannot be read at all.

    ``context`` is a file of declarations, definitions and assumptions, or the name of a shipped one.
    """
    from symbolic_equiv.document import read_derivation
    from symbolic_equiv.judge.judge import judge

    started = time.monotonic()
    progress(f"{path}: reading")
    document, user = load(path, context)
    derivation = read_derivation(document, user)
    left = budget - (time.monotonic() - started)
    return judge(derivation, path, left, seed, numeric, lambda place: progress(f"{path}: {place}"))


def load(path: str, context: str = "") -> tuple[Document, Context | None]:
    """A document and the user's context.  Raises ``ScriptError`` if one of them cannot be read at all."""
    from symbolic_equiv.latex.reader import read_document
    from symbolic_equiv.latex.reader.errors import DocumentError, ReaderError

    try:
        user = _context(context)
    except ReaderError as error:
        hint = f"name a file of declarations, or a shipped context: {', '.join(_shipped())}"
        said = error.problem if isinstance(error, DocumentError) else error
        raise ScriptError(f"the context {context} cannot be read: {said}", hint) from None
    try:
        document = read_document(path)
    except DocumentError as error:
        raise ScriptError(f"{path} cannot be read: {error.problem}", error.advice) from None
    if not document.chains and not document.errors:
        raise ScriptError(
            f"{path} has no equation to check", "displays are $$…$$, \\[…\\], equation, align and the like"
        )
    return document, user


def _shipped() -> list[str]:
    from symbolic_equiv.document import built_in_names

    return built_in_names()


def _context(name: str):
    from symbolic_equiv.document import built_in, built_in_names, load_context

    if not name:
        return None
    return built_in(name) if name in built_in_names() else load_context(name)


def context_text(name: str = "attention") -> str:
    """A shipped context, in the notation in which a document or a user may write their own."""
    from importlib.resources import files

    from symbolic_equiv.document import built_in_names

    if name not in built_in_names():
        raise ScriptError(f"there is no context called {name!r}", f"there are: {', '.join(built_in_names())}")
    return files("symbolic_equiv.document.contexts").joinpath(f"{name}.tex").read_text("utf-8")
