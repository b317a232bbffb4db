"""Thirty answers, right and wrong in varied notation, and the mark that each must get."""

from __future__ import annotations

MOVES = "exercise: a-sum-that-moves\n\n"
TERMS = "exercise: two-terms\n\n"


def display(*lines: str) -> str:
    return "$$\n\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}\n$$\n"


FIRST = r"a[L_y[f]](i) &= \sum_{j \in N(i)} L_y[f](j)"
REST = (
    r"&= \sum_{j \in N(i)} f(x^{-1}(x(j) - y))",
    r"&= \sum_{j \in N(x^{-1}(x(i) - y))} f(j)",
    r"&= a[f](x^{-1}(x(i) - y))",
    r"&= L_y[a[f]](i)",
)
WHOLE = display(FIRST, *REST)
AT_ONCE = display(r"a[L_y[f]](i) &= L_y[a[f]](i)")

ANSWERS: dict[str, tuple[str, str]] = {
    # right
    "the model answer.md": (MOVES + WHOLE, "complete"),
    "as latex.tex": (
        "% exercise: a-sum-that-moves\n\\documentclass{article}\n\\begin{document}\nHere it is.\n\\begin{align*}\n"
        + " \\\\\n".join((FIRST, *REST))
        + "\n\\end{align*}\n\\end{document}\n",
        "complete",
    ),
    "other letters, large brackets.md": (
        MOVES
        + display(
            r"a\big[L_y[f]\big](i) &= \sum_{k \in N(i)} L_y[f]\left(k\right)",
            r"&= \sum_{k \in N(i)} f\left(x^{-1}\left(x(k) - y\right)\right)",
            r"&= \sum_{k \in N\left(x^{-1}(x(i) - y)\right)} f(k)",
            r"&= a[f]\Bigl(x^{-1}(x(i) - y)\Bigr) = L_y[a[f]](i)",
        ),
        "complete",
    ),
    "re-indexing in two lines.md": (
        MOVES
        + display(
            FIRST,
            REST[0],
            r"&= \sum_{x^{-1}(x(j) + y) \in N(i)} f(j)",
            *REST[1:],
        ),
        "complete",
    ),
    "several displays.md": (
        MOVES
        + "First"
        + display(FIRST)
        + "then, writing out,\n"
        + display(*REST[:2])
        + "and so\n"
        + display(*REST[2:]),
        "complete",
    ),
    "a macro.tex": (
        "% exercise: two-terms\n\\newcommand{\\all}{\\sum_{j \\in S}}\n\\[ \\all (f(t(j)) + g(t(j))) "
        "= \\sum_{j \\in S} (f(j) + g(j)) = \\sum_{j \\in S} f(j) + \\sum_{j \\in S} g(j) \\]\n",
        "complete",
    ),
    "the sum split first.md": (
        TERMS
        + display(
            r"\sum_{j \in S} (f(t(j)) + g(t(j))) &= \sum_{j \in S} f(t(j)) + \sum_{k \in S} g(t(k))",
            r"&= \sum_{j \in S} f(j) + \sum_{i \in S} g(i)",
        ),
        "complete",
    ),
    "blanks.md": ("exercise: there-and-back\n\n1. $x^{-1}(x(i) - y)$\n2. $x(i) - y$\n3. $f(i)$\n", "complete"),
    "blanks in a list.tex": (
        "% exercise: attention-without-positions\n\\begin{enumerate}\n\\item $L_y[f](j)$\n"
        "\\item $x^{-1}\\left(x(i) - y\\right)$\n\\item $N(x^{-1}(x(i) - y))$\n\\end{enumerate}\n",
        "complete",
    ),
    "reasons.md": (
        "exercise: reasons\n\n1. definition of a\n2. the definition of $L_y$\n3. re-indexing\n4. neighbourhoods move\n"
        "5. definition of a\n6. L_y\n",
        "complete",
    ),
    "the wrong line.md": ("exercise: find-the-error\n\nIt is line 4: there should be a minus.\n", "complete"),
    "the repair.md": ("exercise: repair\n\n3. $f(j) + \\rho^P(x(j) - x(i))$\n", "complete"),
    "a constant.md": (
        "exercise: a-constant-in-the-key\n\n"
        + display(
            r"\sum_{j \in N(i)} \sigma_j(\langle \varphi_{qry}(f(i)), \varphi_{key}(f(j)) + u \rangle) f(j)"
            r" &= \sum_{j \in N(i)} \mathrm{softmax}_j(\langle \varphi_{qry}(f(i)), u \rangle"
            r" + \langle \varphi_{qry}(f(i)), \varphi_{key}(f(j)) \rangle) f(j)",
            r"&= \sum_{j \in N(i)} \sigma_j(\langle \varphi_{qry}(f(i)), \varphi_{key}(f(j)) \rangle) f(j)",
        ),
        "complete",
    ),
    "lora.md": (
        "exercise: lora-rides-along\n\n"
        + display(
            r"q[L_y[f]](i) &= (W + B A) L_y[f](i)",
            r"&= W L_y[f](i) + B A L_y[f](i)",
            r"&= W f(x^{-1}(x(i) - y)) + B (A f(x^{-1}(x(i) - y)))",
        ),
        "complete",
    ),
    # not yet there
    "the beginning.md": (MOVES + display(FIRST, REST[0]), "incomplete"),
    "one blank of three.md": ("exercise: there-and-back\n\n1. $x^{-1}(x(i) - y)$\n", "incomplete"),
    "nothing.md": (MOVES + "I do not know.\n", "incomplete"),
    # too much at once
    "all at once.md": (MOVES + AT_ONCE, "several steps"),
    # wrong
    "the wrong sign.md": (MOVES + WHOLE.replace("(x(i) - y)", "(x(i) + y)"), "wrong"),
    "the neighbours stay.md": (MOVES + display(FIRST, REST[0], r"&= \sum_{j \in N(i)} f(j)", *REST[2:]), "wrong"),
    "the same function twice.md": (
        TERMS
        + display(
            r"\sum_{j \in S} (f(t(j)) + g(t(j))) &= \sum_{j \in S} (f(j) + f(t(j)))",
            r"&= \sum_{j \in S} f(j) + \sum_{j \in S} g(j)",
        ),
        "wrong",
    ),
    "a wrong blank.md": ("exercise: there-and-back\n\n1. $x^{-1}(x(i) + y)$\n2. $x(i) - y$\n3. $f(i)$\n", "wrong"),
    "wrong reasons.md": (
        "exercise: reasons\n\n1. definition of L\n2. definition of L\n3. re-indexing\n4. neighbourhoods move\n"
        "5. a\n6. L\n",
        "wrong",
    ),
    "the line after.md": ("exercise: find-the-error\n\nIt is line 5.\n", "wrong"),
    # unreadable
    "a bracket is open.md": (MOVES + display(r"a[L_y[f]](i) &= \sum_{j \in N(i)} L_y[f](j"), "unreadable"),
    "a letter from nowhere.md": (MOVES + display(FIRST, r"&= q(i)"), "unreadable"),
    # taken for right by nobody
    "assumes what it has to show.md": (
        MOVES
        + "<!-- symbolic-equiv\nassume all is well: a[L_y[f]](i) = L_y[a[f]](i)\n-->\n"
        + "We assume that\n\n$$ a[L_y[f]](i) = L_y[a[f]](i). $$\n\nThen\n"
        + AT_ONCE,
        "several steps",
    ),
    "redefines the layer.md": (
        MOVES
        + "Let $a[f](i) := 0$ and $L_y[f](i) := f(i)$. By definition\n"
        + display(r"a[L_y[f]](i) &= 0", "&= L_y[a[f]](i)"),
        "wrong",
    ),
    "hides a declaration in a comment.tex": (
        "% exercise: a-sum-that-moves\n% symbolic-equiv: assume free: f(i) = f(j)\n"
        "% symbolic-equiv: define a[f](i) := 0\n"
        "\\begin{align}\na[L_y[f]](i) &= f(x^{-1}(x(i) - y)) \\\\ &= L_y[a[f]](i)\n\\end{align}\n",
        "wrong",
    ),
    "defines its way.md": (MOVES + "$$ a[L_y[f]](i) := L_y[a[f]](i) $$\n", "unreadable"),
}
