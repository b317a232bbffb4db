"""Notebooks: the Markdown cells of a ``.ipynb`` as one text, with the places where the cells begin."""

from __future__ import annotations

import json
from typing import Any

from symbolic_equiv.latex.reader.errors import DocumentError
from symbolic_equiv.latex.reader.source import Source

MAX_VALUES = 3_000_000
"""Values in the JSON of a notebook, an object counted as four: known, as their memory is, before they are made."""

BETWEEN_CELLS = "\n\n"


def read_notebook(text: str, path: str) -> Source:
    """The Markdown cells as a ``Source``; raises ``DocumentError`` if the text is no notebook."""
    if text.count(",") + text.count("[") + 4 * text.count("{") > MAX_VALUES:
        raise DocumentError(path, f"a notebook of more than {MAX_VALUES} values", "clear its outputs and save it again")
    try:
        notebook = json.loads(text)
    except RecursionError:
        raise DocumentError(path, "its JSON is nested too deeply for a notebook") from None
    except ValueError as problem:  # JSONDecodeError, or a number of too many digits
        advice = "save the notebook again with Jupyter"
        raise DocumentError(path, f"it is no JSON, and so no notebook: {str(problem)[:200]}", advice) from None
    parts: list[str] = []
    cells: list[tuple[int, int]] = []
    offset = 0
    for number, cell in enumerate(_cells(notebook, path), start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "markdown":
            continue
        lines = cell.get("source", "")
        content = lines if isinstance(lines, str) else _joined(lines)
        if content is None:
            raise DocumentError(path, f"the source of cell {number} is neither text nor a list of lines")
        content = content.replace("\r\n", "\n").replace("\r", "\n")
        parts.append(content)
        cells.append((offset, number))
        offset += len(content) + len(BETWEEN_CELLS)
    return Source(BETWEEN_CELLS.join(parts), path, tuple(cells))


def _cells(notebook: Any, path: str) -> list[Any]:
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise DocumentError(path, "it is JSON, but no notebook: it has no list of cells", "save it again with Jupyter")
    return cells


def _joined(lines: Any) -> str | None:
    if isinstance(lines, list) and all(isinstance(line, str) for line in lines):
        return "".join(lines)
    return None
