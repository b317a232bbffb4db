"""Making a counterexample small enough to be worked out by hand: zeros, the identity, small whole numbers.

Sizes are small already, as small models are searched first.  A simpler value is kept where the hypotheses still
hold and the sides still differ clearly; the result is confirmed exactly like any other counterexample.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import combinations, islice

import numpy as np

from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.numeric.counterexample import Counterexample, confirm
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.evaluate import Evaluator
from symbolic_equiv.numeric.exact import Exact
from symbolic_equiv.numeric.foresight import largest_array
from symbolic_equiv.numeric.lattice import Sparse
from symbolic_equiv.numeric.models import Model, Polynomial, Value, is_finite, signature, unfold_completely
from symbolic_equiv.numeric.problem import Problem
from symbolic_equiv.numeric.rigorous import PRECISIONS, clearest
from symbolic_equiv.numeric.solve import violation

CLEAR = 1e-2
"""A simpler model is kept only if the sides still differ by this much, relative to the signal."""

AT_ONCE, ENTRIES = 64, 1_000_000
"""Changes that are evaluated together, and entries of the arrays in which they are."""

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
        self.at_once = 1 if self.model.has_rules else self._so_many_at_once()
        self.exact = self.tried = Exact(self.model, PRECISIONS[0])
        self.checked = {head: any(head in check.variables for check in self.problem.checks) for head in heads}

    def result(self) -> Counterexample:
        try:
            while self._in_time() and (self._one_by_one() or self._at_once()):
                pass
        except NoModel:  # numbers that overflow
            pass
        return confirm(self.problem, self.model) or self.found

    def _so_many_at_once(self) -> int:
        """How many changes are evaluated together, in arrays of a size that is still quick to make."""
        return min(AT_ONCE, ENTRIES // max(largest_array(side, self.model) for side in self.problem.sides(()))) or 1

    def _in_time(self) -> bool:
        return self.tries > 0 and time.thread_time() < self.deadline

    def _one_by_one(self) -> bool:
        """Simpler values for one variable after the other."""
        changed = False
        for head in self.heads:
            while self._first({head: value} for value in _simpler(head, self.model.values[head], self.model)):
                changed = True
        return changed

    def _at_once(self) -> bool:
        """One map does what one or two others did: the identity here, zero there."""
        return self._first(self._handed_over())

    def _handed_over(self) -> Iterator[dict[Head, Value]]:
        values = self.model.values
        maps = [head for head in self.heads if isinstance(values[head], Polynomial)]
        costs = {head: _cost(head, values[head]) for head in maps}
        busy = [head for head in maps if costs[head]]
        for one in maps:
            identity = _identity(values[one])
            for others in (*combinations(busy, 1), *combinations(busy, 2)):
                saved = sum(costs[head] for head in {one, *others}) - _cost(one, identity)
                if one not in others and saved > 1e-9:
                    yield {one: identity, **{other: _zero(values[other]) for other in others}}

    def _first(self, changes: Iterator[dict[Head, Value]]) -> bool:
        """Make the first of these changes after which it is a counterexample still, if there is one."""
        while (some := list(islice(changes, self.at_once))) and self._in_time():
            for values, refutes in zip(some, self._refute(some)):
                self.tries -= 1 if not self.model.has_rules else 10  # which are evaluated exactly from the beginning
                model = self.model.with_values(values)
                if refutes and not (any(self.checked[head] for head in values) and self._is_broken(model)):
                    self.model, self.exact = model, self.tried
                    return True
        return False

    def _is_broken(self, model: Model) -> bool:
        """Whether some hypothesis does not hold."""
        if model.has_rules:
            return confirm(self.problem, model) is None
        return violation(self.problem, model)[0] is not None

    def _refute(self, changes: list[dict[Head, Value]]) -> Iterable[bool]:
        """For each of these changes whether the sides still differ clearly."""
        if len(changes) == 1:
            return [self._refutes(changes[0])]
        values = self.model.values
        heads = dict.fromkeys(head for change in changes for head in change)
        stacks = {head: _stack([change.get(head, values[head]) for change in changes]) for head in heads}
        try:
            return _differ_clearly(self.problem, self.model, stacks)
        except NoModel:  # what has to be one number for all of them, such as a depth
            return map(self._refutes, changes)

    def _refutes(self, change: dict[Head, Value]) -> bool:
        if not self.model.has_rules:
            return _differ_clearly(self.problem, self.model.with_values(change), {})[0]
        self.tried = self.exact.with_values(change)
        try:
            found = clearest(*self.sides, self.tried.model, self.tried)
        except NoModel:
            return False
        return found is not None and found.relative >= CLEAR


def _differ_clearly(problem: Problem, model: Model, stacks: dict[Head, np.ndarray | Polynomial]) -> list[bool]:
    """Whether the sides do, for each of the values in the stacks, or for the model where there are none."""
    evaluator = Evaluator(model, stacks=stacks)
    left, right = (evaluator.stacked(side) * 1.0 for side in problem.sides(()))
    left, right = (side.reshape(len(side), -1) for side in np.broadcast_arrays(left, right))
    apart = np.abs(left - right).max(axis=1)
    return list((apart > 0) & (apart >= CLEAR * np.maximum(np.abs(left), np.abs(right)).max(axis=1)))


def _stack(values: list[Value]) -> np.ndarray | Polynomial:
    """Several values of one variable, one after the other along a new axis."""
    if not isinstance(values[0], Polynomial):
        return np.array(values)
    parts = ([getattr(value, name) for value in values] for name in ("constant", "linear", "curvature"))
    return Polynomial(*map(np.array, parts))


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
    return sum(map(_number, array.ravel().tolist()))


def _number(number: float) -> float:
    size = abs(number)
    return (size > 0) + (size > 1) * 0.5 + min(size, 100) / 100 + (number < 0) * 0.3 + (size % 1 > 0)


def _simpler(head: Head, value: Value, model: Model) -> Iterator[Value]:
    """Values that are simpler, the simplest first."""
    cost = _cost(head, value)
    is_simpler = lambda other: _cost(head, other) < cost - 1e-9
    if isinstance(value, Polynomial):
        zero = _zero(value)
        yield from filter(is_simpler, (zero, _identity(value), replace(zero, constant=np.ones_like(value.constant))))
        if value.curvature.any():
            yield replace(value, curvature=zero.curvature)
        if value.constant.any():
            yield replace(value, constant=zero.constant)
        for name in ("linear", "constant", "curvature"):
            yield from (replace(value, **{name: part}) for part in _tables(getattr(value, name)))
    elif isinstance(value, Sparse):
        yield from [Sparse(value.default)] * bool(value.entries)
        for key in value.entries:
            yield Sparse(value.default, {k: entry for k, entry in value.entries.items() if k != key})
        for key, entry in value.entries.items():
            for other in _simpler(head, entry, model):
                yield Sparse(value.default, {**value.entries, key: other})
    elif isinstance(value, np.ndarray) and value.dtype.kind == "b":
        yield from [np.ones_like(value)] * (not value.all())
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
            yield from filter(is_simpler, (np.array(element) for element in model.infinite[result].box(1)[1:]))


def _tables(value: np.ndarray) -> Iterator[np.ndarray]:
    """Tables of numbers with more zeros and ones."""
    cost = _numbers(value)
    yield from [np.zeros_like(value)] * (cost > 0) + [np.ones_like(value)] * (cost > value.size * _number(1.0))
    for at in np.ndindex(value.shape):
        for number in (0.0, 1.0):
            if _number(value[at]) > _number(number):
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
