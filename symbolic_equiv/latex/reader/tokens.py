"""LaTeX tokens: the text of a formula cut into commands, characters, numbers and pieces of ``\\text{…}``.

These are TeX's own tokens, before macros are expanded and before anything is known of mathematics:
``lexer.py`` makes those of the grammar from them.
"""

from __future__ import annotations

import re

from symbolic_equiv.latex.reader import notation
from symbolic_equiv.latex.reader.errors import ReadError
from symbolic_equiv.latex.reader.source import Span

MAX_FORMULA = 100_000
"""The longest formula, in characters: some fifty printed pages of it."""

COMMAND, TEXT, CHARACTER, NUMBER, ERROR = "COMMAND", "TEXT", "CHARACTER", "NUMBER", "ERROR"
"""TeX's tokens; ``TEXT``, ``NUMBER`` and ``ERROR`` are the grammar's too.  The others of the grammar:"""

NAME, OPEN, CLOSE, LBRACE, RBRACE = "NAME", "OPEN", "CLOSE", "LBRACE", "RBRACE"
SUB, SUP, PRIME, COMMA, COLON = "SUB", "SUP", "PRIME", "COMMA", "COLON"
REL, LOGIC, AND, ARROW, SIGN, JOIN, TIMES, BIG = "REL", "LOGIC", "AND", "ARROW", "SIGN", "JOIN", "TIMES", "BIG"
FRAC, SQRT, LOPT, ROPT, ACCENT = "FRAC", "SQRT", "LOPT", "ROPT", "ACCENT"
BEGIN, END, ROWSEP, CELL = "BEGIN", "END", "ROWSEP", "CELL"
ROW, AMPERSAND, WIDE, PERIOD = "ROW", "AMPERSAND", "WIDE", "PERIOD"
"""These last are layout: rows and cells of the display, wide spaces, a full stop.  The grammar never sees them."""

_TOKEN = re.compile(
    r"(?P<SPACE>\s+|(?:(?<!\\)%[^\n]*(?:\n[ \t]*)?)+)"
    r"|(?P<COMMAND>\\(?:operatorname\*|[A-Za-z@]+|[\s\S]|$))"
    r"|(?P<NUMBER>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<CHARACTER>\.\.\.|:=|=:|⁻¹|[\s\S])"
)
_BRACE = re.compile(r"\\[\s\S]|%[^\n]*|[{}]")
_ARGUMENT = re.compile(r"\s*\*?\s*\{")
_ONE_DIGIT_AFTER = frozenset({"^", "_", r"\frac", r"\dfrac", r"\tfrac", r"\sqrt"})
_RAISED = {"⁻¹": "-1", "ᵀ": "T", "ᵗ": "t", "²": "2"}
_VERBATIM = notation.TEXTS | notation.DROPPED_WITH_ARGUMENT | {r"\begin", r"\end"}


class Token:
    """A piece of a formula: ``type``, ``value`` in canonical spelling, and where it stands.

    ``font`` is that of a name, or the command of a piece of text; ``error`` is what is wrong with a
    token of type ERROR, raised only when the expression that holds it is parsed.
    """

    __slots__ = ("error", "font", "span", "type", "value")

    def __init__(self, type: str, value: str, span: Span, font: str = "", error: ReadError | None = None) -> None:
        self.type, self.value, self.span, self.font, self.error = type, value, span, font, error

    def at(self, span: Span) -> Token:
        """The same token in another place."""
        return Token(self.type, self.value, span, self.font, self.error)

    def __str__(self) -> str:
        return self.value

    def __repr__(self) -> str:
        return f"{self.type}({self.value!r})"


def error(span: Span, found: str, expected: str = "", advice: str = "") -> Token:
    """A token that raises when its expression is parsed, so that other expressions are read all the same."""
    return Token(ERROR, span.text[:40], span, error=ReadError(span, found, expected, advice))


def closing_brace(span: Span, at: int) -> int | None:
    """The offset of the brace that closes the one just before ``at``, or ``None`` if it stays open."""
    depth = 1
    for brace in _BRACE.finditer(span.source.text, at, span.end):
        depth += (brace[0] == "{") - (brace[0] == "}")
        if depth == 0:
            return brace.start()
    return None


def scan(span: Span) -> list[Token]:
    """The TeX tokens of a formula; spaces and comments are left out.

    Raises ``ReadError`` for a formula longer than ``MAX_FORMULA``.
    """
    source, position, end, frame = span
    if end - position > MAX_FORMULA:
        found = f"a formula of {end - position} characters"
        raise ReadError(Span(source, position, position + 1), found, f"at most {MAX_FORMULA}", "split the formula")
    text, tokens, match = source.text, [], _TOKEN.match
    previous = ""
    while position < end:
        found = match(text, position, end)
        if found is None:  # unreachable: CHARACTER matches anything
            break
        kind, value, start, position = found.lastgroup or "", found[0], position, found.end()
        if kind == "SPACE":
            continue
        if kind == "NUMBER":
            last = tokens[-2].value if len(tokens) > 1 and tokens[-1].type == NUMBER else ""
            if previous in _ONE_DIGIT_AFTER or last in _ONE_DIGIT_AFTER - {"^", "_", r"\sqrt"}:
                value, position = value[0], start + 1
        if value in _VERBATIM:
            token, position = _with_text(value, Span(source, start, end, frame))
            tokens.append(token)
        elif value in _RAISED:  # a superscript character stands for a script
            here = Span(source, start, position, frame)
            tokens.extend(
                Token(NUMBER if char.isdigit() else CHARACTER, char, here) for char in f"^{{{_RAISED[value]}}}"
            )
        else:
            tokens.append(Token(kind, value, Span(source, start, position, frame)))
        previous = value
    return tokens


def _with_text(command: str, rest: Span) -> tuple[Token, int]:
    """A command together with its argument, kept as the plain text that it is, and where reading goes on."""
    after = rest.start + len(command)
    opening = _ARGUMENT.match(rest.source.text, after, rest.end)
    here = Span(rest.source, rest.start, after, rest.frame)
    if opening is None:
        return error(here, f"{command} without its argument", f"{command}{{…}}"), after
    close = closing_brace(rest, opening.end())
    if close is None:
        brace = Span(rest.source, opening.end() - 1, opening.end(), rest.frame)
        advice = f"close the argument of {command}"
        return error(brace, "the brace ‘{’ is never closed", "‘}’ before the end of the formula", advice), rest.end
    content = rest.source.text[opening.end() : close]
    return Token(TEXT, content, Span(rest.source, rest.start, close + 1, rest.frame), command), close + 1
