"""A finished proof as a LaTeX document: written from what was read, so that no command of the learner's is in it."""

from __future__ import annotations

from symbolic_equiv.latex.words import escape
from symbolic_equiv.report.formula import Formula
from symbolic_equiv.report.texmath import TeX
from symbolic_equiv.teach.exercise import DERIVE, Exercise
from symbolic_equiv.teach.feedback import plain
from symbolic_equiv.teach.lines import book
from symbolic_equiv.teach.mark import Marked


def proof_as_latex(exercise: Exercise, marked: Marked) -> str:
    """The document: what is given, and the lines with the rules by which they follow."""
    rows = _derivation(exercise, marked) if exercise.kind == DERIVE else _solution(exercise)
    given = [rf"  \item \texttt{{{escape(line)}}}" for line in exercise.context_text.splitlines() if line.strip()]
    return "\n".join(
        [
            r"\documentclass[a4paper]{article}",
            r"\usepackage[T1]{fontenc}",
            r"\usepackage{amsmath,amssymb}",
            r"\allowdisplaybreaks",
            r"\begin{document}",
            rf"\section*{{{escape(exercise.title)}}}",
            r"\raggedright Given, in the notation of the checker:",
            r"\begin{itemize}\footnotesize",
            *given,
            r"\end{itemize}",
            r"\begin{align*}",
            " \\\\\n".join(rows),
            r"\end{align*}",
            r"\end{document}",
            "",
        ]
    )


def _derivation(exercise: Exercise, marked: Marked) -> list[str]:
    rows, first = [], _formula(exercise, exercise.start)
    for number, (text, said) in enumerate(marked.lines):
        reason = escape(", ".join(move.words for move in said.moves))
        rows.append(f"{'' if number else first} &= {_formula(exercise, text)} \\\\\n &\\qquad\\text{{({reason})}}")
    return [row.removesuffix(" \\\\\n &\\qquad\\text{()}") for row in rows]


def _solution(exercise: Exercise) -> list[str]:
    first, *others = (_formula(exercise, line) for line in exercise.solution)
    return [f"{'' if number else first} &= {line}" for number, line in enumerate(others)]


def _formula(exercise: Exercise, text: str) -> str:
    expression = book(exercise).expression(text).expression
    return Formula(TeX()).line(expression) if expression is not None else escape(plain(text))
