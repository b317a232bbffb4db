"""A derivation as a notebook (nbformat 4): the Markdown of it in cells, and cells that check it anew when they are run.

The code in it is ours; all that comes from a script or a document is a quoted string or escaped words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from symbolic_equiv.latex.words import escape_markdown
from symbolic_equiv.report import annotated_markdown, markdown
from symbolic_equiv.report.derivation import STEPS
from symbolic_equiv.report.figures import drawings

if TYPE_CHECKING:
    from symbolic_equiv.judge.verdicts import JudgedDocument

MARKDOWN, CODE = "markdown", "code"
Cell = tuple[str, str]


def document(*proofs: Any, source: str, multiplicative: frozenset[str] = frozenset(), detail: int = STEPS) -> str:
    """The notebook of one proof or of several; ``source`` is what ``symbolic_equiv.check`` is to check in it."""
    cells = [_check(source)]
    pages = markdown.fragments(*proofs, multiplicative=multiplicative, detail=detail)
    for number, (proof, text) in enumerate(zip(proofs, pages, strict=True)):
        cells += [(MARKDOWN, part) for part in _parts(text)]
        cells.append((CODE, f"chain = report.chains[{number}]\nchain"))
        if detail >= STEPS and drawings(proof.statement, getattr(proof, "counterexample", None)):
            cells.append((CODE, "chain.figures  # each has .matplotlib() too, to be changed or saved"))
        if getattr(proof, "counterexample", None) is not None:
            cells.append((CODE, "chain.counterexample"))
        if getattr(proof, "proof", None) is not None:
            cells.append((CODE, "chain.proof.lines[-1]"))
    return _written(cells)


def annotated(judged: JudgedDocument, source: str, detail: int = STEPS) -> str:
    """The notebook of a judged document, which lies at ``source`` as seen from the notebook."""
    parts = _parts(annotated_markdown.document(judged, detail))
    return _written([_check(source), *((MARKDOWN, part) for part in parts), (CODE, "report.documents[0]")])


def entries(name: str, title: str, text: str, sizes: Mapping[str, int]) -> str:
    """The notebook of a bundled statement at one size: its page in Markdown, then both sides as SymPy matrices.

    ``text`` is the page without its title, ``name`` that of the proof.
    """
    given = ", ".join(f"{size}={value}" for size, value in sizes.items())
    cells = [
        (MARKDOWN, f"# {escape_markdown(title)}"),
        (CODE, f"import symbolic_equiv as se\n\nproof = se.proof({name!r})\nproof"),
        *((MARKDOWN, part) for part in _parts(text)),
        (
            MARKDOWN,
            "## The same in SymPy\n\nBoth sides as matrices, with a row for each token and a column for each entry.",
        ),
        (CODE, f"view = proof.explicit(linear=True, {given})\nview.sizes"),
        (MARKDOWN, "The left side, its sums written out token by token"),
        (CODE, "view.left_as_written"),
        (MARKDOWN, "The right side in the same way: its summands stand in another order"),
        (CODE, "view.right_before"),
        (MARKDOWN, "The re-indexing, token by token, and the right side after it"),
        (CODE, "view.substitution"),
        (CODE, "view.right_reindexed"),
        (MARKDOWN, "Do the two sides agree, for all values of the symbols?"),
        (CODE, "view.left_as_written == view.right_reindexed"),
        (CODE, "view.verdict"),
    ]
    return _written(cells)


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
