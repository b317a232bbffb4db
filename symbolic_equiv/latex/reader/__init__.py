"""The reader: documents and their formulas, up to syntax trees with their places in the source.

``read_document`` reads a ``.md``, ``.tex`` or ``.ipynb`` into displays, inline formulas and chains;
``parse`` reads one formula.  Nothing is executed, and nothing but ``ReadError`` and ``DocumentError``
is raised.  What the formulas mean is for a later layer to say.
"""

from symbolic_equiv.latex.reader.chains import Chain, Line, Remark
from symbolic_equiv.latex.reader.cues import Cue, cues
from symbolic_equiv.latex.reader.displays import read_chains
from symbolic_equiv.latex.reader.document import (
    ContextLine,
    Display,
    Document,
    Inline,
    Prose,
    read_context,
    read_document,
    read_text,
)
from symbolic_equiv.latex.reader.errors import DocumentError, ReaderError, ReadError
from symbolic_equiv.latex.reader.parser import parse
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.latex.reader.source import Place, Source, Span
from symbolic_equiv.latex.reader.syntax import factors, unparse

__all__ = [
    "Chain",
    "ContextLine",
    "Cue",
    "Display",
    "Document",
    "DocumentError",
    "Inline",
    "Line",
    "Place",
    "Prose",
    "ReadError",
    "ReaderError",
    "Remark",
    "Source",
    "Span",
    "cues",
    "factors",
    "normalised",
    "parse",
    "read_chains",
    "read_context",
    "read_document",
    "read_text",
    "unparse",
]
