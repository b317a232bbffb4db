"""Sound derivations raise no alarm; broken ones are reported at the line, with the kind and the repair of the data."""

from __future__ import annotations

import pytest

from tests.judge.data import broken, sound
from tests.judge.judging import claims, judged, kinds, shown, steps, verdicts

SOUND = {f"{title}: {name}": case for title, cases in sound.GROUPED.items() for name, case in cases.items()}
BROKEN = {f"{title}: {name}": case for title, cases in broken.GROUPED.items() for name, case in cases.items()}
TOLERATED = {"undefined", "hypothesis"}
"""Kinds that a broken text may show beside the one it is about."""


def test_there_are_enough_of_both():
    assert len(SOUND) >= 40 and len(BROKEN) >= 40
    assert len({case.text for case in SOUND.values()}) == len(SOUND)
    assert len({case.text for case in BROKEN.values()}) == len(BROKEN)


@pytest.mark.parametrize("case", SOUND.values(), ids=SOUND.keys())
def test_sound(case):
    document = judged(case.text, case.format)
    found = verdicts(document)
    assert found and set(found) == {"proved"}, shown(document)
    assert {chain.claim.verdict for chain in claims(document)} == {"proved"}, shown(document)
    assert kinds(document) == set(case.kinds) and not document.unread, shown(document)


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN.keys())
def test_broken(case):
    document = judged(case.text)
    found = [each for each in document.errata if each.kind == case.kind and case.line in each.lines]
    assert found, shown(document)
    assert any(case.repair in each.suggested for each in found), shown(document)
    others = [each for each in document.errata if each not in found and each.kind not in TOLERATED]
    assert not others, shown(document)  # one slip is one erratum
    here = [step for step in steps(document) if step.line <= case.line <= step.end_line]
    if case.kind == "step":
        assert here and any(step.verdict == "refuted" for step in here), shown(document)
        assert all(
            step.counterexample is not None or step.relation == "≠" for step in here if step.verdict == "refuted"
        )
    elif case.kind in ("shape", "sort", "scope"):
        assert all(step.verdict != "proved" or step.judged == "repaired" or not step.before for step in here) or (
            found[0].suggested
        ), shown(document)
    assert document.exit_code == 1
