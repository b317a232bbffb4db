"""In CI a skip is a failure, however a test skips; elsewhere it is a skip."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SKIPS = {
    "a call": 'import pytest\ndef test(): pytest.skip("the reason")',
    "a mark": 'import pytest\n@pytest.mark.skipif(True, reason="the reason")\ndef test(): pass',
    "a module": 'import pytest\npytest.importorskip("no_such_module", reason="the reason")\ndef test(): pass',
    "a fixture": 'import pytest\n@pytest.fixture\ndef tool(): pytest.skip("the reason")\ndef test(tool): pass',
    "a program that is missing": "def test(pdflatex): pass",
}
EXPECTED = 'import pytest\n@pytest.mark.xfail(reason="known")\ndef test(): assert False'


def run(body, folder, monkeypatch, ci):
    shutil.copyfile(Path(__file__).parent / "conftest.py", folder / "conftest.py")
    (folder / "test_it.py").write_text(body, encoding="utf-8")
    monkeypatch.setenv("PATH", str(folder))
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | ({"CI": "true"} if ci else {})
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", str(folder)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("ci", [True, False], ids=["in CI", "elsewhere"])
@pytest.mark.parametrize("kind", SKIPS)
def test_a_skip_is_a_failure_in_ci_only(kind, ci, tmp_path, monkeypatch):
    done = run(SKIPS[kind], tmp_path, monkeypatch, ci)
    reason = "pdflatex is not installed" if "program" in kind else "the reason"
    assert reason in done.stdout and ("In CI nothing may be skipped" in done.stdout) is ci
    assert ("skipped" in done.stdout.splitlines()[-1]) is not ci and (done.returncode in (1, 2)) is ci


def test_what_is_expected_to_fail_may(tmp_path, monkeypatch):
    assert run(EXPECTED, tmp_path, monkeypatch, ci=True).returncode == 0
