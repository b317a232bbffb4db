"""Lines: where a long formula is broken, and how wide it is.

A formula is a flat list of tokens.  Between them stand *breaks*, each with a weight: a line is broken
where the brackets around are few and the weight is small, by the cheapest way to fill all lines (the
total-fit idea of Knuth and Plass, "Breaking paragraphs into lines", 1981).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from symbolic_equiv.latex.names import SITE

TEXT, OPEN, CLOSE, BREAK = "text", "open", "close", "break"
COMMA, RELATION, SUM, OPERATOR, PRODUCT = 0, 2, 3, 300, 4
"""The weights of breaks: after a comma, before ∈, before + or −, after Σ (only if it must be), between factors."""

A4_TEXT = 46.0
"""The width in em of a line of the documents that ``report.latex`` makes, less than is really there."""

MARKS = "\x02\x03\x04\x05"
"""Characters that a report puts around parts of a line until it is broken; they have no width and never reach TeX."""

_LETTERS = {
    letter: size
    for letters, size in (
        (MARKS, 0.0),
        ("l|:;.!'", 0.32), ("ijt()[]", 0.44), ("bcerqszI", 0.5), ("adfghkopuvxy0123456789/", 0.58), (",", 0.45),
        ("nSL", 0.72), ("wAEFGJOPQRTUVYCZ", 0.78), ("mBDHKNX", 0.92), ("WM", 1.09),
    )
    for letter in letters
}  # fmt: skip
_COMMANDS = {
    "sum": 1.65, "bigcup": 1.3, "langle": 0.4, "rangle": 0.4, "quad": 1.0, "qquad": 2.0, "colon": 0.62, "exp": 1.55,
    "sqrt": 0.9, "top": 0.8, "Delta": 0.84, "rho": 0.54, "{": 0.5, "}": 0.5, "biggl": 0.3, "biggr": 0.3,
    "Biggl": 0.4, "Biggr": 0.4, "odot": 0.78, "oslash": 0.78, "otimes": 0.78, "lVert": 0.5, "rVert": 0.5,
    **dict.fromkeys(("bigl", "bigr", ",", ";", "!", " "), 0.18), **dict.fromkeys(("Bigl", "Bigr"), 0.2),
    **dict.fromkeys(("mathrm", "operatorname", "text", "overline", "hat", "tilde", "mathbb", "mathbf", "mathtt", "dot"),
                    0.0),
}  # fmt: skip
_RELATIONS = {
    "=": 0.78, "<": 0.78, ">": 0.78, r"\in": 0.67, r"\mapsto": 1.0, r"\to": 1.0, r"\iff": 2.6, r"\implies": 2.6,
    r"\sim": 0.78, r"\subseteq": 0.78,
}  # fmt: skip
_BINARY = {"+": 0.78, "-": 0.78, r"\wedge": 0.67, r"\land": 0.67, r"\cdot": 0.28, r"\times": 0.78}
_SCRIPT = 0.79
_CASES = re.compile(r"\\begin\{cases\}(.*?)\\end\{cases\}")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}_^]|\S")
_MARKS = re.compile(f"{SITE}.*?{SITE}")


class Token(NamedTuple):
    """``text`` is what prints; a break prints it only where the line goes on."""

    text: str
    kind: str = TEXT
    weight: int = 0


def width(latex: str) -> float:
    """About how wide a formula is, in em; a little more than it really is.

    >>> width("x") < width("x + y") < width(r"\\sum_{j \\in N(i)} x + y")
    True
    """
    total = 0.0
    latex = _MARKS.sub("", latex)
    for cases in _CASES.findall(latex):
        total += 2.7 + max(width(row) for row in cases.split(r"\\"))
    return total + _row(_TOKEN.findall(_CASES.sub("", latex))[::-1])


def _row(rest: list[str], script: bool = False) -> float:
    """The width of what comes up to the closing brace; ``rest`` is reversed, and consumed."""
    total = operator = below = above = widest = 0.0
    while rest:
        token = rest.pop()
        if token == "}":
            break
        if token == r"\\":
            widest, total = max(widest, total), 0.0
        elif token == "_":
            below = _SCRIPT * _one(rest, True)
        elif token == "^":
            above = _SCRIPT * _one(rest, True)
        else:
            total += max(operator, below, above)
            operator = below = above = 0.0
            if token in (r"\sum", r"\bigcup"):
                operator = _COMMANDS[token[1:]]
                total += 0.17
            elif token == r"\frac":
                total += max(_one(rest, script), _one(rest, script)) + 0.3
            elif token in _RELATIONS:
                total += _RELATIONS[token] + (0.0 if script else 0.56)
            elif token in _BINARY:
                total += _BINARY[token] + (0.0 if script else 0.45)
            else:
                rest.append(token)
                total += _one(rest, script)
    return max(widest, total + max(operator, below, above))


def _one(rest: list[str], script: bool) -> float:
    """The width of a letter, a command or a group."""
    token = rest.pop() if rest else "}"
    if token == "{":
        return _row(rest, script)
    if token.startswith("\\"):
        return _COMMANDS.get(token[1:], 0.67)
    return _LETTERS.get(token, 0.0 if token in "&}" else 0.67)


def one_line(tokens: Iterable[Token]) -> str:
    """The formula without a break."""
    return "".join(token.text for token in tokens)


def lines(tokens: Sequence[Token], room: float, first: float | None = None) -> list[tuple[int, str]]:
    """The formula in lines of at most ``room`` em (``first`` for the first), each with its indentation in quads.

    A line is too wide only if it has no break.
    """
    first = room if first is None else first
    whole = one_line(tokens)
    if width(whole) <= first:
        return [(0, whole)]
    parts, depths, weights = _split(tokens)
    widths = [width(part) for part in parts]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(parts) + 1):
        choices = []
        length = 0.0
        for start in range(end - 1, -1, -1):
            length += widths[start]
            space = room - _indent(depths[start]) if start else first
            if length > space and start < end - 1:
                break
            slack = max(space - length, 0.0) / space
            cost = 1e4 * max(length - space, 0.0) + (slack**2 if end < len(parts) else 0.0)
            if start:
                cost += _cost(depths, weights, start, end)
            choices.append((best[start][0] + cost, start))
        best.append(min(choices))
    cuts, end = [], len(parts)
    while end:
        cuts.append((best[end][1], end))
        end = best[end][1]
    return [
        (_indent(depths[start]) if start else 0, _join(tokens, start, end)) for start, end in reversed(cuts)
    ]  # fmt: skip


def _cost(depths: Sequence[int], weights: Sequence[int], start: int, end: int) -> float:
    """What a line costs that begins at ``start``: two breaks inside a bracket are better than one a bracket deeper."""
    cost = 3.0 ** min(depths[start], 9) * (1.0 + 0.1 * weights[start])
    return 1.4 * cost if _runs_on(depths, weights, start, end) else cost


def _runs_on(depths: Sequence[int], weights: Sequence[int], start: int, end: int) -> bool:
    """Whether a line goes on past a better break of the brackets it begins in, as ``+ b, c`` does in ``(a + b, c)``."""
    for place in range(start + 1, end):
        if depths[place] < depths[start]:
            return False
        if depths[place] == depths[start] and weights[place] < weights[start]:
            return True
    return False


def _indent(depth: int) -> int:
    return min(depth, 5) + 1


def _split(tokens: Sequence[Token]) -> tuple[list[str], list[int], list[int]]:
    """The parts between breaks; for each the brackets open before it and the weight of the break there."""
    parts, depths, weights, depth = [""], [0], [0], 0
    for token in tokens:
        if token.kind == BREAK:
            parts.append("")
            depths.append(depth)
            weights.append(token.weight)
        else:
            depth += {OPEN: 1, CLOSE: -1}.get(token.kind, 0)
            parts[-1] += token.text
    return parts, depths, weights


def _join(tokens: Sequence[Token], start: int, end: int) -> str:
    """The parts from ``start`` to before ``end``, on one line."""
    text, part = "", 0
    for token in tokens:
        if token.kind == BREAK:
            part += 1
            text += token.text if start < part < end else ""
        elif start <= part < end:
            text += token.text
    return text.strip()
