"""What ``derive`` writes of a bundled proof, ``check`` reads and judges as the proof itself was judged."""

import re
import subprocess
import sys
from functools import cache

import pytest

from symbolic_equiv.report.check import check
from symbolic_equiv.report.derive import rendered
from symbolic_equiv.script.loader import bundled
from symbolic_equiv.theories.statement import PROVED, REFUTED
from tests.judge.judging import claims, judged, shown, steps

FORMATS = {".tex": "latex", ".md": "markdown"}
IN_MARKDOWN = (
    "absolute_positional_encoding", "dora", "group_self_attention_with_lora", "grouped_query_heads",
    "lora_translation_equivariance", "lora_translation_equivariance_of_matrices", "merged_lora_equals_unmerged",
    "padding_mask_that_moves", "per_token_layers", "permutation_equivariance", "transformer_of_any_depth",
)  # fmt: skip
"""All proofs are read back from LaTeX; these, with something of each kind, from Markdown too."""

READ_BACK = [(name, ".tex") for name in bundled()] + [(name, ".md") for name in IN_MARKDOWN]


@cache
def derived(name):
    """A proof file, judged once: its report."""
    return check(name)


@pytest.mark.parametrize(("name", "suffix"), READ_BACK)
def test_a_derived_document_is_judged_as_its_proof(name, suffix):
    report = derived(name)
    document = judged(rendered(report, suffix), FORMATS[suffix])
    found = claims(document)
    assert not document.unread, shown(document)
    if {chain.claim for chain in report.chains} == {PROVED}:
        assert document.exit_code == 0 and not document.errata, shown(document)
        assert {step.verdict for step in steps(document)} <= {"proved", "definition"}
        assert {each.claim.verdict for each in found} == {PROVED}
        lines = sum(1 + len(chain.steps) for chain in report.chains)
        assert sum(len(each.steps) for each in found) >= lines  # every step was read as one
        assert len(found[-1].steps) == len(report.chains[-1].steps)
    else:
        assert {chain.claim for chain in report.chains} == {REFUTED}
        assert document.exit_code == 1, shown(document)
        assert [each.claim.verdict for each in found] == [REFUTED], shown(document)
        assert [erratum.kind for erratum in document.errata] == ["step"], shown(document)
    assert document.supplied == [] and not document.derivation.available


def test_a_slip_in_a_derived_document_is_found_at_its_line():
    text = rendered(derived("lora_translation_equivariance"), ".md")
    line = next(row for row in text.splitlines() if row.startswith("& = m[f, "))
    broken = text.replace(line, line.replace(r"\overline{i}", "i"))
    document = judged(broken)
    found = next(step for step in steps(document) if step.verdict == "refuted")
    assert broken.splitlines()[found.line - 1] == line.replace(r"\overline{i}", "i")
    assert document.exit_code == 1


def test_a_derived_document_without_a_hypothesis_is_refuted():
    """It says that nothing else is assumed, so nothing is supplied."""
    text = rendered(derived("lora_translation_equivariance"), ".md")
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
