"""symbolic_equiv: checks derivations that a neural network layer is equivariant, step by step.

>>> import symbolic_equiv as se
>>> report = se.check("softmax_reindexing")
>>> report.verdict
'proved'

The names below are what proof scripts use; each is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "check": "report.check",
    "refute": "report.refute",
    "run": "report.check",
    "proof": "script.loader",
    "theorem": "script.proposition",
    "conjecture": "script.proposition",
    "Proposition": "script.proposition",
    "StepError": "script.proof",
    "fold": "script.rules",
    "induction": "script.rules",
    "instance": "script.rules",
    "laws": "script.rules",
    "reindex": "script.rules",
    "unfold": "script.rules",
    "using": "script.rules",
    "hypothesis": "theories.statement",
    "Statement": "theories.statement",
    **dict.fromkeys(
        [
            "base", "dim", "fin", "vec", "mat", "times", "symbol", "sort_variable", "define", "lam", "total", "softmax",
            "softmax_", "softmax_over", "where", "one", "inner", "concat", "exp", "sqrt", "true", "BOOL", "SCALAR",
            "act", "inv", "KernelError", "Expr",
        ],
        "theories.language",
    ),
    **dict.fromkeys(["total_pairs", "softmax_of_pairs", "softmax_over_pairs"], "theories.pairs"),
}  # fmt: skip

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"symbolic_equiv has no {name!r}")
    value = getattr(import_module(f"symbolic_equiv.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
