"""What the words say of a symbol and nobody reads: ``$D$ is diagonal``, ``a cyclic group $G$``, ``with $a > 0$``.

Of such a symbol not all is known that the text says: no model of it is the author's, and nothing of it is refuted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from symbolic_equiv.document.context import Symbol
from symbolic_equiv.document.elaborate import Elaborator
from symbolic_equiv.document.names import stem
from symbolic_equiv.document.naming import Scope
from symbolic_equiv.document.outline import Unit
from symbolic_equiv.document.wording import is_open, plain
from symbolic_equiv.kernel.sorts import BASE, Sort
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised

_OF_VALUES = (
    r"linear|affine|additive|multiplicative|bilinear|homogeneous|(?:homo|endo|iso)morphisms?|representations?"
    r"|characters?|involut\w+|idempotent|nilpotent|projections?|projectors?|retractions?|even|odd|constant"
    r"|periodic"
    r"|monoton\w+|increasing|decreasing|isometr\w+|contract\w+|(?:\w+[- ])?(?:equi|in)variant|undirected|reflexive"
    r"|transitive|complete graph|a metric|identically"
    r"|(?:probability )?(?:distributions?|densit(?:y|ies)|mass functions?)"
    r"|surjective|injective|commut(?:e|es|ing|ative)|diagonal|(?:anti-?|skew-?)?symmetric|skew|hermitian|unitary"
    r"|orthogonal|orthonormal|(?:semi-?)?definite|(?:doubly |row-|column-)?stochastic|triangular|circulant|Toeplitz"
    r"|(?:scalar|zero) matri(?:x|ces)|zero vectors?|invertible|unit (?:vectors?|norm|length)|(?:norm|length) (?:one|1)"
    r"|normali[sz]ed|zero mean|mean[- ](?:zero|free)|cent(?:er|r)ed|(?:all-?|vector of )?ones|one-hot|bas(?:is|es)"
    r"|positive|negative|non-?zero|non-?negative|vanish\w*|equal|sum(?:s|ming)? to|adds? up|distinct|linearly"
    r"|proportional|parallel|probabilit(?:y|ies)"
)
_OF_SETS = (
    r"cyclic|trivial|elementary|dihedral|simple|torsion|(?:of|with) (?:order|exactly|only|one|two|three|a single|\d+)"
    r"|singleton|one element|two elements|one token|a single (?:element|token)|\d-group|exponent|free"
)
_BEHIND = (
    r"^(?:[\s,]|\b(?:which|that|is|are|be|being|denotes?|an?|the|some|any|all|both|as|fixed|arbitrary|given|learned|real"
    r"|square|finite|two|three|pairwise|mutually|also|always|then|vector|matri(?:x|ces)|map|function|signal|group|set"
    r"|standard|canonical|usual)\b|\w+ly\b|\w+ed\b)*"
)


_OTHERS = "is|are|of|by|has|uses|with|to|on|for|in|and|from|than|over|under"


def _of(words: str, others: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A property right before a name with its noun, and as what is said of it behind; ``others`` end the noun."""
    before = rf"(?<!non-)(?<!not )(?<!no )\b(?P<said>{words})(?:\s+(?!(?:{others})\b)[\w-]+){{0,2}}\s*$"
    behind = rf"{_BEHIND}\b(?P<said>{words})\b(?!\s*\))"
    return re.compile(before, re.IGNORECASE), re.compile(behind, re.IGNORECASE)


_SAID, _SAID_OF_SETS = _of(_OF_VALUES, _OTHERS), _of(_OF_SETS, "is|are|with|to|on")
_READ = {"symmetric": "symmetric", "orthogonal": "orthogonal"}
"""What is read of matrices, by the name of the property."""

_ORDERS = frozenset({r"\neq", "<", ">", r"\leq", r"\geq", r"\ll", r"\gg"})
_SPECIAL = re.compile(r"(?:\\math\w+\s*\{?)?(?:[CDVK]\}?_|SO\}?\s*\(\s*2|U\}?\s*\(\s*1|S\}?\^)")
_NON = re.compile(r"\bnon-")
_WITH = re.compile(
    r"^(?:\w+ ){0,4}?(?:with|of|has|have|having) (?:an? |the |its )?(?:\w+ )?"
    r"(?:norm|length|mean|sum|trace|determinant|rank|order)\b"
    r"|^(?:\w+ ){0,8}undirected",
    re.IGNORECASE,
)
"""``with norm one``"""

_JOINERS = re.compile(r"^(?:\s|,|and\b|both\b|\$[^$]*\$(?=\s*(?:,|and\b|be\b|is\b|are\b)))*")


def unheeded(units: Iterable[Unit], elaborator: Elaborator, laws: str) -> tuple[set[str], set[Sort]]:
    """The names, and the sets, of which the words say more than is read; of what the ``laws`` say that is read."""
    names: set[str] = set()
    sets: set[Sort] = set()
    signature = elaborator.signature
    for unit in units:
        if unit.first is None or unit.is_denied:
            continue
        if _is_bounded(unit):
            names |= {elaborator.reading(each, Scope()).printed.key for each in _names(unit)}
            continue
        if not unit.inline or (len(unit.lines) > 1 and not unit.is_declaration):
            continue
        for node in _names(unit):
            key = normalised(node)
            if signature.is_set(key) and not signature.find(key):
                if _said(unit.before, unit.after, _SAID_OF_SETS):
                    sets.add(signature.name_set(key, BASE))
                continue
            reading = elaborator.reading(node, Scope())
            symbols = (*signature.find(reading.printed.key), *signature.find(stem(node)))
            said = _said(unit.before, unit.after, _SAID)
            if said and not symbols:
                names.add(reading.printed.key)
            for symbol in symbols:
                if said and not _is_read(said, symbol):
                    names |= set() if _mentions(laws, symbol.key) else {symbol.key}
    return names, sets


def named_groups(units: Iterable[Unit], elaborator: Elaborator) -> Iterator[Sort]:
    """``G = SO(2)``, ``G = C_4``: more holds in it than in all groups."""
    signature = elaborator.signature
    for unit in units:
        if len(unit.lines) != 2 or unit.lines[1].relation not in ("=", ":="):
            continue
        left, right = unit.first, unit.lines[1].expression
        special = right is not None and _SPECIAL.match(right.span.text.strip())
        if isinstance(left, s.Name) and special and signature.is_set(normalised(left)):
            yield signature.name_set(normalised(left), BASE)


@lru_cache(maxsize=8192)
def _said(before: str, after: str, properties: tuple[re.Pattern[str], re.Pattern[str]]) -> str:
    """The property that the words affirm of the names of a formula, or ""."""
    before, after = _NON.sub("non", plain(before)), _NON.sub("non", plain(_JOINERS.sub("", after)))
    said = properties[0].search(before) or properties[1].search(after)
    if said is not None and not is_open(before):
        return said["said"].lower()
    found = _WITH.search(after)
    return found[0] if found is not None else ""


def _is_read(said: str, symbol: Symbol) -> bool:
    if symbol.bijection and said in ("isomorphism", "isomorphisms", "invertible", "injective", "surjective"):
        return said == "invertible"
    return bool({_READ.get(said.split()[0], said), "permutation"} & symbol.properties)


def _mentions(laws: str, key: str) -> bool:
    return re.search(rf"(?<![A-Za-z\\]){re.escape(key)}(?![A-Za-z])", laws) is not None


def _is_bounded(unit: Unit) -> bool:
    """``Let $a \\neq 0$``, ``with $a > 0$``."""
    introduced = unit.assumes or unit.would_define
    return len(unit.lines) == 2 and unit.inline and introduced and unit.lines[1].relation in _ORDERS


def _names(unit: Unit) -> list[s.Name]:
    first = unit.first.operands[0] if isinstance(unit.first, s.Colon) else unit.first
    nodes = first.operands if isinstance(first, s.Listing) else (first,)
    return [node for node in nodes if isinstance(node, s.Name)]
