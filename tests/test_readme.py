"""The README shows what the program prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from symbolic_equiv.family.atlas import columns
from symbolic_equiv.family.catalogue import Catalogue
from symbolic_equiv.family.decide import Known, decide
from symbolic_equiv.report.check import check

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8") if (ROOT / "README.md").exists() else ""


def block(start: str) -> str:
    """The fenced block that begins with ``start``."""
    found = re.search(rf"```\w*\n({re.escape(start)}.*?)```", README, re.DOTALL)
    assert found, f"the README has no block that begins with {start!r}"
    return found[1]


def without_measurements(text: str) -> str:
    return re.sub(r"\d\.\de-\d\d", "…", text)


def test_the_main_theorem_prints_as_shown():
    shown = block("lora_translation_equivariance  proved")
    printed = str(check("lora_translation_equivariance", witness="all"))
    assert without_measurements(printed).strip() == without_measurements(shown).strip()


def test_the_example_document_is_judged_as_shown():
    shown = block("line 7: derivation").split("…")
    printed = str(check(str(ROOT / "examples" / "window.md")))
    for part in shown:
        assert part.strip() in printed


def test_the_script_is_proved(tmp_path):
    path = tmp_path / "permuted.py"
    path.write_text(block("import symbolic_equiv as se"), "utf-8")
    assert check(str(path)).exit_code == 0


@pytest.mark.parametrize("command", re.findall(r"^\| `(python [^`]+)`", README, re.MULTILINE))
def test_the_module_commands_exist(command):
    module = command.split()[2]
    done = subprocess.run([sys.executable, "-m", module, "--help"], capture_output=True, text=True)
    assert "usage" in done.stdout + done.stderr


def test_the_map_of_the_readme_is_the_one_that_is_computed():
    everything, known = Catalogue(), Known()
    rows = block("  relative, in the key").splitlines()
    for row, encoding in zip(rows, everything.encodings.values(), strict=True):
        cells = [
            decide(encoding, everything.adapters["lora"], neighbourhood, place, known)
            for neighbourhood, place in columns(everything)
        ]
        assert row == f"  {encoding.title:<32}" + " ".join("✓" if cell.verdict == "proved" else "✗" for cell in cells)
