"""What the words of a document say of its maps, and what they deny, leave open, or say of something else."""

from __future__ import annotations

import pytest

from symbolic_equiv.document import read_derivation
from symbolic_equiv.latex.reader import read_text
from tests.judge.data.words import display

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


def said(words: str, name: str) -> bool:
    """Whether a document that begins with these words states the hypothesis."""
    text = words + r" Let $f : S \to \mathbb{R}^d$ and $i \in S$. Then" + display("f(x^{-1}(x(i))) = f(i)")
    return name in {each.hypothesis.name for each in read_derivation(read_text(text, "markdown")).hypotheses}


@pytest.mark.parametrize("words", BIJECTIVE)
def test_a_map_is_a_bijection_where_the_words_say_so(words):
    assert said(words, "x_is_bijective")


@pytest.mark.parametrize("words", NOT_BIJECTIVE)
def test_no_map_is_a_bijection_by_denials_and_possibilities_and_words_about_another(words):
    assert not said(words, "x_is_bijective")
