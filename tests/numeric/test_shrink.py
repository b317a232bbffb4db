"""Counterexamples are made small in the same way, however many changes are looked at together."""

from __future__ import annotations

import numpy as np
import pytest
from numeric_cases import LEFT_WRONG, MAIN

from symbolic_equiv.kernel.sorts import fun
from symbolic_equiv.numeric import shrink
from symbolic_equiv.numeric.witness import examine
from symbolic_equiv.theories.language import NAT, SCALAR, base, lam, symbol
from symbolic_equiv.theories.recursion import iterate
from symbolic_equiv.theories.statement import Statement

S = base("S")
i, k, n, c = symbol("i", S), symbol("k", NAT), symbol("n", NAT), symbol("c", S, SCALAR)
signal = symbol("signal", fun(S, SCALAR))
DEEP = Statement("deep", iterate(lam(k, signal, i, signal(i) + c(i)), lam(i, c(i)), n, i), c(i))


@pytest.mark.parametrize(
    "statement",
    [MAIN.without("neighbourhoods_move"), MAIN.without("rho_is_relative"), LEFT_WRONG, DEEP],
    ids=lambda statement: statement.name,
)
def test_one_after_the_other_or_together(statement, monkeypatch):
    together = examine(statement, seed=3).counterexample
    monkeypatch.setattr(shrink, "AT_ONCE", 1)
    assert str(examine(statement, seed=3).counterexample) == str(together)


def test_a_depth_is_made_small():
    found = examine(DEEP).counterexample.model.values
    assert found[n.head] == 1.0
    assert np.count_nonzero(found[c.head]) == 1


@pytest.mark.parametrize(
    ("table", "simpler"),
    [
        ([0.0, 0.0], []),
        ([0.0, 1.0], [[0, 0], [0, 0]]),
        ([1.0, 1.0], [[0, 0], [0, 1], [1, 0]]),
        ([0.5, 0.0], [[0, 0], [0, 0], [1, 0]]),
        ([-1.0, 2.0], [[0, 0], [1, 1], [0, 2], [1, 2], [-1, 0], [-1, 1]]),
    ],
)
def test_what_is_simpler_than_a_table(table, simpler):
    found = list(shrink._simpler(c.head, np.array(table), None))
    assert [list(map(float, each)) for each in found] == simpler
