"""Documents: a ``.md``, ``.tex`` or ``.ipynb`` as prose, formulas and chains, each with its place.

>>> document = read_text("We write $a = b$. Then\\n$$\\nb = c\\n$$\\n")
>>> [(chain.first_line, [line.span.text for line in chain.lines]) for chain in document.chains]
[(3, ['b', 'c'])]
>>> [(cue.name, inline.span.text) for inline in document.inlines for cue in inline.cues]
[('DEFINES', 'a = b')]
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cached_property

from symbolic_equiv.latex.reader.chains import Chain
from symbolic_equiv.latex.reader.cues import Cue, cues
from symbolic_equiv.latex.reader.displays import read_chains
from symbolic_equiv.latex.reader.errors import DocumentError, ReadError
from symbolic_equiv.latex.reader.macros import Macros
from symbolic_equiv.latex.reader.markup import LATEX, MARKDOWN, Piece, cut
from symbolic_equiv.latex.reader.notebook import read_notebook
from symbolic_equiv.latex.reader.source import Source, Span

MAX_FILE = 32_000_000
"""The largest file, in bytes."""

MAX_TEXT = 8_000_000
"""The longest text (of a notebook: of its Markdown cells), in characters."""

MAX_MATHS = 250_000
"""Characters in all the formulas of a document."""

FORMATS = {".md": MARKDOWN, ".markdown": MARKDOWN, ".tex": LATEX, ".ipynb": "notebook"}

MAX_FORMULAS = 8_000
"""Formulas in a document, and lines in its context."""

_NEARBY = 600
"""How far around a formula its sentence is looked for, in characters."""

_TOGETHER = 20
"""How many displays, with nothing between them, one sentence may lead to."""

_SENTENCE_END = re.compile(
    r"(?<!e\.g)(?<!i\.e)(?<!\bcf)(?<!\bEq)(?<!\bEqs)(?<!\bFig)(?<!\bSec)(?<!\bresp)[.!?](?=[\s)]|$)"
    r"|\n[ \t]*\n|^#.*\n|\\end\{\w{1,40}\}|\\begin\{document\}|\\item\b|\\par\b"
    r"|\\(?:sub){0,2}section\*?\{[^{}\n]{0,200}\}",
    re.MULTILINE,
)
_KEYWORD = re.compile(r"\s*(?P<kind>declare|define|assume)\b[ \t]*(?:(?P<name>[A-Za-z][\w' -]*?)[ \t]*:(?!=))?\s*")


@dataclass(frozen=True)
class Prose:
    """Text between formulas."""

    span: Span


@dataclass(frozen=True)
class Formula:
    """A formula in the document, inline or displayed.

    ``before`` and ``after`` are what its sentence says on either side (other formulas in it are left as
    they are printed).  ``error`` is there if not even its parts could be told apart; otherwise each
    expression that could not be read carries its own.
    """

    span: Span
    chains: tuple[Chain, ...]
    before: str
    after: str
    environment: str
    error: ReadError | None

    @property
    def sentence(self) -> str:
        """The whole sentence, with ``…`` for the formula."""
        return f"{self.before} … {self.after}".strip()

    @property
    def cues(self) -> frozenset[Cue]:
        """What the words before the formula announce; ``cues(formula.sentence)`` takes in those after it."""
        return cues(self.before)

    @property
    def errors(self) -> tuple[ReadError, ...]:
        below = tuple(problem for chain in self.chains for problem in chain.errors)
        return below if self.error is None else (self.error, *below)


class Inline(Formula):
    """A formula in the running text."""


class Display(Formula):
    """A displayed formula."""


@dataclass(frozen=True)
class ContextLine:
    """A line of a context block: a declaration, a definition or an assumption.

    ``kind`` is ``declare``, ``define`` (it has a ``:=``) or ``assume``; ``name`` is that of an assumption.
    """

    kind: str
    name: str
    chains: tuple[Chain, ...]
    span: Span
    error: ReadError | None = None


Part = Prose | Inline | Display


@dataclass(frozen=True)
class Document:
    """What was read: the parts in order, the context lines, and the problems met on the way."""

    source: Source
    format: str
    parts: tuple[Part, ...]
    context: tuple[ContextLine, ...]
    unclosed: tuple[ReadError, ...] = ()
    cited: tuple[Span, ...] = ()
    """What the document says it only cites: nothing in it is read."""

    @property
    def displays(self) -> tuple[Display, ...]:
        return tuple(part for part in self.parts if isinstance(part, Display))

    @property
    def inlines(self) -> tuple[Inline, ...]:
        return tuple(part for part in self.parts if isinstance(part, Inline))

    @cached_property
    def chains(self) -> tuple[Chain, ...]:
        """The chains of the displays; one that begins with a relation goes on with the chain before it."""
        found: list[Chain] = []
        for display in self.displays:
            for chain in display.chains:
                if chain.continues and found:
                    found[-1] = found[-1].joined(chain)
                else:
                    found.append(chain)
        return tuple(found)

    @property
    def errors(self) -> tuple[ReadError, ...]:
        """Everything that could not be read, in the order of the text."""
        below = [problem for part in self.parts if isinstance(part, Formula) for problem in part.errors]
        for line in self.context:
            below.extend(problem for chain in line.chains for problem in chain.errors)
            below.extend([line.error] if line.error else [])
        return tuple(sorted([*self.unclosed, *below], key=lambda problem: problem.span.start))


def read_document(path: str | os.PathLike[str]) -> Document:
    """Read a ``.md``, ``.tex`` or ``.ipynb`` file.

    Raises ``DocumentError`` if nothing of it can be read; a formula that cannot be read is among
    ``Document.errors``, and the rest is there.
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in FORMATS:
        raise DocumentError(path, f"a file ending in {suffix or 'nothing'}", f"one of {', '.join(FORMATS)}")
    text = _read(path)
    if FORMATS[suffix] == "notebook":
        return _document(read_notebook(text, str(path)), MARKDOWN)
    return _document(Source(text, str(path)), FORMATS[suffix])


def read_text(text: str, format: str = MARKDOWN, name: str = "") -> Document:
    """Read a document that is already in memory; ``format`` is ``markdown`` or ``latex``."""
    return _document(Source(text, name), format)


def read_context(path: str | os.PathLike[str]) -> tuple[ContextLine, ...]:
    """Read a file of context lines, in the notation of a context block; raises ``DocumentError``."""
    source = Source(_read(path), str(path))
    _check_text(source)
    if source.text.count("\n") > MAX_FORMULAS or len(source.text) > MAX_MATHS:
        raise DocumentError(
            path, f"more than {MAX_FORMULAS} lines or {MAX_MATHS} characters", "give fewer declarations"
        )
    return tuple(_context(source.span(), Macros()))


def _read(path: str | os.PathLike[str]) -> str:
    try:
        with open(path, "rb") as file:
            content = file.read(MAX_FILE + 1)
    except (OSError, ValueError) as problem:  # ValueError: a path with a NUL in it
        reason = getattr(problem, "strerror", None) or str(problem)
        raise DocumentError(path, f"it cannot be opened: {reason}", "check the path") from None
    if len(content) > MAX_FILE:
        raise DocumentError(path, f"it is larger than {MAX_FILE // 1_000_000} MB", "take out what is not text")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DocumentError(path, "it is encoded in UTF-16", "save it as UTF-8")
    if (at := content.find(b"\0")) >= 0:
        raise DocumentError(path, f"byte {at} is NUL: it is a binary file", "give a text file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        found = f"line {line}, byte {problem.start}: it is not UTF-8"
        raise DocumentError(path, found, "save it as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _document(source: Source, format: str) -> Document:
    _check_text(source)
    macros = Macros()
    parts: list[Part] = []
    context: list[ContextLine] = []
    unclosed: list[ReadError] = []
    cited: list[Span] = []
    pieces = _pieces(source, format, macros)
    for at, piece in enumerate(pieces):
        if piece.kind == "prose":
            parts.append(Prose(piece.span))
        elif piece.kind == "context":
            context.extend(_context(piece.span, macros))
        elif piece.kind == "cited":
            cited.append(_trimmed(piece.span))
        elif piece.error is not None:
            unclosed.append(piece.error)
        else:
            parts.append(_formula(pieces, at, macros))
    return Document(source, format, tuple(parts), tuple(context), tuple(unclosed), tuple(cited))


def _pieces(source: Source, format: str, macros: Macros) -> list[Piece]:
    """The pieces of the document, unless its formulas are too many or too long."""
    pieces: list[Piece] = []
    formulas = length = 0
    for piece in cut(source, format, macros):
        pieces.append(piece)
        if piece.kind not in ("prose", "cited"):
            lines = piece.span.text.count("\n") + 1 if piece.kind == "context" else 1
            formulas, length = formulas + lines, length + piece.span.end - piece.span.start
        if formulas > MAX_FORMULAS:
            raise DocumentError(source.name, f"more than {MAX_FORMULAS} formulas", "split the document")
        if length > MAX_MATHS:
            raise DocumentError(source.name, f"formulas of more than {MAX_MATHS} characters", "split the document")
    return pieces


def _check_text(source: Source) -> None:
    text = source.text
    if len(text) > MAX_TEXT:
        raise DocumentError(source.name, f"{len(text)} characters of text, more than {MAX_TEXT}", "split the document")
    if "\0" in text:
        raise DocumentError(source.name, f"{source.place(text.index(chr(0)))}: a NUL character", "remove it")
    if surrogate := re.search("[\ud800-\udfff]", text):
        place = source.place(surrogate.start())
        raise DocumentError(source.name, f"{place}: half of a character (a lone surrogate)", "remove it")


def _formula(pieces: list[Piece], at: int, macros: Macros) -> Inline | Display:
    piece = pieces[at]
    chains, problem = _read_chains(piece.span, macros, piece.environment)
    kind = Display if piece.kind == "display" else Inline
    span = _trimmed(piece.span)
    return kind(span, chains, _before(pieces, at), _after(pieces, at), piece.environment, problem)


def _read_chains(span: Span, macros: Macros, environment: str = "") -> tuple[tuple[Chain, ...], ReadError | None]:
    try:
        return read_chains(span, macros, environment), None
    except ReadError as problem:
        return (), problem


def _trimmed(span: Span) -> Span:
    text = span.text
    start = span.start + len(text) - len(text.lstrip())
    return span._replace(start=start, end=max(start, span.end - (len(text) - len(text.rstrip()))))


def _before(pieces: list[Piece], at: int) -> str:
    """The sentence that leads to a formula; a display closes what came before it, unless it follows at once."""
    for _ in range(_TOGETHER):
        between = pieces[max(0, at - 2) : at]
        follows = [piece.kind for piece in between] == ["display", "prose"] and not between[1].span.text.strip()
        if pieces[at].kind != "display" or not follows:
            break
        at -= 2
    said: list[str] = []
    length = 0
    for piece in reversed(pieces[max(0, at - 40) : at]):
        if piece.kind in ("display", "cited") or length > _NEARBY:
            break
        text = piece.outer.text[-_NEARBY:]
        if piece.kind == "prose":
            if not said and pieces[at].kind == "display":  # "as follows." still leads to the display
                text = text.rstrip().rstrip(".")
            ends = list(_SENTENCE_END.finditer(text))
            said.append(text[ends[-1].end() :] if ends else text)
            if ends:
                break
        elif piece.kind == "inline":
            said.append(text)
        length += len(text)
    return "".join(reversed(said)).strip()


def _after(pieces: list[Piece], at: int) -> str:
    """What the sentence of a formula still says after it."""
    said: list[str] = []
    length = 0
    for piece in pieces[at + 1 : at + 40]:
        if piece.kind in ("display", "cited") or length > _NEARBY:
            break
        text = piece.outer.text[:_NEARBY]
        if piece.kind == "prose":
            begin = len(text) - len(text.lstrip()) if not said else 0
            if (
                not said
                and pieces[at].kind == "display"
                and (text[begin : begin + 1].isupper() or text[begin : begin + 1] == "#")
            ):
                break  # a new sentence, whether or not the display ended with a full stop
            end = _SENTENCE_END.search(text, begin)
            said.append(text[: end.start()] if end else text)
            if end:
                break
        elif piece.kind == "inline":
            said.append(text)
        length += len(text)
    return "".join(said).strip()


def _context(span: Span, macros: Macros) -> list[ContextLine]:
    """The lines of a context block; a line that ends in ``\\\\`` goes on in the next."""
    found: list[ContextLine] = []
    text, position = span.source.text, span.start
    while position < span.end:
        end = text.find("\n", position, span.end)
        end = span.end if end < 0 else end
        while end < span.end and text[position:end].rstrip().endswith("\\\\"):
            following = text.find("\n", end + 1, span.end)
            end = span.end if following < 0 else following
        line = _trimmed(span._replace(start=position, end=end))
        if line.start < line.end and not line.text.startswith(("%", "#")):
            found.append(_context_line(line, macros))
        position = end + 1
    return found


def _context_line(line: Span, macros: Macros) -> ContextLine:
    keyword = _KEYWORD.match(line.source.text, line.start, line.end)
    maths = _trimmed(line._replace(start=keyword.end())) if keyword else line
    if maths.end - maths.start > 1 and maths.text[0] == maths.text[-1] == "$":
        maths = maths._replace(start=maths.start + 1, end=maths.end - 1)
    chains, problem = _read_chains(maths, macros)
    kind, name = (keyword["kind"], keyword["name"] or "") if keyword else ("", "")
    if not kind:
        defines = any(each.relation == ":=" for chain in chains for each in chain.lines)
        kind = "define" if defines else "declare"
    return ContextLine(kind, name, chains, line, problem)
