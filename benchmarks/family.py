"""The map, all its cells, as a whole process against ``import sympy``; and the time for each kind of cell.

python benchmarks/family.py [--rounds N]
"""

from __future__ import annotations

import statistics

from check import compare, process, show

from symbolic_equiv.family.atlas import columns
from symbolic_equiv.family.catalogue import Catalogue
from symbolic_equiv.family.decide import Known, decide


def rows(rounds: int) -> list[tuple[str, float, str, float, str]]:
    """One question, then the whole map, then the medians of its cells."""
    sympy = lambda: process("-c", "import sympy")
    question = ["ask", "--encoding", "rope", "--adapter", "dora", "--neighbourhood", "causal-window"]
    asked, one = compare(lambda: process("-m", "symbolic_equiv", *question), sympy, rounds)
    whole, other = compare(lambda: process("-m", "symbolic_equiv", "map"), sympy, min(rounds, 2))
    cells = survey()
    found = [
        ("ask, whole process", asked, "import sympy", one, ""),
        ("map, whole process", whole, "import sympy", other, ""),
    ]
    for verdict in ("proved", "refuted"):
        seconds = [spent for spent, of in cells if of == verdict]
        found.append(
            (f"a cell that is {verdict}, median of {len(seconds)}", statistics.median(seconds), "20 ms", 0.02, "≤ 3")
        )
        found.append((f"the slowest cell that is {verdict}", max(seconds), "400 ms", 0.4, "≤ 3"))
    return found


def survey() -> list[tuple[float, str]]:
    """Seconds and verdict of every cell."""
    catalogue, known = Catalogue(), Known()
    cells = [
        decide(encoding, adapter, neighbourhood, place, known)
        for encoding in catalogue.encodings.values()
        for neighbourhood, place in columns(catalogue)
        for adapter in catalogue.adapters.values()
    ]
    return [(cell.seconds, cell.verdict) for cell in cells]


if __name__ == "__main__":
    show(__doc__, rows)
