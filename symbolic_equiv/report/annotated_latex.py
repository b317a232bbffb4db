"""A judged document as a LaTeX document for pdfLaTeX: no word of the document reaches TeX as a command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symbolic_equiv.judge.verdicts import JudgedDocument
from symbolic_equiv.latex.linebreak import A4_TEXT
from symbolic_equiv.latex.words import escape
from symbolic_equiv.report.annotated import MEANINGS, Annotated, Block, Note, Row, annotated, sentences
from symbolic_equiv.report.derivation import STEPS
from symbolic_equiv.report.formula import Shown
from symbolic_equiv.report.texmath import DRAWN, KEY, rows

_PREAMBLE = r"""\documentclass[a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{textcomp}
\usepackage[margin=2.2cm]{geometry}
\usepackage{amsmath,amssymb}
\usepackage{xcolor}
\usepackage[hidelinks]{hyperref}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.35\baselineskip}
\setcounter{secnumdepth}{0}
\allowdisplaybreaks
\sloppy
\emergencystretch=6em
"""

_NEEDED = r"""\definecolor{bad}{rgb}{0.64,0.08,0.08}
\definecolor{good}{rgb}{0.1,0.39,0.19}
\definecolor{open}{rgb}{0.48,0.29,0}
\definecolor{dim}{gray}{0.35}
\providecommand{\wrong}[1]{\mathcolor{bad}{#1}}
\makeatletter
\@namedef{inset}{\begin{list}{}{\leftmargin=1.6em\rightmargin=0pt\topsep=2pt\partopsep=0pt\parsep=2pt}\item[]}
\@namedef{endinset}{\end{list}}
\makeatother
"""

_NEEDED += DRAWN

_VERDICTS = {
    "proved": ("good", r"$\checkmark$"), "refuted": ("bad", r"$\boldsymbol{\times}$"), "unproved": ("open", "?"),
    "unreadable": ("bad", r"$\triangle$"), "assumed": ("open", r"$\circ$"), "definition": ("dim", r"$:=$"),
}  # fmt: skip

_LESS = 3.0
"""How much less room, in em, a formula has in an inset."""


def document(judged: JudgedDocument, detail: int = STEPS) -> str:
    """The whole document; at detail 0 the verdicts on its chains and the errata alone."""
    page = annotated(judged)
    parts = [_PREAMBLE + _NEEDED, r"\begin{document}", rf"{{\LARGE {escape(page.title)}\par}}", _body(page, detail)]
    return "\n\n".join([*parts, r"\end{document}"]) + "\n"


def fragment(judged: JudgedDocument, detail: int = STEPS) -> str:
    """The same without the preamble, to be put by ``\\input`` in a document that loads what its first line says."""
    body = _body(annotated(judged), detail).replace(r"\section{", r"\subsection*{")
    return f"% Needs amsmath, amssymb, xcolor and hyperref.\n{_NEEDED}\n{body}\n"


def _body(page: Annotated, detail: int) -> str:
    parts = [
        escape(page.summary),
        _legend(page, detail),
        _errata(page),
        *(_block(block, detail) for block in page.blocks),
        _hypotheses(page),
        *([_supplied(page), _unread(page)] if detail >= STEPS else []),
    ]
    return "\n\n".join(part for part in parts if part)


def _legend(page: Annotated, detail: int) -> str:
    items = [rf"{_verdict(word)} {escape(meaning)}" for word, meaning in MEANINGS.items()]
    items.append(r"$\mathcolor{bad}{[\mkern-3mu[}\;\mathcolor{bad}{]\mkern-3mu]}$ what is wrong as printed")
    key = f" {KEY}" if page.has_changes and detail >= STEPS else ""
    return r"{\small " + r";\quad ".join(items) + rf".{key}\par}}"


def _errata(page: Annotated) -> str:
    if not page.errata:
        return ""
    items = [
        rf"\item[{escape(note.id)}] {escape(note.place)}, {escape(note.kind)}: {escape(note.short)}"
        for note in page.errata
    ]
    listing = "\n".join(items)
    return (
        "\\section{Errata}\n\\begin{list}{}{\\leftmargin=3em\\labelwidth=2.4em\\labelsep=0.6em\\itemsep=0pt\\parsep=0pt"
        f"\\renewcommand{{\\makelabel}}[1]{{#1\\hfil}}}}\n{listing}\n\\end{{list}}"
    )


def _block(block: Block, detail: int) -> str:
    if detail < STEPS:
        return rf"{escape(block.title)}: {_standing(block)}.\par" if block.standing else ""
    heading = rf"\section{{{escape(block.title)}}}" + (f"\n{_standing(block)}" if block.standing else "")
    return "\n\n".join([heading, *_rows(block.rows), *(_note(note) for note in block.notes)])


def _standing(block: Block) -> str:
    return ", ".join((f"{escape(what)}: " if what else "") + _verdict(verdict) for what, verdict in block.standing)


def _rows(rows: Sequence[Row]) -> Iterator[str]:
    """The rows; the first stays with the heading.

    Two that are printed on one line of the document, a side and what is said of it, share its number.
    """
    if len(rows) > 1 and rows[0].lines == rows[1].lines and not rows[0].notes and not rows[0].verdict:
        side, said, *rows = rows
        yield "\n".join([_place(said), _formula(side.formula, side.relation), _row(said, with_place=False)])
    elif rows:
        side, *rows = rows
        yield _row(side)
    yield from (rf"\pagebreak[1]{_row(row)}" for row in rows)


def _place(row: Row) -> str:
    verdict = rf"\hfill{{\small {_verdict(row.verdict)}}}" if row.verdict else ""
    return rf"\par\textcolor{{dim}}{{\small line {escape(row.lines)}}}{verdict}"


def _row(row: Row, with_place: bool = True) -> str:
    more = []
    if row.by:
        more.append(f"under {escape(', '.join(row.by))}")
    if row.repaired:
        more.append(f"judged as repaired by {escape(', '.join(row.repaired))}")
    more += [escape(row.message)] if row.message else []
    more += [rf"\textquotedblleft{{}}{escape(row.remark)}\textquotedblright{{}}"] if row.remark else []
    parts = [*[_place(row)] * with_place, _formula(row.formula, row.relation)]
    if more:
        parts.append(rf"{{\small\textcolor{{dim}}{{{'; '.join(more)}}}\par}}")
    if row.counterexample:
        parts.append(f"\\begin{{inset}}\n{_model(row.counterexample)}\n\\end{{inset}}")
    return "\n".join([*parts, *(_note(note) for note in row.notes)])


def _note(note: Note) -> str:
    head = f"{escape(note.id)}, {escape(note.kind)}, {escape(note.place)}"
    parts = [rf"\textcolor{{bad}}{{$\boldsymbol{{\times}}$ \textbf{{{head}}}}}\par\nobreak"]
    parts += [rf"{escape(sentence)}\par" for sentence in sentences(note.message)]
    for printed, meant in note.replacements:
        parts += [
            r"printed:\nobreak",
            _formula(printed, room=_LESS),
            r"suggested:\nobreak",
            _formula(meant, room=_LESS),
        ]
    if note.suggestion is not None:
        parts += [r"suggested:\nobreak", _formula(note.suggestion, room=_LESS)]
    if note.words:
        parts.append(rf"suggested: {escape(note.words)}\par")
    if note.counterexample:
        parts.append(_model(note.counterexample))
    return "\\begin{inset}\n" + "\n".join(parts) + "\n\\end{inset}"


def _model(values: list[tuple[str, str]]) -> str:
    shown = r";\quad ".join(rf"\mbox{{{escape(name)}}} $=$ {escape(value)}" for name, value in values)
    return rf"{{\small counterexample:\quad {shown}.\par}}"


def _formula(shown: Shown, relation: str = "", room: float = 0.0) -> str:
    """The formula at the left margin, in as many rows as it needs."""
    if shown.node is None:
        return rf"\par{{\ttfamily\raggedright {escape(f'{relation} {shown.text}')}\par}}"
    lines = " \\\\\n".join(rows(shown, relation, A4_TEXT - room))
    return (
        "{\\abovedisplayskip=2pt\\belowdisplayskip=4pt\\abovedisplayshortskip=2pt\\belowdisplayshortskip=4pt"
        f"\\begin{{flalign*}}\n{_flush(lines)}\n\\end{{flalign*}}}}%"
    )


def _flush(lines: str) -> str:
    """Rows of ``aligned`` at the left margin: ``&&`` at the end pushes them there."""
    return " \\\\\n".join(f"{row} &&" for row in lines.split(" \\\\\n"))


def _verdict(word: str) -> str:
    colour, sign = _VERDICTS.get(word, ("dim", ""))
    return rf"\mbox{{\textcolor{{{colour}}}{{{sign} \textbf{{{escape(word)}}}}}}}"


def _hypotheses(page: Annotated) -> str:
    if not page.hypotheses:
        return ""
    items = "\n".join(
        rf"\item \textbf{{{escape(name)}}} ({'stated in the document' if stated else 'supplied, not stated in it'}): "
        + escape(says)
        for name, says, stated in page.hypotheses
    )
    return f"\\section{{Hypotheses used}}\n\\begin{{itemize}}\n{items}\n\\end{{itemize}}"


def _supplied(page: Annotated) -> str:
    if not page.supplied:
        return ""
    items = "\n".join(rf"\item {escape(name)}: {escape(reason)}" for name, reason in page.supplied)
    return f"\\section{{Supplied from the built-in context}}\n\\begin{{itemize}}\n{items}\n\\end{{itemize}}"


def _unread(page: Annotated) -> str:
    if not page.unread:
        return ""
    items = "\n".join(rf"\item {escape(each)}" for each in page.unread)
    return f"\\section{{Not read}}\n\\begin{{itemize}}\n{items}\n\\end{{itemize}}"
