"""Documents of the test data, mutated: whatever becomes of them is read, with problems that have a place, or refused.

``FUZZ_COUNT=20000`` in the environment says how many are tried.
"""

from __future__ import annotations

import os
import re

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from symbolic_equiv.document import read_derivation
from symbolic_equiv.judge.judge import judge
from symbolic_equiv.latex.reader import ReaderError, read_text
from tests.judge.data import broken, deceptions, indices, layers, sound

COUNT = int(os.environ.get("FUZZ_COUNT", "150"))
LONGEST = 900

_GROUPS = (*sound.GROUPED.values(), *broken.GROUPED.values())
TEXTS = [
    *(case.text for group in _GROUPS for case in group.values()),
    *(text for text, _ in (*indices.SOUND.values(), *layers.SOUND.values())),
    *deceptions.NOT_PROVED.values(),
]
SHORT = [text for text in TEXTS if len(text) <= LONGEST]
PIECE = re.compile(r"\\[A-Za-z]+|\\.|\$\$?|\s+|[A-Za-z]+|\d+|.", re.DOTALL)
PIECES = [PIECE.findall(text) for text in SHORT]
KNOWN = sorted({piece for text in PIECES for piece in text})

UNBUILT = r"""Let $M \in \mathbb{R}^{n \times n}$ and let $P \in \{0,1\}^{n n}$ be a permutation matrix, so that
$P^\top P = P I$. Together
$$ \mathrm{softmax}(P M P^\top) = P \, \mathrm{softmax}(M P) $$
"""
"""Its assumption about one ``I`` alone was no product: a traceback."""

place = st.integers(0, 10**6)
change = st.tuples(st.sampled_from(["drop", "double", "swap", "put", "from another", "cut"]), place, place, place)


def mutated(pieces: list[str], changes: list[tuple[str, int, int, int]]) -> str:
    """The pieces of a document after some changes at places counted modulo their number."""
    pieces = list(pieces)
    for kind, at, other, length in changes:
        if not pieces:
            break
        at, other, length = at % len(pieces), other % len(pieces), 1 + length % 6
        match kind:
            case "drop":
                del pieces[at : at + length]
            case "double":
                pieces[at:at] = pieces[at : at + length]
            case "swap":
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case "put":
                pieces[at] = KNOWN[(other * 31 + length) % len(KNOWN)]
            case "from another":
                given = PIECES[(other + length) % len(PIECES)]
                pieces[at : at + length] = given[other % len(given) : other % len(given) + length]
            case "cut":
                del pieces[-length:]
    return "".join(pieces)


documents = st.tuples(st.sampled_from(PIECES), st.lists(change, min_size=1, max_size=5)).map(lambda two: mutated(*two))


@settings(max_examples=COUNT, deadline=None, suppress_health_check=list(HealthCheck))
@example(UNBUILT, "markdown")
@example(r"Heads $\in = 1,\dots,H$. Then $$ f(i) = f(i). $$", "markdown")
@given(documents, st.sampled_from(["markdown", "latex"]))
def test_a_mutated_document_is_read_or_refused(text, format):
    try:
        derivation = read_derivation(read_text(text, format))
    except ReaderError as problem:
        assert str(problem)
        return
    for problem in derivation.problems:
        assert problem.message and problem.line >= 1
    for chain in derivation.chains:
        assert all(line.line >= 1 for line in chain.lines)


@settings(max_examples=max(10, COUNT // 100), deadline=None, suppress_health_check=list(HealthCheck))
@given(documents)
def test_a_mutated_document_is_judged_or_refused(text):
    try:
        document = judge(read_derivation(read_text(text, "markdown")), "text", budget=1.0)
    except ReaderError as problem:
        assert str(problem)
        return
    assert document.exit_code in (0, 1)
    assert all(step.verdict for chain in document.chains for step in chain.steps)
