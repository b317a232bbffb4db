"""Hostile input: a typed error or a reading, soon and in little memory, and nothing else."""

import json
import subprocess
import sys
import time

import pytest

from symbolic_equiv.latex.reader import DocumentError, ReadError, parse, read_document, read_text

SECONDS = 5


def display(formula):
    return f"$$\n{formula}\n$$\n"


FORMULAS = {
    "brackets": ("(" * 99_000, "tokens"),
    "nested brackets": ("(" * 10_000 + "x" + ")" * 10_000, "more than 100 brackets"),
    "nested braces": ("{" * 10_000 + "x" + "}" * 10_000, "more than 100 brackets"),
    "nested bars": ("|" * 9_000, "more than 100 brackets"),
    "nested environments": (r"\begin{pmatrix}" * 5_000, "more than 100 brackets"),
    "nested substacks": (r"\substack{" * 9_000, "more than 100 brackets"),
    "nested indices": ("x_{" * 5_000 + "x" + "}" * 5_000, "more than 100 brackets"),
    "roots of roots": (r"\sqrt" * 9_000 + "x", "nested more than"),
    "accents on accents": (r"\hat" * 9_000 + "x", "nested more than"),
    "fractions of fractions": (r"\frac" * 9_000 + " x" * 9_001, "nested more than"),
    "sums of sums": (r"\sum" * 9_000 + "x", "nested more than"),
    "minus minus": ("-" * 20_000 + "x", "nested more than"),
    "application of application": ("f" + "(x)" * 9_000, "nested more than"),
    "sets under sets": (r"\underset{" * 4_000 + "a" + "}{b}" * 4_000, "nested too deeply"),
    "closing brackets": (")" * 20_000, "closes nothing"),
    "mismatches": ("(a]" * 9_000, "closes nothing"),
    "fonts of fonts": (r"\mathbf" * 9_000, "end of the formula"),
    "fonts in groups": (r"\mathbf{" * 9_000, "more than 100 brackets"),
    "limits of limits": (r"\max_" * 9_000, "ends after"),
    "unclosed texts": (r"\text{" * 9_000, "never closed"),
    "backslashes": ("\\" * 90_000, "tokens"),
    "a formula of 101,000 letters": ("x" * 101_000, "characters"),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_formula(name):
    formula, found = FORMULAS[name]
    start = time.process_time()
    with pytest.raises(ReadError) as problem:
        parse(formula)
    document = read_text(display(formula))
    assert time.process_time() - start < SECONDS
    assert found in problem.value.found and str(problem.value)
    assert found in document.errors[0].found


LONG = {
    "a long sum": ("+".join("x" * 9_000), 1),
    "a long product": ("x" * 25_000, 1),
    "many primes": ("x" + "'" * 20_000, 1),
    "many scripts": ("x" + "_a" * 9_000, 1),
    "a wide row": ("a=b" + "&c" * 12_000, 1),
    "many rows": ("a&=b\\\\" * 5_000, 5_000),
    "many claims": ("a=b," * 7_000, 7_000),
    "many spaces": (r"a=b\quad " * 7_000, 7_000),
    "many wedges": (r"a=b\wedge " * 7_000 + "c=d", 1),
}


@pytest.mark.parametrize("name", LONG)
def test_long_formulas_are_read_in_linear_time(name):
    formula, count = LONG[name]
    start = time.process_time()
    document = read_text(display(formula))
    assert time.process_time() - start < SECONDS
    assert (len(document.chains), document.errors) == (count, ())


DOCUMENTS = {
    "brackets.md": "(" * 1_000_000,
    "displayed brackets.md": display("(" * 1_000_000),
    "dollars.md": "$" * 1_000_001,
    "dollars.tex": "$ " * 500_001,
    "double dollars.md": "$$x " * 300_001,
    "formulas.md": "$x$ " * 70_000,
    "beginnings.tex": r"\begin{equation}" * 60_000,
    "backticks.md": " ".join("`" * length for length in range(1_400)),
    "fences.md": "\n".join("`" * length for length in range(3, 1_400)),
    "comments.md": "<!--" * 200_000,
    "contexts.md": "<!-- symbolic-equiv" * 50_000 + "-->",
    "context lines.tex": "% symbolic-equiv: x : S\n" * 20_000,
    "definitions.tex": r"\def\a{" * 150_000,
    "definitions and spaces.tex": (r"\newcommand{\a}" + " " * 1_000) * 1_000,
    "macro loop.tex": r"\def\a{\a\a}\def\b{\c}\def\c{\b} $\a$ $\b$ $x$",
    "nested calls.tex": r"\newcommand{\d}[1]{#1}$" + r"\d{" * 4_000 + "x" + "}" * 4_000 + "$",
    "doubled texts.tex": r"\newcommand{\d}[1]{\text{#1#1}}$x" + r"\d{" * 60 + "x" + "}" * 60 + "$",
    "newlines.md": "\n" * 7_900_000,
    "headings.md": "#" * 1_000_000,
    "nine million letters.md": "x" * 9_000_000,
    "open lists.ipynb": "[" * 10_000_000,
    "open objects.ipynb": '{"a":' * 1_000_000,
    "many lists.ipynb": '{"cells": [' + ",".join(["[]"] * 6_600_000) + "]}",
    "many objects.ipynb": '{"cells": [' + ",".join(['{"a":1}'] * 2_400_000) + "]}",
    "many texts.ipynb": '{"cells": [' + ",".join(['"αb"'] * 2_900_000) + "]}",
    "outputs.ipynb": json.dumps({"cells": [{"cell_type": "code", "outputs": ["x" * 20_000_000]}]}),
    "many cells.ipynb": json.dumps({"cells": [{"cell_type": "markdown", "source": "$x$"}] * 20_000}),
}

READ_AND_MEASURE = """
import sys, time
from symbolic_equiv.latex.reader import ReaderError, read_document
start = time.process_time()
try:
    document = read_document(sys.argv[1])
    said = "read", [str(problem) for problem in document.errors][:1]
except ReaderError as problem:
    said = "refused", str(problem)
with open("/proc/self/status") as status:  # getrusage would count what the parent had at the fork
    memory = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024
print(time.process_time() - start, memory, *said, sep="\\n")
"""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document(name, tmp_path):
    path = tmp_path / name
    path.write_text(DOCUMENTS[name], encoding="utf-8")
    run = subprocess.run([sys.executable, "-c", READ_AND_MEASURE, str(path)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-2_000:]
    seconds, megabytes = run.stdout.split("\n")[:2]
    assert float(seconds) < SECONDS
    assert int(megabytes) < 500


def test_nothing_is_read_of_a_text_with_too_much_mathematics():
    with pytest.raises(DocumentError, match="more than 8000 formulas"):
        read_text("$x$ " * 8_001)
    with pytest.raises(DocumentError, match="more than 250000 characters"):
        read_text(("$" + "x" * 30_000 + "$ ") * 9)


def test_a_binary_file_is_refused(tmp_path):
    path = tmp_path / "d.md"
    path.write_bytes(bytes(range(256)) * 1_000)
    with pytest.raises(DocumentError, match="binary"):
        read_document(path)


def test_code_in_a_document_stays_text(tmp_path):
    marker = tmp_path / "executed"
    code = f"__import__('pathlib').Path({str(marker)!r}).touch()"
    document = read_text(f"$ {code} $\n\n\\(\\text{{{code}}}\\)\n\n$\\input{{{marker}}} \\write18{{touch {marker}}}$")
    assert not marker.exists() and len(document.inlines) == 3
