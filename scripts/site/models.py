"""An axiom in one small model, with the value that both sides have there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import numpy as np

from symbolic_equiv.kernel.sorts import BASE, Sort
from symbolic_equiv.kernel.terms import VARIABLE, Head, eta
from symbolic_equiv.kernel.theorem import Axiom
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.numeric.axioms import instances
from symbolic_equiv.numeric.display import show
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.evaluate import Evaluator
from symbolic_equiv.numeric.models import Model
from symbolic_equiv.numeric.problem import Problem
from symbolic_equiv.numeric.values import Style
from symbolic_equiv.numeric.witness import draw_model
from symbolic_equiv.theories.language import BOOL

TRIES, ENOUGH = 8, 30
"""Models that are drawn of each instance of an axiom, and of all of them."""

LONGEST = 200
"""Letters of an example: longer ones tell nothing."""


def example(axiom: Axiom) -> str:
    """``For example, p = 1 and q = 2 in Z/3: both sides are 0.``  Empty where no small model can be drawn.

    Of the models that are tried the one is taken that shows most: with plain sets and vectors, and values that are
    not zero.  Raises ``AssertionError`` where the sides differ.
    """
    letters = _letters(axiom)
    told = (_told(letters, *found) for found in islice(_models(axiom), ENOUGH))
    short = (text for text in told if len(text) <= LONGEST)
    return min(short, key=lambda text: (_dullness(text), len(text)), default="")


def _dullness(text: str) -> int:
    """How little an example shows."""
    value = text.rpartition("both sides are ")[2]
    shown = value.strip(".[]\\")
    nothing = not re.search("[1-9a-z]", shown) or shown == "false"
    return 4 * nothing + 2 * ("[" not in text) + len(re.findall(r"\$ = (?:0|\{\}|false)\b", text))


def _letters(axiom: Axiom) -> dict[str, str]:
    """The names of an axiom's letters, as its formula has them."""
    sides = [axiom.left, axiom.right, *(side for premise in axiom.premises for side in premise)]
    notation = Notation(sides)
    return {str(head.name): latex(eta(head), notation) for side in sides for head in side.variables}


def _models(axiom: Axiom) -> Iterator[tuple[Problem, Model, np.ndarray]]:
    """Small models, and what both sides are in them; at first those in which a set is a plain one."""
    statements = sorted(instances(axiom), key=lambda statement: str(statement.variables()).count("Bool"))
    for statement in statements:
        problem = Problem(statement)
        for number in range(TRIES):
            rng = np.random.default_rng([7, number])
            try:
                model, _ = draw_model(problem, rng, 3, 2, Style(plain=True), {})
                free = [head for head in problem.ranged if head not in model.values]
                model = model.with_values({head: np.array(rng.integers(model.size(head.sort))) for head in free})
                evaluator = Evaluator(model)
                left, right = (evaluator.closed(side) for side in problem.sides(()))
            except NoModel:
                continue
            if not np.allclose(left, right):
                raise AssertionError(f"{axiom.name} is false: {left} and {right}")
            if all(size > 1 for sort, size in model.sizes.items() if sort.cls == BASE):
                yield problem, model, left


def _told(letters: dict[str, str], problem: Problem, model: Model, value: np.ndarray) -> str:
    """The values of the letters, and that of both sides."""
    heads = sorted(problem.left.variables | problem.right.variables, key=lambda head: str(head.name))
    given = [f"${letters[head.name]}$ = {_shown(head.sort, model.values[head], model)}" for head in heads]
    groups = dict.fromkeys(f"{group}" for group in model.groups.values())
    where = f" in {' and '.join(groups)}" if groups else ""
    both = _shown(problem.left.sort, value, model)
    return f"For example, {', '.join(given)}{where}: both sides are {both}." if given else f"Both sides are {both}."


def _shown(sort: Sort, value: object, model: Model) -> str:
    if sort == BOOL:
        return "true" if value else "false"
    text = show(Head(VARIABLE, "shown", sort), value, model)
    return "".join(f"\\{letter}" if letter in "[]*_|" else letter for letter in text)
