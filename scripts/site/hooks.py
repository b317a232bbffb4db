"""What the documentation site adds to its Markdown: formulas, and the pages that are made from the code."""

from __future__ import annotations

from typing import Any

import axioms
import catalogue
import commands
import python
import rules
import schema
from formulas import Formulas
from mkdocs.structure.files import File, Files

PAGES = {
    "reference/axioms.md": axioms.page,
    "reference/catalogue.md": catalogue.page,
    "reference/commands.md": commands.page,
    "reference/json.md": schema.page,
    "reference/python.md": python.page,
    "reference/rules.md": rules.page,
}
"""The pages that nobody writes: each is read off the code when the site is built."""


def on_config(config: Any) -> Any:
    """Formulas between dollars become MathML."""
    config.markdown_extensions.append(Formulas())
    return config


def on_files(files: Files, config: Any) -> Files:
    """The made pages join those that are written."""
    for path, page in PAGES.items():
        files.append(File.generated(config, path, content=page()))
    return files
