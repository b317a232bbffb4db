"""What defines, abbreviates, assumes or declares, and what outranks what."""

from __future__ import annotations

import pytest

from symbolic_equiv.document import Context
from symbolic_equiv.document.context import as_lines
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.latex.reader import read_text
from tests.document.helpers import TOKENS, chains, display, kinds, proved, read, terms

SHIFT = r"We define $T_y[f](i) := f(x^{-1}(x(i) - y))$."

DEFINE = {
    "with :=": display("q(i) := f(i) + f(i)"),
    "where": "\nHere " + display("f(i) = q(i)") + "where $q(i) = f(i) + f(i)$.",
    "let": "\nLet" + display("q(i) = f(i) + f(i)"),
    "denote": "\nWe denote by $q(i) = f(i) + f(i)$ the double.",
    "given by": "\nThe double is given by" + display("q(i) = f(i) + f(i)"),
    "we write": "\nWe write" + display("q(i) = f(i) + f(i)"),
    "the definition of": "\nThis is the definition of" + display("q(i) = f(i) + f(i)"),
    "a new name that comes out of what was said": "\nPutting this in, we get" + display("q(i) = f(i) + f(i)"),
    "an index": "\nWe write" + display("q_i = f(i) + f(i)"),
    "an operator": "\nWe write" + display("q[f](i) = f(i) + f(i)"),
    "an operator in brackets": "\nWe write" + display("(q_y f)(i) = f(x^{-1}(x(i) + y))"),
    "entries": "\nWe write" + display(r"Q_{i,j} = \langle f(i), f(j) \rangle"),
    "generalised over the values of f": "\nWe write" + display("q(f(i)) = f(i) + f(i)"),
}


@pytest.mark.parametrize("text", DEFINE.values(), ids=DEFINE.keys())
def test_defines(text):
    found = read(TOKENS + text)
    assert len(found.definitions) == 1
    assert found.definitions[0].declaration.definition is not None


NOT_DEFINE = {
    "no cue": display("q(i) = f(i) + f(i)"),
    "a finished sentence": "\nLet us go on." + display("q(i) = f(i) + f(i)"),
    "announced to hold": "\nWe want to show that" + display("q(i) = f(i) + f(i)"),
    "an argument that is no variable": "\nLet" + display("q(x^{-1}(y)) = f(x^{-1}(y))"),
    "the same variable twice": "\nLet" + display(r"q(i, i) = f(i)"),
    "the symbol itself on the right": "\nLet" + display("q(i) = q(i) + f(i)"),
    "a cycle through another": "\nLet $q(i) = p(i) + f(i)$ and $p(i) = q(i) + f(i)$, where $p(j) = q(j)$.",
    "an operator applied to what was defined": "\nLet" + display("q[T_y[f]](i) = f(i)"),
    "a part of the compound argument left over": "\nLet" + display("q(f(i)) = f(i) + f(j) + f(i)"),
    "an inequality": "\nLet" + display(r"q(i) \neq f(i)"),
}


@pytest.mark.parametrize("text", NOT_DEFINE.values(), ids=NOT_DEFINE.keys())
def test_does_not_define(text):
    found = read(TOKENS + SHIFT + text)
    names = [each.name for each in found.definitions if each.name != "T"]
    assert names in ([], ["p"], ["q"])  # of a cycle, one may define


def test_a_second_definition_of_a_name_is_a_claim():
    found = read(TOKENS + "\nLet" + display("q(i) = f(i)") + "\nLet" + display("q(i) = f(i) + f(i)"))
    assert [chain.role for chain in found.chains if not chain.inline] == ["definition", "chain"]
    assert proved(found) == [False]


def test_a_weak_cue_does_not_define_what_the_built_in_context_defines():
    found = read(TOKENS + "\nThen we get" + display("L_y[f](i) = f(i)"))
    assert found.definitions == ()
    assert proved(found) == [False]


def test_the_document_may_define_what_the_built_in_context_defines_otherwise():
    found = read(TOKENS + "\nWe write" + display("L_y[f](i) = f(x^{-1}(x(i) + y))") + display("L_y[f](i) = L_y[f](i)"))
    assert [each.name for each in found.definitions] == ["L"]
    assert all(not each.is_definition for each in found.context.supplied)
    assert kinds(found, but="") == []


def test_a_definition_that_the_text_lacks_is_supplied_and_can_be_withheld():
    text = TOKENS + "\nWe want" + display("L_y[f](i) = f(x^{-1}(x(i) - y))")
    found = read(text)
    assert [each.name for each in found.context.supplied if each.is_definition] == ["L"]
    assert proved(found) == [True]
    assert proved(read(text, withheld=frozenset(["L"]))) == [False]


def test_a_decorated_name_takes_the_definition_of_the_plain_one():
    text = "\nWe want" + display(r"L^{new}_y[f](i) = f(x^{-1}(x(i) - y))")
    assert proved(read(TOKENS + text)) == [True]


def test_a_definition_serves_signals_of_all_dimensions():
    text = TOKENS + r"Let $g : S \to \mathbb{R}^k$. " + SHIFT + "\nWe want"
    found = read(text + display("T_y[f](i) = f(x^{-1}(x(i)-y))") + display("T_y[g](i) = g(x^{-1}(x(i)-y))"))
    assert proved(found) == [True, True] and kinds(found) == []


def test_an_abbreviation_is_expanded_where_its_variables_are_fixed_only():
    text = TOKENS + r"Put $\bar i = x^{-1}(x(i) - y)$ and $\bar j = x^{-1}(x(j) - y)$."
    found = read(text + display(r"f(x^{-1}(x(i) - y)) + f(i) = f(\bar i) + \sum_{\bar j \in N(\bar i)} f(\bar j)"))
    moved = "x^{-1}(x(i) - y)"
    assert terms(found)[-1] == rf"f({moved}) + \sum_{{\overline{{j}} \in N({moved})}} f(\overline{{j}})"


def test_an_abbreviation_does_not_rename_what_is_declared():
    found = read(TOKENS + r"Put $i = x^{-1}(x(j) - y)$." + display("f(i) = f(i)"))
    assert terms(found)[-1] == "f(i)"


def test_implications_in_the_text_are_an_abbreviation_and_a_claim():
    text = r"We substitute $\tilde i = x^{-1}(x(i) - y) \implies i = x^{-1}(x(\tilde i) + y)$."
    found = read(TOKENS + text)
    assert [chain.role for chain in found.chains[-2:]] == ["abbreviation", "chain"]
    assert proved(found) == [True]


def test_a_placeholder_is_any_body():
    text = TOKENS + r"Let $\mathcal{M} : S \to 2^S$. We want"
    found = read(
        text
        + display(r"\sum_{j \in N(i)} [\bullet] = \sum_{k \in N(i)} [\bullet] = \sum_{k \in \mathcal{M}(i)} [\bullet]")
    )
    assert proved(found) == [True, False]


def test_a_recalled_definition_of_a_known_symbol_is_an_assumption():
    text = TOKENS + r"Let $\rho : S \times S \to \mathbb{R}^d$ and $\pi : X \to \mathbb{R}^d$."
    text += r" Using the definition of $\rho(i, j) = \pi(x(j) - x(i))$, we see that" + display(
        r"\rho(i, i) = \pi(x(j) - x(j))"
    )
    found = read(text)
    assert [each.hypothesis.name for each in found.hypotheses if "bijective" not in each.hypothesis.name] == ["line_3"]
    assert proved(found) == [True]


@pytest.mark.parametrize(
    "words",
    [
        "let $p : T \\to T$ be a bijection with inverse $p^{-1}$",
        "let $p : T \\to T$ be a permutation of $T$",
        "a map $p : T \\to T$, where $p$ is a bijection",
        "let $p : T \\to T \\text{ bijection}$",
    ],
)
def test_a_stated_bijection_is_known_although_no_formula_uses_its_inverse(words):
    text = f"Let $u : T \\to \\mathbb{{R}}^d$ be a signal and {words}. Then"
    equation = display(r"\sum_{s \in T} u(p(s)) = \sum_{s \in T} u(s)")
    assert proved(read(text + equation), available=False) == [True]


def test_what_stands_beside_another_symbol_makes_no_bijection():
    text = r"Let $u : T \to \mathbb{R}^d$ be a signal, $p : T \to T$ a map, and $g : T \to T$ be a bijection. Then"
    equation = display(r"\sum_{s \in T} u(p(s)) = \sum_{s \in T} u(s)")
    assert proved(read(text + equation), available=False) == [False]


@pytest.mark.parametrize("equation", [r"L_y[f](i) = f(i)", r"\rho(i, i) = \pi(y)", r"\rho(i, j) = \rho(j, i)"])
def test_a_recalled_equation_that_could_not_define_is_no_assumption(equation):
    text = TOKENS + r"Let $\rho : S \times S \to \mathbb{R}^d$ and $\pi : X \to \mathbb{R}^d$."
    found = read(text + rf" Using the definition of ${equation}$, we see that" + display("f(i) = f(j)"))
    assert not any(each.hypothesis.name.startswith("line") for each in found.hypotheses)
    assert proved(found)[-1] is False


CONTEXT = r"""<!-- symbolic-equiv:
declare p : V \to P \text{ bijection}
declare u : V \to \mathbb{R}^c
declare B : V \to 2^V
define T_z[u](s) := u(p^{-1}(p(s) - z))
assume moves: p^{-1}(p(t) + z) \in B(p^{-1}(p(s) + z)) \iff t \in B(s)
-->
"""


def test_a_context_block_declares_defines_and_assumes():
    claim = r"\sum_{t \in B(s)} T_z[u](t) = \sum_{t \in B(p^{-1}(p(s) - z))} u(t)"
    found = read(CONTEXT + "We want" + display(claim))
    assert [each.hypothesis.name for each in found.hypotheses] == ["moves", "p_is_bijective"]
    assert [each.origin for each in found.definitions] == ["user"]
    assert proved(found, available=False) == [True]


def test_the_set_of_moved_neighbours_is_the_same_assumption():
    sets = r"assume moves: B(p^{-1}(p(s) + z)) = \{ p^{-1}(p(t) + z) : t \in B(s) \}"
    lines = CONTEXT.splitlines()
    lines[5] = sets
    one, other = read(CONTEXT), read("\n".join(lines))
    shown = [[latex(side) for side in each.hypotheses[0].hypothesis.equations[0]] for each in (one, other)]
    assert shown[0] == shown[1]


def test_the_users_context_outranks_the_document():
    user = Context(as_lines(read_text("<!-- symbolic-equiv:\ndeclare f : S \\to \\mathbb{R}^k\n-->").context))
    text = r"Let $f : S \to \mathbb{R}^d$ and $\phi : \mathbb{R}^k \to \mathbb{R}^m$." + display(
        r"\phi(f(i)) = \phi(f(i))"
    )
    assert kinds(read(text, context=user)) == []
    assert kinds(read(text)) != []


def test_a_document_that_contradicts_itself():
    found = read(r"Let $f : S \to \mathbb{R}^d$ and, later, $f : S \to \mathbb{R}^k$.")
    assert kinds(found) == [(1, "sort")]


def test_a_document_that_differs_from_the_built_in_context():
    found = read(r"Let $N : \mathbb{R}^d \to \mathbb{R}^d$ and $x, y \in \mathbb{R}^d$." + display("N(x) = N(y)"))
    assert kinds(found, but="") == []


def test_positions_in_a_vector_space():
    text = r"Let $x : S \to \mathbb{R}^n$ be a bijection, $f : S \to \mathbb{R}^d$ and $y \in \mathbb{R}^n$. We want"
    found = read(text + display(r"f(x^{-1}(x(i) + y - y)) = f(i)") + display(r"x(i) + y = y + x(i)"))
    assert kinds(found, but="") == [] and proved(found) == [True, True]


def test_a_group_is_not_taken_for_commutative():
    text = r"Let $x : S \to G$ be a bijection and $g \in G$. We want"
    assert proved(read(text + display("g x(i) = x(i) g"))) == [False]


def test_undeclared_symbols_are_one_problem_with_the_sorts_they_are_read_at():
    found = read(TOKENS + display(r"\phi(f(i)) = \psi(f(i))"))
    (problem,) = found.problems
    assert problem.kind == "undefined"
    assert r"\phi" in problem.message and r"\psi" in problem.message and "R^d" in problem.message


def test_a_feature_vector_used_as_a_position():
    text = r"Let $f : S \to \mathbb{R}^d$ and $y \in \mathbb{R}^d$. We want"
    assert (1, "sort") in kinds(read(text + display("L_y[f](i) = f(x^{-1}(x(i) - y))")))
    other = text.replace(r"y \in \mathbb{R}^d", r"y \in \mathbb{R}^m")
    assert kinds(read(other + display("L_y[f](i) = f(x^{-1}(x(i) - y))"))) == []


def test_a_map_declared_on_the_wrong_dimension():
    text = TOKENS + r"Let $\phi : L_{\mathbb{R}^k}(S) \to L_{\mathbb{R}^m}(S)$."
    found = read(text + display(r"\phi(f(i)) = \phi(f(i))"))
    assert kinds(found) == [(2, "sort")] or kinds(found) == [(3, "sort")]
    assert all(line.term is not None for line in found.chains[-1].lines)


def test_claims_announced_in_the_text():
    found = read(TOKENS + "\nWe need the following equation to hold," + display("f(i) = f(j)"))
    assert len(chains(found, "claim")) == 1
