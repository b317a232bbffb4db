"""Attempts to be taken in: false definitions, claims among the assumptions, contradictions, foreign definitions."""

from __future__ import annotations

import pytest

from tests.judge.data.deceptions import NOT_PROVED
from tests.judge.data.words import MOVES, TOKENS, display
from tests.judge.judging import claims, judged, kinds, shown, steps, verdicts

FOREIGN = r"""Let $x : S \to X$ be a bijection, $f : S \to \mathbb{R}^d$, $N : S \to 2^S$ and $y \in X$. Let
$\rho : S \times S \to \mathbb{R}^d$. We write $L_y[f](i) := f(x^{-1}(x(i) - y))$.
"""


def context(*lines: str) -> str:
    return "\n".join(("<!-- symbolic-equiv:", *lines, "-->", ""))


@pytest.mark.parametrize("text", NOT_PROVED.values(), ids=NOT_PROVED.keys())
def test_the_last_equation_is_not_proved(text):
    document = judged(text)
    last = [step for step in steps(document) if step.verdict != "definition"][-1]
    assert last.verdict in ("refuted", "unproved", "unreadable"), shown(document)
    assert document.exit_code == 1


@pytest.mark.parametrize("printed", [r"f(i) = f(j)", r"f(j) = f(i)"])
def test_a_claim_among_its_assumptions_is_assumed(printed):
    document = judged(TOKENS + "Assume that $f(i) = f(j)$. Then" + display(printed))
    assert verdicts(document) == ["assumed"] and claims(document)[-1].claim.verdict == "assumed"
    assert document.exit_code == 1


def test_a_claim_that_the_context_block_assumes_is_assumed():
    sums = r"\sum_{t \in B(s)} u(t) = u(s)"
    text = MOVES.replace("-->", f"assume wanted: {sums}\n-->")
    assert verdicts(judged(text + "Then" + display(sums))) == ["assumed"]
    assert verdicts(judged(text + "Then" + display(r"\sum_{t \in B(s)} u(t) + u(s) = u(s) + u(s)"))) == ["proved"]


def test_a_step_of_a_derivation_may_be_an_assumption_word_for_word():
    text = TOKENS + "Assume that $f(i) = f(j)$. Then" + display("f(i) + f(i) - f(i) = f(i) = f(j)")
    assert verdicts(judged(text)) == ["proved", "proved"]


CONTRADICTIONS = {
    "two values of one number": (
        context(r"declare c \in \mathbb{R}", "assume none: c = 0", "assume one: c = 1"),
        "0 = 1",
    ),
    "nothing is something": (context(r"declare c \in \mathbb{R}", "assume odd: 1 = 0"), "c = c + 1"),
    "all tokens are one": (context("assume one token: i = j"), "f(i) = f(j)"),
    "all translations are none": (context("assume still: x(i) + y = x(i)"), "f(x^{-1}(x(i) + y)) = f(i)"),
}


@pytest.mark.parametrize(("block", "claim"), CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_what_contradictory_assumptions_prove_is_possibly_vacuous(block, claim):
    document = judged(TOKENS + block + "Then" + display(claim))
    assert verdicts(document) == ["proved"], shown(document)
    assert document.chains[-1].claim.vacuous and "possibly vacuous" in shown(document)


def test_consistent_assumptions_are_not_called_vacuous():
    document = judged(MOVES + "Then" + display(r"\sum_{t \in B(s)} T_z[u](t) = \sum_{t \in B(p^{-1}(p(s) - z))} u(t)"))
    assert verdicts(document) == ["proved"] and "vacuous" not in shown(document)


def test_an_assumption_that_sends_the_search_round_proves_nothing():
    text = TOKENS + context("assume odd: f(i) = f(i) + f(i)") + "Then" + display("f(i) = f(j)")
    assert verdicts(judged(text)) != ["refuted"]


def test_the_documents_own_m_outranks_the_built_in_one():
    own = FOREIGN + "The layer is defined by" + display(r"m[f, \rho](i) := \sum_{j \in N(i)} (f(j) + \rho(i, j))")
    sound = judged(own + "Then" + display(r"m[f, \rho](i) = \sum_{k \in N(i)} (\rho(i, k) + f(k))"))
    assert verdicts(sound) == ["proved"] and not kinds(sound)
    built_in = (
        r"m[f, \rho](i) = \varphi_{out}\left( \bigcup_{h \in [H]} \sum_{j \in N(i)} \varphi_{val}^{(h)}(f(j)) \right)"
    )
    assert verdicts(judged(own + "Then" + display(built_in))) != ["proved"]


def test_a_definition_in_the_context_outranks_the_built_in_one():
    text = TOKENS + context("define L_y[f](i) := f(x^{-1}(x(i) + y))") + "Then"
    assert verdicts(judged(text + display("L_y[f](i) = f(x^{-1}(x(i) + y))"))) == ["proved"]
    assert verdicts(judged(text + display("L_y[f](i) = f(x^{-1}(x(i) - y))"))) == ["refuted"]


def test_a_hypothesis_that_nothing_hints_at_is_not_supplied():
    text = TOKENS + r"Let $\kappa : S \to \mathbb{R}$. Then"
    document = judged(text + display(r"\sum_{j \in N(i)} \kappa(j) f(j) = \sum_{i \in N(j)} \kappa(j) f(j)"))
    assert verdicts(document) == ["refuted"]
    assert steps(document)[-1].counterexample is not None and "hypothesis" not in kinds(document)


def test_not_equal_is_refuted_by_a_proof_and_proved_by_a_counterexample():
    text = TOKENS + "We write $L_y[f](i) := f(x^{-1}(x(i) - y))$. Then"
    assert verdicts(judged(text + display(r"L_y[f](i) \neq f(i)"))) == ["proved"]
    document = judged(text + display(r"L_y[f](i) \neq f(x^{-1}(x(i) - y))"))
    assert verdicts(document) == ["refuted"] and kinds(document) == {"step"}
    chain = judged(text + display(r"L_y[f](i) = f(x^{-1}(x(i) - y)) \neq f(i)"))
    assert verdicts(chain) == ["proved", "proved"]
    assert (chain.chains[-1].claim.verdict, chain.chains[-1].claim.relation) == ("proved", "≠")


CLAUSES = {
    "of the formula before": r"Let $x : S \to X$ be a bijection, $f : S \to \mathbb{R}^d$ and $g : S \to S$.",
    "of the formula behind": r"Let $f : S \to \mathbb{R}^d$ and $g : S \to S$; the bijection $x : S \to X$ is ours.",
}


@pytest.mark.parametrize("text", CLAUSES.values(), ids=CLAUSES.keys())
def test_a_map_is_a_bijection_only_if_the_words_are_about_it(text):
    document = judged(text + " Then" + display("f(g(g^{-1}(i))) = f(i)") + display("f(i) = f(j)"))
    assert "g_is_bijective" not in {item.hypothesis.name for item in document.derivation.hypotheses}
    assert "hypothesis" in kinds(document) and verdicts(document)[-1] == "refuted", shown(document)


COMMUTE = display("f(x^{-1}(x(i) + y)) = f(x^{-1}(y + x(i)))")
ABELIAN = {
    "an abelian group": r"Let $x : S \to X$ be a bijection onto an abelian group $X$.",
    "an abelian group without a name": r"Let $x : S \to X$ be a bijection onto an abelian group.",
    "said of the group": r"Let $x : S \to X$ be a bijection. Here $X$ is commutative.",
    "the integers": r"Let $x : S \to \mathbb{Z}$ be a bijection and $y \in \mathbb{Z}$.",
    "remainders": r"Let $x : S \to \mathbb{Z}/n$ be a bijection and $y \in \mathbb{Z}/n$.",
}
NOT_ABELIAN = {
    "a group": r"Let $x : S \to X$ be a bijection onto a group $X$.",
    "need not be": r"Let $x : S \to X$ be a bijection onto a group $X$ that need not be abelian.",
    "non-abelian": r"Let $x : S \to X$ be a bijection onto the non-abelian group $X$.",
    "another group": r"Let $x : S \to X$ be a bijection onto a group $X$, and $Y$ an abelian group.",
    "a semidirect product": r"Let $x : S \to \mathbb{Z} \rtimes H$ be a bijection and $y \in \mathbb{Z} \rtimes H$.",
}


@pytest.mark.parametrize("text", ABELIAN.values(), ids=ABELIAN.keys())
def test_positions_commute_where_the_text_says_so(text):
    document = judged(text + r" Let $f : S \to \mathbb{R}^d$ and $i \in S$. Then" + COMMUTE)
    assert verdicts(document) == ["proved"], shown(document)


@pytest.mark.parametrize("text", NOT_ABELIAN.values(), ids=NOT_ABELIAN.keys())
def test_positions_do_not_commute_otherwise(text):
    document = judged(text + r" Let $f : S \to \mathbb{R}^d$ and $i \in S$. Then" + COMMUTE)
    assert verdicts(document) == ["refuted"], shown(document)
