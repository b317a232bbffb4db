"""Attempts to have something false proved by a document in index notation, or in a notation of its own."""

from __future__ import annotations

import pytest

from tests.judge.data.words import TOKENS, display
from tests.judge.judging import judged, shown, steps, verdicts

ROW = r"Let $x_1, \dots, x_n \in \mathbb{R}^d$. "
RING = r"Let $x_i \in \mathbb{R}^d$ for $i \in \mathbb{Z}/n$ and $N : \mathbb{Z}/n \to 2^{\mathbb{Z}/n}$. "
ENTRIES = r"Let $a_{ij} \in \mathbb{R}$ for $i, j \in [n]$. "
GROUP = r"Let $G$ be a group and $f, g : G \to \mathbb{R}$. "
ROTATIONS = r"Let $R_p \in \mathbb{R}^{d \times d}$ with $R_p^\top R_q = R_{q-p}$ for all $p, q \in \mathbb{Z}$. "

FALSE = {
    "two families of two sizes": ROW
    + r"Let $y_1, \dots, y_m \in \mathbb{R}^d$. Then"
    + display(r"\sum_{i=1}^n x_i = \sum_{i=1}^m y_i"),
    "one family of two sizes": ROW
    + r"Let $x_1, \dots, x_m \in \mathbb{R}^d$. Then"
    + display(r"\sum_{i=1}^n x_i = \sum_{i=1}^m x_i"),
    "counted from 0 and from 1": ROW + "Then" + display(r"\sum_{i=0}^{n-1} x_i = \sum_{i=1}^n x_i"),
    "one fewer": ROW + "Then" + display(r"\sum_{i=1}^{n-1} x_i = \sum_{i=1}^n x_i"),
    "the next one": ROW + r"Let $i \in \mathbb{Z}/n$. Then" + display("x_i = x_{i+1}"),
    "reflected neighbourhoods": RING + "Then" + display(r"\sum_{j \in N(i)} x_j = \sum_{j \in N(-i)} x_{-j}"),
    "doubled": RING + "Then" + display(r"\sum_{j \in \mathbb{Z}/n} x_j = \sum_{j \in \mathbb{Z}/n} x_{j+j}"),
    "shifted the other way": RING + "Then" + display(r"\sum_{j \in N(i)} x_{j+s} = \sum_{j \in N(i-s)} x_j"),
    "a bound variable that shadows": ROW + "Then" + display(r"\sum_{i=1}^n x_i = \sum_{i=1}^n \sum_{i=1}^n x_i"),
    "entries transposed": ENTRIES + "Then" + display("a_{ij} = a_{ji}"),
    "the trace for the sum": ENTRIES + "Then" + display(r"\sum_{i=1}^n \sum_{j=1}^n a_{ij} = \sum_{i=1}^n a_{ii}"),
    "weights over the wrong index": ENTRIES
    + r"Put $p_{ij} = \frac{\exp(a_{ij})}{\sum_{l=1}^n \exp(a_{il})}$. Then"
    + display(r"\sum_{i=1}^n p_{ij} = 1"),
    "a sigma of one's own": ENTRIES + r"Put $\sigma_{ij} = a_{ij}$. Then" + display(r"\sum_{j=1}^n \sigma_{ij} = 1"),
    "a definition with a letter of its own": ROW + "Put $y_i = x_j$. Then" + display("y_i = x_i"),
    "an abbreviation with an index": ROW + r"Let $\bar x = x_i$. Then" + display(r"x_j = \bar x"),
    "neighbours by a letter of its own": TOKENS
    + r"Let $k \in S$. Here $j \in M(i)$ if and only if $j \in N(k)$. Then"
    + display(r"\sum_{j \in N(i)} f(j) = \sum_{j \in N(k)} f(j)"),
    "neighbours said twice": TOKENS
    + r"We have $j \in M(i)$ iff $j \in N(i)$, and $j \in M(i)$ iff $i \in N(j)$. Then"
    + display(r"\sum_{j \in N(i)} f(j) = \sum_{i \in N(j)} f(j)"),
    "a map with a conclusion": r"Let $f : S \to \mathbb{R}^d$ be a map; hence, for $i, j \in S$,"
    + display("f(i) = f(j)"),
    "a map and what is shown": r"Let $f : S \to \mathbb{R}^d$ be a map, and we show $f(i) = f(j)$. Then"
    + display("f(i) = f(j)"),
    "in German": r"Sei $f : S \to \mathbb{R}^d$ eine Abbildung und $i, j \in S$. Dann gilt" + display("f(i) = f(j)"),
    "the product of rotations": ROTATIONS + "Then" + display("R_p R_q = R_{q-p}"),
    "a law that is only claimed": r"Let $R_p \in \mathbb{R}^{d \times d}$ for $p \in \mathbb{Z}$. We have"
    + " $R_p R_q = R_{p+q}$. Then"
    + display("R_p R_q = R_{p+q}"),
    "a convolution defined twice": GROUP
    + r"Define $(f * g)(a) := \sum_{b \in G} f(b) g(b^{-1} a)$ and $(f * g)(a) := \sum_{b \in G} f(b) g(b a)$. Then"
    + display(r"(f * g)(a) = \sum_{b \in G} f(b) g(b a)"),
    "a convolution that does not commute": GROUP
    + r"Define $(f * g)(a) := \sum_{b \in G} f(b) g(b^{-1} a)$. Then"
    + display("(f * g)(a) = (g * f)(a)"),
    "translations from the left in the wrong order": GROUP
    + r"Write $(\lambda_a f)(c) := f(a^{-1} c)$. Then"
    + display(r"(\lambda_a \lambda_b f)(c) = (\lambda_{ba} f)(c)"),
    "translations from the right in the wrong order": GROUP
    + r"Write $(\mu_a f)(c) := f(c a)$. Then"
    + display(r"(\mu_a \mu_b f)(c) = (\mu_{ba} f)(c)"),
    "an action and its inverse": ROW
    + r"Let $\sigma$ be a permutation of $\{1, \dots, n\}$. Write $(\sigma x)_i = x_{\sigma^{-1}(i)}$. Then"
    + display(r"(\sigma x)_i = x_{\sigma(i)}"),
    "a layer at an index defined twice": ROW
    + r"Put $F(x)_i := \sum_{j=1}^n x_j$ and $F(x)_j := x_j$. Then"
    + display("F(x)_i = x_i"),
    "matrices of one size commute no more": r"Let $A, B \in \mathbb{R}^{2 \times 2}$. Then" + display("A B = B A"),
    "a size that is a number": r"Let $n = 3$ and $A \in \mathbb{R}^{n \times m}$, $B \in \mathbb{R}^{3 \times m}$. Then"
    + display("A = B"),
    "two numbers for one size": r"Let $n = 3$ and let $n = 4$. Let $x_1, \dots, x_n \in \mathbb{R}$. Then"
    + display(r"\sum_{i=1}^3 x_i = \sum_{i=1}^4 x_i"),
}

ONLY_AT_A_SIZE = {
    "matrices with one entry commute": r"Let $A, B \in \mathbb{R}^{1 \times 1}$. Then" + display("A B = B A"),
    "a size that is one": r"Let $n = 1$ and $A, B \in \mathbb{R}^{n \times n}$. Then" + display("A B = B A"),
    "one token": r"Let $n = 1$ and $x_1, \dots, x_n \in \mathbb{R}$. Then" + display("x_i = x_j"),
    "a size too large for models": r"Let $d = 768$ and $u, v \in \mathbb{R}^d$. Then" + display("u = v"),
}


@pytest.mark.parametrize("text", FALSE.values(), ids=FALSE.keys())
def test_the_last_equation_is_not_proved(text):
    document = judged(text)
    last = [step for step in steps(document) if step.verdict != "definition"][-1]
    assert last.verdict in ("refuted", "unproved", "unreadable"), shown(document)
    assert document.exit_code == 1


@pytest.mark.parametrize("text", ONLY_AT_A_SIZE.values(), ids=ONLY_AT_A_SIZE.keys())
def test_what_may_hold_at_the_size_that_the_text_fixes_is_not_refuted(text):
    document = judged(text)
    assert verdicts(document) == ["unproved"], shown(document)


def test_a_name_and_a_number_are_one_size():
    text = r"Let $n = 2$ and $x_1, \dots, x_n \in \mathbb{R}$. Then" + display(r"\sum_{i=1}^n x_i = \sum_{i=1}^2 x_i")
    assert verdicts(judged(text)) == ["proved"]


def test_a_size_too_large_for_models_is_said():
    (step,) = steps(judged(ONLY_AT_A_SIZE["a size too large for models"]))
    assert "at sizes above" in step.message


def test_a_law_holds_for_all_letters_and_not_for_those_it_is_printed_with():
    document = judged(
        ROTATIONS + "Then" + display(r"R_i^\top R_j = R_{j-i}") + "and" + display(r"R_i^\top R_i = R_{j-j}")
    )
    assert verdicts(document) == ["assumed", "proved"], shown(document)
