"""The map: every cell decided and proved or refuted rightly, and its forms."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from symbolic_equiv.cli import main
from symbolic_equiv.family import atlas, tables
from symbolic_equiv.family.atlas import columns, survey
from symbolic_equiv.family.catalogue import Catalogue
from symbolic_equiv.family.decide import Known, decide
from symbolic_equiv.family.html import map_html
from symbolic_equiv.kernel.certificate import certificate, replay
from symbolic_equiv.numeric.lattice import Sparse
from symbolic_equiv.numeric.models import Polynomial, is_real, signature
from symbolic_equiv.script.acceptance import accepts

ALL = Catalogue()
SPOTS = Known()
"""Shared, as in the whole map: where a claim was seen to fail is where the next one is tried first."""


def numbers(model, statement):
    """The numbers in the tables and maps of a counterexample, but for elements."""
    parts = [model.values[head] for head in statement.variables() if is_real(signature(head.sort)[1])]
    found = []
    while parts:
        part = parts.pop()
        if isinstance(part, Sparse):
            parts += [part.default, *part.entries.values()]
        elif isinstance(part, Polynomial):
            parts += [part.constant, part.linear, part.curvature]
        elif isinstance(part, np.ndarray):
            found += map(float, part.ravel())
    return found


@pytest.mark.parametrize("encoding", ALL.encodings.values(), ids=ALL.encodings)
def test_every_cell_is_decided(encoding):
    for neighbourhood, place in columns(ALL):
        for adapter in ALL.adapters.values():
            cell = decide(encoding, adapter, neighbourhood, place, SPOTS)
            if cell.verdict == "proved":
                assert accepts(cell.statement, cell.theorem), cell.name
            else:
                assert cell.verdict == "refuted" and cell.found.gap.relative >= 1e-3, cell.name
                assert cell.reasons and all(cell.reasons), cell.name
                found = numbers(cell.found.model, cell.statement)
                assert max(map(abs, found), default=0) <= 2 and sum(number != 0 for number in found) <= 8, cell.name


@pytest.mark.parametrize("adapter", ALL.adapters.values(), ids=ALL.adapters)
def test_the_theorem_of_a_cell_has_a_certificate(adapter):
    cell = decide(ALL.encodings["t5"], adapter, ALL.neighbourhoods["causal-window"], "Z")
    if cell.verdict == "proved":
        again = replay(json.loads(json.dumps(certificate(cell.theorem))))
        assert (again.left, again.right, again.hypotheses) == (
            cell.theorem.left,
            cell.theorem.right,
            cell.theorem.hypotheses,
        )


def test_a_proved_cell_says_what_its_ingredients_are():
    """The formula of the adapter and the predicate of the neighbourhood stand in the theorem itself."""
    cell = decide(ALL.encodings["rope"], ALL.adapters["dora"], ALL.neighbourhoods["causal-window"], "Z")
    names = {str(head.name) for head in cell.theorem.left.variables}
    assert {"rotation", "A_of_qry", "B_of_key", "m_of_val", "window", "past"} <= names
    assert not {"D", "phi_qry"} & names


@pytest.fixture(scope="module")
def small():
    """A part of the map, and one ingredient whose words are markup."""
    found = Catalogue()
    for table, kept in (
        (found.encodings, ("relative-key", "rope", "absolute")),
        (found.adapters, ("any", "lora", "prefix", "dropout")),
        (found.neighbourhoods, ("window", "sequence-interior", "sequence")),
    ):
        for name in [name for name in table if name not in kept]:
            del table[name]
    found.add(
        replace(ALL.adapters["lora"], name="hostile", title='<b onclick="x()">&', says="</script><script>alert(1)")
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(atlas, "GROUPS", "permutation_equivariance")
        patch.setattr(atlas, "PRACTICE", "")
        return survey(found)


def test_adapters_with_the_same_verdicts_stand_together(small):
    assert [[item.name for item in each] for each in small.classes] == [
        ["any", "lora", "hostile"],
        ["prefix"],
        ["dropout"],
    ]


def test_the_text_has_a_line_for_each_encoding_and_fits(small):
    text = tables.terminal(small)
    assert "RoPE                            ✓ ✗ ✓ ✗ ✓ ✗" in text
    assert "✓ LoRA self-attention without positions" in text
    assert "causal" not in text and max(map(len, text.splitlines())) <= 80


def test_the_csv_has_a_row_for_each_cell(small):
    head, *rows = csv.reader(io.StringIO(tables.as_csv(small)))
    assert len(rows) == len(small.cells) and all(len(row) == len(head) for row in rows)
    by_name = {tuple(row[:4]): row[4] for row in rows}
    assert by_name["rope", "lora", "window", "Z"] == "proved"
    assert by_name["rope", "prefix", "window", "Z"] == "refuted"


def test_the_json_has_theorems_and_models(small):
    data = json.loads(tables.as_json(small))
    for cell in data["cells"]:
        wanted = ("theorem", "axioms") if cell["verdict"] == "proved" else ("model", "reasons", "relative")
        assert all(cell[name] for name in wanted), cell
    assert sum(data["counts"].values()) == len(data["cells"])


def test_the_latex_has_as_many_columns_as_it_says(small):
    text = tables.latex(small)
    for table in re.findall(r"\\begin\{tabular\}\{l(c+)\}(.*?)\\end", text, re.DOTALL):
        rows = [row for row in table[1].split("\\\\") if "&" in row and "multicolumn" not in row]
        assert rows and all(len(re.findall(r"(?<!\\)&", row)) == len(table[0]) for row in rows)


def test_the_page_needs_nothing_from_elsewhere_and_holds_every_cell(small):
    page = map_html(small)
    assert not re.search(r"""(src|href)\s*=|@import|url\(|https?://(?!www\.w3\.org/2000/svg)""", page)
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])
    assert len(data["cells"]) == len(small.cells)
    for cell in data["cells"].values():
        if cell["verdict"] == "proved":
            lemma = data["lemmas"][cell["lemma"]]
            assert lemma["steps"] and lemma["hypotheses"] and cell["neighbourhood"] in data["instances"]
        else:
            assert cell["model"] and cell["left"] != cell["right"] and cell["rows"] and cell["parting"]


def test_words_of_an_ingredient_are_no_markup(small):
    page = map_html(small)
    assert "<b onclick" not in page and "</script><script>alert" not in page


def test_a_cell_of_the_page_is_a_button_in_a_table_with_headings(small):
    page = map_html(small)
    assert page.count('<button type="button" data-encoding') == len(small.catalogue.encodings) * len(small.columns)
    assert page.count('<th scope="row">') == len(small.catalogue.encodings)
    assert '<html lang="en">' in page and "aria-labelledby" in page and "<caption" in page


ASKED = {
    "proved": (["--encoding", "rope", "--adapter", "dora", "--neighbourhood", "causal-window", "--positions", "Z"], 0),
    "spelled otherwise": (["--encoding", "RoPE", "--neighbourhood", "causal_window", "--positions", "z"], 0),
    "refuted": (["--encoding", "alibi", "--positions", "Z/n"], 1),
    "refuted by a prefix": (["--encoding", "rope", "--adapter", "prefix"], 1),
    "no such name": (["--encoding", "rotary-embedding"], 2),
    "no such place": (["--positions", "moon"], 2),
    "not applicable": (["--neighbourhood", "causal-window", "--positions", "Z/n"], 2),
    "no such file": (["--with", "nowhere.py"], 2),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "status"), ASKED.values(), ids=ASKED)
def test_ask(arguments, status, capsys):
    assert main(["ask", *arguments]) == status
    out, err = capsys.readouterr()
    assert bool(out) == (status < 2) and bool(err) == (status == 2)
    assert all(len(line) <= 80 for line in out.splitlines())


def test_a_misspelled_name_is_answered_with_the_nearest(capsys):
    assert main(["ask", "--encoding", "sinusodal"]) == 2
    assert "did you mean sinusoidal?" in capsys.readouterr().err


def test_a_counterexample_says_which_hypothesis_failed_and_whom_the_sides_attend_to(capsys):
    main(["ask", "--encoding", "alibi", "--positions", "Z/n", "--json"])
    data = json.loads(capsys.readouterr().out)
    assert "the coordinate of a sum of positions" in data["reasons"][0] and "fails at p = 1" in data["reasons"][0]
    rows = data["counterexample"]["attention"]
    assert abs(sum(row["left"] for row in rows) - 1) < 1e-9 and abs(sum(row["right"] for row in rows) - 1) < 1e-9


def test_the_example_file_is_in_the_map(capsys):
    path = str(Path(__file__).parents[2] / "examples" / "quadratic_bias.py")
    ask = ["ask", "--with", path, "--encoding"]
    assert main([*ask, "quadratic-bias", "--adapter", "mixed"]) == 0
    assert main([*ask, "quadratic-by-place"]) == 1
