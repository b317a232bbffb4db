"""Sums over all tokens but one, up to one, in a window, and over sets that are put together.

Each text is as a paper has it; what breaks it is one slip in a range, or in what stands behind it.
"""

from __future__ import annotations

SELF_LOOPS = r"""# Graph attention

Let $G = (V, E)$ be a graph with nodes $V$ and neighbourhoods $N : V \to 2^V$. Node features are $h_i \in
\mathbb{R}^d$ for $i \in V$. Let $W \in \mathbb{R}^{k \times d}$ and $a : \mathbb{R}^k \times \mathbb{R}^k \to
\mathbb{R}$ be a scoring function. With scores $$ e_{ij} = a(W h_i, W h_j) $$
the attention weights are
$$ \alpha_{ij} = \frac{\exp(e_{ij})}{\sum_{k \in N(i) \cup \{i\}} \exp(e_{ik})} $$
and the layer computes
$$ h'_i = \sum_{j \in N(i) \cup \{i\}} \alpha_{ij} W h_j . $$
The linear map may be pulled out of the sum:
$$ h'_i = W \sum_{j \in N(i) \cup \{i\}} \alpha_{ij} h_j . $$
Let $\pi : V \to V$ be an automorphism of the graph, i.e. a bijection such that $j \in N(i) \iff \pi(j) \in
N(\pi(i))$. Put $\tilde{h}_i = h_{\pi(i)}$. Then
\begin{align}
\sum_{j \in N(i) \cup \{i\}} \frac{\exp(a(W \tilde h_i, W \tilde h_j))}{\sum_{k \in N(i) \cup \{i\}} \exp(a(W
\tilde h_i, W \tilde h_k))} W \tilde h_j
&= \sum_{j \in N(i) \cup \{i\}} \alpha_{\pi(i) \pi(j)} W h_{\pi(j)} \\
&= \sum_{j \in N(\pi(i)) \cup \{\pi(i)\}} \alpha_{\pi(i) j} W h_j \\
&= h'_{\pi(i)}.
\end{align}
"""

CAUSAL = r"""# Causal attention

Let $x_1, \dots, x_n \in \mathbb{R}^d$ be the tokens and $W_Q, W_K, W_V \in \mathbb{R}^{d \times d}$. We write
$q_i = W_Q x_i$, $k_i = W_K x_i$ and $v_i = W_V x_i$. Causal attention is
$$ o_i = \sum_{j \le i} \alpha_{ij} v_j, \qquad \alpha_{ij} = \frac{\exp(q_i^\top k_j / \sqrt{d})}{\sum_{l \le i}
\exp(q_i^\top k_l / \sqrt{d})} . $$
With an adapter $W_V' = W_V + BA$, where $B \in \mathbb{R}^{d \times r}$ and $A \in \mathbb{R}^{r \times d}$,
\begin{align}
\sum_{j \le i} \alpha_{ij} (W_V + BA) x_j &= \sum_{j \le i} \alpha_{ij} v_j + \sum_{j \le i} \alpha_{ij} B A x_j \\
&= o_i + B A \sum_{j \le i} \alpha_{ij} x_j .
\end{align}
Equivalently, $o_i = W_V \sum_{j=1}^{i} \alpha_{ij} x_j$.
"""

LINE_WINDOW = r"""# Sliding windows on a line

Let tokens be indexed by $i \in \mathbb{Z}$ with $x_i \in \mathbb{R}^d$ and let $w \in \mathbb{N}$ be the window size.
Let $b : \mathbb{Z} \to \mathbb{R}$ be a relative bias and $q, k : \mathbb{R}^d \to \mathbb{R}^m$, $v : \mathbb{R}^d
\to \mathbb{R}^e$. Windowed attention is
$$ y_i = \sum_{|j - i| \le w} \mathrm{softmax}_j( \langle q(x_i), k(x_j) \rangle + b(j - i) ) v(x_j). $$
For a shift $s \in \mathbb{Z}$ let $x'_i = x_{i - s}$. Then
\begin{align}
\sum_{|j - i| \le w} \mathrm{softmax}_j( \langle q(x'_i), k(x'_j) \rangle + b(j - i) ) v(x'_j)
&= \sum_{|j - i| \le w} \mathrm{softmax}_j( \langle q(x_{i-s}), k(x_{j-s}) \rangle + b(j - i) ) v(x_{j-s}) \\
&= \sum_{|j - (i - s)| \le w} \mathrm{softmax}_j( \langle q(x_{i-s}), k(x_j) \rangle + b(j - (i-s)) ) v(x_j) \\
&= y_{i-s}.
\end{align}
"""

CONVOLUTION = r"""# Convolutions commute with shifts

Let $f : \mathbb{Z} \to \mathbb{R}^c$ be a signal and let $K_m \in \mathbb{R}^{c' \times c}$ for $m \in \mathbb{Z}$
be the filter. The convolution of width $2r+1$ is
$$ (K * f)(i) = \sum_{j = i - r}^{i + r} K_{j - i} f(j). $$
The shift is $(T_s f)(i) = f(i - s)$. We have
\begin{align}
(K * T_s f)(i) &= \sum_{j = i - r}^{i + r} K_{j-i} f(j - s) \\
&= \sum_{j = i - s - r}^{i - s + r} K_{j - (i - s)} f(j) \\
&= (K * f)(i - s) = (T_s (K * f))(i).
\end{align}
"""

POINTS = r"""# Points in space

Let $p_i \in \mathbb{R}^3$ be the points, $i \in I$. The coordinates are updated by
$$ u_i = p_i + \sum_{j \neq i} w(\| p_i - p_j \|^2) (p_i - p_j) $$
with $w : \mathbb{R} \to \mathbb{R}$. For a rotation $R \in \mathbb{R}^{3 \times 3}$ with $R^\top R = I$ we have
$$ \| R p_i - R p_j \|^2 = (p_i - p_j)^\top R^\top R (p_i - p_j) = \| p_i - p_j \|^2 . $$
Under the rotation,
\begin{align}
R p_i + \sum_{j \ne i} w(\| R p_i - R p_j \|^2) (R p_i - R p_j) &= R p_i + \sum_{j \ne i} w(\| p_i - p_j \|^2) R
(p_i - p_j) \\
&= R \Big( p_i + \sum_{j \neq i} w(\| p_i - p_j \|^2) (p_i - p_j) \Big) = R u_i .
\end{align}
"""

INTERACTIONS = r"""# Sets

Let $X = (x_1, \dots, x_n)$, $x_i \in \mathbb{R}^d$, and let $w_{ij} = \frac{\exp(s(x_i, x_j))}{\sum_{l=1}^n
\exp(s(x_i, x_l))}$, $s : \mathbb{R}^d \times \mathbb{R}^d \to \mathbb{R}$.
The weights sum to one, $\sum_{j=1}^n w_{ij} = 1$. Let $\pi$ be a permutation of $\{1, \dots, n\}$. Then
$$ \sum_{i \neq j} s(x_{\pi(i)}, x_{\pi(j)}) = \sum_{i \neq j} s(x_i, x_j) $$
and
$$ \sum_{\substack{j=1 \\ j \neq i}}^{n} s(x_{\pi(i)}, x_{\pi(j)}) = \sum_{\substack{j=1 \\ j \neq \pi(i)}}^{n}
s(x_{\pi(i)}, x_j). $$
"""

SOUND = {
    "neighbours and the node itself": (SELF_LOOPS, "markdown"),
    "up to the token itself": (CAUSAL, "markdown"),
    "a window of a line": (LINE_WINDOW, "markdown"),
    "from one end of a window to the other": (CONVOLUTION, "markdown"),
    "all other points": (POINTS, "markdown"),
    "all pairs of two": (INTERACTIONS, "markdown"),
}
"""Texts in which every step holds, and their formats."""

BROKEN = [
    (
        "neighbours and the node itself",
        r"= W \sum_{j \in N(i) \cup \{i\}} \alpha_{ij} h_j",
        r"= W \sum_{j \in N(i)} \alpha_{ij} h_j",
        "step",
    ),
    ("neighbours and the node itself", r"\cup \{\pi(i)\}} \alpha", r"\cup \{i\}} \alpha", "step"),
    ("up to the token itself", r"+ B A \sum_{j \le i}", r"+ B A \sum_{j < i}", "step"),
    ("up to the token itself", r"W_V \sum_{j=1}^{i}", r"W_V \sum_{j=1}^{n}", "step"),
    (
        "up to the token itself",
        r"+ B A \sum_{j \le i} \alpha_{ij} x_j",
        r"+ B A \sum_{j \le i} \alpha_{ji} x_j",
        "step",
    ),
    ("a window of a line", r"\sum_{|j - (i - s)| \le w}", r"\sum_{|j - (i + s)| \le w}", "step"),
    ("a window of a line", r"\sum_{|j - (i - s)| \le w}", r"\sum_{|j - (i - s)| < w}", "step"),
    ("a window of a line", r"&= y_{i-s}.", r"&= y_{i+s}.", "step"),
    (
        "from one end of a window to the other",
        r"\sum_{j = i - s - r}^{i - s + r}",
        r"\sum_{j = i + s - r}^{i + s + r}",
        "step",
    ),
    (
        "from one end of a window to the other",
        r"\sum_{j = i - s - r}^{i - s + r}",
        r"\sum_{j = i - s - r}^{i + r}",
        "step",
    ),
    ("all other points", r"= \| p_i - p_j \|^2 . $$", r"= \| p_i + p_j \|^2 . $$", "step"),
    (
        "all other points",
        r"= R \Big( p_i + \sum_{j \neq i} w(\| p_i - p_j \|^2)",
        r"= R \Big( p_i + \sum_{j \neq i} w(\| p_i - p_j \|)",
        "step",
    ),
    ("all pairs of two", r"= \sum_{i \neq j} s(x_i, x_j) $$", r"= \sum_{i < j} s(x_i, x_j) $$", "step"),
    ("all pairs of two", r"j \neq \pi(i)}}^{n}", r"j \neq i}}^{n}", "step"),
]
"""A sound text, what stands in it, what is put there, and the kind that is reported."""
