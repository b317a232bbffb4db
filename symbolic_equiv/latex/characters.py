"""The Unicode character of each command that the reader knows."""

from __future__ import annotations

from symbolic_equiv.latex.reader import notation

_MORE = {
    r"\sim": "∼",
    r"\simeq": "≃", r"\perp": "⟂", r"\ll": "≪", r"\gg": "≫", r"\hookrightarrow": "↪", r"\twoheadrightarrow": "↠",
    r"\rightrightarrows": "⇉", r"\uplus": "⊎", r"\setminus": "∖", r"\land": "∧", r"\lor": "∨", r"\bigsqcup": "⨆",
    r"\biguplus": "⨄", r"\coprod": "∐", r"\bmod": "mod", r"\triangleright": "▷", r"\triangleleft": "◁", r"\prime": "′",
    r"\boxtimes": "⊠", r"\diamond": "⋄", r"\wr": "≀", r"\vdash": "⊢", r"\models": "⊨", r"\trianglelefteq": "⊴",
    r"\{": "{", r"\}": "}", r"\lvert": "|", r"\rvert": "|", r"\rVert": "‖", r"\rfloor": "⌋", r"\rceil": "⌉",
    r"\rangle": "⟩", r"\vdots": "⋮", r"\ddots": "⋱", r"\ddagger": "‡", r"\square": "□", r"\aleph": "ℵ", r"\hbar": "ℏ",
    r"\imath": "ı", r"\jmath": "ȷ", r"\Re": "ℜ", r"\Im": "ℑ", r"\mid": "∣", ":=": "≔", "=:": "≕", "-": "−", "'": "′",
    "!": "!", ":": ":", ",": ",", ";": ";", "/": "/", "+": "+", "=": "=", "<": "<", ">": ">", "(": "(", ")": ")",
    "[": "[", "]": "]", "|": "|", r"\gets": "←", r"\cdot": "·", r"\ast": "∗", r"\bullet": "•", r"\|": "‖",
}  # fmt: skip


_TABLES = (
    notation.RELATIONS, notation.LOGICAL, notation.CONNECTIVES, notation.ARROWS, notation.SIGNS, notation.JOINS,
    notation.BINDERS, notation.MULTIPLICATIONS, notation.OPENING, notation.BARS, notation.GREEK, notation.CONSTANTS,
)  # fmt: skip
_CANONICAL = {spelling: canonical for table in _TABLES for spelling, canonical in table.items()}
_CHARACTERS = {
    canonical: spelling
    for spelling, canonical in reversed(_CANONICAL.items())
    if len(spelling) == 1 and not spelling.isascii()
} | _MORE
_APART = {
    canonical
    for table in (notation.RELATIONS, notation.LOGICAL, notation.CONNECTIVES, notation.ARROWS, notation.MULTIPLICATIONS)
    for canonical in table.values()
}


def character(command: str) -> str | None:
    """The Unicode character of a command in any of its spellings, where there is one.

    >>> character(r"\\leqslant"), character(r"\\leq"), character(r"\\kern")
    ('≤', '≤', None)
    """
    return _CHARACTERS.get(_CANONICAL.get(command, command))


def stands_apart(command: str) -> bool:
    """Whether a command is a relation or joins two operands: there is room on both sides of it."""
    return _CANONICAL.get(command, command) in _APART
