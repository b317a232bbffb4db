"""What a sentence says of a formula in it, and whether it says it at all: denials and mere possibilities do not.

A predicate is a pattern such as ``a bijection``.  It is said of a formula if it stands right before it, or in the
clause behind it with no other noun to which it could belong.  Where the words leave it open, nothing is said.
"""

from __future__ import annotations

import re
from functools import lru_cache

_MARKUP = re.compile(r"\\(?:emph|text(?:it|bf|sl|rm)?|underline)\{([^{}$]*)\}|[*~]|(?<!\w)_|_(?!\w)")
_FORMULA = re.compile(r"\$[^$]*\$")
_ALIKE = (
    (re.compile(r"\b(?:both )?(?:injective|one-to-one) and (?:surjective|onto)\b", re.IGNORECASE), "bijective"),
    (re.compile(r"\bone-to-one correspondence\b", re.IGNORECASE), "bijection"),
    (re.compile(r"\bone-to-one map(?:ping)? (?:of|from) \$[^$]*\$ onto\b", re.IGNORECASE), "bijection onto"),
    (re.compile(r"\bmaps? \$[^$]*\$ (?:bijectively|one-to-one) (?:on)?to\b", re.IGNORECASE), "is bijective onto"),
    (re.compile(r"\b(?:i\.e\.|that is),?\s+", re.IGNORECASE), ""),
    (re.compile(r"\bw\.?l\.?o\.?g\.|\bwithout (?:any )?loss of generality\b", re.IGNORECASE), ""),
)

_DENIAL = re.compile(
    r"\b(?:not|non|no|never|neither|nor|none|nothing|nowhere|cannot|without|unless|except|hardly|barely|nearly|almost"
    r"|approximately|instead|rather|unlike|lacks?|fail(?:s|ed|ing)?|ceases?|false|wrong|untrue|locally|partial(?:ly)?"
    r"|sometimes|often|usually|typically|possibly|perhaps|essentially|mostly|quasi|pseudo|nicht|keine?n?|ohne|nie)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    rf"(?:{_DENIAL.pattern})[^;:]*?\b(?:assum|suppos|requir|need|claim|true|hold|case|kn[eo]w|want|ask|demand|mean"
    r"|guarantee|expect)\w*",
    re.IGNORECASE,
)
"""``we do not assume that S is finite and that …``: such a denial goes on to the end of the sentence."""

_POSSIBLE = re.compile(
    r"\b(?:often|sometimes|usually|typically|for (?:example|instance))\b"
    r"|\b(?:if|iff|when|whenever|whether|were|would|could|might|should|the case|in case|as long as|once|until"
    r"|for contradiction|wenn|ob|falls|wäre)\b|\bmay\b(?! (?:\w+ )?(?:assume|suppose|take))|\?",
    re.IGNORECASE,
)
_CONCLUDED = re.compile(
    r"\b(?:then|hence|thus|therefore|shows?|showing|shown|prov(?:e|es|ed|ing)|follows|conclud\w+|impl(?:y|ies|ying)"
    r"|claim\w*|conjectur\w+|ask|question|dann|daher|folglich|somit|zeigen)\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:let|assume|suppose|fix|take|consider|given|sei|seien)\b|\bfor (?:any|every|each|all|an?)\b(?=[^,;:$]*$)",
    re.IGNORECASE,
)

_ON_CONDITION = re.compile(
    r"^\s*or\b|^(?!\s*(?:such that|so that|with|satisf\w+|obey\w*)\b)"
    r"[^,;:]*\b(?:if|iff|only|when|whenever|unless|provided|except|up to|as long as|in case)\b"
    r"|[,(]\s*(?:but |and |at least |exactly |precisely |just )*"
    r"(?:if|iff|only|when|whenever|unless|provided|except|up to|almost|as long as|in case)\b",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:of|by|from|to(?! be\b)|under|for|after|before|composed|composition|composite|whose|than|like|between|through"
    r"|via|into|against|over|along|if|as|with|on|von|mit|durch)\b",
    re.IGNORECASE,
)
"""Between a formula and a predicate: the predicate then belongs to another noun."""

_ALIEN = re.compile(
    r"\b(?:soft|relaxed|signed|generali[sz]ed|scaled|weighted|noisy|approximate|sub|quasi|pseudo|semi|anti|skew)[- ]$",
    re.IGNORECASE,
)
"""A soft permutation matrix is none."""

_ANEW = re.compile(r"\b(?:that|which|and) (?:is|are|has|have|be)\b|\bto be\b", re.IGNORECASE)
"""What follows is said of the formula again: ``a map of the tokens that is``."""

_VERB = r"(?:is|are|be|has|have|forms?)\b"
_PART = re.compile(
    r"\b(?:of|in|on|from|to|under|for|between|through|over|than|like)(?: (?:the|an?|its|our|each|every|some|any))?"
    r"(?: \w+){0,2}$",
    re.IGNORECASE,
)
"""``the quotient of $X$ is abelian``: said of the quotient."""

_LISTED = re.compile(rf"(?:\s*,?\s*(?:and )?\$[^$]*\$)+\s*(?={_VERB})")
"""``$P$, $Q$ and $R$ are``"""

_CLAUSE_ENDS = re.compile(r"[,.;:$]|\band\b(?! (?:is|are|has|have|be)\b)", re.IGNORECASE)
_APPOSITION = re.compile(r"[^,.;:$()]{0,50},(?=\s*(?:an?|which|bijective)\b)")
_PRONOUN = re.compile(
    r"[^.;:$]{0,60}?(?:[;,:]\s*|\band )+(?:(?:we )?(?:suppose|assume|require)(?: that)? )?it (?=(?:is|has|be)\b)",
    re.IGNORECASE,
)
"""``their positions, a bijection``; ``… the positions; it is a bijection``"""


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Words on one line, without markup, and with one phrase where several mean the same.

    >>> plain("be *injective and\\nsurjective*")
    'be bijective'
    """
    text = re.sub(r"\s+", " ", _MARKUP.sub(lambda found: found[1] or " ", text))
    for phrase, same in _ALIKE:
        text = phrase.sub(same, text)
    return text.strip()


@lru_cache(maxsize=8192)
def is_open(before: str) -> bool:
    """Whether the words that lead to a formula leave open what is said of it: ``if``, ``we do not assume that``.

    >>> is_open("We do not require that"), is_open("Suppose that")
    (True, False)
    """
    words = _FORMULA.sub("$", plain(before))
    if re.match(r"in an?\b", words, re.IGNORECASE):
        return True  # what holds in such a one
    if _POSSIBLE.search(words) or _REFUSED.search(words) or _CONCLUDED.search(_SUPPOSED.split(words)[-1]):
        return True
    return _DENIAL.search(re.split(r"[,;:]", words)[-1]) is not None


@lru_cache(maxsize=8192)
def affirms(before: str, after: str, predicate: re.Pattern[str]) -> bool:
    """Whether a sentence says ``predicate`` of the formula between ``before`` and ``after``.

    >>> bijective = re.compile("biject")
    >>> affirms("Let", "be a bijection of S onto X.", bijective), affirms("Let", "be no bijection.", bijective)
    (True, False)
    """
    before, after = plain(before), plain(after)
    if is_open(before):
        return False
    if _attribute(_CLAUSE_ENDS.split(before)[-1], predicate):
        return _ON_CONDITION.match(after) is None
    if _PART.search(before) and re.match(rf"{_VERB}|(?:depends?|moves?|maps?)\b", after):
        return False
    after = re.sub(rf"^[\s,(]*(?:which|that)?\b|^of (?:\w+ )?\w+ (?={_VERB})", "", after)
    listed = _LISTED.match(after)
    after = after[listed.end() :] if listed else after
    for begins in (re.match("", after), _APPOSITION.match(after), _PRONOUN.match(after)):
        if begins is None or _POSSIBLE.search(begins[0]):
            continue
        start = begins.end()
        end = _CLAUSE_ENDS.search(after, start)
        clause = after[start:] if end is None else after[start : end.start()]
        found = predicate.search(clause)
        if found is None:
            continue
        if listed and re.search(r"\ban?\s+(?:\w+\s+)?$", clause[: found.start()]):
            continue  # of several formulas that make one of it
        rest, between = after[start + found.end() :], _ANEW.split(clause[: found.start()])[-1]
        if start and re.match(r"\s*\$", rest):
            continue  # what stands in apposition is the next formula
        leading = clause[: found.start()]
        doubts = (
            *((_DENIAL, clause), (_POSSIBLE, leading), (_ALIEN, leading)),
            *((_OF_ANOTHER, between), (_ON_CONDITION, rest)),
        )
        return not any(doubt.search(words) for doubt, words in doubts)
    return False


@lru_cache(maxsize=8192)
def denies(before: str, after: str, predicate: re.Pattern[str]) -> bool:
    """Whether a sentence says that ``predicate`` need not hold of the formula: what another one says is no help then.

    >>> denies("Here", "need not be a bijection.", re.compile("biject"))
    True
    """
    before, after = plain(before), plain(after)
    clause = _CLAUSE_ENDS.split(re.sub(r"^[\s,(]*", "", after))[0]
    if (found := predicate.search(clause)) is not None:
        denied = _DENIAL.search(clause[: found.start()]) or _REFUSED.search(_FORMULA.sub("$", before))
        return denied is not None
    clause = _CLAUSE_ENDS.split(before)[-1]
    return _attribute(clause, predicate) and _DENIAL.search(clause) is not None


def _attribute(clause: str, predicate: re.Pattern[str]) -> bool:
    """Whether a clause that leads to a formula ends in ``the bijective map``, or in ``a bijection``."""
    found = list(predicate.finditer(clause))
    tail = re.sub(r"\b(?:denoted|called|written|named)(?: by)?\s*$", "", clause[found[-1].end() :]) if found else ""
    fits = bool(found) and not _ALIEN.search(clause[: found[-1].start()])
    return fits and len(tail.split()) <= 3 and not _OF_ANOTHER.search(tail)
