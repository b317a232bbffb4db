"""A judged document as Markdown that code-hosting sites and notebooks show: its lines with verdicts, and its errata.

Formulas are written from their trees and words are escaped, so no markup of the document gets through.
"""

from __future__ import annotations

from symbolic_equiv.judge.verdicts import JudgedDocument
from symbolic_equiv.latex.reader.notation import MARK_COLOURS
from symbolic_equiv.latex.words import escape_markdown as escape
from symbolic_equiv.report.annotated import MEANINGS, SIGNS, Annotated, Block, Note, Row, annotated, sentences
from symbolic_equiv.report.changes import NEW
from symbolic_equiv.report.derivation import RULES, STEPS
from symbolic_equiv.report.formula import Shown
from symbolic_equiv.report.texmath import TeX, inside, rows

KEY = "What a step changed is underlined: in blue what the step into a line put there, in brown what the next replaces."
WRONG = r"\textcolor{#c42b1c}"
ROOM = 48.0


def mark(kind: str, text: str) -> str:
    """What changed, underlined in a colour that is legible on white and on black."""
    return rf"\textcolor{{{MARK_COLOURS[kind != NEW]}}}{{\underline{{{inside(text)}}}}}"


def document(judged: JudgedDocument, detail: int = STEPS) -> str:
    """The whole document; at detail 0 the verdicts on its chains and the errata alone, at 2 every counterexample."""
    page = annotated(judged)
    parts = [f"# {escape(page.title)}", escape(page.summary), _legend(page, detail), _errata(page)]
    parts += [_block(block, detail) for block in page.blocks]
    parts.append(_section("Hypotheses used", [_hypothesis(*item) for item in page.hypotheses]))
    if detail >= STEPS:
        rows = [f"- {escape(name)}: {escape(reason)}" for name, reason in page.supplied]
        parts.append(_section("Supplied from the built-in context", rows))
        parts.append(_section("Not read", [f"- {escape(each)}" for each in page.unread]))
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(title: str, items: list[str]) -> str:
    return "\n".join([f"## {title}\n", *items]) if items else ""


def _verdict(word: str) -> str:
    return f"{SIGNS.get(word, '')} **{escape(word)}**".strip()


def _legend(page: Annotated, detail: int) -> str:
    items = [f"- {_verdict(word)}: {meaning}" for word, meaning in MEANINGS.items()]
    items.append("- ⟦ ⟧ in red: what is wrong as printed")
    return "\n".join(items) + (f"\n\n{KEY}" if page.has_changes and detail >= STEPS else "")


def _errata(page: Annotated) -> str:
    if not page.errata:
        return ""
    rows = [
        f"| {escape(note.id)} | {note.lines} | {escape(note.kind)} | {escape(note.short)} |" for note in page.errata
    ]
    return "\n".join(["## Errata\n", "| erratum | lines | kind | what is wrong |", "|---|---|---|---|", *rows])


def _block(block: Block, detail: int) -> str:
    standing = ", ".join(f"{escape(what)} {_verdict(verdict)}".strip() for what, verdict in block.standing)
    parts = [f"## {escape(block.title)}" + (f": {standing}" if standing else "")]
    if detail >= STEPS:
        parts += [_row(row, detail) for row in block.rows]
        parts += [_note(note, detail) for note in block.notes]
    return "\n\n".join(parts)


def _row(row: Row, detail: int) -> str:
    more = [f"under {', '.join(f'`{name}`' for name in row.by)}"] if row.by else []
    more += [f"judged as repaired by {escape(', '.join(row.repaired))}"] if row.repaired else []
    more += [escape(row.message)] if row.message else []
    more += [f"“{escape(row.remark)}”"] if row.remark else []
    verdict = f": {_verdict(row.verdict)}" if row.verdict else ""
    head = f"line{'s' if '–' in row.lines else ''} {row.lines}{verdict}" + (f", {'; '.join(more)}" if more else "")
    model = _model(row.counterexample, detail, "")
    notes = [_note(note, detail) for note in row.notes]
    return "\n\n".join(part for part in [head, _formula(row.formula, row.relation), model, *notes] if part)


def _note(note: Note, detail: int) -> str:
    """An erratum as a block that is set off."""
    parts = [f"**✗ {escape(note.id)}, {escape(note.kind)}, {escape(note.place)}**"]
    parts += [escape(each) for each in sentences(note.message)]
    for printed, meant in note.replacements:
        parts += ["printed:", _formula(printed), "suggested:", _formula(meant)]
    if note.suggestion is not None:
        parts += ["suggested:", _formula(note.suggestion)]
    parts += [f"suggested: {escape(note.words)}"] if note.words else []
    parts += [_model(note.counterexample, detail, note.kind)] if note.counterexample else []
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(filter(None, parts)).split("\n"))


def _model(values: list[tuple[str, str]], detail: int, kind: str) -> str:
    if not values or (detail < RULES and kind != "step"):
        return ""
    return "\n".join(["counterexample:\n", *(f"- {escape(name)} = {escape(value)}" for name, value in values)])


def _formula(shown: Shown, relation: str = "") -> str:
    if shown.node is None:
        return f"`` {f'{relation} {shown.text}'.strip().replace('`', 'ˋ')} ``".replace("\n", " ")
    lines = (row.replace("<", r"\lt ").replace(">", r"\gt ") for row in rows(shown, relation, ROOM, TeX(WRONG), mark))
    return "$$\n\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}\n$$"


def _hypothesis(name: str, says: str, stated: bool) -> str:
    origin = "stated in the document" if stated else "supplied: the document does not state it"
    return f"- `{name}`: {escape(says)} ({origin})"
