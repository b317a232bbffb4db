"""Files, from the command line: exit statuses, JSON that fits the schema, hostile input; and one whole paper."""

from __future__ import annotations

import json
import time
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from symbolic_equiv.cli import main
from tests.judge.data import attention, broken
from tests.judge.data.words import MOVES, TOKENS, display
from tests.judge.judging import judged, shown

SCHEMA = json.loads(files("symbolic_equiv.report").joinpath("schema.json").read_text("utf-8"))
PAPER = Path(__file__).parent / "data" / "renamed.tex"


def checked(capsys, path: Path, *options: str) -> tuple[int, dict]:
    status = main(["check", str(path), "--json", *options])
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, SCHEMA)
    return status, found["documents"][0]


# a whole paper in other letters: two steps spoilt by one slip, a bracket, a composition, two hypotheses unsaid


@pytest.fixture(scope="module")
def paper():
    return judged(PAPER.read_text("utf-8"), "latex", budget=60)


def at(paper, kind: str) -> list:
    return [erratum for erratum in paper.errata if erratum.kind == kind]


def test_the_claim_of_the_paper_is_proved(paper):
    (claim,) = [chain for chain in paper.chains if chain.role == "claim"]
    (chain,) = [chain for chain in paper.chains if len(chain.steps) > 2]
    assert claim.claim.verdict == chain.claim.verdict == "proved", shown(paper)


def test_the_steps_of_the_paper(paper):
    (chain,) = [chain for chain in paper.chains if len(chain.steps) > 2]
    assert [step.verdict for step in chain.steps] == ["refuted", "refuted", *["proved"] * 4], shown(paper)
    assert [step.judged for step in chain.steps[:3]] == ["repaired", "repaired", "printed"]


def test_the_errata_of_the_paper(paper):
    lines = PAPER.read_text("utf-8").splitlines()
    slipped = next(number for number, line in enumerate(lines, 1) if r"\alpha'_{\kappa}(u(p)), \right.\right" in line)
    composed = next(number for number, line in enumerate(lines, 1) if r"\circ" in line)
    (step,) = at(paper, "step")  # one slip spoils two steps, and is one erratum
    assert slipped in step.lines and "so is the step out of it" in step.message
    assert step.suggested == "T_{g}[u](p); T_{g}[u](q)"
    (scope,) = at(paper, "scope")
    assert slipped in scope.lines and scope.suggested
    (definition,) = at(paper, "definition")
    assert definition.line == composed and definition.suggested == r"b_{\kappa} \circ a_{\kappa}"
    assert len(at(paper, "hypothesis")) == 2  # ξ is a bijection, and neighbourhoods move
    assert len(paper.errata) == 5, shown(paper)


def test_the_paper_as_json(capsys):
    status, document = checked(capsys, PAPER)
    assert status == 1
    assert {erratum["kind"] for erratum in document["errata"]} == {"definition", "hypothesis", "scope", "step"}
    (refuted,) = [chain for chain in document["chains"] if chain["verdict"] == "refuted"]
    assert refuted["claim"]["verdict"] == "proved"
    ids = {erratum["id"] for erratum in document["errata"]}
    assert all(set(step["repairs"]) <= ids for step in refuted["steps"]) and refuted["steps"][0]["repairs"]
    assert refuted["steps"][0]["counterexample"]


# exit statuses and JSON


@pytest.mark.parametrize("name", ["sound", "broken", "vacuous", "unread", "unequal", "unreadable"])
def test_json_fits_the_schema(tmp_path, capsys, name):
    texts = {
        "sound": (0, attention.LEFT_ACTION),
        "broken": (1, broken.GROUPED["whole derivations"]["an adapter dropped"].text),
        "vacuous": (
            0,
            TOKENS + "<!-- symbolic-equiv:\nassume odd: 1 = 0\n-->\n" + display("f(i) + 1 f(j) = f(i) + 0 f(j)"),
        ),
        "unread": (1, TOKENS + "<!-- symbolic-equiv:\nassume odd: f(i) + = 1\n-->\n" + display("f(i) = f(i)")),
        "unequal": (0, TOKENS + display(r"f(i) \neq f(j)")),
        "unreadable": (1, TOKENS + display(r"f(i) = f(i)^{99} = f(i)")),
    }
    expected, text = texts[name]
    path = tmp_path / "text.md"
    path.write_text(text, "utf-8")
    status, document = checked(capsys, path)
    assert status == expected, document
    claims = [chain["claim"] for chain in document["chains"]]
    assert any(claim.get("possibly_vacuous", False) for claim in claims) == (name == "vacuous")
    assert bool(document.get("unread")) == (name == "unread")
    if name == "unequal":
        assert r"\neq" in claims[0]["latex"] and claims[0]["verdict"] == "proved"


def test_a_notebook(tmp_path, capsys):
    cells = [{"cell_type": "markdown", "metadata": {}, "source": text} for text in (TOKENS, display("f(i) = f(j)"))]
    path = tmp_path / "text.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    status, document = checked(capsys, path)
    assert status == 1 and document["chains"][-1]["verdict"] == "refuted"


def test_a_context_file(tmp_path, capsys):
    block = [line for line in MOVES.splitlines() if not line.startswith(("<!--", "-->"))]
    context, path = tmp_path / "words.txt", tmp_path / "text.md"
    context.write_text("\n".join(block) + "\n", "utf-8")
    path.write_text("Then" + display(r"\sum_{t \in B(s)} T_z[u](t) = \sum_{t \in B(p^{-1}(p(s) - z))} u(t)"), "utf-8")
    assert checked(capsys, path, "--context", str(context))[0] == 0
    assert checked(capsys, path)[0] == 1


def test_the_kernel_alone_refutes_nothing(tmp_path, capsys):
    path = tmp_path / "text.md"
    path.write_text(TOKENS + display("f(i) = f(j)"), "utf-8")
    assert checked(capsys, path, "--witness", "kernel")[1]["chains"][0]["verdict"] == "unproved"
    assert checked(capsys, path)[1]["chains"][0]["verdict"] == "refuted"


# hostile files

CANNOT_BE_READ = {
    "binary.md": bytes(range(256)) * 50,
    "null.tex": b"$f(i) = f(j)$\x00$g$",
    "latin.md": "Für $f(i) = f(j)$".encode("latin-1"),
    "broken.ipynb": b'{"cells": [{"cell_type": "markdown", "source": "$f',
    "deep.ipynb": b"[" * 100_000 + b"]" * 100_000,
    "list.ipynb": b"[1, 2, 3]",
}

SURVIVED = {
    "empty.md": b"",
    "empty.tex": b"",
    "brackets.md": b"$$" + b"(" * 500_000 + b")" * 500_000 + b"$$",
    "open.md": b"$$ " + b"{[(" * 300_000,
    "deep.tex": b"\\[ f" + b"(f" * 10_000 + b")" * 10_000 + b" = 0 \\]",
    "def.tex": b"\\def\\a{\\b}\\def\\b{\\a}$$\\a = \\b$$",
    "double.tex": b"\\newcommand{\\aa}[1]{#1#1}$$ " + b"\\aa{" * 40 + b"x" + b"}" * 40 + b" = y $$",
    "long.md": b"$$ f(i) = " + b" + ".join([b"f(j)"] * 20_000) + b" $$",
    "actions.md": b"Let $(\\sigma x)_i := x_i$. $$ " + b"\\sigma " * 3_000 + b"x = x $$",
    "convolutions.md": b"Let $(f * g)(i) := f(i)$. $$ " + b" * ".join([b"f"] * 3_000) + b" = f $$",
    "members.md": b"Let $" + b", ".join([b"x_1, \\dots, x_n"] * 4_000) + b" \\in \\mathbb{R}$. $$ x_1 = x_2 $$",
    "a long number.md": b"Let $n = " + b"9" * 5_000 + b"$, $u \\in \\mathbb{R}^n$. $$ u = " + b"7" * 5_000 + b" u $$",
    "a large size.md": b"Let $W \\in \\mathbb{R}^{999999999999 \\times 3}$, $u \\in \\mathbb{R}^3$. $$ W u = 2 W u $$",
    "footnotes.md": b"\\footnote{" * 5_000 + b"$f(i) = f(j)$" + b"}" * 5_000,
    "definitions.md": b"".join(b"Put $q_{%d}(i) := q_{%d}(i) + q_{%d}(i)$. " % (k + 1, k, k) for k in range(150)),
    "many.md": b"Let $f : S \\to \\mathbb{R}^d$. " + b"$f(i) = f(i)$ " * 3_000,
}


@pytest.mark.parametrize("name", CANNOT_BE_READ)
def test_a_file_that_cannot_be_read(tmp_path, capsys, name):
    path = tmp_path / name
    path.write_bytes(CANNOT_BE_READ[name])
    started = time.monotonic()
    assert main(["check", str(path), "--json"]) == 2
    assert time.monotonic() - started < 5
    said = capsys.readouterr()
    assert said.out == "" and name in said.err and "Traceback" not in said.err


@pytest.mark.parametrize("name", SURVIVED)
def test_a_hostile_file_ends_in_an_answer(tmp_path, capsys, name):
    path = tmp_path / name
    path.write_bytes(SURVIVED[name])
    started = time.monotonic()
    status = main(["check", str(path), "--budget", "3"])
    assert time.monotonic() - started < 15
    assert status in (0, 1, 2) and "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("target", ["missing.md", "missing.tex", "missing.ipynb"])
def test_a_file_that_is_not_there(tmp_path, capsys, target):
    assert main(["check", str(tmp_path / target)]) == 2
    assert target in capsys.readouterr().err
