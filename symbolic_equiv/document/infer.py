"""Sort inference: unification over the kernel's sorts.

An unknown sort is a kernel sort variable; ``Sorts`` says what is known about each.  ``mark`` and ``undo``
take back what was learnt from a reading that came to nothing.
"""

from __future__ import annotations

from functools import lru_cache, partial

from symbolic_equiv.kernel.sorts import ANY, BASE, DIMENSION, FORMER, LINEAR, VARIABLE, Sort, belongs
from symbolic_equiv.theories.language import base, dim, vec

_formed = lru_cache(maxsize=4096)(partial(Sort, FORMER))
_unknown = lru_cache(maxsize=4096)(lambda number, cls: Sort(VARIABLE, f"u{number}", (), cls))
"""Each pass over a document begins with the same unknown sorts, and builds much the same of them."""


LONG = 8
"""So many steps from an unknown to what it is known to be are shortened."""


class Mismatch(Exception):
    """Two sorts that cannot be the same."""

    def __init__(self, left: Sort, right: Sort) -> None:
        super().__init__()
        self.left, self.right = left, right

    def __str__(self) -> str:  # not before it is asked for: most are caught
        return f"{self.left} is not {self.right}"


class Sorts:
    """What is known about the unknown sorts of a document."""

    def __init__(self) -> None:
        self.known: dict[Sort, Sort] = {}
        self.hints: dict[Sort, str] = {}
        """The name that an unknown base sort or dimension gets if nothing else is learnt of it."""
        self._trail: list[tuple[Sort, Sort | None]] = []
        """What became known, and what was known of it before."""
        self._count = 0

    def fresh(self, cls: str = ANY, hint: str = "") -> Sort:
        """A sort that nothing is known of but its class."""
        self._count += 1
        unknown = _unknown(self._count, cls)
        if hint:
            self.hints[unknown] = hint
        return unknown

    def mark(self) -> int:
        return len(self._trail)

    @property
    def learnt(self) -> object:
        """What was learnt last: as long as it is the same thing, neither more nor less is known."""
        return self._trail[-1] if self._trail else None

    def undo(self, mark: int) -> None:
        while len(self._trail) > mark:
            unknown, before = self._trail.pop()
            if before is None:
                del self.known[unknown]
            else:
                self.known[unknown] = before

    def walk(self, sort: Sort) -> Sort:
        """The sort, or what an unknown one is known to be, at the top; a long way there is shortened."""
        passed = []
        while sort.tag == VARIABLE and (following := self.known.get(sort)) is not None:
            passed.append(sort)
            sort = following
        if len(passed) > LONG:
            for each in passed[:-1]:
                self._trail.append((each, self.known[each]))
                self.known[each] = sort
        return sort

    def resolve(self, sort: Sort) -> Sort:
        """The sort with everything that is known put in."""
        sort = self.walk(sort)
        if not sort.args or not sort.schematic:
            return sort
        args = tuple([self.resolve(arg) for arg in sort.args])
        return sort if args == sort.args else _formed(sort.name, args)

    def unify(self, left: Sort, right: Sort) -> None:
        """Learn that the two are the same sort; raises ``Mismatch`` (with what was learnt so far undone)."""
        mark = self.mark()
        try:
            self._unify(left, right)
        except Mismatch:
            self.undo(mark)
            raise Mismatch(self.resolve(left), self.resolve(right)) from None

    def same(self, left: Sort, right: Sort) -> bool:
        """Unify if possible."""
        mark = self.mark()
        try:
            self._unify(left, right)
        except Mismatch:
            self.undo(mark)
            return False
        return True

    def could_be(self, left: Sort, right: Sort) -> bool:
        """Whether they would unify; learns nothing."""
        mark = self.mark()
        found = self.same(left, right)
        self.undo(mark)
        return found

    def _unify(self, left: Sort, right: Sort) -> None:
        left, right = self.walk(left), self.walk(right)
        if left == right:
            return
        if left.tag == VARIABLE:
            if right.tag == VARIABLE and _rank(left) > _rank(right):
                left, right = right, left
            self._bind(left, right)
        elif right.tag == VARIABLE:
            self._bind(right, left)
        elif left.args and left.name == right.name and len(left.args) == len(right.args):
            for one, other in zip(left.args, right.args, strict=True):
                self._unify(one, other)
        else:
            raise Mismatch(left, right)

    def _bind(self, unknown: Sort, sort: Sort) -> None:
        """``unknown`` is ``sort``; of two unknowns the one with the narrower class stays."""
        fits = _narrower(sort.cls, unknown.cls) if sort.tag == VARIABLE else belongs(sort, unknown.cls)
        if not fits or unknown in self.resolve(sort).leaves or self._apart(unknown, sort):
            raise Mismatch(unknown, sort)
        if sort.tag == VARIABLE and unknown in self.hints:
            self.hints.setdefault(sort, self.hints[unknown])
        self.known[unknown] = sort
        self._trail.append((unknown, None))

    def _apart(self, left: Sort, right: Sort) -> bool:
        """Two sets of the built-in context are different, unless both are the same set of the document."""
        one, other = self.hints.get(left), self.hints.get(right)
        return left.cls == right.cls == BASE and None not in (one, other) and one != other

    def settle(self, taken: set[str]) -> None:
        """Give each hint that is still free to the unknown sort that asked for it (``default`` does the rest)."""
        for unknown, hint in list(self.hints.items()):
            if self.walk(unknown) == unknown and unknown.cls in (BASE, DIMENSION) and hint not in taken:
                taken.add(hint)
                self.known[unknown] = (base if unknown.cls == BASE else dim)(hint)

    def default(self, sort: Sort, taken: set[str], keep: frozenset[Sort] = frozenset()) -> Sort:
        """The sort with a name of its own for each base sort or dimension that stayed unknown."""
        sort = self.resolve(sort)
        for leaf in sorted(sort.leaves, key=lambda leaf: leaf.name):
            if leaf.tag != VARIABLE or leaf in keep:
                continue
            stem = self.hints.get(leaf) or ("n" if leaf.cls in (DIMENSION, LINEAR) else "T")
            name, number = stem, 1
            while name in taken:
                name, number = f"{stem}_{number}", number + 1
            taken.add(name)
            self.known[leaf] = (
                dim(name) if leaf.cls == DIMENSION else vec(dim(name)) if leaf.cls == LINEAR else base(name)
            )
        return self.resolve(sort)


def _rank(sort: Sort) -> int:
    return {ANY: 0, LINEAR: 1, BASE: 1, DIMENSION: 1}[sort.cls]


def _narrower(cls: str, than: str) -> bool:
    return cls == than or (than == ANY and cls != DIMENSION)
