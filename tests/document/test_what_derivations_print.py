"""What our own derivations print, read in documents of any author: families, words, quantifiers, parts of sets."""

import pytest

from tests.judge.judging import claims, judged, shown, steps

MAPS = r"""Let $h \in [H]$, $i, j \in S$, $x : S \to X$ be a bijection, $y, z \in X$ and $f : S \to \mathbb{R}^{d}$. Let
$\varphi_{qry}^{(h)} : \mathbb{R}^{d} \to \mathbb{R}^{k}$ and $W_{out} \in \mathbb{R}^{d \times d}$,
$W \in \mathbb{R}^{k \times d}$, $c, v \in \mathbb{R}^{d}$, $a, b : S \to \mathbb{R}$ and $N : S \to 2^S$.
Let $L_y[f](i) := f(x^{-1}(x(i) - y))$.
"""

SOUND = {
    "families": [
        r"Let $\mathrm{att}_{\psi}[f](i) := \sum_{h \in [H]} \psi^{(h)}(f(i))$. Then we show"
        r"$$\mathrm{att}_{\varphi_{qry}}[f](i) = \sum_{h \in [H]} \varphi_{qry}^{(h)}(f(i)).$$",
        r"Let $\mathrm{att}_{\psi, \chi}[f](i) := \sum_{h \in [H]} (\psi^{(h)}(f(i)) + \chi^{(h)}(f(i)))$. Then we show"
        r"$$\mathrm{att}_{h \mapsto \varphi_{qry}^{(h)}, \varphi_{qry}}[f](i)"
        r" = \sum_{h \in [H]} (\varphi_{qry}^{(h)}(f(i)) + \varphi_{qry}^{(h)}(f(i))).$$",
    ],
    "words": [
        r"Let $\varphi^{OFT}(v) := W_{out} v + c$. Then we show $$\varphi^{OFT}(v) = W_{out} v + c.$$",
        r"We show $$W W_{out} v = W (W_{out} v).$$",
    ],
    "signs": [
        r"We show $$v \oslash c + v \oslash c = (v + v) \oslash c.$$",
        r"Let $g := c \oslash \lVert W_{out} \rVert_{row}$. Then we show $$g \odot (v + c) = g \odot v + g \odot c.$$",
        r"We show $$\sum_{j \in S : j \in N(i)} a(j) = \sum_{j \in N(i)} a(j).$$",
    ],
    "quantifiers": [
        r"Let $\Phi : L_{\mathbb{R}^d}(S) \to L_{\mathbb{R}^d}(S)$. Assume that"
        r"$$\Phi[L_y[u]](i) = L_y[\Phi[u]](i)"
        r" \quad \text{for all } y \in X,\; u \colon S \to \mathbb{R}^d \text{ and } i \in S$$"
        r"Then we show $$\Phi[L_z[f]](i) = L_z[\Phi[f]](i).$$",
    ],
}
FALSE = {
    "what is assumed in a part of a set": [
        r"Assume that $$a(j) = b(j) \quad \text{for all } j \in N(i)$$ Then we show $$a(j) + a(j) = b(j) + a(j).$$",
    ],
    "families": [
        r"Let $\mathrm{att}_{\psi}[f](i) := \sum_{h \in [H]} \psi^{(h)}(f(i))$. Then we show"
        r"$$\mathrm{att}_{\varphi_{qry}}[f](i) = \sum_{h \in [H]} \varphi_{qry}^{(h)}(f(j)).$$",
    ],
    "signs": [
        r"We show $$v \oslash c = c \oslash v.$$",
        r"We show $$\lVert W_{out} \rVert_{row} = \lVert W_{out}^\top \rVert_{row}.$$",
    ],
}


def flat(groups):
    return [
        pytest.param(text, id=f"{title} {number}")
        for title, texts in groups.items()
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize("text", flat(SOUND))
def test_sound(text):
    document = judged(MAPS + text)
    assert claims(document)[-1].claim.verdict == "proved", shown(document)
    assert not [erratum for erratum in document.errata if erratum.kind != "hypothesis"], shown(document)


@pytest.mark.parametrize("text", flat(FALSE))
def test_false(text):
    document = judged(MAPS + text)
    assert claims(document)[-1].claim.verdict == "refuted", shown(document)


def test_a_definition_that_the_kernel_refuses_refutes_nothing():
    """Nothing says how long the vectors of ones are, so that F stays any map."""
    text = MAPS + r"Let $F(v) := \langle \mathbf{1}, \mathbf{1} \rangle v$. Then we show $$F(v + c) = F(v) + F(c).$$"
    document = judged(text)
    assert document.unread
    assert {step.verdict for step in steps(document)} <= {"definition", "unproved"}, shown(document)
