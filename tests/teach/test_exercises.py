"""Exercises: the bundled ones can be solved, and files that are none, or cannot be solved, are refused in words."""

import pytest

from symbolic_equiv.cli import main
from symbolic_equiv.teach.exercise import ExerciseError, bundled_exercises, read_exercise
from symbolic_equiv.teach.feedback import html, plain
from symbolic_equiv.teach.mark import hint, mark, model_answer
from symbolic_equiv.teach.validate import problems

BUNDLED = bundled_exercises()

SUM = r"""---
title: A sum
kind: derive
step: 1
---
Show it.

## Context
declare S
declare j \in S
declare t : S \to S \text{ bijection}
declare f, g : S \to \mathbb{R}^d

## Solution
$$
\sum_{j \in S} (f(t(j)) + g(t(j))) = \sum_{j \in S} (f(j) + g(j)) = \sum_{j \in S} f(j) + \sum_{j \in S} g(j)
$$

## Hints
1. where: Inside.
   which: Re-index.
2. where: The plus.
   which: Split.
"""


def test_there_are_at_least_ten_of_every_kind_in_order():
    assert len(BUNDLED) >= 10
    assert {item.kind for item in BUNDLED.values()} == {"derive", "blanks", "reasons", "error", "repair"}
    assert next(iter(BUNDLED)) == "two-terms" and {"the-whole-theorem", "rotations"} <= set(BUNDLED)


@pytest.mark.parametrize("name", BUNDLED)
def test_each_bundled_exercise_can_be_solved_and_its_hints_lead_to_the_end(name):
    assert problems(BUNDLED[name]) == []


@pytest.mark.parametrize("name", BUNDLED)
def test_half_of_a_right_answer_is_not_complete(name):
    answer = model_answer(BUNDLED[name])
    assert mark(BUNDLED[name], answer).complete and not mark(BUNDLED[name], answer[:-1]).complete


def test_the_example_of_this_test_is_an_exercise():
    assert problems(read_exercise(SUM, "sum")) == []


NO_EXERCISE = {
    "no front matter": (SUM[4:], "front matter"),
    "no title": (SUM.replace("title: A sum\n", ""), "front matter"),
    "an unknown key": (SUM.replace("step: 1", "points: 3"), "points"),
    "an unknown kind": (SUM.replace("kind: derive", "kind: essay"), "essay"),
    "a step of nothing": (SUM.replace("step: 1", "step: 0"), "step"),
    "no solution": (SUM.replace("## Solution", "## Solved"), "Solution"),
    "a section twice": (SUM + "\n## Hints\n1. where: a\n   which: b\n", "twice"),
    "a solution that cannot be read": (SUM.replace("(f(j) + g(j))", "(f(j) + g(j)"), "never closed"),
    "an inequality": (SUM.replace(" = ", r" \neq ", 1), "relation"),
    "blanks where there are none": (SUM.replace("kind: derive", "kind: blanks"), "blank"),
    "a blank in a derivation": (SUM.replace("(f(j) + g(j))", r"\blank{f(j) + g(j)}"), "blank"),
    "a blank that stays open": (SUM.replace("(f(j) + g(j))", r"\blank{f(j)"), "never closed"),
    "broken lines without an error to find": (SUM + "\n## Lines\n$$ a = b $$\n", "Lines"),
}


@pytest.mark.parametrize("text, word", NO_EXERCISE.values(), ids=NO_EXERCISE)
def test_a_text_that_is_no_exercise_is_refused(text, word):
    with pytest.raises(ExerciseError) as caught:
        read_exercise(text, "sum")
    assert word in f"{caught.value} {caught.value.hint}"


NOT_TO_BE_SET = {
    "a false solution": (SUM.replace("(f(j) + g(j)) =", "(f(j) + f(j)) ="), "line 2 of the solution: wrong"),
    "two steps in a line": (SUM.replace(r"\sum_{j \in S} (f(j) + g(j)) =", "", 1), "several steps"),
    "a hint too few": (SUM[: SUM.index("2. where")], "1 hint "),
    "a symbol that is not declared": (SUM.replace("declare f, g", "declare f"), "never declared"),
    "a context that cannot be read": (SUM.replace("declare S\n", "declare S \\in (\n"), "the context"),
    "all of it in one line": (SUM.replace("step: 1", "step: 2"), "at once"),
    "nothing wrong to find": (
        SUM.replace("kind: derive", "kind: error") + "\n## Lines\n" + SUM.split("## Solution")[1].split("## Hints")[0],
        "no line",
    ),
}


@pytest.mark.parametrize("text, words", NOT_TO_BE_SET.values(), ids=NOT_TO_BE_SET)
def test_an_exercise_that_cannot_be_solved_as_it_says_is_not_to_be_set(text, words, tmp_path, capsys):
    (tmp_path / "sum.md").write_text(text, encoding="utf-8")
    assert main(["exercise", "check", str(tmp_path / "sum.md")]) == 1
    assert words in capsys.readouterr().out


def test_check_exits_with_2_where_nothing_can_be_read(tmp_path, capsys):
    assert main(["exercise", "check", str(tmp_path / "nowhere.md")]) == 2
    assert main(["exercise", "check", "two-term", "--json"]) == 2
    assert "did you mean two-terms" in capsys.readouterr().out


def test_hints_have_three_rungs_and_go_on_from_the_line_that_was_reached():
    exercise = BUNDLED["a-sum-that-moves"]
    other_way = [r"\sum_{k \in N(i)} f(x^{-1}(x(k) - y))"]
    assert [hint(exercise, [], rung)[1] for rung in (1, 2, 3)] == [1, 1, 1]
    assert "Put" in hint(exercise, other_way, 2)[0]
    assert exercise.solution[3] in hint(exercise, other_way, 3)[0]


def test_words_are_escaped_and_formulas_are_mathml():
    assert html("<b> $x < y$ & $\\frac{$").startswith('&lt;b&gt; <span class="together"><math>')
    assert html("for $p$.").endswith("</math>.</span>")  # a full stop does not begin a line
    assert "<script" not in html("$<script>$ <script>") and plain("$\\rho^P$ is") == "ρ^P is"
