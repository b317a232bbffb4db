"""Where proof scripts are found, and what is said when they are not."""

import os

import pytest

from symbolic_equiv.script.loader import ScriptError, bundled, bundled_path, folder, load, propositions


def test_every_bundled_proof_has_a_file_and_declares_something():
    assert len(bundled()) >= 10 and bundled() == sorted(bundled())
    for name in bundled():
        assert os.path.isfile(bundled_path(name))
        assert load(bundled_path(name))


def test_every_bundled_file_declares_a_proposition_of_its_own_name():
    for name in bundled():
        assert name in [item.name for item in load(bundled_path(name))]


def test_every_proposition_says_its_idea_and_its_title():
    for name in bundled():
        for item in load(bundled_path(name)):
            assert item.statement.says.endswith(".") and item.statement.title != item.name
            assert item.line > 1


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("softmax_reindex", "softmax_reindexing"),
        ("lora_translation_equivarience", "lora_translation_equivariance"),
        ("permutation", "permutation_equivariance"),
    ],
)
def test_the_nearest_name_is_suggested(wrong, near):
    with pytest.raises(ScriptError, match="there is no bundled proof called") as failure:
        bundled_path(wrong)
    assert f"did you mean {near}?" in failure.value.hint


@pytest.mark.parametrize("name", ["zzzz", "", "../proofs/softmax_reindexing", "softmax_reindexing.py"])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(ScriptError) as failure:
        bundled_path(name)
    assert "symbolic-equiv list" in failure.value.hint


def test_a_missing_file_is_a_script_error(tmp_path):
    with pytest.raises(ScriptError, match="cannot be read"):
        load(str(tmp_path / "no.py"))


def test_missing_bundled_proofs_are_a_script_error(monkeypatch):
    monkeypatch.setattr(os.path, "isdir", lambda _: False)
    with pytest.raises(ScriptError, match="bundled proofs are missing"):
        folder()


def test_propositions_of_a_namespace():
    assert propositions({"a": 1, "b": "proved"}) == []
