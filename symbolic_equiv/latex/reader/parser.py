"""Parsing: tokens to a tree, by the LALR table that Lark makes of the grammar, and errors that say what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from symbolic_equiv.latex.reader import brackets
from symbolic_equiv.latex.reader import tokens as tok
from symbolic_equiv.latex.reader.build import Builder
from symbolic_equiv.latex.reader.errors import ReadError
from symbolic_equiv.latex.reader.lexer import lex
from symbolic_equiv.latex.reader.macros import MAX_TOKENS, Macros, collect, expand
from symbolic_equiv.latex.reader.source import Source, Span
from symbolic_equiv.latex.reader.syntax import Node
from symbolic_equiv.latex.reader.table import shipped
from symbolic_equiv.latex.reader.tokens import ERROR, NUMBER, TEXT, Token, scan

_DEFINES = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator|DeclarePairedDelimiter|[egx]?def|let)(?![A-Za-z])"
)
_OPERANDS = frozenset({tok.NAME, NUMBER, tok.OPEN, tok.BIG, tok.FRAC})
_LAYOUT = frozenset({tok.ROW, tok.AMPERSAND, tok.WIDE})


class _Rule(NamedTuple):
    """A rule of the grammar: its left side, how many parts it has, and how their value is made."""

    name: str
    size: int
    build: Callable[[list[Any]], Any]
    inside: tuple[bool, ...]
    """For each part, whether it is a list of parts of this rule; empty if none is."""


def _same(parts: list[Any]) -> list[Any]:
    return parts


@lru_cache(maxsize=1)
def _table() -> tuple[list[dict[str, int]], list[_Rule], int]:
    """The states, the rules and the last state of the parse table."""
    found, builder = shipped(), Builder()

    def rule(name: str, method: str | None, alone: bool, inside: list[bool]) -> _Rule:
        build = _same if method is None else itemgetter(0) if alone and len(inside) == 1 else getattr(builder, method)
        return _Rule(name, len(inside), build, tuple(inside) if any(inside) else ())

    return found["states"], [rule(*each) for each in found["rules"]], found["end"]


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
    tokens = [token for token in tokens if token.type not in _LAYOUT]
    for token in tokens:
        if token.type == ERROR and token.error is not None:
            raise token.error.with_traceback(None)
    if not tokens:
        raise ReadError(whole, "nothing where an expression should be", "a formula")
    brackets.check(tokens)
    return _parsed(tokens)


def _parsed(tokens: list[Token]) -> Node:
    states, rules, end = _table()
    reached, values = [0], []
    for token in (*tokens, None):
        kind = "$END" if token is None else token.type
        while True:
            action = states[reached[-1]].get(kind)
            if action is None:
                raise _explained(token, states[reached[-1]], tokens)
            if action >= 0:
                reached.append(action)
                values.append(token)
                break
            name, size, build, inside = rules[~action]
            parts = values[len(values) - size :]
            del values[len(values) - size :], reached[len(reached) - size :]
            if inside:
                parts = _flat(parts, inside)
            reached.append(states[reached[-1]][name])
            values.append(build(parts))
            if token is None and reached[-1] == end:
                return values[-1]
    raise AssertionError("the table has no end")


def _flat(parts: list[Any], inside: tuple[bool, ...]) -> list[Any]:
    """The parts, with those of the lists among them; a list in front goes on, so that long ones take linear time."""
    found = parts[0] if inside[0] else [parts[0]]
    for part, is_list in zip(parts[1:], inside[1:], strict=True):
        found.extend(part if is_list else (part,))
    return found


def _explained(token: Token | None, expected: Iterable[str], tokens: list[Token]) -> ReadError:
    """What was found (no token: the end of the formula) and what the grammar would have taken, in words."""
    wants_operand = not _OPERANDS.isdisjoint(expected)
    expected = "a symbol, a number or an opening bracket" if wants_operand else "an operator, a relation or the end"
    if token is None:
        last = tokens[-1]
        end = last.span._replace(start=max(last.span.start, last.span.end - 1))
        return ReadError(end, f"the expression ends after {_spelled(last)}", expected, "write what is missing")
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
