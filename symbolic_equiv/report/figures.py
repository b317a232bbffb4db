"""Figures for a derivation, of numbers in a model of its hypotheses.

The attention of a signal and of its translate, the square of layer and move, and the two rows of a counterexample.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from symbolic_equiv.kernel import terms
from symbolic_equiv.kernel.sorts import DIMENSION, KernelError, Sort
from symbolic_equiv.kernel.terms import BOUND, Head, Term
from symbolic_equiv.latex.counted import counted
from symbolic_equiv.latex.linebreak import one_line
from symbolic_equiv.latex.linebreak import width as latex_width
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.printer import tokens
from symbolic_equiv.numeric.counterexample import Counterexample
from symbolic_equiv.numeric.errors import ModelError, NoModel
from symbolic_equiv.numeric.evaluate import evaluate
from symbolic_equiv.numeric.models import Model, unfold
from symbolic_equiv.numeric.problem import Problem
from symbolic_equiv.numeric.rows import sides
from symbolic_equiv.numeric.values import Style
from symbolic_equiv.numeric.witness import draw_model, fixed_sizes
from symbolic_equiv.report.scene import Arrow, Figure, Label, Mark, figure, grid, scale
from symbolic_equiv.theories import language
from symbolic_equiv.theories.statement import Statement

TOKENS, TRIES, CELL = 6, 8, 15.0


@dataclass(frozen=True)
class Attention:
    """The weights of one head before and after a move by a group element: a row for each query, a column for each key.

    Rows and columns are in the order of the positions; ``where`` says in words in which model.
    """

    before: np.ndarray
    after: np.ndarray
    where: str


def attention(statement: Statement, seed: int = 0) -> Attention | None:
    """The attention on the left side of a claim at the unit of its group and at another element.

    None where the claim has no softmax, no group element or no query, or where no model is found.
    """
    try:
        problem = Problem(statement)
        found = next(_softmaxes(unfold(problem.left), ()), None)
    except KernelError:
        return None
    if found is None:
        return None
    binders, weight = found
    tokens = weight.args[0].domain
    queries = [head for head in statement.variables() if head.sort == tokens]
    given = frozenset().union(*(side.variables for pair in statement.equations for side in pair))
    if len(queries) != 1 or weight.args[2].head.kind != BOUND:
        return None
    term = weight
    for sort, hint in reversed(binders):
        term = terms.abstraction(sort, term, hint)
    term = terms.abstract(term, queries[0])
    key = 1 + len(binders) - 1 - weight.args[2].head.index
    for attempt in range(TRIES):
        model = _model(problem, tokens, seed + attempt)
        moves = [head for head in statement.variables() if model is not None and head.sort in model.groups]
        if model is not None and len(moves) == 1 and moves[0] not in given:
            return _compared(term, key, model, moves[0], tokens)
    return None


Binders = tuple[tuple[Sort, str], ...]


def _softmaxes(term: Term, binders: Binders) -> Iterator[tuple[Binders, Term]]:
    """The softmaxes in a term, each with the binders around it, the outermost first."""
    if term.body is not None:
        yield from _softmaxes(term.body, (*binders, (term.domain, term.hint)))
        return
    if term.head.declaration == language.softmax_.declaration:
        yield binders, term
    for arg in term.args:
        yield from _softmaxes(arg, binders)


def _model(problem: Problem, tokens: Sort, seed: int, dimensions: int = 0) -> Model | None:
    """A model with six tokens, one head, and dimensions that are drawn unless they are given."""
    try:
        wide = [sort.name for sort in problem.sorts if sort.cls == DIMENSION] if dimensions else []
        fixed = fixed_sizes(problem, {tokens.name: TOKENS, **dict.fromkeys(wide, dimensions)})
        return draw_model(problem, np.random.default_rng([seed, 1]), TOKENS, 1, Style(amplify=3), fixed)[0]
    except (NoModel, ModelError, KernelError):
        return None


def _compared(term: Term, key: int, model: Model, move: Head, tokens: Sort) -> Attention | None:
    group = model.groups[move.sort]
    order = _order(model, tokens, move.sort)
    moved = next((k for k in range(len(group.labels)) if k != group.unit), None)
    if moved is None:
        return None
    try:
        weights = [evaluate(term, model.with_values({move: np.array(k)})) for k in (group.unit, moved)]
    except NoModel:
        return None
    maps = []
    for each in weights:
        each = np.moveaxis(each, key, 1)
        each = each.reshape(*each.shape[:2], -1)[:, :, 0]
        if each.min() < 0 or each.sum(axis=1).max() > 1 + 1e-9:
            return None  # not one row of weights for each query
        maps.append(each[np.ix_(order, order)])
    name = f"{counted(model.size(tokens), 'token')}, positions in {group}, moved by {group.labels[moved]}"
    return Attention(maps[0], maps[1], name)


def _order(model: Model, tokens: Sort, positions: Sort) -> np.ndarray:
    """The tokens in the order of their positions, where a map of the model says what these are."""
    for head, value in model.values.items():
        sort = head.sort
        if sort.name == "→" and sort.args == (tokens, positions) and isinstance(value, np.ndarray):
            return np.argsort(value)
    return np.arange(model.size(tokens))


def two_rows(found: object) -> Attention | None:
    """The attention row of each side of a counterexample, where they part; None where there is none to show."""
    if not isinstance(found, Counterexample):
        return None
    parting = sides(found).clearest
    if parting is None or not parting.attends or parting.apart is None:
        return None
    weights = np.array([pair.weights for pair in parting.pairs], dtype=float).T
    return Attention(weights[:1], weights[1:], "")


def moved_along(found: Attention) -> bool:
    """Whether the second map is the first, its rows and columns moved round by one number of places."""
    return any(
        np.allclose(np.roll(found.before, k, (0, 1)), found.after, atol=1e-9) for k in range(1, len(found.before))
    )


@dataclass(frozen=True)
class Square:
    """The two ways round the square of a layer and a move, in one model: tokens along, the entries of vectors down.

    ``names`` are the formulas of ``signal``, ``moved``, ``output`` and of the two ``ends``.
    """

    signal: np.ndarray
    moved: np.ndarray
    output: np.ndarray
    ends: tuple[np.ndarray, np.ndarray]
    names: tuple[str, str, str, str, str]
    where: str

    @property
    def apart(self) -> float:
        """The largest difference between the two ends."""
        return float(np.abs(self.ends[0] - self.ends[1]).max())


def square(statement: Statement, seed: int = 0) -> Square | None:
    """The square of a claim ``layer(move(f))(i) = move(layer(f))(i)``; None for a claim of another form.

    Of some models it is one in which the ends differ, if there is one.
    """
    found = _corners(statement)
    if found is None:
        return None
    query, signal, moved, output = found
    try:
        problem = Problem(statement)
    except KernelError:
        return None
    ends = [terms.abstract(side, query) for side in (statement.left, statement.right)]
    corners = (terms.eta(signal), moved, output, *ends)
    put = dict(problem.defined)
    plain = [terms.substitute(unfold(term), put) for term in corners]
    best, drawings_left = None, 3
    for attempt in range(TRIES):
        model = _model(problem, query.sort, seed + attempt, dimensions=2)
        moves = [head for head in statement.variables() if model is not None and head.sort in model.groups]
        if model is None or len(moves) != 1 or model.groups[moves[0].sort].unit == model.size(moves[0].sort) - 1:
            continue
        group, order = model.groups[moves[0].sort], _order(model, query.sort, moves[0].sort)
        element = next(k for k in range(len(group.labels)) if k != group.unit)
        model = model.with_values({moves[0]: np.array(element)})
        try:
            values = [evaluate(term, model) for term in plain]
        except NoModel:
            continue
        if all(value.ndim == 2 and len(value) == len(order) for value in values):
            shown = [value[order].T for value in values]
            names = tuple(_named(statement, corners))
            where = f"{counted(len(order), 'token')}, positions in {group}, moved by {group.labels[element]}"
            drawn = Square(*shown[:3], (shown[3], shown[4]), names, where)  # type: ignore[arg-type]
            if drawn.apart > CLOSE:
                return drawn
            best, drawings_left = best or drawn, drawings_left - 1
            if not drawings_left:
                break
    return best


def _corners(statement: Statement) -> tuple[Head, Head, Term, Term] | None:
    """The query, the signal, the moved signal and the output, where the claim has the form of a square."""
    left, right = statement.left, statement.right
    if left.body is not None or right.body is not None or right.head.declaration is None:
        return None
    queries = [arg.head for arg in right.args if arg.body is None and arg.head in statement.variables()]
    for arg in left.args:
        if arg.body is None or arg.body.body is not None or arg.body.head.declaration != right.head.declaration:
            continue
        for mine, other in zip(arg.body.args, right.args, strict=False):
            plain = mine.body is not None and mine == terms.eta(mine.body.head) if mine.body is not None else False
            if plain and other.body is not None and mine != other:
                query = next((each for each in queries if each.sort == arg.domain), None)
                return None if query is None else (query, mine.body.head, arg, other)
    return None


def _named(statement: Statement, every: tuple[Term, ...]) -> Iterator[str]:
    """The corners in the notation of the statement, without the token that they are read at."""
    notation = Notation([*statement.terms(), *every], statement.multiplicative)
    for term in every:
        yield one_line(tokens(term, notation))


def drawings(statement: Statement, counterexample: object = None) -> list[Figure]:
    """The figures of a claim: the attention, the square, the two rows; none where none would help."""
    found, around, rows = attention(statement), square(statement), two_rows(counterexample)
    shown = [_square(around)] if around is not None else []
    shown += [_attention(found)] if found is not None else []
    return [*shown, _rows(rows)] if rows is not None else shown


def _attention(found: Attention) -> Figure:
    """Both maps side by side, with their axes."""
    rows, columns = found.before.shape
    size, gap, lead, top = CELL * columns, 30, 62, 16
    marks: list[Mark] = []
    for number, (weights, title) in enumerate(((found.before, "before the move"), (found.after, "after the move"))):
        x = lead + number * (size + gap)
        marks += [Label(x + size / 2, 6, title), *grid(weights, x, top, CELL, 0.0, 1.0)]
        for k in range(columns):
            marks.append(Label(x + CELL * (k + 0.5), top + CELL * rows + 7, str(k)))
        marks.append(Label(x + size / 2, top + CELL * rows + 19, "key at position"))
    marks += [Label(lead - 8, top + CELL * (k + 0.5), str(k)) for k in range(rows)]
    marks += [Label(2, top + CELL * rows / 2 - 6, "query at", centred=False)]
    marks += [Label(2, top + CELL * rows / 2 + 6, "position", centred=False)]
    marks += scale(lead + 2 * size + gap + 30, top + CELL * rows / 2 - 4, 0.0, 1.0)
    same = "is the first moved along the diagonal" if moved_along(found) else "is not the first moved"
    caption = (
        f"Attention weights of one head in one model of the hypotheses ({found.where}): a row for each query, a "
        f"column for each key, the stronger the more weight. The second map {same}."
    )
    alt = f"Two maps of attention weights, before and after the move; the second {same}."
    return figure("attention", marks, alt, caption)


def _square(found: Square) -> Figure:
    """Four signals, an arrow between each two; where the ways meet both ends are shown."""
    cell, gap, top = 13.0, 74.0, 18.0
    width = cell * found.signal.shape[1]
    above = max(found.signal.shape[0], found.moved.shape[0]) * cell
    below = found.output.shape[0] * cell
    left, right, low = 2.0, 2.0 + width + gap, top + above + 52
    inputs, outputs = (found.signal, found.moved), (found.output, *found.ends)
    ranges = [(min(v.min() for v in each), max(v.max() for v in each)) for each in (inputs, outputs)]
    places = (
        (found.signal, left, top, 0), (found.moved, right, top, 0), (found.output, left, low, 1),
        (found.ends[0], right, low, 1), (found.ends[1], right, low + below + 22, 1),
    )  # fmt: skip
    marks: list[Mark] = []
    in_formulas = max(map(latex_width, found.names)) < LONGEST
    names = found.names if in_formulas else IN_WORDS
    for (values, x, y, kind), name in zip(places, names, strict=True):
        marks += [Label(x + width / 2, y - 9, name, is_math=in_formulas), *grid(values, x, y, cell, *ranges[kind])]
    middle = left + width + 6
    for y in (top + above / 2, low + below / 2):
        marks += [Arrow(middle, y, gap - 14, True), Label(middle + gap / 2 - 8, y - 8, "move")]
    for x in (left + width / 2, right + width / 2):
        marks += [Arrow(x, top + above + 5, 24, False), Label(x + 20, top + above + 17, "layer")]
    marks += scale(right + width + 40, top + above / 2 - 4, *ranges[0])
    marks += scale(right + width + 40, low + below / 2 - 4, *ranges[1])
    meet = "agree" if found.apart < CLOSE else "differ"
    how = "agree up to rounding" if found.apart < CLOSE else f"differ by up to {found.apart:.2g}"
    caption = (
        f"The square in numbers, in one model of the hypotheses ({found.where}): the tokens in the order of their "
        f"positions from left to right, the entries of a vector from top to bottom. Right and then down is the left "
        f"side of the claim, down and then right its right side; they {how}."
    )
    alt = f"A square of four signals: moving first and then the layer, and the layer first and then moving, {meet}."
    return figure("square", marks, alt, caption)


LONGEST, IN_WORDS = 9.0, ("signal", "signal, moved", "output", "output of the moved signal", "output, moved")
"""A corner is called by its formula up to so many em, else in words."""

CLOSE = 1e-9
"""Below this, a difference of floating point numbers is rounding."""


def _rows(found: Attention) -> Figure:
    """The two rows below each other, their weights in numbers beside them."""
    columns, marks = found.before.shape[1], []
    for number, (weights, title) in enumerate(((found.before, "left side"), (found.after, "right side"))):
        y = 14 + number * (CELL + 6)
        marks += [Label(2, y + CELL / 2, title, centred=False), *grid(weights, 62, y, CELL, 0.0, 1.0)]
        shown = ", ".join(f"{weight:.2f}" for weight in weights[0])
        marks.append(Label(62 + CELL * columns + 8, y + CELL / 2, shown, centred=False))
    marks.append(Label(62 + CELL * columns / 2, 6, "keys"))
    alt = "The attention row of the left side and that of the right side; their weights differ."
    return figure("rows", marks, alt, ROWS)


ROWS = "Where the two sides part in the counterexample: the weights of the attention row on the left and on the right."


def html(statement: Statement, counterexample: object = None) -> str:
    """The figures of a claim with their captions, or nothing where none would help."""
    return "".join(each.html() for each in drawings(statement, counterexample))


def latex(statement: Statement, counterexample: object = None) -> str:
    """The same for LaTeX, which needs no file for them."""
    return "\n\n".join(each.latex() for each in drawings(statement, counterexample))
