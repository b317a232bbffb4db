"""Exercises: short text files, read into what a learner is shown and what an answer is checked against.

A file has a front matter (``title``, ``kind``, ``step``), a statement in Markdown, and sections::

    ---
    title: A mean that moves
    kind: derive
    step: 1
    ---
    Show it for $y \\in X$.

    ## Context
    declare y \\in X
    ## Solution
    $$ a = b = c $$
    ## Hints
    1. where: Look at the left side.
       which: Write out the definition.

``kind`` is ``derive`` (lines from the first to the last of the solution), ``blanks`` (the solution with
``\\blank{…}``), ``reasons`` (why does each line of the solution follow?), ``error`` or ``repair`` (a section
``## Lines`` with the broken derivation: which line is wrong, and what should it be?).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from symbolic_equiv.document.context import Context, as_lines
from symbolic_equiv.latex.counted import counted
from symbolic_equiv.latex.reader import ReadError, read_text
from symbolic_equiv.script.loader import ScriptError

DERIVE, BLANKS, REASONS, ERROR, REPAIR = KINDS = ("derive", "blanks", "reasons", "error", "repair")

MAX_EXERCISE = 100_000
"""The longest exercise, in characters."""

_FRONT = re.compile(r"\A---\n(?P<keys>.*?)\n---\n", re.DOTALL)
_SECTION = re.compile(r"^## +(Context|Lines|Solution|Hints) *$", re.MULTILINE)
_HINT = re.compile(r"^\d+\. +where: (?P<where>.*?)\n +which: (?P<which>.*?)(?=^\d+\. |\Z)", re.DOTALL | re.MULTILINE)


class ExerciseError(ScriptError):
    """A file that is no exercise: what is wrong with it, and what to do."""


@dataclass(frozen=True)
class Hint:
    """What to say about a step: where to look, and which rule; the third rung is the line itself."""

    where: str
    which: str


@dataclass(frozen=True)
class Exercise:
    """An exercise as its file says it.

    ``lines`` is what a learner is shown (for ``derive`` the first and the last line are); ``solution`` the right
    derivation, line by line; ``blanks`` what stood in the blanks.
    """

    name: str
    title: str
    kind: str
    step: int
    statement: str
    context_text: str
    lines: tuple[str, ...]
    solution: tuple[str, ...]
    blanks: tuple[str, ...]
    hints: tuple[Hint, ...]

    @property
    def context(self) -> Context:
        """The declarations, definitions and assumptions: all that an answer may use."""
        lines = read_text(f"<!-- symbolic-equiv\n{self.context_text}\n-->").context
        return Context(as_lines(lines), self.name)

    @property
    def start(self) -> str:
        return self.solution[0]

    @property
    def goal(self) -> str:
        return self.solution[-1]


def read_exercise(text: str, name: str) -> Exercise:
    """The exercise in a text.  Raises ``ExerciseError``."""
    if len(text) > MAX_EXERCISE:
        raise ExerciseError(f"{name}: longer than {MAX_EXERCISE} characters", "an exercise is a short text")
    front = _FRONT.match(text)
    if front is None:
        raise ExerciseError(f"{name}: no front matter", "begin with ---, lines such as title: …, and ---")
    keys = dict(_key(line, name) for line in front["keys"].splitlines() if line.strip())
    unknown = keys.keys() - {"title", "kind", "step"}
    if unknown or "title" not in keys:
        raise ExerciseError(f"{name}: the front matter has {', '.join(keys) or 'nothing'}", "title, kind and step")
    kind, step = keys.get("kind", DERIVE), keys.get("step", "1")
    if kind not in KINDS:
        raise ExerciseError(f"{name}: kind: {kind!r}", f"one of {', '.join(KINDS)}")
    if not re.fullmatch(r"[1-9]\d?", step):
        raise ExerciseError(f"{name}: step: {step!r}", "how many rules a line may use at once, from 1 on")
    statement, *rest = _SECTION.split(text[front.end() :])
    sections = dict(zip(rest[::2], rest[1::2], strict=True))
    if len(sections) * 2 != len(rest):
        raise ExerciseError(f"{name}: a section stands there twice", "write each of them once")
    solution, blanks = _chain(sections.get("Solution", ""), name, "Solution")
    broken = kind in (ERROR, REPAIR)
    if broken != ("Lines" in sections):
        raise ExerciseError(f"{name}: a section ‘Lines’ is for the broken derivation of {ERROR} and {REPAIR}")
    if (kind == BLANKS) != bool(blanks):
        raise ExerciseError(f"{name}: \\blank{{…}} is for exercises of kind {BLANKS}, which have at least one")
    lines = _chain(sections["Lines"], name, "Lines")[0] if broken else solution
    if broken and len(lines) != len(solution):
        raise ExerciseError(
            f"{name}: {counted(len(lines), 'line')}, and {len(solution)} in the solution", "as many in both"
        )
    hints = tuple(Hint(_joined(at["where"]), _joined(at["which"])) for at in _HINT.finditer(sections.get("Hints", "")))
    filled = tuple(fill(line, blanks) for line in solution)
    context = sections.get("Context", "").strip()
    return Exercise(name, keys["title"], kind, int(step), statement.strip(), context, lines, filled, blanks, hints)


def fill(line: str, contents: tuple[str, ...]) -> str:
    """A line with its blanks filled."""
    for number, content in enumerate(contents, 1):
        line = line.replace(blank(number), f"{{{content}}}")
    return line


def blank(number: int) -> str:
    """How a blank stands in a line, until it is filled."""
    return rf"\mathrm{{blank}}_{{{number}}}"


def load_exercise(path: str | Path) -> Exercise:
    """The exercise in a file.  Raises ``ExerciseError``."""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read(MAX_EXERCISE + 1)
    except UnicodeDecodeError:
        raise ExerciseError(f"{path}: not UTF-8", "save it as UTF-8") from None
    except OSError as problem:
        raise ExerciseError(f"{path}: {problem.strerror}", "check the path") from None
    return read_exercise(text, Path(path).stem)


@cache
def bundled_exercises() -> dict[str, Exercise]:
    """The exercises that come with the package, in the order of the lesson."""
    found = files("symbolic_equiv.teach").joinpath("exercises").iterdir()
    paths = sorted((item for item in found if item.name.endswith(".md")), key=lambda item: item.name)
    read = [read_exercise(item.read_text(encoding="utf-8"), item.name[3:-3]) for item in paths]
    return {exercise.name: exercise for exercise in read}


def find_exercise(name: str) -> Exercise:
    """A bundled exercise by its name, or one in a file.  Raises ``ExerciseError`` with the nearest names."""
    if name in bundled_exercises():
        return bundled_exercises()[name]
    if name.endswith(".md"):
        return load_exercise(name)
    from difflib import get_close_matches

    near = get_close_matches(name, bundled_exercises(), n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(bundled_exercises())}"
    raise ExerciseError(f"there is no exercise {name!r}", hint)


def _key(line: str, name: str) -> tuple[str, str]:
    key, colon, value = line.partition(":")
    if not colon:
        raise ExerciseError(f"{name}: {line!r} in the front matter", "write KEY: VALUE")
    return key.strip(), value.strip()


def _joined(text: str) -> str:
    return " ".join(text.split())


def _chain(text: str, name: str, section: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of the one chain in a section, with its blanks numbered, and what stood in them."""
    text, blanks = _without_blanks(text, name)
    document = read_text(text)
    problem: ReadError | None = next(iter(document.errors), None)
    if problem is not None:
        raise ExerciseError(f"{name}: section {section}: {problem}")
    if len(document.chains) != 1 or len(document.chains[0].lines) < 2:
        raise ExerciseError(
            f"{name}: section {section} has {len(document.chains)} chains", "write one: $$ a = b = c $$"
        )
    lines = document.chains[0].lines
    if any(line.relation != "=" for line in lines[1:]):
        raise ExerciseError(f"{name}: section {section}: a relation other than =", "write one chain of equations")
    return tuple(" ".join(line.span.text.split()) for line in lines), blanks


def _without_blanks(text: str, name: str) -> tuple[str, tuple[str, ...]]:
    contents: list[str] = []
    while (start := text.find(r"\blank{")) >= 0:
        end, depth = start + 7, 1
        while depth and end < len(text):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        if depth:
            raise ExerciseError(f"{name}: \\blank{{ is never closed", "close it with }")
        contents.append(text[start + 7 : end - 1].strip())
        text = text[:start] + blank(len(contents)) + text[end:]
    return text, tuple(contents)
