"""Layers of many kinds as different authors write them: adapters, biases, graphs, poses, whole blocks."""

from __future__ import annotations

ALIBI = r"""\documentclass{article}
\usepackage{amsmath}
\newcommand{\R}{\mathbb{R}}
\DeclareMathOperator{\softmax}{softmax}
\begin{document}
\section{Linear biases}
Tokens sit at positions $p : T \to \mathbb{Z}$, where $p$ is a bijection, and carry features $u :
T \to \R^{d}$. Let $m \in \R$ be the slope, and let $b : \mathbb{Z} \to \R$
be additive, $b(s + t) = b(s) + b(t)$ for all $s, t \in \mathbb{Z}$. Each token $t$ sees the
finite set $W(t)$, $W : T \to 2^T$. With $Q, K, V \in \R^{d \times d}$ we denote by
\begin{equation}\label{eq:layer}
 F[u](t) := \sum_{s \in W(t)} \softmax_{s}\bigl( (Q u(t))^\top K u(s) + m\, b(p(s)) \bigr)\, V
u(s)
\end{equation}
the layer with an absolute bias.
\begin{lemma}
The layer equals its relative form.
\end{lemma}
\begin{proof}
We compute
\begin{align}
F[u](t) &= \sum_{s \in W(t)} \softmax_{s}\bigl( (Q u(t))^\top K u(s) + m\, b(p(s)) - m\, b(p(t))
\bigr)\, V u(s) \\
\intertext{because a constant leaves the softmax as it is,}
 &= \sum_{s \in W(t)} \softmax_{s}\bigl( (Q u(t))^\top K u(s) + m\,( b(p(s)) - b(p(t))) \bigr)\,
V u(s) .
\end{align}
\end{proof}
\end{document}
"""

DORA = r"""\newcommand{\norm}[1]{\lVert #1 \rVert}
\newcommand{\W}{\mathbf{W}}
\begin{definition}[Adapted projection]
Let $\W \in \mathbb{R}^{k \times d}$ be frozen, $\mathbf{B} \in \mathbb{R}^{k \times r}$,
$\mathbf{A} \in \mathbb{R}^{r \times d}$ and $s \in \mathbb{R}$. We set
\[ \W' := \W + s\, \mathbf{B}\mathbf{A}. \]
\end{definition}
\begin{theorem}
For every permutation matrix $\mathbf{P} \in \mathbb{R}^{n \times n}$ and $\mathbf{X} \in
\mathbb{R}^{n \times d}$,
\[ (\mathbf{P}\mathbf{X}) \W'^\top = \mathbf{P} (\mathbf{X} \W'^\top). \]
\end{theorem}
\begin{proof}
Indeed,
\begin{align*}
 (\mathbf{P}\mathbf{X}) \W'^\top
  &= \mathbf{P}\mathbf{X} (\W + s\,\mathbf{B}\mathbf{A})^\top \\
  &= \mathbf{P}\mathbf{X}\W^\top + s\, \mathbf{P}\mathbf{X}\mathbf{A}^\top\mathbf{B}^\top \\
  &= \mathbf{P}\left( \mathbf{X}\W^\top + s\,\mathbf{X}\mathbf{A}^\top\mathbf{B}^\top \right) \\
  &= \mathbf{P} (\mathbf{X} \W'^\top).
\end{align*}
\end{proof}
"""

P4 = r"""Let $\Lambda$ be a group of translations, $t : S \to \Lambda$ a bijection, and let $C_4$ be the
group of rotations, which acts on $\Lambda$ by automorphisms. A feature map on poses is
$F : S \times C_4 \to \mathbb{R}^w$. For $a \in \Lambda$ and $r \in C_4$ define
$$ T_a[F](s, c) := F(t^{-1}(t(s) - a), c), \qquad T_r[F](s, c) := F(t^{-1}(r^{-1} t(s)), r^{-1}
c). $$
Let $\psi : \Lambda \times C_4 \to \mathbb{R}$. The group convolution is given by
$$ \Phi[F](s, c) := \sum_{s' \in S} \sum_{c' \in C_4} \psi(c^{-1}(t(s') - t(s)), c^{-1} c')\,
F(s', c') . $$
Then
$$ \Phi[T_a[F]](s, c) = \sum_{s' \in S} \sum_{c' \in C_4} \psi(c^{-1}(t(s') - t(s)), c^{-1} c')\,
F(t^{-1}(t(s') - a), c') = T_a[\Phi[F]](s, c) $$
and
$$ \Phi[T_r[F]](s, c) = T_r[\Phi[F]](s, c) . $$
"""

CONV = r"""Let $G$ be a group and let $f, k : G \to \mathbb{R}$. We write
$$ (f * k)(g) := \sum_{h \in G} f(h) k(h^{-1} g) $$
and $(\lambda_a f)(g) := f(a^{-1} g)$ for $a \in G$. Thus
\begin{align}
((\lambda_a f) * k)(g) &= \sum_{h \in G} f(a^{-1} h) k(h^{-1} g) \\
&= \sum_{h \in G} f(h) k(h^{-1} a^{-1} g) \\
&= (\lambda_a (f * k))(g)
\end{align}
"""

BLOCK = r"""# A whole block

Let $\tau : S \to S$ be a bijection, $f : S \to \mathbb{R}^d$. Put $P[f](i) := f(\tau^{-1}(i))$.
Let $q, k, v, \mathrm{MLP}, \mathrm{LN} : \mathbb{R}^d \to \mathbb{R}^d$. Let
$$ \mathrm{SA}[f](i) := \sum_{j \in S} \mathrm{softmax}_j\left( \frac{\langle q(f(i)), k(f(j))
\rangle}{\sqrt{d}} \right) v(f(j)), $$
$$ g[f](i) := f(i) + \mathrm{SA}[f](i), \quad B[f](i) := g[f](i) +
\mathrm{MLP}(\mathrm{LN}(g[f](i))) . $$
First, $\mathrm{SA}[P[f]](i) = P[\mathrm{SA}[f]](i)$. Therefore
\begin{align*}
g[P[f]](i) &= P[f](i) + \mathrm{SA}[P[f]](i) \\
&= P[f](i) + P[\mathrm{SA}[f]](i) \\
&= P[g[f]](i).
\end{align*}
Finally
$$ B[P[f]](i) = g[P[f]](i) + \mathrm{MLP}(\mathrm{LN}(g[P[f]](i))) = P[B[f]](i). $$
"""

ADALORA = r"""Wir betrachten eine Schicht mit Gewichten $W \in \mathbb{R}^{k \times d}$ und dem Zusatz $\Delta
:= P \Lambda Q$, where $P \in \mathbb{R}^{k \times r}$, $\Lambda \in \mathbb{R}^{r \times r}$, $Q
\in \mathbb{R}^{r \times d}$.
Sei $\lambda \in \mathbb{R}^r$ und $\Lambda = \mathrm{diag}(\lambda)$. Für $x \in \mathbb{R}^d$
gilt
$$ (W + \Delta) x = W x + P \Lambda Q x = W x + P (\lambda \odot (Q x)). $$
"""

T5 = r"""\documentclass{article}
\begin{document}
Let $G$ be an abelian group, written additively, and let $x \colon S \to G$ be a bijection. Let
$\beta \colon G \to \mathbb{R}$ be the bias table and $f \colon S \to \mathbb{R}^{d}$ the input.
Let $\mathcal{W} \colon S \to 2^{S}$ be the windows.
For $y \in G$, denote by $\mathcal{T}_y f$ the function $(\mathcal{T}_y f)(i) := f(x^{-1}(x(i) -
y))$. Write
\begin{equation}
\operatorname{RPE}[f](i) := \sum_{j \in \mathcal{W}(i)} \operatorname{softmax}_j\!\left(
f(i)^{\mathsf T} A f(j) + \beta(x(j) - x(i)) \right) f(j), \tag{$\ast$}
\end{equation}
where $A \in \mathbb{R}^{d \times d}$. We assume that $x^{-1}(x(j)+y) \in
\mathcal{W}(x^{-1}(x(i)+y))$ if and only if $j \in \mathcal{W}(i)$.
By $(\ast)$,
\begin{align}
\operatorname{RPE}[\mathcal{T}_y f](i)
&= \sum_{j \in \mathcal{W}(i)} \operatorname{softmax}_j\!\left( (\mathcal{T}_y f)(i)^{\mathsf T}
A (\mathcal{T}_y f)(j) + \beta(x(j) - x(i)) \right) (\mathcal{T}_y f)(j) \nonumber \\
&= (\mathcal{T}_y \operatorname{RPE}[f])(i). \label{eq:done}
\end{align}
\end{document}
"""

ROTO = r"""\documentclass{article}
\usepackage{bm}
\newcommand{\act}[2]{#1 \cdot #2}
\begin{document}
Sei $H$ eine Gruppe, die auf der Gruppe $\mathcal{T}$ der Translationen durch Automorphismen
wirkt. Let $p : I \to \mathcal{T}$ be a bijection and let $\bm{z} : I \times H \to \mathbb{R}^m$
be features on poses.
For $a \in H$ put
\[ (\lambda_a \bm z)(i, h) := \bm z(p^{-1}(a^{-1} p(i)), a^{-1} h). \]
Let $\kappa : H \to \mathbb{R}$ and define
\[ K[\bm z](i, h) := \sum_{h' \in H} \kappa(h^{-1} h') \bm z(i, h'). \]
Then for all $a \in H$
\begin{align*}
 K[\lambda_a \bm z](i, h) &= \sum_{h' \in H} \kappa(h^{-1} h') \bm z(p^{-1}(a^{-1} p(i)), a^{-1}
h') \\
 &= \sum_{h' \in H} \kappa(h^{-1} a h') \bm z(p^{-1}(a^{-1} p(i)), h') \\
 &= (\lambda_a K[\bm z])(i, h).
\end{align*}
\end{document}
"""

RING_CONV = r"""Let $f, g : \mathbb{Z}/n \to \mathbb{R}$. The circular convolution is
$$ (f \star g)(i) := \sum_{j \in \mathbb{Z}/n} f(j) g(i - j). $$
It is commutative:
$$ (f \star g)(i) = \sum_{j \in \mathbb{Z}/n} f(i-j) g(j) = (g \star f)(i). $$
"""

LAYERNORM = r"""# Residual stream

Tokens are the rows of $X \in \mathbb{R}^{n \times d}$; $\Pi \in \mathbb{R}^{n \times n}$ is a
permutation matrix. Let $\mathrm{LN}, \mathrm{FFN} : \mathbb{R}^d \to \mathbb{R}^d$ act on each
row. Then
$$ \mathrm{FFN}(\mathrm{LN}(\Pi X)) = \mathrm{FFN}(\Pi\, \mathrm{LN}(X)) = \Pi\,
\mathrm{FFN}(\mathrm{LN}(X)). $$
Hence $\Pi X + \mathrm{FFN}(\mathrm{LN}(\Pi X)) = \Pi \left( X + \mathrm{FFN}(\mathrm{LN}(X))
\right)$.
"""

IA3 = r"""Let $W \in \mathbb{R}^{k \times d}$ be frozen and $l \in \mathbb{R}^k$ learned. IA3 replaces $W
x$ by $l \odot (W x)$. Denote $D := \mathrm{diag}(l)$. For $x \in \mathbb{R}^d$,
$$ l \odot (W x) = D (W x) = (D W) x. $$
For a family $x_1, \dots, x_n \in \mathbb{R}^d$ and $c_1, \dots, c_n \in \mathbb{R}$ we get
$$ l \odot \Big( W \sum_{i=1}^n c_i x_i \Big) = \sum_{i=1}^n c_i\, (l \odot (W x_i)). $$
"""

EQUIVAR_WORDS = r"""## Setup
We consider a finite group $G$ and signals $\phi \colon G \to \mathbb{R}^{c}$. The left-regular
representation is
\begin{equation*} [\mathcal{L}_g \phi](h) = \phi(g^{-1} h), \qquad g, h \in G. \end{equation*}
**Proposition 1.** Let $\alpha \colon G \to \mathbb{R}$. The map $\Psi[\phi](h) := \sum_{k \in G}
\alpha(h^{-1} k)\, \phi(k)$ commutes with $\mathcal{L}_g$.

*Proof.* Substituting $k = g k'$,
\begin{align*}
\Psi[\mathcal{L}_g \phi](h) &= \sum_{k \in G} \alpha(h^{-1} k)\, \phi(g^{-1} k) \\
&= \sum_{k' \in G} \alpha(h^{-1} g k')\, \phi(k') \\
&= \sum_{k' \in G} \alpha((g^{-1} h)^{-1} k')\, \phi(k') = \Psi[\phi](g^{-1} h) = [\mathcal{L}_g
\Psi[\phi]](h). \qquad \square
\end{align*}
"""

VERA = r"""VeRA shares $A \in \mathbb{R}^{r \times d}$ and $B \in \mathbb{R}^{k \times r}$ and learns
$\lambda \in \mathbb{R}^r$, $\mu \in \mathbb{R}^k$. Its update is
$$ \Delta W = \mathrm{diag}(\mu) B \,\mathrm{diag}(\lambda) A . $$
So for $x \in \mathbb{R}^d$
$$ \Delta W x = \mu \odot (B (\lambda \odot (A x))). $$
"""

DERIV_CLAIM = r"""**Theorem.** Let $x : S \to X$ be a bijection onto an abelian group, $f : S \to \mathbb{R}^d$, $y
\in X$ and $L_y[f](i) := f(x^{-1}(x(i) - y))$. Let $w : X \to \mathbb{R}$ and
$$ C[f](i) := \sum_{j \in S} w(x(i) - x(j)) f(j). $$
Then $C[L_y[f]](i) = L_y[C[f]](i)$ for all $i \in S$.

**Proof.** We have
\begin{multline}
C[L_y[f]](i) = \sum_{j \in S} w(x(i) - x(j)) f(x^{-1}(x(j) - y)) \\
= \sum_{j \in S} w(x(i) - (x(j) + y)) f(j) \\
= \sum_{j \in S} w((x(i) - y) - x(j)) f(j) = L_y[C[f]](i).
\end{multline}
"""

SE2 = r"""Let $\mathrm{SE}(2) = \mathbb{R}^2 \rtimes \mathrm{SO}(2)$ act on $\mathbb{R}^2$. Let $G =
\mathrm{SE}(2)$, $\phi : G \to \mathbb{R}$ and let $\mathcal{L}_g$ be given by $[\mathcal{L}_g
\phi](h) = \phi(g^{-1}h)$ for $g,h\in G$. Then
$$ [\mathcal{L}_g [\mathcal{L}_{g'} \phi]](h) = [\mathcal{L}_{g'}\phi](g^{-1}h) =
\phi(g'^{-1}g^{-1}h) = \phi((gg')^{-1}h) = [\mathcal{L}_{gg'}\phi](h). $$
"""

ENUM = r"""\documentclass{article}
\begin{document}
\begin{assumption} The neighbourhoods are translation invariant: $j + s \in \mathcal{N}(i + s)$
if and only if $j \in \mathcal{N}(i)$ for $i, j, s \in \mathbb{Z}/n$. \end{assumption}
\begin{lemma}
Let $x_i \in \mathbb{R}^d$ for $i \in \mathbb{Z}/n$ and $\psi_m : \mathbb{R}^d \to \mathbb{R}^d$
for $m \in \mathbb{Z}/n$. Put $y_i := \sum_{j \in \mathcal{N}(i)} \psi_{j-i}(x_j)$. Then
\begin{equation} \sum_{j \in \mathcal{N}(i)} \psi_{j-i}(x_{j-s}) = y_{i-s}. \label{eq:equi}
\end{equation}
\end{lemma}
\end{document}
"""

TEMPORAL = r"""We denote by $h_t \in \mathbb{R}^d$ the state at $t \in \mathbb{Z}$, and by $\Delta_{st} = t - s$
the lag. Let $b : \mathbb{Z} \to \mathbb{R}$ and let $e_{st} = \langle h_s, h_t \rangle +
b(\Delta_{st})$. Shifting, $h'_t = h_{t-\tau}$,
$$ \langle h'_s, h'_t \rangle + b(t - s) = \langle h_{s-\tau}, h_{t-\tau}\rangle + b((t-\tau) -
(s-\tau)) = e_{s-\tau,t-\tau}. $$
"""

SOUND = {
    "a linear bias, relative by the softmax": (ALIBI, "latex"),
    "a low-rank update, in LaTeX": (DORA, "latex"),
    "a convolution over poses": (P4, "markdown"),
    "a convolution on a group, written with a star": (CONV, "markdown"),
    "a whole block": (BLOCK, "markdown"),
    "a diagonal between two factors, in two languages": (ADALORA, "markdown"),
    "a relative bias in windows, in LaTeX": (T5, "latex"),
    "a representation of a group on poses": (ROTO, "latex"),
    "a circular convolution commutes": (RING_CONV, "markdown"),
    "maps of rows": (LAYERNORM, "markdown"),
    "a rescaled layer": (IA3, "markdown"),
    "a regular representation, with a proof": (EQUIVAR_WORDS, "markdown"),
    "two diagonals": (VERA, "markdown"),
    "a theorem and its proof": (DERIV_CLAIM, "markdown"),
    "a semidirect product on itself": (SE2, "markdown"),
    "an assumption, a lemma and a layer on a ring": (ENUM, "latex"),
    "lags": (TEMPORAL, "markdown"),
}
"""Texts in which every step holds, and their formats."""

BROKEN = [
    (
        "a linear bias, relative by the softmax",
        r"+ m\,( b(p(s)) - b(p(t)))",
        r"+ m\,( b(p(s)) + b(p(t)) + b(p(s)))",
        "step",
    ),
    (
        "a low-rank update, in LaTeX",
        r"+ s\, \mathbf{P}\mathbf{X}\mathbf{A}^\top\mathbf{B}^\top \\",
        r"+ s\, \mathbf{P}\mathbf{X}\mathbf{B}^\top\mathbf{A}^\top \\",
        "shape",
    ),
    (
        "a low-rank update, in LaTeX",
        r"+ s\,\mathbf{X}\mathbf{A}^\top\mathbf{B}^\top \right)",
        r"+ \mathbf{X}\mathbf{A}^\top\mathbf{B}^\top \right)",
        "step",
    ),
    ("a convolution on a group, written with a star", r"k(h^{-1} a^{-1} g)", r"k(a^{-1} h^{-1} g)", "step"),
    ("a whole block", r"= P[f](i) + P[\mathrm{SA}[f]](i)", r"= f(i) + P[\mathrm{SA}[f]](i)", "step"),
    ("a whole block", r"= P[B[f]](i). $$", r"= B[f](i). $$", "step"),
    ("a diagonal between two factors, in two languages", r"W x + P (\lambda", r"W x - P (\lambda", "step"),
    ("a representation of a group on poses", r"\kappa(h^{-1} a h') \bm z(p", r"\kappa(a h^{-1} h') \bm z(p", "step"),
    ("a representation of a group on poses", r"\kappa(h^{-1} a h')", r"\kappa(h^{-1} a^{-1} h')", "step"),
    ("a circular convolution commutes", r"f(i-j) g(j) = (g", r"f(j-i) g(j) = (g", "step"),
    ("maps of rows", r"\Pi \left( X + \mathrm{FFN}", r"\Pi X + \left( \mathrm{FFN}", "step"),
    ("a rescaled layer", r"\sum_{i=1}^n c_i\, (l \odot (W x_i))", r"\sum_{i=1}^n (l \odot (W x_i))", "step"),
    ("a rescaled layer", r"= D (W x) =", r"= W (D x) =", "shape"),
    (
        "a regular representation, with a proof",
        r"\alpha(h^{-1} g k')\, \phi(k')",
        r"\alpha(g h^{-1} k')\, \phi(k')",
        "step",
    ),
    ("a regular representation, with a proof", r"\Psi[\phi](g^{-1} h) =", r"\Psi[\phi](h g^{-1}) =", "step"),
    ("two diagonals", r"\mu \odot (B (\lambda", r"\lambda \odot (B (\mu", "shape"),
    ("a theorem and its proof", r"w((x(i) - y) - x(j)) f(j) = L_y", r"w((x(i) - x(j)) + y) f(j) = L_y", "step"),
    ("a semidirect product on itself", r"[\mathcal{L}_{gg'}\phi](h)", r"[\mathcal{L}_{g'g}\phi](h)", "step"),
    ("an assumption, a lemma and a layer on a ring", r"= y_{i-s}.", r"= y_{i+s}.", "step"),
]
"""A sound text, what stands in it, what is put there, and the kind that is reported."""
