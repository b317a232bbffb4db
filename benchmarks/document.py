"""Judging a paper of two pages and nine defects, as a whole process, against ``import sympy``.

python benchmarks/document.py [--rounds N]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from check import compare, process, show

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.judge.data.whole import written

ERRATA = 1
"""The exit status where some were found."""


def rows(rounds: int) -> list[tuple[str, float, str, float, str]]:
    """What was measured, ours and theirs in seconds, and the ratio that is wanted."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "paper.md"
        paper.write_text(written(), "utf-8")
        for name, options, wanted in (("every witness", (), "≤ 5"), ("kernel", ("--witness", "kernel"), "≤ 2")):
            judged, sympy = compare(
                lambda options=options: process("-m", "symbolic_equiv", "check", str(paper), *options, status=ERRATA),
                lambda: process("-c", "import sympy"),
                rounds,
            )
            found.append((f"check of a paper, {name}, whole process", judged, "import sympy", sympy, wanted))
    return found


if __name__ == "__main__":
    show(__doc__, rows)
