"""One pass over a document: declarations first, then definitions, assumptions, and the chains line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from symbolic_equiv.document import derivation as result
from symbolic_equiv.document import scope as scoping
from symbolic_equiv.document.assumptions import read_assumption
from symbolic_equiv.document.commuting import said_commutative
from symbolic_equiv.document.context import BUILT_IN, DOCUMENT, INFERRED, USER, Symbol, as_lines
from symbolic_equiv.document.declare import Declarations, is_set_equation
from symbolic_equiv.document.defining import Candidate, Defining, has_composition
from symbolic_equiv.document.elaborate import Elaborator, Scope
from symbolic_equiv.document.library import Library
from symbolic_equiv.document.names import stem
from symbolic_equiv.document.outline import SUBSETS, Unit
from symbolic_equiv.document.preterms import Local, Pre
from symbolic_equiv.document.problems import DEFINITION, SHAPE, SORT, UNREADABLE, Edit, Ill, Notes, Problem
from symbolic_equiv.document.properties import columns_said, note, orthogonality
from symbolic_equiv.document.sets import is_range
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.trees import argument_letters, indices_in, rebuilt
from symbolic_equiv.kernel.sorts import BASE
from symbolic_equiv.latex.reader import ContextLine, Document, Line
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.latex.reader.source import Span

_CLAUSE_ENDS = re.compile(r"[,.;:$]|\band\b")
_APPOSED = re.compile(r"^\s*,\s*(?:an?\s+(?:\w+ )?bijection|bijective)\s*(?=[,.;]|$|\b(?:and|with|onto)\b)")
"""``$x : S \\to X$, a bijection``; in ``$f$, a bijection $x$`` it is another that is one."""
_SOFTMAX_BEFORE = re.compile(r"\bsoftmax(?: function| operator| map)?\s*$")
_SOFTMAX_AFTER = re.compile(r"(?:,? which)?\s*(?:is|denotes|being|be|stands for|means)\s+(?:[a-z-]+\s+){0,2}softmax\b")
_SAID_BIJECTIVE = re.compile(r"\bbiject|\bpermutation\b(?! matri| equivar| invarian)|\binvertible\b")


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


@dataclass
class Assumed:
    """An assumption with its two sides, its parameters, and where it was stated."""

    name: str
    says: str
    left: Pre
    right: Pre
    span: Span
    origin: str


class Worse(Exception):
    """A pass that is no better than one that was made before."""


class Pass(Defining):
    """Reads a document under given decisions: which declarations to drop, which maps act on vectors."""

    def __init__(
        self,
        document: Document,
        user: tuple[ContextLine, ...],
        library: Library,
        dropped: frozenset[str],
        pointwise: frozenset[str],
        withheld: frozenset[str],
        units: list[Unit],
        repairs: dict[tuple[int, frozenset[str]], scoping.Repair | None],
        keys: dict[int, set[str]],
        limit: int | None = None,
        mending: int | None = None,
    ) -> None:
        self.signature = Signature(library, dropped, pointwise, withheld)
        self.elaborator = Elaborator(self.signature)
        self.declarations = Declarations(self.signature, self.elaborator)
        self.user = as_lines((*user, *document.context))
        self.units, self.repairs, self.keys = units, repairs, keys
        self.limit, self.mending = limit, mending
        self.candidates: list[Candidate] = []
        self.adopted: list[Candidate] = []
        self.assumed: list[Assumed] = []
        self.chains: list[ReadChain] = []
        self.problems: list[Problem] = []
        self.ills: list[Ill] = []
        self.said: set[int] = set()
        self.fixed_before: frozenset[str] = frozenset()
        """The variables that the display before has fixed: a display of sums alone is about the same ones."""
        self.roles: dict[int, str] = {}
        self.refused: dict[int, Ill] = {}
        self.unread: set[str] = set()

    def run(self) -> None:
        self._broken_context()
        self._declare()
        self.signature.commutative |= said_commutative(self.units, self.signature)
        self._collect()
        self._define()
        self._assume()
        self._read_chains()
        self._check_stated()
        for _ in range(4):
            self._settle()
        self.problems += self.declarations.problems

    def _settle(self) -> None:
        try:
            self.elaborator.settle(force=True)
        except Ill as problem:
            self._ill(problem)

    def _ill(self, problem: Ill) -> Problem:
        self.ills.append(problem)
        return problem.problem()

    def _stop_if_worse(self) -> None:
        """Give a trial up that has as much wrong as the pass before it, or still what it was made to mend."""
        wrong = [ill for ill in self.ills if ill.kind in (SORT, SHAPE)]
        if self.limit is not None and len(wrong) >= self.limit:
            raise Worse
        if any(ill.span.start == self.mending for ill in wrong):
            raise Worse

    def _broken_context(self) -> None:
        """What the user's context says and cannot be read: nothing of that may be passed over in silence."""
        for line in self.user:
            errors = [line.error, *(each.error for chain in line.chains for each in chain.lines)]
            self.problems += [Problem(UNREADABLE, line.span, str(error.found)) for error in errors if error is not None]

    # declarations

    def _declare(self) -> None:
        for line in self.user:
            if line.kind == "declare":
                for chain in line.chains:
                    unit = Unit(chain.lines, "", "", False)
                    if not self._declaration(unit, USER):
                        self._bare_sets(unit)
        for unit in sorted(self.units, key=_lateness):
            if unit.is_declaration and self._declaration(unit, DOCUMENT):
                self.said.add(id(unit))
            elif len(unit.lines) == 2 and unit.lines[1].relation == "=":
                left, right = unit.first, unit.lines[1].expression
                if (
                    isinstance(right, s.Listing)
                    and is_range(right)
                    and self.declarations.declare(left, right, DOCUMENT)
                ):
                    self.said.add(id(unit))
                elif left is not None and right is not None and is_set_equation(left, right, self.signature):
                    self.said.add(id(unit))
                    self.roles[id(unit)] = result.DECLARATION
            for line in unit.lines:
                for formula in line.remark.formulas if line.remark else ():
                    self._quantified(formula)
        note(self.units, self.elaborator)
        self._orthogonal()
        if columns_said(self.units):
            self.signature.softmax_way = "column"
        trees = [line.expression for unit in self.units for line in unit.lines if line.expression is not None]
        self.declarations.find_positions(trees)
        for unit in self.units:
            head = unit.first.function if isinstance(unit.first, s.Apply) else unit.first
            if unit.inline and isinstance(head, s.Name) and len(unit.lines) == 1 and _said_softmax(unit):
                self.signature.softmax.add(stem(head))
            first = unit.first.operands[0] if isinstance(unit.first, s.Colon) else unit.first
            if isinstance(first, s.Name) and (
                _APPOSED.match(unit.after) or _SAID_BIJECTIVE.search(_words_about(unit, first.span.text))
            ):
                for symbol in self.signature.find(stem(first)):
                    symbol.bijection = True

    def _orthogonal(self) -> None:
        """``P^\\top P = I``, said of a matrix ``P``."""
        for unit in self.units:
            found = orthogonality(unit, self.elaborator) if id(unit) not in self.said else None
            if found is not None:
                found[0].properties |= found[1]
                self.said.add(id(unit))
                self.roles[id(unit)] = result.ASSUMPTION

    def _quantified(self, formula: s.Node) -> None:
        """``for all b \\in H``, behind a display: a declaration, unless the letter is declared already."""
        if isinstance(formula, s.Relation) and formula.operators == (r"\in",) and self._is_sort(formula.operands[1]):
            left = formula.operands[0]
            nodes = left.operands if isinstance(left, s.Listing) else (left,)
            if not any(isinstance(node, s.Name) and self.signature.find(stem(node)) for node in nodes):
                self.declarations.declare(left, formula.operands[1], DOCUMENT)

    def _declaration(self, unit: Unit, origin: str) -> bool:
        first = unit.first
        if isinstance(first, s.Colon) and len(first.operands) == 2:
            remark = unit.lines[0].remark.text if unit.lines[0].remark else ""
            return self.declarations.declare(first.operands[0], first.operands[1], origin, "biject" in remark)
        if len(unit.lines) == 2 and first is not None and unit.lines[1].expression is not None:
            right = unit.lines[1].expression
            names = first.operands if isinstance(first, s.Listing) else (first,)
            if not all(isinstance(name, s.Name | s.Juxtapose) for name in names) or not self._is_sort(right):
                return False
            subset = unit.lines[1].relation in SUBSETS
            if subset and any(self.signature.is_set(normalised(name)) for name in names):
                return False  # H \subset G, and elements of H by themselves: a set of its own
            return self.declarations.declare(first, right, origin, subset=subset)
        return False

    def _is_sort(self, node: s.Node) -> bool:
        if isinstance(node, s.Apply):
            return isinstance(node.function, s.Name) and node.function.base in ("L", "F", "P", r"\wp")
        if isinstance(node, s.Scripted) and isinstance(node.base, s.Number):
            return True  # 2^S
        return not isinstance(node, s.Name) or self.elaborator.is_sort(node, Scope())

    def _bare_sets(self, unit: Unit) -> None:
        """``declare S, X``: the names of sets."""
        if unit.first is not None and len(unit.lines) == 1:
            for node in unit.first.operands if isinstance(unit.first, s.Listing) else (unit.first,):
                if isinstance(node, s.Name):
                    self.signature.name_set(normalised(node), BASE)

    # assumptions

    def _assume(self) -> None:
        for line in self.user:
            if line.kind == "assume":
                for chain in line.chains:
                    self._assumption(Unit(chain.lines, "", "", False), line.name or "assumption", USER)
        for unit in self.units:
            if id(unit) in self.said or any(each.unit is unit for each in self.adopted):
                continue
            if (unit.is_equation or unit.is_equivalence) and (unit.assumes or unit.recalls):
                self._assumption(unit, "", DOCUMENT)

    def _assumption(self, unit: Unit, name: str, origin: str) -> None:
        lines = [line.expression for line in unit.lines]
        if len(lines) != 2 or any(line is None for line in lines):
            if origin == USER and None not in lines:
                span = unit.lines[0].span
                self.problems.append(Problem(UNREADABLE, span, "an assumption is one equation, or one equivalence"))
            return
        try:
            found = read_assumption(self, lines[0], lines[1], unit.lines[1].relation or "=", unit.recalls)
        except Ill as problem:
            self.problems.append(self._ill(problem))
            return
        if found is None:
            return
        left, right = found
        says = f"{unit.lines[0].span.text.strip()} {unit.lines[1].relation} {unit.lines[1].span.text.strip()}"
        self.assumed.append(Assumed(name, " ".join(says.split()), left, right, unit.lines[0].span, origin))
        self.said.add(id(unit))
        chain = ReadChain(unit, result.ASSUMPTION, [ReadLine(line) for line in unit.lines])
        self.chains.append(chain)

    # chains

    def _read_chains(self) -> None:
        done = {id(chain.unit): chain for chain in self.chains}
        ordered: list[ReadChain] = []
        for unit in self.units:
            if id(unit) in done:
                ordered.append(done[id(unit)])
            elif id(unit) not in self.said and (
                unit.is_equation or unit.is_equivalence or not (unit.inline or unit.is_declaration)
            ):
                ordered.append(self._chain(unit))
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
            fixed -= scoping.bound_names(binder, frozenset())
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
        self._stop_if_worse()
        return chain

    def _indices(self, unit: Unit) -> dict[str, Local]:
        """The letters that nobody declared and that stand below a matrix: its rows and columns, in this chain."""
        found: dict[str, Local] = {}
        nodes = [node for line in unit.lines if line.expression is not None for node in line.expression.walk()]
        for node in nodes:
            indexed = isinstance(node, s.Apply | s.Scripted) or (
                isinstance(node, s.Name) and self.elaborator.is_matrix(stem(node))
            )
            below = [script for script in node.scripts if script.kind == "_"] if indexed else []
            for name in [each for script in below for index in indices_in(script) for each in argument_letters(index)]:
                if all(symbol.origin in (BUILT_IN, INFERRED) for symbol in self.signature.find(name.base)):
                    printed = self.elaborator.reading(name, Scope()).printed
                    sort = self.signature.sorts.fresh()
                    found.setdefault(printed.key, Local(sort, printed.word, printed.key, True))
        return found

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
        for key in self._keys(node):
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
            mirrored = rebuilt(node, _mirror)
            sorts = self.signature.sorts
            mark, pending = sorts.mark(), list(self.signature.pending)
            try:
                other = self.elaborator.read(mirrored, scope)
            except Ill:
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

    def _check_stated(self) -> None:
        """``\\alpha[f] : S \\times S \\to \\mathbb{R}``: the expression has the sort that the text says it has."""
        for node, sort, span in self.declarations.stated:
            mark, pending = self.signature.sorts.mark(), list(self.signature.pending)
            try:
                pre = self.elaborator.read(node, Scope())
                self.elaborator.unify(pre.sort, sort, span, "the text says otherwise", pre, kind=SORT)
            except Ill as problem:
                self.signature.sorts.undo(mark)
                self.signature.pending = pending
                self.problems.append(self._ill(problem))


def _lateness(unit: Unit) -> int:
    """Subsets last, after all that may show them to be sets of their own; what may have indices after what has none."""
    return 2 if unit.lines[-1].relation in SUBSETS else _is_late(unit)


def _is_late(unit: Unit) -> bool:
    """Whether a declaration may have indices (``g_a``), which others declare (``a \\in [n]``), before or after."""
    last = unit.lines[-1]
    if len(unit.lines) != 2 or last.relation != r"\in" or not isinstance(last.expression, s.Group):
        return True
    names = unit.first.operands if isinstance(unit.first, s.Listing) else (unit.first,)
    return not all(isinstance(name, s.Name) and not name.scripts for name in names)


def _mirror(node: s.Node) -> s.Node | None:
    if isinstance(node, s.Product) and set(node.operators) == {r"\circ"}:
        return replace(node, operands=node.operands[::-1])
    return None


def _said_softmax(unit: Unit) -> bool:
    """``the softmax $\\sigma$``, ``$\\sigma$ is the softmax``."""
    return _SOFTMAX_BEFORE.search(unit.before) is not None or _SOFTMAX_AFTER.match(unit.after) is not None


def _words_about(unit: Unit, name: str) -> str:
    """The words beside a formula, as far as they are about it; also those behind its name, where that follows alone.

    In ``$x$ be a bijection, $f$ a signal and the map $g$ …`` nothing is said of ``f`` and ``g`` by the first clause.
    """
    before = _CLAUSE_ENDS.split(unit.before[-60:])[-1]
    after, *rest = re.sub(r"^[\s,]*(?:which|that)\b", "", unit.after[:90]).split("$", 2)
    again = rest[1] if len(rest) == 2 and rest[0].strip() == name.strip() else ""
    return f"{before} {_CLAUSE_ENDS.split(after)[0]} {_CLAUSE_ENDS.split(again)[0]}"
