"""The command ``refute``: what it finds, what it prints, and what it says of bad input."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import jsonschema
import pytest

from symbolic_equiv.cli import main
from symbolic_equiv.report.refute import every_hypothesis, refute
from symbolic_equiv.script.loader import ScriptError

SCHEMA = json.loads(files("symbolic_equiv.report").joinpath("refute_schema.json").read_text("utf-8"))
MAIN = "lora_translation_equivariance"
DOCUMENT = r"""Let $x : S \to X$ be a bijection with inverse $x^{-1}$ onto a group $X$.
Let $f : S \to \mathbb{R}^d$. Then

$$f(x^{-1}(x(i) + y - y)) = f(i)$$

for all $i \in S$ and $y \in X$, and

$$f(x^{-1}(x(i) + y)) = f(i).$$
"""
ON_Z = DOCUMENT.replace("a group $X$", r"$\mathbb{Z}$").replace(r"\to X", r"\to \mathbb{Z}").replace(
    r"y \in X", r"y \in \mathbb{Z}"
)  # fmt: skip
SCRIPT = """
import symbolic_equiv as se
X = se.base("X")
p, q = se.symbol("p", X), se.symbol("q", X)

@se.theorem(p + q - q, p)
def right():
    pass

@se.conjecture(p + q, q + p)
def wrong():
    pass
"""


def run(capsys, *args):
    code = main(["refute", *args])
    return code, *capsys.readouterr()


FOUND = {
    "a bundled conjecture": (["neighbourhoods_that_stay"], "neighbourhoods_that_stay  refuted"),
    "a theorem without a hypothesis": ([MAIN, "--drop", "neighbourhoods_move"], "refuted without neighbourhoods_move"),
    "the published group layer": (["group_self_attention_as_published"], "K = {0, 1}, the group Z/2"),
}
TRUE = {
    "a theorem": ([MAIN], "The kernel proves it"),
    "a claim without hypotheses": (["merged_lora_equals_unmerged"], "under no hypothesis"),
}


@pytest.mark.parametrize(("args", "said"), FOUND.values(), ids=FOUND.keys())
def test_found(capsys, args, said):
    code, out, err = run(capsys, *args)
    assert (code, err) == (0, "") and said in out
    assert "counterexample, in which every hypothesis holds exactly" in out
    assert "left side" in out and "right side" in out and "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize(("args", "said"), TRUE.values(), ids=TRUE.keys())
def test_not_found(capsys, args, said):
    code, out, _ = run(capsys, *args)
    assert code == 1 and said in out and "counterexample, in" not in out


def test_what_is_searched_in_vain_is_said(tmp_path, capsys):
    """The sum over all numbers is unknown to the prover, so that nothing but a search is left."""
    path = tmp_path / "open.py"
    sum_ = "se.total(k, se.true(), s(k)) * (se.total(k, se.true(), t(k)) * se.total(k, se.true(), u(k)))"
    other = sum_.replace("s(k)", "w(k)").replace("u(k)", "s(k)").replace("w(k)", "u(k)")
    path.write_text(
        "import symbolic_equiv as se\n"
        "S = se.base('S'); k = se.symbol('k', S)\n"
        "s, t, u = (se.symbol(n, S, se.SCALAR) for n in 'stu')\n"
        f"@se.theorem({sum_} + se.exp(se.sqrt(s(k))), se.exp(se.sqrt(s(k) + s(k) - s(k))) + {other})\n"
        "def commutes():\n    pass\n",
        "utf-8",
    )
    code, out, _ = run(capsys, str(path), "--budget", "2")
    assert code == 1
    assert re.search(r"No counterexample found: \d+ models in \d+\.\d s, seed 0", out) or "The kernel proves" in out


@pytest.mark.parametrize("args", [*(args for args, _ in FOUND.values()), *(args for args, _ in TRUE.values())])
def test_json_is_as_the_schema_says(capsys, args):
    code, out, _ = run(capsys, *args, "--json")
    data = json.loads(out)
    jsonschema.validate(data, SCHEMA)
    assert (data["verdict"] == "refuted") == (code == 0)


SCHEMA_REFUSES = {
    "a refutation without a counterexample": {"verdict": "refuted"},
    "a counterexample to what is proved": {"verdict": "proved", "counterexample": {}},
    "another word": {"verdict": "probably"},
}


@pytest.mark.parametrize("change", SCHEMA_REFUSES.values(), ids=SCHEMA_REFUSES.keys())
def test_the_schema_can_refuse(change):
    data = refute("merged_lora_equals_unmerged").to_json()
    jsonschema.validate(data, SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, **change}, SCHEMA)


@pytest.mark.parametrize("args", [args for args, _ in FOUND.values()])
def test_the_same_seed_gives_the_same_answer(capsys, args):
    assert run(capsys, *args, "--json", "--seed", "3") == run(capsys, *args, "--json", "--seed", "3")


def test_a_teacher_says_where_the_sides_part_and_why(capsys):
    _, out, _ = run(capsys, "neighbourhoods_that_stay")
    assert re.search(r"The left attends to f\(\d\) with weight \d\.\d\d, the right with \d\.\d\d, because", out)
    assert "attended to" in out and "█" in out
    sentence = refute("absolute_positional_encoding").to_json()["explanation"]["sentence"]
    assert re.search(r"its score is .* on the left and .* on the right: ρ\^P\(\d\) = ", sentence)


def test_the_weights_of_the_explanation_add_up():
    data = refute("neighbourhoods_that_stay").to_json()["explanation"]["rows"]
    for side in ("left", "right"):
        assert sum(row[side]["weight"] for row in data if row[side]) == pytest.approx(1)


def test_where_a_dropped_hypothesis_fails_is_said(capsys):
    _, out, _ = run(capsys, MAIN, "--drop", "x_is_bijective")
    assert "→ holds in the model below" in out
    assert re.search(r"→ fails in the model below, at p = [(\d]", out)


def test_every_hypothesis_is_listed(capsys):
    names = ["softmax_reindexing", "left_action_equivariance"]
    code, out, _ = run(capsys, "--every-hypothesis", *names)
    assert code == 0 and out.count("without ") == 4 and out.count("≠") == 4
    assert "4 hypotheses of 2 theorems: 4 with a counterexample" in out
    assert max(map(len, out.splitlines())) <= 80
    code, out, _ = run(capsys, "--every-hypothesis", *names, "--json")
    jsonschema.validate(json.loads(out), SCHEMA)
    assert json.loads(out)[0]["dropped"]["name"] == "g_is_bijective"


def test_a_hypothesis_that_is_not_needed_is_found_out(tmp_path, capsys):
    path = tmp_path / "idle.py"
    path.write_text(
        "import symbolic_equiv as se\nfrom symbolic_equiv.theories.attention import *\n"
        "@se.theorem(f(x_inv(x(i))), f(i), [x_is_bijective, neighbourhoods_move])\ndef idle():\n    pass\n",
        "utf-8",
    )
    found = every_hypothesis([str(path)])
    assert [(each.dropped.name, each.proved, each.exit_code) for each in found] == [
        ("x_is_bijective", False, 0),
        ("neighbourhoods_move", True, 1),
    ]
    code, out, _ = run(capsys, "--every-hypothesis", str(path))
    assert code == 1 and "proved all the same" in out and "1 with a counterexample" in out


def test_a_script_is_refuted_at_its_first_false_claim(tmp_path, capsys):
    path = tmp_path / "two.py"
    path.write_text(SCRIPT, "utf-8")
    code, out, _ = run(capsys, str(path))
    assert code == 0 and f"{path}: wrong  refuted" in out and "the group S3" in out
    assert run(capsys, str(path), "--line", "7")[0] == 1


def test_a_document_is_refuted_at_its_first_false_step(tmp_path, capsys):
    path = tmp_path / "paper.md"
    path.write_text(DOCUMENT, "utf-8")
    code, out, _ = run(capsys, str(path))
    assert code == 0 and "line 8  refuted" in out and "the group Z/2" in out
    assert run(capsys, str(path), "--line", "4")[0] == 1
    code, out, _ = run(capsys, str(path), "--line", "4", "--drop", "x_is_bijective")
    assert code == 0 and "refuted without x_is_bijective" in out


def test_a_document_on_the_integers_is_refuted_there(tmp_path, capsys):
    path = tmp_path / "integers.md"
    path.write_text(ON_Z, "utf-8")
    code, out, _ = run(capsys, str(path), "--json")
    data = json.loads(out)
    assert code == 0
    assert set(data["counterexample"]["groups"].values()) == {"Z"} and data["counterexample"]["infinite"]


BAD = {
    "an unknown proof": (["lora_translation"], "did you mean"),
    "an unknown hypothesis": ([MAIN, "--drop", "neighbourhood_moves"], "did you mean neighbourhoods_move?"),
    "its hypotheses are listed": ([MAIN, "--drop", "zzz"], "neighbourhoods_move, rho_is_relative, x_is_bijective"),
    "a claim without hypotheses": (["merged_lora_equals_unmerged", "--drop", "a"], "it has none"),
    "no target": ([], "refute takes one proof or document, found 0"),
    "two targets": ([MAIN, MAIN], "found 2"),
    "no such file": (["missing.py"], "no file"),
    "no such document": (["missing.md"], "cannot be read"),
    "no time": ([MAIN, "--budget", "0"], "--budget 0"),
    "a negative seed": ([MAIN, "--seed", "-1"], "--seed -1"),
    "both": (["--every-hypothesis", "--drop", "a"], "leave out --drop"),
    "a conjecture has no hypothesis to spare": (["--every-hypothesis", "neighbourhoods_that_stay"], "no theorem"),
    "a line before the first": ([MAIN, "--line", "1"], "at or before line 1"),
}


@pytest.mark.parametrize(("args", "said"), BAD.values(), ids=BAD.keys())
def test_bad_input(capsys, args, said):
    code, out, err = run(capsys, *args)
    assert (code, out) == (2, "") and said in err
    assert len(err.splitlines()) <= 4


def test_a_line_without_a_step(tmp_path):
    path = tmp_path / "paper.md"
    path.write_text(DOCUMENT, "utf-8")
    with pytest.raises(ScriptError) as error:
        refute(str(path), line=1)
    assert "no step or claim at line 1" in str(error.value) and "4, 8" in error.value.hint
