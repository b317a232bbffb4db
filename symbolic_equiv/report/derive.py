"""Write a derivation to a file, in the format that its name asks for."""

from __future__ import annotations

import os

from symbolic_equiv.report.check import Report
from symbolic_equiv.script.loader import ScriptError

FORMATS = (".tex", ".md")


def rendered(report: Report, suffix: str) -> str:
    """The derivations of a report as one document.  Raises ``ScriptError`` for a format that is not known."""
    if suffix not in FORMATS:
        raise ScriptError(
            f"no derivation can be written as {suffix or 'a file without an ending'}", f"use {' or '.join(FORMATS)}"
        )
    if suffix == ".tex":
        from symbolic_equiv.report.latex import document
    else:
        from symbolic_equiv.report.markdown import document
    multiplicative = frozenset().union(*(chain.statement.multiplicative for chain in report.chains))
    return document(*report.chains, multiplicative=multiplicative)


def write(report: Report, path: str) -> None:
    """Write the derivations of a report to ``path``.  Raises ``ScriptError`` if that cannot be done."""
    content = rendered(report, os.path.splitext(path)[1])
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
    except OSError as error:
        raise ScriptError(
            f"{path} cannot be written: {error.strerror}", "choose a folder that exists and is yours"
        ) from None
