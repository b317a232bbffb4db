"""Models on the integers: tokens and positions are whole numbers, and the hypotheses hold by proof.

There are infinitely many cases of ``N(i, j) ⇔ N(i + y, j + y)`` on Z, so they cannot be enumerated.  Such a
variable gets a definition, ``N(i, j) = W(x(j) − x(i))`` with a finite ``W``; what is left of the hypothesis is proved
by the kernel, from equations that hold in the model by construction and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from symbolic_equiv.kernel.sorts import KernelError, Sort, fun
from symbolic_equiv.kernel.terms import Head, Term
from symbolic_equiv.kernel.theorem import Equation
from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.logic.prover import prove
from symbolic_equiv.numeric.domains import elements
from symbolic_equiv.numeric.errors import NoModel, Undecided
from symbolic_equiv.numeric.foresight import strip
from symbolic_equiv.numeric.groups import actions, candidates
from symbolic_equiv.numeric.lattice import Homomorphism, Identity, Lattice, Sparse, lattice_named
from symbolic_equiv.numeric.models import Model, Value, is_finite, signature, unfold_completely
from symbolic_equiv.numeric.problem import Problem, Requirement
from symbolic_equiv.numeric.rigorous import PRECISIONS, Exact, holds
from symbolic_equiv.numeric.values import Style, draw
from symbolic_equiv.theories.entries import transpose
from symbolic_equiv.theories.language import BOOL, inner, lam, partial, symbol, vec
from symbolic_equiv.theories.statement import Statement

STEPS = {1: (1, -1, 2), 2: ((1, 0), (0, 1), (1, 1), (-1, 0))}
TURN = np.array([[0, -1], [1, 0]])
ROTATION = np.array([[Fraction(3, 5), Fraction(-4, 5)], [Fraction(4, 5), Fraction(3, 5)]], dtype=object)
"""A rotation with rational entries, of infinite order: 3² + 4² = 5²."""


def infinite_sorts(problem: Problem) -> dict[Sort, Lattice]:
    """The sorts that stand for a lattice, by the statement or by a bijection."""
    named = {sort: lattice_named(problem.statement.groups.get(sort.name, "")) for sort in problem.sorts}
    found = {sort: lattice for sort, lattice in named.items() if lattice is not None}
    for part in problem.same_size:
        lattices = {found[sort] for sort in part & found.keys()}
        if len(lattices) > 1 or (lattices and any(sort.cls != "base" for sort in part)):
            raise NoModel(f"no bijection between {' and '.join(sorted(map(str, part)))}")
        found |= dict.fromkeys(part, *lattices) if lattices else {}
    return found


def on_lattices(statement: Statement) -> Problem:
    """The problem with a definition for each variable that has to be the same after every translation."""
    problem = Problem(statement)
    infinite = infinite_sorts(problem)
    given = {head: term for head in problem.same_entries if (term := _of_difference(head, problem, infinite))}
    return Problem(statement, given=given) if given else problem


def _of_difference(head: Head, problem: Problem, infinite: dict[Sort, Lattice]) -> Term | None:
    """``λi j …. W(x(j) − x(i), …)``, for a variable with two infinite arguments of one sort."""
    args, result = signature(head.sort)
    places = [k for k, arg in enumerate(args) if arg in infinite]
    if len(places) != 2 or args[places[0]] != args[places[1]] or not all(map(is_finite, args)):
        return None
    bound = [symbol(f"a{k}", arg) for k, arg in enumerate(args)]
    i, j = (bound[place] for place in places)
    if i.sort not in problem.groups:
        maps = [f for f, _ in problem.bijections if f.sort.args == (i.sort, f.sort.args[1])]
        maps = [f for f in maps if f.sort.args[1] in problem.groups]
        if not maps:
            return None
        i, j = (partial(maps[0], (token.term,)) for token in (i, j))
    others = [one for k, one in enumerate(bound) if k not in places]
    window = symbol(f"{head.name}_of_difference", i.sort, *(one.sort for one in others), result)
    return lam(*bound, window(j - i, *others)).term


def models(problem: Problem, seed: int, sizes: dict[Sort, int] | None = None) -> Iterator[Model]:
    """Models on the lattices, without end, small ones first; the hypotheses are yet to be checked."""
    infinite = infinite_sorts(problem)
    number = 0
    while True:
        rng = np.random.default_rng([seed, 7, number])
        width, order = 1 + number % 3 // 2, 1 + number % 4
        number += 1
        try:
            yield _model(problem, infinite, rng, width, order, sizes or {})
        except NoModel:
            if number > 50:
                raise


def _model(problem: Problem, infinite: dict[Sort, Lattice], rng, width: int, order: int, fixed) -> Model:
    sizes = {sort: int(rng.integers(1, width + 1)) for sort in problem.sorts if sort.cls == "dimension"}
    turned = {size for head in problem.homomorphisms for size in signature(head.sort)[1].args}
    sizes |= {size: 2 for size in turned if rng.random() < 0.5}  # there are rotations from two dimensions on
    for part in problem.same_size:
        size = int(rng.integers(1, order + 1))
        sizes |= {sort: size for sort in part if sort.tag == "name" and sort not in infinite}
    sizes |= fixed
    choose = lambda options: options[rng.integers(len(options))]
    groups: dict = {}
    for sort in sorted(problem.groups, key=str):
        found = candidates(problem.statement.groups.get(sort.name, ""), sizes[sort]) if sort not in infinite else ()
        groups[sort] = infinite[sort] if sort in infinite else choose(found) if found else None
        if groups[sort] is None:
            raise NoModel(f"no group of {sizes[sort]} elements")
    acting = {}
    for pair in sorted(problem.actions, key=str):
        if pair[0] in infinite:
            raise NoModel(f"{pair[0]} is infinite and acts on {pair[1]}")
        ways = _turns(groups[pair[0]], infinite[pair[1]]) if pair[1] in infinite else actions(*map(groups.get, pair))
        acting[pair] = choose(ways)
    model = Model(sizes, groups, acting, {}, infinite)
    values: dict[Head, Value] = {}
    for f, g in problem.undone:
        values |= _undone(f, g, model, values)
    for head in (*problem.variables, *problem.ranged):
        if head not in values:
            values[head] = _value(head, problem, model, rng)
    return Model(sizes, groups, acting, values, infinite)


def _turns(group, lattice: Lattice) -> list[np.ndarray]:
    """Actions of a finite group on a lattice: the trivial one, −1, and quarter turns of the plane."""
    one = np.eye(lattice.rank, dtype=int)
    steps = [one, -one] + ([TURN] if lattice.rank == 2 else [])
    found = []
    for step in steps:
        powers = np.array([np.linalg.matrix_power(step, k) for k in range(group.order)])
        if (powers[:, None] @ powers[None, :] == powers[group.table]).all():
            found.append(powers)
    return found[::-1]


def _undone(f: Head, g: Head, model: Model, values: dict[Head, Value]) -> dict[Head, Value]:
    """Values with g ∘ f = identity: the identity, or finitely many tokens that lie side by side."""
    here, there = f.sort.args
    if here in model.infinite:
        return {f: Identity(), g: Identity()}
    if there not in model.infinite:
        size = min(model.size(here), model.size(there))
        return {} if f in values else {f: np.arange(model.size(here)) % size, g: np.arange(model.size(there)) % size}
    lattice, size = model.infinite[there], model.size(here)
    line = [lattice.element((k,) + (0,) * (lattice.rank - 1)) for k in range(size)]
    return {f: np.array(line), g: Sparse(np.array(0), {(p,): np.array(k) for k, p in enumerate(line)})}


def _value(head: Head, problem: Problem, model: Model, rng) -> Value:
    if (size := problem.size_of(head)) is not None:
        return np.array(float(model.size(size)))
    args, result = signature(head.sort)
    where = [model.infinite[arg] for arg in args if arg in model.infinite]
    rest = fun(*(arg for arg in args if arg not in model.infinite), result)
    style = Style(plain=True)
    if not where:
        return _some(rng, rest, model, style)
    if head in problem.homomorphisms and len(where) == 1 and len(args) == 1:
        return _homomorphism(problem.homomorphisms[head], result, model, rng)
    near = where[0].box(1 if where[0].rank > 1 else 2)
    grid = [()]
    for _ in where:
        grid = [(*key, p) for key in grid for p in near]
    chosen = [key for key in grid if rng.random() < 0.5] or [grid[0]]
    default = _zero(_some(rng, rest, model, style))
    return Sparse(default, {key: _some(rng, rest, model, style) for key in chosen})


def _some(rng, sort: Sort, model: Model, style: Style) -> Value:
    """A value without infinite arguments; its result may be an element of a lattice."""
    args, result = signature(sort)
    if result not in model.infinite:
        return draw(rng, sort, model, style)
    if not all(map(is_finite, args)):
        raise NoModel(f"a map of numbers into {result}")
    lattice = model.infinite[result]
    steps = STEPS.get(lattice.rank) or lattice.box(1)[1:]
    table = np.empty(tuple(map(model.size, args)), object)
    for at in np.ndindex(table.shape):
        table[at] = steps[rng.integers(len(steps))]
    return np.array(table.tolist())


def _zero(value: Value) -> Value:
    """The value of the same shape that is 0, or false, everywhere."""
    if isinstance(value, np.ndarray):
        return np.zeros_like(value)
    return type(value)(*(np.zeros_like(part) for part in (value.constant, value.linear, value.curvature)))


def _homomorphism(times: str, result: Sort, model: Model, rng) -> Homomorphism:
    (rank,) = {lattice.rank for lattice in model.infinite.values()}
    shape = model.shape(result)
    if times == "+":
        draw_one = lambda: np.vectorize(lambda n: Fraction(int(n)), otypes=[object])(rng.integers(1, 3, size=shape))
        return Homomorphism("+", tuple(np.asarray(draw_one()) for _ in range(rank)))
    if shape and shape[0] % 2 == 0:
        blocks = [np.kron(np.eye(shape[0] // 2, dtype=int), turn) for turn in (ROTATION, ROTATION @ ROTATION)]
        steps = tuple(blocks[rng.integers(2)] for _ in range(rank))
        return Homomorphism("*", steps, tuple(step.T for step in steps))
    signs = [
        np.array(Fraction(sign)) if not shape else np.eye(shape[0], dtype=int) * Fraction(sign) for sign in (1, -1)
    ]
    steps = tuple(signs[rng.integers(2)] for _ in range(rank))
    return Homomorphism("*", steps, steps)


def satisfied(check: Requirement, problem: Problem, model: Model) -> bool:
    """Whether a hypothesis certainly holds: by enumeration, or by proof from what holds by construction."""
    binders, body = strip(check.left)
    if not model.infinite.keys() & set(binders):
        return holds(check.left, check.right, model) is True
    known = by_construction(problem, model)
    if (check.left, check.right) in known:
        return True
    if len(binders) == 1 and body.sort == BOOL:
        return _same_set(check, model)
    try:
        return prove(check.left, check.right, known, budget=5.0).hypotheses <= set(known)
    except (NotProved, KernelError):
        return False


def _same_set(check: Requirement, model: Model) -> bool:
    """Whether two predicates of a lattice hold at the same elements, finitely many."""
    exact = Exact(model, PRECISIONS[0])
    try:
        one, other = (elements(exact, unfold_completely(side), ()) for side in (check.left, check.right))
    except (Undecided, NoModel):
        return False
    return one is not None and one == other


def by_construction(problem: Problem, model: Model) -> list[Equation]:
    """Equations that hold in the model: lattices commute, the identity undoes itself, homomorphisms are that."""
    known: list[Equation] = []
    for sort in sorted(model.infinite, key=str):
        if sort in model.groups:
            p, q = symbol("p", sort), symbol("q", sort)
            known.append((lam(p, q, p + q).term, lam(p, q, q + p).term))
    for check in problem.checks:
        pair = problem.undone_by(check)
        if pair and all(isinstance(model.values.get(head), Identity) for head in pair):
            known.append((check.left, check.right))
    for head in problem.variables:
        value = model.values.get(head)
        if isinstance(value, Homomorphism):
            known += _of_homomorphism(head, value)
            known += _of_rotations(head) if _is_orthogonal(value) else []
    return known


def _of_homomorphism(head: Head, value: Homomorphism) -> list[Equation]:
    """``F(p + q) = F(p) + F(q)`` and ``F(−p) = −F(p)``, or those with products."""
    source, result = head.sort.args
    p, q = symbol("p", source), symbol("q", source)
    F = lambda element: partial(head, (element.term,))
    if value.times == "+":
        return [(lam(p, q, F(p + q)).term, lam(p, q, F(p) + F(q)).term), (lam(p, F(-p)).term, lam(p, -F(p)).term)]
    if result.name != "Mat":
        return [(lam(p, q, F(p + q)).term, lam(p, q, F(p) * F(q)).term)]
    u = symbol("u", vec(result.args[1]))
    return [
        (lam(p, q, F(p + q)).term, lam(p, q, F(p) @ F(q)).term),
        (lam(p, q, u, F(p + q) @ u).term, lam(p, q, u, F(p) @ (F(q) @ u)).term),
        (lam(p, u, F(-p) @ (F(p) @ u)).term, lam(p, u, u).term),
    ]


def _is_orthogonal(value: Homomorphism) -> bool:
    """Whether all values are orthogonal matrices: the steps are, as their inverses are their transposes."""
    return bool(value.back) and all(
        step.ndim == 2 and (back == step.T).all() and (np.dot(step, back) == np.eye(len(step))).all()
        for step, back in zip(value.steps, value.back)
    )


def _of_rotations(head: Head) -> list[Equation]:
    """``F(p)ᵀ F(q) = F(q − p)``, ``⟨F(p) u, F(p) v⟩ = ⟨u, v⟩`` and ``⟨F(p) u, v⟩ = ⟨u, F(−p) v⟩``, for all of them."""
    source, result = head.sort.args
    p, q = symbol("p", source), symbol("q", source)
    u, v = symbol("u", vec(result.args[1])), symbol("v", vec(result.args[0]))
    F = lambda element: partial(head, (element.term,))
    return [
        (lam(p, q, transpose(F(p)) @ F(q)).term, lam(p, q, F(q - p)).term),
        (lam(p, u, v, inner(F(p) @ u, F(p) @ v)).term, lam(p, u, v, inner(u, v)).term),
        (lam(p, u, v, inner(F(p) @ u, v)).term, lam(p, u, v, inner(u, F(-p) @ v)).term),
    ]
