"""What the words around a formula announce: a definition, a claim, an assumption.

A cue is a hint for the layer that decides what a formula is; it decides nothing by itself.
"""

from __future__ import annotations

import re
from enum import Enum


class Cue(Enum):
    """What a sentence says about its formula, and the phrases that say it."""

    DEFINES = (
        r"where|let|denotes?d?|given by|(?:we|can) (?:then )?(?:write|express|formulate|view)|written|definitions? of|"
        r"defin\w+|we set|here|namely|called|stands? for|formulate (?:this|it|them)? ?as|is the"
    )
    CLAIMS = (
        r"needs? .{0,200}to hold|must hold|holds?|show that|to prove|claims?|conclude|it follows|as we can see|"
        r"theorem|lemma|proposition|corollary|so we have|therefore|hence|thus|must have|want"
    )
    ASSUMES = r"suppose|assum\w+|provided|hypothes[ie]s|given(?! by)|if|under the condition|require"
    FOR_ALL = r"for (?:all|any|every|each|arbitrary)"
    SUBSTITUTES = r"substitut\w+|change of variables?|re-?index\w*|put(?:ting)?|setting|replac\w+"
    CONTINUES = r"further\w*|continu\w+|moreover|simplif\w+|reduces?"


_PATTERNS = {cue: re.compile(rf"\b(?:{cue.value})\b", re.IGNORECASE) for cue in Cue}


def cues(text: str) -> frozenset[Cue]:
    """The cues in a stretch of prose.

    >>> sorted(cue.name for cue in cues("Suppose that, for all heads, the map is given by"))
    ['ASSUMES', 'DEFINES', 'FOR_ALL']
    """
    plain = " ".join(text.split())
    return frozenset(cue for cue, pattern in _PATTERNS.items() if pattern.search(plain))
