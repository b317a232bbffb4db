"""PDFs: made where TeX is installed, refused in words where it is not, and TeX is confined."""

import shutil

import pytest
from test_annotated import HOSTILE, judged
from test_latex import hostile_proof

from symbolic_equiv.cli import main
from symbolic_equiv.report.annotated_latex import document as annotated
from symbolic_equiv.report.latex import document
from symbolic_equiv.report.pdf import pdf
from symbolic_equiv.script.loader import ScriptError

needs_tex = pytest.mark.usefixtures("pdflatex")


@needs_tex
def test_the_command_writes_a_pdf(tmp_path):
    path = tmp_path / "d.pdf"
    assert main(["derive", "softmax_reindexing", "-o", str(path)]) == 0
    assert path.read_bytes().startswith(b"%PDF-") and len(list(tmp_path.iterdir())) == 1


@needs_tex
def test_hostile_words_are_set(tmp_path):
    assert pdf(document(hostile_proof())).startswith(b"%PDF-")
    assert pdf(annotated(judged(HOSTILE, tmp_path))).startswith(b"%PDF-")


@needs_tex
@pytest.mark.parametrize(
    "command",
    [r"\immediate\write18{touch owned}\input{owned}", r"\input{/etc/passwd}", r"\input{../secret}", r"\undefined", "{"],
)
def test_even_a_document_that_were_not_escaped_reads_and_runs_nothing(command):
    with pytest.raises(ScriptError, match="pdflatex could not set"):
        pdf(rf"\documentclass{{article}}\begin{{document}}{command}\end{{document}}")


def test_without_tex_there_is_a_word_for_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["derive", "softmax_reindexing", "-o", str(tmp_path / "d.pdf")]) == 2
    said = capsys.readouterr().err
    assert "no pdflatex on this machine" in said and ".html" in said and not list(tmp_path.iterdir())


def test_tex_that_does_not_end_is_stopped(monkeypatch):
    monkeypatch.setattr("symbolic_equiv.report.pdf.SECONDS", 0.001)
    monkeypatch.setattr("shutil.which", lambda name: shutil_which("sleep"))
    with pytest.raises(ScriptError):
        pdf("x")


shutil_which = shutil.which
