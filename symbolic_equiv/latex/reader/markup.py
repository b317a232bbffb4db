"""Where the formulas of a document stand: its text cut into prose, formulas and context comments.

Code, verbatim environments and comments are left out; macro definitions are entered as they go by.
A formula that is never closed is reported, and reading goes on behind its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from symbolic_equiv.latex.reader import notation
from symbolic_equiv.latex.reader.errors import ReadError
from symbolic_equiv.latex.reader.macros import Macros, define_at
from symbolic_equiv.latex.reader.source import Source, Span

MARKDOWN, LATEX = "markdown", "latex"

CITED, CITED_END = "symbolic-equiv: cited", "symbolic-equiv: end cited"
"""Between comments with these words a document cites the formulas of others: they are not judged, and the report
says where."""


class Piece(NamedTuple):
    """A stretch of a document.

    ``kind`` is ``prose``, ``inline``, ``display``, ``context``, ``cited`` or ``error``; ``span`` is what is to be read,
    ``outer`` has the delimiters too; ``environment`` is that of a display.
    """

    kind: str
    span: Span
    outer: Span
    environment: str = ""
    error: ReadError | None = None


_ENVIRONMENTS = "|".join(sorted(notation.DISPLAYS | notation.VERBATIM))
_BOTH = (
    rf"(?P<environment>\\begin[ ]?\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}})"
    r"|(?P<bracket>\\\[)|(?P<round>\\\()|(?P<macro>\\(?=(?:re)?newcommand|provide|Declare|[egx]?def|let))"
    r"|(?P<escaped>\\[\s\S])|(?P<dollars>\$\$)|(?P<dollar>\$)"
)
_OPENERS = {
    MARKDOWN: re.compile(
        r"(?P<comment><!--)|(?P<fence>(?m:^)[ \t>]*(?P<marks>`{3,}|~{3,})[ \t]*(?P<language>\w*)[^\n]*)|(?P<ticks>`+)"
        r"|(?P<code><(?P<tag>pre|code|script|style)\b)|" + _BOTH,
        re.IGNORECASE,
    ),
    LATEX: re.compile(
        r"(?P<comment>%[^\n]*)|(?P<verb>\\verb\*?(?P<mark>[^A-Za-z\s*]))|(?P<false>\\iffalse\b)|" + _BOTH
    ),
}
_CONTEXT = {
    MARKDOWN: re.compile(r"<!--\s*+symbolic-equiv\b:?([\s\S]*)-->"),
    LATEX: re.compile(r"%+[ \t]*symbolic-equiv:([^\n]*)"),
}
_DOLLAR = {
    MARKDOWN: re.compile(r"\\[\s\S]|\$|\n[ \t]*\n"),
    LATEX: re.compile(r"\\[\s\S]|\$|\n[ \t]*\n|%[^\n]*"),
}
_TEX = re.compile(r"[\\^_={}()<>+]")


@dataclass
class _Scanner:
    source: Source
    format: str
    macros: Macros

    def __post_init__(self) -> None:
        self.text = self.source.text
        self.never_again: set[str] = set()  # closing delimiters that do not come any more

    def pieces(self) -> Iterator[Piece]:
        position = begun = 0
        opener = _OPENERS[self.format]
        while found := opener.search(self.text, position):
            kind = self.kind(found)
            start, position = found.start(), found.end()
            piece, position = getattr(self, f"on_{kind}")(found)
            if piece is None and position == found.end():
                continue
            if begun < start:
                yield self.prose(begun, start)
            begun = position
            if piece is not None:
                yield piece
        if begun < len(self.text):
            yield self.prose(begun, len(self.text))

    def kind(self, found: re.Match[str]) -> str:
        """Which alternative matched: the outermost group."""
        return next(
            name for name, value in found.groupdict().items() if value is not None and hasattr(self, f"on_{name}")
        )

    def prose(self, start: int, end: int) -> Piece:
        span = Span(self.source, start, end)
        return Piece("prose", span, span)

    def formula(self, kind: str, start: int, end: int, outer: tuple[int, int], environment: str = "") -> Piece:
        return Piece(kind, Span(self.source, start, end), Span(self.source, *outer), environment)

    def find(self, closing: str, start: int) -> re.Match[str] | None:
        """The next match of a pattern, remembering what does not come any more, so that all stays linear."""
        if closing in self.never_again:
            return None
        found = re.compile(closing).search(self.text, start)
        if found is None:
            self.never_again.add(closing)
        return found

    def unclosed(self, found: re.Match[str], expected: str) -> tuple[Piece, int]:
        span = Span(self.source, found.start(), found.end())
        problem = ReadError(span, f"‘{found[0].strip()}’ is never closed", expected, "close the formula")
        return Piece("error", span, span, error=problem), found.end()

    def delimited(self, found: re.Match[str], kind: str, closing: str, spelled: str) -> tuple[Piece, int]:
        end = self.find(rf"(?<!\\){closing}", found.end())
        if end is None:
            return self.unclosed(found, spelled)
        return self.formula(kind, found.end(), end.start(), (found.start(), end.end())), end.end()

    # one method for each opener: the piece that begins there, if any, and where reading goes on

    def on_environment(self, found: re.Match[str]) -> tuple[Piece | None, int]:
        name = found["name"]
        end = self.find(rf"\\end[ ]?\{{{re.escape(name)}\}}", found.end())
        if end is None:
            return self.unclosed(found, rf"\end{{{name}}}")
        if name.rstrip("*") in notation.VERBATIM:
            return None, end.end()
        start = found.end()
        if name.startswith("alignat") and (columns := re.compile(r"\s*\{\d*\}").match(self.text, start)):
            start = columns.end()
        kind = "inline" if name == "math" else "display"
        return self.formula(kind, start, end.start(), (found.start(), end.end()), name), end.end()

    def on_bracket(self, found: re.Match[str]) -> tuple[Piece, int]:
        return self.delimited(found, "display", r"\\\]", r"\]")

    def on_round(self, found: re.Match[str]) -> tuple[Piece, int]:
        return self.delimited(found, "inline", r"\\\)", r"\)")

    def on_macro(self, found: re.Match[str]) -> tuple[Piece | None, int]:
        return None, define_at(self.source, found.start(), self.macros) or found.end()

    def on_escaped(self, found: re.Match[str]) -> tuple[Piece | None, int]:
        return None, found.end()

    def on_dollars(self, found: re.Match[str]) -> tuple[Piece | None, int]:
        for end in _DOLLAR[self.format].finditer(self.text, found.end()):
            if end[0] == "$" and self.text[end.end() : end.end() + 1] == "$":
                return self.formula("display", found.end(), end.start(), (found.start(), end.end() + 1)), end.end() + 1
            if end[0][0] == "\n":
                break
        return self.unclosed(found, "$$ before the next blank line")

    def on_dollar(self, found: re.Match[str]) -> tuple[Piece | None, int]:
        """In Markdown a dollar may be money: a formula's do not face a space or a digit, unless TeX is between."""
        start = found.end()
        for end in _DOLLAR[self.format].finditer(self.text, start):
            if end[0][0] == "\n":
                break
            if end[0] != "$":
                continue
            inner, outer = self.text[start : end.start()], (found.start(), end.end())
            if self.format == MARKDOWN:
                money = self.text[end.end() : end.end() + 1].isdigit() or inner != inner.strip()
                if not inner.strip() or (money and not _TEX.search(inner)):
                    return None, start
                if inner[0] == inner[-1] == "`" and len(inner) > 2:  # $`…`$
                    return self.formula("inline", start + 1, end.start() - 1, outer), end.end()
            return self.formula("inline", start, end.start(), outer), end.end()
        if self.format == MARKDOWN:
            return None, start
        return self.unclosed(found, "$ before the next blank line")

    def on_comment(self, found: re.Match[str]) -> tuple[Piece | None, int]:
        end = found.end()
        if self.format == MARKDOWN:
            closing = self.find("-->", end)
            if closing is None:
                return None, len(self.text)
            end = closing.end()
        context = _CONTEXT[self.format].match(self.text, found.start(), end)
        if context is None:
            return None, end + 1 if self.format == LATEX and end < len(self.text) else end
        if context[1].strip() == CITED.split(": ")[1]:
            return self.cited(found, end)
        return self.formula("context", *context.span(1), (found.start(), end)), end

    def cited(self, found: re.Match[str], start: int) -> tuple[Piece, int]:
        """What is cited, and not judged, up to the comment that ends it."""
        mark = re.escape(CITED_END)
        end = self.find(rf"<!--\s*{mark}\s*-->" if self.format == MARKDOWN else rf"(?m)^[ \t]*%+[ \t]*{mark}", start)
        if end is None:
            return self.unclosed(found, CITED_END)
        return self.formula("cited", start, end.start(), (found.start(), end.end())), end.end()

    def on_fence(self, found: re.Match[str]) -> tuple[Piece | None, int]:
        mark = found["marks"]
        end = self.find(rf"(?m)^[ \t>]*{mark[0]}{{{len(mark)},}}[ \t]*$", found.end())
        if end is None:
            return None, len(self.text)
        if found["language"].lower() == "math":
            return self.formula("display", found.end(), end.start(), (found.start(), end.end())), end.end()
        return None, end.end()

    def on_ticks(self, found: re.Match[str]) -> tuple[Piece | None, int]:
        end = self.find(rf"(?<!`){found[0]}(?!`)", found.end()) if len(found[0]) < 50 else None
        return None, end.end() if end else found.end()

    def on_code(self, found: re.Match[str]) -> tuple[Piece | None, int]:
        end = self.find(rf"(?i)</{found['tag'].lower()}>", found.end())
        return None, end.end() if end else found.end()

    def on_verb(self, found: re.Match[str]) -> tuple[Piece | None, int]:
        end = self.text.find(found["mark"], found.end())
        line = self.text.find("\n", found.end())
        return None, end + 1 if end >= 0 and (line < 0 or end < line) else found.end()

    def on_false(self, found: re.Match[str]) -> tuple[Piece | None, int]:
        end = self.find(r"\\fi\b", found.end())
        return None, end.end() if end else found.end()


def cut(source: Source, format: str, macros: Macros) -> Iterator[Piece]:
    """The pieces of a document in order, its macro definitions entered in ``macros``."""
    return _Scanner(source, format, macros).pieces()
