"""Programs and libraries of others: a test skips where one is missing, with the reason; in CI a skip is a failure."""

import os
import shutil
import subprocess

import pytest


def _no_skip_in_ci(report: pytest.TestReport | pytest.CollectReport):
    if "CI" in os.environ and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"In CI nothing may be skipped. {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return _no_skip_in_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return _no_skip_in_ci((yield))


def _program(*names: str) -> str:
    """Where the first of these stands that is installed."""
    found = next(filter(None, map(shutil.which, names)), None)
    return found or pytest.skip(f"{names[0]} is not installed")


@pytest.fixture(scope="module")  # not longer: Playwright keeps an event loop running, and other tests start their own
def browser():
    """Chromium, driven by Playwright."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = _program("chromium", "chromium-browser", "google-chrome")
    with playwright.sync_playwright() as tool:
        found = tool.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def axe():
    """What axe finds wrong with a page: its rules and the first element that breaks each."""
    tool = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def violations(page, **options) -> list[tuple[str, str]]:
        found = tool.run(page, **options).response["violations"]
        return [(each["id"], each["nodes"][0]["html"]) for each in found]

    return violations


@pytest.fixture(scope="session")
def pdflatex() -> str:
    return _program("pdflatex")


@pytest.fixture
def tex_log(pdflatex, tmp_path):
    """Sets a LaTeX document, and returns the log of the last run."""

    def run(text: str, runs: int = 1) -> str:
        (tmp_path / "d.tex").write_text(text, encoding="utf-8")
        command = [pdflatex, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "d.tex"]
        for _ in range(runs):
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=False)
            assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
        assert (tmp_path / "d.pdf").read_bytes().startswith(b"%PDF-")
        return (tmp_path / "d.log").read_text(encoding="latin-1")

    return run
