"""Derivations that hold, in varied notation: no step may be refuted or left unproved."""

from __future__ import annotations

from tests.judge.data.words import MATRICES, MOVES, PLACED, SCORES, TOKENS, display

SUMS = {
    "put j = x⁻¹(x(k) + y), neighbourhoods supplied": (
        TOKENS
        + "We write $L_y[f](i) := f(x^{-1}(x(i) - y))$. Then"
        + display(r"\sum_{j \in N(i)} L_y[f](j) = \sum_{j \in N(x^{-1}(x(i) - y))} f(j)"),
        "hypothesis",
    ),
    "the neighbourhoods move by a named assumption": (
        MOVES + "Then" + display(r"\sum_{t \in B(s)} T_z[u](t) = \sum_{t \in B(p^{-1}(p(s) - z))} u(t)")
    ),
    "a sum over all tokens needs no neighbourhoods": (
        TOKENS + display(r"\sum_{j \in S} f\left(x^{-1}\left(x(j) - y\right)\right) = \sum_{j \in S} f(j)")
    ),
    "a sum over a compound element": (
        PLACED
        + display(
            r"\begin{aligned}"
            "\n"
            r"\sum_{t \in B(s)} u(t) &= \sum_{p^{-1}(p(t) + z) \in B(s)} u(p^{-1}(p(t) + z)) \\"
            "\n"
            r"&= \sum_{t \in B(s)} u(t)"
            "\n"
            r"\end{aligned}"
        )
    ),
    "a map t of the tokens with an inverse": (
        r"""<!-- symbolic-equiv:
declare t : S \to S \text{ bijection}
declare N : S \to 2^S
declare f : S \to \mathbb{R}^d
assume t moves the neighbourhoods: t(k) \in N(t(l)) \iff k \in N(l)
-->
Put $\bar i = t^{-1}(i)$. Then
\begin{align*}
\sum_{j \in N(i)} f(t^{-1}(j)) &= \sum_{t(\bar j) \in N(t(\bar i))} f(\bar j) \\
  &= \sum_{\bar j \in N(\bar i)} f(\bar j)
\end{align*}
"""
    ),
    "two sums change places": (
        TOKENS
        + display(r"\sum_{j \in S} \sum_{k \in N(i)} (f(j) + f(k)) = \sum_{k \in N(i)} \sum_{j \in S} (f(k) + f(j))")
    ),
    "a sum of two terms": (
        TOKENS + display(r"\sum_{j \in N(i)} (f(j) + f(i)) = \sum_{j \in N(i)} f(j) + \sum_{l \in N(i)} f(i)")
    ),
    "a bound variable is renamed": TOKENS + display(r"\sum_{j \in N(i)} f(j) = \sum_{a \in N(i)} f(a)"),
}

SOFTMAX = {
    "a shift of all scores": (
        TOKENS
        + SCORES
        + display(
            r"\sum_{j \in N(i)} \sigma_j\left( \kappa(i, j) + c \right) f(j)"
            r" = \sum_{j \in N(i)} \sigma_j\left( \kappa(i, j) \right) f(j)"
        )
    ),
    "a shift that depends on the row": (
        TOKENS
        + SCORES
        + display(
            r"\sum_{j \in N(i)} \mathrm{softmax}_j(\kappa(i, j) + \kappa(i, i)) v(f(j))"
            r" = \sum_{j \in N(i)} \mathrm{softmax}_j(\kappa(i, j)) v(f(j))"
        )
    ),
    "softmax written without a subscript": (
        TOKENS
        + SCORES
        + display(
            r"\sum_{j \in N(i)} \mathrm{softmax}(\kappa(i, j)) v(f(j))"
            r" = \sum_{l \in N(i)} \mathrm{softmax}(\kappa(i, l)) v(f(l))"
        )
    ),
    "re-indexed in the sum and in the softmax": (
        TOKENS
        + SCORES
        + display(
            r"\sum_{j \in S} \sigma_j(\kappa(i, j)) f(j) = "
            r"\sum_{j \in S} \sigma_j(\kappa(i, x^{-1}(x(j) + y))) f(x^{-1}(x(j) + y))"
        )
    ),
    "scores that are put in another order": (
        TOKENS
        + SCORES
        + display(
            r"\sum_{j \in N(i)} \sigma_j(\kappa(i, j) + \kappa(j, i) + c) f(j)"
            r" = \sum_{j \in N(i)} \sigma_j(\kappa(j, i) + \kappa(i, j)) f(j)"
        )
    ),
}

LINEAR = {
    "the sum of two matrices": MATRICES + display("(W + B A) u = W u + B (A u)"),
    "an inner product and a transpose": MATRICES + display(r"\langle W u, w \rangle = \langle u, W^\top w \rangle"),
    "rows": MATRICES + display(r"(W u)^T W v = u^T W^T W v"),
    "an inner product is symmetric": MATRICES
    + display(r"\left\langle u, v \right\rangle = \left\langle v, u \right\rangle"),
    "bilinear": MATRICES + display(r"\langle a u + b v, v \rangle = a \langle u, v \rangle + b \langle v, v \rangle"),
    "a map of a sum": MATRICES + display(r"W(a u + b v) = a W u + b W v"),
    "a square": MATRICES
    + display(r"\langle u + v, u + v \rangle = \langle u, u \rangle + 2 \langle u, v \rangle + \langle v, v \rangle"),
    "a matrix out of a sum": (
        TOKENS
        + r"Let $W \in \mathbb{R}^{k \times d}$."
        + display(r"\sum_{j \in N(i)} W f(j) = W \sum_{j \in N(i)} f(j)")
    ),
    "the transpose of a product": MATRICES + display(r"(B A)^\top w = A^\top B^\top w"),
}

GROUPS = {
    "a difference of shifted positions": TOKENS + display(r"x(j) + y - (x(i) + y) = x(j) - x(i)"),
    "a left action": (
        r"Let $x : S \to G$ be a bijection onto a group $G$, $f : S \to \mathbb{R}^d$ and $g, h \in G$."
        r" We write $L_g[f](i) := f(x^{-1}(g^{-1} x(i)))$. Then"
        + display(r"L_g[L_h[f]](i) = f(x^{-1}(h^{-1} g^{-1} x(i))) = f(x^{-1}((g h)^{-1} x(i))) = L_{gh}[f](i)")
    ),
    "an inverse of a product": (
        r"Let $x : S \to G$ be a bijection onto a group $G$, $f : S \to \mathbb{R}^d$ and $g, h \in G$."
        + display(r"f(x^{-1}((g h)^{-1} x(i))) = f(x^{-1}(h^{-1} g^{-1} x(i)))")
    ),
    "a translation back": (
        PLACED
        + r"We define $T_z[u](s) := u(p^{-1}(p(s) - z))$. Then"
        + display(r"T_z[T_{-z}[u]](s) = u(p^{-1}(p(s) - z + z)) = u(s)")
    ),
    "relative positions under a left action": (
        r"Let $x : S \to G$ be a bijection onto a group $G$ and $g \in G$. Let $e : G \to \mathbb{R}^d$."
        + display(r"e((g x(i))^{-1} g x(j)) = e(x(i)^{-1} g^{-1} g x(j)) = e(x(i)^{-1} x(j))")
    ),
    "commuting positions in a vector space": (
        r"Let $x : S \to \mathbb{R}^n$ be a bijection, $f : S \to \mathbb{R}^d$ and $y, z \in \mathbb{R}^n$. We write"
        r" $L_y[f](i) := f(x^{-1}(x(i) - y))$. Then" + display(r"L_y[L_z[f]](i) = L_z[L_y[f]](i)")
    ),
    "poses": (
        r"Let $x : S \to T$ be a bijection onto the translations $T$, and $H$ a group that acts on $T$."
        r" Let $f : S \times H \to \mathbb{R}^d$, $i \in S$, $h \in H$ and $a, b \in H$. We define"
        + display(r"R_{a}[f](i, h) := f(x^{-1}(a^{-1} x(i)), a^{-1} h)")
        + "Then"
        + display(r"R_a[R_b[f]](i, h) = R_{ab}[f](i, h)")
    ),
}

NOT_EQUAL = {
    "translations do not commute": (
        r"Let $x : S \to G$ be a bijection onto a group $G$ and $f : S \to \mathbb{R}^d$. We write"
        r" $L_g[f](i) := f(x^{-1}(g^{-1} x(i)))$. Then" + display(r"L_g[L_h[f]](i) \neq L_h[L_g[f]](i)")
    ),
    "a neighbourhood is not another": (TOKENS + display(r"\sum_{j \in N(i)} f(j) \neq \sum_{j \in N(j)} f(i)")),
    "scaled scores": (
        TOKENS
        + SCORES
        + display(r"\sum_{j \in N(i)} \sigma_j(2 \kappa(i, j)) f(j) \ne \sum_{j \in N(i)} \sigma_j(\kappa(i, j)) f(j)")
    ),
    "a matrix product in the other order": (
        r"Let $A, B \in \mathbb{R}^{n \times n}$ and $v \in \mathbb{R}^n$." + display(r"A B v \neq B A v")
    ),
}
GROUPED = {"sums": SUMS, "softmax": SOFTMAX, "linear algebra": LINEAR, "group words": GROUPS, "not equal": NOT_EQUAL}
