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

GAT = r"""## A graph attention layer

The input is a set of node features $\mathbf{h} = \{\vec{h}_1, \vec{h}_2, \dots, \vec{h}_N\}$, $\vec{h}_i \in
\mathbb{R}^F$. The matrix $\mathbf{W} \in \mathbb{R}^{F' \times F}$ is applied to every node, and $a :
\mathbb{R}^{F'} \times \mathbb{R}^{F'} \to \mathbb{R}$ computes
$$ e_{ij} = a(\mathbf{W} \vec{h}_i, \mathbf{W} \vec{h}_j). $$
We only compute $e_{ij}$ for nodes $j \in \mathcal{N}_i$, where $\mathcal{N}_i$ is the neighbourhood of node $i$.
The coefficients are normalised with the softmax:
$$ \alpha_{ij} = \mathrm{softmax}_j(e_{ij}) = \frac{\exp(e_{ij})}{\sum_{k \in \mathcal{N}_i} \exp(e_{ik})}. $$
The output is
$$ \vec{h}'_i = \sigma\Big( \sum_{j \in \mathcal{N}_i} \alpha_{ij} \mathbf{W} \vec{h}_j \Big) $$
with a nonlinearity $\sigma : \mathbb{R}^{F'} \to \mathbb{R}^{F'}$. Equivalently, $\vec{h}'_i = \sigma(
\mathbf{W} \sum_{j \in \mathcal{N}_i} \alpha_{ij} \vec{h}_j )$.
"""

ROWS = r"""# Relative positions

An attention head maps inputs $x = (x_1, \dots, x_n)$ with $x_i \in \mathbb{R}^{d_x}$ to outputs $z = (z_1, \dots,
z_n)$, $z_i \in \mathbb{R}^{d_z}$:
$$ z_i = \sum_{j=1}^n \alpha_{ij} (x_j W^V), \qquad \alpha_{ij} = \frac{\exp e_{ij}}{\sum_{k=1}^n \exp e_{ik}}, $$
where $W^Q, W^K, W^V \in \mathbb{R}^{d_x \times d_z}$ and
$$ e_{ij} = \frac{(x_i W^Q)(x_j W^K)^T}{\sqrt{d_z}} . $$
By linearity,
$$ z_i = \Big( \sum_{j=1}^n \alpha_{ij} x_j \Big) W^V . $$
Multiplying out,
$$ (x_i W^Q)(x_j W^K)^T = x_i W^Q (W^K)^T x_j^T . $$
"""

ROWS_OF_MATRICES = r"""# In components

Let $X \in \mathbb{R}^{n \times d}$ and $W_Q, W_K \in \mathbb{R}^{d \times d}$; put $Q = X W_Q$ and $K = X W_K$. In
components, $Q_{i,:} = X_{i,:} W_Q$ and $(Q K^\top)_{ij} = \langle Q_{i,:}, K_{j,:} \rangle$, so
$$ [Q K^\top]_{ij} = Q_{i,:} K_{j,:}^\top = X_{i,:} W_Q W_K^\top X_{j,:}^\top . $$
"""

INVARIANT_BIAS = r"""# Windows

Let $Q, K, V \in \mathbb{R}^{M \times d}$ be the query, key and value matrices of a window with $M$ patches and $B \in
\mathbb{R}^{M \times M}$ the relative bias. Attention in a window is
$$ \mathrm{Attn}(Q, K, V) = \mathrm{SoftMax}\left( Q K^T / \sqrt{d} + B \right) V . $$
For a permutation matrix $P \in \{0,1\}^{M \times M}$ with $P B P^T = B$,
\begin{align*}
\mathrm{Attn}(PQ, PK, PV) &= \mathrm{SoftMax}\left( P Q K^T P^T / \sqrt{d} + B \right) P V \\
&= \mathrm{SoftMax}\left( P ( Q K^T / \sqrt{d} + B ) P^T \right) P V \\
&= P\, \mathrm{SoftMax}\left( Q K^T / \sqrt{d} + B \right) V .
\end{align*}
"""

LINEAR_BIAS = r"""# Linear biases

For queries $q_i \in \mathbb{R}^d$, keys $k_j \in \mathbb{R}^d$ and values $v_j \in \mathbb{R}^d$, $i, j \in
\mathbb{Z}$, the slope $m \in \mathbb{R}$ adds a linear bias $\beta : \mathbb{Z} \to \mathbb{R}$ with $\beta(i + j) =
\beta(i) + \beta(j)$ for all $i, j \in \mathbb{Z}$:
$$ s_{ij} = q_i^\top k_j + m\, \beta(j - i). $$
Let $N(i) \subseteq \mathbb{Z}$ be the causal window of $i$. The output is
$$ o_i = \sum_{j \in N(i)} \mathrm{softmax}_j(s_{ij}) v_j. $$
Since softmax is invariant under adding a constant $c_i$ to a row, $\mathrm{softmax}_j(s_{ij} + c_i) =
\mathrm{softmax}_j(s_{ij})$, we have
$$ o_i = \sum_{j \in N(i)} \mathrm{softmax}_j( q_i^\top k_j + m \beta(j) - m\beta(i) ) v_j
= \sum_{j \in N(i)} \mathrm{softmax}_j( q_i^\top k_j + m \beta(j) ) v_j. $$
"""

TRIANGLES = r"""# Triangles

Let $V$ be the nodes, $f : V \to \mathbb{R}^d$, and let $\pi : V \to V$ be a bijection. Let $T(i) \subseteq V \times V$
be the triangles at $i$, with $(j, k) \in T(i) \iff (\pi(j), \pi(k)) \in T(\pi(i))$. Then
$$ \sum_{(j,k) \in T(i)} \langle f(\pi(j)), f(\pi(k)) \rangle = \sum_{(j,k) \in T(\pi(i))} \langle f(j), f(k) \rangle .
$$
"""

ON_A_GROUP = r"""# Attention on a group

Let $G$ be a group and $f : G \to \mathbb{R}^d$ a feature map. Let $L_u$ denote the left action, $L_u[f](g) = f(u^{-1}
g)$. Let $\rho : G \to \mathbb{R}^d$ be the relative encoding, $\varphi_q, \varphi_k : \mathbb{R}^d \to \mathbb{R}^m$
and $\varphi_v : \mathbb{R}^d \to \mathbb{R}^{e}$. Group self-attention is
$$ A[f](g) = \sum_{\tilde g \in G} \alpha(g, \tilde g) \varphi_v(f(\tilde g)), \qquad \alpha(g, \tilde g) =
\mathrm{softmax}_{\tilde g} \big( \langle \varphi_q(f(g)), \varphi_k(f(\tilde g) + \rho(g^{-1} \tilde g)) \rangle \big).
$$
Then $A$ is equivariant: for all $u \in G$,
\begin{align}
A[L_u[f]](g) &= \sum_{\tilde g \in G} \mathrm{softmax}_{\tilde g} \big( \langle \varphi_q(f(u^{-1} g)),
\varphi_k(f(u^{-1} \tilde g) + \rho(g^{-1} \tilde g)) \rangle \big) \varphi_v(f(u^{-1} \tilde g)) \\
&= \sum_{\bar g \in G} \mathrm{softmax}_{\bar g} \big( \langle \varphi_q(f(u^{-1} g)), \varphi_k(f(\bar g) +
\rho(g^{-1} u \bar g)) \rangle \big) \varphi_v(f(\bar g)) \\
&= A[f](u^{-1} g) = L_u[A[f]](g).
\end{align}
"""

SOUND = {
    "neighbours and the node itself": (SELF_LOOPS, "markdown"),
    "up to the token itself": (CAUSAL, "markdown"),
    "a window of a line": (LINE_WINDOW, "markdown"),
    "from one end of a window to the other": (CONVOLUTION, "markdown"),
    "all other points": (POINTS, "markdown"),
    "all pairs of two": (INTERACTIONS, "markdown"),
    "a softmax that does not say over what it runs": (GAT, "markdown"),
    "rows times matrices": (ROWS, "markdown"),
    "rows of matrices": (ROWS_OF_MATRICES, "markdown"),
    "a bias that a permutation keeps": (INVARIANT_BIAS, "markdown"),
    "a bias that is additive": (LINEAR_BIAS, "markdown"),
    "pairs around a node": (TRIANGLES, "markdown"),
    "weights defined where they are used": (ON_A_GROUP, "markdown"),
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
    (
        "a softmax that does not say over what it runs",
        r"\mathbf{W} \sum_{j \in \mathcal{N}_i} \alpha_{ij} \vec{h}_j )",
        r"\mathbf{W} \sum_{j \in \mathcal{N}_i} \alpha_{ji} \vec{h}_j )",
        "step",
    ),
    ("rows times matrices", r"\alpha_{ij} x_j \Big) W^V", r"\alpha_{ij} x_i \Big) W^V", "step"),
    ("rows times matrices", r"= x_i W^Q (W^K)^T x_j^T", r"= x_j W^Q (W^K)^T x_i^T", "step"),
    ("rows of matrices", r"= X_{i,:} W_Q W_K^\top X_{j,:}^\top", r"= X_{i,:} W_K W_Q^\top X_{j,:}^\top", "step"),
    ("a bias that is additive", r"m \beta(j) - m\beta(i) )", r"m \beta(j) + m\beta(j) )", "step"),
    ("pairs around a node", r"\sum_{(j,k) \in T(\pi(i))}", r"\sum_{(j,k) \in T(i)}", "step"),
    ("weights defined where they are used", r"\rho(g^{-1} u \bar g)", r"\rho(g^{-1} \bar g)", "step"),
    ("weights defined where they are used", r"&= A[f](u^{-1} g)", r"&= A[f](u g)", "step"),
]
"""A sound text, what stands in it, what is put there, and the kind that is reported."""


PLACES = {
    "indices": r"Let $f_1, \dots, f_n, v_1, \dots, v_n \in \mathbb{R}^d$ be vectors and $i, k \in \{1, \dots, n\}$.",
    "Z": r"Let $f_j, v_j \in \mathbb{R}^d$ for $j \in \mathbb{Z}$, $i, k \in \mathbb{Z}$ and $w \in \mathbb{N}$.",
    "nodes": r"Let $V$ be a finite set, $N : V \to 2^V$, $f_j, v_j \in \mathbb{R}^d$ for $j \in V$, $i, k \in V$.",
}
SAME = [
    ("indices", r"j \le i", r"j=1}^{i"),
    ("indices", r"j < i", r"j=1}^{i-1"),
    ("indices", r"j > i", r"j=i+1}^{n"),
    ("indices", r"j \ge i", r"j=i}^{n"),
    ("indices", r"1 \le j \le i", r"j \le i"),
    ("indices", r"j : j \le i", r"j \le i"),
    ("indices", r"i \le j \le k", r"j=i}^{k"),
    ("indices", r"i < j \le k", r"j=i+1}^{k"),
    ("indices", r"j=1, j \ne i}^{n", r"j \ne i"),
    ("indices", r"j \in \{1, \dots, n\} \setminus \{i\}", r"j \ne i"),
    ("indices", r"j \in [n] \setminus \{i, k\}", r"j \ne i, j \ne k"),
    ("indices", r"j=1}^{n", r"1 \le j \le n"),
    ("Z", r"|j-i| \le w", r"j=i-w}^{i+w"),
    ("Z", r"|i-j| \le w", r"|j-i| \le w"),
    ("Z", r"i \le j \le i+w", r"j=i}^{i+w"),
    ("Z", r"0 < |j-i| \le w", r"|j-i| \le w, j \ne i"),
    ("Z", r"j = i-w+1}^{i", r"i-w < j \le i"),
    ("nodes", r"j \in N(i) \setminus \{i\}", r"j \in N(i), j \ne i"),
    ("nodes", r"j \in N(i) \setminus i", r"j \in N(i), j \ne i"),
    ("nodes", r"j \in N(i) \cap N(k)", r"j \in N(i), j \in N(k)"),
    ("nodes", r"j \in V \setminus \{i\}", r"j \ne i"),
    ("nodes", r"j \notin N(i)", r"j \in V \setminus N(i)"),
]
DIFFERENT = [
    ("indices", r"j \le i", r"j < i"),
    ("indices", r"j \le i", r"j \ge i"),
    ("indices", r"j \ne i", r"j=1}^{n"),
    ("indices", r"j \ne i", r"j \ne k"),
    ("indices", r"j=i}^{n", r"j=1}^{i"),
    ("indices", r"i \le j \le k", r"i < j \le k"),
    ("Z", r"|j-i| < w", r"|j-i| \le w"),
    ("Z", r"j=i-w}^{i", r"j=i}^{i+w"),
    ("Z", r"0 < |j-i| \le w", r"|j-i| \le w"),
    ("nodes", r"j \in N(i) \cup \{i\}", r"j \in N(i)"),
    ("nodes", r"j \in N(i) \setminus \{i\}", r"j \in N(i)"),
    ("nodes", r"j \in N(i) \cup N(k)", r"j \in N(i) \cap N(k)"),
    ("nodes", r"j \notin N(i)", r"j \in N(i)"),
]
"""Where the letters are from, and what stands below two sums."""

UNDECIDED = {
    "up to i, of infinitely many": r"""Let $x_j \in \mathbb{R}^d$ for $j \in \mathbb{Z}$ and $i \in \mathbb{Z}$. Then
$$ \sum_{j \le i} x_j = \sum_{j < i} x_j + x_i . $$
""",
    "a letter that nothing declares": r"""Let $V$ be a set of nodes with features $h_v \in \mathbb{R}^d$. Then
$$ \sum_{u \ne v} h_u = \sum_{u \in V} h_u - h_v. $$
""",
}
"""What holds, and has no proof here: it must not be refuted."""
