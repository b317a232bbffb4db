"""The two ways in which reading fails: a formula that cannot be read, and a document that cannot."""

from __future__ import annotations

from symbolic_equiv.latex.reader.source import Place, Span


class ReaderError(Exception):
    """Nothing but this, in one of its two forms, is raised by the reader, whatever it is given."""


class ReadError(ReaderError):
    """A formula that cannot be read: the place, what was found and expected there, and what to do."""

    def __init__(self, span: Span, found: str, expected: str = "", advice: str = "") -> None:
        super().__init__(found)
        self.span, self.found, self.expected, self.advice = span, found, expected, advice

    @property
    def place(self) -> Place:
        return self.span.place

    @property
    def line(self) -> int:
        return self.place.line

    @property
    def column(self) -> int:
        return self.place.column

    @property
    def caret(self) -> str:
        """The source line and, below it, the place underlined."""
        return self.span.excerpt()

    def __str__(self) -> str:
        said = [f"{self.place}: {self.found}", *(f"    {line}" for line in self.caret.split("\n"))]
        if self.expected:
            said.append(f"expected: {self.expected}")
        if self.advice:
            said.append(f"what to do: {self.advice}")
        return "\n".join(said)


class DocumentError(ReaderError):
    """A document of which nothing can be read: its path, the problem, and what to do."""

    def __init__(self, path: object, problem: str, advice: str = "") -> None:
        super().__init__(problem)
        self.path, self.problem, self.advice = str(path), problem, advice

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}" + (f"\nwhat to do: {self.advice}" if self.advice else "")
