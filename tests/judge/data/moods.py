"""What the words do not say: each text has a false equation that would follow if they were taken to say it."""

from __future__ import annotations

from tests.judge.data.words import TOKENS, display

WANTED = display("f(i) + f(j) = f(j)")

NOT_SAID = {
    "for a contradiction": "Suppose for contradiction that $f(i) = 0$. This is absurd. Therefore",
    "the contrary": "Assuming the contrary, $f(i) = 0$, leads to a contradiction. So",
    "tempting": "It is tempting to assume $f(i) = 0$, but this fails. Then",
    "wrong": "It would be wrong to assume $f(i) = 0$. Then",
    "not assumed": "We do not assume $f(i) = 0$. Then",
    "never assumed": "We never assume that $f(i) = 0$. Then",
    "without assuming": "Without assuming $f(i) = 0$, we get",
    "does not hold": "Recall that the hypothesis $f(i) = 0$ does not hold. Then",
    "too strong": "The hypothesis $f(i) = 0$ is too strong. We show",
    "is false": "Here $f(i) = 0$ is false. Then",
    "being false": "With $f(i) = 0$ being false,",
    "fails": "Where $f(i) = 0$ fails, we have",
    "excluded": "Let $g$ be given, with $f(i) = 0$ excluded. Then",
    "would be nice": "where $f(i) = 0$ would be nice. Then",
    "by others": "Some authors assume $f(i) = 0$; we do not. Then",
    "by those compared with": "Compare with the setting of others, who assume $f(i) = 0$. We get",
    "by nobody": "Nobody would assume $f(i) = 0$. Then",
    "if one did": "If one assumed $f(i) = 0$, all would be trivial. Then",
    "one might": "One might suppose $f(i) = 0$. In general, though,",
    "a question": "Are we to assume $f(i) = 0$? No. Then",
    "whether": "Let us see whether $f(i) = 0$. Then",
    "let us not": "Let us not write $f(i) = 0$. Then",
    "unless": "We assume $f(i) = 0$ unless $i = j$. Then",
    "for some only": r"We assume $f(i) = 0$ for $i \neq j$. Then",
    "only when": "We assume $f(i) = 0$ only when $y = 0$. Then",
    "for one": r"There is a token $k \in S$ with $f(k) = 0$. Then",
    "for the moment": "Let $f(i) = 0$ for the moment. In general",
    "in a special case": "In the special case, assume $f(i) = 0$. In general,",
    "in one case of two": "Case 1: assume $f(i) = 0$. Then all is trivial. Case 2: otherwise. Then",
    "weaker": "This is weaker than assuming $f(i) = 0$. Then",
    "dropped": "Assume $f(i) = 0$. From now on we drop this assumption. Then",
    "in another theorem": "**Theorem 1.** Assume that $f(i) = 0$. Then all is well.\n\n**Theorem 2.** For every signal",
    "in another proof": "Proof of Lemma 1. Suppose $f(i) = 0$. This is clear. ∎\n\nNow",
    "in a warm-up": "\n## Warm-up\nAssume $f(i) = 0$ here.\n\n## The general case\nNow",
}
NOT_SAID = {name: TOKENS + words + WANTED for name, words in NOT_SAID.items()}

_PLACES = {
    "a remark": r"\begin{remark} Assume $f(i) = 0$. This is trivial. \end{remark}",
    "an example": r"\begin{example} Assume $f(i) = 0$. This is trivial. \end{example}",
    "a proof": r"\begin{proof} Suppose $f(i) = 0$. This is trivial. \end{proof}",
    "a theorem": r"\begin{theorem} Assume $f(i) = 0$. Then all is trivial. \end{theorem}",
    "a lemma with its proof": r"\begin{lemma} Suppose $f(i) = 0$. \end{lemma} \begin{proof} Clear. \end{proof}",
    "a proof, by a definition": r"\begin{proof} Let $q(i) := 0$ and assume $f(i) = q(i)$. \end{proof}",
    "a footnote": r"There are tokens.\footnote{Here we assume $f(i) = 0$.}",
    "a footnote at the end of a sentence": r"Let $k \in S$.\footnote{Some authors assume $f(i) = 0$.}",
    "a caption": r"\begin{figure}\caption{We assume $f(i) = 0$.}\end{figure}",
    "a quotation": r"\begin{quote} Assume $f(i) = 0$.\end{quote}",
    "a note": r"\todo{assume $f(i) = 0$?}",
    "a section of examples": r"\section{A toy example} Assume $f(i) = 0$. \section{In general}",
}
ELSEWHERE = {
    name: "\\begin{document}\nLet $f : S \\to \\mathbb{R}^d$ and $i, j \\in S$.\n"
    + words
    + "\nThen\n\\[ f(i) + f(j) = f(j) \\]\n\\end{document}\n"
    for name, words in _PLACES.items()
}

_GROUP = r"Let $x : S \to X$ be a bijection onto a group $X$, $f : S \to \mathbb{R}^d$ and $y \in X$. "
_COMMUTE = display("f(x^{-1}(x(i) + y)) = f(x^{-1}(y + x(i)))")
COMMUTATIVE = {
    "in another theorem": "**Theorem 1.** Assume that $X$ is abelian. Then all is well.\n\n**Theorem 2.** In general",
    "if it were": "If $X$ is abelian this is easy. In general",
    "wrong to think": "It would be wrong to think that $X$ is abelian. Then",
    "whether": "It does not matter whether $X$ is abelian. Then",
    "elsewhere": "Earlier work treats the case that $X$ is abelian. Then",
    "or not": "Here $X$ is abelian or not. Then",
}
COMMUTATIVE = {name: _GROUP + words + _COMMUTE for name, words in COMMUTATIVE.items()}

_NUMBERS = r"Let $a, b, c \in \mathbb{R}$ and $L_y[f](i) := f(x^{-1}(x(i) - y))$. "
NO_ALARM = {
    "a premise": r"Then $a = b \implies a + c = b + c$.",
    "a condition before": "For $y = 0$ we have" + display("L_y[f](i) = f(i)"),
    "a condition in the sentence": "If $y = 0$, then $L_y[f](i) = f(i)$.",
    "a condition behind": "We have $L_y[f](i) = f(i)$ for $y = 0$ only.",
    "a condition in words": "When the signal is constant, we get" + display("f(i) = f(j)"),
    "a condition in a remark": display(r"a c = b c \quad \text{if } c = 0"),
    "a condition beside": display(r"a c = b c \quad \text{for } c = 0"),
    "denied behind": "In general, $L_y[f](i) = f(i)$ does not hold.",
    "denied before": "It is not true that $L_y[f](i) = f(i)$.",
    "a case": "Consider the case $y = 0$. There" + display("L_y[f](i) = f(i)"),
    "for a contradiction": "Suppose for a contradiction that $f(i) = f(j)$. Then" + display("f(i) - f(j) = 0"),
    "a bound": "Then" + display(r"a \leq a^2 + 1"),
    "about": "Then" + display(r"a \approx b"),
    "proportional": "Then" + display(r"a \propto b"),
    "congruent": "Then" + display(r"a \equiv b"),
}
NO_ALARM = {name: TOKENS + _NUMBERS + words for name, words in NO_ALARM.items()}

SAID = {
    "loss of generality": "Without loss of generality, assume $f(i) = 0$. Then" + WANTED,
    "as others do": "As others do, we assume $f(i) = 0$. Then" + WANTED,
    "of all": r"Suppose that $f(i) = 0$ for all $i \in S$. Then" + WANTED,
    "in its theorem": "**Theorem 1.** Assume that $f(i) = 0$. Then" + WANTED,
    "in the proof of its theorem": "**Theorem 1.** Assume that $f(i) = 0$. All is well.\n\n*Proof.* We have" + WANTED,
    "in a theorem that refers to it": (
        "**Theorem 1.** Assume that $f(i) = 0$. All is well.\n\n"
        "**Theorem 2.** Under the assumptions of Theorem 1, we have" + WANTED
    ),
    "in a case, of that case": "*Proof.* Let us begin.\n\nCase 1: Here we assume $f(i) = 0$. So" + WANTED,
    "unlike others": "Unlike some authors, we assume $f(i) = 0$. Then" + WANTED,
    "if and only if": (
        r"We assume that $x^{-1}(x(j) + y) \in N(x^{-1}(x(i) + y))$ if and only if $j \in N(i)$. Then"
        + display(r"\sum_{j \in N(i)} f(x^{-1}(x(j) - y)) = \sum_{j \in N(x^{-1}(x(i) - y))} f(j)")
    ),
}
SAID = {name: TOKENS + words for name, words in SAID.items()}

_MATRIX = r"Let $A, B \in \mathbb{R}^{n \times n}$ "
_SIGNAL = r"Let $f : S \to \mathbb{R}^d$ "
_CALL = r" $i, j \in S$. Then"
UNHEEDED = {
    "diagonal": _MATRIX + "be diagonal. Then" + display("A B = B A"),
    "diagonal matrices": _MATRIX + "be two diagonal matrices. Then" + display("A B = B A"),
    "said later": _MATRIX + ". Here $A$ is antisymmetric. Then" + display(r"A^\top = -A"),
    "said before": r"For a projection $P \in \mathbb{R}^{n \times n}$" + display("P P = P"),
    "commuting": _MATRIX + "commute. Then" + display("A B = B A"),
    "stochastic": _MATRIX + "be row-stochastic. Then" + display(r"\sum_{j=1}^n A_{ij} = 1"),
    "a unit vector": r"Let $u \in \mathbb{R}^n$ be a unit vector. Then" + display(r"\langle u, u \rangle = 1"),
    "of norm one": r"Let $u \in \mathbb{R}^n$ with norm one. Then" + display(r"\langle u, u \rangle = 1"),
    "orthogonal vectors": r"Let $u, v \in \mathbb{R}^n$ be orthogonal. Then" + display(r"\langle u, v \rangle = 0"),
    "a basis": r"Let $e_1, \dots, e_n \in \mathbb{R}^n$ be the standard basis, $A \in \mathbb{R}^{n \times n}$. Then"
    + display(r"e_i^\top A e_j = A_{ij}"),
    "constant": _SIGNAL + "be constant and" + _CALL + display("f(i) = f(j)"),
    "a map that is linear": r"Let $\phi : \mathbb{R}^d \to \mathbb{R}^k$ be linear and $u, v \in \mathbb{R}^d$. Then"
    + display(r"\phi(u + v) = \phi(u) + \phi(v)"),
    "a map that is not declared": r"Let $\phi$ be a linear map and $u, v \in \mathbb{R}^d$. Then"
    + display(r"\phi(u + v) = \phi(u) + \phi(v)"),
    "a homomorphism": r"Let $G, H$ be groups, $\chi : G \to H$ a homomorphism, $a, b \in G$. Then"
    + display(r"\chi(a b) = \chi(a) \chi(b)"),
    "a symmetric function": r"Let $\kappa : S \times S \to \mathbb{R}$ be a symmetric function. Then"
    + display(r"\kappa(i, j) = \kappa(j, i)"),
    "zero mean": r"Let $f : S \to \mathbb{R}$ have zero mean over the finite set $S$. Then"
    + display(r"\sum_{i \in S} f(i) = 0"),
    "positive": r"Let $a \in \mathbb{R}$ be positive. Then" + display(r"\frac{a}{a} = 1"),
    "not zero": r"Let $a \in \mathbb{R}$ be non-zero. Then" + display(r"\frac{a}{a} = 1"),
    "a bound": r"Let $a \geq 0$ be a number. Then" + display(r"(\sqrt{a})^2 = a"),
    "a cyclic group": r"Let $G$ be a cyclic group, $f : G \to \mathbb{R}$ and $a, b \in G$. Then"
    + display("f(a b) = f(b a)"),
    "a group with a name": r"Let $G = C_2$, $f : G \to \mathbb{R}$ and $a, b \in G$. Then" + display("f(a a b) = f(b)"),
    "one token": r"Let $S$ be a set with one element and $f : S \to \mathbb{R}$. Then" + display("f(i) = f(j)"),
}
"""True by what the words say, and false without it."""

HEEDED = {
    "denied": _MATRIX + "be matrices that need not be symmetric. Then" + display(r"A^\top = A"),
    "of another": r"Let $A \in \mathbb{R}^{n \times n}$ and let $D \in \mathbb{R}^{n \times n}$ be diagonal. Then"
    + display(r"A^\top = A"),
    "non-linear": r"Let $\phi : \mathbb{R}^d \to \mathbb{R}^k$ be a non-linear map and $u, v \in \mathbb{R}^d$. Then"
    + display(r"\phi(u + v) = \phi(u) + \phi(v)"),
    "of what it is used for": r"Linear attention uses features $\psi : \mathbb{R}^d \to \mathbb{R}^m$. Then"
    + display(r"\psi(u + v) = \psi(u) + \psi(v)"),
    "printed as a law": r"Let $b : \mathbb{Z} \to \mathbb{R}$ be additive, $b(s + t) = b(s) + b(t)$. Then"
    + display("b(s) = b(t)"),
}
"""False, whatever the words say."""

_TWO = r"Let $f, g : S \to \mathbb{R}^d$ and $N : S \to 2^S$. Let $i, j \in S$ and $y \in X$. "
_SAME = display("q(i) = f(i)")
LETTERS = {
    "a token that is fixed": "Fix $j \\in S$ and assume $f(j) = 0$. Then" + display("f(i) + f(i) = f(i)"),
    "a fixed token": r"Let $o \in S$ be a fixed token. Assume that $f(o) = 0$. Then" + display("f(i) + f(i) = f(i)"),
    "this one token": "Assume that $f(j) = 0$ for this one $j$. Then" + display("f(i) + f(i) = f(i)"),
    "the tokens of a part": r"Assume that $f(i) = 0$ for all $i \in N(j)$. Then" + WANTED,
    "the tokens of a part, beside": "Assume" + display(r"f(i) = 0, \quad i \in N(j).") + "Then" + WANTED,
    "an eigenvector": r"Let $A \in \mathbb{R}^{n \times n}$ and let $v \in \mathbb{R}^n$ be a vector with $A v = v$. "
    r"Let $w \in \mathbb{R}^n$. Then" + display("A w = w"),
    "a vector": r"Let $A, B \in \mathbb{R}^{n \times n}$ and $v, w \in \mathbb{R}^n$. Assume $A v = 0$. Then"
    + display("B A w = 0"),
    "two vectors": r"Let $u, v \in \mathbb{R}^n$ with $\langle u, v \rangle = 0$. Then"
    + display(r"\langle u, u \rangle = 0"),
}
LETTERS = {name: _TWO + words for name, words in LETTERS.items()}
"""What is assumed of one is not assumed of all."""

PARTLY = {
    "or": "Assume $f(i) = 0$ or $g(i) = 0$. Then" + WANTED,
    "either": "Either assume $f(i) = 0$ or assume $g(i) = 0$. Then" + WANTED,
    "implies": "Assume that $f(i) = 0$ implies $g(i) = 0$. Then" + WANTED,
    "an implication": r"Assume that $f(i) = 0 \implies g(i) = 0$. Then" + WANTED,
    "defined in part": r"We define $$q(i) := f(i) \quad \text{for } i \neq j.$$ Then" + display("q(j) = f(j)"),
    "defined in part, and otherwise": r"Let $q(i) = f(i)$ for all $i \in N(j)$ and $q(i) = 0$ otherwise. Then" + _SAME,
    "defined in a case": r"We define $$q(i) := f(i) \quad \text{if } i \in N(j).$$ Then" + _SAME,
}
PARTLY = {name: _TWO + words for name, words in PARTLY.items()}

LATER = {
    "assumed from now on": WANTED + "From now on we assume that $f(i) = 0$.",
    "put for a check": WANTED + "For a sanity check, put $f(i) = 0$.",
    "let in an appendix": WANTED + "\n## Appendix\nLet $f(i) = 0$. All is well.",
}
LATER = {name: _TWO + words for name, words in LATER.items()}
"""The first equation is false, whatever comes later."""

DEFINED = {
    "by others": "Some authors put $q(i) := f(i)$; we put $q(i) := g(i)$. Then" + _SAME,
    "instead": "Instead of $q(i) := f(i)$ we use $q(i) := g(i)$. Then" + _SAME,
    "one might": "One might define $q(i) := f(i)$, but this breaks down. Define $q(i) := g(i)$ instead. Then" + _SAME,
    "in another lemma": "**Lemma 1.** Put $q(i) := f(i)$. Then"
    + display("q(i) + q(j) = f(i) + f(j)")
    + "**Lemma 2.** Put $q(i) := g(i)$. Then"
    + _SAME,
    "and then declared": r"Put $q(i) := f(i)$. Now let $q : S \to \mathbb{R}^d$ be any map. Then" + _SAME,
    "for one signal": "where $q(f(i)) = f(i) + f(i)$ and $q(g(i)) = g(i)$. Then" + display("q(g(i)) = g(i) + g(i)"),
    "as a sigmoid": r"Let $\sigma$ denote the sigmoid, and $a \in \mathbb{R}^n$. Then"
    + display(r"\sum_{j=1}^n \sigma_j(a_j) = 1"),
}
DEFINED = {name: _TWO + words for name, words in DEFINED.items()}

_SQUARE = r"Let $P \in \mathbb{R}^{n \times n}$. "
_ORTHOGONAL = display(r"P^\top P = I")
PROPERTIES = {
    "in another theorem": "**Theorem 1.** "
    r"Let $P \in \mathbb{R}^{n \times n}$ be a permutation matrix. All is well."
    "\n\n"
    r"**Theorem 2.** Let $P \in \mathbb{R}^{n \times n}$ be any matrix. Then" + _ORTHOGONAL,
    "if it is": _SQUARE + "If $P$ is a permutation matrix, all is well. In general" + _ORTHOGONAL,
    "or not": _SQUARE + "Here $P$ is a permutation matrix or zero. Then" + _ORTHOGONAL,
    "whether": _SQUARE + "We do not know whether $P$ is a permutation matrix. Then" + _ORTHOGONAL,
    "for example": _SQUARE + "For example, $P$ is a permutation matrix. In general" + _ORTHOGONAL,
    "orthogonal only if": r"Let $P \in \mathbb{R}^{n \times n}$ with $P^\top P = I$ only if $n = 1$. Then"
    + _ORTHOGONAL,
    "not orthogonal": r"Let $P \in \mathbb{R}^{n \times n}$ be such that $P^\top P = I$ fails. Then" + _ORTHOGONAL,
    "modulo n, by nobody": r"Let $x_1, \dots, x_n \in \mathbb{R}^d$. Nobody takes indices modulo $n$ here. Then"
    + display(r"\sum_{i=1}^{n} x_{i+1} = \sum_{i=1}^n x_i"),
    "modulo n, in one case": r"Let $x_1, \dots, x_n \in \mathbb{R}^d$. If indices are taken modulo $n$, we have a ring."
    " Otherwise" + display(r"\sum_{i=1}^{n} x_{i+1} = \sum_{i=1}^n x_i"),
}

STILL = {
    "the letter that is fixed": "Fix $j \\in S$ and assume $f(j) = 0$. Then" + display("f(j) + f(j) = f(j)"),
    "a law": r"Assume that $g(i) = f(i)$ for all $i \in S$. Then" + display("g(j) + f(i) = f(j) + g(i)"),
    "in its own lemma": "**Lemma 1.** Put $q(i) := f(i)$. Then" + _SAME,
}
STILL = {name: _TWO + words for name, words in STILL.items()}
NOT_BIJECTIVE = {
    "in a remark": r"Let $x : S \to X$ and $f : S \to \mathbb{R}$."
    "\n\n**Remark.** Here $x$ is a bijection with inverse $x^{-1}$.\n\n**Theorem.** We have"
    + display("f(x^{-1}(x(i))) = f(i)"),
    "often": r"Let $x : S \to X$ and $f : S \to \mathbb{R}$. Often $x$ is a bijection. Then"
    + display("f(x^{-1}(x(i))) = f(i)"),
}
