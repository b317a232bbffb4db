"""Formulas of a document as LaTeX again: from their trees, with nothing in them but commands that we know."""

from __future__ import annotations

import re

from symbolic_equiv.latex.linebreak import A4_TEXT
from symbolic_equiv.latex.reader import notation
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.statements import broken
from symbolic_equiv.latex.words import escape
from symbolic_equiv.report.formula import Changes, Formula, Marks

_KNOWN = frozenset().union(
    *(
        table.values()
        for table in (
            notation.RELATIONS,
            notation.LOGICAL,
            notation.CONNECTIVES,
            notation.ARROWS,
            notation.SIGNS,
            notation.JOINS,
            notation.BINDERS,
            notation.MULTIPLICATIONS,
            notation.GREEK,
            notation.CONSTANTS,
        )
    )
) | {r"\prime", r"\mid", ",", ";", ":"}
_SIZES = ("", r"\big", r"\Big", r"\bigg", r"\Bigg")
_MATRICES = notation.MATRICES - {"array"}


class TeX:
    """The pen for LaTeX with amsmath, amssymb and xcolor; a command ``wrong`` has to be there."""

    def name(self, node: s.Name) -> str:
        base = node.base
        if base in _KNOWN:
            written = f"{base} " if base.startswith("\\") and not base.endswith("}") else f"{{{base}}}"
        elif re.fullmatch(r"[A-Za-z]", base):
            written = base
        elif re.fullmatch(r"[A-Za-z0-9]+", base):
            written = base if node.font and node.font != r"\mathrm" else rf"\mathrm{{{base}}}"
        else:
            written = rf"\text{{{escape(base)}}}"
        if node.font in notation.FONTS.values() and not written.startswith((r"\text", r"\mathrm")):
            written = f"{node.font}{{{written}}}"
        for accent in node.accents:
            written = self.accented(accent, written)
        return written

    def number(self, text: str) -> str:
        return text if re.fullmatch(r"[0-9.]+", text) else rf"\text{{{escape(text)}}}"

    def text(self, words: str) -> str:
        return rf"\text{{ {escape(words)} }}"

    def operator(self, sign: str, binary: bool) -> str:
        if sign == "'":
            return r"\prime "
        written = f"{sign} " if sign in _KNOWN else rf"\mathbin{{\text{{{escape(sign)}}}}}"
        return written if binary else f"{{{written.strip()}}}"

    def big(self, operator: s.Name, below: str, above: str) -> str:
        if operator.base == r"\|":
            sign = r"\mathop{\big\Vert}"
        elif operator.base in notation.BINDERS.values():
            sign = operator.base
        else:
            sign = rf"\mathop{{\text{{{escape(operator.base)}}}}}"
        if operator.base not in (r"\int", r"\forall", r"\exists") and (below or above):
            sign += r"\limits"
        return sign + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "") + " "

    def bracket(self, kind: str, closing: bool, level: int) -> str:
        sign = notation.CLOSES.get(kind, ")") if closing else kind
        size = _SIZES[level] + ("r" if closing else "l") if level else ""
        return f"{size}{sign} " if sign.startswith("\\") else f"{size}{sign}"

    def scripts(self, base: str, below: str, above: str) -> str:
        base = f"{{{base}}}" if re.search("[_^]", base) else base
        return base.rstrip() + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")

    def fraction(self, above: str, below: str) -> str:
        return rf"\frac{{{above}}}{{{below}}}"

    def root(self, body: str, degree: str) -> str:
        return rf"\sqrt[{{{degree}}}]{{{body}}}" if degree else rf"\sqrt{{{body}}}"

    def accented(self, accent: str, body: str) -> str:
        return f"{accent}{{{body}}}" if accent in notation.ACCENTS.values() else body

    def matrix(self, environment: str, rows: list[list[str]]) -> str:
        kind = environment if environment in _MATRICES else "matrix"
        body = r" \\ ".join(" & ".join(f"{{{cell}}}" for cell in row) for row in rows)
        return rf"\begin{{{kind}}} {body} \end{{{kind}}}"

    def row(self, pieces: list[str]) -> str:
        return "".join(pieces)

    def wrong(self, closing: bool) -> str:
        if closing:
            return r"\mathclose{\wrong{]\mkern-3mu]}}"
        return r"\mathopen{\wrong{[\mkern-3mu[}}"

    def tinted(self, piece: str) -> str:
        return rf"\wrong{{{piece}}}"


def rows(
    node: s.Node, marks: Marks = (), lead: str = "", room: float = A4_TEXT, changed: Changes | None = None
) -> list[str]:
    """A formula in rows for ``aligned``, each at most about ``room`` em wide; ``lead`` is a relation in front."""
    pen = TeX()
    before = pen.operator(lead, binary=True) if lead else ""
    return broken(Formula(pen, marks, changed).tokens(node), f"{before}{{}}" if before else "", room)
