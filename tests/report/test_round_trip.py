"""What ``derive`` writes of a bundled proof, ``check`` reads and judges as the proof itself was judged."""

import re
import subprocess
import sys

import pytest

from symbolic_equiv.report.check import check
from symbolic_equiv.report.derive import rendered
from symbolic_equiv.theories.statement import PROVED, REFUTED
from tests.judge.judging import claims, judged, shown, steps

FORMATS = {".tex": "latex", ".md": "markdown"}


READ_BACK = (
    "absolute_positional_encoding", "any_per_token_adapter", "composition_of_layers", "left_action_equivariance",
    "left_translation_with_right_difference", "lora_translation_equivariance",
    "lora_translation_equivariance_of_matrices", "merged_lora_equals_unmerged", "neighbourhoods_that_stay",
    "output_lora_translation_equivariance", "permutation_equivariance", "prefix_keys", "residual_connection",
    "self_attention_translation_equivariance", "softmax_reindexing",
)  # fmt: skip
"""The others print what is not read yet: maps as indices of a layer, iterates, norms and products of adapters."""


@pytest.fixture(scope="module")
def derived():
    """Each proof, judged once: its report."""
    return {name: check(name) for name in READ_BACK}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", READ_BACK)
def test_a_derived_document_is_judged_as_its_proof(derived, name, suffix):
    report = derived[name]
    document = judged(rendered(report, suffix), FORMATS[suffix])
    (chain,) = report.chains
    found = claims(document)
    assert not document.unread and chain.claim in (PROVED, REFUTED)
    if chain.claim == PROVED:
        assert document.exit_code == 0 and not document.errata, shown(document)
        assert {step.verdict for step in steps(document)} <= {"proved", "definition"}
        assert {each.claim.verdict for each in found} == {PROVED}
        assert len(found[-1].steps) == len(chain.steps)  # every step was read as one
    else:
        assert document.exit_code == 1, shown(document)
        assert [each.claim.verdict for each in found] == [REFUTED], shown(document)
        assert [erratum.kind for erratum in document.errata] == ["step"], shown(document)
    assert document.supplied == [] and not document.derivation.available


def test_a_slip_in_a_derived_document_is_found_at_its_line(derived):
    text = rendered(derived["lora_translation_equivariance"], ".md")
    line = next(row for row in text.splitlines() if row.startswith("& = m[f, "))
    broken = text.replace(line, line.replace(r"\overline{i}", "i"))
    document = judged(broken)
    found = next(step for step in steps(document) if step.verdict == "refuted")
    assert broken.splitlines()[found.line - 1] == line.replace(r"\overline{i}", "i")
    assert document.exit_code == 1


def test_a_derived_document_without_a_hypothesis_is_refuted(derived):
    """It says that nothing else is assumed, so nothing is supplied."""
    text = rendered(derived["lora_translation_equivariance"], ".md")
    without = re.sub(r"\*\*\(H2\)\*\*.*?(?=\*\*\(H3\))", "", text, flags=re.DOTALL)
    assert len(without) < len(text)
    document = judged(without)
    assert claims(document)[0].claim.verdict == REFUTED, shown(document)


def test_what_is_cited_is_not_judged_and_said():
    text = "Then $$1 = 1$$\n<!-- symbolic-equiv: cited -->\n$$0 = 1$$\n<!-- symbolic-equiv: end cited -->\n"
    document = judged(text)
    assert len(document.chains) == 1 and document.cited == ["lines 3–3"]
    assert "Cited in the document, and not judged: lines 3–3" in shown(document)
    unclosed = judged("<!-- symbolic-equiv: cited -->\nThen\n$$0 = 1$$\n")
    assert [step.verdict for step in steps(unclosed)] == ["refuted"]


def test_on_the_command_line(tmp_path):
    run = lambda *args: subprocess.run(
        [sys.executable, "-m", "symbolic_equiv", *args], capture_output=True, check=False, timeout=120
    )
    for name, expected in (("softmax_reindexing", 0), ("absolute_positional_encoding", 1)):
        assert run("derive", name, "-o", str(tmp_path / "d.tex")).returncode == 0
        assert run("check", str(tmp_path / "d.tex")).returncode == expected
