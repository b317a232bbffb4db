"""Random equations about tokens at positions in a group: printed in LaTeX here, and evaluated here too.

Nothing of the package is used, so that a slip in its reader or its evaluator shows.  An expression is a tuple whose
first part says what it is; ``x^{-1}(…)`` is a token, ``-`` multiplies by the inverse from the right.
"""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import dataclass, field
from typing import Any

Tree = tuple[Any, ...]

DECLARED = r"""Let $x : S \to X$ be a bijection of the finite set $S$ onto a group $X$, $f, g : S \to \mathbb{R}$,
$N : S \to 2^S$, $\rho : X \to \mathbb{R}$, $\kappa : S \times S \to \mathbb{R}$, $a \in \mathbb{R}$, $i, k \in S$ and
$y, z \in X$. Let $\sigma$ denote the softmax.
"""
MOVING = r"""We assume that $x^{-1}(x(t) + z) \in N(x^{-1}(x(s) + z))$ if and only if $t \in N(s)$ for all $s, t \in S$
and $z \in X$.
"""
BOUND = ("j", "l", "s", "t")


def _symmetric() -> list[list[int]]:
    elements = list(itertools.permutations(range(3)))
    return [[elements.index(tuple(a[b[k]] for k in range(3))) for b in elements] for a in elements]


GROUPS = [_symmetric(), *([[(a + b) % n for b in range(n)] for a in range(n)] for n in (2, 3, 4))]


@dataclass
class Model:
    """A group by its table, tokens 0, 1, … at its elements, and random values."""

    rng: random.Random
    moving: bool
    letters: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng = self.rng
        self.table = rng.choice([GROUPS[0], *GROUPS])
        size = self.size = len(self.table)
        one = next(a for a in range(size) if self.table[a] == list(range(size)))
        self.inverse = [row.index(one) for row in self.table]
        self.place = rng.sample(range(size), size)
        value = lambda: rng.randint(-3, 3)
        self.values = {name: [value() for _ in range(size)] for name in ("f", "g", "rho")}
        self.kappa = [[value() for _ in range(size)] for _ in range(size)]
        differences = {p for p in range(size) if rng.random() < 0.5}
        if self.moving:
            near = lambda t, i: self.table[self.place[t]][self.inverse[self.place[i]]] in differences
        else:
            near = lambda t, i: rng.random() < 0.5
        self.near = [[t for t in range(size) if near(t, i)] for i in range(size)]
        self.letters = {letter: rng.randrange(size) for letter in "ikyz"} | {"a": value()}

    def value(self, tree: Tree, letters: dict[str, int] | None = None) -> Any:
        """The value of a token, a position or a number."""
        at = self.letters if letters is None else letters
        kind, *parts = tree
        if kind == "letter":
            return at[parts[0]]
        if kind == "token":
            return self.place.index(self.value(parts[0], at))
        if kind == "x":
            return self.place[self.value(parts[0], at)]
        if kind in ("+", "-"):
            left, right = (self.value(part, at) for part in parts)
            return self.table[left][self.inverse[right] if kind == "-" else right]
        if kind in self.values:
            return self.values[kind][self.value(parts[0], at)]
        if kind == "kappa":
            return self.kappa[self.value(parts[0], at)][self.value(parts[1], at)]
        if kind in ("add", "times"):
            left, right = (self.value(part, at) for part in parts)
            return left + right if kind == "add" else left * right
        bound, domain, *bodies = parts
        tokens = range(self.size) if domain == ("all",) else self.near[self.value(domain[1], at)]
        terms = [[self.value(body, {**at, bound: t}) for body in bodies] for t in tokens]
        if kind == "sum":
            return sum(term for (term,) in terms)
        weights = [math.exp(score) for score, _ in terms]
        return sum(w * term for w, (_, term) in zip(weights, terms, strict=True)) / (sum(weights) or 1)


def latex(tree: Tree) -> str:
    """The expression as a paper prints it."""
    kind, *parts = tree
    if kind == "letter":
        return parts[0]
    if kind == "token":
        return f"x^{{-1}}({latex(parts[0])})"
    if kind in ("+", "-"):
        return f"{latex(parts[0])} {kind} {_bracketed(parts[1], '+', '-')}"
    if kind in ("x", "f", "g", "rho"):
        return f"{chr(92) if kind == 'rho' else ''}{kind}({latex(parts[0])})"
    if kind == "kappa":
        return rf"\kappa({latex(parts[0])}, {latex(parts[1])})"
    if kind in ("add", "times"):
        left = _bracketed(parts[0], "sum", "softmax", *(("add",) if kind == "times" else ()))
        return f"{left} {'+ ' if kind == 'add' else ''}{_bracketed(parts[1], 'add', 'sum', 'softmax')}"
    bound, domain, *bodies = parts
    over = rf"\sum_{{{bound} \in {'S' if domain == ('all',) else f'N({latex(domain[1])})'}}}"
    weight = "" if kind == "sum" else rf" \sigma_{bound}\left({latex(bodies[0])}\right)"
    return f"{over}{weight} {_bracketed(bodies[-1], 'add', 'sum', 'softmax')}"


def _bracketed(tree: Tree, *kinds: str) -> str:
    return f"({latex(tree)})" if tree[0] in kinds else latex(tree)


class Equations:
    """Random expressions, rewritten into equal ones, and most of these spoilt in a place."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def equation(self, moving: bool) -> tuple[Tree, Tree]:
        left = right = self.number(["i", "k"], self.rng.choice([1, 2, 2, 3]))
        for _ in range(self.rng.choice([1, 2, 3])):
            right = self.rewritten(right, moving)
        return left, self.spoilt(right) if self.rng.random() < 0.6 else right

    def token(self, letters: list[str]) -> Tree:
        letter = ("letter", self.rng.choice(letters))
        if self.rng.random() < 0.5:
            return letter
        other = self.rng.choice([("letter", "y"), ("letter", "z"), ("x", ("letter", self.rng.choice(letters)))])
        sides = [("x", letter), other]
        self.rng.shuffle(sides)
        return ("token", (self.rng.choice("+-"), *sides))

    def number(self, letters: list[str], depth: int) -> Tree:
        kind = (
            self.rng.choice(["add", "times", "sum", "sum", "softmax", "softmax", "leaf", "leaf"]) if depth else "leaf"
        )
        if kind == "leaf":
            difference = ("-", ("x", self.token(letters)), ("x", self.token(letters)))
            one = lambda name: (name, self.token(letters))
            kappa = ("kappa", self.token(letters), self.token(letters))
            return self.rng.choice([one("f"), one("f"), one("g"), ("rho", difference), kappa, ("letter", "a")])
        if kind in ("add", "times"):
            return (kind, self.number(letters, depth - 1), self.number(letters, depth - 1))
        bound = next(letter for letter in BOUND if letter not in letters)
        domain = ("all",) if self.rng.random() < 0.35 else ("near", self.token(letters))
        bodies = [self.number([*letters, bound], depth - 1) for _ in range(1 if kind == "sum" else 2)]
        return (kind, bound, domain, *bodies)

    def rewritten(self, tree: Tree, moving: bool) -> Tree:
        """The same in another form: exchanged, moved there and back, or re-indexed by a translation."""
        places = [(path, part) for path, part in _parts(tree) if part[0] in ("add", "times", "sum", "softmax", "x")]
        if not places:
            return tree
        path, part = self.rng.choice(places)
        kind, by, sign = part[0], ("letter", self.rng.choice("yz")), self.rng.choice("+-")
        back = "-" if sign == "+" else "+"
        if kind in ("add", "times"):
            return _put(tree, path, (kind, part[2], part[1]))
        if kind == "x":
            return _put(tree, path, (back, (sign, part, by), by))
        if part[2] != ("all",) and not moving:
            return tree
        moved = lambda token, way: ("token", (way, ("x", token), by))
        bound = ("letter", part[1])
        domain = part[2] if part[2] == ("all",) else ("near", moved(part[2][1], back))
        return _put(
            tree, path, (kind, part[1], domain, *(_replaced(each, bound, moved(bound, sign)) for each in part[3:]))
        )

    def spoilt(self, tree: Tree) -> Tree:
        """One slip: a sign, an order, a letter, a function, a domain."""
        for path, part in self.rng.sample(list(_parts(tree)), len(list(_parts(tree)))):
            kind = part[0]
            if kind in ("+", "-"):
                sign = "-" if kind == "+" else "+"
                return _put(tree, path, self.rng.choice([(sign, *part[1:]), (kind, part[2], part[1])]))
            if kind == "letter" and part[1] in "ikyz":
                return _put(tree, path, ("letter", {"i": "k", "k": "i", "y": "z", "z": "y"}[part[1]]))
            if kind in ("f", "g"):
                return _put(tree, path, ("g" if kind == "f" else "f", part[1]))
            if kind == "kappa":
                return _put(tree, path, (kind, part[2], part[1]))
            if kind == "near":
                return _put(tree, path, ("all",))
        return tree


def _parts(tree: Tree, path: tuple[int, ...] = ()) -> Any:
    yield path, tree
    for number, part in enumerate(tree):
        if isinstance(part, tuple):
            yield from _parts(part, (*path, number))


def _put(tree: Tree, path: tuple[int, ...], new: Tree) -> Tree:
    if not path:
        return new
    number, *rest = path
    return (*tree[:number], _put(tree[number], tuple(rest), new), *tree[number + 1 :])


def _replaced(tree: Any, old: Tree, new: Tree) -> Any:
    if tree == old:
        return new
    return tuple(_replaced(part, old, new) for part in tree) if isinstance(tree, tuple) else tree


def holds(left: Tree, right: Tree, moving: bool, seed: int, models: int = 60) -> bool:
    """Whether both sides agree in many models: a difference shows that they are not equal."""
    rng = random.Random(seed)
    for model in (Model(rng, moving) for _ in range(models)):
        one, other = model.value(left), model.value(right)
        if not math.isclose(one, other, rel_tol=1e-8, abs_tol=1e-8):
            return False
    return True


def text(left: Tree, right: Tree, moving: bool) -> str:
    words = MOVING if moving else "Nothing else is assumed.\n"
    return f"{DECLARED}{words}Then\n$$\n{latex(left)} = {latex(right)}\n$$\n"
