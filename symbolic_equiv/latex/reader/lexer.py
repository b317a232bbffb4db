"""From TeX tokens to the tokens of the grammar.

One pass names each token by the tables of ``notation``; a second, which sees both neighbours,
decides what only they can tell: an operator that stands for itself (``[\\bullet]``, ``X_{:,i}``,
``x^*``), a word that binds (``\\mathrm{Concat}_{h \\in [H]} a_h``), an ``\\wedge`` that means "and".
Bars open, close or separate according to what stands before them.

Nothing is raised here: a token that makes no sense has the type ERROR, so that the other expressions
of a display are read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from symbolic_equiv.latex.reader import notation
from symbolic_equiv.latex.reader.source import Span, join
from symbolic_equiv.latex.reader.tokens import CHARACTER, COMMAND, ERROR, NUMBER, TEXT, Token, error

NAME, OPEN, CLOSE, LBRACE, RBRACE = "NAME", "OPEN", "CLOSE", "LBRACE", "RBRACE"
SUB, SUP, PRIME, COMMA, COLON = "SUB", "SUP", "PRIME", "COMMA", "COLON"
REL, LOGIC, AND, ARROW, SIGN, JOIN, TIMES, BIG = "REL", "LOGIC", "AND", "ARROW", "SIGN", "JOIN", "TIMES", "BIG"
FRAC, SQRT, LOPT, ROPT, ACCENT = "FRAC", "SQRT", "LOPT", "ROPT", "ACCENT"
BEGIN, END, ROWSEP, CELL = "BEGIN", "END", "ROWSEP", "CELL"
ROW, AMPERSAND, WIDE, PERIOD = "ROW", "AMPERSAND", "WIDE", "PERIOD"
"""These last are layout: rows and cells of the display, wide spaces, a full stop.  The grammar never sees them."""

OPERATORS = frozenset({REL, LOGIC, AND, ARROW, SIGN, JOIN, TIMES})
_STARTS = frozenset({OPEN, LBRACE, COMMA, CELL, ROWSEP, BEGIN, LOPT})
_ENDS = frozenset({CLOSE, RBRACE, COMMA, CELL, ROWSEP, END, ROPT})
_OPERAND_ENDS = frozenset({NAME, NUMBER, TEXT, CLOSE, RBRACE, PRIME, END})
_LENGTH = re.compile(r"\[\s*-?\s*[\d.]+\s*(?:pt|em|ex|mm|cm|in|\\baselineskip)\s*\]")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]*")

_TABLES = (
    (REL, notation.RELATIONS), (LOGIC, notation.LOGICAL), (AND, notation.CONNECTIVES), (ARROW, notation.ARROWS),
    (SIGN, notation.SIGNS), (TIMES, notation.MULTIPLICATIONS), (BIG, notation.BINDERS),
    (ACCENT, notation.ACCENTS), (NAME, notation.GREEK), (NAME, notation.CONSTANTS),
)  # fmt: skip
_SIMPLE: dict[str, tuple[str, str]] = {
    **{spelling: (JOIN, value) for spelling, value in notation.JOINS.items() if spelling not in notation.BARS},
    **{spelling: (kind, value) for kind, table in _TABLES for spelling, value in table.items()},
    **{spelling: (OPEN, value) for spelling, value in notation.OPENING.items() if spelling not in notation.BARS},
    **{spelling: (CLOSE, value) for spelling, value in notation.CLOSING.items()},
    **dict.fromkeys((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"), (FRAC, r"\frac")),
    **dict.fromkeys((r"\mid",), (COLON, r"\mid")),
    **dict.fromkeys((":", r"\colon"), (COLON, ":")),
    r"\sqrt": (SQRT, r"\sqrt"), "{": (LBRACE, "{"), "}": (RBRACE, "}"), "_": (SUB, "_"), "^": (SUP, "^"),
    r"\sb": (SUB, "_"), r"\sp": (SUP, "^"), "'": (PRIME, "'"), "′": (PRIME, "'"), ",": (COMMA, ","), ";": (COMMA, ";"),
    ".": (PERIOD, "."),
}  # fmt: skip
_RAISED = {"⁻¹": "-1", "ᵀ": "T", "²": "2", "ᵗ": "t"}


class _Level:
    """An open bracket while lexing: its kind, and whether a pair of bars was closed in it."""

    __slots__ = ("bars_closed", "kind")

    def __init__(self, kind: str) -> None:
        self.kind, self.bars_closed = kind, False


def lex(raw: list[Token]) -> list[Token]:
    """The tokens of the grammar, with the layout tokens still among them."""
    return _settle(_Lexer(raw).run())


class _Lexer:
    def __init__(self, raw: list[Token]) -> None:
        self.raw, self.at = raw, 0
        self.out: list[Token] = []
        self.levels = [_Level("")]
        self.environments: list[str] = []
        self.handlers: dict[str, Callable[[Token], None]] = {
            **dict.fromkeys(notation.SIZES, self.size),
            **dict.fromkeys(notation.FONTS, self.font),
            **dict.fromkeys(notation.BARS, self.bar),
            **dict.fromkeys((r"\overset", r"\stackrel", r"\underset"), self.stacked),
            **dict.fromkeys((r"\\", r"\cr", r"\tabularnewline"), self.row),
            **dict.fromkeys((r"\newline",), self.row),
            **dict.fromkeys(notation.WRAPPERS, self.skip),
            **dict.fromkeys(("⁻", "ᵀ", "²", "ᵗ"), self.raised),
            r"\not": self.negated, r"\prime": self.prime, "&": self.cell, r"\substack": self.substack, "-": self.minus,
        }  # fmt: skip

    def run(self) -> list[Token]:
        while self.at < len(self.raw):
            token = self.raw[self.at]
            self.at += 1
            self.one(token)
        return self.out

    def one(self, token: Token) -> None:
        value = token.value
        if token.type == TEXT:
            self.text(token)
        elif token.type in (NUMBER, ERROR):
            self.out.append(token)
        elif value in notation.SPACES:
            pass
        elif handler := self.handlers.get(value):
            handler(token)
        elif simple := _SIMPLE.get(value):
            self.simple(token, *simple)
        elif value in notation.WIDE_SPACES:
            self.emit(WIDE, value, token.span)
        elif value in notation.FUNCTIONS:
            self.emit(NAME, value[1:], token.span, r"\mathrm")
        elif token.type == COMMAND:
            self.unknown(token)
        elif value.isalpha():
            self.emit(NAME, value, token.span)
        else:
            self.out.append(error(token.span, f"the character {value!r} has no meaning in a formula"))

    def emit(self, kind: str, value: str, span: Span, font: str = "") -> None:
        self.out.append(Token(kind, value, span, font))

    def following(self) -> str:
        return self.raw[self.at].value if self.at < len(self.raw) else ""

    @property
    def after_operand(self) -> bool:
        return bool(self.out) and self.out[-1].type in _OPERAND_ENDS

    def simple(self, token: Token, kind: str, value: str) -> None:
        if kind == NAME and value.startswith(r"\mathbb"):
            self.emit(NAME, value[8:-1], token.span, r"\mathbb")
        elif kind == LBRACE and self.following() == "}" and not (self.out and self.out[-1].type in (SUB, SUP, FRAC)):
            self.at += 1  # an empty group: only spacing, or something to hang an index on
        elif kind == CLOSE and self.levels[-1].kind == SQRT:
            self.emit(ROPT, "[", token.span)
            self.levels.pop()
        else:
            self.emit(kind, value, token.span)
            if kind == SQRT and self.following() == "[":
                self.emit(LOPT, "[", self.raw[self.at].span)
                self.levels.append(_Level(SQRT))
                self.at += 1
            if kind in (OPEN, LBRACE):
                self.levels.append(_Level(value))
            elif kind in (CLOSE, RBRACE) and len(self.levels) > 1:
                self.levels.pop()

    def unknown(self, token: Token) -> None:
        if token.value == "\\":
            self.out.append(error(token.span, "a lone backslash"))
        elif self.following() == "{":
            advice = rf"define it in the document: \newcommand{{{token.value}}}[1]{{…}}"
            self.out.append(
                error(token.span, f"the command {token.value} is not known, and has an argument", "", advice)
            )
        elif token.value[1:].isalpha():
            self.emit(NAME, token.value, token.span)
        else:
            self.out.append(error(token.span, f"the command {token.value} is not known"))

    def skip(self, token: Token) -> None:
        """Nothing is left of a command whose argument is read as it stands."""

    def minus(self, token: Token) -> None:
        if (
            self.out
            and self.out[-1].type in (SUB, SUP)
            and self.at < len(self.raw)
            and self.raw[self.at].type == NUMBER
        ):
            number = self.following()
            advice = f"put the index in braces: {self.out[-1].value}{{-{number}}}"
            self.out.append(error(token.span, f"‘{self.out[-1].value}-{number}’: only the minus is raised", "", advice))
        else:
            self.emit(SIGN, "-", token.span)

    def raised(self, token: Token) -> None:
        """A superscript character: ``ᵀ``, or ``⁻¹`` which is two."""
        spelled = token.value + ("¹" if token.value == "⁻" and self.following() == "¹" else "")
        self.at += len(spelled) - 1
        if spelled not in _RAISED:
            self.out.append(error(token.span, f"the character {token.value!r} has no meaning in a formula"))
            return
        self.emit(SUP, "^", token.span)
        self.emit(LBRACE, "{", token.span)
        for char in _RAISED[spelled]:
            self.emit(SIGN if char == "-" else NUMBER if char.isdigit() else NAME, char, token.span)
        self.emit(RBRACE, "}", token.span)

    def prime(self, token: Token) -> None:
        """``x^\\prime`` and ``x^{\\prime\\prime}`` are ``x'`` and ``x''``."""
        braced = len(self.out) > 1 and self.out[-1].type == LBRACE and self.out[-2].type == SUP
        if not braced and not (self.out and self.out[-1].type == SUP):
            self.emit(NAME, r"\prime", token.span)
            return
        primes = [token]
        while braced and self.following() == r"\prime":
            primes.append(self.raw[self.at])
            self.at += 1
        if braced and self.following() != "}":
            self.out.extend(Token(NAME, r"\prime", each.span) for each in primes)
            return
        if braced:
            self.at += 1
            self.out.pop()
            self.levels.pop()
        self.out.pop()
        self.out.extend(Token(PRIME, "'", each.span) for each in primes)

    # brackets and bars

    def size(self, token: Token) -> None:
        """``\\Bigg(`` and ``\\left(`` are ``(``; the null delimiter of ``\\right.`` is nothing."""
        if self.at == len(self.raw):
            self.out.append(error(token.span, f"{token.value} at the end of the formula", "a bracket"))
            return
        delimiter = self.raw[self.at]
        self.at += 1
        span = join((token.span, delimiter.span))
        value = {"<": r"\langle", ">": r"\rangle"}.get(delimiter.value, delimiter.value)
        if value == "." and token.value in (r"\left", r"\right"):
            return
        if value in notation.BARS:
            sides = {r"\left": OPEN, r"\right": CLOSE, r"\middle": COLON}
            sides |= {rf"\{size}{side}": kind for size in ("big", "Big", "bigg", "Bigg")
                      for side, kind in zip("lrm", (OPEN, CLOSE, COLON))}  # fmt: skip
            self.bar(Token(CHARACTER, value, span), sides.get(token.value, ""))
        elif value in (r"\{", r"\}") or (value in _SIMPLE and value not in "{}"):
            self.simple(Token(delimiter.type, value, span), *_SIMPLE[value])
        else:
            self.out.append(error(span, f"{token.value} before {delimiter.value!r}", "a bracket"))

    def bar(self, token: Token, side: str = "") -> None:
        kind = notation.BARS[token.value]
        top = self.levels[-1]
        concatenates = kind == r"\lVert" and self.following() == "_"
        if not side and top.kind == "bar" + kind and self.after_operand:
            side = CLOSE
        elif not side and concatenates:
            self.emit(BIG, r"\|", token.span)
            return
        elif not side and (not self.after_operand or top.bars_closed):
            side = OPEN
        if side == OPEN:
            self.emit(OPEN, kind, token.span)
            self.levels.append(_Level("bar" + kind))
        elif side == CLOSE:
            self.emit(CLOSE, kind, token.span)
            if len(self.levels) > 1:
                self.levels.pop()
            self.levels[-1].bars_closed = True
        elif kind == r"\lVert":
            self.emit(JOIN, r"\|", token.span)
        else:
            self.emit(COLON, r"\mid", token.span)

    # commands with arguments

    def font(self, token: Token) -> None:
        """A font and its letter, or an upright word; around anything else a font says nothing."""
        font = notation.FONTS[token.value]
        if self.following() == "*":  # \operatorname *
            self.at += 1
        if self.following() != "{":
            if self.at < len(self.raw):
                letter = self.raw[self.at]
                self.at += 1
                self.one(letter)
                if self.out and self.out[-1].type == NAME:
                    self.out[-1].font, self.out[-1].span = font, join((token.span, self.out[-1].span))
            return
        end, content = self.at + 1, []
        while end < len(self.raw) and self.raw[end].type in (CHARACTER, NUMBER) and self.raw[end].value not in "{}":
            content.append(self.raw[end].value)
            end += 1
        closed = end < len(self.raw) and self.raw[end].value == "}"
        if closed and _WORD.fullmatch("".join(content)):
            self.emit(NAME, "".join(content), join((token.span, self.raw[end].span)), font)
            if token.value in (r"\operatorname*", r"\mathop"):
                self.out[-1].font = r"\operatorname*"
            self.at = end + 1
        elif end == self.at + 1 and end + 1 < len(self.raw) and self.raw[end + 1].value == "}":
            single, close = self.raw[end], self.raw[end + 1]  # \boldsymbol{\rho}, \mathop{\sum}
            self.at = end + 2
            self.one(single)
            if self.out:
                self.out[-1].span = join((token.span, close.span))
                if self.out[-1].type == NAME and font != r"\mathrm":
                    self.out[-1].font = font

    def text(self, token: Token) -> None:
        command, content = token.font, token.value.strip()
        if command in (r"\begin", r"\end"):
            self.environment(token, command, content)
        elif command in notation.DROPPED_WITH_ARGUMENT:
            return
        elif self.is_name(token.value):
            self.emit(NAME, content, token.span, r"\mathrm")
        else:
            self.out.append(token)

    def is_name(self, content: str) -> bool:
        """Whether the text is a name in the formula rather than a remark on it."""
        if not _WORD.fullmatch(content) or content in notation.NOT_NAMES:
            return False
        ahead = self.following()
        applied = ahead in ("(", "[", "_", "^", r"\{", "{") or ahead in notation.SIZES
        return applied or not self.after_operand or len(self.levels) > 1

    def environment(self, token: Token, command: str, name: str) -> None:
        name = name.rstrip("*")
        if name in notation.TRANSPARENT:
            if command == r"\begin":
                self.optional()
        elif name not in notation.MATRICES:
            advice = "put the display into an environment of its own"
            self.out.append(error(token.span, f"the environment {name!r} inside a formula is not known", "", advice))
        elif command == r"\begin":
            self.emit(BEGIN, name, token.span)
            self.environments.append(name)
            self.levels.append(_Level(name))
            self.optional()
            if name == "array" and self.following() == "{":
                while self.at < len(self.raw) and self.raw[self.at].value != "}":
                    self.at += 1
                self.at += 1
        else:
            self.close_environment(name, token.span)

    def close_environment(self, name: str, span: Span) -> None:
        self.drop_punctuation()
        if self.out and self.out[-1].type == ROWSEP:
            self.out.pop()  # the \\ after the last row
        self.emit(END, name, span)
        if self.environments:
            self.environments.pop()
        if len(self.levels) > 1:
            self.levels.pop()

    def optional(self) -> None:
        """Leave out a position such as ``[t]``."""
        ahead = [token.value for token in self.raw[self.at : self.at + 3]]
        if len(ahead) == 3 and ahead[0] == "[" and ahead[1] in "tbc" and ahead[2] == "]":
            self.at += 3

    def substack(self, token: Token) -> None:
        """Conditions under one another are conditions with commas between them."""
        if self.following() != "{":
            self.out.append(error(token.span, r"\substack without its argument", r"\substack{…}"))
            return
        depth = 0
        for at in range(self.at, len(self.raw)):
            value = self.raw[at].value
            depth += (value == "{") - (value == "}")
            if value == r"\\" and depth == 1:
                self.raw[at] = Token(CHARACTER, ",", self.raw[at].span)
            if depth == 0:
                return

    def stacked(self, token: Token) -> None:
        """``\\overset{!}{=}`` is the relation below the mark; ``\\underset{j}{\\max}`` is ``\\max_{j}``."""
        mark, base = self.argument(), self.argument()
        if not mark or not base:
            self.out.append(error(token.span, f"{token.value} without its two arguments", rf"{token.value}{{…}}{{…}}"))
            return
        span = join((token.span, base[-1].span))
        inner = [each for each in base if each.value not in "{}"]
        relation = _SIMPLE.get(inner[0].value) if len(inner) == 1 else None
        if relation and relation[0] in (REL, LOGIC, ARROW):
            defines = relation[1] == "=" and "".join(each.value for each in mark).strip("{} ").endswith("def")
            self.emit(relation[0], ":=" if defines else relation[1], span)
            return
        brace = mark[0].value == "{"
        script = Token(CHARACTER, "_" if token.value == r"\underset" else "^", token.span)
        wrapped = mark if brace else [Token(CHARACTER, "{", token.span), *mark, Token(CHARACTER, "}", token.span)]
        if len(inner) == 1:
            base = inner
        self.raw[self.at : self.at] = [*base, script, *wrapped]

    def argument(self) -> list[Token]:
        """The raw tokens of the next argument, with its braces if it has them."""
        start, depth = self.at, 0
        while self.at < len(self.raw):
            value = self.raw[self.at].value
            self.at += 1
            depth += (value == "{") - (value == "}")
            if depth <= 0:
                break
        return self.raw[start : self.at]

    def negated(self, token: Token) -> None:
        relation = _SIMPLE.get(self.following(), ("", ""))[1]
        negation = {"=": r"\neq", r"\in": r"\notin", r"\neq": "="}.get(relation)
        if negation is None:
            self.out.append(error(token.span, r"\not before something that is not = or \in", r"\neq or \notin"))
            return
        self.emit(REL, negation, join((token.span, self.raw[self.at].span)))
        self.at += 1

    # rows and cells

    def row(self, token: Token) -> None:
        if self.following() == "*":
            self.at += 1
        here = token.span
        self.drop_punctuation()
        if length := _LENGTH.match(here.source.text, here.end) if self.following() == "[" else None:
            while self.at < len(self.raw) and self.raw[self.at].span.start < length.end():
                self.at += 1
        self.emit(ROWSEP if self.environments else ROW, r"\\", here)

    def drop_punctuation(self) -> None:
        """The comma at the end of a case belongs to the sentence."""
        if self.environments and self.out and self.out[-1].type in (COMMA, PERIOD):
            self.out.pop()

    def cell(self, token: Token) -> None:
        self.drop_punctuation()
        self.emit(CELL if self.environments else AMPERSAND, "&", token.span)


# what both neighbours decide

_LAYOUT = frozenset({ROW, AMPERSAND, WIDE})


def _settle(tokens: list[Token]) -> list[Token]:
    visible = [at for at, token in enumerate(tokens) if token.type not in _LAYOUT]
    for index, at in enumerate(visible):
        token = tokens[at]
        before = tokens[visible[index - 1]].type if index else ""
        after = tokens[visible[index + 1]].type if index + 1 < len(visible) else ""
        if token.type in OPERATORS or token.type == COLON:
            stands_alone = (before in _STARTS and after in _ENDS) or before in (SUB, SUP)
            opens_script = before == LBRACE and index > 1 and tokens[visible[index - 2]].type in (SUB, SUP)
            one_sided = token.type == COLON and (before in _STARTS or after in _ENDS)
            if stands_alone or one_sided or (opens_script and token.type == REL and after not in _ENDS):
                tokens[at] = Token(NAME, token.value, token.span)
        elif token.type == NAME and after == SUB and _binds(tokens, visible, index):
            tokens[at] = Token(BIG, token.value, token.span)
        if tokens[at].font == r"\operatorname*":
            tokens[at].font = r"\mathrm"
    if any(token.value in (r"\wedge", r"\vee") for token in tokens):
        _settle_wedges(tokens)
    return tokens


def _binds(tokens: list[Token], visible: list[int], index: int) -> bool:
    """Whether the word at ``index`` is a big operator: it has limits, and what follows them is no bracket."""
    word = tokens[visible[index]]
    if word.font not in (r"\mathrm", r"\operatorname*"):
        return False
    limits = word.font == r"\operatorname*" or word.value in notation.LIMITS
    at = index + 1
    while at < len(visible) and tokens[visible[at]].type in (SUB, SUP):
        at += 1
        depth = 0
        while at < len(visible):
            kind = tokens[visible[at]].type
            depth += (kind == LBRACE) - (kind == RBRACE)
            limits = limits or (kind == REL and depth > 0)
            at += 1
            if depth <= 0:
                break
    following = tokens[visible[at]].type if at < len(visible) else ""
    return limits and following in (NAME, NUMBER, BIG, FRAC, SQRT, ACCENT, LBRACE, BEGIN, TEXT)


def _settle_wedges(tokens: list[Token]) -> None:
    """An ``\\wedge`` between propositions (each with a relation of its own) is ``\\land``."""
    clauses: list[list[int]] = [[]]

    def settle(clause: list[int]) -> None:
        wedges = [at for at in clause if tokens[at].value in (r"\wedge", r"\vee")]
        if not wedges:
            return
        parts, relations = len(wedges) + 1, set()
        for at in clause:
            if tokens[at].type == REL:
                relations.add(sum(wedge < at for wedge in wedges[:50]))
        if len(relations) == min(parts, 51):
            for at in wedges:
                tokens[at] = Token(AND, {r"\wedge": r"\land", r"\vee": r"\lor"}[tokens[at].value], tokens[at].span)

    for at, token in enumerate(tokens):
        if token.type in (OPEN, LBRACE):
            clauses.append([])
        elif token.type in (CLOSE, RBRACE) and len(clauses) > 1:
            settle(clauses.pop())
        elif token.type in (COMMA, LOGIC, COLON, ROW, ROWSEP, CELL):
            settle(clauses[-1])
            clauses[-1] = []
        elif token.type == REL or token.value in (r"\wedge", r"\vee"):
            clauses[-1].append(at)
    for clause in clauses:
        settle(clause)
