"""Mutants of the encodings: a part of a formula in the place of another.  What is still proved must hold in numbers.

python -m tests.family.mutation [HOW MANY]
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np

from symbolic_equiv.family.catalogue import Catalogue
from symbolic_equiv.family.decide import assumed, setting_of
from symbolic_equiv.family.ingredients import Adapter, Encoding
from symbolic_equiv.family.layer import Pair, Parts
from symbolic_equiv.family.lemmas import instance, lemma
from symbolic_equiv.family.places import instances
from symbolic_equiv.kernel.terms import Term, application, substitute, subterms
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.models import unfold_completely
from symbolic_equiv.numeric.rigorous import Exact, bounds, entries_of
from symbolic_equiv.script.acceptance import accepts
from symbolic_equiv.theories.attention import i, j, y
from symbolic_equiv.theories.language import Expr, true

CATALOGUE = Catalogue()
ANY, WINDOW = CATALOGUE.adapters["any"], CATALOGUE.neighbourhoods["window"]
PARTS = ("query", "key", "bias", "value")


def parts(encoding: Encoding) -> dict[str, Term]:
    """What an encoding makes of the pair (i, j)."""
    at = Pair(Parts(encoding, Adapter("bare", "", ""), true()))
    return {name: getattr(encoding, name)(at).term for name in PARTS if getattr(encoding, name) is not None}


def mutants(encoding: Encoding) -> Iterator[Encoding]:
    """Each part of a formula replaced by each other part of its sort, also with i and j exchanged."""
    terms = parts(encoding)
    exchange = {i.head: j.term, j.head: i.term}
    pool = {part for term in terms.values() for part in subterms(term) if part.body is None}
    pool |= {substitute(part, exchange) for part in pool}
    ordered = sorted(pool, key=str)
    seen = set(terms.items())
    for name, term in terms.items():
        for old, new in product(sorted(set(subterms(term)), key=str), ordered):
            if old.sort == new.sort and old != new:
                changed = put(term, old, new)
                if (name, changed) not in seen:
                    seen.add((name, changed))
                    yield replace(encoding, **{name: lambda at, changed=changed: Expr(changed)})


def put(term: Term, old: Term, new: Term) -> Term:
    """``new`` wherever ``old`` stands."""
    if term == old:
        return new
    return application(term.head, [put(arg, old, new) for arg in term.args]) if term.body is None else term


def largest_difference(encoding: Encoding, place: str) -> float:
    """How far the sides of a mutant's claim are apart, relative to the signal, in some worlds."""
    general, _ = lemma(encoding, False, assumed(encoding, place))
    here = instance(ANY, WINDOW)
    sides = [unfold_completely(here.term(side)) for side in (general.left, general.right)]
    setting, worst = setting_of((encoding, ANY, WINDOW)), 0.0
    heads = frozenset().union(*(side.variables for side in sides))
    for at, style, (token, step) in product(instances(place), (0, 1, 2), [(1, 1), (0, 1), (2, -1)]):
        element = lambda k, at=at: np.array(at.number(at.reduce([k] * len(at.moduli))))
        try:
            exact = Exact(setting.model(at, heads, style, {i.head: element(token), y.head: element(step)}), 64)
            pairs = zip(*(entries_of(exact.value(side, ())) for side in sides), strict=True)
        except NoModel:
            continue
        for (_, one), (_, other) in pairs:
            (a, b), (c, d) = bounds(one), bounds(other)
            worst = max(worst, float(max(c - b, a - d) / (max(map(abs, (a, b, c, d))) or 1)))
    return worst


def judge(encoding: Encoding, place: str) -> str:
    """``refused``; ``true``, proved and equal in numbers; or ``false``, proved although the numbers differ."""
    general, theorem = lemma(encoding, False, assumed(encoding, place))
    if theorem is None or not accepts(general, theorem):
        return "refused"
    return "true" if largest_difference(encoding, place) <= 1e-12 else "false"


def sample(count: int, seed: int = 0) -> list[tuple[Encoding, str]]:
    """Some mutants of all encodings, each on Z or on Z/n."""
    every = [
        (mutant, place)
        for encoding in CATALOGUE.encodings.values()
        for mutant in mutants(encoding)
        for place in ("Z", "Z/n")
    ]
    random.Random(seed).shuffle(every)
    return every[:count]


def main() -> int:
    """0 if none was accepted although it is false."""
    count = int(sys.argv[1]) if sys.argv[1:] else 1000
    start, verdicts = time.perf_counter(), Counter(judge(*each) for each in sample(count))
    print(
        f"{sum(verdicts.values())} mutants of the encodings: {verdicts['refused']} refused, "
        f"{verdicts['true']} accepted and true, {verdicts['false']} accepted but false; "
        f"{time.perf_counter() - start:.0f} s"
    )
    return int(verdicts["false"] > 0)


if __name__ == "__main__":
    sys.exit(main())
