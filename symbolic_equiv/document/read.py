"""Reading a document: passes until its declarations fit their uses, then kernel terms for all that was read."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from symbolic_equiv.document import derivation as result
from symbolic_equiv.document.commuting import said_modulo
from symbolic_equiv.document.conclude import Conclusion
from symbolic_equiv.document.context import BUILT_IN, DOCUMENT, Context, Symbol, as_lines, built_in
from symbolic_equiv.document.declare import Declared
from symbolic_equiv.document.library import Library
from symbolic_equiv.document.outline import outline
from symbolic_equiv.document.preterms import is_function, vector_map
from symbolic_equiv.document.problems import SHAPE, SORT
from symbolic_equiv.document.reading import Pass
from symbolic_equiv.document.rows import Reread
from symbolic_equiv.document.shares import written_out
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, VARIABLE, KernelError, Sort
from symbolic_equiv.latex.reader import Document
from symbolic_equiv.latex.reader.source import Span
from symbolic_equiv.theories.language import BOOL

MAX_PASSES, MAX_KEPT = 60, 6
_BRACKETED = re.compile(r"\s*(?:\\(?:left|[bB]igg?l?)\s*)?[(\[]")


@lru_cache(maxsize=4)
def _library(name: str) -> Library:
    return Library(built_in(name))


def read_derivation(
    document: Document,
    context: Context | None = None,
    withheld: frozenset[str] = frozenset(),
    library: str = "attention",
) -> result.Derivation:
    """What a document says, with a kernel term for each expression that has one.

    ``context`` is the user's; ``withheld`` are names of the built-in context (as printed in the document) whose
    definitions are not to be used: they stay symbols of which nothing is known but their sorts.
    """
    withheld = frozenset(withheld)
    best = _settled(document, context.lines if context else (), _library(library), withheld)
    again = lambda names: read_derivation(document, context, withheld | names, library)
    return replace(Conclusion(best, document).derivation(), withholding=again)


class _Passes:
    """The passes over one document; what they share, and those that may be asked for again."""

    def __init__(self, document: Document, user, library: Library, withheld: frozenset[str]) -> None:
        self.user, self.library, self.withheld = as_lines((*user, *document.context)), library, withheld
        self.units, self.repairs, self.keys = written_out(outline(document)), {}, {}
        self.pointwise: frozenset[str] = frozenset()
        self.rings: dict[str, str] = {}
        self.rows = False
        self.said = said_modulo(self.units)
        self.count = 0
        self.last: dict[tuple[frozenset[str], frozenset[str]], Pass] = {}

    def read_modulo(self, rings: dict[str, str]) -> None:
        """Read these ranges of numbers as remainders from now on."""
        self.rings = rings
        self.last.clear()

    def read_rows(self, rows: bool) -> None:
        """Take vectors for rows from now on, ``x_i W``, or for columns again."""
        self.rows = rows
        self.last.clear()

    def run(self, dropped: frozenset[str], limit: int | None = None, mending: int = -1) -> Pass | None:
        """A pass without these declarations; None if it is given up (see ``Pass.run``)."""
        while True:
            self.count += 1
            asked = dropped, self.pointwise
            reading = self.last.pop(asked, None) or Pass(
                self.user, self.library, *asked, self.withheld, self.units, self.repairs, self.keys
            )
            reading.signature.rows = self.rows
            reading.signature.rings, reading.signature.said_modulo = self.rings, frozenset(self.said)
            try:
                done = reading.run(limit, mending)
            except Reread as problem:
                if problem.keys <= self.pointwise:
                    raise KernelError(f"no sort for {problem}") from None
                self.pointwise |= problem.keys
                continue
            self.last[asked] = reading
            if len(self.last) > MAX_KEPT:
                del self.last[next(iter(self.last))]
            if done:
                self.pointwise = reading.signature.pointwise
            return reading if done else None


def _settled(document: Document, user, library: Library, withheld: frozenset[str]) -> Pass:
    """Passes, dropping a declaration of the document wherever everything fits better without it."""
    passes = _Passes(document, user, library, withheld)
    dropped: frozenset[str] = frozenset()
    best, settled = passes.run(dropped), set()
    if best is None:
        raise KernelError("a first pass has no limit")
    said = passes.said
    if (rings := said | best.signature.remainders()) and (said or _badness(best)):  # 1, …, n may be meant modulo n
        passes.read_modulo(rings)
        limit = _badness(best) + bool(said)  # where the words say so, it need not be better
        better = passes.run(dropped, limit)
        if better is None or _badness(better) >= limit:
            passes.read_modulo({})
        else:
            best = better
    if best.signature.may_have_rows:
        passes.read_rows(True)
        better = passes.run(dropped, _badness(best))
        if better is None or _badness(better) >= _badness(best):
            passes.read_rows(False)
        else:
            best = better
    while passes.count < MAX_PASSES:
        ill = next((ill for ill in best.ills if ill.kind in (SORT, SHAPE) and ill.span.start not in settled), None)
        if ill is None:
            break
        settled.add(ill.span.start)
        for key in [key for key in ill.keys if _is_droppable(key, best)][:4]:
            better = passes.run(dropped | {key}, _badness(best), ill.span.start)
            if better is not None and (mended := _badness(best) - _badness(better)) > 0 and _only_dimensions(better):
                best = better
                if mended > 1:
                    break  # more than this place fits now: it was this one
        dropped = best.signature.dropped
    return best


def _is_droppable(key: str, reading: Pass) -> bool:
    declared = (each for each in reading.declarations.entered if each.key == key)
    return any(map(_may_be_wrong, declared)) or any(
        _may_be_another(symbol, reading) for symbol in reading.signature.symbols.values() if symbol.key == key
    )


def _may_be_wrong(declared: Declared) -> bool:
    """Whether a declaration may be dropped: of a map, or of an element that may turn out to be a position."""
    if declared.symbol is None or declared.origin != DOCUMENT:
        return False
    return declared.in_passing or is_function(declared.sort) or declared.sort.name in ("Vec", "Scalar")


def _may_be_another(symbol: Symbol, reading: Pass) -> bool:
    """Whether the document may mean something else by a letter for which the built-in context has a map.

    So it is where the document never gives it as many arguments as that takes: ``m`` for a token, ``\\rho(w)`` for an
    encoding of differences.
    """
    if symbol.origin != BUILT_IN or symbol.count or not is_function(reading.signature.shape(symbol)):
        return False
    given = {_given(span) for span in symbol.uses}
    if symbol.equation is not None:
        return given == {0}
    takes, sort = 0, reading.signature.sorts.resolve(symbol.sort)
    while is_function(sort):
        takes, sort = takes + 1, sort.args[1]
    return takes - (sort == BOOL) not in given  # N(i) is a set, and says of one more token whether it is in it


def _given(span: Span) -> int:
    """How many arguments stand in the bracket behind a name."""
    found = _BRACKETED.match(span.source.text, span.end)
    if found is None:
        return 0
    depth, commas = 0, 0
    for at in range(found.end() - 1, len(span.source.text)):
        character = span.source.text[at]
        depth += (character in "([{") - (character in ")]}")
        if depth == 0:
            break
        commas += character == "," and depth == 1
    return commas + 1


def _only_dimensions(reading: Pass) -> bool:
    """Whether the dropped declarations were wrong in a dimension only, or in taking a position for a vector.

    Any other difference is not the declaration's: what is printed elsewhere does not fit it.
    """
    sorts = reading.signature.sorts
    for declared in reading.declarations.entered:
        if declared.symbol is None:
            found = reading.signature.find(declared.key)
            if not any(symbol.uses for symbol in found):
                return False
            for symbol in found:
                sort = sorts.resolve(symbol.sort)
                for _ in range(symbol.count):
                    sort = sort.args[1]
                printed = vector_map(sorts.resolve(declared.sort))
                position = not is_function(printed) and sort.cls == BASE
                if symbol.uses and not position and not _alike(printed, vector_map(sort)):
                    return False
    return True


def _alike(left: Sort, right: Sort) -> bool:
    if left.cls == right.cls == DIMENSION:
        return True
    if left.args and right.args:
        return left.name == right.name and all(map(_alike, left.args, right.args))
    return left == right or VARIABLE in (left.tag, right.tag)


def _badness(reading: Pass) -> int:
    return sum(1 for ill in reading.ills if ill.kind in (SORT, SHAPE)) + len(reading.declarations.problems)
