"""The language in which axioms, statements and proof scripts are written.

An ``Expr`` is a kernel term with operators, so that a script reads as the paper does:

>>> S, X = base("S"), base("X")
>>> x, i, y = symbol("x", S, X), symbol("i", S), symbol("y", X)
>>> x(i) - y
mul(x(i), inv(y))

On a group (a base sort) ``p + q`` and ``p * q`` are its law and ``p - q`` is ``p q⁻¹``; on scalars, vectors
and matrices they are addition and scaling, and ``@`` is the product of a matrix with a vector or matrix.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from symbolic_equiv.kernel import sorts, terms
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, FORMER, LINEAR, NAME, KernelError, Sort, fun
from symbolic_equiv.kernel.terms import Declaration, Head, Term

TEMPLATES: dict[str | Declaration, tuple[str, ...]] = {}
"""How a symbol (by its name) or a constant is printed in LaTeX: pieces with ``#1``, ``#2``, … for the arguments.

``("L_{#3}", "[#4]", "(#5)")`` prints ``L(x, x⁻¹, y, f, i)`` as ``L_{y}[f](i)``, and the function
``L(x, x⁻¹, y, f)`` as ``L_{y}[f]``: pieces whose arguments are missing are left out.
"""

BOOL, SCALAR, NAT = (Sort(FORMER, name) for name in ("Bool", "Scalar", "Nat"))


def base(name: str) -> Sort:
    """A base sort, such as the tokens or the group of positions."""
    return Sort(NAME, name, (), BASE)


def dim(name: str) -> Sort:
    """A dimension: the number of entries of a vector, of heads, or a rank."""
    return Sort(NAME, name, (), DIMENSION)


def fin(size: Sort) -> Sort:
    """The numbers 1, …, size."""
    return Sort(FORMER, "Fin", (size,))


def vec(size: Sort) -> Sort:
    """Real vectors with ``size`` entries."""
    return Sort(FORMER, "Vec", (size,))


def mat(rows: Sort, columns: Sort) -> Sort:
    """Real matrices of shape ``rows × columns``."""
    return Sort(FORMER, "Mat", (rows, columns))


def times(left: Sort, right: Sort) -> Sort:
    """The product of two dimensions: ``left`` vectors of ``right`` entries, one after the other."""
    return Sort(FORMER, "×", (left, right))


class Expr:
    """A kernel term that can be applied, added, scaled and multiplied.

    A symbol keeps its head and the arguments it was given so far: when they are complete the
    application is built as it stands, with the names that the arguments bind.
    """

    __slots__ = ("_given", "_head", "_term")

    def __init__(self, term: Term | None, head: Head | None = None, given: tuple[Term, ...] = ()) -> None:
        self._term, self._head, self._given = term, head, given

    def __hash__(self) -> int:
        raise TypeError("an expression is not a key: take its term")

    @property
    def term(self) -> Term:
        if self._term is None:
            if self._head is None:
                raise KernelError("an expression has a term, or the symbol that it begins with")
            self._term = terms.apply(terms.eta(self._head), self._given)
        return self._term

    @property
    def sort(self) -> Sort:
        return self.term.sort

    @property
    def head(self) -> Head:
        """The head of a symbol, also of one that stands for a function."""
        if self._head is None or self._given:
            raise KernelError(f"a symbol was expected, found {self}")
        return self._head

    def __call__(self, *args: Expr) -> Expr:
        values = tuple(expression(arg).term for arg in args)
        return Expr(terms.apply(self.term, values)) if self._head is None else partial(self._head, self._given + values)

    def __getitem__(self, args: Any) -> Expr:
        return self(*args) if isinstance(args, tuple) else self(args)

    def __add__(self, other: Expr) -> Expr:
        return mul(self, other) if self.sort.cls == BASE else add(self, other)

    def __sub__(self, other: Expr) -> Expr:
        return self + (-other)

    def __neg__(self) -> Expr:
        return inv(self) if self.sort.cls == BASE else neg(self)

    def __mul__(self, other: Expr) -> Expr:
        return mul(self, other) if self.sort.cls == BASE else scale(self, other)

    def __truediv__(self, other: Expr) -> Expr:
        return scale(reciprocal(other), self)

    def __matmul__(self, other: Expr) -> Expr:
        return matmul(self, other) if other.sort.name == "Mat" else matvec(self, other)

    def __and__(self, other: Expr) -> Expr:
        return and_(self, other)

    def __bool__(self) -> bool:
        raise TypeError("an expression is neither true nor false")

    def __repr__(self) -> str:
        return str(self.term)

    def _repr_latex_(self) -> str:
        from symbolic_equiv.latex.printer import latex

        return f"${latex(self.term)}$"


def expression(value: object) -> Expr:
    """``value`` if it is an expression.  Raises ``KernelError`` for a number, say: numbers are symbols here."""
    if not isinstance(value, Expr):
        raise KernelError(f"an expression was expected, found {value!r:.60}: write a symbol, zero(v=…) or one()")
    return value


def partial(head: Head, given: tuple[Term, ...]) -> Expr:
    """A head with some of its arguments, or with all."""
    missing = head.sort
    for _ in given:
        missing = missing.args[-1] if missing.name == "→" else missing
    return Expr(None, head, given) if missing.name == "→" else Expr(terms.application(head, given), head, given)


def symbol(name: str, *of: Sort, latex: str | tuple[str, ...] = ()) -> Expr:
    """A free variable; with several sorts, a function from the first ones to the last.

    ``latex`` is how it prints: a name, or pieces as in ``TEMPLATES``.
    """
    template(name, latex)
    return partial(Head(terms.VARIABLE, name, fun(*of)), ())


def template(name: str | Declaration, latex: str | tuple[str, ...]) -> None:
    """Say how the symbols of that name print, or a constant."""
    if latex:
        TEMPLATES[name] = (latex,) if isinstance(latex, str) else latex


class Constant:
    """A constant of a theory, applied like a function; the instance of its sort is found from the arguments.

    A sort variable that the arguments do not fix is given by name: ``zero(v=vec(d))``.
    """

    def __init__(
        self, name: str, *of: Sort, latex: str | tuple[str, ...] = (), definition: Expr | None = None, says: str = ""
    ) -> None:
        self.declaration = Declaration(name, fun(*of), None if definition is None else definition.term)
        template(self.declaration, latex)
        self.says = says

    def __call__(self, *args: Expr, **named: Sort) -> Expr:
        found = [expression(arg).term for arg in args]
        return partial(self._head([term.sort for term in found], named), tuple(found))

    def at(self, *of: Sort, **named: Sort) -> Expr:
        """The constant at the instance of its sort that takes arguments of these sorts."""
        return partial(self._head(of, named), ())

    def _head(self, of: Sequence[Sort], named: dict[str, Sort]) -> Head:
        sort = self.declaration.sort
        mapping = {leaf: named[leaf.name] for leaf in sort.leaves if leaf.name in named}
        rest = sort
        for given in of:
            if rest.name != "→" or not sorts.match_sort(rest.args[0], given, mapping):
                raise KernelError(f"{self.declaration.name}: found an argument of sort {given}, wanted {rest}")
            rest = rest.args[1]
        return _instance(self.declaration, sorts.substitute_sort(sort, mapping))


@lru_cache(maxsize=1024)
def _instance(declaration: Declaration, sort: Sort) -> Head:
    return Head(terms.CONSTANT, declaration.name, sort, declaration)


def lam(*parts: Expr) -> Expr:
    """``lam(i, j, body)`` is the function that takes ``i`` and ``j`` to ``body``."""
    *bound, body = parts
    heads = [variable.head for variable in bound]
    places = {head: len(heads) - 1 - k for k, head in enumerate(heads)}
    term = _bind(body.term, places, 0)
    for head in reversed(heads):
        term = terms.abstraction(head.sort, term, str(head.name))
    return Expr(term)


def _bind(term: Term, places: dict[Head, int], under: int) -> Term:
    """The term with bound variables for some free ones: all at once, where kernel.abstract takes them one by one."""
    if term.variables.isdisjoint(places):
        return term
    if term.body is not None:
        return terms.abstraction(term.domain, _bind(term.body, places, under + 1), term.hint)
    head = term.head
    if head in places:
        head = Head(terms.BOUND, places[head] + under, head.sort)
    return terms.application(head, [_bind(arg, places, under) for arg in term.args])


def softmax_over(j: Expr, domain: Expr, score: Expr, at: Expr) -> Expr:
    """The softmax over ``{j : domain}`` of the score as a function of ``j``, taken at ``at``."""
    return softmax_(lam(j, domain), lam(j, score), at)


def where(condition: Expr, value: Expr) -> Expr:
    """``value`` where the condition holds, else zero."""
    return if_(condition, value, zero(v=value.sort))


class Defined:
    """A defined constant; the free symbols of its definition are arguments that it passes on by itself."""

    def __init__(self, name: str, parts: tuple[Expr, ...], latex: tuple[str, ...]) -> None:
        value = lam(*parts)
        hidden = sorted(value.term.variables, key=lambda head: head.name)
        self.hidden = tuple(partial(head, ()) for head in hidden)
        closed = lam(*self.hidden, value)
        last = max((int(number) for piece in latex for number in re.findall(r"#(\d)", piece)), default=0)
        if last > (taken := _arity(value.sort)):
            raise KernelError(f"{name}: its latex has #{last}, and it takes {taken} arguments: number them from #1")
        shifted = tuple(re.sub(r"#(\d)", lambda at: f"#{int(at[1]) + len(hidden)}", piece) for piece in latex)
        self.constant = Constant(name, closed.sort, latex=shifted, definition=closed)

    def __call__(self, *args: Expr) -> Expr:
        return self.constant(*self.hidden, *args)

    __getitem__ = Expr.__getitem__


def _arity(sort: Sort) -> int:
    return 1 + _arity(sort.args[1]) if sort.name == "→" else 0


def define(name: str, *parts: Expr, latex: str | tuple[str, ...] = ()) -> Defined:
    """``define("L", y, f, i, f(x_inv(x(i) - y)))`` is the function that takes y, f and i to the last part.

    The symbols that stay free in it (here ``x`` and ``x_inv``) become hidden arguments, so that the
    definition is closed.  A symbol whose sort has a sort variable makes a definition that fits several
    sorts.  ``latex`` has pieces as in ``TEMPLATES``, numbered without the hidden arguments.  Raises ``KernelError``
    where it has a number without an argument.
    """
    return Defined(name, parts, (latex,) if isinstance(latex, str) and latex else tuple(latex))


def sort_variable(name: str, cls: str = sorts.ANY) -> Sort:
    """A sort variable, for axioms and the sorts of constants."""
    return Sort(sorts.VARIABLE, name, (), cls)


def pattern(name: str, *of: Sort) -> Expr:
    """A variable of an axiom."""
    return partial(Head(terms.PATTERN, name, fun(*of)), ())


_g, _h = sort_variable("g", BASE), sort_variable("h", BASE)
_a, _v = sort_variable("a"), sort_variable("v", LINEAR)
_k, _m, _n = (sort_variable(name, DIMENSION) for name in "kmn")

mul = Constant("mul", _g, _g, _g, says="the law of a group")
inv = Constant("inv", _g, _g, says="the inverse in a group")
unit = Constant("unit", _g, says="the neutral element of a group")
act = Constant("act", _h, _g, _g, says="a group acting on another by automorphisms")

add = Constant("add", _v, _v, _v, says="addition")
neg = Constant("neg", _v, _v, says="the opposite")
zero = Constant("zero", _v, latex="0", says="zero")
scale = Constant("scale", SCALAR, _v, _v, says="a scalar times a scalar, vector or matrix")
one = Constant("one", SCALAR, latex="1", says="the number one")
reciprocal = Constant("reciprocal", SCALAR, SCALAR, says="1/c, and 0 for c = 0")
sqrt = Constant("sqrt", SCALAR, SCALAR, says="the square root, 0 for a negative number")
exp = Constant("exp", SCALAR, SCALAR, latex=(r"\exp", "(#1)"), says="the exponential function")
inner = Constant("inner", vec(_n), vec(_n), SCALAR, says="the inner product")
matvec = Constant("matvec", mat(_m, _n), vec(_n), vec(_m), says="a matrix times a vector")
matmul = Constant("matmul", mat(_m, _n), mat(_n, _k), mat(_m, _k), says="the product of two matrices")

true = Constant("true", BOOL, latex=r"\top", says="true")
and_ = Constant("and", BOOL, BOOL, BOOL, says="and")
if_ = Constant("if", BOOL, _v, _v, _v, says="the second argument where the first holds, else the third")

sum_ = Constant(
    "sum",
    fun(_a, BOOL),
    fun(_a, _v),
    _v,
    says="the sum over those that satisfy a predicate; 0 where they are infinitely many",
)
concat = Constant(
    "concat", fun(fin(_n), vec(_k)), vec(times(_n, _k)), says="the vectors of all heads, one after the other"
)


def _softmax_definition() -> Expr:
    domain, score, at, j = symbol("P", _a, BOOL), symbol("s", _a, SCALAR), symbol("t", _a), symbol("j", _a)
    weight = exp(score(at)) / sum_(domain, lam(j, exp(score(j))))
    return lam(domain, score, at, if_(domain(at), weight, zero(v=SCALAR)))


softmax_ = Constant(
    "softmax",
    fun(_a, BOOL),
    fun(_a, SCALAR),
    _a,
    SCALAR,
    definition=_softmax_definition(),
    says="exp of the score over the sum of exp over the domain; 0 outside the domain",
)

CONSTANTS = (
    mul, inv, unit, act, add, neg, zero, scale, one, reciprocal, sqrt, exp, inner, matvec, matmul,
    true, and_, if_, sum_, concat, softmax_,
)  # fmt: skip


def total(j: Expr, domain: Expr, body: Expr) -> Expr:
    """``Σ_{j : domain} body``, where ``domain`` is a Bool that may mention ``j``."""
    return sum_(lam(j, domain), lam(j, body))


def softmax(j: Expr, domain: Expr, score: Expr) -> Expr:
    """``σ_j(score)``: the softmax over ``{j : domain}`` of the score as a function of ``j``, taken at ``j``."""
    return softmax_(lam(j, domain), lam(j, score), j)
