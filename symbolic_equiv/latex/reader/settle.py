"""What only both neighbours of a token can tell.

An operator may stand for itself (``[\\bullet]``, ``X_{:,i}``, ``x^*``), a word may bind a variable
(``\\mathrm{Concat}_{h \\in [H]} a_h``), and an ``\\wedge`` may mean "and".
"""

from __future__ import annotations

from symbolic_equiv.latex.reader import notation
from symbolic_equiv.latex.reader import tokens as tok
from symbolic_equiv.latex.reader.source import join
from symbolic_equiv.latex.reader.tokens import Token

OPERATORS = frozenset({tok.REL, tok.LOGIC, tok.AND, tok.ARROW, tok.SIGN, tok.JOIN, tok.TIMES})
_STARTS = frozenset({tok.OPEN, tok.LBRACE, tok.COMMA, tok.CELL, tok.ROWSEP, tok.BEGIN, tok.LOPT})
_ENDS = frozenset({tok.CLOSE, tok.RBRACE, tok.COMMA, tok.CELL, tok.ROWSEP, tok.END, tok.ROPT})

_OPERANDS = frozenset({
    tok.NAME, tok.NUMBER, tok.BIG, tok.FRAC, tok.SQRT, tok.ACCENT, tok.LBRACE, tok.BEGIN, tok.TEXT
})  # fmt: skip
_LAYOUT = frozenset({tok.ROW, tok.AMPERSAND, tok.WIDE})


def settle(tokens: list[Token]) -> list[Token]:
    """Name anew the tokens that only their neighbours explain, and drop groups with nothing in them."""
    tokens = _tidied(tokens)
    visible = [at for at, token in enumerate(tokens) if token.type not in _LAYOUT]
    groups = _Groups([tokens[at] for at in visible])
    for index, at in enumerate(visible):
        token = tokens[at]
        before = tokens[visible[index - 1]].type if index else ""
        after = tokens[visible[index + 1]].type if index + 1 < len(visible) else ""
        if token.type in OPERATORS or token.type == tok.COLON:
            stands_alone = (before in _STARTS and after in _ENDS) or before in (tok.SUB, tok.SUP)
            opens_script = before == tok.LBRACE and index > 1 and tokens[visible[index - 2]].type in (tok.SUB, tok.SUP)
            one_sided = token.type == tok.COLON and (before in _STARTS or after in _ENDS)
            if stands_alone or one_sided or (opens_script and token.type == tok.REL and after not in _ENDS):
                tokens[at] = Token(tok.NAME, token.value, token.span)
        elif token.type == tok.NAME and after == tok.SUB and _binds(groups, index):
            tokens[at] = Token(tok.BIG, token.value, token.span)
        if tokens[at].font == r"\operatorname*":
            tokens[at].font = r"\mathrm"
    if any(token.value in (r"\wedge", r"\vee") for token in tokens):
        _settle_wedges(tokens)
    return tokens


def _tidied(tokens: list[Token]) -> list[Token]:
    """Without ``{}``, which only keeps things apart, and the sign of an empty script; with ``: =`` as ``:=``."""
    left: list[Token] = []
    for token in tokens:
        at = len(left) - 1
        while token.type == tok.RBRACE and at >= 0 and left[at].type in _LAYOUT:
            at -= 1
        if token.value == "=" and left and left[-1].type == tok.COLON and left[-1].value == ":":
            left[-1] = Token(tok.REL, ":=", join((left[-1].span, token.span)))  # with a space between, or \colon
        elif token.type == tok.RBRACE and at >= 0 and left[at].type == tok.LBRACE:
            del left[at:]
            if left and left[-1].type in (tok.SUB, tok.SUP):
                left.pop()
        else:
            left.append(token)
    return left


class _Groups:
    """Where each brace closes, and how many relations come before each token."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.closing, self.relations = tokens, {}, [0]
        waiting: list[int] = []
        for at, token in enumerate(tokens):
            self.relations.append(self.relations[-1] + (token.type == tok.REL))
            if token.type == tok.LBRACE:
                waiting.append(at)
            elif token.type == tok.RBRACE and waiting:
                self.closing[waiting.pop()] = at


def _binds(groups: _Groups, index: int) -> bool:
    """Whether the word at ``index`` is a big operator: it has limits, and what follows them is no bracket."""
    tokens = groups.tokens
    word = tokens[index]
    if word.font not in (r"\mathrm", r"\operatorname*"):
        return False
    limits = word.font == r"\operatorname*" or word.value in notation.LIMITS
    at = index + 1
    for _ in range(2):
        if at + 1 < len(tokens) and tokens[at].type in (tok.SUB, tok.SUP):
            end = groups.closing.get(at + 1, at + 1)
            limits = limits or groups.relations[end] > groups.relations[at]
            at = end + 1
    return limits and at < len(tokens) and tokens[at].type in _OPERANDS


def _settle_wedges(tokens: list[Token]) -> None:
    """An ``\\wedge`` between propositions (each with a relation of its own) is ``\\land``."""
    clauses: list[list[int]] = [[]]

    def decide(clause: list[int]) -> None:
        wedges = [at for at in clause if tokens[at].value in (r"\wedge", r"\vee")]
        if not wedges:
            return
        parts, relations = len(wedges) + 1, set()
        for at in clause:
            if tokens[at].type == tok.REL:
                relations.add(sum(wedge < at for wedge in wedges[:50]))
        if len(relations) == min(parts, 51):
            for at in wedges:
                tokens[at] = Token(tok.AND, {r"\wedge": r"\land", r"\vee": r"\lor"}[tokens[at].value], tokens[at].span)

    for at, token in enumerate(tokens):
        if token.type in (tok.OPEN, tok.LBRACE):
            clauses.append([])
        elif token.type in (tok.CLOSE, tok.RBRACE) and len(clauses) > 1:
            decide(clauses.pop())
        elif token.type in (tok.COMMA, tok.LOGIC, tok.COLON, tok.ROW, tok.ROWSEP, tok.CELL):
            decide(clauses[-1])
            clauses[-1] = []
        elif token.type == tok.REL or token.value in (r"\wedge", r"\vee"):
            clauses[-1].append(at)
    for clause in clauses:
        decide(clause)
