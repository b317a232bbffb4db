"""A finished proof as a LaTeX document: written from what was read, so that no command of the learner's is in it."""

from __future__ import annotations

from symbolic_equiv.latex.words import escape
from symbolic_equiv.report.formula import Formula, Shown
from symbolic_equiv.report.texmath import TeX
from symbolic_equiv.report.texmath import rows as rows_of
from symbolic_equiv.teach.exercise import DERIVE, Exercise
from symbolic_equiv.teach.feedback import plain
from symbolic_equiv.teach.given import Given, given
from symbolic_equiv.teach.lines import book
from symbolic_equiv.teach.mark import Marked


def proof_as_latex(exercise: Exercise, marked: Marked) -> str:
    """The document: what is given, and the lines with the rules by which they follow."""
    rows = _derivation(exercise, marked) if exercise.kind == DERIVE else _solution(exercise)
    facts = [rf"  \item {_given(line)}" for line in given(exercise)]
    return "\n".join(
        [
            r"\documentclass[a4paper]{article}",
            r"\usepackage[T1]{fontenc}",
            r"\usepackage{amsmath,amssymb}",
            r"\usepackage[margin=25mm]{geometry}",
            r"\allowdisplaybreaks",
            r"\begin{document}",
            rf"\section*{{{escape(exercise.title)}}}",
            r"\raggedright What is given:",
            r"\begin{itemize}\small\itemsep0pt",
            *facts,
            r"\end{itemize}",
            r"\begin{align*}",
            " \\\\\n".join(rows),
            r"\end{align*}",
            r"\end{document}",
            "",
        ]
    )


def _given(line: Given) -> str:
    pen = TeX()
    parts = [
        f"${pen.operator(relation, binary=True) if relation else ''}{{}}{Formula(pen).line(node)}$"
        + (rf" {escape(remark)}" if remark else "")
        for relation, node, remark in line.parts
    ]
    return f"{escape(line.words)} {' '.join(parts)}"


def _derivation(exercise: Exercise, marked: Marked) -> list[str]:
    """The first line, then each line under it with the rules by which it follows."""
    rows = _rows(exercise, exercise.start)
    for text, said in marked.lines:
        rows += _rows(exercise, text, "=")
        reason = escape(", ".join(move.words for move in said.moves))
        rows += [rf"& \qquad\text{{\footnotesize\itshape {reason}}}"] if reason else []
    return rows


def _solution(exercise: Exercise) -> list[str]:
    first, *others = exercise.solution
    return _rows(exercise, first) + [row for line in others for row in _rows(exercise, line, "=")]


def _rows(exercise: Exercise, text: str, relation: str = "") -> list[str]:
    """A line in as many rows as it needs."""
    expression = book(exercise).expression(text).expression
    shown = Shown(text, expression)
    return rows_of(shown, relation) if expression is not None else [rf"& \text{{{escape(plain(text))}}}"]
