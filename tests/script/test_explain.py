"""The derivation that the prover finds by itself: lines that can be read, each a theorem, with its rules named."""

import pytest

from symbolic_equiv.kernel.certificate import certificate, replay
from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.report.check import accepts
from symbolic_equiv.script.explain import explain
from symbolic_equiv.script.loader import bundled, bundled_path, load
from symbolic_equiv.script.rules import Laws, Reindex, Unfold, Using
from symbolic_equiv.theories.attention import f, i, j, p, q
from symbolic_equiv.theories.language import mul
from symbolic_equiv.theories.statement import PROVED, Statement

BUNDLED = {item.name: item for name in bundled() for item in load(bundled_path(name))}
FOUND_ALONE = sorted(
    name for name, item in BUNDLED.items() if item.statement.expected == PROVED and name != "softmax_reindexing"
)


def kinds(line):
    return [type(rule) for rule in line.by]


def test_the_main_theorem_is_explained_as_the_paper_does_it():
    """Write out, re-index, use the hypotheses, recognise."""
    statement = BUNDLED["lora_translation_equivariance"].statement
    proof = explain(statement)
    assert [kinds(line) for line in proof.lines[1:]] == [[Unfold], [Reindex, Using, Laws], [Using, Laws], [Unfold]]
    first, middle, hypotheses, last = proof.lines[1:]
    assert (first.by[0].folds, last.by[0].folds) == (False, True)
    assert first.rule == "unfold L, m" and last.rule == "fold L, m"
    assert middle.rule.startswith("re-index j ↦ ")
    assert hypotheses.hypotheses == ("x_is_bijective", "neighbourhoods_move", "rho_is_relative")
    assert all(line.because for line in proof.lines[1:])
    assert accepts(statement, proof.theorem)


@pytest.mark.parametrize("name", FOUND_ALONE)
def test_every_bundled_theorem_is_explained_and_accepted(name):
    statement = BUNDLED[name].statement
    proof = explain(statement)
    assert not proof.errors
    assert (proof.lines[0].term, proof.lines[-1].term) == (statement.left, statement.right)
    for before, line in zip(proof.lines, proof.lines[1:]):
        assert (line.theorem.left, line.theorem.right) == (before.term, line.term)
        assert before.term != line.term
        assert line.by and line.because
    assert accepts(statement, proof.theorem)
    assert replay(certificate(proof.theorem)).right == statement.right


@pytest.mark.parametrize("name", FOUND_ALONE)
def test_a_line_names_the_hypotheses_that_its_theorem_needs_and_no_others(name):
    statement = BUNDLED[name].statement
    for line in explain(statement).lines[1:]:
        needed = {h.name for h in statement.hypotheses if set(h.equations) & line.theorem.hypotheses}
        assert set(line.hypotheses) == needed
        named = {h.name for rule in line.by if isinstance(rule, Using) for h in rule.hypotheses}
        assert named == needed


def test_the_hypothesis_that_a_proof_needs_cannot_be_left_out():
    statement = BUNDLED["lora_translation_equivariance"].statement
    for item in statement.hypotheses:
        with pytest.raises(NotProved):
            explain(statement.without(item.name))


def test_what_is_false_is_not_explained():
    for left, right in ((f(i), f(j)), (f(i) + f(j), f(i)), (mul(p, q), mul(q, p))):
        with pytest.raises(NotProved):
            explain(Statement("false", left, right))


def test_a_thing_is_itself_without_a_line():
    assert len(explain(Statement("same", f(i), f(i))).lines) == 1
