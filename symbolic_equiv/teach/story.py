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

from symbolic_equiv.teach.feedback import formula

_PIECE = re.compile(r"\$(?P<formula>[^$]+)\$|\[\[(?P<word>[^|\]]+)\|(?P<meaning>[^\]]+)\]\]|\*(?P<strong>[^*]+)\*")
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
            written.append(formula(found["formula"]))
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
    from symbolic_equiv.report.page import page

    (chain,) = check(name).chains
    shown = page(chain)
    rows = []
    for step in shown.steps[first - 1 : last]:
        line = formula("".join(token.text for token in step.tokens))
        rows.append(
            f"<details><summary>{escape(step.because or step.rule)}</summary>"
            f'<p class="display">= {line}</p><p class="rule">rule: {escape(step.rule)}</p></details>'
        )
    return f'<div class="steps">{"".join(rows)}</div>'
