"""Attention, whole, each time in another notation; broken variants are made from these by one replacement."""

from __future__ import annotations

HEADS = r"""Let $p : V \to G$ be a bijection of the tokens $V$ onto a group $G$, and $u : V \to \mathbb{R}^c$.
Let $B : V \to 2^V$, $e : V \times V \to \mathbb{R}^c$, $\epsilon : G \to \mathbb{R}^c$, $z \in G$ and $s, t \in V$.
Let $q^{(a)}, k^{(a)} : \mathbb{R}^c \to \mathbb{R}^d$ and $v^{(a)} : \mathbb{R}^c \to \mathbb{R}^w$ for $a \in [A]$,
and $o : \mathbb{R}^{A w} \to \mathbb{R}^c$. We write $T_z[u](s) := u(p^{-1}(p(s) - z))$. Attention is given by

$$
F[u, e](s) = o\Big( \bigcup_{a \in [A]} \sum_{t \in B(s)} \mathrm{softmax}_t\big(\langle q^{(a)}(u(s)),
  k^{(a)}(u(t) + e(s, t)) \rangle\big) v^{(a)}(u(t)) \Big)
$$

We substitute $\hat s = p^{-1}(p(s) - z)$ and $\hat t = p^{-1}(p(t) - z)$.
Using the definition of $e(s, t) = \epsilon(p(t) - p(s))$, we want to show that

\begin{align*}
F[T_z[u], e](s)
 &= o\Big( \bigcup_{a \in [A]} \sum_{t \in B(s)} \mathrm{softmax}_t\big(\langle q^{(a)}(T_z u(s)), \\
 &\quad k^{(a)}(T_z u(t) + e(s, t)) \rangle\big) v^{(a)}(T_z u(t)) \Big) \\
 &= o\Big( \bigcup_{a \in [A]} \sum_{\hat t \in B(\hat s)} \mathrm{softmax}_{\hat t}\big(\langle q^{(a)}(u(\hat s)), \\
 &\quad k^{(a)}(u(\hat t) + e(\hat s, \hat t)) \rangle\big) v^{(a)}(u(\hat t)) \Big) \\
 &= F[u, e](\hat s) = T_z[F[u, e]](s)
\end{align*}
"""

ONE_HEAD = r"""Let $\pi : \Omega \to P$ be a bijection onto a group $P$. Let $g : \Omega \to \mathbb{R}^{n}$,
$\mathcal{U} : \Omega \to 2^{\Omega}$, $b \in P$ and $m, l \in \Omega$. Let $Q, K \in \mathbb{R}^{k \times n}$ and
$V \in \mathbb{R}^{w \times n}$. Let $\beta : P \to \mathbb{R}$. We write
$\tau_b[g](m) := g\left(\pi^{-1}\left(\pi(m) - b\right)\right)$. Attention with a bias is defined by

\[
\mathcal{A}[g](m) = \sum_{l \in \mathcal{U}(m)} \mathrm{softmax}_l\left( \frac{1}{\sqrt{k}} (Q g(m))^\top K g(l)
  + \beta\left(\pi(l) - \pi(m)\right) \right) V g(l)
\]

Suppose that the neighbourhoods move:
$\pi^{-1}(\pi(l) + b) \in \mathcal{U}(\pi^{-1}(\pi(m) + b)) \iff l \in \mathcal{U}(m)$. We show that

\begin{equation}
\begin{aligned}
\mathcal{A}[\tau_b[g]](m)
 &= \sum_{l \in \mathcal{U}(m)} \mathrm{softmax}_l\left( \frac{1}{\sqrt{k}} (Q \tau_b[g](m))^\top K \tau_b[g](l)
   + \beta\left(\pi(l) - \pi(m)\right) \right) V \tau_b[g](l) \\
 &= \sum_{l \in \mathcal{U}(m)} \mathrm{softmax}_l\left( \frac{1}{\sqrt{k}}
   (Q g(\pi^{-1}(\pi(m) - b)))^\top K g(\pi^{-1}(\pi(l) - b)) \\
 &\quad + \beta\left(\pi(l) - \pi(m)\right) \right) V g(\pi^{-1}(\pi(l) - b)) \\
 &= \mathcal{A}[g](\pi^{-1}(\pi(m) - b)) \\
 &= \tau_b[\mathcal{A}[g]](m)
\end{aligned}
\end{equation}
"""

LORA = r"""<!-- symbolic-equiv:
declare x : S \to X \text{ bijection}
declare f : S \to \mathbb{R}^n
declare N : S \to 2^S
declare i, j \in S
declare y \in X
declare h \in [H]
declare \theta_h, \kappa_h : \mathbb{R}^n \to \mathbb{R}^k
declare \nu_h : \mathbb{R}^n \to \mathbb{R}^w
declare A_h, C_h : \mathbb{R}^n \to \mathbb{R}^r
declare B_h : \mathbb{R}^r \to \mathbb{R}^k
declare D_h : \mathbb{R}^r \to \mathbb{R}^w
declare \omega : \mathbb{R}^{H w} \to \mathbb{R}^n
declare \sigma : \mathbb{R} \to \mathbb{R}
define \sigma := \mathrm{softmax}
assume N moves: x^{-1}(x(j) + y) \in N(x^{-1}(x(i) + y)) \iff j \in N(i)
-->

We write $L_y f(i) := f(x^{-1}(x(i) - y))$, and $\Delta\theta_h(v) := B_h(A_h(v))$ and $\Delta\nu_h(v) := D_h(C_h(v))$
for the adapters. The layer is given by

$$
M[f](i) = \omega\left( \mathrm{Concat}_{h \in [H]} \sum_{j \in N(i)} \sigma_j\left( \left\langle \theta_h(f(i))
  + \Delta\theta_h(f(i)), \kappa_h(f(j)) \right\rangle \right) \left( \nu_h(f(j)) + \Delta\nu_h(f(j)) \right) \right)
$$

Therefore,

$$
M[L_y f](i) = \omega\left( \mathrm{Concat}_{h \in [H]} \sum_{j \in N(i)} \sigma_j\left( \left\langle \theta_h(L_y f(i))
  + B_h(A_h(L_y f(i))), \kappa_h(L_y f(j)) \right\rangle \right)
  \left( \nu_h(L_y f(j)) + D_h(C_h(L_y f(j))) \right) \right)
$$

With $\tilde{i} = x^{-1}(x(i) - y)$ and $\tilde{j} = x^{-1}(x(j) - y)$, we can further reduce this:

\begin{align}
&= \omega\left( \mathrm{Concat}_{h \in [H]} \sum_{\tilde j \in N(\tilde i)} \sigma_{\tilde j}\left( \left\langle
  \theta_h(f(\tilde i)) + \Delta\theta_h(f(\tilde i)), \kappa_h(f(\tilde j)) \right\rangle \right)
  \left( \nu_h(f(\tilde j)) + \Delta\nu_h(f(\tilde j)) \right) \right) \label{eq:reduced} \\
&= M[f](\tilde i) = L_y M[f](i) \tag{2}
\end{align}
"""

LEFT_ACTION = r"""Let $x : S \to G$ be a bijection of the tokens onto a group $G$, $f : S \to \mathbb{R}^d$,
$i, j \in S$ and $g \in G$. Let $\phi, \psi : \mathbb{R}^d \to \mathbb{R}^k$, $\chi : \mathbb{R}^d \to \mathbb{R}^w$ and
$\rho : G \to \mathbb{R}^d$. We define $L_g[f](i) := f(x^{-1}(g^{-1} x(i)))$ and

$$
Z[f](i) := \sum_{j \in S} \mathrm{softmax}_j\big( \langle \phi(f(i)), \psi(f(j) + \rho(x(i)^{-1} x(j))) \rangle \big)
  \chi(f(j))
$$

Then

\begin{align*}
Z[L_g[f]](i) &= \sum_{j \in S} \mathrm{softmax}_j\big( \langle \phi(L_g[f](i)),
  \psi(L_g[f](j) + \rho(x(i)^{-1} x(j))) \rangle \big) \chi(L_g[f](j)) \\
 &= \sum_{j \in S} \mathrm{softmax}_j\big( \langle \phi(f(x^{-1}(g^{-1} x(i)))),
  \psi(f(x^{-1}(g^{-1} x(j))) + \rho((g^{-1} x(i))^{-1} g^{-1} x(j))) \rangle \big) \chi(f(x^{-1}(g^{-1} x(j)))) \\
 &= \sum_{j \in S} \mathrm{softmax}_j\big( \langle \phi(f(x^{-1}(g^{-1} x(i)))),
  \psi(f(j) + \rho((g^{-1} x(i))^{-1} x(j))) \rangle \big) \chi(f(j)) \\
 &= Z[f](x^{-1}(g^{-1} x(i))) \\
 &= L_g[Z[f]](i)
\end{align*}
"""

PERMUTED = r"""Let $t : S \to S$ be a bijection, $f : S \to \mathbb{R}^d$, $a : \mathbb{R}^d \to \mathbb{R}^k$,
$b : \mathbb{R}^d \to \mathbb{R}^k$ and $c : \mathbb{R}^d \to \mathbb{R}^w$. We write $P[f](i) := f(t^{-1}(i))$.
Self-attention is defined by

$$ E[f](i) = \sum_{j \in S} \mathrm{softmax}_j(\langle a(f(i)), b(f(j)) \rangle) c(f(j)) $$

Put $\bar i = t^{-1}(i)$ and $\bar j = t^{-1}(j)$. Then

\begin{gather*}
E[P[f]](i) = \sum_{j \in S} \mathrm{softmax}_j(\langle a(f(t^{-1}(i))), b(f(t^{-1}(j))) \rangle) c(f(t^{-1}(j))) \\
 = \sum_{t(\bar j) \in S} \mathrm{softmax}_{t(\bar j)}(\langle a(f(\bar i)), b(f(\bar j)) \rangle) c(f(\bar j)) \\
 = \sum_{\bar j \in S} \mathrm{softmax}_{\bar j}(\langle a(f(\bar i)), b(f(\bar j)) \rangle) c(f(\bar j))
 = E[f](\bar i) = P[E[f]](i)
\end{gather*}
"""

LINEAR_ATTENTION = r"""Let $x : S \to X$ be a bijection, $f : S \to \mathbb{R}^d$ and $y \in X$. Let
$W_Q, W_K \in \mathbb{R}^{k \times d}$, $W_V \in \mathbb{R}^{w \times d}$, $A \in \mathbb{R}^{r \times d}$ and
$B \in \mathbb{R}^{k \times r}$. We write $L_y[f](i) := f(x^{-1}(x(i) - y))$. The layer is defined by

$$ R[f](i) = \sum_{j \in S} \langle (W_Q + B A) f(i), W_K f(j) \rangle W_V f(j) $$

Then

\begin{align}
R[L_y[f]](i) &= \sum_{j \in S} \langle (W_Q + B A) L_y[f](i), W_K L_y[f](j) \rangle W_V L_y[f](j) \\
 &= \sum_{j \in S} \langle W_Q f(x^{-1}(x(i) - y)) + B A f(x^{-1}(x(i) - y)), W_K f(j) \rangle W_V f(j) \\
 &= L_y[R[f]](i)
\end{align}
"""

CONVOLUTION = r"""Let $x : S \to G$ be a bijection onto a group $G$, $f : S \to \mathbb{R}^d$, $g \in G$ and
$w : G \to \mathbb{R}$. We write $L_g[f](i) := f(x^{-1}(g^{-1} x(i)))$. The convolution is defined by
$C[f](i) := \sum_{j \in S} w(x(i)^{-1} x(j)) f(j)$. Then

\begin{multline*}
C[L_g[f]](i) = \sum_{j \in S} w(x(i)^{-1} x(j)) f(x^{-1}(g^{-1} x(j))) \\
 = \sum_{j \in S} w(x(i)^{-1} g x(j)) f(j) \\
 = \sum_{j \in S} w((g^{-1} x(i))^{-1} x(j)) f(j) = C[f](x^{-1}(g^{-1} x(i))) = L_g[C[f]](i)
\end{multline*}
"""

COMPOSED = r"""Let $x : S \to X$ be a bijection, $f : S \to \mathbb{R}^d$ and $y \in X$.
We write $L_y[f](i) := f(x^{-1}(x(i) - y))$.
Let $F : L_{\mathbb{R}^d}(S) \to L_{\mathbb{R}^d}(S)$ and $K : L_{\mathbb{R}^d}(S) \to L_{\mathbb{R}^d}(S)$.
<!-- symbolic-equiv:
assume F equivariant: F[L_y[K[f]]](i) = L_y[F[K[f]]](i)
assume K equivariant: K[L_y[f]](i) = L_y[K[f]](i)
-->
Then
\begin{align*}
F[K[L_y[f]]](i) &= F[L_y[K[f]]](i) \\
 &= L_y[F[K[f]]](i)
\end{align*}
"""
