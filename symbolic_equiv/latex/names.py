"""Names in LaTeX: how a word becomes a symbol, and which two symbols look alike.

A *form* is how a symbol prints with its arguments: pieces with ``#1``, ``#2``, … in them, as in
``theories.language.TEMPLATES``.  In a form the mark ``SITE`` may stand where a prime or a subscript
goes when the symbol has to be told apart from another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from unicodedata import name as character_name
from unicodedata import normalize

Form = tuple[str, ...]

SITE = "\x01"
"""The place in a form for what tells one symbol from another; it never reaches TeX."""

_GREEK = """alpha beta gamma delta zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon chi psi omega
Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell"""
_LETTERS = {word: "\\" + word for word in _GREEK.split()} | {
    "phi": r"\varphi",
    "varphi": r"\varphi",
    "epsilon": r"\varepsilon",
    "varepsilon": r"\varepsilon",
}
_ACCENTS = {"bar": "overline", "hat": "hat", "tilde": "tilde", "dot": "dot"}
_MARKS = {"\u0304": "overline", "\u0302": "hat", "\u0303": "tilde", "\u0307": "dot", "\u0308": "ddot"}
_STEM = re.compile(
    r"(?:\[\{\\bullet\}\]|\\(?:math[a-z]+|overline|bar|hat|tilde|operatorname)\{[^{}#]*\}|\\[A-Za-z]+|[A-Za-z])(?=['_^(\[]|$)"
)


def natural(name: str) -> str:
    """The LaTeX of a plain name, with its ``SITE``.

    >>> [natural(name).replace(SITE, "") for name in ("f", "phi_qry", "j_bar", "x1", "f'", "softplus")]
    ['f', '\\\\varphi_{qry}', '\\\\overline{j}', 'x_{1}', "f'", '\\\\mathrm{softplus}']
    """
    word = re.sub("['′]+$", "", name)
    primes = "'" * (len(name) - len(word))
    stem, *below = [part for part in word.split("_") if part] or [word]
    numbered = re.fullmatch(r"([^\W\d]+)(\d+)", stem)
    if numbered:
        stem, below = numbered[1], [numbered[2], *below]
    accents = []
    while below and below[0] in _ACCENTS:
        accents.append(_ACCENTS[below.pop(0)])
    base = _word(stem, r"\mathrm")
    for accent in accents:
        base = rf"\{accent}{{{base}}}"
    subscript = "_{" + ",".join(_word(part, "") for part in below) + "}" if below else ""
    return base + SITE + primes + subscript


def _word(word: str, font: str) -> str:
    """One word without underscores; several letters are set in ``font``, digits as they are below the line."""
    if word in _LETTERS:
        return _LETTERS[word]
    letters = [_character(letter) for letter in normalize("NFC", word)]
    if len(letters) == 1:
        return rf"\mathtt{{{letters[0]}}}" if font and not word.isalpha() else letters[0]
    return f"{font}{{{''.join(letters)}}}" if font else "".join(letters)


def _character(letter: str) -> str:
    """A character of a name; what TeX has no letter for is spelled out as its code point."""
    base, *marks = normalize("NFD", letter)
    if base.isascii() and base.isalnum() and all(mark in _MARKS for mark in marks):
        for mark in marks:
            base = rf"\{_MARKS[mark]}{{{base}}}"
        return base
    if letter in "~#'′_":
        return {"~": r"{\sim}", "#": r"\#", "_": r"\_"}.get(letter, r"{\prime}")
    words = character_name(letter, "").split()
    if words[:1] == ["GREEK"] and len(words) == 4 and words[1] in ("SMALL", "CAPITAL"):
        greek = words[3].lower() if words[1] == "SMALL" else words[3].capitalize()
        if greek in _LETTERS:
            return _LETTERS[greek] + " "
    return rf"\mathrm{{u{ord(letter):04X}}}"


def with_site(form: Form) -> Form | None:
    """``form`` with its ``SITE`` after the letter that carries its scripts; None if there is no such letter.

    >>> with_site((r"\\varphi^{A,(#1)}_{qry}", "(#2)"))[0] == r"\\varphi" + SITE + "^{A,(#1)}_{qry}"
    True
    """
    for stem in _STEM.finditer(form[0]):
        before = form[0][: stem.start()]
        if before.count("{") == before.count("}") and not before.endswith(("\\", "_", "^")):
            return (form[0][: stem.end()] + SITE + form[0][stem.end() :], *form[1:])
    return None


def marks(form: Form) -> Iterator[str]:
    """What may stand at the ``SITE`` of a form: nothing, primes, then subscripts (more primes if it has one)."""
    below = "_" not in form[0]
    yield from ("", "'", "''")
    for number in count(1):
        yield f"_{{{number}}}" if below else "'" * (number + 2)


def marked(form: Form, mark: str) -> Form:
    """The form with ``mark`` at its ``SITE``; behind a prime stands what is raised, or TeX would see two superscripts.

    >>> marked((r"\\varphi" + SITE + "_{qry}^{A}", "(#1)"), "'")[0] == r"\\varphi'^{A}_{qry}"
    True
    """
    name, *rest = (piece.replace(SITE, mark) for piece in form)
    return (re.sub(r"('+)(_\{[^{}]*\}|_.)(\^\{[^{}]*\}|\^.)", r"\1\3\2", name), *rest)


def holes(form: Form) -> list[int]:
    """The numbers of the arguments that occur in a form.

    >>> holes(("L_{#3}", "[#4]", "(#5)"))
    [3, 4, 5]
    """
    return sorted({int(number) for piece in form for number in re.findall(r"#(\d+)", piece)})


_FONT = r"\\(?:math(?:rm|bf|it|sf|tt|cal|bb|scr|frak)|boldsymbol|operatorname|text)"
_ACCENT = r"\\(?:overline|underline|bar|hat|tilde|dot|ddot|vec|widehat|widetilde)"
_SCRIPT_SIGNS = "prime star ast circ top perp dagger cdot times pm infty to"
_ONE_SIGN = {
    **dict.fromkeys([*_GREEK.split(), "phi", "varphi", "epsilon", "varepsilon", "vartheta"], "α"),
    **dict.fromkeys(_SCRIPT_SIGNS.split(), "×"),
    "Delta": "Δ",
    "bullet": "•",
    "in": "∈",
}
"""What a command is to ``_SYMBOL``: any Greek letter, any sign of a script.  One letter makes a small pattern."""
_LETTER = "[A-Za-zαΔ]"
_LETTERED = rf"{_FONT}\{{{_LETTER}[A-Za-z0-9]*\}}"
_WORD = rf"(?:\[\{{•\}}\]|{_LETTER}|{_LETTERED}|{_ACCENT}\{{(?:{_LETTER}|{_LETTERED})\}})"
_SIGN = "[αΔ×]"
_GROUP = rf"(?:{_FONT}|{_ACCENT}|[_^])\{{[A-Za-z0-9#(), ]+\}}"
_BELOW = rf"(?:[A-Za-z0-9#(),;:.'/+*\- ]|{_SIGN}|{_GROUP}|[_^][A-Za-z0-9]|\\[,;:! ])+"
_SCRIPT = rf"(?:'|[_^](?:\{{{_BELOW}\}}|[A-Za-z0-9]|{_SIGN}|{_LETTERED}))"
_BRACKETS = r"[(\[] ?#\d+(?:, ?#\d+)* ?[)\]]"
_ELEMENT = r"(?:#\d+|\(#\d+(?:, ?#\d+)*\))"
_SYMBOL = re.compile(rf"(?:{_ELEMENT} ∈ )?(?:Δ ?)?{_WORD}(?: |{_SCRIPT}|{_BRACKETS})*")


def is_symbol(form: Form) -> bool:
    """Whether a form prints one symbol: a letter, its scripts, its arguments in brackets.

    What prints anything else (a number, a formula, a sentence) would make a page say what nobody proved.

    >>> is_symbol((r"\\varphi^{A,(#1)}_{qry}", "(#2)")), is_symbol((r"#2 \\in N(#1)",)), is_symbol(("b = b, and",))
    (True, True, False)
    >>> is_symbol((r"(#3, #4) \\in N(#1, #2)",))
    True
    """
    latex = "".join(form).strip()
    signs = re.sub(r"\\([A-Za-z]+)", lambda at: _ONE_SIGN.get(at[1], at[0]), latex)
    return latex.isascii() and _SYMBOL.fullmatch(signs) is not None


def look(form: Form) -> str:
    """The core of a form whatever its font, which plain text does not show: what two symbols may not share.

    >>> look((r"\\mathrm{b}",)) == look(("b",))
    True
    """
    return re.sub(rf"{_FONT}\{{([^{{}}]*)\}}", r"\1", core(form))


@lru_cache(maxsize=4096)
def core(form: Form) -> str:
    """What is left of a form without its arguments.  Two symbols look alike when their cores are equal.

    >>> core(("L_{#3}", "[#4]", "(#5)")), core((r"#2 \\in N(#1)",)), core((r"\\varphi^{A,(#1)}_{qry}", "(#2)"))
    ('L', 'N', '\\\\varphi_{qry}^{A}')
    """
    text = re.sub(r"#\d+|\\in(?![A-Za-z])|\\[,;:! ]", " ", "".join(form))
    text = re.sub(r"([_^])\s*([^{\s\\])", r"\1{\2}", text)
    before = None
    while text != before:
        before = text
        text = re.sub(r"[_^]?\{[\s,]*\}|[(\[][\s,;]*[)\]]|,\s*(?=\})", " ", text)
        text = re.sub(r"(?<=\{),|\s+(?=[{}_^'()\[\]]|$)|(?<=[{}_^()\[\]'])\s+|^\s+", "", text)
        text = re.sub(r"(?<!')(\^\{[^{}]*\})(_\{[^{}]*\})", r"\2\1", text)
    return re.sub(r"\s+", " ", text)
