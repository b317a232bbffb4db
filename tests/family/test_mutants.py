"""No mutant of an encoding is proved that the numbers refute; ``mutation.py`` tries more."""

import pytest

from tests.family.mutation import CATALOGUE, judge, largest_difference, mutants, parts, sample


def test_there_are_many_mutants_of_every_encoding():
    found = {name: len(list(mutants(encoding))) for name, encoding in CATALOGUE.encodings.items()}
    assert sum(found.values()) >= 800 and min(found.values()) >= 5, found


@pytest.mark.parametrize(("mutant", "place"), [pytest.param(*each, id=str(k)) for k, each in enumerate(sample(60))])
def test_a_mutant_is_refused_or_true(mutant, place):
    assert judge(mutant, place) in ("refused", "true"), parts(mutant)


def test_the_numbers_can_tell_a_false_encoding():
    assert largest_difference(CATALOGUE.encodings["absolute"], "Z") >= 1e-3
