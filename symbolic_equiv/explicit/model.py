"""A finite model of a statement's hypotheses, with a symbol for every entry that they leave free.

Built from sorts and from the shapes of the hypotheses alone, never from a symbol's spelling:

- ``v = …`` for a variable ``v`` that the right side does not mention *defines* v;
- maps between finite sorts get the first tables, from a short list, that the hypotheses allow;
- ``λ…. v(s) = v(t)``, with finite arguments, makes entries of ``v`` *equal*: one symbol for each class;
- predicates hold everywhere, or in a window, or at random, the same throughout a class;
- a map of vectors is opaque if the hypotheses allow that; otherwise linear; otherwise it acts token by token.

Then every hypothesis is checked: each instance, both sides, by their normal forms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from random import Random
from typing import Any

from symbolic_equiv.explicit.algebra import Values
from symbolic_equiv.explicit.defined import definitions
from symbolic_equiv.explicit.errors import ExplicitError, HypothesisError
from symbolic_equiv.explicit.exact import Exact, Expanded, equal
from symbolic_equiv.explicit.fold import Fold, Interpretation
from symbolic_equiv.explicit.graph import FUNCTION, VARIABLE, Graph, Node
from symbolic_equiv.explicit.sizes import Sizes, is_discrete
from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.latex.counted import counted
from symbolic_equiv.theories.statement import Hypothesis, Statement

ALL, WINDOW, RANDOM = "all", "window", "random"
"""Where predicates hold: everywhere, at distance at most 1, or at random."""

MAX_ATTEMPTS = 400


class Model(Interpretation):
    """Tables, classes of equal entries, definitions; ``individuals`` are the free elements, left open."""

    def __init__(
        self,
        statement: Statement,
        sizes: Sizes,
        predicates: str = ALL,
        seed: int = 0,
        tables: Mapping[str, Sequence[int]] | None = None,
        linear: bool = False,
    ) -> None:
        self.statement, self.sizes, self.predicates, self.seed = statement, sizes, predicates, seed
        self.linear = linear
        """Whether maps of vectors are matrices where the hypotheses allow it, although they might be arbitrary."""
        self.definitions = definitions(statement)
        self.graph = Graph(self.definitions)
        free = [head for head in statement.variables() if head not in self.definitions]
        self.individuals = [head for head in free if is_discrete(head.sort)]
        self.maps = [head for head in free if _is_element(_codomain(head)) and head not in self.individuals]
        self.relations = [head for head in free if _codomain(head).name == "Bool" and head not in self.individuals]
        self.functions = [head for head in free if _takes_vectors(head)]
        self._tables: dict[Head, Any] = {}
        self._classes: dict[Head, dict[Values, Values]] = {}
        self._holds: dict[Head, dict[Values, bool]] = {}
        self._forms = {head: _forms(head, linear)[0] for head in self.functions}
        self._checks = self._equations()
        self._build(tables or {})

    # What the fold asks for.

    def element(self, head: Head, args: Values) -> Any:
        if head in self._tables:
            return self._tables[head][args]
        holds = self._holds.get(head)
        return True if holds is None else holds[self.representative(head, args)]

    def representative(self, head: Head, args: Values) -> Values:
        classes = self._classes.get(head)
        while classes is not None and args in classes:
            args = classes[args]
        return args

    def form(self, head: Head) -> str:
        return self._forms[head]

    def tables(self) -> dict[str, object]:
        """The maps of elements and the predicates, as they are shown."""
        found: dict[str, object] = {str(head.name): dict(table) for head, table in self._tables.items()}
        for head in self.relations:
            places = product(*(self.sizes.elements(domain) for domain in _domains(head)))
            found[str(head.name)] = {place: self.element(head, place) for place in places}
        return found

    def differs_from_all(self) -> bool:
        """Whether it has a predicate that does not hold everywhere, or a map that could have been chosen otherwise."""
        return bool(self.maps) or not all(all(holds.values()) for holds in self._holds.values())

    # How it is built.

    def _equations(self) -> list[_Check]:
        """The hypotheses that are not settled by unfolding, over the free individuals."""
        found = []
        for item in self.statement.hypotheses:
            for left, right in item.equations:
                s, t = self.graph.add(left, self.individuals), self.graph.add(right, self.individuals)
                if s != t:
                    found.append(_Check(item, *s, *t, frozenset(self.maps) & (_heads(s[0]) | _heads(t[0]))))
        return found

    def _build(self, given: Mapping[str, Sequence[int]]) -> None:
        failures: list[HypothesisError] = []
        unknown = set(given) - {str(head.name) for head in self.maps}
        if unknown:
            raise ExplicitError(f"tables: {', '.join(sorted(unknown))} is no map of elements of this statement")
        # what speaks of the groups and actions alone, such as "every element is its own inverse", no table can mend
        failure = self._failure([check for check in self._checks if check.of_elements and not check.maps])
        failure = failure or self._assign(
            {head: self._candidates(head, given.get(str(head.name))) for head in self.maps}
        )
        if failure is not None:
            raise failure
        forms = product(*(_forms(head, self.linear) for head in self.functions))
        for attempt in islice(forms, MAX_ATTEMPTS if self._checks else 1):
            self._forms = dict(zip(self.functions, attempt))
            self._classes, self._holds = {}, {}
            if not self._settled_by_constants():
                self._merge()
                self._choose_truth()
            rest = [check for check in self._checks if not check.of_elements]
            failure = self._failure([check for check in rest if self.predicates != ALL or not self._both_hold(check)])
            if failure is None:
                return
            failures.append(failure)
        raise failures[-1] if not self.functions else failures[0]

    def _assign(self, choices: Mapping[Head, list[dict[Values, int]]]) -> HypothesisError | None:
        """Give each map of elements its first table that the hypotheses allow, given those before it."""
        if len(self._tables) == len(self.maps):
            return None
        head, first = self.maps[len(self._tables)], None
        for table in choices[head]:
            self._tables[head] = table
            ready = [check for check in self._checks if head in check.maps and check.maps <= self._tables.keys()]
            failure = self._failure([check for check in ready if check.of_elements]) or self._assign(choices)
            if failure is None:
                return None
            first = first or failure
            del self._tables[head]
        return first

    def _settled_by_constants(self) -> bool:
        """Whether predicates that hold everywhere are wanted, and settle all that is not about maps of elements."""
        rest = [check for check in self._checks if not check.of_elements and not self._both_hold(check)]
        return (
            self.predicates == ALL
            and all(body(check.left).sort.name != "Bool" for check in rest)
            and (self._failure(rest) is None)
        )

    def _candidates(self, head: Head, given: Sequence[int] | None) -> list[dict[Values, int]]:
        """Tables for a map of elements: one at random, then turns (for x: the identity), then permutations."""
        domains, codomain = _domains(head), _codomain(head)
        if not all(is_discrete(domain) for domain in domains):
            raise ExplicitError(f"{head.name} : {head.sort}: an element that depends on vectors cannot be listed")
        places = list(product(*(self.sizes.elements(domain) for domain in domains)))
        size = len(self.sizes.elements(codomain))
        if given is not None:
            if len(given) != len(places) or not all(type(e) is int and 0 <= e < size for e in given):
                takes = f"{head.name} takes {counted(len(places), 'element')} to numbers below {size}"
                raise ExplicitError(f"tables: {takes}, found {list(given)}")
            return [dict(zip(places, given))]
        shuffle = list(range(size))
        Random(self.seed).shuffle(shuffle)
        wild = [Random(f"{self.seed} {head.name}").randrange(size) for _ in places]
        mixed = [[shuffle[e % size] for e in range(len(places))], [shuffle.index(e % size) for e in range(len(places))]]
        turns = [1, -1, 0] if domains[0] == codomain else [0]
        plain = [[(sum(map(int, place)) + turn) % size for place in places] for turn in turns]
        rows = [wild, *mixed, *plain] if self.predicates == RANDOM else [wild, *plain, *mixed]
        return [dict(zip(places, row)) for row in rows]

    def _merge(self) -> None:
        """One class for entries that a hypothesis ``λ…. v(s) = v(t)`` makes equal."""
        fold = Fold(self, Exact())
        for check in self._checks:
            for left, left_values, right, right_values in self._instances(fold, check):
                if not left.kind == right.kind == VARIABLE or left.label != right.label or left.label in self._tables:
                    continue
                if not all(is_discrete(domain) for domain in _domains(left.label)):
                    continue
                a = self.representative(left.label, tuple(fold.children(left, left_values)))
                b = self.representative(right.label, tuple(fold.children(right, right_values)))
                if a != b:
                    self._classes.setdefault(left.label, {})[max(a, b)] = min(a, b)

    def _choose_truth(self) -> None:
        if self.predicates == ALL:
            return
        random = Random(self.seed)
        for head in self.relations:
            domains = _domains(head)
            places = product(*(self.sizes.elements(domain) for domain in domains))
            classes = [place for place in places if self.representative(head, place) == place]
            near = {place: _near(self.sizes, domains, place) for place in classes}
            wild = {place: random.random() < 0.5 for place in classes}
            if len(set(wild.values())) == 1 < len(classes):
                wild[classes[-1]] = not wild[classes[-1]]
            self._holds[head] = near if self.predicates == WINDOW else wild

    def _instances(self, fold: Fold, check: _Check) -> Iterator[tuple]:
        """Both sides below their binders, for all individuals and all arguments."""
        free = self.individuals if check.left_reads or check.right_reads else ()
        for chosen in product(*(self.sizes.elements(head.sort) for head in free)):
            yield from self._at(fold, check, chosen)

    def _at(self, fold: Fold, check: _Check, chosen: Values) -> Iterator[tuple]:
        left, right = (tuple([chosen[p] for p in reads]) for reads in (check.left_reads, check.right_reads))
        return self._below(fold, check.left, left, check.right, right, 0)

    def _below(self, fold: Fold, left: Node, ls: Values, right: Node, rs: Values, depth: int) -> Iterator[tuple]:
        if left.kind != FUNCTION or right.kind != FUNCTION:
            yield left, ls, right, rs
            return
        (s, s_places), (t, t_places) = left.children[0], right.children[0]
        domain = left.sort
        args = fold.elements(domain) if is_discrete(domain) else [fold.generic(domain, (("any", domain), depth))]
        if len(ls) not in s_places and len(rs) not in t_places and args:
            args = args[:1] if isinstance(args, (list, tuple, range)) else [next(iter(args))]
        for arg in args:
            known, also = (*ls, arg), (*rs, arg)
            s_values, t_values = tuple([known[p] for p in s_places]), tuple([also[p] for p in t_places])
            yield from self._below(fold, s, s_values, t, t_values, depth + 1)

    def _failure(self, checks: Sequence[_Check]) -> HypothesisError | None:
        """The first of these hypotheses that fails.

        A hypothesis about free individuals restricts them, and is not a failure: see ``admits``.
        """
        fold = Fold(self, Expanded())
        for check in checks:
            if check.left_reads or check.right_reads:
                continue
            for left, ls, right, rs in self._instances(fold, check):
                a, b = fold.value(left, ls), fold.value(right, rs)
                if not equal(a, b):
                    found = f"{a} is not {b}" if type(a) in (int, bool) else "the entries of the sides differ"
                    return HypothesisError(check.hypothesis.name, check.hypothesis.says, found)
        return None

    def _both_hold(self, check: _Check) -> bool:
        """Whether both sides are made of predicates that hold everywhere, so that there is nothing to enumerate."""
        return self._always(body(check.left)) and self._always(body(check.right))

    def _always(self, node: Node) -> bool:
        if node.kind == VARIABLE:
            return node.label in self.relations and node.label not in self._holds
        return node.label == "true" or (node.label == "and" and all(self._always(part) for part, _ in node.children))

    def admits(self, fold: Fold, chosen: Values) -> bool:
        """Whether the free individuals, at these values, satisfy the hypotheses that mention them."""
        for check in self._checks:
            if not (check.left_reads or check.right_reads) or (self.predicates == ALL and self._both_hold(check)):
                continue
            for left, ls, right, rs in self._at(fold, check, chosen):
                if not equal(fold.value(left, ls), fold.value(right, rs)):
                    return False
        return True


@dataclass(frozen=True)
class _Check:
    """A hypothesis to be checked: both sides, which free individuals they read, and the maps of elements in them."""

    hypothesis: Hypothesis
    left: Node
    left_reads: tuple[int, ...]
    right: Node
    right_reads: tuple[int, ...]
    maps: frozenset[Head]

    @property
    def of_elements(self) -> bool:
        """Whether it is about maps of elements alone."""
        return _is_element(body(self.left).sort)


def _heads(node: Node) -> set[Head]:
    """The variables in a node."""
    found = {node.label} if node.kind == VARIABLE else set()
    return found.union(*(_heads(part) for part, _ in node.children))  # type: ignore[return-value]


def _is_element(sort: Sort) -> bool:
    return is_discrete(sort) and sort.name != "Bool"


def body(node: Node) -> Node:
    """What a function returns, below all its binders."""
    while node.kind == FUNCTION:
        node = node.children[0][0]
    return node


def _domains(head: Head) -> list[Sort]:
    found, sort = [], head.sort
    while sort.name == "→":
        found.append(sort.args[0])
        sort = sort.args[1]
    return found


def _codomain(head: Head) -> Sort:
    sort = head.sort
    while sort.name == "→":
        sort = sort.args[1]
    return sort


def _takes_vectors(head: Head) -> bool:
    return _codomain(head).name in ("Scalar", "Vec", "Mat") and not all(map(is_discrete, _domains(head)))


def _forms(head: Head, linear: bool) -> tuple[str, ...]:
    """How a map of vectors may be read: token by token only if it takes a table and then one of its places."""
    domains = _domains(head)
    places = [domain for domain in domains if is_discrete(domain)]
    tables = [domain for domain in domains if domain.name == "→" and places and domain.args[0] == places[-1]]
    first = ("linear", "opaque") if linear else ("opaque", "linear")
    return (*first, "pointwise") if tables else first


def _near(sizes: Sizes, domains: list[Sort], place: Values) -> bool:
    """Whether the first two arguments are at distance at most 1, if they are of one sort; else always."""
    if len(domains) < 2 or domains[0] != domains[1] or domains[0] not in sizes.carriers:
        return True
    group = next(
        (c for c in sizes.carriers.values() if hasattr(c, "mul") and len(c) == len(sizes.carriers[domains[0]])), None
    )
    return (group or sizes.carriers[domains[0]]).distance(place[0], place[1]) <= 1
