"""The finished proof as LaTeX: it can be set, whatever the exercise, without a box that is too wide."""

import os
import shutil
import subprocess

import pytest

from symbolic_equiv.teach.exercise import bundled_exercises
from symbolic_equiv.teach.export import proof_as_latex
from symbolic_equiv.teach.mark import mark, model_answer

BUNDLED = bundled_exercises()


@pytest.mark.skipif(
    shutil.which("pdflatex") is None and os.environ.get("CI") != "true", reason="pdflatex is not installed"
)
@pytest.mark.parametrize("name", ["two-terms", "there-and-back", "the-whole-theorem", "rotations"])
def test_a_finished_proof_can_be_set(name, tmp_path):
    marked = mark(BUNDLED[name], model_answer(BUNDLED[name]))
    (tmp_path / "proof.tex").write_text(proof_as_latex(BUNDLED[name], marked), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "proof.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", timeout=120)
    assert done.returncode == 0, done.stdout[-2000:]
    assert "Overfull" not in done.stdout and (tmp_path / "proof.pdf").read_bytes().startswith(b"%PDF")
