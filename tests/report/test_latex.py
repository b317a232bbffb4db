"""The LaTeX document: its parts, its escaping, and that pdfLaTeX sets it without a warning."""

import re

import pytest
from report_example import Checked, Line, Model, Proof, main_proof, main_statement

from symbolic_equiv.report.check import check
from symbolic_equiv.report.latex import document, fragment
from symbolic_equiv.script.loader import bundled
from symbolic_equiv.theories import attention as at
from symbolic_equiv.theories.language import SCALAR, concat, if_, lam, sqrt, symbol, total
from symbolic_equiv.theories.statement import Statement, hypothesis

HOSTILE = r"\input{/etc/passwd} 100% of $x$ & #1 _a^b~ <c> `d' \end{document} -- j̄ ī φ 中 😀" + "x" * 150


def complaints(log: str) -> list[str]:
    return [
        line
        for line in log.splitlines()
        if re.search(r"^!|Overfull|Underfull|Warning|undefined|Missing character", line)
    ]


def hostile_proof() -> Proof:
    proof = main_proof()
    proof.statement = Statement(
        "hostile",
        translated(),
        translated(),
        (hypothesis("h", HOSTILE, (at.rho, at.rho)),),
        title=HOSTILE,
        says=HOSTILE,
    )
    for line in proof.lines[1:]:
        line.rule, line.because, line.hypotheses, line.error = HOSTILE, HOSTILE, ("h",), ValueError(HOSTILE)
    proof.verdict = HOSTILE
    return proof


def translated():
    return at.m[at.L(at.y, at.f), at.rho](at.i)


def wide_proof() -> Proof:
    """Long sums, nested scripts, roots, fractions and cases."""
    a, b = symbol("alpha_long", SCALAR), symbol("beta", SCALAR)
    long = a
    for number in range(40):
        long = long + symbol(f"x{number}", SCALAR) * b
    token = at.j
    for _ in range(6):
        token = at.moved(token)
    deep = total(at.j, at.N(token, at.i), a) + total(at.j, at.N(at.i, token), b)
    values = concat(lam(at.h, at.phi_val(at.h, at.f(token))))
    terms = [
        long,
        long / long,
        sqrt(long),
        if_(at.N(at.i, token), long, sqrt(long)),
        deep,
        deep / b * deep,
        long * long * long * long,
        total(at.j, at.N(at.i, token), long),
        a / (b + a),
    ]
    other = at.phi_out(values)
    lines = [Line(terms[0].term), *(Line(term.term, "any rule", "any reason") for term in terms[1:])]
    wide = hypothesis("wide", "everything is wide", (lam(at.j, at.i, long), lam(at.j, at.i, deep * long)))
    return Proof(Statement("wide", long, deep, (wide,)), [*lines, Line(other.term, "no rule")])


def test_parts_in_their_order():
    text = document(main_proof())
    titles = re.findall(r"\\section\{([^}]*)\}", text)
    assert titles == ["Symbols", "Hypotheses", "Definitions", "Derivation", "Axioms used"]
    assert text.startswith(r"\documentclass[a4paper]{article}") and text.endswith("\\end{document}\n")
    assert r"\begin{claim}" in text and r"Verdict: proved." in text
    assert r"m[L_{y}[f], \rho](i) = L_{y}[m[f, \rho]](i)" in text


def test_every_step_has_its_rule_and_reason():
    text = document(main_proof())
    assert text.count(r"\intertext") == 6
    assert r"\textbf{(1)}} \emph{unfold \(m\), \(L\)}\textcolor{reason}{: write \(m\) out at \(L_{y}f\)}" in text
    assert r"by \hyperlink{1H1}{(H1)} and \hyperlink{1H3}{(H3)}" in text


def test_links_have_targets():
    text = document(main_proof(), main_proof())
    links, targets = set(re.findall(r"\\hyperlink\{(\w+)\}", text)), re.findall(r"\\hypertarget\{(\w+)\}", text)
    assert len(targets) == len(set(targets)) == 2 * (3 + 6)  # each hypothesis and each step, in two proofs
    assert links <= set(targets) and {"1H1", "1S2", "2S4"} <= links and "1S1" not in links  # step 1 uses no hypothesis


def test_a_fragment_has_no_preamble():
    text = fragment(main_proof())
    assert "documentclass" not in text and r"\section{" not in text and r"\begin{claim}" in text


@pytest.mark.parametrize("own", ["", r"\newenvironment{claim}{\par}{\par}"], ids=["none", "own"])
def test_fragments_in_a_document_that_has_a_theorem_environment_or_none(own, tex_log, tmp_path):
    proof = main_proof()
    proof.statement.name = "other"
    (tmp_path / "a.tex").write_text(fragment(main_proof(), detail=2), encoding="utf-8")
    (tmp_path / "b.tex").write_text(fragment(proof, detail=1), encoding="utf-8")
    packages = r"\documentclass[a4paper]{article}\usepackage[margin=2.2cm]{geometry}\usepackage{amsmath,amssymb,xcolor}"
    text = rf"{packages}\usepackage{{hyperref}}{own}\begin{{document}}\sloppy\input{{a}}\input{{b}}\end{{document}}"
    assert complaints(tex_log(text, runs=2)) == []


def test_what_changed_is_marked_in_both_lines():
    text = document(main_proof())
    assert r"\changing{x^{-1}(x(j) - y)}" in text and r"\changed{\overline{j}}" in text
    assert "What the step into a line changed is" in text


def test_detail():
    idea, steps, rules = (document(main_proof(), detail=detail) for detail in (0, 1, 2))
    assert r"\intertext" not in idea and "The derivation has 6 steps." in idea
    assert "becomes" not in steps and r"\(x^{-1}(x(j) - y)\) becomes \(\overline{j}\)" in rules


def test_no_empty_sections():
    s = symbol("s", SCALAR)
    text = document(Proof(Statement("trivial", s, s), []))
    assert re.findall(r"\\section\{([^}]*)\}", text) == ["Symbols"]


def test_words_are_escaped():
    text = document(hostile_proof())
    assert r"\input{" not in text
    assert text.count(r"\end{document}") == 1
    assert text.isascii()


def test_multiplicative_groups():
    assert "x(j) - x(i)" in document(main_proof())
    assert r"x(j) \, x(i)^{-1}" in document(main_proof(), multiplicative=frozenset({"X"}))


def test_only_the_packages_that_every_tex_has():
    packages = re.findall(r"\\usepackage(?:\[[^]]*\])?\{([^}]*)\}", document(main_proof()))
    allowed = {"fontenc", "lmodern", "textcomp", "geometry", "amsmath", "amssymb", "amsthm", "xcolor", "hyperref"}
    assert {name for group in packages for name in group.split(",")} <= allowed


DOCUMENTS = {
    "the main proof": lambda: document(main_proof()),
    "two proofs": lambda: document(main_proof(), main_proof()),
    "a multiplicative group": lambda: document(main_proof(), multiplicative=frozenset({"X"})),
    "wide formulas": lambda: document(wide_proof()),
    "hostile words": lambda: document(hostile_proof()),
    "a refuted claim": lambda: document(
        Checked(main_statement(), "refuted", "refuted", counterexample=Model((("S", "Z/2"), ("f_1", "[1, 2] → 3"))))
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pdflatex_has_nothing_to_complain_about(name, tex_log):
    found = complaints(tex_log(DOCUMENTS[name](), runs=2))
    if name == "hostile words":  # with words as long as these some lines cannot be filled
        found = [line for line in found if not line.startswith("Underfull")]
    assert found == []


def test_an_overfull_line_would_be_noticed(tex_log):
    text = document(main_proof()).replace(r"\begin{claim}", r"\begin{claim}\mbox{" + "x" * 300 + "}")
    assert any("Overfull" in line for line in complaints(tex_log(text, runs=2)))


def test_every_bundled_proof_is_set_without_a_complaint(tex_log):
    """In one document, at the greatest detail: what is too wide for a line or too high for a page is found here."""
    chains = [chain for name in bundled() for chain in check(name, "kernel").chains]
    assert complaints(tex_log(document(*chains, detail=2), runs=2)) == []
