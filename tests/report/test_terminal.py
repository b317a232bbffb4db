"""The report as text: 80 columns, no colour unless it is asked for, and everything that a reader needs."""

import pytest

from symbolic_equiv.report.check import check, check_proposition
from symbolic_equiv.report.terminal import WIDTH, derivation, show
from symbolic_equiv.script.loader import bundled, bundled_path, load
from symbolic_equiv.script.proposition import theorem
from symbolic_equiv.script.rules import laws
from symbolic_equiv.theories.attention import f, p, q, x_inv
from symbolic_equiv.theories.language import mul


@theorem(f(x_inv(mul(p, q))), f(x_inv(mul(q, p))))
def fails(prove):
    """As if every group were commutative."""
    prove.to(f(x_inv(mul(q, p))), by=laws("groups"), because="it is not")


@pytest.mark.parametrize("name", bundled())
def test_every_bundled_proof_fits_and_is_plain(name):
    report = check(name, witness="kernel")
    assert len(report.chains) == len(load(bundled_path(name)))
    text = "\n".join([show(report), *map(derivation, report.chains)])
    wide = [line for line in text.splitlines() if len(line) > WIDTH]
    assert not wide
    assert "\x1b" not in text and "\\" not in text and "#0" not in text
    assert text.isprintable() or all(c.isprintable() or c == "\n" or 0x300 <= ord(c) < 0x370 for c in text)


def test_all_witnesses_fit():
    text = show(check(["neighbourhoods_that_stay", "softmax_reindexing"], witness="all"))
    assert not [line for line in text.splitlines() if len(line) > WIDTH]
    assert "counterexample" in text and "2 claims: 1 proved, 1 refuted; all as expected" in text


def test_a_proof_names_its_hypotheses_axioms_and_witness():
    text = show(check("lora_translation_equivariance", witness="kernel"))
    assert text.startswith("lora_translation_equivariance  proved\n")
    for part in ("assuming", "x_is_bijective: x is a bijection", "axioms: ", "sum_reindex", "kernel:   proved"):
        assert part in text


def test_a_hypothesis_is_printed_as_an_equation_not_only_in_words():
    """What the author calls it is not what is assumed."""
    text = show(check("permutation_equivariance", witness="kernel"))
    assert "π⁻¹(π(i)) = i" in text


def test_a_definition_is_printed():
    assert "L_y[f](i) := f(x⁻¹(x(i) - y))" in show(check("lora_translation_equivariance", witness="kernel"))


def test_a_broken_step_says_where_what_and_which_parts():
    text = show(check_proposition(fails))
    assert text.startswith("fails  refuted, expected: proved")
    for part in ("step 1 (", "does not follow", "is not known to equal", "counterexample"):
        assert part in text
    assert not [line for line in text.splitlines() if len(line) > WIDTH]


def test_what_was_expected_to_be_refuted_says_so():
    assert "neighbourhoods_that_stay  refuted, as expected" in show(check("neighbourhoods_that_stay"))


def test_colour_only_where_it_is_asked_for():
    chain = check_proposition(fails, frozenset({"kernel"}))
    assert "\x1b[1;33munproved\x1b[0m" in show(chain, colour=True)
    assert "\x1b" not in show(chain)


def test_a_derivation_has_every_line_with_its_rule_and_reason():
    (item, *_) = load(bundled_path("lora_translation_equivariance"))
    chain = check_proposition(item, frozenset({"kernel"}))
    text = derivation(chain)
    assert text.count("\n  = ") == len(chain.steps)
    assert text.count("        by ") == len(chain.steps)
    for line in chain.proof.lines[1:]:
        assert " ".join(line.because.split()) in " ".join(text.split())


def test_a_derivation_marks_the_step_that_does_not_follow():
    assert "[unproved]" in derivation(check_proposition(fails, frozenset({"kernel"})))


def test_a_claim_without_a_proof_has_a_derivation_without_lines():
    (item,) = load(bundled_path("neighbourhoods_that_stay"))
    text = derivation(check_proposition(item, frozenset({"kernel"})))
    assert item.statement.title in text and "  = " not in text
