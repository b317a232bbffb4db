"""Reading a document: passes until its declarations fit their uses, then kernel terms for all that was read."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from symbolic_equiv.document import derivation as result
from symbolic_equiv.document.available import Bijection, acting, available, bijective, commutative, either
from symbolic_equiv.document.context import BUILT_IN, DOCUMENT, INFERRED, USER, Context, Symbol, built_in
from symbolic_equiv.document.declare import Declared
from symbolic_equiv.document.elaborate import Reread
from symbolic_equiv.document.library import Library
from symbolic_equiv.document.outline import outline
from symbolic_equiv.document.preterms import Builder, NotBuilt, Pre, is_function, spell
from symbolic_equiv.document.problems import SHAPE, SORT, UNDEFINED, UNREADABLE, Edit, Problem
from symbolic_equiv.document.properties import stated
from symbolic_equiv.document.reading import Pass, ReadChain, ReadLine, Worse
from symbolic_equiv.document.sets import printed as printed_set
from symbolic_equiv.document.supply import Supply, of_bijection, of_hypothesis, of_softmax, of_symbol
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, VARIABLE, KernelError, Sort, fun
from symbolic_equiv.kernel.terms import VARIABLE as FREE
from symbolic_equiv.kernel.terms import Head, Term
from symbolic_equiv.latex.reader import Document, Prose
from symbolic_equiv.latex.reader.source import Span
from symbolic_equiv.theories.statement import Hypothesis

MAX_PASSES = 60
_APPLIED = re.compile(r"\s*(?:\\(?:left|[bB]igg?l?)\s*)?[(\[]")

_NOTHING_ELSE = re.compile(
    r"\b(?:nothing\s+(?:else\s+|more\s+)?is\s+assumed|no\s+(?:other|further)\s+(?:assumptions?|hypothes[ei]s)\s+(?:is|are)"
    r"\s+(?:made|needed|used))\b",
    re.IGNORECASE,
)


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
    return replace(_Result(best, document).derivation(), withholding=again)


def _settled(document: Document, user, library: Library, withheld: frozenset[str]) -> Pass:
    """Passes, dropping a declaration of the document wherever everything fits better without it."""
    dropped: frozenset[str] = frozenset()
    pointwise: frozenset[str] = frozenset()
    passes = 0

    units = outline(document)
    repairs: dict = {}
    keys: dict = {}

    def run(without: frozenset[str], limit: int | None = None, mending: int | None = None) -> Pass | None:
        nonlocal pointwise, passes
        while True:
            passes += 1
            reading = Pass(document, user, library, without, pointwise, withheld, units, repairs, keys, limit, mending)
            try:
                reading.run()
                return reading
            except Worse:
                return None
            except Reread as problem:
                if problem.keys <= pointwise:
                    raise KernelError(f"no sort for {problem}") from None
                pointwise = pointwise | problem.keys

    best, settled = run(dropped), set()
    if best is None:
        raise KernelError("a first pass has no limit")
    while passes < MAX_PASSES:
        ill = next((ill for ill in best.ills if ill.kind in (SORT, SHAPE) and ill.span.start not in settled), None)
        if ill is None:
            break
        settled.add(ill.span.start)
        droppable = {each.key for each in best.declarations.entered if _may_be_wrong(each)}
        droppable |= {symbol.key for symbol in best.signature.symbols.values() if _is_only_a_letter(symbol, best)}
        for key in ill.keys[:4]:
            if key in droppable and (better := run(dropped | {key}, _badness(best), ill.span.start)) is not None:
                best = better if _badness(better) < _badness(best) and _only_dimensions(better) else best
        dropped = best.signature.dropped
    return best


def _may_be_wrong(declared: Declared) -> bool:
    """Whether a declaration may be dropped: of a map, or of an element that may turn out to be a position."""
    if declared.symbol is None or declared.origin != DOCUMENT:
        return False
    return is_function(declared.sort) or declared.sort.name in ("Vec", "Scalar")


def _is_only_a_letter(symbol: Symbol, reading: Pass) -> bool:
    """Whether the built-in context has a map of that name, where the document never applies it: ``m`` for a token."""
    if symbol.origin != BUILT_IN or symbol.count or not is_function(reading.signature.shape(symbol)):
        return False
    return not any(_APPLIED.match(span.source.text, span.end) for span in symbol.uses)


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
                printed = _pointwise(sorts.resolve(declared.sort))
                position = not is_function(printed) and sort.cls == BASE
                if symbol.uses and not position and not _alike(printed, _pointwise(sort)):
                    return False
    return True


def _pointwise(sort: Sort) -> Sort:
    """The sort of a map of signals as that of a map of vectors."""
    if (
        is_function(sort)
        and all(is_function(part) for part in sort.args)
        and sort.args[0].args[0] == sort.args[1].args[0]
    ):
        return fun(sort.args[0].args[1], sort.args[1].args[1])
    return sort


def _alike(left: Sort, right: Sort) -> bool:
    if left.cls == right.cls == DIMENSION:
        return True
    if left.args and right.args:
        return left.name == right.name and all(map(_alike, left.args, right.args))
    return left == right or VARIABLE in (left.tag, right.tag)


def _badness(reading: Pass) -> int:
    return sum(1 for ill in reading.ills if ill.kind in (SORT, SHAPE)) + len(reading.declarations.problems)


class _Result:
    """Builds the kernel terms of a pass."""

    def __init__(self, reading: Pass, document: Document) -> None:
        self.reading, self.document = reading, document
        self.signature = reading.signature
        taken = set(self.signature.words)
        self.signature.sorts.settle(taken)
        self.builder = Builder(self.signature.sorts, taken, self.signature.symbols)
        self.problems: list[Problem] = list(reading.problems)
        self.lacking: list[Supply] = []

    def derivation(self) -> result.Derivation:
        definitions = self._definitions()
        hypotheses = self._hypotheses()
        chains = tuple(self._chain(chain) for chain in self.reading.chains)
        for chain in chains:
            for line in chain.lines:
                self.problems += line.problems
        self._misdeclared()
        self._undefined()
        bijections = self._bijections()
        stated = {each.hypothesis.name for each in hypotheses}
        for pair, symbol in bijections:
            if symbol.bijection and symbol.origin in (USER, DOCUMENT) and bijective(pair).name not in stated:
                span = symbol.span or self.document.source.span(0, 0)
                hypotheses.append(result.StatedHypothesis(bijective(pair), span.line, span, symbol.origin))
        for group in sorted(self.signature.commutative, key=str):
            span = self.document.source.span(0, 0)
            hypotheses.append(result.StatedHypothesis(commutative(group), span.line, span, DOCUMENT))
        hypotheses += self._of_matrices()
        heads = [head for entry in self._entries() for head in entry.heads]
        known = {equation for each in hypotheses for equation in each.hypothesis.equations}
        names = {each.hypothesis.name for each in hypotheses}
        terms = [term for chain in chains for line in chain.lines for term in (line.term, line.repaired) if term]
        offered = [
            each
            for each in available(
                heads, [pair for pair, _ in bijections], frozenset(self.signature.commutative), acting(terms)
            )
            if not known.issuperset(each.equations) and each.name not in names and not self._is_complete()
        ]
        problems = sorted(dict.fromkeys(self.problems), key=lambda problem: (problem.line, problem.span.start))
        return result.Derivation(
            self._context(), tuple(definitions), tuple(hypotheses), tuple(offered), chains, tuple(problems),
            (*self.lacking, *self._stating(offered, bijections)), frozenset(self.reading.unread), either(offered),
            self.document.cited,
        )  # fmt: skip

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
                    found.append(result.StatedHypothesis(item, span.line, span, symbol.origin))
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
            try:
                left, right = self.builder.expression(assumed.left).term, self.builder.expression(assumed.right).term
            except (NotBuilt, KernelError) as problem:
                self.problems.append(Problem(UNREADABLE, assumed.span, str(problem)))
                continue
            name = assumed.name or f"line_{assumed.span.line}"
            hypothesis = Hypothesis(name.strip().replace(" ", "_"), assumed.says, ((left, right),))
            found.append(result.StatedHypothesis(hypothesis, assumed.span.line, assumed.span, assumed.origin))
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

    # problems of the whole

    def _misdeclared(self) -> None:
        """The declarations that had to be dropped: what is printed, and what fits."""
        for declared in self.reading.declarations.entered:
            if declared.symbol is not None:
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
            over = printed_set(whole.args[0].args[0], names) if _pointwise(whole) != whole else ""
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
        names = [span for span in softmax if "softmax" not in span.text and not self._user_softmax()]
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
            self.signature.groups, self.builder.multiplicative,
        )  # fmt: skip
