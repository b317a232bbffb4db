"""The derivation tree of a proof: what every format shows, line by line, and how deep it may be opened.

``page`` says what stands on the page; here each line has its syntax tree and the marks of what changed, and each
step what it rests on.  Detail 0 is the idea, 1 the lines with their reasons, 2 what each step replaced and used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from symbolic_equiv.latex.counted import counted
from symbolic_equiv.latex.linebreak import Token, one_line
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.reader import ReadError, parse
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.report.changes import Change, Stretch, changes, marked
from symbolic_equiv.report.page import Page, Step, notation_of, page
from symbolic_equiv.report.prose import Part, letters, prose
from symbolic_equiv.theories.statement import Statement

IDEA, STEPS, RULES = 0, 1, 2
"""The three levels of detail."""


@dataclass(frozen=True)
class Line:
    """A line as it is printed; ``tree`` is None if the reader cannot read it, and then nothing is marked."""

    tokens: tuple[Token, ...]
    tree: s.Node | None
    new: tuple[Stretch, ...] = ()
    """What the step into it changed."""
    old: tuple[Stretch, ...] = ()
    """What the step out of it will change."""

    @property
    def text(self) -> str:
        return one_line(self.tokens)

    @property
    def marked(self) -> list[Token]:
        """The tokens with their marks."""
        return marked(self.tokens, self.new, self.old)


@dataclass(frozen=True)
class Move:
    """The step into a line: the page's words for it, what it replaced by what, and the laws that it used."""

    step: Step
    line: Line
    replaced: tuple[tuple[str, str], ...]
    laws: tuple[str, ...]

    @property
    def number(self) -> int:
        return self.step.number


@dataclass(frozen=True)
class Derivation:
    """A page, with its lines and steps as a tree; ``counterexample`` is what refutes it, if anything does."""

    statement: Statement
    page: Page
    first: Line | None
    moves: tuple[Move, ...]
    counterexample: object = None

    @cached_property
    def _letters(self) -> frozenset[str]:
        page = self.page
        formulas = [
            page.claim,
            *page.definitions,
            *page.abbreviations,
            *(f for item in page.hypotheses for f in item.formulas),
        ]
        names = [name for names, _ in page.symbols for name in names.split(", ")]
        return letters([*(formula.plain for formula in formulas), *names])

    def prose(self, words: str) -> tuple[Part, ...]:
        """Words of the page, with the formulas in its symbols among them."""
        return prose(words, self._letters)

    @property
    def has_marks(self) -> bool:
        return any(move.replaced for move in self.moves)

    @cached_property
    def uses(self) -> list[tuple[str, list[int]]]:
        """Each hypothesis with the steps that use it."""
        return [
            (item.label, [move.number for move in self.moves if item.label in move.step.labels])
            for item in self.page.hypotheses
        ]

    @property
    def idea(self) -> str:
        """The derivation in a few sentences: what its author says of it, how long it is, where each hypothesis enters.

        Plain text; ``page.says`` comes first and is not repeated here.
        """
        if not self.moves:
            return ""
        words = [f"The derivation has {counted(len(self.moves), 'step')}."]
        for label, steps in self.uses:
            where = f"is used in step{'s' * (len(steps) != 1)} {numbers(steps)}" if steps else "is not used"
            words.append(f"({label}) {where}.")
        free = [move.number for move in self.moves if not move.step.labels]
        if free and any(steps for _, steps in self.uses):
            words.append(f"Step{'s' * (len(free) != 1)} {numbers(free)} need{'s' * (len(free) == 1)} no hypothesis.")
        return " ".join(words)


def numbers(values: Sequence[int]) -> str:
    """``1, 3 and 5 to 8``.

    >>> numbers([1, 3, 5, 6, 7, 8])
    '1, 3 and 5 to 8'
    """
    runs: list[list[int]] = []
    for value in values:
        if runs and value == runs[-1][1] + 1:
            runs[-1][1] = value
        else:
            runs.append([value, value])
    parts = []
    for first, last in runs:
        parts += (
            [str(first)] if first == last else [f"{first} to {last}"] if last > first + 1 else map(str, (first, last))
        )
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def derivations(proofs: Sequence[Any], multiplicative: frozenset[str] = frozenset()) -> list[Derivation]:
    """The trees of the proofs of one document, which share their names."""
    notation = notation_of(*proofs, multiplicative=multiplicative)
    return [derivation(proof, notation=notation) for proof in proofs]


def derivation(
    proof: Any, multiplicative: frozenset[str] = frozenset(), notation: Notation | None = None
) -> Derivation:
    """The tree of a proof, or of the result of a check (see ``report.page``)."""
    content = page(proof, multiplicative, notation)
    if not content.steps:
        return Derivation(proof.statement, content, None, (), getattr(proof, "counterexample", None))
    rows = [content.first, *(step.tokens for step in content.steps)]
    trees = list(map(_tree, rows))
    found = [_changes(*pair) for pair in pairwise(trees)]
    into, out = [(), *found], [*found, ()]
    lines = [
        Line(tokens, tree, tuple(change.after for change in new), tuple(change.before for change in old))
        for tokens, tree, new, old in zip(rows, trees, into, out, strict=True)
    ]
    laws = _laws(proof)
    moves = []
    for step, before, line, change in zip(content.steps, lines[:-1], lines[1:], found, strict=True):
        moves.append(Move(step, line, _replaced(before.text, line.text, change), laws.get(step.number, ())))
    return Derivation(proof.statement, content, lines[0], tuple(moves), getattr(proof, "counterexample", None))


def _tree(tokens: Iterable[Token]) -> s.Node | None:
    try:
        return parse(one_line(tokens))
    except ReadError:
        return None


def _changes(before: s.Node | None, after: s.Node | None) -> list[Change]:
    return changes(before, after) if before is not None and after is not None else []


def _replaced(before: str, after: str, found: Iterable[Change]) -> tuple[tuple[str, str], ...]:
    """Each pair of formulas once, in the order of the line."""
    return tuple(dict.fromkeys((before[slice(*change.before)], after[slice(*change.after)]) for change in found))


def _laws(proof: Any) -> dict[int, tuple[str, ...]]:
    """The axioms that each step used, by its number."""
    script = proof if hasattr(proof, "lines") else getattr(proof, "proof", None)
    theorems = [getattr(line, "theorem", None) for line in getattr(script, "lines", ())]
    return {
        number: tuple(sorted(axiom.name for axiom in theorem.axioms))
        for number, theorem in enumerate(theorems)
        if theorem is not None
    }
