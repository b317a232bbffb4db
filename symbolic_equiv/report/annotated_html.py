"""A judged document as one HTML page: no script, nothing from elsewhere, readable without colour and on paper."""

from __future__ import annotations

import os
from html import escape

from symbolic_equiv.judge.verdicts import JudgedDocument
from symbolic_equiv.latex.plain import spelled
from symbolic_equiv.report.annotated import MEANINGS, SIGNS, Annotated, Block, Note, Row, annotated, sentences
from symbolic_equiv.report.derivation import RULES, STEPS
from symbolic_equiv.report.formula import Shown
from symbolic_equiv.report.mathml import mathml
from symbolic_equiv.report.sheet import KEY, sheet


def document(judged: JudgedDocument, detail: int = STEPS) -> str:
    """The page; every word of the document in it is escaped.  ``detail`` says how far it is unfolded at first."""
    return sheet(f"{os.path.basename(judged.path)}: annotated", fragment(judged, detail))


def fragment(judged: JudgedDocument, detail: int = STEPS) -> str:
    """The same without the page around it."""
    page = annotated(judged)
    parts = [
        _header(page),
        "<main>",
        *(_block(block, detail) for block in page.blocks),
        _hypotheses(page),
        _supplied(page),
        _unread(page),
        "</main>",
    ]
    return "\n".join(part for part in parts if part)


def _header(page: Annotated) -> str:
    signs = "".join(f"<li>{_verdict(word)} {escape(meaning)}</li>" for word, meaning in MEANINGS.items())
    rows = [
        f'<tr><th scope="row"><a href="#{escape(note.id)}">{escape(note.id)}</a></th><td>{escape(note.lines)}</td>'
        f"<td>{escape(note.kind)}</td><td>{escape(note.short)}</td></tr>"
        for note in page.errata
    ]
    errata, key = "", f"<p>{KEY}</p>" if page.has_changes else ""
    if rows:
        heads = "".join(f'<th scope="col">{head}</th>' for head in ("Erratum", "Lines", "Kind", "What is wrong"))
        errata = (
            f"<section aria-labelledby='errata'><h2 id='errata'>Errata</h2>\n<table><thead><tr>{heads}</tr></thead>\n"
            f"<tbody>{''.join(rows)}</tbody></table></section>"
        )
    return (
        f"<header><h1>{escape(page.title)}</h1>\n<p>{escape(page.summary)}</p>\n"
        f'<details open><summary>What the signs mean</summary><ul class="legend">{signs}'
        f"<li>⟦ ⟧ what is wrong as printed</li></ul>{key}</details></header>\n" + errata
    )


def _block(block: Block, detail: int) -> str:
    name = f"line-{block.line}-{abs(hash_of(block))}"
    standing = ", ".join(f"{escape(what)} {_verdict(verdict)}".strip() for what, verdict in block.standing)
    heading = escape(block.title) + (f": {standing}" if standing else "")
    rows = "\n".join(_row(row, detail) for row in block.rows)
    chain = f'<ol class="chain">\n{rows}\n</ol>' if rows else ""
    notes = "\n".join(_note(note, detail) for note in block.notes)
    opened = " open" * (detail >= STEPS)
    return (
        f'<section><details class="part"{opened}><summary><h2 id="{name}">{heading}</h2>'
        f"</summary>\n{chain}{notes}</details></section>"
    )


def hash_of(block: Block) -> int:
    """A number for a block that is the same each time the page is made."""
    first = block.rows[0].formula.text if block.rows else block.notes[0].id
    return sum(number * ord(letter) for number, letter in enumerate(first[:200], 1))


def _row(row: Row, detail: int) -> str:
    place = f'<span class="place">line{"s" if "–" in row.lines else ""} {escape(row.lines)}</span>'
    verdict = _verdict(row.verdict) if row.verdict else ""
    more = []
    if row.by:
        more.append(f"under {', '.join(_name(name) for name in row.by)}")
    if row.repaired:
        links = ", ".join(f'<a href="#{escape(each)}">{escape(each)}</a>' for each in row.repaired)
        more.append(f"judged as repaired by {links}")
    if row.message:
        more.append(escape(row.message))
    if row.remark:
        more.append(f"“{escape(row.remark)}”")
    under = f'<p class="under dim">{"; ".join(more)}</p>' if more else ""
    model = f'<div class="under">{_model(row.counterexample, detail >= RULES)}</div>' if row.counterexample else ""
    notes = "\n".join(_note(note, detail) for note in row.notes)
    return (
        f'<li class="{escape(row.verdict)}"><div class="line">{place}{_formula(row.formula, row.relation)}{verdict}'
        f"</div>{under}{model}{notes}</li>"
    )


def _note(note: Note, detail: int) -> str:
    parts = [f'<p class="head">✗ {escape(note.id)}, {escape(note.kind)}, {escape(note.place)}</p>']
    parts += [f"<p>{escape(sentence)}</p>" for sentence in sentences(note.message)]
    pairs = []
    for printed, meant in note.replacements:
        pairs.append(f"<dt>printed</dt><dd>{_formula(printed)}</dd><dt>suggested</dt><dd>{_formula(meant)}</dd>")
    if note.suggestion is not None:
        pairs.append(f"<dt>suggested</dt><dd>{_formula(note.suggestion)}</dd>")
    if note.words:
        pairs.append(f"<dt>suggested</dt><dd>{escape(note.words)}</dd>")
    if pairs:
        parts.append(f'<dl class="fix">{"".join(pairs)}</dl>')
    if note.counterexample:
        parts.append(_model(note.counterexample, note.kind == "step" or detail >= RULES))
    return f'<div class="note" id="{escape(note.id)}" role="note">{"".join(parts)}</div>'


def _model(rows: list[tuple[str, str]], opened: bool) -> str:
    body = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>' for name, value in rows)
    return f"<details{' open' if opened else ''}><summary>Counterexample</summary><table>{body}</table></details>"


def _formula(shown: Shown, relation: str = "") -> str:
    """MathML with the formula in words beside it; the source itself for what has no tree."""
    if shown.node is None:
        lead = f"{escape(relation)} " if relation else ""
        return f'<span class="formula"><code>{lead}{escape(shown.text)}</code></span>'
    label = spelled(" ".join(f"{relation} {shown.text}".replace("&", " ").replace("\\\\", " ").split()))
    formula = mathml(shown.node, shown.marks, relation, shown.changed)
    return f'<span class="formula" role="math" aria-label="{escape(label)}">{formula}</span>'


def _verdict(word: str) -> str:
    return f'<span class="verdict {escape(word)}">{SIGNS.get(word, "")} {escape(word)}</span>'


def _name(hypothesis: str) -> str:
    return f'<a href="#hypothesis-{escape(hypothesis)}">{escape(hypothesis)}</a>'


def _hypotheses(page: Annotated) -> str:
    if not page.hypotheses:
        return ""
    rows = "".join(
        f'<tr id="hypothesis-{escape(name)}"><th scope="row">{escape(name)}</th><td>{escape(says)}</td>'
        f"<td>{'stated in the document' if stated else 'supplied: the document does not state it'}</td></tr>"
        for name, says, stated in page.hypotheses
    )
    return f'<section aria-labelledby="hyp"><h2 id="hyp">Hypotheses used</h2><table>{rows}</table></section>'


def _supplied(page: Annotated) -> str:
    if not page.supplied:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(reason)}</td></tr>' for name, reason in page.supplied
    )
    return (
        '<section aria-labelledby="sup"><h2 id="sup">Supplied from the built-in context</h2>'
        f"<table>{rows}</table></section>"
    )


def _unread(page: Annotated) -> str:
    if not page.unread:
        return ""
    rows = "".join(f"<li>{escape(each)}</li>" for each in page.unread)
    return f'<section aria-labelledby="unread"><h2 id="unread">Not read</h2><ul>{rows}</ul></section>'
