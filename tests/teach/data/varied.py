"""Thirty more answers, as learners write: from both sides, with the claim before and after, with letters, macros and
reasons of their own; and ways to be wrong, or to have the checker believe what was not shown."""

from __future__ import annotations

MOVES, TERMS = "a-sum-that-moves", "two-terms"

A0 = r"a[L_y[f]](i)"
A1 = r"\sum_{j \in N(i)} L_y[f](j)"
A2 = r"\sum_{j \in N(i)} f(x^{-1}(x(j) - y))"
A3 = r"\sum_{j \in N(x^{-1}(x(i) - y))} f(j)"
A4 = r"a[f](x^{-1}(x(i) - y))"
A5 = r"L_y[a[f]](i)"


def md(exercise: str, text: str) -> str:
    return f"# Homework\n\nexercise: {exercise}\n\n{text}\n"


def tex(exercise: str, text: str, before: str = "") -> str:
    head = f"% exercise: {exercise}\n\\documentclass{{article}}\n{before}\n"
    return f"{head}\\begin{{document}}\n{text}\n\\end{{document}}\n"


def align(*lines: str) -> str:
    return "\\begin{align*}\n" + " \\\\\n&= ".join(lines) + "\n\\end{align*}"


def display(*lines: str) -> str:
    return "$$\n" + " = ".join(lines) + "\n$$\n"


HEADS = r"\varphi_{out}(\bigcup_{h \in [H]} \sum_{k \in N(#1)} \sigma_k(\langle \varphi_{qry}^{(h)}(f(\overline{i}))"
HEADS += r" + \Delta\varphi_{qry}^{(h)}(f(\overline{i})), \varphi_{key}^{(h)}(#2 + \rho(#1, k))"
HEADS += r" + \Delta\varphi_{key}^{(h)}(#2 + \rho(#1, k)) \rangle)"
HEADS += r" (\varphi_{val}^{(h)}(#2) + \Delta\varphi_{val}^{(h)}(#2)))"

VARIED: dict[str, tuple[str, str]] = {
    # right
    "the claim first, a box last.tex": (
        tex(
            MOVES,
            f"\\textbf{{Claim.}} We have to show that \\[ {A0} = {A5}. \\]\n\\textbf{{Proof.}} Indeed,\n"
            + align(A0, A1, A2, A3, A4, A5 + r" \qedhere"),
        ),
        "complete",
    ),
    "the claim first and last.md": (
        md(MOVES, f"To show: $${A0} = {A5}$$\n{display(A0, A1, A2, A3, A4, A5)}Hence $${A0} = {A5}.$$"),
        "complete",
    ),
    "from right to left.md": (md(MOVES, display(A5, A4, A3, A2, A1, A0)), "complete"),
    "from both sides.md": (
        md(MOVES, f"Left: {display(A0, A1, A2, A3)} Right: {display(A5, A4, A3)} So they agree."),
        "complete",
    ),
    "in the running text.md": (md(MOVES, f"Then ${A0} = {A1} = {A2} = {A3} = {A4} = {A5}$."), "complete"),
    "reasons over the signs.tex": (
        tex(
            MOVES,
            "\\begin{align}\n"
            + A0
            + r" &\stackrel{(1)}{=} "
            + A1
            + "\\\\\n"
            + r"&\overset{\text{def}}{=} "
            + A2
            + "\\\\\n"
            + r"&= "
            + A3
            + r" && \text{by the hypothesis} \\ &= "
            + A4
            + r" \tag{5} \\ &= "
            + A5
            + ".\n\\end{align}",
        ),
        "complete",
    ),
    "macros of one's own.tex": (
        tex(
            MOVES,
            align(
                A0,
                r"\nb{i}{j} \shift{f}(j)",
                r"\nb{i}{j} f(\back{j})",
                r"\nb{\back{i}}{j} f(j)",
                r"a[f](\back{i})",
                r"\shift{a[f]}(i)",
            ),
            r"\newcommand{\nb}[2]{\sum_{#2 \in N(#1)}}"
            r"\newcommand{\shift}[1]{L_y[#1]}\newcommand{\back}[1]{x^{-1}(x(#1) - y)}",
        ),
        "complete",
    ),
    "the definition recalled between.md": (
        md(
            MOVES,
            f"{display(A0, A1)}where $$ L_y[f](j) := f(x^{{-1}}(x(j) - y)) $$ so that {display(A1, A2, A3, A4, A5)}",
        ),
        "complete",
    ),
    "the sum split first, with sizes.tex": (
        tex(
            TERMS,
            align(
                r"\sum_{j \in S} (f(t(j)) + g(t(j)))",
                r"\sum_{k\in S}\bigl(g(t(k))+f(t(k))\bigr)",
                r"\sum_{k\in S} g\left(t(k)\right)\;+\;\sum_{i\in S} f\!\left(t(i)\right)",
                r"\sum_{k \in S} g(k) + \sum_{i \in S} f(i)",
                r"\sum_{j \in S} f(j) + \sum_{j \in S} g(j)",
            ),
        ),
        "complete",
    ),
    "blanks in words.tex": (
        tex(
            "there-and-back",
            "\\begin{enumerate}\n\\item[1] $x^{-1}\\bigl(x(i)-y\\bigr)$\n\\item[2] \\( x(i) - y \\)\n\\item[3] $f(i)$\n"
            "\\end{enumerate}",
        ),
        "complete",
    ),
    "lora, multiplied out late.md": (
        md(
            "lora-rides-along",
            display(
                r"q[L_y[f]](i)",
                r"(W + BA) L_y[f](i)",
                r"W f(x^{-1}(x(i) - y)) + B A f(x^{-1}(x(i) - y))",
                r"W f(x^{-1}(x(i) - y)) + B (A f(x^{-1}(x(i) - y)))",
            ),
        ),
        "complete",
    ),
    "self-attention.tex": (
        tex(
            "self-attention",
            align(
                r"m[L_y[f]](i)",
                r"\sum_{k \in N(i)} \sigma_k(\langle \varphi_{qry}(f(\bar i)), \varphi_{key}(L_y[f](k) + \rho(i,k))"
                r" \rangle) \varphi_{val}(L_y[f](k))",
                r"\sum_{k \in N(\bar i)} \sigma_k(\langle \varphi_{qry}(f(\bar i)), \varphi_{key}(f(k) +\rho(\bar i,k))"
                r" \rangle) \varphi_{val}(f(k))",
                r"m[f](\bar i)",
                r"L_y[m[f]](i)",
            ),
        ),
        "complete",
    ),
    "the whole theorem.tex": (
        tex(
            "the-whole-theorem",
            align(
                r"m[L_y[f]](i)",
                r"\all{i}{L_y[f](k)}",
                r"\all{\overline{i}}{f(k)}",
                r"m[f](\overline{i})",
                r"L_y[m[f]](i)",
            ),
            rf"\newcommand{{\all}}[2]{{{HEADS}}}",
        ),
        "complete",
    ),
    "the absolute encoding.md": (md("absolute-positions", "1. line 4, for $e$ does not move along"), "complete"),
    "another repair.tex": (tex("repair", "\\item[3] $\\rho^P(x(j) - x(i)) + f(j)$"), "complete"),
    # not yet there
    "both sides do not meet.md": (md(MOVES, display(A0, A1, A2) + "and" + display(A5, A4)), "several steps"),
    "only the claim.md": (md(MOVES, f"We have to show that {display(A0, A5)}"), "several steps"),
    "in a comment.tex": (
        tex(MOVES, "Here it is: % \\[ " + f"{A0} = {A1} = {A2} = {A3} = {A4} = {A5}" + " \\]"),
        "incomplete",
    ),
    # wrong
    "a wrong line in a macro.tex": (
        tex(MOVES, align(A0, A1, r"\nothing", A2, A3, A4, A5), r"\newcommand{\nothing}{f(i)}"),
        "wrong",
    ),
    "two wrongs make a right.md": (md(MOVES, display(A0, A1, "0", A2, A3, A4, A5)), "wrong"),
    "right to left with a wrong sign.md": (
        md(MOVES, display(A5, A4, A3.replace("(i) -", "(i) +"), A2, A1, A0)),
        "wrong",
    ),
    "after the end.md": (md(MOVES, display(A0, A1, A2, A3, A4, A5, "a[f](i)")), "wrong"),
    "suppose it is nothing.md": (
        md(MOVES, f"Suppose $f(i) = 0$ for all $i$, and let $y := 0$. Then {display(A0, '0', A5)}"),
        "wrong",
    ),
    "the repair is the line above.md": (md("repair", "3. $f(j) + \\rho^P((x(j) + y) - (x(i) + y))$"), "unreadable"),
    "a blank with a brace.md": (md("there-and-back", "1. $i}) + f(i) + f({i$\n2. $x(i) - y$\n3. $f(i)$"), "unreadable"),
    # taken for right by nobody
    "a context block and a lemma.md": (
        md(
            MOVES,
            "<!-- symbolic-equiv\ndefine N(i) := S\nassume lemma: a[f](i) = a[f](j)\n-->\n"
            "**Lemma.** Let $N(i) = S$ for all $i$.\n" + display(A0, A1, A5),
        ),
        "several steps",
    ),
    "other signs for equal.tex": (
        tex(
            TERMS,
            r"\renewcommand{\sum}{0 \cdot \bigcup}"
            + align(r"\sum_{j \in S} (f(t(j)) + g(t(j)))", "0", r"\sum_{j \in S} f(j) + \sum_{j \in S} g(j)"),
        ),
        "unreadable",
    ),
    "a sign that says nothing.md": (md(MOVES, f"$$ {A0} = {A1} \\approx {A3} = {A4} = {A5} $$"), "unreadable"),
    "the goal in words.md": (md(MOVES, f"$$ {A0} = {A1} = {A2} = \\text{{${A5}$}} $$"), "unreadable"),
    "there and back again.md": (md(MOVES, display(A0, A1, A0, A1, A0, A5)), "several steps"),
}
