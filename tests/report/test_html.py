"""The HTML page of a proof: whole, offline, foldable, and nothing of a script as markup."""

import pytest
from report_example import Checked, Model, Proof, main_proof, main_statement
from test_annotated import Reader
from test_latex import HOSTILE, hostile_proof

from symbolic_equiv.report.check import check
from symbolic_equiv.report.html import document
from symbolic_equiv.report.latex import document as latex
from symbolic_equiv.report.markdown import document as markdown
from symbolic_equiv.theories.language import SCALAR, symbol
from symbolic_equiv.theories.statement import Statement

PAGE = document(main_proof())


def test_the_page_is_whole_and_needs_nothing_from_elsewhere():
    reader = Reader(PAGE)
    assert "http" not in PAGE and "url(" not in PAGE and "@import" not in PAGE and "script" not in reader.tags
    assert ("lang", "en") in reader.attributes and {"main", "h1", "title"} <= set(reader.tags)
    targets = [value for name, value in reader.attributes if name == "id"]
    links = {value for name, value in reader.attributes if name == "href"}
    assert len(targets) == len(set(targets)) and {link[1:] for link in links} <= set(targets)
    assert {"#H1", "#step-2", "#law-sum_reindex"} <= links or "#H1" in links


def test_every_formula_is_read_out():
    reader = Reader(PAGE)
    labels = [value for name, value in reader.attributes if name == "aria-label"]
    assert "= L_y[m[f, ρ]](i)" in labels and labels.count("") == 0
    assert reader.attributes.count(("role", "math")) == len(labels) - 2  # and two figures
    assert "<code>" not in PAGE  # no formula is left as its source


def test_what_changed_is_marked_and_said():
    assert '<mrow class="new">' in PAGE and '<mrow class="old">' in PAGE
    assert "becomes" in Reader(PAGE).said and "underlined" in Reader(PAGE).said


@pytest.mark.parametrize("detail, parts, rules", [(0, 0, 0), (1, 4, 0), (2, 5, 3)])
def test_detail_says_what_is_open_at_first(detail, parts, rules):
    text = document(main_proof(), detail=detail)
    assert text.count('<details class="part"') == 5
    assert [text.count(f'<details class="{kind}" open') for kind in ("rule",)] == [rules]
    assert sum(f'id="{name}" open' in text for name in PARTS) == parts
    assert "The derivation has 6 steps." in text


PARTS = ("symbols", "hypotheses", "definitions", "derivation", "axioms")


def test_nothing_of_a_script_is_markup():
    proof = hostile_proof()
    proof.statement.title = proof.statement.says = f"<script>alert(1)</script> {HOSTILE}"
    proof.lines[2].because = '"><img src=x onerror=alert(1)> </details></main>'
    reader = Reader(document(proof))
    assert not {"script", "img", "c"} & set(reader.tags)
    assert "<script>alert(1)</script>" in reader.said


def test_two_proofs_have_targets_of_their_own():
    reader = Reader(document(main_proof(), main_proof()))
    targets = [value for name, value in reader.attributes if name == "id"]
    assert len(targets) == len(set(targets)) and {"p1-H1", "p2-step-3"} <= set(targets)


def test_a_counterexample_and_a_step_that_failed():
    checked = Checked(main_statement(), "refuted", "refuted", counterexample=Model((("S", "Z/2"), ("f", "<3>"))))
    assert "Counterexample" in (said := Reader(document(checked)).said) and "✗ refuted" in said and "<3>" in said
    proof = main_proof()
    proof.lines[1].error = ValueError("no <rule>")
    assert "Not proved: no <rule>" in Reader(document(proof)).said


def test_what_is_not_proved_is_no_theorem():
    refuted = check("absolute_positional_encoding").chains
    for written in (document(*refuted), latex(*refuted), markdown(*refuted)):
        assert "Theorem." not in written and "begin{claim}" not in written and "Claim." in written
    assert "Theorem." in document(main_proof())


def test_no_empty_parts():
    s = symbol("s", SCALAR)
    assert document(Proof(Statement("trivial", s, s), [])).count("<details") == 1


@pytest.mark.parametrize("name", ["lora_translation_equivariance_of_matrices", "permutation_equivariance"])
def test_every_line_of_a_bundled_proof_is_mathml(name):
    text = document(*check(name, "kernel").chains, detail=2)
    Reader(text)
    assert "<code>" not in text
