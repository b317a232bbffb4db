"""``python -m symbolic_equiv.kernel FILE.json``: replay a certificate and print what it proves."""

from __future__ import annotations

import json
import sys

from symbolic_equiv.kernel.certificate import definitions, replay
from symbolic_equiv.kernel.sorts import KernelError

MAX_BYTES = 50_000_000


def main(paths: list[str]) -> int:
    """0: every certificate proves what is printed; 1: one does not; 2: one cannot be read."""
    if not paths or paths[0].startswith("-"):
        print("usage: python -m symbolic_equiv.kernel FILE.json …", file=sys.stderr)
        return 2
    return max(map(_check, paths))


def _check(path: str) -> int:
    try:
        with open(path, "rb") as file:
            data = json.loads(file.read(MAX_BYTES))
    except (OSError, ValueError, RecursionError) as error:
        print(f"{path}: cannot be read: {error}", file=sys.stderr)
        return 2
    try:
        theorem = replay(data)
    except KernelError as error:
        print(f"{path}: not a proof: {error}", file=sys.stderr)
        return 1
    print(f"{path}: proved\n")
    for item in definitions(theorem):
        print(f"  definition   {item.name} := {item.definition}")
    for left, right in sorted(theorem.hypotheses, key=str):
        print(f"  hypothesis   {left} = {right}")
    names = sorted(axiom.name for axiom in theorem.axioms)
    print(f"\n  theorem      {theorem.left}\n             = {theorem.right}")
    print(f"\n  from {len(names)} axioms: {', '.join(names)}\n  in {len(data['nodes'])} nodes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
