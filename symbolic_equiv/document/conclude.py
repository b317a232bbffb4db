"""What a pass over a document has found, as kernel terms: its definitions, hypotheses, chains and problems."""

from __future__ import annotations

import re

from symbolic_equiv.document import derivation as result
from symbolic_equiv.document.available import (
    Bijection,
    acting,
    at_themselves,
    available,
    bijective,
    commutative,
    either,
    multiplied,
)
from symbolic_equiv.document.building import Builder, NotBuilt
from symbolic_equiv.document.cases import conditional
from symbolic_equiv.document.context import BUILT_IN, DOCUMENT, USER, Symbol
from symbolic_equiv.document.finite import Standstills
from symbolic_equiv.document.in_words import InWords
from symbolic_equiv.document.letters import declared_names
from symbolic_equiv.document.misfits import Misfits
from symbolic_equiv.document.preterms import Pre, is_function
from symbolic_equiv.document.problems import UNREADABLE, Problem
from symbolic_equiv.document.properties import stated
from symbolic_equiv.document.reading import Pass, ReadChain, ReadLine
from symbolic_equiv.document.regions import Regions
from symbolic_equiv.document.signature import half_known
from symbolic_equiv.document.supply import Supply, of_bijection, of_hypothesis
from symbolic_equiv.kernel.sorts import KernelError, fun
from symbolic_equiv.kernel.terms import VARIABLE as FREE
from symbolic_equiv.kernel.terms import Head, Term
from symbolic_equiv.latex.reader import Document, Prose
from symbolic_equiv.theories.statement import Hypothesis

_NOTHING_ELSE = re.compile(
    r"\b(?:nothing\s+(?:else\s+|more\s+)?is\s+assumed|no\s+(?:other|further)\s+(?:assumptions?|hypothes[ei]s)\s+(?:is|are)"
    r"\s+(?:made|needed|used))\b",
    re.IGNORECASE,
)


class Conclusion(Misfits):
    """Builds the kernel terms of a pass."""

    def __init__(self, reading: Pass, document: Document) -> None:
        self.reading, self.document = reading, document
        self.signature = reading.signature
        taken = set(self.signature.words)
        self.signature.sorts.settle(taken)
        self.builder = Builder(self.signature.sorts, taken, self.signature.symbols)
        self.builder.whole = frozenset(name for name, group in self.signature.groups.items() if group == "Z")
        self.problems: list[Problem] = list(reading.problems)
        self.lacking: list[Supply] = []
        prose = [(part.span.start, part.span.end) for part in document.parts if isinstance(part, Prose)]
        self.regions = Regions(document.source.text, prose)

    def derivation(self) -> result.Derivation:
        definitions = self._definitions()
        hypotheses = self._hypotheses()
        chains = tuple(self._chain(chain) for chain in self.reading.chains)
        chains = conditional(chains, [chain.unit for chain in self.reading.chains], self.document, self.regions)
        for chain in chains:
            for line in chain.lines:
                self.problems += line.problems
        self._misdeclared()
        self._undefined()
        bijections = self._bijections()
        stated = {each.hypothesis.name for each in hypotheses}
        for pair, symbol in bijections:
            said = (symbol.bijection and symbol.origin in (USER, DOCUMENT)) or symbol.key in self.signature.bijective
            if said and bijective(pair).name not in stated:
                span = symbol.span or self.document.source.span(0, 0)
                declares = self._is_one(symbol)
                stated_ = result.StatedHypothesis(bijective(pair), span.line, span, symbol.origin, declares)
                hypotheses.append(stated_)
        for group in sorted(self.signature.commutative, key=str):
            said = self.signature.commuting_at.get(group)
            span = said or self.document.source.span(0, 0)
            hypotheses.append(result.StatedHypothesis(commutative(group), span.line, span, DOCUMENT, said is None))
        hypotheses += self._of_matrices()
        heads = [head for entry in self._entries() for head in entry.heads]
        known = {equation for each in hypotheses for equation in each.hypothesis.equations}
        names = {each.hypothesis.name for each in hypotheses}
        terms = [term for chain in chains for line in chain.lines for term in (line.term, line.repaired) if term]
        abelian, placed = frozenset(self.signature.commutative), {pair.function.sort.args[0] for pair, _ in bijections}
        groups = [group for group in multiplied(terms) if group not in placed]
        possible = [
            each
            for each in (
                *available(heads, [pair for pair, _ in bijections], abelian, acting(terms)),
                *at_themselves(heads, groups, abelian),
            )
            if not known.issuperset(each.equations) and each.name not in names
        ]
        in_words = InWords(self.reading, self.document, self.builder)
        said = in_words.moving(possible) + in_words.relative(hypotheses, [pair for pair, _ in bijections], groups)
        hypotheses += said
        names = {each.hypothesis.name for each in said}
        offered = [each for each in possible if each.name not in names and not self._is_complete()]
        problems = sorted(dict.fromkeys(self.problems), key=lambda problem: (problem.line, problem.span.start))
        return result.Derivation(
            self._context(), tuple(definitions), tuple(hypotheses), tuple(offered), chains, tuple(problems),
            (*self.lacking, *self._stating(offered, bijections)),
            frozenset(self.reading.unread | half_known(self.signature)),
            either(offered), self._standstills(bijections), self.document.cited, regions=self.regions,
            open_sets=frozenset(self.reading.open_sets),
        )  # fmt: skip

    def _standstills(self, bijections: list[tuple[Bijection, Symbol]]) -> dict[str, str]:
        """The bijections that cannot be, as the text counts the tokens and translates, and why not."""
        finder = Standstills(self.reading.units, self.signature, self.reading.declarations.entered)
        found = {bijective(pair).name: finder.of(symbol, pair.function.sort) for pair, symbol in bijections}
        return {name: why for name, why in found.items() if why}

    def _is_one(self, symbol: Symbol) -> bool:
        """Whether it is declared in one place: in two theorems it may be two things."""
        units = [unit for unit in self.reading.units if unit.is_declaration]
        return len({unit.region for unit in units if symbol.printed.stem in declared_names(unit)}) < 2

    def _is_complete(self) -> bool:
        """Whether the text says that it assumes nothing but what it states."""
        prose = (part.span for part in self.document.parts if isinstance(part, Prose))
        return any(_NOTHING_ELSE.search(span.text) for span in prose)

    def _of_matrices(self) -> list[result.StatedHypothesis]:
        """What the text says of its matrices."""
        found, taken = [], {name for symbol in self.signature.symbols.values() for name in symbol.names}
        for symbol in self.signature.symbols.values():
            if not symbol.properties or symbol.is_defined:
                continue
            span = symbol.span or self.document.source.span(0, 0)
            for sort in [sort for sort in symbol._instances if sort.name == "Mat"]:
                head = Head(FREE, symbol._instances[sort], sort)
                for item in stated(symbol, head, taken):
                    found.append(result.StatedHypothesis(item, span.line, span, symbol.origin, self._is_one(symbol)))
        return found

    def _stating(self, offered: list[Hypothesis], bijections: list[tuple[Bijection, Symbol]]) -> list[Supply]:
        """How each hypothesis that may be supplied would be stated."""
        maps = {bijective(pair).name: symbol for pair, symbol in bijections}
        found: list[Supply] = []
        for each in offered:
            if each.name in maps:
                found.append(of_bijection(maps[each.name], each, self.signature, self.builder))
            else:
                found += of_hypothesis(each, self.signature, self.builder)
        return found

    # terms

    def _term(self, pre: Pre | None, line: ReadLine) -> tuple[Term | None, tuple[Problem, ...]]:
        if pre is None:
            return None, ()
        try:
            return self.builder.expression(pre).term, ()
        except NotBuilt as problem:
            return None, (Problem(UNREADABLE, problem.span, problem.message),)
        except KernelError as problem:
            return None, (Problem(UNREADABLE, line.line.span, str(problem)),)

    def _chain(self, chain: ReadChain) -> result.Chain:
        lines = []
        for read in chain.lines:
            term, more = self._term(read.pre, read)
            remark = read.line.remark.text if read.line.remark else None
            printed, repaired = (None, term) if read.is_repaired else (term, None)
            line = read.line
            lines.append(
                result.ChainLine(
                    printed, line.span, line.first_line, line.last_line, line.relation, remark,
                    (*read.problems, *more), repaired, line.expression,
                )
            )  # fmt: skip
        unit, defining = chain.unit, frozenset(chain.defining)
        return result.Chain(tuple(lines), unit.before, chain.role, unit.inline, defining, unit.assumes)

    def _definitions(self) -> list[result.Definition]:
        found = []
        for candidate in self.reading.adopted:
            symbol = candidate.symbol
            try:
                self.builder.nodes = 0
                constant = symbol.constant(self.builder)
            except (NotBuilt, KernelError, RecursionError) as problem:
                span = getattr(problem, "span", candidate.equation.span)
                self.problems.append(Problem(UNREADABLE, span, str(problem)))
                symbol.body, symbol.state = None, "opaque"
                self.reading.unread.add(symbol.key)
                continue
            span = candidate.equation.span
            declaration = constant.constant.declaration
            found.append(
                result.Definition(symbol.key, declaration, span.line, span, candidate.origin, candidate.generalised)
            )
        return found

    def _hypotheses(self) -> list[result.StatedHypothesis]:
        found = []
        for assumed in self.reading.assumed:
            build = lambda sides: tuple(self.builder.expression(side).term for side in sides)
            try:
                wide = build((assumed.left, assumed.right))
                narrow = wide if assumed.narrow is None else build(assumed.narrow)
            except (NotBuilt, KernelError) as problem:
                self.problems.append(Problem(UNREADABLE, assumed.span, str(problem)))
                continue
            name = assumed.name or f"line_{assumed.span.line}"
            wide, narrow = (
                Hypothesis(name.strip().replace(" ", "_"), assumed.says, (sides,)) for sides in (wide, narrow)
            )
            found.append(result.StatedHypothesis(wide, assumed.span.line, assumed.span, assumed.origin, False, narrow))
        return found

    def _bijections(self) -> list[tuple[Bijection, Symbol]]:
        found = []
        said = [symbol for symbol in self.signature.symbols.values() if symbol.bijection and symbol.names]
        for symbol in said:  # also where no formula uses the inverse
            is_map = is_function(self.signature.sorts.resolve(symbol.sort))
            if is_map and symbol.inverse_of is None and symbol.origin in (USER, DOCUMENT) and not symbol.is_defined:
                self.signature.inverse(symbol)
        for symbol in self.signature.symbols.values():
            original = symbol.inverse_of
            if original is None or not (symbol.names or original in said) or original.is_defined:
                continue
            sort = self.builder.sort(original.sort)
            inverse = self.builder.sort(symbol.sort)
            if not is_function(sort) or inverse != fun(sort.args[1], sort.args[0]):
                continue  # what is printed does not fit together: a problem of its own
            names = [self.builder_name(each, at) for each, at in ((original, sort), (symbol, inverse))]
            pair = Bijection(
                original.key, original.printed.word, Head(FREE, names[0], sort), Head(FREE, names[1], inverse)
            )
            found.append((pair, original))
        return found

    def builder_name(self, symbol: Symbol, sort) -> str:
        return str(symbol.expr(self.builder, sort).head.name)

    # the context

    def _entries(self) -> list[result.Entry]:
        found = []
        for symbol in self.signature.symbols.values():
            heads = tuple(Head(FREE, name, sort) for sort, name in symbol._instances.items())
            line = symbol.span.line if symbol.span is not None and symbol.span.source is self.document.source else None
            sort = self.signature.sorts.resolve(symbol.sort)
            found.append(result.Entry(symbol.key, sort, symbol.origin, line, heads, symbol.is_defined))
        return found

    def _context(self) -> result.InForce:
        supplied = []
        declared = {each.key for each in self.reading.declarations.entered}
        for symbol in self.signature.symbols.values():
            spans = [span for span in symbol.uses if span.source is self.document.source]
            if symbol.key in declared:
                continue
            if symbol.origin == BUILT_IN and spans and symbol.inverse_of is None:
                reason = "its definition is used and not given" if symbol.is_defined else "it is used and not declared"
                line = min(span.line for span in spans)
                sort = self.signature.sorts.resolve(symbol.sort)
                constant = symbol.names[0] if symbol.is_defined and symbol.names else ""
                supplied.append(result.Supplied(symbol.key, sort, reason, line, symbol.is_defined, constant))
        sets = tuple(sort for sort in self.signature.sets.values())
        return result.InForce(
            tuple(self._entries()), sets, tuple(supplied), frozenset(self.signature.commutative),
            self.signature.groups, self.signature.sizes, self.builder.multiplicative,
        )  # fmt: skip
