"""A proof as a LaTeX document: statement, symbols, hypotheses, definitions, derivation, axioms, verdict."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from symbolic_equiv.latex.linebreak import A4_TEXT, width
from symbolic_equiv.latex.reader.markup import CITED, CITED_END
from symbolic_equiv.latex.statements import Formula, broken
from symbolic_equiv.latex.words import escape
from symbolic_equiv.report import blocks, figures
from symbolic_equiv.report.blocks import Heading, inline
from symbolic_equiv.report.changes import settled
from symbolic_equiv.report.derivation import RULES, STEPS, Derivation, Line, Move, derivations
from symbolic_equiv.report.page import Law, Page
from symbolic_equiv.report.refuted import refutation
from symbolic_equiv.report.sentences import ASSUMED, begun, kind, law_rows, listed, meanings, sentence, setting, under
from symbolic_equiv.report.texmath import DRAWN, KEY, mark

_PREAMBLE = r"""\documentclass[a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{textcomp}
\usepackage[margin=2.2cm]{geometry}
\usepackage{amsmath,amssymb,amsthm}
\usepackage{xcolor}
\usepackage[hidelinks]{hyperref}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.4\baselineskip}
\setcounter{secnumdepth}{0}
\sloppy
\emergencystretch=6em
\widowpenalty=10000
\clubpenalty=10000
\displaywidowpenalty=10000
\theoremstyle{plain}
\newtheorem*{claim}{Theorem}
"""

_MARKS = "\\definecolor{reason}{gray}{0.35}\n" + DRAWN

_FRAGMENT = r"""% Needs amsmath, amssymb, xcolor and hyperref.
\makeatletter
\ifcsname claim\endcsname\else
\newenvironment{claim}{\trivlist\item[\hskip\labelsep\textbf{Theorem.}]\itshape}{\endtrivlist}\fi
\makeatother
"""

_RIGHT = r"\unskip\nobreak\hfil\penalty50\hskip1em\null\nobreak\hfil\mbox{%s}\parfillskip=0pt\finalhyphendemerits=0 "
"""Words at the right margin, on the same line if there is room (Knuth, "The TeXbook", chapter 14)."""

_KEEP = r"\noalign{\global\postdisplaypenalty=%d}"
"""Whether a page may end before the words between two lines (0) or not (10000)."""

HALF_A_PAGE = 14
"""So many rows may go on on the next page; fewer are kept together."""

_ROOM_IN_LIST = A4_TEXT - 3.0
"""A formula in a list has less room: the list is indented."""


def document(*proofs: Any, multiplicative: frozenset[str] = frozenset(), detail: int = STEPS) -> str:
    """A complete document for pdfLaTeX at A4, of one proof or of several.

    ``multiplicative`` names the base sorts whose group is written ``p q^{-1}`` and not ``p - q``.
    """
    trees = enumerate(derivations(proofs, multiplicative), 1)
    return whole((tree.page.title, _body(tree, f"{number}", detail)) for number, tree in trees)


def whole(parts: Iterable[tuple[str, str]]) -> str:
    """A complete document: titles, which are escaped here, each with a body in LaTeX, which begins a new page."""
    bodies = [f"\\begin{{center}}\\LARGE {escape(title)}\\end{{center}}\n{body}" for title, body in parts]
    return "\n".join([_PREAMBLE + _MARKS, r"\begin{document}", "\n\\clearpage\n".join(bodies), r"\end{document}", ""])


def fragment(*proofs: Any, multiplicative: frozenset[str] = frozenset(), detail: int = STEPS) -> str:
    """The same without the preamble, to be put by ``\\input`` in a document that loads what its first line says."""
    bodies = []
    for tree in derivations(proofs, multiplicative):
        body = _body(tree, f"{tree.statement.name}.".replace("_", "."), detail)
        bodies.append(body.replace(r"\section{", r"\subsection*{"))
    return "\n".join([_FRAGMENT + _MARKS, "\n\n".join(bodies), ""])


def _body(tree: Derivation, prefix: str, detail: int) -> str:
    """All parts; ``prefix`` makes the targets of links different in each proof of one document."""
    content = tree.page
    parts = [
        _statement(tree, prefix),
        _cited(figures.latex(tree.statement, tree.counterexample)) if detail >= STEPS else "",
        _section("Symbols", _symbols(content)),
        _section("Hypotheses", _hypotheses(tree, prefix, detail)),
        _section("Definitions", _definitions(content)),
        _section("Derivation", _derivation(tree, prefix, detail)) if detail >= STEPS else escape(tree.idea),
        _verdict(tree),
        _section("Axioms used", _axioms(content.axioms)) if detail >= STEPS else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _section(title: str, text: str) -> str:
    return f"\\section{{{title}}}\n{text}" if text else ""


def _statement(tree: Derivation, prefix: str) -> str:
    """What the author says of it, then the claim under its hypotheses."""
    content = tree.page
    given = under(_links((item.label for item in content.hypotheses), prefix)) if content.hypotheses else ""
    body = "\n".join(part for part in (given, _display(content.claim.rows())) if part)
    if kind(content) == "Theorem":
        body = f"\\begin{{claim}}\n{body}\n\\end{{claim}}"
    else:
        body = f"\\textbf{{{kind(content)}.}} {body}"
    return "\n\n".join(part for part in (sentence(_prose(tree, content.says)), body) if part)


def _prose(tree: Derivation, words: str) -> str:
    return inline(tree.prose(words), escape, _math)


def _display(rows: Iterable[str]) -> str:
    return "\\[\n\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}\n\\]"


def _math(formula: str) -> str:
    return f"\\({formula}\\)"


def _symbols(content: Page) -> str:
    words = setting(content, _math)
    rows = [f"{names} &{sort}" for names, sort in content.symbols]
    half = (len(rows) + 1) // 2
    widest = max(map(width, rows), default=0.0)
    if 2 * widest < A4_TEXT - 4:
        rows = [" &\\qquad ".join(pair) for pair in zip_longest(rows[:half], rows[half:], fillvalue="&")]
    return words + ("\n" + _display(rows) if rows else "")


def _hypotheses(tree: Derivation, prefix: str, detail: int) -> str:
    if not tree.page.hypotheses:
        return ""
    items, uses = [], dict(tree.uses)
    for item in tree.page.hypotheses:
        label = f"\\item[\\hypertarget{{{prefix}{item.label}}}{{({item.label})}}]"
        rows = [row for formula in item.formulas for row in formula.rows(_ROOM_IN_LIST)]
        steps = [f"\\hyperlink{{{prefix}S{number}}}{{({number})}}" for number in uses[item.label]]
        used = f"\n\\textcolor{{reason}}{{Used in {listed(steps)}.}}" if steps and detail >= STEPS else ""
        items.append(f"{label} {sentence(_prose(tree, begun(item.says)))} {ASSUMED}\n{_display(rows)}{used}")
    return "\\begin{description}\n" + "\n".join(items) + "\n\\end{description}"


def _definitions(content: Page) -> str:
    formulas = [_align(content.definitions)] * bool(content.definitions)
    return "\n".join([*formulas, meanings(content, _math)])


def _align(formulas: Iterable[Formula]) -> str:
    rows = [row for formula in formulas for row in formula.rows()]
    return "\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}"


def _derivation(tree: Derivation, prefix: str, detail: int) -> str:
    if tree.first is None:
        return ""
    rows = " \\\\\n".join(_rows(tree.first))
    steps = "".join(_step(tree, move, prefix, detail) for move in tree.moves)
    letters = listed([_math(item.latex) for item in tree.page.abbreviations])
    words = [escape(tree.idea), KEY if tree.has_marks else "", f"Here we write {letters}." if letters else ""]
    lead = "\n".join(filter(None, words))
    derived = f"\\begin{{align*}}\n{rows}{steps}\n\\end{{align*}}"
    if max(len(_rows(line)) for line in (tree.first, *(move.line for move in tree.moves))) > HALF_A_PAGE:
        derived = f"{{\\allowdisplaybreaks\n{derived}}}"
    return f"{lead}\n{derived}"


def _rows(line: Line, relation: str = "") -> list[str]:
    return [settled(row, mark) for row in broken(line.marked, relation)]


def _step(tree: Derivation, move: Move, prefix: str, detail: int) -> str:
    """The reason between two lines, then the next line; a page may end before it, but not right after the first."""
    step = move.step
    rule = rf"\emph{{{_prose(tree, step.rule)}}}" if step.rule else ""
    because = rf"\textcolor{{reason}}{{{': ' if rule else ''}{_prose(tree, step.because)}}}" if step.because else ""
    error = rf" \textbf{{Not proved: {escape(step.error)}}}" if step.error else ""
    more = _details(move) if detail >= RULES else ""
    labels = _RIGHT % f"by {listed(_links(step.labels, prefix))}" if step.labels else ""
    rows = " \\\\\n".join(_rows(move.line, "= "))
    number = f"\\hypertarget{{{prefix}S{step.number}}}{{\\textbf{{({step.number})}}}}"
    words = f"\\intertext{{{number} {rule}{because}{error}{labels}{more}}}"
    if step.number == 1:
        words = "\\\\\n" + _KEEP % 10000 + "\n" + words + "\n" + _KEEP % 0
    return f"\n{words}\n{rows}"


def _details(move: Move) -> str:
    """What the step replaced by what, and the laws that it used, in small letters."""
    pairs = [f"{_math(before)} becomes {_math(after)}" for before, after in move.replaced]
    laws = [rf"\texttt{{{escape(name)}}}" for name in move.laws]
    parts = [f"{'; '.join(pairs)}."] * bool(pairs) + [f"Laws: {listed(laws)}."] * bool(laws)
    return rf"\endgraf{{\small\raggedright {' '.join(parts)}\endgraf}}" if parts else ""


def _links(labels: Iterable[str], prefix: str) -> list[str]:
    return [f"\\hyperlink{{{prefix}{label}}}{{({label})}}" for label in labels]


def _verdict(tree: Derivation) -> str:
    content = tree.page
    says = f" {escape(content.verdict_says)}" if content.verdict_says else ""
    verdict = f"\\textbf{{Verdict: {escape(content.verdict)}.}}{says}"
    if tree.counterexample is None:
        return verdict
    shown = blocks.latex([Heading("Counterexample"), *refutation(tree.counterexample, tree.statement)])
    return f"{verdict}\n\n{_cited(shown)}"


def _cited(text: str) -> str:
    """What a reader of the derivation does not judge: numbers in one model."""
    return f"% {CITED}\n{text}\n% {CITED_END}" if text else ""


def _axioms(axioms: tuple[Law, ...]) -> str:
    if not axioms:
        return ""
    items = []
    for law in axioms:
        head = f"\\item[\\texttt{{{escape(law.name)}}}] {sentence(escape(law.reason), ':')}"
        rows = law_rows(law, _ROOM_IN_LIST)
        items.append(f"{head}\n{_display(rows)}" if len(rows) > 1 else f"{head} \\({rows[0].removeprefix('& ')}\\)")
    laws = "\n".join(items)
    return (
        f"{{\\small\n\\begin{{description}}\n\\setlength{{\\itemsep}}{{0pt}}\n% {CITED}\n{laws}\n% {CITED_END}\n"
        "\\end{description}}"
    )
