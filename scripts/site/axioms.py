"""The page of the axioms: each as a formula, with its reason, an example in a small model, and who uses it."""

from __future__ import annotations

from formulas import inline
from models import example
from steps import users

from symbolic_equiv.latex.statements import RuleFormula, rule
from symbolic_equiv.theories import entries, groups, linear, matrices, pairs, recursion, sums
from symbolic_equiv.theories.axiom import Rule
from symbolic_equiv.theories.table import every_rule

INTRODUCTION = """\
# Axioms

These {count} equations are what a proof rests on beside the kernel ([what “proved” means](../proved.md)). Each holds
for all values of its letters, under the conventions that a sum over an empty or an infinite set is 0, that 1/0 = 0, and
that the root of a negative number is 0; each is tested on random finite models. The example below each is one of them:
it was found when this page was made, and both of its sides were computed. A proof lists the axioms that it used.
"""

THEORIES = {
    "Groups of positions": groups,
    "Linear algebra": linear,
    "Adapters: entries of vectors": entries,
    "Sums and conditions": sums,
    "Sums over pairs": pairs,
    "Depth": recursion,
    "Matrices by their entries": matrices,
}


def page() -> str:
    """The page in Markdown."""
    every = every_rule()
    shown = {item.name for theory in THEORIES.values() for item in theory.RULES}
    if shown != set(every):
        raise LookupError(f"axioms without a place on the page: {', '.join(sorted(set(every) ^ shown))}")
    parts = [INTRODUCTION.format(count=len(every))]
    for title, theory in THEORIES.items():
        parts += [f"## {title}\n", *(_entry(item) for item in theory.RULES)]
    return "\n".join(parts)


def _entry(item: Rule) -> str:
    names = users().get(item.name, ())
    few = names if len(names) <= 4 else names[:3]
    more = f" and {len(names) - len(few)} more" if len(names) > len(few) else ""
    used = [f"Used by {', '.join(f'`{name}`' for name in few)}{more}."] if names else []
    words = " ".join(filter(None, [f"{item.reason[0].upper()}{item.reason[1:]}.", example(item.axiom), *used]))
    return (
        f'<div class="axiom" id="{item.name}" markdown>\n\n**{item.name.replace("_", " ")}**\n\n'
        f'<div class="formula">{_formula(rule(item.axiom))}</div>\n\n{words}\n\n</div>\n'
    )


def _formula(shown: RuleFormula) -> str:
    """What an axiom needs, and what it says."""
    conclusion = inline(shown.conclusion.latex)
    premises = " and ".join(inline(premise.latex) for premise in shown.premises)
    return f"If {premises}, then {conclusion}" if premises else conclusion
