"""Docstrings and signatures as Markdown."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any


def markdown(docstring: str) -> str:
    """A docstring: its ``code`` in one backtick, its examples as code.

    >>> print(markdown("A ``thing``.\\n\\n>>> 1 + 1\\n2"))
    A `thing`.
    <BLANKLINE>
    ```pycon
    >>> 1 + 1
    2
    ```
    <BLANKLINE>
    """
    blocks = re.split(r"\n{2,}", docstring.strip())
    shown = [f"```pycon\n{block}\n```" if block.startswith(">>>") else re.sub("``+", "`", block) for block in blocks]
    return "\n\n".join(shown) + "\n"


HIDDEN = ("self", "progress")
"""Arguments that are not for a reader: how a terminal is told of progress is one."""


def call(name: str, function: Callable[..., Any]) -> str:
    """How a function or class is called, one argument a line where they are many."""
    signature = inspect.signature(function)
    parts = [_argument(item) for item in signature.parameters.values() if item.name not in HIDDEN]
    result = (
        ""
        if inspect.isclass(function) or signature.return_annotation in ("None", inspect.Signature.empty)
        else (f" -> {signature.return_annotation}")
    )
    line = f"{name}({', '.join(parts)}){result}"
    return line if len(line) <= 88 else f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){result}"


def _argument(item: inspect.Parameter) -> str:
    stars = {item.VAR_POSITIONAL: "*", item.VAR_KEYWORD: "**"}.get(item.kind, "")
    annotation = "" if item.annotation is item.empty else f": {item.annotation}"
    default = "" if item.default is item.empty else f" = {item.default!r}"
    return f"{stars}{item.name}{annotation}{default}"
