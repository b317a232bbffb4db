"""What the words of a document say of neighbourhoods and encodings; denials, exceptions, words about others."""

from __future__ import annotations

import pytest

from symbolic_equiv.document import read_derivation
from symbolic_equiv.latex.reader import read_text
from tests.judge.data.words import display
from tests.judge.judging import judged, kinds, shown, verdicts

GIVEN = r"""Let $x : S \to X$ be a bijection onto an abelian group $X$, $f : S \to \mathbb{R}^d$, $N : S \to 2^S$,
$\beta : S \times S \to \mathbb{R}$, $i, j \in S$ and $y \in X$. """

MOVED = display(r"\sum_{j \in N(x^{-1}(x(i) + y))} f(j) = \sum_{j \in N(i)} f(x^{-1}(x(j) + y))")
SHIFTED = display(r"\beta(x^{-1}(x(i) + y), x^{-1}(x(j) + y)) = \beta(i, j)")

MOVING = [
    r"We assume that $N$ is translation invariant.",
    r"The neighbourhoods $N(i)$ are translation invariant.",
    r"The neighbourhoods are translation equivariant.",
    r"We assume that neighbourhoods move with the tokens.",
    r"Here $N(i)$ is the same window around each token.",
    r"Suppose that $N$ is invariant under translations.",
    r"Let $N$ be shift-invariant.",
    r"The neighborhoods $N(i)$ move with the tokens.",
    r"All windows are translation invariant.",
    r"The neighbourhoods, which are translation-invariant, are finite.",
    r"We suppose that the neighbourhood $N(i)$ moves with its token.",
]
NOT_MOVING = [
    r"$N$ is not assumed to be translation invariant.",
    r"The neighbourhoods need not be translation invariant.",
    r"If $N$ is translation invariant, more is true.",
    r"The neighbourhoods $N(i)$ are translation invariant away from the boundary.",
    r"Neighbourhoods never move with the tokens.",
    r"We do not suppose that the neighbourhoods move with the tokens.",
    r"The layer is translation invariant.",
    r"Let $g : S \to \mathbb{R}$ be translation invariant.",
    r"Unless the neighbourhoods move with the tokens, this fails.",
    r"The neighbourhoods are translation invariant except at the edges.",
    r"Whether neighbourhoods move with the tokens does not matter.",
    r"We show that $N$ is translation invariant.",
    r"The complement of $N(i)$ is translation invariant.",
    r"The neighbourhoods of a translation invariant graph are finite.",
    r"First let $N$ be translation invariant. In general $N$ is not translation invariant.",
    r"The neighbourhoods are translation invariant. Later, the neighbourhoods are not translation invariant.",
    r"Were the neighbourhoods translation invariant, we could go on.",
    r"The neighbourhoods may be translation invariant.",
]
RELATIVE = [
    r"The bias $\beta(i, j)$ depends only on $x(j) - x(i)$.",
    r"The bias $\beta$ depends only on the relative position.",
    r"Here $\beta(i, j)$ is a function of $x(j) - x(i)$ only.",
    r"We assume that $\beta(i, j)$ depends only on the difference $x(i) - x(j)$.",
    r"Suppose $\beta(i,j)$ depends only on the difference of positions.",
    r"The bias $\beta(i, j)$ depends solely on $\|x(j) - x(i)\|$.",
    r"Here $\beta(i, j)$ depends only on the offset $x(j) - x(i)$.",
    r"Let $\beta$ be a function of the relative position alone.",
]
NOT_RELATIVE = [
    r"The bias $\beta(i, j)$ depends on $x(j) - x(i)$.",
    r"The bias $\beta$ does not depend only on the relative position.",
    r"If $\beta(i, j)$ depends only on $x(j) - x(i)$, it is relative.",
    r"The bias $\beta(i,j)$ depends only on $x(j) + x(i)$.",
    r"The bias $\beta(i,j)$ depends only on $x(j)$.",
    r"We do not assume that $\beta(i,j)$ depends only on $x(j) - x(i)$.",
    r"The norm of $\beta(i,j)$ depends only on $x(j) - x(i)$.",
    r"The bias $\beta(i,j)$ need not depend only on $x(j)-x(i)$.",
    r"The score $s$ depends only on $x(j) - x(i)$.",
    r"The bias $\beta(i,j)$ depends only on $x(j) - x(i)$ and $i$.",
    r"The bias $\beta(i,j)$ depends only on $x(j) - x(i)$ up to a constant.",
    r"The sign of $\beta$ depends only on the relative position.",
    r"The bias $\beta(i,j)$ depends only on $i - j$.",
    r"The bias $\beta(i,j)$ depends only on the relative position and the head.",
    r"The bias $\beta(i,j)$ depends only on $x(j) - x(i)$ as well as on $i$.",
    r"The bias $\beta(i,j)$ depends only on $x(j)-x(i)$, $i$ and $j$.",
]


def said(text: str, name: str) -> bool:
    """Whether a document states a hypothesis of that name."""
    return name in {each.hypothesis.name for each in read_derivation(read_text(text, "markdown")).hypotheses}


@pytest.mark.parametrize("words", MOVING)
def test_neighbourhoods_move_where_the_words_say_so(words):
    assert said(GIVEN + words + " Then" + MOVED, "N_moves")


@pytest.mark.parametrize("words", NOT_MOVING)
def test_no_neighbourhood_moves_by_denials_and_exceptions_and_words_about_another(words):
    assert not said(GIVEN + words + " Then" + MOVED, "N_moves")


@pytest.mark.parametrize("words", RELATIVE)
def test_an_encoding_is_relative_where_the_words_say_so(words):
    assert said(GIVEN + words + " Then" + SHIFTED, "beta_is_relative")


@pytest.mark.parametrize("words", NOT_RELATIVE)
def test_no_encoding_is_relative_that_may_depend_on_more(words):
    assert not said(GIVEN + words + " Then" + SHIFTED, "beta_is_relative")


def test_what_the_words_state_is_used_and_is_no_erratum():
    for words, equation in ((MOVING[0], MOVED), (RELATIVE[0], SHIFTED)):
        document = judged(GIVEN + words + " Then" + equation)
        assert verdicts(document) == ["proved"] and not kinds(document), shown(document)
    document = judged(GIVEN + "Then" + MOVED)
    assert verdicts(document) == ["proved"] and kinds(document) == {"hypothesis"}, shown(document)
    assert verdicts(judged(GIVEN + "Then" + SHIFTED)) == ["refuted"]


def test_a_relative_encoding_is_any_function_of_the_difference():
    assert verdicts(judged(GIVEN + RELATIVE[0] + " Then" + display(r"\beta(i, j) = \beta(j, i)"))) == ["refuted"]


def test_tokens_may_be_their_own_positions():
    text = r"""Let $\beta : \mathbb{Z} \times \mathbb{Z} \to \mathbb{R}$ and $i, j, s \in \mathbb{Z}$. The bias
$\beta(i, j)$ depends only on $j - i$. Then"""
    document = judged(text + display(r"\beta(i + s, j + s) = \beta(i, j)"))
    assert verdicts(document) == ["proved"] and not kinds(document), shown(document)


def test_of_a_group_that_is_written_as_products_the_words_do_not_say_the_side():
    text = r"""Let $x : S \to G$ be a bijection onto a group $G$, $f : S \to \mathbb{R}^d$, $N : S \to 2^S$, $g \in G$.
The neighbourhoods $N(i)$ are translation invariant. Then"""
    equation = display(r"\sum_{j \in N(x^{-1}(g x(i)))} f(j) = \sum_{j \in N(i)} f(x^{-1}(g x(j)))")
    assert not said(text + equation, "N_moves")


GLOBAL = [
    "We consider global attention, $N(i) = S$ for all $i$.",
    "Every token attends to all tokens, i.e. $N(i) = S$.",
    "Let $N(i) = S$.",
]
NOT_GLOBAL = [
    "",
    "We do not assume that $N(i) = S$.",
    "If $N(i) = S$, all is easy.",
    "For global attention, $N(i) = S$.",
    "The neighbourhoods may be small or large, e.g. $N(i) = S$.",
    "Either $N(i) = S$ or not.",
    "Later we show that $N(i) = S$.",
]
LAWS = [
    r"The bias $\beta$ satisfies $\beta(i, j) = \beta(j, i)$.",
    r"The bias $\beta$ is symmetric, i.e. $\beta(i, j) = \beta(j, i)$ for all $i, j \in S$.",
    r"Here $\beta$ is invariant in the sense that $\beta(i, j) = \beta(j, i)$.",
    r"Let $\beta$ be symmetric: $\beta(i, j) = \beta(j, i)$.",
]
NO_LAWS = [
    r"We show that the bias $\beta$ satisfies $\beta(i, j) = \beta(j, i)$.",
    r"Hence the bias $\beta$ satisfies $\beta(i, j) = \beta(j, i)$.",
    r"If the bias $\beta$ satisfies $\beta(i, j) = \beta(j, i)$, we call it symmetric.",
    r"Nothing says that the bias $\beta$ satisfies $\beta(i, j) = \beta(j, i)$.",
    r"The signal $f$ is nice, $\beta(i, j) = \beta(j, i)$.",
    r"The bias $\beta$ would be symmetric: $\beta(i, j) = \beta(j, i)$.",
    r"Only a symmetric $\beta$ satisfies $\beta(i, j) = \beta(j, i)$.",
    r"Hardly any bias $\beta$ satisfies $\beta(i, j) = \beta(j, i)$.",
    r"Symmetric biases exist, and these satisfy $\beta(i, j) = \beta(j, i)$.",
    r"The symmetric ones among the biases satisfy $\beta(i, j) = \beta(j, i)$.",
    r"The biases of others, which satisfy $\beta(i, j) = \beta(j, i)$, are a special case.",
    r"Some of the heads learn biases that satisfy $\beta(i, j) = \beta(j, i)$.",
    r"A bias is a map $\beta : S \times S \to \mathbb{R}$. These rarely satisfy $\beta(i, j) = \beta(j, i)$.",
    r"The biases of others satisfy $\beta(i, j) = \beta(j, i)$. Ours do not.",
]
SWAPPED = display(r"\beta(j, i) f(i) = \beta(i, j) f(i)")


def last(text: str) -> str:
    """The verdict on the last step."""
    return verdicts(judged(text))[-1]


@pytest.mark.parametrize("words", GLOBAL)
def test_every_token_may_see_all(words):
    document = judged(GIVEN + words + " Then" + MOVED)
    assert verdicts(document)[-1] == "proved" and not kinds(document), shown(document)


@pytest.mark.parametrize("words", NOT_GLOBAL)
def test_not_every_token_sees_all_unless_the_words_say_so(words):
    text = GIVEN + words + " Then" + display(r"\sum_{k \in N(i)} f(k) = \sum_{k \in S} f(k)")
    assert last(text) in ("refuted", "unproved")


@pytest.mark.parametrize("words", LAWS)
def test_what_the_words_say_that_a_symbol_satisfies_is_assumed(words):
    document = judged(GIVEN + words + " Then" + SWAPPED)
    assert verdicts(document) == ["proved"] and not kinds(document), shown(document)


@pytest.mark.parametrize("words", NO_LAWS)
def test_what_is_shown_supposed_or_denied_is_not_assumed(words):
    assert last(GIVEN + words + " Then" + SWAPPED) in ("refuted", "unproved")


def test_what_a_defined_symbol_satisfies_is_a_claim():
    text = GIVEN + r"We write $q(i, j) := f(i)$. The map $q$ satisfies $q(i, j) = q(j, i)$."
    assert verdicts(judged(text)) == ["refuted"]
