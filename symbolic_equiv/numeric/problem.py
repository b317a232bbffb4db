"""What a model has to satisfy: the hypotheses of a statement, sorted by their shape.

- ``f = λ…. t`` with ``f`` not in ``t`` *defines* ``f``: it is put in place of ``f`` everywhere, and holds exactly.
- ``λa. g(f(a)) = λa. a`` says that ``g`` *undoes* ``f``; both directions make ``f`` a bijection.
- ``λ…. N(s…) = λ…. N(t…)``, with no ``N`` in ``s`` and ``t``, makes entries of a table equal: *same entries*.
- ``λ…. N(s…) = λ…. t``, with no ``N`` in ``s`` and ``t``, gives some entries of a table: *given entries*.
- ``f = λ…. t`` with ``f`` in ``t`` is a *fixed point*, to be reached by iteration.
- Whatever else is left is only *checked*: values are drawn until it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from symbolic_equiv.kernel.sorts import BASE, Sort
from symbolic_equiv.kernel.terms import BOUND, VARIABLE, Head, Term, abstract, application, apply, eta, substitute
from symbolic_equiv.numeric.foresight import strip
from symbolic_equiv.numeric.models import group_sorts, is_finite, leaves, signature, unfold
from symbolic_equiv.theories import language
from symbolic_equiv.theories.entries import diag, ones, transpose
from symbolic_equiv.theories.language import SCALAR, Expr, lam, partial, symbol
from symbolic_equiv.theories.statement import Statement


@dataclass(frozen=True)
class Requirement:
    """One equation of a hypothesis, unfolded, with the defined variables replaced."""

    name: str
    left: Term
    right: Term

    @property
    def variables(self) -> frozenset[Head]:
        return self.left.variables | self.right.variables


class Problem:
    """A statement made ready for models.

    ``defined``: pairs of a variable and its value, a closed term without defined variables.
    ``checks``: all equations that are not true by themselves.  ``undone``: pairs (f, g) with g ∘ f = identity.
    ``same_entries``, ``given_entries``, ``fixed_points``: equations of that shape, by the variable they restrict.
    ``orthogonal``: matrices with ``Pᵀ P = I`` or ``P Pᵀ = I``.
    ``ranged``: variables over a finite sort that no hypothesis mentions; the claim is examined at all their
    values at once.  ``homomorphisms``: variables with ``F(p + q) = F(p) + F(q)``, or with a product on the right.
    A claim between functions is one about their values: the arguments become variables.

    ``pointwise``: only models in which an operator on signals that a hypothesis speaks of, such as an opaque layer,
    is a map of one token, ``F[f](i) = g(f(i))``.  What is assumed of ``F`` at all signals can then be seen to hold.
    ``given``: only models in which these variables have these values.
    """

    def __init__(self, statement: Statement, pointwise: bool = False, given: Mapping[Head, Term] | None = None) -> None:
        self.statement = statement
        self.left, self.right = _applied(unfold(statement.left), unfold(statement.right), statement)
        self.checks = [
            Requirement(item.name, unfold(left), unfold(right))
            for item in statement.hypotheses
            for left, right in item.equations
        ]
        self.defined: list[tuple[Head, Term]] = []
        for head, value in (given or {}).items():
            self._put(head, value)
        assumed = frozenset().union(*(check.variables for check in self.checks))
        for head in statement.variables() if pointwise else ():
            if head in assumed and (value := _pointwise(head)) is not None:
                self._put(head, value)
        self.is_pointwise = pointwise and len(self.defined) > len(given or {})
        while self._define_one():
            pass
        terms = [self.left, self.right, *(side for check in self.checks for side in (check.left, check.right))]
        terms += [value for _, value in self.defined]
        given = frozenset().union(*(check.variables for check in self.checks))
        self.claimed = self.left.variables | self.right.variables
        self.variables = sorted(self.claimed | given, key=lambda head: (head.name, str(head.sort)))
        self.ranged = tuple(head for head in self.variables if is_finite(head.sort) and head not in given)
        self.sorts = sorted(leaves(terms), key=lambda sort: (sort.cls, sort.name))
        self.groups, self.actions = group_sorts(terms)
        self._sides: dict[tuple[Head, ...], tuple[Term, Term]] = {}
        self._classify()

    def sides(self, over: tuple[Head, ...]) -> tuple[Term, Term]:
        """Both sides as functions of the variables ``over``."""
        if over not in self._sides:
            left, right = self.left, self.right
            for head in reversed(over):
                left, right = abstract(left, head), abstract(right, head)
            self._sides[over] = left, right
        return self._sides[over]

    def size_of(self, head: Head) -> Sort | None:
        """The dimension whose number this variable is: a Scalar with the name of a dimension."""
        if head.sort != SCALAR:
            return None
        return next((sort for sort in self.sorts if sort.cls == "dimension" and sort.name == head.name), None)

    def _define_one(self) -> bool:
        """Put a definition in place of what it defines, everywhere."""
        for check in self.checks:
            for side, value in ((check.left, check.right), (check.right, check.left)):
                head = eta_head(side)
                if head is not None and head not in value.variables and head.kind == VARIABLE:
                    self._put(head, value)
                    return True
        return False

    def _put(self, head: Head, value: Term) -> None:
        """Put ``value`` in place of ``head``; an equation that becomes ``t = t`` holds and is dropped."""
        replace = lambda term: substitute(term, {head: value})
        self.left, self.right = replace(self.left), replace(self.right)
        self.checks = [Requirement(c.name, replace(c.left), replace(c.right)) for c in self.checks]
        self.checks = [c for c in self.checks if c.left != c.right]
        self.defined = [*((h, replace(v)) for h, v in self.defined), (head, value)]

    def _classify(self) -> None:
        self.undone: list[tuple[Head, Head]] = []
        self.same_entries: dict[Head, list[Requirement]] = {}
        self.given_entries: dict[Head, list[Requirement]] = {}
        self.fixed_points: dict[Head, list[Term]] = {}
        self.homomorphisms: dict[Head, str] = {}
        self.orthogonal = frozenset(
            head for check in self.checks for head in check.variables if _is_orthogonality(check, head)
        )
        for check in self.checks:
            pair = self.undone_by(check)
            if pair:
                self.undone.append(pair)
            elif (head := self.homomorphism_of(check)) is not None:
                self.homomorphisms[head] = _times(check)
            elif _same_entries(check):
                self.same_entries.setdefault(strip(check.left)[1].head, []).append(check)
            else:
                for side, value in ((check.left, check.right), (check.right, check.left)):
                    self._classify_side(check.name, side, value)

    def _classify_side(self, name: str, side: Term, value: Term) -> None:
        binders, body = strip(side)
        if body.head.kind != VARIABLE or not all(map(is_finite, binders)):
            return
        if eta_head(side) is not None:
            self.fixed_points.setdefault(body.head, []).append(value)
        elif body.head not in value.variables and all(
            is_finite(a.sort) and body.head not in a.variables for a in body.args
        ):
            self.given_entries.setdefault(body.head, []).append(Requirement(name, side, value))

    def undone_by(self, check: Requirement) -> tuple[Head, Head] | None:
        """(f, g), if the equation says that g undoes f."""
        return undone(check.left, check.right) or undone(check.right, check.left)

    def homomorphism_of(self, check: Requirement) -> Head | None:
        """``F``, if the equation is ``F(p + q) = F(p) + F(q)``, or with a product of numbers or matrices."""
        return _homomorphism(check.left, check.right) or _homomorphism(check.right, check.left) or rotation(check)

    @cached_property
    def bijections(self) -> list[tuple[Head, Head]]:
        """The pairs (f, g) that undo each other, each once."""
        return [(f, g) for k, (f, g) in enumerate(self.undone) if (g, f) in self.undone[k:]]

    @cached_property
    def same_size(self) -> list[set[Sort]]:
        """The base sorts in classes of equal size, with the other finite sorts that a bijection joins to them."""
        classes = [{sort} for sort in self.sorts if sort.cls == "base"]
        for f, _ in self.bijections:
            ends = {f.sort.args[0], f.sort.args[1]}
            joined = [part for part in classes if part & ends]
            classes = [part for part in classes if part not in joined] + [ends.union(*joined)]
        return classes


def _is_orthogonality(check: Requirement, head: Head) -> bool:
    """Whether an equation is ``Pᵀ P = I`` or ``P Pᵀ = I``."""
    if head.sort.name != "Mat" or check.variables != {head}:
        return False
    P = partial(head, ())
    products = (transpose(P) @ P, P @ transpose(P))
    return any(
        {check.left, check.right} == {product.term, diag(ones(n=product.sort.args[0])).term} for product in products
    )


def _pointwise(head: Head) -> Term | None:
    """``λ… f … i …. g(f(i))`` at the sort of ``head``, if it takes a signal ``f`` and then a token ``i``."""
    args, result = signature(head.sort)
    for place, arg in enumerate(args):
        if arg.name == "→" and arg.args[0] in args[place + 1 :] and arg.args[1].name != "→":
            bound = [symbol(f"a{k}", sort) for k, sort in enumerate(args)]
            token = bound[args.index(arg.args[0], place + 1)]
            return lam(*bound, symbol(f"{head.name}_of_one", arg.args[1], result)(bound[place](token))).term
    return None


def eta_head(term: Term) -> Head | None:
    """The variable ``f`` if the term is ``f``, that is ``λ a b. f(a, b)``."""
    binders, body = strip(term)
    if body.head.kind == VARIABLE and len(body.args) == len(binders) and eta(body.head) == term:
        return body.head
    return None


def undone(composite: Term, identity: Term) -> tuple[Head, Head] | None:
    """(f, g), if the two sides are ``λa. g(f(a))`` and ``λa. a`` over a finite sort."""
    binders, body = strip(identity)
    if len(binders) != 1 or not is_finite(binders[0]) or body.head.kind != BOUND or body.args:
        return None
    outer = strip(composite)[1]
    if outer.head.kind != VARIABLE or len(outer.args) != 1:
        return None
    within = outer.args[0]
    plain = within.head is not None and within.head.kind == VARIABLE and len(within.args) == 1
    if plain and within.args[0] == body and is_finite(within.sort):
        return within.head, outer.head
    return None


_TIMES = {language.add.declaration: "+", language.scale.declaration: "*", language.matmul.declaration: "*"}


def _homomorphism(whole: Term, parts: Term) -> Head | None:
    """``F``, if the sides are ``λp q. F(p + q)`` and ``λp q. F(p) ∘ F(q)``."""
    (binders, body), (_, split) = strip(whole), strip(parts)
    head = body.head
    if len(binders) != 2 or binders[0] != binders[1] or head.kind != VARIABLE or len(body.args) != 1:
        return None
    p, q = (application(Head(BOUND, k, binders[0])) for k in (1, 0))
    sum_ = language.mul(Expr(p), Expr(q)).term if binders[0].cls == BASE else None
    fits = body.args[0] == sum_ and split.head.declaration in _TIMES
    return head if fits and list(split.args) == [application(head, [one]) for one in (p, q)] else None


def rotation(check: Requirement) -> Head | None:
    """``F``, if the equation is ``F(p)ᵀ F(q) = F(q − p)``: so it is for homomorphisms into rotations."""
    for whole, parts in ((check.left, check.right), (check.right, check.left)):
        (binders, body), (_, split) = strip(whole), strip(parts)
        head = body.head
        if len(binders) != 2 or binders[0] != binders[1] or head.kind != VARIABLE or len(body.args) != 1:
            continue
        p, q = (application(Head(BOUND, k, binders[0])) for k in (1, 0))
        if binders[0].cls != BASE or head.sort.args[1].name != "Mat":
            continue
        at = lambda one, head=head: Expr(application(head, [one]))
        difference = language.mul(Expr(q), language.inv(Expr(p))).term
        if body.args[0] == difference and split == language.matmul(transpose(at(p)), at(q)).term:
            return head
    return None


def _times(check: Requirement) -> str:
    """The sign on the side of a homomorphism's equation that has one."""
    signs = [_TIMES.get(strip(side)[1].head.declaration) for side in (check.right, check.left)]
    return signs[0] or signs[1] or ""


def _same_entries(check: Requirement) -> bool:
    """Whether the equation says that entries of one table are equal (real arguments are the same on both sides)."""
    (binders, left), (_, right) = strip(check.left), strip(check.right)
    head = left.head
    if head.kind != VARIABLE or head != right.head or not left.args:
        return False
    plain = all(head not in arg.variables for arg in (*left.args, *right.args))
    finite = [k for k, arg in enumerate(left.args) if is_finite(arg.sort)]
    rest = all(left.args[k] == right.args[k] for k in range(len(left.args)) if k not in finite)
    indexed = all(
        is_finite(sort) or _unused(level, len(binders), left, right, finite) for level, sort in enumerate(binders)
    )
    return plain and rest and bool(finite) and indexed


def _unused(level: int, depth: int, left: Term, right: Term, finite: list[int]) -> bool:
    """Whether no finite argument mentions the binder at ``level``."""
    return not any(_mentions(term.args[k], depth - 1 - level) for term in (left, right) for k in finite)


def _mentions(term: Term, index: int) -> bool:
    if term.body is not None:
        return _mentions(term.body, index + 1)
    return term.head.index == index or any(_mentions(arg, index) for arg in term.args)


def _applied(left: Term, right: Term, statement: Statement) -> tuple[Term, Term]:
    """Both sides applied to fresh variables, one for each argument that they take."""
    taken = {str(head.name) for head in statement.variables()}
    while left.body is not None:
        name = left.hint
        while name in taken:
            name += "'"
        taken.add(name)
        argument = [eta(Head(VARIABLE, name, left.domain))]
        left, right = apply(left, argument), apply(right, argument)
    return left, right
