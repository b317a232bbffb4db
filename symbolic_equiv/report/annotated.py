"""A judged document for the page: its chains line by line, each with its verdict, and its errata where they stand.

What stands here is the same for every kind of page; ``annotated_html`` and ``annotated_latex`` set it.
"""

from __future__ import annotations

import itertools
import os
import re
from dataclasses import dataclass, field

from symbolic_equiv.document.derivation import Chain, ChainLine
from symbolic_equiv.judge.mend import Mended
from symbolic_equiv.judge.verdicts import Erratum, JudgedChain, JudgedDocument, JudgedStep
from symbolic_equiv.latex.counted import counted
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.plain import Plain, spelled
from symbolic_equiv.latex.reader import ReadError, parse
from symbolic_equiv.latex.statements import equation
from symbolic_equiv.report.changes import NEW, OLD, changes
from symbolic_equiv.report.formula import Shown
from symbolic_equiv.report.places import marks, stands_in
from symbolic_equiv.report.review import tally

SIGNS = {
    "proved": "✓", "refuted": "✗", "unproved": "?", "unreadable": "⚠", "assumed": "○", "definition": "≔",
}  # fmt: skip
"""Each verdict as a sign, for those who see no colour; the word always stands beside it."""

MEANINGS = {
    "proved": "a proof was found, for all sizes",
    "refuted": "a model satisfies every hypothesis, and the two sides differ in it",
    "unproved": "neither a proof nor a counterexample was found",
    "unreadable": "the line has no reading",
    "assumed": "it is one of its own hypotheses",
    "definition": "it defines, and claims nothing",
}

CELL = 160
"""Characters of a message in a cell of a table."""


@dataclass
class Note:
    """An erratum as the page shows it."""

    id: str
    kind: str
    lines: str
    message: str
    replacements: list[tuple[Shown, Shown]] = field(default_factory=list)
    """What is printed, and what should stand there."""
    suggestion: Shown | None = None
    words: str = ""
    counterexample: list[tuple[str, str]] = field(default_factory=list)

    @property
    def place(self) -> str:
        """``line 6`` or ``lines 64–65``."""
        return f"line {self.lines}" if self.lines.isdigit() else f"lines {self.lines}"

    @property
    def short(self) -> str:
        """The message for a cell of a table: of a long one what stands before its reason."""
        text = self.message.split(":")[0] if len(self.message) > CELL else self.message
        return text if len(text) <= CELL else text[: CELL - 3] + "…"


@dataclass
class Row:
    """A line of a chain; the first one has no verdict."""

    lines: str
    relation: str
    formula: Shown
    verdict: str = ""
    by: tuple[str, ...] = ()
    repaired: list[str] = field(default_factory=list)
    message: str = ""
    remark: str = ""
    notes: list[Note] = field(default_factory=list)
    counterexample: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Block:
    """A chain, or (without rows) errata of the running text."""

    line: int
    title: str
    standing: list[tuple[str, str]] = field(default_factory=list)
    """What has which verdict: the claim, and the derivation as it is printed."""
    rows: list[Row] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass
class Annotated:
    """The whole page."""

    title: str
    summary: str
    exit_code: int
    blocks: list[Block]
    errata: list[Note]
    hypotheses: list[tuple[str, str, bool]]
    """Name, what it says, and whether the document states it."""
    supplied: list[tuple[str, str]]
    """Name, and why it was taken from the built-in context."""
    unread: list[str]
    """What could not be read and is in no chain."""

    @property
    def has_changes(self) -> bool:
        """Whether some line is marked where it differs from the next."""
        return any(any(row.formula.changed.values()) for block in self.blocks for row in block.rows)


def annotated(judged: JudgedDocument) -> Annotated:
    """The page of a judged document."""
    return _Annotator(judged).page()


class _Annotator:
    def __init__(self, judged: JudgedDocument) -> None:
        self.judged = judged
        self.notes = {erratum.id: self._note(erratum) for erratum in judged.errata}
        self.placed: set[str] = set()

    def page(self) -> Annotated:
        judged = self.judged
        blocks = [self._block(chain) for chain in judged.chains if chain.printed is not None]
        for erratum in judged.errata:
            if erratum.id not in self.placed:
                title = f"In the text, line {erratum.line}"
                blocks.append(Block(erratum.line, title, notes=[self.notes[erratum.id]]))
        blocks.sort(key=lambda block: block.line)
        number = counted(len(judged.errata), "erratum", "errata") if judged.errata else "No errata"
        summary = f"Steps: {tally(judged)}. {number}."
        errata = [self.notes[erratum.id] for erratum in judged.errata]
        title = os.path.basename(judged.path)
        supplied = [(spelled(name), reason) for name, _, reason in (item.partition(": ") for item in judged.supplied)]
        return Annotated(title, summary, judged.exit_code, blocks, errata, self._hypotheses(), supplied, judged.unread)

    def _block(self, chain: JudgedChain) -> Block:
        printed = chain.printed
        if chain.role == "definition":
            title = "Definition"
        else:
            title = "Claim" if len(printed.lines) == 2 else "Derivation" if len(printed.lines) > 2 else "Formula"
        rows = []
        for number, line in enumerate(printed.lines):
            step = chain.steps[number - 1] if 0 < number <= len(chain.steps) else None
            rows.append(self._row(printed, number, line, step))
        standing: list[tuple[str, str]] = []
        if title == "Derivation":
            _mark_changes([row.formula for row in rows])
            standing = [("claim", chain.claim.verdict), ("derivation as printed", chain.verdict)]
        elif title == "Claim":
            standing = [("", chain.claim.verdict)]
        return Block(chain.line, f"{title}, line {chain.line}", standing, rows)

    def _row(self, chain: Chain, number: int, line: ChainLine, step: JudgedStep | None) -> Row:
        own = [erratum for erratum in self.judged.errata if stands_in(erratum, line)]
        own = [erratum for erratum in own if erratum.id not in self.placed and erratum.kind != "undefined"]
        here = (erratum for erratum in self.judged.errata if stands_in(erratum, line))
        marked = tuple((span.start, span.end) for erratum in here for span in marks(erratum, line.node))
        row = Row(_lines(line.line, line.end_line), _relation(line), Shown(line.span.text, line.node, marked))
        row.remark = line.remark or ""
        if step is not None:
            needed = [
                erratum
                for erratum in self.judged.errata
                if erratum.hypothesis in step.by and erratum.line == step.line and erratum.id not in self.placed
            ]
            own += needed
            row.verdict, row.by, row.message = step.verdict, step.by, _in_words(step.message)
            row.repaired = step.repairs if step.judged == "repaired" and step.verdict != "unreadable" else []
            if step.counterexample is not None and not any(item.counterexample is not None for item in own):
                row.counterexample = _model(step.counterexample)
        self.placed |= {erratum.id for erratum in own}
        row.notes = [self.notes[erratum.id] for erratum in own]
        return row

    def _note(self, erratum: Erratum) -> Note:
        note = Note(erratum.id, erratum.kind, _many(erratum.lines), _in_words(erratum.message))
        if erratum.mended is not None:
            note.replacements = _replacements(erratum.mended)
        elif erratum.hypothesis or erratum.suggested == "no repair found":
            note.words = erratum.suggested
        elif erratum.suggested and erratum.kind == "definition":
            note.replacements = [(_formula(erratum.printed), _formula(erratum.suggested))]
        elif erratum.suggested:
            note.suggestion = _formula(erratum.suggested)
        if erratum.counterexample is not None:
            note.counterexample = _model(erratum.counterexample)
        return note

    def _hypotheses(self) -> list[tuple[str, str, bool]]:
        """The hypotheses that some step uses, in words that need no font."""
        derivation = self.judged.derivation
        used = {name for chain in self.judged.chains for step in chain.steps for name in step.by}
        if derivation is None:
            return []
        stated = [(item.hypothesis, True) for item in derivation.hypotheses]
        found, names = [], set()
        for item, is_stated in [*stated, *((item, False) for item in derivation.available)]:
            if item.name in used and item.name not in names:
                names.add(item.name)
                multiplicative = derivation.context.multiplicative
                symbols = Notation([side for pair in item.equations for side in pair], multiplicative)
                shown = "; ".join(spelled(equation(*pair, symbols).latex) for pair in item.equations)
                found.append((item.name, shown, is_stated))
        return found


def _mark_changes(lines: list[Shown]) -> None:
    """Mark in each line what differs from the lines around it, where all can be read."""
    for before, after in itertools.pairwise(lines):
        found = changes(before.node, after.node) if before.node is not None and after.node is not None else []
        before.changed = {**before.changed, OLD: [change.before for change in found]}
        after.changed = {**after.changed, NEW: [change.after for change in found]}


def _replacements(mended: Mended) -> list[tuple[Shown, Shown]]:
    write = mended.latex
    return [(_formula(write(edit.printed)), _formula(write(edit.meant))) for edit in mended.distinct]


def _formula(text: str) -> Shown:
    """A formula that the checker wrote, or the source of one."""
    try:
        return Shown(text, parse(text))
    except ReadError:
        return Shown(text)


def _model(counterexample) -> list[tuple[str, str]]:
    plain = Plain(counterexample.problem.statement)
    return [(plain.name(name), value) for name, value in counterexample.describe()]


def sentences(message: str) -> list[str]:
    """A list in a message, one item a line."""
    return message.split("; ") if len(message) > 160 else [message]


def _in_words(message: str) -> str:
    """A message with the formulas that it quotes in Unicode."""
    return re.sub("‘([^‘’]{1,200})’", lambda quoted: f"‘{spelled(quoted[1])}’", message)


def _relation(line: ChainLine) -> str:
    return line.relation or ""


def _lines(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _many(lines: tuple[int, ...]) -> str:
    """``64–65, 68``: lines in order, those that follow one another together."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(_lines(*run) for run in runs)
