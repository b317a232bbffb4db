"""What is said to a learner: verdicts and words, with formulas between dollars until a page is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Any

from symbolic_equiv.latex.plain import spelled
from symbolic_equiv.teach.moves import Move

RIGHT, SEVERAL, WRONG, UNREADABLE, UNDECIDED = "right", "several steps", "wrong", "unreadable", "undecided"

_FORMULA = re.compile(r"\$([^$]+)\$")
_IN_WORDS = re.compile(_FORMULA.pattern + r"([,.;:)?]*)")

SHORT = 24
"""A formula of so many signs is not broken between two lines of text."""


@dataclass(frozen=True)
class Feedback:
    """The answer to one line of a learner.

    ``numbers`` are the rows (name, value) of a smallest model in which the line fails, ``caret`` the line with the
    place underlined that cannot be read, ``moves`` the rules that the step uses.
    """

    verdict: str
    message: str
    moves: tuple[Move, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    caret: str = ""

    @property
    def is_right(self) -> bool:
        return self.verdict == RIGHT

    def to_json(self) -> dict[str, Any]:
        """For other programs, formulas in plain text."""
        return {
            "verdict": self.verdict,
            "message": plain(self.message),
            "rules": [move.name for move in self.moves],
            "counterexample": dict(self.numbers),
            "caret": self.caret,
        }


def plain(message: str) -> str:
    """A message as plain text.

    >>> plain("It is $x^{-1}(x(i))$.")
    'It is x⁻¹(x(i)).'
    """
    return _FORMULA.sub(lambda at: spelled(at[1]), message)


def html(message: str) -> str:
    """A message as HTML: everything escaped, formulas in MathML."""
    written, at = [], 0
    for found in _IN_WORDS.finditer(message):
        written += [escape(message[at : found.start()]), in_words(found[1], found[2])]
        at = found.end()
    return "".join([*written, escape(message[at:])])


def in_words(latex: str, behind: str = "") -> str:
    """A formula in running text: a short one stays together, and what stands behind it stays with its end.

    >>> in_words("p", ",")
    '<span class="together"><math><mi>p</mi></math>,</span>'
    """
    written = formula(latex)
    front, sign, last = ("", "", written) if len(plain(f"${latex}$")) <= SHORT else written.rpartition("<math>")
    return f'{front}<span class="together">{sign}{last}{escape(behind)}</span>'


def formula(latex: str) -> str:
    """A formula in MathML; one that the reader cannot take in, as it is spelled."""
    from symbolic_equiv.latex.reader import ReadError, parse
    from symbolic_equiv.report.mathml import mathml

    try:
        return mathml(parse(latex))
    except ReadError:
        return f"<code>{escape(spelled(latex))}</code>"
