"""Formulas in plain text: the LaTeX that we print, spelled with Unicode letters.

>>> spelled(r"\\sum_{j \\in N(i)} \\varphi_{qry}^{(h)}(f(x^{-1}(x(j) - y)))")
'Σ_{j ∈ N(i)} φ_qry^{(h)}(f(x⁻¹(x(j) - y)))'
"""

from __future__ import annotations

import re
import textwrap
from unicodedata import normalize

from symbolic_equiv.kernel.terms import Declaration, Term
from symbolic_equiv.latex import statements
from symbolic_equiv.latex.linebreak import BREAK, CLOSE, OPEN
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.printer import tokens
from symbolic_equiv.theories.statement import Statement

_COMMANDS = {
    "varphi": "φ", "rho": "ρ", "sigma": "σ", "alpha": "α", "beta": "β", "pi": "π", "tau": "τ", "lambda": "λ", "mu": "μ",
    "theta": "θ", "psi": "ψ", "chi": "χ", "gamma": "γ", "varepsilon": "ε", "kappa": "κ", "nu": "ν", "ell": "ℓ",
    "Delta": "Δ", "Theta": "Θ", "Phi": "Φ", "Psi": "Ψ", "sum": "Σ", "bigcup": "⋃", "in": "∈", "langle": "⟨",
    "rangle": "⟩", "mapsto": "↦", "wedge": "∧", "cdot": "·", "times": "×", "to": "→", "top": "⊤", "iff": "⇔",
    "exp": "exp", "quad": " ", "sqrt": "√", "otherwise": "otherwise", "odot": "⊙", "oslash": "⊘", "otimes": "⊗",
    "lVert": "‖", "rVert": "‖", "land": "∧", "lor": "∨", "leq": "≤", "neq": "≠", "neg": "¬", "colon": ":",
    "bullet": "•",
}  # fmt: skip
"""What our own pages use most; any other command is looked up in the tables of the reader, which cost time to load."""

_SPACED = ("in", "mapsto", "cdot", "iff", "odot", "oslash", "otimes", "colon", "wedge", "land", "lor", "leq", "neq")
_ROW_END = re.compile(r" *\\\\(\[\d+ex\])?")
_SIZES = re.compile(r"\\displaystyle *|\\([bB]igg?[lr]?|left|right)(?![a-zA-Z])|\\[,!;:]")
_FRACTION = re.compile(r"\\frac\{((?:[^{}]|\{[^{}]*\})*)\}\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
_FONTS = re.compile(r"\\(?:mathrm|operatorname|text|mathtt|mathbf|mathbb|mathcal)\{([^{}]*)\}")
_ACCENTS = {"overline": "\u0304", "bar": "\u0304", "hat": "\u0302", "tilde": "\u0303", "dot": "\u0307"}
_ACCENT = re.compile(rf"\\({'|'.join(_ACCENTS)})\{{([^\W\d_])\}}")
_COMMAND = re.compile(r"\\([A-Za-z]+)(?: (?![+=-]))?")
_SHORT_SCRIPT = re.compile(r"([_^])\{([\w,]+)\}")


def spelled(latex: str) -> str:
    """One formula in Unicode; braces stay only around scripts that need them."""
    text = _SIZES.sub("", latex)
    while _FRACTION.search(text):
        text = _FRACTION.sub(lambda at: f"{_group(at[1])}/{_group(at[2])}", text)
    text = text.replace(r"\begin{cases}", "{ ").replace(r"\end{cases}", " }").replace("&", "")
    text = _ROW_END.sub(";", text)
    text = _FONTS.sub(r"\1", text)
    text = _ACCENT.sub(lambda at: normalize("NFC", at[2] + _ACCENTS[at[1]]), text)
    text = _COMMAND.sub(_spelled, text).replace("[{•}]", "[•]")
    text = text.replace("^{-1}", "⁻¹").replace("^{⊤}", "ᵀ").replace(r"\{", "{").replace(r"\}", "}")
    text = _SHORT_SCRIPT.sub(r"\1\2", text)
    return re.sub(r"√\{([^{}]*)\}", lambda at: "√" + _group(at[1]), re.sub(r" +", " ", text)).strip()


def _spelled(at: re.Match[str]) -> str:
    word = at[1]
    if word in _COMMANDS:
        return _COMMANDS[word] + (" " if word in _SPACED else "")
    from symbolic_equiv.latex.characters import character, stands_apart

    return (character(f"\\{word}") or word) + (" " if stands_apart(f"\\{word}") else "")


def _group(part: str) -> str:
    return part if re.fullmatch(r"\\?[\w']+|[\w']*_?\{?\w+\}?|\\sqrt\{[^{}]*\}", part) else f"({part})"


class Plain:
    """Prints the formulas of one page, in which a symbol is spelled the same everywhere."""

    def __init__(self, statement: Statement, width: int = 76) -> None:
        self.notation = Notation(statement.terms(), statement.multiplicative)
        self._names = {str(head.name): spelled(self.notation.name(head)) for head in statement.variables()}
        self.width = width

    def name(self, word: str) -> str:
        """A free symbol by itself, as this page spells it; any other word as it is."""
        return self._names.get(word, word)

    def formula(self, term: Term) -> str:
        """A term, broken at operators into lines that fit."""
        return _broken(tokens(term, self.notation), self.width)

    def equation(self, left: Term, right: Term) -> str:
        """``left = right``, on one line if it fits; between functions, with "for all" and what they bind."""
        found = statements.equation(left, right, self.notation)
        whole = spelled(found.latex)
        if len(whole) <= self.width:
            return whole
        sides = (_broken(side, self.width - 4).replace("\n", "\n  ") for side in (found.left, found.right))
        return "\n".join(
            [
                next(sides),
                f"{spelled(found.relation)} {next(sides)}",
                *([spelled(found.quantifier)] if found.condition else []),
            ]
        )

    def definition(self, item: Declaration) -> str:
        """``m[f, ρ](i) := …``."""
        found = statements.definition(item, self.notation)
        whole = spelled(found.latex)
        if len(whole) <= self.width:
            return whole
        body = _broken(found.right, self.width - 4).replace("\n", "\n    ")
        return f"{spelled(found.plain).split(':=')[0].strip()} :=\n    {body}"


def _broken(found, width: int) -> str:
    """Fill the lines; a line goes on two spaces deeper for each bracket that is open where it was broken."""
    parts, depths, depth = [""], [0], 0
    for token in found:
        if token.kind == BREAK:
            parts[-1] += token.text
            parts.append("")
            depths.append(depth)
        else:
            depth += {OPEN: 1, CLOSE: -1}.get(token.kind, 0)
            parts[-1] += token.text
    whole = spelled("".join(parts))
    if len(whole) <= width:
        return whole
    rows, row, indent, length = [], "", 0, 0
    for part, deep in zip(parts, depths, strict=True):
        more = len(spelled(f"|{part}|")) - 2
        if row and indent + length + more > width:
            rows.append(" " * indent + spelled(row))
            row, indent, length = "", min(2 * (deep + 1), 12), 0
        row, length = row + part, length + more
    rows.append(" " * indent + spelled(row))
    return "\n".join(shorter for row in rows for shorter in _wrapped(row, width))


def _wrapped(row: str, width: int) -> list[str]:
    """A row without an operator to break at, such as one with cases, is broken at a space."""
    indent = " " * (len(row) - len(row.lstrip()) + 2)
    return textwrap.wrap(row, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
