"""The Markdown page: portable formulas, and words that stay words."""

import re

import pytest
from report_example import Checked, Model, main_proof, main_statement

from symbolic_equiv.report.markdown import document
from symbolic_equiv.theories.statement import Statement

TEXT = document(main_proof())
DISPLAYS = re.findall(r"\$\$\n(.*?)\n\$\$", TEXT, re.DOTALL)


def test_parts_in_their_order():
    assert re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE) == [
        "LoRA attention is translation equivariant",
        "Symbols",
        "Hypotheses",
        "Definitions",
        "Derivation",
        "Axioms used",
    ]
    assert "**Verdict: proved.**" in TEXT


@pytest.mark.parametrize("display", DISPLAYS)
def test_a_display_is_one_aligned_environment(display):
    assert display.startswith("\\begin{aligned}\n") and display.endswith("\n\\end{aligned}")
    assert display.count("{") == display.count("}")
    assert "\n\n" not in display


def test_displays_stand_between_empty_lines():
    assert re.findall(r"[^\n]\n\$\$\n\\begin", TEXT) == []
    assert TEXT.count("$$") == 2 * len(DISPLAYS) > 20


@pytest.mark.parametrize(
    "command", [r"\label", r"\eqref", r"\ref", r"\intertext", r"\hyperlink", r"\{", r"\emph", r"\textbf"]
)
def test_nothing_that_readers_of_markdown_do_not_know(command):
    assert command not in TEXT


def test_formulas_in_a_line_have_no_backslash_that_markdown_would_eat():
    inline = re.findall(r"(?<!\$)\$([^$\n]+)\$(?!\$)", TEXT)
    assert inline and not any(re.search(r"\\[^A-Za-z]", formula) for formula in inline)


def test_what_changed_is_marked_in_both_lines():
    assert r"\textcolor{#b35309}{\underline{x^{-1}(x(j) - y)}}" in TEXT
    assert r"\textcolor{#0b62c4}{\underline{\overline{j}}}" in TEXT


def test_detail():
    idea, rules = document(main_proof(), detail=0), document(main_proof(), detail=2)
    assert "## Derivation" not in idea and "The derivation has 6 steps" in idea
    assert r"- $x^{-1}(x(j) - y)$ becomes $\overline{j}$" in rules and "becomes" not in TEXT


def test_steps():
    assert r"**(1)** *unfold $m$, $L$*: write $m$ out at $L_{y}f$" in TEXT
    assert "(by H1 and H3)" in TEXT
    assert "**(4)** $y$ cancels" in TEXT  # a step without a rule


def test_words_are_escaped():
    text = document(Checked(main_statement("*a* $b$", "<script>"), "unproved", "unproved"))
    assert text.startswith("# \\*a\\* \\$b\\$\n") and "&lt;script&gt;" in text


def test_a_counterexample():
    checked = Checked(main_statement(), "refuted", "refuted", counterexample=Model((("S", "Z/2"), ("f_1", "3"))))
    assert "S = Z/2; f\\_1 = 3." in document(checked)


def test_a_step_that_failed_says_so():
    proof = main_proof()
    proof.lines[1].error = ValueError("no *rule*")
    assert r"**Not proved: no \*rule\***" in document(proof)


def test_two_proofs():
    assert document(main_proof(), main_proof()).count("## Derivation") == 2


def test_the_same_page_twice_is_the_same():
    assert document(main_proof()) == TEXT
    assert isinstance(main_proof().statement, Statement)
