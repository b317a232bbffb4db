"""Verdicts of combinations, against what is known of them."""

from itertools import product

import numpy as np
import pytest

from symbolic_equiv.family.catalogue import Catalogue
from symbolic_equiv.family.decide import decide, setting_of
from symbolic_equiv.family.places import instances
from symbolic_equiv.family.search import holds_in
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.models import unfold_completely
from symbolic_equiv.numeric.rigorous import Exact, bounds, entries_of
from symbolic_equiv.theories.attention import i, y

CATALOGUE = Catalogue()


def cell(encoding="relative-key", adapter="any", neighbourhood="window", place="Z"):
    return decide(
        CATALOGUE.encodings[encoding],
        CATALOGUE.adapters[adapter],
        CATALOGUE.neighbourhoods[neighbourhood],
        place,
    )


PER_TOKEN = ("lora", "rslora", "dora", "adalora", "loha", "lokr", "vera", "ia3", "orthogonal")
KNOWN = {
    "encodings on Z": [
        ({"encoding": "relative-key"}, "proved"),
        ({"encoding": "shaw"}, "proved"),
        ({"encoding": "t5"}, "proved"),
        ({"encoding": "transformer-xl"}, "proved"),
        ({"encoding": "deberta"}, "proved"),
        ({"encoding": "rope"}, "proved"),
        ({"encoding": "alibi"}, "proved"),
        ({"encoding": "alibi-raw"}, "refuted"),
        ({"encoding": "absolute"}, "refuted"),
        ({"encoding": "sinusoidal"}, "refuted"),
        ({"encoding": "deberta-absolute"}, "refuted"),
    ],
    "encodings on Z/n": [
        ({"encoding": "relative-bias", "place": "Z/n"}, "proved"),
        ({"encoding": "rope", "place": "Z/n"}, "refuted"),
        ({"encoding": "rope-periodic", "place": "Z/n"}, "proved"),
        ({"encoding": "alibi", "place": "Z/n"}, "refuted"),
        ({"encoding": "t5", "place": "torus"}, "proved"),
        ({"encoding": "rope", "place": "Z^2"}, "proved"),
        ({"encoding": "alibi", "place": "torus"}, "refuted"),
    ],
    "adapters": [
        *(({"adapter": name}, "proved") for name in PER_TOKEN),
        ({"adapter": "lokr", "encoding": "rope"}, "proved"),
        ({"adapter": "prefix"}, "proved"),
        ({"adapter": "prefix", "encoding": "t5"}, "proved"),
        ({"adapter": "prefix", "encoding": "rope"}, "refuted"),
        ({"adapter": "prompt"}, "refuted"),
        ({"adapter": "position-gated"}, "refuted"),
        ({"adapter": "dropout"}, "refuted"),
    ],
    "neighbourhoods": [
        ({"neighbourhood": "all", "place": "Z/n"}, "proved"),
        ({"neighbourhood": "dilated"}, "proved"),
        ({"neighbourhood": "causal-window"}, "proved"),
        ({"place": "torus"}, "proved"),
        ({"neighbourhood": "open-window", "place": "Z/n"}, "refuted"),
        ({"neighbourhood": "causal-mask", "place": "Z/n"}, "refuted"),
        ({"neighbourhood": "sequence"}, "refuted"),
        ({"neighbourhood": "sequence-interior"}, "proved"),
        ({"neighbourhood": "sequence-interior", "encoding": "rope", "adapter": "dora"}, "proved"),
        ({"neighbourhood": "sequence-interior", "encoding": "absolute"}, "refuted"),
    ],
}  # fmt: skip
CASES = [pytest.param(*case, id=f"{group}: {case[0]}") for group, cases in KNOWN.items() for case in cases]


@pytest.mark.parametrize(("of", "verdict"), CASES)
def test_the_verdict_is_the_known_one(of, verdict):
    assert cell(**of).verdict == verdict


def difference(left, right, model):
    """At most this far apart, relative to the larger side."""
    exact = Exact(model, 64)
    pairs = zip(entries_of(exact.value(left, ())), entries_of(exact.value(right, ())), strict=True)
    ends = [(bounds(one), bounds(other)) for (_, one), (_, other) in pairs]
    size = max(abs(end) for pair in ends for side in pair for end in side)
    return max(max(a[1] - b[0], b[1] - a[0]) for a, b in ends) / (size or 1)


@pytest.mark.parametrize(("of", "verdict"), CASES)
def test_the_numbers_have_the_sign_of_the_verdict(of, verdict):
    """Equal to 1e-12 where it is proved, apart by 1e-3 of the signal where it is refuted."""
    found = cell(**of)
    if verdict == "refuted":
        assert found.found.gap.relative >= 1e-3
        return
    setting = setting_of((found.encoding, found.adapter, found.neighbourhood))
    sides = [unfold_completely(side) for side in (found.statement.left, found.statement.right)]
    here = [item for item in found.statement.hypotheses if item.name.startswith("uncut")]
    compared = 0
    for place, style, (token, step) in product(instances(found.place), (0, 1), [(2, 1), (1, 1), (2, -1)]):
        element = lambda k, place=place: np.array(place.number(place.reduce([k] * len(place.moduli))))
        values = {i.head: element(token), y.head: element(step)}
        try:
            model = setting.model(place, found.statement.variables(), style, values)
            if all(holds_in(item, model, setting, place) for item in here):
                assert difference(*sides, model) <= 1e-12
                compared += 1
        except NoModel:  # this instance has no such rotations
            continue
    assert compared
