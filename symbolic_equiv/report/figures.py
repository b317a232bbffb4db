"""Figures for a derivation: the attention of a signal and of its translate, in a model of the hypotheses.

They are drawn as SVG in the colour of the text, so they follow a page that is light, dark or printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from symbolic_equiv.kernel import terms
from symbolic_equiv.kernel.sorts import KernelError, Sort
from symbolic_equiv.kernel.terms import BOUND, Head, Term
from symbolic_equiv.latex.words import escape
from symbolic_equiv.numeric.counterexample import Counterexample
from symbolic_equiv.numeric.errors import ModelError, NoModel
from symbolic_equiv.numeric.evaluate import evaluate
from symbolic_equiv.numeric.models import Model, unfold
from symbolic_equiv.numeric.problem import Problem
from symbolic_equiv.numeric.rows import sides
from symbolic_equiv.numeric.values import Style
from symbolic_equiv.numeric.witness import draw_model, fixed_sizes
from symbolic_equiv.theories import language
from symbolic_equiv.theories.statement import Statement

TOKENS, TRIES, CELL = 6, 8, 24


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


def _model(problem: Problem, tokens: Sort, seed: int) -> Model | None:
    try:
        fixed = fixed_sizes(problem, {tokens.name: TOKENS})
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
        maps.append(each[np.ix_(order, order)])
    name = f"{model.size(tokens)} tokens, positions in {group}, moved by {group.labels[moved]}"
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


def _caption(found: Attention) -> str:
    same = "is the first moved along the diagonal" if moved_along(found) else "is not the first moved"
    return (
        f"Attention weights of one head in one model of the hypotheses ({found.where}): a row for each query, a column "
        f"for each key, the stronger the more weight. Left before the move, right after it; the second {same}."
    )


ROWS = "Where the two sides part in the counterexample: the attention row of the left side, and that of the right side."


def _shown(statement: Statement, counterexample: object) -> list[tuple[Attention, str]]:
    found, rows = attention(statement), two_rows(counterexample)
    shown = [(found, _caption(found))] if found is not None else []
    return [*shown, (rows, ROWS)] if rows is not None else shown


def html(statement: Statement, counterexample: object = None) -> str:
    """The figures of a claim with their captions, or nothing where none would help."""
    return "".join(
        f"<figure>{_svg(each)}<figcaption>{words}</figcaption></figure>"
        for each, words in _shown(statement, counterexample)
    )


def latex(statement: Statement, counterexample: object = None) -> str:
    """The same for LaTeX: rules in shades of grey, which need no file."""
    return "\n\n".join(
        f"\\begin{{center}}\n{_table(each.before)}\\qquad\n{_table(each.after)}\n\n{{\\small {escape(words)}\\par}}\n"
        "\\end{center}"
        for each, words in _shown(statement, counterexample)
    )


def _table(weights: np.ndarray) -> str:
    """Squares in rows, without room between them, in a frame."""
    square = r"\textcolor[gray]{%.2f}{\rule{1em}{1em}}"
    rows = r"\\".join("".join(square % (1 - weight) for weight in row) for row in weights)
    body = rf"\begin{{tabular}}{{@{{}}l@{{}}}}{rows}\end{{tabular}}"
    return rf"{{\offinterlineskip\renewcommand{{\arraystretch}}{{0}}\fboxsep=0pt\fbox{{{body}}}}}"


def _svg(found: Attention) -> str:
    """Both maps side by side; each cell says its weight when it is pointed at."""
    rows, columns = found.before.shape
    size, gap = CELL * columns, 2 * CELL
    width, height = 2 * size + gap + 2, CELL * rows + 2
    label = "Two maps of attention weights side by side; their caption says what they show."
    return (
        f'<svg viewBox="-1 -1 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{label}" '
        f'fill="currentColor">{_map(found.before, 0)}{_map(found.after, size + gap)}</svg>'
    )


def _map(weights: np.ndarray, shift: int) -> str:
    cells = [
        f'<rect x="{shift + CELL * column}" y="{CELL * row}" width="{CELL}" height="{CELL}" '
        f'fill-opacity="{weight:.3f}" stroke="currentColor" stroke-opacity=".25"><title>{weight:.3f}</title></rect>'
        for row, line in enumerate(weights)
        for column, weight in enumerate(line)
    ]
    return "".join(cells)
