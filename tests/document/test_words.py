"""What the words of a document say of its maps, groups and matrices; denials, possibilities, words about others."""

from __future__ import annotations

import pytest

from symbolic_equiv.document import read_derivation
from symbolic_equiv.latex.reader import read_text
from tests.judge.data.words import display

PLACED = r"Let $x : S \to X$ be a bijection"
SQUARE = r"Let $P \in \mathbb{R}^{n \times n}$"

BIJECTIVE = [
    r"Let $x : S \to X$ be a bijection.",
    r"Let $x : S \to X$ be bijective.",
    r"Let $x : S \to X$ be one-to-one and onto.",
    r"Let $x : S \to X$ be invertible.",
    r"Let $x : S \to X$ have an inverse $x^{-1}$.",
    r"Let $x : S \to X$ be a map with inverse $x^{-1}$.",
    r"Let $x : S \to X$ be the positions, where $x^{-1}$ denotes the inverse of $x$.",
    r"Let $x : S \to X$; we write $x^{-1}$ for its inverse.",
    r"Let $x : S \to X$. We identify tokens with their positions via $x$.",
    r"Let $S$ be the tokens, $x : S \to X$ their positions, a bijection, and $k \in S$.",
    r"Let $x : S \to X$ be both injective and surjective.",
    r"The map $x : S \to X$ is assumed to be a bijection.",
    r"We assume that $x : S \to X$ is a bijection.",
    r"Every token $i \in S$ has a position $x(i) \in X$, where $x$ is a bijection.",
    r"Let $x : S \to X$ be a *bijection*.",
    r"Let $x : S \to X$ be a \emph{bijective} map.",
    r"Fix a bijection $x : S \to X$.",
    r"Given a bijective map $x : S \to X$,",
    r"Positions are given by a one-to-one correspondence $x : S \to X$.",
    r"Let $x : S \to X$ assign each token its position. The map $x$ is bijective.",
    r"Let $x \colon S \to X$ (a bijection) give the positions.",
    r"Without loss of generality $x : S \to X$ is a bijection.",
    r"Let $x : S \to X$ map the tokens bijectively to positions.",
    r"Let $x : S \to X$, which is a bijection, give positions.",
    r"Tokens have positions $x(i) \in X$; here $x$ maps $S$ bijectively onto $X$.",
    r"Let $S$ be a set, not necessarily finite, and let $x : S \to X$ be a bijection.",
    r"To prove this, let $x : S \to X$ be a bijection.",
    r"Let $x : S \to X$ be a map. It has an inverse $x^{-1}$.",
    r"Let $x : S \to X$ be a one-to-one map of $S$ onto $X$.",
    r"Let $x : S \to X \text{ be a bijection}$.",
    r"Suppose the position map $x : S \to X$ is invertible, with inverse $x^{-1} : X \to S$.",
    r"Let $x : S \to X$ assign to each token its position and be bijective.",
    r"Let $x : S \to X$ assign to each token its position and suppose it is bijective.",
    r"Let $x : S \to X$ be an injective and surjective function.",
    r"Let $x : S \to X$ denote the position of each token; it is a bijection.",
    r"Let $x: S \to X$ be the (bijective) positions.",
    r"The positions are $x(i) \in X$, and $x$ is assumed bijective.",
    r"Here $x$ is a bijection from the tokens $S$ onto the positions $X$.",
    r"Sei $x : S \to X$ eine Bijektion.",
    r"Throughout, $x : S \to X$ denotes a fixed bijection.",
    r"Let $x : S \to X$ be a function whose inverse is $x^{-1}$.",
]

NOT_BIJECTIVE = [
    r"Let $x : S \to X$ be a map.",
    r"Let $x : S \to X$, not assumed to be bijective.",
    r"Let $x : S \to X$ be a map, which need not be a bijection.",
    r"Let $x : S \to X$ be a map. It is not assumed that $x$ is a bijection.",
    r"Let $x : S \to X$ be no bijection.",
    r"Let $x : S \to X$ be a map. If $x$ were a bijection, all would be easy.",
    r"Let $x : S \to X$. We do not assume that $x$ is invertible.",
    r"Let $x : S \to X$ be the composite of a bijection and a projection.",
    r"Let $x : S \to X$ be injective.",
    r"Let $x : S \to X$ be one-to-one.",
    r"Let $x : S \to X$ be onto.",
    r"Let $x : S \to X$ be a bijection only if $S$ is finite.",
    r"Let $x : S \to X$ be non-bijective.",
    r"Let $x : S \to X$ fail to be a bijection.",
    r"The map $x : S \to X$ is never a bijection.",
    r"Let $x : S \to X$ be a bijection unless $S$ is empty.",
    r"Let $x : S \to X$ be almost a bijection.",
    r"Let $x : S \to X$ isn't bijective.",
    r"Whether $x : S \to X$ is a bijection is open.",
    r"Let $x : S \to X$ be a map, $g : S \to X$ a bijection.",
    r"Let $x : S \to X$ map tokens to the set of bijections.",
    r"Let $x : S \to X$ be a left inverse of a bijection.",
    r"Let $x : S \to X$, where $x^{-1}$ denotes a left inverse.",
    r"Let $x : S \to X$ be bijective. In this section $x$ need not be bijective.",
    r"Let $x : S \to X \text{ (not a bijection)}$.",
    r"Let $x : S \to X$ be a map. Neither $x$ nor $f$ is a bijection.",
    r"Let $x : S \to X$. A bijection $g : S \to S$ is given.",
    r"Let $x : S \to X$ be as before; no bijection $x$ exists in general.",
    r"Let $x : S \to X$ be a signal, a bijection $g : S \to S$ and more.",
    r"Let $x : S \to X$ be a map; we show that $x$ is a bijection.",
    r"Let $x : S \to X$ be a map rather than a bijection.",
    r"Let $x : S \to X$ be a map; $x$ might be a bijection.",
    r"Let $x : S \to X$, where $x^{-1}$ denotes the inverse image.",
    r"Let $x : S \to X$ be a bijection up to a null set.",
    r"Let $x : S \to X$ be a bijection, except at one token.",
    r"Let $x : S \to X$ be a bijection when restricted to the interior.",
    r"We do not assume that $S$ is finite or that $x : S \to X$ is a bijection.",
    r"Let $x : S \to X$. If it is a bijection, we are done.",
    r"Suppose $x : S \to X$ is locally a bijection.",
    r"Let $x : S \to X$ be a partial bijection.",
    r"Let $x : S \to X$. The case that $x$ is a bijection is treated elsewhere.",
]

ABELIAN = [
    PLACED + r" onto an abelian group $X$.",
    PLACED + r" onto an abelian group.",
    PLACED + r". Here $X$ is commutative.",
    PLACED + r" onto a commutative group $X$.",
    PLACED + r" onto an Abelian group $(X, +)$.",
    PLACED + r", where $X$ is an abelian group.",
    PLACED + r", where $X$ is a finite abelian group.",
    r"Let $(X, +)$ be an abelian group and $x : S \to X$ a bijection.",
    r"Let the group $X$ be commutative. " + PLACED + ".",
    PLACED + r", for an abelian group $X$.",
    r"The group $X$ is assumed to be abelian. " + PLACED + ".",
    r"We assume that $X$ is abelian. " + PLACED + ".",
    PLACED + r" onto $X$, an abelian group.",
    PLACED + r". Addition in $X$ is commutative.",
    PLACED + r" onto the abelian group $X$ of translations.",
    PLACED + r". The positions $X$ form an abelian group.",
    PLACED + r". The set $X$ of positions is a commutative group.",
    PLACED + r" onto a group $X$ that is abelian.",
    PLACED + r" onto a group $X$, which is commutative.",
    r"Let $X$ be an additive abelian group. " + PLACED + ".",
]

NOT_ABELIAN = [
    PLACED + r" onto a group $X$.",
    PLACED + r" onto a group $X$ that need not be abelian.",
    PLACED + r" onto the non-abelian group $X$.",
    PLACED + r" onto a group $X$, and $Y$ an abelian group.",
    PLACED + r". If $X$ is abelian, more is true.",
    PLACED + r". We do not assume that $X$ is abelian.",
    PLACED + r". It is not necessary that $X$ is commutative.",
    PLACED + r", where $X$ is not an abelian group.",
    PLACED + r". Even when $X$ is commutative, this matters.",
    PLACED + r". Suppose for contradiction that $X$ is abelian.",
    PLACED + r" onto a possibly non-commutative group.",
    PLACED + r" onto a not necessarily abelian group $X$.",
    PLACED + r" onto a not necessarily abelian group.",
    PLACED + r". No abelian group $X$ would do.",
    PLACED + r". Unless $X$ is abelian, sides matter.",
    PLACED + r" onto a group $X$. Here $X$ is abelian only if it is small.",
    PLACED + r". Whether $X$ is abelian is of no importance.",
    PLACED + r" onto $X$, an extension of an abelian group.",
    PLACED + r". Let $X$ be the product of an abelian group and another.",
    PLACED + r". The quotient of $X$ is abelian.",
    PLACED + r". The centre of $X$ is commutative.",
    r"Let $X$ be a group. In an abelian group $X$ there is no difference. " + PLACED + ".",
    PLACED + r". Let $X$ be abelian in the first example. In general, $X$ is not abelian.",
    PLACED + r" onto a group $X$. The diagram of $X$ is commutative.",
    PLACED + r" onto a group acting on an abelian group.",
    PLACED + r". Recall that $X$ is called abelian if sums commute.",
]

MATRIX = [
    r"Then, for any permutation matrix $P \in \mathbb{R}^{n \times n}$,",
    SQUARE + r" be orthogonal.",
    SQUARE + r" be an orthogonal matrix.",
    SQUARE + r" be a permutation matrix.",
    SQUARE + r". We assume that $P$ is orthogonal.",
    SQUARE + r", with $P$ orthogonal.",
    SQUARE + r" denote a permutation matrix.",
    r"For every permutation matrix $P \in \mathbb{R}^{n \times n}$,",
    r"Let $P, Q \in \mathbb{R}^{n \times n}$ be permutation matrices.",
    r"Let $P, Q \in \mathbb{R}^{n \times n}$. Here $P$ and $Q$ are orthogonal.",
    r"Let $P$ be an $n \times n$ permutation matrix.",
    r"Let $P$ be an orthogonal $n \times n$ matrix.",
    SQUARE + r" be the matrix of a permutation.",
    SQUARE + r" be the permutation matrix of $\sigma$.",
    SQUARE + r", a permutation matrix.",
    SQUARE + r" (a permutation matrix).",
]

NO_MATRIX = [
    SQUARE + r".",
    SQUARE + r" be not orthogonal.",
    SQUARE + r". If $P$ is orthogonal, all is easy.",
    SQUARE + r". We do not assume that $P$ is orthogonal.",
    SQUARE + r", which need not be orthogonal.",
    SQUARE + r". The rows of $P$ are orthogonal.",
    SQUARE + r" be orthogonal to $Q$.",
    SQUARE + r" be the sum of two permutation matrices.",
    SQUARE + r" be a product with an orthogonal matrix.",
    SQUARE + r", not necessarily a permutation matrix.",
    SQUARE + r". When $P$ is a permutation matrix, this is known.",
    SQUARE + r". Unless $P$ is orthogonal, this fails.",
    SQUARE + r". Let $Q$ be orthogonal.",
    SQUARE + r" have orthogonal rows.",
    SQUARE + r". Suppose first that $P$ is orthogonal. In general $P$ is not orthogonal.",
    SQUARE + r" be almost orthogonal.",
    SQUARE + r". Whether $P$ is a permutation matrix is unknown.",
    SQUARE + r". Only if $P$ is orthogonal is it true.",
    SQUARE + r" be orthogonal up to scaling.",
    SQUARE + r". The case of a permutation matrix $P$ is known.",
    SQUARE + r" be a matrix that no permutation matrix equals.",
    SQUARE + r" be a doubly stochastic, not a permutation matrix.",
    SQUARE + r". We show that $P$ is orthogonal.",
    SQUARE + r" be a soft permutation matrix.",
    SQUARE + r" be a relaxed permutation matrix.",
    SQUARE + r" be an approximately orthogonal matrix.",
]


USES = {
    "x_is_bijective": r" Let $f : S \to \mathbb{R}^d$ and $i \in S$. Then" + display("f(x^{-1}(x(i))) = f(i)"),
    "X_is_commutative": r" Let $f : S \to \mathbb{R}^d$, $i \in S$ and $y \in X$. Then"
    + display("f(x^{-1}(x(i) + y)) = f(i)"),
    "P_is": r" Let $M \in \mathbb{R}^{n \times n}$. Then" + display(r"P^\top P M = M"),
}


def said(words: str, name: str) -> bool:
    """Whether a document that begins with these words states a hypothesis whose name begins so."""
    document = read_derivation(read_text(words + USES[name], "markdown"))
    return any(each.hypothesis.name.startswith(name) for each in document.hypotheses)


@pytest.mark.parametrize("words", BIJECTIVE)
def test_a_map_is_a_bijection_where_the_words_say_so(words):
    assert said(words, "x_is_bijective")


@pytest.mark.parametrize("words", NOT_BIJECTIVE)
def test_no_map_is_a_bijection_by_denials_and_possibilities_and_words_about_another(words):
    assert not said(words, "x_is_bijective")


@pytest.mark.parametrize("words", ABELIAN)
def test_a_group_is_commutative_where_the_words_say_so(words):
    assert said(words, "X_is_commutative")


@pytest.mark.parametrize("words", NOT_ABELIAN)
def test_no_group_is_commutative_by_denials_and_possibilities_and_words_about_another(words):
    assert not said(words, "X_is_commutative")


@pytest.mark.parametrize("words", MATRIX)
def test_a_matrix_is_orthogonal_or_of_a_permutation_where_the_words_say_so(words):
    assert said(words, "P_is")


@pytest.mark.parametrize("words", NO_MATRIX)
def test_no_matrix_is_so_by_denials_and_possibilities_and_words_about_another(words):
    assert not said(words, "P_is")
