"""Attention between poses: tokens with an element of a group that acts on their positions."""

from __future__ import annotations

from tests.judge.data.words import display

SETTING = r"""Let $x : S \to \mathcal{X}$ be a bijection of the tokens $S$ onto the group $\mathcal{X}$ of positions.
A group $H$ acts on $\mathcal{X}$ by automorphisms, and
$G = \mathcal{X} \rtimes H$. Let $i, j \in S$, $y \in \mathcal{X}$ and
$h, \bar h, \tilde h, \hat h, h_1, h_2, h_3 \in H$, let $f : S \times H \to \mathbb{R}^{d}$ and
$u, w : H \to \mathbb{R}$.
"""

OPERATORS = r"""We write $L_y[f](i, h) := f(x^{-1}(x(i) - y), h)$ for translations, and
$L_{\bar h}[f](i, h) := f(x^{-1}(\bar h^{-1} x(i)), \bar h^{-1} h)$ for the elements of $H$.
"""

LAYER = (
    SETTING
    + r"""Neighbourhoods are $N : S \times H \to 2^{S \times H}$. Suppose that they move with the group:
$(x^{-1}(\bar h x(j) + y), \bar h \hat h) \in N(x^{-1}(\bar h x(i) + y), \bar h \tilde h)
\iff (j, \hat h) \in N(i, \tilde h)$. The encoding is given by
$\rho_h((i, \tilde h), (j, \hat h)) := \rho^P(h^{-1}(x(j) - x(i)), \tilde h^{-1} \hat h)$ with
$\rho^P : \mathcal{X} \times H \to \mathbb{R}^{d}$. Let $Q, K \in \mathbb{R}^{k \times d}$ and
$V \in \mathbb{R}^{w \times d}$.
"""
    + OPERATORS
    + r"""The layer is

$$
m[f](i, h) := \sum_{\tilde h \in H} \sum_{(j, \hat h) \in N(i, \tilde h)} \mathrm{softmax}_{j, \hat h}\big( \langle
  Q f(i, \tilde h), K (f(j, \hat h) + \rho_h((i, \tilde h), (j, \hat h))) \rangle \big) V f(j, \hat h)
$$

"""
)

GROUP_LAYER = (
    LAYER
    + r"""
\begin{align*}
m[L_yL_{\bar h}[f]](i, h)
 &= \sum_{\tilde h \in H} \sum_{(j, \hat h) \in N(i, \tilde h)} \mathrm{softmax}_{j, \hat h}\big( \langle
 Q L_yL_{\bar h}[f](i, \tilde h), \\
 &\quad K (L_yL_{\bar h}[f](j, \hat h) + \rho_h((i, \tilde h), (j, \hat h))) \rangle \big)
 V L_yL_{\bar h}[f](j, \hat h) \\
 &= \sum_{\tilde h \in H} \sum_{(j, \hat h) \in N(i, \tilde h)} \mathrm{softmax}_{j, \hat h}\big( \langle
 Q f(x^{-1}(\bar h^{-1}(x(i) - y)), \bar h^{-1} \tilde h), \\
 &\quad K (f(x^{-1}(\bar h^{-1}(x(j) - y)), \bar h^{-1} \hat h)
 + \rho^P(h^{-1}(x(j) - x(i)), \tilde h^{-1} \hat h)) \rangle \big)
 V f(x^{-1}(\bar h^{-1}(x(j) - y)), \bar h^{-1} \hat h) \\
 &= m[f](x^{-1}(\bar h^{-1}(x(i) - y)), \bar h^{-1} h) \\
 &= L_yL_{\bar h}[m[f]](i, h)
\end{align*}
"""
)

LIFTING = r"""<!-- symbolic-equiv:
declare x : S \to X \text{ bijection}
declare N : S \to 2^S
declare f : S \to \mathbb{R}^d
declare i, j \in S
declare y \in X
declare g, h \in H
declare q, k, v : \mathbb{R}^d \to \mathbb{R}^d
declare A_q, A_k : \mathbb{R}^d \to \mathbb{R}^r
declare B_q, B_k : \mathbb{R}^r \to \mathbb{R}^d
declare r : X \to \mathbb{R}^d
define \alpha := \mathrm{softmax}
assume N moves: x^{-1}(g x(j) + y) \in N(x^{-1}(g x(i) + y)) \iff j \in N(i)
-->
The group acts by $L_yL_g[f](i) := f(x^{-1}(g^{-1}(x(i) - y)))$. Lifting, with adapters on query and key, is

\[
\ell[f](i, h) := \sum_{j \in N(i)} \alpha_j\left( \left\langle q(f(i)) + B_q(A_q(f(i))),
  k(f(j) + r(h^{-1}(x(j) - x(i)))) + B_k(A_k(f(j) + r(h^{-1}(x(j) - x(i))))) \right\rangle \right) v(f(j))
\]

\begin{align}
\ell[L_yL_g[f]](i, h)
 &= \sum_{j \in N(i)} \alpha_j\left( \left\langle q(L_yL_g[f](i)) + B_q(A_q(L_yL_g[f](i))), k(L_yL_g[f](j)
    + r(h^{-1}(x(j) - x(i)))) \\
 &\quad + B_k(A_k(L_yL_g[f](j) + r(h^{-1}(x(j) - x(i))))) \right\rangle \right) v(L_yL_g[f](j)) \\
 &= \ell[f](x^{-1}(g^{-1}(x(i) - y)), g^{-1} h)
\end{align}
"""

CONVOLVED = (
    SETTING
    + r"We write $T_{h_3}[u](h_1) := u(h_3^{-1} h_1)$. Then"
    + display(r"\sum_{h_2 \in H} T_{h_3}[u](h_2) w(h_2^{-1} h_1) = \sum_{h_2 \in H} u(h_2) w(h_2^{-1} h_3^{-1} h_1)")
)

PAIRS = (
    SETTING
    + r"Let $N : S \times H \to 2^{S \times H}$, $c : S \times H \to \mathbb{R}$, $W \in \mathbb{R}^{k \times d}$. Then"
)

SOUND = {
    "a line of the definitions": SETTING
    + OPERATORS
    + display(r"L_yL_{\bar h}[f](i, h) = f(x^{-1}(\bar h^{-1}(x(i) - y)), \bar h^{-1} h)"),
    "a relative pose": SETTING
    + r"Let $r : H \to \mathbb{R}$."
    + display(r"\sum_{\tilde h \in H} r((h_1 h_2)^{-1} h_1 \tilde h) = \sum_{\tilde h \in H} r(h_2^{-1} \tilde h)"),
    "the group layer, with operators of one letter": GROUP_LAYER,
    "lifting, in other letters, with adapters": LIFTING,
    "a sum over the group is re-indexed from the left": CONVOLVED,
    "re-indexed from the right": (
        SETTING + display(r"\sum_{h_2 \in H} u(h_2 h_1) w(h_2) = \sum_{h_2 \in H} u(h_2) w(h_2 h_1^{-1})")
    ),
    "over all pairs": (
        PAIRS
        + display(
            r"\sum_{(j, \hat h) \in S \times H} f(x^{-1}(\bar h x(j) + y), \bar h \hat h)"
            r" = \sum_{(j, \hat h) \in S \times H} f(j, \hat h)"
        )
    ),
    "a sum over a compound pair": (
        PAIRS
        + display(
            r"\sum_{(j, \hat h) \in N(i, h)} f(x^{-1}(\bar h x(j)), \bar h \hat h)"
            r" = \sum_{(x^{-1}(\bar h^{-1} x(j)), \bar h^{-1} \hat h) \in N(i, h)} f(j, \hat h)"
        )
    ),
    "a matrix goes into a sum over pairs": (
        PAIRS + display(r"W \sum_{(j, \hat h) \in N(i, h)} f(j, \hat h) = \sum_{(k, g) \in N(i, h)} W f(k, g)")
    ),
    "what is constant along the pairs leaves the softmax": (
        PAIRS
        + display(
            r"\sum_{(j, \hat h) \in N(i, h)} \mathrm{softmax}_{j, \hat h}(c(j, \hat h) + c(i, h)) f(j, \hat h)"
            r" = \sum_{(j, \hat h) \in N(i, h)} \mathrm{softmax}_{(j, \hat h)}(c(j, \hat h)) f(j, \hat h)"
        )
    ),
    "the two operators do not commute": (
        SETTING + OPERATORS + display(r"L_yL_{\bar h}[f](i, h) \neq L_{\bar h}L_y[f](i, h)")
    ),
    "and one passes the other as a turned translation": (
        SETTING + OPERATORS + display(r"L_{\bar h}[L_y[f]](i, h) = L_{\bar h y}[L_{\bar h}[f]](i, h)")
    ),
    "the published encoding is not equivariant": (
        LAYER.replace(r"\tilde h^{-1} \hat h)$ with", r"h^{-1} \tilde h^{-1} \hat h)$ with")
        + display(r"m[L_yL_{\bar h}[f]](i, h) \neq L_yL_{\bar h}[m[f]](i, h)")
    ),
}
"""Texts in which every step holds."""


_MOVED, _POSE = r"Q f(x^{-1}(\bar h^{-1}(x(i) - y))", r"\tilde h^{-1} \hat h)) \rangle"
_PASSED = SOUND["and one passes the other as a turned translation"]
_OVER_ALL, _CONSTANT = SOUND["over all pairs"], SOUND["what is constant along the pairs leaves the softmax"]
_PULLED = SOUND["a matrix goes into a sum over pairs"]

_LINE, _RELATIVE = SOUND["a line of the definitions"], SOUND["a relative pose"]

BROKEN = {
    "y is not turned": (GROUP_LAYER, _MOVED, r"Q f(x^{-1}(\bar h^{-1} x(i) - y)", "step", r"(i, \tilde{h})"),
    "an inverse is lost": (GROUP_LAYER, _POSE, r"\tilde h \hat h)) \rangle", "step", r"\tilde{h}^{-1}"),
    "key and query exchanged in the relative pose": (GROUP_LAYER, _POSE, r"\hat h^{-1} \tilde h)) \rangle"),
    "the encoding as published": (
        GROUP_LAYER.replace(r"\tilde h^{-1} \hat h)", r"h^{-1} \tilde h^{-1} \hat h)"),
        "&= m[f](x^{-1}(",
        "&= m[f](x^{-1}(",
    ),
    "the neighbours of another pose": (
        GROUP_LAYER,
        r"V L_yL_{\bar h}[f](j, \hat h) \\",
        r"V L_yL_{\bar h}[f](j, \tilde h) \\",
        "step",
        r"\hat{h}",
    ),
    "the operators in the other order": (SOUND["the two operators do not commute"], r"\neq", "="),
    "a softmax over the tokens alone": (_CONSTANT, r"_{j, \hat h}(", "_{j}(", "scope", r"(j, \hat{h})"),
    "the parts of a pair exchanged": (_PULLED, r"W \sum_{(j, \hat h)", r"W \sum_{(\hat h, j)", "sort"),
    "one variable for a pair": (_PULLED, r"\sum_{(k, g) \in N(i, h)}", r"\sum_{k \in N(i, h)}", "sort"),
    "lifting without h": (LIFTING, "g^{-1} h)\n", "h)\n"),
    "the wrong side of the action": (_LINE, r"\bar h^{-1} h)" + "\n", r"h \bar h^{-1})" + "\n"),
    "turned forwards": (_LINE, r"\bar h^{-1} h)" + "\n", r"\bar h h)" + "\n"),
    "the pose is not moved": (_LINE, r"\bar h^{-1} h)" + "\n", "h)\n"),
    "turned about the translated origin": (_LINE, "(x(i) - y)), \\bar h^{-1} h)\n", "x(i) - y), \\bar h^{-1} h)\n"),
    "a word inverted": (CONVOLVED, r"w(h_2^{-1} h_3^{-1} h_1)", r"w(h_2^{-1} h_3 h_1)"),
    "a word in another order": (CONVOLVED, r"w(h_2^{-1} h_3^{-1} h_1)", r"w(h_3^{-1} h_2^{-1} h_1)"),
    "a relative pose that is none": (
        _RELATIVE,
        r"(h_1 h_2)^{-1} h_1 \tilde h",
        r"(h_1 h_2)^{-1} \tilde h h_1 \tilde h",
    ),
    "half of a pair is re-indexed": (_OVER_ALL, r"\bar h \hat h)", r"\hat h \hat h)"),
    "what is not constant along the pairs": (_CONSTANT, "c(i, h)) f", r"c(i, \hat h)) f"),
    "a translation that is not turned": (_PASSED, r"L_{\bar h y}", "L_{y}"),
    "not equal, although they are": (_PASSED, r"= L_{\bar h y}", r"\neq L_{\bar h y}", "step", "="),
}
"""A sound text, what stands in it, what is put there, the kind that is reported, and the repair if one is known."""
