"""A confirmed counterexample: a model, the two values that differ there, and how to make it small and show it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, log10
from typing import Any

import numpy as np

from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.evaluate import Evaluator
from symbolic_equiv.numeric.models import Model, Polynomial, Value, signature
from symbolic_equiv.numeric.problem import Problem
from symbolic_equiv.numeric.rigorous import Gap, gap, holds
from symbolic_equiv.numeric.solve import violation

CLEAR = 1e-3
"""A simpler model is kept only if the sides still differ by this much, relative to the signal."""


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
        for sort, size in sorted(self.model.sizes.items(), key=lambda item: (item[0].cls, item[0].name)):
            group = self.model.groups.get(sort)
            elements = ", ".join(group.labels if group else map(str, range(size)))
            shown = f"{{{elements}}}" + (f", the group {group}" if group else "")
            rows.append((sort.name, shown if sort.cls == "base" else str(size)))
        shown = lambda text: text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + " …"
        rows += [(str(head.name), shown(show(head, value, self.model))) for head, value in self.values().items()]
        where = f" (entry {', '.join(str(k + 1) for k in self.entry)})" if self.entry else ""
        return [*rows, ("left side" + where, self.left), ("right side" + where, self.right)]

    def __str__(self) -> str:
        return "; ".join(f"{name}: {value}" for name, value in self.describe())

    def to_json(self) -> dict[str, Any]:
        """The counterexample as an object that ``json`` can write; elements are counted from 0."""
        sizes = sorted(self.model.sizes.items(), key=lambda item: item[0].name)
        return {
            "sizes": {sort.name: size for sort, size in sizes},
            "groups": {sort.name: group.name for sort, group in sorted(self.model.groups.items(), key=str)},
            "actions": {f"{a} on {b}": table.tolist() for (a, b), table in sorted(self.model.actions.items(), key=str)},
            "values": {str(head.name): _plain(value) for head, value in self.values().items()},
            "entry": list(self.entry),
            "left": self.left,
            "right": self.right,
        }


def confirm(problem: Problem, model: Model) -> Counterexample | None:
    """The counterexample that ``model`` is, if every hypothesis holds exactly and the sides certainly differ."""
    try:
        if all(holds(check.left, check.right, model) for check in problem.checks):
            found = gap(problem.left, problem.right, model)
            return Counterexample(problem, model, found) if found is not None else None
    except NoModel:
        pass
    return None


def shrink(found: Counterexample, seconds: float = 0.6) -> Counterexample:
    """A simpler counterexample: zeros, ones and whole numbers where they still refute the claim."""
    deadline, model, problem = time.monotonic() + seconds, found.model, found.problem
    for head in sorted(model.values, key=lambda head: head.name):
        restricted = any(head in check.variables for check in problem.checks)
        if problem.size_of(head) is not None:
            continue
        for step in _simpler(model.values[head]):
            if time.monotonic() > deadline:
                break
            value = step(model.values[head])
            smaller = model.with_values({head: value}) if value is not None else None
            if smaller and _differs_clearly(problem, smaller) and not (restricted and violation(problem, smaller)[0]):
                model = smaller
    return confirm(problem, model) or found


def _differs_clearly(problem: Problem, model: Model) -> bool:
    left, right = (Evaluator(model).closed(side) * 1.0 for side in problem.sides(()))
    difference = np.abs(left - right).max()
    return bool(difference >= CLEAR * max(np.abs(left).max(), np.abs(right).max()) and difference > 0)


def _simpler(value: Value) -> Iterator[Any]:
    """Steps that take a value to a simpler one, or to None where it is that simple already."""
    if isinstance(value, Polynomial):
        for name in ("curvature", "constant", "linear"):
            for step in _simpler(getattr(value, name)):
                yield lambda old, name=name, step=step: _replaced(old, name, step(getattr(old, name)))
    elif value.dtype.kind == "f":
        yield lambda old: None if not old.any() else np.zeros_like(old)
        yield lambda old: None if not old.any() or (old == 1).all() else np.ones_like(old)
        for at in np.ndindex(value.shape):
            for number in (0.0, 1.0):
                yield lambda old, at=at, number=number: _with_entry(old, at, number)


def _replaced(old: Polynomial, name: str, part: np.ndarray | None) -> Polynomial | None:
    return None if part is None else replace(old, **{name: part})


def _with_entry(old: np.ndarray, at: tuple[int, ...], number: float) -> np.ndarray | None:
    if old[at] in (0.0, number):
        return None
    new = old.copy()
    new[at] = number
    return new


def _defined(term: Any, model: Model) -> Value | None:
    """The table of a variable that a hypothesis defines, where it is one."""
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


def show(head: Head, value: Value, model: Model) -> str:
    """A value in one line: a set for a predicate, the elements of a group by their names."""
    args, result = signature(head.sort)
    if isinstance(value, Polynomial):
        return _show_polynomial(value)
    if result.name == "Bool" and args:
        return _show_sets(value, model, args)
    labels = model.groups[result].labels if result in model.groups else None
    return _show_table(value, labels)


def _show_table(value: Any, labels: tuple[str, ...] | None) -> str:
    if np.ndim(value):
        return "[" + ", ".join(_show_table(part, labels) for part in value) + "]"
    if np.asarray(value).dtype.kind == "b":
        return "true" if value else "false"
    return labels[int(value)] if labels else f"{float(value) + 0.0:.6g}"


def _show_sets(value: np.ndarray, model: Model, args: list[Sort]) -> str:
    groups = [model.groups.get(arg) for arg in args]
    label = lambda k, at: groups[k].labels[at] if groups[k] else str(at)
    last = len(args) - 1
    chosen = lambda row: "{" + ", ".join(label(last, j) for j in np.flatnonzero(row)) + "}"
    if value.ndim == 1:
        return chosen(value)
    rows = (f"{', '.join(map(label, range(last), at))}: {chosen(value[at])}" for at in np.ndindex(value.shape[:-1]))
    return "; ".join(rows)


def _show_polynomial(value: Polynomial) -> str:
    shape = value.linear.shape[:-2]
    parts = []
    for at in np.ndindex(shape):
        c, a, k = value.constant[at], value.linear[at], value.curvature[at]
        lead = f"{', '.join(map(str, at))}: " if at else ""
        if a.shape == (1, 1):
            powers = ((c[0], ""), (a[0, 0], "v"), (k[0] * a[0, 0] ** 2, "v²"))
            factor = lambda n, power: power if n == 1 and power else f"{n:g}{power}"
            parts.append(lead + "v ↦ " + (" + ".join(factor(n, power) for n, power in powers if n) or "0"))
        else:
            matrix = _show_table(a, None) + " v"
            constant = [_show_table(c, None)] if c.any() else []
            square = [f"{_show_table(k, None)} ∘ u ∘ u"] if (k[:, None] * a).any() else []
            linear = ["u" if square else matrix] if a.any() else []
            where = f" with u = {matrix}" if square else ""
            parts.append(f"{lead}v ↦ {' + '.join(constant + linear + square) or '0'}{where}")
    return "; ".join(parts)


def _plain(value: Value) -> Any:
    if isinstance(value, Polynomial):
        return {name: getattr(value, name).tolist() for name in ("constant", "linear", "curvature")}
    return np.asarray(value).tolist()
