"""What the words of a document say of a matrix: that it is a permutation matrix, orthogonal, symmetric.

Each becomes a hypothesis in a shape that is easy to use and to satisfy: a permutation matrix is the indicator of a
bijection of its indices, a symmetric one a matrix plus its transpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from symbolic_equiv.document.context import DOCUMENT, Symbol
from symbolic_equiv.document.elaborate import Elaborator
from symbolic_equiv.document.names import Reading
from symbolic_equiv.document.naming import Scope
from symbolic_equiv.document.outline import Unit
from symbolic_equiv.document.problems import Ill
from symbolic_equiv.document.regions import is_aside
from symbolic_equiv.document.wording import affirms, denies
from symbolic_equiv.kernel.sorts import DIMENSION, Sort, fun
from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.latex.reader import ReadError, parse
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.theories import language as lang
from symbolic_equiv.theories.entries import transpose
from symbolic_equiv.theories.language import BOOL, Expr, fin, lam, mat
from symbolic_equiv.theories.statement import Hypothesis, hypothesis

WORDS = {
    "permutation": re.compile(r"\bpermutation matri(?:x|ces)\b|\bmatrix of an? permutation\b", re.IGNORECASE),
    "orthogonal": re.compile(r"(?<![-\w])orthogonal matri(?:x|ces)\b", re.IGNORECASE),
    "symmetric": re.compile(r"(?<![-\w])symmetric matri(?:x|ces)\b", re.IGNORECASE),
}
"""``$P$ is an $n \\times n$ permutation matrix``: by that it is a matrix."""

_ADJECTIVES = {
    "orthogonal": re.compile(
        r"(?<![-\w])orthogonal\b(?! (?:to|project|complement|group|bas[ie]s|rows|columns|vectors|sum|decompos))",
        re.IGNORECASE,
    ),
    "symmetric": re.compile(
        r"(?<![-\w])symmetric\b(?! (?:in|under|with|about|around|group|difference|function|part)\b)", re.IGNORECASE
    ),
}
"""Of what is known to be a matrix: ``$P$ is orthogonal``."""

_SIZE = re.compile(r"\$[^$]*\\times[^$]*\$ (?=(?:\w+ ){0,2}matri)")

_MOVES_ROWS = re.compile(
    r"^\s*(?:is the matrix )?,?\s*(?:that |which |to )?(?:permut(?:es?|ing)|reorders?|reordering|shuffles?)\b",
    re.IGNORECASE,
)
"""``let $P$ permute the rows``"""

_SPACE = re.compile(r"\s+")
_COLUMNS = re.compile(
    r"softmax\b[^.;]{0,80}?\b(?:column-?\s?wise|each column|(?:on|to) (?:the|its) columns)"
    r"|\bcolumn-?\s?wise softmax",
    re.IGNORECASE,
)
_SATISFIES = re.compile(r"\b(?:with|where|such that|satisf\w+|so that|let|i\.e\.|that is|obeys?|for which)\W*$", re.I)


def columns_said(units: Iterable[Unit]) -> bool:
    """Whether the text takes the softmax of each column."""
    return any(map(_takes_columns, units))


@s.kept
def _takes_columns(unit: Unit) -> bool:
    return _COLUMNS.search(_plain(_one_line(f"{unit.before} {unit.after}"))) is not None


def _one_line(text: str) -> str:
    """Words as they read: a line may end anywhere."""
    return _SPACE.sub(" ", text)


def _plain(text: str) -> str:
    """Words without mathematics; the softmax itself is often a formula."""
    return re.sub(r"\\(?:mathrm|operatorname|text)\{(\w+)\}", r"\1", text).replace("$", " ")


@s.kept
def said_of(unit: Unit) -> frozenset[str]:
    """What the words beside a formula say of the matrices that it names."""
    return _affirmed(unit, WORDS) | ({"permutation"} if _MOVES_ROWS.match(unit.after) else set())


@s.kept
def _said_besides(unit: Unit) -> frozenset[str]:
    """What they say of what is known to be a matrix."""
    return _affirmed(unit, _ADJECTIVES)


def _affirmed(unit: Unit, words: Mapping[str, re.Pattern[str]]) -> frozenset[str]:
    if is_aside(unit.region) and not unit.is_declaration:
        return frozenset()
    before, after = (_SIZE.sub("", _one_line(text)) for text in (unit.before, unit.after))
    return frozenset(name for name, said in words.items() if affirms(before, after, said))


@s.kept
def _denied_of(unit: Unit) -> frozenset[str]:
    both = [(name, said) for words in (WORDS, _ADJECTIVES) for name, said in words.items()]
    return frozenset(name for name, said in both if denies(unit.before, unit.after, said))


_OF_NUMBERS = r"permutations?\s+(?:of|on|over)\s+(?:the\s+)?(?:set\s+)?(?:\$\s*(?P<set>[^$]*)\$|\w+)"
_PERMUTES = re.compile(rf"^\s*(?:is|be|denotes?|as)?\s*(?:an?|any|some|the)?\s*{_OF_NUMBERS}", re.IGNORECASE)
_PERMUTATION = re.compile(r"\bpermutations?\s*$", re.IGNORECASE)


def note_permutations(units: list[Unit], elaborator: Elaborator) -> None:
    """``\\pi`` where the text calls it a permutation: a bijection of the indices 1 to n."""
    for unit in units:
        node = unit.first
        if not isinstance(node, s.Name) or node.scripts or len(unit.lines) > 2:
            continue
        before, after = _one_line(unit.before)[-60:], _one_line(unit.after)[:120]
        in_group = len(unit.lines) == 2 and _symmetric_group(unit.lines[1].expression)
        size: Sort | None = None
        if in_group and re.search(r"\bpermutation|\bsymmetric group", f"{before} {after[:80]}", re.IGNORECASE):
            size = elaborator.signature.reader.dimension(in_group)
        elif len(unit.lines) == 1 and (said := _PERMUTES.match(after)) is not None:
            size = _numbered(elaborator, said["set"] or "")
        elif len(unit.lines) == 1 and _PERMUTATION.search(before):
            size = elaborator.sorts.fresh(DIMENSION)
        if size is None:
            continue
        printed = elaborator.reading(node, Scope()).printed
        known = elaborator.signature.symbols.get((printed.key, 0))
        if known is None or known.sort.cls == "base":
            symbol = Symbol(printed, 0, fun(fin(size), fin(size)), DOCUMENT, node.span, bijection=True)
            elaborator.signature.add(symbol)


def _symmetric_group(node: s.Node | None) -> s.Node | None:
    """The ``n`` of ``S_n``."""
    if isinstance(node, s.Name) and node.base in ("S", "Sym", r"\Sigma") and len(node.scripts) == 1:
        script = node.scripts[0]
        return script.body if script.kind == "_" else None
    return None


def _numbered(elaborator: Elaborator, text: str) -> Sort | None:
    """The size of ``[n]`` or ``\\{1, …, n\\}``; None for any other set."""
    if not text.strip():
        return None
    try:
        sort = elaborator.signature.reader.read(parse(text))
    except (Ill, ReadError):
        return None
    return sort.args[0] if sort.name == "Fin" else None


def note(units: list[Unit], elaborator: Elaborator) -> None:
    """Give the matrices of a document the properties that its words give them; one not declared yet is, by that."""
    note_permutations(units, elaborator)
    denied: list[tuple[str, frozenset[str]]] = []
    for unit in units:
        names = _names(unit)
        if not names:
            continue
        said, known, not_said = said_of(unit), said_of(unit) | _said_besides(unit), _denied_of(unit)
        size: Sort | None = None
        for node in names:
            reading = elaborator.reading(node, Scope())
            denied.append((reading.printed.key, not_said))
            there = elaborator.signature.symbols.get((reading.printed.key, 0))
            is_matrix = there is not None and elaborator.sorts.walk(there.sort).name == "Mat"
            symbol = _square(elaborator, reading, node, unit, size) if said or (known and is_matrix) else None
            if symbol is not None:
                symbol.properties |= known
                size = elaborator.sorts.walk(symbol.sort).args[0]
    for key, properties in denied:
        for symbol in elaborator.signature.find(key):
            symbol.properties -= properties


def _names(unit: Unit) -> list[s.Name]:
    """The names that a formula declares or only mentions."""
    if len(unit.lines) > 2 or (len(unit.lines) == 2 and unit.lines[1].relation not in (r"\in",)):
        return []
    first = unit.first
    if isinstance(first, s.Colon):
        return []
    nodes = first.operands if isinstance(first, s.Listing) else (first,)
    return [node for node in nodes if isinstance(node, s.Name)] if all(isinstance(n, s.Name) for n in nodes) else []


def _square(elaborator: Elaborator, reading: Reading, node: s.Name, unit: Unit, size: Sort | None) -> Symbol | None:
    signature = elaborator.signature
    if reading.indices or reading.inverse or reading.transposed:
        return None
    symbol = signature.symbols.get((reading.printed.key, 0))
    if symbol is not None and symbol.sort.cls == "base" and len(unit.lines) == 2:
        return None  # ``$R_m$, $m \\in \\mathbb{Z}$, be orthogonal``: said of what stands before it
    if symbol is None or symbol.sort.cls == "base":
        size = _size_beside(elaborator, unit) or size or elaborator.sorts.fresh(DIMENSION)
        symbol = Symbol(reading.printed, 0, mat(size, size), DOCUMENT, node.span)
        return signature.add(symbol)
    sort = elaborator.sorts.walk(symbol.sort)
    if sort.name != "Mat" or not elaborator.sorts.same(sort.args[0], sort.args[1]):
        return None
    return symbol


_TIMES = re.compile(r"^[^.;]{0,40}?\$\s*(\w+|[A-Za-z]_\{?\w+\}?)\s*\\times\s*(\w+|[A-Za-z]_\{?\w+\}?)\s*\$")


def _size_beside(elaborator: Elaborator, unit: Unit) -> Sort | None:
    """``an $n \\times n$ permutation matrix``."""
    found = _TIMES.match(_one_line(unit.after)[:80]) or re.search(
        r"\$\s*(\w+|[A-Za-z]_\{?\w+\}?)\s*\\times\s*(\w+|[A-Za-z]_\{?\w+\}?)\s*\$[^.;$]*$", _one_line(unit.before)[-80:]
    )
    if found is None or found[1] != found[2]:
        return None
    return elaborator.signature.name_set(found[1], DIMENSION)


def orthogonality(unit: Unit, elaborator: Elaborator) -> tuple[Symbol, set[str]] | None:
    """``P^\\top P = P P^\\top = I`` said of a matrix: the matrix, and which products are the identity.

    Of a permutation matrix it is no assumption, but a claim.
    """
    sides = [line.expression for line in unit.lines]
    if not unit.is_equation or None in sides or not unit.is_said or not (_supposes(unit) or unit.assumes):
        return None
    kinds, stems = set(), set()
    for side in sides:
        factors = s.factors(side) if side is not None else ()
        if len(factors) == 1 and isinstance(factors[0], s.Name):
            stem, kind = None, "identity"
            identity = elaborator.conventional_name(factors[0], Scope())
            if identity is None or getattr(identity, "name", "") != "identity":
                return None
        elif len(factors) == 2 and all(isinstance(each, s.Name) for each in factors):
            readings = [elaborator.reading(each, Scope()) for each in factors if isinstance(each, s.Name)]
            turned = [each.transposed for each in readings]
            if readings[0].printed != readings[1].printed or sorted(turned) != [False, True]:
                return None
            stem, kind = readings[0].printed.key, "left" if turned[0] else "right"
        else:
            return None
        kinds.add(kind)
        stems |= {stem} if stem else set()
    symbol = elaborator.signature.symbols.get((next(iter(stems)), 0)) if len(stems) == 1 else None
    if symbol is None or "identity" not in kinds or elaborator.signature.shape(symbol).name != "Mat":
        return None
    if "permutation" in symbol.properties:
        return None
    return symbol, kinds - {"identity"}


@s.kept
def _supposes(unit: Unit) -> bool:
    return _SATISFIES.search(_one_line(unit.before)) is not None


def stated(symbol: Symbol, head: Head, taken: set[str]) -> list[Hypothesis]:
    """The hypotheses that the properties of a matrix are."""
    from symbolic_equiv.theories import matrices  # few documents have any

    P, word = lang.partial(head, ()), str(head.name).split("__")[0]
    rows, columns = head.sort.args
    found: list[Hypothesis] = []
    if "permutation" in symbol.properties:
        found.append(_permutation(symbol, P, word, fin(rows), taken))
    elif "binary" in symbol.properties:
        ones = lang.symbol(_free(f"ones_of_{word}", taken), fin(rows), fin(columns), BOOL)
        value = matrices.matrix(_at(rows, columns, lambda i, j: matrices.indicator(ones(i, j))))
        found.append(hypothesis(f"{word}_has_zeros_and_ones", f"the entries of {symbol.key} are 0 and 1", (P, value)))
    if "symmetric" in symbol.properties:
        half = lang.symbol(_free(f"half_of_{word}", taken), head.sort)
        value = half + transpose(half)
        found.append(hypothesis(f"{word}_is_symmetric", f"{symbol.key} is symmetric", (P, value)))
    identity = lambda size: matrices.identity.at(n=size)
    laws = []
    if symbol.properties & {"orthogonal", "left"} and "permutation" not in symbol.properties:
        laws.append((transpose(P) @ P, identity(columns)))
    if symbol.properties & {"orthogonal", "right"} and "permutation" not in symbol.properties:
        laws.append((P @ transpose(P), identity(rows)))
    if laws:
        found.append(hypothesis(f"{word}_is_orthogonal", f"{symbol.key} times its transpose is the identity", *laws))
    return found


def _permutation(symbol: Symbol, P: Expr, word: str, index: Sort, taken: set[str]) -> Hypothesis:
    """``P_{ij} = 1`` where ``j = π(i)``, for a bijection π."""
    from symbolic_equiv.theories.matrices import permutation_matrix

    name = _free(f"pi_{word}", taken)
    there = lang.symbol(name, index, index, latex=(rf"\pi_{{{symbol.key}}}", "(#1)"))
    back = lang.symbol(_free(f"{name}_inv", taken), index, index, latex=(rf"\pi_{{{symbol.key}}}^{{-1}}", "(#1)"))
    i = lang.symbol("i", index)
    return hypothesis(
        f"{word}_is_a_permutation_matrix",
        f"{symbol.key} has a 1 in row i and column π(i), for a bijection π, and else 0",
        (P, permutation_matrix(there)),
        (lam(i, back(there(i))), lam(i, i)),
        (lam(i, there(back(i))), lam(i, i)),
    )


def _at(rows: Sort, columns: Sort, value) -> Expr:
    i, j = lang.symbol("i", fin(rows)), lang.symbol("j", fin(columns))
    return lam(i, j, value(i, j))


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "'"
    taken.add(name)
    return name
