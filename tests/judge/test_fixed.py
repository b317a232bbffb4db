"""Mended documents: they check clean by themselves, and what cannot be mended is said."""

import json
import re

import pytest

from symbolic_equiv.cli import main
from symbolic_equiv.document import read_derivation
from symbolic_equiv.judge.fixed import fix
from symbolic_equiv.judge.judge import judge
from symbolic_equiv.latex.reader import read_text
from symbolic_equiv.report.convert import latex_as_markdown

GIVEN = r"""Let $f : S \to \mathbb{R}^{d}$, $x : S \to X$, $N : S \to 2^S$ and $w : \mathbb{R}^{d} \to \mathbb{R}^{d}$,
let $v : \mathbb{R}^{d} \to \mathbb{R}$, $i, j \in S$, $y \in X$.
We define $T_y[f](i) := f(x^{-1}(x(i) - y))$ and $s[f](i) := \sum_{j \in N(i)} v(f(j)) w(f(j))$.
"""

SLIPS = r"""
$$\begin{aligned}
s[T_y[f]](i) &= \left( \sum_{j \in N(i)} v(T_y[f](j)) \right) w(f(j)) \\
 &= \sum_{j \in N(i)} v(f(x^{-1}(x(j) - y))) w(f(x^{-1}(x(j) - y))) \\
 &= \sum_{k \in N(x^{-1}(x(i) - y))} v(f(k)) w(f(k)) \\
 &= T_y[s[f]](i)
\end{aligned}$$
"""

OTHER_NAMES = r"""
# A layer that sums

Let $u : T \to \mathbb{R}^{c}$ be a signal on tokens $T$, let $p : T \to G$ give positions in a group $G$, and let
$\psi : \mathbb{R}^{c} \to \mathbb{R}^{e}$ be a map. The neighbours of a token are $B : T \to 2^T$.
The layer is given by $\Lambda[u](a) := \sum_{b \in B(a)} \psi(u(b))$ and the shift by
$(S_t u)(a) := u(p^{-1}(p(a) - t))$,
where $a, b \in T$ and $t \in G$.

\begin{align}
\Lambda[S_t u](a) &= \sum_{b \in B(a)} \psi(S_t u(b)) \\
&= \sum_{b \in B(a)} \psi(u(b)) \\
&= \sum_{b \in B(p^{-1}(p(a) - t))} \psi(u(b)) \\
&= S_t \Lambda[u](a)
\end{align}
"""

NO_READING = (
    GIVEN
    + r"""
The scores are collected in
$$A = f(i) + v(f(i))$$

$$s[T_y[f]](i) = T_y[s[f]](i)$$
"""
)

FALSE = {
    "announced": GIVEN
    + r"""We claim that
$$s[T_y[f]](i) = s[f](i)$$
""",
    "could only be made a = a": GIVEN
    + r"""
$$v(f(i)) = v(f(j))$$
""",
}

SOUND = (
    GIVEN
    + r"""
$$s[T_y[f]](i) = \sum_{j \in N(i)} v(T_y[f](j)) w(T_y[f](j))$$
"""
)


def mended(text, format="markdown"):
    return fix(read_text(text, format), lambda derivation: judge(derivation, "text", 30.0))


def checked(text, format="markdown"):
    return judge(read_derivation(read_text(text, format)), "text", 30.0)


@pytest.mark.parametrize("text", [GIVEN + SLIPS, OTHER_NAMES, NO_READING], ids=["slips", "other names", "no reading"])
def test_a_mended_document_checks_clean(text):
    assert checked(text).exit_code == 1
    fixed = mended(text)
    assert (fixed.exit_code, fixed.left) == (0, [])
    again = checked(fixed.text)
    assert again.exit_code == 0 and again.errata == []
    assert {step.verdict for chain in again.chains for step in chain.steps} <= {"proved", "definition"}


def test_what_was_done_is_said_and_nothing_else_is_changed():
    fixed = mended(GIVEN + SLIPS)
    kinds = [line.split(": ")[1] for line in fixed.done if line.startswith("line")]
    assert kinds == ["scope", "step"]
    assert sum(line.startswith("context: ") for line in fixed.done) == 2
    block, _, body = fixed.text.partition("-->\n\n")
    assert block.splitlines()[0] == "<!-- symbolic-equiv"
    assert "declare x : S \\to X \\text{ bijection}" in block and "assume N_moves: " in block
    before, after = (GIVEN + SLIPS).splitlines(), body.splitlines()
    assert len(before) == len(after)
    assert [number for number, (a, b) in enumerate(zip(before, after)) if a != b] == [5]
    assert "w(T_{y}[f](j))" in after[5]


def test_a_display_without_a_reading_is_left_out_in_plain_sight():
    fixed = mended(NO_READING)
    assert "Left out: the display below has no reading" in fixed.text
    assert "A = f(i) + v(f(i))" in fixed.text


@pytest.mark.parametrize("text", FALSE.values(), ids=FALSE)
def test_a_false_claim_is_not_made_another(text):
    fixed = mended(text)
    assert fixed.exit_code == 1 and text in fixed.text
    assert any("refuted" in line for line in fixed.left)
    assert checked(fixed.text).exit_code == 1
    assert not re.search("assume .*s\\[", fixed.text)


def test_a_claim_is_never_left_out():
    text = "We need the following to hold:\n$$m[L_y[f], \\rho](i) = L_y[m[f, \\rho]](i)$$\n"
    fixed = mended(text)
    assert fixed.exit_code == 1 and fixed.left
    assert "Left out" not in fixed.text and text in fixed.text


def test_a_sound_document_stays_as_it_is():
    assert mended(SOUND).text == SOUND and mended(SOUND).done == []


def test_latex_stays_latex():
    text = "\\documentclass{article}\n\\begin{document}\n" + GIVEN.replace("$$", "$") + SLIPS + "\\end{document}\n"
    fixed = mended(text, "latex")
    assert fixed.exit_code == 0 and fixed.text.startswith("% symbolic-equiv: ")
    assert checked(fixed.text, "latex").exit_code == 0


def test_latex_becomes_markdown():
    text = (
        "\\documentclass{article}\n\\newcommand{\\pos}{x}\n% symbolic-equiv: declare q : S \\to X\n\\begin{document}\n"
        "\\section{Maps} % aside with $unbalanced\n"
        + GIVEN.replace("x^{-1}(x(i)", "\\pos^{-1}(\\pos(i)")
        + "\\end{document}\n"
    )
    written = latex_as_markdown(text)
    assert "aside" not in written and "documentclass" not in written and "# Maps" in written
    assert written.startswith("<!-- symbolic-equiv\ndeclare q")
    assert len(read_derivation(read_text(written)).definitions) == 2


@pytest.mark.parametrize("ending", [".md", ".tex", ".ipynb"])
def test_the_command_mends_every_kind_of_document(ending, tmp_path, capsys):
    source, output = tmp_path / f"paper{ending}", tmp_path / "mended.md"
    text = GIVEN + SLIPS
    if ending == ".ipynb":
        cells = [{"cell_type": "markdown", "source": [part]} for part in (GIVEN, SLIPS)]
        text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    source.write_text(text, encoding="utf-8")
    assert main(["derive", str(source), "--fixed", "-o", str(output)]) == 0
    assert "every step proved, no errata" in capsys.readouterr().out
    assert main(["check", str(output)]) == 0
    assert source.read_text(encoding="utf-8") == text


def test_the_users_context_is_written_in(tmp_path):
    source, output, context = tmp_path / "paper.md", tmp_path / "mended.md", tmp_path / "mine.tex"
    source.write_text(r"$$q(a, b) = q(b, a)$$", encoding="utf-8")
    context.write_text(
        "declare a, b \\in S\ndeclare q : S \\times S \\to \\mathbb{R}\nassume q is symmetric: q(a, b) = q(b, a)\n"
        "define r(a) := q(a, a)\n",
        encoding="utf-8",
    )
    main(["derive", str(source), "--fixed", "--context", str(context), "-o", str(output)])
    assert "assume q is symmetric" in output.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["paper.md", "--fixed", "-o", "paper.md"], "another file"),
        (["paper.md", "--fixed", "-o", "mended.tex"], ".md"),
        (["softmax_reindexing", "--fixed", "-o", "mended.md"], "document"),
    ],
)
def test_what_cannot_be_asked_for(args, hint, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper.md").write_text(GIVEN, encoding="utf-8")
    assert main(["derive", *args]) == 2
    assert hint in capsys.readouterr().err
    assert (tmp_path / "paper.md").read_text(encoding="utf-8") == GIVEN
