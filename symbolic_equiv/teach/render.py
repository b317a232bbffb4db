"""The pages of the lesson, written from templates in which everything is escaped but what was made here."""

from __future__ import annotations

import shutil
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from symbolic_equiv.report.mathml import mathml
from symbolic_equiv.teach.exercise import BLANKS, DERIVE, REASONS, Exercise, bundled_exercises
from symbolic_equiv.teach.feedback import formula, html
from symbolic_equiv.teach.given import given
from symbolic_equiv.teach.mark import reasons
from symbolic_equiv.teach.story import Chapter, chapters


@cache
def _templates() -> Environment:
    loader = PackageLoader("symbolic_equiv.teach", "pages")
    found = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.filters["maths"] = lambda text: Markup(formula(text))
    found.filters["words"] = lambda text: Markup(html(" ".join(text.split())))
    return found


def _page(template: str, part: str, root: str = "/", served: bool = True, **values: Any) -> str:
    return _templates().get_template(template).render(part=part, root=root, served=served, **values)


def contents(root: str = "/", served: bool = True) -> str:
    """The contents of the reading part."""
    return _page("contents.html", "read", root, served, chapters=list(chapters().values()))


@cache
def chapter(name: str, root: str = "/", served: bool = True) -> str:
    """One chapter of the story.  Raises ``ExerciseError`` for a name that there is not."""
    names = list(chapters())
    if name not in names:
        from symbolic_equiv.script.loader import ScriptError

        raise ScriptError(f"there is no chapter {name!r}")
    at = names.index(name)
    found = chapters()[name]
    near: list[Chapter | None] = [
        chapters()[names[at - 1]] if at else None,
        chapters()[names[at + 1]] if at + 1 < len(names) else None,
    ]
    return _page(
        "chapter.html", "read", root, served, chapter=found, text=Markup(found.html), number=at + 1, count=len(names),
        before=near[0], after=near[1],
    )  # fmt: skip


def exercises() -> str:
    """The list of exercises."""
    return _page("exercises.html", "prove", exercises=list(bundled_exercises().values()))


@cache
def exercise(name: str) -> str:
    """The page of one exercise.  Raises ``ScriptError`` for a name that there is not."""
    if name not in bundled_exercises():
        from symbolic_equiv.script.loader import ScriptError

        raise ScriptError(f"there is no exercise {name!r}")
    found = bundled_exercises()[name]
    names = list(bundled_exercises())
    at = names.index(name)
    return _page(
        "exercise.html", "prove", exercise=found, number=at + 1, count=len(names),
        given=[Markup(line) for line in _given(found)],
        lines=[Markup(_with_blanks(line)) for line in found.lines],
        fields=_fields(found), reasons=reasons(found) if found.kind == REASONS else [],
        after=names[at + 1] if at + 1 < len(names) else "",
    )  # fmt: skip


def _fields(found: Exercise) -> int:
    """How many fields the form of an exercise has, one below the other."""
    return {DERIVE: 1, BLANKS: len(found.blanks), REASONS: len(found.solution) - 1}.get(found.kind, 1)


def _with_blanks(line: str) -> str:
    """A line in MathML, with boxes for its blanks."""
    return formula(line).replace("<mi>blank</mi>", "<mi>□</mi>")


def _given(found: Exercise) -> list[str]:
    """What is given, in MathML."""
    rows = []
    for line in given(found):
        parts = " ".join(
            mathml(node, lead=relation) + (f" {html(remark)}" if remark else "")
            for relation, node, remark in line.parts
        )
        rows.append(f'<span class="keyword">{html(line.words)}</span> {parts}')
    return rows


def play() -> str:
    """The page to play with a layer."""
    from symbolic_equiv.teach.layer import BREAKS, CHOICES, SLIDERS

    return _page("play.html", "play", sliders=SLIDERS, choices=CHOICES, breaks=BREAKS)


def message(words: str) -> str:
    """A page that says what went wrong."""
    return _page("message.html", "", words=words)


def export_reading(folder: str | Path) -> list[Path]:
    """The reading part as static pages in a folder; the paths of the files."""
    folder = Path(folder)
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    written = [folder / "index.html"]
    written[0].write_text(contents("", served=False), encoding="utf-8")
    for name in chapters():
        written.append(folder / f"{name}.html")
        written[-1].write_text(chapter(name, "", served=False), encoding="utf-8")
    with as_file(files("symbolic_equiv.teach").joinpath("assets")) as assets:
        for asset in ("lesson.css", "lesson.js"):
            written.append(folder / "assets" / asset)
            shutil.copyfile(assets / asset, written[-1])
    return written
