"""Formulas of a document as LaTeX again: from their trees, with nothing in them but commands that we know."""

from __future__ import annotations

import re
from collections.abc import Callable

from symbolic_equiv.latex.linebreak import A4_TEXT
from symbolic_equiv.latex.reader import notation
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.statements import broken
from symbolic_equiv.latex.words import escape
from symbolic_equiv.report.changes import NEW, settled
from symbolic_equiv.report.formula import Formula, Shown

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
    """The pen for LaTeX with amsmath, amssymb and xcolor; ``tint`` is a command for what is wrong."""

    def __init__(self, tint: str = r"\wrong") -> None:
        self.tint = tint

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
            return rf"\mathclose{{{self.tint}{{]\mkern-3mu]}}}}"
        return rf"\mathopen{{{self.tint}{{[\mkern-3mu[}}}}"

    def tinted(self, piece: str) -> str:
        return rf"{self.tint}{{{piece}}}"


Draw = Callable[[str, str], str]


def mark(kind: str, text: str) -> str:
    """What changed, by commands ``changed`` and ``changing`` (see ``DRAWN``)."""
    return rf"\{'changed' if kind == NEW else 'changing'}{{{inside(text)}}}"


def inside(text: str) -> str:
    """A part of a row with a mark around it: an operator in front of it is still one between two terms."""
    return ("{}" if text[:1] in "+-" else "") + text


DRAWN = r"""\definecolor{changed}{rgb}{0.02,0.31,0.68}
\definecolor{changing}{rgb}{0.6,0.24,0}
\providecommand{\mathcolor}[2]{\textcolor{#1}{#2}}
\makeatletter
\@namedef{changed}#1{\mathcolor{changed}{\underline{#1}}}
\@namedef{changing}#1{\mathcolor{changing}{\mathpalette\underdashes{#1}}}
\@namedef{underdashes}#1#2{\vtop{\m@th\ialign{##\crcr$#1#2$\crcr\noalign{\kern.15em\nointerlineskip}%
\leaders\hbox{\kern.08em\vrule height.04em depth0pt width.16em\kern.08em}\hfill\crcr}}}
\makeatother
"""
"""How what changed is drawn: a line below it, or dashes.  They are defined in a way that our reader does not expand."""

KEY = (
    r"What the step into a line changed is \textcolor{changed}{underlined}, what the next step will change is "
    r"\textcolor{changing}{underlined with dashes}."
)


def rows(shown: Shown, lead: str = "", room: float = A4_TEXT, pen: TeX | None = None, draw: Draw = mark) -> list[str]:
    """A formula in rows for ``aligned``, each at most about ``room`` em wide; ``lead`` is a relation in front.

    ``draw`` says how what changed is drawn.  The formula must have a tree.
    """
    pen = pen or TeX()
    before = pen.operator(lead, binary=True) if lead else ""
    tokens = Formula(pen, shown.marks, shown.changed).tokens(shown.node)
    return [settled(row, draw) for row in broken(tokens, f"{before}{{}}" if before else "", room)]
