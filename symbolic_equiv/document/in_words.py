"""The hypotheses that the words state of neighbourhoods and encodings, built for the symbols that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symbolic_equiv.document.available import Bijection, relative, relative_at_themselves
from symbolic_equiv.document.building import Builder
from symbolic_equiv.document.context import DOCUMENT, Symbol
from symbolic_equiv.document.derivation import StatedHypothesis
from symbolic_equiv.document.moving import ALL, ITSELF, said_relative, said_to_move
from symbolic_equiv.document.preterms import is_function
from symbolic_equiv.document.reading import Pass
from symbolic_equiv.kernel.sorts import Sort, fun
from symbolic_equiv.kernel.terms import VARIABLE, Head
from symbolic_equiv.latex.reader import Document
from symbolic_equiv.theories.statement import Hypothesis


class InWords:
    """Builds them for one pass; a group that is written as products has two sides, of which the words name none."""

    def __init__(self, reading: Pass, document: Document, builder: Builder) -> None:
        self.reading, self.document, self.builder = reading, document, builder
        self.symbols = [] if builder.multiplicative else list(reading.signature.symbols.values())

    def moving(self, possible: Iterable[Hypothesis]) -> list[StatedHypothesis]:
        """Those of the ``possible`` hypotheses by which neighbourhoods move and the words say that they do."""
        said = said_to_move(self.reading.units, self.document, self.reading.elaborator)
        moves = [each for each in possible if each.name.endswith("_moves")] if self.symbols else []
        places = {
            f"{name.split('__')[0]}_moves": said[symbol.key]
            for symbol in self.symbols
            if symbol.key in said
            for name in symbol.names
        }
        if ALL in said and len(moves) == 1:
            places.setdefault(moves[0].name, said[ALL])
        found = [(each, places[each.name]) for each in moves if each.name in places]
        return [StatedHypothesis(each, place.line, place, DOCUMENT) for each, place in found]

    def relative(
        self, stated: Iterable[StatedHypothesis], pairs: Sequence[Bijection], groups: Sequence[Sort]
    ) -> list[StatedHypothesis]:
        """That an encoding is some function of a difference, where the words say so and no equation does."""
        said = said_relative(self.reading.units, self.reading.elaborator)
        given = {side.head for each in stated for sides in each.hypothesis.equations for side in sides}
        found = []
        for symbol in [each for each in self.symbols if each.key in said and not each.is_defined]:
            place, of = said[symbol.key]
            for sort, name in symbol._instances.items():
                head = Head(VARIABLE, name, sort)
                item = self._relative(symbol, head, of, pairs, groups) if head not in given else None
                found += [StatedHypothesis(item, place.line, place, DOCUMENT)] if item is not None else []
        return found

    def _relative(
        self, symbol: Symbol, encoding: Head, of: str, pairs: Sequence[Bijection], groups: Sequence[Sort]
    ) -> Hypothesis | None:
        sort = encoding.sort
        if not is_function(sort) or not is_function(sort.args[1]) or is_function(sort.args[1].args[1]):
            return None
        tokens, (other, value) = sort.args[0], sort.args[1].args
        maps = [each for each in pairs if each.function.sort.args[0] == tokens and of in ("", each.name)]
        if tokens != other or len(maps) > 1 or (not maps and (of not in ("", ITSELF) or tokens not in groups)):
            return None
        group = maps[0].function.sort.args[1] if maps else tokens
        name = self.builder.name(f"{symbol.printed.word}_of_difference", (rf"\delta_{{{symbol.key}}}", "(#1)"), True)
        rest = Head(VARIABLE, name, fun(group, value))
        return relative(encoding, rest, maps[0]) if maps else relative_at_themselves(encoding, rest)
