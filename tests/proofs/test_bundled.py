"""Every bundled proof: its verdict, its certificate in a fresh process, and that each of its steps is needed."""

import json
import os
import subprocess
import sys
from functools import cache

import pytest

from symbolic_equiv.kernel.certificate import certificate
from symbolic_equiv.report.check import check, check_proposition
from symbolic_equiv.script.loader import bundled, bundled_path, load
from symbolic_equiv.script.proof import Proof
from symbolic_equiv.theories.statement import PROVED, REFUTED

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ALL = [item for name in bundled() for item in load(bundled_path(name))]
THEOREMS = [item for item in ALL if item.statement.expected == PROVED]
CONJECTURES = [item for item in ALL if item.statement.expected == REFUTED]
MUST_BE_THERE = {
    "lora_translation_equivariance": PROVED,
    "lora_translation_equivariance_of_matrices": PROVED,
    "self_attention_translation_equivariance": PROVED,
    "output_lora_translation_equivariance": PROVED,
    "softmax_reindexing": PROVED,
    "merged_lora_equals_unmerged": PROVED,
    "permutation_equivariance": PROVED,
    "left_action_equivariance": PROVED,
    **dict.fromkeys(("lora", "rslora", "dora", "adalora", "loha", "lokr", "vera", "ia3", "orthogonal"), PROVED),
    **dict.fromkeys((f"{name}_merged" for name in ("lora", "dora", "loha", "lokr", "vera", "ia3")), PROVED),
    **dict.fromkeys(("any_per_token_adapter", "different_adapters", "training_keeps_equivariance"), PROVED),
    **dict.fromkeys(("grouped_query_heads", "multi_query_heads", "qk_norm", "biases", "prefix_keys"), PROVED),
    **dict.fromkeys(("padding_mask_that_moves", "residual_connection", "composition_of_layers"), PROVED),
    **dict.fromkeys(("transformer_block", "any_depth", "transformer_of_any_depth", "pooled_readout"), PROVED),
    **dict.fromkeys(("position_gated_adapter", "dropout_mask", "prompt_tuning_with_positions"), REFUTED),
    **dict.fromkeys(("padding_mask_that_stays", "sink_token", "cls_readout"), REFUTED),
    "absolute_positional_encoding": REFUTED,
    "neighbourhoods_that_stay": REFUTED,
    "left_translation_with_right_difference": REFUTED,
    "lifting_self_attention": PROVED,
    "lifting_self_attention_with_lora": PROVED,
    "group_self_attention": PROVED,
    "group_self_attention_with_lora": PROVED,
    "group_self_attention_as_published": REFUTED,
}


def named(items):
    return {"argvalues": items, "ids": [item.name for item in items]}


@cache
def checked(item):
    """What the kernel alone says of it; found once."""
    return check_proposition(item, frozenset({"kernel"}))


def python(*args):
    environment = {**os.environ, "PYTHONPATH": ROOT, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run([sys.executable, *args], capture_output=True, encoding="utf-8", env=environment, timeout=300)


def test_the_proofs_that_must_be_there_are_with_their_expected_verdicts():
    assert MUST_BE_THERE.items() <= {item.name: item.statement.expected for item in ALL}.items()


@pytest.mark.parametrize("item", **named(THEOREMS))
def test_a_theorem_is_proved_by_the_kernel_alone(item):
    chain = checked(item)
    assert (chain.claim, chain.verdict, chain.as_expected) == (PROVED, PROVED, True)
    assert all(step.verdict == PROVED for step in chain.steps) and not chain.errors
    assert (chain.theorem.left, chain.theorem.right) == (item.statement.left, item.statement.right)
    assert chain.theorem.hypotheses <= frozenset(item.statement.equations)


@pytest.mark.parametrize("item", **named(THEOREMS))
def test_every_hypothesis_of_a_theorem_is_needed(item):
    theorem = checked(item).theorem
    for hypothesis in item.statement.hypotheses:
        assert set(hypothesis.equations) & theorem.hypotheses, hypothesis.name


@pytest.mark.parametrize("item", **named(CONJECTURES))
def test_the_kernel_does_not_prove_what_is_expected_to_be_refuted(item):
    chain = checked(item)
    assert (chain.claim, chain.theorem, chain.as_expected) == ("unproved", None, False)


@pytest.mark.parametrize("item", **named(CONJECTURES))
def test_what_is_expected_to_be_refuted_has_a_counterexample(item):
    chain = check_proposition(item)
    assert (chain.claim, chain.as_expected) == (REFUTED, True)
    assert chain.counterexample is not None


@pytest.mark.parametrize("item", **named(THEOREMS))
def test_the_certificate_replays_in_a_fresh_process(item, tmp_path):
    theorem = checked(item).theorem
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(certificate(theorem)), encoding="utf-8")
    done = python("-m", "symbolic_equiv.kernel", str(path))
    assert done.returncode == 0, done.stderr
    assert ": proved" in done.stdout.splitlines()[0]
    for part in (theorem.left, theorem.right, *(side for equation in theorem.hypotheses for side in equation)):
        assert str(part) in done.stdout
    for axiom in theorem.axioms:
        assert axiom.name in done.stdout
    assert len([line for line in done.stdout.splitlines() if line.startswith("  hypothesis ")]) == len(
        theorem.hypotheses
    )


@pytest.mark.parametrize("name", bundled())
def test_a_proof_runs_by_itself(name):
    done = python(bundled_path(name))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert "\x1b" not in done.stdout and name in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


class Dropping(Proof):
    """A proof that leaves out its k-th step."""

    def __init__(self, statement, dropped):
        super().__init__(statement)
        self.dropped, self.asked = dropped, 0

    def to(self, line, by, because):
        self.asked += 1
        if self.asked != self.dropped:
            super().to(line, by, because)


STEPS = [
    (item, number) for item in THEOREMS if item.lines is not None for number in range(1, len(item.attempt().lines))
]


@pytest.mark.parametrize(("item", "number"), STEPS, ids=[f"{item.name}-{number}" for item, number in STEPS])
def test_deleting_any_step_makes_a_proof_fail_and_says_what_is_missing(item, number):
    proof = Dropping(item.statement, number)
    item.lines(proof)
    assert proof.asked == len(proof.lines)
    (error,) = proof.errors
    assert "missing" in str(error)
    assert f"line {number}" in str(error) or error.number == number
    assert error.left is not None and error.left != error.right  # one part where there was nothing to re-index


def test_deleting_steps_was_tried_often_enough():
    assert len(STEPS) >= 25


@pytest.mark.parametrize("part", range(4))
def test_the_kernel_alone_imports_nothing_heavy(part):
    """One process for many proofs, which looks after each of them at what has been imported."""
    names = bundled()[part::4]
    code = (
        "import sys; from symbolic_equiv.cli import main\n"
        "heavy = {'sympy', 'numpy', 'rich', 'mpmath', 'lark', 'click', 'matplotlib', 'flint'}\n"
        f"for name in {names!r}:\n"
        "    code = main(['check', name, '--witness', 'kernel'])\n"
        "    sys.stderr.write(f'{name} {code} {sorted(heavy & set(sys.modules))}\\n')"
    )
    done = python("-c", code)
    refuted = {item.name for item in CONJECTURES}
    assert done.stderr.splitlines() == [f"{name} {int(name in refuted)} []" for name in names]


def test_all_bundled_proofs_are_as_expected():
    report = check(None)
    assert report.exit_code == 0
    assert [chain.claim for chain in report.chains] == [item.statement.expected for item in ALL]
