"""Parsing: tokens to a tree, with Lark's LALR parser and errors that say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from symbolic_equiv.latex.reader import brackets
from symbolic_equiv.latex.reader import tokens as tok
from symbolic_equiv.latex.reader.build import Builder
from symbolic_equiv.latex.reader.errors import ReadError
from symbolic_equiv.latex.reader.lexer import lex
from symbolic_equiv.latex.reader.macros import MAX_TOKENS, Macros, collect, expand
from symbolic_equiv.latex.reader.source import Source, Span
from symbolic_equiv.latex.reader.syntax import Node
from symbolic_equiv.latex.reader.tokens import ERROR, NUMBER, TEXT, Token, scan

if TYPE_CHECKING:
    from lark import Lark, UnexpectedToken

_DEFINES = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator|DeclarePairedDelimiter|[egx]?def|let)(?![A-Za-z])"
)
_OPERANDS = frozenset({tok.NAME, NUMBER, tok.OPEN, tok.BIG, tok.FRAC})
_LAYOUT = frozenset({tok.ROW, tok.AMPERSAND, tok.WIDE})


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from importlib.resources import files

    from lark import Lark
    from lark.lexer import Lexer

    class Given(Lexer):
        """No lexer: the tokens are fed to the parser one by one."""

        def __init__(self, _: object) -> None: ...

        def lex(self, *_: object) -> Iterator[Any]:
            yield from ()

    grammar = files("symbolic_equiv.latex.reader").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=Given, transformer=Builder(), maybe_placeholders=False)


def tokenise(span: Span, macros: Macros | None = None) -> list[Token]:
    """The tokens of a formula, layout among them, macros expanded.

    Raises ``ReadError`` if the formula is too long, or a macro call is wrong or expands too far.
    """
    macros = Macros() if macros is None else macros
    if _DEFINES.search(span.source.text, span.start, span.end):
        tokens = []
        for start, end in collect(span.source, span.start, span.end, macros):
            tokens.extend(expand(scan(span._replace(start=start, end=end)), macros))
    else:
        tokens = expand(scan(span), macros)
    if len(tokens) > MAX_TOKENS:
        found = f"a formula of {len(tokens)} tokens"
        raise ReadError(span._replace(end=span.start + 1), found, f"at most {MAX_TOKENS}", "split the formula")
    return lex(tokens)


def parse(text: str | Source | Span, macros: Macros | None = None) -> Node:
    """The syntax tree of a formula: a text, or a stretch of a source.

    Raises ``ReadError`` at the place where the formula stops making sense.

    >>> from symbolic_equiv.latex.reader import parse
    >>> parse(r"f(i)")
    Apply(function=Name(base='f', font='', accents=(), scripts=()), \
argument=Group(kind='(', body=Name(base='i', font='', accents=(), scripts=())), scripts=())
    """
    source = Source(text) if isinstance(text, str) else text
    span = source.span() if isinstance(source, Source) else source
    return parse_tokens(tokenise(span, macros), span)


def parse_tokens(tokens: list[Token], whole: Span) -> Node:
    """The tree of tokens that were cut out of the formula ``whole``; layout among them is passed over."""
    from lark.exceptions import UnexpectedToken

    tokens = [token for token in tokens if token.type not in _LAYOUT]
    for token in tokens:
        if token.type == ERROR and token.error is not None:
            raise token.error.with_traceback(None)
    if not tokens:
        raise ReadError(whole, "nothing where an expression should be", "a formula")
    brackets.check(tokens)
    try:
        state = _parser().parse_interactive()
        for token in tokens:
            state.feed_token(token)  # type: ignore[arg-type]
        return state.feed_eof()
    except UnexpectedToken as problem:
        raise _explained(problem, tokens) from None


def _explained(problem: UnexpectedToken, tokens: list[Token]) -> ReadError:
    """What Lark found and would have taken, in words."""
    wants_operand = bool(_OPERANDS & set(problem.expected))
    expected = "a symbol, a number or an opening bracket" if wants_operand else "an operator, a relation or the end"
    if not isinstance(problem.token, Token):  # the end of the formula
        last = tokens[-1]
        end = last.span._replace(start=max(last.span.start, last.span.end - 1))
        return ReadError(end, f"the expression ends after {_spelled(last)}", expected, "write what is missing")
    token = problem.token
    at = next(at for at, each in enumerate(tokens) if each is token)
    after = f" after {_spelled(tokens[at - 1])}" if at else " at the beginning"
    advice = "write what is missing before it, or remove it" if wants_operand else "remove it, or put brackets around"
    if token.type == tok.PERIOD:
        advice = "end the formula here, or write the point of a number without a space"
    return ReadError(token.span, f"{_spelled(token)}{after}", expected, advice)


def _spelled(token: Token) -> str:
    text = " ".join(token.span.text.split())
    kind = "the text " if token.type == TEXT else ""
    return f"{kind}‘{text if len(text) <= 30 else text[:29] + '…'}’"
