"""A proof as Markdown: the same page as ``report.latex``, with formulas that GitHub, Jupyter and KaTeX show alike.

A display is ``$$\\begin{aligned}…\\end{aligned}$$``, without labels and references, which KaTeX does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from symbolic_equiv.latex.reader.markup import CITED, CITED_END
from symbolic_equiv.latex.statements import broken
from symbolic_equiv.latex.words import escape_markdown
from symbolic_equiv.report import blocks
from symbolic_equiv.report.annotated_markdown import KEY, mark
from symbolic_equiv.report.blocks import inline
from symbolic_equiv.report.changes import settled
from symbolic_equiv.report.derivation import RULES, STEPS, Derivation, Line, Move, derivations
from symbolic_equiv.report.page import Law, Page
from symbolic_equiv.report.refuted import refutation
from symbolic_equiv.report.sentences import ASSUMED, begun, kind, law_rows, listed, meanings, sentence, setting, under

ROOM = 48.0
"""The width of a display in em: a page on a screen is wider than one on paper."""


def document(
    *proofs: Any,
    multiplicative: frozenset[str] = frozenset(),
    detail: int = STEPS,
    pictures: Pictures | None = None,
) -> str:
    """The page of one proof, or of several one after the other; ``multiplicative`` as in ``report.latex``.

    Its figures are put into ``pictures``, and there are none without it.
    """
    return "\n".join(fragments(*proofs, multiplicative=multiplicative, detail=detail, pictures=pictures))


def fragments(
    *proofs: Any,
    multiplicative: frozenset[str] = frozenset(),
    detail: int = STEPS,
    pictures: Pictures | None = None,
) -> list[str]:
    """The page of each proof."""
    return [_page(tree, detail, pictures) for tree in derivations(proofs, multiplicative)]


def _page(tree: Derivation, detail: int, pictures: Pictures | None) -> str:
    return "\n\n".join([f"# {escape_markdown(tree.page.title)}", *_parts(tree, detail, pictures)]) + "\n"


class Pictures:
    """The figures of a page, which are files beside it: what they are called begins with ``stem``."""

    def __init__(self, stem: str) -> None:
        self.stem = stem
        self.files: dict[str, str] = {}
        """SVG by the name of its file."""

    def of(self, tree: Derivation) -> Iterable[str]:
        """Each figure of a claim as a link to its file, with its caption."""
        from symbolic_equiv.report.figures import drawings

        for drawn in drawings(tree.statement, tree.counterexample):
            name = f"{self.stem}-{len(self.files) + 1}-{drawn.name}.svg"
            self.files[name] = drawn.svg(alone=True)
            yield f"![{escape_markdown(drawn.alt)}]({quote(name)})\n*{escape_markdown(drawn.caption)}*"


def _parts(tree: Derivation, detail: int, pictures: Pictures | None) -> Iterable[str]:
    content = tree.page
    yield from _statement(tree)
    if pictures is not None and detail >= STEPS:
        shown = list(pictures.of(tree))
        yield from [f"<!-- {CITED} -->", *shown, f"<!-- {CITED_END} -->"] if shown else []
    yield from _section("Symbols", _symbols(content))
    yield from _section("Hypotheses", _hypotheses(tree))
    yield from _section("Definitions", _definitions(content))
    if detail >= STEPS:
        yield from _section("Derivation", _derivation(tree, detail))
    elif tree.idea:
        yield escape_markdown(tree.idea)
    yield f"**Verdict: {escape_markdown(content.verdict)}.** {content.verdict_says}".rstrip()
    if tree.counterexample is not None:
        shown = blocks.markdown(refutation(tree.counterexample, tree.statement), ROOM)
        yield from _section("Counterexample", [f"<!-- {CITED} -->", shown, f"<!-- {CITED_END} -->"])
    if detail >= STEPS and content.axioms:
        laws = list(map(_law, content.axioms))
        yield from _section("Axioms used", [f"<!-- {CITED} -->", *laws, f"<!-- {CITED_END} -->"])


def _section(title: str, parts: Iterable[str]) -> list[str]:
    parts = list(parts)
    return [f"## {title}", *parts] if parts else []


def _display(rows: Sequence[str]) -> str:
    return "$$\n\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}\n$$"


def _math(formula: str) -> str:
    return f"${formula}$"


def _statement(tree: Derivation) -> list[str]:
    content = tree.page
    labels = [f"({item.label})" for item in content.hypotheses]
    says = [sentence(_prose(tree, content.says))] if content.says else []
    return [*says, f"**{kind(content)}.** {under(labels)}".rstrip(), _display(content.claim.rows(ROOM))]


def _prose(tree: Derivation, words: str) -> str:
    return inline(tree.prose(words), escape_markdown, _math)


def _symbols(content: Page) -> list[str]:
    words = setting(content, _math)
    rows = [f"{names} &{sort}" for names, sort in content.symbols]
    return [part for part in (words, _display(rows) if rows else "") if part]


def _hypotheses(tree: Derivation) -> list[str]:
    parts = []
    for item in tree.page.hypotheses:
        rows = [row for formula in item.formulas for row in formula.rows(ROOM)]
        parts += [f"**({item.label})** {sentence(_prose(tree, begun(item.says)))} {ASSUMED}", _display(rows)]
    return parts


def _definitions(content: Page) -> list[str]:
    rows = [row for formula in content.definitions for row in formula.rows(ROOM)]
    return [part for part in (_display(rows) if rows else "", meanings(content, _math)) if part]


def _derivation(tree: Derivation, detail: int) -> list[str]:
    if tree.first is None:
        return []
    letters = listed([_math(item.latex) for item in tree.page.abbreviations])
    words = [escape_markdown(tree.idea), *([KEY] if tree.has_marks else [])]
    words += [f"Here we write {letters}."] if letters else []
    steps = (part for move in tree.moves for part in _step(tree, move, detail))
    return [" ".join(words), _line(tree.first), *steps]


def _line(line: Line, relation: str = "") -> str:
    return _display([settled(row, mark) for row in broken(line.marked, relation, ROOM)])


def _step(tree: Derivation, move: Move, detail: int) -> list[str]:
    step = move.step
    rule = f"*{_prose(tree, step.rule)}*" if step.rule else ""
    because = ": " * bool(rule and step.because) + _prose(tree, step.because)
    labels = f" (by {listed(step.labels)})" if step.labels else ""
    error = f" **Not proved: {escape_markdown(step.error)}**" if step.error else ""
    words = f"**({step.number})** {rule}{because}{labels}{error}"
    return [words, *(_details(move) if detail >= RULES else []), _line(move.line, "= ")]


def _details(move: Move) -> list[str]:
    """What the step replaced by what, and the laws that it used."""
    pairs = [f"- {_math(before)} becomes {_math(after)}" for before, after in move.replaced]
    laws = [f"- laws: {listed([f'`{name}`' for name in move.laws])}"] * bool(move.laws)
    return ["\n".join([*pairs, *laws])] if pairs or laws else []


def _law(law: Law) -> str:
    words = f"`{law.name}`: {sentence(escape_markdown(law.reason), ':')}".rstrip()
    rows = law_rows(law, ROOM)
    inline = len(rows) == 1 and not re.search(r"\\[^A-Za-z]", rows[0])  # some readers eat a backslash in a line of text
    return f"{words} {_math(rows[0].removeprefix('& '))}" if inline else f"{words}\n\n{_display(rows)}"
