"""Terms in LaTeX, in the notation of the paper.

A term prints with brackets where its parts would otherwise read another way, and each bound variable with a
name that nothing else visible in its scope has: on one page two different terms print differently.

>>> from symbolic_equiv.theories.attention import L, f, i, rho, m, y
>>> print(latex(L(y, m[f, rho], i).term))
L_{y}[m[f, \\rho]](i)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import count

from symbolic_equiv.kernel import terms
from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import CONSTANT, VARIABLE, Head, Term
from symbolic_equiv.latex.linebreak import Token, one_line
from symbolic_equiv.latex.names import SITE, Form, core, holes, marked, marks, natural
from symbolic_equiv.latex.notation import Notation, Symbol, binder_form, symbol_of
from symbolic_equiv.latex.operators import operator as operator_of
from symbolic_equiv.latex.pieces import FUNCTION, Piece, atom, comma_list, fill, join, script
from symbolic_equiv.latex.says import is_neutral, says, size
from symbolic_equiv.logic.rewriting import innermost
from symbolic_equiv.theories import language


class Unprintable(ValueError):
    """A term with a bound variable that is outside its binder, and so has no name to be printed with."""


def latex(term: Term, notation: Notation | None = None, multiplicative: frozenset[str] = frozenset()) -> str:
    """The term on one line of LaTeX, for math mode.

    ``notation`` holds the names of a whole page, so that a symbol prints the same in all its formulas;
    without it the names are chosen for this term alone.  ``multiplicative`` names the base sorts whose group
    is written ``p q^{-1}``.  Raises ``Unprintable`` for a term that has a bound variable without its binder.
    """
    return one_line(tokens(term, notation or Notation([term], multiplicative)))


def tokens(term: Term, notation: Notation) -> list[Token]:
    """The term as tokens with breaks between them, for ``linebreak.lines``."""
    notation.announce(term)
    writer = Writer(notation)
    return writer.finish(writer.write(term))


class _Scope:
    """A binder, and what is visible where it binds; a ``strict`` one differs from all other names on the page."""

    def __init__(self, binder: Head, form: Form, around: tuple[Head, ...]) -> None:
        self.binder, self.form, self.around = binder, form, around
        self.visible: frozenset[Symbol] = frozenset()
        self.strict = False


class Writer:
    """Writes terms as pieces in which the names of bound variables are still open, and names these at the end."""

    def __init__(self, notation: Notation) -> None:
        self.notation = notation
        # by the first variable of a sum: all its variables, its domain, and the element below its Σ
        self.sums: dict[Head, tuple[list[Head], Term, tuple[Term, ...]]] = {}
        self.telling = False
        """Whether neutral elements print with their size or their group."""
        self._scopes: dict[Head, _Scope] = {}
        self._around: list[Head] = []
        self._fresh = (name for name in (f"~{k}" for k in count()) if name not in notation.used_names)

    def write(self, term: Term) -> Piece:
        """The piece of a term, in which variables made by ``bind`` may occur."""
        if term.loose:
            raise Unprintable(f"{term} has a bound variable outside its binder: print the term with its binder")
        if term.body is not None:
            return self._function(term)
        operator = operator_of(term.head.declaration) if term.head.kind == CONSTANT else None
        if term.head.kind == CONSTANT and is_neutral(term.head.declaration):
            return self._neutral(term, operator)
        if operator:
            return operator(self, *term.args)
        return self._applied(term.head, term.args)

    def tell(self, term: Term, *others: Term) -> Piece:
        """The piece of a term from which its sort can be told, unless ``others``, which share it, tell it."""
        before = self.telling
        self.telling = before or not any(map(says, (term, *others)))
        try:
            return self.write(term)
        finally:
            self.telling = before

    def _neutral(self, term: Term, operator: Callable[..., Piece] | None) -> Piece:
        """``0``, ``e``, ``1`` and ``I``; ``e`` only in a group that is written as products."""
        if term.head.declaration == language.unit.declaration:
            piece = atom("e" if term.sort.name in self.notation.multiplicative else "0", symbol_of(term.head))
        else:
            piece = operator(self) if operator else self._applied(term.head, ())
        below = size(term.sort, self.notation) if self.telling else ""
        return join([piece, script("_{", atom(below, *term.sort.leaves))]) if below else piece

    def _applied(self, head: Head, args: Sequence[Term]) -> Piece:
        form = self.form(head, args)
        if form is None:  # what says how to print this name was meant for one with other arguments
            form = (self._bare(head), "(" + ", ".join(f"#{number}" for number in range(1, len(args) + 1)) + ")")
        piece = fill(form, dict(enumerate(map(self.write, args), 1)))
        return piece._replace(symbols=piece.symbols | {symbol_of(head)})

    def variable(self, sort: Sort) -> Head:
        """A variable that occurs nowhere else, to stand for a bound one."""
        return Head(VARIABLE, next(self._fresh), sort)

    def bind(self, binder: Head, hint: str) -> None:
        """Begin the scope of a bound variable; ``close`` ends it.

        A letter that stands for something else on the page gives way to another one, not to its prime, which would
        be of the same kind.
        """
        form = binder_form(self.notation.hint(hint, binder.sort), binder.sort)
        if not self.notation.may_bind(core(marked(form, "")), binder.sort):
            form = (natural(self.notation.letter(binder.sort)),)
        self.notation.bind(core(marked(form, "")), binder.sort)
        self._scopes[binder] = _Scope(binder, form, tuple(self._around))
        self._around.append(binder)

    def close(self, piece: Piece, *binders: Head, strict: bool = False) -> Piece:
        """End the scopes of ``binders`` around ``piece``; the binders of one list get different names."""
        for place, binder in reversed(list(enumerate(binders))):
            scope = self._scopes[binder]
            scope.visible, scope.strict = piece.symbols.union(binders[:place]), strict
            self._around.remove(binder)
        return piece._replace(symbols=piece.symbols.difference(binders))

    def form(self, head: Head, args: Sequence[Term]) -> Form | None:
        """How the head prints with these arguments; None if it takes more and cannot print without them.

        Arguments that the form leaves out are those that its definition calls by their own names, as in
        ``m[f, ρ](i)``.  Should others stand there, all arguments are printed.
        """
        form = self._marked(head)
        if not args:
            return form if not holes(form) else (self._bare(head),)
        numbers, given = holes(form), len(args)
        last = max(numbers, default=0)
        left_out = [number for number in range(1, last + 1) if number not in numbers]
        if left_out and left_out[-1] > given:
            return None
        if not all(_called_by_its_name(self.notation, head, number, args[number - 1]) for number in left_out):
            form, last = (self._bare(head),), 0
        if last < given:
            if given < _arity(head.sort):
                return None
            form = (*form, "(" + ", ".join(f"#{number}" for number in range(last + 1, given + 1)) + ")")
        kept = tuple(piece for piece in form if all(number <= given for number in holes((piece,))))
        return kept if len(holes(kept)) == given - (len(left_out) if last else 0) else None

    def _bare(self, head: Head) -> str:
        """The name of a function by itself."""
        return core(self._marked(head))

    def _marked(self, head: Head) -> Form:
        scope = self._scopes.get(head)
        if scope is None:
            return self.notation.form(symbol_of(head))
        place = list(self._scopes).index(head)
        return marked(scope.form, f"{SITE}{place}{SITE}")

    def _function(self, term: Term) -> Piece:
        """``f`` for ``λi. f(i)``, else ``i ↦ …``."""
        binders, hints, body = self._opened(term)
        count = self._contracted(body, binders)
        kept = binders[: len(binders) - count]
        for binder, hint in zip(kept, hints):
            self.bind(binder, hint)
        given = body.args[: len(body.args) - count]
        inner = self._applied(body.head, given) if count else self.write(body)
        if not kept:
            return inner
        names = comma_list([self.write(terms.eta(binder)) for binder in kept])
        names = names if len(kept) == 1 else join([atom("("), names, atom(")")])
        return self.close(join([names, atom(r" \mapsto "), inner], FUNCTION), *kept)

    def _opened(self, term: Term) -> tuple[list[Head], list[str], Term]:
        """Variables for all binders in front, their hints, and the body."""
        binders, hints = [], []
        while term.body is not None:
            binders.append(self.variable(term.domain))
            hints.append(term.hint)
            term = terms.apply(term, [terms.eta(binders[-1])])
        return binders, hints, term

    def _contracted(self, body: Term, binders: list[Head]) -> int:
        """How many of the binders only pass on the last arguments of the body, and need not be written."""
        if operator_of(body.head.declaration) is not None:
            return 0
        for number in range(min(len(binders), len(body.args)), 0, -1):
            last, rest = binders[-number:], body.args[:-number]
            own = body.head in last or any(arg.variables.intersection(last) for arg in rest)
            if not own and list(body.args[-number:]) == list(map(terms.eta, last)) and self.form(body.head, rest):
                return number
        return 0

    def finish(self, piece: Piece) -> list[Token]:
        """The tokens of a piece, with names for its bound variables: outer ones first, and inner ones give way."""
        cores: dict[Symbol, str] = {}
        chosen: list[str] = []
        look = lambda symbol: cores[symbol] if symbol in cores else self.notation.core(symbol)
        for binder, scope in self._scopes.items():
            others = scope.visible - {binder}
            if scope.strict:
                others |= {*scope.around, *self.notation.forms, *cores}
            others |= piece.symbols  # what is free elsewhere in the formula
            taken = set(map(look, others))
            names = ((mark, core(marked(scope.form, mark))) for mark in marks(scope.form))
            mark, name = next(each for each in names if self.notation.may_bind(each[1], binder.sort, taken))
            chosen.append(mark)
            cores[binder] = name
            self.notation.bind(cores[binder], binder.sort)
        named = lambda text: re.sub(f"{SITE}(\\d+){SITE}", lambda found: chosen[int(found[1])], text)
        return [token._replace(text=named(token.text)) for token in piece.tokens]


def _arity(sort: Sort) -> int:
    count = 0
    while sort.name == "→":
        count, sort = count + 1, sort.args[1]
    return count


def _called_by_its_name(notation: Notation, head: Head, number: int, arg: Term) -> bool:
    """Whether ``arg`` is the free variable that the definition of ``head`` calls its argument by.

    Of two equal definitions the kernel keeps one, and another document may call the same argument by a name that only
    prints the same.
    """
    value = head.declaration.definition if head.declaration else None
    for _ in range(number - 1):
        value = value.body if value is not None else None
    if value is None:
        return False
    own = Head(VARIABLE, value.hint, arg.sort)
    given = innermost(arg).head
    called = given.kind == VARIABLE and arg == terms.eta(given)
    return called and (given == own or notation.core(given) == notation.core(own))
