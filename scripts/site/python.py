"""The page of the Python interface, from its docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from words import call, markdown

import symbolic_equiv as se
from symbolic_equiv.report.refute import Refutation
from symbolic_equiv.report.results import Report
from symbolic_equiv.script.proof import Proof
from symbolic_equiv.theories.language import Constant

INTRODUCTION = """\
# Python

Every name without a dot in front is one of `import symbolic_equiv as se`, and is loaded when it is first asked for. The
words are those of the docstrings, whose examples are run with the tests.
"""

PARTS = {
    "Checking": ("check", "refute", "run", "proof"),
    "Proof scripts": ("theorem", "conjecture", "hypothesis", "define", "Statement", "Proposition", "StepError"),
    "Rules": ("unfold", "fold", "using", "laws", "reindex", "induction", "instance"),
    "Sorts": ("base", "dim", "fin", "vec", "mat", "times", "sort_variable", "BOOL", "SCALAR"),
    "Expressions": (),
}
"""The names in their order; those that are not named here are expressions."""

RESULTS = {"check": Report, "refute": Refutation, "theorem": Proof}
"""What a function returns, or hands to its user, and is no name of the package."""

SHOWN = {
    "Report": ("verdict", "exit_code", "chains", "to_json"),
    "Refutation": ("exit_code", "to_json"),
    "Proof": ("to", "let"),
    "Proposition": ("prove", "attempt", "explicit"),
}
"""The members that a reader wants."""


def page() -> str:
    """The page in Markdown."""
    named = {name for names in PARTS.values() for name in names}
    rest = [name for name in se.__all__ if name not in named and name != "__version__"]
    parts = [INTRODUCTION]
    for title, names in PARTS.items():
        parts.append(f"## {title}\n")
        for name in names or rest:
            parts += _entry(name, getattr(se, name))
            if name in RESULTS:
                parts += _entry(f".{RESULTS[name].__name__}", RESULTS[name])
    return "\n".join(parts)


def _entry(name: str, item: Any) -> Iterator[str]:
    """One name: how it is called, and what its docstring says."""
    yield f"### {name} {{ #{name.lstrip('.')} }}\n"
    if isinstance(item, Constant):
        yield f"{item.says[0].upper()}{item.says[1:]}: a constant of sort `{item.declaration.sort}`.\n"
    elif not callable(item):
        yield f"The sort `{item}`.\n"
    else:
        if not name.startswith(".") and not (inspect.isclass(item) and issubclass(item, Exception)):
            yield f"```python\n{call(name, item)}\n```\n"
        yield markdown(inspect.getdoc(item) or "")
    for member in SHOWN.get(name.lstrip("."), ()):
        found = inspect.getattr_static(item, member)
        shown = member if isinstance(found, property) else call(member, found)
        says = markdown(inspect.getdoc(getattr(item, member)) or "").replace("\n", "\n    ").rstrip()
        yield f"`{' '.join(shown.split())}`\n\n:   {says}\n"
