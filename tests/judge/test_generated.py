"""Random equations with an evaluator of their own: what is proved holds, what is refuted does not."""

from __future__ import annotations

import pytest

from tests.judge.generated import Equations, holds, text
from tests.judge.judging import judged, shown, verdicts


def _cases(count: int) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for seed in range(count):
        moving = seed % 2 == 0
        left, right = Equations(seed).equation(moving)
        if left != right and len(printed := text(left, right, moving)) < 1000:
            found.append((printed, holds(left, right, moving, seed)))
    return found


CASES = _cases(80)


@pytest.mark.parametrize(("printed", "true"), CASES, ids=map(str, range(len(CASES))))
def test_what_is_proved_holds(printed, true):
    document = judged(printed, budget=3, numeric=False)
    assert true or verdicts(document)[-1] != "proved", shown(document)


@pytest.mark.parametrize(("printed", "true"), CASES[:15], ids=map(str, range(15)))
def test_what_is_refuted_does_not_hold(printed, true):
    document = judged(printed, budget=3)
    assert not true or verdicts(document)[-1] != "refuted", shown(document)


def test_most_that_holds_is_proved_and_there_is_enough_of_both():
    true = [printed for printed, holds_ in CASES if holds_]
    proved = [verdicts(judged(printed, budget=3, numeric=False))[-1] == "proved" for printed in true]
    assert 10 < len(true) < len(CASES) - 10 and 2 * sum(proved) > len(true)
