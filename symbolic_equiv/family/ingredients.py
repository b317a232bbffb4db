"""What an attention layer is put together from: an encoding, an adapter, a neighbourhood.

Each is a closed term over symbols, given as functions from expressions to an expression.  A symbol may have a
*meaning* on a place such as ``Z`` or ``Z/n``: what it is there, as a function of the elements.  A symbol without
one is arbitrary: a proof holds for all its values, and a counterexample may choose them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from symbolic_equiv.kernel.sorts import KernelError, Sort, substitute_sort
from symbolic_equiv.theories.language import SCALAR, Expr, dim, inner, mat, symbol
from symbolic_equiv.theories.statement import Hypothesis

if TYPE_CHECKING:
    from symbolic_equiv.family.layer import Pair

QUERY, KEY, VALUE, OUT = "qry", "key", "val", "out"
ROLES = (QUERY, KEY, VALUE, OUT)

Meaning = Callable[..., Any]
"""``meaning(place, *elements)``: the value of a symbol at elements of a place (see ``places``)."""


@dataclass(frozen=True, eq=False)
class Ingredient:
    """What all three have.

    ``name`` is what a user types, ``title`` what a table shows, ``says`` the formula's idea and its source.
    ``assuming`` are hypotheses about its symbols: each is assumed where the meanings satisfy it, and nowhere else.
    ``meaning`` takes names of symbols to meanings, ``sizes`` dimensions to the sizes that the meanings need.
    """

    name: str
    title: str
    says: str
    assuming: tuple[Hypothesis, ...] = ()
    meaning: Mapping[str, Meaning] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    breaks: str = ""
    """Why equivariance is lost with it, in a sentence: said where it is."""
    is_shipped: bool = True


@dataclass(frozen=True, eq=False)
class Encoding(Ingredient):
    """How a layer sees positions: ``score = ⟨query, key⟩ + bias``, each a function of the pair (i, j).

    ``input`` takes a feature vector and its position to what enters the layer.  ``softmax`` is False where the
    weights are the scores themselves.  ``lemmas`` are propositions about its symbols, with their proofs, that the
    prover may use.
    """

    input: Callable[[Expr, Expr], Expr] = lambda vector, position: vector
    query: Callable[[Pair], Expr] = lambda at: at.query
    key: Callable[[Pair], Expr] = lambda at: at.key
    bias: Callable[[Pair], Expr] | None = None
    value: Callable[[Pair], Expr] = lambda at: at.value
    softmax: bool = True
    lemmas: Sequence[Any] = ()

    def score(self, at: Pair) -> Expr:
        """The score of the pair."""
        score = inner(self.query(at), self.key(at))
        return score if self.bias is None else score + self.bias(at)


@dataclass(frozen=True)
class Projection:
    """One of the maps that an adapter changes: its role, the sorts it maps between, and the head (None for ``out``)."""

    role: str
    source: Sort
    target: Sort
    head: Expr | None

    def at(self, sorts: Mapping[Sort, Sort]) -> Projection:
        """The same projection with other dimensions."""
        head = self.head
        source, target = (substitute_sort(sort, dict(sorts)) for sort in (self.source, self.target))
        return Projection(self.role, source, target, head)

    @property
    def rows(self) -> Sort:
        return self.target.args[0]

    @property
    def columns(self) -> Sort:
        return self.source.args[0]

    def parameter(self, name: str, sort: Sort) -> Expr:
        """A parameter of this projection, ``A_qry`` say: one for each head where it has heads."""
        of = () if self.head is None else (self.head.sort,)
        latex = f"{name}_{{{self.role}}}"
        made = symbol(f"{name}_of_{self.role}", *of, sort, latex=(latex + "^{(#1)}",) if of else latex)
        return made(*(() if self.head is None else (self.head,)))

    @property
    def weight(self) -> Expr:
        """The frozen weight ``W``."""
        return self.parameter("W", mat(self.rows, self.columns))

    @property
    def bias(self) -> Expr:
        """The bias ``b``."""
        return self.parameter("b", self.target)

    def change(self, v: Expr) -> Expr:
        """``c B (A v)``, what LoRA adds."""
        down, up = self.parameter("A", mat(dim("r"), self.columns)), self.parameter("B", mat(self.rows, dim("r")))
        return symbol("c", SCALAR) * (up @ (down @ v))


@dataclass(frozen=True, eq=False)
class Adapter(Ingredient):
    """What becomes of the projections of a layer.

    ``map(projection, v)`` is the adapted projection of ``v``: the same for every token.  ``map_at(projection, token,
    v)`` is one that sees the token too, ``input(token, v)`` what the adapter makes of the input itself.  ``prefix``
    says whether learned keys and values at no position join those of the neighbours.  ``sorts`` replaces dimensions
    (a Kronecker product needs ``d_in = a × b``).
    """

    map: Callable[[Projection, Expr], Expr] | None = None
    map_at: Callable[[Projection, Expr, Expr], Expr] | None = None
    input: Callable[[Expr, Expr], Expr] | None = None
    prefix: bool = False
    sorts: Mapping[Sort, Sort] = field(default_factory=dict)

    @property
    def is_per_token(self) -> bool:
        """Whether it is the same map for every token, by its form."""
        return self.map_at is None and self.input is None


@dataclass(frozen=True, eq=False)
class Neighbourhood(Ingredient):
    """Which tokens j a token i attends to.

    ``of_difference(x(j) − x(i))`` is a predicate of the difference; ``of_pair(i, j)`` any predicate.  ``places``
    are the names of the places it is meant for.  ``cut`` is a predicate of tokens, the sequence, outside which there
    are none; ``interior`` restricts the claim to tokens whose neighbourhoods the cut does not touch.
    """

    of_difference: Callable[[Expr], Expr] | None = None
    of_pair: Callable[[Expr, Expr], Expr] | None = None
    places: tuple[str, ...] = ()
    elsewhere: str = ""
    """Why it has no meaning on other places."""
    cut: Callable[[Expr], Expr] | None = None
    interior: bool = False
    support: Mapping[str, Callable[[Any], list[Any]]] = field(default_factory=dict)
    """For a predicate, where alone it may hold: what makes sums over infinitely many tokens finite."""

    def keeps(self, token: Expr) -> Expr:
        """Whether a token is in the sequence.  Raises ``KernelError`` where nothing is cut off."""
        if self.cut is None:
            raise KernelError(f"{self.name} cuts nothing off")
        return self.cut(token)
