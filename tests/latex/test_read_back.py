"""Whatever the printer prints, the reader reads back: random well-sorted terms of every theory."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from symbolic_equiv.document import read_derivation
from symbolic_equiv.kernel.sorts import BASE
from symbolic_equiv.kernel.terms import Head, Term
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.latex.reader import read_text
from symbolic_equiv.latex.statements import declared
from symbolic_equiv.theories import entries, matrices, recursion
from symbolic_equiv.theories import language as lang
from symbolic_equiv.theories.language import Expr, symbol
from tests.latex import random_terms as r

EXAMPLES = 40


def context(heads: list[Head], notation: Notation) -> list[str]:
    """The lines of a context that declares these symbols, indices first, as the printer prints declarations."""
    shown = [declared(head, notation) for head in heads]
    letters = dict.fromkeys(index for each in shown for index in each.indices)
    lines = [rf"declare {letter} \in {place}" for letter, place in letters]
    return lines + [f"declare {each.name} {each.place}" for each in shown]


def read_back(term: Term, multiplicative: frozenset[str] = frozenset()) -> tuple[str, Term | None, str]:
    """What is printed, the term that is read of it with the names that the symbols had, and what went wrong."""
    letters = sorted((head for head in term.variables if head.sort.name != "→"), key=lambda head: str(head.name))
    holes = ", ".join(f"#{number}" for number in range(1, len(letters) + 1))
    name = f"beside_{len(letters)}"
    beside = symbol(
        name, *(head.sort for head in letters), term.sort, latex=(r"\Omega", f"({holes})")[: 1 + len(letters)]
    )
    before = beside(*(Expr(None, head) for head in letters)).term if letters else beside.term
    heads = sorted(before.variables | term.variables, key=lambda head: str(head.name))
    notation = Notation([term, before], multiplicative)
    printed = latex(term, notation)
    sorts = frozenset().union(r.leaves(term), *(head.sort.leaves for head in heads))
    sets = [f"declare {notation.sort(sort)}" for sort in sorted(sorts, key=str) if sort.cls == BASE]
    lines = ["<!-- symbolic-equiv", *sets, *context(heads, notation), "-->"]
    text = "\n".join([*lines, "$$", f"{latex(before, notation)} = {printed}", "$$", ""])
    derivation = read_derivation(read_text(text))
    (chain,) = [chain for chain in derivation.chains if len(chain.lines) == 2]
    found = chain.lines[1].term
    said = "\n".join([text, *(str(problem) for problem in derivation.problems)])
    return printed, None if found is None else renamed(found, heads, notation), said


def renamed(term: Term, heads: list[Head], notation: Notation) -> Term:
    """The term with the kernel's names of the symbols for those that the reader gave them: by how they print."""
    bare = lambda name: name.replace(" ", "")
    known = {(bare(notation.name(head)), head.sort): head for head in heads}
    own = Notation([term], notation.multiplicative)
    names = {head: known.get((bare(own.name(head)), head.sort), head) for head in term.variables}
    return r.with_heads(term, names)


def assert_read_back(term: Term, multiplicative: frozenset[str] = frozenset()) -> None:
    printed, found, said = read_back(term, multiplicative)
    assert found is not None, f"not read: {printed}\n{said}"
    assert found == term, f"{printed}\nprinted: {term}\nread:    {found}\n{said}"


@pytest.mark.parametrize("theory", r.THEORIES)
def test_terms_are_read_back(theory):
    grammar = r.THEORIES[theory]

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(r.terms(grammar))
    def check(term):
        assert_read_back(term, grammar.multiplicative)

    check()


S, X, K, V, d, n = r.S, r.X, r.K, r.V, r.d, r.n
e, zero = lang.unit(g=K), lang.zero(v=V)
one = entries.ones(n=d)

ONCE_READ_OTHERWISE = {
    "neutral elements": [
        (lang.mul(r.b, e), r"b e"),
        (lang.mul(e, e), r"e e"),
        (lang.act(lang.inv(e), r.y), r"e_{K}^{-1} \cdot y"),
        (lang.act(r.b, lang.act(r.a, lang.inv(lang.unit(g=X)))), r"b \cdot (a \cdot (-0))"),
        (lang.inner(zero, one), r"\langle 0_{d}, \mathbf{1}_{d} \rangle"),
        (r.W @ zero, r"W \cdot 0_{d}"),
        (entries.row_norms(lang.zero(v=lang.mat(d, r.k))), r"\lVert 0_{d \times d_{k}} \rVert_{row}"),
        (lang.scale(lang.zero(v=lang.SCALAR), lang.scale(r.c + r.c, zero)), r"0 \cdot ((c + c) \cdot 0)"),
        (entries.transpose(matrices.identity(n=n)), r"I^{\top}"),
    ],
    "letters": [
        (
            lang.scale(lang.total(r.j, lang.true(), r.c), lang.scale(r.s(r.j), r.v)),
            r"\biggl(\sum_{j' \in S} c\biggr) \, s(j) \, v",
        ),
        (lang.total(r.j, r.N(r.i, r.i), r.f(r.i)), r"\sum_{j \in S \colon i \in N(i)} f(i)"),
        (r.Theta(recursion.nought(), r.f, r.i), r"\Theta_{\mathrm{nought}}[f](i)"),
        (r.Theta(recursion.succ(r.depth_), r.f, r.i), r"\Theta_{\mathrm{succ}(t)}[f](i)"),
    ],
    "products": [
        (
            lang.scale(r.c, lang.scale(lang.one() + lang.one(), lang.total(r.j, lang.true(), r.f(r.j)))),
            r"c \biggl((1 + 1) \cdot \sum_{j \in S} f(j)\biggr)",
        ),
        (entries.hadamard(one, entries.reciprocals(r.v)), r"\mathbf{1} \odot (\mathbf{1} \oslash v)"),
        (entries.hadamard(r.w, entries.reciprocals(r.v)), r"w \oslash v"),
    ],
}  # fmt: skip
"""Terms that the reader took for others, or could not read, and how they print now."""


@pytest.mark.parametrize(
    ("expr", "expected"),
    [pair for group in ONCE_READ_OTHERWISE.values() for pair in group],
    ids=lambda value: str(value),
)
def test_terms_that_were_read_otherwise(expr, expected):
    multiplicative = frozenset("K")
    printed, _, _ = read_back(expr.term, multiplicative)
    assert printed == expected
    assert_read_back(expr.term, multiplicative)
