"""The hypotheses that the steps need and the text never states: an erratum each, with a model in which they fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from symbolic_equiv.judge.search import Search
from symbolic_equiv.judge.verdicts import Erratum, JudgedStep
from symbolic_equiv.kernel.terms import Head, Term
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.plain import spelled
from symbolic_equiv.latex.statements import equation
from symbolic_equiv.theories.language import lam, partial, symbol
from symbolic_equiv.theories.statement import Hypothesis


def unstated(search: Search, needed: Mapping[Hypothesis, list[JudgedStep]]) -> Iterator[Erratum]:
    """An erratum for each hypothesis that the steps need and the text never states."""
    for item in search.available:
        steps = needed.get(item, [])
        if not steps:
            continue
        first = min(steps, key=lambda step: (step.announced, step.line))
        lines = sorted({*_first_use(search, item), first.line})
        example = _without(search, item, first)
        notation = Notation(
            [side for pair in item.equations for side in pair], search.derivation.context.multiplicative
        )
        says = f"used and never stated: {item.says}" + ("; without it the step is false" if example is not None else "")
        if item.name in search.derivation.standstills:
            says += f"; {search.derivation.standstills[item.name]}"
        shown = "; ".join(spelled(equation(*pair, notation).latex) for pair in item.equations)
        yield Erratum(
            "hypothesis",
            tuple(lines),
            says,
            suggested=f"assume {item.name}: {shown}",
            counterexample=example,
            hypothesis=item.name,
        )


def _without(search: Search, item: Hypothesis, step: JudgedStep) -> Any:
    """A model without the hypothesis in which the step fails: where a map is to have an inverse, one that has none."""
    statement = search.statement(step.before, step.after, without=_like(search, item))
    closest = _nearly_undone(item) if search.numeric else None
    found = search.refute(statement.with_hypotheses([*statement.hypotheses, closest])) if closest else None
    if found is None:
        return search.refute(statement)
    from symbolic_equiv.numeric.counterexample import confirm
    from symbolic_equiv.numeric.problem import Problem

    return confirm(Problem(statement), found.model)


def _nearly_undone(item: Hypothesis) -> Hypothesis | None:
    """``f(g(f(a))) = f(a)`` for a hypothesis ``g(f(a)) = a``.

    If ``f`` had an inverse, that would be ``g``: so in a counterexample it has none, and ``g`` is not at fault.
    """
    from symbolic_equiv.numeric.problem import undone

    for sides in item.equations:
        if (pair := undone(*sides)) is not None:
            f, g = (partial(head, ()) for head in pair)
            a = symbol("a", f.sort.args[0])
            return Hypothesis(item.name, item.says, ((lam(a, f(g(f(a)))).term, lam(a, f(a)).term),))
    return None


def vacuous(search: Search, needed: Mapping[Hypothesis, list[JudgedStep]]) -> Iterator[Erratum]:
    """An erratum for each hypothesis that is stated and used, and holds with the rest for one translation only."""
    for item in search.derivation.hypotheses:
        why, steps = search.derivation.standstills.get(item.hypothesis.name), needed.get(item.hypothesis, [])
        if why and steps:
            line = min(steps, key=lambda step: (step.announced, step.line)).line
            yield Erratum("hypothesis", tuple(sorted({item.line, line})), why, item.span.text, span=item.span)


def _like(search: Search, item: Hypothesis) -> list[Hypothesis]:
    """A supplied hypothesis, and the one that could be supplied instead of it."""
    names = {item.name}.union(*(pair for pair in search.derivation.either if item.name in pair))
    return [each for each in search.available if each.name in names]


def _first_use(search: Search, item: Hypothesis) -> list[int]:
    """The first definition that only makes sense under the hypothesis: it uses the inverse that one asserts."""
    sides = [left for left, right in item.equations if not right.variables]
    inverses: frozenset[Head] = frozenset().union(*(side.variables for side in sides))
    if not inverses:
        return []
    names = {head.name for head in inverses}
    lines = [
        definition.line
        for definition in search.derivation.definitions
        if names <= _binder_names(definition.declaration.definition)
    ]
    return lines[:1]


def _binder_names(term: Term | None) -> set[str]:
    """The names of the outermost binders of a definition: its hidden arguments first."""
    found: set[str] = set()
    while term is not None and term.body is not None:
        found.add(term.hint)
        term = term.body
    return found
