"""usage: python -m symbolic_equiv.kernel FILE.json     replay a certificate and print what it proves"""

from __future__ import annotations

import json
import sys

from symbolic_equiv.kernel.certificate import definitions, replay
from symbolic_equiv.kernel.sorts import KernelError


def main(arguments: list[str]) -> int:
    """0: the certificate proves what is printed; 1: it does not; 2: it cannot be read."""
    try:
        (path,) = arguments
        with open(path, "rb") as file:
            theorem = replay(json.loads(file.read(50_000_000)))
    except (KernelError, OSError, ValueError, RecursionError) as error:
        no_proof = isinstance(error, KernelError)
        print(f"not a proof: {error}" if no_proof else f"cannot be read: {error}\n{__doc__}", file=sys.stderr)
        return 1 if no_proof else 2
    equations = [*sorted(theorem.hypotheses, key=str), (theorem.left, theorem.right)]
    print(f"{path}: proved\n")
    for head in sorted({head for pair in equations for side in pair for head in side.variables}, key=str):
        print(f"  variable     {head.name} : {head.sort}")
    for item in definitions(theorem):
        print(f"  definition   {item.name} : {item.sort}\n            := {item.definition}")
    for title, (left, right) in zip(["hypothesis"] * len(theorem.hypotheses) + ["theorem   "], equations):
        print(f"  {title}   {left}\n             = {right}")
    print(f"\n  axioms       {', '.join(sorted(axiom.name for axiom in theorem.axioms)) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
