"""The main theorem as a whole process against ``import sympy``, and replaying its certificate against finding it.

    python benchmarks/check.py [--rounds N]

Each pair runs in turn, so that both see the same machine; the ratio is that of the medians.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from symbolic_equiv.kernel.certificate import certificate, replay
from symbolic_equiv.logic.prover import prove
from symbolic_equiv.script.explain import explain
from symbolic_equiv.script.loader import bundled_path, load

NAME = "lora_translation_equivariance"


def process(*arguments: str, status: int = 0) -> float:
    """Seconds that a Python process takes, from start to end.  Raises ``RuntimeError`` for another exit status."""
    # with bytecode on disk, as after an installation: else ours alone would be compiled anew each time
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, env=environment)
    if done.returncode != status:
        raise RuntimeError(f"{arguments} ended with {done.returncode}, not {status}")
    return time.perf_counter() - started


def seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def compare(first: Callable[[], float], second: Callable[[], float], rounds: int) -> tuple[float, float]:
    """The medians of two measurements taken in turn, after one round that does not count."""
    pairs = [(first(), second()) for _ in range(rounds + 1)][1:]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def rows(rounds: int) -> list[tuple[str, float, str, float, str]]:
    """What was measured, ours and theirs in seconds, and the ratio that is wanted."""
    ours = lambda: process("-m", "symbolic_equiv", "check", NAME, "--witness", "kernel")
    theirs = lambda: process("-c", "import sympy")
    check, sympy = compare(ours, theirs, rounds)

    statement = load(bundled_path(NAME))[0].statement
    found = certificate(explain(statement).theorem)
    search, replayed = compare(
        lambda: seconds(lambda: explain(statement)), lambda: seconds(lambda: replay(found)), rounds
    )
    bare = certificate(prove(statement.left, statement.right, statement.equations))
    yes, again = compare(
        lambda: seconds(lambda: prove(statement.left, statement.right, statement.equations)),
        lambda: seconds(lambda: replay(bare)),
        rounds,
    )
    return [
        (f"check {NAME}, kernel, whole process", check, "import sympy", sympy, "≤ 0.5"),
        ("replaying the certificate of the found proof", replayed, "finding it, in lines", search, "≤ 0.5"),
        ("replaying the certificate of the bare search", again, "the bare search", yes, ""),
        ("the bare search, warm", yes, "100 ms", 0.1, "≤ 1"),
    ]


def show(about: str | None, rows: Callable[[int], list[tuple[str, float, str, float, str]]]) -> None:
    """The command line of a benchmark of pairs: ``rows(rounds)`` as a table."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9, help="measurements of each (default 9)")
    parser.add_argument("--smoke", action="store_true", help="one round, to see that it runs")
    args = parser.parse_args()
    print(f"{'ours':<52}{'ms':>8}  {'against':<20}{'ms':>8}{'ratio':>8}  wanted")
    for name, mine, other, theirs, wanted in rows(1 if args.smoke else args.rounds):
        print(f"{name:<52}{mine * 1e3:8.1f}  {other:<20}{theirs * 1e3:8.1f}{mine / theirs:8.2f}  {wanted}")


if __name__ == "__main__":
    show(__doc__, rows)
