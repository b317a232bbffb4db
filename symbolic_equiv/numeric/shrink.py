"""Making a counterexample small enough to be worked out by hand: zeros, the identity, small whole numbers.

Sizes are small already, as small models are searched first.  A simpler value is kept where the hypotheses still
hold and the sides still differ clearly; the result is confirmed exactly like any other counterexample.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np

from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.numeric.counterexample import Counterexample, confirm
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.evaluate import Evaluator
from symbolic_equiv.numeric.lattice import Sparse
from symbolic_equiv.numeric.models import Model, Polynomial, Value, is_finite, signature, unfold_completely
from symbolic_equiv.numeric.problem import Problem
from symbolic_equiv.numeric.rigorous import clearest
from symbolic_equiv.numeric.solve import violation

CLEAR = 1e-2
"""A simpler model is kept only if the sides still differ by this much, relative to the signal."""

TRIES = 3000
"""Simpler models that are looked at: a number, not a time, so that the same seed gives the same answer."""


def shrink(
    found: Counterexample, tries: int = TRIES, seconds: float = 20.0, only: Collection[Head] | None = None
) -> Counterexample:
    """A counterexample with simpler values, where there is one; ``seconds`` only guards against huge models.

    ``only`` these variables may have other values.
    """
    return _Shrinking(found, tries, time.thread_time() + seconds, only).result()


class _Shrinking:
    def __init__(self, found: Counterexample, tries: int, deadline: float, only: Collection[Head] | None) -> None:
        self.found, self.problem, self.tries, self.deadline = found, found.problem, tries, deadline
        self.model = found.model
        self.sides = unfold_completely(self.problem.left), unfold_completely(self.problem.right)
        allowed = self.model.values if only is None else only
        heads = [head for head in self.model.values if head in allowed and self.problem.size_of(head) is None]
        self.heads = sorted(heads, key=lambda head: (not isinstance(self.model.values[head], Polynomial), head.name))
        self.checked = {head: any(head in check.variables for check in self.problem.checks) for head in heads}

    def result(self) -> Counterexample:
        try:
            while self._in_time() and (self._one_by_one() or self._at_once()):
                pass
        except NoModel:  # numbers that overflow
            pass
        return confirm(self.problem, self.model) or self.found

    def _in_time(self) -> bool:
        return self.tries > 0 and time.thread_time() < self.deadline

    def _one_by_one(self) -> bool:
        """Simpler values for one variable after the other."""
        changed = False
        for head in self.heads:
            again = True
            while again and self._in_time():
                again = any(self._try({head: value}) for value in _simpler(head, self.model.values[head], self.model))
                changed = changed or again
        return changed

    def _at_once(self) -> bool:
        """One map does what one or two others did: the identity here, zero there."""
        values = self.model.values
        maps = [head for head in self.heads if isinstance(values[head], Polynomial)]
        costs = {head: _cost(head, values[head]) for head in maps}
        busy = [head for head in maps if costs[head]]
        for one in maps:
            identity = _identity(values[one])
            for others in (*combinations(busy, 1), *combinations(busy, 2)):
                saved = sum(costs[head] for head in {one, *others}) - _cost(one, identity)
                if one in others or saved <= 1e-9:
                    continue
                if not self._in_time():
                    return False
                if self._try({one: identity, **{other: _zero(values[other]) for other in others}}):
                    return True
        return False

    def _try(self, values: dict[Head, Value]) -> bool:
        self.tries -= 1 if not self.model.has_rules else 10  # which are evaluated exactly from the beginning
        model = self.model.with_values(values)
        if not self._still_refutes(model, any(self.checked[head] for head in values)):
            return False
        self.model = model
        return True

    def _still_refutes(self, model: Model, check: bool) -> bool:
        if model.has_rules:
            try:
                found = clearest(*self.sides, model)
            except NoModel:
                return False
            clear = found is not None and found.relative >= CLEAR
            return clear and not (check and confirm(self.problem, model) is None)
        return _differs_clearly(self.problem, model) and not (check and violation(self.problem, model)[0])


def _differs_clearly(problem: Problem, model: Model) -> bool:
    left, right = (Evaluator(model).closed(side) * 1.0 for side in problem.sides(()))
    difference = np.abs(left - right).max()
    return bool(difference >= CLEAR * max(np.abs(left).max(), np.abs(right).max()) and difference > 0)


def _cost(head: Head, value: Value) -> float:
    """How much there is to read: zero is free, ones are cheap, other whole numbers and fractions cost more."""
    if isinstance(value, Polynomial):
        return sum(_numbers(part) for part in (value.linear, value.constant)) + 2 * _numbers(value.curvature)
    if isinstance(value, Sparse):
        return _cost(head, value.default) + sum(1 + _cost(head, entry) for entry in value.entries.values())
    if not isinstance(value, np.ndarray):
        return 0.0
    if value.dtype.kind == "b":
        return float((~value).sum())
    return _numbers(value)


def _numbers(array: np.ndarray) -> float:
    size = np.abs(array.astype(float))
    return float(
        ((size > 0) + (size > 1) * 0.5 + np.minimum(size, 100) / 100 + (array < 0) * 0.3 + (size % 1 > 0)).sum()
    )


def _simpler(head: Head, value: Value, model: Model) -> Iterator[Value]:
    """Values that are simpler, the simplest first."""
    cost = _cost(head, value)
    for other in _others(head, value, model):
        if _cost(head, other) < cost - 1e-9:
            yield other


def _others(head: Head, value: Value, model: Model) -> Iterator[Value]:
    if isinstance(value, Polynomial):
        zero, flat = _zero(value), np.zeros_like(value.curvature)
        yield from (zero, _identity(value), replace(zero, constant=np.ones_like(value.constant)))
        yield from (replace(value, curvature=flat), replace(value, constant=np.zeros_like(value.constant)))
        for name in ("linear", "constant", "curvature"):
            yield from (replace(value, **{name: part}) for part in _tables(getattr(value, name)))
    elif isinstance(value, Sparse):
        yield Sparse(value.default)
        for key in value.entries:
            yield Sparse(value.default, {k: entry for k, entry in value.entries.items() if k != key})
        for key, entry in value.entries.items():
            for other in _others(head, entry, model):
                yield Sparse(value.default, {**value.entries, key: other})
    elif isinstance(value, np.ndarray) and value.dtype.kind == "b":
        yield np.ones_like(value)
        for at in np.argwhere(~value):
            changed = value.copy()
            changed[tuple(at)] = True
            yield changed
    elif isinstance(value, np.ndarray):
        args, result = signature(head.sort)
        if not is_finite(result):
            yield from _tables(value)
        elif not args and result not in model.infinite:
            group = model.groups.get(result)  # a translation by the unit would show nothing
            yield from (np.array(k) for k in range(int(value)) if group is None or k != group.unit)
        elif not args:
            yield from (np.array(element) for element in model.infinite[result].box(1)[1:])


def _tables(value: np.ndarray) -> Iterator[np.ndarray]:
    """Tables of numbers with more zeros and ones."""
    yield from (np.zeros_like(value), np.ones_like(value))
    for at in np.ndindex(value.shape):
        for number in (0.0, 1.0):
            if value[at] != number:
                changed = value.copy()
                changed[at] = number
                yield changed


def _zero(value: Polynomial) -> Polynomial:
    return Polynomial(*(np.zeros_like(part) for part in (value.constant, value.linear, value.curvature)))


def _identity(value: Polynomial) -> Polynomial:
    """The map that hands on its argument, or as much of it as its result has room for."""
    linear = np.zeros_like(value.linear)
    linear[...] = np.eye(*linear.shape[-2:])
    return replace(_zero(value), linear=linear)
