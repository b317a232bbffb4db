"""What is ill-formed in a document as it is printed."""

from __future__ import annotations

from dataclasses import dataclass, field

from symbolic_equiv.latex.reader.source import Span
from symbolic_equiv.latex.reader.syntax import Node

SHAPE, SORT, SCOPE, DEFINITION = "shape", "sort", "scope", "definition"
UNDEFINED, HYPOTHESIS, UNREADABLE = "undefined", "hypothesis", "unreadable"


@dataclass(frozen=True)
class Edit:
    """Characters ``start`` to ``end`` of the source are to be replaced by ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong as printed: where, what, and how it could be mended.

    ``lines`` are all source lines that show it (``line`` is the first).  ``suggestion`` is a repair in the
    notation of the source, ``edits`` the same as changes to the source text; neither is always there.
    """

    kind: str
    span: Span
    message: str
    suggestion: str | None = None
    edits: tuple[Edit, ...] = ()
    lines: tuple[int, ...] = ()

    @property
    def line(self) -> int:
        return self.lines[0] if self.lines else self.span.line

    @property
    def printed(self) -> str:
        return self.span.text

    def __str__(self) -> str:
        more = f" (suggested: {self.suggestion})" if self.suggestion else ""
        return f"line {self.line}: {self.kind}: {self.message}{more}"


class Ill(Exception):
    """An expression that has no reading; ``keys`` are the printed names whose declarations may be to blame."""

    def __init__(self, kind: str, node: Node | Span, message: str, keys: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.kind, self.message, self.keys = kind, message, keys
        self.span = node.span if isinstance(node, Node) else node

    def problem(self) -> Problem:
        return Problem(self.kind, self.span, self.message)


@dataclass
class Notes:
    """Problems met while a line is read that do not keep it from being read."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)
