"""Brackets that do not match, and which of them is to blame."""

from __future__ import annotations

from symbolic_equiv.latex.reader import notation
from symbolic_equiv.latex.reader.errors import ReadError
from symbolic_equiv.latex.reader.tokens import BEGIN, CLOSE, END, LBRACE, LOPT, OPEN, RBRACE, ROPT, Token

MAX_NESTING = 100
"""Brackets in brackets."""

OPENERS = frozenset({OPEN, LBRACE, BEGIN, LOPT})
CLOSERS = {CLOSE: OPEN, RBRACE: LBRACE, END: BEGIN, ROPT: LOPT}


def matches(opening: Token, closing: Token) -> bool:
    return CLOSERS[closing.type] == opening.type and (opening.value == closing.value or opening.type in (LBRACE, LOPT))


class Nesting:
    """The brackets that are open, while tokens go by: forgiving, for cutting a display into expressions.

    A closing bracket closes the innermost one of its kind and all inside it; one that closes nothing is passed over.
    """

    def __init__(self) -> None:
        self.open: list[Token] = []

    @property
    def depth(self) -> int:
        return len(self.open)

    def pass_by(self, token: Token) -> None:
        if token.type in OPENERS:
            self.open.append(token)
        elif token.type in CLOSERS:
            for at in range(len(self.open) - 1, max(-1, len(self.open) - 1 - MAX_NESTING), -1):
                if matches(self.open[at], token):
                    del self.open[at:]
                    return


def check(tokens: list[Token]) -> None:
    """Raise ``ReadError`` that names the bracket at fault, unless all of them match.

    Of ``( [ )`` the ``[`` is to blame, which is open where the ``)`` comes; of ``( ] )`` the ``]``, which
    closes nothing; of ``( [`` the ``[``, the last one that nothing closes.
    """
    waiting: list[Token] = []
    for token in tokens:
        if token.type in OPENERS:
            waiting.append(token)
            if len(waiting) > MAX_NESTING:
                found = f"more than {MAX_NESTING} brackets, one in another"
                raise ReadError(token.span, found, f"at most {MAX_NESTING}", "name a part of the formula")
        elif token.type in CLOSERS:
            if waiting and matches(waiting[-1], token):
                waiting.pop()
            elif any(matches(opening, token) for opening in waiting):
                raise _unclosed(waiting[-1], f"{_spelled(token)} of {token.span.place}")
            elif waiting:
                opening = waiting[-1]
                found = f"{_spelled(token)} closes nothing"
                expected = f"{_closing(opening)}, for the {_spelled(opening)} of {opening.span.place}"
                raise ReadError(token.span, found, expected, "remove it, or open it")
            else:
                raise ReadError(token.span, f"{_spelled(token)} closes nothing", "", "remove it, or open it before")
    if waiting:
        raise _unclosed(waiting[-1], "end of the expression")


def _unclosed(opening: Token, before: str) -> ReadError:
    found = f"{_spelled(opening)} is never closed"
    return ReadError(opening.span, found, f"{_closing(opening)} before the {before}", "close it, or remove it")


def _spelled(token: Token) -> str:
    if token.type in (BEGIN, END):
        return rf"‘\{token.type.lower()}{{{token.value}}}’"
    if token.type == CLOSE:
        return f"‘{notation.CLOSES[token.value]}’"
    return f"‘{token.value}’"


def _closing(opening: Token) -> str:
    if opening.type == BEGIN:
        return rf"‘\end{{{opening.value}}}’"
    return f"‘{notation.CLOSES[opening.value]}’"
