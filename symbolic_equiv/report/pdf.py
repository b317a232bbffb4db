"""A LaTeX document of ours as a PDF, where a TeX is installed: run without a shell, in a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping

from symbolic_equiv.script.loader import ScriptError

SECONDS = 120
"""For each run of TeX."""

RUNS = 4
"""At most: until no reference changes."""

_CONFINED = {"openin_any": "p", "openout_any": "p", "shell_escape": "f", "TEXMFOUTPUT": "."}
"""TeX reads and writes in its own folder only, and starts nothing."""

_SAME_EACH_TIME = {"SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1"}


def installed() -> str:
    """The command that sets a PDF.  Raises ``ScriptError`` where there is none."""
    command = shutil.which("pdflatex")
    if command is None:
        raise ScriptError(
            "a PDF needs TeX, and there is no pdflatex on this machine",
            "install TeX Live, or write .tex (to be typeset elsewhere) or .html",
        )
    return command


def pdf(tex: str, files: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of a document that ``report`` wrote; ``files`` are those that it includes, by name.

    Raises ``ScriptError`` where pdflatex is not installed, fails, or does not come to an end.
    """
    command = installed()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in {"derivation.tex": tex.encode("utf-8"), **(files or {})}.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        for _ in range(RUNS):
            log = _run(command, folder)
            if not re.search(r"Rerun to get|Label\(s\) may have changed|rerunfilecheck Warning", log):
                break
        with open(os.path.join(folder, "derivation.pdf"), "rb") as file:
            return file.read()


def _run(command: str, folder: str) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    try:
        done = subprocess.run(
            [command, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "derivation.tex"],
            cwd=folder,
            env={**kept, **_CONFINED, **_SAME_EACH_TIME},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ScriptError(f"pdflatex did not finish within {SECONDS} seconds", "write .tex, and look at it") from None
    except OSError as error:
        raise ScriptError(f"pdflatex cannot be run: {error.strerror}", "write .tex or .html instead") from None
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode or not os.path.isfile(os.path.join(folder, "derivation.pdf")):
        complaint = next((line for line in said.splitlines() if line.startswith("!")), said.strip()[-200:])
        raise ScriptError(f"pdflatex could not set the derivation: {complaint}", "write .tex, and look at it")
    return said
