"""Terms as NumPy arrays: one fold, in float64, with one axis for each bound variable that matters.

A binder over a finite sort is an *axis*, named by its level (0 for the outermost).  The value of a subterm
carries only the axes of the bound variables that it mentions, so what does not depend on the query, or on
the key, is computed once.  An index is an integer array, and a variable over finite sorts a table that
is gathered from.  A binder over an infinite sort stands for a few sample points.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from symbolic_equiv.kernel.sorts import Sort, fun
from symbolic_equiv.kernel.terms import BOUND, VARIABLE, Head, Term, abstraction, application, apply, eta
from symbolic_equiv.numeric import ranges
from symbolic_equiv.numeric.axes import Axed, align, aligned_indices, contract, entrywise, gather, take, union
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.foresight import SAMPLES, Binders, asked_twice, extent, strip
from symbolic_equiv.numeric.matrices import IN_ARRAYS
from symbolic_equiv.numeric.models import Model, Polynomial, is_finite, signature, unfold
from symbolic_equiv.theories import entries, language, pairs, recursion
from symbolic_equiv.theories.recursion import numeral

STACK = -1
"""The axis of several values at once."""


def evaluate(term: Term, model: Model, seed: int = 0) -> np.ndarray:
    """The value of a closed term: one axis for each argument it takes, then the axes of the value itself.

    Raises ``NoModel`` for what has no value in a finite model, such as a sum over all vectors.
    """
    return Evaluator(model, seed).closed(unfold(term))


class Evaluator:
    """Evaluates terms in one model; ``sampled`` tells whether a binder over an infinite sort was met.

    ``stacks`` has several values at once for some variables, along an axis before all others (named ``STACK``).
    """

    def __init__(self, model: Model, seed: int = 0, stacks: Mapping[Head, np.ndarray | Polynomial] | None = None):
        self.model = model
        self.sampled = False
        self._seed = seed
        self._stacks = dict(stacks or {})
        self._known: dict[tuple[Term, int], Axed] = {}
        self._kept: frozenset[tuple[Term, int]] = frozenset()
        self._steps = 0

    def closed(self, term: Term) -> np.ndarray:
        """The value of a closed, unfolded term, all its binders as leading axes."""
        binders, term = strip(term)
        return self.spread(term, binders)

    def spread(self, term: Term, binders: Binders) -> np.ndarray:
        """The value under ``binders``, with one axis for each of them even where it does not depend on it."""
        with np.errstate(all="ignore"):
            self._kept |= asked_twice(term, len(binders))
            value = self._value(term, binders)
        sizes = tuple(extent(sort, self.model) for sort in binders)
        return _broadcast(align(value, range(len(binders))), sizes + value.data.shape[len(value.axes) :])

    def stacked(self, term: Term) -> np.ndarray:
        """The values of a closed term that binds nothing at its front, one for each value in the stacks."""
        with np.errstate(all="ignore"):
            self._kept |= asked_twice(term, 0)
            value = self._value(term, ())
        return align(value, (STACK,))

    def _value(self, term: Term, binders: Binders) -> Axed:
        known = self._known.get((term, len(binders)))
        if known is None:
            known = self._application(term, binders)
            if (term, len(binders)) in self._kept:
                self._known[term, len(binders)] = known
        return known

    def _application(self, term: Term, binders: Binders) -> Axed:
        head = term.head
        if head.kind == BOUND:
            return self._bound(head, term.args, binders)
        if head.declaration is None:
            if head not in self.model.values and head not in self._stacks:
                raise NoModel(f"no value for {head.name}")
            return self._call(head, term.args, binders)
        if head.declaration not in _MEANINGS:
            raise NoModel(f"the constant {head.name} has no numeric meaning")
        return _MEANINGS[head.declaration](self, term, binders)

    # variables

    def _bound(self, head: Head, args: tuple[Term, ...], binders: Binders) -> Axed:
        level = len(binders) - 1 - head.index
        if is_finite(head.sort):
            return Axed(np.arange(self.model.size(head.sort)), (level,))
        self.sampled = True
        points, names = self._samples(head.sort, level), Axed(np.arange(SAMPLES), (level,))
        return gather(points, [names, *(self._value(arg, binders) for arg in args)])

    def _samples(self, sort: Sort, level: int) -> np.ndarray:
        """Sample points of an infinite sort, quarters so that short sums of them are exact."""
        args, result = signature(sort)
        if not all(map(is_finite, args)):
            raise NoModel(f"no sample points of sort {sort}")
        shape = (SAMPLES, *map(self.model.size, args), *self.model.shape(result))
        rng = np.random.default_rng([self._seed, level])
        if is_finite(result):
            return rng.integers(self.model.size(result), size=shape)
        return rng.integers(4, size=shape) if result.name == "Nat" else rng.integers(-8, 9, size=shape) / 4

    def _call(self, head: Head, args: tuple[Term, ...], binders: Binders) -> Axed:
        indices = [self._value(arg, binders) for arg in args if is_finite(arg.sort)]
        if head in self._stacks:
            value = self._stacks[head]
            count = len(value.constant if isinstance(value, Polynomial) else value)
            indices = [Axed(np.arange(count), (STACK,)), *indices]
        else:
            value = self.model.values[head]
        if not isinstance(value, Polynomial):
            return gather(value, indices)
        places, axes = aligned_indices(indices)
        constant, linear, curvature = (
            Axed(part[places], axes) for part in (value.constant, value.linear, value.curvature)
        )
        vector = self._coordinates([arg for arg in args if not is_finite(arg.sort)], binders)
        out = entrywise(_quadratic, constant, curvature, contract(linear, vector, matrix=True))
        return result_of(out, signature(head.sort)[1], self.model)

    def _coordinates(self, args: list[Term], binders: Binders) -> Axed:
        """The real coordinates of the arguments, one after the other."""
        parts = [self._coordinates_of(arg, binders) for arg in args]
        if len(parts) == 1:
            return parts[0]
        axes = union(*parts)
        arrays = [align(part, axes) for part in parts]
        lead = np.broadcast_shapes(*(array.shape[:-1] for array in arrays))
        return Axed(np.concatenate([np.broadcast_to(a, (*lead, a.shape[-1])) for a in arrays], axis=-1), axes)

    def _coordinates_of(self, arg: Term, binders: Binders) -> Axed:
        inner, body = strip(arg)
        value = self._value(body, binders + inner)
        if not inner and value.rank == 1:
            return value
        axes = sorted({*value.axes, *range(len(binders), len(binders) + len(inner))})
        outer = [axis for axis in axes if axis < len(binders)]
        data = align(value, axes)
        full = list(data.shape)
        full[len(outer) : len(axes)] = (extent(sort, self.model) for sort in inner)
        data = _broadcast(data, tuple(full))
        return Axed(data.reshape(*data.shape[: len(outer)], -1).astype(float, copy=False), tuple(outer))

    # constants

    def _entries(self, function: Callable[..., np.ndarray], term: Term, binders: Binders) -> Axed:
        return entrywise(function, *(self._value(arg, binders) for arg in term.args))

    def _whole(
        self, function: Callable[[np.ndarray, tuple[int, ...]], np.ndarray], term: Term, binders: Binders
    ) -> Axed:
        """A function of one vector or matrix, which is told the shape that it has to make of it."""
        value = self._value(term.args[0], binders)
        return Axed(function(value.data, self.model.shape(term.sort)), value.axes)

    def _kron(self, term: Term, binders: Binders) -> Axed:
        left, right = (self._value(arg, binders) for arg in term.args)
        axes = union(left, right)
        blocks = np.einsum("...ij,...kl->...ikjl", align(left, axes), align(right, axes))
        return Axed(blocks.reshape(*blocks.shape[:-4], *self.model.shape(term.sort)), axes)

    def _outer(self, term: Term, binders: Binders) -> Axed:
        left, right = (self._value(arg, binders) for arg in term.args)
        axes = union(left, right)
        return Axed(align(left, axes)[..., :, None] * align(right, axes)[..., None, :], axes)

    def _table(self, table: np.ndarray, term: Term, binders: Binders) -> Axed:
        return gather(table, [self._value(arg, binders) for arg in term.args])

    def _zero(self, term: Term, _: Binders) -> Axed:
        return Axed(np.zeros(self.model.shape(term.sort)), ())

    def _product(self, term: Term, binders: Binders) -> Axed:
        left, right = (self._value(arg, binders) for arg in term.args)
        return contract(left, right, matrix=left.rank == 2)

    def _under(self, function: Term, binders: Binders) -> Axed:
        """The body of ``λj. …`` or ``λj k. …``, with one axis for what it binds, last and at its full size.

        Pairs are counted in one axis, which has the level of the first of them.
        """
        inner, body = strip(function)
        for sort in inner:
            if not is_finite(sort):
                raise NoModel(f"a sum over {sort}, which is not finite")
        levels = tuple(range(len(binders), len(binders) + len(inner)))
        value = self._value(body, binders + inner)
        outer = tuple(axis for axis in value.axes if axis not in levels)
        data = align(value, (*outer, *levels))
        shape = (*data.shape[: len(outer)], *map(self.model.size, inner), *data.shape[len(outer) + len(inner) :])
        data = _broadcast(data, shape)
        if len(inner) > 1:
            data = data.reshape(*shape[: len(outer)], -1, *shape[len(outer) + len(inner) :])
        return Axed(data, (*outer, levels[0]))

    def _sum(self, term: Term, binders: Binders) -> Axed:
        domain, body = (self._under(arg, binders) for arg in term.args)
        chosen = entrywise(lambda mask, data: np.where(mask, data, 0.0), domain, body)
        return Axed(chosen.data.sum(axis=len(chosen.axes) - 1), chosen.axes[:-1])

    def _weights(self, term: Term, binders: Binders) -> Axed:
        """A softmax at all its indices; stable: the largest score of the domain is taken off first."""
        domain, score = (self._under(arg, binders) for arg in term.args[:2])
        masked = entrywise(lambda mask, data: np.where(mask, data, -np.inf), domain, score)
        top = masked.data.max(axis=-1, keepdims=True)
        weight = np.exp(masked.data - np.where(np.isfinite(top), top, 0.0))
        total = weight.sum(axis=-1, keepdims=True)
        weight /= np.where(total == 0, 1.0, total)
        return Axed(weight, masked.axes)

    def _softmax(self, term: Term, binders: Binders) -> Axed:
        return take(self._weights(term, binders), self._value(term.args[2], binders), term.args[2], len(binders))

    def _softmax_pairs(self, term: Term, binders: Binders) -> Axed:
        first, second = (self._value(arg, binders) for arg in term.args[2:])
        width = self.model.size(term.args[3].sort)
        pair = entrywise(lambda j, k: j * width + k, first, second)
        return take(self._weights(term, binders), pair, None, len(binders))

    def _iterate(self, term: Term, binders: Binders) -> Axed:
        """Step by step: the signal is a table, which a variable of its own stands for in the next step.

        Where step and start mention bound variables, that variable takes them as its first arguments.
        """
        step, start, depth, place = term.args
        number, tokens = self._value(depth, binders), start.domain
        if number.axes or not is_finite(tokens):
            raise NoModel("the number of steps of an iteration, or what it runs over, is not fixed")
        outer = sorted({len(binders) - 1 - k for part in (step, start) for k, at in enumerate(part.context) if at})
        if not all(is_finite(binders[axis]) for axis in outer):
            raise NoModel("an iteration that depends on infinitely many values")
        inside = (*binders, tokens)
        axes = (*outer, len(binders))
        sizes = tuple(extent(inside[axis], self.model) for axis in axes)
        bound = [eta(Head(BOUND, len(binders) - axis, inside[axis])) for axis in outer]  # under the binder of the token
        body = start.body
        for k in range(int(number.data) + 1):
            self._kept |= asked_twice(body, len(inside))
            value = self._value(body, inside)
            lead = value.data.shape[:1] if STACK in value.axes else ()
            data = align(value, (*[STACK] * len(lead), *axes))
            data = _broadcast(data, lead + sizes + value.data.shape[len(value.axes) :])
            self._steps += 1
            head = Head(VARIABLE, f"~step{self._steps}", fun(*(inside[axis] for axis in outer), start.sort))
            if lead:
                self._stacks[head] = data
            else:
                self.model = self.model.with_values({head: data})
            here = application(head, [*bound, eta(Head(BOUND, 0, tokens))])
            body = apply(step, [numeral(k).term, abstraction(tokens, here, start.hint)]).body
        at = application(head, [*(eta(Head(BOUND, len(binders) - 1 - axis, binders[axis])) for axis in outer), place])
        return self._application(at, binders)

    def _concat(self, term: Term, binders: Binders) -> Axed:
        value = self._under(term.args[0], binders)
        axes = value.axes[:-1]
        return Axed(value.data.reshape(*value.data.shape[: len(axes)], -1), axes)


def _broadcast(data: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    return data if data.shape == shape else np.broadcast_to(data, shape)


def result_of(out: Axed, sort: Sort, model: Model) -> Axed:
    """The value that a polynomial's last axis of real entries encodes: reshaped, rounded, or asked for its sign."""
    lead = out.data.shape[:-1]
    if is_finite(sort):
        first = out.data[..., 0]
        data = first > 0 if sort.name == "Bool" else np.floor(first).astype(int) % model.size(sort)
        return Axed(data, out.axes)
    return out if sort.name == "Vec" else Axed(out.data.reshape((*lead, *model.shape(sort))), out.axes)


def _quadratic(constant: np.ndarray, curvature: np.ndarray, u: np.ndarray) -> np.ndarray:
    """``c + u + k u²`` as ``(k u + 1) u + c``: one new array, as scores against all pairs of tokens are large."""
    out = curvature * u
    out += 1.0
    out *= u
    out += constant
    return out


def _reciprocal(c: np.ndarray) -> np.ndarray:
    return np.where(c == 0, 0.0, 1.0 / np.where(c == 0, 1.0, c))


def _entries_of(function: Callable[..., np.ndarray]):
    return lambda self, term, binders: self._entries(function, term, binders)


def _whole_of(function: Callable[..., np.ndarray]):
    return lambda self, term, binders: self._whole(function, term, binders)


_MEANINGS = (
    {
        item.declaration: meaning
        for item, meaning in (
            (language.mul, lambda self, term, at: self._table(self.model.groups[term.sort].table, term, at)),
            (language.inv, lambda self, term, at: self._table(self.model.groups[term.sort].inverse, term, at)),
            (language.unit, lambda self, term, at: Axed(np.array(self.model.groups[term.sort].unit), ())),
            (language.act, lambda self, t, at: self._table(self.model.actions[t.args[0].sort, t.sort], t, at)),
            (language.add, _entries_of(np.add)),
            (language.neg, _entries_of(np.negative)),
            (language.zero, Evaluator._zero),
            (language.scale, _entries_of(np.multiply)),
            (language.one, lambda *_: Axed(np.array(1.0), ())),
            (language.reciprocal, _entries_of(_reciprocal)),
            (language.sqrt, _entries_of(lambda c: np.sqrt(np.maximum(c, 0.0)))),
            (language.exp, _entries_of(np.exp)),
            (language.inner, Evaluator._product),
            (language.matvec, Evaluator._product),
            (language.matmul, Evaluator._product),
            (language.true, lambda *_: Axed(np.array(True), ())),
            (language.and_, _entries_of(np.logical_and)),
            (language.if_, _entries_of(np.where)),
            (language.sum_, Evaluator._sum),
            (language.concat, Evaluator._concat),
            (language.softmax_, Evaluator._softmax),
            (recursion.nought, lambda *_: Axed(np.array(0.0), ())),
            (recursion.succ, _entries_of(lambda number: number + 1.0)),
            (recursion.iterate, Evaluator._iterate),
            (entries.hadamard, _entries_of(np.multiply)),
            (entries.reciprocals, _entries_of(_reciprocal)),
            (entries.ones, lambda self, term, _: Axed(np.ones(self.model.shape(term.sort)), ())),
            (entries.diag, _whole_of(lambda u, shape: u[..., None] * np.eye(*shape))),
            (entries.outer, Evaluator._outer),
            (entries.row_norms, _whole_of(lambda a, _: np.sqrt((a * a).sum(-1)))),
            (entries.transpose, _whole_of(lambda a, _: a.swapaxes(-1, -2))),
            (entries.kron, Evaluator._kron),
            (entries.flatten, _whole_of(lambda a, shape: a.reshape(*a.shape[:-2], *shape))),
            (entries.unflatten, _whole_of(lambda u, shape: u.reshape(*u.shape[:-1], *shape))),
            (pairs.sum_pairs, Evaluator._sum),
            (pairs.softmax_pairs, Evaluator._softmax_pairs),
        )
    }
    | IN_ARRAYS
    | ranges.IN_ARRAYS
)
