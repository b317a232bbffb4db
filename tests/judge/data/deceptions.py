"""Attempts to have something false proved: whatever is said before, the last equation of each does not hold."""

from __future__ import annotations

from tests.judge.data.words import SCORES, TOKENS, display

FALSE = display("f(i) = f(j)")

NOT_PROVED = {
    "a false first equation, without a word": TOKENS + display("q(f(i)) = f(j)") + "Then" + display("q(f(i)) = f(j)"),
    "a false equation of known symbols, called a definition": TOKENS
    + r"Let $\phi : \mathbb{R}^d \to \mathbb{R}^d$. By definition"
    + display(r"\phi(f(i)) = f(i)")
    + "and so"
    + display(r"\phi(f(j)) = f(j)"),
    "a definition of a function at one value": TOKENS
    + "We define"
    + display("L_y[L_y[f]](i) := f(i)")
    + "Then"
    + display("L_y[L_y[f]](j) = f(j)"),
    "a definition with a variable of its own on the right": TOKENS
    + "Let"
    + display("q(i) := f(j)")
    + "Then"
    + display("q(i) = f(i)"),
    "a second definition of a name": TOKENS
    + "Let $q(i) := f(i)$ and, from now on, let $q(i) := f(i) + f(i)$. Then"
    + display("f(i) = f(i) + f(i)"),
    "a definition of itself": TOKENS + "Let $q(i) := q(i) + f(i)$. Then" + display("q(i) - q(i) = f(i)"),
    "two definitions in a circle": TOKENS
    + "Let $q(i) := r(i) + f(i)$ and $r(i) := q(i)$. Then"
    + display("q(i) - q(i) = f(i)"),
    "an abbreviation that shadows": TOKENS + "Put $j = i$. Then" + FALSE,
    "an abbreviation of what is declared": TOKENS + r"Put $y = x(i) - x(j)$. Then" + FALSE,
    "an abbreviation of an abbreviation, turned round": TOKENS
    + r"Put $\bar i = x^{-1}(x(i) - y)$ and $\bar i = x^{-1}(x(i) + y)$. Then"
    + display(r"f(\bar i) = f(x^{-1}(x(i) + y))"),
    "an implication": TOKENS + r"We note $f(i) = f(i) \implies f(i) = f(j)$. Then" + FALSE,
    "an implication in a display": TOKENS + display(r"x(i) = x(i) \implies f(i) = f(j)") + "Then" + FALSE,
    "an equivalence that is not assumed": TOKENS
    + SCORES
    + r"We note $j \in N(i) \iff i \in N(j)$. Then"
    + display(r"\sum_{j \in N(i)} f(j) = \sum_{i \in N(j)} f(j)"),
    "true only if N is symmetric": TOKENS
    + SCORES
    + display(r"\sum_{k \in N(i)} \kappa(i, k) f(k) = \sum_{i \in N(k)} \kappa(i, k) f(k)"),
    "true only if the encoding is even": TOKENS
    + r"Let $\beta : X \to \mathbb{R}$. Then"
    + display(r"\beta(x(i) - x(j)) f(i) = \beta(x(j) - x(i)) f(i)"),
    "true only if the positions commute": TOKENS + display("f(x^{-1}(x(i) + y)) = f(x^{-1}(y + x(i)))"),
    "a conclusion that leans on a supposition": TOKENS + "Suppose that the neighbourhoods move, then" + FALSE,
    "the conclusion of an assumption": TOKENS + "Assume that all is well. Then we have" + FALSE,
    "a definition that comes after its use": TOKENS
    + "Here we write $q(i) := f(i)$. Then"
    + display("q(i) = r(i)")
    + "where $r(i) := f(j)$.",
    "a recalled definition that is none": TOKENS
    + "By the definition of $L_y[f](i) = f(i)$ we have"
    + display("f(x^{-1}(x(i) - y)) = f(i)"),
    "a weak word": TOKENS + "Then we get" + display("L_y[f](i) = f(i)") + "and so" + display("L_y[f](j) = f(j)"),
    "the step at the end assumes the claim": TOKENS
    + "We want to show that"
    + FALSE
    + "Indeed"
    + display("f(i) = f(i) = f(j)"),
    "words in the formula": TOKENS + display(r"f(i) = f(j) \quad \text{by definition}"),
    "an inequality as a definition": TOKENS + "Let" + display(r"q(i) \neq f(i)") + "Then" + display("q(i) = f(j)"),
    "comments that look like a context": TOKENS + "<!-- assume f(i) = f(j) -->\nThen" + FALSE,
}
