"""A line with its places, and the rules that apply at each: for a learner who would rather pick than type.

The line is printed anew from what was read, and a place is a part of the term that prints as a part of it.  Which part
that is, is found by printing the line with something else there.  What a rule makes of a place comes from
``script.offers``; the line that results is plain text, and is checked as if it had been typed.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from functools import cached_property, lru_cache

from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, eta
from symbolic_equiv.latex import statements
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.plain import spelled
from symbolic_equiv.latex.printer import Unprintable, latex
from symbolic_equiv.latex.reader import ReadError, parse
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.logic.summation import is_sum
from symbolic_equiv.report.selectable import selectable
from symbolic_equiv.script.offers import Desk, Offer
from symbolic_equiv.script.paths import Path, changed, part_at, paths
from symbolic_equiv.script.rules import Unfold, Using
from symbolic_equiv.teach.exercise import Exercise
from symbolic_equiv.teach.lines import Step, Unreadable, book

MAX_PLACES = 250
"""How many places of a line can be picked."""

SECONDS = 1.5
"""How long the search for the places of a line may take, and that for the rules at one of them."""

_FUNCTION = r"\mapsto"
"""Lines in which a function gets no name are not offered: they are hard to read, and lead nowhere."""

_SIZES = re.compile(r"\\(?:[bB]igg?[lr])(?![A-Za-z]) ?|\\, ?")


@dataclass(frozen=True)
class Place:
    """A part of the line: where it is in the term, what it is, how it prints, and the place around it."""

    path: Path
    node: s.Node
    around: int

    @property
    def says(self) -> str:
        """The part in plain text, for a reader of screens."""
        return spelled(self.node.span.text)


@dataclass(frozen=True)
class Pick:
    """A rule at a place: its words, what it says as LaTeX, the reason, and the line that it makes."""

    words: str
    law: str
    because: str
    line: str


class Shown:
    """A line of an exercise, printed so that its parts can be picked.  Raises ``Unreadable``."""

    def __init__(self, exercise: Exercise, line: str) -> None:
        self.book = book(exercise)
        self.step: Step = self.book.terms(exercise.start, line)
        self.term = self.step.after
        self.text = self._print(self.term)
        try:
            self.tree = parse(self.text)
        except ReadError:
            raise Unreadable("this line cannot be picked from: type the next one") from None

    def _print(self, term: Term) -> str:
        """The line with brackets of one size: so it changes only where the term does."""
        notation = Notation([self.term], self.step.multiplicative)
        return " ".join(_SIZES.sub("", latex(term, notation)).split())

    @cached_property
    def places(self) -> list[Place]:
        """The places, each before those inside it."""
        found: dict[int, Place] = {}
        numbers: dict[Path, int] = {}
        deadline = time.monotonic() + SECONDS
        for path in paths(self.term):
            if time.monotonic() > deadline:  # what is left of a very long line can be typed
                break
            node = self._node(path)
            if node is None or id(node) in found:
                continue
            above = next((numbers[path[:k]] for k in range(len(path) - 1, -1, -1) if path[:k] in numbers), -1)
            numbers[path] = len(found)
            found[id(node)] = Place(path, node, above)
            if len(found) == MAX_PLACES:
                break
        return list(found.values())

    def _node(self, path: Path) -> s.Node | None:
        """The smallest part of the printed line in which it differs from the line with a strange symbol there."""
        if not path:
            return self.tree
        if path[-1] == 0 and is_sum(part_at(self.term, path[:-1])):
            whole = self._node(path[:-1])  # its domain is what stands below its sign
            return whole.conditions[0] if isinstance(whole, s.Binder) and len(whole.conditions) == 1 else None
        try:
            strange = lambda part: eta(Head(VARIABLE, "elsewhere", part.sort))
            other = self._print(changed(self.term, path, strange))
        except (KernelError, Unprintable):
            return None
        start = next((k for k, (a, b) in enumerate(zip(self.text, other)) if a != b), 0)
        room = min(len(self.text), len(other)) - start
        end = next((k for k in range(room) if self.text[-1 - k] != other[-1 - k]), room)
        return _smallest(self.tree, start, max(len(self.text) - end, start + 1))

    @property
    def html(self) -> str:
        """The line in MathML, its places numbered."""
        return selectable(self.tree, {number: place.node for number, place in enumerate(self.places)})

    def picks(self, number: int) -> list[Pick]:
        """The rules that apply at a place: those whose line is read as it is meant."""
        path = self.places[number].path
        desk = Desk(self.step.hypotheses, self.step.definitions, self.term, self.step.multiplicative, SECONDS)
        found: dict[str, Pick] = {}
        for offer in desk.offers(part_at(self.term, path)):
            term = changed(self.term, path, lambda _, offer=offer: offer.result)
            try:
                line = self._print(term)
                if line == self.text or line.count(_FUNCTION) > self.text.count(_FUNCTION):
                    continue
                if self.book.terms(self.book.exercise.start, line).after == term:
                    found.setdefault(line, Pick(offer.rule.words, self._law(offer), offer.because, line))
            except (KernelError, Unprintable, Unreadable):
                continue
        return list(found.values())

    def _law(self, offer: Offer) -> str:
        """What a rule says, as LaTeX; nothing where its words say it."""
        notation = Notation([self.term], self.step.multiplicative)
        if offer.axiom is not None:
            return statements.rule(offer.axiom).conclusion.plain
        if isinstance(offer.rule, Unfold):
            (item,) = offer.rule.definitions
            return statements.equation(*statements.unfolded(item, notation), notation).plain
        if isinstance(offer.rule, Using):
            return statements.equation(*offer.rule.hypotheses[0].equations[0], notation).plain
        return ""


@lru_cache(maxsize=128)
def shown(exercise: Exercise, line: str) -> Shown:
    """A line as it is shown to pick from, kept for the next question about it."""
    return Shown(exercise, line)


def _smallest(node: s.Node, start: int, end: int) -> s.Node:
    """The smallest node that has this stretch of the text in it, without brackets around it; a script is none."""
    for child in node.children:
        if child.span.start <= start and end <= child.span.end:
            inner = _smallest(child, start, end)
            return node if isinstance(inner, s.Script) else inner
    while isinstance(node, s.Group) and node.kind in "({" and not isinstance(node.body, s.Listing):
        node = node.body
    return node
