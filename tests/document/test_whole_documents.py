"""Whole documents: sound ones are proved step by step, and hostile ones end in an answer."""

from __future__ import annotations

import random

import pytest

from symbolic_equiv.document import built_in, built_in_names, read_derivation
from symbolic_equiv.document.library import Library
from symbolic_equiv.latex.reader import ReaderError, read_text
from tests.document.helpers import kinds, proved, read

ATTENTION = r"""
Let $p : V \to G$ be a bijection of the tokens $V$ onto a group $G$, and $u : V \to \mathbb{R}^c$.
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
F[T_z[u], e](s) &= o\Big( \bigcup_{a \in [A]} \sum_{t \in B(s)} \mathrm{softmax}_t\big(\langle q^{(a)}(T_z u(s)), \\
 &\quad k^{(a)}(T_z u(t) + e(s, t)) \rangle\big) v^{(a)}(T_z u(t)) \Big) \\
 &= o\Big( \bigcup_{a \in [A]} \sum_{\hat t \in B(\hat s)} \mathrm{softmax}_{\hat t}\big(\langle q^{(a)}(u(\hat s)), \\
 &\quad k^{(a)}(u(\hat t) + e(\hat s, \hat t)) \rangle\big) v^{(a)}(u(\hat t)) \Big) \\
 &= F[u, e](\hat s) = T_z[F[u, e]](s)
\end{align*}
"""


def test_a_proof_with_names_of_its_own():
    found = read(ATTENTION)
    assert kinds(found, but="") == []
    assert proved(found) == [True, True, True, True]


def test_a_slip_spoils_its_two_steps_only():
    found = read(ATTENTION.replace("k^{(a)}(T_z u(t) + e(s, t))", "k^{(a)}(u(t) + e(s, t))"))
    assert kinds(found, but="") == []
    assert proved(found) == [False, False, True, True]


def test_the_neighbourhoods_have_to_move():
    found = read(ATTENTION)
    assert {each.name for each in found.available} == {"B_moves", "B_moves_from_the_left"}
    assert found.either == (("B_moves", "B_moves_from_the_left"),)
    assert proved(found, available=False) == [True, False, True, True]


def test_the_same_in_latex_with_one_aligned_chain():
    body = ATTENTION.replace(r"\begin{align*}", r"\begin{equation}\begin{aligned}")
    body = body.replace(r"\end{align*}", r"\end{aligned}\end{equation}").replace(r"\Big(", r"\left(")
    body = body.replace(r" \Big)", r" \right)").replace("$$\nF", "\\[\nF").replace("\\Big)\n$$", "\\right)\n\\]")
    body = body.replace("\\right)\n$$", "\\right)\n\\]")
    found = read_derivation(read_text(body, "latex"))
    assert kinds(found, but="") == []
    assert proved(found) == [True, True, True, True]


POSES = r"""
Let $x : S \to T$ be a bijection onto the translations $T$, and $H$ a group that acts on $T$.
Let $f : S \times H \to \mathbb{R}^d$, $y \in T$, $i \in S$, $h \in H$ and $a, b \in H$. We define
$$ L_{y}[f](i, h) := f(x^{-1}(x(i) - y), h) $$
$$ R_{a}[f](i, h) := f(x^{-1}(a^{-1} x(i)), a^{-1} h) $$
Then
$$ R_a[R_b[f]](i, h) = R_{ab}[f](i, h) $$
"""


def test_poses():
    found = read(POSES)
    assert kinds(found, but="") == [] and proved(found) == [True]


def test_poses_in_the_wrong_order():
    assert proved(read(POSES.replace("R_{ab}", "R_{ba}"))) == [False]


def test_every_line_of_the_built_in_contexts_can_be_read():
    for name in built_in_names():
        context = built_in(name)
        assert all(line.error is None for line in context.lines)
        library = Library(context)
        known = set(library.declarations) | set(library.equations) | library.softmax
        assert len(known) >= sum(1 for line in context.lines if line.kind == "define")


def test_the_definitions_of_the_built_in_context_have_terms():
    text = "We want $$ m[f, \\rho](i) = m[f, \\rho](i) $$ $$ L_y[f](i) = L_y[f](i) $$"
    text += "".join(
        rf"$$ \Delta\varphi_{{{x}}}^{{(h)}}(v) = \Delta\varphi_{{{x}}}^{{(h)}}(v) $$" for x in ("qry", "key", "val")
    )
    found = read(text)
    supplied = {each.name for each in found.context.supplied if each.is_definition}
    assert supplied == {"m", "L", *(rf"\Delta\varphi_{{{x}}}" for x in ("qry", "key", "val"))}
    assert all(line.term is not None for chain in found.chains for line in chain.lines)


HOSTILE = {
    "nothing": "",
    "brackets in brackets": "$$ " + "f(" * 60 + "i" + ")" * 60 + " = f(i) $$",
    "a long sum": "$$ f(i) = " + " + ".join(["f(j)"] * 800) + " $$",
    "a long product": "$$ a = " + " ".join(["b"] * 800) + " $$",
    "sums in sums": r"$$ f(i) = " + r"\sum_{j \in N(i)} " * 50 + " f(j) $$",
    "powers of powers": "$$ a = (((((b^8)^8)^8)^8)^8)^8 $$",
    "definitions that double": "Let "
    + " and ".join(f"$a_{{{k + 1}}}(i) = a_{{{k}}}(i) + a_{{{k}}}(i)$" for k in range(30)) + ".",
    "abbreviations of each other": r"Put $\bar i = \bar j$ and $\bar j = \bar i$. $$ f(\bar i) = f(\bar j) $$",
    "abbreviations that double": "Put "
    + " and ".join(rf"$\hat{{c}}_{{{k + 1}}} = \hat{{c}}_{{{k}}} y \hat{{c}}_{{{k}}}$" for k in range(30))
    + r". $$ \hat{c}_{30} = y $$",
    "a function of itself": "$$ f(f) = f $$ $$ f(f)(f(f)) = x(x) $$",
    "contradictions": r"Let $f : S \to S$, $f \in \mathbb{R}$, $f : \mathbb{R} \to f$ and $f = f$.",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_documents_end_in_an_answer(text):
    read(text)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_documents_end_in_an_answer(seed):
    dice = random.Random(seed)
    text = list(ATTENTION)
    for _ in range(dice.randint(1, 40)):
        at = dice.randrange(len(text))
        text[at : at + dice.randint(0, 2)] = dice.choice(["", dice.choice("()[]{}$\\_^+-=stzuB&"), text[at] * 2])
    try:
        document = read_text("".join(text))
    except ReaderError:
        return
    found = read_derivation(document)
    assert all(line.term is None or line.repaired is None for chain in found.chains for line in chain.lines)
