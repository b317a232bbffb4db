"""A folder of answers: the mark of each, the table, and the commands with their exit statuses."""

import csv
import io
import json

import pytest

from symbolic_equiv.cli import main
from symbolic_equiv.teach.answers import grade, table
from symbolic_equiv.teach.exercise import bundled_exercises, read_exercise
from symbolic_equiv.teach.mark import mark
from tests.teach.data.answers import ANSWERS
from tests.teach.data.varied import VARIED


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("answers")
    for name, (text, _) in ANSWERS.items():
        (found / name).write_text(text, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def graded(folder):
    return {item.path: item for item in grade(folder)}


def test_there_are_thirty_answers(graded):
    assert len(graded) == len(ANSWERS) == 30


@pytest.mark.parametrize("name", ANSWERS)
def test_each_answer_gets_its_mark(graded, name):
    item = graded[name]
    said = (
        [(text, found.verdict, found.message, found.caret) for text, found in item.marked.lines] if item.marked else []
    )
    assert item.mark == ANSWERS[name][1], (item.problem, *said)


def test_thirty_more_answers_written_as_learners_write_get_their_marks(tmp_path):
    for name, (text, _) in VARIED.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    marks = {item.path: item.mark for item in grade(tmp_path)}
    assert marks == {name: mark for name, (_, mark) in sorted(VARIED.items())} and len(marks) == 30


def test_the_lines_of_an_answer_from_right_to_left_are_told_from_left_to_right(tmp_path):
    (tmp_path / "a.md").write_text(VARIED["from right to left.md"][0], encoding="utf-8")
    (answer,) = grade(tmp_path)
    assert [text for text, _ in answer.marked.lines] == list(bundled_exercises()["a-sum-that-moves"].solution[1:])


def test_a_wrong_line_comes_with_numbers_and_the_place_where_the_sides_part(graded):
    (wrong,) = [said for _, said in graded["the wrong sign.md"].marked.lines if said.verdict == "wrong"][:1]
    assert dict(wrong.numbers)["X"].endswith("the group Z/3")
    assert "re-indexed, the line before has" in wrong.message
    assert "yours has $j \\in N(x^{-1}(x(i) + y))$" in wrong.message


def test_what_follows_from_a_wrong_line_is_said_to_follow_from_it_and_is_not_right(graded):
    first, second = [said for _, said in graded["the wrong sign.md"].marked.lines if said.verdict == "wrong"][:2]
    assert "follows from the line above" in second.message and "follows" not in first.message


def test_an_unreadable_line_has_a_caret(graded):
    (said,) = [said for _, said in graded["a letter from nowhere.md"].marked.lines if said.verdict == "unreadable"]
    assert said.caret.splitlines() == ["q(i)", "^"]


def test_the_table_has_a_row_for_each_answer_and_each_line(graded):
    rows = list(csv.DictReader(io.StringIO(table(list(graded.values())))))
    whole = [row for row in rows if not row["line"]]
    assert [(row["file"], row["verdict"]) for row in whole] == [(name, item.mark) for name, item in graded.items()]
    assert len(rows) == sum(1 + len(item.marked.lines) for item in graded.values())


def test_no_cell_of_the_table_is_a_formula_for_a_spreadsheet(tmp_path):
    (tmp_path / "=1+1.md").write_text("exercise: find-the-error\n\n1. -1\n", encoding="utf-8")
    for row in csv.reader(io.StringIO(table(grade(tmp_path)))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row), row


def test_the_command_writes_a_table_and_says_with_its_status_whether_all_is_right(folder, tmp_path, capsys):
    assert main(["exercise", "grade", str(folder), "-o", str(tmp_path / "marks.csv")]) == 1
    right = sum(mark == "complete" for _, mark in ANSWERS.values())
    assert f"{right} of 30 answers complete" in capsys.readouterr().out
    assert (tmp_path / "marks.csv").read_text(encoding="utf-8").startswith("file,exercise,line,verdict,text,feedback\n")


def test_a_folder_of_right_answers_exits_with_0_and_prints_json(tmp_path, capsys):
    (tmp_path / "one.md").write_text("It is line 4, where 1 sum is re-indexed.\n", encoding="utf-8")
    assert main(["exercise", "grade", str(tmp_path), "--exercise", "absolute-positions", "--json"]) == 0
    (answer,) = json.loads(capsys.readouterr().out)
    assert (answer["mark"], answer["exercise"]) == ("complete", "absolute-positions")


UNREADABLE = {
    "no exercise named": b"$$ a = b $$\n",
    "an exercise that there is not": b"exercise: the-moon\n",
    "a path for a name": b"exercise: ../../etc/passwd\n",
    "a file of its own": b"exercise: easy.exercise\n$$ f(i) = f(i) $$\n",
    "not UTF-8": b"exercise: two-terms\n\xff\xfe",
    "NUL": b"exercise: two-terms\n\0",
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_an_answer_that_cannot_be_marked_says_why_and_the_others_are_marked(tmp_path, content, capsys):
    easy = "---\ntitle: Easy\n---\nShow it.\n\n## Solution\n$$ 0 = 0 $$\n"
    (tmp_path / "easy.exercise").write_text(easy, encoding="utf-8")
    (tmp_path / "a.md").write_bytes(content)
    (tmp_path / "b.md").write_text("exercise: find-the-error\n\nline 4\n", encoding="utf-8")
    assert main(["exercise", "grade", str(tmp_path)]) == 2
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["verdict"] for row in rows if not row["line"]] == ["not read", "complete"] and rows[0]["feedback"]


def test_a_folder_that_is_not_there_or_empty_is_an_error(tmp_path, capsys):
    assert main(["exercise", "grade", str(tmp_path / "nowhere")]) == 2
    assert main(["exercise", "grade", str(tmp_path)]) == 2
    assert "no answer in it" in capsys.readouterr().err


def test_an_exercise_of_ones_own_grades_answers_that_do_not_name_it(tmp_path, capsys):
    own = tmp_path / "own.md"
    text = "---\ntitle: Twice\nstep: 2\n---\nShow it.\n\n## Context\ndeclare u \\in \\mathbb{R}^d\n"
    own.write_text(
        text + "## Solution\n$$ u + u = 2 u $$\n## Hints\n1. where: Count.\n   which: Calculate.\n", encoding="utf-8"
    )
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "a.md").write_text("$$ u + u = 2 u $$", encoding="utf-8")
    assert main(["exercise", "check", str(own)]) == 0
    assert main(["exercise", "grade", str(tmp_path / "answers"), "--exercise", str(own)]) == 0
    assert "Right, by calculating" in capsys.readouterr().out


TAKEN_IN = {
    "an assumption": r"a[L_y[f]](i) \quad \text{assume } a[L_y[f]](i) = L_y[a[f]](i)",
    "a definition": r"0 := L_y[a[f]](i)",
    "a name of the built-in context": r"m[f, \rho](i)",
    "an inequality": r"\neq L_y[a[f]](i)",
    "two expressions": r"L_y[a[f]](i) = L_y[a[f]](i)",
    "an implication": r"f(i) = f(i) \implies L_y[a[f]](i)",
    "a macro that hides a definition": r"\newcommand{\q}{:= 0} L_y[a[f]](i) \q",
    "a comment block": "<!-- symbolic-equiv\nassume A: f(i) = f(j)\n-->",
    "a new function": r"g(i)",
    "the claim, at once": r"L_y[a[f]](i)",
    "nothing": " ",
    "a display of its own": r"$$ a[L_y[f]](i) = L_y[a[f]](i) $$",
}


@pytest.mark.parametrize("line", TAKEN_IN.values(), ids=TAKEN_IN)
def test_a_line_that_says_more_than_an_expression_is_never_right(line):
    exercise = bundled_exercises()["a-sum-that-moves"]
    marked = mark(exercise, [line])
    assert not marked.complete and not any(said.is_right for _, said in marked.lines), marked


def test_a_line_that_is_true_only_under_an_unstated_hypothesis_is_not_right():
    exercise = bundled_exercises()["a-sum-that-moves"]
    lines = [line for line in exercise.context_text.splitlines() if not line.startswith("assume")]
    weaker = read_exercise(_text(exercise, "\n".join(lines)), "weaker")
    verdicts = [said.verdict for _, said in mark(weaker, exercise.solution[1:]).lines]
    assert verdicts[:2] == ["right", "right"] and verdicts[2] == "wrong"


def _text(exercise, context):
    return (
        f"---\ntitle: {exercise.title}\nkind: {exercise.kind}\nstep: {exercise.step}\n---\n"
        f"{exercise.statement}\n\n## Context\n{context}\n\n## Solution\n$$ {' = '.join(exercise.solution)} $$\n"
    )
