"""Where the two sides of a counterexample part: the rows of attention on each side, and what was read for them.

A *row* is a sum of weighted terms, ``Σ_j w(j) v(j)`` with a softmax or an ``exp`` in ``w``, or a plain sum; sums inside
sums make one row over pairs.  Entries of the two rows belong together where their values read the same entry of a
table, such as ``f(1)``: a translated signal shows at one token what the other side sees at another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple

from symbolic_equiv.kernel.sorts import BASE
from symbolic_equiv.kernel.terms import BOUND, Head, Term
from symbolic_equiv.numeric.counterexample import Counterexample
from symbolic_equiv.numeric.errors import NoModel, Undecided
from symbolic_equiv.numeric.foresight import strip
from symbolic_equiv.numeric.models import Model, is_finite, is_real, signature
from symbolic_equiv.numeric.rigorous import Exact, bounds
from symbolic_equiv.theories import language, pairs

PRECISION = 160
_ONE = language.one().term
_SUMS = (language.sum_.declaration, pairs.sum_pairs.declaration)
_SOFTMAXES = (language.softmax_.declaration, pairs.softmax_pairs.declaration)
Point = tuple[Any, ...]


@dataclass(frozen=True)
class Read:
    """One entry of a table that was looked up: ``head(at…)`` is ``value``."""

    head: Head
    at: Point
    value: Any


@dataclass
class Entry:
    """One term of a row: the bound elements, the number in the exponent (if it was found), weight and value."""

    tokens: Point
    weight: float
    value: tuple[float, ...]
    score: float | None = None
    score_reads: tuple[Read, ...] = ()
    value_reads: tuple[Read, ...] = ()

    @property
    def source(self) -> tuple[Head, Point] | None:
        """The entry of a table of numbers that the value reads, if it is one: what is attended to."""
        return _source(self.value_reads)

    @property
    def seen_from(self) -> frozenset[Point]:
        """Where else the score reads that table: the tokens that attend."""
        source = self.source
        if source is None:
            return frozenset()
        return frozenset(read.at for read in self.score_reads if read.head == source[0]) - {source[1]}


def _source(reads: Iterable[Read]) -> tuple[Head, Point] | None:
    found = {(read.head, read.at) for read in reads if _is_of_tokens(read.head)}
    return found.pop() if len(found) == 1 else None


def _is_of_tokens(head: Head) -> bool:
    """Whether it takes an element of a base sort, such as a token, to a number, a vector or a matrix."""
    args, result = signature(head.sort)
    return is_real(result) and any(arg.cls == BASE for arg in args)


class Asked(NamedTuple):
    """What the predicate of a sum said of an element, from what it read, and what the element would have shown."""

    chosen: bool
    reads: tuple[Read, ...]
    source: tuple[Head, Point] | None


@dataclass
class Row:
    """One attention row: its terms, and the elements that the predicate of its sum was asked about."""

    entries: list[Entry] = field(default_factory=list)
    asked: dict[Point, Asked] = field(default_factory=dict)


@dataclass
class Pair:
    """Two entries that belong together; one of them may be missing."""

    key: Any
    left: Entry | None
    right: Entry | None

    @property
    def differs(self) -> bool:
        """Whether one is missing, or the values are not the same."""
        return self.left is None or self.right is None or self.left.value != self.right.value

    @property
    def weights(self) -> tuple[float, float]:
        return tuple(0.0 if entry is None else entry.weight for entry in (self.left, self.right))


@dataclass
class Parting:
    """A row of the left side beside the one of the right, entry by entry, and the entry where they part most."""

    left: Row
    right: Row
    pairs: list[Pair]
    matched: bool
    """Whether entries were matched by what they read, and not by their tokens."""

    @property
    def apart(self) -> Pair | None:
        """The entry with the clearest difference of weights; None where all weights agree."""
        found = max(self.pairs, key=_clearness, default=None)
        return found if found is not None and abs(found.weights[0] - found.weights[1]) > 1e-9 else None

    @property
    def differs(self) -> bool:
        """Whether weights or values differ anywhere."""
        return self.apart is not None or any(pair.differs for pair in self.pairs)

    @property
    def attends(self) -> bool:
        """Whether there are scores, as in attention, or it is a plain sum with all weights 1."""
        return any(entry.score is not None for row in (self.left, self.right) for entry in row.entries)


def _clearness(pair: Pair) -> tuple[float, float]:
    """How far the weights are apart, and how much of a value they carry."""
    entries = [entry for entry in (pair.left, pair.right) if entry is not None]
    return abs(pair.weights[0] - pair.weights[1]), max(abs(number) for entry in entries for number in entry.value)


class Sides(NamedTuple):
    """The rows of both sides, paired in their order, and what each side reads outside of them."""

    partings: list[Parting]
    left: tuple[Read, ...]
    right: tuple[Read, ...]

    @property
    def clearest(self) -> Parting | None:
        """Where the sides part: a row of attention if there is one, else a plain sum."""
        found = [each for each in self.partings if each.differs and each.pairs]
        return next((each for each in found if each.attends), found[0] if found else None)


def sides(found: Counterexample) -> Sides:
    """What each side of a counterexample adds up; no rows where one side has more of them than the other."""
    try:
        left, right = (_traced(side, found.model) for side in (found.problem.left, found.problem.right))
    except (NoModel, Undecided, OverflowError):
        return Sides([], (), ())
    rows = zip(left.rows, right.rows) if len(left.rows) == len(right.rows) else ()
    return Sides([_parting(*pair) for pair in rows], left.outside, right.outside)


def _parting(left: Row, right: Row) -> Parting:
    keys = (
        lambda entry: entry.source and (*entry.source, frozenset()),
        lambda entry: entry.source and (*entry.source, entry.seen_from),
    )
    matched = next((key for key in keys if all(_tells_apart(key, row) for row in (left, right))), None)
    key = matched or (lambda entry: entry.tokens)
    tables = [{key(entry): entry for entry in row.entries} for row in (left, right)]
    order = sorted({*tables[0], *tables[1]}, key=(lambda k: (str(k[0]), k[1], sorted(k[2]))) if matched else None)
    pairs_ = [Pair(each, tables[0].get(each), tables[1].get(each)) for each in order]
    return Parting(left, right, pairs_, matched is not None)


def _tells_apart(key: Callable[[Entry], Any], row: Row) -> bool:
    found = [key(entry) for entry in row.entries]
    return None not in found and len(set(found)) == len(found)


def _traced(side: Term, model: Model) -> _Trace:
    trace = _Trace(model)
    _, trace.outside = trace._noting(side, ())
    return trace


class _Trace(Exact):
    """Evaluates as ``Exact`` does, keeps nothing, and notes what it reads and the outermost rows of attention."""

    def __init__(self, model: Model) -> None:
        super().__init__(model, PRECISION)
        self.rows: list[Row] = []
        self.outside: tuple[Read, ...] = ()
        self._seen: set[tuple[Term, tuple]] = set()
        self._reads: list[Read] | None = None
        self._inside = False

    def value(self, term: Term, env: tuple) -> Any:
        if term.head.declaration in _SOFTMAXES:
            return self._softmax(term, env)
        if term.head.declaration in _SUMS and not self._inside:
            return self._row(term, env)
        return self._application(term, env)

    def _softmax(self, term: Term, env: tuple) -> Any:
        domain, score, *at = term.args
        point = tuple(self.value(index, env) for index in reversed(at))
        if not self._quietly(strip(domain)[1], (*point, *env)):
            return self._zero(term, env)
        power = lambda p: self._exp(self.value(strip(score)[1], (*p, *env)))
        kept, self._reads = self._reads, None
        total = self._total(power(p) for p in self.chosen(domain, env))
        self._reads = kept
        return self._times(power(point), self._reciprocal(total))

    def _variable(self, head: Head, values: list, term: Term) -> Any:
        value = super()._variable(head, values, term)
        if self._reads is not None and values and all(is_finite(arg.sort) for arg in term.args):
            self._reads.append(Read(head, tuple(values), value))
        return value

    def _row(self, term: Term, env: tuple) -> Any:
        kept, self._reads = self._reads, None
        self._inside, row, key = True, Row(), (term, env[: term.loose])
        if key not in self._seen:  # the same row may be asked for twice, by an adapter on the output
            self.rows.append(row)
        self._seen.add(key)
        total = self._zero(term, env)
        for tokens, weighted, inner in self._terms(term, env, (), row):
            weight, value = weighted.args if _is_weighted(weighted) else (_ONE, weighted)
            entry = Entry(tokens, 0.0, ())
            number, _ = self._noting(weight, inner)
            vector, entry.value_reads = self._noting(value, inner)
            score = _score(weight)
            if score is not None:
                body, indices = score
                found, entry.score_reads = self._noting(body, (*(inner[index] for index in indices), *inner))
                entry.score = _number(found)
            entry.weight = _number(number)
            entry.value = tuple(map(_number, vector)) if type(vector) is tuple else (_number(vector),)
            row.entries.append(entry)
            total = self._entrywise(self._plus, total, self._entrywise(lambda e, w=number: self._times(w, e), vector))
        self._inside, self._reads = False, kept
        return total

    def _terms(self, term: Term, env: tuple, tokens: Point, row: Row) -> Iterator[tuple[Point, Term, tuple]]:
        """The weighted terms of nested sums, each with its bound elements and its environment."""
        (binders, domain), (_, body) = map(strip, term.args)
        is_last = body.head.declaration not in _SUMS
        for point in self._looked_at(term.args[0], binders, env):
            inner, path = (*point, *env), (*tokens, *reversed(point))
            chosen, reads = self._noting(domain, inner)
            shown = body.args[1] if _is_weighted(body) else body
            row.asked[path] = Asked(chosen, reads, _source(self._noting(shown, inner)[1]) if is_last else None)
            if chosen and is_last:
                yield path, body, inner
            elif chosen:
                yield from self._terms(body, inner, path, row)

    def _looked_at(self, domain: Term, binders: tuple, env: tuple) -> list[Point]:
        """Elements, or pairs of them with the last first, among which are all that the domain of a sum holds."""
        if binders[0] in self.model.infinite:
            return self.chosen(domain, env)
        return [point[::-1] for point in product(*map(self._points, binders))]

    def _noting(self, term: Term, env: tuple) -> tuple[Any, tuple[Read, ...]]:
        kept, self._reads = self._reads, []
        value = self.value(term, env)
        reads, self._reads = tuple(dict.fromkeys(self._reads)), kept
        return value, reads

    def _quietly(self, term: Term, env: tuple) -> Any:
        kept, self._reads = self._reads, None
        value = self.value(term, env)
        self._reads = kept
        return value


def _is_weighted(term: Term) -> bool:
    """Whether a term of a sum is ``w v`` with a softmax or an ``exp`` in w; else all its terms have weight 1."""
    return term.head.declaration == language.scale.declaration and _score(term.args[0]) is not None


def _score(weight: Term) -> tuple[Term, tuple[int, ...]] | None:
    """The term in the exponent, and for which bound variables it is asked: those of a softmax, innermost first."""
    if weight.body is not None:
        return None
    if weight.head.declaration in _SOFTMAXES:
        at = [index.head for index in reversed(weight.args[2:])]
        return (
            (strip(weight.args[1])[1], tuple(head.index for head in at)) if all(h.kind == BOUND for h in at) else None
        )
    if weight.head.declaration == language.exp.declaration:
        return weight.args[0], ()
    return next((found for arg in weight.args if (found := _score(arg)) is not None), None)


def _number(value: Any) -> float:
    low, high = bounds(value)
    return float((low + high) / 2)
