"""The finished proof as LaTeX: it can be set, whatever the exercise, without a box that is too wide."""

import pytest

from symbolic_equiv.teach.exercise import bundled_exercises
from symbolic_equiv.teach.export import proof_as_latex
from symbolic_equiv.teach.mark import mark, model_answer

BUNDLED = bundled_exercises()


@pytest.mark.parametrize("name", ["two-terms", "there-and-back", "the-whole-theorem", "rotations"])
def test_a_finished_proof_can_be_set(name, tex_log):
    marked = mark(BUNDLED[name], model_answer(BUNDLED[name]))
    assert "Overfull" not in tex_log(proof_as_latex(BUNDLED[name], marked))
