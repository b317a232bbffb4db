"""A second opinion on printed counterexamples: an evaluator of terms in plain Python floats, from the JSON alone.

It shares nothing with ``numeric`` but the unfolding of definitions, which is syntax: lists, loops and ``math.exp``.
"""

from __future__ import annotations

import math
from functools import reduce
from itertools import product

from symbolic_equiv.numeric.models import unfold_completely


def group_law(name):
    """(product, inverse, order) of a group by its printed name, from its definition."""
    parts = name.split("×")
    if len(parts) > 1:
        laws = [group_law(part) for part in parts]
        orders = [order for _, _, order in laws]
        split = lambda p: [p // math.prod(orders[k + 1 :]) % orders[k] for k in range(len(orders))]
        join = lambda digits: reduce(lambda total, pair: total * pair[1] + pair[0], zip(digits, orders), 0)
        times = lambda p, q: join([law[0](a, b) for law, a, b in zip(laws, split(p), split(q))])
        return times, lambda p: join([law[1](a) for law, a in zip(laws, split(p))]), math.prod(orders)
    if name.startswith("Z/"):
        n = int(name[2:])
        return lambda p, q: (p + q) % n, lambda p: -p % n, n
    n = 3 if name == "S3" else int(name[1:])  # element n·b + a is the map k ↦ a ± k of the corners of an n-gon
    acts = lambda p: [(p % n + (-k if p >= n else k)) % n for k in range(n)]
    table = {tuple(acts(p)): p for p in range(2 * n)}
    times = lambda p, q: table[tuple(acts(p)[acts(q)[k]] for k in range(n))] if n > 2 else None
    inverse = lambda p: next(q for q in range(2 * n) if times(p, q) == 0)
    return times, inverse, 2 * n


class NotFinite(Exception):
    """A hypothesis about all numbers, or all signals, which lists and loops cannot go through."""


class ByHand:
    """Evaluates terms in the model of a counterexample that was written as JSON."""

    def __init__(self, data):
        self.sizes, self.values, self.actions = data["sizes"], data["values"], data["actions"]
        self.groups = {sort: group_law(name) for sort, name in data["groups"].items()}

    def size(self, sort):
        if sort.name in ("×", "+"):
            left, right = map(self.size, sort.args)
            return left * right if sort.name == "×" else left + right
        if sort.name in ("Nat", "→") or sort.cls == "linear":
            raise NotFinite(sort)
        return 2 if sort.name == "Bool" else self.size(sort.args[0]) if sort.name == "Fin" else self.sizes[sort.name]

    def equal(self, left, right):
        """Whether two closed terms agree, up to rounding, for all arguments that they take."""
        return all(close(a, b) for a, b in zip(self.all(left), self.all(right), strict=True))

    def all(self, term):
        return list(self._all(unfold_completely(term), ()))

    def _all(self, term, env):
        if term.body is None:
            yield self.value(term, env)
            return
        for k in range(self.size(term.domain)):
            yield from self._all(term.body, (k, *env))

    def value(self, term, env):
        head = term.head
        if head.kind == "bound":
            return reduce(lambda table, arg: table[self.value(arg, env)], term.args, env[head.index])
        if head.declaration is None:
            return self.variable(head, [self.argument(arg, env) for arg in term.args])
        return getattr(self, f"do_{head.name}")(term, env)

    def argument(self, term, env):
        if term.body is None:
            return self.value(term, env)
        return [self.argument(term.body, (k, *env)) for k in range(self.size(term.domain))]

    def variable(self, head, args):
        table, sort = self.values[str(head.name)], head.sort
        finite, real = [], []
        for arg in args:
            source, sort = sort.args
            (finite if source.cls == "base" or source.name in ("Fin", "Bool") else real).append(arg)
        if not real:
            for k in finite:
                table = table[k]
            return table
        parts = {name: at(part, finite) for name, part in table.items()}
        vector = [float(number) for value in real for number in flat(value)]
        out = []
        for constant, row, curvature in zip(parts["constant"], parts["linear"], parts["curvature"]):
            u = sum(a * b for a, b in zip(row, vector))
            out.append(constant + u + curvature * u * u)
        if sort.name == "Mat":
            width = self.size(sort.args[1])
            return [out[k : k + width] for k in range(0, len(out), width)]
        if sort.cls == "base" or sort.name == "Fin":
            return math.floor(out[0]) % self.size(sort)
        return out[0] > 0 if sort.name == "Bool" else out if sort.name == "Vec" else out[0]

    def args(self, term, env):
        return [self.value(arg, env) for arg in term.args]

    def chosen(self, term, env):
        """The environments, one for each element or pair that a domain holds."""
        binders, body = [], term
        while body.body is not None:
            binders.append(body.domain)
            body = body.body
        inner = [(*point[::-1], *env) for point in product(*(range(self.size(sort)) for sort in binders))]
        return [each for each in inner if self.value(body, each)]

    def do_sum(self, term, env):
        body = term.args[1]
        while body.body is not None:
            body = body.body
        return reduce(add, (self.value(body, each) for each in self.chosen(term.args[0], env)), self.do_zero(term, env))

    do_sum_pairs = do_sum

    def do_zero(self, term, env):
        shape = [self.size(part) for part in term.sort.args]
        return reduce(lambda part, size: [part] * size, reversed(shape), 0.0)

    def do_mul(self, term, env):
        return self.groups[term.sort.name][0](*self.args(term, env))

    def do_inv(self, term, env):
        return self.groups[term.sort.name][1](*self.args(term, env))

    def do_act(self, term, env):
        a, p = self.args(term, env)
        return self.actions[f"{term.args[0].sort} on {term.sort}"][a][p]

    def do_if(self, term, env):
        condition, yes, no = term.args
        return self.value(yes if self.value(condition, env) else no, env)

    def do_concat(self, term, env):
        body = term.args[0]
        return [number for k in range(self.size(body.domain)) for number in self.value(body.body, (k, *env))]

    def do_matvec(self, term, env):
        matrix, vector = self.args(term, env)
        return [dot(row, vector) for row in matrix]

    def do_matmul(self, term, env):
        left, right = self.args(term, env)
        return [[dot(row, column) for column in zip(*right)] for row in left]

    def do_iterate(self, term, env):
        step, start, depth, place = term.args
        points = range(self.size(start.domain))
        signal = [self.value(start.body, (p, *env)) for p in points]
        for k in range(int(self.value(depth, env))):
            signal = [self.value(step.body.body.body, (p, signal, k, *env)) for p in points]
        return signal[self.value(place, env)]

    def do_ones(self, term, env):
        return [1.0] * self.size(term.sort.args[0])

    def do_unflatten(self, term, env):
        (vector,), width = self.args(term, env), self.size(term.sort.args[1])
        return [vector[k : k + width] for k in range(0, len(vector), width)]


def _of(function):
    return lambda self, term, env: function(*self.args(term, env))


def add(u, v):
    return [add(a, b) for a, b in zip(u, v)] if isinstance(u, list) else u + v


def dot(u, v):
    return sum(a * b for a, b in zip(u, v))


def scaled(c, u):
    return [scaled(c, a) for a in u] if isinstance(u, list) else c * u


def hadamard(u, v):
    return [hadamard(a, b) for a, b in zip(u, v)] if isinstance(u, list) else u * v


def flat(value):
    return [number for part in value for number in flat(part)] if isinstance(value, list) else [value]


def at(table, path):
    return reduce(lambda part, k: part[k], path, table)


def close(a, b):
    pairs = zip(flat(a), flat(b), strict=True)
    return all(math.isclose(float(x), float(y), rel_tol=1e-9, abs_tol=1e-12) for x, y in pairs)


reciprocal = lambda c: 1 / c if c else 0.0
kron = lambda a, b: [[x * y for x in row for y in other] for row in a for other in b]
SIMPLE = {
    "add": add,
    "and": lambda a, b: a and b,
    "diag": lambda u: [[a if i == j else 0.0 for j in range(len(u))] for i, a in enumerate(u)],
    "exp": math.exp,
    "flatten": flat,
    "hadamard": hadamard,
    "inner": dot,
    "kron": kron,
    "nought": lambda: 0,
    "succ": lambda k: k + 1,
    "neg": lambda u: scaled(-1.0, u),
    "one": lambda: 1.0,
    "outer": lambda u, v: [[a * b for b in v] for a in u],
    "reciprocal": reciprocal,
    "reciprocals": lambda u: [reciprocal(a) for a in u],
    "row_norms": lambda a: [math.sqrt(dot(row, row)) for row in a],
    "scale": scaled,
    "sqrt": lambda c: math.sqrt(max(c, 0.0)),
    "transpose": lambda a: [list(column) for column in zip(*a)],
    "true": lambda: True,
    "unit": lambda: 0,
}
for _name, _function in SIMPLE.items():
    setattr(ByHand, f"do_{_name}", _of(_function))
