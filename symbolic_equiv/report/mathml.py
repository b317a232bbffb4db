"""Formulas as MathML: what a browser shows without any script, and a screen reader reads."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from html import escape

from symbolic_equiv.latex.characters import character
from symbolic_equiv.latex.linebreak import BREAK, CLOSE, OPEN, Token
from symbolic_equiv.latex.plain import spelled
from symbolic_equiv.latex.reader import ReadError, parse
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.report.changes import settled
from symbolic_equiv.report.formula import Changes, Formula, Marks

_VARIANTS = {
    r"\mathbb": {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"},
    r"\mathcal": {"B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ", "g": "ℊ",
                  "o": "ℴ"},
    r"\mathfrak": {"C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"},
}  # fmt: skip
_ALPHABETS = {
    r"\mathbb": (0x1D538, 0x1D552, 0x1D7D8),
    r"\mathbf": (0x1D400, 0x1D41A, 0x1D7CE),
    r"\mathcal": (0x1D49C, 0x1D4B6, None),
    r"\mathfrak": (0x1D504, 0x1D51E, None),
    r"\mathsf": (0x1D5A0, 0x1D5BA, 0x1D7E2),
    r"\mathtt": (0x1D670, 0x1D68A, 0x1D7F6),
}  # fmt: skip
"""Where the capitals, the small letters and the digits of each alphabet begin."""

_ACCENTS = {
    r"\overline": "‾", r"\tilde": "˜", r"\hat": "^", r"\vec": "→", r"\dot": "˙", r"\ddot": "¨", r"\check": "ˇ",
    r"\breve": "˘", r"\mathring": "˚", r"\overbrace": "⏞",
}  # fmt: skip
_UNDER = {r"\underline": "_", r"\underbrace": "⏟"}
_FENCES = {
    "pmatrix": "()", "bmatrix": "[]", "Bmatrix": "{}", "vmatrix": "||", "Vmatrix": "‖‖", "cases": "{ ",
}  # fmt: skip
_CLOSES = {"(": ")", "[": "]", r"\{": r"\}", r"\langle": r"\rangle", r"\lvert": r"\rvert", r"\lVert": r"\rVert",
           r"\lfloor": r"\rfloor", r"\lceil": r"\rceil"}  # fmt: skip


TOGETHER = 20
"""A bracket with no more signs in it is not broken."""

WORD, NARROW = 8, 26
"""A bracket with no more signs than the first is never broken; a line of a narrow page has room for the second."""

_TAG = re.compile("<[^>]*>|[\U000f0000-\U000ffffd]")
"""What does not print: tags, and the private characters of ``selectable``."""


class MathML:
    """The pen for MathML."""

    def name(self, node: s.Name) -> str:
        text = character(node.base)
        if text is None:
            text = node.base.removeprefix("\\")
            text = "".join(_letter(letter, node.font) for letter in text)
        upright = node.is_word or node.font == r"\mathrm"
        variant = ' mathvariant="normal"' if upright and len(text) == 1 else ""
        written = f"<mi{variant}>{escape(text)}</mi>"
        for accent in node.accents:
            written = self.accented(accent, written)
        return written

    def number(self, text: str) -> str:
        return f"<mn>{escape(text)}</mn>"

    def text(self, words: str) -> str:
        return f"<mtext>&#160;{escape(' '.join(words.split()))}&#160;</mtext>"

    def operator(self, sign: str, binary: bool) -> str:
        shown = escape(character(sign) or sign.removeprefix("\\"))
        form = "infix" if binary else "prefix"
        return f'<mo form="{form}">{shown}</mo>'

    def big(self, operator: s.Name, below: str, above: str) -> str:
        if operator.is_word:
            sign = f"<mi>{escape(operator.base)}</mi>"
        else:
            shown = character(operator.base) or operator.base.removeprefix("\\")
            sign = f'<mo movablelimits="false" largeop="true">{escape(shown)}</mo>'
        below, above = (f"<mrow>{part}</mrow>" if part else "" for part in (below, above))
        if below and above:
            return f"<munderover>{sign}{below}{above}</munderover>"
        if below or above:
            tag = "munder" if below else "mover"
            return f"<{tag}>{sign}{below}{above}</{tag}>"
        return sign

    def bracket(self, kind: str, closing: bool, level: int) -> str:
        sign = _CLOSES.get(kind, ")") if closing else kind
        shown = escape(character(sign) or sign)
        form = "postfix" if closing else "prefix"
        return f'<mo form="{form}" stretchy="false" fence="true" class="b{level}">{shown}</mo>'

    def scripts(self, base: str, below: str, above: str) -> str:
        base, below, above = (f"<mrow>{part}</mrow>" if part else "" for part in (base, below, above))
        if below and above:
            return f"<msubsup>{base}{below}{above}</msubsup>"
        tag = "msub" if below else "msup"
        return f"<{tag}>{base}{below}{above}</{tag}>"

    def fraction(self, above: str, below: str) -> str:
        return f"<mfrac><mrow>{above}</mrow><mrow>{below}</mrow></mfrac>"

    def root(self, body: str, degree: str) -> str:
        if degree:
            return f"<mroot><mrow>{body}</mrow><mrow>{degree}</mrow></mroot>"
        return f"<msqrt>{body}</msqrt>"

    def accented(self, accent: str, body: str) -> str:
        if accent in _UNDER:
            return f"<munder><mrow>{body}</mrow><mo>{_UNDER[accent]}</mo></munder>"
        return f'<mover accent="true"><mrow>{body}</mrow><mo>{_ACCENTS.get(accent, "‾")}</mo></mover>'

    def matrix(self, environment: str, rows: list[list[str]]) -> str:
        body = "".join("<mtr>" + "".join(f"<mtd>{cell}</mtd>" for cell in row) + "</mtr>" for row in rows)
        fence = _FENCES.get(environment, "  ")
        sides = [f'<mo stretchy="true">{escape(sign)}</mo>' if sign != " " else "" for sign in fence]
        return f"<mrow>{sides[0]}<mtable>{body}</mtable>{sides[1]}</mrow>"

    def row(self, pieces: list[str]) -> str:
        return "".join(pieces)

    def wrong(self, closing: bool) -> str:
        sign, form = ("⟧", "postfix") if closing else ("⟦", "prefix")
        return f'<mo class="wrong mark" stretchy="false" form="{form}">{sign}</mo>'

    def tinted(self, piece: str) -> str:
        return f'<mrow class="wrong">{piece}</mrow>'


def _letter(letter: str, font: str) -> str:
    """A letter of another alphabet."""
    if font not in _ALPHABETS or not letter.isascii():
        return letter
    if letter in _VARIANTS.get(font, {}):
        return _VARIANTS[font][letter]
    capital, small, digit = _ALPHABETS[font]
    if letter.isupper():
        return chr(capital + ord(letter) - ord("A"))
    if letter.islower():
        return chr(small + ord(letter) - ord("a"))
    return chr(digit + ord(letter) - ord("0")) if letter.isdigit() and digit else letter


def mathml(node: s.Node, marks: Marks = (), lead: str = "", changed: Changes | None = None) -> str:
    """A formula in one ``<math>`` for each part that stays together; between them a browser may begin a new line.

    ``lead`` is a relation that stands in front; what ``changed`` is in an ``<mrow>`` of the class of its kind.

    >>> from symbolic_equiv.latex.reader import parse
    >>> mathml(parse("f < 1"))
    '<math><mi>f</mi></math><wbr><math><mo form="infix">&lt;</mo><mn>1</mn></math>'
    """
    pen = MathML()
    tokens = Formula(pen, marks, changed).tokens(node)
    front = pen.operator(lead, binary=True) if lead else ""
    return "<wbr>".join(f"<math>{_spaced(_settled(part))}</math>" for part in parts(tokens, front))


def math(latex: str) -> str:
    """A formula in a line of text; its source where the reader cannot read it."""
    try:
        written = mathml(parse(latex))
    except ReadError:
        return f"<code>{escape(spelled(latex))}</code>"
    return f'<span role="math" aria-label="{escape(spelled(latex))}">{written}</span>'


def parts(tokens: Sequence[Token], front: str = "") -> list[str]:
    """The tokens of a formula, after ``front``, in parts between which a browser may begin a new line.

    A part that is too long for a narrow page is broken in brackets as well that would otherwise stay together.
    """
    found: list[list[tuple[str, bool]]] = [[(front, False)] if front else []]
    for token, room in zip(tokens, _around(tokens), strict=True):
        if token.kind == BREAK and room > TOGETHER:
            found.append([])
        else:
            found[-1].append(("" if token.kind == BREAK else token.text, token.kind == BREAK and room > WORD))
    return [piece for part in found for piece in _short(part)]


def _short(part: Sequence[tuple[str, bool]]) -> Iterator[str]:
    """The pieces of a part: one, or where it is too long those between its own breaks."""
    whole = "".join(text for text, _ in part)
    if len(_TAG.sub("", whole)) <= NARROW:
        yield from [whole] if whole else []
        return
    piece = ""
    for text, is_break in part:
        if is_break and piece:
            yield piece
            piece = ""
        piece += text
    if piece:
        yield piece


def _spaced(part: str) -> str:
    """A comma at the end has nothing behind it, and would have no room either."""
    return part + '<mspace width="0.2em"></mspace>' if part.endswith((">,</mo>", ">;</mo>")) else part


def _around(tokens: Sequence[Token]) -> list[int]:
    """For each token how many signs are printed in the brackets around it, or without end outside of all."""
    found = [sys.maxsize] * len(tokens)
    inside: list[list[int]] = []
    signs: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind == CLOSE and inside:
            members, count = inside.pop(), signs.pop()
            for member in members:
                found[member] = min(found[member], count)
            if signs:
                signs[-1] += count
        if token.kind == OPEN:
            inside.append([])
            signs.append(0)
        elif inside:
            inside[-1].append(place)
            signs[-1] += len(_TAG.sub("", token.text))
    return found


def _settled(part: str) -> str:
    return settled(part, lambda kind, text: f'<mrow class="{kind}">{text}</mrow>')
