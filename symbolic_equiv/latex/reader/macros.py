"""Macros: ``\\newcommand``, ``\\def`` and their kin are collected from a document and expanded, within bounds.

Only substitution of arguments is done: no conditionals, no counters, no files.  A macro that calls
itself, or that doubles its text at each call, runs into the bounds and is reported at its call.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from symbolic_equiv.latex.counted import counted
from symbolic_equiv.latex.reader.errors import ReadError
from symbolic_equiv.latex.reader.source import Frame, Source, Span
from symbolic_equiv.latex.reader.tokens import CHARACTER, COMMAND, NUMBER, TEXT, Token, closing_brace, scan

MAX_CALLS = 5_000
"""Macro calls in one formula, the calls made by macros included."""

MAX_TOKENS = 30_000
"""Tokens of one formula, after expansion."""

MAX_BODY = 10_000
"""Characters in the definition of one macro."""

MAX_FRAMES = 50
"""Macro calls, each in an argument of the one before."""

MAX_BROKEN = 50
"""Definitions whose brace is never closed; after so many the document's other definitions are left alone."""


def _name(group: str) -> str:
    return rf"\s*+\{{?\s*+(?P<{group}>\\(?:[A-Za-z@]+|[^A-Za-z@\s{{}}]))\s*+\}}?\s*+"


_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand)(?![A-Za-z])\*?"
    + _name("new")
    + r"(?:\[\s*+(?P<arguments>\d)\s*+\]\s*+)?(?:\[(?P<default>[^\[\]]{0,200})\]\s*+)?(?P<body>\{)"
    rf"|\\DeclareMathOperator(?P<limits>\*?){_name('operator')}(?P<word>\{{)"
    rf"|\\DeclarePairedDelimiter{_name('pair')}\{{(?P<left>[^{{}}]{{0,80}})\}}\s*+\{{(?P<right>[^{{}}]{{0,80}})\}}"
    r"|\\[egx]?def\s*+(?P<def>\\(?:[A-Za-z@]+|[^A-Za-z@\s{}]))(?P<parameters>[^{}\n]{0,80})(?P<text>\{)"
    r"|\\let\s*+(?P<let>\\[A-Za-z@]+)\s*+=?\s*+(?P<target>\\[A-Za-z@]+)"
)
_PARAMETER = re.compile(r"#(\d)")


class Macro(NamedTuple):
    """What a name stands for: ``arguments`` of them, the first optional if there is a ``default``."""

    name: str
    arguments: int
    body: tuple[Token, ...]
    default: tuple[Token, ...] | None = None
    problem: str = ""
    starred: bool = False


class Macros:
    """The macros of a document, each in force from where it is defined."""

    def __init__(self) -> None:
        self._defined: dict[str, list[tuple[int, Macro]]] = {}
        self.broken = 0

    def __bool__(self) -> bool:
        return bool(self._defined)

    def define(self, at: int, macro: Macro) -> None:
        self._defined.setdefault(macro.name, []).append((at, macro))

    def get(self, name: str, at: int) -> Macro | None:
        """The macro that ``name`` is at an offset: the last one defined before it."""
        entries = self._defined.get(name)
        if not entries:
            return None
        index = bisect_right(entries, at, key=lambda entry: entry[0])
        return entries[index - 1][1] if index else None


def collect(source: Source, start: int, end: int, macros: Macros) -> list[tuple[int, int]]:
    """Enter the macros defined in a stretch of text; return what is left of it between the definitions."""
    left, position = [], start
    while macros.broken < MAX_BROKEN and (found := _DEFINITION.search(source.text, position, end)):
        left.append((position, found.start()))
        position = _define(source, found, end, macros)
    return [(first, last) for first, last in [*left, (position, end)] if first < last]


def define_at(source: Source, position: int, macros: Macros) -> int | None:
    """Enter the macro whose definition begins at ``position``; return where it ends, ``None`` if there is none."""
    found = _DEFINITION.match(source.text, position) if macros.broken < MAX_BROKEN else None
    return _define(source, found, len(source.text), macros) if found else None


def _define(source: Source, found: re.Match[str], end: int, macros: Macros) -> int:
    """Enter one definition and return where it ends."""
    at, whole = found.start(), Span(source, *found.span())
    if found["let"]:
        copied = macros.get(found["target"], at)
        body = tuple(scan(Span(source, *found.span("target"))))
        macros.define(at, (copied or Macro("", 0, body))._replace(name=found["let"]))
        return found.end()
    if found["pair"]:
        left, right = (tuple(scan(Span(source, *found.span(side)))) for side in ("left", "right"))
        argument = (Token(CHARACTER, "#", whole), Token(NUMBER, "1", whole))
        macros.define(at, Macro(found["pair"], 1, (*left, *argument, *right), starred=True))
        return found.end()
    name = found["new"] or found["operator"] or found["def"]
    close = closing_brace(Span(source, found.end(), min(end, found.end() + MAX_BODY)), found.end())
    if close is None:
        problem = f"the definition of {name} has a brace that is not closed within {MAX_BODY} characters"
        macros.define(at, Macro(name, 0, (), problem=problem))
        macros.broken += 1
        return found.end()
    body = tuple(scan(Span(source, found.end(), close)))
    if found["operator"]:
        command = Token(COMMAND, rf"\operatorname{found['limits']}", whole)
        opening, closing = (Token(CHARACTER, brace, whole) for brace in "{}")
        macros.define(at, Macro(name, 0, (command, opening, *body, closing)))
    elif found["new"]:
        default = None if found["default"] is None else tuple(scan(Span(source, *found.span("default"))))
        macros.define(at, Macro(name, int(found["arguments"] or 0), body, default))
    else:
        parameters = found["parameters"].strip()
        count = len(parameters) // 2
        plain = parameters == "".join(f"#{number}" for number in range(1, count + 1))
        problem = "" if plain else f"{name} is defined with delimited parameters ({parameters}), which are not read"
        macros.define(at, Macro(name, count, body, problem=problem))
    return close + 1


def expand(tokens: list[Token], macros: Macros) -> list[Token]:
    """Replace macro calls, also those that macros make, until none is left.

    Raises ``ReadError`` at the call that is wrong or that exceeds ``MAX_CALLS`` or ``MAX_TOKENS``.
    """
    if not macros or not tokens:
        return tokens
    at = tokens[0].span.start
    waiting, done, calls, made = tokens[::-1], [], 0, 0
    while waiting:
        token = waiting.pop()
        macro = macros.get(token.value, at) if token.type == COMMAND else None
        if macro is None:
            done.append(token)
            continue
        calls += 1
        call, arguments = _arguments(token, macro, waiting)
        made += len(macro.body) + sum(
            len(arguments[number - 1]) for number in _parameters(macro.body) if number <= len(arguments)
        )
        if calls > MAX_CALLS or made > MAX_TOKENS:
            bound = f"{MAX_CALLS} calls and {MAX_TOKENS} tokens"
            found = f"the macro {macro.name} expands without end, or too far"
            raise ReadError(_outermost(token.span), found, f"at most {bound} in a formula", "define it without itself")
        waiting.extend(reversed(_substitute(macro, call, arguments)))
    return done


def _outermost(span: Span) -> Span:
    while span.frame is not None:
        span = span.frame.call
    return span


def _parameters(body: tuple[Token, ...]) -> list[int]:
    return [int(body[at + 1].value[0]) for at in _parameter_places(body)]


def _parameter_places(body: tuple[Token, ...]) -> list[int]:
    return [
        at for at, token in enumerate(body[:-1]) if token.value == "#" and body[at + 1].value[:1].isdecimal()
    ]  # fmt: skip


def _arguments(token: Token, macro: Macro, waiting: list[Token]) -> tuple[Span, list[list[Token]]]:
    """Take the arguments of a call from what follows; the span of the whole call."""
    if macro.problem:
        raise ReadError(_outermost(token.span), macro.problem, "", "write its text out")
    end, arguments = token.span.end, []
    if macro.starred and waiting and waiting[-1].value == "*":
        end = waiting.pop().span.end
    for number in range(macro.arguments):
        if number == 0 and macro.default is not None:
            if not (waiting and waiting[-1].value == "["):
                arguments.append(list(macro.default))
                continue
            argument, last = _until("]", waiting, token, macro)
        elif waiting and waiting[-1].value == "{" and waiting[-1].type == CHARACTER:
            argument, last = _until("}", waiting, token, macro)
        elif waiting and waiting[-1].value != "}":
            last = waiting.pop()
            argument = [last]
        else:
            found = f"{macro.name} needs {counted(macro.arguments, 'argument')}, and has {number}"
            raise ReadError(_outermost(token.span), found, "an argument in braces")
        end = max(end, last.span.end) if last.span.frame is token.span.frame else end
        arguments.append(argument)
    return Span(token.span.source, token.span.start, end, token.span.frame), arguments


def _until(close: str, waiting: list[Token], token: Token, macro: Macro) -> tuple[list[Token], Token]:
    """The tokens inside the brackets that come next, and the closing one."""
    waiting.pop()
    taken: list[Token] = []
    depth = 0
    while waiting:
        last = waiting.pop()
        plain = last.type == CHARACTER
        if plain and last.value == close and depth == 0:
            return taken, last
        depth += (plain and last.value == "{") - (plain and last.value == "}")
        taken.append(last)
    found = f"an argument of {macro.name} is never closed"
    raise ReadError(_outermost(token.span), found, f"‘{close}’ before the end of the formula")


def _substitute(macro: Macro, call: Span, arguments: list[list[Token]]) -> list[Token]:
    """The body of a macro with its arguments in place: the body lies at the call, each argument in its frame."""
    depth = call.frame.depth + 1 if call.frame else 1
    if depth > MAX_FRAMES:
        raise ReadError(_outermost(call), f"macro calls nested more than {MAX_FRAMES} deep", "", "write the text out")
    framed: list[list[Token]] = []
    for argument in arguments:
        frame = Frame(call, depth)
        inside = [(token, token.span.frame is call.frame) for token in argument]
        framed.append([token.at(token.span._replace(frame=frame)) if own else token for token, own in inside])
    made: list[Token] = []
    places = set(_parameter_places(macro.body))
    for at, token in enumerate(macro.body):
        if at in places:
            continue
        if at - 1 in places:
            number, rest = int(token.value[0]), token.value[1:]
            if not 1 <= number <= len(arguments):
                has = counted(len(arguments), "argument")
                raise ReadError(_outermost(call), f"{macro.name} uses #{number}, and has {has}")
            made.extend(framed[number - 1])
            if rest:  # "#12" is the first argument and then a 2
                made.append(Token(token.type, rest, call))
        elif token.type == TEXT:
            made.append(Token(TEXT, _text(macro, token, call, arguments), call, token.font))
        else:
            made.append(token.at(call))
    return made


def _text(macro: Macro, token: Token, call: Span, arguments: list[list[Token]]) -> str:
    def written(parameter: re.Match[str]) -> str:
        number = int(parameter[1])
        known = 1 <= number <= len(arguments)
        return "".join(part.value for part in arguments[number - 1]) if known else parameter[0]

    text = _PARAMETER.sub(written, token.value)
    if len(text) > MAX_BODY:
        raise ReadError(_outermost(call), f"{macro.name} makes a text of {len(text)} characters", f"at most {MAX_BODY}")
    return text
