"""Where what a document assumes is assumed: in its theorem and the proof of that, in its remark, or from there on.

A document is cut at the environments of LaTeX (``\\begin{theorem}``), at run-in heads (``**Theorem 1.**``, ``Proof.``),
and at what stands apart from the text: footnotes, captions, comments of a proof-reader.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

_STATEMENTS = "theorem|thm|lemma|lem|proposition|prop|corollary|cor|claim|conjecture|fact|observation|result"
_ASIDES = (
    "remark|rem|rmk|example|ex|counterexample|exercise|note|warning|digression|discussion|question|case|quote|quotation|"
    "figure|table|abstract|interpretation|comparison|intuition"
)
_WORDS = (
    "theorem|lemma|proposition|corollary|claim|conjecture|fact|observation|proof|remark|example|counter-?example|exercise|"
    "note|warning|digression|question|case|satz|beweis|bemerkung|beispiel|korollar|folgerung"
)
_MARKS = re.compile(
    rf"\\(?P<edge>begin|end) ?\{{(?P<name>{_STATEMENTS}|proof|{_ASIDES})\*?\}}"
    r"|\\(?P<apart>footnote|footnotetext|caption|thanks|marginpar|marginnote|sidenote|todo|note|comment|sout|st|xout|deleted)\*?"
    r"(?:\[[^\]\n]{0,80}\])?\{"
    r"|(?P<struck>~~|<(?:del|s|strike)>)"
    r"|(?P<toy>(?:\\(?:(?:sub){0,2}section|(?:sub)?paragraph)\*?\{|^\#{1,6}[ \t])[^{}\n]{0,60}\b(?:toy|examples?"
    r"|special case|warm-?up"
    r"|simplest case|counter-?examples?|related work|remarks?|limitations)\b)"
    r"|(?P<heading>\\(?:part|chapter|(?:sub){0,2}section|(?:sub)?paragraph|appendix)\b|^\#{1,6}[ \t])"
    r"|(?:^|(?<=[.!?:]\s)(?=[*_\\]|(?-i:[A-Z])))"
    r"[ \t>]*(?:[*_]{1,3}|\\(?:text(?:bf|it|sc)|emph|noindent)\b\s*\{?\s*)*"
    rf"(?P<head>{_WORDS})\b(?:\s+(?:\d+(?:\.\d+)*"
    rf"|[A-Z]\b))?(?:\s*\([^()\n]{{0,60}}\))?(?:\s+of\b[^.:\n$]{{0,50}})?\s*[.:*_}}]"
    r"|(?P<done>∎|□|■|\\qed\b|\\(?:black)?square\b|q\.\s?e\.\s?d\.)",
    re.IGNORECASE | re.MULTILINE,
)
_DROPPED = re.compile(
    r"\b(?:drop|drops|dropping|dropped|remove|relax\w*|lift\w*|abandon\w*|discard\w*|get rid of|do without"
    r"|no longer (?:assume|need|require|suppose))\b[^.;$]{0,60}\b(?:assum\w*|hypothes[ei]s|conditions?"
    r"|restrictions?|this)\b"
    r"|\b(?:assumptions?|hypothes[ei]s|conditions?|restrictions?)\b[^.;$]{0,40}\b(?:is|are|be) (?:now )?"
    r"(?:dropped|removed|lifted|relaxed|no longer)\b",
    re.IGNORECASE,
)
_FROM_NOW = re.compile(
    r"\b(?:from (?:now|here|this point) on(?:wards?)?|henceforth|hereafter|in what follows|in the (?:sequel|following)"
    r"|for the rest|in the remainder|ab jetzt|im folgenden)\b(?:[^.]|\.(?=\S)){0,400}",
    re.IGNORECASE,
)
_STATES = re.compile(rf"(?:{_STATEMENTS}|satz|korollar|folgerung)", re.IGNORECASE)
_PROVES = re.compile(r"proof|beweis", re.IGNORECASE)
_REFERS = re.compile(r"\\\w*ref\{([^}]*)\}|\b(\d+(?:\.\d+)*)")
_LABEL = re.compile(r"\\label\{([^}]*)\}")

_INHERITS = re.compile(
    r"\b(?:same|these|those|above|previous|preceding|earlier|former) (?:\w+ )?(?:assumptions?|hypothes[ei]s|setting"
    r"|conditions?)"
    r"|\b(?:assumptions?|hypothes[ei]s|setting|situation|conditions?|notation) (?:of|in|from|as)\b|\bin addition\b"
    r"|\bmoreover\b",
    re.IGNORECASE,
)
"""``Under the assumptions of Theorem 1``"""

STATEMENT, PROOF, ASIDE = "statement", "proof", "aside"


@dataclass(frozen=True, eq=False)
class Region:
    """A part of a document with assumptions of its own.

    ``closes`` is the environment that ends it, "" if the next head does; ``others`` are the statements whose
    assumptions hold in it too: the one that a proof belongs to, or those that it refers to.
    """

    kind: str
    outer: Region | None
    closes: str = ""
    name: str = ""
    others: tuple[Region, ...] = ()

    @property
    def path(self) -> tuple[Region, ...]:
        return (*self.outer.path, self) if self.outer is not None else (self,)


class Regions:
    """The regions of a document, by the places of its prose."""

    def __init__(self, text: str = "", prose: Iterable[tuple[int, int]] = ()) -> None:
        self.text = text
        self.starts: list[int] = [0]
        self.found: list[Region | None] = [None]
        self.dropped: list[int] = []
        self.later = [found.span() for found in _FROM_NOW.finditer(text)]
        self.statements: list[Region] = []
        behind = 0
        for start, end in prose:
            self.dropped += [start + each.start() for each in _DROPPED.finditer(text[start:end])]
            for mark in _MARKS.finditer(text, start, end):
                if mark.start() < behind:
                    continue  # in a footnote
                here = self.found[-1]
                if mark["apart"] or mark["struck"]:
                    closes = text.find("</" if "<" in mark[0] else "~~", mark.end())
                    behind = _closing(text, mark.end()) if mark["apart"] else max(closes, mark.end())
                    self._from(mark.start(), Region(ASIDE, here))
                    self._from(behind, here)
                else:
                    self._from(mark.start(), self._behind(mark, here))

    def _behind(self, mark: re.Match[str], here: Region | None) -> Region | None:
        """The region that a mark begins, or goes back to."""
        word = (mark["name"] or mark["head"] or "").lower()
        kind = STATEMENT if _STATES.fullmatch(word) else PROOF if _PROVES.fullmatch(word) else ASIDE
        while here is not None and not here.closes and not (mark["head"] and kind == ASIDE and here.kind != ASIDE):
            here = here.outer  # a run-in head ends where the next one begins; a case is one of its proof
        if mark["toy"]:
            return Region(ASIDE, here)
        if mark["edge"] == "end":
            return here.outer if here is not None and here.closes == word else here
        if not word:
            return here
        said = self.text[mark.start() : mark.start() + 600]
        region = Region(kind, here, word if mark["name"] else "", _name(said), self._others(kind, said))
        self.statements += [region] if kind == STATEMENT else []
        return region

    def _others(self, kind: str, said: str) -> tuple[Region, ...]:
        if kind == PROOF:
            refers = re.search(r"^\W*\w*\W*proof\W+(?:\[|of\b)[^.:]{0,60}", said, re.IGNORECASE)
            names = {each for pair in _REFERS.findall(refers[0] if refers else "") for each in pair if each}
            return tuple(each for each in self.statements if each.name in names) or tuple(self.statements[-1:])
        return tuple(self.statements) if _INHERITS.search(said) else ()

    def _from(self, at: int, region: Region | None) -> None:
        self.starts.append(at)
        self.found.append(region)

    def of(self, place: int) -> Region | None:
        """The innermost region there; None in the running text."""
        return self.found[bisect_right(self.starts, place) - 1]

    def in_force(self, stated: int, place: int) -> bool:
        """Whether what is assumed at one place holds at another."""
        region, here = self.of(stated), self.of(place)
        if any(stated < dropped < place for dropped in self.dropped):
            return False
        if place < stated and any(start < stated < end for start, end in self.later):
            return False
        path = here.path if here is not None else ()
        return region is None or region in path or any(region in each.others for each in path)


def is_aside(region: Region | None) -> bool:
    """Whether it is a remark, an example or a footnote: what is said there of a symbol is said there only."""
    return region is not None and any(each.kind == ASIDE for each in region.path)


def _name(said: str) -> str:
    """The label of a statement, or its number."""
    label = _LABEL.search(said[:160])
    number = re.search(r"\d+(?:\.\d+)*", said[:24])
    return label[1] if label else number[0] if number else ""


def _closing(text: str, start: int, limit: int = 4000) -> int:
    """Where the brace closes that is open at ``start``."""
    depth = 1
    for at in range(start, min(len(text), start + limit)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at
    return start
