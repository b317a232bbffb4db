"""All rules, and the table of what a proof may use.

``python -m symbolic_equiv.theories.table`` prints the table that is shipped as ``kernel/axioms.json``.
"""

from __future__ import annotations

import json

from symbolic_equiv.kernel.certificate import digest
from symbolic_equiv.theories import groups, linear, sums
from symbolic_equiv.theories.language import CONSTANTS

RULES = {rule.name: rule for theory in (groups, linear, sums) for rule in theory.RULES}


def table() -> dict[str, dict[str, str]]:
    """The hash of every constant and of every axiom."""
    return {
        "constants": {item.declaration.name: digest(item.declaration) for item in CONSTANTS},
        "axioms": {name: digest(rule.axiom) for name, rule in RULES.items()},
    }


if __name__ == "__main__":
    print(json.dumps(table(), indent=1, sort_keys=True))
