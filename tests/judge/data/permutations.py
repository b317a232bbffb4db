"""Whole derivations in matrix notation: permutation matrices, row-wise softmax, attention, adapters, several
heads."""

from __future__ import annotations

SOFTMAX = r"""Let $M \in \mathbb{R}^{n \times n}$ and let $P \in \{0,1\}^{n \times n}$ be a permutation
matrix, so that
$P^\top P = P P^\top = I$. The softmax is applied row-wise. Since the rows are only put in another order,
$$
\mathrm{softmax}(P M) = P \, \mathrm{softmax}(M)
$$
and for the columns
$$
\mathrm{softmax}(M P^\top) = \mathrm{softmax}(M) P^\top
$$
Together
\begin{align*}
\mathrm{softmax}(P M P^\top) &= P \, \mathrm{softmax}(M P^\top) \\
  &= P \, \mathrm{softmax}(M) \, P^\top
\end{align*}
and so
$$
\mathrm{softmax}(P M P^\top) P = P \, \mathrm{softmax}(M)
$$
"""

ATTENTION = r"""The tokens are the rows of $X \in \mathbb{R}^{n \times d}$. With weights
$W_Q, W_K \in \mathbb{R}^{d \times d_k}$ and
$W_V \in \mathbb{R}^{d \times d_v}$ we define
\begin{equation}
\mathrm{Attn}(X) := \mathrm{softmax}\!\left( \frac{Q K^\top}{\sqrt{d_k}} \right) V
\end{equation}
where $Q = X W_Q$, $K = X W_K$ and $V = X W_V$. Then, for any permutation matrix $P$,
\begin{align}
\mathrm{Attn}(P X) &= \mathrm{softmax}\!\left( \frac{(P X W_Q) (P X W_K)^\top}{\sqrt{d_k}} \right) P X W_V \\
&= \mathrm{softmax}\!\left( \frac{P Q K^\top P^\top}{\sqrt{d_k}} \right) P V \\
&= P \, \mathrm{softmax}\!\left( \frac{Q K^\top}{\sqrt{d_k}} \right) P^\top P V \\
&= P \, \mathrm{softmax}\!\left( \frac{Q K^\top}{\sqrt{d_k}} \right) V \\
&= P \, \mathrm{Attn}(X)
\end{align}
"""

LORA = r"""Let $\mathbf{X} \in \mathbb{R}^{N \times D}$ and $\boldsymbol{\Pi}$ be an $N \times N$ permutation
matrix. The frozen weights
$\mathbf{W}_q, \mathbf{W}_k, \mathbf{W}_v \in \mathbb{R}^{D \times D}$ are adapted by
$\mathbf{B} \in \mathbb{R}^{D \times r}$ and
$\mathbf{A} \in \mathbb{R}^{r \times D}$. The adapted layer is given by
$$
f(\mathbf{X}) := \operatorname{softmax}\left( \mathbf{X} (\mathbf{W}_q + \mathbf{B} \mathbf{A})
\mathbf{W}_k^{\mathsf{T}}
 \mathbf{X}^{\mathsf{T}} / \sqrt{D} \right) \mathbf{X} \left( \mathbf{W}_v + \mathbf{B} \mathbf{A} \right)
$$
Unmerged it is
$$
f(\mathbf{X}) = \operatorname{softmax}\left( (\mathbf{X} \mathbf{W}_q + \mathbf{X} \mathbf{B} \mathbf{A})
 (\mathbf{X} \mathbf{W}_k)^{\mathsf{T}} / \sqrt{D} \right)
 (\mathbf{X} \mathbf{W}_v + \mathbf{X} \mathbf{B} \mathbf{A})
$$
and hence
\begin{align*}
f(\boldsymbol{\Pi} \mathbf{X})
 &= \operatorname{softmax}\left( \boldsymbol{\Pi} \mathbf{X} (\mathbf{W}_q + \mathbf{B} \mathbf{A})
\mathbf{W}_k^{\mathsf{T}}
    \mathbf{X}^{\mathsf{T}} \boldsymbol{\Pi}^{\mathsf{T}} / \sqrt{D} \right)
    \boldsymbol{\Pi} \mathbf{X} (\mathbf{W}_v + \mathbf{B} \mathbf{A}) \\
 &= \boldsymbol{\Pi} f(\mathbf{X})
\end{align*}
"""

HEADS = r"""Let $X \in \mathbb{R}^{n \times d}$ hold one token in each row, and let $P$ be an $n \times n$
permutation matrix. The heads
have weights $W_Q^{(h)}, W_K^{(h)} \in \mathbb{R}^{d \times d_k}$ and $W_V^{(h)} \in \mathbb{R}^{d \times d_v}$ for
$h \in [H]$, and $W_O \in \mathbb{R}^{H d_v \times d}$. The softmax is taken of each row. We define
$$\mathrm{Attention}(Q, K, V) := \mathrm{softmax}\left( \frac{Q K^\top}{\sqrt{d_k}} \right) V$$
and
$$\mathrm{MultiHead}(X) := \mathrm{Concat}(\mathrm{head}_1, \ldots, \mathrm{head}_H) W_O$$
where $\mathrm{head}_h = \mathrm{Attention}(X W_Q^{(h)}, X W_K^{(h)}, X W_V^{(h)})$. In other signs
$$\mathrm{MultiHead}(X) = \left( \big\Vert_{h=1}^{H} \mathrm{head}_h \right) W_O$$
For all queries, keys and values we have
$$\mathrm{Attention}(P Q, P K, P V) = P \, \mathrm{Attention}(Q, K, V)$$
Therefore
\begin{align*}
\mathrm{MultiHead}(P X) &= \mathrm{Concat}_{h \in [H]} \left( P \, \mathrm{head}_h \right) W_O \\
&= P \, \mathrm{Concat}(\mathrm{head}_1, \ldots, \mathrm{head}_H) W_O \\
&= P \, \mathrm{MultiHead}(X)
\end{align*}
"""

ENTRIES = r"""Let $M \in \mathbb{R}^{n \times n}$ and let $\pi$ be a permutation of $\{1, \ldots, n\}$. We
define $P \in \mathbb{R}^{n \times n}$ by
$$P_{ij} = \begin{cases} 1 & \text{if } j = \pi(i) \\ 0 & \text{otherwise} \end{cases}$$
Then
$$(P M)_{ij} = \sum_{k=1}^n P_{ik} M_{kj} = M_{\pi(i) j}$$
and
$$(P M P^\top)_{ij} = M_{\pi(i), \pi(j)}$$
Hence
\begin{align*}
\mathrm{softmax}(P M P^\top)_{ij} &= \frac{\exp((P M P^\top)_{ij})}{\sum_{k=1}^n \exp((P M P^\top)_{ik})} \\
&= \frac{e^{M_{\pi(i) \pi(j)}}}{\sum_{k=1}^n e^{M_{\pi(i) \pi(k)}}} \\
&= \frac{e^{M_{\pi(i) \pi(j)}}}{\sum_{l=1}^n e^{M_{\pi(i) l}}} \\
&= \mathrm{softmax}(M)_{\pi(i) \pi(j)} \\
&= (P \, \mathrm{softmax}(M) \, P^\top)_{ij}
\end{align*}
"""

COLUMNS = r"""The tokens are the columns of $Z \in \mathbb{R}^{d \times m}$, and $\mathrm{softmax}$ acts
column-wise. Let
$U, V \in \mathbb{R}^{e \times d}$, let $R$ be an $m \times m$ permutation matrix, and let
$$g(Z) := V Z \, \mathrm{softmax}\left( (U Z)^\top (V Z) \right).$$
Then
\begin{align*}
g(Z R) &= V Z R \, \mathrm{softmax}\left( R^\top Z^\top U^\top V Z R \right) \\
&= V Z R R^\top \mathrm{softmax}\left( Z^\top U^\top V Z \right) R \\
&= V Z \, \mathrm{softmax}\left( Z^\top U^\top V Z \right) R \\
&= g(Z) R
\end{align*}
"""

ROWS = r"""Let $X \in \mathbb{R}^{n \times d}$ and $W, U \in \mathbb{R}^{d \times k}$. The scores are given by
$S_{ij} = \frac{1}{\sqrt{k}} \langle (X W)_i, (X U)_j \rangle$, which is to say
$$S = \frac{X W U^\top X^\top}{\sqrt{k}}$$
and the layer is given by $Y = \mathrm{softmax}(S) X$. Its rows are
\begin{align*}
Y_i &= \sum_{j=1}^n \mathrm{softmax}(S)_{ij} X_j \\
 &= \sum_{j=1}^n \frac{\exp(S_{ij})}{\sum_{l=1}^n \exp(S_{il})} X_j
\end{align*}
"""

ORTHOGONAL = r"""Let $O \in \mathbb{R}^{d \times d}$ satisfy $O^\top O = O O^\top = I$, and
$X \in \mathbb{R}^{n \times d}$, $W \in \mathbb{R}^{d \times d}$. Then
$$(X O)(X O)^\top = X X^\top$$
and, with $\tilde{W} = O^\top W O$,
$$(X O) \tilde{W} (X O)^\top = X O O^\top W O O^\top X^\top = X W X^\top$$
so that
$$\mathrm{softmax}\left( X O \tilde{W} O^\top X^\top \right) X = \mathrm{softmax}\left( X W X^\top \right) X$$
"""
