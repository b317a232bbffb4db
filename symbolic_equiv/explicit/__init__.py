"""Both sides of a statement at given sizes, entry by entry: equal, undecided, or rigorously refuted.

``examine`` gives the verdict, ``explicit`` the SymPy matrices; neither needs the other.
"""

from symbolic_equiv.explicit.errors import ExplicitError, HypothesisError, SizeError
from symbolic_equiv.explicit.sympy_view import Explicit, explicit
from symbolic_equiv.explicit.witness import Difference, ExplicitEvidence, examine

__all__ = [
    "Difference",
    "Explicit",
    "ExplicitError",
    "ExplicitEvidence",
    "HypothesisError",
    "SizeError",
    "examine",
    "explicit",
]
