"""A counterexample as a teacher would put it: the model, the two values, and where the two sides part.

Plain text at 80 columns, legible without colour; the attention rows of both sides as a table and as bars.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

from symbolic_equiv.kernel.sorts import BASE
from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.latex.plain import Plain, spelled
from symbolic_equiv.numeric.counterexample import Counterexample
from symbolic_equiv.numeric.models import Polynomial, is_real, signature
from symbolic_equiv.numeric.rows import Entry, Pair, Parting, Read, Row, sides
from symbolic_equiv.theories import language

WIDTH = 80
BAR = 24
MAX_ROWS = 8
"""Entries of an attention row that are shown; the clearest differences first where there are more."""


def teach(found: Counterexample, plain: Plain, indent: int = 4) -> list[str]:
    """The lines of a report: the model, the two values, the explanation, a table and a picture."""
    rows, words, parting = _model(found, plain, indent), Words(found, plain), sides(found).clearest
    said = words.sentence(parting)
    rows += ["", *_wrapped(said, indent)] if said else []
    if parting is not None and parting.attends:
        rows += ["", *words.table(parting, indent), "", *words.picture(parting, indent)]
    return rows


def explanation(found: Counterexample, plain: Plain) -> dict[str, Any]:
    """The same for other programs: the sentence, and the rows of both sides where they part."""
    words, parting = Words(found, plain), sides(found).clearest
    rows = [
        {"attends_to": words.name_of(pair, parting), "left": _entry(pair.left), "right": _entry(pair.right)}
        for pair in (parting.pairs if parting is not None else ())
    ]
    return {"sentence": words.sentence(parting), "rows": rows}


def _entry(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {"score": entry.score, "weight": entry.weight, "value": list(entry.value)}


def _model(found: Counterexample, plain: Plain, indent: int) -> list[str]:
    """Sets and sizes, then the values: names with one value share a line."""
    *described, left, right = found.describe()
    results = {str(head.name): _kind(head, value) for head, value in found.values().items()}
    same: dict[tuple[str, str], list[str]] = {}
    for name, value in described:
        same.setdefault((value, results.get(name, "")), []).append(plain.name(name))
    lines = [(" = ".join(names), value) for (value, _), names in same.items()]
    return [row for name, value in (*lines, left, right) for row in _wrapped(f"{name} = {value}", indent, indent + 4)]


def _kind(head: Head, value: Any) -> str:
    """What may share a line: elements and tables of elements, maps of vectors; tables of numbers of one sort."""
    result = signature(head.sort)[1]
    return result.cls if isinstance(value, Polynomial) or result.cls == BASE else str(head.sort)


class Words:
    """Names and sentences about one counterexample."""

    def __init__(self, found: Counterexample, plain: Plain) -> None:
        self.found, self.plain = found, plain

    def name_of(self, pair: Pair, parting: Parting) -> str:
        """What is attended to: ``f(1)``, or a token by its number."""
        if parting.matched:
            head, at, seen_from = pair.key
            viewers = " and ".join(self.applied(head, each) for each in sorted(seen_from))
            return self.applied(head, at) + (f" ← {viewers}" if viewers else "")
        shown = ", ".join(map(str, pair.key))
        return f"token {shown}" if len(pair.key) == 1 else f"({shown})"

    def applied(self, head: Head, at: Iterable[Any]) -> str:
        """``ρ(0, 1)``, ``1 ∈ N(0)``: a variable at some elements, as the page prints it."""
        args, _ = signature(head.sort)
        names = [self._element(sort, element) for sort, element in zip(args, at)]
        pieces = language.TEMPLATES.get(str(head.name), ())
        if not any("#" in piece for piece in pieces):
            return f"{self.plain.name(str(head.name))}({', '.join(names)})"
        shown = "".join(pieces)
        for number, name in sorted(enumerate(names, 1), reverse=True):
            shown = shown.replace(f"#{number}", name)
        return spelled(shown)

    def _element(self, sort: Any, element: Any) -> str:
        group = self.found.model.groups.get(sort)
        if group is None or sort in self.found.model.infinite:
            return str(int(element) + 1) if sort.name == "Fin" else str(element)
        return group.labels[int(element)]

    def sentence(self, parting: Parting | None) -> str:
        """Where the two sides part, and why."""
        if parting is None:
            _, left, right = sides(self.found)
            facts = self._differences(left, right, "on the left", "on the right") or self._alone(left, right)
            return f"The sides read different entries: {facts}." if facts else ""
        apart = parting.apart
        if apart is None:
            return self._about_values(parting)
        if not parting.attends:
            words = self._missing(apart, parting)
            return f"{words[0].upper()}{words[1:]}."
        left, right = (f"{weight:.2f}" for weight in apart.weights)
        said = f"The left attends to {self.name_of(apart, parting)} with weight {left}, the right with {right}"
        missing = [pair for pair in parting.pairs if pair.left is None or pair.right is None]
        missing.sort(key=lambda pair: pair is not apart)
        return f"{said}, because {self._missing(missing[0], parting) if missing else self._score(apart, parting)}."

    def _missing(self, pair: Pair, parting: Parting) -> str:
        side, here, there = "right", parting.right, parting.left
        if pair.left is None:
            side, here, there = "left", parting.left, parting.right
        said = f"the sum on the {side} does not run over {self.name_of(pair, parting)}"
        no, yes = (self._asked(row, pair, parting, chosen) for row, chosen in ((here, False), (there, True)))
        facts = [f"there {fact}" if k == 0 else f"on the other side {fact}" for k, fact in enumerate((no, yes)) if fact]
        return said + (f": {', '.join(facts)}" if no else "")

    def _asked(self, row: Row, pair: Pair, parting: Parting, chosen: bool) -> str:
        """Why a row runs over an entry, or does not: what its predicate read, ``1 ∈ N(0)``."""
        for tokens, asked in row.asked.items():
            fits = asked.source == pair.key[:2] if parting.matched else tokens == pair.key
            if fits and asked.chosen is chosen:
                reads = [read for read in asked.reads if type(read.value) is bool and read.value is chosen]
                return " and ".join(map(self._fact, reads[:2]))
        return ""

    def _fact(self, read: Read) -> str:
        shown = self.applied(read.head, read.at)
        if type(read.value) is not bool:
            return f"{shown} = {_value(read.value)}"
        if read.value:
            return shown if "∈" in shown else f"{shown} is true"
        return shown.replace("∈", "∉") if "∈" in shown else f"{shown} is false"

    def _score(self, apart: Pair, parting: Parting) -> str:
        scored = [pair for pair in parting.pairs if pair.left.score is not None and pair.right.score is not None]
        gap = lambda pair: abs(pair.left.score - pair.right.score)
        if not scored or max(map(gap, scored)) < 1e-12:
            return "the weights are computed differently"
        pair = apart if apart in scored and gap(apart) > 1e-12 else max(scored, key=gap)
        whose = "its score" if pair is apart else f"the score of {self.name_of(pair, parting)}"
        said = f"{whose} is {_number(pair.left.score)} on the left and {_number(pair.right.score)} on the right"
        facts = self._differences(pair.left.score_reads, pair.right.score_reads)
        return said + (f": {facts}" if facts else "")

    def _differences(
        self, left: tuple[Read, ...], right: tuple[Read, ...], there: str = "there", here: str = "here"
    ) -> str:
        """What one side read where the other read something else of the same table of numbers or truth values."""
        told = [read.head for read in left if is_real(signature(read.head.sort)[1])]
        for head in dict.fromkeys(told):
            ones, others = ([read for read in reads if read.head == head] for reads in (left, right))
            ones, others = (
                [read for read in ones if read.value not in [each.value for each in others]],
                [read for read in others if read.value not in [each.value for each in ones]],
            )
            if ones and others:
                return f"{self._fact(ones[0])} {there}, {self._fact(others[0])} {here}"
        return ""

    def _alone(self, left: tuple[Read, ...], right: tuple[Read, ...]) -> str:
        """An entry that one side reads and the other does not."""
        told = lambda reads: [read for read in reads if is_real(signature(read.head.sort)[1])]
        for reads, others, side in ((left, right, "left"), (right, left, "right")):
            alone = [read for read in told(reads) if read not in others]
            if alone:
                return f"{self._fact(alone[0])} on the {side} alone"
        return ""

    def _about_values(self, parting: Parting) -> str:
        pair = next(pair for pair in parting.pairs if pair.differs)
        said = "The weights agree, but" if parting.attends else "In the sum"
        left, right = _value(pair.left.value), _value(pair.right.value)
        said += f" {self.name_of(pair, parting)} has the value {left} on the left and {right} on the right"
        facts = self._differences(pair.left.value_reads, pair.right.value_reads)
        sources = [entry.source for entry in (pair.left, pair.right)]
        if None not in sources:
            facts = f"there it shows {self.applied(*sources[0])}, here {self.applied(*sources[1])}"
        return f"{said}{f': {facts}' if facts else ''}."

    # the two rows

    def _shown(self, parting: Parting) -> list[Pair]:
        if len(parting.pairs) <= MAX_ROWS:
            return parting.pairs
        clearest = sorted(parting.pairs, key=lambda pair: -abs(pair.weights[0] - pair.weights[1]))[:MAX_ROWS]
        return [pair for pair in parting.pairs if pair in clearest]

    def table(self, parting: Parting, indent: int) -> list[str]:
        """Score, weight and value of each entry, left and right."""
        names = {id(pair): self.name_of(pair, parting) for pair in parting.pairs}
        shown = self._shown(parting)
        first = min(max([len(names[id(pair)]) for pair in shown] + [11]), WIDTH - indent - 54)
        space = " " * indent
        heading = _cells("score", "weight", "value")
        rows = [
            f"{space}{'':<{first}}  {'left':^25}  {'right':^25}".rstrip(),
            f"{space}{'attended to':<{first}}  {heading}  {heading}",
        ]
        for pair in shown:
            left, right = (_row_of(entry) for entry in (pair.left, pair.right))
            rows.append(f"{space}{names[id(pair)][:first]:<{first}}  {left}  {right}".rstrip())
        left_out = len(parting.pairs) - len(shown)
        return rows + ([f"{space}and {left_out} more, with smaller differences"] if left_out else [])

    def picture(self, parting: Parting, indent: int) -> list[str]:
        """The weights of the two rows as bars."""
        shown = self._shown(parting)
        names = [self.name_of(pair, parting)[: WIDTH - indent - 54] for pair in shown]
        first, most = max(map(len, names)), max(1.0, *(weight for pair in shown for weight in pair.weights))
        rows = []
        for number, side in enumerate(("left", "right")):
            for k, (name, pair) in enumerate(zip(names, shown)):
                lead = side if k == 0 else ""
                gone = (pair.left, pair.right)[number] is None
                bar, weight = (
                    _bar(pair.weights[number] / most),
                    "not in the sum" if gone else f"{pair.weights[number]:.2f}",
                )
                rows.append(f"{' ' * indent}{lead:<6} {name:<{first}} {bar:<{BAR}} {weight}")
        return rows


def _cells(*cells: str) -> str:
    score, weight, value = cells
    return f"{score:>7} {weight:>7} {value:>9}"


def _row_of(entry: Entry | None) -> str:
    if entry is None:
        return f"{'not in the sum':>25}"
    score = "" if entry.score is None else _number(entry.score)
    return _cells(score, f"{entry.weight:.2f}", _value(entry.value)[:9])


def _bar(weight: float) -> str:
    """A weight from 0 to 1 in eighths of a letter."""
    eighths = max(0, min(round(weight * BAR * 8), BAR * 8))
    return "█" * (eighths // 8) + (" ▏▎▍▌▋▊▉"[eighths % 8] if eighths % 8 else "")


def _number(number: Any) -> str:
    number = float(number)
    return f"{number:.2f}".rstrip("0").rstrip(".") if abs(number) < 1e5 else f"{number:.2g}"


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return _value(value[0]) if len(value) == 1 else f"({', '.join(map(_value, value))})"
    return _number(value)


def _wrapped(words: str, indent: int, hanging: int | None = None) -> list[str]:
    later = indent if hanging is None else hanging
    return textwrap.wrap(
        words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * later, break_on_hyphens=False
    )
