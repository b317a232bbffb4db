"""From TeX tokens to the tokens of the grammar.

Each token is named by the tables of ``notation``; ``settle`` then looks at what only its neighbours
can tell.  Bars open, close or separate according to what stands before them.

Nothing is raised here: a token that makes no sense has the type ERROR, so that the other expressions
of a display are read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from symbolic_equiv.latex.reader import notation
from symbolic_equiv.latex.reader import tokens as tok
from symbolic_equiv.latex.reader.settle import settle
from symbolic_equiv.latex.reader.source import Span, join
from symbolic_equiv.latex.reader.spellings import SPELLINGS
from symbolic_equiv.latex.reader.tokens import Token, error

_OPERAND_ENDS = frozenset({tok.NAME, tok.NUMBER, tok.TEXT, tok.CLOSE, tok.RBRACE, tok.PRIME, tok.END})
_LENGTH = re.compile(r"\[\s*-?\s*[\d.]+\s*(?:pt|em|ex|mm|cm|in|\\baselineskip)\s*\]")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]*")

_MOST_REARRANGED = 300_000  # tokens moved by \underset and its kin, one in another


class _Level:
    """An open bracket while lexing: its kind, and whether a pair of bars was closed in it."""

    __slots__ = ("bars_closed", "kind")

    def __init__(self, kind: str) -> None:
        self.kind, self.bars_closed = kind, False


def lex(raw: list[Token]) -> list[Token]:
    """The tokens of the grammar, with the layout tokens still among them."""
    return settle(_Lexer(raw).run())


class _Lexer:
    def __init__(self, raw: list[Token]) -> None:
        self.raw, self.at = raw, 0
        self.out: list[Token] = []
        self.levels = [_Level("")]
        self.environments: list[str] = []
        self.rearranged = 0
        self.handlers: dict[str, Callable[[Token], None]] = {
            **dict.fromkeys(notation.SIZES, self.size),
            **dict.fromkeys(notation.FONTS, self.font),
            **dict.fromkeys(notation.BARS, self.bar),
            **dict.fromkeys((r"\overset", r"\stackrel", r"\underset"), self.stacked),
            **dict.fromkeys((r"\\", r"\cr", r"\tabularnewline", r"\newline"), self.row),
            **dict.fromkeys(notation.WRAPPERS, self.skip),
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
        if token.type == tok.TEXT:
            self.text(token)
        elif token.type in (tok.NUMBER, tok.ERROR):
            self.out.append(token)
        elif value in notation.SPACES or (value in notation.BOXES and self.ends_a_proof):
            pass
        elif handler := self.handlers.get(value):
            handler(token)
        elif simple := SPELLINGS.get(value):
            self.simple(token, *simple)
        elif value in notation.WIDE_SPACES:
            self.emit(tok.WIDE, value, token.span)
        elif value in notation.FUNCTIONS:
            self.emit(tok.NAME, value[1:], token.span, r"\mathrm")
        elif token.type == tok.COMMAND:
            self.unknown(token)
        elif value.isalpha():
            self.emit(tok.NAME, value, token.span)
        else:
            self.out.append(error(token.span, f"the character {value!r} has no meaning in a formula"))

    def emit(self, kind: str, value: str, span: Span, font: str = "") -> None:
        self.out.append(Token(kind, value, span, font))

    def following(self) -> str:
        return self.raw[self.at].value if self.at < len(self.raw) else ""

    @property
    def ends_a_proof(self) -> bool:
        """Whether a box here stands behind a formula, and has no subscript that would make it a symbol."""
        return bool(self.out) and self.following() not in ("_", "^")

    @property
    def after_operand(self) -> bool:
        return bool(self.out) and self.out[-1].type in _OPERAND_ENDS

    def simple(self, token: Token, kind: str, value: str) -> None:
        if kind == tok.NAME and value.startswith(r"\mathbb"):
            self.emit(tok.NAME, value[8:-1], token.span, r"\mathbb")
        elif kind == tok.CLOSE and value == "[" and self.levels[-1].kind == tok.SQRT:
            self.emit(tok.ROPT, "[", token.span)
            self.levels.pop()
        else:
            self.emit(kind, value, token.span)
            if kind == tok.SQRT and self.following() == "[":
                self.emit(tok.LOPT, "[", self.raw[self.at].span)
                self.levels.append(_Level(tok.SQRT))
                self.at += 1
            if kind in (tok.OPEN, tok.LBRACE):
                self.levels.append(_Level(value))
            elif kind in (tok.CLOSE, tok.RBRACE) and len(self.levels) > 1:
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
            self.emit(tok.NAME, token.value, token.span)
        else:
            self.out.append(error(token.span, f"the command {token.value} is not known"))

    def skip(self, token: Token) -> None:
        """Nothing is left of a command whose argument is read as it stands; a single token loses its braces."""
        if [each.value for each in self.raw[self.at : self.at + 3 : 2]] == ["{", "}"]:
            self.raw[self.at : self.at + 3] = [self.raw[self.at + 1]]

    def minus(self, token: Token) -> None:
        if (
            self.out
            and self.out[-1].type in (tok.SUB, tok.SUP)
            and self.at < len(self.raw)
            and self.raw[self.at].type == tok.NUMBER
        ):
            number = self.following()
            advice = f"put the index in braces: {self.out[-1].value}{{-{number}}}"
            self.out.append(error(token.span, f"‘{self.out[-1].value}-{number}’: only the minus is raised", "", advice))
        else:
            self.emit(tok.SIGN, "-", token.span)

    def prime(self, token: Token) -> None:
        """``x^\\prime`` and ``x^{\\prime\\prime}`` are ``x'`` and ``x''``."""
        braced = len(self.out) > 1 and self.out[-1].type == tok.LBRACE and self.out[-2].type == tok.SUP
        if not braced and not (self.out and self.out[-1].type == tok.SUP):
            self.emit(tok.NAME, r"\prime", token.span)
            return
        primes = [token]
        while braced and self.following() == r"\prime":
            primes.append(self.raw[self.at])
            self.at += 1
        if braced and self.following() != "}":
            self.out.extend(Token(tok.NAME, r"\prime", each.span) for each in primes)
            return
        if braced:
            self.at += 1
            self.out.pop()
            self.levels.pop()
        self.out.pop()
        self.out.extend(Token(tok.PRIME, "'", each.span) for each in primes)

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
            sides = {r"\left": tok.OPEN, r"\right": tok.CLOSE, r"\middle": tok.COLON}
            sides |= {rf"\{size}{side}": kind for size in ("big", "Big", "bigg", "Bigg")
                      for side, kind in zip("lrm", (tok.OPEN, tok.CLOSE, tok.COLON))}  # fmt: skip
            self.bar(Token(tok.CHARACTER, value, span), sides.get(token.value, ""))
        elif value in (r"\{", r"\}") or (value in SPELLINGS and value not in "{}"):
            self.simple(Token(delimiter.type, value, span), *SPELLINGS[value])
        else:
            self.out.append(error(span, f"{token.value} before {delimiter.value!r}", "a bracket"))

    def bar(self, token: Token, side: str = "") -> None:
        kind = notation.BARS[token.value]
        top = self.levels[-1]
        concatenates = kind == r"\lVert" and self.following() == "_"
        if not side and top.kind == "bar" + kind and self.after_operand:
            side = tok.CLOSE
        elif not side and concatenates:
            self.emit(tok.BIG, r"\|", token.span)
            return
        elif not side and (not self.after_operand or top.bars_closed):
            side = tok.OPEN
        if side == tok.OPEN:
            self.emit(tok.OPEN, kind, token.span)
            self.levels.append(_Level("bar" + kind))
        elif side == tok.CLOSE:
            self.emit(tok.CLOSE, kind, token.span)
            if len(self.levels) > 1:
                self.levels.pop()
            self.levels[-1].bars_closed = True
        elif kind == r"\lVert":
            self.emit(tok.JOIN, r"\|", token.span)
        else:
            self.emit(tok.COLON, r"\mid", token.span)

    # commands with arguments

    def font(self, token: Token) -> None:
        """A font and its letter, or an upright word; around anything else a font says nothing."""
        font = notation.FONTS[token.value]
        if self.following() == "*":  # \operatorname *
            self.at += 1
        if self.at == len(self.raw):
            self.out.append(error(token.span, f"{token.value} at the end of the formula", "a letter"))
        elif self.following() == "{":
            self.font_of_group(token, font)
        elif self.following() not in self.handlers:
            letter = self.raw[self.at]
            self.at += 1
            self.styled(letter, font, token.span)

    def font_of_group(self, token: Token, font: str) -> None:
        start = end = self.at + 1
        while end < len(self.raw) and self.raw[end].value not in ("{", "}"):
            end += 1
        content = "".join(each.value for each in self.raw[start:end])
        closed = end < len(self.raw) and self.raw[end].value == "}"
        single = end == start + 1 and content not in self.handlers
        if closed and (single or _WORD.fullmatch(content)):
            self.at = end + 1
            span = join((token.span, self.raw[end].span))
            if end == start + 1:  # \boldsymbol{\rho}, \mathbb{R}, \mathop{\sum}
                self.styled(self.raw[start], font, span)
            else:
                limits = token.value in (r"\operatorname*", r"\mathop")
                content = notation.SAME_WORDS.get(content, content)
                self.emit(tok.NAME, content, span, r"\operatorname*" if limits else font)

    def styled(self, letter: Token, font: str, span: Span) -> None:
        """A token in a font; an upright command is just the command."""
        before = len(self.out)
        self.one(letter)
        if len(self.out) == before + 1 and letter.type == tok.NUMBER:  # \mathbf{1} is a name
            self.out[-1] = Token(tok.NAME, letter.value, letter.span)
        if len(self.out) == before + 1 and self.out[-1].type == tok.NAME:
            last = self.out[-1]
            last.span = join((span, last.span))
            if not last.font and not (font == r"\mathrm" and last.value[0] == "\\"):
                last.font = font

    def text(self, token: Token) -> None:
        command, content = token.font, token.value.strip()
        if command in (r"\begin", r"\end"):
            self.environment(token, command, content)
        elif command in notation.DROPPED_WITH_ARGUMENT:
            underlined = [each.value for each in self.raw[self.at : self.at + 2]] == ["{", r"\underline"]
            if underlined and content in notation.MARK_COLOURS:
                del self.raw[self.at + 1]
        elif command in notation.BETWEEN_ROWS:
            self.emit(tok.ROW, command, token.span)
            self.out.append(token)
            self.emit(tok.ROW, command, token.span)
        elif self.is_name(token.value):
            self.emit(tok.NAME, content, token.span, r"\mathrm")
        else:
            self.out.append(token)

    def is_name(self, content: str) -> bool:
        """Whether the text is a name in the formula rather than a remark on it."""
        if not _WORD.fullmatch(content):
            return False
        before = [each.type for each in self.out[-2:]]
        if before[-1:] in ([tok.SUB], [tok.SUP]) or before in ([tok.SUB, tok.LBRACE], [tok.SUP, tok.LBRACE]):
            return True
        if content in notation.NOT_NAMES:
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
            self.emit(tok.BEGIN, name, token.span)
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
        if self.out and self.out[-1].type == tok.ROWSEP:
            self.out.pop()  # the \\ after the last row
        self.emit(tok.END, name, span)
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
        brace = self.raw[self.at]
        self.at += 1
        self.emit(tok.LBRACE, "{", brace.span)
        self.levels.append(_Level(token.value))

    def stacked(self, token: Token) -> None:
        """``\\overset{!}{=}`` is the relation below the mark; ``\\underset{j}{\\max}`` is ``\\max_{j}``."""
        mark, base = self.argument(), self.argument()
        self.rearranged += len(mark) + len(base)
        if self.rearranged > _MOST_REARRANGED:
            self.out.append(error(token.span, f"{token.value} nested too deeply"))
            return
        if not mark or not base:
            self.out.append(error(token.span, f"{token.value} without its two arguments", rf"{token.value}{{…}}{{…}}"))
            return
        span = join([token.span, *(each.span for each in (*mark, *base))])
        inner = [each for each in base if each.value not in "{}"]
        relation = SPELLINGS.get(inner[0].value) if len(inner) == 1 else None
        if relation and relation[0] in (tok.REL, tok.LOGIC, tok.ARROW):
            defines = relation[1] == "=" and "".join(each.value for each in mark).strip("{} ").endswith("def")
            self.emit(relation[0], ":=" if defines else relation[1], span)
            return
        brace = mark[0].value == "{"
        script = Token(tok.CHARACTER, "_" if token.value == r"\underset" else "^", token.span)
        wrapped = (
            mark if brace else [Token(tok.CHARACTER, "{", token.span), *mark, Token(tok.CHARACTER, "}", token.span)]
        )
        if len(inner) == 1:
            base = inner
        self.raw[self.at : self.at] = [each.at(span) for each in (*base, script, *wrapped)]  # out of order

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
        relation = SPELLINGS.get(self.following(), ("", ""))[1]
        negation = {"=": r"\neq", r"\in": r"\notin", r"\neq": "="}.get(relation)
        if negation is None:
            self.out.append(error(token.span, r"\not before something that is not = or \in", r"\neq or \notin"))
            return
        self.emit(tok.REL, negation, join((token.span, self.raw[self.at].span)))
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
        if self.levels[-1].kind == r"\substack":
            self.emit(tok.COMMA, ",", here)
        else:
            self.emit(tok.ROWSEP if self.environments else tok.ROW, r"\\", here)

    def drop_punctuation(self) -> None:
        """The comma at the end of a case belongs to the sentence."""
        if self.environments and self.out and self.out[-1].type in (tok.COMMA, tok.PERIOD):
            self.out.pop()

    def cell(self, token: Token) -> None:
        self.drop_punctuation()
        self.emit(tok.CELL if self.environments else tok.AMPERSAND, "&", token.span)
