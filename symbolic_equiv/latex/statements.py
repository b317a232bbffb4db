"""Equations, definitions and rules in LaTeX: what stands on a page around the terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from symbolic_equiv.kernel import terms
from symbolic_equiv.kernel.sorts import KernelError, Sort
from symbolic_equiv.kernel.terms import CONSTANT, VARIABLE, Declaration, Head, Term
from symbolic_equiv.kernel.theorem import Axiom
from symbolic_equiv.latex import linebreak
from symbolic_equiv.latex.linebreak import Token, one_line
from symbolic_equiv.latex.names import holes
from symbolic_equiv.latex.notation import DEFAULT_HINT, Notation
from symbolic_equiv.latex.pieces import Piece, atom, join
from symbolic_equiv.latex.printer import Writer
from symbolic_equiv.theories import language


class Formula(NamedTuple):
    """``left relation right`` for all values of some variables; a Bool that is asserted has no right side."""

    left: tuple[Token, ...]
    relation: str
    right: tuple[Token, ...]
    condition: str

    @property
    def latex(self) -> str:
        """The formula on one line."""
        return self.plain + self.quantifier

    @property
    def plain(self) -> str:
        """The formula without its quantifier."""
        sides = [one_line(self.left), self.relation, one_line(self.right)]
        return " ".join(side for side in sides if side)

    @property
    def quantifier(self) -> str:
        return rf" \quad \text{{for all }} {self.condition}" if self.condition else ""

    def rows(self, room: float = linebreak.A4_TEXT) -> list[str]:
        """The formula in rows for ``aligned``, with one ``&`` each, each at most about ``room`` em wide."""
        if linebreak.width(self.latex) <= room:
            return [f"& {self.latex}"]
        relation = f" {self.relation}" if self.relation else ""
        rows = broken(self.left, "", room)
        if self.right and linebreak.width(one_line(self.left)) <= room / 3:
            before = f"{one_line(self.left)}{relation} "
            rest = broken(self.right, "", room, room - linebreak.width(before))
            rows = [f"& {before}{rest[0].removeprefix('& ')}", *rest[1:]]
        elif self.right:
            rows += broken(self.right, f"{self.relation} ", room)
        if self.quantifier and linebreak.width(rows[-1] + self.quantifier) > room:
            return [*rows, rf"& \quad \text{{for all }} {self.condition}"]
        return [*rows[:-1], rows[-1] + self.quantifier]


def broken(tokens: Sequence[Token], before: str = "", room: float = linebreak.A4_TEXT, first: float = 0.0) -> list[str]:
    """Tokens in rows for ``aligned``; ``before`` is a relation that the first row begins with."""
    first = first or room
    rows = []
    for indent, text in linebreak.lines(tokens, room, first - (linebreak.width(before) if before else 0.0)):
        if not rows:
            rows.append(f"& {before}{text}")
            continue
        # An operator at the start of a row is still one between two terms: {} stands for the one before.
        rows.append("& " + r"\quad" * indent + (" {}" if text[:1] in "+-" else " ") + text)
    return rows


def equation(left: Term, right: Term, notation: Notation) -> Formula:
    """``s = t for all i, j`` for an equation between functions; ``⇔`` between predicates, nothing beside ``⊤``."""
    notation.announce(left, right)
    writer = Writer(notation)
    binders: list[Head] = []
    while left.body is not None and right.body is not None:
        binders.append(writer.variable(left.domain))
        writer.bind(binders[-1], left.hint if left.hint != DEFAULT_HINT else right.hint)
        variable = terms.eta(binders[-1])
        left, right = terms.apply(left, [variable]), terms.apply(right, [variable])
    is_bool = left.sort == language.BOOL
    asserted = is_bool and right == language.true().term
    first = writer.write(left)
    second = atom("") if asserted else writer.write(right)
    condition = _condition(writer, binders)
    writer.close(join([first, second, condition]), *binders)
    relation = "" if asserted else r"\iff" if is_bool else "="
    shown = [tuple(writer.finish(part)) for part in (first, second, condition)]
    return Formula(shown[0], relation, () if asserted else shown[1], one_line(shown[2]))


def _condition(writer: Writer, binders: Sequence[Head]) -> Piece:
    """``y ∈ X and i, j ∈ S``, as a piece."""
    groups: list[tuple[Sort, list[Head]]] = []
    for binder in binders:
        if groups and groups[-1][0] == binder.sort:
            groups[-1][1].append(binder)
        else:
            groups.append((binder.sort, [binder]))
    parts = []
    for place, (sort, same) in enumerate(groups):
        if place:
            parts.append(atom(r" \text{ and } " if place == len(groups) - 1 else ",\\; "))
        for number, binder in enumerate(same):
            parts += [atom(", ")] if number else []
            parts.append(writer.write(terms.eta(binder)))
        if sort.schematic:
            continue  # the letters of an axiom range over whatever fits
        sign = r"\colon" if sort.name == "→" else r"\in"
        parts.append(atom(f" {sign} {writer.notation.sort(sort)}", *sort.leaves))
    return join(parts)


class Declared(NamedTuple):
    """A symbol as a list of symbols shows it: ``\\varphi_{qry}^{(h)}``, with ``: A → B``, ``∈ A`` or ``⊆ A``."""

    name: str
    place: str
    indices: tuple[tuple[str, str], ...] = ()
    """The letters that stand for its indices, and the sets that they are in."""


def declared(head: Head, notation: Notation) -> Declared:
    """How a symbol is declared: an index is one there too, and a set is a set.

    >>> from symbolic_equiv.theories.attention import N, phi_qry
    >>> declared(phi_qry.head, Notation())[:2]
    ('\\\\varphi_{qry}^{(h)}', '\\\\colon \\\\mathbb{R}^{d_{in}} \\\\to \\\\mathbb{R}^{d_{k}}')
    >>> declared(N.head, Notation())[:2]
    ('N', '\\\\colon S \\\\to 2^{S}')
    """
    form, sources, target = notation.form(head), [], head.sort
    while target.name == "→":
        sources.append(target.args[0])
        target = target.args[1]
    element = re.match(r"#(\d+)\s*\\in(?![A-Za-z])", "".join(form))
    if element and target == language.BOOL and sources:
        inside = notation.sort(sources.pop(int(element[1]) - 1))
        if not sources:
            return Declared(notation.name(head), rf"\subseteq {inside}")
        return Declared(notation.name(head), rf"\colon {notation.product(sources)} \to 2^{{{inside}}}")
    numbers = holes(form[:1])
    name, indices = notation.name(head), []
    in_scripts = "#" not in re.sub(r"[_^]\{[^{}]*\}", "", form[0])
    if in_scripts and numbers == list(range(1, len(numbers) + 1)):
        for source in sources[: len(numbers)]:
            letter = notation.letter(source, [each for each, _ in indices], notation.hints.get(source, ""))
            notation.bind(letter, source)
            indices.append((letter, notation.sort(source)))
        sources = sources[len(numbers) :]
        name = re.sub(r"#(\d+)", lambda at: indices[int(at[1]) - 1][0], form[0])
    sign = r"\colon " + notation.product(sources) + r" \to" if sources else r"\in"
    return Declared(name, f"{sign} {notation.sort(target)}", tuple(indices))


def left_out(declaration: Declaration) -> int:
    """How many arguments, all in front, a defined constant takes that its template does not print.

    >>> from symbolic_equiv.theories.attention import L
    >>> left_out(L.constant.declaration)
    2
    """
    template = language.TEMPLATES.get(declaration, ())
    return min(holes(template), default=1) - 1


def unprinted(declaration: Declaration, notation: Notation) -> list[Head]:
    """The symbols that stand for the arguments that do not print: those of the page that print as its definition's."""
    found, body, count = list[Head](), declaration.definition, left_out(declaration)
    while body is not None and len(found) < count:
        own = Head(VARIABLE, body.hint, body.domain)
        same = (
            head
            for head in notation.forms
            if isinstance(head, Head) and head.sort == own.sort and notation.core(head) == notation.core(own)
        )
        found.append(own if own in notation.forms else next(same, own))
        body = body.body
    return found


def unfolded(declaration: Declaration, notation: Notation | None = None) -> tuple[Term, Term]:
    """The two sides of a definition as functions of the arguments that print; the others go by their own names.

    Raises ``KernelError`` for a constant that is not defined.
    """
    if declaration.definition is None:
        raise KernelError(f"{declaration.name} has no definition")
    head = Head(CONSTANT, declaration.name, declaration.sort, declaration)
    own = list(map(terms.eta, unprinted(declaration, notation or Notation())))
    return terms.apply(terms.eta(head), own), terms.apply(declaration.definition, own)


def definition(declaration: Declaration, notation: Notation) -> Formula:
    """``m[f, ρ](i) := …`` for a defined constant."""
    formula = equation(*unfolded(declaration), notation)
    return Formula(formula.left, ":=", formula.right, "")


class RuleFormula(NamedTuple):
    """An axiom as a page shows it: what it needs, and what it says."""

    premises: tuple[Formula, ...]
    conclusion: Formula

    @property
    def latex(self) -> str:
        given = r" \text{ and } ".join(premise.plain + premise.quantifier for premise in self.premises)
        return rf"{given} \implies {self.conclusion.latex}" if given else self.conclusion.latex


def rule(axiom: Axiom, multiplicative: frozenset[str] = frozenset()) -> RuleFormula:
    """An axiom with its pattern variables as letters.

    >>> from symbolic_equiv.theories.table import RULES
    >>> print(rule(RULES["scale_sum"].axiom).latex)
    c (u + v) = c u + c v
    """
    sides = [axiom.left, axiom.right, *(side for premise in axiom.premises for side in premise)]
    notation = Notation(sides, multiplicative)
    premises = tuple(equation(left, right, notation) for left, right in axiom.premises)
    return RuleFormula(premises, equation(axiom.left, axiom.right, notation))
