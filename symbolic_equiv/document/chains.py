"""The chains of a document, line by line: each in its scope, with what is wrong in it and was repaired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from symbolic_equiv.document import derivation as result
from symbolic_equiv.document import scope as scoping
from symbolic_equiv.document.context import BUILT_IN, INFERRED, Symbol
from symbolic_equiv.document.defining import Candidate, has_composition
from symbolic_equiv.document.elaborate import Elaborator
from symbolic_equiv.document.names import stem
from symbolic_equiv.document.naming import Scope
from symbolic_equiv.document.outline import Unit
from symbolic_equiv.document.preterms import Local, Pre
from symbolic_equiv.document.problems import DEFINITION, SHAPE, SORT, Edit, Ill, Notes, Problem
from symbolic_equiv.document.rows import Reread
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.trees import argument_letters, indices_in, rebuilt
from symbolic_equiv.latex.reader import Line
from symbolic_equiv.latex.reader import syntax as s


@dataclass
class ReadLine:
    """A line while the document is read: its preterm as printed or repaired, and its problems."""

    line: Line
    pre: Pre | None = None
    is_repaired: bool = False
    problems: list[Problem] = field(default_factory=list)


@dataclass
class ReadChain:
    unit: Unit
    role: str
    lines: list[ReadLine] = field(default_factory=list)
    defining: set[int] = field(default_factory=set)


class Chains:
    """The part of a pass that reads chains; ``Pass`` has the rest."""

    signature: Signature
    elaborator: Elaborator
    units: list[Unit]
    repairs: dict[tuple[int, frozenset[str]], scoping.Repair | None]
    adopted: list[Candidate]
    chains: list[ReadChain]
    ills: list[Ill]
    said: set[int]
    roles: dict[int, str]
    refused: dict[int, Ill]
    fixed_before: frozenset[str]
    pointwise: frozenset[str]

    def _read_chains(self) -> Iterator[None]:
        """Read one chain after the other, until one adds nothing to the maps for which all has to be read again."""
        done = {id(chain.unit): chain for chain in self.chains}
        ordered: list[ReadChain] = []
        for unit in self.units:
            if id(unit) in done:
                ordered.append(done[id(unit)])
            elif id(unit) not in self.said and (
                unit.is_equation or unit.is_equivalence or not (unit.inline or unit.is_declaration)
            ):
                known = self.pointwise
                ordered.append(self._chain(unit))
                yield
                if known and known == self.pointwise:
                    return
            elif id(unit) in self.said or any(unit.lines[0].error is not None for _ in (0,)):
                role = self.roles.get(id(unit), result.DECLARATION)
                ordered.append(ReadChain(unit, role, [ReadLine(line) for line in unit.lines]))
        self.chains = [
            chain for chain in self.chains if id(chain.unit) not in {id(unit) for unit in self.units}
        ] + ordered

    def _variables(self, node: s.Node) -> set[str]:
        found = set()
        for name in self.elaborator.free_names(node, Scope()):
            found.add(self.elaborator.reading(name, Scope()).printed.key)
        for each in node.walk():
            if isinstance(each, s.Name):
                for index in self.elaborator.reading(each, Scope()).indices:
                    found |= self._variables(index.node)
        return found

    def _chain(self, unit: Unit) -> ReadChain:
        own = [candidate for candidate in self.adopted if candidate.unit is unit]
        chain = ReadChain(unit, result.DEFINITION if own else result.CLAIM if unit.claims else result.CHAIN)
        first = next((line.expression for line in unit.lines if line.expression is not None), None)
        fixed = self._variables(first) if first is not None else set()
        binders = [each for each in first.walk() if isinstance(each, s.Binder)] if first is not None else []
        for binder in binders:
            fixed -= scoping.bound_names(binder, frozenset()) - self._free_elsewhere(unit, first)
            fixed -= self._pairs(unit, binder)
        if binders or first is None:
            fixed |= self.fixed_before
        elif not unit.inline and not own:
            self.fixed_before = frozenset(fixed)
        if unit.implies:
            for line in unit.lines:
                fixed |= self._of_abbreviations(line.expression)
        locals_: dict[str, Local] = {}
        for candidate in own:
            chain.defining.add(candidate.number + 1)
            for parameter, node in zip(candidate.symbol.parameters, candidate.equation.pattern.arguments):
                if not any(node == each for each in candidate.equation.pattern.compound):
                    locals_.setdefault(parameter.key, replace(parameter, sort=self._loose(candidate.symbol, parameter)))
        if any(candidate.generalised for candidate in own):
            locals_ = {}
        for key, index in self._indices(unit).items():
            locals_.setdefault(key, index)
        scope = Scope(locals_, frozenset(fixed))
        reference: Pre | None = None
        for line in unit.lines:
            read = self._line(line, scope, reference)
            if reference is None and read.pre is not None:
                reference = read.pre
            chain.lines.append(read)
        if not own and unit.defines and id(unit) in self.refused:
            for read in chain.lines[1:]:  # it defines, and claims nothing
                read.pre, read.problems = None, [*read.problems, self.refused[id(unit)].problem()]
        self._settle_chain(chain)
        self._compositions(chain, scope)
        return chain

    def _free_elsewhere(self, unit: Unit, first: s.Node | None) -> frozenset[str]:
        """The letters that another line of the chain has free: no sum of the first one runs over these."""
        others = [line.expression for line in unit.lines if line.expression not in (None, first)]
        found = frozenset()
        for each in others:
            bound = [scoping.bound_names(part, frozenset()) for part in each.walk() if isinstance(part, s.Binder)]
            found |= self._variables(each) - frozenset().union(*bound)
        return found

    def _pairs(self, unit: Unit, binder: s.Binder) -> frozenset[str]:
        """The letters of ``\\sum_{i < j}`` if neither is fixed: if neither stands outside such a sum."""
        found: frozenset[str] = frozenset()
        for pair in filter(None, (scoping.compared_pair(each, binder.body) for each in binder.conditions)):
            others = [line.expression for line in unit.lines if line.expression is not None]
            outside = [scoping.free_names(scoping.without_pairs(each, pair)) for each in others]
            found |= pair if pair.isdisjoint(frozenset().union(*outside)) else frozenset()
        return found

    def _indices(self, unit: Unit) -> dict[str, Local]:
        """The letters that nobody declared and that stand below a matrix: its rows and columns, in this chain."""
        found: dict[str, Local] = {}
        for node in unit.indexed:
            if isinstance(node, s.Scripted) and isinstance(node.base, s.Number):
                continue  # 0_{d} has d entries
            if isinstance(node, s.Apply) and isinstance(node.function, s.Name) and node.function.scripts:
                continue  # softmax_{j \in N(i)}(…)_{k}: it is taken at k
            indexed = not isinstance(node, s.Name) or (
                self.elaborator.is_matrix(stem(node)) and not self._is_another(node)
            )
            below = [script for script in node.scripts if script.kind == "_"] if indexed else []
            for name in [each for script in below for index in indices_in(script) for each in argument_letters(index)]:
                if all(symbol.origin in (BUILT_IN, INFERRED) for symbol in self.signature.find(name.base)):
                    printed = self.elaborator.reading(name, Scope()).printed
                    sort = self.signature.sorts.fresh()
                    found.setdefault(printed.key, Local(sort, printed.word, printed.key, True))
        return found

    def _is_another(self, node: s.Name) -> bool:
        """Whether a name with its scripts, ``W_{key}``, is a symbol of its own, and no entry of a matrix ``W``."""
        key = self.elaborator.reading(node, Scope()).printed.key
        return key != stem(node) and bool(self.signature.find(key))

    def _settle_chain(self, chain: ReadChain) -> None:
        """Make the usual guess for products that the whole chain leaves open."""
        for _ in range(len(self.signature.pending) + 1):
            pending = list(self.signature.pending)
            try:
                self.elaborator.settle(force=True)
                return
            except Ill as problem:
                found = self._ill(problem)
                for read in chain.lines:
                    span = read.line.span
                    if read.pre is not None and span.start <= problem.span.start < span.end:
                        read.pre, read.problems = None, [*read.problems, found]
                inside = lambda op: any(
                    each.line.span.start <= op.span.start < each.line.span.end
                    for each in chain.lines
                    if each.pre is None
                )
                self.signature.pending = [op for op in pending if not inside(op)]

    def _loose(self, symbol: Symbol, parameter: Local):
        """The sort of a parameter, as it is for the symbol printed in the chain that defines it."""
        return self.signature.sorts.resolve(parameter.sort)

    def _of_abbreviations(self, node: s.Node | None) -> set[str]:
        if node is None:
            return set()
        found: set[str] = set()
        for key in self.names_in(node):
            if key in self.signature.abbreviations:
                found |= self.signature.abbreviations[key].variables
        return found

    def _line(self, line: Line, scope: Scope, reference: Pre | None) -> ReadLine:
        read = ReadLine(line)
        if line.expression is None:
            if line.error is not None:
                error = line.error
                read.problems.append(Problem("unreadable", error.span, str(error.found), error.advice or None))
            return read
        node, notes = line.expression, Notes()
        asked = (id(node), self._letters(scope))
        if asked not in self.repairs:
            self.repairs[asked] = scoping.repair(node, asked[1])
        repaired = self.repairs[asked]
        if repaired is not None:
            node, read.is_repaired = repaired.node, True
            shown = tuple(range(line.first_line, line.last_line + 1))
            read.problems += [replace(problem, lines=shown) for problem in repaired.problems]
        self.elaborator.notes = notes
        sorts = self.signature.sorts
        mark, pending = sorts.mark(), list(self.signature.pending)
        try:
            pre = self.elaborator.read(node, scope)
            if reference is not None and not sorts.same(reference.sort, pre.sort):
                self._unlike(line, reference, pre)
            self.elaborator.settle()
            read.pre = pre
        except Reread as problem:
            sorts.undo(mark)
            self.signature.pending = pending
            self.pointwise |= problem.keys
        except Ill as problem:
            sorts.undo(mark)
            self.signature.pending = pending
            read.problems.append(self._ill(problem))
        read.is_repaired = read.is_repaired or bool(notes.problems)
        read.problems += notes.problems
        return read

    def _unlike(self, line: Line, reference: Pre, pre: Pre) -> None:
        from symbolic_equiv.document.preterms import say
        from symbolic_equiv.document.products import keys_in

        left, right = (self.signature.sorts.resolve(each.sort) for each in (reference, pre))
        kind = SHAPE if left.cls == right.cls == "linear" else SORT
        raise Ill(kind, line.span, f"on the left {say(left)}, here {say(right)}", keys_in(reference, pre))

    def _letters(self, scope: Scope) -> frozenset[str]:
        """What is fixed, for the search of variables outside their binder: also abbreviations that are."""
        keys = {*scope.fixed, *scope.locals}
        keys |= {key for key in self.signature.abbreviations if self.elaborator.expands(key, scope)}
        return frozenset(keys)

    def _compositions(self, chain: ReadChain, scope: Scope) -> None:
        """``(g \\circ f)(v)`` next to ``f(g(v))``: the composition is printed in the wrong order."""
        from symbolic_equiv.document.alike import alike

        for at, read in enumerate(chain.lines):
            node = read.line.expression
            if node is None or not has_composition(node):
                continue
            sorts = self.signature.sorts
            mark, pending = sorts.mark(), list(self.signature.pending)
            try:
                other = self.elaborator.read(_mirrored(node), scope)
            except (Ill, Reread) as problem:
                self.pointwise |= problem.keys if isinstance(problem, Reread) else frozenset()
                sorts.undo(mark)
                self.signature.pending = pending
                continue
            near = [chain.lines[k].pre for k in (at - 1, at + 1) if 0 <= k < len(chain.lines)]
            if not any(each is not None and alike(each, other, sorts) for each in near) or any(
                each is not None and read.pre is not None and alike(each, read.pre, sorts) for each in near
            ):
                sorts.undo(mark)
                self.signature.pending = pending
                continue
            product = next(each for each in node.walk() if isinstance(each, s.Product) and r"\circ" in each.operators)
            self.ills = [ill for ill in self.ills if ill.span.start < node.span.start or ill.span.end > node.span.end]
            suggestion = r" \circ ".join(part.span.text.strip() for part in reversed(product.operands))
            edits = (Edit(product.span.start, product.span.end, suggestion),)
            message = "the composition is in the wrong order: the map on the right is applied first"
            read.problems = [Problem(DEFINITION, product.span, message, suggestion, edits)]
            read.pre, read.is_repaired = other, True


@s.kept
def _mirrored(node: s.Node) -> s.Node:
    """The expression with every composition the other way round."""
    return rebuilt(node, _mirror)


def _mirror(node: s.Node) -> s.Node | None:
    if isinstance(node, s.Product) and set(node.operators) == {r"\circ"}:
        return replace(node, operands=node.operands[::-1])
    return None
