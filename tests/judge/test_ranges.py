"""One range in two notations is one range; of two ranges that differ, an equation is refuted."""

from __future__ import annotations

import pytest

from tests.judge.data.ranges import DIFFERENT, PLACES, SAME, UNDECIDED
from tests.judge.judging import judged, shown, verdicts


def _text(place: str, left: str, right: str) -> str:
    sums = [rf"\langle v_i, \sum_{{{below}}} f_j \rangle" for below in (left, right)]
    return f"{PLACES[place]} We have\n$$ {sums[0]} = {sums[1]} . $$\n"


@pytest.mark.parametrize(("place", "left", "right"), SAME)
def test_the_same(place, left, right):
    document = judged(_text(place, left, right))
    assert verdicts(document) == ["proved"], shown(document)


@pytest.mark.parametrize(("place", "left", "right"), DIFFERENT)
def test_different(place, left, right):
    document = judged(_text(place, left, right))
    assert verdicts(document) == ["refuted"], shown(document)


@pytest.mark.parametrize("text", UNDECIDED.values(), ids=UNDECIDED.keys())
def test_not_refuted(text):
    document = judged(text)
    assert verdicts(document) == ["unproved"], shown(document)
