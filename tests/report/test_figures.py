"""Figures: what they show is what the model says, and there is none where it would say nothing."""

from xml.etree import ElementTree

import numpy as np
import pytest
from report_example import Model, main_statement
from test_annotated import Reader

import symbolic_equiv as se
from symbolic_equiv.cli import main
from symbolic_equiv.report import figures, scene
from symbolic_equiv.report.check import check
from symbolic_equiv.script.loader import bundled


@pytest.mark.parametrize("name", ["lora_translation_equivariance", "lora_translation_equivariance_of_matrices"])
def test_the_attention_of_an_equivariant_layer_moves_with_the_tokens(name):
    found = figures.attention(se.proof(name).statement)
    assert found.before.shape == found.after.shape == (figures.TOKENS, figures.TOKENS)
    for weights in (found.before, found.after):
        assert np.allclose(weights.sum(axis=1), 1) and (weights >= 0).all()
    assert figures.moved_along(found) and not np.allclose(found.before, found.after)


def test_that_of_another_layer_does_not():
    found = figures.attention(se.proof("absolute_positional_encoding").statement)
    assert not figures.moved_along(found)
    assert "The second map is not the first moved" in figures.html(se.proof("absolute_positional_encoding").statement)


@pytest.mark.parametrize("name", ["softmax_reindexing", "permutation_equivariance", "merged_lora_equals_unmerged"])
def test_no_figure_where_nothing_is_moved(name):
    statement = se.proof(name).statement
    assert figures.drawings(statement) == [] and figures.html(statement) == figures.latex(statement) == ""


@pytest.mark.parametrize(
    "name", ["lora_translation_equivariance", "transformer_block", "dora", "left_action_equivariance"]
)
def test_the_square_of_an_equivariant_layer_commutes(name):
    found = figures.square(se.proof(name).statement)
    assert found.apart < 1e-9 and found.signal.shape[1] == figures.TOKENS
    assert not np.allclose(found.signal, found.moved)
    columns = lambda values: sorted(map(tuple, np.round(values.T, 9)))
    assert columns(found.signal) == columns(found.moved)  # the same vectors, at other tokens


@pytest.mark.parametrize("name", ["absolute_positional_encoding", "neighbourhoods_that_stay", "position_gated_adapter"])
def test_that_of_another_does_not(name):
    statement = se.proof(name).statement
    assert figures.square(statement).apart > 1e-3
    drawn = next(each for each in figures.drawings(statement) if each.name == "square")
    assert drawn.alt.endswith("differ.") and "differ by up to" in drawn.caption


def test_the_same_numbers_each_time():
    statement = se.proof("lora_translation_equivariance").statement
    assert figures.drawings(statement) == figures.drawings(statement)


@pytest.mark.parametrize("name", bundled())
def test_what_is_called_weights_are_weights(name):
    found = figures.attention(se.proof(name).statement)
    for weights in (found.before, found.after) if found is not None else ():
        assert weights.min() >= 0 and weights.sum(axis=1).max() < 1 + 1e-9


def test_the_two_rows_of_a_counterexample():
    chain = check("absolute_positional_encoding").chains[0]
    rows = figures.two_rows(chain.counterexample)
    assert rows.before.shape == rows.after.shape and not np.allclose(rows.before, rows.after)
    assert figures.two_rows(Model(())) is None and figures.two_rows(None) is None
    assert [each.name for each in chain.figures] == ["square", "attention", "rows"]
    assert "0.50, 0.50" in chain.figures[2].svg() and chain.figures._repr_html_().count("<figcaption>") == 3


def test_a_figure_is_named_and_needs_no_colour():
    text = figures.html(main_statement())
    reader = Reader(text)
    assert ("role", "img") in reader.attributes and "figcaption" in reader.tags
    labels = [value for name, value in reader.attributes if name == "aria-label"]
    assert len(labels) == 2 and all(label.endswith(".") for label in labels)
    assert {value for name, value in reader.attributes if name in ("fill", "stroke")} == {"currentColor", "none"}
    assert "the stronger the more weight" in reader.said and "key at position" in reader.said


def test_words_in_a_figure_are_escaped():
    drawn = scene.figure("x", [scene.Label(0, 0, "<b> & %_$"), scene.Frame(0, 0, 1, 1)], '"<i>', "<u> _ \\input{x}")
    assert "<b>" not in drawn.html() and "<u>" not in drawn.html() and 'aria-label="&quot;&lt;i&gt;"' in drawn.html()
    assert r"\input{" not in drawn.latex() and r"\%\_\$" in drawn.latex()


def test_files_beside_a_page_in_markdown(tmp_path):
    assert main(["derive", "self_attention_translation_equivariance", "-o", str(tmp_path / "my page.md")]) == 0
    text = (tmp_path / "my page.md").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "my page-1-square.svg", "my page-2-attention.svg", "my page.md",
    ]  # fmt: skip
    assert "](my%20page-1-square.svg)" in text
    drawn = ElementTree.parse(tmp_path / "my page-1-square.svg").getroot()
    assert drawn.tag.endswith("svg") and drawn[0].attrib["fill"] == "#fff"


def test_a_figure_in_matplotlib():
    pytest.importorskip("matplotlib")
    drawn = se.check("self_attention_translation_equivariance").chains[0].figures[0].matplotlib()
    said = [text.get_text() for text in drawn.axes[0].texts]
    assert "layer" in said and "$L_{y}[f]$" in said and len(drawn.axes[0].patches) > 60
