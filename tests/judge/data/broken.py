"""Derivations with one slip: the line it stands in, the kind that must be reported, and the repair if one is known.

``at`` is the beginning of a piece of the line; ``repair`` is what has to stand in the suggestion.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.judge.data import operators, permutations, poses
from tests.judge.data.attention import (
    CONVOLUTION,
    HEADS,
    LEFT_ACTION,
    LINEAR_ATTENTION,
    LORA,
    ONE_HEAD,
    PERMUTED,
)
from tests.judge.data.sound import NOTATION
from tests.judge.data.words import MATRICES, MOVES, SCORES, TOKENS, display


@dataclass(frozen=True)
class Broken:
    """A text, where its slip stands, and of what kind it is."""

    text: str
    at: str
    kind: str = "step"
    repair: str = ""

    @property
    def line(self) -> int:
        before, found, _ = self.text.partition(self.at)
        if not found:
            raise ValueError(f"{self.at!r} does not stand in the text")
        return before.count("\n") + 1


def slipped(text: str, sound: str, printed: str, kind: str = "step", repair: str = "") -> Broken:
    """A sound text in which one piece is replaced, in one place."""
    before, found, after = text.partition(sound)
    if not found:
        raise ValueError(f"{sound!r} does not stand in the text")
    line = before.rpartition("\n")[2] + printed + after.partition("\n")[0]
    return Broken(before + printed + after, line, kind, repair)


SHIFT = "We write $L_y[f](i) := f(x^{-1}(x(i) - y))$. Then"

REINDEXING = {
    "shifted the wrong way": Broken(
        TOKENS + SHIFT + display("L_y[f](i) = f(x^{-1}(x(i) + y))"), "L_y[f](i) = f(x", repair="-y"
    ),
    "not shifted": Broken(TOKENS + SHIFT + display("L_y[f](i) = f(i)"), "L_y[f](i) = f(i)", repair="x^{-1}(x(i) - y)"),
    "the sum is re-indexed, its body is not": Broken(
        MOVES + "Then" + display(r"\sum_{t \in B(s)} T_z[u](t) = \sum_{t \in B(p^{-1}(p(s) - z))} T_z[u](t)"),
        r"\sum_{t \in B(s)} T_z",
    ),
    "the neighbourhood of the wrong token": Broken(
        MOVES + "Then" + display(r"\sum_{t \in B(s)} T_z[u](t) = \sum_{t \in B(s)} u(t)"), r"\sum_{t \in B(s)} T_z"
    ),
    "re-indexed in the sum only": Broken(
        TOKENS
        + SCORES
        + display(
            r"\sum_{j \in S} \mathrm{softmax}_j(\kappa(i, j)) f(j) = "
            r"\sum_{j \in S} \mathrm{softmax}_j(\kappa(i, j)) f(x^{-1}(x(j) + y))"
        ),
        r"\sum_{j \in S} \mathrm",
    ),
    "the middle line of a chain": Broken(
        TOKENS
        + SHIFT
        + "\n\\begin{align*}\n\\sum_{j \\in S} L_y[f](j) &= \\sum_{j \\in S} f(x^{-1}(x(j) - y)) \\\\\n"
        + "&= \\sum_{j \\in S} f(x^{-1}(x(i) - y)) \\\\\n&= \\sum_{j \\in S} f(j)\n\\end{align*}\n",
        r"&= \sum_{j \in S} f(x^{-1}(x(i) - y))",
        repair="j",
    ),
    "only true where N is symmetric": Broken(
        TOKENS + SCORES + display(r"\sum_{j \in N(i)} f(j) = \sum_{i \in N(j)} f(j)"), r"\sum_{j \in N(i)}"
    ),
    "a summand is lost": Broken(
        TOKENS + display(r"\sum_{j \in N(i)} (f(j) + f(i)) = \sum_{j \in N(i)} f(j)"), r"\sum_{j \in N(i)} (f"
    ),
    "a constant is summed once": Broken(
        TOKENS + display(r"\sum_{j \in N(i)} (f(j) + f(i)) = \sum_{j \in N(i)} f(j) + f(i)"), r"\sum_{j \in N(i)} (f"
    ),
    "a neighbourhood for all tokens": Broken(
        TOKENS + display(r"\sum_{j \in N(i)} f(j) = \sum_{j \in S} f(j)"), r"\sum_{j \in N(i)} f"
    ),
}

SOFTMAX = {
    "scores are not scaled freely": Broken(
        TOKENS
        + SCORES
        + display(
            r"\sum_{j \in N(i)} \mathrm{softmax}_j(c \kappa(i, j)) f(j)"
            r" = \sum_{j \in N(i)} \mathrm{softmax}_j(\kappa(i, j)) f(j)"
        ),
        r"\sum_{j \in N(i)}",
    ),
    "a shift that depends on the column": Broken(
        TOKENS
        + SCORES
        + display(
            r"\sum_{j \in N(i)} \mathrm{softmax}_j(\kappa(i, j) + \kappa(j, j)) f(j)"
            r" = \sum_{j \in N(i)} \mathrm{softmax}_j(\kappa(i, j)) f(j)"
        ),
        r"\sum_{j \in N(i)}",
    ),
    "rows for columns": Broken(
        TOKENS
        + SCORES
        + display(
            r"\sum_{j \in N(i)} \mathrm{softmax}_j(\kappa(i, j)) f(j)"
            r" = \sum_{j \in N(i)} \mathrm{softmax}_j(\kappa(j, i)) f(j)"
        ),
        r"\sum_{j \in N(i)}",
    ),
    "the softmax of another set": Broken(
        TOKENS
        + SCORES
        + display(
            r"\sum_{j \in N(i)} \mathrm{softmax}_j(\kappa(i, j)) f(j)"
            r" = \sum_{j \in N(i)} \mathrm{softmax}_{j \in S}(\kappa(i, j)) f(j)"
        ),
        r"\sum_{j \in N(i)}",
    ),
    "weights that sum to one, of a set that may be empty": Broken(
        TOKENS + SCORES + display(r"\sum_{j \in N(i)} \mathrm{softmax}_j(\kappa(i, j)) f(i) = f(i)"),
        r"\sum_{j \in N(i)}",
    ),
    "a subscript that is not bound": Broken(
        TOKENS
        + SCORES
        + display(
            r"f(i) + \sum_{j \in N(i)} \mathrm{softmax}_i(\kappa(i, j)) f(j)"
            r" = f(i) + \sum_{j \in N(i)} \mathrm{softmax}_j(\kappa(i, j)) f(j)"
        ),
        r"f(i) + \sum",
        "scope",
    ),
}

LINEAR = {
    "matrices commute": Broken(
        r"Let $A, B \in \mathbb{R}^{n \times n}$ and $v \in \mathbb{R}^n$. Then" + display("A B v = B A v"), "A B v ="
    ),
    "the cross terms are lost": Broken(
        MATRICES + display(r"\langle u + v, u + v \rangle = \langle u, u \rangle + \langle v, v \rangle"),
        r"\langle u +",
    ),
    "a sign": Broken(MATRICES + display("W(u - v) = W u + W v"), "W(u - v)"),
    "a vector of another size": Broken(MATRICES + display("W u = u"), "W u = u", "shape"),
    "a product that does not fit": Broken(MATRICES + display("A B u = u"), "A B u", "shape"),
    "a number and a vector": Broken(MATRICES + display(r"\langle u, v \rangle = u + v"), r"\langle u, v", "shape"),
    "a factor is lost": Broken(MATRICES + display("W(a u) + W v = W u + W v"), "W(a u)", repair="a"),
    "a map taken to be linear": Broken(
        r"Let $\phi : \mathbb{R}^d \to \mathbb{R}^k$ and $u, v \in \mathbb{R}^d$. Then"
        + display(r"\phi(u + v) = \phi(u) + \phi(v)"),
        r"\phi(u + v)",
    ),
    "the other map": Broken(
        r"Let $\phi, \psi : \mathbb{R}^d \to \mathbb{R}^k$ and $u, v \in \mathbb{R}^d$. Then"
        + display(r"\phi(u) + \psi(v) = \psi(v) + \psi(u)"),
        r"\phi(u) + \psi(v)",
    ),
}

GROUPS = {
    "an inverse in the wrong order": Broken(
        r"Let $x : S \to G$ be a bijection onto a group $G$, $f : S \to \mathbb{R}^d$ and $g, h \in G$. Then"
        + display(r"f(x^{-1}((g h)^{-1} x(i))) = f(x^{-1}(g^{-1} h^{-1} x(i)))"),
        r"f(x^{-1}((g h)^{-1}",
    ),
    "translations do not commute": Broken(
        r"Let $x : S \to G$ be a bijection onto a group $G$ and $f : S \to \mathbb{R}^d$. We write"
        r" $L_g[f](i) := f(x^{-1}(g^{-1} x(i)))$. Then" + display("L_g[L_h[f]](i) = L_{hg}[f](i)"),
        "L_g[L_h[f]](i) =",
    ),
    "the poses in the wrong order": Broken(
        r"Let $x : S \to T$ be a bijection onto the translations $T$, and $H$ a group that acts on $T$."
        r" Let $f : S \times H \to \mathbb{R}^d$, $i \in S$, $h \in H$ and $a, b \in H$. We define"
        + display(r"R_{a}[f](i, h) := f(x^{-1}(a^{-1} x(i)), a^{-1} h)")
        + "Then"
        + display(r"R_a[R_b[f]](i, h) = R_{ba}[f](i, h)"),
        "R_a[R_b[f]](i, h) =",
    ),
    "the head of a pose is forgotten": Broken(
        r"Let $x : S \to T$ be a bijection onto the translations $T$, and $H$ a group that acts on $T$."
        r" Let $f : S \times H \to \mathbb{R}^d$, $i \in S$, $h \in H$ and $a \in H$. We define"
        + display(r"R_{a}[f](i, h) := f(x^{-1}(a^{-1} x(i)), a^{-1} h)")
        + "Then"
        + display(r"R_a[f](i, h) = f(x^{-1}(a^{-1} x(i)), h)"),
        "R_a[f](i, h) = ",
        repair="a",
    ),
    "positions that need not commute": Broken(TOKENS + display("y + x(i) - y = x(i)"), "y + x(i)"),
    "the difference the wrong way round": Broken(
        TOKENS + r"Let $\beta : X \to \mathbb{R}$." + display(r"\beta(x(j) + y - (x(i) + y)) = \beta(x(i) - x(j))"),
        r"\beta(x(j) + y",
    ),
    "a token for a position": Broken(TOKENS + display("f(x^{-1}(i + y)) = f(i)"), "f(x^{-1}(i + y))", "sort"),
    "a position for a token": Broken(TOKENS + display("f(x(i)) = f(i)"), "f(x(i))", "sort"),
}

NOT_EQUAL = {
    "what is equal": Broken(TOKENS + SHIFT + display(r"L_y[f](i) \neq f(x^{-1}(x(i) - y))"), r"L_y[f](i) \neq"),
    "a sum is re-indexed": Broken(
        TOKENS + display(r"\sum_{j \in S} f(x^{-1}(x(j) - y)) \neq \sum_{j \in S} f(j)"), r"\sum_{j \in S} f(x"
    ),
}

DECLARATIONS = {
    "a composition in the wrong order": Broken(
        r"Let $a : \mathbb{R}^d \to \mathbb{R}^r$ and $b : \mathbb{R}^r \to \mathbb{R}^k$ and $u \in \mathbb{R}^d$."
        " We write" + display(r"c(u) = (a \circ b)(u) = b(a(u))"),
        r"c(u) =",
        "definition",
        r"b \circ a",
    ),
    "the positions are feature vectors": Broken(
        r"Let $f : S \to \mathbb{R}^d$ and $y \in \mathbb{R}^d$. Let $x : S \to X$ be a bijection."
        " We write $L_y[f](i) := f(x^{-1}(x(i) - y))$. Then" + display("L_y[f](i) = f(x^{-1}(x(i) - y))"),
        "Let $f",
        "sort",
        "y",
    ),
    "a map declared on the wrong space": Broken(
        TOKENS
        + r"Let $\phi : L_{\mathbb{R}^k}(S) \to L_{\mathbb{R}^m}(S)$. Then"
        + display(r"\phi(f(i)) = \phi(f(i))"),
        r"Let $\phi",
        "sort",
        r"\mathbb{R}^{d}",
    ),
    "declared twice": Broken(r"Let $f : S \to \mathbb{R}^d$ and, later, $f : S \to \mathbb{R}^k$.", "Let", "sort"),
    "never declared": Broken(TOKENS + display(r"\psi(f(i)) = \psi(f(i))"), r"\psi", "undefined"),
    "a bijection is needed and not stated": Broken(
        r"Let $f : S \to \mathbb{R}^d$ and $i \in S$. Let $x : S \to X$ and $y \in X$. Then"
        + display(r"f(x^{-1}(x(i) + y - y)) = f(i)"),
        "f(x^{-1}(x(i) + y",
        "hypothesis",
        "x_is_bijective",
    ),
    "neighbourhoods have to move": Broken(
        TOKENS + SHIFT + display(r"\sum_{j \in N(i)} L_y[f](j) = \sum_{j \in N(x^{-1}(x(i) - y))} f(j)"),
        r"\sum_{j \in N(i)} L",
        "hypothesis",
        "N_moves",
    ),
    "a bracket that closes too early": Broken(
        TOKENS
        + SCORES
        + "Then"
        + display(
            r"v\left( \sum_{j \in N(i)} \mathrm{softmax}_j(\kappa(i, j)) \right) f(j)"
            r" = v\left( \sum_{j \in N(i)} \mathrm{softmax}_j(\kappa(i, j)) f(j) \right)"
        ),
        r"v\left( \sum",
        "scope",
    ),
    "a bound variable outside its sum": Broken(
        TOKENS + "Then" + display(r"f(i) + \sum_{j \in N(i)} f(j) = \left( \sum_{j \in N(i)} f(j) \right) + f(j)"),
        r"f(i) + \sum",
    ),
}

WHOLE = {
    "keys not translated": slipped(
        HEADS, "k^{(a)}(T_z u(t) + e(s, t))", "k^{(a)}(u(t) + e(s, t))", repair="T_{z}[u](t)"
    ),
    "the encoding not moved along": slipped(
        HEADS, r"e(\hat s, \hat t)", r"e(\hat t, \hat s)", repair=r"e(p^{-1}(p(s) - z), \hat{t})"
    ),
    "values of the wrong head map": slipped(HEADS, r"v^{(a)}(T_z u(t))", r"v^{(a)}(T_z u(s))", repair="t"),
    "attention taken at the wrong token": slipped(HEADS, r"F[u, e](\hat s) =", r"F[u, e](s) ="),
    "the query of the neighbour": slipped(ONE_HEAD, r"(Q \tau_b[g](m))^\top K", r"(Q \tau_b[g](l))^\top K", repair="m"),
    "the scaling factor is lost": slipped(
        ONE_HEAD, r"\mathrm{softmax}_l\left( \frac{1}{\sqrt{k}} (Q \tau_b", r"\mathrm{softmax}_l\left( (Q \tau_b"
    ),
    "the bias the other way round": slipped(
        ONE_HEAD,
        r"   + \beta\left(\pi(l) - \pi(m)\right) \right) V \tau_b",
        r"   + \beta\left(\pi(m) - \pi(l)\right) \right) V \tau_b",
    ),
    "translated back": slipped(
        ONE_HEAD, r"\mathcal{A}[g](\pi^{-1}(\pi(m) - b))", r"\mathcal{A}[g](\pi^{-1}(\pi(m) + b))"
    ),
    "an adapter left out": slipped(LORA, r"(L_y f(j)) + D_h(C_h(L_y f(j)))", r"(L_y f(j)) + D_h(C_h(f(j)))"),
    "the adapter of another map": slipped(LORA, r"B_h(A_h(L_y f(i)))", r"B_h(C_h(L_y f(i)))", repair="A"),
    "one substitution forgotten": slipped(
        LORA, r"\Delta\theta_h(f(\tilde i)), \kappa", r"\Delta\theta_h(f(i)), \kappa"
    ),
    "an action from the wrong side": slipped(
        LEFT_ACTION, r"&= Z[f](x^{-1}(g^{-1} x(i)))", r"&= Z[f](x^{-1}(g x(i)))", repair="g^{-1}"
    ),
    "the group element is not cancelled": slipped(
        LEFT_ACTION, r"\rho((g^{-1} x(i))^{-1} x(j))", r"\rho(x(i)^{-1} x(j))"
    ),
    "one value not permuted": slipped(PERMUTED, r"b(f(t^{-1}(j)))", r"b(f(j))", repair="P[f](j)"),
    "permuted back": slipped(PERMUTED, r"= E[f](\bar i) =", r"= E[f](t(i)) ="),
    "a rotation the wrong way round": slipped(
        NOTATION["rotary scores, from what is said of the rotations"], "R(x(m)-x(n)) W_K", "R(x(n)-x(m)) W_K"
    ),
    "an adapter dropped": slipped(LINEAR_ATTENTION, r"+ B A f(x^{-1}(x(i) - y)), W_K f(j)", r", W_K f(j)"),
    "keys and values mixed up": slipped(
        LINEAR_ATTENTION, r"W_K L_y[f](j) \rangle", r"W_Q L_y[f](j) \rangle", repair="W_{K}"
    ),
    "a kernel at the wrong place": slipped(CONVOLUTION, r"w(x(i)^{-1} g x(j)) f(j)", r"w(x(i)^{-1} x(j)) f(j)"),
    "the group element inverted": slipped(
        CONVOLUTION, r"w(x(i)^{-1} g x(j)) f(j)", r"w(x(i)^{-1} g^{-1} x(j)) f(j)", repair="g"
    ),
}

PERMUTATIONS = {
    "a transpose is missing": slipped(
        permutations.SOFTMAX, r"&= P \, \mathrm{softmax}(M P^\top)", r"&= P \, \mathrm{softmax}(M P)"
    ),
    "the permutation on the wrong side": slipped(
        permutations.SOFTMAX,
        r"\mathrm{softmax}(P M) = P \, \mathrm{softmax}(M)",
        r"\mathrm{softmax}(P M) = \mathrm{softmax}(M) P",
    ),
    "transposed on the left": slipped(
        permutations.SOFTMAX, r"&= P \, \mathrm{softmax}(M) \, P^\top", r"&= P^\top \mathrm{softmax}(M) \, P"
    ),
    "a product with the transpose is dropped": slipped(
        permutations.SOFTMAX,
        r"\mathrm{softmax}(P M P^\top) P = P \, \mathrm{softmax}(M)",
        r"\mathrm{softmax}(P M P^\top) P^\top = P \, \mathrm{softmax}(M)",
    ),
    "only true of a symmetric matrix": slipped(
        permutations.SOFTMAX, r"&= P \, \mathrm{softmax}(M P^\top)", r"&= P \, \mathrm{softmax}(M^\top P^\top)"
    ),
    "a softmax of the columns in one place": slipped(
        permutations.SOFTMAX,
        r"\mathrm{softmax}(M P^\top) = \mathrm{softmax}(M) P^\top",
        r"\mathrm{softmax}(M P^\top) = \mathrm{softmax}(M^\top)^\top P^\top",
    ),
    "a softmax of the columns, by a word": slipped(
        permutations.SOFTMAX,
        r"\mathrm{softmax}(M P^\top) = \mathrm{softmax}(M) P^\top",
        r"\mathrm{softmax}(M P^\top) = \mathrm{softmax}_{\mathrm{col}}(M) P^\top",
    ),
    "said to differ, and equal": slipped(
        permutations.SOFTMAX, r"&= P \, \mathrm{softmax}(M P^\top)", r"&\neq P \, \mathrm{softmax}(M P^\top)"
    ),
    "the scores are not permuted": slipped(
        permutations.ATTENTION, r"P Q K^\top P^\top}{\sqrt{d_k}} \right) P V", r"P Q K^\top}{\sqrt{d_k}} \right) P V"
    ),
    "the values are not permuted": slipped(
        permutations.ATTENTION, r"P^\top}{\sqrt{d_k}} \right) P V", r"P^\top}{\sqrt{d_k}} \right) V", repair="P V"
    ),
    "P^T P dropped where it is P^T": slipped(permutations.ATTENTION, r"\right) P^\top P V \\", r"\right) P^\top V \\"),
    "queries and keys mixed up": slipped(
        permutations.ATTENTION, r"\frac{P Q K^\top P^\top}", r"\frac{P K Q^\top P^\top}"
    ),
    "the root is lost": slipped(permutations.ATTENTION, r"P^\top}{\sqrt{d_k}}", r"P^\top}{d_k}"),
    "invariant, not equivariant": slipped(permutations.ATTENTION, r"&= P \, \mathrm{Attn}(X)", r"&= \mathrm{Attn}(X)"),
    "a shape that does not fit": slipped(
        permutations.ATTENTION, r"(P X W_Q) (P X W_K)^\top", r"(P X W_Q) (P X W_K)", "shape"
    ),
    "the adapter dropped from the values": slipped(
        permutations.LORA,
        r"(\mathbf{X} \mathbf{W}_v + \mathbf{X} \mathbf{B} \mathbf{A})",
        r"(\mathbf{X} \mathbf{W}_v)",
    ),
    "the factors of the adapter in the wrong order": slipped(
        permutations.LORA,
        r"(\mathbf{X} \mathbf{W}_q + \mathbf{X} \mathbf{B} \mathbf{A})",
        r"(\mathbf{X} \mathbf{W}_q + \mathbf{X} \mathbf{A} \mathbf{B})",
        "shape",
    ),
    "not permuted in the values": slipped(
        permutations.LORA, r"    \boldsymbol{\Pi} \mathbf{X} (\mathbf{W}_v", r"    \mathbf{X} (\mathbf{W}_v"
    ),
    "heads that are not permuted": slipped(
        permutations.HEADS, r"\left( P \, \mathrm{head}_h \right)", r"\left( \mathrm{head}_h \right)"
    ),
    "the last line of several heads": slipped(
        permutations.HEADS, r"&= P \, \mathrm{MultiHead}(X)", r"&= \mathrm{MultiHead}(X)"
    ),
    "permuted queries alone": slipped(
        permutations.HEADS, r"\mathrm{Attention}(P Q, P K, P V)", r"\mathrm{Attention}(P Q, K, P V)"
    ),
    "the inverse permutation": slipped(
        permutations.ENTRIES, r"P_{ik} M_{kj} = M_{\pi(i) j}", r"P_{ik} M_{kj} = M_{\pi^{-1}(i) j}"
    ),
    "the column is not permuted": slipped(
        permutations.ENTRIES, r"(P M P^\top)_{ij} = M_{\pi(i), \pi(j)}", r"(P M P^\top)_{ij} = M_{\pi(i), j}"
    ),
    "normalised over the rows": slipped(
        permutations.ENTRIES, r"{\sum_{l=1}^n e^{M_{\pi(i) l}}}", r"{\sum_{l=1}^n e^{M_{l \pi(j)}}}"
    ),
    "one index is not permuted back": slipped(
        permutations.ENTRIES, r"&= \mathrm{softmax}(M)_{\pi(i) \pi(j)}", r"&= \mathrm{softmax}(M)_{\pi(i) j}"
    ),
    "columns permuted on the wrong side": slipped(
        permutations.COLUMNS, r"&= V Z R R^\top \mathrm", r"&= V Z R^\top R^\top \mathrm"
    ),
    "rows of the transposed scores": slipped(
        permutations.ROWS,
        r"Y_i &= \sum_{j=1}^n \mathrm{softmax}(S)_{ij} X_j",
        r"Y_i &= \sum_{j=1}^n \mathrm{softmax}(S)_{ji} X_j",
    ),
    "a sum over the wrong index": slipped(
        permutations.ROWS, r"\sum_{l=1}^n \exp(S_{il})", r"\sum_{l=1}^n \exp(S_{lj})"
    ),
    "the Gram matrix of the features": slipped(
        permutations.ORTHOGONAL, r"X O O^\top W O O^\top X^\top", r"X O O W O^\top O^\top X^\top"
    ),
}

GROUPED = {
    "matrices": PERMUTATIONS,
    "re-indexing": REINDEXING,
    "softmax": SOFTMAX,
    "linear algebra": LINEAR,
    "group words": GROUPS,
    "not equal": NOT_EQUAL,
    "declarations and hypotheses": DECLARATIONS,
    "whole derivations": WHOLE,
    "poses": {name: slipped(*case) for name, case in poses.BROKEN.items()},
    "operators": {name: slipped(*case) for name, case in operators.BROKEN.items()},
}
