"""Write a derivation to a file, in the format that its name asks for: of a proof, or of a document."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from symbolic_equiv.report.documents import BUDGET, Progress, check_document, load
from symbolic_equiv.report.results import Report
from symbolic_equiv.script.loader import ScriptError, bundled

if TYPE_CHECKING:
    from symbolic_equiv.judge.fixed import Fixed
    from symbolic_equiv.judge.verdicts import JudgedDocument
    from symbolic_equiv.report.markdown import Pictures

FORMATS = (".tex", ".pdf", ".html", ".md", ".ipynb")
LEVELS = ("function", "matrix", "entries")
OF_MATRICES = "_of_matrices"
"""What the name of a proof ends with that states another one with matrices for maps."""


@dataclass(frozen=True)
class Wanted:
    """How a derivation is to be written.

    ``detail``: 0 the idea, 1 the steps, 2 what each step replaced and used.  ``fragment``: LaTeX without a preamble,
    to be put into a document.
    """

    detail: int = 1
    fragment: bool = False

    def __post_init__(self) -> None:
        if self.detail not in (0, 1, 2):
            raise ScriptError(f"there is no detail {self.detail}", "0 is the idea, 1 the steps, 2 each rule")

    def fits(self, suffix: str, formats: tuple[str, ...], more: str = "") -> None:
        """Raise ``ScriptError`` unless a file with that ending can be written so."""
        _known(suffix, formats, more)
        if self.fragment and suffix != ".tex":
            raise ScriptError(
                f"there is no fragment of a {suffix} file", "--fragment is for .tex, to be put in by \\input"
            )


def ready(output: str, wanted: Wanted = Wanted()) -> None:
    """Raise ``ScriptError`` for an output that cannot be written, before any work is done for it."""
    suffix = os.path.splitext(output)[1].lower()
    wanted.fits(suffix, FORMATS)
    has_folder(output)
    if suffix == ".pdf":
        from symbolic_equiv.report.pdf import installed

        installed()


def has_folder(output: str) -> None:
    """Raise ``ScriptError`` for an output in a folder that there is not, before any work is done for it."""
    folder = os.path.dirname(os.path.abspath(output))
    if not os.path.isdir(folder):
        raise ScriptError(f"{output} cannot be written: there is no folder {folder}", "choose one that exists")


def rendered(
    report: Report, suffix: str, wanted: Wanted = Wanted(), source: str = "", pictures: Pictures | None = None
) -> str | bytes:
    """The derivations of a report as one document.  Raises ``ScriptError`` for a format that is not known.

    ``source`` is what a notebook is to check when it is run; ``pictures`` takes the figures of a page in Markdown.
    """
    wanted.fits(suffix, FORMATS)
    if suffix == ".html":
        from symbolic_equiv.report.html import document
    elif suffix == ".md":
        from symbolic_equiv.report import markdown

        document = partial(markdown.document, pictures=pictures)
    elif suffix == ".ipynb":
        from symbolic_equiv.report import notebook

        document = partial(notebook.document, source=source)
    else:
        from symbolic_equiv.report.latex import document
    if wanted.fragment:
        from symbolic_equiv.report.latex import fragment as document
    multiplicative = frozenset().union(*(chain.statement.multiplicative for chain in report.chains))
    written = document(*report.chains, multiplicative=multiplicative, detail=wanted.detail)
    return _typeset(written) if suffix == ".pdf" else written


def _typeset(tex: str) -> bytes:
    from symbolic_equiv.report.pdf import pdf

    return pdf(tex)


def write_level(
    target: str,
    level: str,
    output: str,
    wanted: Wanted = Wanted(),
    sizes: Mapping[str, int] | None = None,
    progress: Progress = lambda _: None,
) -> int:
    """Write a bundled proof at one size, with matrices or entry by entry, and return the exit status of its check.

    Where there is a proof of the same with matrices for maps, it is that one.  Raises ``ScriptError``.
    """
    from symbolic_equiv.explicit.errors import ExplicitError
    from symbolic_equiv.report.check import check
    from symbolic_equiv.report.levels import at_one_size, rendered

    suffix = os.path.splitext(output)[1].lower()
    report = check(_with_matrices(target, level), progress=progress)
    progress(f"{target}: written out")
    try:
        page = at_one_size(report.chains[0], level, sizes or {}, wanted.detail)
    except ExplicitError as error:
        hint = "choose other sizes, as in --sizes n=2,d_in=1, or --level function, which needs none"
        raise ScriptError(f"{target} cannot be written at the level {level}: {error}", hint) from None
    written = rendered(page, suffix, wanted.fragment)
    _write(output, _typeset(written) if suffix == ".pdf" else written)
    return report.exit_code


def _with_matrices(target: str, level: str) -> str:
    if level not in LEVELS:
        raise ScriptError(f"there is no level {level!r}", f"choose from {', '.join(LEVELS)}")
    if os.path.splitext(target)[1]:
        raise ScriptError(
            f"{target} is derived as it is written, not at the level {level}",
            "matrix and entries are for bundled proofs; 'symbolic-equiv list' shows them",
        )
    return target + OF_MATRICES if target + OF_MATRICES in bundled() else target


def write(report: Report, path: str, wanted: Wanted = Wanted()) -> list[str]:
    """Write the derivations of a report to ``path``, and return the names of the files.

    Figures of a page in Markdown are files beside it.

    Raises ``ScriptError`` if that cannot be done."""
    source = report.documents[0].path if report.documents else ""
    if os.path.splitext(source)[1]:
        source = _seen_from(path, source)
    stem, suffix = os.path.splitext(path)
    pictures = None
    if suffix.lower() == ".md":
        from symbolic_equiv.report.markdown import Pictures

        pictures = Pictures(os.path.basename(stem))
    _write(path, rendered(report, suffix.lower(), wanted, source, pictures))
    beside = pictures.files if pictures is not None else {}
    for name, svg in beside.items():
        _write(os.path.join(os.path.dirname(path), name), svg)
    return [path, *beside]


def _seen_from(output: str, source: str) -> str:
    """The path of a file for a notebook that is run in the folder in which it is written."""
    return os.path.relpath(source, os.path.dirname(os.path.abspath(output)))


def write_annotated(
    path: str,
    output: str,
    context: str = "",
    budget: float = BUDGET,
    seed: int = 0,
    wanted: Wanted = Wanted(),
    progress: Progress = lambda _: None,
) -> JudgedDocument:
    """Judge a document and write its chains line by line, with verdicts, errors and repairs."""
    suffix = os.path.splitext(output)[1].lower()
    wanted.fits(suffix, FORMATS)
    _apart(path, output)
    judged = check_document(path, context, budget, seed, progress=progress)
    progress(f"{path}: written")
    _write(output, annotated(judged, suffix, wanted, _seen_from(output, path)))
    return judged


def annotated(judged: JudgedDocument, suffix: str, wanted: Wanted = Wanted(), source: str = "") -> str | bytes:
    """A judged document as a page with an ending of ``FORMATS``."""
    if suffix == ".ipynb":
        from symbolic_equiv.report.notebook import annotated as cells

        return cells(judged, source, wanted.detail)
    if suffix == ".html":
        from symbolic_equiv.report.annotated_html import document
    elif suffix == ".md":
        from symbolic_equiv.report.annotated_markdown import document
    elif wanted.fragment:
        from symbolic_equiv.report.annotated_latex import fragment as document
    else:
        from symbolic_equiv.report.annotated_latex import document
    written = document(judged, wanted.detail)
    return _typeset(written) if suffix == ".pdf" else written


def write_fixed(
    path: str,
    output: str,
    context: str = "",
    budget: float = BUDGET,
    seed: int = 0,
    progress: Progress = lambda _: None,
) -> Fixed:
    """Mend a document and write the result, which needs no other file, as Markdown (or LaTeX, if it was LaTeX)."""
    from symbolic_equiv.judge.fixed import fix
    from symbolic_equiv.judge.judge import judge

    started = time.monotonic()
    suffix, source = os.path.splitext(output)[1], os.path.splitext(path)[1].lower()
    _known(suffix, (".md", ".tex") if source == ".tex" else (".md",), " for --fixed")
    _apart(path, output)
    document, user = load(path, context)
    if document.format == "latex" and suffix == ".md":
        from symbolic_equiv.latex.reader import read_text
        from symbolic_equiv.report.convert import latex_as_markdown

        document = read_text(latex_as_markdown(document.source.text), "markdown", path)
    remaining = lambda: max(1.0, started + budget - time.monotonic())
    say = lambda place: progress(f"{path}: {place}")
    fixed = fix(document, lambda derivation: judge(derivation, output, remaining(), seed, progress=say), user)
    _write(output, fixed.text)
    return fixed


def _apart(path: str, output: str) -> None:
    """Raise ``ScriptError`` if the output is the document itself."""
    if os.path.exists(output) and os.path.exists(path) and os.path.samefile(path, output):
        raise ScriptError("the document itself is not overwritten", "write to another file")


def _known(suffix: str, formats: tuple[str, ...], more: str = "") -> None:
    if suffix not in formats:
        raise ScriptError(
            f"no derivation can be written as {suffix or 'a file without an ending'}",
            f"use {' or '.join(filter(None, [', '.join(formats[:-1]), formats[-1]]))}{more}",
        )


def _write(path: str, content: str | bytes) -> None:
    try:
        with open(path, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
    except OSError as error:
        raise ScriptError(
            f"{path} cannot be written: {error.strerror}", "choose a folder that exists and is yours"
        ) from None
