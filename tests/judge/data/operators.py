"""Layers written as operators on signals, ``[A f](u)`` and ``\\Phi f(u)``, on any group and on the plane."""

from __future__ import annotations

GROUP_LAYER = r"""\newcommand{\inner}[2]{\left\langle #1, #2 \right\rangle}
Let $G$ be a group acting on itself, and let $f : G \to \mathbb{R}^d$ be a signal. Write $(L_g f)(u) = f(g^{-1} u)$.
Attention with an encoding $r : G \to \mathbb{R}^k$ of relative positions is

$$
[A f](u) = \sum_{v \in G} \mathrm{softmax}_v\big( \inner{Q f(u)}{K f(v) + r(u^{-1} v)} \big) V f(v),
$$

where $Q, K \in \mathbb{R}^{k \times d}$ and $V \in \mathbb{R}^{m \times d}$.
Then $A L_g f = L_g A f$ for all $g \in G$:

\begin{align*}
[A L_g f](u) &= \sum_{v \in G} \mathrm{softmax}_v\big( \inner{Q f(g^{-1}u)}{K f(g^{-1}v) + r(u^{-1} v)} \big)
V f(g^{-1}v) \\
&= \sum_{w \in G} \mathrm{softmax}_w\big( \inner{Q f(g^{-1}u)}{K f(w) + r(u^{-1} g w)} \big) V f(w) \\
&= \sum_{w \in G} \mathrm{softmax}_w\big( \inner{Q f(g^{-1}u)}{K f(w) + r((g^{-1}u)^{-1} w)} \big) V f(w) \\
&= [A f](g^{-1}u) = [L_g A f](u).
\end{align*}
"""

WINDOW_ON_THE_PLANE = r"""
Signals are $f\colon \mathbb{Z}^2 \to \mathbb{R}^c$, and their translates $T_a f(u) := f(u-a)$.
Let $W \subset \mathbb{Z}^2$ be a finite window,
$q, k : \mathbb{R}^c \to \mathbb{R}^n$, $v : \mathbb{R}^c \to \mathbb{R}^m$
and $\rho : \mathbb{Z}^2 \to \mathbb{R}^n$. Local attention is defined by

$$\Phi f(u) := \sum_{w \in W} \frac{e^{\langle q(f(u)), k(f(u+w)) + \rho(w)\rangle}}
{\sum_{w' \in W} e^{\langle q(f(u)), k(f(u+w')) + \rho(w')\rangle}}\, v(f(u+w)).$$

Then $\Phi T_a f = T_a \Phi f$:

$$\begin{aligned}
\Phi T_a f(u) &= \sum_{w \in W} \frac{e^{\langle q(f(u-a)), k(f(u+w-a)) + \rho(w)\rangle}}
{\sum_{w' \in W} e^{\langle q(f(u-a)), k(f(u+w'-a)) + \rho(w')\rangle}}\, v(f(u+w-a)) \\
&= \Phi f(u-a) \\
&= T_a \Phi f(u).
\end{aligned}$$
"""

UNDECLARED = WINDOW_ON_THE_PLANE.replace(
    r""" window,
$q, k : \mathbb{R}^c \to \mathbb{R}^n$, $v : \mathbb{R}^c \to \mathbb{R}^m$
and $\rho : \mathbb{Z}^2 \to \mathbb{R}^n$.""",
    " window.",
)
"""The maps and the encoding are used and never declared; ``\\rho`` takes one difference, not two tokens."""

WRITTEN_OUT = r"""Given tokens $\bm{x}_1,\ldots,\bm{x}_n\in\mathbb{R}^d$ and a permutation $\pi$ of
$\{1,\ldots,n\}$, set $\bm{x}^\pi_i = \bm{x}_{\pi(i)}$. The output of self-attention at token $i$ is

\begin{equation}
\bm{y}_i(\bm{x}) = \sum_{j=1}^n \frac{\exp(\bm{q}(\bm{x}_i)^\top \bm{k}(\bm{x}_j)/\sqrt{d})}
{\sum_{l=1}^n \exp(\bm{q}(\bm{x}_i)^\top \bm{k}(\bm{x}_l)/\sqrt{d})} \bm{v}(\bm{x}_j).
\end{equation}

Hence

\begin{align}
\bm{y}_i(\bm{x}^\pi) &= \sum_{j=1}^n \frac{\exp(\bm{q}(\bm{x}_{\pi(i)})^\top \bm{k}(\bm{x}_{\pi(j)})/\sqrt{d})}
{\sum_{l=1}^n \exp(\bm{q}(\bm{x}_{\pi(i)})^\top \bm{k}(\bm{x}_{\pi(l)})/\sqrt{d})} \bm{v}(\bm{x}_{\pi(j)})\\
&= \sum_{j=1}^n \frac{\exp(\bm{q}(\bm{x}_{\pi(i)})^\top \bm{k}(\bm{x}_{j})/\sqrt{d})}
{\sum_{l=1}^n \exp(\bm{q}(\bm{x}_{\pi(i)})^\top \bm{k}(\bm{x}_{l})/\sqrt{d})} \bm{v}(\bm{x}_{j})\\
&= \bm{y}_{\pi(i)}(\bm{x}).
\end{align}
"""

ROTARY = r"""Let $R_p \in \mathbb{R}^{d\times d}$, $p \in \mathbb{Z}$, be the rotary matrices; they satisfy
$R_p^\top R_q = R_{q-p}$. With $q_i = R_i (W_q + B_q A_q) x_i$ and $k_j = R_j (W_k + B_k A_k) x_j$ the score is

$$s_{ij} = q_i^\top k_j .$$

Then

$$
\begin{aligned}
s_{ij} &= x_i^\top (W_q + B_q A_q)^\top R_i^\top R_j (W_k + B_k A_k) x_j \\
&= x_i^\top (W_q + B_q A_q)^\top R_{j-i} (W_k + B_k A_k) x_j .
\end{aligned}
$$
"""
"""The ``q`` of ``R_q`` is a position, that of ``q_i`` a vector; nobody declares the matrices."""

BROKEN = {
    "a permuted query, and a value that is not": (
        WRITTEN_OUT,
        r"\bm{v}(\bm{x}_{\pi(j)})\\",
        r"\bm{v}(\bm{x}_{j})\\",
        "step",
        r"\pi",
    ),
    "the difference the wrong way round": (ROTARY, r"R_{j-i} (W_k", r"R_{i-j} (W_k", "step", "j - i"),
    "two factors exchanged in an adapter": (
        ROTARY,
        r"x_i^\top (W_q + B_q A_q)^\top R_i",
        r"x_i^\top (W_q + A_q B_q)^\top R_i",
        "step",
    ),
    "two factors exchanged in a group": (GROUP_LAYER, "r(u^{-1} g w)", "r(g u^{-1} w)", "step", "(g^{-1} u)^{-1} w"),
    "the value is not moved": (WINDOW_ON_THE_PLANE, r"v(f(u+w-a)) \\", r"v(f(u+w)) \\", "step", "u + w - a"),
    "the signal is moved back": (WINDOW_ON_THE_PLANE, r"\Phi f(u-a)", r"\Phi f(u+a)", "step", "-a"),
    "undeclared, and the value is not moved": (UNDECLARED, r"v(f(u+w-a)) \\", r"v(f(u+w)) \\", "step", "u + w - a"),
}
