"""The numeric witness on attention with LoRA at a real size: time and peak memory of the whole process.

    python benchmarks/numeric.py

Both sides of ``m[L_y f, ρ](i) = L_y[m[f, ρ]](i)`` for all i and one y, at n = 128 tokens, d_in = d_k = d_v =
d_out = 64, H = 4 and r = 8, in a model of all hypotheses (each checked by enumeration).
"""

from __future__ import annotations

import resource
import time
from itertools import pairwise

START = time.perf_counter()

import numpy as np  # noqa: E402

from symbolic_equiv.numeric.difference import compare  # noqa: E402
from symbolic_equiv.numeric.problem import Problem  # noqa: E402
from symbolic_equiv.numeric.solve import build, structure, violation  # noqa: E402
from symbolic_equiv.numeric.values import Style  # noqa: E402
from symbolic_equiv.numeric.witness import fixed_sizes  # noqa: E402
from symbolic_equiv.theories.attention import (  # noqa: E402
    L,
    N,
    f,
    i,
    m,
    neighbourhoods_move,
    rho,
    rho_is_relative,
    x_is_bijective,
    y,
)
from symbolic_equiv.theories.statement import Statement  # noqa: E402

SIZES = {"S": 128, "X": 128, "d_in": 64, "d_k": 64, "d_v": 64, "d_out": 64, "H": 4, "r": 8}


SEED = 1


def main() -> None:
    """Print the time of each stage, the relative difference and the peak memory."""
    assumed = (x_is_bijective, neighbourhoods_move, rho_is_relative)
    statement = Statement("equivariance", m[L(y, f), rho](i), L(y, m[f, rho])(i), assumed)
    times = [("imports", START)]
    mark = lambda name: times.append((name, time.perf_counter()))
    mark("model")
    problem, rng = Problem(statement), np.random.default_rng(SEED)
    fixed = fixed_sizes(problem, SIZES)
    model = build(problem, structure(problem, rng, SIZES["S"], 64, fixed), rng, Style())
    model = model.with_values({y.head: np.array(37)})
    mark("hypotheses")
    broken, exact = violation(problem, model)
    mark("both sides")
    difference = compare(problem, model)
    mark("")
    for (name, start), (_, end) in pairwise(times):
        print(f"{name:<12}{end - start:8.2f} s")
    print(f"{'process':<12}{time.perf_counter() - START:8.2f} s")
    print(f"{'peak memory':<12}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    neighbours = model.values[N.head].sum(axis=1)
    print(f"neighbours of a token: {neighbours.min()} to {neighbours.max()}")
    print(f"hypotheses hold: {broken is None} (enumerated: {exact}); relative difference {difference.relative:.1e}")


if __name__ == "__main__":
    main()
