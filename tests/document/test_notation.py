"""One notation at a time: which term a formula is, or why it is none."""

from __future__ import annotations

import pytest

from tests.document.helpers import TOKENS, display, kinds, read, term, terms

APPLICATION = {
    "a map by juxtaposition": r"\phi f(i)",
    "a map of the signal, taken at a token": r"\phi(f)(i)",
    "a map of the value": r"\phi(f(i))",
    "square brackets": r"\phi[f](i)",
    "brackets of any size": r"\phi\left( f \bigl( i \bigr) \right)",
}


@pytest.mark.parametrize("formula", APPLICATION.values(), ids=APPLICATION.keys())
def test_a_map_of_signals_acts_pointwise(formula):
    text = TOKENS + r"Let $\phi : L_{\mathbb{R}^d}(S) \to L_{\mathbb{R}^k}(S)$."
    text += display(r"\phi(f(j)) = \phi(f(j))") + display(formula)
    assert terms(read(text))[-1] == r"\phi(f(i))"


def test_an_operator_of_signals_stays_one_where_nothing_else_is_printed():
    text = TOKENS + r"Let $K : L_{\mathbb{R}^d}(S) \to L_{\mathbb{R}^d}(S)$." + display("K[f](i) = f(i)")
    assert terms(read(text)) == ["K[f](i)", "f(i)"]


GROUPS = {
    "the difference of two positions is p q⁻¹": ("x(i) - x(j)", "x(i) - x(j)"),
    "a sum of positions is their product": ("x(i) + y", "x(i) + y"),
    "the inverse of an element": ("y^{-1}", "-y"),
    "the inverse of a function": ("x^{-1}(y)", r"x^{-1}(y)"),
    "elements side by side": ("y^{-1} x(i)", "-y + x(i)"),
    "both kinds of inverse": (r"x^{-1}(y^{-1} x(i))", r"x^{-1}(-y + x(i))"),
    "a group that acts": (r"a^{-1}(x(i) - y)", r"(-a) \cdot (x(i) - y)"),
}


@pytest.mark.parametrize(("formula", "expected"), GROUPS.values(), ids=GROUPS.keys())
def test_groups(formula, expected):
    assert term(TOKENS + r"Let $a \in H$." + display(formula)) == expected


SUMS = {
    "over a neighbourhood": (r"\sum_{j \in N(i)} f(j)", r"\sum_{j \in N(i)} f(j)"),
    "over a set": (r"\sum_{j \in S} f(j)", r"\sum_{j \in S} f(j)"),
    "a compound element binds its one free variable": (
        r"\sum_{x^{-1}(x(k) + y) \in N(i)} f(k)",
        r"\sum_{x^{-1}(x(k) + y) \in N(i)} f(k)",
    ),
    "a compound element and a compound domain": (
        r"f(i) = \sum_{x^{-1}(x(k) + y) \in N(x^{-1}(x(i) + y))} f(k)",
        r"\sum_{x^{-1}(x(k) + y) \in N(x^{-1}(x(i) + y))} f(k)",
    ),
    "numbers from 1 to H": (r"\sum_{a=1}^{H} g_a", r"\sum_{a \in [H]} g^{(a)}"),
    "a softmax by its letter": (
        r"\sum_{j \in N(i)} \sigma_j(s(i,j)) f(j)",
        r"\sum_{j \in N(i)} \sigma_{j}(s(i, j)) \, f(j)",
    ),
    "a softmax by its name, without a subscript": (
        r"\sum_{j \in N(i)} \mathrm{softmax}(s(i,j)) f(j)",
        r"\sum_{j \in N(i)} \sigma_{j}(s(i, j)) \, f(j)",
    ),
    "a softmax that says its domain": (
        r"\sum_{j \in S} \mathrm{softmax}_{j \in N(i)}(s(i,j)) f(j)",
        r"\sum_{j \in S} \operatorname{softmax}_{j' \in N(i)}(s(i, j'))_{j} f(j)",
    ),
    "a softmax over a compound element": (
        r"\sum_{x^{-1}(x(k) + y) \in N(i)} \sigma_{x^{-1}(x(k)+y)}(s(i,k)) f(k)",
        r"\sum_{x^{-1}(x(k) + y) \in N(i)} \sigma_{x^{-1}(x(k) + y)}(s(i, k)) \, f(k)",
    ),
    "the heads, one after the other": (r"\bigcup_{h \in [H]} g_h", r"\bigcup_{h \in [H]} g^{(h)}"),
    "the heads, by a double bar": (r"\big\Vert_{h=1}^{H} g_h", r"\bigcup_{h \in [H]} g^{(h)}"),
    "the heads, by a word": (r"\mathrm{Concat}_{h \in [H]} g^{(h)}", r"\bigcup_{h \in [H]} g^{(h)}"),
}


@pytest.mark.parametrize(("formula", "expected"), SUMS.values(), ids=SUMS.keys())
def test_what_binds(formula, expected):
    text = TOKENS + r"Let $s : S \times S \to \mathbb{R}$ and $g^{(h)} \in \mathbb{R}^k$ for $h \in [H]$."
    text += display("f(i) = f(i)") if "=" not in formula or "_{a=1}" in formula else ""
    found = read(text + display("x(i) = y") + display(formula))
    assert terms(found)[-1] == expected
    assert kinds(found) == []


NUMBERS = {
    "a product with a number": (r"c f(i)", "c f(i)"),
    "a fraction": (r"\frac{1}{\sqrt{d}} f(i)", r"\frac{f(i)}{\sqrt{d}}"),
    "an inner product": (r"\langle f(i), f(j) \rangle", r"\langle f(i), f(j) \rangle"),
    "an inner product by a transpose": (r"f(i)^\top f(j)", r"\langle f(i), f(j) \rangle"),
    "a norm": (r"\lVert f(i) \rVert", r"\sqrt{\langle f(i), f(i) \rangle}"),
    "a matrix times a vector": (r"W f(i)", "W f(i)"),
    "two matrices": (r"V W f(i)", "V W f(i)"),
    "a row, a matrix and a vector": (r"(W f(i))^T W f(j)", r"\langle W f(i), W f(j) \rangle"),
    "a composition applies the right map first": (r"(\psi \circ \phi)(f(i))", r"\psi(\phi(f(i)))"),
    "the sum of two maps": (r"(\phi + \phi)(f(i))", r"\phi(f(i)) + \phi(f(i))"),
    "exp": (r"\exp(c)", r"\exp(c)"),
}


@pytest.mark.parametrize(("formula", "expected"), NUMBERS.values(), ids=NUMBERS.keys())
def test_numbers_vectors_and_matrices(formula, expected):
    text = TOKENS + r"Let $c \in \mathbb{R}$, $W \in \mathbb{R}^{k \times d}$, $V \in \mathbb{R}^{m \times k}$. "
    text += r"Let $\phi : \mathbb{R}^d \to \mathbb{R}^k$ and $\psi : \mathbb{R}^k \to \mathbb{R}^d$."
    assert term(text + display(formula)) == expected


ILL_SORTED = {
    "a number and a matrix": (r"c = W", "shape"),
    "vectors of two sizes added": (r"f(i) + W f(i)", "shape"),
    "a matrix times what does not fit": (r"W W", "shape"),
    "a map applied to a token": (r"\phi(i)", "sort"),
    "a position added to a token": (r"x(i) + i", "sort"),
    "an inner product with a number": (r"\langle c, f(i) \rangle", "shape"),
    "a sum of tokens": (r"\sum_{j \in N(i)} j", "sort"),
    "a concatenation over tokens": (r"\bigcup_{j \in S} f(j)", "sort"),
    "two candidates for what a sum runs over": (r"\sum_{x^{-1}(x(a) + x(b)) \in N(i)} f(a)", "scope"),
    "no candidate": (r"\sum_{x^{-1}(y) \in N(i)} f(i)", "scope"),
    "a softmax outside any sum": (r"\sigma_k(c) f(i)", "scope"),
    "an operator without a reading": (r"f(i) \otimes f(i)", "unreadable"),
    "a power of a power": (r"c^{99}", "unreadable"),
}


@pytest.mark.parametrize(("formula", "kind"), ILL_SORTED.values(), ids=ILL_SORTED.keys())
def test_ill_sorted_lines_have_no_term_and_say_why(formula, kind):
    text = TOKENS + r"Let $c \in \mathbb{R}$, $W \in \mathbb{R}^{k \times d}$, $\phi : \mathbb{R}^d \to \mathbb{R}^k$."
    found = read(text + display(r"f(i) = f(i)") + display(formula))
    assert found.chains[-1].lines[-1].judged is None
    assert [problem.kind for problem in found.chains[-1].lines[-1].problems] == [kind]


def test_a_line_that_has_no_term_leaves_the_others_theirs():
    found = read(TOKENS + display("f(i) = f(x) = f(j)"))
    assert [line.judged is None for line in found.chains[-1].lines] == [False, True, False]


def test_a_sum_over_all_triples_is_a_sum_of_sums():
    text = r"Let $f : S \to \mathbb{R}$, $g : T \to \mathbb{R}$ and $h : U \to \mathbb{R}$. Then"
    found = read(
        text
        + display(
            r"\sum_{(i, j, k) \in S \times T \times U} f(i) g(j) h(k)"
            r" = \sum_{i \in S} \sum_{j \in T} \sum_{k \in U} f(i) g(j) h(k)"
        )
    )
    left, right = found.chains[-1].lines
    assert left.term == right.term
