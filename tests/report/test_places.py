"""Where the report on a document points: the lines of the source, what is wrong in them, and which bracket moves."""

import re

import pytest

from symbolic_equiv.document import read_derivation
from symbolic_equiv.judge.judge import judge
from symbolic_equiv.latex.reader import read_text
from symbolic_equiv.report.places import excerpts
from symbolic_equiv.report.review import WIDTH, review

PREAMBLE = r"""
Let $f : S \to \mathbb{R}^{d}$, $x : S \to X$, $N : S \to 2^S$ and $w : \mathbb{R}^{d} \to \mathbb{R}^{d}$, let
$v : \mathbb{R}^{d} \to \mathbb{R}$, $i, j \in S$, $y \in X$, let $x$ be a bijection with inverse $x^{-1}$.
We define $T_y[f](i) := f(x^{-1}(x(i) - y))$ and $s[f](i) := \sum_{j \in N(i)} v(f(j)) w(f(j))$.

"""

PLACES = {
    "a step with one slip": (
        r"$$f(x^{-1}(x(i) - y)) = T_{y}[f](j) = T_y[f](i)$$",
        "step",
        ["j"],
    ),
    "a slip that recurs in its line": (
        r"$$s[T_y[f]](i) = \sum_{j \in N(i)} v(T_y[f](j)) w(f(j))"
        "\n"
        r"= \sum_{j \in N(i)} v(f(x^{-1}(x(j) - y))) w(f(x^{-1}(x(j) - y)))$$",
        "step",
        ["f(j)"],
    ),
    "a step that nothing small mends": (
        r"$$s[T_y[f]](i) = \sum_{j \in N(i)} w(f(i)) = w(f(i))$$",
        "step",
        [r"\sum_{j \in N(i)} w(f(i))"],
    ),
    "a bracket that closes too early": (
        r"$$s[T_y[f]](i) = \left( \sum_{j \in N(i)} v(T_y[f](j)) \right) w(T_y[f](j))$$",
        "scope",
        [r"\right)", "$"],
    ),
}


def report(text):
    return judge(read_derivation(read_text(PREAMBLE + text, "markdown")), "text", 30.0)


def pointed_at(excerpt):
    """The parts of a line of the source above a run of carets."""
    source, carets = excerpt.split("\n")
    return [source[run.start() : run.end()] for run in re.finditer(r"\^+", carets)]


@pytest.mark.parametrize("name", PLACES)
def test_the_report_points_at_what_is_wrong(name):
    text, kind, wanted = PLACES[name]
    document = report(text)
    erratum = next(each for each in document.errata if each.kind == kind)
    shown = excerpts(erratum, document)
    assert [part for _, excerpt in shown for part in pointed_at(excerpt)] == wanted, review(document)
    lines = (PREAMBLE + text).split("\n")
    assert all(excerpt.split("\n")[0].strip("…") in lines[number - 1] for number, excerpt in shown)


def test_a_bracket_is_said_to_move_and_no_long_formula_is_repeated():
    text, _, _ = PLACES["a bracket that closes too early"]
    shown = review(report(text))
    last = len(text) - 2
    assert rf"move ‘\right)’ at line 6, column {text.index(chr(92) + 'right)') + 1} to line 6, column {last + 1}" in (
        " ".join(shown.split())
    )


def test_long_lines_are_cut_around_the_place_and_nothing_is_wider_than_a_terminal():
    spaces = r" \, " * 60
    document = report(rf"$$f(x^{{-1}}(x(i) - y)) = {spaces} T_{{y}}[f](j) {spaces} = T_y[f](i)$$")
    (erratum,) = [each for each in document.errata if each.kind == "step"]
    ((_, excerpt),) = excerpts(erratum, document)
    assert pointed_at(excerpt) == ["j"] and excerpt.startswith("…") and "…\n" in excerpt
    assert max(map(len, review(document).split("\n"))) <= WIDTH


def test_what_stands_nowhere_is_not_pointed_at():
    document = report(r"$$s[T_y[f]](i) = \sum_{j \in N(i)} v(T_y[f](j)) w(T_y[f](j)) = T_y[s[f]](i)$$")
    (erratum,) = [each for each in document.errata if each.kind == "hypothesis"]
    assert excerpts(erratum, document) == []
