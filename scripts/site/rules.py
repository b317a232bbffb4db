"""The page of the rules that a step of a proof script may name: each with a step of a bundled proof."""

from __future__ import annotations

import inspect
from html import escape

from formulas import formula, inline
from steps import example
from words import call, markdown

from symbolic_equiv.logic.rules import LEFT_TO_RIGHT
from symbolic_equiv.report.changes import NEW, OLD
from symbolic_equiv.report.derivation import Line
from symbolic_equiv.report.formula import Changes
from symbolic_equiv.script import rules

INTRODUCTION = """\
# Rules of a proof script

A step of a proof says by which rules it follows: `prove.to(line, by=[…], because="…")`. Together they must justify the
step, and each must be needed. No rule is trusted: each is a search for a proof that the kernel then makes
([what “proved” means](../proved.md)).

The examples are the shortest steps of the bundled proofs in which the rule is at work. What a step replaces is
<span class="key old">underlined with dashes</span>, and what it puts there is <span class="key new">underlined</span>.
"""

RULES = {
    "unfold": (rules.Unfold, False),
    "fold": (rules.Unfold, True),
    "using": (rules.Using, False),
    "reindex": (rules.Reindex, False),
    "laws": (rules.Laws, False),
    "instance": (rules.Instance, False),
    "induction": (rules.Induction, False),
}


def page() -> str:
    """The page in Markdown."""
    parts = [INTRODUCTION]
    for name, (kind, folds) in RULES.items():
        function = getattr(rules, name)
        found = example(kind, folds)
        parts += [
            f"## {name}\n",
            f"```python\n{call(name, function)}\n```\n",
            markdown(inspect.getdoc(function) or ""),
            *(_theories() if name == "laws" else []),
            f"In `{found.name}`, by {escape(found.move.step.rule)} – “{escape(found.move.step.because)}”:\n",
            *(f"Here, {inline(letter.latex)}.\n" for letter in found.letters),
            _line(found.before, "", {OLD: found.before.old}) + _line(found.move.line, "=", {NEW: found.move.line.new}),
            "",
        ]
    return "\n".join(parts)


def _theories() -> list[str]:
    """What may be asked for, each with its axioms."""
    rows = ["The theories, and the axioms that each uses from left to right:\n"]
    for theory, names in LEFT_TO_RIGHT.items():
        links = ", ".join(f"[{name.replace('_', ' ')}](axioms.md#{name})" for name in names.split())
        rows.append(f'`laws("{theory}")`\n\n:   {links}.\n')
    return rows


def _line(line: Line, relation: str, changed: Changes) -> str:
    return f'<div class="formula">{formula(line.tree, line.text, relation, changed)}</div>\n'
