"""What does not fit a document as a whole: declarations that had to be dropped, symbols that nobody declared."""

from __future__ import annotations

from symbolic_equiv.document.building import Builder
from symbolic_equiv.document.context import BUILT_IN, DOCUMENT, INFERRED, USER, Symbol
from symbolic_equiv.document.declare import Declared
from symbolic_equiv.document.preterms import is_function, spell, vector_map
from symbolic_equiv.document.problems import SORT, UNDEFINED, Edit, Problem
from symbolic_equiv.document.reading import Pass
from symbolic_equiv.document.sets import printed as printed_set
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.supply import Supply, of_softmax, of_symbol
from symbolic_equiv.kernel.sorts import BASE
from symbolic_equiv.latex.reader import Document
from symbolic_equiv.latex.reader.source import Span


class Misfits:
    """The part of ``Conclusion`` that says what is wrong with the declarations."""

    reading: Pass
    document: Document
    signature: Signature
    builder: Builder
    problems: list[Problem]
    lacking: list[Supply]

    def _misdeclared(self) -> None:
        """The declarations that had to be dropped: what is printed, and what fits."""
        for declared in self.reading.declarations.entered:
            if declared.symbol is not None or declared.in_passing:
                continue
            uses = [symbol for symbol in self.signature.find(declared.key) if symbol.uses]
            symbol = min(uses, key=lambda each: each.count, default=None)
            if symbol is None or self._is_position(declared, symbol):
                continue
            sort = self.builder.sort(symbol.sort)
            for _ in range(symbol.count):
                sort = sort.args[1]
            printed, fits = spell(self.signature.sorts.resolve(declared.sort)), spell(sort)
            message = f"‘{declared.key}’ is declared in {printed}, and used as one of {fits}"
            if not is_function(sort) and sort.cls == BASE:
                message += ": it stands where only a position or token can"
            names = {sort: key.split(":", 1)[1] for key, sort in self.signature.sets.items()}
            whole = self.signature.sorts.resolve(declared.sort)
            over = printed_set(whole.args[0].args[0], names) if vector_map(whole) != whole else ""
            right = printed_set(sort, names, over)
            edits = (Edit(declared.place.start, declared.place.end, right),)
            sign = ":" if is_function(sort) else r"\in"
            self.problems.append(Problem(SORT, declared.span, message, f"{declared.key} {sign} {right}", edits))

    def _is_position(self, declared: Declared, symbol: Symbol) -> bool:
        """``y \\in \\mathbb{R}^d`` for a position, where no vector of that space is ever a feature: no error."""
        sort = self.signature.sorts.resolve(symbol.sort)
        if is_function(sort) or sort.cls != BASE:
            return False
        dimensions = declared.sort.leaves
        everywhere: set = set()
        for other in self.signature.symbols.values():
            if other is not symbol and other.derived_from is not symbol:
                everywhere |= self.signature.sorts.resolve(other.sort).leaves
        if dimensions & everywhere or declared.sort.cls != "linear":
            return False
        self.signature.commutative.add(self.builder.sort(sort))
        return True

    def _undefined(self) -> None:
        """The symbols that nobody declared: one problem for all of them."""
        found: list[tuple[Span, str]] = []
        parameters = {each.key for candidate in self.reading.adopted for each in candidate.symbol.parameters}
        for symbol in self.signature.symbols.values():
            spans = [span for span in symbol.uses if span.source is self.document.source]
            if symbol.origin not in (BUILT_IN, INFERRED) or symbol.inverse_of is not None or not spans:
                continue
            if symbol.key in self.signature.numerals:
                continue
            root = symbol.derived_from or symbol
            if root.origin in (USER, DOCUMENT) or (root is not symbol and root.uses):
                continue
            sort = self.signature.sorts.resolve(symbol.sort)
            if not is_function(sort) and (symbol.origin == BUILT_IN or symbol.key in parameters):
                continue
            if symbol.key in {each.key for each in self.reading.declarations.entered}:
                continue
            if symbol.key in self.signature.abbreviations:
                continue
            how = f"‘{symbol.key}’, read as {spell(self._shown_sort(symbol))}"
            how += " (from the built-in context)" if symbol.origin == BUILT_IN else " (inferred)"
            found.append((min(spans, key=lambda span: span.start), how))
            supply = of_symbol(symbol, self.signature, self.builder)
            self.lacking += [supply] if supply is not None else []
        softmax = [span for span in self.signature.softmax_uses if span.source is self.document.source]
        names = [span for span in softmax if "softmax" not in span.text.lower() and not self._user_softmax()]
        if names:
            found.append((min(names, key=lambda span: span.start), f"‘{names[0].text}’, read as a softmax"))
            letters = {each for each in self.signature.library.softmax if any(each in span.text for span in names)}
            self.lacking += [of_softmax(each) for each in sorted(letters)]
        if found:
            found.sort(key=lambda each: each[0].start)
            message = "used and never declared: " + "; ".join(how for _, how in found)
            lines = tuple(dict.fromkeys(span.line for span, _ in found))
            self.problems.append(Problem(UNDEFINED, found[0][0], message, None, (), lines))

    def _user_softmax(self) -> bool:
        return bool(self.signature.softmax - {r"\mathrm{softmax}", "softmax"})

    def _shown_sort(self, symbol: Symbol):
        return self.signature.sorts.resolve(symbol.sort)
