"""A built-in definition is used only if a printed step confirms it; what was not read is said; the time limit holds."""

from __future__ import annotations

import time

import pytest

from tests.judge.data import attention
from tests.judge.data.words import MOVES, TOKENS, display
from tests.judge.judging import claims, judged, shown, steps, verdicts

CLAIM = display(r"m[L_y[f], \rho](i) = L_y[m[f, \rho]](i)")
UNFOLDED = r"""\varphi_{out}\left( \bigcup_{h \in [H]} \sum_{j \in N(i)} \sigma_j\left( \left\langle
\varphi_{qry}^{(h)}(f(i)) + \Delta\varphi_{qry}^{(h)}(f(i)),
\varphi_{key}^{(h)}(f(j) + \rho(i, j)) + \Delta\varphi_{key}^{(h)}(f(j) + \rho(i, j)) \right\rangle \right)
\left( \varphi_{val}^{(h)}(f(j)) + \Delta\varphi_{val}^{(h)}(f(j)) \right) \right)"""
RELATIVE = r"Recall the definition of $\rho(i, j) = \rho^P(x(j) - x(i))$. We want to show that"


def supplied(document) -> dict[str, str]:
    return dict(item.split(": ", 1) for item in document.supplied)


def test_a_claim_about_a_layer_that_nobody_defines_is_unproved():
    document = judged(TOKENS + RELATIVE + CLAIM)
    assert verdicts(document) == ["unproved"], shown(document)
    assert "not all is known that the text says of" in steps(document)[-1].message
    assert "no printed step confirms" in supplied(document)["m"]


def test_a_printed_step_confirms_the_built_in_definition():
    unfolds = "where" + display(rf"m[f, \rho](i) = {UNFOLDED}") + "and" + display("L_y[f](i) = f(x^{-1}(x(i) - y))")
    document = judged(TOKENS + RELATIVE + CLAIM + "Indeed" + unfolds.replace("where", "", 1))
    assert set(verdicts(document)) == {"proved"}, shown(document)
    assert supplied(document)["m"] == "its definition is used and not given"


def test_a_step_that_contradicts_the_built_in_definition_withholds_it():
    other = UNFOLDED.replace(r"\sum_{j \in N(i)}", r"\sum_{j \in S}")
    document = judged(TOKENS + RELATIVE + CLAIM + "Indeed" + display(rf"m[f, \rho](i) = {other}"))
    assert verdicts(document) == ["unproved", "unproved"], shown(document)


def test_each_name_is_confirmed_by_itself():
    document = judged(TOKENS + "Then" + display("L_y[f](i) = f(x^{-1}(x(i) - y))") + CLAIM)
    assert verdicts(document) == ["proved", "unproved"], shown(document)
    assert "not all is known that the text says of m" in steps(document)[-1].message


def test_what_is_known_by_its_sort_only_is_not_refuted():
    document = judged(TOKENS + "Then" + display("L_y[f](i) = f(x^{-1}(x(i) + y))"))
    assert verdicts(document) == ["unproved"], shown(document)


def test_nothing_is_refuted_of_what_a_supposition_says_that_has_no_reading():
    rotated = r"Let $R : X \to \mathbb{R}$ with $R(y)^{R(z)} = R(y + z)$ for all $y, z \in X$. Then"
    document = judged(TOKENS + rotated + display("R(y) = R(y + y)") + "and" + display("f(i) = f(j)"))
    assert verdicts(document)[1:] == ["unproved", "refuted"], shown(document)
    assert "not all is known that the text says of R" in steps(document)[1].message


def test_a_property_is_not_supposed_by_the_words_that_name_it():
    text = r"We write $a[f](i) := \sum_{j \in N(i)} f(j)$. If $a[f](i) = f(i)$, we call $a$ trivial. We show that"
    document = judged(TOKENS + text + display("a[f](i) = f(i)"))
    assert "refuted" in verdicts(document) and "proved" not in verdicts(document), shown(document)


def test_a_definition_without_a_reading_leaves_its_name_open():
    document = judged(TOKENS + "Let" + display("q(i) = i + f(i)") + "Then" + display("q(i) = f(i) + f(i)"))
    assert verdicts(document) == ["unreadable", "unproved"], shown(document)


UNREAD = {
    "a formula that breaks off": "assume bad: f(i) + = f(j)",
    "no equation": "assume bad: f(i)",
    "an inequality": r"assume bad: f(i) \leq f(j)",
    "a definition without a name": "define f(i) + f(j) := f(i)",
    "a definition that breaks off": "define q(i) := f(",
    "a declaration that breaks off": r"declare q( : S \to S",
}


@pytest.mark.parametrize("line", UNREAD.values(), ids=UNREAD.keys())
def test_context_lines_without_a_reading_are_said(line):
    document = judged(TOKENS + f"<!-- symbolic-equiv:\n{line}\n-->\nThen" + display("f(i) + f(j) = f(j) + f(i)"))
    assert verdicts(document) == ["proved"]
    assert document.unread and document.unread[0].startswith("line 3:") and "Not read, and not used" in shown(document)
    assert document.exit_code == 1


def test_the_steps_together_prove_the_claim_where_the_search_alone_does_not():
    text = r"""<!-- symbolic-equiv:
declare t : S \to S \text{ bijection}
declare N : S \to 2^S
declare f : S \to \mathbb{R}^d
assume moved: t(k) \in N(t(l)) \iff k \in N(l)
-->
Put $\bar i = t^{-1}(i)$. Then
$$ \sum_{j \in N(i)} f(t^{-1}(j)) = \sum_{t(\bar j) \in N(t(\bar i))} f(\bar j)
 = \sum_{\bar j \in N(\bar i)} f(\bar j) $$
"""
    (chain,) = claims(judged(text))
    assert chain.claim.verdict == "proved" and chain.claim.theorem.right == chain.steps[-1].after


def test_a_hypothesis_that_the_document_names_is_not_called_unstated():
    document = judged(attention.LORA)
    assert "hypothesis" not in {erratum.kind for erratum in document.errata}, shown(document)
    assert "N_moves" in {name for step in steps(document) for name in step.by}


def test_without_its_inverse_a_map_that_has_none_is_shown():
    text = display(r"\sum_{j \in S} f(x^{-1}(x(j) - y)) = \sum_{j \in S} f(j)")
    (missing,) = [erratum for erratum in judged(text).errata if erratum.kind == "hypothesis"]
    values = {str(head.name): value for head, value in missing.counterexample.model.values.items()}
    assert missing.hypothesis == "x_is_bijective"
    assert sorted(values["x"]) != list(range(len(values["x"])))  # with x = [1, 0] only x⁻¹ would be at fault


@pytest.mark.parametrize("budget", [0.0, 0.5])
def test_the_time_limit_holds(budget):
    text = (
        MOVES
        + "Then"
        + "".join(
            display(
                r"\sum_{t \in B(s)} \langle u(t), u(s) \rangle u(t) = "
                + f"\\langle u(s), u(s) \\rangle u(s) + {k} u(s)"
            )
            for k in range(2, 40)
        )
    )
    started = time.monotonic()
    document = judged(text, budget=budget)
    assert time.monotonic() - started < budget + 8
    assert len(verdicts(document)) == 38 and "proved" not in verdicts(document)
    assert any(step.message == "the time limit was reached" for step in steps(document))


def test_what_does_not_fit_together_has_no_inverse_to_assume():
    text = TOKENS + display(r"\sum_{j \in N(i)} i f(x^{-1}(j)) = f(x^{-1}(x(i))) = \sum_{j \in N(i)} x f(x^{-1}(x))")
    assert "unreadable" in verdicts(judged(text))


def test_a_definition_of_another_name_that_has_no_reading_says_nothing_of_what_it_is_made_of():
    text = r"We can formulate it as $$A_{i,j} = f(i)^{f(j)}$$ and go on. Then" + display("f(i) = f(j)")
    document = judged(TOKENS + text)
    assert verdicts(document)[-1] == "refuted", shown(document)


ACTION = display("[T_a h](i) = h(x^{-1}(x(i) a))") + "and so" + display("[T_a h](i) = h(i)")


def test_an_equation_that_may_be_meant_to_define_is_not_refuted():
    document = judged(TOKENS + "Let $h : S \\to \\mathbb{R}^d$. It holds that" + ACTION)
    assert verdicts(document) == ["unproved", "unproved"], shown(document)


def test_the_first_equation_of_a_new_name_defines_it_where_no_word_claims_anything():
    document = judged(TOKENS + "Let $h : S \\to \\mathbb{R}^d$. There is the action" + ACTION)
    assert [step.verdict for step in steps(document)] == ["definition", "refuted"], shown(document)


def test_a_sum_that_defines_a_matrix_is_no_abbreviation_of_what_it_binds():
    text = r"Let $k_1, \dots, k_n \in \mathbb{R}^d$, $q \in \mathbb{R}^d$. Let $A := \sum_{j=1}^n k_j k_j^\top$. Then"
    document = judged(text + display(r"A q = \sum_{j=1}^n k_j (k_j^\top q)"))
    assert verdicts(document) == ["proved"], shown(document)


def test_a_substitution_for_a_declared_letter_claims_nothing():
    text = TOKENS + "Put $y = x(i) - x(j)$. We get"
    document = judged(text + display("f(x^{-1}(x(i) - y)) = f(j)"))
    assert verdicts(document) == ["unproved"] and not document.errata, shown(document)
