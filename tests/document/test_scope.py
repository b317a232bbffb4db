"""Brackets that close too early, and what else is wrong although it can be read."""

from __future__ import annotations

import pytest

from tests.document.helpers import TOKENS, display, kinds, proved, read, terms

MAPS = (
    TOKENS
    + r"""
Let $s : S \times S \to \mathbb{R}$, $\phi^{(h)} : \mathbb{R}^d \to \mathbb{R}^k$ for $h \in [H]$,
$o : \mathbb{R}^{H k} \to \mathbb{R}^m$ and $u : \mathbb{R}^d \to \mathbb{R}^m$.
"""
)
SOUND = r"o\left(\bigcup_{h \in [H]} \sum_{j \in N(i)} \sigma_j(s(i,j)) \phi^{(h)}(f(j))\right)"

EARLY = {
    "one bracket": r"o\left(\bigcup_{h \in [H]} \sum_{j \in N(i)} \sigma_j(s(i,j)) \right) \phi^{(h)}(f(j))",
    "a bracket around the value": r"o(\bigcup_{h \in [H]} \sum_{j \in N(i)} \sigma_j(s(i,j)))(\phi^{(h)}(f(j)))",
    "sized brackets": r"o\Big(\bigcup_{h \in [H]} \sum_{j \in N(i)} \sigma_j(s(i,j))\Big)\Big(\phi^{(h)}(f(j))\Big)",
    "two brackets": r"o\Big(\bigcup_{h \in [H]} \Big(\sum_{j \in N(i)} \sigma_j(s(i,j))\Big)\Big)\phi^{(h)}(f(j))",
}


@pytest.mark.parametrize("formula", EARLY.values(), ids=EARLY.keys())
def test_the_factor_is_moved_into_the_sum_that_binds_its_variables(formula):
    found = read(MAPS + "\nWe want" + display(SOUND) + display(f"o(g) = {formula}"))
    line = found.chains[-1].lines[-1]
    assert line.term is None and line.repaired == found.chains[-2].lines[0].term
    assert [problem.kind for problem in line.problems] == ["scope"]


@pytest.mark.parametrize("formula", EARLY.values(), ids=EARLY.keys())
def test_the_suggestion_reads_as_the_repair(formula):
    found = read(MAPS + "\nWe want" + display(f"o(g) = {formula}"))
    line = found.chains[-1].lines[-1]
    again = read(MAPS + "\nWe want" + display(f"o(g) = {line.problems[0].suggestion}"))
    assert again.chains[-1].lines[-1].term == line.repaired
    assert kinds(again) == []


@pytest.mark.parametrize("formula", EARLY.values(), ids=EARLY.keys())
def test_the_edits_mend_the_source(formula):
    text = MAPS + "\nWe want" + display(f"o(g) = {formula}")
    (problem,) = [each for each in read(text).problems if each.kind == "scope"]
    for edit in sorted(problem.edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert kinds(read(text)) == []


def test_a_term_of_a_sum_outside_its_sum():
    found = read(TOKENS + display(r"f(i) = \sum_{j \in N(i)} f(i) + f(k) + f(j)".replace("f(k) + ", "")))
    line = found.chains[-1].lines[-1]
    assert line.term is None and [problem.kind for problem in line.problems] == ["scope"]
    assert line.repaired is not None


WITHIN = {
    "a sum in brackets times what it does not bind": r"f(i) = \left(\sum_{j \in N(i)} s(i,j)\right) f(i)",
    "the same letter, fixed outside": r"f(j) = \left(\sum_{j \in N(i)} s(i,j)\right) f(j)",
    "the same letter bound twice": r"f(i) = \left(\sum_{j \in N(i)} s(i,j)\right) \sum_{j \in N(i)} f(j)",
    "a sum of sums": r"f(i) = \sum_{j \in N(i)} f(j) + \sum_{j \in N(i)} f(j)",
    "all inside": SOUND,
}


@pytest.mark.parametrize("formula", WITHIN.values(), ids=WITHIN.keys())
def test_no_false_alarm(formula):
    assert kinds(read(MAPS + display(formula))) == []


def test_a_softmax_over_another_element_than_the_sum():
    formula = r"f(i) = \sum_{x^{-1}(x(k) + y) \in N(i)} \sigma_k(s(i,k)) f(k)"
    found = read(MAPS + "\nWe want" + display(formula))
    line = found.chains[-1].lines[-1]
    assert line.term is None and line.repaired is not None
    assert line.problems[0].kind == "scope" and line.problems[0].suggestion == "x^{-1}(x(k) + y)"


def test_a_composition_in_the_wrong_order():
    text = TOKENS + r"Let $a : \mathbb{R}^d \to \mathbb{R}^r$ and $b : \mathbb{R}^r \to \mathbb{R}^k$. We write"
    found = read(text + display(r"c(f(i)) = (a \circ b)(f(i)) = b(a(f(i)))"))
    (problem,) = found.problems
    assert problem.kind == "definition" and problem.suggestion == r"b \circ a"
    assert found.definitions[0].name == "c" and terms(found)[1] == terms(found)[2]


def test_a_composition_in_the_wrong_order_where_both_have_a_sort():
    text = TOKENS + r"Let $a, b : \mathbb{R}^d \to \mathbb{R}^d$. We write"
    found = read(text + display(r"c(f(i)) = (a \circ b)(f(i)) = b(a(f(i)))"))
    assert kinds(found) == [(4, "definition")] or [kind for _, kind in kinds(found)] == ["definition"]


def test_a_composition_in_the_right_order():
    text = TOKENS + r"Let $a, b : \mathbb{R}^d \to \mathbb{R}^d$. We write"
    found = read(text + display(r"c(f(i)) = (b \circ a)(f(i)) = b(a(f(i)))"))
    assert found.problems == ()


def test_two_false_steps_stay_false_under_the_repair():
    formula = r"\sum_{j \in N(i)} f(j) = \sum_{j \in N(i)} f(i)"
    assert proved(read(TOKENS + "\nWe want" + display(formula))) == [False]
