"""A LaTeX document as Markdown: the same words and formulas, without what is for the typesetter."""

from __future__ import annotations

import re

_TYPESETTING = re.compile(
    r"\\(?:documentclass|usepackage|bibliographystyle|bibliography|title|author|date|newtheorem\*?)"
    r"(?:\[[^\]\n]*\])*(?:\{[^{}\n]*\}(?:\[[^\]\n]*\])?)*"
    r"|\\(?:maketitle|tableofcontents|clearpage|newpage|noindent)\b|\\(?:begin|end)\{document\}"
)
_HEADING = re.compile(r"\\(?P<level>(?:sub){0,2})section\*?\{(?P<title>[^{}\n]*)\}")
_CONTEXT = re.compile(r"^[ \t]*%+[ \t]*symbolic-equiv:(?P<line>[^\n]*)$", re.MULTILINE)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*\n?[ \t]*")


def latex_as_markdown(text: str) -> str:
    """Headings with ``#``, context comments as one block, no other comments; macro definitions stay.

    >>> print(latex_as_markdown("% symbolic-equiv: declare S\\n\\\\section{A}\\nLet $i \\\\in S$. % aside\\n"))
    <!-- symbolic-equiv
    declare S
    -->
    <BLANKLINE>
    # A
    Let $i \\in S$.
    """
    block = [found["line"].strip() for found in _CONTEXT.finditer(text)]
    text = _COMMENT.sub(r"\1", _CONTEXT.sub("", text))
    text = _TYPESETTING.sub("", text)
    text = _HEADING.sub(lambda found: f"{'#' * (1 + len(found['level']) // 3)} {found['title']}", text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    opening = "<!-- symbolic-equiv\n" + "\n".join(block) + "\n-->\n\n" if block else ""
    return (opening + text).rstrip()
