"""The formulas of a document in order, each with the words that lead to it, and what these words announce."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from symbolic_equiv.document.introduced import changed, changes
from symbolic_equiv.document.mood import is_condition, is_cut_down, is_denied, is_partial, is_restriction
from symbolic_equiv.document.names import is_minus_one, stem
from symbolic_equiv.document.regions import Region, Regions
from symbolic_equiv.latex.reader import Display, Document, Inline, Line, Prose
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.source import join

EQUALITIES = frozenset({"=", ":=", r"\neq", "=:"})
SUBSETS = frozenset({r"\subset", r"\subseteq"})
IMPLICATIONS = frozenset({r"\implies", r"\iff", r"\impliedby"})

_STRONG = re.compile(
    r"\b(?:where|let|here|with|denot\w*|given by"
    r"|(?:we|can|will) (?:then |now |also )?(?:write|express|formulate|set|put)"
    r"|write|written|formulate|defin\w+|is called|called|stands? for|namely|abbreviat\w*"
    r"|substitut\w+|set|put"
    r"|wobei|sei|seien|bezeichn\w*|definier\w+|setzen?|gegeben durch|schreiben wir|wir schreiben)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"(?:\bwe (?:then |now )?(?:get|obtain|have|arrive at)|\bbecomes?|\breads?|\btakes the form|\byields?|\bgives?"
    r"|\bthen|\bas follows|\bis|\bas|\bare)\W*$",
    re.IGNORECASE,
)
_RECALLS = re.compile(r"\b(?:using|use|uses|used|by|from|apply\w*|recall\w*)\s+(?:\w+\s+){0,2}?def\w+", re.IGNORECASE)
_CLAIMS = re.compile(
    r"\b(?:to hold|must hold|holds?|show|prove|claim\w*|conclude\w*|it follows|as we can see|theorem|lemma|proposition|"
    r"corollary|so we have|therefore|hence|thus|must have|must be|want|equivarian\w+ means|remains?"
    r"|gilt|zeigen|behaupt\w+|daher|folglich|somit|satz|beweis)\b",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(
    r"\b(?:then|so|we (?:then |now |also )?(?:have|get|obtain|find|see)|dann|also)\b", re.IGNORECASE
)
_POINTS = re.compile(r"\b(?:follow\w*|namely|below|this|these)\b", re.IGNORECASE)
_ASSUMES = re.compile(
    r"\b(?:suppose|assum\w+|provided|hypothes\w+|under the condition|we require|angenommen|vorausgesetzt)\b",
    re.IGNORECASE,
)
_IFF = re.compile(
    r"\s*,?\s*(?:holds\s+)?(?:if\s+and\s+only\s+if|iff|(?:exactly|precisely|just)\s+(?:when|if)|is\s+equivalent\s+to"
    r"|genau\s+dann,?\s+wenn)\s*",
    re.IGNORECASE,
)
_IF = re.compile(r"(?:^|[.!?:]\s+)if\b(?! and only)", re.IGNORECASE)
"""``If $j \\in N(i) \\iff …$, then``: of an equivalence only, for ``if $a = b$, we call it …`` supposes nothing."""

_LET = re.compile(
    r"\b(?:let|sei|seien)\b(?:i\.e\.|[^.])*\$(?:i\.e\.|[^.])*"
    r"\b(?:with|such that|so that|satisf\w+|obey\w*|fulfil\w*|i\.e\.|that is|meaning|mit|so dass|sodass)[^.$]*$",
    re.IGNORECASE,
)
"""``Let $R : X \\to \\mathbb{R}$ with $R(p) R(q) = R(p + q)$`` supposes what it cannot define."""

_WITH = re.compile(
    r"\$[^$]*(?::|\\in\b|\\to\b|\\subset)[^$]*\$(?:[^.$]|\.(?=[a-z]))*?"
    r"\b(?<!commutes )(?<!commute )(?<!agrees )(?<!agree )(?<!coincides )(?<!coincide )"
    r"(?:with|such that|so that|satisf\w+|obey\w*|fulfil\w*|mit|so ?dass)\s*"
    r"(?:\$[^$]+\$\s*(?:,\s*and|,|and|und)\s*)*$",
    re.IGNORECASE,
)
"""``a bias $b : Z \\to \\mathbb{R}$ with $b(s + t) = b(s) + b(t)$ and``: said of what is introduced right before it."""

_GIVEN = re.compile(r"\b(?:for|let|given|consider|take|fix|where|sei|seien|für)\b", re.IGNORECASE)

_FOR = re.compile(r"\b(?:for|für)(?!\s+(?:all|any|each|every|some)\b)(?:\s+[a-z-]+){0,4}\s*$", re.IGNORECASE)

_BEING = re.compile(
    r"\b(?:let|sei|seien)\b(?:i\.e\.|[^.])*\$\s*(?:be|is|are|sei|eine?)\b[^.$:;]*[,:]\s*$", re.IGNORECASE
)
"""``let $b : Z \\to \\mathbb{R}$ be additive, $b(s + t) = b(s) + b(t)$``: said of what is introduced there."""


Part = Display | Inline | Prose


@dataclass(frozen=True)
class Unit:
    """A chain with the words before it; ``inline`` if it stands in the running text.

    What its words announce is found once, and asked in each pass.
    """

    lines: tuple[Line, ...]
    before: str
    after: str
    inline: bool
    implies: bool = False
    premise: bool = False
    """Whether it stands before an implication: it is not claimed."""
    display: int = -1
    """Which display it stands in, if it does."""
    region: Region | None = None
    """The theorem, proof or remark that it stands in."""

    @property
    def first(self) -> s.Node | None:
        return self.lines[0].expression

    @cached_property
    def is_equation(self) -> bool:
        return len(self.lines) > 1 and all(line.relation in EQUALITIES for line in self.lines[1:])

    @cached_property
    def is_equivalence(self) -> bool:
        """``a \\in A \\iff b \\in B``: an equation between conditions."""
        return _are_equivalent(self.lines)

    @cached_property
    def defines(self) -> bool:
        """The words, or a ``:=``, say that this defines."""
        if any(line.relation == ":=" for line in self.lines):
            return True
        return self.would_define and self.is_said

    @cached_property
    def is_said(self) -> bool:
        """Whether the words say it at all, everywhere: no ``we do not assume that``, no ``if``, no ``only when``."""
        return not self.is_denied and not is_partial(self.before, self.after)

    @cached_property
    def is_denied(self) -> bool:
        return is_denied(self.before, self.after)

    @cached_property
    def is_cut_down(self) -> bool:
        """Whether the words behind it, or beside its lines, restrict it."""
        remarks = [line.remark for line in self.lines if line.remark is not None]
        return is_cut_down(self.after) or any(is_restriction(each.text, _limits(each.formulas)) for each in remarks)

    @property
    def assumes_in_part(self) -> bool:
        """Whether the words ask for it, but not everywhere."""
        asks = _last(_ASSUMES, self.before) > _last(_CLAIMS, self.before) or _LET.search(self.before) is not None
        return self.is_equation and asks and self.is_cut_down and not self.is_denied

    @property
    def is_mentioned(self) -> bool:
        """Whether it stands in the running text and claims nothing: a premise, a condition, what is denied."""
        return self.is_equation and self.inline and (self.premise or not self.is_said or is_condition(self.before))

    @cached_property
    def would_define(self) -> bool:
        """Whether it would define if it were said."""
        strong, claim = _last(_STRONG, self.before), _last(_CLAIMS, self.before)
        return strong > claim and not self.recalls and strong > _last(_ASSUMES, self.before)

    @cached_property
    def may_define(self) -> bool:
        """The words say that something follows, or claim nothing: it may be the first that is said of its name."""
        weakly = _WEAK.search(self.before) is not None or _last(_CLAIMS, self.before) < 0
        return weakly and not (self.recalls or self.is_denied or self.is_cut_down)

    @cached_property
    def recalls(self) -> bool:
        """The words refer to a definition: what is printed is what the symbol means."""
        found = list(_RECALLS.finditer(self.before))
        return bool(found) and self.is_said and found[-1].start() >= max(_last(_CLAIMS, self.before), 0)

    @cached_property
    def assumes(self) -> bool:
        """The words ask for it; what follows from what they ask for is not assumed."""
        if self.implies:
            return False
        if not self.is_said and not (self.is_equivalence and _last(_IF, self.before) >= 0):
            return False
        said = max(_last(_ASSUMES, self.before), _last(_IF, self.before) if self.is_equivalence else -1)
        if _LET.search(self.before) or _BEING.search(self.before):
            return True
        others = (_CLAIMS, _CONCLUDES) if self.is_equivalence else (_STRONG, _CLAIMS, _CONCLUDES)
        return said > max(_last(pattern, self.before) for pattern in others)  # an equivalence defines nothing

    @cached_property
    def introduces(self) -> bool:
        """``Hence, for the delayed tokens $z_i = x_{i-s}$``: what is claimed comes behind it."""
        return self.inline and _FOR.search(self.before) is not None

    @cached_property
    def attached(self) -> bool:
        """It is said of what the formula before it introduces: where it defines nothing, it is supposed.

        Not so where that is itself concluded: ``we obtain weights $a_j \\in \\mathbb{R}$ with $\\sum_j a_j = 1$``.
        """
        concluded = max(_last(_CLAIMS, self.before), _last(_CONCLUDES, self.before))
        return (
            self.inline
            and (concluded < 0 or concluded < _last(_GIVEN, self.before))
            and _WITH.search(self.before) is not None
        )

    @cached_property
    def claims(self) -> bool:
        """The words announce that this is to hold."""
        return _last(_CLAIMS, self.before) >= 0 and not self.defines

    @cached_property
    def indexed(self) -> tuple[s.Node, ...]:
        """All names, values and brackets in it with something below them."""
        nodes = [node for line in self.lines if line.expression is not None for node in line.expression.walk()]
        scripted = [node for node in nodes if isinstance(node, s.Apply | s.Scripted | s.Name)]
        return tuple(node for node in scripted if any(script.kind == "_" for script in node.scripts))

    @cached_property
    def inverted(self) -> frozenset[str]:
        """The letters of the functions of which it prints an inverse, ``x^{-1}(…)``."""
        nodes = [node for line in self.lines if line.expression is not None for node in line.expression.walk()]
        names = [node.function for node in nodes if isinstance(node, s.Apply) and isinstance(node.function, s.Name)]
        return frozenset(stem(name) for name in names if any(map(is_minus_one, name.scripts)))

    @cached_property
    def is_declaration(self) -> bool:
        if len(self.lines) == 1:
            return isinstance(self.first, s.Colon)
        return _declares(self.lines)


_ORDERS = frozenset({"=", r"\neq", "<", ">", r"\leq", r"\geq", r"\ll", r"\gg", r"\notin"})


def _limits(formulas: tuple[s.Node, ...]) -> bool:
    """Whether a condition is among them, as in ``for c = 0``."""
    return any(isinstance(each, s.Relation) and _ORDERS & set(each.operators) for each in formulas)


def _last(pattern: re.Pattern[str], text: str) -> int:
    found = [match.start() for match in pattern.finditer(text)]
    return found[-1] if found else -1


_FOOTNOTE = re.compile(r"\\(?:footnote|thanks|marginpar)\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}")
_IN_FOOTNOTE = re.compile(r".*\\(?:footnote|thanks|marginpar)\{", re.DOTALL)


def _apart(before: str) -> str:
    """The words of the text without those of its footnotes; in a footnote its own."""
    inside = _IN_FOOTNOTE.sub("", before)
    around = _FOOTNOTE.sub(" ", inside)
    return around if around == inside else re.split(r"[.!?]\s", around)[-1]


def _vectors(units: list[Unit]) -> frozenset[str]:
    """The letters that are declared to be vectors or matrices, or maps."""
    found: set[str] = set()
    for unit in units:
        space = unit.lines[-1].expression
        if isinstance(unit.first, s.Colon):
            found |= {stem(each) for each in unit.first.operands[0].walk() if isinstance(each, s.Name)}
        if _declares(unit.lines) and isinstance(space, s.Name) and space.font == r"\mathbb" and space.base == "R":
            found |= {stem(each) for each in unit.first.walk() if isinstance(each, s.Name)} if unit.first else set()
    return frozenset(found)


def joined(parts: tuple[Part, ...]) -> Iterator[Part]:
    """The parts, with two conditions that the words join, ``$j \\in A$ if and only if $i \\in B$``, as one formula."""
    at = 0
    while at < len(parts):
        part, (words, following) = parts[at], (*parts[at + 1 : at + 3], None, None)[:2]
        at += 1
        if isinstance(words, Prose) and isinstance(following, Inline) and _IFF.fullmatch(words.span.text):
            condition, other = _membership(part), _membership(following)
            if isinstance(part, Inline) and condition and other:
                lines = (condition, replace(other, relation=r"\iff"))
                part = replace(part, chains=(replace(part.chains[0], lines=lines),), after=following.after)
                at += 2
        yield part


def _membership(part: Part | None) -> Line | None:
    """The condition that an inline formula is, as one line."""
    if not isinstance(part, Inline) or len(part.chains) != 1:
        return None
    lines = part.chains[0].lines
    if len(lines) != 2 or lines[1].relation != r"\in" or None in (lines[0].expression, lines[1].expression):
        return None
    left, right = (line.expression for line in lines)
    span = join([left.span, right.span])
    condition = s.Relation(span, 1 + max(left.depth, right.depth), (r"\in",), (left, right))
    return replace(lines[0], expression=condition, span=span)


def outline(document: Document) -> list[Unit]:
    """All chains, in order; a display that begins with a relation goes on with the chain of a display before it."""
    units: list[Unit] = []
    display_at: int | None = None
    alone_at: int | None = None
    lead = ""
    directly = closed = False
    for place, part in enumerate(joined(document.parts)):
        if isinstance(part, Prose):
            if part.span.text.strip():
                closed = part.span.text.rstrip().endswith(".")
            directly = directly and not part.span.text.strip()
            continue
        before = _apart(part.before)
        if isinstance(part, Display):
            if closed and not _POINTS.search(before):
                before = ""  # the sentence is over, and says nothing of the display
            before = before or (lead if directly else "")
            lead, directly = before, True
        else:
            directly = False
        for number, chain in enumerate(part.chains):
            said = before
            if chain.lead is not None:
                said = f"{said} {chain.lead.text}"
            elif number and isinstance(part, Inline):
                said = before
            goes_on_at = display_at if alone_at is None else alone_at
            if isinstance(part, Display) and chain.continues and goes_on_at is not None:
                display_at, alone_at = goes_on_at, None
                units[display_at] = replace(units[display_at], lines=units[display_at].lines + chain.lines)
                continue
            if any(line.relation in IMPLICATIONS for line in chain.lines) and not _are_equivalent(chain.lines):
                for line, following in zip(chain.lines, [*chain.lines[1:], None]):
                    if isinstance(line.expression, s.Relation):
                        premise = following is not None or line.relation == r"\iff"
                        units.append(Unit(_lines_of(line.expression), said, part.after, True, True, premise))
                continue
            if isinstance(part, Display) and len(chain.lines) > 1 and not _declares(chain.lines):
                display_at, alone_at = len(units), None
            elif isinstance(part, Display) and len(chain.lines) == 1:
                alone_at = None if isinstance(chain.lines[0].expression, s.Colon) else len(units)
            display = place if isinstance(part, Display) else -1
            units.append(Unit(chain.lines, said, part.after, isinstance(part, Inline), display=display))
    prose = ((part.span.start, part.span.end) for part in document.parts if isinstance(part, Prose))
    regions = Regions(document.source.text, prose)
    units = _restricted(units)
    placed = [replace(unit, region=regions.of(unit.lines[0].span.start)) for unit in units]
    return _with_operators(placed)


def _restricted(units: list[Unit]) -> list[Unit]:
    """``f(i) = 0, \\quad i \\in N(j)`` in one display is said under the condition that stands beside it."""
    beside: dict[int, str] = {}
    for unit in units:
        if unit.display >= 0 and _is_a_condition(unit):
            printed = unit.lines[0].span
            beside[unit.display] = printed.source.text[printed.start : unit.lines[-1].span.end]
    if not beside:
        return units
    under = lambda unit: unit.display in beside and unit.is_equation and not _is_a_condition(unit)
    return [replace(each, after=f"for ${beside[each.display]}$") if under(each) else each for each in units]


def _is_a_condition(unit: Unit) -> bool:
    """``i \\in N(j)``, ``c = 0``, ``i \\neq j``"""
    if len(unit.lines) != 2 or not isinstance(unit.first, s.Name):
        return False
    right, relation = unit.lines[1].expression, unit.lines[1].relation
    if relation == r"\in":
        return isinstance(right, s.Apply) and isinstance(right.argument, s.Name | s.Group) and _is_at_a_letter(right)
    return (
        relation in _ORDERS
        and isinstance(right, s.Number | s.Name)
        and (relation != "=" or isinstance(right, s.Number))
    )


def _is_at_a_letter(node: s.Apply) -> bool:
    return all(isinstance(each, s.Name) and each.base.islower() for each in node.args)


def _with_operators(units: list[Unit]) -> list[Unit]:
    """The units with the notations that they introduce rewritten."""
    defined = [unit.first for unit in units if unit.is_equation and unit.first is not None]
    if not (found := changes(defined, _vectors(units))):
        return units
    new = lambda line: line if line.expression is None else replace(line, expression=changed(line.expression, found))
    return [replace(unit, lines=tuple(map(new, unit.lines))) for unit in units]


def _declares(lines: tuple[Line, ...]) -> bool:
    return len(lines) == 2 and (lines[1].relation == r"\in" or lines[1].relation in SUBSETS)


def _are_equivalent(lines: tuple[Line, ...]) -> bool:
    sides = [line.expression for line in lines]
    conditions = [isinstance(side, s.Relation) and side.operators == (r"\in",) for side in sides]
    return len(lines) == 2 and lines[1].relation == r"\iff" and all(conditions)


def _lines_of(relation: s.Relation) -> tuple[Line, ...]:
    lines = [Line(relation.operands[0], None, None, None, relation.operands[0].span)]
    for sign, operand in zip(relation.operators, relation.operands[1:], strict=True):
        lines.append(Line(operand, None, sign, None, operand.span))
    return tuple(lines)


__all__ = ["EQUALITIES", "Unit", "outline"]
