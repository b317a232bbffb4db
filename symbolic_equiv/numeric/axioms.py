"""Axioms in models: each instance of an axiom at concrete sorts is a statement that can be examined.

The premises of an axiom become hypotheses, and its pattern variables free variables; so a bijection with its
inverse, a group and an action are found as for any other statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from symbolic_equiv.kernel.sorts import ANY, BASE, DIMENSION, LINEAR, Sort
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, eta, substitute, substitute_sorts
from symbolic_equiv.kernel.theorem import Axiom
from symbolic_equiv.numeric.models import leaves
from symbolic_equiv.theories.language import BOOL, SCALAR, Expr, base, dim, fin, mat, vec
from symbolic_equiv.theories.statement import Hypothesis, Statement

MAX_INSTANCES = 9


def instances(axiom: Axiom) -> Iterator[Statement]:
    """The axiom at several choices of sorts, as statements; at most ``MAX_INSTANCES``.

    Sort variables become plain sets, ``Fin(n)`` or ``Bool`` (class ``any``), groups (``base``), ``Scalar``, ``Vec`` or
    ``Mat`` (``linear``) and names of dimensions.
    """
    sides = [axiom.left, axiom.right, *(side for pair in axiom.premises for side in pair)]
    variables = sorted((leaf for leaf in leaves(sides) if leaf.schematic), key=lambda leaf: (leaf.cls, leaf.name))
    combinations = list(product(*map(_choices, variables)))
    step = -(-len(combinations) // MAX_INSTANCES)
    for combination in combinations[::step]:
        yield _instance(axiom, dict(zip(variables, combination)))


def _choices(variable: Sort) -> list[Sort]:
    name = variable.name.upper()
    rows, columns = dim(f"rows_{name}"), dim(f"columns_{name}")
    return {
        ANY: [base(name), BOOL, fin(dim(f"n_{name}"))],
        BASE: [base(name)],
        DIMENSION: [dim(name)],
        LINEAR: [SCALAR, vec(rows), mat(rows, columns)],
    }[variable.cls]


def _instance(axiom: Axiom, sorts: dict[Sort, Sort]) -> Statement:
    def closed(term: Term) -> Expr:
        term = substitute_sorts(term, sorts)
        free = {head: eta(Head(VARIABLE, str(head.name), head.sort)) for head in term.variables}
        return Expr(substitute(term, free))

    premises = tuple((closed(left).term, closed(right).term) for left, right in axiom.premises)
    assumed = (Hypothesis("premises", "the premises of the axiom", premises),) if premises else ()
    return Statement(axiom.name, closed(axiom.left), closed(axiom.right), assumed)
