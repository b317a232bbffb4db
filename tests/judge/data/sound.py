"""Derivations that hold, in varied notation: no step may be refuted or left unproved."""

from __future__ import annotations

from dataclasses import dataclass

from tests.judge.data import attention, operators, permutations, poses
from tests.judge.data.words import MATRICES, MOVES, PLACED, SCORES, TOKENS, display


@dataclass(frozen=True)
class Sound:
    """A text in which every step holds, and the kinds of the errata that it has all the same."""

    text: str
    kinds: tuple[str, ...] = ()
    format: str = "markdown"


SUMS = {
    "put j = x⁻¹(x(k) + y), neighbourhoods supplied": Sound(
        TOKENS
        + "We write $L_y[f](i) := f(x^{-1}(x(i) - y))$. Then"
        + display(r"\sum_{j \in N(i)} L_y[f](j) = \sum_{j \in N(x^{-1}(x(i) - y))} f(j)"),
        ("hypothesis",),
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
    "a sum in a sum, other letters": (
        TOKENS + display(r"\sum_{j \in S} \sum_{k \in N(j)} f(k) = \sum_{a \in S} \sum_{b \in N(a)} f(b)")
    ),
    "numbers from 1 to n": r"Let $g_a \in \mathbb{R}^d$ for $a \in [n]$. Then"
    + display(r"\sum_{a=1}^{n} (g_a + g_a) = \sum_{b=1}^{n} 2 g_b"),
    "several displays, remarks, labels and tags": (
        PLACED
        + "\\begin{equation}\n\\sum_{t \\in V} u(p^{-1}(p(t) + z)) = \\sum_{t \\in V} u(t) "
        + "\\quad \\text{(put $t$ for the moved token)} \\label{eq:a}\n\\end{equation}\nWe can further reduce this to"
        + "\n\\begin{align}\n&= \\sum_{s \\in V} u(s) \\tag{3} \\\\\n&= \\sum_{s \\in V}\n\\Big( u(s) \\\\\n"
        + "&\\quad + u(s) - u(s) \\Big)\n\\end{align}\n"
    ),
    "a sum of two terms": (
        TOKENS + display(r"\sum_{j \in N(i)} (f(j) + f(i)) = \sum_{j \in N(i)} f(j) + \sum_{l \in N(i)} f(i)")
    ),
    "a bound variable is renamed": TOKENS + display(r"\sum_{j \in N(i)} f(j) = \sum_{a \in N(i)} f(a)"),
}

SOFTMAX = {
    "a shift of all scores": Sound(
        TOKENS
        + SCORES
        + display(
            r"\sum_{j \in N(i)} \sigma_j\left( \kappa(i, j) + c \right) f(j)"
            r" = \sum_{j \in N(i)} \sigma_j\left( \kappa(i, j) \right) f(j)"
        ),
        ("undefined",),
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
    "re-indexed in the sum and in the softmax": Sound(
        TOKENS
        + SCORES
        + display(
            r"\sum_{j \in S} \sigma_j(\kappa(i, j)) f(j) = "
            r"\sum_{j \in S} \sigma_j(\kappa(i, x^{-1}(x(j) + y))) f(x^{-1}(x(j) + y))"
        ),
        ("undefined",),
    ),
    "scores that are put in another order": Sound(
        TOKENS
        + SCORES
        + display(
            r"\sum_{j \in N(i)} \sigma_j(\kappa(i, j) + \kappa(j, i) + c) f(j)"
            r" = \sum_{j \in N(i)} \sigma_j(\kappa(j, i) + \kappa(i, j)) f(j)"
        ),
        ("undefined",),
    ),
}

LINEAR = {
    "the sum of two matrices": MATRICES + display("(W + B A) u = W u + B (A u)"),
    "a row times a column": MATRICES + display(r"u^\top v = v^T u"),
    "a norm": MATRICES + display(r"\lVert u + v \rVert = \sqrt{\langle v + u, u + v \rangle}"),
    "a fraction": MATRICES
    + display(r"\frac{1}{\sqrt{d}} \langle a u, v \rangle = \frac{a}{\sqrt{d}} \langle u, v \rangle"),
    "the transpose of a vector, with matrices between": MATRICES + display(r"(W u)^T W v = \langle W u, W v \rangle"),
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
    "scaled scores": Sound(
        TOKENS
        + SCORES
        + display(r"\sum_{j \in N(i)} \sigma_j(2 \kappa(i, j)) f(j) \ne \sum_{j \in N(i)} \sigma_j(\kappa(i, j)) f(j)"),
        ("undefined",),
    ),
    "a matrix product in the other order": (
        r"Let $A, B \in \mathbb{R}^{n \times n}$ and $v \in \mathbb{R}^n$." + display(r"A B v \neq B A v")
    ),
}
NOTATION = {
    "a context in the comments of a LaTeX file": Sound(
        r"""\documentclass{article}
% symbolic-equiv: declare e : T \to P \text{ bijection}
% symbolic-equiv: declare a, b \in P
% symbolic-equiv: declare w : T \to \mathbb{R}^m
% symbolic-equiv: define U_a[w](t) := w(e^{-1}(e(t) - a))
\begin{document}
Hence
\[ U_a[U_b[w]](t) = w\left( e^{-1}\left( e(t) - a - b \right) \right) \]
\end{document}
""",
        format="latex",
    ),
    "gather, without numbers": (TOKENS + "Then\n\\begin{gather*}\nf(i) + f(j) \\\\\n= f(j) + f(i)\n\\end{gather*}\n"),
    "split in an equation": (
        TOKENS
        + "Then\n\\begin{equation}\\begin{split}\nf(i) + f(j) &= f(j) + f(i) \\\\\n&= f(i) + f(j)\n"
        + "\\end{split}\\end{equation}\n"
    ),
    "a macro": Sound(
        r"\newcommand{\shift}[1]{p^{-1}(p(#1) - z)}"
        + "\n"
        + PLACED
        + display(r"u(\shift{s}) + u(t) = u(t) + u(\shift{s})"),
        format="latex",
    ),
    "maps of signals by juxtaposition": (
        TOKENS
        + r"Let $\phi : L_{\mathbb{R}^d}(S) \to L_{\mathbb{R}^k}(S)$. We write $L_y[f](i) := f(x^{-1}(x(i) - y))$. Then"
        + display(r"\phi L_y f(i) = \phi(L_y[f])(i) = \phi(f(x^{-1}(x(i) - y)))")
    ),
    "a claim that is announced, and its proof below": (
        TOKENS
        + r"We write $L_y[f](i) := f(x^{-1}(x(i) - y))$. We need the following equation to hold:"
        + display("L_y[L_{-y}[f]](i) = f(i)")
        + "Indeed"
        + display("L_y[L_{-y}[f]](i) = f(x^{-1}(x(i) - y + y)) = f(i)")
    ),
    "an equivalence that the text assumes": (
        TOKENS
        + r"We write $L_y[f](i) := f(x^{-1}(x(i) - y))$. Suppose that"
        + r" $x^{-1}(x(j) + y) \in N(x^{-1}(x(i) + y)) \iff j \in N(i)$. Then"
        + display(r"\sum_{j \in N(i)} L_y[f](j) = \sum_{j \in N(x^{-1}(x(i) - y))} f(j)")
    ),
    "rotary scores, from what is said of the rotations": (
        r"""Let $R : \mathbb{Z} \to \mathbb{R}^{d \times d}$ with $R(p)^\top R(q) = R(q-p)$ for all $p, q$.
Tokens $n \in T$ have positions $x : T \to \mathbb{Z}$, bijective.
For $f : T \to \mathbb{R}^d$ put $L_y[f](n) := f(x^{-1}(x(n)-y))$ and
$$c[f](n, m) := (R(x(n)) W_Q f(n))^\top (R(x(m)) W_K f(m))$$
where $W_Q, W_K \in \mathbb{R}^{d \times d}$. Then
$$c[f](n,m) = f(n)^\top W_Q^\top R(x(n))^\top R(x(m)) W_K f(m) = f(n)^\top W_Q^\top R(x(m)-x(n)) W_K f(m)$$
and so
$$c[L_y[f]](n,m) = c[f](x^{-1}(x(n)-y), x^{-1}(x(m)-y)).$$
"""
    ),
    "a matrix that permutes": (
        r"Let $X \in \mathbb{R}^{n \times d}$, $W \in \mathbb{R}^{d \times k}$, and let $P \in \mathbb{R}^{n \times n}$"
        r" permute the rows. Then"
        + display(r"\mathrm{softmax}(P X X^\top P^\top) P X W = P\, \mathrm{softmax}(X X^\top) X W")
    ),
    "heads that are counted": (
        r"""Heads $h = 1,\dots,H$. Let $x : S \to X$ be bijective, $f : S \to \mathbb{R}^d$, $i, j \in S$, $y \in X$ and
$L_y[f](i) := f(x^{-1}(x(i)-y))$.
With $Q^h, K^h, V^h \in \mathbb{R}^{k\times d}$ and $W_O \in \mathbb{R}^{d \times Hk}$ put
$$M[f](i) := W_O \, \mathrm{Concat}_{h=1}^{H}\left( \sum_{j \in S} \mathrm{softmax}_j\left( \langle Q^h f(i), K^h f(j)
\rangle \right) V^h f(j) \right).$$
Then $$M[L_y[f]](i) = L_y[M[f]](i).$$
"""
    ),
    "an operator before a signal, in square brackets": (
        r"""Let $p : U \to G$ be a bijection, $a \in G$ and $h : U \to \mathbb{R}^n$. We write
$$[\tau_a h](u) = h(p^{-1}(p(u)a)).$$
Let $\theta: G \to \mathbb{R}$ and define $\Psi[h](u) := \sum_{w \in U} \theta(p(u) p(w)^{-1}) h(w)$. Then
$$\Psi[\tau_a h](u) = \sum_{w \in U} \theta(p(u) a p(w)^{-1}) h(w) = [\tau_a \Psi[h]](u).$$
"""
    ),
    "a homomorphism, as it is declared": (
        r"Let $G$ be a group and let $R : G \to \mathbb{R}$ with $R(p) R(q) = R(p q)$ for all $p, q \in G$. Then"
        + display("R(p) R(q) R(p) = R(p q p)")
    ),
    "an equivalence behind an if": (
        TOKENS
        + r"We write $L_y[f](i) := f(x^{-1}(x(i) - y))$."
        + r" If $x^{-1}(x(j) + y) \in N(x^{-1}(x(i) + y)) \iff j \in N(i)$, then"
        + display(r"\sum_{j \in N(i)} L_y[f](j) = \sum_{j \in N(x^{-1}(x(i) - y))} f(j)")
    ),
    "the assumed equivalence the other way round, in other letters": (
        r"Let $x : S \to X$, a bijection, $f : S \to \mathbb{R}^d$, $N : S \to 2^S$, $s, t \in S$ and $a \in X$."
        r" We assume $t \in N(s) \iff x^{-1}(x(t) + a) \in N(x^{-1}(x(s) + a))$. Then"
        + display(r"\sum_{t \in N(s)} f(x^{-1}(x(t) - a)) = \sum_{t \in N(x^{-1}(x(s) - a))} f(t)")
    ),
    "a dot between vectors, and between a number and a vector": (
        MATRICES + display(r"(W u \cdot w) \cdot v = a \cdot v \cdot 0 + (w \cdot W u) \cdot v")
    ),
    "a letter that stands for a layer elsewhere": (
        r"Tokens $n \in T$ have features $f : T \to \mathbb{R}^d$. Put $c(n, m) := \langle f(n), f(m) \rangle$. Then"
        + display("c(n, m) = c(m, n)")
    ),
    "a definition by cases of its values": (
        r"Let $W \in \mathbb{R}^{k \times d}$ and $f : S \to \mathbb{R}^d$. We write"
        + display("q(f(i)) = W f(i)")
        + "Then"
        + display("q(f(i) + f(j)) = q(f(i)) + q(f(j))")
    ),
}

WHOLE = {
    "heads by a union, one relative encoding": Sound(attention.HEADS, ("hypothesis",)),
    "one head, matrices, a bias, a scaling factor": attention.ONE_HEAD,
    "adapters, heads one after the other, several displays": attention.LORA,
    "a group acting from the left, all tokens": attention.LEFT_ACTION,
    "a permutation of the tokens": attention.PERMUTED,
    "no softmax, adapters as matrices": attention.LINEAR_ATTENTION,
    "a group convolution": attention.CONVOLUTION,
    "two layers that are equivariant by assumption": attention.COMPOSED,
}

PERMUTATIONS = {
    "the softmax of a permuted matrix": permutations.SOFTMAX,
    "attention with a permutation matrix": permutations.ATTENTION,
    "merged adapters, bold letters": permutations.LORA,
    "several heads side by side": permutations.HEADS,
    "entry by entry": permutations.ENTRIES,
    "tokens in columns": permutations.COLUMNS,
    "rows of a matrix of scores": permutations.ROWS,
    "an orthogonal change of features": permutations.ORTHOGONAL,
}

CASES: dict[str, dict[str, str | Sound]] = {
    "operators": {
        "attention on any group": Sound(operators.GROUP_LAYER),
        "a window on the plane": Sound(operators.WINDOW_ON_THE_PLANE),
        "a window on the plane, undeclared": Sound(operators.UNDECLARED, ("undefined",)),
        "a permutation, softmax written out": Sound(operators.WRITTEN_OUT, ("undefined",)),
        "rotary matrices with LoRA, undeclared": Sound(operators.ROTARY, ("undefined",)),
    },
    "matrices": PERMUTATIONS,
    "sums": SUMS,
    "softmax": SOFTMAX,
    "linear algebra": LINEAR,
    "group words": GROUPS,
    "not equal": NOT_EQUAL,
    "notation": NOTATION,
    "whole derivations": WHOLE,
    "poses": poses.SOUND,
}

GROUPED = {
    title: {name: case if isinstance(case, Sound) else Sound(case) for name, case in cases.items()}
    for title, cases in CASES.items()
}
