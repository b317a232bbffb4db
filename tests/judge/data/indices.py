"""Derivations in index notation: ``x_1, …, x_n``, ``q_i^T k_j``, ``r_{j-i}`` modulo n, sums from 1 to n."""

from __future__ import annotations

SUPERSCRIPT_TOKENS = r"""Let $x^{(1)}, \dots, x^{(n)} \in \mathbb{R}^d$ be tokens and $W \in \mathbb{R}^{d
\times d}$. Set
$y^{(i)} = \sum_{j=1}^n \langle x^{(i)}, W x^{(j)} \rangle x^{(j)}$. For a permutation $\pi$ of
$\{1,\dots,n\}$,
$$ \sum_{j=1}^n \langle x^{(\pi(i))}, W x^{(\pi(j))} \rangle x^{(\pi(j))} = y^{(\pi(i))}. $$
"""

SOFTMAX_VEC = r"""Let $q_1,\dots,q_n, k_1, \dots, k_n \in \mathbb{R}^d$, $v_1, \dots, v_n \in \mathbb{R}^e$. For a
rotation $U \in \mathbb{R}^{d\times d}$ with $U^\top U = I$,
$$ \sum_{j=1}^n \mathrm{softmax}_j\left( (U q_i)^\top (U k_j) \right) v_j = \sum_{j=1}^n
\mathrm{softmax}_j\left( q_i^\top k_j \right) v_j . $$
"""

OUTER = r"""Let $k_1, \dots, k_n \in \mathbb{R}^d$, $v_1, \dots, v_n \in \mathbb{R}^e$ and $q \in
\mathbb{R}^d$. The state is $S := \sum_{j=1}^n v_j k_j^\top$. Then
$$ S q = \sum_{j=1}^n v_j (k_j^\top q) = \sum_{j=1}^n \langle k_j, q \rangle v_j . $$
"""

CYC_BIAS = r"""# Relative bias on a ring

Indices are taken modulo $n$, that is $i, j \in \mathbb{Z}/n$. Let $x_1, \dots, x_n \in
\mathbb{R}^d$ be the tokens and
$W_Q, W_K \in \mathbb{R}^{d_k \times d}$, $W_V \in \mathbb{R}^{d_v \times d}$. Write $q_i = W_Q
x_i$, $k_i = W_K x_i$ and
$v_i = W_V x_i$, and let $r_m \in \mathbb{R}$ for $m \in \mathbb{Z}/n$. We define
$$
\alpha_{ij} = \frac{\exp(q_i^\top k_j + r_{j-i})}{\sum_{l=1}^{n} \exp(q_i^\top k_l + r_{l-i})},
\qquad
y_i = \sum_{j=1}^{n} \alpha_{ij} v_j .
$$
Fix a shift $s \in \mathbb{Z}/n$ and denote by $x'_i = x_{i-s}$ the shifted sequence, by $q'_i =
W_Q x'_i$, $k'_i = W_K x'_i$, $v'_i = W_V x'_i$ its queries, keys and values,
by $\alpha'_{ij} = \frac{\exp(q_i'^\top k'_j + r_{j-i})}{\sum_{l=1}^{n} \exp(q_i'^\top k'_l +
r_{l-i})}$ its weights and by $y'_i = \sum_{j=1}^n \alpha'_{ij} v'_j$ its outputs.
Then $q'_i = q_{i-s}$ and
\begin{align}
\alpha'_{ij} &= \frac{\exp(q_{i-s}^\top k_{j-s} + r_{j-i})}{\sum_{l=1}^{n} \exp(q_{i-s}^\top
k_{l-s} + r_{l-i})} \\
 &= \frac{\exp(q_{i-s}^\top k_{j-s} + r_{(j-s)-(i-s)})}{\sum_{l=1}^{n} \exp(q_{i-s}^\top k_{l} +
r_{l-(i-s)})} \\
 &= \alpha_{i-s,\,j-s}.
\end{align}
Consequently
$$ y'_i = \sum_{j=1}^{n} \alpha_{i-s,j-s} v_{j-s} = \sum_{j=1}^n \alpha_{i-s,j} v_j = y_{i-s}. $$
"""

ROPE_CPLX = r"""## Rotary embeddings

Let $R_p \in \mathbb{R}^{d \times d}$, $p \in \mathbb{Z}$, be rotations with $R_p^\top R_q =
R_{q-p}$ for all $p, q \in \mathbb{Z}$. For queries $q_i \in \mathbb{R}^d$ and keys
$k_j \in \mathbb{R}^d$, $i, j \in \mathbb{Z}$, put $\tilde q_i := R_i q_i$ and $\tilde k_j := R_j
k_j$. The scores are
$$ s_{ij} := \tilde q_i^\top \tilde k_j. $$
Hence
\begin{align*}
s_{ij} &= (R_i q_i)^\top (R_j k_j) && \text{(by definition)} \\
       &= q_i^\top R_i^\top R_j k_j \\
       &= q_i^\top R_{j-i} k_j .
\end{align*}
"""

GAT = r"""# Graph attention

Let $V$ be the vertices of a graph, $\mathcal{N} : V \to 2^V$ their neighbourhoods and $h_v \in
\mathbb{R}^d$ the features, $v \in V$. Let $\pi : V \to V$ be an automorphism, i.e. a bijection
with $\pi(w) \in \mathcal{N}(\pi(v)) \iff w \in \mathcal{N}(v)$. Let $W \in \mathbb{R}^{k \times
d}$ and $a : \mathbb{R}^k \times \mathbb{R}^k \to \mathbb{R}$. We put
$e_{vw} := a(W h_v, W h_w)$ and
$$ h'_v := \sum_{w \in \mathcal{N}(v)} \frac{\exp(e_{vw})}{\sum_{u \in \mathcal{N}(v)}
\exp(e_{vu})} W h_w . $$
Relabel the vertices, $g_v := h_{\pi(v)}$. Then
\begin{align}
\sum_{w \in \mathcal{N}(v)} \frac{\exp(a(W g_v, W g_w))}{\sum_{u \in \mathcal{N}(v)} \exp(a(W
g_v, W g_u))} W g_w
 &= \sum_{w \in \mathcal{N}(v)} \frac{\exp(e_{\pi(v) \pi(w)})}{\sum_{u \in \mathcal{N}(v)}
\exp(e_{\pi(v) \pi(u)})} W h_{\pi(w)} \\
 &= \sum_{w \in \mathcal{N}(\pi(v))} \frac{\exp(e_{\pi(v) w})}{\sum_{u \in \mathcal{N}(\pi(v))}
\exp(e_{\pi(v) u})} W h_{w} \\
 &= h'_{\pi(v)}.
\end{align}
"""

SETTRANS = r"""The set transformer. Let $X = (x_1, \dots, x_n)$ with $x_i \in \mathbb{R}^d$ and let $\sigma \in
S_n$ be a permutation of $\{1, \dots, n\}$. We write $(\sigma x)_i = x_{\sigma^{-1}(i)}$. Let
$q, k : \mathbb{R}^d \to \mathbb{R}^m$ and $v : \mathbb{R}^d \to \mathbb{R}^d$ be arbitrary maps.
Attention is
$$ \mathrm{Att}(x)_i = \frac{\sum_{j=1}^n e^{\langle q(x_i), k(x_j) \rangle} v(x_j)}{\sum_{j=1}^n
e^{\langle q(x_i), k(x_j)\rangle}} . $$
We have
\begin{align}
\mathrm{Att}(\sigma x)_i &= \frac{\sum_{j=1}^n e^{\langle q(x_{\sigma^{-1}(i)}),
k(x_{\sigma^{-1}(j)}) \rangle} v(x_{\sigma^{-1}(j)})}{\sum_{j=1}^n e^{\langle
q(x_{\sigma^{-1}(i)}), k(x_{\sigma^{-1}(j)})\rangle}} \\
&= \frac{\sum_{j=1}^n e^{\langle q(x_{\sigma^{-1}(i)}), k(x_{j}) \rangle} v(x_{j})}{\sum_{j=1}^n
e^{\langle q(x_{\sigma^{-1}(i)}), k(x_{j})\rangle}} = \mathrm{Att}(x)_{\sigma^{-1}(i)}
\end{align}
"""

CAUSAL = r"""Let positions be integers: $i, j, s \in \mathbb{Z}$, tokens $x_i \in \mathbb{R}^d$. Let $w \in
\mathbb{Z}$, and let $M : \mathbb{Z} \to \mathbb{R}$ be the causal mask, $c : \mathbb{R}^d \times
\mathbb{R}^d \to \mathbb{R}$, $v : \mathbb{R}^d \to \mathbb{R}^e$,
$C : \mathbb{Z} \to 2^{\mathbb{Z}}$ with $j + s \in C(i + s) \iff j \in C(i)$. Define
$$ y_i := \sum_{j \in C(i)} M(i - j)\, c(x_i, x_j)\, v(x_j). $$
The shifted tokens are $z_i := x_{i-s}$. We obtain
$$ \sum_{j \in C(i)} M(i-j)\, c(z_i, z_j) v(z_j) = \sum_{j \in C(i)} M(i-j)\, c(x_{i-s}, x_{j-s})
v(x_{j-s}) = \sum_{j \in C(i-s)} M(i-s-j)\, c(x_{i-s}, x_j) v(x_j) = y_{i-s} $$
"""

PROMPT = r"""Prompt tuning prepends learned tokens $p_1, \dots, p_m \in \mathbb{R}^d$ to the inputs $x_1,
\dots, x_n \in \mathbb{R}^d$. With $q, k : \mathbb{R}^d \to \mathbb{R}^e$, $v : \mathbb{R}^d \to
\mathbb{R}^d$ the (linear) attention is
$$ y_i := \sum_{a=1}^m \langle q(x_i), k(p_a) \rangle v(p_a) + \sum_{j=1}^n \langle q(x_i),
k(x_j) \rangle v(x_j). $$
Let $\pi$ be a permutation of $\{1, \dots, n\}$ and $x'_i := x_{\pi(i)}$. Then
\begin{align*}
\sum_{a=1}^m \langle q(x'_i), k(p_a) \rangle v(p_a) + \sum_{j=1}^n \langle q(x'_i), k(x'_j)
\rangle v(x'_j)
 &= \sum_{a=1}^m \langle q(x_{\pi(i)}), k(p_a) \rangle v(p_a) + \sum_{j=1}^n \langle
q(x_{\pi(i)}), k(x_j) \rangle v(x_j) \\
 &= y_{\pi(i)}.
\end{align*}
"""

MULTIHEAD_IDX = r"""For heads $h = 1, \dots, H$ let $W_Q^h, W_K^h, W_V^h \in \mathbb{R}^{e \times d}$ and $W_O^h \in
\mathbb{R}^{d \times e}$. Put $q^h_i = W^h_Q x_i$, $k^h_j = W^h_K x_j$, $v_j^h = W_V^h x_j$ for
tokens $x_1, \ldots, x_n \in \mathbb{R}^d$. We define
$$ a^h_{ij} := \frac{\exp( \langle q^h_i, k^h_j \rangle / \sqrt{e})}{\sum_{l=1}^n \exp(\langle
q^h_i, k^h_l \rangle / \sqrt{e})} $$
and the output $o_i := \sum_{h=1}^H W_O^h \sum_{j=1}^n a_{ij}^h v^h_j$. Then
$$ o_i = \sum_{h=1}^H \sum_{j=1}^n a^h_{ij} W_O^h v^h_j = \sum_{j=1}^n \sum_{h=1}^H a^h_{ij}
W_O^h W_V^h x_j . $$
"""

SWIN = r"""# Windows

Let $x_{i} \in \mathbb{R}^{d}$ for $i \in \mathbb{Z}/n$. A window around $i$ is $\mathcal{N}(i)$,
and $j \in \mathcal{N}(i)$ holds iff $j - i \in D$ for a set $D \subseteq \mathbb{Z}/n$. The bias
is $B : \mathbb{Z}/n \to \mathbb{R}$. Let $q_i = Q x_i$, $k_i = K x_i$, $v_i = V x_i$ with $Q, K,
V \in \mathbb{R}^{d\times d}$, and
$$ z_i = \sum_{j \in \mathcal{N}(i)} \mathrm{softmax}_j\left( q_i^\top k_j + B(j - i) \right)
v_j. $$
In terms of offsets,
$$ z_i = \sum_{j - i \in D} \mathrm{softmax}_j\left( q_i^\top k_j + B(j-i) \right) v_j =
\sum_{\delta \in D} \mathrm{softmax}_{\delta}\left( q_i^\top k_{i + \delta} + B(\delta) \right)
v_{i+\delta} .$$
"""

TFXL = r"""In Transformer-XL the score of query $i$ and key $j$ is
$$ A_{ij} = (q_i + u)^\top k_j + (q_i + v)^\top W r_{i-j}, $$
where $q_i, k_j \in \mathbb{R}^d$ for $i, j \in \mathbb{Z}$, $u, v \in \mathbb{R}^d$, $W \in
\mathbb{R}^{d \times d}$ and $r_m \in \mathbb{R}^d$ for $m \in \mathbb{Z}$. Expanding,
\begin{align}
A_{ij} &= q_i^\top k_j + u^\top k_j + q_i^\top W r_{i-j} + v^\top W r_{i-j}.
\end{align}
"""

ZERO_BASED = r"""Let $x_0, \dots, x_{n-1} \in \mathbb{R}^d$ with indices in $\mathbb{Z}/n\mathbb{Z}$, and $w :
\mathbb{Z}/n\mathbb{Z} \to \mathbb{R}$. Define $y_i = \sum_{j=0}^{n-1} w(i-j) x_j$. Let $s \in
\mathbb{Z}/n\mathbb{Z}$. Then
$$ y_{i+s} = \sum_{j=0}^{n-1} w(i + s - j) x_j = \sum_{j=0}^{n-1} w(i-j) x_{j+s}. $$
"""

WEIGHTS_SUM = r"""Let $a_{ij} \in \mathbb{R}$ for $i, j \in [n]$ and $x_1, \dots, x_n \in \mathbb{R}^d$, $W \in
\mathbb{R}^{k \times d}$, $b \in \mathbb{R}^k$. With $z_i = \sum_{j=1}^n a_{ij} (W x_j + b)$ we
have
$$ z_i = W \sum_{j=1}^n a_{ij} x_j + \Big( \sum_{j=1}^n a_{ij} \Big) b. $$
Put $\sigma_{ij} = \frac{e^{a_{ij}}}{\sum_{l=1}^n e^{a_{il}}}$. Then $\sum_{j=1}^n \sigma_{ij} =
1$.
"""

MASK_IDX = r"""Let $x_i \in \mathbb{R}^d$ for $i \in \mathbb{Z}$ be a sequence and let $\mu : \mathbb{Z} \to
\mathbb{R}$ be supported on a finite set. The layer is
$$ (T x)_i := \sum_{j \in \mathbb{Z}} \mu(j - i)\, x_j . $$
For $s \in \mathbb{Z}$ denote by $(\tau_s x)_i := x_{i-s}$ the shift. Then
$$ (T \tau_s x)_i = \sum_{j \in \mathbb{Z}} \mu(j-i)\, x_{j-s} = \sum_{j \in \mathbb{Z}} \mu(j +
s - i)\, x_j = (\tau_s T x)_i. $$
"""

CROSS = r"""Cross-attention reads keys $k_1, \dots, k_m \in \mathbb{R}^d$ and values $v_1, \dots, v_m \in
\mathbb{R}^e$ for queries $q_1, \dots, q_n \in \mathbb{R}^d$:
$$ o_i = \sum_{j=1}^m \frac{\exp(\langle q_i, k_j\rangle)}{\sum_{l=1}^m \exp(\langle q_i, k_l
\rangle)}\, v_j. $$
If $\pi$ is a permutation of $\{1, \dots, m\}$, then
$$ \sum_{j=1}^m \frac{\exp(\langle q_i, k_{\pi(j)}\rangle)}{\sum_{l=1}^m \exp(\langle q_i,
k_{\pi(l)} \rangle)}\, v_{\pi(j)} = o_i . $$
"""

SCALING = r"""Let $S_{ij} = \frac{1}{\sqrt{d}} x_i^\top W x_j$ with $x_1, \ldots, x_n \in \mathbb{R}^d$ and $W
\in \mathbb{R}^{d\times d}$. Suppose $U \in \mathbb{R}^{d \times d}$ satisfies $U^\top U = I$ and
put $x'_i = U x_i$, $W' = U W U^\top$. Then
\begin{align*}
\frac{1}{\sqrt{d}} {x'_i}^\top W' x'_j &= \frac{1}{\sqrt{d}} x_i^\top U^\top U W U^\top U x_j \\
&= \frac{1}{\sqrt{d}} x_i^\top W x_j = S_{ij}.
\end{align*}
"""

TIME_STEPS = r"""Let $\mathbf{h}_t \in \mathbb{R}^d$ denote the hidden states, $t \in \mathbb{Z}/T$, and let
$\mathbf{A}_k \in \mathbb{R}^{d \times d}$ for $k \in \mathbb{Z}/T$. Consider
$$ \mathbf{o}_t = \sum_{s \in \mathbb{Z}/T} \mathbf{A}_{t-s} \mathbf{h}_s . $$
Delaying the input by $\tau \in \mathbb{Z}/T$ means $\mathbf{g}_t = \mathbf{h}_{t - \tau}$. Then
$$ \sum_{s \in \mathbb{Z}/T} \mathbf{A}_{t-s} \mathbf{g}_s = \sum_{s \in \mathbb{Z}/T}
\mathbf{A}_{t-\tau-s} \mathbf{h}_{s} = \mathbf{o}_{t-\tau}. $$
"""

SCORES_SOFTMAX = r"""Given vectors $q_1, \dots, q_n, k_1, \dots, k_n \in \mathbb{R}^d$ and $v_1, \dots, v_n \in
\mathbb{R}^m$, the attention output is
$$ o_i = \sum_{j=1}^{n} \mathrm{softmax}_j\!\left( \frac{q_i^\top k_j}{\sqrt{d}} \right) v_j. $$
Adding to every key the same vector $b \in \mathbb{R}^d$ does not change it:
\begin{align*}
\sum_{j=1}^{n} \mathrm{softmax}_j\!\left( \frac{q_i^\top (k_j + b)}{\sqrt{d}} \right) v_j
&= \sum_{j=1}^{n} \mathrm{softmax}_j\!\left( \frac{q_i^\top k_j}{\sqrt{d}} + \frac{q_i^\top
b}{\sqrt{d}} \right) v_j \\
&= o_i.
\end{align*}
"""

PERM_POOL = r"""Let $n \in \mathbb{N}$, $x_1, \dots, x_n \in \mathbb{R}^d$, let $\phi : \mathbb{R}^d \to
\mathbb{R}^k$ and $\rho : \mathbb{R}^k \to \mathbb{R}$ be arbitrary, and let $\pi$ be a
permutation of $\{1, \dots, n\}$. Deep sets are invariant:
$$ \rho\Big( \sum_{i=1}^n \phi(x_{\pi(i)}) \Big) = \rho\Big( \sum_{i=1}^n \phi(x_i) \Big). $$
"""

TWO_LAYERS = r"""Let $x_i \in \mathbb{R}^d$ for $i \in \mathbb{Z}/n$ and let $w, u : \mathbb{Z}/n \to \mathbb{R}$.
The first layer is $y_i := \sum_{j \in \mathbb{Z}/n} w(j - i) x_j$, the second is $z_i := \sum_{k
\in \mathbb{Z}/n} u(k-i) y_k$. Together
$$ z_i = \sum_{k \in \mathbb{Z}/n} \sum_{j \in \mathbb{Z}/n} u(k-i) w(j-k) x_j = \sum_{j \in
\mathbb{Z}/n} \Big( \sum_{k \in \mathbb{Z}/n} u(k-i) w(j-k) \Big) x_j . $$
"""

LORA_IDX = r"""# LoRA, token by token

For tokens $x_1, \ldots, x_n \in \mathbb{R}^{d}$ and adapters $A \in \mathbb{R}^{r \times d}$, $B
\in \mathbb{R}^{k \times r}$ on top of $W \in \mathbb{R}^{k \times d}$ let $q_i := (W + BA) x_i$
and $k_i := W x_i$. The logits are $\ell_{ij} := \langle q_i, k_j \rangle$. We compute
\begin{align}
\ell_{ij} &= \langle W x_i + B A x_i, W x_j \rangle \\
&= x_i^\top W^\top W x_j + x_i^\top A^\top B^\top W x_j.
\end{align}
"""

REL_VALUE = r"""Following Shaw et al., with $a^K_m, a^V_m \in \mathbb{R}^d$ for $m \in \mathbb{Z}/n$ and inputs
$x_1, \dots, x_n \in \mathbb{R}^d$, put
$$ e_{ij} = \langle Q x_i, K x_j + a^K_{j-i} \rangle, \qquad z_i = \sum_{j=1}^n
\frac{\exp(e_{ij})}{\sum_{l=1}^n \exp(e_{il})} \left( V x_j + a^V_{j-i} \right) $$
where $Q, K, V \in \mathbb{R}^{d \times d}$. Let $s \in \mathbb{Z}/n$. For $x'_i = x_{i+s}$ we
then have
$$ \langle Q x'_i, K x'_j + a^K_{j-i} \rangle = e_{i+s, j+s}. $$
"""

DELTA = r"""Let $x_1, \dots, x_n \in \mathbb{R}$. With the Kronecker delta
$$ \sum_{j=1}^n \delta_{ij} x_j = x_i . $$
"""

ROPE_OFFSET = r"""Let $R_m \in \mathbb{R}^{d \times d}$ for $m \in \mathbb{Z}$ satisfy $R_m^\top R_n = R_{n-m}$ for
all $m, n \in \mathbb{Z}$. Given $q_m, k_m \in \mathbb{R}^d$ for $m \in \mathbb{Z}$ we define
$a_{mn} := (R_m q_m)^\top R_n k_n$. For an offset $s \in \mathbb{Z}$
$$ (R_{m+s} q_m)^\top R_{n+s} k_n = q_m^\top R_{n-m} k_n = a_{mn}. $$
"""

MEAN_CENTER = r"""Let $c_1, \dots, c_n \in \mathbb{R}$ and $x_1, \dots, x_n, m \in \mathbb{R}^d$. Then
$$ \sum_{i=1}^n c_i (x_i - m) = \sum_{i=1}^n c_i x_i - \Big( \sum_{i=1}^n c_i \Big) m. $$
"""

KERNEL_ATT = r"""Linear attention uses features $\psi : \mathbb{R}^d \to \mathbb{R}^m$. For $q_i, k_j \in
\mathbb{R}^d$, $v_j \in \mathbb{R}^e$, $i, j \in [n]$,
$$ y_i = \sum_{j=1}^n \left( \psi(q_i)^\top \psi(k_j) \right) v_j . $$
Let $b_i \in \mathbb{R}$ for $i \in [n]$. Scaling the queries' features gives
$$ \sum_{j=1}^n \left( (b_i \psi(q_i))^\top \psi(k_j) \right) v_j = b_i \sum_{j=1}^n \left(
\psi(q_i)^\top \psi(k_j) \right) v_j = b_i y_i. $$
"""

RING_GROUP = r"""Seien $x_1, \dots, x_n \in \mathbb{R}^d$ und $g : \mathbb{Z}/n \to \mathbb{R}$. Wir schreiben
$y_i = \sum_{j=1}^n g(i - j) x_j$, wobei Indizes modulo $n$ gelesen werden. Für $s \in
\mathbb{Z}/n$ gilt
$$ y_{i-s} = \sum_{j=1}^n g(i - s - j) x_j = \sum_{j=1}^n g(i-j) x_{j-s} . $$
"""

UNDEF_SYM = r"""Let $x_1, \dots, x_n \in \mathbb{R}^d$, $W \in \mathbb{R}^{k \times d}$. Then
$$ W \sum_{i=1}^n x_i = \sum_{i=1}^n W x_i. $$
"""

BRACKET = r"""Let $a_{ij} \in \mathbb{R}$ and $v_j \in \mathbb{R}^d$ for $i, j \in [n]$, and let $\phi :
\mathbb{R}^d \to \mathbb{R}^e$. With $u_i = \phi\Big( \sum_{j=1}^n a_{ij} v_j \Big)$,
$$ \phi\Big( \sum_{j=1}^n a_{ij} (v_j + v_j) \Big) = \phi\Big( 2 \sum_{j=1}^n a_{ij} v_j \Big). $$
"""

PTR = r"""Let $V$ be a finite set of nodes and $A : V \times V \to \mathbb{R}$. For features $f_v \in
\mathbb{R}^d$, $v \in V$, message passing gives $m_v = \sum_{w \in V} A(v, w) f_w$. Let $\pi : V
\to V$ be a bijection with $A(\pi(v), \pi(w)) = A(v, w)$ for all $v, w \in V$. If $g_v =
f_{\pi(v)}$, then
$$ \sum_{w \in V} A(v, w) g_w = \sum_{w \in V} A(\pi(v), \pi(w)) f_{\pi(w)} = \sum_{w \in V}
A(\pi(v), w) f_w = m_{\pi(v)}. $$
"""

HEAD_CONCAT = r"""Let $H$ heads be given. For $h \in [H]$ let $y^{(h)}_i \in \mathbb{R}^{e}$, $i \in [n]$, and
$O^{(h)} \in \mathbb{R}^{d \times e}$; let $z_i = \sum_{h=1}^H O^{(h)} y_i^{(h)}$. Let $\sigma$
be a permutation of $[n]$ and $\tilde y_i^{(h)} = y_{\sigma(i)}^{(h)}$. Then
$$ \sum_{h=1}^H O^{(h)} \tilde y_i^{(h)} = z_{\sigma(i)}. $$
"""

SOUND = {
    "numbers above the tokens": (SUPERSCRIPT_TOKENS, "markdown"),
    "rotated queries and keys": (SOFTMAX_VEC, "markdown"),
    "a state of outer products": (OUTER, "markdown"),
    "a bias on a ring, shifted tokens": (CYC_BIAS, "markdown"),
    "rotary scores, indices as positions": (ROPE_CPLX, "markdown"),
    "graph attention under an automorphism": (GAT, "markdown"),
    "a set transformer, permuted": (SETTRANS, "markdown"),
    "windows and a mask on the integers": (CAUSAL, "markdown"),
    "prompt tokens beside permuted inputs": (PROMPT, "markdown"),
    "heads and tokens, sums exchanged": (MULTIHEAD_IDX, "markdown"),
    "windows by offsets": (SWIN, "markdown"),
    "four terms of a score": (TFXL, "markdown"),
    "tokens counted from zero": (ZERO_BASED, "markdown"),
    "weights that sum to one": (WEIGHTS_SUM, "markdown"),
    "a shift at an index": (MASK_IDX, "markdown"),
    "permuted keys and values": (CROSS, "markdown"),
    "an orthogonal change of tokens": (SCALING, "markdown"),
    "a delay on a ring": (TIME_STEPS, "markdown"),
    "one vector added to all keys": (SCORES_SOFTMAX, "markdown"),
    "a pooled set": (PERM_POOL, "markdown"),
    "two layers composed": (TWO_LAYERS, "markdown"),
    "an adapter, token by token": (LORA_IDX, "markdown"),
    "relative keys, both indices shifted": (REL_VALUE, "markdown"),
    "a sum that a delta picks from": (DELTA, "markdown"),
    "an offset of all rotations": (ROPE_OFFSET, "markdown"),
    "a weighted sum, centred": (MEAN_CENTER, "markdown"),
    "features of a kernel": (KERNEL_ATT, "markdown"),
    "modulo n, in German": (RING_GROUP, "markdown"),
    "a matrix in a sum": (UNDEF_SYM, "markdown"),
    "a sum inside a map": (BRACKET, "markdown"),
    "messages under a bijection": (PTR, "markdown"),
    "permuted tokens of all heads": (HEAD_CONCAT, "markdown"),
}
"""Texts in which every step holds, and their formats."""

BROKEN = [
    ("numbers above the tokens", r"= y^{(\pi(i))}", r"= y^{(i)}", "step"),
    ("rotated queries and keys", r"(U q_i)^\top (U k_j)", r"(U q_i)^\top (U^\top k_j)", "step"),
    ("a state of outer products", r"\langle k_j, q \rangle v_j", r"\langle v_j, q \rangle k_j", "shape"),
    ("a state of outer products", r"v_j (k_j^\top q) =", r"k_j (k_j^\top q) =", "shape"),
    ("a bias on a ring, shifted tokens", r"&= \alpha_{i-s,\,j-s}.", r"&= \alpha_{i+s,\,j+s}.", "step"),
    ("a bias on a ring, shifted tokens", r"\alpha_{i-s,j} v_j = y_{i-s}", r"\alpha_{i-s,j} v_{j-s} = y_{i-s}", "step"),
    ("rotary scores, indices as positions", r"q_i^\top R_{j-i} k_j", r"q_i^\top R_{i-j} k_j", "step"),
    ("rotary scores, indices as positions", r"q_i^\top R_i^\top R_j k_j", r"q_i^\top R_i R_j k_j", "step"),
    (
        "graph attention under an automorphism",
        r"&= \sum_{w \in \mathcal{N}(\pi(v))} \frac{\exp(e_{\pi(v) w})}",
        r"&= \sum_{w \in \mathcal{N}(v)} \frac{\exp(e_{\pi(v) w})}",
        "step",
    ),
    ("graph attention under an automorphism", r"&= h'_{\pi(v)}.", r"&= h'_{v}.", "step"),
    ("a set transformer, permuted", r"\mathrm{Att}(x)_{\sigma^{-1}(i)}", r"\mathrm{Att}(x)_{\sigma(i)}", "step"),
    ("windows and a mask on the integers", r"M(i-s-j)", r"M(i-j)", "step"),
    ("four terms of a score", r"+ u^\top k_j + q_i^\top W r_{i-j}", r"+ u^\top q_i + q_i^\top W r_{i-j}", "step"),
    ("four terms of a score", r"+ v^\top W r_{i-j}.", r"+ v^\top W r_{j-i}.", "step"),
    ("tokens counted from zero", r"w(i-j) x_{j+s}", r"w(i-j) x_{j-s}", "step"),
    ("weights that sum to one", r"\Big( \sum_{j=1}^n a_{ij} \Big) b. $$", r"b. $$", "step"),
    ("permuted keys and values", r"v_{\pi(j)} = o_i", r"v_{j} = o_i", "step"),
    ("permuted keys and values", r"\, v_{\pi(j)} = o_i .", r"\, v_{\pi(j)} = o_{\pi(i)} .", "sort"),
    (
        "a delay on a ring",
        r"\mathbf{A}_{t-\tau-s} \mathbf{h}_{s}",
        r"\mathbf{A}_{t-\tau-s} \mathbf{h}_{s-\tau}",
        "step",
    ),
    ("a delay on a ring", r"= \mathbf{o}_{t-\tau}. $$", r"= \mathbf{o}_{t}. $$", "step"),
    ("one vector added to all keys", r"&= o_i.", r"&= o_i + b.", "shape"),
    ("a pooled set", r"= \rho\Big( \sum_{i=1}^n \phi(x_i) \Big)", r"= \sum_{i=1}^n \rho( \phi(x_i) )", "step"),
    (
        "two layers composed",
        r"\Big( \sum_{k \in \mathbb{Z}/n} u(k-i) w(j-k) \Big) x_j",
        r"\Big( \sum_{k \in \mathbb{Z}/n} u(k-i) w(k-j) \Big) x_j",
        "step",
    ),
    ("an adapter, token by token", r"+ x_i^\top A^\top B^\top W x_j.", r"+ x_j^\top A^\top B^\top W x_i.", "step"),
    ("relative keys, both indices shifted", r"= e_{i+s, j+s}. $$", r"= e_{i+s, j}. $$", "step"),
    ("a sum that a delta picks from", r"\delta_{ij} x_j = x_i", r"\delta_{ij} x_i = x_j", "step"),
    ("an offset of all rotations", r"(R_{m+s} q_m)^\top R_{n+s} k_n", r"(R_{m+s} q_m)^\top R_{n-s} k_n", "step"),
    ("an offset of all rotations", r"q_m^\top R_{n-m} k_n = a", r"q_m^\top R_{m-n} k_n = a", "step"),
    ("a weighted sum, centred", r"- \Big( \sum_{i=1}^n c_i \Big) m", r"+ \Big( \sum_{i=1}^n c_i \Big) m", "step"),
    ("features of a kernel", r"= b_i y_i. $$", r"= b_i b_i y_i. $$", "step"),
    ("features of a kernel", r"= b_i \sum_{j=1}^n \left(", r"= \sum_{j=1}^n b_j \left(", "step"),
    ("modulo n, in German", r"g(i-j) x_{j-s}", r"g(i-j) x_{j+s}", "step"),
    ("a matrix in a sum", r"\sum_{i=1}^n W x_i", r"\sum_{i=1}^n U x_i", "step"),
    (
        "a sum inside a map",
        r"\phi\Big( 2 \sum_{j=1}^n a_{ij} v_j \Big)",
        r"\phi\Big( 2 \sum_{j=1}^n a_{ij} \Big) v_j",
        "scope",
    ),
    ("a sum inside a map", r"= \phi\Big( 2 \sum", r"= 2 \phi\Big( \sum", "step"),
    ("messages under a bijection", r"= m_{\pi(v)}. $$", r"= m_{\pi(w)}. $$", "step"),
    ("messages under a bijection", r"A(\pi(v), w) f_w =", r"A(v, w) f_w =", "step"),
    ("permuted tokens of all heads", r"= z_{\sigma(i)}.", r"= z_{i}.", "step"),
]
"""A sound text, what stands in it, what is put there, and the kind that is reported."""
