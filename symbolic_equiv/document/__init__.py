"""Documents as derivations: from formulas to kernel terms, with a context that gives symbols their sorts."""

from symbolic_equiv.document.context import Context, built_in, built_in_names, load_context
from symbolic_equiv.document.derivation import Chain, ChainLine, Definition, Derivation
from symbolic_equiv.document.problems import Edit, Problem
from symbolic_equiv.document.read import read_derivation

__all__ = [
    "Chain",
    "ChainLine",
    "Context",
    "Definition",
    "Derivation",
    "Edit",
    "Problem",
    "built_in",
    "built_in_names",
    "load_context",
    "read_derivation",
]
