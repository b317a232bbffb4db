"""The layers to play with: what is seen at one size, and what the checker says of all of them, are one."""

from itertools import product

import numpy as np
import pytest

from symbolic_equiv.teach.layer import CHOICES, SLIDERS, look, setting
from symbolic_equiv.teach.verdict import verdict

BEGIN = {name: begin for name, (_, _, _, begin) in SLIDERS.items()}
KINDS = list(product(*(options for _, options in CHOICES.values())))


def layer(kinds, **sliders):
    return setting({**BEGIN, **dict(zip(CHOICES, kinds)), **sliders})


@pytest.mark.parametrize("kinds", KINDS, ids=[" ".join(kinds) for kinds in KINDS])
def test_the_difference_is_blank_where_the_checker_proves_and_is_not_where_it_refutes(kinds):
    word = verdict(layer(kinds))["word"]
    assert word in ("proved", "refuted")
    sizes = ({}, {"tokens": 7, "translation": 3, "heads": 4, "rank": 3, "window": 2}, {"tokens": 5, "translation": 1})
    largest = [look(layer(kinds, **size)).largest for size in sizes]
    assert max(largest) < 1e-9 if word == "proved" else max(largest) > 1e-3


def test_weights_are_a_mean_and_nothing_moves_by_0():
    for kinds in KINDS[::7]:
        seen = look(layer(kinds, translation=0))
        assert np.allclose(seen.before.sum(axis=1), 1) and np.abs(seen.difference).max() < 1e-12


def test_a_refuted_layer_comes_with_reasons_and_numbers_and_a_proved_one_with_its_proof():
    proved, refuted = verdict(layer(KINDS[0])), verdict(layer(("absolute", "lora", "all")))
    assert proved["steps"] and proved["axioms"] and not proved["reasons"]
    assert refuted["reasons"] and refuted["model"] and "token" in refuted["parting"]
