"""Simply typed terms, beta-normal and eta-long by construction.

    term  ::=  head(term, …, term)      an application, complete: its sort is no function sort
            |  λ sort. term             an abstraction
    head  ::=  variable  |  bound variable  |  constant  |  pattern variable (axioms only)

Bound variables are counted from the inside (de Bruijn), and the names they are printed with are not
compared.  So ``==`` is equality up to alpha, beta and eta, and substitution cannot capture.
An ill-sorted term cannot be built: every constructor here checks and raises ``KernelError``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial, reduce
from itertools import zip_longest

from symbolic_equiv.kernel import sorts
from symbolic_equiv.kernel.sorts import DIMENSION, Frozen, KernelError, Sort, check_name, require

VARIABLE, BOUND, CONSTANT, PATTERN = "variable", "bound", "constant", "pattern"
MAX_DEPTH, MAX_SIZE, MAX_MADE = 150, 200_000, 200_000

Context = tuple[Sort | None, ...]
"""The sorts that a term asks of the binders around it, innermost first; None where it asks nothing."""


class Declaration(Frozen):
    """A constant's name, its sort (with sort variables), and its definition if it has one.

    A definition is closed, does not mention the constant itself (it is built first, so it cannot),
    and has no sort or dimension that the constant's sort lacks: an instance of the sort is then one
    of the definition.
    """

    def __init__(self, name: str, sort: Sort, definition: Term | None = None) -> None:
        require(type(sort) is Sort and sort.cls != DIMENSION, "{}: a constant has a sort", name)
        if definition is not None:
            require(type(definition) is Term and definition.sort == sort, "{}: the definition is no {}", name, sort)
            used = {leaf for part in subterms(definition) for leaf in part.sort.leaves}
            told = used <= sort.leaves and not (definition.loose or definition.variables)
            require(told, "{}: the definition is not closed, or has a sort that is not in {}", name, sort)
        self.name, self.sort, self.definition = check_name(name), sort, definition
        self.freeze(name, sort, definition)


class Part(Frozen):
    """A head or a term, and what is known of it without looking into it.

    ``variables`` are the free variables in it, pattern variables included; ``schematic`` says whether there
    is a pattern variable or a sort variable.  ``size`` and ``depth`` are those of all that there is to write:
    the sorts, and the definitions of its constants, count as well.
    """

    sort: Sort
    context: Context
    variables: frozenset[Head]
    schematic: bool
    size: int
    depth: int


class Head(Part):
    """What stands at the front of an application; ``name`` is an index for a bound variable."""

    def __init__(self, kind: str, name: str | int, sort: Sort, declaration: Declaration | None = None) -> None:
        require(type(sort) is Sort and sort.cls != DIMENSION, "{}: not a sort: {}", name, sort)
        fits = type(declaration) is Declaration if kind == CONSTANT else declaration is None
        known = type(kind) is str and kind in (VARIABLE, BOUND, CONSTANT, PATTERN)
        require(known and fits, "not a head: {} {}, declared as {}", kind, name, declaration)
        self.kind, self.name, self.sort, self.declaration = kind, name, sort, declaration
        self.index = name if type(name) is int and kind == BOUND else -1
        require(0 <= self.index < MAX_DEPTH if kind == BOUND else check_name(name), "not an index: {}", name)
        self.size, self.depth, self.schematic = sort.size, 0, sort.schematic or kind == PATTERN
        if declaration is not None:
            fits = name == declaration.name and sorts.match_sort(declaration.sort, sort, {})
            require(fits, "{} : {} has no instance {}", declaration.name, declaration.sort, sort)
            if declaration.definition is not None:
                self.size, self.depth = sort.size + declaration.definition.size, declaration.definition.depth
        self.context = (None,) * self.index + (sort,) if kind == BOUND else ()
        self._hash = hash((kind, name, sort, declaration))
        self.variables = frozenset([self] if kind in (VARIABLE, PATTERN) else [])
        self.freeze(kind, name, sort, declaration)


_bound = lru_cache(maxsize=4096)(partial(Head, BOUND))


class Term(Part):
    """A term; made by ``application`` and ``abstraction`` only, compared up to alpha.

    An application has ``head`` and ``args``; an abstraction has ``domain`` and ``body`` (and ``head`` is
    None).  ``loose`` counts the enclosing binders that the term needs, ``context`` has their sorts.
    """

    head: Head
    args: tuple[Term, ...]
    domain: Sort
    body: Term | None
    hint: str
    loose: int

    def __init__(self, *_: object) -> None:
        raise KernelError("terms are made by application and abstraction")

    def __str__(self) -> str:
        return text(self)


def subterms(term: Term) -> Iterator[Term]:
    """The term and all terms in it, from left to right."""
    yield term
    for part in term.args if term.body is None else (term.body,):
        yield from subterms(part)


def _merge(one: Context, other: Context) -> Context:
    """What two parts of a term ask together of the binders around them."""
    require(all(s is None or t is None or s == t for s, t in zip(one, other)), "bound: of sorts {} and {}", one, other)
    return tuple([s or t for s, t in zip_longest(one, other)])


_made: dict[tuple[object, ...], Term] = {}
"""The terms that were made, by their head or domain and the identities of their parts: these live as long as it."""


def _make(made: tuple[object, ...], parts: Iterable[Part], binders: int, **fields: object) -> Term:
    """A term under so many binders of its own; what is known of its parts makes what is known of it."""
    size, depth, context, schematic, variables = 0, 0, Context(), False, frozenset[Head]()
    for part in parts:
        size, depth, schematic = size + part.size, max(depth, part.depth), schematic or part.schematic
        context = _merge(context, part.context) if context and part.context else context or part.context
        variables = variables | part.variables if part.variables else variables
    require(depth < MAX_DEPTH and size <= MAX_SIZE, "a term deeper than {} or larger than {}", MAX_DEPTH, MAX_SIZE)
    term, context = object.__new__(Term), context[binders:]
    term.__dict__.update(
        fields, _hash=hash(fields["key"]), context=context, loose=len(context), size=size, depth=depth + 1,
        variables=variables, schematic=schematic,
    )  # fmt: skip
    if len(_made) >= MAX_MADE:
        _made.clear()
    return _made.setdefault(made, term)


def application(head: Head, args: Iterable[Term] = ()) -> Term:
    """The head applied to all its arguments, each of the sort that the head asks for."""
    require(type(head) is Head, "not a head: {}", head)
    args, sort = tuple(args), head.sort
    if (known := _made.get(made := (head, *map(id, args)))) is not None:
        return known
    for arg in args:
        require(type(arg) is Term and sort.name == "→", "{} takes no argument {}", head.name, arg)
        wanted, sort = sort.args
        require(wanted is arg.sort or wanted == arg.sort, "{}: expected {}, found {}", head.name, wanted, arg)
    require(sort.name != "→", "{}: an argument is missing, of the sort before the arrow in {}", head.name, sort)
    return _make(made, (head, *args), 0, key=(head, args), head=head, args=args, domain=None, body=None, sort=sort)


def abstraction(domain: Sort, body: Term, hint: str = "x") -> Term:
    """``λ domain. body``, where the body's innermost loose bound variable, if of that sort, becomes bound."""
    fits = type(body) is Term and type(domain) is Sort and domain.cls != DIMENSION
    require(fits, "an abstraction binds a sort in a term, not {} in {}", domain, body)
    made, sort = (domain, id(body), check_name(hint)), sorts.fun(domain, body.sort)
    fields = {"key": (domain, body), "domain": domain, "body": body, "hint": hint, "sort": sort}
    return _made.get(made) or _make(made, (_bound(0, domain), body), 1, head=None, args=(), **fields)


def _domains(sort: Sort) -> list[Sort]:
    """The sorts of the arguments that a function of this sort takes."""
    return [sort.args[0], *_domains(sort.args[1])] if sort.name == "→" else []


def eta(head: Head) -> Term:
    """A head as a term: ``f`` becomes ``λa b. f(a, b)``, as eta-long terms want it."""
    count = len(domains := _domains(head.sort))
    lifted = _bound(head.index + count, head.sort) if head.kind == BOUND else head
    term = application(lifted, [eta(_bound(count - 1 - k, domain)) for k, domain in enumerate(domains)])
    return reduce(lambda body, domain: abstraction(domain, body, "u"), reversed(domains), term)


def constant(declaration: Declaration, sort: Sort) -> Term:
    """The declared constant at one instance of its sort."""
    return eta(Head(CONSTANT, declaration.name, sort, declaration))


def _rebuild(
    term: Term, change: Callable[[Head, int], Head | Term], skip: Callable[[Term, int], bool], under: int = 0
) -> Term:
    """The term with ``change(head, under)`` for each head, below so many binders; what ``skip`` passes stays."""
    if skip(term, under):
        return term
    if term.body is not None:
        return abstraction(term.domain, _rebuild(term.body, change, skip, under + 1), term.hint)
    args, new = [_rebuild(arg, change, skip, under) for arg in term.args], change(term.head, under)
    return application(new, args) if isinstance(new, Head) else apply(new, args) if args else new


def _shift(term: Term, by: int) -> Term:
    """Make room for ``by`` more binders around ``term``."""
    moved: Callable[[Head, int], Head] = lambda h, under: _bound(h.index + by, h.sort) if h.index >= under else h
    return _rebuild(term, moved, lambda part, under: part.loose <= under) if by else term


def apply(term: Term, args: Sequence[Term]) -> Term:
    """The term applied to the arguments, beta-normal again; all binders are taken away at once."""
    body, count = term, len(args)
    for value in args:
        fits = type(body) is Term and type(value) is Term and body.body is not None and body.domain == value.sort
        require(fits, "cannot apply {} to {}", term, value)
        body = body.body or body

    def filled(head: Head, under: int) -> Head | Term:
        if under <= head.index < under + count:
            return _shift(args[under + count - 1 - head.index], under)
        return _bound(head.index - count, head.sort) if head.index >= under else head

    return _rebuild(body, filled, lambda part, under: part.loose <= under)


def abstract(term: Term, variable: Head, hint: str = "") -> Term:
    """``λ v. term`` for a free variable (or pattern variable) ``v``."""
    require(type(variable) is Head and variable.kind in (VARIABLE, PATTERN), "not a variable: {}", variable)
    bound: Callable[[Head, int], Head] = lambda head, under: _bound(under, head.sort) if head == variable else head
    body = _rebuild(_shift(term, 1), bound, lambda part, _: variable not in part.variables)
    return abstraction(variable.sort, body, hint or str(variable.name))


def substitute(term: Term, mapping: Mapping[Head, Term]) -> Term:
    """Replace free variables and pattern variables, all at once, by closed terms of the same sorts."""
    for head, value in mapping.items():
        fits = type(head) is Head and type(value) is Term and value.sort == head.sort and not value.loose
        require(fits, "cannot put {} for the variable {}", value, head)
    return _rebuild(term, lambda head, _: mapping.get(head, head), lambda part, _: part.variables.isdisjoint(mapping))


def substitute_sorts(term: Term, mapping: dict[Sort, Sort]) -> Term:
    """Replace sort variables, base sorts and dimensions throughout a term (a declaration is closed)."""
    if term.body is not None:
        return abstraction(sorts.substitute_sort(term.domain, mapping), substitute_sorts(term.body, mapping), term.hint)
    head, sort = term.head, sorts.substitute_sort(term.head.sort, mapping)
    if sort is not head.sort:
        head = _bound(head.index, sort) if head.kind == BOUND else Head(head.kind, head.name, sort, head.declaration)
    return application(head, [substitute_sorts(arg, mapping) for arg in term.args])


def text(term: Term, scope: tuple[str, ...] = ()) -> str:
    """The term in plain letters, so that terms which differ are printed differently.

    A bound name is primed where it clashes with a constant, with a free variable in its scope, or with a
    name bound around it.  ``λu. f(a, u)`` is printed as ``f(a)``.  The sort of a constant is printed where
    its arguments do not tell it.
    """
    constants = {part.head.name for part in subterms(term) if part.body is None and part.head.declaration}

    def show(term: Term, scope: tuple[str, ...]) -> str:
        inner, binders = term, 0
        while inner.body is not None:
            inner, binders = inner.body, binders + 1
        args, last = inner.args[: len(inner.args) - binders], inner.args[len(inner.args) - binders :]
        used = inner.head.context[:binders] + sum([arg.context[:binders] for arg in args], Context())
        expanded = last == tuple([eta(_bound(binders - 1 - k, arg.sort)) for k, arg in enumerate(last)])
        if term.body is not None and (len(last) != binders or any(used) or not expanded):
            name, taken = term.hint, {head.name for head in term.variables}.union(constants, scope)
            while name in taken:
                name += "'"
            return f"(λ{name}:{term.domain}. {show(term.body, (name, *scope))})"
        inside, index = ("",) * binders + scope, inner.head.index
        bound = inside[index] if 0 <= index < len(inside) else f"#{index - len(inside)}"
        name = bound if inner.head.kind == BOUND else _symbol(inner.head, len(args))
        return name + (f"({', '.join([show(arg, inside) for arg in args])})" if args else "")

    return show(term, scope)


def _symbol(head: Head, args: int) -> str:
    """The name of a head that is printed with so many arguments."""
    if head.declaration is None:
        return f"?{head.name}" if head.kind == PATTERN else str(head.name)
    told = frozenset[Sort]().union(*(domain.leaves for domain in _domains(head.declaration.sort)[:args]))
    hidden = any(leaf.schematic for leaf in head.declaration.sort.leaves - told)
    return f"{head.name}[{head.sort}]" if hidden else str(head.name)
