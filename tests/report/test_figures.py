"""Figures: what they show is what the model says, and there is none where it would say nothing."""

import numpy as np
import pytest
from report_example import Model, main_statement
from test_annotated import Reader

import symbolic_equiv as se
from symbolic_equiv.report import figures
from symbolic_equiv.report.check import check


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
    assert "the second is not the first moved" in figures.html(se.proof("absolute_positional_encoding").statement)


@pytest.mark.parametrize("name", ["softmax_reindexing", "permutation_equivariance", "merged_lora_equals_unmerged"])
def test_no_figure_where_nothing_is_moved(name):
    statement = se.proof(name).statement
    assert figures.attention(statement) is None and figures.html(statement) == figures.latex(statement) == ""


def test_the_two_rows_of_a_counterexample():
    chain = check("absolute_positional_encoding").chains[0]
    rows = figures.two_rows(chain.counterexample)
    assert rows.before.shape == rows.after.shape and not np.allclose(rows.before, rows.after)
    assert figures.two_rows(Model(())) is None and figures.two_rows(None) is None


def test_a_figure_is_named_and_needs_no_colour():
    text = figures.html(main_statement())
    reader = Reader(text)
    assert ("role", "img") in reader.attributes and "figcaption" in reader.tags
    assert {value for name, value in reader.attributes if name == "fill"} == {"currentColor"}
    assert "the stronger the more weight" in reader.said
