"""Judging a paper of two pages and nine defects, as a whole process, against ``import sympy``.

python benchmarks/document.py [--rounds N]
"""

from __future__ import annotations

from pathlib import Path

from check import compare, process, show

PAPER = str(Path(__file__).parent.parent / "tests" / "judge" / "data" / "renamed.tex")
ERRATA_FOUND = 1


def rows(rounds: int) -> list[tuple[str, float, str, float, str]]:
    """What was measured, ours and theirs in seconds, and the ratio that is wanted."""
    found = []
    for name, options, wanted in (("every witness", (), "≤ 5"), ("kernel", ("--witness", "kernel"), "≤ 2")):
        judged, sympy = compare(
            lambda options=options: process("-m", "symbolic_equiv", "check", PAPER, *options, status=ERRATA_FOUND),
            lambda: process("-c", "import sympy"),
            rounds,
        )
        found.append((f"check of a paper, {name}, whole process", judged, "import sympy", sympy, wanted))
    return found


if __name__ == "__main__":
    show(__doc__, rows)
