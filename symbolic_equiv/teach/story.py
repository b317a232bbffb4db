"""The story that the lesson tells, in short chapters: text files with formulas, definitions and steps of a proof.

Of Markdown they use paragraphs, ``*emphasis*`` and ``$formulas$``; ``[[word|definition]]`` is a word that shows its
definition, and a line ``steps NAME 2-4`` stands for these steps of a bundled proof, each to be opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from symbolic_equiv.teach.feedback import formula, in_words

if TYPE_CHECKING:
    from symbolic_equiv.report.derivation import Move

_PIECE = re.compile(
    r"\$(?P<formula>[^$]+)\$(?P<behind>[,.;:)?]*)|\[\[(?P<word>[^|\]]+)\|(?P<meaning>[^\]]+)\]\]|\*(?P<strong>[^*]+)\*"
)
_STEPS = re.compile(r"steps (?P<name>\w+) (?P<first>\d+)-(?P<last>\d+)")


@dataclass(frozen=True)
class Chapter:
    """A short page: its name in addresses, its title, and its paragraphs as HTML."""

    name: str
    title: str
    source: str

    @property
    def html(self) -> str:
        """The chapter; ids of definitions are counted from 1."""
        number = iter(range(1, 1000))
        return "\n".join(_paragraph(text, number) for text in self.source.split("\n\n") if text.strip())


@cache
def chapters() -> dict[str, Chapter]:
    """The chapters by name, in their order."""
    found = files("symbolic_equiv.teach").joinpath("story").iterdir()
    read = {}
    for path in sorted((item for item in found if item.name.endswith(".md")), key=lambda item: item.name):
        title, _, rest = path.read_text(encoding="utf-8").partition("\n")
        name = path.name[3:-3]
        read[name] = Chapter(name, title.removeprefix("# ").strip(), rest.strip())
    return read


def _paragraph(text: str, number) -> str:
    found = _STEPS.fullmatch(text.strip())
    if found:
        return _steps(found["name"], int(found["first"]), int(found["last"]))
    display = re.fullmatch(r"\$\$(.+)\$\$", text.strip(), re.DOTALL)
    if display:
        return f'<p class="display">{formula(" ".join(display[1].split()))}</p>'
    return f"<p>{_inline(' '.join(text.split()), number)}</p>"


def _inline(text: str, number) -> str:
    written, at = [], 0
    for found in _PIECE.finditer(text):
        written.append(escape(text[at : found.start()]))
        at = found.end()
        if found["formula"]:
            written.append(in_words(found["formula"], found["behind"]))
        elif found["strong"]:
            written.append(f"<em>{escape(found['strong'])}</em>")
        else:
            name = f"meaning-{next(number)}"
            meaning = _inline(found["meaning"], number)
            written.append(
                f'<button type="button" class="term" aria-describedby="{name}">{escape(found["word"])}'
                f'<span role="tooltip" id="{name}">{meaning}</span></button>'
            )
    return "".join([*written, escape(text[at:])])


@cache
def _steps(name: str, first: int, last: int) -> str:
    """Steps of a bundled proof, as it was checked just now: the reason to be seen, the line to be opened."""
    from symbolic_equiv.report.check import check
    from symbolic_equiv.report.derivation import derivation

    (chain,) = check(name).chains
    return f'<div class="steps">{"".join(map(_step, derivation(chain).moves[first - 1 : last]))}</div>'


def _step(move: Move) -> str:
    """The reason; behind it the line with what is new in it, the rule, and what it replaced by what."""
    from symbolic_equiv.report.changes import NEW, OLD
    from symbolic_equiv.report.mathml import mathml

    line, step = move.line, move.step
    shown = formula(line.text) if line.tree is None else mathml(line.tree, (), "=", {NEW: line.new, OLD: line.old})
    rows = "".join(f"<li>{formula(before)} becomes {formula(after)}</li>" for before, after in move.replaced)
    return (
        f"<details><summary>{escape(step.because or step.rule)}</summary>"
        f'<p class="display">{shown}</p><p class="rule">rule: {escape(step.rule)}</p>'
        f"{f'<ul>{rows}</ul>' if rows else ''}</details>"
    )
