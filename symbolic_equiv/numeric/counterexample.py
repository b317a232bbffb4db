"""A confirmed counterexample: a model, and the two values that differ there."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, log10
from typing import Any

from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.numeric.display import formula, plain, show
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.evaluate import Evaluator
from symbolic_equiv.numeric.infinite import satisfied
from symbolic_equiv.numeric.models import Model, Value, signature
from symbolic_equiv.numeric.problem import Problem
from symbolic_equiv.numeric.rigorous import Gap, gap

MAX_SHOWN = 400
"""Letters of one value in a description; ``to_json`` has them all."""


@dataclass(frozen=True, repr=False)
class Counterexample:
    """A model of all hypotheses, checked exactly, in which the two sides certainly differ.

    ``model`` has a value for every free variable; ``left`` and ``right`` are the two numbers at ``entry`` of
    the value, exactly or as enclosures with outward rounding.
    """

    problem: Problem
    model: Model
    gap: Gap

    @property
    def entry(self) -> tuple[int, ...]:
        """Which entry of a vector or matrix differs; () for a number."""
        return self.gap.entry

    @property
    def left(self) -> str:
        """The left side, as an exact number or as ``[low, high]``."""
        return enclosure(self.gap.left, self._digits)

    @property
    def right(self) -> str:
        """The right side, as an exact number or as ``[low, high]``."""
        return enclosure(self.gap.right, self._digits)

    @property
    def relative(self) -> float:
        """The size of the difference, relative to the larger side."""
        ends = [float(sum(ends)) / 2 for ends in (self.gap.left, self.gap.right)]
        return abs(ends[0] - ends[1]) / max(*map(abs, ends), 1e-300)

    @property
    def _digits(self) -> int:
        (a, b), (c, d) = self.gap.left, self.gap.right
        distance = float(max(c - b, a - d))
        return max(6, 3 - floor(log10(distance))) if distance > 0 else 300

    def values(self) -> dict[Head, Value]:
        """The values of all variables of the statement, also of those that a hypothesis defines."""
        defined = {head: _defined(term, self.model) for head, term in self.problem.defined}
        found = {**self.model.values, **{head: value for head, value in defined.items() if value is not None}}
        return {head: found[head] for head in sorted(found, key=lambda head: (len(signature(head.sort)[0]), head.name))}

    def describe(self) -> list[tuple[str, str]]:
        """Rows (name, value) for a table: sets, groups and sizes, then the variables, then the two sides."""
        rows = []
        for sort, lattice in sorted(self.model.infinite.items(), key=str):
            rows.append((sort.name, f"{lattice}, the integers" if lattice.rank == 1 else f"{lattice}"))
        for sort, size in sorted(self.model.sizes.items(), key=lambda item: (item[0].cls, item[0].name)):
            group = self.model.groups.get(sort)
            elements = ", ".join(group.labels if group else map(str, range(size)))
            shown = f"{{{elements}}}" + (f", the group {group}" if group else "")
            rows.append((sort.name, shown if sort.cls == "base" else str(size)))
        shown = lambda text: text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + " …"
        values = self.values()
        rows += [(str(head.name), shown(show(head, value, self.model))) for head, value in values.items()]
        rows += [(str(head.name), formula(term)) for head, term in self.problem.defined if head not in values]
        where = f" (entry {', '.join(str(k + 1) for k in self.entry)})" if self.entry else ""
        return [*rows, ("left side" + where, self.left), ("right side" + where, self.right)]

    def __str__(self) -> str:
        return "; ".join(f"{name}: {value}" for name, value in self.describe())

    def _repr_html_(self) -> str:
        from html import escape

        rows = (f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in self.describe())
        return f"<table><caption>Counterexample</caption>{''.join(rows)}</table>"

    def to_json(self) -> dict[str, Any]:
        """The counterexample as an object that ``json`` can write; elements are counted from 0."""
        sizes = sorted(self.model.sizes.items(), key=lambda item: item[0].name)
        return {
            "sizes": {sort.name: size for sort, size in sizes},
            "infinite": {sort.name: str(lattice) for sort, lattice in sorted(self.model.infinite.items(), key=str)},
            "groups": {sort.name: group.name for sort, group in sorted(self.model.groups.items(), key=str)},
            "actions": {f"{a} on {b}": table.tolist() for (a, b), table in sorted(self.model.actions.items(), key=str)},
            "values": {str(head.name): plain(value) for head, value in self.values().items()},
            "entry": list(self.entry),
            "left": self.left,
            "right": self.right,
        }


def confirm(problem: Problem, model: Model) -> Counterexample | None:
    """The counterexample that ``model`` is, if every hypothesis holds exactly and the sides certainly differ."""
    try:
        if all(satisfied(check, problem, model) for check in problem.checks):
            found = gap(problem.left, problem.right, model)
            return Counterexample(problem, model, found) if found is not None else None
    except NoModel:
        pass
    return None


def _defined(term: Any, model: Model) -> Value | None:
    """The table of a variable that a hypothesis defines, where it is one."""
    if model.infinite:
        return None
    evaluator = Evaluator(model)
    try:
        table = evaluator.closed(term)
    except NoModel:
        return None
    return None if evaluator.sampled else table


def enclosure(ends: tuple[Fraction, Fraction], digits: int = 6) -> str:
    """A number, or an interval rounded outwards to ``digits`` decimal places.

    >>> enclosure((Fraction(1, 3), Fraction(1, 3))), enclosure((Fraction(1, 3), Fraction(1, 2)), 2)
    ('1/3', '[0.33, 0.50]')
    """
    low, high = ends
    if low == high and len(str(low)) <= 16:
        return str(low)
    scale = 10**digits
    return f"[{_decimal(floor(low * scale), digits)}, {_decimal(ceil(high * scale), digits)}]"


def _decimal(number: int, digits: int) -> str:
    whole, rest = divmod(abs(number), 10**digits)
    return f"{'-' if number < 0 else ''}{whole}.{rest:0{digits}d}"
