"""Finitely many tokens, and translations of a space where no finite set is closed: the text says it for y = 0 alone."""

from __future__ import annotations

import pytest

from tests.judge.data.words import display
from tests.judge.judging import judged, kinds, shown, verdicts

BACK = " Then" + display("f(x^{-1}(x(i) - y + y)) = f(i)")
SIGNAL = r" Let $f : S \to \mathbb{R}^d$ and $i \in S$."

STATED = {
    "numbers": r"Let $S = \{1, \dots, n\}$ and $x : S \to \R^m$ be a bijection, $y \in \R^m$.",
    "numbers from 0": r"Let $S = \{0, 1, \ldots, n - 1\}$ and $x : S \to \Z$ be a bijection, $y \in \Z$.",
    "bracket": r"Let $S = [n]$, $x : S \to \Z^2$ be a bijection and $y \in \Z^2$.",
    "a grid": r"Pixels are $S = [h] \times [w]$. Let $x : S \to \R^2$ be one-to-one and onto, $y \in \R^2$.",
    "an attribute": r"Let $x : S \to \R^m$ be a bijection of a finite set $S$, and $y \in \R^m$.",
    "an index set": r"For a finite index set $S$, let $x : S \to \R^m$ be a bijection and $y \in \R^m$.",
    "a predicate": r"Let $S$ be finite, $x : S \to \R^m$ be a bijection, and $y \in \R^m$.",
    "a finite set of tokens": r"Let $S$ be a finite set of tokens, $x : S \to \R$ a bijection and $y \in \R$.",
    "counted": r"Let $S$ be a set of $n$ tokens, $x : S \to \R^m$ a bijection and $y \in \R^m$.",
    "a size": r"Let $S$ be a set with $|S| = n$, $x : S \to \R^m$ a bijection and $y \in \R^m$.",
    "a size, with commands": r"Let $\lvert S \rvert < \infty$, let $x : S \to \Z^m$ be a bijection, $y \in \Z^m$.",
    "positions with a name": r"Let $S = \{1, \dots, n\}$, $X = \R^m$, $x : S \to X$ be a bijection and $y \in X$.",
    "only y is a vector": r"Let $S = \{1, \dots, n\}$, $x : S \to X$ be a bijection and $y \in \R^m$.",
    "over lines": "Let\n$S\n= \\{1,\\dots,n\\}$,\nlet $x : S \\to \\R^m$\nbe a bijection,\nand $y \\in \\R^m$.",
}
UNSTATED = {
    "nothing is said of x": r"Let $S = \{1, \dots, n\}$, $x : S \to \R^m$ and $y \in \R^m$.",
    "x is not declared": r"Let $S = \{1, 2, ..., n\}$. For any translation $y \in \R^m$,",
    "only injective": r"Let $S$ be a finite set, $x : S \to \Z^2$ injective and $y \in \Z^2$.",
}
SILENT = {
    "an unspecified set": r"Let $x : S \to \R^m$ be a bijection and $y \in \R^m$.",
    "remainders": r"Let $S = \{1, \dots, n\}$, $x : S \to \Z/n$ be a bijection and $y \in \Z/n$.",
    "all of the lattice": r"Let $S = \Z^m$, $x : S \to \Z^m$ be a bijection and $y \in \Z^m$.",
    "a finite group": r"Let $S$ be finite, $x : S \to G$ a bijection onto a finite group $G$ and $y \in G$.",
    "an abstract group": r"Let $S = \{1, \dots, n\}$, $x : S \to G$ be a bijection onto a group $G$ and $y \in G$.",
    "positions of which nothing is said": r"Let $S = [n]$, $x : S \to X$ be a bijection and $y \in X$.",
    "not finite": r"Let $S$ be a set, not finite, $x : S \to \R^m$ a bijection and $y \in \R^m$.",
    "need not be finite": r"Here $S$ need not be finite. Let $x : S \to \R^m$ be a bijection and $y \in \R^m$.",
    "finite or infinite": r"Let $S$ be a finite or infinite set, $x : S \to \R^m$ a bijection, $y \in \R^m$.",
    "infinite": r"Let $S$ be an infinite set, $x : S \to \R^m$ a bijection and $y \in \R^m$.",
    "a possibility": r"If $S$ is finite, all is easy. Let $x : S \to \R^m$ be a bijection and $y \in \R^m$.",
    "numbers without end": r"Let $S = \{1, 2, \ldots\}$, $x : S \to \R^m$ be a bijection and $y \in \R^m$.",
    "an infinite size": r"Let $|S| = \infty$, $x : S \to \R^m$ be a bijection and $y \in \R^m$.",
    "two readings": r"Let $S = \{1, \dots, n\}$ or $S = \Z^m$, $x : S \to \Z^m$ a bijection, $y \in \Z^m$.",
    "finite of another": r"Let $N(i)$ be finite, $x : S \to \R^m$ be a bijection and $y \in \R^m$.",
    "a torus": r"Let $S = [n]$ lie on a torus, $x : S \to \R^m$ be a bijection and $y \in \R^m$.",
    "taken modulo n": r"Let $S = [n]$, $x : S \to \Z$ a bijection, $y \in \Z$, with positions modulo $n$.",
}
NEVER_MOVED = r"""Let $S = \{1, \dots, n\}$, $x : S \to \R^m$ be a bijection, $i \in S$ and $f : S \to \R^d$.
Then""" + display("f(x^{-1}(x(i))) = f(i)")


def spelled_out(text: str) -> str:
    r"""The text with its spaces, here ``\R`` and ``\Z``, in full."""
    return text.replace(r"\R", r"\mathbb{R}").replace(r"\Z", r"\mathbb{Z}")


def said(text: str) -> list[str]:
    """What the report says of a translation by 0 alone."""
    document = judged(spelled_out(text))
    assert set(verdicts(document)) == {"proved"}, shown(document)
    return [each.message for each in document.errata if "= 0 alone" in each.message]


@pytest.mark.parametrize("words", STATED.values(), ids=STATED.keys())
def test_a_bijection_that_is_stated_and_cannot_be_is_an_erratum(words):
    (message,) = said(words + SIGNAL + BACK)
    assert "as printed" in message and "y = 0 alone" in message and "Z/n" in message
    assert "never stated" not in message


@pytest.mark.parametrize("words", UNSTATED.values(), ids=UNSTATED.keys())
def test_a_bijection_that_is_not_stated_is_one_erratum_that_says_it(words):
    (message,) = said(words + SIGNAL + BACK)
    assert message.startswith("used and never stated: x is a bijection") and "y = 0 alone" in message


@pytest.mark.parametrize("words", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said_where_tokens_may_be_infinite_or_translations_return(words):
    assert not said(words + SIGNAL + BACK)


def test_nothing_is_said_where_nothing_is_translated():
    assert not said(NEVER_MOVED)


def test_nothing_is_said_of_a_hypothesis_that_no_step_uses():
    document = judged(spelled_out(STATED["numbers"]) + SIGNAL + " Then" + display("f(i) + f(i) = f(i) + f(i)"))
    assert not kinds(document), shown(document)
