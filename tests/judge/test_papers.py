"""Derivations as papers print them: each is sound as it stands, and false at the line where one piece is replaced."""

from __future__ import annotations

import pytest

from tests.judge.data import indices, layers, ranges
from tests.judge.judging import claims, judged, shown, steps, verdicts

PAPERS = (indices, layers, ranges)
SOUND = {name: case for papers in PAPERS for name, case in papers.SOUND.items()}
BROKEN = {
    f"{name}: {printed} → {slip}": (name, printed, slip, kind)
    for papers in PAPERS
    for name, printed, slip, kind in papers.BROKEN
}
TOLERATED = {"undefined", "hypothesis"}


def test_there_are_enough_in_index_notation():
    assert len(indices.SOUND) >= 20 and len(indices.BROKEN) >= 20
    assert len(SOUND) == sum(len(papers.SOUND) for papers in PAPERS)
    assert len(BROKEN) == sum(len(papers.BROKEN) for papers in PAPERS)


@pytest.mark.parametrize(("text", "format"), SOUND.values(), ids=SOUND.keys())
def test_sound(text, format):
    document = judged(text, format)
    found = verdicts(document)
    assert found and set(found) == {"proved"}, shown(document)
    assert {chain.claim.verdict for chain in claims(document)} == {"proved"}, shown(document)
    assert {erratum.kind for erratum in document.errata} <= {"undefined"} and not document.unread, shown(document)


@pytest.mark.parametrize(("name", "printed", "slip", "kind"), BROKEN.values(), ids=BROKEN.keys())
def test_broken(name, printed, slip, kind):
    text, format = SOUND[name]
    before, found, after = text.partition(printed)
    assert found, f"{printed!r} does not stand in the text"
    line = before.count("\n") + 1
    document = judged(before + slip + after, format)
    mine = [erratum for erratum in document.errata if erratum.kind == kind and line in erratum.lines]
    assert mine and all(erratum in mine or erratum.kind in TOLERATED for erratum in document.errata), shown(document)
    if kind == "step":
        here = [step for step in steps(document) if step.line <= line <= step.end_line]
        assert any(step.verdict == "refuted" and step.counterexample is not None for step in here), shown(document)
    assert document.exit_code == 1
