"""Whether a sentence says the equation in it, or denies it, asks it, or says it under a condition.

What is not said is neither assumed nor taken for a definition; in the running text it claims nothing either.  Where the
words leave it open they are taken not to say it: a hypothesis too few proves nothing that is false.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\$\$?[^$]*\$\$?|\\\((?:(?!\\\)).)*\\\)", re.DOTALL)
_MARKUP = re.compile(r"\\(?:emph|text(?:it|bf|sl|rm)?|underline)\b|[*{}~]")
_NO_LOSS = re.compile(r"\bw\.?l\.?o\.?g\.?|\bwithout (?:any )?(?:loss of generality|restriction)\b", re.IGNORECASE)

_SUPPOSING = r"(?:assum\w*|suppos\w*|requir\w*|hypothes\w*|postulat\w*|demand\w*|impos\w*|let|write|set|put|defin\w*)"
_DENIAL = (
    r"(?:\b(?:not|never|cannot|without|nobody|no one|no need|no longer|nor|neither|hardly|rather than|instead of)\b"
    r"|n['’]t\b)"
)

_OURS = re.compile(rf"\b(?:we|let us|i|you may)\b(?: \w+){{0,3}} {_SUPPOSING}\b", re.IGNORECASE)
"""``as others do, we assume``"""

_DENIED = re.compile(rf"{_DENIAL}[^,;:¤]{{0,40}}\b{_SUPPOSING}", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\b(?:some|other|many|most|several|earlier|previous|prior|existing|certain|related) "
    r"(?:authors?|works?|papers?|approaches|methods?|people|results?|proofs?|treatments?)\b"
    rf"|\b(?:others|who|they|one|anyone|someone|nobody) (?:\w+ ){{0,2}}{_SUPPOSING}"
    rf"|\b(?:might|could|would|may be tempted to|had) (?:\w+ ){{0,2}}{_SUPPOSING}"
    r"|\b(?:in|by)\s+(?:\[[\d, ]+\]|\\cite\w*)|\b(?:instead of|rather than|as opposed to|unlike|than)\W*$"
    r"|\b(?:stronger|weaker|more|less) (?:\w+ )?than\b|\b(?:in contrast|as opposed|compared?|unlike)\b",
    re.IGNORECASE,
)
_REJECTED = re.compile(
    r"\b(?:wrong(?:ly)?|false(?:ly)?|untrue|incorrect(?:ly)?|absurd|mistaken(?:ly)?|tempting|tempted|naive\w*|naïve\w*"
    r"|unreasonable|unrealistic|fallac\w*|erroneous\w*|mislead\w*|contrary|contradict\w*|absurdum|counter-?examples?"
    r"|violat\w*|break\w*|fail\w*|impossible|denie[sd]|deny|elsewhere|refut\w*|disprov\w*)\b"
    r"|\b(?:not|never) (?:\w+ ){0,2}(?:true|hold|the case|valid|correct)\b|\bin general (?:not|no)\b",
    re.IGNORECASE,
)
_IN_CASE = re.compile(
    r"\b(?:if|whether|unless|whenever|except(?: when| if| where)?|only (?:if|when|for)|as long as|until|once)\b"
    r"|\bwhen\W*$|\b(?:for|at|in|by) the moment\b|\b(?:special|degenerate|trivial|extreme|limiting|toy) (?:case"
    r"|example)s?\b"
    r"|\bcases?(?: that| where| when| in which| of)?\W*$|\bfor (?:instance|example)\b"
    r"|\beither\b|\b(?:or|implies|entails|forces)\W*$|\b(?:imagine|pretend|were|had we|see whether|ask)\b"
    r"|\b(?:approximately|asymptotically|on average|in expectation|almost surely|in the limit|nearly)\b",
    re.IGNORECASE,
)
_OF_SOME = re.compile(
    r"\b(?:for|with) (?:some|one|at least one|most|almost all)\b|\bsometimes\b"
    r"|\bthere (?:is|are|exists?|may be|might be)\b[^,;:]{0,60}\b(?:with|where|such that|so that|satisf\w+"
    r"|for which)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"^\W*(?:are|is|do|does|did|must|should|can|could|shall|why|what)\b", re.IGNORECASE)

_NOT_SO = re.compile(
    r"^[^¤;:.]{0,40}?(?:\b(?:(?:does|do|did|need|will|may|might|can|is|are) not|cannot|never|no longer|not)\b|n['’]t\b)"
    r"(?! only\b)[^¤;:.]{0,20}\b(?:hold\w*|true|valid|apply|applies|satisf\w*|assum\w*|requir\w*|needed|necessar\w*"
    r"|case|work"
    r"|correct|equal|met)\b"
    r"|^\W*(?:\w+ ){0,2}(?:fails?|failing|breaks?|is|are|being|was|seems?|looks?) (?:\w+ ){0,2}"
    r"(?:false|wrong|violated|excluded|untrue|impossible|absurd|incorrect|too (?:strong|restrictive|much|good)"
    r"|unnecessary"
    r"|superfluous|nonsense|tempting|broken|ruled out)\b"
    r"|^\W*(?:\w+ ){0,1}(?:fails?|failing|breaks?)\b"
    r"|^\W*(?:\w+ ){0,2}(?:would|could|might|excluded|ruled out|aside)\b"
    r"|^[^.]{0,60}[,;] (?:but|yet|however|though|although|which|and this|this)\b[^.]{0,40}?"
    r"(?:\b(?:fails?|false|wrong|not|never|cannot|absurd|untrue|impossible|contradict\w*|tempting)\b|n['’]t\b)"
    r"|^[^.]{0,60}[,;] we (?:do|shall|will|need|can) ?not\b",
    re.IGNORECASE,
)
_ONLY_WHERE = re.compile(
    r"^\W*(?:or|implies|entails|forces|yields|gives|for (?:this|that|these|those))\b|\botherwise\b"
    r"|^\W*(?:\w+ ){0,2}?(?:for (?:the moment|now|contradiction)|temporarily|if|only|when|whenever|unless|except"
    r"|as long as|up to|provided|in case|but not|until|once|iff"
    r"|for (?:some|one|at least|most|almost|certain|suitable|small|large)|approximately|asymptotically|on average"
    r"|in expectation|almost|locally|near|at least|in the (?:limit|special|trivial|case))\b",
    re.IGNORECASE,
)
_RESTRICTED = re.compile(
    r"^\W*(?:if|for|whenever|when|on|at)\b[^.,;:$]{0,30}\$[^$]*(?:=(?![^$]*dots)|\\in\s*\\?[A-Za-z{}\\]+\s*\(\s*[a-z]\s*\)|\\n(?:e|eq|otin)\b|\\not\b"
    r"|\\setminus|[<>]"
    r"|\\[lg](?:e|t|eq)(?:slant)?\b|\\ll\b|\\gg\b)[^$]*\$"
)
"""``for $i \\neq j$``"""

_CONDITION = re.compile(
    r"\b(?:if|unless|in case|provided(?: that)?|assuming|as long as|under the (?:assumption|hypothesis|condition))\b"
    r"|\b(?:for|when|whenever|where|at|with|setting|taking|choosing|in the case|if)(?: that| of)? *"
    r"\$[^$]*(?:=(?![^$]*dots)|\\neq?\b|<|>|\\[lg](?:e|t|eq)\b)[^$]*\$"
    r"|\bwhen(?:ever)? (?:[^,;:.$]|\$[^$]*\$){0,60}?\b(?:is|are|has|have|vanish\w*|commutes?|holds?|equals?)\b"
    r"|\b(?:special|degenerate|trivial|extreme|limiting|toy) (?:case|example)\b|\bonly\b[^.$]{0,20}$",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:in general|otherwise|generally|contradiction|absurd|impossible|the general case|case (?:\d|two|ii|\(?b)"
    r"|(?:other|second|last|remaining|next) case|in (?:both|all|any|either) cases?)\b",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(
    r"\bcontradict\w*|\bcontrary\b|\babsurd\w*|\bcase\b|\bfor (?:the|a) moment\b|\b(?:imagine|pretend)\b"
    r"|\b(?:toy|simplest|warm-up) (?:example|case|setting)\b|\bfor (?:instance|example)\b",
    re.IGNORECASE,
)
_DOTS = re.compile(r"\\[lc]?dots|\.\.\.|…")
_IS_CONDITION = re.compile(
    r"\b(?:for|when|whenever|at|if|unless|taking|choosing|provided|in (?:the|this|that|which) case(?: that| of)?"
    r"|as soon as|as long as|because of|instead of|rather than|from|than|consider)(?: that)?\W*$",
    re.IGNORECASE,
)
"""``For $y = 0$``"""

_WHAT_IT_IS = re.compile(
    r"\bif\b[^$]*\$[^$]*\\(?:iff|Leftrightarrow)\b[^$]*\$"
    r"|\bif \$[^$]*\$ (?:is|are|denotes?|permutes?) (?:an? |the |any |some )?(?:\w+ )?(?:permutations?|bijections?"
    r"|translations?"
    r"|rotations?|tokens?|positions?|vectors?|elements?|maps?|functions?|signals?)\b",
    re.IGNORECASE,
)
"""``If $\\pi$ is a permutation``, which says what it is"""


def _plain(text: str) -> str:
    """Words on one line, with ``¤`` for each formula."""
    return " ".join(_NO_LOSS.sub("", _MARKUP.sub("", _FORMULA.sub("¤", text))).split())


def is_denied(before: str, after: str) -> bool:
    """Whether the sentence around an equation denies it, asks for it, or says it of others, or of some only.

    >>> is_denied("We do not assume that", "."), is_denied("As others do, we assume", "."), is_denied("If", "then")
    (True, False, False)
    """
    words, behind = _plain(before), _plain(after)
    words = re.split(r";|\bbut\b|\bhowever,", words)[-1]
    if any(each.search(words) for each in (_DENIED, _REJECTED, _ASKS, _OF_SOME)) or _NOT_SO.search(behind):
        return True
    return _OF_OTHERS.search(words) is not None and not _OURS.search(words)


def is_partial(before: str, after: str) -> bool:
    """Whether it is said under a condition.

    >>> is_partial("Suppose that", "if $y = 0$"), is_partial("Suppose that", "for all $i$")
    (True, False)
    """
    words = re.split(r";|\bbut\b|\bhowever,", _plain(before))[-1]
    return bool(_IN_CASE.search(words) or is_cut_down(after))


def is_cut_down(after: str) -> bool:
    """Whether the words behind an equation restrict it: ``for $i \\neq j$``."""
    return bool(_ONLY_WHERE.search(_plain(after)) or _RESTRICTED.search(after))


def is_condition(before: str) -> bool:
    """Whether an equation in the running text says only when something else holds."""
    return _IS_CONDITION.search(before) is not None


def opens_a_case(before: str) -> bool:
    """Whether what is supposed is supposed for the time being: for a contradiction, in a case."""
    return _FOR_NOW.search(_plain(before)) is not None


def closes_a_case(words: str) -> bool:
    """Whether what was supposed for the time being is over."""
    return _OVER.search(words) is not None


def is_restriction(remark: str, conditions: bool) -> bool:
    """Whether a remark beside a line says that it holds in part: ``if $c = 0$``; not ``for all $i \\in S$``."""
    return bool(_ONLY_WHERE.search(_plain(remark)) or (conditions and not _DOTS.search(remark)))


def is_conditional(before: str, after: str) -> bool:
    """Whether what the sentence claims is claimed under a condition, or denied: nothing then refutes it.

    >>> is_conditional("For $y = 0$ we have", ""), is_conditional("For all $y \\\\in X$ we have", "")
    (True, False)
    """
    said = _WHAT_IT_IS.sub("", " ".join(before.split()))
    if _CONDITION.search(said) or _REJECTED.search(_plain(said)) or _ASKS.search(said):
        return True
    return bool(_NOT_SO.search(_plain(after)) or is_cut_down(after))
