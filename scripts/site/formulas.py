"""Formulas of the documentation, ``$…$`` and ``$$…$$``, as MathML by the project's own reader and printer."""

from __future__ import annotations

import re
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from symbolic_equiv.latex.plain import spelled
from symbolic_equiv.latex.reader import parse
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.report.formula import Changes
from symbolic_equiv.report.mathml import mathml

INLINE = r"(?<!\\)\$(?=[^\s$])([^$]*[^\s$\\])\$(?!\d)"
DISPLAY = re.compile(r"^\$\$\s*(.*?)\s*\$\$$", re.DOTALL)


def formula(node: s.Node, latex: str, lead: str = "", changed: Changes | None = None) -> str:
    """A formula in a line of text; its words are what a screen reader says where it does not know MathML."""
    label = escape(spelled(f"{lead} {latex}".strip()), quote=True)
    return f'<span class="math" role="math" aria-label="{label}">{mathml(node, (), lead, changed)}</span>'


def inline(latex: str) -> str:
    """A formula in a line of text.  Raises ``ReadError`` for one that our reader does not know.

    >>> inline("f < 1")[:46]
    '<span class="math" role="math" aria-label="f &'
    """
    return formula(parse(latex), latex)


def display(latex: str) -> str:
    """A formula in a line of its own."""
    return f'<div class="formula">{inline(latex)}</div>'


class Formulas(Extension):
    """The extension of Python-Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(_Inline(INLINE, md), "formula", 185)  # after `code`, before backslashes
        md.parser.blockprocessors.register(_Display(md.parser), "formula", 95)


class _Inline(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int, int]:
        return self.md.htmlStash.store(inline(" ".join(m[1].split()))), m.start(0), m.end(0)


class _Display(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return DISPLAY.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        found = DISPLAY.match(blocks.pop(0))
        paragraph = Element("div")
        paragraph.text = self.parser.md.htmlStash.store(display(found[1]))
        parent.append(paragraph)
