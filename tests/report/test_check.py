"""The verdicts: which witness may say what, in which order they are asked, and what the worst one is."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

import symbolic_equiv as se
from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.report.check import accepts, check, check_proposition
from symbolic_equiv.report.results import Chain, Document, Report
from symbolic_equiv.script.loader import ScriptError
from symbolic_equiv.script.proposition import conjecture, theorem
from symbolic_equiv.script.rules import laws
from symbolic_equiv.theories.attention import S, X, f, i, j, p, q, x, x_is_bijective
from symbolic_equiv.theories.language import SCALAR, Expr, lam, mul, pattern, symbol, total, true, unit
from symbolic_equiv.theories.statement import Statement, hypothesis

KERNEL = frozenset({"kernel"})


@theorem(mul(p, unit(g=X)), p)
def holds(prove):
    """Zero changes nothing."""
    prove.to(p, by=laws("groups"), because="so it is")


@theorem(mul(p, q), mul(q, p))
def fails(prove):
    """As if every group were commutative."""
    prove.to(mul(q, p), by=laws("groups"), because="it is not")


@theorem(mul(p, unit(g=X)), p)
def holds_with_a_broken_step(prove):
    """The claim is true, its derivation is not."""
    prove.to(q, by=laws("groups"), because="wrong")
    prove.to(p, by=laws("groups"), because="wrong again")


@conjecture(mul(p, q), mul(q, p))
def expected_to_fail():
    """In a group that is not commutative."""


@conjecture(mul(p, unit(g=X)), p)
def wrongly_expected_to_fail():
    """It holds."""


G = symbol("G", X, S, SCALAR)


@theorem(total(p, true(), total(i, true(), G(p, i))), total(i, true(), total(p, true(), G(p, i))))
def true_but_out_of_reach():
    """Two sums may be exchanged, which no rule says."""


def test_a_proof_that_holds():
    chain = check_proposition(holds)
    assert (chain.claim, chain.verdict, chain.as_expected) == ("proved", "proved", True)
    assert list(chain.witnesses) == ["kernel"]
    assert chain.witnesses["kernel"].finding == "proved"


def test_a_false_claim_falls_through_to_a_counterexample():
    chain = check_proposition(fails)
    assert (chain.claim, chain.as_expected) == ("refuted", False)
    assert list(chain.witnesses) == ["kernel", "explicit", "numeric"]
    assert chain.counterexample is not None and chain.theorem is None
    assert chain.steps[0].verdict == "refuted"


def test_a_true_claim_with_a_broken_derivation_is_two_verdicts():
    chain = check_proposition(holds_with_a_broken_step)
    assert chain.claim == "proved"
    assert chain.verdict == "refuted" and not chain.as_expected
    assert [step.verdict for step in chain.steps] == ["refuted", "refuted"]


def test_what_is_expected_to_be_refuted_is_as_expected_only_if_it_is():
    assert check_proposition(expected_to_fail).as_expected
    wrong = check_proposition(wrongly_expected_to_fail)
    assert (wrong.claim, wrong.as_expected) == ("proved", False)


def test_numbers_that_agree_never_prove():
    chain = check_proposition(true_but_out_of_reach)
    assert chain.claim == "unproved" and not chain.as_expected
    assert chain.witnesses["numeric"].finding == "no difference"


def test_only_the_witnesses_asked_for_are_asked():
    assert list(check_proposition(fails, KERNEL).witnesses) == ["kernel"]
    assert list(check_proposition(holds, frozenset({"numeric"})).witnesses) == ["numeric"]
    assert check_proposition(holds, frozenset({"numeric"})).claim == "unproved"
    assert list(check_proposition(holds, frozenset({"kernel", "explicit", "numeric"})).witnesses) == [
        "kernel",
        "explicit",
        "numeric",
    ]


def test_the_report_has_the_worst_verdict_and_the_exit_code():
    of = lambda *items: Report([Document("", [check_proposition(item, KERNEL) for item in items])])
    assert (of(holds).verdict, of(holds).exit_code) == ("proved", 0)
    assert (of(holds, fails).verdict, of(holds, fails).exit_code) == ("unproved", 1)
    assert Report([Document("", [check_proposition(expected_to_fail)])]).exit_code == 0


def test_a_chain_is_as_bad_as_its_worst_step():
    chain = Chain(holds.statement)
    chain.claim = "proved"
    for verdicts, worst in (
        (["proved"], "proved"),
        (["proved", "unproved"], "unproved"),
        (["refuted", "unproved"], "refuted"),
    ):
        chain.steps = [SimpleNamespace(verdict=verdict) for verdict in verdicts]
        assert chain.verdict == worst


def test_a_theorem_is_accepted_for_its_own_statement_only():
    made = holds.prove().theorem
    assert accepts(holds.statement, made)
    assert not accepts(fails.statement, made)
    assert not accepts(Statement("other", Expr(made.left), q), made)
    assert not accepts(holds.statement, kernel.reflexivity(p.term))
    assert not accepts(holds.statement, "proved")


def test_a_theorem_with_another_hypothesis_is_not_accepted():
    given = hypothesis("given", "f is the same everywhere", (lam(i, f(i)), lam(i, f(j))))
    claim = Statement("claim", lam(i, f(i)), lam(i, f(j)))
    assumed = kernel.assumption(*given.equations[0])
    assert not accepts(claim, assumed)
    assert accepts(Statement("claim", lam(i, f(i)), lam(i, f(j)), (given,)), assumed)


def test_a_planted_axiom_is_not_accepted():
    a, b = pattern("a", X), pattern("b", X)
    swap = kernel.Axiom("group_commutative", mul(a, b).term, mul(b, a).term)
    made = kernel.axiom(swap, {}, {a.head: p.term, b.head: q.term})
    assert (made.left, made.right) == (fails.statement.left, fails.statement.right)
    with pytest.raises(KernelError, match="shipped table"):
        accepts(fails.statement, made)


@pytest.mark.parametrize("witness", ["none", "kernel,magic", "Kernel", ","])
def test_an_unknown_witness_is_an_error_that_names_the_known_ones(witness):
    with pytest.raises(ScriptError, match="there is no witness") as failure:
        check("softmax_reindexing", witness=witness)
    assert "kernel, explicit, numeric" in failure.value.hint


def test_check_takes_a_name_several_names_or_a_proposition():
    assert check("softmax_reindexing").verdict == "proved"
    assert len(check(["softmax_reindexing", "permutation_equivariance"], witness="kernel").documents) == 2
    assert se.check(holds).exit_code == 0


def test_a_proposition_shows_its_report_in_a_notebook():
    assert repr(holds).startswith("holds  proved")
    assert holds._repr_latex_().startswith("$$")


def test_hypotheses_that_only_one_token_satisfies_are_called_possibly_vacuous():
    one_token = hypothesis("one_token", "all tokens stand at one place", (lam(i, x(i)), lam(i, x(j))))
    claim = theorem(x(i), x(j), [x_is_bijective, one_token])(lambda: None)
    chain = check_proposition(claim, frozenset({"kernel", "numeric"}))
    assert chain.vacuous


def test_a_token_that_all_others_equal_leaves_one_token():
    one_token = hypothesis("one_token", "every token is j", (lam(i, i), lam(i, j)))
    chain = check_proposition(theorem(f(i), f(j), [one_token])(lambda: None), frozenset({"numeric"}))
    assert chain.vacuous and chain.claim == "unproved"


def test_importing_the_package_imports_nothing_heavy():
    heavy = "{'sympy', 'numpy', 'rich', 'lark', 'mpmath'}"
    code = f"import sys, symbolic_equiv.report.check; print(len({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
