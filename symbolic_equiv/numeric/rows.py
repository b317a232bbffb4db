"""Where the two sides of a counterexample part: the rows of attention on each side, and what was read for them.

A *row* is a sum of weighted terms, ``Σ_j w(j) v(j)`` with a softmax or an ``exp`` in ``w``, or a plain sum; sums inside
sums make one row over pairs.  Entries of the two rows belong together where their values read the same entry of a
table, such as ``f(1)``: a translated signal shows at one token what the other side sees at another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from symbolic_equiv.kernel.sorts import BASE
from symbolic_equiv.kernel.terms import BOUND, Head, Term
from symbolic_equiv.numeric.counterexample import Counterexample
from symbolic_equiv.numeric.domains import elements
from symbolic_equiv.numeric.errors import NoModel, Undecided
from symbolic_equiv.numeric.models import Model, is_finite, is_real, signature
from symbolic_equiv.numeric.rigorous import Exact, bounds
from symbolic_equiv.theories import language

PRECISION = 160
_ONE = language.one().term
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


def partings(found: Counterexample) -> list[Parting]:
    """The rows of both sides, paired in their order; empty where a side has none, or not as many as the other."""
    try:
        left, right = (_rows(side, found.model) for side in (found.problem.left, found.problem.right))
    except (NoModel, Undecided, OverflowError):
        return []
    if len(left) != len(right):
        return []
    return [_parting(*rows) for rows in zip(left, right)]


def _parting(left: Row, right: Row) -> Parting:
    sources = [[entry.source for entry in row.entries] for row in (left, right)]
    matched = all(None not in each and len(set(each)) == len(each) for each in sources)
    matched = matched and bool(left.entries or right.entries)
    keys = [(lambda entry: entry.source) if matched else (lambda entry: entry.tokens)] * 2
    tables = [{key(entry): entry for entry in row.entries} for key, row in zip(keys, (left, right))]
    order = sorted({*tables[0], *tables[1]}, key=lambda key: (str(key[0]), key[1]) if matched else key)
    return Parting(left, right, [Pair(key, tables[0].get(key), tables[1].get(key)) for key in order], matched)


def _rows(side: Term, model: Model) -> list[Row]:
    trace = _Trace(model)
    trace.value(side, ())
    return trace.rows


class _Trace(Exact):
    """Evaluates as ``Exact`` does, keeps nothing, and notes what it reads and the outermost rows of attention."""

    def __init__(self, model: Model) -> None:
        super().__init__(model, PRECISION)
        self.rows: list[Row] = []
        self._seen: set[tuple[Term, tuple]] = set()
        self._reads: list[Read] | None = None
        self._inside = False

    def value(self, term: Term, env: tuple) -> Any:
        if term.head.declaration == language.softmax_.declaration:
            return self._softmax(term, env)
        if term.head.declaration == language.sum_.declaration and not self._inside:
            return self._row(term, env)
        return self._application(term, env)

    def _softmax(self, term: Term, env: tuple) -> Any:
        domain, score, at = term.args
        point = self.value(at, env)
        if not self._quietly(domain.body, (point, *env)):
            return self._zero(term, env)
        power = lambda p: self._exp(self.value(score.body, (p, *env)))
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
                found, entry.score_reads = self._noting(score[0], (inner[score[1]], *inner) if score[1] >= 0 else inner)
                entry.score = _number(found)
            entry.weight = _number(number)
            entry.value = tuple(map(_number, vector)) if type(vector) is tuple else (_number(vector),)
            row.entries.append(entry)
            total = self._entrywise(self._plus, total, self._entrywise(lambda e, w=number: self._times(w, e), vector))
        self._inside = False
        return total

    def _terms(self, term: Term, env: tuple, tokens: Point, row: Row) -> Iterator[tuple[Point, Term, tuple]]:
        """The weighted terms of nested sums, each with its bound elements and its environment."""
        domain, body = term.args
        for point in self._looked_at(domain, env):
            inner = (point, *env)
            chosen, reads = self._noting(domain.body, inner)
            is_last = body.body.head.declaration != language.sum_.declaration
            shown = body.body.args[1] if _is_weighted(body.body) else body.body
            source = _source(self._noting(shown, inner)[1]) if is_last else None
            row.asked[(*tokens, point)] = Asked(chosen, reads, source)
            if not chosen:
                continue
            if not is_last:
                yield from self._terms(body.body, inner, (*tokens, point), row)
            else:
                yield (*tokens, point), body.body, inner

    def _looked_at(self, domain: Term, env: tuple) -> list:
        if domain.domain in self.model.infinite:
            return elements(self, domain, env) or []
        return self._points(domain.domain)

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


def _score(weight: Term) -> tuple[Term, int] | None:
    """The term in the exponent, and which bound variable it is a function of (−1: of none, it can be evaluated)."""
    if weight.body is not None or weight.head is None:
        return None
    if weight.head.declaration == language.softmax_.declaration:
        at = weight.args[2]
        return (weight.args[1].body, at.head.index) if at.head.kind == BOUND else None
    if weight.head.declaration == language.exp.declaration:
        return weight.args[0], -1
    return next((found for arg in weight.args if (found := _score(arg)) is not None), None)


def _number(value: Any) -> float:
    low, high = bounds(value)
    return float((low + high) / 2)
