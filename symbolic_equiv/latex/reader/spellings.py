"""The token of the grammar that each plain spelling stands for, from the tables of ``notation``."""

from __future__ import annotations

from symbolic_equiv.latex.reader import notation
from symbolic_equiv.latex.reader import tokens as tok

_TABLES = {
    tok.JOIN: {each: value for each, value in notation.JOINS.items() if each not in notation.BARS},
    tok.REL: notation.RELATIONS,
    tok.LOGIC: notation.LOGICAL,
    tok.AND: notation.CONNECTIVES,
    tok.ARROW: notation.ARROWS,
    tok.SIGN: notation.SIGNS,
    tok.TIMES: notation.MULTIPLICATIONS,
    tok.BIG: notation.BINDERS,
    tok.ACCENT: notation.ACCENTS,
    tok.NAME: notation.GREEK | notation.CONSTANTS,
    tok.OPEN: {each: value for each, value in notation.OPENING.items() if each not in notation.BARS},
    tok.CLOSE: notation.CLOSING,
    tok.FRAC: dict.fromkeys((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"), r"\frac"),
    tok.SQRT: {r"\sqrt": r"\sqrt"},
    tok.COLON: {":": ":", r"\colon": ":", r"\mid": r"\mid"},
    tok.LBRACE: {"{": "{"},
    tok.RBRACE: {"}": "}"},
    tok.SUB: {"_": "_", r"\sb": "_"},
    tok.SUP: {"^": "^", r"\sp": "^"},
    tok.PRIME: {"'": "'", "′": "'"},
    tok.COMMA: {",": ",", ";": ";"},
    tok.PERIOD: {".": "."},
}

SPELLINGS: dict[str, tuple[str, str]] = {
    each: (kind, value) for kind, table in _TABLES.items() for each, value in table.items()
}
"""Each spelling: its token type and canonical value (of a closing bracket, the opening one it belongs to)."""
