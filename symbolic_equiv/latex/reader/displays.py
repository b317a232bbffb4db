"""From the tokens of a display to its chains: rows, cells, remarks, and the relations between expressions.

A chain is a list of lines, each an expression and its relation to the one before.  A display may hold
several chains (the rows of a ``gather``, the cells of a table of declarations); a row may hold several
lines; a line may run over several rows.  Each expression is parsed by itself, so that one that cannot be
read leaves the others alone.

When a row goes on, and when it begins something new:

- a row that begins with a relation (``&=``) is the next line of the chain, whatever is open before it;
- a row goes on if a bracket is open, if the row before ends in an operator, a relation or nothing, if it begins
  with an operator, or if its first cell is empty and it has no relation of its own;
- otherwise a new chain begins (in ``multline`` never).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import groupby, pairwise

from symbolic_equiv.latex.reader import tokens as tok
from symbolic_equiv.latex.reader.brackets import Nesting
from symbolic_equiv.latex.reader.build import conditions
from symbolic_equiv.latex.reader.chains import Chain, Line, Remark
from symbolic_equiv.latex.reader.errors import ReadError
from symbolic_equiv.latex.reader.macros import Macros
from symbolic_equiv.latex.reader.parser import parse_tokens, tokenise
from symbolic_equiv.latex.reader.source import Span, join
from symbolic_equiv.latex.reader.syntax import Node
from symbolic_equiv.latex.reader.tokens import TEXT, Token

SEPARATES = frozenset({tok.REL, tok.LOGIC})
_CLAIMS = SEPARATES | {tok.COLON, tok.ARROW}
_OPERATORS = frozenset({tok.SIGN, tok.JOIN, tok.TIMES, tok.AND, tok.ARROW, tok.COLON})
_LAYOUT = frozenset({tok.AMPERSAND, tok.WIDE})
_PUNCTUATION = frozenset({tok.PERIOD, tok.COMMA})
_BREAKS = _LAYOUT | {TEXT}
_JOINING_WORDS = frozenset({"and", "or", ",", "and,", ", and", "&", ";"})


class _Statement:
    """What becomes a chain: the tokens of its rows, with remarks where their rows end."""

    def __init__(self, lead: Remark | None) -> None:
        self.tokens: list[Token] = []
        self.remarks: list[tuple[int, Remark]] = []  # each with the number of tokens before it
        self.row_relations: set[int] = set()  # the places of relations with which a row begins
        self.claims = False  # whether a relation, a colon or an arrow stands outside all brackets
        self.lead = lead


def read_chains(span: Span, macros: Macros | None = None, environment: str = "") -> tuple[Chain, ...]:
    """The chains of a display or an inline formula.

    Raises ``ReadError`` only if not even its tokens can be told apart (a macro that never ends, too long).
    """
    tokens = tokenise(span, macros)
    statements = _Cutter(span, environment.rstrip("*")).cut(tokens)
    return tuple(chain for statement in statements for chain in _chains(statement, span))


class _Cutter:
    """Cuts the rows of a display into statements."""

    def __init__(self, whole: Span, environment: str) -> None:
        self.whole = whole
        self.one_statement = environment == "multline"
        self.statements: list[_Statement] = []
        self.nesting = Nesting()

    def cut(self, tokens: list[Token]) -> list[_Statement]:
        row: list[Token] = []
        depth = 0  # of braces: a \\ inside {…} ends no row of the display
        for token in tokens:
            depth += (token.type == tok.LBRACE) - (token.type == tok.RBRACE)
            if token.type == tok.ROW and depth <= 0:
                self.row(row)
                row, depth = [], 0
            else:
                row.append(token)
        self.row(row)
        return [statement for statement in self.statements if statement.tokens or statement.remarks]

    def row(self, row: list[Token]) -> None:
        visible = [token for token in row if token.type not in _LAYOUT]
        if not visible:
            return
        if self.statements and all(token.type == TEXT for token in visible):
            self.statements[-1].remarks.append((len(self.statements[-1].tokens), _remark(visible)))
            return
        first = visible[0]
        empty_cell = next((token.type == tok.AMPERSAND for token in row if token.type != tok.WIDE), False)
        aligned_relation = not empty_cell and any(
            token.type == tok.AMPERSAND and after.type in SEPARATES for token, after in pairwise(row)
        )
        begins_relation = first.type in SEPARATES
        if begins_relation or aligned_relation:
            self.nesting = Nesting()
        if not self.statements or not (begins_relation or self._goes_on(first, row, empty_cell, aligned_relation)):
            self.begin()
        if begins_relation:
            self.statements[-1].row_relations.add(len(self.statements[-1].tokens))
        self._fill(row)

    def _goes_on(self, first: Token, row: list[Token], empty_cell: bool, aligned_relation: bool) -> bool:
        if aligned_relation and not self.one_statement:
            return False
        last = self.statements[-1].tokens[-1].type if self.statements[-1].tokens else ""
        if self.one_statement or self.nesting.depth or not last:
            return True
        if last in _OPERATORS | SEPARATES | {tok.BIG} or first.type in _OPERATORS:
            return True
        return empty_cell and _last_claim(row) < 0

    def begin(self, lead: Remark | None = None) -> None:
        self.statements.append(_Statement(lead))
        self.nesting = Nesting()

    def _fill(self, row: list[Token]) -> None:
        """Add a row to the last statement; wide spaces and words may begin another, or end the row in a remark."""
        last_claim = _last_claim(row, self.nesting)
        at = 0
        while at < len(row):
            token, statement = row[at], self.statements[-1]
            outside = self.nesting.depth == 0
            if outside and token.type in _BREAKS and (skipped := self._begins_another(row, at, last_claim)):
                _drop_punctuation(statement.tokens)
                self.begin()
                at += skipped
                continue
            if outside and _quantifies(token) and not statement.tokens and (end := _end_of_lead(row, at)):
                statement.lead, at = _remark(row[at:end]), end + 1
                continue
            if outside and (token.type == TEXT or _quantifies(token)) and statement.tokens:
                _drop_punctuation(statement.tokens)
                statement.remarks.append((len(statement.tokens), _remark(row[at:])))
                return
            if outside and token.type == TEXT:
                statement.lead = Remark(" ".join(token.value.split()), (), token.span)
            elif token.type not in _LAYOUT:
                statement.tokens.append(token)
                self.nesting.pass_by(token)
                statement.claims = statement.claims or (self.nesting.depth == 0 and token.type in _CLAIMS)
            at += 1
        if self.nesting.depth == 0:
            _drop_punctuation(self.statements[-1].tokens)

    def _begins_another(self, row: list[Token], at: int, last_claim: int) -> int:
        """How many tokens to skip if a second statement begins after this ``&``, wide space or ``and``; else 0."""
        statement = self.statements[-1]
        if self.one_statement or not statement.claims or statement.tokens[-1].type in _OPERATORS | SEPARATES:
            return 0
        rest = at
        while rest < len(row) and (row[rest].type in _LAYOUT or _joins(row[rest])):
            rest += 1
        if rest == at or last_claim < rest or row[rest].type in SEPARATES | _OPERATORS | {TEXT}:
            return 0
        if _quantifies(row[rest]):
            return 0
        return rest - at


def _joins(token: Token) -> bool:
    return token.type == TEXT and token.value.strip().lower() in _JOINING_WORDS


def _quantifies(token: Token) -> bool:
    return token.type == tok.BIG and token.value in (r"\forall", r"\exists")


def _end_of_lead(row: list[Token], start: int) -> int | None:
    """Where ``\\forall i \\in S, j \\in T:`` ends: at a colon, or a comma or wide space with a claim behind it."""
    nesting, end = Nesting(), None
    for at in range(start, len(row)):
        token = row[at]
        nesting.pass_by(token)
        if nesting.depth:
            continue
        if token.type == tok.COLON:
            return at
        if token.type in SEPARATES and end is not None:
            if token.value != r"\in":
                return end
            end = None  # another domain
        elif token.type in _PUNCTUATION | {tok.WIDE} and end is None:
            end = at
    return None


def _last_claim(tokens: Sequence[Token], outside: Nesting | None = None) -> int:
    """The place of the last relation, colon or arrow outside all brackets, or -1."""
    nesting, found = Nesting(), -1
    if outside:
        nesting.open = list(outside.open)
    for at, token in enumerate(tokens):
        nesting.pass_by(token)
        if token.type in _CLAIMS and nesting.depth == 0:
            found = at
    return found


def _drop_punctuation(tokens: list[Token]) -> None:
    """Take away the comma or full stop that the sentence put behind a formula."""
    while tokens and tokens[-1].type in _PUNCTUATION:
        tokens.pop()


def _remark(tokens: list[Token]) -> Remark:
    """Words and the formulas between them."""
    formulas: list[Node] = []
    said: list[str] = []
    for is_maths, run in groupby(tokens, lambda token: token.type not in (TEXT, tok.WIDE) and not _quantifies(token)):
        piece = list(run)
        if not is_maths:
            said.extend(token.value for token in piece if token.type != tok.WIDE)
            continue
        said.append(f" {join([token.span for token in piece]).text} ")
        _drop_punctuation(piece)
        with suppress(ReadError):  # a remark claims nothing: what cannot be read of it stays text
            formulas.extend(conditions(parse_tokens(piece, tokens[0].span)))
    return Remark(" ".join("".join(said).split()), tuple(formulas), join([token.span for token in tokens]))


def _joined(remarks: list[Remark]) -> Remark | None:
    if len(remarks) < 2:
        return remarks[0] if remarks else None
    formulas = tuple(formula for said in remarks for formula in said.formulas)
    return Remark(" ".join(said.text for said in remarks), formulas, join([said.span for said in remarks]))


def _chains(statement: _Statement, whole: Span) -> list[Chain]:
    chains: list[Chain] = []
    for start, end in _sentences(statement):
        lines = _lines(statement, start, end, whole)
        chains.append(Chain(lines, lines[0].relation is not None, statement.lead if start == 0 else None))
    return chains


def _sentences(statement: _Statement) -> list[tuple[int, int]]:
    """Cut at the commas that stand between claims.

    ``i \\in S, j \\in T`` is two; ``i, j \\in S`` is one, and so is ``i = 1, \\ldots, n``.
    """
    tokens, nesting = statement.tokens, Nesting()
    pieces: list[list[int]] = [[0, 0, False]]  # first, last, whether it claims anything
    for at, token in enumerate(tokens):
        if at in statement.row_relations:
            nesting = Nesting()
        nesting.pass_by(token)
        if nesting.depth == 0 and token.type in _PUNCTUATION:
            pieces[-1][1] = at
            pieces.append([at + 1, 0, False])
        elif nesting.depth == 0 and token.type in _CLAIMS:
            pieces[-1][2] = True
    pieces[-1][1] = len(tokens)
    starts, claimed, next_start = [0], False, None
    for first, last, claims in pieces:
        if claims and claimed:
            starts.append(first if next_start is None else next_start)
        if claims:
            claimed, next_start = True, None
        elif claimed and any(token.value == r"\ldots" for token in tokens[first:last]):
            next_start = last + 1  # 1, …, n belongs to what stands before
            if next_start < len(tokens):
                next_start = next((piece[1] + 1 for piece in pieces if piece[0] == next_start), next_start)
        elif claimed and next_start is None:
            next_start = first
    cuts = [(start, end) for start, end in zip(starts, [*(start - 1 for start in starts[1:]), len(tokens)])]
    return [(start, end) for start, end in cuts if start < end]


def _lines(statement: _Statement, start: int, end: int, whole: Span) -> tuple[Line, ...]:
    """Cut a chain at its relations: at ``\\implies`` and its kin if it has any, else at ``=``, ``\\in`` …."""
    tokens, nesting = statement.tokens, Nesting()
    places: dict[str, list[int]] = {tok.LOGIC: [], tok.REL: []}
    for at in range(start, end):
        token = tokens[at]
        if at in statement.row_relations:
            nesting = Nesting()  # a bracket left open in the row before is an error of that row alone
        nesting.pass_by(token)
        if token.type in SEPARATES and nesting.depth == 0:
            places[token.type].append(at)
    cuts = places[tok.LOGIC] or places[tok.REL]
    lines: list[Line] = []
    starts: list[tuple[int | None, int]] = [(None, start), *((at, at + 1) for at in cuts)]
    for (relation, first), last in zip(starts, [*cuts, end], strict=True):
        if relation is None and first == last:
            continue  # the chain begins with a relation
        remark = _joined([said for at, said in statement.remarks if first < at <= last])
        lines.append(_line(tokens[first:last], tokens[relation] if relation is not None else None, remark, whole))
    return tuple(lines)


def _line(tokens: list[Token], relation: Token | None, remark: Remark | None, whole: Span) -> Line:
    symbol, place = (relation.value, relation.span) if relation else (None, None)
    _drop_punctuation(tokens)
    span = join([token.span for token in tokens]) if tokens else (place or whole)
    try:
        return Line(parse_tokens(tokens, span), None, symbol, place, span, remark)
    except ReadError as problem:
        return Line(None, problem, symbol, place, span, remark)
