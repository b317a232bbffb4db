"""A proof as one HTML page: the derivation tree, folded and unfolded by the reader, its formulas in MathML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from symbolic_equiv.latex.plain import spelled
from symbolic_equiv.latex.statements import Formula
from symbolic_equiv.report import blocks, figures
from symbolic_equiv.report.annotated import SIGNS
from symbolic_equiv.report.blocks import Heading, inline
from symbolic_equiv.report.changes import NEW, OLD
from symbolic_equiv.report.derivation import RULES, STEPS, Derivation, Line, Move, derivation, derivations
from symbolic_equiv.report.mathml import math, mathml
from symbolic_equiv.report.page import Law
from symbolic_equiv.report.refuted import refutation
from symbolic_equiv.report.sentences import begun, kind, listed, meanings, sentence, setting, under
from symbolic_equiv.report.sheet import KEY, sheet


def document(*proofs: Any, multiplicative: frozenset[str] = frozenset(), detail: int = STEPS) -> str:
    """The page of one proof, or of several; ``detail`` says how far it is unfolded when it is opened."""
    trees = derivations(proofs, multiplicative)
    several = len(trees) > 1
    articles = [_article(tree, f"p{number}-" if several else "", detail) for number, tree in enumerate(trees, 1)]
    title = trees[0].page.title if trees else "symbolic_equiv"
    return sheet(title, "<main>\n" + "\n".join(articles) + "\n</main>")


def fragment(proof: Any, prefix: str = "", detail: int = STEPS) -> str:
    """One proof without the page around it; ``prefix`` tells the targets of its links from those of others."""
    return _article(derivation(proof), prefix, detail)


def _article(tree: Derivation, prefix: str, detail: int) -> str:
    content = tree.page
    parts = [
        f"<h1>{escape(content.title)}</h1>",
        _claim(tree, prefix),
        figures.html(tree.statement, tree.counterexample) if detail >= STEPS else "",
        _part("Symbols", _symbols(tree), prefix, detail >= STEPS),
        _part("Hypotheses", _hypotheses(tree, prefix), prefix, detail >= STEPS),
        _part("Definitions", _definitions(tree), prefix, detail >= STEPS),
        _part("Derivation", _steps(tree, prefix, detail), prefix, detail >= STEPS),
        _verdict(tree),
        _part("Axioms used", _laws(content.axioms, prefix), prefix, detail >= RULES),
    ]
    return "<article>\n" + "\n".join(part for part in parts if part) + "\n</article>"


def _part(title: str, body: str, prefix: str, opened: bool) -> str:
    if not body:
        return ""
    name = prefix + title.split()[0].lower()
    return (
        f'<details class="part" id="{name}"{" open" * opened}><summary><h2>{title}</h2></summary>\n{body}\n</details>'
    )


def _claim(tree: Derivation, prefix: str) -> str:
    content = tree.page
    labels = under(_links((item.label for item in content.hypotheses), prefix))
    idea = " ".join(part for part in (sentence(_prose(tree, content.says)), escape(tree.idea)) if part)
    return (
        f"<p>{idea}</p>\n" if idea else ""
    ) + f'<div class="claim"><p><b>{kind(content)}.</b> {labels}</p>\n{formula(content.claim)}</div>'


def _links(labels: Iterable[str], prefix: str) -> list[str]:
    return [f'<a href="#{prefix}{escape(label)}">({escape(label)})</a>' for label in labels]


def _symbols(tree: Derivation) -> str:
    rows = "".join(f"<li>{math(f'{names} {sort}')}</li>" for names, sort in tree.page.symbols)
    words = setting(tree.page, math)
    return (f"<p>{words}</p>" if words else "") + (f'<ul class="legend">{rows}</ul>' if rows else "")


def _hypotheses(tree: Derivation, prefix: str) -> str:
    if not tree.page.hypotheses:
        return ""
    uses = dict(tree.uses)
    items = []
    for item in tree.page.hypotheses:
        steps = ", ".join(f'<a href="#{prefix}step-{number}">({number})</a>' for number in uses[item.label])
        used = f' <span class="dim">Used in {steps}.</span>' if steps else ""
        formulas = "".join(f"<dd>{formula(each)}</dd>" for each in item.formulas)
        says, label = sentence(_prose(tree, begun(item.says))), escape(item.label)
        items.append(f'<dt id="{prefix}{label}">({label}) {says}{used}</dt>{formulas}')
    return f'<dl class="given">{"".join(items)}</dl>'


def _definitions(tree: Derivation) -> str:
    rows = "".join(f"<li>{formula(each)}</li>" for each in tree.page.definitions)
    words = meanings(tree.page, math)
    return (f'<ol class="chain">{rows}</ol>' if rows else "") + (f"<p>{words}</p>" if words else "")


def _steps(tree: Derivation, prefix: str, detail: int) -> str:
    if tree.first is None:
        return ""
    letters = listed([math(item.latex) for item in tree.page.abbreviations])
    where = f" Here we write {letters}." if letters else ""
    rows = [f"<li>{_line(tree.first)}</li>", *(_move(move, tree, prefix, detail) for move in tree.moves)]
    return f'<p class="dim">{KEY}{where}</p>\n<ol class="steps">\n' + "\n".join(rows) + "\n</ol>"


def _move(move: Move, tree: Derivation, prefix: str, detail: int) -> str:
    step = move.step
    labels = listed(_links(step.labels, prefix))
    by = f' <span class="by dim">by {labels}</span>' if labels else ""
    error = f' <b class="verdict unproved">Not proved: {escape(step.error)}</b>' if step.error else ""
    why = sentence(_prose(tree, begun(step.because or step.rule)))
    return (
        f'<li id="{prefix}step-{move.number}"><p class="why"><b>({move.number})</b>{why}{by}{error}</p>\n'
        f"{_rule(move, tree, prefix, detail)}{_line(move.line, '=')}</li>"
    )


def _rule(move: Move, tree: Derivation, prefix: str, detail: int) -> str:
    """What the reader may unfold: the rule, what it replaced, the laws."""
    step, parts = move.step, []
    if move.replaced:
        rows = "".join(
            f"<tr><td>{math(before)}</td><td>becomes</td><td>{math(after)}</td></tr>" for before, after in move.replaced
        )
        parts.append(f"<table>{rows}</table>")
    known = {law.name: law for law in tree.page.axioms}
    laws = [known[name] for name in move.laws if name in known]
    if laws:
        names = listed([f'<a href="#{prefix}law-{escape(law.name)}">{escape(words(law.name))}</a>' for law in laws])
        parts.append(f"<p>Laws: {names}.</p>")
    summary = _prose(tree, step.rule or "what changed")
    if not parts:
        return f'<p class="dim rule">{summary}</p>' if step.rule and step.because else ""
    opened = " open" * (detail >= RULES)
    return f'<details class="rule"{opened}><summary>{summary}</summary>{"".join(parts)}</details>\n'


def _prose(tree: Derivation, words: str) -> str:
    return inline(tree.prose(words), escape, math)


def words(name: str) -> str:
    """A name of a law as words."""
    return name.replace("_", " ")


def _line(line: Line, relation: str = "") -> str:
    if line.tree is None:
        return f'<div class="formula"><code>{escape(f"{relation} {line.text}".strip())}</code></div>'
    label = escape(spelled(f"{relation} {line.text}".strip()))
    written = mathml(line.tree, (), relation, {NEW: line.new, OLD: line.old})
    return f'<div class="formula" role="math" aria-label="{label}">{written}</div>'


def formula(shown: Formula) -> str:
    """A formula with its quantifier, in a line of its own."""
    return f'<div class="formula">{math(shown.latex)}</div>'


def _verdict(tree: Derivation) -> str:
    content = tree.page
    sign = SIGNS.get(content.verdict, "")
    shown = ""
    if tree.counterexample is not None:
        shown = blocks.html([Heading("Counterexample"), *refutation(tree.counterexample, tree.statement)])
    return (
        f'<p><span class="verdict {escape(content.verdict)}">{sign} {escape(content.verdict)}</span> '
        f"{escape(content.verdict_says)}</p>{shown}"
    )


def _laws(axioms: Iterable[Law], prefix: str) -> str:
    items = []
    for law in axioms:
        given = [math(premise.latex) for premise in law.formula.premises]
        conclusion = math(law.formula.conclusion.latex)
        says = f"if {' and '.join(given)} then {conclusion}" if given else conclusion
        items.append(
            f'<dt id="{prefix}law-{escape(law.name)}">{escape(words(law.name))}</dt>'
            f"<dd>{sentence(escape(law.reason), ':')} {says}</dd>"
        )
    return f'<dl class="given">{"".join(items)}</dl>' if items else ""
