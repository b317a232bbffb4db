"""A derivation as a notebook (nbformat 4): the Markdown of it in cells, and cells that check it anew when they are run.

The code in it is ours; all that comes from a script or a document is a quoted string or escaped words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from symbolic_equiv.report import annotated_markdown, markdown
from symbolic_equiv.report.derivation import STEPS

if TYPE_CHECKING:
    from symbolic_equiv.judge.verdicts import JudgedDocument

MARKDOWN, CODE = "markdown", "code"
Cell = tuple[str, str]


def document(*proofs: Any, source: str, multiplicative: frozenset[str] = frozenset(), detail: int = STEPS) -> str:
    """The notebook of one proof or of several; ``source`` is what ``symbolic_equiv.check`` is to check in it."""
    cells = [_check(source)]
    for number, proof in enumerate(proofs):
        text = markdown.fragment(proof, multiplicative, detail)
        cells += [(MARKDOWN, part) for part in _parts(text)]
        cells.append((CODE, f"chain = report.chains[{number}]\nchain"))
        if getattr(proof, "counterexample", None) is not None:
            cells.append((CODE, "chain.counterexample"))
        if getattr(proof, "proof", None) is not None:
            cells.append((CODE, "chain.proof.lines[-1]"))
    return _written(cells)


def annotated(judged: JudgedDocument, source: str, detail: int = STEPS) -> str:
    """The notebook of a judged document, which lies at ``source`` as seen from the notebook."""
    parts = _parts(annotated_markdown.document(judged, detail))
    return _written([_check(source), *((MARKDOWN, part) for part in parts), (CODE, "report.documents[0]")])


def _check(source: str) -> Cell:
    return CODE, f"import symbolic_equiv as se\n\nreport = se.check({source!r})\nreport.verdict"


def _parts(text: str) -> list[str]:
    """A page in pieces, each with its heading."""
    return [part.strip() for part in re.split(r"\n(?=## )", text) if part.strip()]


def _written(cells: Iterable[Cell]) -> str:
    found: list[dict[str, Any]] = []
    for number, (kind, text) in enumerate(cells, 1):
        cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}}
        if kind == CODE:
            cell |= {"execution_count": None, "outputs": []}
        found.append(cell | {"source": text.splitlines(keepends=True)})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    notebook = {"cells": found, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
