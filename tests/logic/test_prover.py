"""The prover: what it must prove, what it must not, and that its word is never more than the kernel's."""

import json
import subprocess
import sys
import time

import pytest
from equivariance_claims import CLAIMS, FALSE, OUT_OF_REACH, TRUE

from symbolic_equiv.kernel.certificate import certificate, replay
from symbolic_equiv.logic.normalise import NotProved
from symbolic_equiv.logic.prover import Prover, prove
from symbolic_equiv.numeric.witness import NO_DIFFERENCE, REFUTED, examine
from symbolic_equiv.script.loader import bundled_path, load
from symbolic_equiv.theories.attention import X, f, i, j, p, q
from symbolic_equiv.theories.language import mul, unit
from symbolic_equiv.theories.table import RULES


def ids(claims):
    return [title for title, _ in claims]


def claims_of(claims):
    return [claim for _, claim in claims]


def timed(claim):
    statement, started = claim.statement, time.perf_counter()
    try:
        return prove(statement.left, statement.right, statement.equations)
    finally:
        print(f"{1000 * (time.perf_counter() - started):6.0f} ms  {claim.title}")


@pytest.mark.parametrize("claim", claims_of(TRUE), ids=ids(TRUE))
def test_what_is_true_is_proved_as_it_was_asked_and_replays(claim):
    statement, theorem = claim.statement, timed(claim)
    assert (theorem.left, theorem.right) == (statement.left, statement.right)
    assert theorem.hypotheses <= frozenset(statement.equations)
    assert theorem.axioms <= {rule.axiom for rule in RULES.values()}
    again = replay(certificate(theorem))
    assert (again.left, again.right, again.hypotheses) == (theorem.left, theorem.right, theorem.hypotheses)
    assert again.axioms == theorem.axioms


@pytest.mark.parametrize("claim", claims_of(FALSE), ids=ids(FALSE))
def test_what_is_false_stays_unproved(claim):
    with pytest.raises(NotProved):
        timed(claim)


@pytest.mark.parametrize("claim", claims_of(CLAIMS), ids=ids(CLAIMS))
def test_the_claims_are_true_or_false_as_they_say(claim):
    """So that neither list is padded: a false one has a confirmed counterexample, a true one has none."""
    assert examine(claim.statement, models=60).verdict == (NO_DIFFERENCE if claim.true else REFUTED)


def test_there_are_about_as_many_rejections_as_acceptances():
    assert 0.8 < len(FALSE) / len(TRUE) < 1.25


@pytest.mark.parametrize("claim", OUT_OF_REACH, ids=[claim.title for claim in OUT_OF_REACH])
def test_what_is_out_of_reach_ends_without_a_proof_and_without_another_error(claim):
    assert examine(claim.statement, models=40).verdict == NO_DIFFERENCE
    with pytest.raises(NotProved) as failure:
        timed(claim)
    assert failure.value.left != failure.value.right


def test_a_proof_of_the_same_equation_is_reflexivity():
    theorem = prove(f(i).term, f(i).term)
    assert theorem.left == theorem.right == f(i).term
    assert not theorem.hypotheses and not theorem.axioms


def test_only_the_hypotheses_that_are_needed_are_assumed():
    unneeded = [(f(i).term, f(j).term)]
    theorem = prove(mul(p, unit(g=X)).term, p.term, unneeded)
    assert not theorem.hypotheses


def test_out_of_time_is_not_proved():
    claim = TRUE[0][1].statement
    with pytest.raises(NotProved, match="out of time"):
        prove(claim.left, claim.right, claim.equations, budget=0)


def test_sides_of_two_sorts_are_never_equal():
    with pytest.raises(NotProved):
        prove(p.term, i.term)


def test_a_prover_narrowed_to_no_theory_knows_no_group_law():
    left, right = mul(p, unit(g=X)).term, p.term
    with pytest.raises(NotProved):
        Prover(theories=frozenset()).prove(left, right)
    assert Prover(theories=frozenset({"groups"})).prove(left, right).right == right


def test_connect_blames_the_smallest_parts_that_differ():
    with pytest.raises(NotProved) as failure:
        Prover().connect(f(i).term, f(j).term)
    assert (failure.value.left, failure.value.right) == (i.term, j.term)
    with pytest.raises(NotProved) as failure:
        Prover().connect(mul(p, q).term, mul(p, mul(q, q)).term)
    assert {str(failure.value.left), str(failure.value.right)} == {"q", "mul(q, q)"}


def test_a_replayed_certificate_leaves_the_search_as_it_was():
    """Replay builds constants of its own, equal to the shipped ones; the search must not tell them apart."""
    code = """
from symbolic_equiv.kernel.certificate import certificate, replay
from symbolic_equiv.logic.prover import prove
from symbolic_equiv.script.loader import bundled_path, load
from symbolic_equiv.theories.language import base, symbol
import json, sys
data = json.loads(sys.stdin.read())
replay(data)  # before anything else has used these axioms in this process
statement = load(bundled_path("lora_translation_equivariance"))[0].statement
prove(statement.left, statement.right, statement.equations)
"""
    statement = load(bundled_path("lora_translation_equivariance"))[0].statement
    data = json.dumps(certificate(prove(statement.left, statement.right, statement.equations)))
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
