"""Equations between matrices in varied notation: what is true is proved, what is false is refuted."""

from __future__ import annotations

import pytest

from tests.judge.data.equations import FALSE, GIVEN, ILL_SHAPED, TRUE
from tests.judge.data.words import display
from tests.judge.judging import claims, judged, shown, steps, verdicts


@pytest.mark.parametrize("formula", TRUE)
def test_true(formula):
    document = judged(GIVEN + "Then" + display(formula))
    assert set(verdicts(document)) == {"proved"} and not document.errata, shown(document)


@pytest.mark.parametrize("formula", FALSE)
def test_false(formula):
    document = judged(GIVEN + "Then" + display(formula))
    assert "refuted" in verdicts(document) and document.exit_code == 1, shown(document)
    assert all(step.counterexample or step.relation == "≠" for step in steps(document) if step.verdict == "refuted")


@pytest.mark.parametrize("formula", ILL_SHAPED)
def test_shapes_that_do_not_fit_are_said(formula):
    document = judged(GIVEN + "Then" + display(formula))
    assert verdicts(document) == ["unreadable"], shown(document)
    assert {erratum.kind for erratum in document.errata} == {"shape"}


PERMUTES = display(r"\mathrm{softmax}(P M P^\top) = P \mathrm{softmax}(M) P^\top")
SAID = {
    "in front": r"Let $M \in \mathbb{R}^{n \times n}$. For every permutation matrix $P$ we have",
    "behind": r"Let $M \in \mathbb{R}^{n \times n}$ and let $P$ be a permutation matrix. Then",
    "with its size": r"Let $M \in \mathbb{R}^{n \times n}$. Here $P$ is an $n \times n$ permutation matrix. Then",
    "after its set": r"Let $M \in \mathbb{R}^{n \times n}$; let $P \in \{0,1\}^{n \times n}$ be a permutation matrix.",
    "on two lines": "Let $M \\in \\mathbb{R}^{n \\times n}$ and let $P$ be a permutation\nmatrix. Then",
}
NOT_SAID = {
    "nothing": r"Let $M, P \in \mathbb{R}^{n \times n}$. Then",
    "zeros and ones": r"Let $M \in \mathbb{R}^{n \times n}$ and $P \in \{0,1\}^{n \times n}$. Then",
    "of another": r"Let $M, P \in \mathbb{R}^{n \times n}$ and let $Q$ be a permutation matrix. Then",
    "orthogonal": r"Let $M, P \in \mathbb{R}^{n \times n}$, and let $P$ be an orthogonal matrix. Then",
    "denied": r"Let $M, P \in \mathbb{R}^{n \times n}$, where $P$ is not a permutation matrix. Then",
}


@pytest.mark.parametrize("words", SAID.values(), ids=SAID.keys())
def test_a_permutation_matrix_is_one_if_the_text_says_so(words):
    document = judged(words + PERMUTES)
    assert verdicts(document) == ["proved"], shown(document)


@pytest.mark.parametrize("words", NOT_SAID.values(), ids=NOT_SAID.keys())
def test_a_matrix_is_no_permutation_matrix_otherwise(words):
    document = judged(words + PERMUTES)
    assert verdicts(document) == ["refuted"], shown(document)


def test_what_an_abbreviation_depends_on_is_an_argument_of_what_uses_it():
    text = r"""Let $\mathbf{X} \in \mathbb{R}^{n \times d}$,
$W \in \mathbb{R}^{d \times k}$ and let $P$ be a permutation matrix.
We define $f(\mathbf{X}) := Q Q^\top \mathbf{X}$ where $Q = \mathbf{X} W$. Then"""
    same = judged(text + display(r"f(P \mathbf{X}) = P f(\mathbf{X})"))
    assert claims(same)[-1].claim.verdict == "proved", shown(same)
    other = judged(text + display(r"f(P \mathbf{X}) = Q Q^\top P \mathbf{X}"))
    assert claims(other)[-1].claim.verdict == "refuted", shown(other)


def test_an_equation_about_a_softmax_never_defines_it():
    words = r"Let $M \in \mathbb{R}^{n \times n}$. We write"
    rows = judged(words + display(r"\mathrm{softmax}(M)_{ij} = \frac{\exp(M_{ij})}{\sum_{k} \exp(M_{ik})}"))
    columns = judged(words + display(r"\mathrm{softmax}(M)_{ij} = \frac{\exp(M_{ij})}{\sum_{k} \exp(M_{kj})}"))
    assert (verdicts(rows), verdicts(columns)) == (["proved"], ["refuted"])
