"""Words for LaTeX and Markdown: no text of a user reaches either as markup."""

from __future__ import annotations

import re
from unicodedata import normalize

_PLAIN = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}", "\u00a0": "~",
    "–": r"\textendash{}", "—": r"\textemdash{}", "…": r"\ldots{}", "“": r"\textquotedblleft{}", 
    "’": r"\textquoteright{}",
    "”": r"\textquotedblright{}", "‘": r"\textquoteleft{}", "„": r"\quotedblbase{}", "«": r"\guillemotleft{}",
    "»": r"\guillemotright{}", "ß": r"\ss{}", "ø": r"\o{}", "Ø": r"\O{}", "æ": r"\ae{}", "Æ": r"\AE{}", "œ": r"\oe{}",
    "Œ": r"\OE{}", "ł": r"\l{}", "Ł": r"\L{}", "ı": r"\i{}", "§": r"\S{}", "•": r"\textbullet{}",
}  # fmt: skip
_GREEK = """alpha beta gamma delta zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon chi psi omega
Gamma Delta Theta Lambda Xi Pi Upsilon Phi Psi Omega"""
_MATHS = {
    "→": r"\to", "↦": r"\mapsto", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "⟹": r"\Longrightarrow",
    "←": r"\leftarrow",
    "∈": r"\in", "∉": r"\notin", "∀": r"\forall", "∃": r"\exists", "∧": r"\wedge", "∨": r"\vee", "¬": r"\neg",
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx", "≡": r"\equiv", "±": r"\pm", "×": r"\times", "·": r"\cdot",
    "∘": r"\circ", "∑": r"\sum", "Σ": r"\Sigma", "∏": r"\prod", "√": r"\surd", "∞": r"\infty", "⟨": r"\langle",
    "⟩": r"\rangle", "⋃": r"\bigcup", "∪": r"\cup", "∩": r"\cap", "⊂": r"\subset", "⊆": r"\subseteq", "⊤": r"\top",
    "⊥": r"\bot", "⊢": r"\vdash", "−": "-", "∂": r"\partial", "∇": r"\nabla", "⊗": r"\otimes", "⊕": r"\oplus",
    "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "′": "{}'", "∅": r"\emptyset", "°": r"{}^\circ",
    "φ": r"\varphi", "ϕ": r"\phi", "ε": r"\varepsilon", "ς": r"\varsigma", "ϑ": r"\vartheta", "ο": "o", "µ": r"\mu",
    **{
        letter: "\\" + word
        for letter, word in zip("αβγδζηθικλμνξπρστυχψωΓΔΘΛΞΠΥΦΨΩ", _GREEK.split())
    },
    **{raised: f"{{}}^{{{plain}}}" for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱᵀʰ", "0123456789+-niTh")},
    **{lowered: f"{{}}_{{{plain}}}" for lowered, plain in zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙ", "0123456789ijkn")},
}  # fmt: skip
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0327": "c", "\u0328": "k", "\u0305": "=",
}  # fmt: skip
_LONG = 16
"""So many characters without a space may be broken, for no line to stand out into the margin."""


def escape(words: str) -> str:
    """``words`` as LaTeX text that prints as they read; a character that pdfTeX lacks prints as its code point.

    >>> print(escape("50% of f_i → \\\\input{x}"))
    50\\% of f\\_i \\ensuremath{\\to} \\textbackslash{}input\\{x\\}
    """
    letters: list[str] = []
    run = 0
    for letter in normalize("NFD", " ".join(words.split())):
        if letter in _ACCENTS and letters and letters[-1].isascii() and letters[-1].isalpha():
            base = {"i": r"\i", "j": r"\j"}.get(letters[-1], letters[-1])
            letters[-1] = rf"\{_ACCENTS[letter]}{{{base}}}"
        elif letter in _PLAIN:
            letters.append(_PLAIN[letter])
        elif letter in _MATHS:
            letters.append(rf"\ensuremath{{{_MATHS[letter]}}}")
        elif " " <= letter <= "~":
            letters.append(letter)
        else:
            letters.append(f"[U+{ord(letter):04X}]")
        run = 0 if letter == " " else run + 1
        if run > _LONG and (letter in "_(+/=,.-)" or run > 1.5 * _LONG):
            letters.append(r"\allowbreak{}")
            run = _LONG - 4
    return re.sub(r"([-',])(?=\1)", r"\1{}", "".join(letters))  # two of these in a row are one sign to TeX


def escape_markdown(words: str) -> str:
    """``words`` as Markdown text that prints as they read: no emphasis, link, HTML, formula or list in it.

    >>> print(escape_markdown("1. *f_i* <b> $x$"))
    1\\. \\*f\\_i\\* &lt;b&gt; \\$x\\$
    """
    text = re.sub(r"([\\`*_{}|~$])", r"\\\1", " ".join(words.split()))
    text = re.sub(r"^(\d+)?([-+#=>.)])", r"\1\\\2", text)  # a list or a heading where a line begins
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("[", "&#91;").replace("]", "&#93;")  # with a backslash some would begin a formula
