"""One size: matrices and single entries in every format, and that what they say is what was computed."""

import json

import pytest
from test_annotated import Reader
from test_latex import complaints

from symbolic_equiv.cli import main
from symbolic_equiv.report.blocks import Display, Heading, Table, Words
from symbolic_equiv.report.check import check
from symbolic_equiv.report.levels import at_one_size
from symbolic_equiv.script.loader import bundled

MAIN, REFUTED = "lora_translation_equivariance", "absolute_positional_encoding"


def page(name, level="matrix", detail=1, **sizes):
    return at_one_size(check(name).chains[0], level, sizes, detail)


def said(found):
    """The words of a page, its formulas as they are."""
    parts = [block.parts for block in found.blocks if isinstance(block, Words)]
    return " ".join(part if isinstance(part, str) else part.latex for each in parts for part in each)


def formulas(found):
    return [line.latex for block in found.blocks if isinstance(block, Display) for line in block.lines]


def headings(found):
    return [block.text for block in found.blocks if isinstance(block, Heading)]


def test_the_same_summands_in_another_order():
    found = page(MAIN)
    assert r"z_{1} = a_{1} \, v_{1} + a_{2} \, v_{2} + a_{3} \, v_{3}" in formulas(found)
    moved = [each for each in formulas(found) if r"\longrightarrow" in each]
    assert len(moved) == 3 and moved[0].endswith(r"a_{2} \, v_{2} + a_{3} \, v_{3} + a_{1} \, v_{1}")
    assert [block.rows for block in found.blocks if isinstance(block, Table)] == [
        (("token", "0", "1", "2"), ("becomes", "2", "0", "1"))
    ]
    assert "equal at these sizes, for all values of the symbols. For all sizes, the claim is proved." in said(found)


def test_a_translation_by_nothing_needs_no_reindexing():
    assert "None is needed" in said(page("merged_lora_equals_unmerged", n=2))


def test_what_is_refuted_says_where_the_sides_differ():
    found = said(page(REFUTED))
    assert "No re-indexing of the tokens makes the two sides agree" in found
    assert "The two sides differ at these sizes." in found and "on the left and" in found


def test_the_matrices_of_the_paper_are_named_as_there():
    text = " ".join(formulas(page(f"{MAIN}_of_matrices", d_k=2, r=2)))
    for name in (r"W_{Q,12}", r"A_{K,21}", "B_V", r"\rho^P_{2}(1)", "f_{2}(0)"):
        assert name in text, name
    assert r"B_K = \begin{bmatrix} B_{K,11} & B_{K,12} \\ B_{K,21} & B_{K,22} \end{bmatrix}" in text


def test_one_entry_is_written_out_to_its_symbols():
    text = formulas(page("self_attention_translation_equivariance", "entries"))
    assert r"v_{1} = \varphi_{val} \, f(1)" in text and r"z_{1} = a_{1} \, v_{1} + a_{2} \, v_{2}" in text


def test_detail():
    idea, steps, rules = (page(MAIN, detail=detail) for detail in (0, 1, 2))
    assert headings(idea) == ["Sizes", "The re-indexing", "Verdict"]
    assert "The derivation at this size" in headings(steps) and "written out" in said(rules)
    assert len(formulas(idea)) < len(formulas(steps)) <= len(formulas(rules))


@pytest.mark.parametrize("level", ["matrix", "entries"])
@pytest.mark.parametrize("ending", ["tex", "html", "md", "ipynb"])
def test_every_format(level, ending, tmp_path, request):
    path = tmp_path / f"d.{ending}"
    assert main(["derive", MAIN, "--level", level, "-o", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    if ending == "tex":
        assert complaints(request.getfixturevalue("tex_log")(text, runs=2)) == []
    elif ending == "html":
        assert "equal at these sizes" in Reader(text).said and "<code>" not in text
    elif ending == "ipynb":
        cells = json.loads(text)["cells"]
        assert sum(cell["cell_type"] == "code" for cell in cells) == 8
    else:
        assert text.startswith("# LoRA self-attention with matrices is equivariant: ") and "| --- |" in text


def test_a_fragment(tmp_path):
    path = tmp_path / "d.tex"
    assert main(["derive", MAIN, "--level", "matrix", "--fragment", "-o", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert text.lstrip().startswith(r"\subsection*{") and "documentclass" not in text


@pytest.mark.parametrize("name", [each for each in bundled() if each != "group_self_attention_as_published"])
def test_every_bundled_proof_has_a_page_or_says_why_not(name, tmp_path):
    found = page(name, "entries", 2)
    assert "Verdict" in headings(found) and len(formulas(found)) >= 2
