"""All rules, and the table of what a proof may use.

``python -m symbolic_equiv.theories.table`` prints the table that is shipped as ``kernel/axioms.json``;
with ``--check`` it says whether the shipped one is the same (exit status 1 if not).
"""

from __future__ import annotations

import json
import sys

from symbolic_equiv.kernel.certificate import digest, shipped_table
from symbolic_equiv.theories import entries, groups, linear, pairs, recursion, sums
from symbolic_equiv.theories.axiom import Rule
from symbolic_equiv.theories.language import CONSTANTS, Constant

THEORIES = (groups, linear, entries, sums, pairs, recursion)
RULES = {rule.name: rule for theory in THEORIES for rule in theory.RULES}


def every_rule() -> dict[str, Rule]:
    """``RULES``, and those of the theories that few proofs need and only these load."""
    from symbolic_equiv.theories import matrices

    return RULES | {rule.name: rule for rule in matrices.RULES}


def every_constant() -> tuple[Constant, ...]:
    """All constants of the theories."""
    from symbolic_equiv.theories import matrices, ranges

    return CONSTANTS + entries.CONSTANTS + pairs.CONSTANTS + recursion.CONSTANTS + matrices.CONSTANTS + ranges.CONSTANTS


def table() -> dict[str, dict[str, str]]:
    """The hash of every constant and of every axiom."""
    return {
        "constants": {item.declaration.name: digest(item.declaration) for item in every_constant()},
        "axioms": {name: digest(rule.axiom) for name, rule in every_rule().items()},
    }


def check() -> int:
    """Print what the shipped table has otherwise; 0 if nothing."""
    shipped, wanted = shipped_table(), table()
    for kind in wanted:
        for name in sorted(shipped[kind].keys() | wanted[kind].keys()):
            if shipped[kind].get(name) != wanted[kind].get(name):
                print(f"kernel/axioms.json is not up to date: {name} ({kind})", file=sys.stderr)
    return int(shipped != wanted)


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(check())
    print(json.dumps(table(), indent=1, sort_keys=True))
