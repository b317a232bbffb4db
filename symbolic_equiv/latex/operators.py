"""How the constants of the theories print: sums, products, brackets, Σ, σ and ⋃.

Each function here takes the writer and the arguments of its constant, and returns a piece.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from symbolic_equiv.kernel import terms
from symbolic_equiv.kernel.terms import CONSTANT, Declaration, Head, Term
from symbolic_equiv.latex import linebreak
from symbolic_equiv.latex.notation import DEFAULT_HINT
from symbolic_equiv.latex.pieces import (
    AND,
    ATOM,
    BIG,
    CASES,
    CIRCLED,
    DOTTED,
    PRODUCT,
    RELATION,
    SUM,
    TALL_FRACTION,
    TALL_SUM,
    Piece,
    atom,
    bracket,
    comma_list,
    join,
    line,
    power,
    script,
)  # fmt: skip
from symbolic_equiv.theories import entries, language, pairs

if TYPE_CHECKING:
    from symbolic_equiv.latex.printer import Writer

WIDEST, WIDEST_CASE = 14.0, 24.0
"""In em: a part of a fraction or root, or of a case, that is wider prints in a way that can be broken."""


WIDEST_BELOW = 34.0
"""In em, before it is made small: what is wider takes several rows below its Σ."""


def _declared(term: Term) -> Declaration | None:
    return term.head.declaration if term.body is None else None


def _narrow(*pieces: Piece, room: float = WIDEST) -> bool:
    return all(linebreak.width(piece.text) <= room for piece in pieces)


def _sum_of(writer: Writer, left: Term, right: Term, opposite: Declaration) -> Piece:
    sign, term = ("- ", right.args[0]) if _declared(right) == opposite else ("+ ", right)
    first, second = writer.write(left).at(SUM), writer.write(term).at(BIG)
    return join([first, line(" ", linebreak.SUM), atom(sign), second], SUM)


def _minus(writer: Writer, term: Term) -> Piece:
    return join([atom("-"), writer.write(term).at(BIG)], SUM)


def _product(left: Piece, right: Piece, sign: str = "") -> Piece:
    """Factors side by side, taken from the right: ``A B v`` is A (B v), as one multiplies it out.

    The second may be a Σ, which then reaches as far as the product.
    """
    if not sign and (right.text[:1].isdigit() or left.text[-1:].isdigit()):
        sign = r"\cdot "
    level = DOTTED if sign else PRODUCT
    left, right = left.at(ATOM), right.at(BIG if right.level == BIG else ATOM if sign else PRODUCT)
    space = r" \, " if left.text.endswith(")") and not sign else " "
    return join([left, line(space, linebreak.PRODUCT), atom(sign), right], level if sign else min(level, right.level))


def _add(writer: Writer, left: Term, right: Term) -> Piece:
    return _sum_of(writer, left, right, language.neg.declaration)


def _mul(writer: Writer, left: Term, right: Term) -> Piece:
    if left.sort.name in writer.notation.multiplicative:
        return _product(writer.write(left), writer.write(right))
    return _sum_of(writer, left, right, language.inv.declaration)


def _inv(writer: Writer, term: Term) -> Piece:
    if term.sort.name in writer.notation.multiplicative:
        return power(writer.write(term), "-1")
    return _minus(writer, term)


def _scale(writer: Writer, factor: Term, term: Term) -> Piece:
    if _declared(factor) == language.reciprocal.declaration and _declared(term) != language.one.declaration:
        above, below = writer.write(term), writer.write(factor.args[0])
        if r"\frac" not in above.text and _narrow(above, below):
            return _fraction(above, below)
    return _product(writer.write(factor), writer.write(term))


def _fraction(above: Piece, below: Piece) -> Piece:
    text = rf"\frac{{{above.text}}}{{{below.text}}}"
    return Piece((linebreak.Token(text),), ATOM, above.symbols | below.symbols, TALL_FRACTION)


def _reciprocal(writer: Writer, term: Term) -> Piece:
    below = writer.write(term)
    return _fraction(atom("1"), below) if _narrow(below) else power(bracket("(", below, ")"), "-1")


def _sqrt(writer: Writer, term: Term) -> Piece:
    inner = writer.write(term)
    if _narrow(inner):
        return script(r"\sqrt{", inner)
    return join([atom(r"\operatorname{sqrt}"), bracket("(", inner, ")")])


def _inner(writer: Writer, left: Term, right: Term) -> Piece:
    parts = [writer.tell(left, right), writer.tell(right, left)]
    return bracket(r"\langle", comma_list(parts), r"\rangle")


def _and(writer: Writer, left: Term, right: Term) -> Piece:
    first, second = writer.write(left).at(AND), writer.write(right).at(RELATION)
    return join([first, line(" ", linebreak.SUM), atom(r"\land "), second], AND)


def _if(writer: Writer, condition: Term, then: Term, otherwise: Term) -> Piece:
    parts = [writer.write(part) for part in (then, condition, otherwise)]
    if not _narrow(*parts, room=WIDEST_CASE):
        return join([atom(r"\operatorname{if}"), bracket("(", comma_list([parts[1], parts[0], parts[2]]), ")")])
    first, second, third = (part.text if part.tall < TALL_FRACTION else rf"\displaystyle {part.text}" for part in parts)
    row = r"\\" if parts[0].tall < TALL_FRACTION else r"\\[1ex]"
    text = rf"\begin{{cases}} {first} & \text{{if }} {second} {row} {third} & \text{{otherwise}} \end{{cases}}"
    return Piece((linebreak.Token(text),), CASES, join(parts).symbols, TALL_SUM)


def _hint(*functions: Term) -> str:
    """The name of the variable of functions that are applied to the same thing."""
    return next((part.hint for part in functions if part.hint != DEFAULT_HINT), DEFAULT_HINT)


def _domain(
    writer: Writer, binders: Sequence[Head], domain: Term, function: Term
) -> tuple[Piece, tuple[Term, ...], bool]:
    """What stands below a Σ, the element it begins with, and whether that leaves the variable to be found.

    ``j ∈ N(i)`` or ``(j, k) ∈ N(i)`` where the variables stand in front, ``x⁻¹(x(j) + y) ∈ N(i)`` where a word
    around one does, and ``j : …`` for every other predicate.
    """
    variables = tuple(map(terms.eta, binders))
    inside = terms.apply(domain, variables)
    if _declared(inside) == language.true.declaration:
        return _belongs(writer, binders), variables, False
    written = writer.write(inside)
    form = "".join(writer.form(inside.head, inside.args) or ())
    front = re.match(r"((?:#\d+|[(,) ])+)\\in(?![A-Za-z])", form)
    if front and _declared(inside) not in OPERATORS:
        numbers = [int(number) for number in re.findall(r"\d+", front[1])]
        element = tuple(inside.args[number - 1] for number in numbers)
        others = [arg for place, arg in enumerate(inside.args, 1) if place not in numbers]
        apart = not any(arg.variables.intersection(binders) for arg in others)
        if element == variables and apart:
            return written, variables, False
        if element != variables and len(element) == len(binders) and all(map(_is_word, element, binders)):
            return written, element, True
    body = terms.apply(function, variables)
    if not all(_is_told(binder, inside) or _is_told(binder, body) for binder in binders):
        return join([_belongs(writer, binders), atom(r" \colon "), written]), variables, False
    names = _pair([writer.write(variable) for variable in variables])
    return join([names, atom(r" \colon "), written]), variables, False


def _is_told(binder: Head, term: Term) -> bool:
    """Whether a symbol is applied to a variable, which then is of the sort that the symbol takes."""
    if term.body is not None:
        return _is_told(binder, term.body)
    applied = term.head.kind != CONSTANT and terms.eta(binder) in term.args
    return applied or any(_is_told(binder, arg) for arg in term.args)


def _is_word(element: Term, binder: Head) -> bool:
    """Whether an element is an expression around the variable, from which a reader can find it."""
    return element.body is None and binder in element.variables and (bool(element.args) or element.head == binder)


def _pair(pieces: list[Piece]) -> Piece:
    """``j``, or ``(j, k)``."""
    return pieces[0] if len(pieces) == 1 else bracket("(", comma_list(pieces), ")")


def _belongs(writer: Writer, binders: Sequence[Head]) -> Piece:
    """``j ∈ S``, where S is the sort of j; ``(j, k) ∈ S × K``."""
    sorts = r" \times ".join(writer.notation.sort(binder.sort) for binder in binders)
    piece = join([_pair([writer.write(terms.eta(binder)) for binder in binders]), atom(rf" \in {sorts}")])
    leaves = frozenset().union(*(binder.sort.leaves for binder in binders))
    return Piece(piece.tokens, RELATION, piece.symbols | leaves)


def _big(sign: str, below: Piece, body: Piece) -> Piece:
    piece = join([script(sign + "_{", _in_rows(below)), line(" ", linebreak.OPERATOR), body.at(BIG)], BIG)
    return Piece(piece.tokens, BIG, piece.symbols, max(piece.tall, TALL_SUM))


def _in_rows(below: Piece) -> Piece:
    """What stands below a Σ or a σ, in several rows if it is very wide."""
    if linebreak.width(below.text) <= WIDEST_BELOW:
        return below
    rows = [text for _, text in linebreak.lines(below.tokens, WIDEST_BELOW)]
    return script(r"\substack{", Piece((linebreak.Token(r" \\ ".join(rows)),), ATOM, below.symbols))


def _bound(writer: Writer, *functions: Term) -> list[Head]:
    """Variables for what functions of the same arguments bind, with their scopes begun."""
    found: list[Head] = []
    while functions[0].body is not None:
        found.append(writer.variable(functions[0].domain))
        writer.bind(found[-1], _hint(*functions))
        functions = tuple(part.body for part in functions if part.body is not None)
    return found


def _sum(writer: Writer, domain: Term, function: Term) -> Piece:
    binders = _bound(writer, function, domain)
    below, element, strict = _domain(writer, binders, domain, function)
    writer.sums[binders[0]] = (binders, domain, element)
    body = writer.write(terms.apply(function, list(map(terms.eta, binders))))
    return writer.close(_big(r"\sum", below, body), *binders, strict=strict)


def concatenation(writer: Writer, function: Term) -> Piece:
    (binder,) = _bound(writer, function)
    below = _belongs(writer, [binder])
    body = writer.write(terms.apply(function, [terms.eta(binder)]))
    return writer.close(_big(r"\bigcup", below, body), binder)


def _softmax(writer: Writer, domain: Term, score: Term, *at: Term) -> Piece:
    """``σ_e(s)`` in a sum over the same domain at its variable, where e is what stands below its Σ; else in full.

    The score is printed at the variable of the sum; so that variable must not be in it otherwise, or
    ``σ_j(g(j, j))`` would stand for the softmax of ``k ↦ g(k, j)``.
    """
    heads = [place.head for place in at if place.body is None and place == terms.eta(place.head)]
    around = writer.sums.get(heads[0]) if len(heads) == len(at) else None
    if around and around[:2] == (heads, domain) and (score.variables | domain.variables).isdisjoint(heads):
        below = comma_list([writer.write(part) for part in around[2]])
        inner = bracket("(", writer.write(terms.apply(score, at)), ")")
        sign = Piece((), ATOM, frozenset([language.softmax_.declaration]))
        return join([sign, script(r"\sigma_{", _in_rows(below)), inner])
    binders = _bound(writer, score, domain)
    below, _, strict = _domain(writer, binders, domain, score)
    inner = bracket("(", writer.write(terms.apply(score, list(map(terms.eta, binders)))), ")")
    place = script("_{", _in_rows(comma_list([writer.write(part) for part in at])))
    whole = join([script(r"\operatorname{softmax}_{", _in_rows(below)), inner, place])
    return writer.close(whole, *binders, strict=strict)


def _act(writer: Writer, actor: Term, term: Term) -> Piece:
    return _product(writer.tell(actor), writer.write(term), r"\cdot ")


def _juxtaposed(writer: Writer, left: Term, right: Term) -> Piece:
    return _product(writer.tell(left), writer.tell(right))


def _matrices(writer: Writer, left: Term, right: Term) -> Piece:
    """A product is read from the right: ``A B C`` is A (B C)."""
    second = writer.tell(right)
    if _declared(right) == language.matmul.declaration and second.level >= PRODUCT:
        second = second._replace(level=ATOM)
    return _product(writer.tell(left), second)


def _between(sign: str) -> Callable[[Writer, Term, Term], Piece]:
    """A product with a sign of its own, its factors in brackets unless they are single things."""

    def write(writer: Writer, left: Term, right: Term) -> Piece:
        alone = sign == r"\otimes "  # nothing else says how large the factors are
        first, second = ((writer.tell if alone else writer.write)(part).at(ATOM) for part in (left, right))
        return join([first, line(" ", linebreak.PRODUCT), atom(sign), second], CIRCLED)

    return write


def _hadamard(writer: Writer, left: Term, right: Term) -> Piece:
    """``u ⊙ v``, and ``u ⊘ v`` for the product with the reciprocals of v."""
    if _declared(right) == entries.reciprocals.declaration and _declared(left) != entries.ones.declaration:
        return _between(r"\oslash ")(writer, left, right.args[0])
    return _between(r"\odot ")(writer, left, right)


def _reciprocals(writer: Writer, term: Term) -> Piece:
    return join([atom(r"\mathbf{1} \oslash "), writer.write(term).at(ATOM)], CIRCLED)


def _transpose(writer: Writer, term: Term) -> Piece:
    return power(writer.write(term), r"\top")


def _outer(writer: Writer, left: Term, right: Term) -> Piece:
    return _product(writer.tell(left), power(writer.tell(right), r"\top"))


def _row_norms(writer: Writer, term: Term) -> Piece:
    return join([bracket(r"\lVert", writer.tell(term), r"\rVert"), atom(r"_{row}")])


OPERATORS: dict[Declaration | None, Callable[..., Piece]] = {
    constant.declaration: write
    for constant, write in (
        (language.mul, _mul), (language.inv, _inv), (language.act, _act), (language.add, _add),
        (language.neg, _minus), (language.scale, _scale),
        (language.reciprocal, _reciprocal), (language.sqrt, _sqrt), (language.inner, _inner),
        (language.matvec, _juxtaposed), (language.matmul, _matrices), (language.and_, _and),
        (language.if_, _if), (language.sum_, _sum), (language.concat, concatenation), (language.softmax_, _softmax),
        (entries.ones, lambda _: atom(r"\mathbf{1}")), (entries.hadamard, _hadamard),
        (entries.reciprocals, _reciprocals), (entries.transpose, _transpose), (entries.outer, _outer),
        (entries.kron, _between(r"\otimes ")), (entries.row_norms, _row_norms),
        (pairs.sum_pairs, _sum), (pairs.softmax_pairs, _softmax),
    )
}  # fmt: skip
"""The constants that do not print as a name with arguments."""


_OF_MATRICES = frozenset({
    "entry", "coordinate", "matrix", "vector", "identity", "row", "column", "row_softmax", "vector_softmax", "trace",
    "rowwise", "entrywise", "equal", "side_by_side",
})  # fmt: skip


_OF_RANGES = frozenset({"not", "or", "below", "distance", "steps"})


def operator(declaration: Declaration | None) -> Callable[..., Piece] | None:
    """How a constant prints that does not print as a name with arguments; matrices only where there are some."""
    found = OPERATORS.get(declaration)
    if found is None and declaration is not None and declaration.name in _OF_MATRICES:
        from symbolic_equiv.latex.matrices import OPERATORS as of_matrices

        found = of_matrices.get(declaration)
    elif found is None and declaration is not None and declaration.name in _OF_RANGES:
        from symbolic_equiv.latex.ranges import OPERATORS as of_ranges

        found = of_ranges.get(declaration)
    return found
