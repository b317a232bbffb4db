"""What the words deny, ask, suppose for a while or say elsewhere is not assumed; what they restrict is not refuted."""

from __future__ import annotations

import pytest

from tests.judge.data import moods
from tests.judge.judging import judged, kinds, shown, steps, verdicts


@pytest.mark.parametrize("text", moods.NOT_SAID.values(), ids=moods.NOT_SAID.keys())
def test_what_is_not_said_proves_nothing(text):
    document = judged(text)
    assert verdicts(document)[-1] in ("refuted", "unproved"), shown(document)
    assert document.exit_code == 1


@pytest.mark.parametrize("text", moods.ELSEWHERE.values(), ids=moods.ELSEWHERE.keys())
def test_what_is_said_elsewhere_proves_nothing(text):
    document = judged(text, "latex")
    assert verdicts(document)[-1] in ("refuted", "unproved"), shown(document)


@pytest.mark.parametrize("text", moods.COMMUTATIVE.values(), ids=moods.COMMUTATIVE.keys())
def test_a_group_is_commutative_only_where_the_words_say_so(text):
    document = judged(text)
    assert verdicts(document)[-1] in ("refuted", "unproved"), shown(document)


@pytest.mark.parametrize("text", moods.SAID.values(), ids=moods.SAID.keys())
def test_what_is_said_is_assumed(text):
    document = judged(text)
    assert verdicts(document)[-1] == "proved", shown(document)


@pytest.mark.parametrize("text", moods.NO_ALARM.values(), ids=moods.NO_ALARM.keys())
def test_what_is_restricted_is_no_erratum(text):
    document = judged(text)
    assert "refuted" not in verdicts(document) and "step" not in kinds(document), shown(document)


def test_the_report_says_what_was_not_judged():
    document = judged(moods.NO_ALARM["denied behind"])
    assert document.cited == ["line 2 (denied, or only supposed)"] and not verdicts(document)


def test_a_step_that_needs_what_another_theorem_assumes_says_so():
    (step,) = [step for step in steps(judged(moods.NOT_SAID["in another theorem"])) if step.verdict != "definition"]
    assert "assumed elsewhere" in step.message


def test_an_order_is_not_judged_as_an_equality():
    (step,) = steps(judged(moods.NO_ALARM["a bound"]))[1:]
    assert step.verdict == "unreadable" and "leq" in step.message


@pytest.mark.parametrize("text", moods.UNHEEDED.values(), ids=moods.UNHEEDED.keys())
def test_nothing_is_refuted_of_what_the_words_say_more_than_is_read(text):
    document = judged(text)
    assert verdicts(document)[-1] in ("unproved", "proved") and "step" not in kinds(document), shown(document)


@pytest.mark.parametrize("text", moods.HEEDED.values(), ids=moods.HEEDED.keys())
def test_words_about_something_else_shield_nothing(text):
    assert verdicts(judged(text))[-1] == "refuted"


NOT_PROVED = {"letters": moods.LETTERS, "partly": moods.PARTLY, "defined": moods.DEFINED, "words": moods.PROPERTIES}


@pytest.mark.parametrize(
    "text",
    [pytest.param(text, id=f"{title}: {name}") for title, cases in NOT_PROVED.items() for name, text in cases.items()],
)
def test_what_is_said_of_some_or_elsewhere_does_not_hold_of_all(text):
    document = judged(text)
    assert verdicts(document)[-1] not in ("proved", "assumed"), shown(document)
    assert document.exit_code == 1


@pytest.mark.parametrize("text", moods.LATER.values(), ids=moods.LATER.keys())
def test_what_comes_later_does_not_prove_what_was_claimed_before(text):
    document = judged(text)
    assert verdicts(document)[0] in ("refuted", "unproved"), shown(document)


@pytest.mark.parametrize("text", moods.STILL.values(), ids=moods.STILL.keys())
def test_what_is_said_is_used_where_it_holds(text):
    document = judged(text)
    assert verdicts(document)[-1] == "proved", shown(document)


@pytest.mark.parametrize("text", moods.NOT_BIJECTIVE.values(), ids=moods.NOT_BIJECTIVE.keys())
def test_a_bijection_that_is_not_said_is_an_erratum(text):
    assert "hypothesis" in kinds(judged(text))
