"""Macros: what they expand to, where that is said to stand, and what stops them."""

from itertools import pairwise

import pytest

from symbolic_equiv.latex.reader import ReadError, normalised, parse, read_text, unparse

EXPANSIONS = {
    r"\newcommand{\R}{\mathbb{R}} \R^d": r"\mathbb{R}^{d}",
    r"\newcommand\R{\mathbb{R}} \R^d": r"\mathbb{R}^{d}",
    r"\renewcommand*{\phi}[1]{\varphi_{#1}} \phi{qry} + \phi k": r"\varphi_{qry} + \varphi_{k}",
    r"\newcommand{\ip}[2]{\langle #1, #2 \rangle} \ip{a}{\ip bc}": r"\langle a, \langle b, c \rangle \rangle",
    r"\newcommand{\m}[2][r]{m^{#1}_{#2}} \m{a} + \m[s]{b}": r"m^{r}_{a} + m^{s}_{b}",
    r"\def\f#1#2{#2(#1)} \f xg": "g(x)",
    r"\def\a{\b}\def\b{c} \a": "c",
    r"\let\a\alpha \a": r"\alpha",
    r"\DeclareMathOperator*{\cat}{Concat} \cat_h a_h": r"\operatorname*{Concat}_{h} a_{h}",
    r"\DeclarePairedDelimiter{\norm}{\lVert}{\rVert} \norm{x} + \norm*{y}": r"\lVert x \rVert + \lVert y \rVert",
    r"\def\a#1{x_{\text{#1}}} \a{qry}": r"x_{\mathrm{qry}}",
    r"\def\a#1{#12} \a{x}": "x 2",
    r"x \def\x{y}": "x",
}


@pytest.mark.parametrize("formula", EXPANSIONS)
def test_expansion(formula):
    assert normalised(parse(formula)) == EXPANSIONS[formula]


def test_a_macro_holds_from_its_definition_on():
    document = read_text(r"$\x$ \newcommand{\x}{a} $\x$ \renewcommand{\x}{b} $\x$", "latex")
    assert [normalised(inline.chains[0].lines[0].expression) for inline in document.inlines] == [r"\x", "a", "b"]


def test_expanded_text_stands_at_the_call_and_arguments_where_they_are():
    text = r"\newcommand{\ip}[2]{\langle #2, c#1 \rangle} $z + \ip{a(i)}{b}$"
    document = read_text(text, "latex")
    whole = document.inlines[0].chains[0].lines[0].expression
    group = whole.operands[1]
    assert unparse(whole) == r"z + \ip{a(i)}{b}"
    assert unparse(group) == r"\ip{a(i)}{b}"
    first, second = group.items
    assert unparse(first) == "b"
    assert unparse(second) == r"\ip{a(i)}{b}"  # c comes from the macro, a(i) from the call
    assert unparse(second.operands[1]) == "a(i)"


REFUSED = {
    r"\def\a{\a} \a": "expands without end",
    r"\def\a{\b}\def\b{\a} \a": "expands without end",
    r"\def\a#1{\a{#1#1}} \a{x}": "expands without end",
    r"\let\a\b \let\b\a \a": "expands without end",
    r"\def\a#1#2{#1} \a{x}": "needs 2 arguments, and has 1",
    r"\def\a#1{#1} \a{x": "never closed",
    r"\def\a#1.{#1} \a x.": "delimited parameters",
    r"\newcommand{\a}[1]{#2} \a x": "uses #2, and has 1",
}


@pytest.mark.parametrize("formula", REFUSED)
def test_refused(formula):
    with pytest.raises(ReadError, match=REFUSED[formula]):
        parse(formula)


def test_doubling_macros_are_stopped():
    names = "abcdefghijklmnopqrstuvwxyz"
    doubling = "".join(rf"\newcommand{{\{one}}}{{\{two}\{two}}}" for one, two in pairwise(names))
    with pytest.raises(ReadError, match="expands without end, or too far"):
        parse(doubling + r"\a")


def test_an_error_in_a_macro_stands_at_the_call():
    document = read_text("\\newcommand{\\bad}{(a]}\n$x + \\bad$ and $y$", "latex")
    (problem,) = document.errors
    assert (problem.line, problem.column) == (2, 6)
    assert len(document.inlines) == 2
