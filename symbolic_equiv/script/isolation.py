"""Run a user's proof script in a process of its own, and take from it nothing but data.

A script can patch anything in its own process.  So it only hands over its statements and, for each step,
a certificate; this process builds the statements again and replays every certificate from nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from types import TracebackType
from typing import Any

from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.certificate import certificate, replay
from symbolic_equiv.kernel.sorts import KernelError, check_name
from symbolic_equiv.kernel.terms import Term
from symbolic_equiv.logic.normalise import any_definition
from symbolic_equiv.script.loader import ScriptError
from symbolic_equiv.script.proof import Line, Proof, StepError
from symbolic_equiv.script.proposition import Proposition
from symbolic_equiv.script.rules import Rule
from symbolic_equiv.theories import language
from symbolic_equiv.theories.language import Expr
from symbolic_equiv.theories.statement import PROVED, REFUTED, Hypothesis, Statement, check_groups

TIME_LIMIT = 600
MAX_BYTES = 200_000_000


class Stated(Rule):
    """A rule of which only the words are known here."""

    def __init__(self, words: str) -> None:
        self.words = words


class _Given:
    """One line as it was handed over; its certificate is not yet replayed."""

    def __init__(self, item: dict[str, Any]) -> None:
        self.term, self.line = _term(item["term"]), _number(item["line"])
        self.rule, self.because, self.error = (_word(item[name]) for name in ("rule", "because", "error"))
        self.certificate = item["certificate"]
        self.parts = tuple(map(_term, item["parts"]))


class Replayed(Proposition):
    """A proposition whose steps come as certificates."""

    def __init__(self, data: dict[str, Any]) -> None:
        hypotheses = tuple(
            Hypothesis(_word(item["name"]), _word(item["says"]), tuple(map(_equation, item["equations"])))
            for item in data["hypotheses"]
        )
        expected = REFUTED if data["expected"] == REFUTED else PROVED
        statement = Statement(
            check_name(data["name"]),
            Expr(_term(data["left"])),
            Expr(_term(data["right"])),
            hypotheses,
            _word(data["title"]),
            _word(data["says"]),
            expected,
            tuple(map(_word, data["multiplicative"])),
            {_word(sort): _word(group) for sort, group in data["groups"].items()},
        )
        check_groups(statement)
        for item in statement.definitions():
            if any_definition(item):  # a script chooses how its own constants print, not how ours do
                language.template(item, tuple(map(_word, data["constants"].get(item.name, ()))))
        super().__init__(statement, None, _number(data["line"]))
        self._lines = None if data["lines"] is None else list(map(_Given, data["lines"]))

    def attempt(self) -> Proof:
        if self._lines is None:
            return super().attempt()
        proof = Proof(self.statement)
        for number, given in enumerate(self._lines, 1):
            theorem, error = None, StepError(given.error, number, *given.parts) if given.error else None
            if error is None:
                try:
                    theorem = self._step(given.certificate, proof.lines[-1].term, given.term, number)
                except KernelError as refused:
                    error = StepError(f"line {number} has no valid certificate: {refused}", number)
            used = [h for h in self.statement.hypotheses if theorem and set(h.equations) & theorem.hypotheses]
            rules = [Stated(given.rule)] if given.rule else []
            proof.lines.append(Line(given.term, rules, given.because, theorem, used, error, given.line))
        return proof

    def _step(self, data: Any, before: Term, after: Term, number: int) -> kernel.Theorem:
        theorem = replay(data)
        if (theorem.left, theorem.right) != (before, after):
            raise KernelError(f"the certificate of line {number} proves another equation: {theorem}")
        if not theorem.hypotheses <= frozenset(self.statement.equations):
            raise KernelError(f"the certificate of line {number} assumes more than the theorem does: {theorem}")
        return theorem


def handed_over(path: str, module: str = "symbolic_equiv.script.isolation") -> bytes:
    """What a user's file hands over when ``python -m module path out`` runs it in another process.

    Raises ``ScriptError`` where there is no such file, or where it fails or takes too long.
    """
    if not os.path.isfile(path):
        raise ScriptError(f"there is no file {path}", "name a Python file, or a bundled proof (symbolic-equiv list)")
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "handed_over.json")
        command = [sys.executable, "-m", module, path, out]
        try:
            # what the script prints must not mix with the report, so it gets no output of ours
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=TIME_LIMIT,
            )
        except subprocess.TimeoutExpired:
            raise ScriptError(f"{path} did not finish within {TIME_LIMIT} seconds", "shorten it") from None
        if done.returncode or not os.path.isfile(out):
            said = done.stdout.decode("utf-8", "replace").strip()
            raise ScriptError(f"{path} failed as a Python program:\n{_tail(said)}", "run it by itself to see more")
        with open(out, "rb") as file:
            return file.read(MAX_BYTES)


def run_isolated(path: str) -> list[Proposition]:
    """The propositions of a script that was run in another process.  Raises ``ScriptError``."""
    content = handed_over(path)
    try:
        data = json.loads(content)
        for name, pieces in data["templates"].items():
            language.template(_word(name), tuple(map(_word, pieces)))
        return [Replayed(item) for item in data["propositions"]]
    except KernelError as error:
        raise ScriptError(
            f"{path}: what it states is refused: {error!s:.300}", "a constant of your own needs a name of its own"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ScriptError(f"{path} handed over something else than propositions: {error!r:.300}") from None


def _inside(path: str, trace: TracebackType | None) -> TracebackType | None:
    """The part of a traceback that begins in the script."""
    while trace is not None and trace.tb_frame.f_code.co_filename != path:
        trace = trace.tb_next
    return trace


def _tail(said: str) -> str:
    return "\n".join(said.splitlines()[-12:])


def _word(value: Any) -> str:
    if type(value) is not str or not all(c.isprintable() for c in value):
        raise KernelError(f"not a line of text: {value!r:.80}")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise KernelError(f"not the number of a line: {value!r:.80}")
    return value


def _term(data: Any) -> Term:
    return replay(data).left


def _equation(data: Any) -> kernel.Equation:
    theorem = replay(data)
    return theorem.left, theorem.right


def _wrapped(term: Term) -> dict[str, Any]:
    return certificate(kernel.reflexivity(term))


def _parts(error: StepError) -> list[dict[str, Any]]:
    """The two parts that a step left different."""
    return [_wrapped(part) for part in (error.left, error.right) if part is not None]


def _as_data(proposition: Proposition) -> dict[str, Any]:
    statement = proposition.statement
    lines = None
    if proposition.lines is not None:
        lines = [
            {
                "term": _wrapped(line.term),
                "rule": line.rule,
                "because": line.because,
                "line": line.line,
                "error": str(line.error or ""),
                "parts": [] if line.error is None else _parts(line.error),
                "certificate": None if line.theorem is None else certificate(line.theorem),
            }
            for line in proposition.attempt().lines[1:]
        ]
    return {
        "name": statement.name,
        "title": statement.title,
        "says": statement.says,
        "expected": statement.expected,
        "line": proposition.line,
        "left": _wrapped(statement.left),
        "right": _wrapped(statement.right),
        "hypotheses": [
            {
                "name": item.name,
                "says": item.says,
                "equations": [certificate(kernel.assumption(*equation)) for equation in item.equations],
            }
            for item in statement.hypotheses
        ],
        "multiplicative": sorted(statement.multiplicative),
        "groups": statement.groups,
        "constants": {item.name: language.TEMPLATES.get(item, ()) for item in statement.definitions()},
        "lines": lines,
    }


def _main(path: str, out: str) -> None:
    from symbolic_equiv.script.loader import load

    try:
        found = load(path)
    except Exception as error:  # whatever the script does
        import traceback

        sys.exit("".join(traceback.format_exception(error.with_traceback(_inside(path, error.__traceback__)))))
    templates = {name: pieces for name, pieces in language.TEMPLATES.items() if type(name) is str}
    data = {"templates": templates, "propositions": [_as_data(item) for item in found]}
    with open(out, "w", encoding="utf-8") as file:
        json.dump(data, file)


if __name__ == "__main__":
    _main(*sys.argv[1:])
