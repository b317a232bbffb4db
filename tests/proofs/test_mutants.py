"""No mutant of a bundled proof is accepted unless the numbers find no difference between its two sides.

Every mutant is given to the prover, which sees its claim only, and to the checker of its lines; what either
accepts is examined in random models.  The counts are printed (``pytest -s``, or ``python tests/proofs/mutation.py``).
"""

from collections import Counter

import mutation
import pytest
from mutation import FALSE, NO_MODEL_FOUND, REFUSED, TRUE, judge, mutants

from symbolic_equiv.script.loader import bundled, bundled_path, load
from symbolic_equiv.theories.statement import PROVED

PARTS = 24


def test_there_are_enough_distinct_mutants_of_every_theorem_and_kind():
    found = mutants()
    assert len(found) >= 1000
    assert len({mutant.key for mutant in found}) == len(found)
    of = Counter(mutant.of for mutant in found)
    theorems = [
        item.name for name in bundled() for item in load(bundled_path(name)) if item.statement.expected == PROVED
    ]
    assert [name for name in theorems if of[name] < 10] == ["orthogonal_merged"], of
    assert of["orthogonal_merged"] == len(mutation.every("orthogonal_merged"))  # (W R) v = W (R v) has no more places
    changes = Counter(mutant.what.rpartition(": ")[2] for mutant in found)
    for change in (
        "a group element inverted",
        "two arguments swapped",
        "replaced by another",
        "a summand or factor dropped",
        "left out",
        "an equation left out",
        "deleted",
        "a rule left out",
        "fold for unfold",
        "exchanged with the next",
    ):
        assert changes[change] >= 3, change


def test_the_same_seed_draws_the_same_mutants():
    again = mutation.mutants.__wrapped__(0)
    assert [mutant.what for mutant in again] == [mutant.what for mutant in mutants()]
    assert [mutant.what for mutant in mutation.mutants.__wrapped__(1)] != [mutant.what for mutant in again]


@pytest.mark.parametrize("part", range(PARTS))
def test_no_mutant_is_accepted_that_is_false(part):
    found = mutants()
    mine = found[part * len(found) // PARTS : (part + 1) * len(found) // PARTS]  # mutants of one theorem stay together
    verdicts = Counter()
    for mutant in mine:
        verdict = judge(mutant)
        verdicts[verdict] += 1
        assert verdict != FALSE, f"{mutant.of}: {mutant.what}\n{mutant.statement}\n{mutant.statement.hypotheses}"
    print(f"{len(mine)} mutants: {dict(verdicts)}")
    assert verdicts[REFUSED] > len(mine) / 4
    assert verdicts[TRUE] + verdicts[NO_MODEL_FOUND] < len(mine)


def test_a_false_mutant_that_were_accepted_would_be_noticed(monkeypatch):
    """The check can fail: with a prover that says yes to everything, false mutants are reported as such."""
    monkeypatch.setattr(mutation, "_proved", lambda mutant: mutant.statement)
    false = [mutant for mutant in mutants() if mutant.kind == "claim" and mutant.what.endswith("inverted")]
    assert false
    others = [(mutant.of, verdict) for mutant in false if (verdict := judge(mutant)) != FALSE]
    assert others == [("pooled_readout", TRUE)] * 2  # a sum over all tokens is the same after any motion of them
    assert len(false) >= 40


def test_the_unchanged_proofs_are_accepted():
    """So that no mutant is refused only because nothing would be accepted."""
    for name, (statement, script) in mutation.theorems().items():
        same = mutation.Mutant(name, "claim", "nothing changed", statement, script)
        if script is not None:
            assert mutation._replayed(same) is statement
        if name != "softmax_reindexing":
            assert mutation._proved(same, budget=60) is statement
