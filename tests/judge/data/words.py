"""Declarations that the cases share, each in other letters, and a display."""

TOKENS = r"""Let $x : S \to X$ be a bijection, $f : S \to \mathbb{R}^d$, $N : S \to 2^S$, $i, j \in S$ and $y \in X$.
"""
"""Tokens S at positions X, which is a group."""

PLACED = r"""Let $p : V \to G$ be a bijection of the tokens $V$ onto a group $G$, $u : V \to \mathbb{R}^c$,
$B : V \to 2^V$, $s, t \in V$ and $z \in G$.
"""
"""The same in other letters."""

SCORES = r"""Let $\kappa : S \times S \to \mathbb{R}$ and $c \in \mathbb{R}$. Let $v : \mathbb{R}^d \to \mathbb{R}^k$.
"""

MATRICES = r"""Let $W \in \mathbb{R}^{k \times d}$, $A \in \mathbb{R}^{r \times d}$, $B \in \mathbb{R}^{k \times r}$,
$u, v \in \mathbb{R}^d$, $w \in \mathbb{R}^k$ and $a, b \in \mathbb{R}$.
"""

MOVES = r"""<!-- symbolic-equiv:
declare p : V \to G \text{ bijection}
declare u : V \to \mathbb{R}^c
declare B : V \to 2^V
declare s, t \in V
declare z \in G
define T_z[u](s) := u(p^{-1}(p(s) - z))
assume moves: p^{-1}(p(t) + z) \in B(p^{-1}(p(s) + z)) \iff t \in B(s)
-->
"""
"""A context block: everything declared, a translation, and neighbourhoods that move."""


def display(formula: str) -> str:
    return f"\n$$\n{formula}\n$$\n"
