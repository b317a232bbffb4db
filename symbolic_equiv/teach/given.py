"""What an exercise gives, line by line, as it was read: for a page in any format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symbolic_equiv.latex.reader import ReadError, read_chains
from symbolic_equiv.latex.reader.source import Source
from symbolic_equiv.latex.reader.syntax import Node
from symbolic_equiv.teach.exercise import Exercise

WORDS = {"declare": "let", "define": "put", "assume": "assume"}


@dataclass(frozen=True)
class Given:
    """A declaration, definition or assumption: words, and expressions with the relation and the remark of each."""

    words: str
    parts: tuple[tuple[str, Node, str], ...]


def given(exercise: Exercise) -> Iterator[Given]:
    """The lines of the context of an exercise; those that cannot be read are left to ``exercise check``."""
    for line in exercise.context_text.splitlines():
        keyword, _, rest = line.strip().partition(" ")
        words = WORDS.get(keyword, keyword)
        if keyword == "assume" and ":" in rest:
            name, _, rest = rest.partition(":")
            words = f"assume ({name.strip()})"
        try:
            lines = [each for chain in read_chains(Source(rest).span()) for each in chain.lines]
        except ReadError:
            continue
        parts = [
            (each.relation or "", each.expression, each.remark.text if each.remark else "")
            for each in lines
            if each.expression is not None
        ]
        if parts and len(parts) == len(lines):
            yield Given(words, tuple(parts))
