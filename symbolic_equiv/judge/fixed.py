"""A document with its errata mended and what it leaves out written in, which then checks clean.

Nothing here is trusted: whatever was changed, the new text is read and judged from its beginning, and what
is still wrong is said.  The source is never touched; the result is a new text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from symbolic_equiv.document import Context, Derivation, Edit, read_derivation
from symbolic_equiv.document.derivation import CLAIM
from symbolic_equiv.document.problems import SCOPE, SHAPE, SORT, UNREADABLE, Problem
from symbolic_equiv.judge.mend import Mended
from symbolic_equiv.judge.replace import mended_line
from symbolic_equiv.judge.verdicts import Erratum, JudgedDocument
from symbolic_equiv.latex.reader import Document, read_text

MAX_ROUNDS = 4

Judging = Callable[[Derivation], JudgedDocument]


@dataclass
class Fixed:
    """The mended text, the verdicts on it, what was done to it, and what could not be done."""

    text: str
    judged: JudgedDocument
    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        return self.judged.exit_code


def fix(document: Document, judging: Judging, user: Context | None = None) -> Fixed:
    """Mend a document: source edits first, then the steps, then a context block with what is missing.

    ``judging`` gives the verdicts on a derivation; ``user`` is the user's context, which is written in as well,
    so that the result needs no other file.  At most ``MAX_ROUNDS`` times, as long as something is gained.
    """
    text, format = document.source.text, document.format
    block = [" ".join(line.span.text.split()) for line in (user.lines if user else ()) if line.span.text.strip()]
    body, done = text, []
    # What is ill-formed as printed is mended first, without judging: the steps are judged under these repairs anyway.
    derivation = _read(_with_block(body, block, format), format)
    best: Fixed | None = None
    for number in range(MAX_ROUNDS):
        changed, notes = _edited(derivation, block, format, may_leave_out=number == 0)
        if changed is not None:
            body, done = changed, [*done, *notes]
            derivation = _read(_with_block(body, block, format), format)
            if _misfits(derivation):
                continue
        judged = judging(derivation)
        derivation = judged.derivation or derivation  # without the built-in definitions that no step confirms
        found = Fixed(_with_block(body, block, format), judged, done, _left(judged))
        if best is None or len(found.left) < len(best.left):
            best = found
        if judged.exit_code == 0:
            return found
        body, block, notes = _mended(derivation, judged, body, block, format)
        if not notes:
            break
        done = [*done, *notes]
        derivation = _read(_with_block(body, block, format), format)
    if best is None:
        judged = judging(derivation)
        best = Fixed(_with_block(body, block, format), judged, done, _left(judged))
    return best


def _read(text: str, format: str) -> Derivation:
    return read_derivation(read_text(text, format))


# the context block


def _opening(block: list[str], format: str) -> str:
    if not block:
        return ""
    if format == "latex":
        return "".join(f"% symbolic-equiv: {line}\n" for line in block) + "\n"
    return "<!-- symbolic-equiv\n" + "\n".join(block) + "\n-->\n\n"


def _with_block(body: str, block: list[str], format: str) -> str:
    return _opening(block, format) + body


def _supplied(derivation: Derivation, judged: JudgedDocument, block: list[str]) -> tuple[list[str], list[str]]:
    """The block with what the document lacks, and what was added to it."""
    needed = {erratum.hypothesis for erratum in judged.errata if erratum.hypothesis}
    added = []
    for supply in derivation.supplies:
        wanted = supply.name in needed if supply.hypothesis else True
        if wanted and supply.text not in block:
            block = [line for line in block if not supply.text.startswith(line + " ")]  # x : S → X, and now a bijection
            if any(line.startswith(supply.text + " ") for line in block):
                continue
            block = [*block, supply.text]
            added.append(f"context: {supply.text}")
    ranks = ("declare", "define", "assume")
    return sorted(
        block, key=lambda line: next((at for at, word in enumerate(ranks) if line.startswith(word)), 0)
    ), added


# source edits


def _edited(derivation: Derivation, block: list[str], format: str, may_leave_out: bool) -> tuple[str | None, list[str]]:
    """The body with the edits of all problems made, and displays without a repair left out; None if there are none.

    Only what has no reading in the document as it was printed is left out, not what another change has spoiled.
    """
    start = len(_opening(block, format))
    edits: list[Edit] = []
    notes: list[str] = []
    for problem in derivation.problems:
        own = list(problem.edits) or (_left_out(problem, derivation, format) if may_leave_out else [])
        if not own or _overlap(own, edits) or any(edit.start < start for edit in own):
            continue
        edits += own
        if not problem.edits:
            said = f"left out: ‘{_short(problem.printed)}’ has no reading"
        elif problem.kind == SCOPE:
            said = f"brackets moved, so that the sum takes in ‘{_short(problem.printed)}’"
        else:
            said = f"‘{_short(problem.printed)}’ is now ‘{_short(problem.suggestion or own[0].text)}’"
        notes.append(f"line {problem.line}: {problem.kind}: {said}")
    if not edits:
        return None, []
    text = derivation.problems[0].span.source.text
    return _applied(text, edits)[start:], notes


def _misfits(derivation: Derivation) -> bool:
    """Whether there is still something that an edit of the source would mend."""
    return any(problem.edits for problem in derivation.problems)


def _overlap(edits: Iterable[Edit], others: Iterable[Edit]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in edits for b in others)


def _applied(text: str, edits: Iterable[Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _left_out(problem: Problem, derivation: Derivation, format: str) -> list[Edit]:
    """The display of a line that has no reading and no repair, put out of force.

    Not in a derivation, where the lines around it depend on it, and not where the text announces a claim.
    """
    if problem.kind not in (SHAPE, SORT, SCOPE):
        return []
    source = problem.span.source
    for chain in derivation.chains:
        inside = [line for line in chain.lines if line.span.start <= problem.span.start < line.span.end]
        if inside and inside[0].judged is None and len(chain.lines) <= 2 and not chain.inline and chain.role != CLAIM:
            display = _display(source.text, format, problem.span.start)
            if display is None:
                return []
            start, end = display
            return [Edit(start, end, _out_of_force(source.text[start:end], problem.message, format))]
    return []


def _display(text: str, format: str, at: int) -> tuple[int, int] | None:
    """From the beginning to the end of the lines on which the display around a place stands, with its delimiters."""
    for display in read_text(text, format).displays:
        if display.span.start <= at < display.span.end:
            start = text.rfind("\n\n", 0, display.span.start) + 2
            opening = max(text.rfind(mark, start - 1, display.span.start) for mark in (r"\begin", "$$", r"\[", "```"))
            closing = [text.find(mark, display.span.end) for mark in (r"\end", "$$", r"\]", "```")]
            closing = [place for place in closing if place >= 0]
            if opening < 0 or not closing:
                return None
            ending = text.find("\n", min(closing))
            begin = text.rfind("\n", 0, opening) + 1
            if text[begin:opening].strip():
                return None
            return begin, len(text) if ending < 0 else ending
    return None


def _out_of_force(display: str, reason: str, format: str) -> str:
    """A display as a visible note that it is left out, with what was printed."""
    rows = [row for row in display.splitlines() if row.strip()]
    if format == "latex":
        shown = "\n".join(rows).replace(r"\end{verbatim}", "")
        return f"[Left out: the display below has no reading ({_words(reason)}).]\n" + (
            f"\\begin{{verbatim}}\n{shown}\n\\end{{verbatim}}"
        )
    fence = "~~~~"
    while fence in display:
        fence += "~"
    return (
        f"\n*Left out: the display below has no reading: {_words(reason)}.*\n\n{fence}\n"
        + "\n".join(rows)
        + f"\n{fence}\n"
    )


def _words(reason: str) -> str:
    """A message as plain words: nothing in it is read as mathematics or markup again."""
    return "".join(letter if letter not in r"$\`*_<>{}%#&^~[]" else " " for letter in reason)


# steps


def _mended(
    derivation: Derivation, judged: JudgedDocument, body: str, block: list[str], format: str
) -> tuple[str, list[str], list[str]]:
    """The body with the steps mended, the block with what is missing, and what was done."""
    text, start, notes = _with_block(body, block, format), len(_opening(block, format)), []
    for erratum in sorted(judged.errata, key=_from_the_end, reverse=True):
        if erratum.mended is None or erratum.span is None or erratum.span.start < start:
            continue
        place = _place(derivation, erratum)
        if place is None or _would_change_the_claim(derivation, place, erratum.mended):
            continue
        changed = mended_line(text, format, erratum.span, erratum.mended, place)
        if changed is not None:
            text, anew = changed
            shown = erratum.mended.shown
            shown = f"written anew, with all that it stands for: {shown}" if anew else shown
            notes.append(f"line {erratum.line} of the result: step: {shown}")
    block, added = _supplied(derivation, judged, block)
    return text[start:], block, [*notes, *added]


def _would_change_the_claim(derivation: Derivation, place: tuple[int, int], mended: Mended) -> bool:
    """Whether a repair would make a false claim into another one, or into ``a = a``: a lone equation is not a slip."""
    chain, at = derivation.chains[place[0]], place[1]
    return len(chain.lines) == 2 and (chain.role == CLAIM or mended.term == chain.lines[at - 1].judged)


def _from_the_end(erratum: Erratum) -> int:
    return erratum.span.start if erratum.span is not None else -1


def _place(derivation: Derivation, erratum: Erratum) -> tuple[int, int] | None:
    """Which line of which chain an erratum is about."""
    for number, chain in enumerate(derivation.chains):
        for at, line in enumerate(chain.lines):
            if line.span == erratum.span:
                return number, at
    return None


# what is left


def _left(judged: JudgedDocument) -> list[str]:
    """What is still wrong, one sentence each."""
    found = [f"line {erratum.line}: {erratum.kind}: {erratum.message}" for erratum in judged.errata]
    found += [f"not read: {each}" for each in judged.unread]
    for chain in judged.chains:
        for step in chain.steps:
            if step.verdict in (UNREADABLE, "unproved", "assumed", "refuted"):
                found.append(f"line {step.line}: {step.verdict}" + (f": {step.message}" if step.message else ""))
    return found


def _short(text: str) -> str:
    text = " ".join((text or "").split())
    return text if len(text) <= 100 else text[:97] + "…"
