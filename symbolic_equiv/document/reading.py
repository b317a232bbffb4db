"""One pass over a document: declarations first, then definitions, assumptions, and the chains line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from symbolic_equiv.document import derivation as result
from symbolic_equiv.document import scope as scoping
from symbolic_equiv.document.assumptions import read_assumption
from symbolic_equiv.document.chains import Chains, ReadChain, ReadLine
from symbolic_equiv.document.commuting import said_commutative
from symbolic_equiv.document.context import DOCUMENT, USER
from symbolic_equiv.document.declare import Declarations
from symbolic_equiv.document.declaring import Declaring
from symbolic_equiv.document.define import pattern_of
from symbolic_equiv.document.defining import Candidate, Defining
from symbolic_equiv.document.elaborate import Elaborator
from symbolic_equiv.document.letters import fixed_letters
from symbolic_equiv.document.library import Library
from symbolic_equiv.document.names import stem
from symbolic_equiv.document.naming import Scope
from symbolic_equiv.document.outline import Unit
from symbolic_equiv.document.preterms import Pre, is_function
from symbolic_equiv.document.problems import SHAPE, SORT, UNREADABLE, Ill, Problem
from symbolic_equiv.document.rows import Reread
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.unheeded import named_groups, unheeded
from symbolic_equiv.document.wording import is_open
from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.latex.reader import ContextLine
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.source import Span

_ONE_OF_SEVERAL = re.compile(r"\be\.g\.|\bsuch as\b|\bor\b|\beither\b|^\W*(?:for|in|with|under|at) ", re.IGNORECASE)
_SATISFIES = re.compile(
    r"(?:^|[.,;:]|\b(?:and|where|here|moreover|also))\s*(?:(?:the|our|this)(?: (?!only\b)[a-z]+){0,2}\s+)?"
    r"\$(?P<name>[^$]*)\$"
    r"(?: (?:also |moreover )?(?:satisf(?:y|ies)|obeys?|fulfill?s?)(?: the \w+(?: \w+)?)?"
    r"| (?:is|be|are) (?:[^.;$]|\$[^$]*\$){1,40}?"
    r"(?::|, (?:i\.e\.|that is),?|\bmeaning(?: that)?|\bin the sense that))\W*$",
    re.IGNORECASE,
)
"""``The bias $b$ satisfies``, ``$b$ is $G$-invariant:``; not ``only an even $b$ satisfies``, which speaks of others."""

_THEY_SATISFY = re.compile(
    r"\$?[.,;]?\s+(?:they|which|these(?: (?:maps|matrices|functions|biases|encodings|kernels|operators|rotations))?)"
    r"\s+(?:all\s+)?(?:satisf(?:y|ies)|obeys?|fulfill?s?)\s*\$?",
    re.IGNORECASE,
)
"""All that stands between ``$R_p \\in \\mathbb{R}^{d \\times d}$. These matrices satisfy $`` and what they satisfy."""


@dataclass
class Assumed:
    """An assumption with its two sides, its parameters, and where it was stated."""

    name: str
    says: str
    left: Pre
    right: Pre
    span: Span
    origin: str
    narrow: tuple[Pre, Pre] | None = None
    """The same said of the letters alone that the text has fixed, where it has."""


class Pass(Declaring, Defining, Chains):
    """Reads a document under given decisions: which declarations to drop, which maps act on vectors."""

    def __init__(
        self,
        user: tuple[ContextLine, ...],
        library: Library,
        dropped: frozenset[str],
        pointwise: frozenset[str],
        withheld: frozenset[str],
        units: list[Unit],
        repairs: dict[tuple[int, frozenset[str]], scoping.Repair | None],
        keys: dict[int, set[str]],
    ) -> None:
        self.signature = Signature(library, dropped, pointwise, withheld)
        self.elaborator = Elaborator(self.signature)
        self.declarations = Declarations(self.signature, self.elaborator)
        self.user = user
        self.units, self.repairs, self.keys = units, repairs, keys
        self.candidates: list[Candidate] = []
        self.adopted: list[Candidate] = []
        self.assumed: list[Assumed] = []
        self.chains: list[ReadChain] = []
        self.problems: list[Problem] = []
        self.ills: list[Ill] = []
        self.said: set[int] = set()
        self.pointwise: frozenset[str] = frozenset()
        """The maps that were read as maps of signals, and turned out to act on vectors."""
        self.fixed_before: frozenset[str] = frozenset()
        """The variables that the display before has fixed: a display of sums alone is about the same ones."""
        self.roles: dict[int, str] = {}
        self.refused: dict[int, Ill] = {}
        self.unread: set[str] = set()
        self.open_sets: set[Sort] = set()
        """The sets of which the words say more than is read."""

        self._going = self._parts()

    def run(self, limit: int | None = None, mending: int = -1) -> bool:
        """Read to the end; False if it is given up, having ``limit`` things wrong, or what stands at ``mending``.

        What was given up goes on from there when it is run again.  Raises ``Reread``.
        """
        while limit is None or not self._is_worse(limit, mending):
            if next(self._going, self) is self:
                return True
        return False

    def _is_worse(self, limit: int, mending: int) -> bool:
        wrong = [ill.span.start for ill in self.ills if ill.kind in (SORT, SHAPE)]
        return len(wrong) >= limit or mending in wrong

    def _parts(self) -> Iterator[None]:
        """All that there is to do, with a rest after each chain."""
        self._broken_context()
        self._declare()
        self.signature.commuting_at = said_commutative(self.units, self.signature)
        self.signature.commutative |= self.signature.commuting_at.keys()
        self._collect()
        self._define()
        self._assume()
        laws = " ".join(each.says for each in self.assumed)
        names, self.open_sets = unheeded(self.units, self.elaborator, laws)
        self.open_sets |= set(named_groups(self.units, self.elaborator))
        self.unread |= names
        for _ in self._read_chains():
            if not self.pointwise:
                yield
        if self.pointwise:
            raise Reread(self.pointwise)
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

    def _broken_context(self) -> None:
        """What the user's context says and cannot be read: nothing of that may be passed over in silence."""
        for line in self.user:
            errors = [line.error, *(each.error for chain in line.chains for each in chain.lines)]
            self.problems += [Problem(UNREADABLE, line.span, str(error.found)) for error in errors if error is not None]

    def _assume(self) -> None:
        for line in self.user:
            if line.kind == "assume":
                for chain in line.chains:
                    self._assumption(Unit(chain.lines, "", "", False), line.name or "assumption", USER)
        for unit in self.units:
            if id(unit) in self.said or any(each.unit is unit for each in self.adopted):
                continue
            introduced = self._introduced(unit) if unit.is_equivalence else ""
            assumed = unit.assumes or unit.recalls or introduced or self._says_with(unit) or self._is_law(unit)
            if (unit.is_equation or unit.is_equivalence) and assumed:
                self._assumption(unit, "", DOCUMENT)
                for symbol in self.signature.find(introduced):
                    symbol.origin = DOCUMENT
            elif unit.assumes_in_part:
                self.unread |= self._maps(unit)
                self.said.add(id(unit))
                self.roles[id(unit)] = result.MENTION
            elif unit.is_mentioned:
                self.said.add(id(unit))
                self.roles[id(unit)] = result.MENTION

    def _says_with(self, unit: Unit) -> bool:
        """Whether ``… with $b(s + t) = b(s) + b(t)$`` says of what is introduced there what no definition could."""
        if not unit.attached or not unit.is_said or unit.first is None or len(unit.lines) != 2:
            return False
        items, right = self.elaborator.items(unit.first, Scope()), unit.lines[1].expression
        return pattern_of(items, right, self.pattern_name, self.elaborator.is_matrix) is None

    def _is_law(self, unit: Unit) -> bool:
        """``The bias $b$ satisfies $b(g p, g q) = b(p, q)$``, ``$N(i) = S$``: of what nothing else defines.

        Such a thing cannot be shown: the text that says it assumes it.
        """
        left, right = unit.first, unit.lines[-1].expression
        if not (unit.inline and unit.is_equation and len(unit.lines) == 2 and unit.is_said) or is_open(unit.before):
            return False
        if left is None or right is None:
            return False
        if (declared := self._declared_before(unit)) is not None and not unit.claims:
            return self._is_about_one(left, right, declared)
        if not (isinstance(left, s.Apply) and isinstance(left.function, s.Name)):
            return False
        symbols = self.signature.find(self.elaborator.reading(left.function, Scope()).printed.key)
        if not symbols or any(each.origin not in (USER, DOCUMENT) or each.is_defined for each in symbols):
            return False
        if self.elaborator.whole_set(right, Scope()) is not None:
            others = [each.first for each in self.units if each.is_equation and each is not unit]
            again = any(isinstance(each, s.Apply) and each.function == left.function for each in others)
            example = again or _ONE_OF_SEVERAL.search(unit.before) or re.match(r"\s*or\b", unit.after)
            return not example and all(isinstance(each, s.Name) for each in left.args)
        said = _SATISFIES.search(" ".join(unit.before.split()))
        about = re.match(rf"{re.escape(left.function.span.text)}(?![A-Za-z])", said["name"].strip()) if said else None
        return about is not None and isinstance(right, s.Apply) and right.function == left.function

    def _declared_before(self, unit: Unit) -> set[str] | None:
        """The names in a declaration of which the text goes on that ``these matrices satisfy``, and nothing between."""
        at = next(k for k, each in enumerate(self.units) if each is unit)
        before = self.units[at - 1] if at else None
        if before is None or not (before.inline and before.is_said and id(before) in self.said):
            return None
        end, start = before.lines[-1].span, unit.lines[0].span
        between = start.source.text[end.end : start.start] if end.source is start.source else ""
        if not _THEY_SATISFY.fullmatch(between) or before.first is None:
            return None
        return self.names_in(before.first)

    def _is_about_one(self, left: s.Node, right: s.Node, declared: set[str]) -> bool:
        """Whether both sides are about one map or family, the same, which is ``declared`` and not defined."""
        find = self.signature.find
        maps = [
            {key for key in self.names_in(side) if any(is_function(each.sort) for each in find(key))}
            for side in (left, right)
        ]
        known = all(each.origin in (USER, DOCUMENT) and not each.is_defined for key in maps[0] for each in find(key))
        return maps[0] == maps[1] and len(maps[0]) == 1 and maps[0] <= declared and known

    def _maps(self, unit: Unit) -> set[str]:
        """The maps and matrices in a formula, by their names."""
        keys = set().union(*(self.names_in(line.expression) for line in unit.lines if line.expression is not None))
        shapes = {key: self.signature.shape(symbol) for key in keys for symbol in self.signature.find(key)}
        return {key for key, shape in shapes.items() if is_function(shape) or shape.name == "Mat"}

    def _introduced(self, unit: Unit) -> str:
        """The ``N`` of ``j \\in N(i)`` if and only if ``j - i \\in D``, where that is the first that is said of it."""
        condition = unit.first
        if not isinstance(condition, s.Relation):
            return ""
        left, right = condition.operands
        if not (isinstance(right, s.Apply) and isinstance(right.function, s.Name) and isinstance(left, s.Name)):
            return ""
        key, letters = stem(right.function), [stem(each) for each in (left, *right.args) if isinstance(each, s.Name)]
        others = [line.expression for line in unit.lines[1:] if line.expression is not None]
        again = any(isinstance(each, s.Name) and stem(each) == key for other in others for each in other.walk())
        declared = any(symbol.origin in (USER, DOCUMENT) for symbol in self.signature.find(key))
        free = {stem(name) for other in others for name in self.elaborator.free_names(other, Scope())}
        defines = len(set(letters)) == 1 + len(right.args) and free <= set(letters)
        return key if defines and not (again or declared) else ""

    def _assumption(self, unit: Unit, name: str, origin: str) -> None:
        lines = [line.expression for line in unit.lines]
        if len(lines) != 2 or any(line is None for line in lines):
            if origin == USER and None not in lines:
                span = unit.lines[0].span
                self.problems.append(Problem(UNREADABLE, span, "an assumption is one equation, or one equivalence"))
            return
        try:
            said = [formula for line in unit.lines if line.remark for formula in line.remark.formulas]
            relation = unit.lines[1].relation or "="
            found = read_assumption(self, lines[0], lines[1], relation, unit.recalls, said)
            fixed = (
                fixed_letters(unit, self.units, self.elaborator) if origin == DOCUMENT and not unit.recalls else None
            )
            narrow = read_assumption(self, lines[0], lines[1], relation, False, said, fixed) if fixed else None
        except Ill as problem:
            self.problems.append(self._ill(problem))
            return
        if found is None:
            return
        left, right = found
        says = f"{unit.lines[0].span.text.strip()} {unit.lines[1].relation} {unit.lines[1].span.text.strip()}"
        self.assumed.append(Assumed(name, " ".join(says.split()), left, right, unit.lines[0].span, origin, narrow))
        self.said.add(id(unit))
        chain = ReadChain(unit, result.ASSUMPTION, [ReadLine(line) for line in unit.lines])
        self.chains.append(chain)

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
