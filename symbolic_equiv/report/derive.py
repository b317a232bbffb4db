"""Write a derivation to a file, in the format that its name asks for: of a proof, or of a document."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from symbolic_equiv.report.check import Report
from symbolic_equiv.report.documents import BUDGET, check_document, load
from symbolic_equiv.script.loader import ScriptError

if TYPE_CHECKING:
    from symbolic_equiv.judge.fixed import Fixed
    from symbolic_equiv.judge.verdicts import JudgedDocument

FORMATS = (".tex", ".md")
DOCUMENT_FORMATS = (".html", ".tex")


def rendered(report: Report, suffix: str) -> str:
    """The derivations of a report as one document.  Raises ``ScriptError`` for a format that is not known."""
    _known(suffix, FORMATS)
    if suffix == ".tex":
        from symbolic_equiv.report.latex import document
    else:
        from symbolic_equiv.report.markdown import document
    multiplicative = frozenset().union(*(chain.statement.multiplicative for chain in report.chains))
    return document(*report.chains, multiplicative=multiplicative)


def write(report: Report, path: str) -> None:
    """Write the derivations of a report to ``path``.  Raises ``ScriptError`` if that cannot be done."""
    _write(path, rendered(report, os.path.splitext(path)[1]))


def write_annotated(path: str, output: str, context: str = "", budget: float = BUDGET, seed: int = 0) -> JudgedDocument:
    """Judge a document and write its chains line by line, with verdicts, errors and repairs, as HTML or LaTeX."""
    suffix = os.path.splitext(output)[1]
    _known(suffix, DOCUMENT_FORMATS, " (or, with --fixed, .md)")
    judged = check_document(path, context, budget, seed)
    if suffix == ".html":
        from symbolic_equiv.report.annotated_html import document
    else:
        from symbolic_equiv.report.annotated_latex import document
    _write(output, document(judged))
    return judged


def write_fixed(path: str, output: str, context: str = "", budget: float = BUDGET, seed: int = 0) -> Fixed:
    """Mend a document and write the result, which needs no other file, as Markdown (or LaTeX, if it was LaTeX)."""
    from symbolic_equiv.judge.fixed import fix
    from symbolic_equiv.judge.judge import judge

    started = time.monotonic()
    suffix, source = os.path.splitext(output)[1], os.path.splitext(path)[1].lower()
    _known(suffix, (".md", ".tex") if source == ".tex" else (".md",), " for --fixed")
    if os.path.exists(output) and os.path.samefile(path, output):
        raise ScriptError("the document itself is not overwritten", "write the mended one to another file")
    document, user = load(path, context)
    if document.format == "latex" and suffix == ".md":
        from symbolic_equiv.latex.reader import read_text
        from symbolic_equiv.report.convert import latex_as_markdown

        document = read_text(latex_as_markdown(document.source.text), "markdown", path)
    remaining = lambda: max(1.0, started + budget - time.monotonic())
    fixed = fix(document, lambda derivation: judge(derivation, output, remaining(), seed), user)
    _write(output, fixed.text)
    return fixed


def _known(suffix: str, formats: tuple[str, ...], more: str = "") -> None:
    if suffix not in formats:
        raise ScriptError(
            f"no derivation can be written as {suffix or 'a file without an ending'}",
            f"use {' or '.join(formats)}{more}",
        )


def _write(path: str, content: str) -> None:
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
    except OSError as error:
        raise ScriptError(
            f"{path} cannot be written: {error.strerror}", "choose a folder that exists and is yours"
        ) from None
