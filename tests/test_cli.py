"""The command line: what it prints, where, and with which exit status."""

import json
import os
import shutil
import subprocess
import sys

import jsonschema
import pytest

import symbolic_equiv
from symbolic_equiv.cli import main
from symbolic_equiv.cli.commands import colours
from symbolic_equiv.cli.parsers import parser_of_all
from symbolic_equiv.script.loader import bundled, bundled_path, load

REFUTED = sum(item.statement.expected == "refuted" for name in bundled() for item in load(bundled_path(name)))
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(symbolic_equiv.__file__)))
WRONG = '''
import symbolic_equiv as se
X = se.base("X")
a, b = se.symbol("a", X), se.symbol("b", X)

@se.theorem(a + b, b + a)
def wrong(prove):
    """As if every group were commutative."""
    prove.to(b + a, by=se.laws("groups"), because="it is not")
'''


def command(*args, **more):
    environment = {**os.environ, "PYTHONPATH": ROOT, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "symbolic_equiv", *args],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=600,
        **more,
    )


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "wrong.py"
    path.write_text(WRONG, encoding="utf-8")
    return str(path)


def test_a_proof_that_holds_is_0(capsys):
    assert main(["check", "softmax_reindexing"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("softmax_reindexing  proved") and err == ""


def test_a_refuted_conjecture_is_0_because_it_is_as_expected(capsys):
    assert main(["check", "neighbourhoods_that_stay"]) == 0
    assert "refuted, as expected" in capsys.readouterr().out


def test_a_false_theorem_is_1(script, capsys):
    assert main(["check", script]) == 1
    out = capsys.readouterr().out
    assert "wrong  refuted, expected: proved" in out and "counterexample" in out


def test_one_false_theorem_among_true_ones_is_1(script, capsys):
    assert main(["check", "softmax_reindexing", script]) == 1
    assert "not as expected: wrong" in capsys.readouterr().out


CANNOT_READ = {
    "an unknown name": (["check", "softmax_reindex"], "did you mean softmax_reindexing?"),
    "a name like no other": (["check", "zzz"], "symbolic-equiv list"),
    "a missing file": (["check", "no_such_file.py"], "there is no file no_such_file.py"),
    "a folder": (["check", os.path.join(ROOT, "symbolic_equiv")], "there is no file"),
    "a size of zero": (["check", "softmax_reindexing", "--sizes", "n=0"], "a number from 1 on"),
    "a negative size": (["check", "softmax_reindexing", "--sizes", "n=-3"], "a number from 1 on"),
    "a size that is no number": (["check", "softmax_reindexing", "--sizes", "n=three"], "for example n=4"),
    "a size without a name": (["check", "softmax_reindexing", "--sizes", "4,,"], "for example n=4"),
    "a size of nothing that is there": (
        ["check", "softmax_reindexing", "--witness", "explicit", "--sizes", "zzz=3"],
        "zzz",
    ),
    "an unknown witness": (["check", "--witness", "oracle"], "choose from kernel, explicit, numeric, or all"),
    "an output that cannot be written": (
        ["derive", "softmax_reindexing", "-o", os.path.join(ROOT, "no_such_folder", "d.tex")],
        "cannot be written",
    ),
    "an output format that is not known": (
        ["derive", "softmax_reindexing", "-o", "d.docx"],
        "use .tex, .pdf, .html, .md or .ipynb",
    ),
    "a level that there is not": (["derive", "softmax_reindexing", "-o", "d.md", "--level", "word"], "choose from"),
    "sizes for all sizes": (["derive", "softmax_reindexing", "-o", "d.md", "--sizes", "n=2"], "add --level matrix"),
    "a size that there is not": (
        ["derive", "softmax_reindexing", "-o", "d.md", "--level", "matrix", "--sizes", "q=2"],
        "choose other sizes",
    ),
    "matrices of sides that are truth values": (
        ["derive", "neighbourhoods_that_stay", "-o", "d.md", "--level", "matrix", "--sizes", "n=0"],
        "a number from 1 on",
    ),
    "entries of a document": (["derive", "paper.md", "-o", "d.ipynb", "--level", "entries"], "for bundled proofs"),
    "a detail that there is not": (["derive", "softmax_reindexing", "-o", "d.md", "--detail", "3"], "0 is the idea"),
    "a fragment of what has no preamble": (
        ["derive", "softmax_reindexing", "-o", "d.html", "--fragment"],
        "--fragment is for .tex",
    ),
    "derive an unknown name": (["derive", "softmax", "-o", "d.tex"], "did you mean softmax_reindexing?"),
    "a document that there is not": (["check", "nope.md"], "nope.md cannot be read: it cannot be opened"),
    "a context that there is not": (
        ["check", os.path.join(ROOT, "examples", "window.md"), "--context", "nope"],
        "the context nope cannot be read: it cannot be opened",
    ),
    "a negative seed": (["check", "softmax_reindexing", "--seed", "-1"], "--seed -1: expected 0 or more"),
    "no time to check": (["check", "softmax_reindexing", "--budget", "0"], "--budget 0: expected more than 0"),
    "no time to write": (["derive", "softmax_reindexing", "-o", "d.md", "--budget", "-2"], "--budget -2: expected"),
    "a map in no folder": (["map", "-o", os.path.join(ROOT, "no_such_folder", "m.csv")], "there is no folder"),
    "a certificate folder that is a file": (
        ["check", "softmax_reindexing", "--certificate", os.path.join(ROOT, "pyproject.toml")],
        "pyproject.toml",
    ),
}


@pytest.mark.parametrize("case", CANNOT_READ, ids=list(CANNOT_READ))
def test_what_cannot_be_read_or_written_is_2_with_one_screen(case, capsys):
    args, message = CANNOT_READ[case]
    assert main(args) == 2
    out, err = capsys.readouterr()
    assert out == "" and message in err
    assert err.startswith("symbolic-equiv: ") and len(err.splitlines()) <= 4


def test_an_output_that_cannot_be_written_is_refused_before_any_work(monkeypatch, capsys):
    monkeypatch.setattr("symbolic_equiv.report.check.check", lambda *_, **__: pytest.fail("it was checked"))
    for output, message in (("d.docx", "no derivation"), (os.path.join("no_such_folder", "d.md"), "no folder")):
        assert main(["derive", "softmax_reindexing", "-o", output]) == 2
        assert message in capsys.readouterr().err


@pytest.mark.parametrize("more", [[], ["--fixed"]], ids=["annotated", "fixed"])
def test_a_document_is_not_overwritten_by_what_is_said_of_it(more, tmp_path, capsys):
    path = tmp_path / "paper.md"
    path.write_text("$$ f(i) = f(i) $$\n", encoding="utf-8")
    assert main(["derive", str(path), "-o", str(tmp_path / "." / "paper.md"), *more]) == 2
    assert "not overwritten" in capsys.readouterr().err and path.read_text(encoding="utf-8") == "$$ f(i) = f(i) $$\n"


@pytest.mark.parametrize(
    "args", [["chek"], ["check", "--nonsense"], ["derive", "softmax_reindexing"], ["check", "--seed", "x"]]
)
def test_a_misspelled_command_is_2(args, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(args)
    assert stopped.value.code == 2
    assert "usage: symbolic-equiv" in capsys.readouterr().err


def test_no_command_prints_the_help_and_is_2(capsys):
    assert main([]) == 2
    assert "examples:" in capsys.readouterr().out


@pytest.mark.parametrize("args", [["--help"], ["check", "--help"], ["list", "--help"], ["derive", "--help"]])
def test_the_help_fits_and_is_0(args, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as stopped:
        main(args)
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert "usage: symbolic-equiv" in out
    assert max(map(len, out.splitlines())) <= 80


def test_every_option_has_a_help_text():
    parser = parser_of_all()
    (commands,) = parser._subparsers._group_actions
    for name, sub in commands.choices.items():
        assert all(action.help for action in sub._actions), name


def test_the_version(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"symbolic-equiv {symbolic_equiv.__version__}\n"


def test_list_names_every_bundled_proof_and_what_is_expected(capsys):
    assert main(["list"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in bundled())
    assert out.count("(expected: refuted)") == REFUTED
    assert max(map(len, out.splitlines())) <= 80


def test_list_as_json(capsys):
    assert main(["list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["file"] for row in rows} == set(bundled())
    assert all(set(row) == {"file", "name", "title", "expected"} for row in rows)
    assert sum(row["expected"] == "refuted" for row in rows) == REFUTED


def test_check_as_json_is_one_object_that_fits_the_schema(script, capsys):
    with open(
        os.path.join(os.path.dirname(symbolic_equiv.__file__), "report", "schema.json"), encoding="utf-8"
    ) as file:
        schema = json.load(file)
    for args, status in ((["softmax_reindexing"], 0), ([script], 1), (["softmax_reindexing", script], 1)):
        assert main(["check", *args, "--json"]) == status
        data = json.loads(capsys.readouterr().out)
        jsonschema.Draft202012Validator(schema).validate(data)
        assert [document["path"] for document in data["documents"]] == args


def test_all_bundled_proofs_in_a_pipe_are_plain_and_narrow():
    done = command("check")
    assert done.returncode == 0 and done.stderr == ""
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "all as expected" in done.stdout


def test_all_witnesses_on_all_bundled_proofs():
    done = command("check", "--witness", "all", "--json")
    assert done.returncode == 0, done.stderr
    chains = [chain for document in json.loads(done.stdout)["documents"] for chain in document["chains"]]
    assert all(chain["claim"]["verdict"] == chain["claim"]["expected"] for chain in chains)
    assert all(set(chain["claim"]["witnesses"]) == {"kernel", "explicit", "numeric"} for chain in chains)


def test_colour_only_on_a_terminal(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert colours()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colours()
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    assert not colours()


LONG_WORK = {
    "a proof": (["check", "softmax_reindexing"], "softmax_reindexing: kernel"),
    "a document": (["check", "window.md"], "window.md: line 10"),
    "a document, written": (["derive", "window.md", "-o", "d.html"], "window.md: line 10"),
    "a document, mended": (["derive", "window.md", "--fixed", "-o", "d.md"], "window.md: line 10"),
    "a search": (["refute", "neighbourhoods_that_stay"], "neighbourhoods_that_stay: searching models"),
}


@pytest.mark.parametrize("kind", LONG_WORK)
@pytest.mark.parametrize("terminal", [True, False], ids=["on a terminal", "elsewhere"])
def test_long_work_says_what_it_is_at_on_a_terminal(kind, terminal, tmp_path, monkeypatch, capsys):
    (args, place), cleared = LONG_WORK[kind], "\r\x1b[K"
    shutil.copyfile(os.path.join(ROOT, "examples", "window.md"), tmp_path / "window.md")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("symbolic_equiv.cli.commands.PATIENCE", 0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    main(args)
    said = capsys.readouterr().err
    if terminal:
        assert said.endswith(cleared) and f"{cleared}… {place}" in said
    else:
        assert said == ""


def test_short_work_says_nothing_on_a_terminal(monkeypatch, capsys):
    monkeypatch.setattr("symbolic_equiv.cli.commands.PATIENCE", 3600)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    main(["check", "softmax_reindexing"])
    assert capsys.readouterr().err == ""


def test_it_works_from_an_empty_folder(tmp_path):
    done = command("check", "permutation_equivariance", cwd=tmp_path)
    assert done.returncode == 0 and "proved" in done.stdout
    assert not list(tmp_path.iterdir())


def test_it_works_without_assertions():
    environment = {**os.environ, "PYTHONPATH": ROOT, "PYTHONOPTIMIZE": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-O", "-m", "symbolic_equiv", "check", "softmax_reindexing", "neighbourhoods_that_stay"],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=600,
    )
    assert done.returncode == 0 and "2 claims: 1 proved, 1 refuted; all as expected" in done.stdout


def test_a_certificate_is_written_and_replays(tmp_path, capsys):
    assert main(["check", "softmax_reindexing", "--certificate", str(tmp_path / "out")]) == 0
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == "softmax_reindexing.json"
    from symbolic_equiv.kernel.__main__ import main as kernel

    capsys.readouterr()
    assert kernel([str(path)]) == 0
    assert "sum_reindex" in capsys.readouterr().out


def test_no_certificate_is_written_for_what_is_not_proved(script, tmp_path):
    assert main(["check", script, "--certificate", str(tmp_path / "out")]) == 1
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("suffix", [".tex", ".md", ".html"])
def test_derive_writes_a_document(suffix, tmp_path, capsys):
    path = tmp_path / f"derivation{suffix}"
    assert main(["derive", "lora_translation_equivariance", "-o", str(path)]) == 0
    beside = ", derivation-1-square.svg, derivation-2-attention.svg" if suffix == ".md" else ""
    assert capsys.readouterr().out == f"wrote {path}{beside}\n"
    text = path.read_text(encoding="utf-8")
    assert ("<math>" if suffix == ".html" else r"\varphi_{qry}") in text and len(text) > 2000


def test_a_script_that_is_interrupted_is_130(monkeypatch, capsys):
    def interrupted(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr("symbolic_equiv.report.check.check", interrupted)
    assert main(["check", "softmax_reindexing"]) == 130
    assert capsys.readouterr().err == "symbolic-equiv: stopped\n"


def test_a_reader_that_has_gone_is_no_traceback():
    environment = {**os.environ, "PYTHONPATH": ROOT, "PYTHONIOENCODING": "utf-8"}
    code = f"{sys.executable} -m symbolic_equiv check softmax_reindexing | true"
    done = subprocess.run(["bash", "-c", code], capture_output=True, encoding="utf-8", env=environment, timeout=60)
    assert "Traceback" not in done.stderr


def test_the_kernel_alone_imports_nothing_heavy():
    code = (
        "import sys; from symbolic_equiv.cli import main; main(['check', 'lora_translation_equivariance']);"
        "sys.stderr.write(str({'sympy', 'numpy', 'rich', 'click', 'lark', 'mpmath'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": ROOT, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=environment, timeout=60
    )
    assert done.stderr == "set()"


def test_a_document_without_matrices_does_not_load_their_theory():
    document = os.path.join(ROOT, "tests", "judge", "data", "renamed.tex")
    code = (
        f"import sys; from symbolic_equiv.cli import main; main(['check', '--witness', 'kernel', {document!r}]);"
        "sys.stderr.write(str('symbolic_equiv.theories.matrices' in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": ROOT, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=environment, timeout=60
    )
    assert done.stderr == "False"


def test_the_same_input_gives_the_same_output():
    first, second = (command("check", "--witness", "kernel", "--json").stdout for _ in range(2))
    assert first == second
