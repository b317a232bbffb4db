"""Numbers that are elements: ``x_{j+1}`` modulo n, the ``x_1`` of a family, the ``n`` of ``\\mathbb{Z}/n``."""

import pytest

from tests.judge.judging import judged, kinds, shown, steps

TOKENS = r"Let $x_1, \dots, x_n \in \mathbb{R}^d$, with indices modulo $n$. "
CONSTANT = r"Let $x_1, \dots, x_n \in \mathbb{R}^d$ with $x_i = x_{i+1}$ for $i = 1, \dots, n$, indices modulo $n$. "

PROVED = {
    "a shift by one": TOKENS + r"Then $$\sum_{j=1}^{n} x_j = \sum_{j=1}^{n} x_{j+1}.$$",
    "a reflection": TOKENS + r"Then $$\sum_{j=1}^{n} x_j = \sum_{j=1}^{n} x_{-j}.$$",
    "there and back": r"Let $f : \mathbb{Z} \to \mathbb{R}^d$ and $u \in \mathbb{Z}$. Then $$f(u + 1 - 1) = f(u).$$",
    "a shift as an operator": TOKENS
    + r"We write $(T x)_i := x_{i-1}$ and $F(x)_i := x_{i+1}$. Then $$F(T x)_i = x_{i + 1 - 1} = x_i.$$",
}

NOT_PROVED = {
    "one step is not none": TOKENS + r"Then $$x_j = x_{j+1}.$$",
    "one step is not two": TOKENS + r"Then $$x_{j+1} = x_{j+2}.$$",
    "one step forth is not one back": TOKENS + r"Then $$x_{j+1} = x_{j-1}.$$",
}
"""False, and no model is looked for: what is known of a number in a group is only its name."""

NOT_REFUTED = {
    "all are equal to the first": CONSTANT + r"Then $$\sum_{j=1}^{n} x_j = n x_1.$$",
    "n times one of n": r"Let $c \in \mathbb{R}^d$. Then $$\sum_{j \in \mathbb{Z}/n} c = n c.$$",
    "every second index, for odd n": TOKENS + r"Let $n$ be odd. Then $$\sum_{j=1}^{n} x_j = \sum_{j=1}^{n} x_{2j}.$$",
    "the first and the last": r"Let $x_1, \dots, x_n \in \mathbb{R}^d$ with $x_i = x_j$ for all $i, j$. "
    r"Then $$x_1 = x_n.$$",
    "a bar that is said of one letter only": r"Let $x : S \to X$ be a bijection with inverse $x^{-1}$, "
    r"$f : S \to \mathbb{R}$, $i, j \in S$, $y \in X$ and $L_y[f](i) := f(x^{-1}(x(i) - y))$. "
    r"With $\bar i = x^{-1}(x(i) - y)$ we have "
    r"$$L_y[f](j) = f(\bar j).$$",
}
"""True under what the text says, of which not all can be read."""


SHIFTED = r"Then $$\sum_{j=1}^{n} x_j = \sum_{j=1}^{n} x_{j+1}.$$"
NOT_CYCLIC = {
    "nothing is said": r"Let $x_1, \dots, x_n \in \mathbb{R}^d$. " + SHIFTED,
    "said not to be": r"Let $x_1, \dots, x_n \in \mathbb{R}^d$; indices are not taken modulo $n$. " + SHIFTED,
    "said not to be, before": r"Let $x_1, \dots, x_n \in \mathbb{R}^d$; we do not take indices modulo $n$. " + SHIFTED,
    "done without": r"Let $x_1, \dots, x_n \in \mathbb{R}^d$, without taking indices modulo $n$. " + SHIFTED,
    "something else is": r"Let $x_1, \dots, x_n \in \mathbb{R}^d$. Phases are angles modulo $n$. " + SHIFTED,
    "something else is, after indices": r"Let $x_1, \dots, x_n \in \mathbb{R}^d$ have indices. "
    + r"Phases are modulo $n$. "
    + SHIFTED,
    "another map is": r"Let $x_1, \dots, x_n \in \mathbb{R}^d$ and $g : \mathbb{Z}/n \to \mathbb{R}$. " + SHIFTED,
    "another modulus": r"Let $x_1, \dots, x_n \in \mathbb{R}^d$, with indices modulo $m$. " + SHIFTED,
}
"""There is no token n + 1, and nobody says that it is the first one."""


@pytest.mark.parametrize("text", NOT_CYCLIC.values(), ids=NOT_CYCLIC.keys())
def test_nothing_wraps_around_unless_the_text_says_so(text):
    document = judged(text)
    assert [step.verdict for step in steps(document)] == ["unreadable"], shown(document)


@pytest.mark.parametrize("text", PROVED.values(), ids=PROVED.keys())
def test_proved(text):
    document = judged(text)
    found = [step.verdict for step in steps(document) if step.verdict != "definition"]
    assert found and set(found) == {"proved"} and kinds(document) <= {"undefined"}, shown(document)


@pytest.mark.parametrize("text", [*NOT_PROVED.values(), *NOT_REFUTED.values()], ids=[*NOT_PROVED, *NOT_REFUTED])
def test_neither_proved_nor_refuted(text):
    document = judged(text)
    assert not {"proved", "refuted"} & {step.verdict for step in steps(document)}, shown(document)
    assert not {"sort", "step"} & kinds(document), shown(document)
