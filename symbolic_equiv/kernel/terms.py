"""Simply typed terms, beta-normal and eta-long by construction.

    term  ::=  head(term, …, term)      an application, complete: its sort is no function sort
            |  λ sort. term             an abstraction
    head  ::=  variable  |  bound variable  |  constant  |  pattern variable (axioms only)

Bound variables are counted from the inside (de Bruijn), and the names they are printed with are not
compared.  So ``==`` is equality up to alpha, beta and eta, and substitution cannot capture.
An ill-sorted term cannot be built: every constructor here checks and raises ``KernelError``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from symbolic_equiv.kernel.sorts import (
    DIMENSION,
    Frozen,
    KernelError,
    Sort,
    check_name,
    fun,
    match_sort,
    require,
    substitute_sort,
)  # fmt: skip

VARIABLE, BOUND, CONSTANT, PATTERN = "variable", "bound", "constant", "pattern"
MAX_DEPTH, MAX_SIZE = 150, 1_000_000


class Declaration(Frozen):
    """A constant's name, its sort (with sort variables), and its definition if it has one.

    A definition is closed, does not mention the constant itself (it is built first, so it cannot),
    and has no sort or dimension that the constant's sort lacks: an instance of the sort is then one
    of the definition.
    """

    name: str
    sort: Sort
    definition: Term | None

    def __init__(self, name: str, sort: Sort, definition: Term | None = None) -> None:
        require(type(sort) is Sort and sort.cls != DIMENSION, "{}: a constant has a sort", name)
        if definition is not None:
            require(type(definition) is Term and definition.sort == sort, "{}: the definition is no {}", name, sort)
            closed = not (definition.loose or definition.variables or definition.patterns)
            require(closed and _leaves(definition) <= sort.leaves, "{}: the definition is not closed", name)
        super().__init__((check_name(name), sort, definition), name=name, sort=sort, definition=definition)


class Head(Frozen):
    """What stands at the front of an application; ``name`` is an index for a bound variable."""

    kind: str
    name: str
    sort: Sort
    declaration: Declaration | None
    index: int

    def __init__(self, kind: str, name: str | int, sort: Sort, declaration: Declaration | None = None) -> None:
        require(type(sort) is Sort and sort.cls != DIMENSION, "{}: not a sort: {}", name, sort)
        if kind == CONSTANT:
            require(type(declaration) is Declaration and name == declaration.name, "{} is not declared", name)
            require(match_sort(declaration.sort, sort, {}), "{} : {} has no instance {}", name, declaration.sort, sort)
        else:
            require(kind in (VARIABLE, BOUND, PATTERN) and declaration is None, "not a head: {} {}", kind, name)
            fits = type(name) is int and 0 <= name < MAX_DEPTH if kind == BOUND else check_name(name)
            require(bool(fits), "not an index: {}", name)
        fields = {"kind": kind, "name": name, "sort": sort, "declaration": declaration}
        super().__init__((kind, name, sort, declaration), index=name if kind == BOUND else -1, **fields)


class Term(Frozen):
    """A term; made by ``application`` and ``abstraction`` only, compared up to alpha.

    An application has ``head`` and ``args``; an abstraction has ``domain`` and ``body`` (and ``head`` is
    None).  ``loose`` counts the enclosing binders that the term needs; ``variables`` and ``patterns`` are
    those that occur in it, and ``schematic`` says whether a pattern or a sort variable does.
    """

    head: Head
    args: tuple[Term, ...]
    domain: Sort
    body: Term | None
    hint: str
    sort: Sort
    loose: int
    variables: frozenset[Head]
    patterns: frozenset[Head]
    schematic: bool
    size: int
    depth: int

    def __init__(self, *_: object) -> None:
        raise KernelError("terms are made by application and abstraction")

    def __str__(self) -> str:
        return text(self)

    __repr__ = __str__


_NONE: frozenset[Head] = frozenset()


def _leaves(term: Term) -> frozenset[Sort]:
    """The base sorts, dimensions and sort variables in ``term``."""
    if term.body is not None:
        return term.domain.leaves | _leaves(term.body)
    return term.head.sort.leaves.union(*map(_leaves, term.args))


def _make(key: tuple, parts: tuple[Term, ...], schematic: bool, **fields: object) -> Term:
    size, depth, loose, variables, patterns = 1, 1, 0, _NONE, _NONE
    for part in parts:
        size += part.size
        depth = max(depth, part.depth + 1)
        loose = max(loose, part.loose)
        variables = variables | part.variables if part.variables else variables
        patterns = patterns | part.patterns if part.patterns else patterns
        schematic = schematic or part.schematic
    require(depth <= MAX_DEPTH and size <= MAX_SIZE, "a term deeper than {} or larger than {}", MAX_DEPTH, MAX_SIZE)
    term = object.__new__(Term)
    term.__dict__.update(
        key=key, _hash=hash(key), size=size, depth=depth, loose=loose,
        variables=variables, patterns=patterns, schematic=schematic,
    )  # fmt: skip
    term.__dict__.update(fields)
    return term


def application(head: Head, args: Iterable[Term] = ()) -> Term:
    """The head applied to all its arguments, each of the sort that the head asks for."""
    args = tuple(args)
    require(type(head) is Head, "not a head: {}", head)
    sort = head.sort
    for arg in args:
        require(type(arg) is Term and sort.name == "→", "{} : {} takes no argument {}", head.name, head.sort, arg)
        if sort.args[0] != arg.sort:
            raise KernelError(f"{head.name}: expected {sort.args[0]}, found {arg} of sort {arg.sort}")
        sort = sort.args[1]
    require(sort.name != "→", "{}: an argument is missing, of the sort before the arrow in {}", head.name, sort)
    term = _make((head, args), args, head.sort.schematic, head=head, args=args, domain=None, body=None, sort=sort)
    if head.kind == BOUND:
        term.__dict__["loose"] = max(term.loose, head.index + 1)
    elif head.kind == VARIABLE:
        term.__dict__["variables"] = term.variables | {head}
    elif head.kind == PATTERN:
        term.__dict__.update(patterns=term.patterns | {head}, schematic=True)
    return term


def abstraction(domain: Sort, body: Term, hint: str = "x") -> Term:
    """``λ domain. body``, where the body's innermost loose bound variable becomes bound."""
    fits = type(body) is Term and type(domain) is Sort and domain.cls != DIMENSION
    require(fits, "an abstraction binds a sort in a term")
    fields = {"head": None, "args": (), "domain": domain, "body": body, "hint": check_name(hint)}
    loose = max(0, body.loose - 1)
    term = _make((domain, body), (body,), domain.schematic, sort=fun(domain, body.sort), **fields)
    term.__dict__["loose"] = loose
    return term


def eta(head: Head) -> Term:
    """A head as a term: ``f`` becomes ``λa b. f(a, b)``, as eta-long terms want it."""
    domains, sort = [], head.sort
    while sort.name == "→":
        domains.append(sort.args[0])
        sort = sort.args[1]
    count = len(domains)
    lifted = Head(BOUND, head.index + count, head.sort) if head.kind == BOUND else head
    term = application(lifted, [eta(Head(BOUND, count - 1 - k, domain)) for k, domain in enumerate(domains)])
    for domain in reversed(domains):
        term = abstraction(domain, term, "u")
    return term


def constant(declaration: Declaration, sort: Sort) -> Term:
    """The declared constant at one instance of its sort."""
    return eta(Head(CONSTANT, declaration.name, sort, declaration))


def _rebuild(term: Term, leaf: Callable, skip: Callable, under: int = 0) -> Term:
    """``leaf(head, args, under)`` for each application below ``under`` binders; what ``skip`` passes stays."""
    if skip(term, under):
        return term
    if term.body is not None:
        return abstraction(term.domain, _rebuild(term.body, leaf, skip, under + 1), term.hint)
    return leaf(term.head, [_rebuild(arg, leaf, skip, under) for arg in term.args], under)


def _closed_below(term: Term, under: int) -> bool:
    return term.loose <= under


def _shift(term: Term, by: int) -> Term:
    """Make room for ``by`` more binders around ``term``."""

    def leaf(head: Head, args: list[Term], under: int) -> Term:
        return application(Head(BOUND, head.index + by, head.sort) if head.index >= under else head, args)

    return _rebuild(term, leaf, _closed_below) if by else term


def apply(term: Term, args: Sequence[Term]) -> Term:
    """The term applied to the arguments, beta-normal again."""
    for value in args:
        fits = type(term) is Term and term.body is not None and type(value) is Term and term.domain == value.sort
        require(fits, "cannot apply {} to {}", term, value)

        def leaf(head: Head, args: list[Term], under: int, value: Term = value) -> Term:
            if head.index == under:
                return apply(_shift(value, under), args)
            return application(Head(BOUND, head.index - 1, head.sort) if head.index > under else head, args)

        term = _rebuild(term.body, leaf, _closed_below)
    return term


def abstract(term: Term, variable: Head, hint: str = "") -> Term:
    """``λ v. term`` for a free variable (or pattern variable) ``v``."""
    require(type(variable) is Head and variable.kind in (VARIABLE, PATTERN), "not a variable: {}", variable)

    def leaf(head: Head, args: list[Term], under: int) -> Term:
        return application(Head(BOUND, under, head.sort) if head == variable else head, args)

    body = _rebuild(_shift(term, 1), leaf, lambda part, _: variable not in part.variables | part.patterns)
    return abstraction(variable.sort, body, hint or variable.name)


def substitute(term: Term, mapping: Mapping[Head, Term]) -> Term:
    """Replace free variables and pattern variables, all at once, by closed terms of the same sorts."""
    for head, value in mapping.items():
        fits = type(head) is Head and type(value) is Term and value.sort == head.sort and not value.loose
        require(fits, "cannot put {} for {}", value, head.name)

    def leaf(head: Head, args: list[Term], _: int) -> Term:
        return apply(mapping[head], args) if head in mapping else application(head, args)

    unchanged = lambda part, _: part.variables.isdisjoint(mapping) and part.patterns.isdisjoint(mapping)
    return _rebuild(term, leaf, unchanged)


def substitute_sorts(term: Term, mapping: dict[Sort, Sort]) -> Term:
    """Replace sort variables, base sorts and dimensions throughout a term (a declaration is closed)."""
    if term.body is not None:
        return abstraction(substitute_sort(term.domain, mapping), substitute_sorts(term.body, mapping), term.hint)
    kind, name, sort, declaration = term.head.key
    head = Head(kind, name, substitute_sort(sort, mapping), declaration)
    return application(head, [substitute_sorts(arg, mapping) for arg in term.args])


def text(term: Term, scope: tuple[str, ...] = ()) -> str:
    """The term in plain letters; a bound name that would clash with another is primed."""
    if term.body is not None:
        name, taken = term.hint, _names(term.body).union(scope)
        while name in taken:
            name += "'"
        return f"(λ{name}. {text(term.body, (name, *scope))})"
    name, index = str(term.head.name), term.head.index
    if index >= 0:
        name = scope[index] if index < len(scope) else f"#{index - len(scope)}"
    return name + (f"({', '.join(text(arg, scope) for arg in term.args)})" if term.args else "")


def _names(term: Term) -> set[str]:
    parts = (term.body,) if term.body is not None else term.args
    own = {str(term.head.name)} if term.body is None else set()
    return own.union(*map(_names, parts))
