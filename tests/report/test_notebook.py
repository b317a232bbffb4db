"""Notebooks: valid, run from top to bottom, and nothing of a script or a document becomes code."""

import ast
import json
import os

import pytest
from test_annotated import BROKEN, HOSTILE

from symbolic_equiv.cli import main
from symbolic_equiv.report.check import check
from symbolic_equiv.report.notebook import document
from symbolic_equiv.theories.attention import f, i

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")


def executed(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    client = nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": os.path.dirname(path)}}
    )
    client.execute()  # raises where a cell does
    return [output["data"] for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", ["lora_translation_equivariance", "absolute_positional_encoding"])
def test_a_proof_runs_from_top_to_bottom_and_shows_what_it_checks(name, tmp_path):
    path = str(tmp_path / "d.ipynb")
    assert main(["derive", name, "-o", path]) == 0
    shown = executed(path)
    verdict = "refuted" if name.startswith("absolute") else "proved"
    assert shown[0]["text/plain"] == f"'{verdict}'"
    assert "symbolic-equiv" in shown[1]["text/html"] and verdict in shown[1]["text/html"]
    assert shown[2]["text/html"].count("<svg") == (3 if verdict == "refuted" else 2)
    last = shown[3].get("text/latex") or shown[3]["text/html"]
    assert last == "$$L_{y}[m[f, \\rho]](i)$$" if verdict == "proved" else "Counterexample" in last


@pytest.mark.filterwarnings("default")
def test_a_document_runs_from_top_to_bottom(tmp_path):
    (tmp_path / "it's a paper.md").write_text(BROKEN, encoding="utf-8")
    path = str(tmp_path / "d.ipynb")
    assert main(["derive", str(tmp_path / "it's a paper.md"), "-o", path]) == 1
    shown = executed(path)
    assert shown[0]["text/plain"] == "'refuted'" and "✗ refuted" in shown[1]["text/html"]


@pytest.mark.filterwarnings("default")
def test_entries_are_sympy_matrices_before_and_after_the_reindexing(tmp_path):
    path = str(tmp_path / "d.ipynb")
    assert main(["derive", "lora_translation_equivariance", "--level", "entries", "-o", path]) == 0
    shown = executed(path)
    assert shown[-2]["text/plain"] == "True" and shown[-1]["text/plain"] == "'equal'"
    assert sum("text/latex" in data and "matrix" in data["text/latex"] for data in shown) == 3


def test_no_words_of_a_document_are_code(tmp_path):
    (tmp_path / "paper.md").write_text(HOSTILE, encoding="utf-8")
    path = tmp_path / "d.ipynb"
    main(["derive", str(tmp_path / "paper.md"), "-o", str(path)])
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert code == [
        "import symbolic_equiv as se\n\nreport = se.check('paper.md')\nreport.verdict",
        "report.documents[0]",
    ]
    words = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    outside = "".join(words.split("``")[::2])  # what has no tree stands in a code span
    assert "<script" not in outside and "<img" not in outside


def test_a_path_is_a_string_whatever_is_in_it():
    path = "a'); import os; os.system('touch owned') #\n\".py"
    cells = json.loads(document(*check("softmax_reindexing").chains, source=path))["cells"]
    tree = ast.parse("".join(cells[0]["source"]))
    assert [type(node) for node in tree.body] == [ast.Import, ast.Assign, ast.Expr]
    assert tree.body[1].value.args[0].value == path


def test_public_objects_show_themselves():
    report = check("absolute_positional_encoding")
    assert f(i)._repr_latex_() == "$f(i)$"
    assert "Counterexample" in report._repr_html_() and "<table>" in report.chains[0].counterexample._repr_html_()
