"""Where a wrong line parts from the line before: the smallest parts that differ, after at most one rule."""

import pytest

from symbolic_equiv.teach.exercise import bundled_exercises
from symbolic_equiv.teach.feedback import WRONG, plain
from symbolic_equiv.teach.lines import book

BUNDLED = bundled_exercises()
MOVES, WHOLE = BUNDLED["a-sum-that-moves"], BUNDLED["the-whole-theorem"]

PARTINGS = {
    "a sign, behind a definition": (
        MOVES,
        MOVES.start,
        r"\sum_{j \in N(i)} f(x^{-1}(x(j) + y))",
        "The two part at -y in the line before, and y in yours.",
    ),
    "a domain that went the other way": (
        MOVES,
        MOVES.solution[2],
        r"\sum_{j \in N(x^{-1}(x(i) + y))} f(j)",
        "With its sum re-indexed, the line before has x⁻¹(x(j) + y) ∈ N(i) where yours has j ∈ N(x⁻¹(x(i) + y)).",
    ),
    "only one place was re-indexed": (
        MOVES,
        MOVES.solution[2],
        r"\sum_{j \in N(i)} f(j)",
        "The two part at x⁻¹(x(j) - y) in the line before, and j in yours.",
    ),
    "an encoding that was left behind": (
        BUNDLED["self-attention"],
        BUNDLED["self-attention"].solution[2],
        BUNDLED["self-attention"].solution[3].replace(r"\rho(\overline{i}, j)", r"\rho(i, j)"),
        "the line before has ρ(i, x⁻¹(x(j) + y)) where yours has ρ(i, j).",
    ),
    "a domain behind a definition, in the whole theorem": (
        WHOLE,
        WHOLE.solution[1],
        WHOLE.solution[2].replace(r"N(\overline{i})", "N(i)"),
        "the line before has x⁻¹(x(j) + y) ∈ N(i) where yours has j ∈ N(i).",
    ),
    "after a law": (
        BUNDLED["two-terms"],
        r"\sum_{j \in S} (f(j) + g(j))",
        r"\sum_{j \in S} f(j) + \sum_{j \in S} f(j)",
        "By the rule ‘a sum of sums’, the line before has g(j) where yours has f(j).",
    ),
}


@pytest.mark.parametrize("exercise, before, after, words", PARTINGS.values(), ids=PARTINGS)
def test_a_wrong_line_is_told_where_it_parts(exercise, before, after, words):
    said = book(exercise).step(before, after)
    assert said.verdict == WRONG and plain(said.message).endswith(words), plain(said.message)
    assert [name for name, _ in said.numbers[-2:]] == ["the line before (entry 1)", "this line (entry 1)"]


def test_lines_that_have_nothing_in_common_are_told_by_their_values_alone():
    said = book(MOVES).step("a[f](i)", "0")
    assert said.verdict == WRONG and said.message.endswith("two different values.") and said.numbers
